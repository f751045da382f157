"""What an editor waits for: the review page, one key, the queue; and how that grows with the article."""

from collections.abc import Iterator

from django.contrib.auth.models import Group, User
from django.test import Client

from articles.intake.uploads import Item, receive
from articles.management.commands.demo import demo_items
from articles.models import Article
from tests.benchmarks.timing import seconds


def _flip(client: Client, article: Article) -> None:
    article.refresh_from_db()
    block = article.blocks.filter(kind="body").first()
    answer = client.post(
        f"/articles/{article.pk}/blocks/{block.pk}/",
        {"do": "flip", "seen": article.version},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200, answer.content


def run() -> Iterator[str]:
    ana = User.objects.create(username="bench")
    ana.groups.add(Group.objects.get(name="editor"))
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(ana)
    receive(demo_items(), by=ana)
    text = demo_items()[4].content.decode()
    upload = receive([Item(name="long", content="\n\n".join(f"{text}\n{n}." for n in range(40)).encode())], by=ana)
    usual, long = Article.objects.order_by("pk").first(), upload.receipts.get().article
    floor = seconds(lambda: client.get("/healthz"))
    yield f"an empty answer: {floor * 1000:.1f} ms (the baseline)"
    for name, work in (
        ("queue", lambda: client.get("/")),
        (f"review page, {usual.blocks.count()} blocks", lambda: client.get(f"/articles/{usual.pk}/")),
        (f"review page, {long.blocks.count()} blocks", lambda: client.get(f"/articles/{long.pk}/")),
        ("keep or drop a block, usual article", lambda: _flip(client, usual)),
        ("keep or drop a block, long article", lambda: _flip(client, long)),
        ("feed", lambda: client.get("/feeds/rss.xml")),
    ):
        took = seconds(work)
        yield f"{name}: {took * 1000:.0f} ms, {took / floor:.0f} times the baseline"
