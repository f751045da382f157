"""What a later reading would make of a run of raw, where the ledger of an article says otherwise."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.core.cleaning.certainty import Level, level
from articles.core.cleaning.kinds import KINDS, Kind
from articles.models.ledger import DECIDED_BY

STATES = [("open", "open"), ("accepted", "accepted"), ("dismissed", "dismissed")]


class Proposal(models.Model):
    """A run of raw that the machine would read otherwise today, in a ledger that somebody has begun to work on. A
    person accepts it, which decides the run, or dismisses it, after which it does not come back. It hangs on raw and
    not on a block, so that it survives cuts; ``was`` is the kind that the ledger gave when it was made."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="proposals")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    was = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=[(kind.name, kind.label) for kind in KINDS.values()])
    reason = models.CharField(max_length=300)
    evidence = models.JSONField(default=list, blank=True)
    otherwise = models.CharField(max_length=20, blank=True)
    confidence = models.FloatField()
    decided_by = models.CharField(max_length=10, choices=DECIDED_BY)
    state = models.CharField(max_length=10, choices=STATES, default="open")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["start", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="proposal_has_words"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="proposal_kind_is_one_of_the_table"),
            models.CheckConstraint(
                condition=Q(confidence__gte=0) & Q(confidence__lte=1), name="proposal_confidence_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.was} -> {self.kind} [{self.start}, {self.end})"

    @property
    def about(self) -> Kind:
        return KINDS[self.kind]

    @property
    def before(self) -> Kind | None:
        return KINDS.get(self.was)

    @property
    def turns(self) -> bool:
        """Whether it would bring words into the clean text, or take them out."""
        return self.before is None or self.before.kept != self.about.kept

    @property
    def percent(self) -> int:
        return round(100 * self.confidence)

    @property
    def level(self) -> Level:
        return level(self.confidence)
