"""The recognisers that an administrator installed beside the desk: ENTITY_MODEL names them."""

from functools import cache
from importlib import import_module

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from articles.core.entities.pipelines import recogniser_of
from articles.core.values import Recogniser


def desk_recognisers() -> dict[str, Recogniser]:
    """Language -> the pipeline that reads it; each is loaded once a process. ImproperlyConfigured, a sentence, for one
    that cannot be loaded."""
    return dict(_loaded(name) for name in settings.ENTITY_MODEL)


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
