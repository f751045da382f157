"""Files of tags brought in by hand: all of a file is read before anything is written; each text of it is one step in the
history of its article, with a receipt; the whole is taken back as one.

What is written and its receipt are one transaction, so that a file goes on where it stopped, and doubles nothing.
"""

import json
import zlib
from collections.abc import Collection, Iterable
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from articles.actions import history
from articles.actions.blind import called, check_not_blind
from articles.actions.exchange import Taken, take_tags
from articles.actions.recording import Conflict, Person, Refused, check_may
from articles.core.exchange import FORMATS, AnnotatedText, ExchangeError, Format, Tag
from articles.core.exchange.recognising import recognised
from articles.core.similarity.runs import covered
from articles.core.similarity.words import Words
from articles.core.workflow import Status
from articles.models import Article, LogEntry, TagFile, TagReceipt
from articles.models.annotated import article_of

MAY = "review_article"
# What one file may hold that comes through a browser; larger ones come by the command.
MOST_BYTES = 32 * 1024 * 1024
MOST_CHARACTERS = 64_000_000
MOST_TEXTS = 5_000
# So many texts are brought in, or taken back, at once.
AT_ONCE = 25
# So many sentences a receipt keeps.
MOST_SENTENCES = 50
# An article is a text when so much of the text stands in it, in runs of so many words.
SAME, RUN = 0.5, 5
NOBODY = "It is none of the desk's articles by its id, its address or its words; or it may be several."
ANOTHER = "The file is of another text than this article. Bring it in for the whole desk, which finds its articles."


def texts_of(data: bytes, name: str = "") -> tuple[Format, list[AnnotatedText]]:
    """The texts of a file in this format, or whichever it is; Refused with a sentence for one that cannot be read."""
    try:
        row = FORMATS[name] if name else recognised(data)
    except ExchangeError as error:
        raise Refused(str(error)) from None
    texts: list[AnnotatedText] = []
    characters = 0
    try:
        for text in row.read(data):
            texts.append(text)
            characters += len(text.text or "")
            if len(texts) > MOST_TEXTS or characters > MOST_CHARACTERS:
                raise ExchangeError(
                    f"It has more than {MOST_TEXTS} texts, or {MOST_CHARACTERS // 10**6} million characters. Cut it."
                )
    except ExchangeError as error:
        raise Refused(f"The file is not read as {row.label}. {error} Nothing was brought in.") from None
    if not any(text.tags or text.left_out for text in texts):
        raise Refused(f"The file was read as {row.label}, and there is no tag in it.")
    return row, texts


def texts_of_article(article: Article, texts: Iterable[AnnotatedText]) -> list[AnnotatedText]:
    """Those that are this article's; Refused where there is none. What else there was is said with the first."""
    texts = list(texts)
    own = "".join(article.clean_text.split()), "".join(article.raw_text.split())
    words = Words.of(article.raw_text)
    found = [text for text in texts if _is_text_of(article, text, own, words)]
    if not found:
        raise Refused(ANOTHER)
    others = len(texts) - len(found)
    if others:
        sentence = f"{others} other text{' of the file is' if others == 1 else 's of the file are'} not this article's."
        found[0] = replace(found[0], left_out=(*found[0].left_out, sentence))
    return found


def _is_text_of(article: Article, said: AnnotatedText, own: Collection[str], words: Words) -> bool:
    """Whether a text is the article's: it says so, or has its words (``own``: without their white space), or half of them.
    Another article whose id, address or very words it has goes first."""
    if said.id.removeprefix("urn:uuid:") == str(article.guid):
        return True
    if said.text is not None and "".join(said.text.split()) not in own:
        theirs = Words.of(said.text)
        if len(theirs) < RUN or covered(theirs, words, length=RUN) < SAME * len(theirs):
            return False
    return article_of(said) in (None, article)


@transaction.atomic
def bring_in(
    texts: Iterable[AnnotatedText],
    *,
    name: str,
    row: Format,
    confirmed: bool = False,
    reopen: bool = False,
    article: Article | None = None,
    by: Person,
) -> TagFile:
    """Keep the texts of a file, each with a receipt that waits. ``go_on`` brings their tags in."""
    check_may(by, MAY)
    if article is not None:
        check_not_blind(article, by=by)
    name = name.replace("\0", "")[:200] or "tags"
    file = TagFile.objects.create(
        name=name, format=row.name, article=article, by=by, confirmed=confirmed, reopen=reopen
    )
    TagReceipt.objects.bulk_create(
        TagReceipt(file=file, position=position, name=_called(text), tags=len(text.tags), said=_packed(text))
        for position, text in enumerate(texts, 1)
    )
    return file


def _called(text: AnnotatedText) -> str:
    words = text.title or " ".join((text.text or "")[:200].split()) or text.id or "a text without a name"
    return words.replace("\0", "")[:120]


def _packed(text: AnnotatedText) -> bytes:
    return zlib.compress(json.dumps(asdict(text)).encode())


