"""The fields of an article: one table, read by the engine, the pages, the commands and the README."""

from dataclasses import dataclass
from typing import Literal

Typed = Literal["text", "list", "datetime", "language", "url"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """A row of FIELDS. ``typed`` says how an editor types the value; ``asked`` whether an unknown value is an open
    question for the editor."""

    name: str
    label: str
    typed: Typed
    help: str
    asked: bool = False


FIELDS: dict[str, FieldRow] = {
    row.name: row
    for row in (
        FieldRow(name="title", asked=True, label="Title", typed="text", help="The headline, as it was printed."),
        FieldRow(name="subtitle", label="Subtitle", typed="text", help="The standfirst beneath the headline."),
        FieldRow(
            name="authors",
            asked=True,
            label="Authors",
            typed="list",
            help="The people who signed the text, one a line.",
        ),
        FieldRow(
            name="published",
            asked=True,
            label="Published",
            typed="datetime",
            help="When the outlet published it, with the offset from UTC where that is known.",
        ),
        FieldRow(name="section", label="Section", typed="text", help="The rubric it was filed under."),
        FieldRow(
            name="language", asked=True, label="Language", typed="language", help="The language of the body, as a code."
        ),
        FieldRow(name="url", label="Address", typed="url", help="Where the article stands on the outlet's site."),
    )
}
