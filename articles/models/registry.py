"""Who we know: outlets and entities, with the names they go by."""

from django.db import models
from django.db.models import Q

from articles.core.attribution import LICENCES, TERMS

ENTITY_TYPES = [("person", "Person"), ("organisation", "Organisation"), ("place", "Place"), ("event", "Event")]


class Outlet(models.Model):
    """A publisher or agency. ``timezone`` is an IANA name; it gives times without an offset their meaning."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=200, unique=True)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 code, e.g. FR.")
    timezone = models.CharField(max_length=60, blank=True, help_text="IANA name, e.g. Europe/Paris.")
    language = models.CharField(max_length=20, blank=True)
    homepage = models.URLField(blank=True)
    is_agency = models.BooleanField(default=False)
    terms = models.CharField(
        "default rights", max_length=20, choices=[(row.name, row.label) for row in TERMS.values()], default="unknown",
        help_text="What we may do with its texts. An agreement never covers pictures.",
    )  # fmt: skip
    licence = models.CharField(
        max_length=20, blank=True, choices=[(row.name, row.label) for row in LICENCES.values()],
        help_text="Where its texts come under one.",
    )  # fmt: skip
    credit_required = models.BooleanField(default=False, help_text="Its credit line is printed with each of its texts.")
    credit_line = models.CharField(max_length=200, blank=True, help_text="As it must be printed; empty: its name.")
    default_rights = models.TextField(
        "terms in words", blank=True, help_text="The agreement or the terms as they are written; where they stand."
    )
    shipped = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["name"]
        default_permissions = ("add", "change", "delete", "view")
        constraints = [
            models.CheckConstraint(condition=Q(terms__in=list(TERMS)), name="outlet_terms_are_of_the_table"),
            models.CheckConstraint(
                condition=Q(terms="licence", licence__in=list(LICENCES)) | ~Q(terms="licence") & Q(licence=""),
                name="outlet_licence_goes_with_its_terms",
                violation_error_message="Choose a licence where its texts come under one, and only there.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OutletAlias(models.Model):
    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "outlet aliases"
        constraints = [models.UniqueConstraint(fields=["outlet", "name"], name="outlet_alias_once")]

    def __str__(self) -> str:
        return self.name


class OutletDomain(models.Model):
    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=200, unique=True, help_text="Without www., e.g. example.org.")

    class Meta:
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain


class Entity(models.Model):
    """A person, organisation, place or event. ``distinct_from`` holds homonyms that a person told apart."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=220, unique=True)
    type = models.CharField(max_length=20, choices=ENTITY_TYPES)
    wikidata = models.CharField(max_length=20, blank=True, verbose_name="Wikidata id")
    notes = models.TextField(blank=True)
    distinct_from = models.ManyToManyField("self", blank=True)
    shipped = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "entities"

    def __str__(self) -> str:
        return self.name


class EntityAlias(models.Model):
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200, db_index=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "entity aliases"
        constraints = [models.UniqueConstraint(fields=["entity", "name"], name="entity_alias_once")]

    def __str__(self) -> str:
        return self.name
