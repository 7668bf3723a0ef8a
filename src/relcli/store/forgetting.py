"""A contact erased from the book: what is removed, what stays without them, and by what they are recognised later.

Every table has a decision here, and every column of text in a row that stays; a test walks the schema and fails where
one is missing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, func, select
from sqlmodel import col

from relcli.domain.contact import Contact, ExternalId, Kind
from relcli.domain.forgotten import Forgotten
from relcli.domain.interaction import CHANNELS
from relcli.domain.reference import Match
from relcli.store import contacts, tables
from relcli.store.journal import MARKS, NOUNS, table_of
from relcli.store.traces import CONTACT, Traces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from relcli.store.writing import Writing

I, T, P = tables.Interaction, tables.Transaction, tables.InteractionContact  # noqa: E741  # as in the other query modules
WHY = "it holds records of a forgotten contact"
ITSELF = "what was forgotten cannot be brought back"
NOBODY = ExternalId("relcli", "forgotten")  # by it the contact is found to whom the sums of all the forgotten belong
_MANY = 500

# table → what forgetting does with it, and what an export of one person gives of it
DECISIONS: Mapping[str, tuple[str, str]] = {
    "contact": ("erased", "whole"),
    "contact_role": ("erased", "whole"),
    "contact_tag": ("erased", "whole"),
    "address": ("erased", "whole"),
    "external_id": ("erased", "whole"),
    "alias": ("erased", "whole"),
    "contact_name": ("erased", "whole"),
    "works_for": ("erased", "whole"),
    "referral": ("erased", "whole"),
    "interaction": ("erased, and emptied where others took part", "whole"),
    "interaction_contact": ("erased", "whole"),
    "transaction": ("emptied, and moved to nobody", "whole"),
    "promise": ("erased", "whole"),
    "preference": ("erased", "whole"),
    "circumstance": ("erased", "whole"),
    "later": ("erased", "whole"),
    "plan": ("erased", "whole"),
    "reminder": ("erased", "whole"),
    "invitation": ("erased", "whole"),
    "response": ("erased", "whole"),
    "answer": ("erased", "whole"),
    "initiative": ("nothing: it is about nobody", "nothing"),
    "enrolment": ("erased", "whole"),
    "change": ("images emptied", "images of theirs, and those that mention them"),
    "batch": ("made final, silent about whom a copy was for", "those that touched them"),
    "forgotten": ("keyed hashes are added, and whether they wanted no contact", "nothing: it is about nobody here"),
    "removed": ("nothing: keyed hashes, which say nothing of anybody", "nothing: it is about nobody"),
    "origin": ("nothing: numbers, and random letters", "nothing: it is about nobody"),
    "book": ("nothing: it is about nobody", "nothing"),
    "setting": ("nothing: it is about nobody", "nothing"),
    "counter": ("nothing: it is about nobody", "nothing"),
}
# The text that stays in a row which stays, and why that says nothing of the forgotten.
KEPT: Mapping[tuple[str, str], str] = {
    ("interaction", "direction"): "one of three words",
    ("interaction", "purpose"): "one of a list of words",
    ("interaction", "channel"): "a word that other interactions use too, else it becomes: other",
    ("interaction", "zone"): "becomes the book's own",
    ("transaction", "kind"): "one of four words",
    ("transaction", "currency"): "a code of three letters",
    ("batch", "actor"): "who wrote",
    ("batch", "command"): "the name of a command, never what was typed",
    ("batch", "made"): "counts",
    ("batch", "final"): "a sentence of ours",
    ("batch", "mark"): "random letters",
    ("batch", "brought"): "random letters",
    ("change", "noun"): "the name of a table",
}
_IMPORTED: Mapping[str, Any] = {"source": "", "external_id": None, "key": None}
EMPTIED: Mapping[str, Mapping[str, Any]] = {
    "interaction": {"summary": "", "say": None, "folded": None, **_IMPORTED},
    "transaction": {"item": "", "folded": None, "at": None, "zone": "", **_IMPORTED},
    "change": {"before": None, "after": None},
    "batch": {"handed_to": ""},
}


@dataclass(frozen=True, slots=True)
class Share:
    """The interactions of a contact: with nobody else, and with others."""

    alone: list[int]
    shared: list[int]


def known(connection: Connection) -> Forgotten:
    """The forgotten of this book."""
    secret = connection.execute(select(col(tables.Book.secret))).scalar_one()
    f = tables.Forgotten
    rows = connection.execute(select(col(f.digest), col(f.no_contact))).all()
    return Forgotten(secret, frozenset(row.digest for row in rows), frozenset(row.digest for row in rows if row.no_contact))


def nobody(connection: Connection) -> int | None:
    """The row of the contact to whom the sums of all the forgotten belong, where somebody left one."""
    found = contacts.matching(connection, Match.EXTERNAL_ID, NOBODY.value, source=NOBODY.source)
    return found[0] if found else None


def share(connection: Connection, traces: Traces) -> Share:
    """Which of a contact's interactions are theirs alone."""
    shared: set[int] = set()
    own = traces.records["interaction"]
    for start in range(0, len(own), _MANY):
        these = col(P.interaction_id).in_(own[start : start + _MANY])
        shared.update(connection.execute(select(col(P.interaction_id)).where(these, col(P.contact_id) != traces.row)).scalars())
    return Share([number for number in own if number not in shared], sorted(shared))


