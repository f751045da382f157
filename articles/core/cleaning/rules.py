"""Rules that look at one run alone: the first that fits decides. Each is a function; RULES is their order."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from articles.core.cleaning import patterns
from articles.core.cleaning.features import LATIN, RIGHT_TO_LEFT, Run
from articles.core.cleaning.topics import AUTHORS, PICTURES, RIGHTS, VIEWS
from articles.core.values import DecidedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a rule says: the kind, the reason an editor reads, and how sure it is."""

    kind: str
    reason: str
    confidence: float
    decided_by: DecidedBy = "rule"


Rule = Callable[[Run], Verdict | None]
NAME = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][\w'’.-]+|[A-Z]\.)"
    r"(?:[ \xa0](?:(?:de|du|da|di|van|von|der|den|ben|bin|el|al|la|le|et|and|y|und|e)\b|[A-ZÀ-ÖØ-Þ][\w'’.-]*)){1,5}"
)
AGENCY_LAST = re.compile(rf"\b(?:{patterns.AGENCIES})$")
TWO_NAMES = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,3} ?/ ?[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,3}")
PARENTHESIS = re.compile(r"[^.!?]{0,300}?\((.{40,600})\)")
# A credit word with a capital and a colon inside a line, with or without a space before it.
GLUED_CREDIT = re.compile(
    r"(?<=[\w).»”\"]) ?(?:Crédits?|Credits?|Photos?|Photograph\w{0,3}|Images?|Illustration|Foto|Bild)\b"
    r"[ \xa0]?(?:photos?|images?)?[ \xa0]?:"
)
SITE_TAIL = re.compile(r" [-–—|] [\w.]+(?:[-.][\w.]+)*$")
WITH = re.compile(r"\b(?:avec|with)\b")
DIGIT = re.compile(r"\d")
DATE_LONGEST = 120
CAPTION_LONGEST = 420
SOURCE_WORDS = 7


def separator(run: Run) -> Verdict | None:
    if run.is_separator:
        return Verdict(kind="widget", reason="separator without words", confidence=0.8)
    return None


def rights(run: Run) -> Verdict | None:
    if run.topics & RIGHTS and run.words <= 80 and patterns.RIGHTS.search(run.folded):
        return Verdict(kind="credit", reason="restriction on the use of a picture", confidence=0.97)
    return None


def list_item(run: Run) -> Verdict | None:
    if run.words <= 45 and patterns.GLUED_ITEM.match(run.folded) and run.sentences <= 3:
        return Verdict(kind="related", reason="headline list: date glued to headline", confidence=0.85)
    return None


def date_line(run: Run) -> Verdict | None:
    folded = run.folded.strip(" .|-•·*")
    if len(folded) > DATE_LONGEST or not folded or run.sentences > 2:
        return None
    if patterns.DATE_LINE.match(folded) and run.words <= 20:
        return Verdict(kind="date", reason="date line: says when it was published or changed", confidence=0.97)
    if not DIGIT.search(folded):
        return None
    dated = patterns.MONTH.search(folded) or patterns.NUMERIC_DATE.search(folded)
    if dated and patterns.DATE_ONLY.fullmatch(folded):
        return Verdict(kind="date", reason="nothing but a date", confidence=0.93)
    if (
        (match := patterns.DATE_AND_NAME.fullmatch(folded))
        and dated
        and run.words <= 16
        and DIGIT.search(match["date"])
    ):
        return Verdict(kind="date", reason="a date, then who wrote", confidence=0.88)
    if patterns.RELATIVE_DATE.fullmatch(folded):
        return Verdict(kind="date", reason="nothing but a time", confidence=0.8)
    return None


def byline(run: Run) -> Verdict | None:
    match = patterns.BYLINE_OPENER.match(run.folded)
    if match and run.words <= 14 and len(run.text) <= 120 and not (run.stopped and run.words > 9):
        name = run.text[match.end() :].strip(" .,:")
        if NAME.match(name) or RIGHT_TO_LEFT.match(name) or patterns.DESK.match(run.folded, match.end()):
            return Verdict(kind="byline", reason="byline: begins like one and names somebody", confidence=0.93)
    if (
        run.words <= 60
        and patterns.REPORTED.match(run.folded)
        and re.search(r"[A-ZÀ-Þ]", run.text[match.end() if match else 1 :])
    ):
        return Verdict(kind="byline", reason="says who reported", confidence=0.9)
    button = patterns.FOLLOW.search(run.folded) if run.topics & AUTHORS and run.words <= 9 else None
    if button and NAME.fullmatch(run.text[: button.start()]):
        return Verdict(kind="byline", reason="a name with a button to follow its bearer", confidence=0.85)
    if run.words <= 6 and patterns.NEWSROOMS.fullmatch(run.folded.strip(" .")):
        return Verdict(kind="byline", reason="byline: the newsroom", confidence=0.75)
    return None


def related_opener(run: Run) -> Verdict | None:
    if len(run.text) <= 260 and patterns.RELATED_OPENER.match(run.folded.lstrip(" >•*-→»[(")):
        return Verdict(kind="related", reason="points to other articles", confidence=0.9)
    return None


