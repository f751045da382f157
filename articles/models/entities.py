"""Whom and what texts name: persons, organisations, places, events, with the names they go by."""

from collections.abc import Collection
from functools import cached_property

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import connection, models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from articles.core.folding import key
from articles.models.keys import KeyField, entity_key

ENTITY_TYPES = [("person", "Person"), ("organisation", "Organisation"), ("place", "Place"), ("event", "Event")]

# A year, a month or a day, as exactly as it is known; compared as text, the earlier comes first.
a_day = RegexValidator(
    r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$", "Write a year, a month or a day: 2017-05-14."
)


class EntityQuerySet(models.QuerySet["Entity"]):
    def with_names(self) -> "EntityQuerySet":
        """With aliases at hand."""
        return self.prefetch_related("aliases")

    def with_articles(self, *, hidden: Collection[int] = ()) -> "EntityQuerySet":
        """With ``article_count``: how many articles are tagged with it, on a person's word, or are by it; ``hidden`` ones
        are not counted."""
        from articles.models.facts import Attribution
        from articles.models.tags import Mention

        tagged = Mention.objects.filter(entity=OuterRef("pk"), state="confirmed").order_by().values("entity")
        of_the_same = Mention.objects.filter(
            entity=OuterRef("entity"), article=OuterRef("article"), state="confirmed"
        ).order_by()
        written = Attribution.objects.filter(~Exists(of_the_same), entity=OuterRef("pk")).exclude(decision="removed")
        counts = [
            Coalesce(
                Subquery(rows.exclude(article__in=hidden).annotate(n=Count("article", distinct=True)).values("n")),
                0,
                output_field=models.IntegerField(),
            )
            for rows in (tagged, written.order_by().values("entity"))
        ]
        return self.annotate(article_count=counts[0] + counts[1])

    def used(self, *, hidden: Collection[int] = ()) -> "EntityQuerySet":
        """Those with which a person tagged an article, or whom a person named as its author; not in ``hidden`` ones."""
        from articles.models.facts import Attribution
        from articles.models.tags import Mention

        tagged = Mention.objects.filter(entity=OuterRef("pk"), state="confirmed")
        written = Attribution.objects.filter(entity=OuterRef("pk"))
        return self.filter(Exists(tagged.exclude(article__in=hidden)) | Exists(written.exclude(article__in=hidden)))

    def called(self, words: str) -> "EntityQuerySet":
        """Entities with each of these words in their name or in an alias, whatever the capitals and accents; or the one
        of this Wikidata id."""
        found = self
        for word in key(words).split():
            aliases = EntityAlias.objects.filter(key__contains=word).values("entity")
            found = found.filter(Q(key__contains=word) | Q(pk__in=aliases) | Q(wikidata=word.upper()))
        return found

    def going_by(self, *names: str) -> "EntityQuerySet":
        """Entities that bear one of these names, as names are compared."""
        said = {entity_key(name) for name in names}
        return self.filter(Q(key__in=said) | Q(pk__in=EntityAlias.objects.filter(key__in=said).values("entity")))

    def governing(self, *codes: str) -> "EntityQuerySet":
        """Who governs the countries of these codes; of EU the Union."""
        union = Q(type="organisation", country="EU") if "EU" in codes else Q(pk=None)
        return self.filter(Q(governs__country__in=[code for code in codes if code]) | union)

    def at(self, slug: str) -> "Entity | None":
        """The entity at this address, or the one into which it was merged."""
        found = self.filter(slug=slug).first()
        if found is not None:
            return found
        entry = EntityLogEntry.objects.filter(former_slug=slug, undone_by=None).first()
        return self.filter(pk=entry.entity_id).first() if entry and entry.entity_id else None

    def now(self, pk: int) -> int | None:
        """The key of what this entity is now: its own, or that of the one into which it was merged; None if it is gone."""
        seen: set[int] = set()
        while pk not in seen and not self.filter(pk=pk).exists():
            seen.add(pk)
            entry = EntityLogEntry.objects.filter(action="merge", undone_by=None, changes__gone=pk).first()
            if entry is None or entry.entity_id is None:
                return None
            pk = entry.entity_id
        return pk

    def held(self) -> list["Entity"]:
        """These entities, none of which can be taken away until the transaction ends. Others may hold them too."""
        if connection.vendor == "postgresql":
            keys = list(self.order_by("pk").values_list("pk", flat=True))
            with connection.cursor() as cursor:
                cursor.execute("SELECT id FROM articles_entity WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE", [keys])
            return list(self._chain())
        # SQLite lets one transaction write at a time, and this one does.
        return list(self)


class Entity(models.Model):
    """A person, organisation, place or event. ``distinct_from`` holds homonyms that a person told apart.

    ``description`` says in a few words which of its namesakes it is. ``governs`` is the country that an organisation
    governs: papers mean it by the country's name, and by its capital's. ``source`` says whence the facts about it come, for
    what shipped with the project; what the desk says of it has its log.
    """

    name = models.CharField(max_length=200)
    key = KeyField()
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
    governs = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="governments",
        limit_choices_to={"type": "place"},
        help_text="Of a government: its country.",
    )
    shipped = models.BooleanField(default=False, editable=False)

    objects = EntityQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "entities"
        constraints = [
            models.CheckConstraint(
                condition=Q(type__in=[name for name, _ in ENTITY_TYPES]), name="entity_type_is_known"
            ),
            models.CheckConstraint(
                condition=Q(governs=None) | Q(type="organisation"),
                name="an_organisation_governs",
                violation_error_message="Only an organisation governs a country.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("entity", args=[self.slug])

    @property
    def which(self) -> str:
        """In a few words, which of its namesakes it is."""
        known = ", ".join(said for said in (self.country, self.wikidata) if said)
        return self.description or known or f"{self.get_type_display().lower()}, {self.slug}"

    @property
    def names(self) -> list[str]:
        """Its name and its aliases."""
        return [self.name, *(alias.name for alias in self.aliases.all())]

    @cached_property
    def government(self) -> list["Entity"]:
        """Who governs this country; nobody where it is none."""
        return list(self.governments.order_by("key", "pk")) if self.type == "place" else []

    @property
    def watched(self) -> list[str]:
        """The addresses under which its articles were published, and of a country those of who governs it: its capital's
        name, and its own, may mean either."""
        return [*self.slugs, *(slug for one in self.government for slug in one.slugs)]

    @property
    def slugs(self) -> list[str]:
        """The address that it has, and those of entities that were merged into it."""
        former = self.log.filter(undone_by=None).exclude(former_slug="").values_list("former_slug", flat=True)
        return [self.slug, *former]


class EntityAlias(models.Model):
    """Another name of an entity; ``language`` is empty where any language writes it so."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200, db_index=True)
    key = KeyField()
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
    """What was done to an entity on the desk. ``entity`` is None while it is taken out of the registry. ``former_slug``: the
    address of the entity that was merged into it, or taken out."""

    entity = models.ForeignKey(Entity, null=True, on_delete=models.CASCADE, related_name="log")
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
