"""Who stands behind a text, with the words that prove it, and what may be done with it."""

from articles.core.attribution.chain import find
from articles.core.attribution.licences import LICENCES
from articles.core.attribution.meaning import CONSTRAINTS, EFFECTS, SCOPES, TERMS
from articles.core.attribution.rights import restrictions
from articles.core.attribution.table import ROLES

__all__ = ["CONSTRAINTS", "EFFECTS", "LICENCES", "ROLES", "SCOPES", "TERMS", "find", "restrictions"]