def with_source(run: Run) -> Verdict | None:
    """ "Somewhere (with Agency)": who printed it, and whose copy it used."""
    if run.words <= 12 and not run.stopped and patterns.WITH_SOURCE.fullmatch(run.folded):
        return Verdict(kind="source", reason="source note: made with somebody's copy", confidence=0.85)
    return None


def crumbs(run: Run) -> Verdict | None:
    steps = run.words <= 30 and not run.stopped and patterns.STEP.search(run.folded)
    if steps and patterns.CRUMB.match(run.folded):
        return Verdict(kind="navigation", reason="breadcrumb: the way to this page", confidence=0.93)
    return None


def phrases(run: Run) -> Verdict | None:
    row = patterns.first_row(run.folded, run.topics)
    return Verdict(kind=row.kind, reason=row.reason, confidence=row.confidence) if row else None


def cut_source(run: Run) -> Verdict | None:
    """ "Somewhere with": a note whose second half was lost, or which is very short."""
    folded = run.folded.strip(" .:")
    if run.words > SOURCE_WORDS or not run.text[:1].isupper() or not WITH.search(folded):
        return None
    if not patterns.CUT_SOURCE.fullmatch(folded):
        return None
    if folded.endswith(("avec", "with")) and run.capitals >= 0.4:
        return Verdict(kind="source", reason="source note that is cut off: the partner's name is lost", confidence=0.97)
    if AGENCY_LAST.search(folded) and run.capitals >= 0.5:
        return Verdict(kind="source", reason="source note: made together with somebody", confidence=0.7)
    return None


def credit(run: Run) -> Verdict | None:
    folded = run.folded
    if run.words <= 30 and patterns.CREDIT_OPENER.match(folded) and run.sentences <= 2:
        short = run.words <= 14 and not run.is_prose
        kind = "credit" if short else "caption"
        return Verdict(kind=kind, reason="begins with a picture credit", confidence=0.9)
    if run.words <= 8 and patterns.CREDIT_ALONE.fullmatch(folded.strip(" .")):
        return Verdict(kind="credit", reason="nothing but a picture's agency", confidence=0.75)
    return None


def caption(run: Run) -> Verdict | None:
    """Captions that say so: a courtesy line, a credit behind one sentence, a remark about what a picture shows."""
    if len(run.text) > CAPTION_LONGEST or run.sentences > 4:
        return None
    if run.topics & PICTURES and (found := _credited(run)):
        return found
    match = PARENTHESIS.fullmatch(run.text.rstrip(" ."))
    if match and patterns.ASIDE_OPENER.match(run.folded[match.start(1) :]):
        return Verdict(kind="caption", reason="a remark in brackets about what a picture shows", confidence=0.95)
    if run.text.startswith("(") and run.text.endswith((")", ").")) and run.words <= 60:
        return Verdict(kind="caption", reason="stands whole in brackets", confidence=0.6)
    views = run.topics & VIEWS and not run.stopped and run.sentences == 1 and run.words <= 30
    if views and patterns.CAPTION_VIEW.search(run.folded):
        return Verdict(kind="caption", reason="says where in the picture to look", confidence=0.65)
    return None


def _credited(run: Run) -> Verdict | None:
    """A caption that says where its picture comes from."""
    if patterns.COURTESY.search(run.folded) and run.sentences <= 2 and run.words <= 60:
        return Verdict(kind="caption", reason="says where a picture comes from", confidence=0.97)
    for at in _ends(run.folded):
        if patterns.CREDIT_TAIL.match(run.folded, at):
            return Verdict(kind="caption", reason="ends with a photo credit", confidence=0.92)
    if GLUED_CREDIT.search(run.text) and run.sentences <= 2:
        return Verdict(kind="caption", reason="ends with a photo credit", confidence=0.85)
    return None


def _ends(folded: str) -> list[int]:
    """Where a credit may stand in a caption: after the first sentences, or at a bracket or sign of ownership."""
    return [
        match.end()
        for match in re.finditer(r"(?<=\w)(?= ?[(©])|[.!?…»\"”](?=[ (c©pfi])|(?<=\w)(?= ?credits? ?:)", folded)
    ][:12]


def mixed_script(run: Run) -> Verdict | None:
    """A name in one script, a headline in another, the address of a site: pasted from elsewhere."""
    opens = RIGHT_TO_LEFT.match(run.text)
    if opens and run.words <= 45 and len(LATIN.findall(run.text)) > 2 * len(RIGHT_TO_LEFT.findall(run.text)):
        sure = 0.85 if SITE_TAIL.search(run.text) else 0.6
        return Verdict(
            kind="caption", reason="a name in another script before a headline from elsewhere", confidence=sure
        )
    if run.words >= 4 and not run.stopped and run.words <= 30 and SITE_TAIL.search(run.text) and "." in run.text[-20:]:
        return Verdict(kind="related", reason="headline with the name of its site", confidence=0.7)
    return None


RULES: tuple[Rule, ...] = (
    separator,
    rights,
    list_item,
    date_line,
    related_opener,
    crumbs,
    byline,
    phrases,
    cut_source,
    with_source,
    credit,
    mixed_script,
    caption,
)


def judged(run: Run) -> Verdict | None:
    """The verdict of the first rule that fits, or None: only its neighbours can tell."""
    if run.place is None and run.words > 120:
        return None
    return next((verdict for rule in RULES if (verdict := rule(run)) is not None), None)
