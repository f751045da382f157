"""Whom and what texts name: persons, organisations, places, events, with the names they go by."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.core.folding import key

ENTITY_TYPES = [("person", "Person"), ("organisation", "Organisation"), ("place", "Place"), ("event", "Event")]

# A year, a month or a day, as exactly as it is known; compared as text, the earlier comes first.
a_day = RegexValidator(
    r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$", "Write a year, a month or a day: 2017-05-14."
)


class Entity(models.Model):
    """A person, organisation, place or event. ``distinct_from`` holds homonyms that a person told apart.

    ``description`` says in a few words which of its namesakes it is. ``source`` says whence the facts about it come, for
    what shipped with the project; what the desk says of it has its log.
    """

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=220, unique=True, allow_unicode=True)
    type = models.CharField(max_length=20, choices=ENTITY_TYPES)
    description = models.CharField(max_length=200, blank=True, help_text="In a few words: mayor of Lorval.")
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 code, e.g. FR.")
    wikidata = models.CharField(
        max_length=20,
        blank=True,
        verbose_name="Wikidata id",
        validators=[RegexValidator(r"^Q[1-9]\d*$", "A Wikidata id is a Q and a number: Q90.")],
    )
    notes = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True, editable=False)
    distinct_from = models.ManyToManyField("self", blank=True)
    shipped = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "entities"
        constraints = [
            models.CheckConstraint(
                condition=Q(type__in=[name for name, _ in ENTITY_TYPES]), name="entity_type_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> list[str]:
        """Its name and its aliases."""
        return [self.name, *(alias.name for alias in self.aliases.all())]


class EntityAlias(models.Model):
    """Another name of an entity; ``language`` is empty where any language writes it so."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200, db_index=True)
    language = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "entity aliases"
        constraints = [models.UniqueConstraint(fields=["entity", "name"], name="entity_alias_once")]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """An office that a person held: from the first day to the last, each as exactly as it is known, or open."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="offices")
    title = models.CharField(max_length=200, help_text="As it is written: président de la République française.")
    since = models.CharField(max_length=10, blank=True, validators=[a_day])
    until = models.CharField(max_length=10, blank=True, validators=[a_day])

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "title", "since"], name="office_once"),
            models.CheckConstraint(
                condition=Q(since="") | Q(until="") | Q(since__lte=F("until")),
                name="office_ends_after_it_begins",
                violation_error_message="The office ends before it begins.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.since or '…'} – {self.until or '…'})"


class EntityLogEntry(models.Model):
    """What was done to an entity on the desk. ``former_slug``: the address of the entity that was merged into it."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="log")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    action = models.CharField(max_length=20)
    summary = models.CharField(max_length=500)
    changes = models.JSONField(default=dict, help_text="What it takes to undo it: rows before and after.")
    former_slug = models.CharField(max_length=220, blank=True, db_index=True)
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="undone_by", editable=False
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.summary}"


class RememberedName(models.Model):
    """What people said of a name as a suggestion: on how many articles it was confirmed as this type, on how many
    rejected. ``key`` is the name as names are compared (see ``folding.key``)."""

    key = models.CharField(max_length=300)
    type = models.CharField(max_length=20, choices=ENTITY_TYPES)
    name = models.CharField(max_length=300, help_text="As it was written last.")
    confirmed = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["key", "type"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["key", "type"], name="remembered_name_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.type}): {self.confirmed} confirmed, {self.rejected} rejected"


def name_key(name: str) -> str:
    """A name as names are compared, cut as the columns that hold it are."""
    return key(name)[:300]
