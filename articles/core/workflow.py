"""Statuses and the ways between them: one table, from which the buttons, the checks and the tests are made."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Status(StrEnum):
    NEW = "new"
    IN_REVIEW = "in_review"
    READY = "ready"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETRACTED = "retracted"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Status.NEW: "New",
    Status.IN_REVIEW: "In review",
    Status.READY: "Ready",
    Status.SENT_BACK: "Sent back",
    Status.APPROVED: "Approved",
    Status.REJECTED: "Rejected",
    Status.RETRACTED: "Retracted",
}

# Work that somebody still has to do, in the order in which the queue shows it.
WAITING = (Status.SENT_BACK, Status.NEW, Status.IN_REVIEW, Status.READY)

# What an edit does to the status. A status that is missing here cannot be edited.
AFTER_EDIT = {
    Status.NEW: Status.IN_REVIEW,
    Status.IN_REVIEW: Status.IN_REVIEW,
    Status.SENT_BACK: Status.IN_REVIEW,
    Status.READY: Status.READY,
    Status.APPROVED: Status.IN_REVIEW,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A row of TRANSITIONS. ``permission`` is the codename of a permission on articles; ``public`` says whether it needs
    something in public ("live"), needs nothing there ("none"), or does not care; ``undone_by`` takes it back."""

    name: str
    label: str
    sources: frozenset[Status]
    target: Status
    permission: str
    needs_reason: bool = False
    four_eyes: bool = False
    public: Literal["live", "none", "any"] = "any"
    tone: Literal["main", "plain", "danger"] = "plain"
    undone_by: str = ""
    done: str = ""

    def leads_from(self, status: str, *, live: bool) -> bool:
        """Whether this way is open from a status, for an article that is in public or not."""
        fits = {"live": live, "none": not live, "any": True}[self.public]
        return status in self.sources and fits


TRANSITIONS: dict[str, Transition] = {
    transition.name: transition
    for transition in (
        Transition(
            name="submit",
            label="Submit for approval",
            sources=frozenset({Status.NEW, Status.IN_REVIEW, Status.SENT_BACK}),
            target=Status.READY,
            permission="review_article",
            tone="main",
            undone_by="withdraw",
            done="submitted it for approval",
        ),
        Transition(
            name="approve",
            label="Approve and publish",
            sources=frozenset({Status.READY}),
            target=Status.APPROVED,
            permission="approve_article",
            four_eyes=True,
            tone="main",
            undone_by="retract",
            done="approved it",
        ),
        Transition(
            name="send_back",
            label="Send back",
            sources=frozenset({Status.READY}),
            target=Status.SENT_BACK,
            permission="approve_article",
            needs_reason=True,
            undone_by="submit",
            done="sent it back",
        ),
        Transition(
            name="withdraw",
            label="Take back to review",
            sources=frozenset({Status.READY}),
            target=Status.IN_REVIEW,
            permission="review_article",
            undone_by="submit",
            done="took it back to review",
        ),
        Transition(
            name="reject",
            label="Reject",
            sources=frozenset({Status.NEW, Status.IN_REVIEW, Status.READY, Status.SENT_BACK}),
            target=Status.REJECTED,
            permission="review_article",
            needs_reason=True,
            public="none",
            tone="danger",
            undone_by="reopen",
            done="rejected it",
        ),
        Transition(
            name="reopen",
            label="Reopen",
            sources=frozenset({Status.REJECTED, Status.RETRACTED}),
            target=Status.IN_REVIEW,
            permission="review_article",
            undone_by="reject",
            done="reopened it",
        ),
        Transition(
            name="retract",
            label="Retract",
            sources=frozenset({Status.APPROVED, Status.IN_REVIEW, Status.READY, Status.SENT_BACK}),
            target=Status.RETRACTED,
            permission="retract_article",
            needs_reason=True,
            public="live",
            tone="danger",
            undone_by="reopen",
            done="retracted it",
        ),
    )
}
