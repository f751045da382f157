"""Who and what a text names: suggestions from the registry and from the words around a name."""

from articles.core.entities.recogniser import find

__all__ = ["find"]
