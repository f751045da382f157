"""Quotation marks without their partner."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.core.quality.passages import READ, flag_on
from articles.core.values import Flag, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A mark and its partner. A ``lone`` closing mark is an arrow and asks nothing."""

    opening: str
    closing: str
    lone: bool = False


GUILLEMETS = Pair(opening="«", closing="»")
REVERSED = Pair(opening="»", closing="«")
CURLY = Pair(opening="“", closing="”")
LOW = Pair(opening="„", closing="“")
LOW_CURLY = Pair(opening="„", closing="”")
SINGLE = Pair(opening="‹", closing="›", lone=True)
# "»So«, sagte er": a mark that closes elsewhere opens here, for it stands before a word and behind none.
TURNED = re.compile(r"(?<![^\s(\[–—-])»(?=\w)")
# A straight mark that is none: of inches behind a digit, of an acronym between Hebrew letters.
NO_MARK = re.compile(r'(?<=\d)"|(?<=[א-ת])"(?=[א-ת])')


def unbalanced(passages: Sequence[Passage]) -> Iterator[Flag]:
    """Marks without their partner. A quotation may run over paragraphs, each of which may open it again."""
    read = [passage for passage in passages if passage.block.kind in READ]
    shown = "".join(passage.text for passage in read)
    guillemets = REVERSED if TURNED.search(shown) and "« " not in shown and "«\u00a0" not in shown else GUILLEMETS
    curly = CURLY if "„" not in shown else LOW if "“" in shown else LOW_CURLY
    for pair in (guillemets, curly, SINGLE):
        if pair.opening not in shown and pair.closing not in shown:
            continue
        for kind in (True, False):
            run = [passage for passage in read if (passage.block.kind == "body") == kind]
            yield from _pairs(run, pair, across=kind)
    for passage in read:
        yield from _straight(passage)


def _straight(passage: Passage) -> Iterator[Flag]:
    if '"' not in passage.text:
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
            if char == pair.opening:
                stack.append(at)
            elif char == pair.closing and stack:
                stack.pop()
            elif char == pair.closing and waiting is not None:
                waiting = None
            elif char == pair.closing and not pair.lone:
                detail = f"{pair.closing} closes a quotation that nothing opens."
                yield flag_on(passage, "unbalanced_quote", at, at + 1, detail)
        reopened = waiting is not None and text.lstrip().startswith(pair.opening)
        if waiting is not None and not (reopened and stack):
            if not reopened:
                yield _unclosed(*waiting, pair)
            waiting = None
        for at in stack[:-1]:
            yield _unclosed(passage, at, pair)
        if stack and across:
            waiting = waiting or (passage, stack[-1])
        elif stack:
            yield _unclosed(passage, stack[-1], pair)
    if waiting is not None:
        yield _unclosed(*waiting, pair)


def _unclosed(passage: Passage, at: int, pair: Pair) -> Flag:
    detail = f"{pair.opening} opens a quotation that nothing closes."
    return flag_on(passage, "unbalanced_quote", at, at + 1, detail)
