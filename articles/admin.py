"""The admin: users and groups, outlets and entities with their names, articles and their log to look at."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html

from articles.actions.entities import free_slug
from articles.actions.outlets import settle_registry
from articles.actions.recording import Refused
from articles.actions.tokens import make_token, renew_token, revoke_token
from articles.models import (
    Article,
    Entity,
    EntityAlias,
    LogEntry,
    Office,
    Outlet,
    OutletAlias,
    OutletDomain,
    Publication,
    ScraperToken,
    Upload,
    UploadLogEntry,
)


class ReadOnly(admin.ModelAdmin):
    """To look at, not to change: what happens to these rows happens on the desk."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.view_article")


class LogInline(ReadOnlyInline):
    model = LogEntry
    fields = ["at", "person", "action", "summary", "reason"]
    readonly_fields = fields


class UploadLogInline(ReadOnlyInline):
    model = UploadLogEntry
    fields = ["at", "person", "action", "summary"]
    readonly_fields = fields


@admin.register(Article)
class ArticleAdmin(ReadOnly):
    list_display = ["__str__", "outlet_name", "language", "status", "received_at", "last_editor"]
    list_filter = ["status", "language"]
    search_fields = ["title", "clean_text"]
    fields = ["desk", "title", "status", "outlet", "outlet_name", "language", "published", "format", "received_at"]
    readonly_fields = ["desk"]
    inlines = [LogInline]

    @admin.display(description="On the desk")
    def desk(self, article: Article) -> str:
        return format_html('<a href="{}">Review page</a>', reverse("review", args=[article.pk]))


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnly):
    list_display = ["at", "person", "summary", "article"]
    list_filter = ["action"]
    list_select_related = ["person", "article"]


@admin.register(Publication)
class PublicationAdmin(ReadOnly):
    list_display = ["title", "number", "form", "tombstone", "against_rights", "created_at", "approved_by"]

    @admin.display(boolean=True, description="Against its rights")
    def against_rights(self, publication: Publication) -> bool:
        return bool(publication.override_reason)


@admin.register(Upload)
class UploadAdmin(ReadOnly):
    list_display = ["__str__", "by", "at", "way", "state"]
    list_filter = ["state", "way"]
    list_select_related = ["by"]
    fields = ["desk", "by", "at", "way", "note", "state", "finished_at"]
    readonly_fields = ["desk"]
    inlines = [UploadLogInline]

    @admin.display(description="On the desk")
    def desk(self, upload: Upload) -> str:
        """Its receipts may be a hundred thousand: they are on a page of their own, a few at a time."""
        return format_html('<a href="{}">Receipts</a>', reverse("receipts", args=[upload.pk]))


class ScraperTokenForm(forms.ModelForm):
    def clean_person(self) -> User:
        person: User = self.cleaned_data["person"]
        if not person.has_perm("articles.add_upload"):
            raise forms.ValidationError("This person may not upload, and so cannot answer for a scraper.")
        return person


