"""The plan of forgetting somebody, and the certificate that says nothing about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from relcli.actions.forgetting import Certificate, ForgetPlan
from relcli.actions.purging import JournalPurged
from relcli.domain.copy import Copy
from relcli.domain.forgotten import Proof, Scrubbed
from relcli.domain.wording import counted
from relcli.render.page import Block, Cell, Column, Facts, Gap, Grid, Heading, Page, Words
from relcli.text import quoted, safe

OUT_OF_REACH = "the server's write-ahead log, its other logs, replicas and base backups: ask whoever runs it"
_MOST = 10  # ids named in one line


def question(plan: ForgetPlan) -> list[str]:
    """The plan in a few lines, and what is asked."""
    if plan.contact is None:
        return [f"already forgotten; clear away what lingers, {_copies(plan)}?"]
    counts = ", ".join(f"{count} {what.replace('_', ' ')}" for what, count in plan.counts.items() if count)
    return [
        f"to be erased: {counts}",
        f"{_copies(plan)}",
        f"forget {plan.contact.name} ({plan.contact.id}) for good? This cannot be undone.",
    ]


def page(plan: ForgetPlan) -> Page:
    """How much is erased by table, what is shared, what still names them, which older copies hold them."""
    if plan.contact is None:
        return Page([Heading("Forgotten already"), *_copy_blocks(plan.copies)])
    blocks: list[Block] = [
        Heading(f"Forget {plan.contact.name}", plan.contact.id),
        Words("this cannot be undone", "bad"),
        _counts(plan.counts),
    ]
    if plan.shared:
        blocks.append(Words(f"shared with others, their part and its text goes: {_few(plan.shared)}", "dim"))
    if plan.named_in:
        blocks.append(Words(f"the text of others that names them stays, look at: {_few(plan.named_in)}", "fair"))
    return Page([*blocks, *_copy_blocks(plan.copies)])


def document(plan: ForgetPlan) -> dict[str, Any]:
    """The same for programs."""
    return {
        "contact": plan.contact.id if plan.contact else None,
        "counts": dict(plan.counts),
        "shared": list(plan.shared),
        "named_in": list(plan.named_in),
        "copies": _copy_documents(plan.copies),
    }


def certificate(done: Certificate) -> Page:
    """What was done, when, by whom; no personal data."""
    facts = [
        ("when", Cell(done.at.isoformat())),
        ("who", Cell(done.actor)),
        ("batch", Cell("" if done.batch is None else str(done.batch))),
        ("traces", Cell(_traces(done), "" if done.scrubbed is Scrubbed.YES else "bad")),
        *((("out of reach", Cell(OUT_OF_REACH)),) if done.server else ()),
    ]
    blocks: list[Block] = [Heading("A contact was forgotten"), Facts(facts)]
    if done.counts:
        blocks += [Gap(), _counts(done.counts)]
    if done.identifiers:
        keyed = [[Cell(digest, "dim")] for digest in done.identifiers]
        blocks += [Gap(), Words("known from now on only by these keyed hashes (HMAC-SHA-256):"), Grid([Column("")], keyed)]
    return Page([*blocks, *_copy_blocks(done.copies)])


def certificate_document(done: Certificate) -> dict[str, Any]:
    """The same for programs."""
    return {
        "at": done.at.isoformat(),
        "actor": done.actor,
        "batch": done.batch,
        "counts": dict(done.counts),
        "identifiers": list(done.identifiers),
        "copies": _copy_documents(done.copies),
        "scrubbed": done.scrubbed is Scrubbed.YES,
        "words_searched": done.proof.words,
        "words_of_others": done.proof.of_others,
        "words_left": done.proof.left,
        "files_searched": list(done.proof.files),
        "out_of_reach": OUT_OF_REACH if done.server else "",
        "lingers": "" if done.scrubbed is Scrubbed.YES else str(done.scrubbed),
    }


def purge_question(plan: JournalPurged) -> str:
    """How much goes, and what is asked."""
    return f"{_undone(plan)} cannot be redone afterwards. This cannot be undone. Purge the journal?"


def purged(result: JournalPurged, *, dry_run: bool) -> list[str]:
    """What went, and what was measured."""
    if not result.undone:
        return ["the journal holds nothing of undone batches: nothing to purge"]
    if dry_run:
        return [f"would purge {_undone(result)} (dry run: nothing was written)"]
    measured = f"; {searched(result.proof)}" if result.proof else ""
    return [f"purged {_undone(result)} (batch {result.batch}){measured}"]


def purged_document(result: JournalPurged) -> dict[str, Any]:
    """The same for programs."""
    return {
        "undone": result.undone,
        "images": result.images,
        "batch": result.batch,
        "scrubbed": result.scrubbed is Scrubbed.YES,
        "words_searched": result.proof.words if result.proof else 0,
        "words_left": result.proof.left if result.proof else 0,
    }


def _undone(plan: JournalPurged) -> str:
    return f"{counted(plan.undone, 'undone batch')} with {counted(plan.images, 'image')}"


def searched(proof: Proof) -> str:
    """What was searched for and where, and what was found."""
    where = " and ".join(safe(name) for name in proof.files) or "the statistics of the server's tables"
    others = f" (other records use {proof.of_others} of these words too)" if proof.of_others else ""
    return f"searched {where} for {counted(proof.words, 'removed word')}: {proof.left} left{others}"


def _traces(done: Certificate) -> str:
    if done.scrubbed is Scrubbed.YES:
        return f"cleared away; {searched(done.proof)}"
    return f"not proven: {done.scrubbed}; {searched(done.proof)}"


def _counts(counts: Mapping[str, int]) -> Grid:
    rows = [[Cell(what.replace("_", " "), "label"), Cell(str(count))] for what, count in counts.items() if count]
    return Grid([Column("records"), Column("", "right")], rows)


def _copies(plan: ForgetPlan) -> str:
    count = len(plan.copies)
    return "no older copy beside the book holds them" if not count else f"older copies that hold them: {count}"


def _copy_blocks(copies: Iterable[Copy]) -> list[Block]:
    if not copies:
        return [Gap(), Words("no older copy beside the book holds them", "dim")]
    rows = [[Cell(f"{c.made:%Y-%m-%d %H:%M}", "label"), Cell(c.path), Cell(_state(c), "fair")] for c in copies]
    columns = [Column("made (UTC)"), Column("older copies that hold them", folds=True), Column("")]
    return [Gap(), Grid(columns, rows)]


def _state(copy: Copy) -> str:
    if copy.deleted:
        return "deleted"
    if copy.ahead:
        return (
            f"kept: it has records this book lacks; bring them over, then delete it: relcli book merge-copy {quoted(copy.path)}"
        )
    return "is still there" if copy.readable else "cannot be read, may hold them"


def _copy_documents(copies: Iterable[Copy]) -> list[dict[str, Any]]:
    return [
        {
            "path": c.path,
            "made": c.made.isoformat(),
            "size": c.size,
            "readable": c.readable,
            "deleted": c.deleted,
            "ahead": c.ahead,
        }
        for c in copies
    ]


def _few(ids: tuple[str, ...]) -> str:
    more = f" and {len(ids) - _MOST} more" if len(ids) > _MOST else ""
    return " ".join(ids[:_MOST]) + more
