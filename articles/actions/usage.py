"""What a publication says of its rights: to readers, to editors who look back, and to machines."""

from typing import Any

from articles.actions.gating import BACKING, home_of, settled
from articles.core.gate import Gate
from articles.core.safe_html import printable
from articles.models import Article

# Roles that machines are told of as sources of the information.
SOURCES = ("publisher", "republished_from", "agency", "cited", "copyright_holder")


def rights_of(article: Article, gate: Gate) -> list[dict[str, Any]]:
    """Restrictions as written, each with what came of it, then what the outlets' own terms added."""
    rows = {row.pk: row for row in article.rights.all()}
    found = []
    for verdict in gate.verdicts:
        row = rows[verdict.claim] if verdict.claim is not None else None
        found.append(
            {
                "text": printable(row.text) if row else "",
                "constraint": row.constraint if row else "",
                "scope": row.scope if row else "text",
                "details": row.details if row else {},
                "effect": verdict.effect,
                "said": printable(verdict.said),
                "basis": verdict.basis,
            }
        )
    return found


def usage_of(article: Article, gate: Gate) -> dict[str, Any]:
    """Who holds the rights, what must be printed and what may be done: for machines to read. Nothing is made up."""
    links = [link for link in article.attribution.all() if settled(link)]
    holder = ", ".join(dict.fromkeys(link.name for link in links if link.role == "copyright_holder"))
    terms = [row.text for row in article.rights.filter(scope="text").exclude(decision="dismissed")]
    outlets = {link.outlet for link in links if link.outlet and link.role in BACKING and link.outlet.default_rights}
    terms += [" ".join(outlet.default_rights.split()) for outlet in sorted(outlets, key=lambda one: one.name)]
    return {
        "holder": printable(holder),
        "notice": printable(f"© {holder}") if holder else "",
        "credit": printable(", ".join(gate.credits)),
        "licence": dict(gate.licence),
        "terms": [printable(words) for words in dict.fromkeys(terms)],
        "sources": [
            {
                "name": printable(link.name),
                "role": link.role,
                "home": home_of(link),
            }
            for link in links
            if link.role in SOURCES
        ],
    }
