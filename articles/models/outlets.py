"""Publishers and agencies that we know, with the names they go by."""

from itertools import chain

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from articles.core.attribution import LICENCES, TERMS
from articles.core.folding import fold


class OutletQuerySet(models.QuerySet["Outlet"]):
    def with_names(self) -> "OutletQuerySet":
        """With aliases and domains at hand."""
        return self.prefetch_related("aliases", "domains")

    def all_names(self) -> dict[int, tuple[list[str], list[str]]]:
        """The key of each outlet with its names and its domains, by name. Rows, not objects: there are more than a
        thousand."""
        found = {pk: ([name], list[str]()) for pk, name in self.values_list("pk", "name")}
        for place, rows in (
            (0, OutletAlias.objects.values_list("outlet", "name")),
            (1, OutletDomain.objects.values_list("outlet", "domain")),
        ):
            for pk, name in rows:
                if pk in found:
                    found[pk][place].append(name)
        return found

    def with_articles(self) -> "OutletQuerySet":
        """With ``article_count``: how many articles of the desk it published."""
        from articles.models.article import Article

        found = Article.objects.filter(outlet=OuterRef("pk")).order_by().values("outlet").annotate(n=Count("pk"))
        counted = Coalesce(Subquery(found.values("n")), 0, output_field=models.IntegerField())
        return self.annotate(article_count=counted)

    def called(self, words: str) -> "OutletQuerySet":
        """Outlets with all of these words in their name, an alias or a domain, whatever the capitals and accents."""
        wanted = fold(words).split()
        rows = [
            pk
            for pk, named in Outlet.objects.all_names().items()
            if all(word in fold("\n".join(chain(*named))) for word in wanted)
        ]
        return self.filter(pk__in=rows)


class Outlet(models.Model):
    """A publisher or agency. ``timezone`` is an IANA name; it gives times without an offset their meaning."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=200, unique=True, allow_unicode=True)
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
    trust_txt = models.URLField(
        blank=True,
        verbose_name="trust.txt",
        help_text="Where it says whom it belongs to, e.g. https://….org/trust.txt.",
    )
    jti_certificate = models.URLField(
        blank=True, verbose_name="JTI certificate", help_text="Its entry at the Journalism Trust Initiative."
    )
    shipped = models.BooleanField(default=False, editable=False)

    objects = OutletQuerySet.as_manager()

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

    def get_absolute_url(self) -> str:
        return reverse("outlet", args=[self.slug])

    @property
    def names(self) -> list[str]:
        """Its name and its aliases."""
        return [self.name, *(alias.name for alias in self.aliases.all())]

    @property
    def hosts(self) -> list[str]:
        return [domain.domain for domain in self.domains.all()]


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


class OutletApart(models.Model):
    """A name that a person said never means this outlet; ``key`` is the name as it is compared. Two outlets that are
    never the same are apart from each other's names."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="apart_from")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["name"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["outlet", "key"], name="outlet_apart_once")]

    def __str__(self) -> str:
        return f"{self.outlet} is not {self.name}"


class OutletLogEntry(models.Model):
    """What was done to an outlet on the desk. ``former_slug``: the address of the outlet that was merged into it."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="log")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    action = models.CharField(max_length=20)
    summary = models.CharField(max_length=500)
    changes = models.JSONField(
        default=dict, help_text="For a merge: the rows that moved, and what the other outlet was."
    )
    former_slug = models.CharField(max_length=200, blank=True, db_index=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.summary}"
