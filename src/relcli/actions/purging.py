"""The journal's memory of what was undone, let go of at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from relcli.actions.desk import Desk
from relcli.actions.forgetting import cleared
from relcli.domain.forgotten import Proof, Scrubbed
from relcli.errors import Refused
from relcli.store import purging
from relcli.store.proof import words_in


@dataclass(frozen=True, slots=True)
class JournalPurged:
    """How many undone batches and images went; `batch` did it. Without `scrubbed` nothing was done."""

    undone: int
    images: int
    batch: int | None = None
    scrubbed: Scrubbed | None = None
    proof: Proof | None = None


def purge_book(desk: Desk, *, sure: Callable[[JournalPurged], bool]) -> JournalPurged:
    """Empty the journal's images of every undone batch, for good, and clear the files of them.

    `sure` is asked with the plan unless the run is dry or there is nothing. Raises Refused where the owner is not sure.
    """
    with desk.book.reading() as connection:
        plan = _plan(purging.undone(connection))
    if desk.dry_run or not plan.undone:
        return plan
    if not sure(plan):
        raise Refused("nothing was purged", "say --yes to purge for good, or --dry-run to see how much it would be")
    with desk.writing("book purge", purges=False) as writing:
        found = purging.undone(writing.connection)
        words = words_in(writing.connection, {number for one in found for number in one.changes})
        writing.describe(final=purging.ITSELF)
        purging.purge(writing, found)
        batch = writing.batch
    scrubbed, proof = cleared(desk, words)
    done = _plan(found)
    return JournalPurged(done.undone, done.images, batch, scrubbed, proof)


def _plan(found: list[purging.Undone]) -> JournalPurged:
    return JournalPurged(len(found), sum(len(one.changes) for one in found))
