"""What the public sees: published articles, feeds, health. No sign-in, no session."""

from django.conf import settings
from django.core.paginator import Paginator
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from articles.feeds import FEEDS, content, linked_data, state
from articles.feeds.ninjs import as_ninjs
from articles.models import Entity, Publication, Story
from articles.views.panels.dates import spoken

# A retraction must reach readers at once: caches may keep an answer, but ask each time whether it still holds.
always_asked = cache_control(public=True, no_cache=True)


@require_safe
@always_asked
def published(request: HttpRequest) -> HttpResponse:
    """The published articles, newest first."""
    page = Paginator(Publication.objects.current(), 20).get_page(request.GET.get("page"))
    return render(request, "articles/published.html", {"page": page, "feed_title": settings.FEED_TITLE})


@require_safe
@always_asked
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """One published article as it was last approved; 410 with the reason where it was taken back."""
    found = _found(slug)
    context = {
        "publication": found,
        "originally": spoken(str((found.originally_published or {}).get("value") or "").partition("T")[0]),
        "linked_data": "" if found.tombstone else linked_data.as_script(found),
    }
    return render(request, "articles/publication.html", context, status=410 if found.tombstone else 200)


def _found(slug: str) -> Publication:
    found = Publication.objects.latest_of_each().filter(slug=slug).select_related("article").first()
    if found is None:
        raise Http404
    return found


@require_safe
@always_asked
def ninjs(request: HttpRequest, slug: str) -> HttpResponse:
    """One publication for machines; 410 and "canceled" where it was taken back."""
    found = _found(slug)
    status = 410 if found.tombstone else 200
    return JsonResponse(as_ninjs(found), status=status, json_dumps_params={"ensure_ascii": False})


@require_safe
@always_asked
@condition(etag_func=state.etag, last_modified_func=state.last_modified)
def feed(request: HttpRequest, name: str) -> HttpResponse:
    """A feed of the newest publications."""
    if name not in FEEDS:
        raise Http404
    return _written(name, content.channel(name))


@require_safe
@always_asked
def story_feeds(request: HttpRequest, story_id: int) -> HttpResponse:
    """The feed of one story in the usual format."""
    get_object_or_404(Story, pk=story_id)
    return redirect("story_feed", story_id, next(iter(FEEDS)))


def _story_state(request: HttpRequest, story_id: int, name: str) -> str | None:
    story = Story.objects.filter(pk=story_id, merged_into=None).first()
    return state.etag(request, name, story=story) if story else None


@require_safe
@always_asked
@condition(etag_func=_story_state)
def story_feed(request: HttpRequest, story_id: int, name: str) -> HttpResponse:
    """What is published about one event. The feed of a story that was merged leads to the other's."""
    if name not in FEEDS:
        raise Http404
    story = get_object_or_404(Story, pk=story_id)
    if story.merged_into_id is not None:
        return redirect("story_feed", story.merged_into_id, name)
    return _written(name, content.channel(name, story=story))


def _written(name: str, channel: content.Channel) -> HttpResponse:
    row = FEEDS[name]
    return HttpResponse(row.write(channel), content_type=f"{row.media_type}; charset=utf-8")


@require_safe
@always_asked
def entity_feeds(request: HttpRequest, slug: str) -> HttpResponse:
    """The feed of one entity in the usual format."""
    entity = Entity.objects.at(slug)
    if entity is None:
        raise Http404
    return redirect("entity_feed", entity.slug, next(iter(FEEDS)))


def _entity_state(request: HttpRequest, slug: str, name: str) -> str | None:
    entity = Entity.objects.filter(slug=slug).first()
    return state.etag(request, name, entity=entity) if entity else None


@require_safe
@always_asked
@condition(etag_func=_entity_state)
def entity_feed(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """What was published with a tag of one entity. The feed of one that was merged leads to the other's, for good."""
    entity = Entity.objects.at(slug)
    if name not in FEEDS or entity is None:
        raise Http404
    if entity.slug != slug:
        return redirect("entity_feed", entity.slug, name, permanent=True)
    return _written(name, content.channel(name, entity=entity))


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the process answers and its database does."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})