@admin.register(ScraperToken)
class ScraperTokenAdmin(admin.ModelAdmin):
    """Tokens are made and revoked, never deleted: what came with them stays known. A secret is shown once."""

    form = ScraperTokenForm
    fields = ["name", "person", "outlet", "created_at", "last_used_at", "revoked_at"]
    readonly_fields = ["created_at", "last_used_at", "revoked_at"]
    list_display = ["name", "person", "outlet", "created_at", "last_used_at", "revoked_at"]
    list_filter = [("revoked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["person"]
    search_fields = ["name", "person__username"]
    actions = ["revoke", "renew"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if obj else self.fields[:3]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        if change:
            obj.save(update_fields=["name", "person", "outlet"])
            return
        made, secret = make_token(name=obj.name, person=obj.person, outlet=obj.outlet, by=request.user)
        obj.pk, obj.name, obj.secret = made.pk, made.name, secret

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        return self._show(request, obj, obj.secret)

    def _show(self, request: HttpRequest, token: ScraperToken, secret: str) -> HttpResponse:
        """The secret, on a page that nobody keeps."""
        context = {**self.admin_site.each_context(request), "title": f"Token “{token}”", "secret": secret}
        response = TemplateResponse(request, "admin/articles/secret.html", context)
        add_never_cache_headers(response)
        return response

    @admin.action(description="Revoke: let nobody in with it any more", permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: models.QuerySet[ScraperToken]) -> None:
        revoked = [token for token in queryset if revoke_token(token, by=request.user)]
        for token in revoked:
            self.log_change(request, token, "revoked")
        self.message_user(request, f"{len(revoked)} revoked.")

    @admin.action(description="New secret for one token", permissions=["change"])
    def renew(self, request: HttpRequest, queryset: models.QuerySet[ScraperToken]) -> HttpResponse | None:
        if len(queryset) != 1:
            self.message_user(request, "Choose one token: its new secret is shown once.", messages.WARNING)
            return None
        try:
            secret = renew_token(queryset[0], by=request.user)
        except Refused as refused:
            self.message_user(request, str(refused), messages.WARNING)
            return None
        self.log_change(request, queryset[0], "new secret")
        return self._show(request, queryset[0], secret)


class OutletAliasInline(admin.TabularInline):
    model = OutletAlias
    extra = 1


class OutletDomainInline(admin.TabularInline):
    model = OutletDomain
    extra = 1


@admin.register(Outlet)
class OutletAdmin(admin.ModelAdmin):
    list_display = ["name", "country", "language", "timezone", "is_agency", "terms"]
    list_filter = ["is_agency", "terms", "country", "language"]
    search_fields = ["name", "aliases__name", "domains__domain"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", "country", "timezone", "language", "homepage", "is_agency"]}),
        ("Rights", {"fields": ["terms", "licence", "credit_required", "credit_line", "default_rights"]}),
    ]
    inlines = [OutletAliasInline, OutletDomainInline]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        settle_registry(form.instance)


class EntityAliasInline(admin.TabularInline):
    model = EntityAlias
    extra = 1


class OfficeInline(admin.TabularInline):
    model = Office
    extra = 1


class EntityForm(forms.ModelForm):
    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if free_slug(slug) != slug:
            raise forms.ValidationError("That address is taken, or was another entity's: its feed leads on.")
        return slug


@admin.register(Entity)
class EntityAdmin(admin.ModelAdmin):
    """Entities are merged, split and told apart on the desk, where that can be undone; there their tags follow a change
    of type."""

    form = EntityForm
    list_display = ["name", "type", "description", "country", "wikidata", "shipped"]
    list_filter = ["type", "shipped", "country"]
    search_fields = ["name", "aliases__name", "wikidata"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["distinct_from", "governs"]
    fields = [
        "desk", "name", "slug", "type", "description", "country", "governs", "wikidata", "notes", "source", "distinct_from",
    ]  # fmt: skip
    readonly_fields = ["desk", "source"]
    inlines = [EntityAliasInline, OfficeInline]

    @admin.display(description="On the desk")
    def desk(self, entity: Entity) -> str:
        if entity.pk is None:
            return "–"
        return format_html('<a href="{}">Its page: articles, history, merging</a>', entity.get_absolute_url())

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The address of one that is there stays as it is: feeds and publications know it."""
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*self.readonly_fields, "slug", "type"] if obj else self.readonly_fields


admin.site.unregister(User)


@admin.register(User)
class DeskUserAdmin(UserAdmin):
    """Users are what their groups make them. Only a superuser makes superusers, or hands out single permissions."""

    list_display = ["username", "first_name", "last_name", "desk_groups", "is_active", "is_staff"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="Groups")
    def desk_groups(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        readonly = super().get_readonly_fields(request, obj)
        return readonly if request.user.is_superuser else (*readonly, "is_superuser", "user_permissions")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_delete_permission(request, obj)
