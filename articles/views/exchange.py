"""The tags of an article as a file, in the formats that other programs read."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from articles.actions.blind import BLINDFOLD, is_blind
from articles.core.exchange import BY_ENDING
from articles.models.annotated import DECIDED, OPEN_TOO, annotated
from articles.views.doors import article_for_reading, desk


@desk
@require_GET
def tags_file(request: HttpRequest, article_id: int, ending: str) -> HttpResponse:
    """What people confirmed, on the clean text; and what is suggested, where the format tells the two apart."""
    article = article_for_reading(article_id)
    if is_blind(article, request.user):
        raise PermissionDenied(BLINDFOLD)
    row = BY_ENDING.get(ending)
    if row is None:
        raise Http404
    said, _ = annotated(article, states=OPEN_TOO if row.states else DECIDED)
    response = HttpResponse(b"".join(row.write([said])), content_type=row.media_type)
    response["Content-Disposition"] = f'attachment; filename="tags-{article.pk}.{row.ending}"'
    return response
