"""The roles of those who stand behind a text, and what a restriction can mean: two tables that the pages read too."""

from dataclasses import dataclass

from articles.core.values import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRow:
    """A row of ROLES."""

    name: Role
    label: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstraintRow:
    """A row of CONSTRAINTS. ``blocks`` when it must be settled before publishing."""

    name: str
    label: str
    help: str
    blocks: bool


ROLES: dict[str, RoleRow] = {
    row.name: row
    for row in (
        RoleRow(name="publisher", label="Publisher", help="The outlet whose page this is."),
        RoleRow(name="republished_from", label="Republished from", help="The outlet that the text was taken from."),
        RoleRow(name="agency", label="Agency", help="The news agency that supplied the text, never the picture."),
        RoleRow(name="cited", label="Cited source", help="Whom the text names as the source of what it says."),
        RoleRow(name="author", label="Author", help="A person who signed the text."),
        RoleRow(name="translator", label="Translator", help="Who translated the text."),
        RoleRow(name="photo_credit", label="Photo credit", help="Who made or supplied a picture."),
        RoleRow(name="copyright_holder", label="Copyright holder", help="Who claims the rights to the page."),
    )
}


def _row(name: str, label: str, about: str, *, blocks: bool) -> ConstraintRow:
    return ConstraintRow(name=name, label=label, help=about, blocks=blocks)


CONSTRAINTS: dict[str, ConstraintRow] = {
    row.name: row
    for row in (
        _row("editorial_use_only", "Editorial use only", "Not for advertising or promotion.", blocks=True),
        _row("mandatory_credit", "Mandatory credit", "The credit must be printed as it is written.", blocks=True),
        _row("no_archive", "No archive", "It must not be kept in an archive.", blocks=True),
        _row("no_resale", "No resale", "It must not be sold on.", blocks=True),
        _row("embargo", "Embargo", "It must not appear before the time that is named.", blocks=True),
        _row("all_rights_reserved", "All rights reserved", "Publishing needs the holder's leave.", blocks=True),
        _row("licence", "Licence", "It may be used on the terms of the licence named.", blocks=False),
        _row("other", "Other restriction", "Read it and decide.", blocks=True),
    )
}
