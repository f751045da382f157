"""HTML source -> tokens, in one pass that never looks at a character more than a few times, whatever the source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.core.formats.tags import CUT_TO_THE_END, CUT_WITH_CONTENT, NOTHING, Tag, Tags

# The text up to a tag, and the tag: its name (an end tag's with the slash) and the rest of its inside. Or what is no such
# tag: a comment, a tag that never ends, one with "<" in its inside.
PIECES = (
    r"([^<]*+(?:<(?![A-Za-z!?/])[^<]*+)*+)(?:<(/?[A-Za-z][^\s/>\x00<]*+)"
    r"""([^<>=]*+(?:=(?:"[^"]*+"|\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))[^<>=]*+)*+)>|(<|\Z))"""
)
PIECE = re.compile(PIECES)
# In a page with a tag that never ends, each tag could be looked for up to the end: there none is, beyond the next "<".
CAREFUL = re.compile(PIECES.replace("""[^"]""", """[^"<]""").replace("""[^']""", """[^'<]"""))
OPENS = re.compile(r"<(?:(/?[A-Za-z][^\s/>\x00<]*+)|!--|[!?/])")
# Inside a tag only a quote after "=" opens a value; a stray one in prose must not swallow the page.
IN_TAG = re.compile(r"""=\s*+(["'])|>""")
END_TAGS = {name: re.compile(rf"</(?i:{name})(?=[\s/>])") for name in CUT_WITH_CONTENT}

# (text before it, where it ends, what it does, its attributes as written, where its start tag ends). It begins where the
# text ends, and the text where the token before it ended. What is cut with its content ends behind its end tag.
type Token = tuple[str, int, Tag, str, int]


def tokens(raw: str) -> Iterator[Token]:
    """The tags of a page, each with the text before it, in order and without gaps; the last may be no tag at all."""
    finder, tags = _Finder(raw), Tags()
    at, split = 0, -1
    while at >= 0:
        for match in (CAREFUL if finder.endless else PIECE).finditer(raw, at):
            text, name, attributes, odd = match.groups()
            at = inside = match.end()
            if name is not None:
                tag = tags[name]
                if split < 0 and not tag.cuts:
                    yield text, at, tag, attributes, at
                    continue
                start = match.start(2) - 1
                if tag.cuts and attributes[-1:] != "/":
                    tag, at = finder.end_of_cut(tag, inside)
            elif not odd:
                tag, attributes, start, at = NOTHING, "", inside, -1
            else:
                start = inside - 1
                found = finder.odd(start, tags)
                if found is None:
                    # A "<" that opens nothing: text, which goes on behind it.
                    split = match.start() if split < 0 else split
                    break
                tag, attributes, inside, at = found
            if split >= 0:
                text, split = raw[split:start], -1
            yield text, len(raw) if at < 0 else at, tag, attributes, inside
            break


@dataclass(slots=True)
class _Finder:
    """What is looked for far ahead, and what does not occur any more, so that a thousand failures cost one search."""

    raw: str
    absent: set[str] = field(default_factory=set)

    @property
    def endless(self) -> bool:
        """Whether a tag was met that never ends."""
        return ">" in self.absent

    def odd(self, at: int, tags: Tags) -> tuple[Tag, str, int, int] | None:
        """(tag, attributes, end of the start tag, end) of what opens here, or None where it is text."""
        match = OPENS.match(self.raw, at)
        if match is None:
            return None
        if not match[1]:
            end = self._end_of_declaration(at)
            return (NOTHING, "", end, end) if end >= 0 else None
        inside = self._end_of_tag(match.end())
        if inside < 0:
            return None
        tag, attributes, end = tags[match[1]], self.raw[match.end() : inside - 1], inside
        if tag.cuts and attributes[-1:] != "/":
            tag, end = self.end_of_cut(tag, inside)
        return tag, attributes, inside, end

    def end_of_cut(self, tag: Tag, start: int) -> tuple[Tag, int]:
        """Where the content that starts here, and the end tag behind it, end; a tag that nothing closes does nothing."""
        closes = self._end_tag(tag.name, start)
        if closes < 0:
            return (tag, len(self.raw)) if tag.name in CUT_TO_THE_END else (NOTHING, start)
        closed = self._find(">", closes)
        return tag, closed + 1 if closed >= 0 else len(self.raw)

    def _find(self, words: str, start: int) -> int:
        if words in self.absent:
            return -1
        at = self.raw.find(words, start)
        if at < 0:
            self.absent.add(words)
        return at

    def _end_of_tag(self, at: int) -> int:
        """Past the ">" that ends the tag whose inside starts here; -1 when nothing ends it."""
        if self.endless:
            return -1
        while match := IN_TAG.search(self.raw, at):
            if not match[1]:
                return match.end()
            closed = self._find(match[1], match.end())
            at = closed + 1 if closed >= 0 else match.end()
        self.absent.add(">")
        return -1

    def _end_tag(self, name: str, start: int) -> int:
        """Where the end tag of this name starts, or -1."""
        if name in self.absent:
            return -1
        match = END_TAGS[name].search(self.raw, start)
        if match is None:
            self.absent.add(name)
            return -1
        return match.start()

    def _end_of_declaration(self, start: int) -> int:
        if not self.raw.startswith("<!--", start):
            return self._find(">", start) + 1 or -1
        if self.raw.startswith(("<!-->", "<!--->"), start):
            return self.raw.index(">", start) + 1
        end = self._find("-->", start + 4)
        return end + 3 if end >= 0 else len(self.raw)
