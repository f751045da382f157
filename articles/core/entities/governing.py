"""Names of countries and capitals that mean who governs there: tags on an organisation, and on another entity.

The words of each mention are told apart in ``senses``. What they leave open is answered by what people said of the name on
other articles, or by the article where it mostly means the place; else an editor is asked, once a name.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from articles.core.entities.matcher import Index
from articles.core.entities.senses import Sense, governs
from articles.core.folding import key
from articles.core.values import KnownEntity, Learned, Mention

# Of names that the words call a government so many are one, at least (tests/corpus/sense_floors.json).
SURE = 0.95
# Where only what people said of the name elsewhere says so, it is no more than likely.
REMEMBERED = 0.75


def governed(mentions: Sequence[Mention], index: Index, learned: Learned) -> list[Mention]:
    """The mentions of an article, those that mean who governs as organisations, with the government as their entity where
    nobody else bears the name and one alone governs."""
    votes = Counter[tuple[str, str]]((_name(one), one.sense) for one in mentions if one.sense)
    return [_meant(one, _sense(one, votes, learned), index) if one.sense else one for one in mentions]


def _name(mention: Mention) -> str:
    return mention.entity or key(mention.surface)


def _sense(mention: Mention, votes: Counter[tuple[str, str]], learned: Learned) -> Sense:
    name, said = _name(mention), key(mention.surface)
    if mention.sense == "power" and "organisation" in learned.unwanted.get(said, ()):
        return "place"
    if mention.sense != "open":
        return mention.sense
    if said in learned.senses:
        return learned.senses[said]
    return "place" if votes[name, "place"] > votes[name, "power"] else "open"


def _meant(mention: Mention, sense: Sense, index: Index) -> Mention:
    if sense != "power":
        return replace(mention, sense=sense)
    sure = SURE if mention.sense == "power" else REMEMBERED
    found = governments(governs(mention.surface), index) if mention.entity else ()
    return replace(
        mention,
        type="organisation",
        sense=sense,
        score=min(mention.score, sure),
        entity=found[0].name if len(found) == 1 and not found[0].ambiguous else None,
    )


def governments(codes: Iterable[str], index: Index) -> tuple[KnownEntity, ...]:
    """Who governs these countries, of the registry; nobody where the government of one of them is not known."""
    found = [index.governments.get(code, ()) for code in codes]
    return tuple(one for some in found for one in some) if all(found) else ()
