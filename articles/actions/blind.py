"""Tagging an article blind: begin, tag, finish, give up.

Blind tags are their editor's alone until two editors have finished; then what they set is open to the desk, and nobody
changes it any more. They are no tags of the article and change nothing of it; the log says who began and finished, not
what they tagged.
"""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles.actions.notes import add_note
from articles.actions.recording import Person, Refused, check_may
from articles.actions.selecting import Selecting, typed
from articles.actions.tags import TYPES
from articles.core.edits import Span
from articles.models import Article, BlindRequest, BlindTag, BlindTagging, LogEntry
from articles.models.texts import markup_of, shown_words

MAY = "review_article"
BLINDFOLD = "You are tagging this article blind. Finish or give up, then decide on its tags."
# From as many on, what they set is open to the desk.
COMPARED = 2


def tagging_of(article: Article, person: Person) -> BlindTagging | None:
    """This person's blind tagging of the article, begun or finished."""
    return article.blind_taggings.filter(editor_id=person.pk).select_related("editor").first()


def at_work(article: Article, person: Person) -> BlindTagging:
    """This person's blind tagging that is not finished, for looking at; Refused where there is none."""
    tagging = tagging_of(article, person)
    if tagging is None or tagging.finished_at is not None:
        raise Refused("You are not tagging this article blind now. Begin, or go on, first.")
    return tagging


def is_blind(article: Article, person: Person) -> bool:
    """Whether this person is tagging the article blind now, and so may see nobody's tags on it."""
    return article.blind_taggings.filter(editor_id=person.pk, finished_at=None).exists()


def blind_for(person: Person) -> QuerySet[BlindTagging, int]:
    """The keys of the articles that this person is tagging blind now: nobody's tags on them are for that person's eyes."""
    return (
        BlindTagging.objects.filter(editor_id=person.pk, finished_at=None).order_by().values_list("article", flat=True)
    )


def check_not_blind(article: Article, *, by: Person) -> None:
    """Refused while this person tags the article blind."""
    if is_blind(article, by):
        raise Refused(BLINDFOLD)


def who_may_tag() -> QuerySet[Person]:
    """Everybody who may be asked to tag an article blind."""
    people = get_user_model().objects.with_perm(f"articles.{MAY}", backend="django.contrib.auth.backends.ModelBackend")
    return people.filter(is_active=True).order_by("username")


def called(person: Person) -> str:
    """What the desk calls a person."""
    return person.get_full_name() or person.get_username()


@transaction.atomic
def begin(article: Article, *, by: Person, asked: Person | None = None) -> BlindTagging:
    """Begin to tag an article blind; ``asked`` is told by a note, and in the queue, to do the same."""
    check_may(by, MAY)
    Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if asked is not None and asked == by:
        raise Refused("Ask somebody else than yourself.")
    tagging, made = BlindTagging.objects.get_or_create(article=article, editor=by)
    if not made:
        raise Refused("You have begun already.")
    _log(article, by, "begin_blind", "began to tag it blind")
    BlindRequest.objects.filter(article=article, editor=by).delete()
    if asked is not None:
        if tagging_of(article, asked) is None:
            BlindRequest.objects.get_or_create(article=article, editor=asked, defaults={"by": by})
        add_note(
            article, text=f"{called(asked)}: please tag this article blind too, before you look at its tags.", by=by
        )
    return tagging


@transaction.atomic
def decline(article: Article, *, by: Person) -> None:
    """Say no to whoever asked; a note says so."""
    check_may(by, MAY)
    asked, _ = BlindRequest.objects.filter(article=article, editor=by).delete()
    if not asked:
        raise Refused("Nobody asks you to tag this article blind any more.")
    add_note(article, text="I cannot tag this article blind. Please ask somebody else.", by=by)


@transaction.atomic
def tag_span(
    article: Article,
    span: Span,
    *,
    type: str,  # noqa: A002
    everywhere: bool,
    part: bool = False,
    by: Person,
) -> list[BlindTag]:
    """Tag selected words, or every mention of them; with ``part`` those between hyphens alone."""
    tagging = _open(article, by)
    page = Selecting(article)
    words = page.words(span, part=part)
    spans = page.everywhere(words) if everywhere else [words.span]
    return _tag(tagging, article, spans, type_=type)


