"""What a log did to the status of those who took part: was at risk, now strong.

Judged after the write and outside of it, as their scorecards would be: once without what was logged and once with it.
That reads the book twice, so it is done in books of up to MOST records; in larger ones the log says nothing of it.
The metric is loaded only where there is something to judge.
"""

from __future__ import annotations

from dataclasses import dataclass

from relcli.actions.desk import Desk
from relcli.actions.interactions import InteractionWritten
from relcli.domain.contact import Contact
from relcli.domain.moment import day_number
from relcli.store import batches

MOST = 20_000  # contacts, interactions and transactions together


@dataclass(frozen=True, slots=True)
class Moved:
    """A contact whose status is another than it was, in the words of the scorecard."""

    contact: Contact
    was: str
    now: str


def moved(written: InteractionWritten, desk: Desk) -> tuple[Moved, ...]:
    """Those who took part and whose status the touch moved; nobody in a dry run, or who was but a name before."""
    known = {contact.id for contact in written.contacts} - {contact.id for contact in written.added}
    if desk.dry_run or written.batch is None or not known:
        return ()
    today = day_number(desk.today)
    with desk.book.reading() as connection:
        if batches.size(connection) > MOST:
            return ()
        from relcli.actions.assessments import assess_on, read_book
        from relcli.health.status import STATUSES, Status

        promise = written.promise.number if written.promise else 0
        without = read_book(connection, desk, until=today, but=(written.interaction.number, promise))
        was, now = (assess_on(book, today, horizon=None) for book in (without, read_book(connection, desk, until=today)))
    found = []
    for place, contact in enumerate(now.contacts):
        before, after = (STATUSES[one.assessment.status[place]] for one in (was, now))
        if contact.id in known and before is not after and before is not Status.RECORD:
            found.append(Moved(contact, before.value, after.value))
    return tuple(found)
