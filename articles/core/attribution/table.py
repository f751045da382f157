"""The roles of those who stand behind a text: a table that the pages read too."""

from dataclasses import dataclass

from articles.core.values import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRow:
    """A row of ROLES."""

    name: Role
    label: str
    help: str


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
