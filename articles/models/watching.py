"""Files of a watched folder that came in and still lie there."""

from django.db import models


class WatchedFile(models.Model):
    """A file that was taken from a watched folder and is not moved away yet: after a crash it is known again, and not
    taken twice. ``folder`` and ``signature`` are hashes: of the folder's path; of folder, path in it, size and time.

    What became of it: the receipts of ``file``, when it was cut into items, or ``receipt``.
    """

    folder = models.CharField(max_length=64)
    signature = models.CharField(max_length=64, unique=True)
    upload = models.ForeignKey("articles.Upload", on_delete=models.CASCADE, related_name="watched_files")
    file = models.ForeignKey("articles.UploadFile", null=True, on_delete=models.CASCADE, related_name="+")
    receipt = models.ForeignKey("articles.Receipt", null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["folder"], name="watched_file_folder")]

    def __str__(self) -> str:
        return self.signature[:12]
