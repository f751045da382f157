"""The recognisers in the place of ours: pipelines that an administrator installed (ENTITY_MODEL), and weights that the
desk's own decisions taught (ENTITY_WEIGHTS)."""

from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from articles.core.entities.pipelines import recogniser_of
from articles.core.entities.trained import WeightsError, opened
from articles.core.values import Recogniser


def desk_recognisers() -> dict[str, Recogniser]:
    """Language -> what reads it, a pipeline before weights; each is loaded once a process, and weights again when they
    were taught anew. ImproperlyConfigured, a sentence, for one that cannot be loaded."""
    return {**_own(), **dict(_loaded(name) for name in settings.ENTITY_MODEL)}


def _own() -> dict[str, Recogniser]:
    if settings.ENTITY_WEIGHTS is None:
        return {}
    files = sorted(Path(settings.ENTITY_WEIGHTS).glob("*.npz"))
    return {path.stem: _weights(path, path.stat().st_mtime_ns) for path in files}


@lru_cache(maxsize=8)
def _weights(path: Path, changed: int) -> Recogniser:
    """The recogniser in a file as it was at that moment."""
    try:
        with path.open("rb") as file:
            return opened(file)
    except (WeightsError, OSError) as error:
        raise ImproperlyConfigured(f"ENTITY_WEIGHTS has {path}, which cannot be used: {error}.") from error


@cache
def _loaded(name: str) -> tuple[str, Recogniser]:
    """A pipeline by its name or folder, with its own language."""
    try:
        pipeline = import_module("spacy").load(name)
    except ImportError as missing:
        raise ImproperlyConfigured(
            f"ENTITY_MODEL names {name}, but spaCy is not installed: pip install spacy."
        ) from missing
    except OSError as missing:
        raise ImproperlyConfigured(
            f"ENTITY_MODEL names {name}, which is neither an installed pipeline nor a folder: {name}."
        ) from missing
    return pipeline.lang, recogniser_of(pipeline)
