"""Whether two names may be one outlet's: "Radio J." and "Radio J", "The Guardian" and "Guardian", "lemonde.fr"."""

import re
from collections.abc import Iterable, Sequence

from articles.core.folding import fold

ARTICLES = ("the ", "le ", "la ", "les ", "l'", "el ", "los ", "las ", "il ", "lo ", "der ", "die ", "das ", "o ", "al-")
# The end of an address, where a name is one.
ADDRESS = re.compile(r"^(?:www\.)?([\w-]{2,})\.(?:[a-z]{2,3}\.)?[a-z]{2,6}$")
# Shorter names are like too many others.
SHORTEST = 3


def loose(name: str) -> str:
    """A name as it is compared with others: folded, without its article, its marks and the end of an address; empty
    where too little is left to compare."""
    folded = " ".join(fold(name).split())
    if address := ADDRESS.match(folded):
        folded = address[1]
    for article in ARTICLES:
        if folded.startswith(article):
            folded = folded.removeprefix(article)
            break
    bare = "".join(char for char in folded if char.isalnum())
    return bare if len(bare) >= SHORTEST else ""


def alike[T](name: str, known: Iterable[tuple[T, Sequence[str]]]) -> list[T]:
    """Those of ``known`` (an outlet, its names and domains) that bear a name which may be the same, in their order."""
    wanted = loose(name)
    return [outlet for outlet, names in known if wanted and any(loose(each) == wanted for each in names)]
