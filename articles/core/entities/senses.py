"""Place or power: whether the name of a country or capital means where it lies, or who governs there."""

import re
from typing import Literal

from articles.core.entities import words as w
from articles.core.folding import fold

Sense = Literal["", "place", "power", "open"]
# What stands directly before the name, folded; longer first. "de Rabat" tells nothing.
_AT = (
    r"(?:\b(?:a|en|au|aux|vers|dans|depuis|pres de|pres d'|autour de|a travers|nord de|sud de|est de|ouest de|ville de|"
    r"capitale|quartier de|aeroport de|habitants de|rues de|in|at|near|from|across|outside|inside|around|through|to|"
    r"north of|south of|east of|west of|streets of|city of|capital of)"
    r"(?: (?:le|la|les|l'|the))? ?)$"
)
_WITH = (
    r"(?:\b(?:avec|selon|par|contre|envers|vis-a-vis de|aupres de|accuse|accusent|accusant|appelle|exhorte|with|against|"
    r"according to|by|accuses|accused|urges|urged|tells|told|ambassadeur de|ambassadeur d'|gouvernement de|"
    r"pourparlers entre|relations entre|accord entre|tensions entre|talks between|relations between|ties between)"
    r"(?: (?:le|la|les|l'|the))? ?)$"
)
_ACTS = (
    r"^(?:,? ?(?:a|ont|avait|avaient|n'a|n'ont|s'est|se sont|qui a|has|have|had))? ?(?:rompu|"
    r"signe|annonce|declare|accuse|accusent|"
    r"denonce|denoncent|exige|exigent|refuse|refusent|rejette|rejettent|affirme|affirment|dement|condamne|condamnent|menace|menacent|"
    r"negocie|negocient|reconnait|reconnaissent|soutient|soutiennent|reclame|reclament|promet|assure|estime|juge|s'oppose|"
    r"s'inquiete|reagit|a reagi|convenu|decide|expulse|rappele|propose|demande|demandent|veut|veulent|denied|denies|says|"
    r"said|announced|accused|accuses|signed|rejected|rejects|condemned|warned|warns|demands|wants|agreed|refused|expelled|"
    r"recalled|threatens|insists|backs|supports)\b"
)
AT, WITH, ACTS = re.compile(_AT), re.compile(_WITH), re.compile(_ACTS)
NEAR = 40


def sense(text: str, start: int, end: int) -> Sense:
    """What a country or capital at ``[start, end)`` means, told from the words beside it; "open" where they say nothing."""
    before = fold(text[max(0, start - NEAR) : start]).replace("\n", " ")
    after = fold(text[end : end + NEAR])
    if AT.search(before):
        return "place"
    if WITH.search(before) or ACTS.match(after.lstrip()):
        return "power"
    return "open"


def governs(surface: str) -> bool:
    """Whether a name is that of a country or capital, which papers use for a government."""
    return fold(surface) in w.powers()
