"""The frame of an article: its title, and the byline, section, date and standfirst around it."""

import re
from collections.abc import Sequence

from articles.core.cleaning import patterns, places
from articles.core.cleaning.features import Run
from articles.core.cleaning.rules import NAME, TWO_NAMES, Verdict
from articles.core.folding import key

Verdicts = list[Verdict | None]
NEAR = 3
LOOK_AHEAD = 8
MENU = 4
STANDFIRST = 45
SHORT_STANDFIRST = 30
MATCHES = 0.6
HEADS = frozenset({"title", "og:title", "twitter:title", "headline", "citation_title", "dc.title"})
SITE_NAME = re.compile(r"(?<!\s)\s+[-–—|:•»]\s+[^-–—|]{2,40}$")


def find_title(
    runs: Sequence[Run], verdicts: Verdicts, heads: Sequence[str], span: tuple[int, int] | None
) -> int | None:
    """The run that is this article's title; ``heads`` are titles that the page gives itself, ``span`` the body."""
    known = {key(words) for head in heads for words in (head, SITE_NAME.sub("", head)) if words}
    best, best_score = None, 0.0
    last = span[1] if span else len(runs)
    for i in range(len(runs)):
        if i > last + LOOK_AHEAD and not known:
            break
        score = _score(runs, verdicts, i, span, known)
        if score > best_score:
            best, best_score = i, score
    if best is None or best_score < MATCHES:
        return None
    reason = _reason(runs[best], best, span, known)
    verdicts[best] = Verdict(kind="title", reason=reason, confidence=round(min(0.98, best_score), 3))
    return best


def _reason(run: Run, i: int, span: tuple[int, int] | None, known: set[str]) -> str:
    if run.key in known:
        return "headline: same title in the page head"
    if run.place is not None and "h1" in run.place.path:
        return "headline: the page's first heading"
    if span and i > span[0]:
        return "headline behind the text, beside its byline, section or date"
    return "stands first, looks like a headline"


def _score(runs: Sequence[Run], verdicts: Verdicts, i: int, span: tuple[int, int] | None, known: set[str]) -> float:
    run, place = runs[i], runs[i].place
    if known and run.words >= 2 and run.key in known:
        return 0.98 if place is None or "h1" in place.path else 0.9
    if verdicts[i] is not None or not run.is_headline or (run.sentences > 1 and run.stopped and run.words > 16):
        return 0.0
    if place is not None:
        return 0.95 if "h1" in place.path else 0.62 if "h2" in place.path and (span is None or i < span[0]) else 0.0
    beside = _beside(verdicts, i)
    if span is None:
        return 0.0
    if i < span[0] or (i == span[0] and span[1] > i):
        return _before(runs, verdicts, i, beside)
    # Behind the text: only what stands among the byline, the section and the date of this article.
    if i > span[0] and beside >= 2 and not run.stopped and run.words >= 4 and run.key[:5]:
        return 0.9 - 0.02 * max(0, i - span[1])
    return 0.0


def _beside(verdicts: Verdicts, i: int) -> int:
    near = verdicts[max(0, i - NEAR) : i] + verdicts[i + 1 : i + 1 + NEAR]
    return len({verdict.kind for verdict in near if verdict and verdict.kind in ("byline", "section", "date")})


def _before(runs: Sequence[Run], verdicts: Verdicts, i: int, beside: int) -> float:
    run = runs[i]
    earlier = sum(1 for k in range(i) if verdicts[k] is None)
    following = next((runs[k] for k in range(i + 1, len(runs)) if verdicts[k] is None), None)
    if not run.stopped or run.text.rstrip(' \xa0»"').endswith(("?", "!", "…")):
        return 0.95 - 0.06 * min(earlier, 5) + 0.01 * beside - (0.2 if run.words <= 3 else 0)
    if following is None or run.words > 22 or following.words < 1.4 * run.words or run.sentences > 1:
        return 0.0
    apart = following.blank_before or beside > 0
    return (0.8 if apart else 0.64 if run.words <= 14 else 0.0) - 0.06 * min(earlier, 5)


def frame(runs: Sequence[Run], verdicts: Verdicts, title: int | None, span: tuple[int, int] | None) -> None:
    """Byline, section and standfirst: what only its neighbours tell."""
    _names(runs, verdicts, span)
    for i, run in enumerate(runs):
        if verdicts[i] is None or (verdicts[i] is not None and run.place is not None and _weak(verdicts[i])):
            _section(runs, verdicts, i, title)
    if title is None:
        return
    _trail(runs, verdicts, title)
    same = runs[title].key
    for i, run in enumerate(runs):
        verdict = verdicts[i]
        if i != title and run.words >= 2 and run.key == same and (verdict is None or verdict.kind != "title"):
            verdicts[i] = Verdict(kind="navigation", reason="repeats the title", confidence=0.92)
    _subtitle(runs, verdicts, title, span)


