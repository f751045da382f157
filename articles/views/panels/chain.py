"""The chain as a picture: from the first source to this desk, one step a row of the table of steps."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.core.folding import key
from articles.models import Attribution

# The steps of the chain from its origin to us, with what each is called where several stand on it.
STEPS = ("cited", "via", "agency", "republished_from", "publisher")
# How many a step shows; the list beneath has them all.
SHOWN = 4
SAYS = {"stated": "stated", "inferred": "inferred", "unknown": "name unknown", "disputed": "disputed"}


@dataclass(slots=True, kw_only=True)
class Node:
    """One who stands in the chain. ``state`` draws its border: what a person stands for is stated."""

    role: str
    name: str
    state: str
    says: str
    link: Attribution | None = None


@dataclass(slots=True, kw_only=True)
class Step:
    """All who stand at the same distance from us; ``more`` of them are only in the list."""

    nodes: list[Node] = field(default_factory=list)
    more: int = 0


def steps(links: Iterable[Attribution]) -> list[Step]:
    """The steps that somebody stands on, and the publisher's, which is asked for when nobody does."""
    found: dict[str, list[Node]] = {name: [] for name in STEPS}
    links = [link for link in links if link.role in STEPS]
    relays = {key(link.via) for link in links if link.role == "cited" and link.via}
    for link in links:
        relay = link.role == "cited" and key(link.name) in relays
        found["via" if relay else link.role].append(_node(link))
    named = {key(node.name) for node in found["via"]}
    for link in links:
        if link.via and link.role == "cited" and key(link.via) not in named:
            named.add(key(link.via))
            found["via"].append(Node(role="Via", name=link.via, state=_state(link), says=_says(link), link=link))
    _once(found)
    if not found["publisher"]:
        found["publisher"].append(Node(role="Publisher", name="", state="unknown", says="nobody knows yet"))
    return [Step(nodes=nodes[:SHOWN], more=max(len(nodes) - SHOWN, 0)) for nodes in found.values() if nodes]


def _once(found: dict[str, list[Node]]) -> None:
    """Let whoever stands on several steps stand on the one nearest to us, with all roles."""
    nearest: dict[str, Node] = {}
    for nodes in reversed(list(found.values())):
        for node in list(reversed(nodes)):
            there = nearest.setdefault(key(node.name), node) if node.name else node
            if there is not node:
                if node.role not in there.role.split(", "):
                    there.role = f"{node.role}, {there.role[:1].lower()}{there.role[1:]}"
                nodes.remove(node)


def _state(link: Attribution) -> str:
    if not link.name:
        return "unknown"
    return link.state if link.decision == "open" or link.state == "disputed" else "stated"


def _says(link: Attribution) -> str:
    if link.decision != "open" and link.name:
        return f"{link.decided_by or 'somebody'} {link.decision}"
    return SAYS[_state(link)]


def _node(link: Attribution) -> Node:
    return Node(role=link.about.label, name=link.name, state=_state(link), says=_says(link), link=link)
