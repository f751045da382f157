"""How sure the machine is of a verdict, in a word: the one place that says from where on."""

from typing import Literal

Level = Literal["certain", "likely", "unsure"]

# Of the verdicts shown as certain, 99 of 100 shall be right (tests/corpus/test_pages.py holds it to that); below UNSURE a
# person looks first.
CERTAIN = 0.95
UNSURE = 0.75


def level(confidence: float) -> Level:
    """The word for a confidence in [0, 1]."""
    if confidence >= CERTAIN:
        return "certain"
    return "likely" if confidence >= UNSURE else "unsure"