def _weak(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.kind in ("navigation", "related") and verdict.confidence < 0.85


def _names(runs: Sequence[Run], verdicts: Verdicts, span: tuple[int, int] | None) -> None:
    """A line that is nothing but a name: a byline if another line says so, or if it stands beside the frame."""
    for i, run in enumerate(runs):
        if verdicts[i] is None and patterns.INITIALS.fullmatch(run.text) and _framed(verdicts, i):
            reason = "byline: initials beside the article's frame"
            verdicts[i] = Verdict(kind="byline", reason=reason, confidence=0.75)
    said = " ".join(run.folded for run, v in zip(runs, verdicts, strict=True) if v and v.kind in ("byline", "date"))
    for i, run in enumerate(runs):
        if verdicts[i] is not None or run.words > 6 or run.stopped or not NAME.fullmatch(run.text.strip(" ,")):
            continue
        if run.folded.strip(" ,") in said:
            reason = "byline: the same name stands in another byline"
            verdicts[i] = Verdict(kind="byline", reason=reason, confidence=0.95)
            continue
        ends = span is not None and i > span[1] and (i == len(runs) - 1 or i == span[1] + 1)
        if _framed(verdicts, i) or ends:
            reason = "byline: a name alone beside the article's frame"
            verdicts[i] = Verdict(kind="byline", reason=reason, confidence=0.68)


def _framed(verdicts: Verdicts, i: int) -> bool:
    """Whether the title, the date, the section or the source note stands within two lines."""
    near = verdicts[max(0, i - 2) : i] + verdicts[i + 1 : i + 3]
    return any(verdict and verdict.kind in ("title", "date", "section", "source", "subtitle") for verdict in near)


def _section(runs: Sequence[Run], verdicts: Verdicts, i: int, title: int | None) -> None:
    run = runs[i]
    if run.words > 4 or run.folded.strip(" .:|/-") not in patterns.SECTIONS:
        return
    near = verdicts[max(0, i - 2) : i] + verdicts[i + 1 : i + 3]
    beside = any(verdict and verdict.kind in ("title", "date", "byline", "subtitle") for verdict in near)
    if beside or (title is not None and abs(i - title) <= 2):
        verdicts[i] = Verdict(kind="section", reason="the name of a section beside the article's frame", confidence=0.9)
    elif verdicts[i] is None:
        row = sum(other.words <= 3 and not other.stopped for other in runs[max(0, i - 2) : i + 3])
        kind = "section" if i < 3 and row < MENU else "navigation"
        verdicts[i] = Verdict(kind=kind, reason="nothing but the name of a section", confidence=0.65)


def _trail(runs: Sequence[Run], verdicts: Verdicts, title: int) -> None:
    """A section among the short lines above the title: the one that the title begins with, or the last of a trail."""
    if any(verdict and verdict.kind == "section" for verdict in verdicts) or runs[title].place is not None:
        return
    above = [i for i in range(max(0, title - 8), title) if runs[i].words <= 4 and not runs[i].stopped]
    above = [i for i in above if (verdict := verdicts[i]) is None or verdict.kind == "navigation"]
    opening = key(runs[title].text.split(":")[0])
    reason = "a rubric above the title, which begins with it"
    chosen = next((i for i in above if ":" in runs[title].text and runs[i].key == opening), None)
    homes = [i for i in above if patterns.HOME.fullmatch(runs[i].folded)]
    if chosen is None and homes and 1 <= above[-1] - homes[-1] <= 2:
        chosen, reason = above[-1], "the last step of the way to this page"
    if chosen is not None:
        verdicts[chosen] = Verdict(kind="section", reason=reason, confidence=0.95)


def _subtitle(runs: Sequence[Run], verdicts: Verdicts, title: int, span: tuple[int, int] | None) -> None:
    for i in range(title + 1, min(title + 4, len(runs))):
        place = runs[i].place
        if place is not None and set(place.hints) & places.SUBTITLES and runs[i].words <= 60:
            verdicts[i] = Verdict(kind="subtitle", reason="standfirst: marked so in the page", confidence=0.85)
            return
    first = next((k for k in range(title + 1, len(runs)) if verdicts[k] is None and runs[k].words), None)
    if first is None or span is None or runs[first].place or first > span[0] or first - title > LOOK_AHEAD:
        return
    if reason := _standfirst(runs, verdicts, title, first, span):
        verdicts[first] = Verdict(kind="subtitle", reason=reason, confidence=0.88)


def _standfirst(runs: Sequence[Run], verdicts: Verdicts, title: int, i: int, span: tuple[int, int]) -> str:
    """Why the first line that reads as text under the title is a standfirst; empty when it is none."""
    run, after = runs[i], verdicts[i + 1] if i + 1 < len(runs) else None
    if i == title + 1 and 6 <= run.words <= STANDFIRST and after and after.kind in ("byline", "date"):
        return "standfirst: between the title and the byline"
    if not run.stopped:
        return "standfirst: between the title and the text" if i < span[0] and run.words >= 6 else ""
    following = runs[i + 1] if after is None and i + 1 < len(runs) else None
    if following is None or following.words < STANDFIRST or i == title + 1:
        return ""
    if 12 <= run.words <= SHORT_STANDFIRST and following.words >= 2 * run.words:
        return "standfirst: short, under the title and its buttons, before a long paragraph"
    return ""


def captions(runs: Sequence[Run], verdicts: Verdicts, title: int | None, span: tuple[int, int] | None) -> None:
    """A short sentence between the title and the text whose next line is a picture's credit."""
    if title is None or span is None:
        return
    text = next((k for k in range(title + 1, len(runs)) if runs[k].is_prose and verdicts[k] is None), title + 1)
    for i in range(title + 1, text - 1):
        if verdicts[i + 1] is None and _two_names(runs[i + 1]):
            reason = "two names with a stroke between, as in picture credits"
            verdicts[i + 1] = Verdict(kind="credit", reason=reason, confidence=0.7)
        credit = verdicts[i + 1]
        if verdicts[i] is None and runs[i].words <= 20 and credit is not None and credit.kind == "credit":
            verdicts[i] = Verdict(kind="caption", reason="a short line right above a picture credit", confidence=0.7)


def _two_names(run: Run) -> bool:
    return run.words <= 8 and not run.stopped and run.capitals == 1 and TWO_NAMES.fullmatch(run.text) is not None
