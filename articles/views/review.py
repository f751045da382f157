"""The review page, and decisions on its blocks."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from articles.actions import blocks, proposals, workflow
from articles.actions.recording import Refused
from articles.core.formats import UnreadableError
from articles.forms import review as forms
from articles.intake.memory import desk_memory
from articles.intake.rereading import reread
from articles.models import Article, Block
from articles.models.texts import block_clean
from articles.views.answers import ALL_PANELS, REVIEW, TABS, act, just_done, review_page, vary, wants_panels
from articles.views.doors import article_for_reading, article_for_review, desk
from articles.views.page import ReviewPage


@desk
@require_GET
def review(request: HttpRequest, article_id: int) -> HttpResponse:
    """The page. Opening it claims the article, where nobody else holds it and there is still work to do."""
    article = article_for_reading(article_id)
    page = review_page(request, article)
    page.done = just_done(request, article)
    handed_on = "done" in request.GET
    if page.works_here and not handed_on and (not article.claim_holds or article.claimed_by == request.user):
        workflow.claim(article, by=request.user)
    tab = request.GET.get("tab")
    waiting = Article.objects.waiting().in_nobodys_hands().exclude(pk=article.pk).order_by("received_at", "pk")
    context = {
        "page": page,
        "oob": False,
        "tab": tab if tab in TABS else "clean",
        "handed_on": handed_on,
        "next": waiting.first() if handed_on else None,
        "story_next": page.story.next_steps(request.GET["done"]) if handed_on else [],
    }
    return render(request, REVIEW, context)


@desk
@require_http_methods(["GET", "POST"])
def block(request: HttpRequest, article_id: int, pk: int) -> HttpResponse:
    """One block: a form to correct, split and join it; decisions on it."""
    article = article_for_review(request, article_id)
    if request.method == "GET":
        return _block_editor(request, article, pk)
    form = forms.BlockForm(request.POST)

    def action() -> Iterable[str]:
        form_data = form.cleaned_data
        who = {"by": request.user, "seen": form_data["seen"]}
        before = article.blocks.filter(pk=pk).values_list("kind", flat=True).first()
        match form_data["do"]:
            case "flip":
                row = blocks.flip_block(article, pk, **who)
            case "keep" | "drop" as wanted:
                row = blocks.flip_block(article, pk, kept=wanted == "keep", **who)
            case "kind":
                row = blocks.change_kind(article, pk, kind=form_data["kind"], **who)
            case "confirm":
                blocks.confirm_block(article, pk, **who)
                return [f"block:{pk}", "proposals"]
            case "text":
                row = blocks.correct_text(article, pk, words=form_data["words"], **who)
            case "split":
                if form_data["at"] is None:
                    raise Refused("Choose where to split.")
                blocks.split_block(article, pk, at=form_data["at"], **who)
                return ["text", "questions", "tags", "proposals"]
            case _:
                blocks.join_block(article, pk, **who)
                return ["text", "questions", "tags", "proposals"]
        if {before, row.kind} & {"title", "subtitle"} or _leads(article, row):
            return ["text", "tags", "facts", "proposals"]
        return [f"block:{pk}", "tags", "proposals"]

    return act(request, article, form, action, anchor=f"#block-{pk}")


def _leads(article: Article, row: Block) -> bool:
    """Whether a title stands further down than this block, so that what leads the text may have changed."""
    return article.blocks.filter(kind__in=("title", "subtitle"), kept=True, start__gt=row.start).exists()


def _block_editor(request: HttpRequest, article: Article, pk: int) -> HttpResponse:
    row = get_object_or_404(article.blocks, pk=pk)
    page = ReviewPage(article, request.user)
    context = {
        "page": page,
        "row": page.text.row(pk),
        "words": block_clean(article, row, page.edits).text,
        "cuts": _cuts(page, row),
        "later": [other for other in page.blocks if other.start >= row.start][:200],
    }
    name = "articles/block.html#editor" if wants_panels(request) else "articles/block.html"
    return vary(render(request, name, context))


def _cuts(page: ReviewPage, row: Block) -> list[dict[str, object]]:
    """Places where a block may be cut: those the flags propose, line starts, sentence ends, then every word."""
    raw = page.article.raw_text
    proposed = {flag.at: "proposed" for flag in page.flags if flag.at and row.start < flag.at < row.end}
    tags = [(edit.span.start, edit.span.end) for edit in page.markup if row.start < edit.span.end <= row.end]
    # The white space that a page shows between two lines, or around a tag, may be a part of what is cut there.
    shown = {edit.span.end: edit.replacement[-1:] for edit in page.markup if edit.replacement}
    points: dict[int, str] = {}
    for at in range(row.start + 1, row.end):
        before, here = shown.get(at, raw[at - 1]), raw[at]
        if here.isspace() or not (before.isspace() or at in proposed):
            continue
        if not any(start < at < end for start, end in tags):
            kind = (
                "line" if before in "\r\n" else "sentence" if raw[row.start : at].rstrip()[-1:] in ".!?…»" else "word"
            )
            points[at] = proposed.get(at, kind)
    order = {"proposed": 0, "line": 1, "sentence": 2, "word": 3}
    chosen = sorted(points.items(), key=lambda point: (order[point[1]], point[0]))[:400]
    return [
        {
            "at": at,
            "kind": kind,
            "before": raw[max(row.start, at - 25) : at].strip(),
            "after": raw[at : min(at + 25, row.end)].strip(),
        }
        for at, kind in chosen
    ]


@desk
@require_POST
def run(request: HttpRequest, article_id: int) -> HttpResponse:
    """Decide every block from one to another."""
    article = article_for_review(request, article_id)
    form = forms.RunForm(request.POST)

    def action() -> Iterable[str]:
        data = form.cleaned_data
        blocks.decide_run(article, data["first"], data["last"], kind=data["kind"], by=request.user, seen=data["seen"])
        return ["text", "tags", "proposals"]

    return act(request, article, form, action, anchor=f"#block-{request.POST.get('first', '')}")


@desk
@require_GET
def why(request: HttpRequest, article_id: int, pk: int) -> HttpResponse:
    """Why a block is what it is: reason, evidence, who decided, what came second, what is proposed."""
    article = article_for_reading(article_id)
    get_object_or_404(article.blocks, pk=pk)
    page = ReviewPage(article, request.user)
    name = "articles/why.html#why" if wants_panels(request) else "articles/why.html"
    return vary(render(request, name, {"page": page, "row": page.text.row(pk)}))


@desk
@require_POST
def proposal(request: HttpRequest, article_id: int, pk: int | None = None) -> HttpResponse:
    """What the reader proposes: accept or dismiss one, or accept them all."""
    article = article_for_review(request, article_id)
    form = forms.ProposalForm(request.POST)

    def action() -> Iterable[str]:
        data = form.cleaned_data
        who = {"by": request.user, "seen": data["seen"]}
        match (data["do"], pk):
            case ("accept_all", None):
                proposals.accept_all_proposals(article, **who)
            case ("accept", int(row)):
                proposals.accept_proposal(article, row, **who)
            case ("dismiss", int(row)):
                proposals.dismiss_proposal(article, row, **who)
            case _:
                raise Refused("Choose a proposal first.")
        return ["text", "tags", "facts", "proposals"]

    return act(request, article, form, action, anchor="#proposals")


@desk
@require_POST
def read_again(request: HttpRequest, article_id: int) -> HttpResponse:
    """Read the article again with what the desk knows now."""
    article = article_for_review(request, article_id)
    form = forms.Seen(request.POST)

    def action() -> Iterable[str]:
        try:
            reread(article, memory=desk_memory(), by=request.user, seen=form.cleaned_data["seen"])
        except UnreadableError as error:
            raise Refused(str(error)) from error
        return ALL_PANELS

    return act(request, article, form, action)


@desk
@require_GET
def source(request: HttpRequest, article_id: int) -> HttpResponse:
    """The source as it came, as plain text that no browser will run."""
    article = article_for_reading(article_id)
    response = HttpResponse(article.raw_text, content_type="text/plain; charset=utf-8")
    response["Content-Security-Policy"] = "sandbox"
    response["Content-Disposition"] = "inline"
    return response
