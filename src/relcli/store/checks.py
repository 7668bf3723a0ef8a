"""What can be wrong with the records of a book, asked in queries that repair nothing.

Most of it cannot come from this program: the tables refuse it. It comes from other programs, broken disks and
switched-off rules, and then it should be found before a report is wrong. Places are ids, never what stands there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    String,
    and_,
    cast,
    column,
    exists,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
)
from sqlmodel import SQLModel

from relcli.domain.finding import Finding, Level
from relcli.store.engine import damage, library
from relcli.store.journal import NOUNS, rows_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select, Table

_SHOWN = 5
_SUSPECT = ((3, 7, 0), (3, 51, 2))  # SQLite's WAL-reset bug, sqlite.org/wal.html
_MENDED = ((3, 44, 6), (3, 50, 7))  # where the repair was carried back to
_STORED = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00")
_CODE = re.compile(r"c_[0-9a-z]{1,20}")
_BY_HAND = "restore the newest good backup, or mend the record with a SQLite tool"
_TABLES = SQLModel.metadata.sorted_tables


def findings(connection: Connection, *, deep: bool) -> list[Finding]:
    """Everything found in the records. Where the file itself is damaged, that alone: nothing else can be trusted then."""
    said = [" ".join(line.split()) for line in damage(connection, deep=deep)]
    broken = [line for line in said if not line.startswith("CHECK constraint failed in")]  # those are found with their ids
    if broken:
        return [*_integrity(broken), *_sqlite(connection)]
    return [
        *_rules(connection),
        *_moments(connection),
        *_orphans(connection),
        *_copies(connection),
        *_alone(connection),
        *_counters(connection),
        *_images(connection),
        *_shared_addresses(connection),
        *_sqlite(connection),
    ]


def _integrity(broken: Sequence[str]) -> Iterable[Finding]:
    more = f" (and {len(broken) - 1} more)" if len(broken) > 1 else ""
    yield _problem(
        "integrity", f"the file is damaged: {broken[0]}{more}", "restore the newest good backup: relcli book restore FILE"
    )


def _rules(connection: Connection) -> Iterable[Finding]:
    """Rows that a CHECK of their table would refuse."""
    for t in _TABLES:
        for rule in t.constraints:
            if isinstance(rule, CheckConstraint):
                holds = rule.sqltext if isinstance(rule.sqltext, ColumnElement) else literal_column(f"({rule.sqltext})")
                bad = connection.execute(_keys(t).where(not_(holds))).all()
                if bad:
                    name = str(rule.name).removeprefix(f"ck_{t.name}_")
                    yield _problem("constraints", f"{_said(t, bad)} against the rule {name}", _BY_HAND)


def _moments(connection: Connection) -> Iterable[Finding]:
    """Instants that are not stored as UTC in full, and could be read as another time or not at all."""
    for t in _TABLES:
        for c in t.columns:
            if isinstance(getattr(c.type, "impl", c.type), DateTime):
                stored = _keys(t).add_columns(cast(column(c.name), String).label("stored")).where(column(c.name).is_not(None))
                bad = [row[:-1] for row in connection.execute(stored) if not _is_moment(row.stored)]
                if bad:
                    yield _problem("datetimes", f"{_said(t, bad)} with an unreadable time in {c.name}", _BY_HAND)


def _is_moment(stored: Any) -> bool:  # whatever stands there
    try:
        return bool(_STORED.fullmatch(stored) and datetime.fromisoformat(stored))
    except (TypeError, ValueError):
        return False


def _orphans(connection: Connection) -> Iterable[Finding]:
    """Rows that point at something that is not there."""
    for t in _TABLES:
        for key in t.constraints:
            if isinstance(key, ForeignKeyConstraint):
                [element] = key.elements
                child, parent = t.c[element.parent.name], element.column
                there = parent.table.alias("pointed_at")
                lost = _keys(t).where(child.is_not(None), not_(exists().where(there.c[parent.name] == child)))
                bad = connection.execute(lost).all()
                if bad:
                    yield _problem("references", f"{_said(t, bad)} whose {child.name} points nowhere", _BY_HAND)


def _copies(connection: Connection) -> Iterable[Finding]:
    """Links whose copies of day and direction are not those of their interaction."""
    i, p = SQLModel.metadata.tables["interaction"], SQLModel.metadata.tables["interaction_contact"]
    apart = or_(i.c.day != p.c.day, cast(i.c.direction, String) != cast(p.c.direction, String))
    bad = connection.execute(select(i.c.id).join(p, i.c.id == p.c.interaction_id).where(apart).distinct().order_by(i.c.id)).all()
    if bad:
        yield _problem(
            "copies", f"{_said(i, bad)} whose day or direction differs from its copies", "see them: relcli interaction show ID"
        )


def _alone(connection: Connection) -> Iterable[Finding]:
    i, p = SQLModel.metadata.tables["interaction"], SQLModel.metadata.tables["interaction_contact"]
    bad = connection.execute(_keys(i).where(not_(exists().where(p.c.interaction_id == i.c.id)))).all()
    if bad:
        yield _problem("participants", f"{_said(i, bad)} with nobody in it", "remove it, or undo the batch that wrote it")


def _counters(connection: Connection) -> Iterable[Finding]:
    """Ids above the counter: the next record would get one that is taken."""
    counter = SQLModel.metadata.tables["counter"]
    last = {row.noun: row.last for row in connection.execute(select(counter.c.noun, counter.c.last))}
    for t in _TABLES:
        if "id" in t.c and t.name != "book":
            most = connection.execute(select(func.max(t.c.id))).scalar() or 0
            if most > last.get(t.name, 0):
                yield _problem("counters", f"{t.name} {most} is above its counter {last.get(t.name, 0)}", _BY_HAND)


def _images(connection: Connection) -> Iterable[Finding]:
    """Changes whose images an undo could not read."""
    c = SQLModel.metadata.tables["change"]
    changes = connection.execute(select(c.c.id, c.c.noun, c.c.before, c.c.after).order_by(c.c.id))
    bad = [(row.id,) for row in changes if not all(_reads(row.noun, i) for i in (row.before, row.after) if i is not None)]
    if bad:
        yield _problem("journal", f"{_said(c, bad)} that no undo can read", "their batches cannot be undone; back the book up")


def _reads(noun: str, image: str) -> bool:
    try:
        return bool(list(rows_of(NOUNS[noun], image))) and int(json.loads(image)["row"]["id"]) > 0
    except (ValueError, TypeError, KeyError, AttributeError):
        return False


def _shared_addresses(connection: Connection) -> Iterable[Finding]:
    """An e-mail address of several people finds none of them alone; they may well share it."""
    a = SQLModel.metadata.tables["address"]
    mail = cast(a.c.kind, String) == literal("email")
    shared = select(a.c.key).where(mail).group_by(a.c.key).having(func.count(a.c.contact_id.distinct()) > 1)
    c = SQLModel.metadata.tables["contact"]
    rows = connection.execute(
        select(c.c.code).join(a, a.c.contact_id == c.c.id).where(and_(mail, a.c.key.in_(shared))).distinct().order_by(c.c.code)
    ).all()
    if rows:
        yield Finding("addresses", Level.NOTE, f"{_listed(rows)} share an e-mail address", "merge them if they are one")


def _sqlite(connection: Connection) -> Iterable[Finding]:
    version = library(connection)
    if version is None or not _SUSPECT[0] <= version <= _SUSPECT[1]:
        return
    if any(version[:2] == mended[:2] and version >= mended for mended in _MENDED):
        return
    yield Finding(
        "sqlite",
        Level.NOTE,
        f"SQLite {'.'.join(map(str, version))} can, very rarely, damage a book that two programs write to at once",
        "make backups; update Python or the system's SQLite to 3.51.3 or later",
    )


def _keys(t: Table) -> Select[Any]:
    """What may be said of a row: the contact's public id, else its numbers; never a text that is part of its key."""
    if t.name == "contact":
        said: list[Any] = [column("code")]
    else:
        said = [column(c.name) for c in t.primary_key.columns if isinstance(c.type, Integer)]
    return select(*(said or [literal("?")])).select_from(t).order_by(*said)


def _said(t: Table, rows: Sequence[Any]) -> str:
    return f"{t.name} {_listed(rows)}"


def _listed(rows: Sequence[Any]) -> str:
    shown = ", ".join("/".join(_place(cell) for cell in row) for row in rows[:_SHOWN])
    return shown + (f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else "")


def _place(cell: Any) -> str:  # whatever stands where an id should
    return str(cell) if isinstance(cell, int) or (isinstance(cell, str) and _CODE.fullmatch(cell)) else "?"


def _problem(check: str, what: str, advice: str) -> Finding:
    return Finding(check, Level.PROBLEM, what, advice)
