"""Answers to what a later reading proposes: accept it, which decides the run of raw, or dismiss it for good."""

from collections.abc import Sequence

from articles.actions.blocks import by_person, close_answered, cut, snippet
from articles.actions.recording import Change, Person, Refused, changing
from articles.core.edits import Edit, Span
from articles.models import Article, Block, Proposal
from articles.models.texts import inside, markup_of, shown_words

ANSWERED = "This proposal was answered already."
DECIDED = "A person decided about these words. Change the block itself if the reader is right."
CUT_OTHERWISE = "These words are in several blocks by now. Decide them one by one."
OTHER_TITLE = "A person chose another title. Say what that one is first."


def accept_proposal(article: Article, pk: int, *, by: Person, seen: int) -> Block:
    """Let the ledger say what the machine would say today. A part of a block is cut out for it."""
    with changing(article, by=by, action="accept_proposal", seen=seen) as change:
        proposal = change.row(Proposal, pk)
        problem, block = _block_of(article, proposal)
        if problem or block is None:
            raise Refused(problem)
        change.check_seen(block)
        for title in article.blocks.filter(kind="title", kept=True) if proposal.kind == "title" else ():
            change.check_seen(title)
        block = _accept(change, proposal, block, markup_of(article), by=by)
        close_answered(change, article, [block], by)
        change.summary = f"accepted that “{snippet(article, block)}” is {block.about.label}"
    return block


def accept_all_proposals(article: Article, *, by: Person, seen: int) -> int:
    """Accept every proposal that no person's decision stands against; how many they were."""
    with changing(article, by=by, action="accept_all_proposals", seen=seen) as change:
        # A new title comes last: what becomes of the old one may be proposed too.
        rows = sorted(article.proposals.filter(state="open"), key=lambda row: (row.kind == "title", row.start))
        for row in rows:
            _, block = _block_of(article, row)
            for checked in (row, block):
                if checked is not None:
                    change.check_seen(checked)
        accepted, markup = [], markup_of(article)
        for row in rows:
            problem, block = _block_of(article, row)
            if not problem and block is not None:
                accepted.append(_accept(change, row, block, markup, by=by))
        if not accepted:
            raise Refused("There is no proposal that could be accepted.")
        close_answered(change, article, accepted, by)
        change.summary = f"accepted {len(accepted)} proposal{'' if len(accepted) == 1 else 's'} of the reader"
    return len(accepted)


def dismiss_proposal(article: Article, pk: int, *, by: Person, seen: int) -> Proposal:
    """Say that the ledger is right as it is. The same proposal does not come back."""
    with changing(article, by=by, action="dismiss_proposal", seen=seen) as change:
        proposal = change.row(Proposal, pk)
        if proposal.state != "open":
            raise Refused(ANSWERED)
        change.update(proposal, state="dismissed", person=by)
        words = " ".join(article.raw_text[proposal.start : proposal.end][:60].split())
        change.summary = f"dismissed the proposal that “{words}” is {proposal.about.label}"
    return proposal


def _block_of(article: Article, proposal: Proposal) -> tuple[str, Block | None]:
    """The block that a proposal would decide; or why it cannot, as a sentence."""
    if proposal.state != "open":
        return ANSWERED, None
    block = article.blocks.filter(start__lte=proposal.start, end__gte=proposal.end).first()
    if block is None:
        return CUT_OTHERWISE, None
    if block.decided_by == "person":
        return DECIDED, None
    titles = article.blocks.filter(kind="title", kept=True, decided_by="person")
    if proposal.kind == "title" and titles.exists():
        return OTHER_TITLE, None
    return "", block


def _accept(change: Change, proposal: Proposal, block: Block, markup: Sequence[Edit], *, by: Person) -> Block:
    if proposal.kind == "title":
        for other in change.article.blocks.filter(kind="title", kept=True).exclude(pk=block.pk):
            change.update(other, kind="heading", reason="another block is the title")
    block = _cut_out(change, proposal, block, markup)
    said = {name: getattr(proposal, name) for name in ("kind", "evidence", "otherwise")}
    found = {"found_kind": proposal.kind, "found_reason": proposal.reason}
    reason = f"{proposal.reason[:200]}, accepted by {by.get_username()}"
    change.update(block, kept=proposal.about.kept, **said, **found, **by_person(by, reason))
    change.update(proposal, state="accepted", person=by)
    return block


def _cut_out(change: Change, proposal: Proposal, block: Block, markup: Sequence[Edit]) -> Block:
    """The block of exactly the proposal's words; what else stood in its block stays what it was, decided by nobody."""
    article, raw = change.article, change.article.raw_text

    def holds_words(start: int, end: int) -> bool:
        span = Span(start=start, end=max(start, end))
        return bool(shown_words(article, span, inside(markup, start, end)).strip()) if len(span) else False

    # White space and the tag beside it may be one: nothing that is shown lies within.
    begin = next(
        (edit.span.start for edit in markup if edit.span.start < proposal.start < edit.span.end), proposal.start
    )
    if holds_words(block.start, begin):
        block = cut(change, block, begin)
    behind = proposal.end + len(raw[proposal.end : block.end]) - len(raw[proposal.end : block.end].lstrip())
    behind = next((edit.span.end for edit in markup if edit.span.start < behind < edit.span.end), behind)
    if holds_words(behind, block.end):
        cut(change, block, behind)
    return block
