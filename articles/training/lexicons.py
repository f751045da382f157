"""What is known of single words, written anew from open libraries: clusters of names, and what a French word is.

Sources: spacy-lookups-data (MIT licence) for Brown clusters of English, Spanish and German, whose newspapers name the same
persons, places and organisations as French ones do, and for the French lemmas and forms; wordfreq (Apache License 2.0,
data CC BY-SA 4.0) only says which French forms are frequent enough to be kept.
"""

import gzip
import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from wordfreq import get_frequency_dict

from articles.core.entities.known import CLASSES, LANGUAGES
from articles.training.packing import save

# A French form counts from so often in a thousand million words on.
FREQUENT = 100
LONGEST = 24


def written(folder: Path) -> dict[str, int]:
    """Write the tables to ``folder``; how many words each holds. The same libraries give the same bytes."""
    clusters, forms = _clusters(), _forms()
    names, words = sorted(clusters), sorted(forms)
    ids = sorted({number for row in clusters.values() for number in row})
    column = {number: at for at, number in enumerate(ids)}
    rows = np.array([[column[number] for number in clusters[name]] for name in names], np.uint16)
    folder.mkdir(parents=True, exist_ok=True)
    save(folder / "clusters.npz", {"words": _lines(names), "at": rows, "ids": np.array(ids, np.uint32)})
    save(
        folder / "lexicon.npz", {"words": _lines(words), "classes": np.array([forms[word] for word in words], np.uint8)}
    )
    return {"clusters": len(names), "lexicon": len(words)}


def _table(name: str) -> Any:
    with gzip.open(str(files("spacy_lookups_data") / "data" / f"{name}.json.gz")) as file:
        return json.load(file)


def _lines(words: Iterable[str]) -> Any:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def _clusters() -> dict[str, tuple[int, ...]]:
    """Capitalised words that two of the languages know at least -> their cluster in each, 0 where there is none."""
    tables = [_table(f"{language}_lexeme_cluster") for language in LANGUAGES]
    counted: dict[str, int] = {}
    for table in tables:
        for word, cluster in table.items():
            if cluster and word[:1].isupper() and len(word) <= LONGEST and word.replace("-", "").isalpha():
                counted[word] = counted.get(word, 0) + 1
    return {word: tuple(table.get(word, 0) for table in tables) for word, count in counted.items() if count > 1}


def _forms() -> dict[str, int]:
    """Frequent French forms in lower case -> bits, one for each of CLASSES that they may be."""
    lemmas = {kind: set(words) for kind, words in _table("fr_lemma_index").items()}
    inflected, lemma_of = _table("fr_lemma_exc"), _table("fr_lemma_lookup")

    def bits(form: str) -> int:
        known = lemma_of.get(form)
        lemma = known if isinstance(known, str) else known[0] if known else ""
        return sum(
            1 << at
            for at, kind in enumerate(CLASSES)
            if form in lemmas[kind] or form in inflected.get(kind, ()) or lemma in lemmas[kind]
        )

    frequent = (word for word, share in get_frequency_dict("fr", "best").items() if share * 1e9 >= FREQUENT)
    forms = {
        word: bits(word) for word in frequent if word.islower() and word.replace("-", "").isalpha() and len(word) > 1
    }
    return {word: found for word, found in forms.items() if found}
