"""The queue: what is on the desk."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from articles.core.workflow import Status
from articles.forms.queue import EMBARGO, SORTS, QueueForm
from articles.models import Article
from articles.models.article import ArticleQuerySet
from articles.views.answers import vary, wants_panels
from articles.views.doors import desk


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
    return articles.order_by(*SORTS[wanted.get("sort") or "newest"][1])


@desk
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Articles by status, outlet, language, person, question; search, order, pages. All of it lives in the URL."""
    form = _form(request)
    articles = chosen(form, request.user)
    page = Paginator(articles, settings.QUEUE_PAGE_SIZE).get_page(request.GET.get("page"))
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
    }
    return vary(render(request, "articles/queue.html" + ("#results" if wants_panels(request) else ""), context))
