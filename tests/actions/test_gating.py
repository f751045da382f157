"""The gate in front of a publication: what passes by itself, what an approver may choose, and who may override."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.db import transaction

from articles.actions import attribution as chain
from articles.actions import facts, rights, workflow
from articles.actions.attribution import LinkSaid
from articles.actions.gating import gate_of
from articles.actions.publishing import snapshot
from articles.actions.recording import Conflict, NotAllowed, Refused
from articles.actions.rights import RightSaid
from articles.core.verdicts import TREATMENTS
from articles.models import Article, Outlet, OutletDomain
from tests import factories

# What is written (constraint, scope, more), and what becomes of each treatment: published so, or refused.
SITUATIONS = {
    "nothing": ([], {"full": "full", "excerpt": "excerpt", "override": "full"}),
    "picture": ([("all_rights_reserved", "picture", {})], {"full": "full", "excerpt": "excerpt", "override": "full"}),
    "reserved": ([("all_rights_reserved", "text", {})], {"full": "refused", "excerpt": "excerpt", "override": "overridden"}),
    "paywalled": ([("paywalled", "text", {})], {"full": "refused", "excerpt": "excerpt", "override": "overridden"}),
    "no archive": ([("no_archive", "text", {})], {"full": "refused", "excerpt": "excerpt", "override": "overridden"}),
    "territory": ([("territory", "text", {})], {"full": "refused", "excerpt": "refused", "override": "overridden"}),
    "embargo": (
        [("embargo", "text", {"until": datetime(2100, 1, 1, tzinfo=UTC)})],
        {"full": "refused", "excerpt": "refused", "override": "overridden"},
    ),
    "past embargo": (
        [("embargo", "text", {"until": datetime(2020, 1, 1, tzinfo=UTC)})],
        {"full": "full", "excerpt": "excerpt", "override": "full"},
    ),
    "credit": (
        [("mandatory_credit", "text", {"credit": "AFP / X"})],
        {"full": "full", "excerpt": "excerpt", "override": "full"},
    ),
    "both": (
        [("paywalled", "text", {}), ("other", "text", {})],
        {"full": "refused", "excerpt": "refused", "override": "overridden"},
    ),
}  # fmt: skip
URL = "https://phare.example/port"


class Rollback(Exception):
    pass


def restrict(article: Article, constraint: str, scope: str = "text", **more: object) -> None:
    said = RightSaid(constraint=constraint, scope=scope, words=f"Words of {constraint}", **more)
    rights.add_right(article, said=said, by=factories.person("ana"), seen=article.version)


def ready(situation: str = "nothing") -> Article:
    """An article ready for approval with these restrictions, and with the address of its original."""
    article = factories.ArticleFactory(url=URL)
    for constraint, scope, more in SITUATIONS[situation][0]:
        restrict(article, constraint, scope, **more)
    workflow.move(article, "submit", by=factories.person("ana"), seen=article.version)
    return article


def publish(article: Article, by: User, treatment: str = "full", reason: str = "They gave us leave.") -> None:
    workflow.move(article, "approve", by=by, seen=article.version, treatment=treatment, reason=reason)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_each_treatment_of_each_situation_ends_as_the_grid_says(situation: str, claire: User) -> None:
    article = ready(situation)
    text = article.clean_text
    for treatment in TREATMENTS:
        article.refresh_from_db()
        try:
            with transaction.atomic():
                publish(article, claire, treatment)
                made = article.public
                outcome = "overridden" if made.override_reason else made.form
                assert (made.text == text) == (made.form == "full")
                raise Rollback
        except Rollback:
            pass
        except Refused:
            outcome = "refused"
        assert outcome == SITUATIONS[situation][1][treatment], (situation, treatment)
        article.refresh_from_db()
        assert (article.status, article.live) == ("ready", False)


@pytest.mark.parametrize(("status", "live"), [way for way in factories.WAYS if way[0] != "ready"], ids=str)
def test_no_treatment_opens_a_way_that_the_status_closes(status: str, live: bool, claire: User) -> None:
    article = factories.make_article(status=status, live=live)
    for treatment in TREATMENTS:
        with pytest.raises(Conflict, match="not open"):
            publish(article, claire, treatment)


def test_an_unknown_treatment_is_refused(claire: User) -> None:
    with pytest.raises(Refused, match="no way to publish called"):
        publish(ready(), claire, "shout")


def test_who_may_approve_does_not_for_that_override(claire: User) -> None:
    article = ready("reserved")
    claire.groups.clear()
    for codename in ("view_article", "review_article", "approve_article"):
        claire.user_permissions.add(Permission.objects.get(codename=codename))
    plain = User.objects.get(pk=claire.pk)
    with pytest.raises(NotAllowed):
        publish(article, plain, "override")
    publish(article, plain, "excerpt")
    assert article.public.form == "excerpt"


@pytest.mark.parametrize("reason", ["", " \n "])
def test_an_override_without_a_reason_is_refused(reason: str, claire: User) -> None:
    article = ready("reserved")
    with pytest.raises(Refused, match="say why"):
        publish(article, claire, "override", reason)
    assert not article.publications.exists()


def test_an_override_is_kept_with_its_reason_in_the_log_and_on_the_publication(claire: User) -> None:
    article = ready("reserved")
    publish(article, claire, "override", " The editor in chief of Le Phare agreed by telephone. ")
    entry = article.log.first()
    assert (entry.summary, entry.reason) == ("approved it against its rights", article.public.override_reason)
    assert entry.reason == "The editor in chief of Le Phare agreed by telephone."
    assert article.public.form == "full"


def test_an_override_of_nothing_is_a_plain_approval(claire: User) -> None:
    article = ready()
    publish(article, claire, "override")
    assert (article.public.override_reason, article.log.first().summary) == ("", "approved it")


def test_a_refusal_says_what_bars_the_way_and_changes_nothing(claire: User) -> None:
    article = ready("both")
    before = (article.version, article.log.count())
    with pytest.raises(Refused, match=r"read it, then correct it.*subscribers only\. Choose how it is published\."):
        publish(article, claire)
    article.refresh_from_db()
    assert (article.version, article.log.count(), article.status) == (*before, "ready")


def test_an_excerpt_holds_the_first_lines_as_a_quotation_with_a_link(claire: User, settings: object) -> None:
    settings.EXCERPT_CHARACTERS = 120
    article = ready("reserved")
    publish(article, claire, "excerpt")
    made = article.public
    assert len(made.text) <= 120
    assert made.text.startswith("LORVAL - Le port de Lorval")
    assert made.text.endswith("…")
    body = factories.block_with(article, "LORVAL - ")
    assert article.raw_text[body.start + len(made.text) - 1 : body.end][:1] in " ,", "cut between two words"
    assert made.html.startswith("<blockquote")
    assert f'href="{URL}"' in made.html
    assert "Lire la suite" in made.html
    assert made.summary == made.text
    for words in ("pêche emploie encore", "deux millions"):
        assert words not in made.html + made.text + made.summary
    assert article.log.first().summary == "approved it as an excerpt"


def test_an_excerpt_carries_only_the_tags_of_its_words(claire: User, settings: object) -> None:
    from articles.actions import tags

    settings.EXCERPT_CHARACTERS = 200
    article = factories.ArticleFactory(url=URL)
    tags.confirm_all_tags(article, by=factories.person("ana"), seen=article.version)
    workflow.move(article, "submit", by=factories.person("ana"), seen=article.version)
    assert {tag["name"] for tag in snapshot(article).tags} >= {"Emmanuel Macron", "Paris"}
    publish(article, claire, "excerpt")
    assert "Paris" not in {tag["name"] for tag in article.public.tags}


def test_without_an_address_an_excerpt_links_to_the_home_of_a_settled_publisher_or_not_at_all(
    ana: User, claire: User
) -> None:
    article = factories.ArticleFactory()
    restrict(article, "paywalled")
    assert gate_of(article).unsettled("excerpt") == [
        "An excerpt links to the original. Put its address in the facts first."
    ]
    outlet = factories.OutletFactory(name="Le Phare")
    OutletDomain.objects.create(outlet=outlet, domain="phare.example")
    chain.add_link(article, said=LinkSaid(role="publisher", name="Le Phare"), by=ana, seen=article.version)
    assert gate_of(article).unsettled("excerpt") == []
    workflow.move(article, "submit", by=ana, seen=article.version)
    publish(article, claire, "excerpt")
    assert 'href="https://phare.example/"' in article.public.html


def test_a_credit_that_must_be_printed_is_in_the_line_once(ana: User, claire: User) -> None:
    article = ready("credit")
    assert snapshot(article).attribution.endswith("Crédit : AFP / X")
    publish(article, claire)
    assert article.public.usage["credit"] == "AFP / X"
    restrict(article, "mandatory_credit", credit="Jeanne Morvan")
    assert snapshot(article).attribution.count("Jeanne Morvan") == 1


def partner(ana: User, terms: str = "full", **values: object) -> Article:
    """An article that reserves all rights, of an outlet with these terms."""
    factories.OutletFactory(name="Le Phare", terms=terms, **values)
    article = factories.ArticleFactory(url=URL)
    restrict(article, "all_rights_reserved")
    chain.add_link(article, said=LinkSaid(role="publisher", name="Le Phare"), by=ana, seen=article.version)
    workflow.move(article, "submit", by=ana, seen=article.version)
    return article


def test_a_partner_s_legal_line_stops_nothing_and_the_publication_says_by_whose_leave(ana: User, claire: User) -> None:
    article = partner(ana)
    publish(article, claire)
    row = next(row for row in article.public.rights if row["constraint"] == "all_rights_reserved")
    assert (row["effect"], row["basis"]) == ("none", "by agreement with Le Phare (outlet default)")
    assert article.public.override_reason == ""


@pytest.mark.parametrize(
    ("state", "decision", "on_page", "open_way"),
    [
        ("stated", "open", True, True),
        # A row of a scraper's table must not open what the page does not.
        ("stated", "open", False, False),
        ("stated", "confirmed", False, True),
        ("inferred", "open", False, False),
        ("inferred", "confirmed", False, True),
        ("disputed", "open", True, False),
        ("stated", "removed", True, False),
    ],
)
def test_only_a_settled_publisher_s_agreement_counts(
    state: str, decision: str, on_page: bool, open_way: bool, ana: User, claire: User
) -> None:
    article = partner(ana)
    span = {"start": 0, "end": 8} if on_page else {"start": None, "end": None}
    article.attribution.filter(name="Le Phare").update(state=state, decision=decision, **span)
    assert (gate_of(article).bars == []) == open_way


def test_the_terms_of_whoever_else_stands_behind_the_text_count_too(ana: User) -> None:
    article = partner(ana)
    factories.OutletFactory(name="Hélios Presse", terms="ask")
    chain.add_link(article, said=LinkSaid(role="agency", name="Hélios Presse"), by=ana, seen=article.version)
    assert [one.said for one in gate_of(article).bars] == ["Hélios Presse allows nothing without being asked."]


def test_a_photo_agency_has_no_say_about_the_text(ana: User) -> None:
    article = partner(ana)
    factories.OutletFactory(name="Hélios Presse", terms="ask")
    chain.add_link(article, said=LinkSaid(role="photo_credit", name="Hélios Presse"), by=ana, seen=article.version)
    assert gate_of(article).bars == []


def test_terms_that_an_admin_tightens_count_at_the_moment_of_approval(ana: User, claire: User) -> None:
    article = partner(ana)
    Outlet.objects.filter(name="Le Phare").update(terms="ask")
    with pytest.raises(Refused, match="allows nothing without being asked"):
        publish(article, claire)


def test_an_outlet_s_licence_is_published_with_its_address_and_its_credit(ana: User, claire: User) -> None:
    article = partner(ana, "licence", licence="cc-by", credit_required=True, credit_line="Le Phare de Lorval SA")
    publish(article, claire)
    usage = article.public.usage
    assert usage["licence"] == {
        "licence": "cc-by", "label": "CC BY", "url": "https://creativecommons.org/licenses/by/4.0/"
    }  # fmt: skip
    assert "Le Phare de Lorval SA" in article.public.attribution


def test_a_non_commercial_licence_is_met_where_the_desk_is_not_commercial(ana: User, settings: object) -> None:
    article = partner(ana, "licence", licence="cc-by-nc")
    assert gate_of(article).bars
    settings.COMMERCIAL = False
    assert not gate_of(article).bars


def test_corrected_words_are_a_derivative(ana: User) -> None:
    article = partner(ana, "licence", licence="cc-by-nd")
    assert not gate_of(article).bars
    from articles.actions import blocks

    row = factories.block_with(article, "Il a rappelé")
    blocks.correct_text(article, row.pk, words="Il a dit.", by=ana, seen=article.version)
    assert "words were corrected here" in gate_of(article).bars[0].said


def test_the_publication_keeps_each_restriction_with_what_was_done(claire: User, ana: User) -> None:
    article = factories.ArticleFactory(url=URL)
    restrict(article, "editorial_use_only", "picture")
    dismissed = article.rights.get(text="revente interdite")
    rights.dismiss_right(article, dismissed.pk, by=ana, seen=article.version)
    workflow.move(article, "submit", by=ana, seen=article.version)
    publish(article, claire)
    assert article.public.rights == [
        {
            "text": "Words of editorial_use_only",
            "constraint": "editorial_use_only",
            "scope": "picture",
            "details": {},
            "effect": "no_picture",
            "said": "No picture goes out with the text.",
            "basis": "written on the page",
        }
    ]
    assert article.public.usage["terms"] == []


def test_facts_that_are_only_inferred_do_not_go_into_what_machines_read(ana: User, claire: User) -> None:
    article = factories.ArticleFactory(url=URL)
    article.attribution.create(role="copyright_holder", name="Perhaps SA", state="inferred", found_as="x")
    workflow.move(article, "submit", by=ana, seen=article.version)
    publish(article, claire)
    assert (article.public.usage["holder"], article.public.usage["notice"]) == ("", "")
    assert "Perhaps SA" not in str(article.public.usage)
    link = article.attribution.get(name="Perhaps SA")
    chain.confirm_link(article, link.pk, by=ana, seen=article.version)
    workflow.move(article, "submit", by=ana, seen=article.version)
    publish(article, claire)
    assert (article.public.usage["holder"], article.public.usage["notice"]) == ("Perhaps SA", "© Perhaps SA")


def test_an_address_that_somebody_fixes_opens_the_excerpt(ana: User) -> None:
    article = factories.ArticleFactory()
    restrict(article, "paywalled")
    facts.fix_field(article, "url", text=URL, by=ana, seen=article.version)
    assert gate_of(article).link == URL
