"""Who stands behind a text, with the words that prove it, and what may be done with it."""

from articles.core.attribution.chain import find
from articles.core.attribution.rights import restrictions
from articles.core.attribution.table import CONSTRAINTS, ROLES

__all__ = ["CONSTRAINTS", "ROLES", "find", "restrictions"]
