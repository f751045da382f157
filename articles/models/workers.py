"""The processes that read what was brought in, as far as they say that they are there."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

# A worker says every few seconds that it is there; one that was not heard of for this long is gone.
GONE_AFTER = timedelta(seconds=settings.WORKER_GONE_SECONDS)


class WorkerQuerySet(models.QuerySet["Worker"]):
    def alive(self) -> "WorkerQuerySet":
        return self.filter(seen_at__gte=timezone.now() - GONE_AFTER)


class Worker(models.Model):
    """One running worker; the row goes when it ends, or is found to be gone."""

    name = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
