"""The open elements of a page: which there are, and what each says about the lines inside it."""

from collections import defaultdict
from collections.abc import Sequence

from articles.core.formats.attributes import READ, hints_of, link_of
from articles.core.formats.tags import BREAKS, PARAGRAPH_CLOSES, Tag

LOOK_BACK = 50
PATH_LIMIT = 40
HINT_LIMIT = 60


class Link:
    """An open link; where it leads is read when a text stands in it, as many hold none."""

    __slots__ = ("_address", "_attributes")

    def __init__(self, attributes: str) -> None:
        self._attributes = attributes
        self._address: str | None = None

    @property
    def address(self) -> str:
        if self._address is None:
            self._address = link_of(self._attributes)
        return self._address


# Name, attributes, ordinal in the page, and the link in which it stands or which it is.
type Element = tuple[str, str, int, Link | None]
# The names, ordinals and hints of an element and of all around it, from the root down.
type Scope = tuple[tuple[str, ...], tuple[int, ...], dict[str, None]]


class Elements:
    """The stack of open elements, as a forgiving browser keeps it. ``low`` is the least depth since it was last set:
    what lies below has been open all the time."""

    __slots__ = ("_count", "_open", "_scopes", "low", "stack")

    def __init__(self) -> None:
        self.stack: list[Element] = [("", "", 0, None)]
        self.low = 1
        self._scopes: list[Scope | None] = [((), (), {})]
        self._count = 0
        self._open: defaultdict[str, int] = defaultdict(int)

    def scope(self) -> Scope:
        """What is said of a line that all elements below ``low`` hold.

        Each element extends what the one around it says, and keeps it, as long as it is open, for other lines. Only the
        inmost elements count, and at such a depth nothing is kept.
        """
        scopes, known = self._scopes, self.low - 1
        if known > PATH_LIMIT:
            return self._inmost(self.stack[self.low - PATH_LIMIT : self.low])
        while (scope := scopes[known]) is None:
            known -= 1
        path, nodes, hints = scope
        for at in range(known + 1, self.low):
            name, attributes, number, _ = self.stack[at]
            path += (name,)
            nodes += (number,)
            if attributes and (own := hints_of(attributes)):
                hints = hints | own
            scopes[at] = path, nodes, hints
        return path, nodes, hints

    @staticmethod
    def _inmost(elements: Sequence[Element]) -> Scope:
        hints: dict[str, None] = {}
        for _, attributes, _, _ in elements:
            hints |= hints_of(attributes)
        return tuple(name for name, *_ in elements), tuple(number for _, _, number, _ in elements), hints

    def open(self, tag: Tag, attributes: str) -> None:
        """A start tag: what cannot hold its element is closed first."""
        name, stack = tag.name, self.stack
        if tag.ends_paragraph and self._open["p"]:
            self._imply(*PARAGRAPH_CLOSES)
        if tag.closes is not None:
            self._imply(*tag.closes)
        link = stack[-1][3]
        if name == "a" and "href" in attributes.lower():
            link = Link(attributes)
        self._count += 1
        self._open[name] += 1
        stack.append((name, attributes[:READ], self._count, link))
        self._scopes.append(None)

    def close(self, tag: Tag) -> None:
        """An end tag closes the nearest element of its name and all inside it."""
        stack, name = self.stack, tag.name
        if stack[-1][0] == name:
            stack.pop()
            self._scopes.pop()
            self._open[name] -= 1
            if len(stack) < self.low:
                self.low -= 1
        elif self._open[name]:
            self._close_outer(name, inline=not tag.breaks)

    def _close_outer(self, name: str, *, inline: bool) -> None:
        stack = self.stack
        for back in range(1, min(len(stack) - 1, LOOK_BACK if inline else len(stack)) + 1):
            inner = stack[-back][0]
            if inner == name:
                self._pop(back)
                return
            # A misplaced </b> must not close the blocks inside which it stands.
            if inline and inner in BREAKS:
                return

    def _imply(self, closed: frozenset[str], until: frozenset[str]) -> None:
        for back in range(1, min(len(self.stack) - 1, LOOK_BACK) + 1):
            name = self.stack[-back][0]
            if name in closed:
                self._pop(back)
                return
            if name in until:
                return

    def _pop(self, count: int) -> None:
        for _ in range(count):
            self._open[self.stack.pop()[0]] -= 1
            self._scopes.pop()
        self.low = min(self.low, len(self.stack))
