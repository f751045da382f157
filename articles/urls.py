"""The desk and the public pages. A panel's URL, view and element share one name."""

from django.urls import include, path

from articles.views import public, queue, review, upload

# /articles/<id>/…
article = [
    path("", review.review, name="review"),
    path("status/", review.status, name="status"),
    path("claim/", review.claim, name="claim"),
    path("source/", review.source, name="source"),
    path("read-again/", review.read_again, name="read_again"),
    path("blocks/<int:pk>/", review.block, name="block"),
    path("run/", review.run, name="run"),
    path("facts/<slug:name>/", review.field, name="field"),
    path("attribution/", review.attribution, name="attribution"),
    path("attribution/<int:pk>/", review.attribution, name="attribution"),
    path("tags/", review.tag, name="tag"),
    path("tags/<int:pk>/", review.mention, name="mention"),
    path("questions/<int:pk>/", review.flag, name="flag"),
    path("notes/", review.note, name="note"),
    path("history/<int:pk>/undo/", review.undo, name="undo"),
    path("steps/<slug:name>/", review.transition, name="transition"),
]

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("upload/", upload.upload, name="upload"),
    path("upload/<int:upload_id>/", upload.receipts, name="receipts"),
    path("articles/<int:article_id>/", include(article)),
    path("published/", public.published, name="published"),
    path("published/<slug:slug>/", public.publication, name="publication"),
    path("feeds/<str:name>", public.feed, name="feed"),
    path("healthz", public.healthz, name="healthz"),
]
