"""What stands beside the fields and the links of an article: the picture, the line of dates, offers, and one key."""

from collections.abc import Callable, Sequence
from functools import cached_property

from articles.actions.borrowing import SiblingFact, sibling_facts
from articles.actions.facts import settled_by_all
from articles.actions.outlets import Unknown, unknown_outlets
from articles.actions.remembering import memory_of
from articles.core.entities.linking import telling
from articles.core.recalled import REMEMBERED
from articles.models import Article, Attribution, Field, RememberedFact
from articles.views.panels.chain import Step, steps
from articles.views.panels.dates import DatesPanel
from articles.views.panels.linking import Signer, signers


class FactsPanel:
    """Made from the rows that the page shows anyway; ``at`` says in which block a point of raw stands."""

    def __init__(
        self,
        article: Article,
        *,
        fields: Sequence[Field],
        links: Sequence[Attribution],
        at: Callable[[int | None], str],
    ) -> None:
        self.article, self.links = article, links
        self.published = next((row for row in fields if row.name == "published"), None)
        self.at = at

    @cached_property
    def dates(self) -> DatesPanel:
        return DatesPanel(self.article.dates, self.published, at=self.at)

    @cached_property
    def siblings(self) -> list[SiblingFact]:
        """Facts of other articles about the same event that this one lacks."""
        return sibling_facts(self.article)

    @cached_property
    def chain(self) -> list[Step]:
        return steps(self.links)

    @cached_property
    def unknown_outlets(self) -> list[Unknown]:
        return unknown_outlets(self.article, self.links)

    @cached_property
    def signers(self) -> list[Signer]:
        """Who signs the article and bears the name of an entity."""
        return signers(self.article, self.links, words=telling(self.article.clean_text))

    @cached_property
    def settled_at_once(self) -> int:
        """How many facts and links one key would confirm."""
        fields, links = settled_by_all(self.article)
        return len(fields) + len(links)


def mark_remembered(article: Article, rows: Sequence[Field] | Sequence[Attribution]) -> None:
    """Tell each row whether it can be remembered for the outlet (``recurs``) and whether it is (``is_remembered``)."""
    facts = RememberedFact.objects.filter(outlet__name=memory_of(article))
    known = set(facts.values_list("about", "value"))
    for row in rows:
        about, value = (row.name, row.shown) if isinstance(row, Field) else (row.role, row.name)
        row.recurs = about in REMEMBERED  # type: ignore[union-attr]
        row.is_remembered = (about, value) in known  # type: ignore[union-attr]
