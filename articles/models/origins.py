"""How many independent sources stand behind the articles of a story, from what they share and whom they name."""

from collections import defaultdict
from collections.abc import Sequence

from articles.core.folding import key
from articles.core.similarity import Origin, count_origins
from articles.models.article import Article
from articles.models.facts import Attribution
from articles.models.stories import Relation

# Who a text is taken from. Whom it cites, it asked itself.
SUPPLIERS = ("agency", "republished_from")


def origins_of(articles: Sequence[int]) -> list[Origin[int]]:
    """The origins of these articles, by their keys: three queries. Of a source whose name is lost nothing follows."""
    sources: dict[int, dict[str, str]] = defaultdict(dict)
    links = Attribution.objects.filter(article__in=articles, role__in=SUPPLIERS).exclude(name="")
    for article, name in links.exclude(decision="removed").values_list("article", "name"):
        sources[article].setdefault(key(name), name)
    published = Article.objects.filter(pk__in=articles).exclude(outlet_name="").values_list("pk", "outlet_name")
    relations = Relation.objects.among(list(articles)).standing()
    shared = [(row.one_id, row.two_id, _shared(row)) for row in relations if row.evidence.get("origin")]
    return count_origins(articles, shared=shared, sources=sources, publishers={pk: key(name) for pk, name in published})


def _shared(relation: Relation) -> str:
    run = relation.evidence.get("run")
    if relation.kind in {"same_file", "same_text"}:
        return "the same text"
    return f"{run['words']} words in a row: “{run['text']}”" if run else "whole quotations"
