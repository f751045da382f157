"""Made-up people and articles. An article comes in as everything comes in: through an upload, read by the machine."""

import importlib
from collections.abc import Iterator
from typing import Any

import factory
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.db import connection, transaction
from factory.django import DjangoModelFactory

from articles.actions import blocks, workflow
from articles.core.values import Given
from articles.core.workflow import Status
from articles.intake.uploads import Item, receive
from articles.models import (
    Article,
    Block,
    Entity,
    EntityAlias,
    Membership,
    Office,
    Outlet,
    OutletAlias,
    OutletDomain,
    Proposal,
    Receipt,
    Relation,
    Upload,
)

PASSWORD = "a-good-password-for-tests"

# One article with everything in it: a caption with its credit, a quotation that is never closed, a right, boilerplate.
TEXT = """Environnement
Le port de Lorval rouvre aux bateaux de pêche
Par Jeanne Morvan
Publié le 14 mars 2024 à 09h30
Le quai de Lorval, en mars 2024. © Awa Thioune, Hélios Presse
LORVAL - Le port de Lorval a rouvert lundi après trois semaines de travaux, a annoncé la mairie dans un communiqué. \
Les bateaux de pêche sont revenus dès l'aube, sous la pluie.
« Nous attendions ce jour depuis longtemps », a déclaré Emmanuel Macron devant les pêcheurs réunis sur le quai. \
Il a rappelé que les travaux avaient coûté deux millions d'euros.
Selon l'Agence France-Presse, la pêche emploie encore quatre cents personnes dans la région. \
Emmanuel Macron a promis de revenir à Paris avec des réponses.
« Les travaux continueront au printemps, a dit le maire, sur la digue du nord, où les vagues ont emporté \
plusieurs blocs de pierre pendant l'hiver.
Partager sur Facebook
Abonnez-vous à notre newsletter
Lire aussi : La digue du nord attend ses pierres
Commentaires (3)
Mentions légales : revente interdite
"""

PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Le marché de Bréval déménage | Le Courrier</title>
<link rel="canonical" href="https://courrier.example/marche">
<script>alert("never")</script><style>p { color: red }</style></head>
<body><nav><a href="/">Accueil</a> <a href="/sport">Sport</a></nav>
<article><h1>Le marché de Bréval déménage</h1>
<p>Par Louis Kerbrat</p>
<p>Le marché du samedi quittera la place de l'église à partir du mois de mai, a décidé le conseil municipal de
<b>Bréval</b> après deux ans de discussions avec les commerçants et les habitants du quartier.</p>
<p>Les étals s'installeront sous les halles &amp; sur le parvis de la gare, où la circulation sera coupée le matin. La
mairie promet des emplacements plus larges pour les maraîchers.</p></article>
<footer><p>Mentions légales : revente interdite</p></footer></body></html>
"""


class UserFactory(DjangoModelFactory):
    """A person: ``editor=True``, ``chief=True``, ``admin=True``, ``reader=True`` (may look only); by default a stranger,
    who may nothing."""

    class Meta:
        model = User
        django_get_or_create = ("username",)

    class Params:
        editor = factory.Trait(desk="editor")
        chief = factory.Trait(desk="chief editor")
        admin = factory.Trait(desk="admin", is_staff=True)
        reader = factory.Trait(desk="-view_article")
        stranger = factory.Trait(desk="")

    username = factory.Sequence(lambda n: f"person{n}")
    desk = ""

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, desk: str = "", **kwargs: Any) -> User:
        user = super()._create(model_class, *args, **kwargs)
        if user.password:
            return user  # was there before; a new password would end the sessions
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        if desk.startswith("-"):
            user.user_permissions.add(Permission.objects.get(codename=desk[1:]))
        elif desk:
            user.groups.add(Group.objects.get(name=desk))
        return user


class OutletFactory(DjangoModelFactory):
    class Meta:
        model = Outlet

    name = factory.Sequence(lambda n: f"Le Phare de Lorval {n}")
    slug = factory.Sequence(lambda n: f"phare-{n}")
    timezone = "Europe/Paris"
    language = "fr"


class EntityFactory(DjangoModelFactory):
    class Meta:
        model = Entity

    name = factory.Sequence(lambda n: f"Comité du quai {n}")
    slug = factory.Sequence(lambda n: f"comite-{n}")
    type = "organisation"


class UploadFactory(factory.Factory):
    """An upload of items; each is a text, bytes, or an Item."""

    class Meta:
        model = Upload

    by = factory.SubFactory(UserFactory, editor=True)
    items = ()

    @classmethod
    def _create(cls, model_class: type[Upload], *args: Any, by: User, items: Any, **kwargs: Any) -> Upload:
        return receive([as_item(thing, number) for number, thing in enumerate(items)], by=by)


def as_item(thing: Any, number: int = 0) -> Item:
    if isinstance(thing, Item):
        return thing
    return Item(name=f"item-{number}.txt", content=thing.encode() if isinstance(thing, str) else thing)


class ArticleFactory(factory.Factory):
    """An article that came in by an upload, as ``text`` or as bytes (``content``). The texts of most tests are nearly
    the same: only with ``together`` does it stay in the story that the desk puts it into, and related to the others."""

    class Meta:
        model = Article

    by = factory.SubFactory(UserFactory, editor=True, username="scout")
    number = factory.Sequence(lambda n: n)
    text = factory.LazyAttribute(lambda made: TEXT.replace("bateaux", f"{made.number + 2} bateaux", 1))
    content = None
    url = ""
    outlet = ""
    together = False

    @classmethod
    def _create(cls, model_class: type[Article], *, by: User, text: str, content: bytes | None, **how: Any) -> Article:
        data = text.encode() if content is None else content
        return Article.objects.get(pk=bring_in(by, content=data, **how))


def bring_in(by: User, *, number: int, content: bytes, url: str, outlet: str, together: bool) -> int:
    """Bring an article in; its key. Tests may lay down the same rows again in its place (see ``kept``)."""
    upload = receive([Item(name=f"article-{number}.txt", content=content, given=Given(url=url, outlet=outlet))], by=by)
    receipt = upload.receipts.get()
    assert receipt.outcome == Receipt.CREATED, receipt.message
    if not together:
        Membership.objects.filter(story__members__article=receipt.article_id).delete()
        Relation.objects.of(receipt.article_id).delete()
    return receipt.article_id


WAYS = {
    ("new", False): (),
    ("in_review", False): ("edit",),
    ("ready", False): ("submit",),
    ("sent_back", False): ("submit", "send_back"),
    ("rejected", False): ("reject",),
    ("approved", True): ("submit", "approve"),
    ("retracted", False): ("submit", "approve", "retract"),
    ("in_review", True): ("submit", "approve", "edit"),
    ("ready", True): ("submit", "approve", "edit", "submit"),
    ("sent_back", True): ("submit", "approve", "edit", "submit", "send_back"),
}


def make_article(*, status: str = "new", live: bool | None = None, **kwargs: Any) -> Article:
    """An article that went its real way to a status; ``live``: with a publication that stands in public."""
    article = ArticleFactory(**kwargs)
    editor, chief = UserFactory(editor=True, username="ed"), UserFactory(chief=True, username="chef")
    if live is None:
        live = status == "approved"
    for step in WAYS[status, live]:
        if step == "edit":
            edit(article, by=editor)
            continue
        by = chief if step in {"approve", "send_back", "retract"} else editor
        workflow.move(article, step, by=by, seen=article.version, reason="as the test wants it")
    assert (article.status, article.live) == (Status(status), live)
    return article


def edit(article: Article, *, by: User) -> Block:
    """Some change that leaves the article fit to be published: its last removed block is kept, or dropped again."""
    last = article.blocks.order_by("-start").first()
    return blocks.flip_block(article, last.pk, by=by, seen=article.version)


def block_with(article: Article, words: str) -> Block:
    """The block in which these words stand."""
    at = article.raw_text.index(words)
    return article.blocks.get(start__lte=at, end__gt=at)


def propose(article: Article, words: str, kind: str, **values: Any) -> Proposal:
    """A proposal to read these words as another kind."""
    at = article.raw_text.index(words)
    said = {"reason": "learned", "confidence": 0.8, "decided_by": "model", "version": article.version} | values
    return article.proposals.create(
        start=at, end=at + len(words), was=block_with(article, words).kind, kind=kind, **said
    )


def covers_raw_once(article: Article) -> bool:
    """Whether the ledger covers every character of raw exactly once."""
    at = 0
    for start, end in article.blocks.order_by("start").values_list("start", "end"):
        if start != at or end <= start:
            return False
        at = end
    return at == len(article.raw_text)


def cast() -> Iterator[tuple[str, str]]:
    """The named people of the tests, each with the trait that makes them."""
    yield from (
        ("ana", "editor"),
        ("bea", "editor"),
        ("claire", "chief"),
        ("dov", "admin"),
        ("rita", "reader"),
        ("stan", "stranger"),
    )


def person(username: str) -> User:
    """Somebody of the cast."""
    return UserFactory(username=username, first_name=username.capitalize(), **{dict(cast())[username]: True})


def keep_standing_data() -> None:
    """Copy what the migrations put into the tables of the registry, for ``restore_standing_data``."""
    with connection.cursor() as cursor:
        for table, copy in _copies():
            cursor.execute(f"CREATE TABLE {copy} AS SELECT * FROM {table}")  # noqa: S608


def restore_standing_data() -> None:
    """Groups and registry, as the migrations made them: a test with real transactions empties the database."""
    if not Group.objects.exists():
        groups = importlib.import_module("articles.migrations.0002_groups").GROUPS
        later = ("0005_override_rights", "0007_who_adds_outlets", "0012_api", "0015_entity_keys_filled")
        granted = [importlib.import_module(f"articles.migrations.{name}").GRANTED for name in later]
        for name, codenames in groups.items():
            wanted = [*codenames, *(codename for more in granted for codename in more.get(name, ()))]
            Group.objects.create(name=name).permissions.set(
                Permission.objects.filter(codename__in=wanted, content_type__app_label__in=("articles", "auth"))
            )
    if not Entity.objects.exists():
        with transaction.atomic(), connection.cursor() as cursor:
            for table, copy in _copies():
                cursor.execute(f"INSERT INTO {table} SELECT * FROM {copy}")  # noqa: S608


def _copies() -> list[tuple[str, str]]:
    """The tables of the registry, each with the name of its copy."""
    tables = [model._meta.db_table for model in (Outlet, OutletAlias, OutletDomain, Entity, EntityAlias, Office)]
    return [(table, f"standing_{table}") for table in tables]


assert not settings.DEBUG, "Tests run as production does."
