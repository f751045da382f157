"""What is shown of a file of tags: how far it is, and what became of its tags."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from django.db.models import Count, Q, QuerySet, Sum

from articles.actions.blind import blind_for
from articles.actions.exchange import OUTCOMES
from articles.actions.recording import Person
from articles.actions.tag_files import MAY, to_take_back, waiting
from articles.models import TagFile, TagReceipt

HIDDEN = "Hidden while you tag this article blind."


class TagFilePage:
    """A file of tags, for a person of the desk."""

    def __init__(self, file: TagFile, user: Person) -> None:
        self.file = file
        self.user = user
        self.may = user.has_perm(f"articles.{MAY}")

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many texts there are, wait, were refused, have a sentence, stay as they are; and how many tags."""
        return self.file.receipts.aggregate(
            texts=Count("pk"),
            tags=Sum("tags", default=0),
            waiting=Count("pk", filter=Q(state="waiting")),
            refused=Count("pk", filter=Q(state="refused")),
            left=Count("pk", filter=~Q(sentences=[])),
            kept=Count("pk", filter=Q(state="kept")),
        )

    @cached_property
    def blind(self) -> list[int]:
        """The articles that this person tags blind."""
        return list(blind_for(self.user))

    @property
    def _shown(self) -> QuerySet[TagReceipt]:
        """The receipts of which this person may know the tags."""
        return self.file.receipts.filter(~Q(article__in=self.blind) | Q(article=None))

    @cached_property
    def outcomes(self) -> list[tuple[int, str]]:
        """What became of the tags, in the order of OUTCOMES; those of refused texts are not among them."""
        total: Counter[str] = Counter()
        for outcomes in self._shown.exclude(outcomes={}).values_list("outcomes", flat=True):
            total.update(outcomes)
        return [(total[name], words) for name, words in OUTCOMES.items() if total[name]]

    @cached_property
    def labels(self) -> list[tuple[str, int]]:
        """Labels of the file that are none of our types."""
        total: Counter[str] = Counter()
        for labels in self._shown.exclude(labels={}).values_list("labels", flat=True):
            total.update(labels)
        return total.most_common(20)

    @property
    def finished(self) -> int:
        return self.counts["texts"] - self.counts["waiting"]

    @cached_property
    def left_to_undo(self) -> int:
        return to_take_back(self.file).count()

    @property
    def mine(self) -> bool:
        return self.may and self.file.by_id == self.user.pk

    @property
    def next_step(self) -> str:
        """What there is still to do, if this person may: "go_on" or "take_back"."""
        if self.file.taken_back:
            return "take_back" if self.may and self.left_to_undo else ""
        return "go_on" if self.mine and waiting(self.file).exists() else ""

    @property
    def may_try_again(self) -> bool:
        return self.may and bool(self.counts["kept"]) and not self.left_to_undo

    @property
    def may_take_back(self) -> bool:
        return self.may and not self.file.taken_back and bool(self.left_to_undo or self.counts["waiting"])

    def hide(self, receipts: Iterable[TagReceipt]) -> None:
        """Say nothing of the tags of articles that this person tags blind, and give each receipt ``words``: what became of
        its tags. The receipts are shown, not saved."""
        for receipt in receipts:
            receipt.words = [
                (receipt.outcomes[name], said) for name, said in OUTCOMES.items() if name in receipt.outcomes
            ]
            title = receipt.article.title if receipt.article else receipt.name
            # Of a text without a title the name is how it begins, which for our own texts is the title.
            receipt.elsewhere = not receipt.name.startswith(title[:100])
            if receipt.article_id in self.blind:
                receipt.words, receipt.sentences, receipt.labels = [], [HIDDEN], {}
