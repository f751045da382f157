"""The desk and the public pages. What is decided in a panel is posted beneath its word."""

from django.urls import include, path

from articles.views import bookmarklet, facts, outlets, public, queue, receipts, review, rights, steps, stories, upload
from articles.views.api import views as api

# /articles/<id>/…
article = [
    path("", review.review, name="review"),
    path("status/", steps.status, name="status"),
    path("claim/", steps.claim, name="claim"),
    path("source/", review.source, name="source"),
    path("read-again/", review.read_again, name="read_again"),
    path("blocks/<int:pk>/", review.block, name="block"),
    path("blocks/<int:pk>/why/", review.why, name="why"),
    path("proposals/", review.proposal, name="proposal"),
    path("proposals/<int:pk>/", review.proposal, name="proposal"),
    path("run/", review.run, name="run"),
    path("facts/", facts.confirm_facts, name="confirm_facts"),
    path("facts/<slug:name>/", facts.field, name="field"),
    path("attribution/", facts.attribution, name="attribution"),
    path("attribution/<int:pk>/", facts.attribution, name="attribution"),
    path("rights/", rights.right, name="right"),
    path("rights/<int:pk>/", rights.right, name="right"),
    path("attribution/<int:pk>/outlet/", facts.named_outlet, name="named_outlet"),
    path("tags/", facts.tag, name="tag"),
    path("tags/<int:pk>/", facts.mention, name="mention"),
    path("questions/<int:pk>/", facts.flag, name="flag"),
    path("notes/", steps.note, name="note"),
    path("history/<int:pk>/undo/", steps.undo, name="undo"),
    path("steps/<slug:name>/", steps.transition, name="transition"),
    path("beside/<int:other_id>/", stories.beside, name="beside"),
    path("story/<int:other_id>/", stories.relation, name="relation"),
]

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("upload/", upload.upload, name="upload"),
    path("upload/bookmarklet/", bookmarklet.bookmarklet, name="bookmarklet"),
    path("upload/from-page/", bookmarklet.from_page, name="from_page"),
    path("api/", api.guide, name="api"),
    path("api/openapi.json", api.openapi, name="openapi"),
    path("api/articles/", api.articles, name="api_articles"),
    path("api/uploads/<int:upload_id>/", api.upload, name="api_upload"),
    path("upload/<int:upload_id>/", receipts.receipts, name="receipts"),
    path("upload/<int:upload_id>/receipts.csv", receipts.receipts_csv, name="receipts_csv"),
    path("upload/<int:upload_id>/receipts/<int:pk>/", receipts.receipt, name="receipt"),
    path("articles/<int:article_id>/", include(article)),
    path("stories/<int:story_id>/", stories.story, name="story"),
    path("stories/<int:story_id>/split/", stories.split, name="split_story"),
    path("stories/<int:story_id>/merge/", stories.merge, name="merge_story"),
    path("stories/<int:story_id>/undo/<int:pk>/", stories.undo, name="undo_story"),
    path("outlets/", outlets.outlets, name="outlets"),
    path("outlets/<str:slug>/", outlets.outlet, name="outlet"),
    path("outlets/<str:slug>/merge/", outlets.merge, name="merge_outlet"),
    path("outlets/<str:slug>/apart/", outlets.apart, name="outlet_apart"),
    path("outlets/<str:slug>/apart/<int:pk>/", outlets.apart, name="outlet_apart"),
    path("outlets/<str:slug>/memory/<int:pk>/", outlets.memory, name="outlet_memory"),
    path("published/", public.published, name="published"),
    path("published/<slug:slug>/", public.publication, name="publication"),
    path("published/<slug:slug>/ninjs.json", public.ninjs, name="ninjs"),
    path("feeds/<str:name>", public.feed, name="feed"),
    path("feeds/story/<int:story_id>/", public.story_feeds, name="story_feeds"),
    path("feeds/story/<int:story_id>/<str:name>", public.story_feed, name="story_feed"),
    path("healthz", public.healthz, name="healthz"),
]
