"""What the pages of the registry cost when it is large: search, sorting, the page of one entity."""

import random
from collections.abc import Iterator

from django.contrib.auth.models import Group, User
from django.test import Client

from articles.intake.uploads import receive
from articles.management.commands.demo import demo_items
from articles.models import Article, Entity, EntityAlias, Mention
from tests.benchmarks.timing import seconds

ENTITIES, ALIASES, TAGS = 30_000, 100_000, 3_000


def _fill() -> Entity:
    """Made-up names of made-up syllables, and tags of a few of them on every article; the one that is tagged most."""
    chance = random.Random(6)  # noqa: S311
    parts = ["lor", "val", "bré", "ker", "mor", "van", "séné", "gal", "tho", "ri", "el", "bel", "kir", "qua", "ï"]

    def name() -> str:
        return " ".join("".join(chance.choices(parts, k=3)).capitalize() for _ in range(2))

    start = Entity.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    Entity.objects.bulk_create(
        [Entity(name=name(), slug=f"bench-{n}", type=chance.choice(["person", "place"])) for n in range(ENTITIES)],
        batch_size=1000,
    )
    keys = list(Entity.objects.filter(pk__gt=start).values_list("pk", flat=True))
    EntityAlias.objects.bulk_create(
        [EntityAlias(entity_id=chance.choice(keys), name=f"{name()} {n}") for n in range(ALIASES)], batch_size=1000
    )
    articles = list(Article.objects.values_list("pk", flat=True))
    Mention.objects.bulk_create(
        [
            Mention(article_id=chance.choice(articles), start=n, end=n + 1, surface="x", type="event", state="confirmed",
                    entity_id=keys[int(chance.paretovariate(0.6)) % 500], origin="person")
            for n in range(TAGS)
        ],
        batch_size=1000,
    )  # fmt: skip
    return Entity.objects.with_articles().order_by("-article_count").first()


def run() -> Iterator[str]:
    ana = User.objects.create(username="bench")
    ana.groups.add(Group.objects.get(name="editor"))
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(ana)
    receive(demo_items(), by=ana)
    most = _fill()
    yield f"{Entity.objects.count():,} entities, {EntityAlias.objects.count():,} aliases, {TAGS:,} confirmed tags"
    floor = seconds(lambda: client.get("/healthz"))
    for name, address in (
        ("the entities", "/entities/"),
        ("search, found in few", "/entities/?q=lorbelmas+senegal"),
        ("search, found in many", "/entities/?q=lor"),
        ("search, found in none", "/entities/?q=zzzz"),
        ("of our articles, most articles first", "/entities/?show=used&sort=articles"),
        ("all, most articles first", "/entities/?sort=articles"),
        ("names that lead to nobody", "/entities/?show=nameless"),
        (f"the page of one that {most.article_count} articles name", f"/entities/{most.slug}/"),
        ("its feed", f"/feeds/entity/{most.slug}/rss.xml"),
    ):
        took = seconds(lambda address=address: client.get(address))
        yield f"{name}: {took * 1000:.0f} ms, {took / floor:.0f} times the baseline"
