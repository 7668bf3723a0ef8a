"""Rows for pipes: the public column orders, and what fills them.

A `Rows` is what csv, tsv, jsonl, json and ids are written from; cells are text, numbers, or None for unknown.
The order of the columns and the JSON keys are public (docs/reference/formats.md) and pinned by tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from relcli.domain.circumstance import Circumstance
from relcli.domain.contact import AddressKind, Contact
from relcli.domain.interaction import Interaction
from relcli.domain.later import Later
from relcli.domain.plan import Plan
from relcli.domain.preference import Preference
from relcli.domain.promise import Promise
from relcli.domain.reminder import Reminder
from relcli.domain.survey import Answer, Response
from relcli.domain.template import Template
from relcli.domain.transaction import Transaction

Cell = str | int | float | bool | None


class Fine(float):
    """A figure that is told to four decimals, where others have two."""


CONTACTS = (
    "id", "kind", "name", "roles", "email", "phone", "works_for", "introduced_by", "tags", "language", "timezone",
    "note", "created", "archived", "handle", "birthday", "source", "external_id",
)  # fmt: skip
INTERACTIONS = (
    "id", "at", "contact", "channel", "direction", "summary", "minutes", "sentiment", "purpose", "source",
    "external_id", "contact_name",
)  # fmt: skip
TRANSACTIONS = (
    "id", "at", "contact", "kind", "amount", "currency", "item", "source", "external_id", "contact_name",
)  # fmt: skip
LATERS = ("id", "contact", "day", "until", "because", "contact_name")
REMINDERS = ("id", "contact", "due", "text", "made", "done", "contact_name")
PLANS = ("id", "contact", "aim", "next", "by", "review", "note", "at", "until", "contact_name")
TEMPLATES = ("name", "purpose", "channel", "subject", "own")
PREFERENCES = ("id", "contact", "kind", "value", "source", "words", "at", "until", "contact_name")
CIRCUMSTANCES = ("id", "contact", "factor", "theirs", "ours", "note", "at", "contact_name")
PROMISES = ("id", "contact", "owed_by", "kind", "text", "made", "due", "status", "closed", "contact_name")
REFERRALS = ("id", "from", "whom", "at", "outcome", "from_name", "whom_name", "transaction", "thanked")

ENROLMENTS = ("id", "initiative", "contact", "group", "day", "stratum", "seed", "share", "contact_name")
INITIATIVES = (
    "name", "hypothesis", "outcome", "from", "until", "stopped", "cost", "currency", "state", "enrolled", "comparison",
)  # fmt: skip
EFFECTS = ("id", "name", "group", "drawn", "since", "before", "after", "change", "counted")

ANSWERS = ("id", "survey", "version", "contact", "at", "item", "value", "text", "source", "external_id")


@dataclass(frozen=True, slots=True)
class Rows:
    """Named columns and their rows; a row is called by its `id`, or by the first column where there is none."""

    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]

    def mappings(self) -> Iterable[dict[str, Cell]]:
        """Each row as column → cell."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.cells)


def contact_rows(contacts: Iterable[Contact]) -> Rows:
    """Contacts; several values are joined with `;`."""
    return Rows(CONTACTS, tuple(_said(_contact(c)) for c in contacts))


def interaction_rows(interactions: Iterable[Interaction], names: Mapping[str, str]) -> Rows:
    """Interactions; `names` gives the name of each contact id."""
    return Rows(INTERACTIONS, tuple(_said(_interaction(i, names)) for i in interactions))


def transaction_rows(transactions: Iterable[Transaction], names: Mapping[str, str]) -> Rows:
    """Transactions; `names` gives the name of each contact id."""
    return Rows(TRANSACTIONS, tuple(_said(_transaction(t, names)) for t in transactions))


def later_rows(laters: Iterable[Later], names: Mapping[str, str]) -> Rows:
    """What was put off; `names` gives the name of each contact id."""
    cells = ((x.id, x.contact, x.day.isoformat(), x.until.isoformat(), x.because, names.get(x.contact, "")) for x in laters)
    return Rows(LATERS, tuple(_said(row) for row in cells))


def reminder_rows(reminders: Iterable[Reminder], names: Mapping[str, str]) -> Rows:
    """Reminders; `names` gives the name of each contact id."""
    cells = (
        (
            r.id,
            r.contact,
            r.due.isoformat(),
            r.text,
            r.made.isoformat(),
            r.done.isoformat() if r.done else "",
            names.get(r.contact, ""),
        )
        for r in reminders
    )
    return Rows(REMINDERS, tuple(_said(row) for row in cells))


