"""What the names of HTML elements mean here: words as data, and a table of what each tag does."""

from dataclasses import dataclass
from functools import lru_cache

# Tells of the page whatever it stands in.
TELLING = frozenset(["title", "script", "meta", "link", "html", "time"])
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
CUT_WITH_CONTENT = frozenset(
    ["script", "style", "noscript", "template", "svg", "iframe", "textarea", "select", "title", "object"]
)
# A browser reads these to the end of the page when nothing closes them.
CUT_TO_THE_END = frozenset(["script", "style", "textarea", "iframe", "title", "template"])
BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "link",
        "main",
        "menu",
        "meta",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "picture",
        "pre",
        "section",
        "source",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "video",
        "audio",
    ]
)
# A start tag -> the open elements it closes, and what it does not look beyond.
CLOSES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
PARAGRAPH_CLOSES: tuple[frozenset[str], frozenset[str]] = (frozenset({"p"}), BREAKS - {"p"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """What a start or end tag does: ``breaks`` the line, ``opens`` an element, ``cuts`` its content, ``tells`` of the
    page. ``closes`` are the open elements that it closes, and what it does not look beyond."""

    name: str = ""
    breaks: bool = False
    opens: bool = False
    ends: bool = False
    cuts: bool = False
    tells: bool = False
    ends_paragraph: bool = False
    closes: tuple[frozenset[str], frozenset[str]] | None = None


LONGEST_NAME = 60
# A comment, or a tag that is cut and does nothing.
NOTHING = Tag()


@lru_cache(maxsize=512)
def tag_of(written: str) -> Tag:
    """The tag of a name as it is written in the source, an end tag's with its slash."""
    name = written.lower()
    if name.startswith("/"):
        return Tag(name=name[1:], breaks=name[1:] in BREAKS, ends=True)
    return Tag(
        name=name,
        breaks=name in BREAKS,
        opens=name not in VOID and name not in CUT_WITH_CONTENT,
        cuts=name in CUT_WITH_CONTENT,
        tells=name in TELLING,
        ends_paragraph=name in BREAKS and name not in VOID and name != "button",
        closes=CLOSES.get(name),
    )


class Tags(dict[str, Tag]):
    """The tags of one page, each worked out once. No name that means something is longer than what is looked at."""

    def __missing__(self, written: str) -> Tag:
        self[written] = tag_of(written[:LONGEST_NAME])
        return self[written]
