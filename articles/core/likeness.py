"""Whether two names may be one outlet's: "Radio J." and "Radio J", "The Guardian" and "Guardian", "lemonde.fr"."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from articles.core.folding import fold

ARTICLES = ("the ", "le ", "la ", "les ", "l'", "el ", "los ", "las ", "il ", "lo ", "der ", "die ", "das ", "o ")
# The end of an address, where a name is one.
ADDRESS = re.compile(r"^(?:www\.)?([\w-]{2,})\.(?:[a-z]{2,3}\.)?[a-z]{2,6}$")
# Shorter names are like too many others.
SHORTEST = 3


@lru_cache(maxsize=16384)
def loose(name: str) -> frozenset[str]:
    """A name as it is compared with others, with its article and without: folded, without its marks and the end of an
    address; empty where too little is left to compare."""
    folded = " ".join(fold(name).split())
    if address := ADDRESS.match(folded):
        folded = address[1]
    article = next((each for each in ARTICLES if folded.startswith(each)), "")
    bare = {"".join(filter(str.isalnum, each)) for each in (folded, folded.removeprefix(article))}
    return frozenset(each for each in bare if len(each) >= SHORTEST)


def alike[T](name: str, known: Iterable[tuple[T, Sequence[str]]]) -> list[T]:
    """Those of ``known`` (an outlet, its names and domains) that bear a name which may be the same, in their order."""
    wanted = loose(name)
    return [outlet for outlet, names in known if any(wanted & loose(each) for each in names)]
