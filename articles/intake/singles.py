"""A file that came as a stream and turns out to be one article: an item, with what was said beside it."""

from dataclasses import replace

from django.conf import settings
from django.db import transaction

from articles.core.values import Given
from articles.intake.containers import recognise
from articles.intake.cutting import drop_pieces
from articles.intake.pieces import PIECE, opened_file
from articles.intake.uploads import FileTaker, Item, take
from articles.models import Receipt, Upload, UploadFile


def finish_file(upload: Upload, taker: FileTaker, *, given: Given) -> UploadFile | Receipt:
    """The file, to be cut, or the receipt of a single article, which ``given`` is said of."""
    item = taker.as_item()
    if item is not None:
        return take(upload, replace(item, given=given))
    file = taker.finish()
    if not isinstance(file, UploadFile) or file.size > settings.UPLOAD_MAX_BYTES:
        return file
    with opened_file(file) as stream:
        content = stream.read()
    if recognise(content[:PIECE]):
        return file
    with transaction.atomic():
        receipt = take(upload, Item(name=file.name, content=content, given=given))
        drop_pieces(file)
        file.delete()
    return receipt