def _unpacked(said: bytes) -> AnnotatedText:
    values: dict[str, Any] = json.loads(zlib.decompress(said))
    values |= {"tags": tuple(Tag(**tag) for tag in values["tags"]), "left_out": tuple(values["left_out"])}
    return AnnotatedText(**values)


def go_on(file: TagFile, *, by: Person, most: int = AT_ONCE) -> None:
    """Bring the tags of the next texts in; only who brought the file does, whose word they are."""
    check_may(by, MAY)
    if file.by_id != by.pk:
        raise Refused(f"{called(file.by) if file.by else 'Somebody else'} brought this file, and goes on with it.")
    for pk in list(waiting(file).values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            receipt = TagReceipt.objects.select_for_update().filter(pk=pk, state="waiting").first()
            if receipt is not None:
                _settle(receipt, file, by)


def waiting(file: TagFile) -> QuerySet[TagReceipt]:
    return file.receipts.filter(state="waiting").order_by("position")


def _settle(receipt: TagReceipt, file: TagFile, by: Person) -> None:
    """Bring one text's tags in, and say on its receipt what became of them."""
    said = _unpacked(receipt.said or b"")
    sentences = [f"Left out: {sentence}" for sentence in said.left_out]
    receipt.state = "done"
    article = file.article or (article_of(said) if said.tags else None)
    if article is None and said.tags:
        receipt.state, sentences = "refused", [NOBODY, *sentences]
    elif article is not None:
        receipt.article = article
        try:
            with transaction.atomic():
                check_not_blind(article, by=by)
                taken = take_tags(article, said, confirmed=file.confirmed, reopen=file.reopen, by=by)
        except (Refused, Conflict) as refused:
            receipt.state, sentences = "refused", [str(refused), *sentences]
        else:
            sentences = [*taken.lost, *sentences]
            _note(receipt, article, taken)
    receipt.sentences = [sentence.replace("\0", "") for sentence in sentences[:MOST_SENTENCES]]
    if len(sentences) > MOST_SENTENCES:
        receipt.sentences.append(f"And {len(sentences) - MOST_SENTENCES} more.")
    receipt.said = None
    receipt.save()


def _note(receipt: TagReceipt, article: Article, taken: Taken) -> None:
    receipt.outcomes = dict(taken.outcomes)
    receipt.labels = {label.replace("\0", "")[:40]: count for label, count in taken.labels.most_common(20)}
    if taken.written:
        receipt.entry = article.log.order_by("-pk").first()


def take_back(file: TagFile, *, by: Person, most: int = AT_ONCE) -> None:
    """Take back what a file brought in, or the next of it: every tag that nobody touched since. What waits yet is not
    brought in any more. Once all was tried, what had to stay is tried again."""
    check_may(by, MAY)
    with transaction.atomic():
        if not to_take_back(file).exists():
            for receipt in file.receipts.filter(state="kept"):
                receipt.state, receipt.sentences = "done", receipt.sentences[1:]
                receipt.save(update_fields=["state", "sentences"])
        TagFile.objects.filter(pk=file.pk).update(taken_back=True)
        left = file.receipts.filter(state="waiting")
        left.update(state="taken_back", said=None, sentences=["It was taken back before its tags were brought in."])
    file.taken_back = True
    for pk in list(to_take_back(file).values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            receipt = TagReceipt.objects.select_for_update(of=("self",)).filter(pk=pk, state="done").first()
            if receipt is not None:
                _undo(receipt, by)


def to_take_back(file: TagFile) -> QuerySet[TagReceipt]:
    """Receipts whose tags are still to be taken back."""
    return file.receipts.filter(state="done", entry__isnull=False).order_by("position")


def _undo(receipt: TagReceipt, by: Person) -> None:
    entry = LogEntry.objects.select_related("article", "undone_by").get(pk=receipt.entry_id)
    sentence = ""
    receipt.state = "taken_back"
    if hasattr(entry, "undone_by"):
        sentence = "It was taken back in the history of the article before."
    else:
        try:
            with transaction.atomic():
                check_not_blind(entry.article, by=by)
                if entry.article.status == Status.APPROVED:
                    raise Refused("The article was approved since. Take it back in its history, which reopens it.")
                made = history.undo(entry.article, entry.pk, partly=True, by=by)
        except Refused as refused:
            receipt.state, sentence = "kept", str(refused)
        else:
            left = len(entry.changes) - len(made.changes)
            sentence = f"Decided on since, and left as they are: {left}." if left else ""
    if sentence:
        receipt.sentences = [sentence, *receipt.sentences]
    receipt.save(update_fields=["state", "sentences"])


def files() -> QuerySet[TagFile]:
    """All files that were brought in, the newest first, each with ``unfinished``: whether texts of it wait."""
    rows = TagReceipt.objects.filter(file=OuterRef("pk"), state="waiting")
    return TagFile.objects.select_related("by", "article").annotate(unfinished=Exists(rows)).order_by("-pk")
