"""Timelines and what a search found: one line a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from relcli.actions.search import Found
from relcli.actions.timeline import Event, Record, Timeline
from relcli.domain.answering import score_in_words, verbatim
from relcli.domain.interaction import Direction
from relcli.domain.plan import Plan
from relcli.domain.promise import Promise, PromiseStatus, Side
from relcli.domain.referral import Referral
from relcli.domain.reminder import Reminder
from relcli.domain.survey import Response
from relcli.domain.transaction import Transaction
from relcli.render import plans
from relcli.render.contacts import listing
from relcli.render.interactions import sayable, when
from relcli.render.page import Block, Cell, Column, Gap, Grid, Heading, Page, Words
from relcli.render.promises import ended, late
from relcli.render.rows import Rows

COLUMNS = ("id", "at", "contact", "noun", "kind", "direction", "text", "amount", "currency", "contact_name")
_ARROWS = {Direction.IN: "←", Direction.OUT: "→", Direction.BOTH: "↔"}
_GIVES = {Side.US: Direction.OUT, Side.THEM: Direction.IN}  # the way in which what is owed will go


def page(timeline: Timeline) -> Page:
    """Everything between us, newest first."""
    if not timeline.records:
        return Page([Heading(timeline.contact.name), Words("nothing has happened yet")])
    count = "1 record" if timeline.total == 1 else f"{timeline.total} records"
    count = count if timeline.total == len(timeline.records) else f"{len(timeline.records)} of {count}"
    return Page([Heading(timeline.contact.name, count), Gap(), _lines(timeline.records, timeline.names, timeline.contact.id)])


def found_page(found: Found) -> Page:
    """Contacts first, then records."""
    blocks: list[Block] = []
    if found.contacts:
        blocks.append(listing(found.contacts))
    if found.contacts and found.records:
        blocks.append(Gap())
    if found.records:
        blocks.append(_lines(found.records, found.names, None))
    return Page(blocks)


def rows(records: Sequence[Record], names: Mapping[str, str]) -> Rows:
    """Records of all kinds under common columns."""
    return Rows(COLUMNS, tuple(_row(record, names) for record in records))


def found_rows(found: Found) -> Rows:
    """Contacts and records under common columns."""
    people = tuple((c.id, None, c.id, "contact", c.kind.value, None, c.note or None, None, None, c.name) for c in found.contacts)
    return Rows(COLUMNS, people + rows(found.records, found.names).cells)


def _lines(records: Sequence[Record], names: Mapping[str, str], owner: str | None) -> Grid:
    columns = [Column("when"), Column(""), Column("what"), Column("about", folds=True), Column("id")]
    return Grid(columns, [_line(record, names, owner) for record in records])


def _line(record: Record, names: Mapping[str, str], owner: str | None) -> list[Cell]:
    if isinstance(record, Transaction):
        who = [] if record.contact == owner else [names.get(record.contact, record.contact)]
        about = f"{record.money}" + (f" · {record.item}" if record.item else "")
        sign, what = "", record.kind.value
    elif isinstance(record, Response):
        who = [] if record.contact == owner else [names.get(record.contact, "nobody named")]
        sign, what, about = _ARROWS[Direction.IN], record.survey, _answered(record)
    elif isinstance(record, Event):
        who = [names.get(code, code) for code in record.contacts if code != owner]
        match record.of:
            case Promise() as promise:
                sign, what, about = _ARROWS[_GIVES[promise.owed_by]], _event(promise, record), _promised(promise, record, owner)
                what = "kept" if what == PromiseStatus.LATE else what  # how late stands beside it
            case Referral() as referral:
                who, sign, what, about = [], _ARROWS[Direction.IN], "referral", _sent(referral, names, owner)
            case Plan() as plan:
                sign, what, about = "", "plan", _planned(plan)
            case Reminder() as reminder:
                sign, what, about = "", "reminder", reminder.text + (f" · done {reminder.done}" if reminder.done else "")
    else:
        who = [names.get(code, code) for code in record.contacts if code != owner]
        marks = [f"{record.minutes} min" if record.minutes is not None else "", record.purpose.value if record.purpose else ""]
        about = " · ".join(text for text in [record.summary, sayable(record), *marks] if text)
        sign, what = _ARROWS[record.direction], record.channel
    company = ("with " if owner else "") + ", ".join(who) if who else ""
    text = " · ".join(part for part in ([about, company] if owner else [company, about]) if part)
    return [Cell(when(record.when), "label"), Cell(sign), Cell(what), Cell(text), Cell(record.id, "dim")]


def _row(record: Record, names: Mapping[str, str]) -> tuple[str | None, ...]:
    if isinstance(record, Transaction):
        return (
            record.id, str(record.when), record.contact, "transaction", record.kind.value, None, record.item or None,
            record.money.amount, record.money.currency, names.get(record.contact, ""),
        )  # fmt: skip
    if isinstance(record, Response):
        return (
            record.id, str(record.when), record.contact or None, "answer", record.survey, Direction.IN.value,
            _answered(record), None, None, names.get(record.contact),
        )  # fmt: skip
    if isinstance(record, Event):
        told: tuple[str | None, ...]
        match record.of:
            case Promise() as promise:
                told = ("promise", _event(promise, record), _GIVES[promise.owed_by].value, promise.text)
            case Referral() as referral:
                told = ("referral", "sent", Direction.IN.value, referral.outcome or None)
            case Plan() as plan:
                told = ("plan", None, None, _planned(plan))
            case Reminder() as reminder:
                told = ("reminder", "done" if reminder.done else "open", None, reminder.text)
        whose = (";".join(record.contacts), ";".join(names.get(code, "") for code in record.contacts))
        return (record.id, str(record.when), whose[0], *told, None, None, whose[1])
    return (
        record.id, str(record.when), ";".join(record.contacts), "interaction", record.channel, record.direction.value,
        record.summary or None, None, None, ";".join(names.get(code, "") for code in record.contacts),
    )  # fmt: skip


def _event(promise: Promise, event: Event) -> str:
    """`promise` or `complaint` where it was made, how it stood where it ended."""
    return promise.status(event.day).value if event.closed else promise.kind.value


def _promised(promise: Promise, event: Event, owner: str | None) -> str:
    """What is owed and by when, or how late it came; a search, which shows a promise once, says also how it ended."""
    due = f"due {promise.due}" if promise.due and not event.closed else ""
    end = late(promise) if event.closed else ended(promise) if promise.closed and owner is None else ""
    return " · ".join(part for part in (promise.text, due, end) if part)


def _sent(referral: Referral, names: Mapping[str, str], owner: str | None) -> str:
    """Whom they sent, or who sent them, and what came of it."""
    sender, whom = (names.get(code, code) for code in referral.pair)
    if referral.whom == owner:
        told = f"sent by {sender}"
    else:
        told = f"sent {whom}" if referral.sender == owner else f"{sender} sent {whom}"
    return f"{told} · {referral.outcome}" if referral.outcome else told


def _planned(plan: Plan) -> str:
    """What is planned, and what the last review found."""
    return " · ".join(text for text in (plans.in_words(plan), plan.note) if text)


def _answered(response: Response) -> str:
    """The score and what they said; where there is neither, what they chose."""
    own = " · ".join(text for text in (score_in_words(response), verbatim(response)) if text)
    return own or ", ".join(answer.words for answer in response.answers if answer.words)
