"""The queue: what is on the desk."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from articles.core.workflow import Status
from articles.forms.queue import EMBARGO, SORTS, QueueForm
from articles.models import Article, Membership
from articles.models.article import ArticleQuerySet
from articles.views.answers import vary, wants_panels
from articles.views.doors import desk
from articles.views.panels.blind_waiting import BlindWaiting

# So many articles of a story unfold in its row; its page has all of them.
UNFOLDED = 12


def _form(request: HttpRequest) -> QueueForm:
    people = get_user_model().objects.filter(claims__isnull=False).distinct().order_by("username")
    return QueueForm(
        request.GET,
        outlets=list(
            Article.objects.exclude(outlet_name="")
            .order_by("outlet_name")
            .values_list("outlet_name", flat=True)
            .distinct()
        ),
        languages=list(
            Article.objects.exclude(language="").order_by("language").values_list("language", flat=True).distinct()
        ),
        people=[(person.username, person.get_full_name() or person.username) for person in people],
    )


def chosen(form: QueueForm, user: object) -> ArticleQuerySet:
    """The articles that the filters leave. A filter that is no choice is left aside."""
    form.is_valid()
    wanted = form.cleaned_data
    articles = Article.objects.for_queue().with_open_questions()
    status = wanted.get("status", "")
    if not status:
        articles = articles.waiting()
    elif status != "all":
        articles = articles.filter(status=status)
    for name, column in (("outlet", "outlet_name"), ("language", "language")):
        if wanted.get(name):
            articles = articles.filter(**{column: "" if wanted[name] == "-" else wanted[name]})
    match wanted.get("assignee", ""):
        case "":
            pass
        case "me":
            articles = articles.in_hands_of(user)
        case "nobody":
            articles = articles.in_nobodys_hands()
        case username:
            articles = articles.in_hands_of(get_user_model().objects.get(username=username))
    if wanted.get("flag") == EMBARGO[0]:
        articles = articles.under_embargo()
    elif wanted.get("flag"):
        articles = articles.flagged(wanted["flag"])
    if wanted.get("q"):
        articles = articles.saying(wanted["q"])
    return articles


def _order(form: QueueForm) -> list[Any]:
    return SORTS[form.cleaned_data.get("sort") or "newest"][1]


def _unfolding(rows: Sequence[Article], articles: ArticleQuerySet, order: Sequence[Any]) -> None:
    """Give each row ``others``, the further articles of its story that the filters leave, and ``story_count``, how many
    the story has in all: two queries for a page."""
    stories = {row.membership.story_id: row for row in rows if hasattr(row, "membership")}
    others: dict[int, list[Article]] = defaultdict(list)
    placed = articles.filter(membership__story__in=stories).placed_in_story(*order)
    folded = placed.filter(place_in_story__gt=1, place_in_story__lte=1 + UNFOLDED).order_by("place_in_story")
    for article in folded.select_related("membership", "claimed_by"):
        others[article.membership.story_id].append(article)
    counts = Membership.objects.filter(story__in=stories).order_by().values_list("story").annotate(Count("pk"))
    for story, count in counts:
        stories[story].story_count, stories[story].others = count, others[story]  # type: ignore[attr-defined]


def _veil(rows: Sequence[Article], blind: set[int]) -> None:
    """Say nothing of the tags of articles that this person tags blind. The rows are shown, not saved."""
    for row in rows:
        for article in (row, *getattr(row, "others", ())):
            if article.pk in blind:
                article.open_questions -= article.suggested_mentions
                article.suggestions -= article.suggested_mentions


@desk
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Articles by status, outlet, language, person, question; search, order, pages. All of it lives in the URL. A story
    is one row: the first of its articles that the filters leave, with the others folded in."""
    form = _form(request)
    articles = chosen(form, request.user)
    folded = articles.one_a_story(*_order(form)).select_related("membership", "outlet", "claimed_by", "last_editor")
    page = Paginator(folded, settings.QUEUE_PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    _unfolding(page.object_list, articles, _order(form))
    waiting = BlindWaiting(request.user)
    _veil(page.object_list, waiting.keys)
    rest = request.GET.copy()
    rest.pop("page", None)
    counts = dict(Article.objects.order_by().values_list("status").annotate(Count("pk")))
    context = {
        "form": form,
        "page": page,
        "rest": rest.urlencode(),
        "counts": [(status, counts[status]) for status in Status if status in counts],
        "filtered": any(value for name, value in rest.items() if name != "sort"),
        "nothing_at_all": not counts,
        "waiting": waiting,
    }
    return vary(render(request, "articles/queue.html" + ("#results" if wants_panels(request) else ""), context))
