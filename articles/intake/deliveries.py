"""What a scraper sends in one request, as it arrives: taken once, however often it is sent under the same key."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import batched

from django.conf import settings
from django.db import transaction

from articles.core.values import Given
from articles.intake.cutting import breathe
from articles.intake.singles import finish_file
from articles.intake.uploads import FileTaker, Item, begin, close, discard, take_several
from articles.models import Delivery, ScraperToken, Upload

# So many items go into one commit, so that nobody waits long for the next.
TOGETHER = 25
KEY_LENGTH = 150


class StillComing(Exception):
    """The same key is in use by a request that is not over yet. The message is a sentence."""


class OtherContent(Exception):
    """Something else was sent under the same key before. The message is a sentence."""


class Incoming:
    """One request's way in. Sent before under the same ``key``, it is compared and not taken again.

    ``given`` is said of a single article, its ``outlet`` also of all items in a file that say none.
    """

    def __init__(
        self, token: ScraperToken, *, key: str = "", note: str = "", given: Given, mapping: Mapping[str, str]
    ) -> None:
        self._given = replace(given, outlet=given.outlet or token.outlet)
        self._digest = hashlib.sha256(repr((note, sorted(given.as_dict().items()), sorted(mapping.items()))).encode())
        self._taker: FileTaker | None = None
        self._files = self._size = 0
        with transaction.atomic():
            upload = begin(
                by=token.person, way="api", note=note, mapping=mapping, key=f"{token.pk}:{key}" if key else ""
            )
            if not upload.came_before:
                upload.given = {"outlet": self._given.outlet} if self._given.outlet else {}
                upload.save(update_fields=["given"])
                Delivery.objects.create(upload=upload, token=token)
        if upload.came_before and upload.state == Upload.RECEIVING:
            raise StillComing("What was sent under this Idempotency-Key is still being received. Ask again in a while.")
        self.upload = upload

    @property
    def repeated(self) -> bool:
        return self.upload.came_before

    def items(self, items: Iterable[Item], body: bytes) -> None:
        """Things that are in hand, and the bytes that they came as."""
        self._digest.update(body)
        if self.repeated:
            return
        for few in batched(items, TOGETHER):
            take_several(self.upload, few)
            breathe()

    def begin_file(self, name: str) -> None:
        self._files += 1
        self._size = 0
        self._digest.update(f"\0{name}\0".encode("utf-8", "replace"))
        self._taker = None if self.repeated else FileTaker(self.upload, name)

    def write(self, data: bytes) -> None:
        self._size += len(data)
        self._digest.update(data)
        if self._taker is not None and self._files <= settings.UPLOAD_MAX_FILES:
            self._taker.write(data)

    def end_file(self) -> None:
        self._digest.update(f"\0{self._size}".encode())
        if self._taker is None:
            return
        if self._files > settings.UPLOAD_MAX_FILES:
            most = f"One upload takes {settings.UPLOAD_MAX_FILES} files. Send the rest with the next."
            self._taker.finish(problem=most)
        else:
            finish_file(self.upload, self._taker, given=self._given)

    def finish(self) -> Upload:
        """All of it is here. Raises OtherContent where the key stands for something else."""
        digest = self._digest.hexdigest()
        if self.repeated:
            if not Delivery.objects.filter(upload=self.upload, sha256=digest).exists():
                raise OtherContent(
                    "Something else was sent under this Idempotency-Key before. Use a new key for new material."
                )
            return self.upload
        Delivery.objects.filter(upload=self.upload).update(sha256=digest)
        return close(self.upload)

    def abandon(self) -> None:
        """It broke off: forget it, so that it can be sent again under the same key."""
        if not self.repeated:
            discard(self.upload)
