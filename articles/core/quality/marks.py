"""Quotation marks without their partner."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.core.quality.passages import READ, flag_on
from articles.core.values import Flag, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Marks and their partners. A mark that is both opens where nothing is open. A ``lone`` closing mark is an arrow and
    asks nothing."""

    opening: str
    closing: str
    lone: bool = False


GUILLEMETS = Pair(opening="«", closing="»")
REVERSED = Pair(opening="»", closing="«")
# In German “ closes what „ opened, in English it opens what ” closes; one page may hold both.
CURLY = Pair(opening="„“", closing="”“")
SINGLE = Pair(opening="‹", closing="›", lone=True)
# "»So«, sagte er": a mark that closes elsewhere opens here, for it stands before a word and behind none.
TURNED = re.compile(r"(?<![^\s(\[–—-])»(?=\w)")
UPRIGHT = re.compile(r"(?<!\S)«")
TURNED_SINGLE = re.compile(r"›(?=\w)")
# A straight mark that is none: of inches behind a digit, of an acronym between Hebrew letters.
NO_MARK = re.compile(r'(?<=\d)"|(?<=[א-ת])"(?=[א-ת])')


def unbalanced(passages: Sequence[Passage]) -> Iterator[Flag]:
    """Marks without their partner. A quotation may run over paragraphs, each of which may open it again."""
    read = [passage for passage in passages if passage.block.kind in READ]
    shown = "".join(passage.text for passage in read)
    turned = "«" in shown and TURNED.search(shown) and not UPRIGHT.search(shown)
    pairs = [REVERSED if turned else GUILLEMETS, CURLY]
    if "‹" in shown and not TURNED_SINGLE.search(shown):
        pairs.append(SINGLE)
    for pair in pairs:
        if not any(mark in shown for mark in pair.opening + pair.closing):
            continue
        for kind in (True, False):
            run = [passage for passage in read if (passage.block.kind == "body") == kind]
            yield from _pairs(run, pair, across=kind)
    for passage, following in pairwise([*read, None]):
        if passage is not None:
            yield from _straight(passage, following)


def _straight(passage: Passage, following: Passage | None) -> Iterator[Flag]:
    """An odd number of straight marks, unless the next paragraph opens the same quotation again."""
    if '"' not in passage.text or (following is not None and following.text.lstrip().startswith('"')):
        return
    none = {match.start() for match in NO_MARK.finditer(passage.text)}
    marks = [at for at, char in enumerate(passage.text) if char == '"' and at not in none]
    inches = sum(passage.text[at - 1].isdigit() for at in none)
    if len(marks) % 2 and not (inches and (len(marks) + inches) % 2 == 0):
        yield flag_on(passage, "unbalanced_quote", marks[-1], marks[-1] + 1, 'The number of " marks is odd.')


def _pairs(run: Sequence[Passage], pair: Pair, *, across: bool) -> Iterator[Flag]:
    """``across``: a mark may be closed in the next paragraph of the run."""
    waiting: tuple[Passage, int] | None = None
    for passage in run:
        text, stack = passage.text, list[int]()
        for at, char in enumerate(text):
            if char in pair.closing and stack and not (char == "“" and text[stack[-1]] == "“"):
                stack.pop()
            elif char in pair.closing and waiting is not None and not stack and not _opens(text, at, pair):
                waiting = None
            elif char in pair.opening:
                stack.append(at)
            elif char in pair.closing and not pair.lone and not text[at - 1 : at].isdigit():
                detail = f"{char} closes a quotation that nothing opens."
                yield flag_on(passage, "unbalanced_quote", at, at + 1, detail)
        reopened = waiting is not None and text.lstrip()[:1] in pair.opening
        if waiting is not None and not (reopened and stack):
            if not reopened:
                yield _unclosed(*waiting)
            waiting = None
        for at in stack[:-1]:
            yield _unclosed(passage, at)
        if stack and across:
            waiting = waiting or (passage, stack[-1])
        elif stack:
            yield _unclosed(passage, stack[-1])
    if waiting is not None:
        yield _unclosed(*waiting)


def _opens(text: str, at: int, pair: Pair) -> bool:
    """Whether a mark that both opens and closes stands at the beginning of its paragraph, where it opens."""
    return text[at] in pair.opening and not text[:at].strip()


def _unclosed(passage: Passage, at: int) -> Flag:
    detail = f"{passage.text[at]} opens a quotation that nothing closes."
    return flag_on(passage, "unbalanced_quote", at, at + 1, detail)
