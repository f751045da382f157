"""Facts about an article: fields, attribution, rights, and the questions (flags) that reading raised."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone

from articles.core.attribution import CONSTRAINTS, ROLES, SCOPES
from articles.core.gate import moment_of
from articles.core.metadata.fields import FIELDS
from articles.core.quality import FLAGS

ASKED = [row.name for row in FIELDS.values() if row.asked]
DECISIONS = ["open", "confirmed", "corrected", "dismissed"]
STATES = [("stated", "stated"), ("inferred", "inferred"), ("unknown", "unknown"), ("disputed", "disputed")]


def _proof_is_a_span(name: str) -> models.CheckConstraint:
    """Both ends of a proof or neither, and never an empty span."""
    nothing = Q(start__isnull=True, end__isnull=True)
    words = Q(start__isnull=False, end__isnull=False, end__gt=F("start"))
    return models.CheckConstraint(condition=nothing | words, name=name)


class Field(models.Model):
    """A fact: *found* by the machine (value, proof span, candidates) or *fixed* by a person. Reading again writes the
    found side only. ``value``, ``state`` and the proof are what holds now; ``found`` is what the machine says."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="fields")
    name = models.CharField(max_length=20, choices=[(row.name, row.label) for row in FIELDS.values()])
    value = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default="unknown")
    reason = models.CharField(max_length=300, blank=True)
    details = models.JSONField(default=dict, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    found = models.JSONField(default=dict, help_text="value, state, reason, span, details, candidates: the machine's.")
    fixed = models.BooleanField(default=False)
    fixed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["article", "name"], name="field_once_an_article"),
            _proof_is_a_span("field_proof_is_a_span"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"

    @property
    def about(self) -> Any:
        return FIELDS[self.name]

    @property
    def asks(self) -> bool:
        """Whether it is an open question: nobody knows it, nobody settled that, and an editor would want to know."""
        return self.state == "unknown" and not self.fixed and self.name in ASKED

    @property
    def shown(self) -> str:
        """The value as one line of text; empty when unknown."""
        if isinstance(self.value, list):
            return ", ".join(str(item) for item in self.value)
        return "" if self.value is None else str(self.value)

    @property
    def spoken(self) -> str:
        """The value as a person says it: a moment as date, time and offset; everything else as it is written."""
        if FIELDS[self.name].typed != "datetime":
            return self.shown
        bare_month = len(self.shown) == len("2024-03")
        try:
            moment = datetime.fromisoformat(f"{self.shown}-01" if bare_month else self.shown)
        except ValueError:
            return self.shown
        guess = "month" if bare_month else "minute" if "T" in self.shown else "day"
        precision = self.details.get("precision", guess)
        if precision == "month":
            return date_format(moment, "F Y")
        if precision == "day" or "T" not in self.shown:
            return date_format(moment, "j F Y")
        offset = moment.strftime(" (UTC%:z)") if moment.tzinfo else ""
        return f"{date_format(moment, 'j F Y, H:i')}{offset}"

    @property
    def as_found(self) -> dict[str, Any]:
        """The columns that say what the machine found, for a field that nobody fixed."""
        start, end = self.found.get("span") or (None, None)
        return {
            "value": self.found.get("value"),
            "state": self.found.get("state", "unknown"),
            "reason": self.found.get("reason", ""),
            "details": self.found.get("details", {}),
            "start": start,
            "end": end,
        }

    @property
    def found_shown(self) -> str:
        value = self.found.get("value")
        return ", ".join(value) if isinstance(value, list) else str(value or "")

    @property
    def proposal(self) -> str:
        """What the machine found, where a person fixed something else."""
        return self.found_shown if self.fixed and self.found_shown != self.shown else ""


class Attribution(models.Model):
    """A link of the chain behind the text. ``decision`` is a person's word on it: a removed link stays removed when the
    article is read again."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="attribution")
    role = models.CharField(max_length=20, choices=[(row.name, row.label) for row in ROLES.values()])
    name = models.CharField(max_length=200, blank=True)
    outlet = models.ForeignKey("articles.Outlet", null=True, blank=True, on_delete=models.PROTECT)
    entity = models.ForeignKey(
        "articles.Entity", null=True, blank=True, on_delete=models.PROTECT, related_name="attribution",
        help_text="Who of the registry it is, on a person's word.",
    )  # fmt: skip
    via = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=STATES)
    reason = models.CharField(max_length=300, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    found_as = models.CharField(max_length=240, blank=True, help_text="role:name as the machine found it.")
    decision = models.CharField(
        max_length=10,
        choices=[("open", "open"), ("confirmed", "confirmed"), ("corrected", "corrected"), ("removed", "removed")],
        default="open",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [_proof_is_a_span("attribution_proof_is_a_span")]

    def __str__(self) -> str:
        return f"{self.role}: {self.name or '?'}"

    @property
    def about(self) -> Any:
        return ROLES[self.role]


class Restriction(models.Model):
    """What may not be done with the text or a picture, as written and as understood. ``decision`` is a person's word on
    it: one that was dismissed stays so when the article is read again. What a person added need not stand on the page."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="rights")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField()
    constraint = models.CharField(max_length=30, choices=[(row.name, row.label) for row in CONSTRAINTS.values()])
    scope = models.CharField(max_length=10, choices=list(SCOPES.items()))
    details = models.JSONField(default=dict, blank=True, help_text="until, licence, territory, credit: plain words.")
    found_as = models.CharField(max_length=30, blank=True, help_text="The constraint that the machine read here.")
    decision = models.CharField(max_length=10, choices=[(name, name) for name in DECISIONS], default="open")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = [F("start").asc(nulls_last=True), "pk"]
        default_permissions = ()
        constraints = [
            _proof_is_a_span("restriction_proof_is_a_span"),
            models.CheckConstraint(condition=~Q(text=""), name="restriction_has_words"),
            models.CheckConstraint(condition=Q(constraint__in=list(CONSTRAINTS)), name="restriction_is_of_the_table"),
            models.CheckConstraint(condition=Q(scope__in=list(SCOPES)), name="restriction_scope_is_of_the_table"),
            models.CheckConstraint(condition=Q(decision__in=DECISIONS), name="restriction_decision_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.constraint}: {self.text[:60]}"

    @property
    def about(self) -> Any:
        return CONSTRAINTS[self.constraint]

    @property
    def until(self) -> datetime | None:
        """When an embargo ends; a time without an offset is the desk's."""
        return moment_of(self.details, get_default_timezone())


class Flag(models.Model):
    """A question about the text. ``at`` is a cut that the machine proposes. Dismissed by a person, it stays so."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="flags")
    flag = models.CharField(max_length=40, choices=[(row.name, row.label) for row in FLAGS.values()])
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    detail = models.CharField(max_length=300)
    at = models.PositiveIntegerField(null=True, blank=True)
    dismissed = models.BooleanField(default=False)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["start", "pk"]
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(start__lte=F("end")), name="flag_span_in_order")]

    def __str__(self) -> str:
        return f"{self.flag} at {self.start}"

    @property
    def about(self) -> Any:
        return FLAGS[self.flag]
