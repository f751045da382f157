"""The questions panel: what is still open on an article, counted and in words."""

from dataclasses import dataclass

PLURAL = {"question about the text": "questions about the text"}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsPanel:
    """``counts``: how many questions are open of each sort, with the word for one of them. ``hidden``: whether there may be
    more, which hang on tags that are hidden from this person."""

    counts: list[tuple[int, str]]
    hidden: bool = False

    @property
    def total(self) -> int:
        return sum(count for count, _ in self.counts)

    @property
    def unseen(self) -> bool:
        """Whether no question is open but those that may hang on hidden tags."""
        return self.hidden and not self.total

    @property
    def words(self) -> list[str]:
        """What is open: "2 unknown facts", "1 suggested tag"."""
        return [
            f"{count} {word if count == 1 else PLURAL.get(word, f'{word}s')}" for count, word in self.counts if count
        ]