@transaction.atomic
def tag_words(article: Article, surface: str, *, type: str, everywhere: bool, by: Person) -> list[BlindTag]:  # noqa: A002
    """Tag words that were typed, at their first or at every place."""
    tagging = _open(article, by)
    _, spans = typed(article, surface)
    return _tag(tagging, article, spans if everywhere else spans[:1], type_=type)


def _tag(tagging: BlindTagging, article: Article, spans: list[Span], *, type_: str) -> list[BlindTag]:
    """Blind tags on these words. The same words are one thing: what they were tagged as before gives way, and ``was``
    says what that is."""
    _check_type(type_)
    blocks, markup = Selecting(article).taggable, markup_of(article)
    before = {(row.start, row.end): row for row in tagging.tags.all()}
    made = []
    for span in spans:
        if not any(block.start <= span.start and span.end <= block.end for block in blocks):
            raise Refused("Those words are not part of the article.")
        row = before.get((span.start, span.end)) or BlindTag(tagging=tagging, start=span.start, end=span.end)
        row.was = row.type if row.type != type_ else ""
        row.type, row.surface = type_, shown_words(article, span, markup)[:300]
        row.save()
        made.append(row)
    return made


@transaction.atomic
def change(article: Article, pk: int, *, type: str, everywhere: bool, by: Person) -> list[BlindTag]:  # noqa: A002
    """Say that one's own tag, or all on the same words, are of another type."""
    rows = _chosen(_open(article, by), pk, everywhere=everywhere)
    _check_type(type)
    for row in rows:
        row.type = type
        row.save(update_fields=["type"])
    return rows


@transaction.atomic
def remove(article: Article, pk: int, *, everywhere: bool, by: Person) -> int:
    """Take one's own tag away, or all on the same words; how many."""
    rows = _chosen(_open(article, by), pk, everywhere=everywhere)
    BlindTag.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


@transaction.atomic
def finish(article: Article, *, by: Person) -> BlindTagging:
    """Say that one is done. From the second who is, both can be compared."""
    tagging = _open(article, by)
    tagging.finished_at = timezone.now()
    tagging.save(update_fields=["finished_at"])
    _log(article, by, "finish_blind", "finished tagging it blind")
    return tagging


@transaction.atomic
def reopen(article: Article, *, by: Person) -> BlindTagging:
    """Go on after one said that one is done, unless the tags of several are open to the desk by now."""
    tagging = _own(article, by)
    if tagging.finished_at is None:
        raise Refused("You are not done yet: go on.")
    if article.blind_taggings.exclude(finished_at=None).count() >= COMPARED:
        raise Refused("Others have finished too, and your tags can be compared: they stay as they are.")
    tagging.finished_at = None
    tagging.save(update_fields=["finished_at"])
    _log(article, by, "reopen_blind", "went on tagging it blind")
    return tagging


@transaction.atomic
def give_up(article: Article, *, by: Person) -> None:
    """Stop tagging blind; one's blind tags are thrown away."""
    _open(article, by).delete()
    _log(article, by, "give_up_blind", "gave up tagging it blind")


def _own(article: Article, by: Person) -> BlindTagging:
    """This person's blind tagging, with the article locked: two who finish in one moment come one after the other."""
    check_may(by, MAY)
    Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    tagging = tagging_of(article, by)
    if tagging is None:
        raise Refused("You are not tagging this article blind. Begin first.")
    return tagging


def _open(article: Article, by: Person) -> BlindTagging:
    tagging = _own(article, by)
    if tagging.finished_at is not None:
        raise Refused("You said that you are done. Go on first.")
    return tagging


def _chosen(tagging: BlindTagging, pk: int, *, everywhere: bool) -> list[BlindTag]:
    row = tagging.tags.filter(pk=pk).first()
    if row is None:
        raise Refused("That tag is not there any more.")
    return list(tagging.tags.filter(surface=row.surface, type=row.type)) if everywhere else [row]


def _check_type(type_: str) -> None:
    if type_ not in TYPES:
        raise Refused("Choose person, organisation, place or event.")


def _log(article: Article, by: Person, action: str, summary: str) -> None:
    LogEntry.objects.create(article=article, person=by, action=action, summary=summary, version=article.version)