def plan_rows(plans: Iterable[Plan], names: Mapping[str, str]) -> Rows:
    """Plans, a row a version; `names` gives the name of each contact id."""
    return Rows(PLANS, tuple(_said(_plan(p, names)) for p in plans))


def template_rows(templates: Iterable[Template]) -> Rows:
    """Templates; the first column is the name by which they are asked for."""
    return Rows(TEMPLATES, tuple(_said((t.name, t.purpose.value, t.channel, t.subject, t.own)) for t in templates))


def preference_rows(preferences: Iterable[Preference], names: Mapping[str, str]) -> Rows:
    """Wishes; `names` gives the name of each contact id. One that was never written down has no id."""
    return Rows(PREFERENCES, tuple(_said(_preference(p, names)) for p in preferences))


def circumstance_rows(circumstances: Iterable[Circumstance], names: Mapping[str, str]) -> Rows:
    """Circumstances; `names` gives the name of each contact id."""
    return Rows(CIRCUMSTANCES, tuple(_said(_circumstance(c, names)) for c in circumstances))


def promise_rows(promises: Iterable[Promise], names: Mapping[str, str], today: date) -> Rows:
    """Promises as they stand `today`; `names` gives the name of each contact id."""
    return Rows(PROMISES, tuple(_said(_promise(p, names, today)) for p in promises))


def answer_rows(responses: Iterable[Response]) -> Rows:
    """Responses, a row an answer, so that those of one response share its id; `text` is what was said in words."""
    return Rows(ANSWERS, tuple(_said(_answer(r, answer)) for r in responses for answer in r.answers))


def _said(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """What was never said is unknown, not an empty text."""
    return tuple(None if cell == "" else cell for cell in cells)


def _contact(c: Contact) -> tuple[Cell, ...]:
    return (
        c.id, c.kind.value, c.name, ";".join(c.roles), ";".join(c.addresses_of(AddressKind.EMAIL)),
        ";".join(c.addresses_of(AddressKind.PHONE)), c.works_for, c.introduced_by, ";".join(c.tags), c.language,
        c.timezone, c.note, c.created.isoformat(), c.archived.isoformat() if c.archived else None,
        ";".join(c.addresses_of(AddressKind.HANDLE)), c.birthday, ";".join(e.source for e in c.external_ids),
        ";".join(e.value for e in c.external_ids),
    )  # fmt: skip


def _interaction(i: Interaction, names: Mapping[str, str]) -> tuple[Cell, ...]:
    return (
        i.id, str(i.when), ";".join(i.contacts), i.channel, i.direction.value, i.summary, i.minutes, i.sentiment,
        i.purpose.value if i.purpose else None, i.source, i.external_id, ";".join(names.get(c, "") for c in i.contacts),
    )  # fmt: skip


def _transaction(t: Transaction, names: Mapping[str, str]) -> tuple[Cell, ...]:
    return (
        t.id, str(t.when), t.contact, t.kind.value, t.money.amount, t.money.currency, t.item, t.source, t.external_id,
        names.get(t.contact, ""),
    )  # fmt: skip


def _plan(p: Plan, names: Mapping[str, str]) -> tuple[Cell, ...]:
    by, review, until = (day.isoformat() if day else None for day in (p.due, p.review, p.until))
    return p.id, p.contact, p.aim, p.step, by, review, p.note, p.day.isoformat(), until, names.get(p.contact, "")


def _preference(p: Preference, names: Mapping[str, str]) -> tuple[Cell, ...]:
    return (
        p.id if p.number else None, p.contact, p.kind.value, p.value, p.source.value, p.words, str(p.when),
        p.until.isoformat() if p.until else None, names.get(p.contact, ""),
    )  # fmt: skip


def _circumstance(c: Circumstance, names: Mapping[str, str]) -> tuple[Cell, ...]:
    return c.id, c.contact, c.factor.value, c.theirs, c.ours, c.note, c.day.isoformat(), names.get(c.contact, "")


def _promise(p: Promise, names: Mapping[str, str], today: date) -> tuple[Cell, ...]:
    return (
        p.id, p.contact, p.owed_by.value, p.kind.value, p.text, p.made.isoformat(), p.due.isoformat() if p.due else None,
        p.status(today).value, p.closed.isoformat() if p.closed else None, names.get(p.contact, ""),
    )  # fmt: skip


def _answer(r: Response, answer: Answer) -> tuple[Cell, ...]:
    return (
        r.id, r.survey, r.version, r.contact, str(r.when), answer.item, answer.value, answer.words, r.source, r.external_id
    )  # fmt: skip
