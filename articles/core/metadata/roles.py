"""What a date is the date of: by the kind of the line in which it stands, and by how far from the publication it is."""

from datetime import date, timedelta

from articles.core.metadata.datelines import is_held, is_update
from articles.core.values import DateRole

ROLES: dict[str, DateRole] = {
    "caption": "caption",
    "credit": "caption",
    "date": "publication",
    "byline": "publication",
    "section": "publication",
    "source": "background",
    "related": "related",
    "navigation": "related",
    "share": "related",
    "ad": "related",
    "widget": "related",
    "comments": "related",
    "subscribe": "related",
    "legal": "related",
}
REASONS: dict[DateRole, str] = {
    "caption": "in the text of a picture",
    "publication": "on the line that dates the page",
    "update": "date of a change to the page",
    "related": "part of another article or of the page's furniture",
    "copyright": "year of a copyright line",
    "background": "the text looks back to it",
    "embargo": "it must not appear before",
    "event": "close to the day of publication",
}
# An article tells of what happened up to this long before it came out; earlier is background.
NEWS_DAYS = 10


def role_of(kind: str, value: str, anchor: date | None, text: str, at: int) -> DateRole:
    role = ROLES.get(kind)
    if role and is_held(text, at):
        return "embargo"
    if role == "publication":
        return "update" if is_update(text, at) else "publication"
    if role:
        return role
    if anchor is None or value.startswith("--"):
        return "background"
    if value > anchor.isoformat()[: len(value)]:
        return "event"
    recent = (anchor - timedelta(days=NEWS_DAYS)).isoformat() if anchor.toordinal() > NEWS_DAYS else ""
    return "event" if len(value) == 10 and value >= recent else "background"


def relative_role(kind: str, value: str | None, anchor: date | None) -> DateRole:
    role = ROLES.get(kind)
    if role:
        return role
    if value and anchor and (len(value) < 10 and "W" not in value):
        return "background"
    return "event"
