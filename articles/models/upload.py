"""Bringing material in: the bytes as they came, the upload with its files, and a receipt for each of its items."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

# How an upload came in.
WAYS = (
    ("page", "the upload page"),
    ("command", "a command"),
    ("api", "the API"),
    ("bookmarklet", "the bookmarklet"),
    ("folder", "a watched folder"),
)


class Original(models.Model):
    """Bytes exactly as they came, once however often they come."""

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    size = models.PositiveBigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.sha256[:12]


class UploadQuerySet(models.QuerySet["Upload"]):
    def unfinished(self) -> "UploadQuerySet":
        """Uploads that are wholly here and have items to read or files to cut."""
        return self._at_work().filter(_something_left())

    def finished(self) -> "UploadQuerySet":
        """Uploads that nobody has marked as done yet, with no item to read and no file to cut."""
        return self._at_work().exclude(_something_left())

    def _at_work(self) -> "UploadQuerySet":
        return self.filter(state__in=(Upload.WAITING, Upload.RUNNING))

    def with_counts(self) -> "UploadQuerySet":
        """With ``items``, the number of receipts; the newest first, which what is counted would forget."""
        return self.annotate(items=Count("receipts")).order_by("-pk")


def _something_left() -> Q:
    items = Receipt.objects.filter(upload=OuterRef("pk"), outcome=Receipt.WAITING)
    files = UploadFile.objects.filter(upload=OuterRef("pk"), finished=False)
    return Q(Exists(items)) | Q(Exists(files))


class Upload(models.Model):
    """One act of bringing material in. It is ``receiving`` until all of it is here, and nothing of it is read before.

    ``mapping`` names the keys of a scraper's rows (ours -> theirs); ``given`` is said of each item that says nothing else.
    ``key`` is what a sender calls the upload: sent again, it is the same one. ``touched_at`` is the last moment at which
    something of it arrived or was settled.
    """

    RECEIVING, WAITING, RUNNING = "receiving", "waiting", "running"
    PAUSED, CANCELLED, DONE = "paused", "cancelled", "done"
    STATES = (
        (RECEIVING, "receiving"),
        (WAITING, "waiting"),
        (RUNNING, "running"),
        (PAUSED, "paused"),
        (CANCELLED, "cancelled"),
        (DONE, "done"),
    )

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="uploads")
    at = models.DateTimeField(default=timezone.now)
    way = models.CharField(max_length=20, choices=WAYS, default="page")
    note = models.CharField(max_length=500, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    given = models.JSONField(default=dict, blank=True)
    key = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default=RECEIVING)
    touched_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    # Set by intake on the one that it hands out: it was sent before, under the same key.
    came_before = False

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("add", "view")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("receiving", "waiting", "running", "paused", "cancelled", "done")),
                name="upload_state_is_one_of_the_table",
            ),
            models.CheckConstraint(condition=Q(way__in=[way for way, _ in WAYS]), name="upload_came_one_of_the_ways"),
            models.UniqueConstraint(fields=["by", "key"], condition=~Q(key=""), name="upload_once_a_key"),
        ]
        indexes = [models.Index(fields=["state"], name="upload_state")]

    def __str__(self) -> str:
        return f"Upload {self.pk}"

    @property
    def at_work(self) -> bool:
        """Whether something is still to come of it without a person."""
        return self.state in (self.WAITING, self.RUNNING)


class UploadFile(models.Model):
    """One file of an upload. Its bytes lie in pieces until it is cut into items: ``cut`` of them have their receipt.

    ``finished``: nothing of it is to be cut any more, and the pieces are gone.
    """

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes")
    sha256 = models.CharField(max_length=64, blank=True)
    cut = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    finished = models.BooleanField(default=False)
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["upload", "position"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["upload", "position"], name="upload_file_once")]

    def __str__(self) -> str:
        return self.name


class FilePiece(models.Model):
    """A run of a file's bytes as it arrived, in the database so that every machine can cut the file."""

    file = models.ForeignKey(UploadFile, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    start = models.PositiveBigIntegerField(help_text="Bytes from the beginning of the file")
    content = models.BinaryField()

    class Meta:
        ordering = ["file", "number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="file_piece_once")]

    def __str__(self) -> str:
        return f"{self.file_id}, piece {self.number}"


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def waiting(self) -> "ReceiptQuerySet":
        return self.filter(outcome=Receipt.WAITING)

    def counted(self) -> dict[str, int]:
        """How many there are of each outcome."""
        found = dict(self.order_by().values_list("outcome").annotate(n=Count("pk")))
        return {outcome: found.get(outcome, 0) for outcome, _ in Receipt.OUTCOMES}


class Receipt(models.Model):
    """One item of an upload, and what became of it. Waiting items keep their bytes, so that a crash loses nothing.

    ``place`` says where it stood in its file ("line 7", "member 3"), ``number`` that it was the file's nth item.
    ``given`` is what the scraper said beside the text. ``attempts`` counts how often a worker began to read it.
    """

    WAITING, CREATED, DUPLICATE, FAILED, SKIPPED = "waiting", "created", "duplicate", "failed", "skipped"
    OUTCOMES = (
        (WAITING, "waiting"),
        (CREATED, "created"),
        (DUPLICATE, "duplicate"),
        (FAILED, "failed"),
        (SKIPPED, "skipped"),
    )

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="receipts")
    position = models.PositiveIntegerField()
    file = models.ForeignKey(UploadFile, null=True, on_delete=models.CASCADE, related_name="receipts")
    number = models.PositiveIntegerField(null=True)
    name = models.CharField(max_length=300)
    place = models.CharField(max_length=100, blank=True)
    original = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="receipts")
    given = models.JSONField(default=dict, blank=True)
    given_url = models.URLField(max_length=2000, blank=True)
    given_outlet = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, choices=OUTCOMES, default=WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    article = models.ForeignKey("articles.Article", null=True, on_delete=models.PROTECT, related_name="receipts")
    skipped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    message = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["upload", "position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["upload", "position"], name="receipt_once_an_item"),
            models.UniqueConstraint(fields=["file", "number"], name="receipt_once_a_place_of_a_file"),
            models.CheckConstraint(
                condition=Q(outcome__in=("waiting", "created", "duplicate", "failed", "skipped")),
                name="receipt_outcome_is_one_of_the_table",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=("created", "duplicate")) | Q(article__isnull=False),
                name="receipt_names_its_article",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="waiting") | Q(original__isnull=False), name="receipt_waits_with_its_bytes"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="skipped") | Q(skipped_by__isnull=False), name="receipt_names_who_skipped"
            ),
        ]
        indexes = [
            models.Index(fields=["upload", "outcome", "position"], name="receipt_outcomes"),
            models.Index(fields=["upload", "settled_at"], name="receipt_settled"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.outcome}"


class UploadLogEntry(models.Model):
    """What a person did to an upload or to one of its items."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="log")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=40)
    summary = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.summary}"
