"""The rights panel, and the rights on the approval page: each restriction with what comes of it."""

from functools import cached_property
from typing import Any

from articles.actions.gating import gate_of
from articles.actions.publishing import Snapshot, excerpt_of
from articles.actions.recording import Person
from articles.core.attribution import CONSTRAINTS, LICENCES, SCOPES
from articles.core.gate import Gate
from articles.core.verdicts import TREATMENTS, TreatmentRow, Verdict
from articles.models import Article, Restriction


class RightsPanel:
    """``rows`` are the restrictions that stand, each with ``verdict``: what comes of it at approval."""

    constraints = list(CONSTRAINTS.values())
    scopes = list(SCOPES.items())
    licences = list(LICENCES.values())

    def __init__(self, article: Article, rows: list[Any], user: Person) -> None:
        self.article = article
        self.rows = rows
        self.user = user
        verdicts = {one.claim: one for one in self.gate.verdicts}
        for row in rows:
            row.verdict = verdicts.get(row.pk)

    @cached_property
    def gate(self) -> Gate:
        return gate_of(self.article)

    @property
    def terms(self) -> list[Verdict]:
        """What the outlets behind the text allow or ask by default."""
        return [one for one in self.gate.verdicts if one.claim is None]

    @cached_property
    def dismissed(self) -> list[Restriction]:
        return list(self.article.rights.filter(decision="dismissed").select_related("decided_by"))

    @cached_property
    def treatments(self) -> list[tuple[TreatmentRow, str]]:
        """The ways around what bars the full text, each with what bars that way too; empty where nothing does."""
        if not self.gate.bars:
            return []
        return [
            (row, " ".join(dict.fromkeys(self.gate.unsettled(row.name))))
            for row in TREATMENTS.values()
            if row.name != "full" and (not row.permission or self.user.has_perm(f"articles.{row.permission}"))
        ]

    @property
    def shut(self) -> bool:
        """Whether no way of approving it is open to this person now."""
        return bool(self.gate.bars) and all(bar for _, bar in self.treatments)

    def excerpt(self, made: Snapshot) -> Snapshot | None:
        """The publication as an excerpt, where that way is open."""
        return None if self.gate.unsettled("excerpt") else excerpt_of(self.article, made)
