"""Who we know: outlets and entities, with the names they go by."""

from django.db import models

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
    default_rights = models.TextField(blank=True, help_text="What may be done with its articles unless they say so.")
    shipped = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["name"]
        default_permissions = ("add", "change", "delete", "view")

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
