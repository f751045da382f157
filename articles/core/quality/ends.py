"""What was lost at an end: the name of somebody who stands behind the text, the rest of a sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence

from articles.core.quality.passages import flag_on
from articles.core.values import Attribution, Flag, Passage

ENDS = re.compile(r"[.!?…:;»”\"’)\]*]\s*$|[.!?…]['’]?\s*$")
TEASER = re.compile(r"(?:\[(?:…|\.\.\.)\]|(?:…|\.\.\.)\s*(?:[Ll]ire la suite|[Rr]ead more)?)\s*$")
# A last line that is shorter than this may be a signature.
SENTENCE = 8


def incomplete(attribution: Iterable[Attribution]) -> Iterator[Flag]:
    for one in attribution:
        if one.name is None and one.span is not None and one.role != "photo_credit":
            yield Flag(flag="attribution_incomplete", span=one.span, detail=one.reason)


def truncated(passages: Sequence[Passage]) -> Iterator[Flag]:
    """The last paragraph of the body, where it stops before its sentence does."""
    body = [passage for passage in passages if passage.block.kind == "body" and passage.block.kept]
    if not body:
        return
    last = max(body, key=lambda passage: passage.block.span)
    text = last.text.rstrip()
    if len(text.split()) >= SENTENCE and (TEASER.search(text[-40:]) or not ENDS.search(text[-4:])):
        words = text.rsplit(None, 3)[-3:]
        start = text.rindex(words[0])
        yield flag_on(last, "truncated", start, len(text), "The last paragraph ends before its sentence does.")
