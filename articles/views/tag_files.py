"""Files of tags: brought in for the desk or for one article, with a receipt for each text; and out, for the whole desk."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadhandler import FileUploadHandler
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from articles.actions import tag_files as actions
from articles.actions.blind import blind_for
from articles.actions.recording import Refused
from articles.core.exchange import FORMATS, AnnotatedText
from articles.forms.exchange import TagFileForm, TagReceiptsForm, TagsOutForm
from articles.models import Article, TagFile
from articles.models.annotated import DECIDED, OPEN_TOO, annotated, stood_for, with_tags
from articles.views.answers import sentence, vary, wants_panels
from articles.views.doors import article_for_review, desk
from articles.views.panels.tag_files import TagFilePage

PAGE = "articles/tag_files.html"
RECEIPTS = "articles/tag_receipts.html"
MAY_NOT = "You may take tags out, but not bring them in. Ask an administrator."
RECENT, ON_A_PAGE, TOGETHER = 10, 50, 100
LARGEST = 2**63 - 1
# What a receipt does not show.
HEAVY = (
    "said", "entry__changes", "entry__undone_by__changes",
    *(f"article__{name}" for name in ("raw_text", "clean_text", "searchable", "markup", "dates")),
)  # fmt: skip


class FirstBytes(FileUploadHandler):
    """Keeps what of the files of a request is within a limit; of the rest only how much it was."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self._kept: list[bytes] = []

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._kept = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._most -= len(raw_data)
        if self._most >= 0:
            self._kept.append(raw_data)

    def file_complete(self, file_size: int) -> ContentFile:
        content = ContentFile(b"".join(self._kept), name=str(self.file_name))
        content.size = file_size
        return content


@csrf_exempt  # checked below, once it is said how much of a file is kept: looking for the token reads the whole request
@desk
@require_http_methods(["GET", "POST"])
def tags(request: HttpRequest) -> HttpResponse:
    """Tags in and out for the desk. POST brings a file in, for whichever articles its texts are."""
    if request.method == "POST" and not request.user.has_perm(f"articles.{actions.MAY}"):
        raise PermissionDenied(MAY_NOT)
    request.upload_handlers = [FirstBytes(actions.MOST_BYTES)]
    return _tags(request, None)


@csrf_exempt  # as above
@desk
@require_http_methods(["GET", "POST"])
def take_tags(request: HttpRequest, article_id: int) -> HttpResponse:
    """Bring a file in whose text is this article's."""
    article = article_for_review(request, article_id)
    request.upload_handlers = [FirstBytes(actions.MOST_BYTES)]
    return _tags(request, article)


@csrf_protect
def _tags(request: HttpRequest, article: Article | None) -> HttpResponse:
    if request.method == "GET":
        return _page(request, article, TagFileForm())
    form = TagFileForm(request.POST, brought=request.FILES.getlist("files"), most=actions.MOST_BYTES)
    if not form.is_valid():
        return _page(request, article, form, problem=sentence(form))
    try:
        file = _brought(request, article, form)
    except Refused as refused:
        return _page(request, article, form, problem=str(refused))
    return vary(redirect("tag_receipts", file.pk))


def _brought(request: HttpRequest, article: Article | None, form: TagFileForm) -> TagFile:
    row, texts = actions.texts_of(form.content, form.cleaned_data["format"])
    if article is not None:
        texts = actions.texts_of_article(article, texts)
    file = actions.bring_in(
        texts,
        name=form.name,
        row=row,
        confirmed=form.cleaned_data["taken_as"] == "confirmed",
        reopen=form.cleaned_data["reopen"],
        article=article,
        by=request.user,
    )
    actions.go_on(file, by=request.user)
    return file


def _page(
    request: HttpRequest,
    article: Article | None,
    form: TagFileForm,
    *,
    problem: str = "",
    out: TagsOutForm | None = None,
) -> HttpResponse:
    recent = actions.files()
    if article is not None:
        recent = recent.filter(article=article)
    context = {
        "article": article,
        "form": form,
        "out": out or TagsOutForm(initial={"of": "decided", "states": "confirmed", "text": "clean"}),
        "problem": problem,
        "recent": recent[:RECENT],
        "most": actions.MOST_BYTES,
        "tagging_blind": blind_for(request.user).exists(),
    }
    return vary(render(request, PAGE, context, status=422 if problem else 200))


@desk
@require_http_methods(["GET", "POST"])
def tag_receipts(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of each text of a file. POST goes on with it, or takes it back as a whole; htmx does either again while
    there is something left."""
    if pk > LARGEST:
        raise Http404
    file = get_object_or_404(actions.files(), pk=pk)
    if request.method == "GET":
        return _receipts(request, file)
    if not request.user.has_perm(f"articles.{actions.MAY}"):
        raise PermissionDenied(MAY_NOT)
    form = TagReceiptsForm(request.POST)
    if not form.is_valid():
        return _receipts(request, file, problem=sentence(form))
    do = actions.take_back if form.cleaned_data["do"] == "take_back" else actions.go_on
    try:
        do(file, by=request.user)
    except Refused as refused:
        return _receipts(request, file, problem=str(refused))
    if wants_panels(request):
        return _receipts(request, file)
    return vary(redirect("tag_receipts", file.pk))


def _receipts(request: HttpRequest, file: TagFile, *, problem: str = "") -> HttpResponse:
    rows = file.receipts.select_related("article", "entry__undone_by").defer(*HEAVY)
    show = request.GET.get("show", "")
    if show == "left":
        rows = rows.exclude(sentences=[])
    page = TagFilePage(file, request.user)
    context = {
        "page": Paginator(rows.order_by("position"), ON_A_PAGE).get_page(request.GET.get("page")),
        "file": file,
        "tags": page,
        "show": show if show == "left" else "",
        "rest": "show=left" if show == "left" else "",
        "problem": problem,
    }
    page.hide(context["page"].object_list)
    name = f"{RECEIPTS}#moving" if wants_panels(request) else RECEIPTS
    return vary(render(request, name, context, status=422 if problem else 200))


@desk
@require_GET
def tags_out(request: HttpRequest) -> HttpResponse:
    """The tags of many articles in one file, written while it is sent. Articles that this person tags blind stay out."""
    if not request.GET:
        return _page(request, None, TagFileForm())
    form = TagsOutForm(request.GET)
    if not form.is_valid():
        return _page(request, None, TagFileForm(), problem=sentence(form), out=form)
    data = form.cleaned_data
    row = FORMATS[data["format"]]
    articles = Article.objects.exclude(pk__in=blind_for(request.user))
    articles = {"waiting": articles.waiting(), "any": articles}.get(data["of"], stood_for(articles))
    states = OPEN_TOO if data["states"] == "suggested" else DECIDED

    def texts() -> Iterator[AnnotatedText]:
        for article in with_tags(articles.order_by("pk")).iterator(chunk_size=TOGETHER):
            yield annotated(article, states=states, raw=data["text"] == "raw")[0]

    response = StreamingHttpResponse(row.write(texts()), content_type=row.media_type)
    response["Content-Disposition"] = f'attachment; filename="tags.{row.ending}"'
    return response
