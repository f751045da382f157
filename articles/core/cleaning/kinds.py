"""The kinds of block: one table, read by the engine, the pages, the commands, the tests and the README."""

from dataclasses import dataclass
from typing import Literal

Group = Literal["article", "about", "boilerplate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A row of KINDS. ``key`` is the letter that chooses it on the review page."""

    name: str
    label: str
    group: Group
    key: str
    help: str

    @property
    def kept(self) -> bool:
        """Whether a block of this kind is part of the clean text unless a person says otherwise."""
        return self.group == "article"


def _kinds(group: Group, *rows: tuple[str, str, str, str]) -> tuple[Kind, ...]:
    return tuple(Kind(name=n, label=label, group=group, key=key, help=about) for n, label, key, about in rows)


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        *_kinds(
            "article",
            ("title", "Title", "t", "The headline of this article."),
            ("subtitle", "Subtitle", "u", "The standfirst or dek beneath the title."),
            ("body", "Body", "b", "A paragraph of the article."),
            ("heading", "Heading", "h", "A heading between paragraphs."),
            ("quote", "Quote", "q", "A passage set apart as a quotation."),
            ("list", "List", "l", "Items that belong to the article."),
        ),
        *_kinds(
            "about",
            ("byline", "Byline", "y", "Who wrote it."),
            ("date", "Date line", "d", "When it was published or changed."),
            ("section", "Section", "e", "The rubric it was filed under."),
            ("caption", "Caption", "c", "The text of a picture or a figure."),
            ("credit", "Credit", "i", "Who owns a picture, with its restrictions."),
            ("source", "Source note", "o", "Where the text was taken from."),
        ),
        *_kinds(
            "boilerplate",
            ("related", "Related headlines", "r", "Links to other articles."),
            ("comments", "Comments", "m", "Readers' comments and the form for them."),
            ("subscribe", "Subscribe", "n", "Newsletter, account and login prompts."),
            ("legal", "Legal", "g", "Cookies, privacy, terms, copyright."),
            ("navigation", "Navigation", "v", "Menus, crumbs, page numbers."),
            ("share", "Share", "s", "Share and print buttons."),
            ("ad", "Advertising", "a", "Advertisements and sponsored links."),
            ("widget", "Widget", "w", "Anything else the page's machinery left: players, scripts, counters."),
        ),
    )
}