def counts(connection: Connection, traces: Traces, *, with_transactions: bool) -> dict[str, int]:
    """How much forgetting touches, by table; what is only emptied is counted apart."""
    interactions = share(connection, traces)
    found = {"contact": len(traces.records["contact"])}
    for table, column in CONTACT.satellites:
        statement = select(func.count()).select_from(table).where(table.c[column] == traces.row)
        found[table.name] = connection.execute(statement).scalar_one()
    for name, numbers in traces.records.items():
        if name not in ("contact", "interaction", "transaction", *MARKS):
            found[name] = len(numbers)
    kept = "transaction" if with_transactions else "transaction kept as a sum"
    return {
        **found,
        "interaction": len(interactions.alone),
        "interaction shared with others": len(interactions.shared),
        kept: len(traces.records["transaction"]),
        "change": len(traces.changes),
        "batch": len(traces.batches),
    }


def erase(
    writing: Writing,
    traces: Traces,
    heir: int | None,
    *,
    zone: str,
    keep_shared_text: bool,
    forgotten: Forgotten,
    silent: Collection[str] = (),
) -> list[str]:
    """Erase the contact from all tables and the journal; answers the hashes of what they were known by.

    Their transactions go to `heir`, or are erased without one. `zone` is the book's. `silent` are the kinds of address
    and id under which they wanted no contact. Files still hold what was removed until the book is scrubbed.
    """
    connection = writing.connection
    interactions = share(connection, traces)
    digests = [forgotten.digest(*parts) for parts in traces.known_by]
    records = [forgotten.digest(*parts) for model in (I, T) for parts in _import_keys(connection, model, traces)]
    records += [forgotten.digest(*parts) for parts in _answer_keys(connection, traces)]
    quiet = {forgotten.digest(*parts) for parts in traces.known_by if parts[0] in silent} | forgotten.silent
    writing.describe(final=ITSELF)
    writing.erase(table_of(tables.Forgotten), "digest", sorted((quiet & forgotten.digests) - forgotten.silent))  # type: ignore[arg-type]  # keyed by text
    new = sorted(({*digests, *records} - forgotten.digests) | (quiet - forgotten.silent))
    writing.insert_many(tables.Forgotten, [{"digest": digest, "no_contact": digest in quiet} for digest in new])
    writing.erase(table_of(I), "id", interactions.alone)
    writing.erase(table_of(P), "contact_id", [traces.row])
    _empty_shared(writing, interactions.shared, zone, keep_text=keep_shared_text)
    if heir is None:
        writing.erase(table_of(T), "id", traces.records["transaction"])
    else:
        writing.overwrite(table_of(T), traces.records["transaction"], {**EMPTIED["transaction"], "contact_id": heir})
    for name in reversed(NOUNS):
        if name not in ("contact", "interaction", "transaction"):
            writing.erase(NOUNS[name].root, "id", traces.records[name])
    writing.erase(CONTACT.root, "id", traces.records["contact"])
    writing.blot(traces.changes, [n for n in traces.batches if n != writing.batch], traces.handed, WHY)
    return digests


def carry_over(writing: Writing, new: Forgotten) -> None:
    """Know the forgotten of another copy of this book here too: all of `new`, silent or not as they are there."""
    f = table_of(tables.Forgotten)
    writing.describe(final=ITSELF)
    writing.erase(f, "digest", sorted(new.digests & known(writing.connection).digests))  # type: ignore[arg-type]  # keyed by text
    writing.insert_many(
        tables.Forgotten, [{"digest": digest, "no_contact": digest in new.silent} for digest in sorted(new.digests)]
    )


def add_nobody(writing: Writing, code: str) -> int:
    """The contact to whom the sums of all the forgotten belong; nobody is behind it, so it is set aside."""
    day = writing.now.date()
    new = Contact(0, code, "forgotten", writing.now, Kind.PERSON, archived=day, external_ids=(NOBODY,))
    return contacts.add(writing, new)


def _import_keys(connection: Connection, model: Any, traces: Traces) -> list[tuple[str, ...]]:
    """By what a later import would recognise their records: source and external id, or the key of the content."""
    noun = str(model.__tablename__)
    own = traces.records[noun]
    found: list[tuple[str, ...]] = []
    for start in range(0, len(own), _MANY):
        statement = select(col(model.source), col(model.external_id), col(model.key))
        for row in connection.execute(statement.where(col(model.id).in_(own[start : start + _MANY]))):
            found += [(f"{noun}s", row.source, row.external_id)] if row.external_id else []
            found += [(f"{noun}s", row.key)] if row.key else []
    return found


def _answer_keys(connection: Connection, traces: Traces) -> list[tuple[str, ...]]:
    """By what a later import would recognise an answer of theirs: its external id, or the token of what they were asked."""
    v, r = tables.Invitation, tables.Response
    tokens = connection.execute(select(col(v.token)).where(col(v.contact_id) == traces.row)).scalars()
    ids = connection.execute(select(col(r.source), col(r.external_id)).where(col(r.contact_id) == traces.row)).all()
    found: list[tuple[str, ...]] = [("invitations", token) for token in tokens]
    return found + [("responses", row.source, row.external_id) for row in ids if row.external_id]


def _empty_shared(writing: Writing, shared: Sequence[int], zone: str, *, keep_text: bool) -> None:
    """Take what may speak of the contact out of interactions that others took part in."""
    connection = writing.connection
    rows: list[Row[Any]] = []
    for start in range(0, len(shared), _MANY):
        these = col(I.id).in_(shared[start : start + _MANY])
        rows.extend(connection.execute(select(col(I.id), col(I.zone), col(I.channel)).where(these)))
    writing.overwrite(table_of(I), shared, _IMPORTED if keep_text else EMPTIED["interaction"])
    writing.overwrite(table_of(I), [row.id for row in rows if row.zone], {"zone": zone})
    for word in sorted({row.channel for row in rows} - set(CHANNELS)):
        own = [row.id for row in rows if row.channel == word]
        if connection.execute(select(func.count()).where(col(I.channel) == word)).scalar_one() == len(own):
            writing.overwrite(table_of(I), own, {"channel": "other"})
