"""Decisions on the fields of an article: correct, confirm, set to unknown, take the machine's word again."""

import re
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from articles.actions.recording import Change, Person, Refused, changing
from articles.actions.summary import as_moment, title_of
from articles.actions.teaching import from_field
from articles.core.metadata.fields import FIELDS
from articles.core.metadata.written import scan
from articles.models import Article, Attribution, Field

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def parsed(name: str, text: str) -> object:
    """What a person wrote, as the field's kind of value. Refused with a sentence when it is none."""
    if name not in FIELDS:
        raise Refused(f"There is no field called “{name}”.")
    text = " ".join(text.split())
    if not text.strip(" ,;"):
        raise Refused("Nothing was written. Choose “unknown” if nobody can say.")
    match FIELDS[name].typed:
        case "list":
            return [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
        case "datetime":
            value = _as_date(text)
            if as_moment(value) is None:
                raise Refused(f"“{text}” lies outside the calendar. Write a date that somebody can have meant.")
            return value
        case "url":
            try:
                URLValidator(schemes=["http", "https"])(text)
            except ValidationError:
                raise Refused(f"“{text}” is no web address. It should begin with https://.") from None
            return text
        case "language":
            if not re.fullmatch(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*", text):
                raise Refused(f"“{text}” is no language code. Write fr, en, he, ar…")
            if len(text) > 20:
                raise Refused(f"“{text}” is too long for a language code; 20 characters are the most.")
            return text
    return text


def _as_date(text: str) -> str:
    """A month, a day or a moment as ISO 8601 writes it, no more precise than it was written."""
    if MONTH.fullmatch(text):
        return text
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return read(text).isoformat()
        except ValueError:
            continue
    for written in scan(text):
        # As newsrooms type it: 18/01/2023 16h30, 18 janvier 2023. Nothing else may stand beside it.
        if not text[: written.start].strip() and not text[written.end :].strip() and len(written.value) >= 7:
            return written.iso()
    raise Refused(
        f"“{text}” is no date we can read. Write 18/01/2023 16h30, 18 janvier 2023, 2023-01-18 or 2023-01-18T16:30+01:00."
    )


def fix_field(article: Article, name: str, *, text: str, remember: bool = False, by: Person, seen: int) -> Field:
    """Set a field to what a person says; ``remember``: it is so on every page of this outlet."""
    value = parsed(name, text)
    with changing(article, by=by, action="fix_field", seen=seen) as change:
        field = change.row(Field, _pk(article, name))
        keeps_proof = value == field.found.get("value")
        start, end = (field.found.get("span") or [None, None]) if keeps_proof else (None, None)
        change.update(
            field,
            value=value,
            state="stated",
            reason=f"corrected by {by.get_username()}",
            start=start,
            end=end,
            details={} if not keeps_proof else field.found.get("details", {}),
            fixed=True,
            fixed_by=by,
        )
        change.summary = f"set {field.about.label.lower()} to “{field.shown}”"
        if remember:
            from_field(change.article, field, by=by)
            change.summary += ", remembered for this outlet"
    return field


def choose_candidate(article: Article, name: str, *, number: int, by: Person, seen: int) -> Field:
    """Take one of the machine's other candidates, with its proof."""
    with changing(article, by=by, action="fix_field", seen=seen) as change:
        field = change.row(Field, _pk(article, name))
        candidates = field.found.get("candidates", [])
        if not 0 <= number < len(candidates):
            raise Refused("That candidate is not there any more.")
        chosen = candidates[number]
        start, end = chosen["span"] or [None, None]
        change.update(
            field,
            value=chosen["value"],
            state="stated" if chosen["span"] else "inferred",
            reason=f"chosen by {by.get_username()}: {chosen['reason']}"[:300],
            start=start,
            end=end,
            details={},
            fixed=True,
            fixed_by=by,
        )
        change.summary = f"set {field.about.label.lower()} to “{field.shown}”"
    return field


def confirm_field(article: Article, name: str, *, by: Person, seen: int) -> Field:
    """Say that what stands there is right, or rightly unknown."""
    with changing(article, by=by, action="confirm_field", seen=seen) as change:
        field = change.row(Field, _pk(article, name))
        _confirm(change, field, by=by)
        change.summary = f"confirmed {field.about.label.lower()}: “{field.shown or 'unknown'}”"
    return field


def _confirm(change: Change, field: Field, *, by: Person) -> None:
    article = change.article
    of_title = field.name == "title" and not field.fixed
    shown = title_of(article, field, article.blocks.all(), article.edits.all()) if of_title else ""
    if shown and shown != field.value:
        # The title block was corrected: that is what the page shows, and what this person confirms.
        said = {"value": shown, "state": "stated", "reason": f"confirmed by {by.get_username()}", "details": {}}
        change.update(field, **said, start=None, end=None, fixed=True, fixed_by=by)
    else:
        change.update(field, fixed=True, fixed_by=by)


def settled_by_all(article: Article) -> tuple[list[Field], list[Attribution]]:
    """What one confirmation of everything would settle: the fields that have a value and the links that are stated,
    where nobody decided yet. What is open or doubtful is asked one by one."""
    fields = [row for row in article.fields.filter(fixed=False).order_by("pk") if row.shown and row.state != "disputed"]
    links = article.attribution.filter(decision="open", state="stated").exclude(name="").order_by("pk")
    return fields, list(links)


def confirm_facts(article: Article, *, by: Person, seen: int) -> int:
    """Say that every fact and every link that stands is right, in one action; how many there were."""
    with changing(article, by=by, action="confirm_facts", seen=seen) as change:
        fields, links = settled_by_all(change.article)
        if not fields and not links:
            raise Refused("There is nothing left to confirm at once. What is open is asked one by one.")
        for row in (*fields, *links):
            change.check_seen(row)
        for field in fields:
            _confirm(change, field, by=by)
        for link in links:
            change.update(link, decision="confirmed", decided_by=by)
        change.summary = f"confirmed {_counted(len(fields), 'fact')} and {_counted(len(links), 'source')} at once"
    return len(fields) + len(links)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def forget_field(article: Article, name: str, *, by: Person, seen: int) -> Field:
    """Say that nobody can tell: the field is unknown, and that is settled."""
    with changing(article, by=by, action="forget_field", seen=seen) as change:
        field = change.row(Field, _pk(article, name))
        change.update(
            field,
            value=None,
            state="unknown",
            reason=f"set to unknown by {by.get_username()}",
            start=None,
            end=None,
            details={},
            fixed=True,
            fixed_by=by,
        )
        change.summary = f"set {field.about.label.lower()} to unknown"
    return field


def release_field(article: Article, name: str, *, by: Person, seen: int) -> Field:
    """Take the machine's word again."""
    with changing(article, by=by, action="release_field", seen=seen) as change:
        field = change.row(Field, _pk(article, name))
        change.update(field, fixed=False, fixed_by=None)
        change.summary = f"took {field.about.label.lower()} from the text again: “{field.shown or 'unknown'}”"
    return field


def _pk(article: Article, name: str) -> int:
    if name not in FIELDS:
        raise Refused(f"There is no field called “{name}”.")
    field, _ = Field.objects.get_or_create(article=article, name=name)
    return field.pk
