"""Which passages are asked about, and how a flag is laid on the words of one."""

from articles.core.values import Flag, Passage

READ = frozenset({"title", "subtitle", "body", "heading", "quote", "list", "caption"})


def flag_on(passage: Passage, name: str, start: int, end: int, detail: str, at: int | None = None) -> Flag:
    """A flag on ``text[start:end]`` of a passage; ``at`` is where a cut is proposed, as an offset of the text."""
    cut = None if at is None else passage.raw(at, at + 1).start
    return Flag(flag=name, span=passage.raw(start, end), detail=detail, at=cut)
