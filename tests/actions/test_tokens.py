"""Scrapers' tokens: who makes them, what is kept of them, and whom they let in."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.actions.recording import NotAllowed, Refused
from articles.actions.tokens import PREFIX, make_token, note_use, renew_token, revoke_token
from articles.models import ScraperToken

pytestmark = pytest.mark.django_db


def test_of_a_secret_only_its_hash_is_kept(ana: User, dov: User) -> None:
    token, secret = make_token(name=" RFI \n scraper ", person=ana, by=dov)
    assert token.name == "RFI scraper"
    assert secret.startswith(PREFIX)
    assert len(secret) > 40
    row = ScraperToken.objects.values().get()
    assert secret not in str(row)
    assert ScraperToken.objects.with_secret(secret) == token
    for guess in (secret[:-1], secret.upper(), "", row["digest"]):
        assert ScraperToken.objects.with_secret(guess) is None


@pytest.mark.parametrize("who", ["ana", "claire", "rita", "stan"])
def test_only_an_admin_makes_renews_and_revokes(who: str, everybody: dict[str, User]) -> None:
    token, secret = make_token(name="one", person=everybody["ana"], by=everybody["dov"])
    with pytest.raises(NotAllowed):
        make_token(name="two", person=everybody["ana"], by=everybody[who])
    with pytest.raises(NotAllowed):
        renew_token(token, by=everybody[who])
    with pytest.raises(NotAllowed):
        revoke_token(token, by=everybody[who])
    assert ScraperToken.objects.with_secret(secret) == token


@pytest.mark.parametrize("person", ["rita", "stan", "dov"])
def test_who_may_not_upload_answers_for_no_scraper(person: str, everybody: dict[str, User]) -> None:
    with pytest.raises(Refused, match="may not upload"):
        make_token(name="one", person=everybody[person], by=everybody["dov"])


@pytest.mark.parametrize(("name", "words"), [("  ", "a name"), ("one", "already")])
def test_a_name_is_needed_and_stands_for_one_token(name: str, words: str, ana: User) -> None:
    make_token(name="one", person=ana, by=None)
    with pytest.raises(Refused, match=words):
        make_token(name=name, person=ana, by=None)


def test_a_new_secret_ends_the_old_one(ana: User, dov: User) -> None:
    token, old = make_token(name="one", person=ana, by=dov)
    new = renew_token(token, by=dov)
    assert ScraperToken.objects.with_secret(old) is None
    assert ScraperToken.objects.with_secret(new) == token


def test_a_revoked_token_lets_nobody_in_and_is_not_renewed(ana: User, dov: User) -> None:
    token, secret = make_token(name="one", person=ana, by=dov)
    assert revoke_token(token, by=dov)
    assert not revoke_token(token, by=dov)
    assert ScraperToken.objects.with_secret(secret) is None
    with pytest.raises(Refused, match="revoked"):
        renew_token(token, by=dov)


def test_its_last_use_is_kept_to_the_minute(ana: User) -> None:
    token, _ = make_token(name="one", person=ana, by=None)
    note_use(token)
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    note_use(token)
    token.refresh_from_db()
    assert token.last_used_at == first
    ScraperToken.objects.update(last_used_at=timezone.now() - timedelta(hours=1))
    note_use(token)
    token.refresh_from_db()
    assert token.last_used_at >= first


def run(*args: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("create_token", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_prints_the_secret_alone(ana: User) -> None:
    out, err = run("Night scraper", "--by", "ana", "--outlet", "RFI")
    token = ScraperToken.objects.get(name="Night scraper")
    assert ScraperToken.objects.with_secret(out.strip()) == token
    assert (token.person, token.outlet) == (ana, "RFI")
    assert "shown this once" in err
    assert out.strip() not in err


@pytest.mark.parametrize(("by", "words"), [("nobody", "no account"), ("rita", "may not upload")])
def test_the_command_says_why_it_made_none(by: str, words: str, everybody: dict[str, User]) -> None:
    with pytest.raises(CommandError, match=words):
        run("x", "--by", by)
    assert not ScraperToken.objects.exists()
