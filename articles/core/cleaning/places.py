"""What a run's place in the page says: its elements and the words of their classes."""

from collections import Counter
from collections.abc import Sequence

from articles.core.cleaning import rules
from articles.core.cleaning.features import Run
from articles.core.cleaning.kinds import KINDS
from articles.core.cleaning.rules import Verdict

# Words of class, id, role and itemprop -> kind. The first row that has one of them decides.
_HINTS = {
    "widget": "hidden sr screenreader visuallyhidden modal popup overlay tooltip noprint",
    "legal": "cookie cookies traceurs consent gdpr rgpd privacy didomi onetrust cmp legal copyright disclaimer",
    "comments": "comment comments commentaires commentaire disqus respond wpdiscuz reactions kommentare",
    "share": "share sharing social partage partager addtoany sharedaddy sharebar",
    "subscribe": "newsletter newsletters lettre infolettre subscribe subscription signup login paywall piano "
    "abonnement regwall donate",
    "navigation": "nav navbar navigation menu breadcrumb breadcrumbs crumbs pagination pager topbar masthead "
    "toolbar skip fil ariane search tags tag tagcloud taglist toc",
    "related": "related recommended recommendation recommendations more trending popular mostread latest "
    "sidebar promo teaser teasers readmore seealso outbrain taboola recirc carousel rail siblings "
    "similar aside widget",
    "ad": "ad ads advert advertisement adsense dfp sponsor sponsored publicite pub banner promoted",
}
HINTS = tuple((kind, frozenset(words.split())) for kind, words in _HINTS.items())
PICTURES = frozenset(
    ["caption", "captions", "figcaption", "legende", "wp-caption", "figure", "gallery", "image", "picture", "photo"]
)
CREDITS = frozenset(["credit", "credits", "copyright", "attribution", "photographer"])
BYLINES = frozenset(["byline", "author", "authors", "auteur", "auteurs", "signature", "writer", "contributor"])
DATES = frozenset(
    [
        "date",
        "dates",
        "time",
        "timestamp",
        "published",
        "datetime",
        "pubdate",
        "dateline",
        "datepublished",
        "datemodified",
        "updated",
    ]
)
SUBTITLES = frozenset(
    [
        "subtitle",
        "standfirst",
        "dek",
        "chapo",
        "chapeau",
        "lead",
        "lede",
        "summary",
        "excerpt",
        "subhead",
        "subheadline",
        "deck",
        "intro",
    ]
)
SECTIONS = frozenset(["section", "category", "kicker", "rubrique", "rubric", "eyebrow", "cat", "overline", "surtitre"])
HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
FORMS = frozenset(["button", "form", "label", "dialog"])
COMMENTS = dict(HINTS)["comments"]
ARTICLE = frozenset(["article", "body", "content", "story", "post", "entry", "texte", "text"])
REASONS = {"navigation": "stands in the page's menu", "related": "stands among links to other articles",
           "legal": "stands in a consent or legal notice", "comments": "stands among the readers' comments",
           "share": "stands among the share buttons", "subscribe": "stands in a subscription box",
           "ad": "stands in an advertisement", "widget": "is not shown on the page"}  # fmt: skip


def common_hints(runs: Sequence[Run]) -> frozenset[str]:
    """Hints that most of the page's words carry: they name the page, not a part of it."""
    weight: Counter[str] = Counter()
    total = 0
    for run in runs:
        if run.place is not None and run.is_prose:
            total += run.words
            for hint in run.place.hints:
                weight[hint] += run.words
    return frozenset(hint for hint, words in weight.items() if words > 0.5 * total)


def judged(run: Run, common: frozenset[str]) -> Verdict | None:
    """The verdict of the place, or None where the words must decide."""
    place = run.place
    if place is None or run.is_separator:
        return None
    path, hints = set(place.path), set(place.hints) - common
    if "h1" in path:
        return None
    inside = hints & COMMENTS or path & FORMS
    found = _boilerplate(run, hints) if inside else None
    found = found or _element(run, path) or _marked(run, hints, path) or _boilerplate(run, hints) or _linked(run, path)
    if found is not None and found.kind in ("navigation", "widget") and (said := rules.phrases(run)) is not None:
        return said if KINDS[said.kind].group == "boilerplate" else found
    return found


def _element(run: Run, path: set[str]) -> Verdict | None:
    if "nav" in path:
        return Verdict(kind="navigation", reason="stands in the page's menu", confidence=0.95)
    if "figcaption" in path or ("figure" in path and run.words <= 60):
        return Verdict(kind="caption", reason="caption of a figure", confidence=0.93)
    if "footer" in path and not ("article" in path and run.is_prose):
        return Verdict(kind="navigation", reason="stands in the page's footer", confidence=0.9)
    if "aside" in path and not run.is_prose:
        return Verdict(kind="related", reason="stands beside the article", confidence=0.8)
    if "aside" in path:
        return Verdict(kind="related", reason="stands beside the article", confidence=0.65)
    if path & FORMS and run.words <= 25:
        return Verdict(kind="widget", reason="part of a form or a button", confidence=0.88)
    if "header" in path and "article" not in path and "main" not in path and run.words <= 6:
        return Verdict(kind="navigation", reason="stands in the page's header", confidence=0.8)
    if "time" in path and run.words <= 14:
        return Verdict(kind="date", reason="marked as a time in the page", confidence=0.9)
    return None


def _marked(run: Run, hints: set[str], path: set[str]) -> Verdict | None:
    """Short parts of the article's own frame that their class names."""
    if (
        hints & CREDITS
        and run.words <= 20
        and hints & (PICTURES | CREDITS)
        and not hints & {"legal"}
        and "footer" not in path
    ):
        return Verdict(kind="credit", reason="marked as a picture credit in the page", confidence=0.85)
    if hints & {"caption", "figcaption", "legende"} and run.words <= 70:
        return Verdict(kind="caption", reason="marked as a caption in the page", confidence=0.88)
    if hints & BYLINES and run.words <= 12 and not run.is_sentence:
        return Verdict(kind="byline", reason="marked as the author in the page", confidence=0.82)
    if hints & DATES and run.words <= 14 and any(character.isdigit() for character in run.text):
        return Verdict(kind="date", reason="marked as a date in the page", confidence=0.85)
    return None


def _boilerplate(run: Run, hints: set[str]) -> Verdict | None:
    for kind, words in HINTS:
        if not hints & words:
            continue
        weak = kind in ("related", "ad", "navigation", "subscribe") and run.is_prose
        if weak and run.place is not None and not run.place.link and run.words >= 25:
            continue
        return Verdict(kind=kind, reason=REASONS[kind], confidence=0.7 if run.is_prose else 0.87)
    return None


def _linked(run: Run, path: set[str]) -> Verdict | None:
    if run.place is None or not run.place.link or run.is_prose:
        return None
    if run.words <= 3:
        return Verdict(kind="navigation", reason="nothing but a link of a few words", confidence=0.75)
    return Verdict(kind="related", reason="nothing but a link", confidence=0.8 if path & {"li", *HEADINGS} else 0.7)
