"""Files of a request go into pieces of the database as they arrive: this process holds no whole file, however large."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler

from articles.actions.recording import Person
from articles.intake.uploads import FileTaker, Item, begin, close, discard, take_several
from articles.models import Upload

# Small files are taken in one commit up to so many, or so many bytes.
HANDFUL, HANDFUL_BYTES = 25, 1024 * 1024


class Receiver:
    """One upload as a request brings it in: begun with its first item, closed when all is here, forgotten when it breaks
    off. ``count``: how many files and texts there were."""

    def __init__(self, by: Person, *, way: str = "page") -> None:
        self._by, self._way = by, way
        self._upload: Upload | None = None
        self._waiting: list[Item] = []
        self.count = self.files = self.bytes = 0

    @property
    def upload(self) -> Upload:
        if self._upload is None:
            self._upload = begin(by=self._by, way=self._way)
        return self._upload

    def take(self, item: Item) -> None:
        self.count += 1
        self._waiting.append(item)
        if len(self._waiting) >= HANDFUL or sum(len(item.content) for item in self._waiting) >= HANDFUL_BYTES:
            self.flush()

    def flush(self) -> None:
        if self._waiting:
            take_several(self.upload, self._waiting)
            self._waiting = []

    def close(self) -> Upload:
        self.flush()
        done, self._upload = close(self.upload), None
        return done

    def give_up(self) -> None:
        """Forget what was not closed."""
        if self._upload is not None:
            discard(self._upload)
            self._upload = None


class Brought:
    """What stands in ``request.FILES`` for a file that was taken."""

    def __init__(self, name: str, size: int) -> None:
        self.name, self.size = name, size

    def close(self) -> None:
        """There is nothing to close."""


class PieceHandler(FileUploadHandler):
    """Hands the bytes of each file to the upload as they come. A field called ``files/a/b.html`` gives the file's place
    in the folder that was dropped: the name of a file alone is all that a request may say."""

    def __init__(self, receiver: Receiver) -> None:
        super().__init__()
        self._receiver = receiver
        self._taker: FileTaker | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        _, _, path = str(self.field_name).partition("/")
        self._receiver.files += 1
        self._taker = FileTaker(self._receiver.upload, path or str(self.file_name))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._receiver.bytes += len(raw_data)
        if self._taker is not None:
            if self._receiver.bytes > settings.UPLOAD_MAX_TOTAL:
                self._taker.refuse()
            self._taker.write(raw_data)

    def file_complete(self, file_size: int) -> Brought | None:
        taker, self._taker = self._taker, None
        if taker is None:
            return None
        if self._receiver.files > settings.UPLOAD_MAX_FILES:
            taker.refuse()
            problem = f"One upload takes {settings.UPLOAD_MAX_FILES} files. Bring the rest in with the next."
            self._receiver.take(Item(name=taker.name, problem=problem))
        elif (item := taker.as_item()) is not None:
            self._receiver.take(item)
        else:
            self._receiver.flush()
            taker.finish()
            self._receiver.count += 1
        return Brought(taker.name, file_size)

    def upload_interrupted(self) -> None:
        self._receiver.give_up()
