"""The message panel: what went wrong, and all that was sent, so that nothing is lost; or what was done beyond the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime

from articles.actions.history import can_undo
from articles.actions.recording import Conflict
from articles.core.workflow import Status
from articles.models import Article, Attribution, Block, Field, LogEntry, Mention, Proposal, Restriction
from articles.models.texts import block_clean

# What a form field and its verb are called on screen.
SPOKEN = {"do": "Decision", "text": "Value", "words": "Words", "via": "Via"}
# Actions that say that tags are right, without a word on who is meant.
CONFIRMING = ("confirm_tag", "confirm_tags")
DONE = {
    "keep": "Keep the block",
    "drop": "Drop the block",
    "kind": "Change its kind",
    "text": "Correct its words",
    "split": "Split it",
    "join": "Join it with the next",
    "fix": "Correct the fact",
    "forget": "Set it to unknown",
    "confirm": "It is right",
    "reject": "Reject the tag",
    "move": "Put the tag on these words",
    "remove": "Remove the source",
    "correct": "Correct the source",
    "dismiss": "It is none",
    "accept": "Accept the proposal",
    "accept_all": "Accept all proposals",
}


def typed_words(sent: Iterable[tuple[str, Any]]) -> str:
    """What a person wrote into a form, of all that it sent."""
    return "\n".join(value for name, value in sent if name in {"words", "text", "name", "reason"} and value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A sentence, what was sent and where to, and in a lost race the conflict."""

    article: Article
    sentence: str
    sent: list[tuple[str, str]]
    sent_to: str
    conflict: Conflict | None = None

    @property
    def can_insist(self) -> bool:
        """Whether sending the same again would help: the row is there, and it is no step that is closed now."""
        return bool(self.conflict and self.conflict.row) and not isinstance(self.conflict.row, Article)

    @property
    def sent_spoken(self) -> list[tuple[str, str]]:
        """What a person sent, in the words of the page."""
        spoken = [("Undo", self.conflict.asked.summary)] if self.conflict and self.conflict.asked else []
        for name, value in self.sent:
            if value and name not in {"start", "end", "everywhere", "at", "number", "entity"}:
                spoken.append((SPOKEN.get(name, name.capitalize()), DONE.get(value, value) if name == "do" else value))
        return spoken

    @property
    def sent_words(self) -> str:
        """What a person typed, to be shown again when it could not be taken."""
        return typed_words(self.sent)

    @property
    def theirs(self) -> str:
        """In a conflict: what stands there now, in words."""
        row = self.conflict.row if self.conflict else None
        match row:
            case Block():
                kept = "kept" if row.kept else "removed"
                words = block_clean(self.article, row, self.article.edits.all()).text
                return f"{row.about.label}, {kept} ({row.reason}): {words}"
            case Field():
                return f"{row.about.label}: {row.shown or 'unknown'} ({row.reason})"
            case Attribution():
                return f"{row.about.label}: {row.name or 'unknown'} ({row.decision})"
            case Restriction():
                return f"{row.about.label}, {row.get_scope_display()} ({row.decision}): {row.text}"
            case Mention():
                return f"{row.surface}: {row.type}, {row.state}"
            case Proposal():
                return f"{row.about.label} ({row.reason}): {row.state}"
            case Article():
                return f"{Status(row.status).label}, last changed by {row.last_editor or 'the machine'}"
            case LogEntry():
                return f"{row.person or 'the machine'} {row.summary}, at {date_format(localtime(row.at), 'H:i:s')}"
            case None:
                return ""
        return str(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What somebody did that the panels do not show by themselves, and the entry that takes it back."""

    entry: LogEntry

    @property
    def sentence(self) -> str:
        if self.entry.undoes:
            return f"Taken back: {self.entry.summary.rpartition('; ')[2]}."
        return f"You {self.entry.summary}."

    @property
    def undoable(self) -> bool:
        return can_undo(self.entry)


def done_by(entry: LogEntry) -> Done | None:
    """What is to be said of an action: that it changed the registry of entities, or left open who is meant."""
    steps = [*entry.changes, *(entry.undoes.changes if entry.undoes else ())]
    registry = any(step["model"] == "entity" for step in steps)
    return Done(entry=entry) if registry or (entry.action in CONFIRMING and _left_open(entry)) else None


def _left_open(entry: LogEntry) -> bool:
    """Whether a tag that was confirmed leads to nobody, since several bear the name."""
    rows = Mention.objects.filter(pk__in=[step["pk"] for step in entry.changes if step["model"] == "mention"])
    return rows.filter(state="confirmed", entity=None).exclude(candidate="").exists()
