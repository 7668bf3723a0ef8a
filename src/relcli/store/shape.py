"""Whether a database has the shape of a book: our tables with our columns and indexes, and nothing that acts by itself.

A trigger of somebody else's changes or keeps what a command writes or erases, a view or an index of the same name as a table's is
read in its place, a missing table makes every answer wrong. One query at each opening sees them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlmodel import SQLModel

from relcli.errors import NotABook
from relcli.text import safe

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection

Found = Sequence[Any]  # rows of kind, name, table, and of a table its columns

_VERSION = ("alembic_version", ("version_num",))
_TOLERATED = ("sqlite_", "_litestream_")  # SQLite's own statistics, and the marks of a program that copies books
_SQLITE = (
    "SELECT s.type, s.name, s.tbl_name, group_concat(c.name) FROM sqlite_schema s LEFT JOIN pragma_table_info(s.name) c ON s.type = 'table'"
    " GROUP BY s.type, s.name, s.tbl_name"
)
_POSTGRES = text(
    "SELECT 'table', c.relname, c.relname, string_agg(a.attname, ',') FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
    " AND a.attnum > 0 AND NOT a.attisdropped WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') GROUP BY c.relname"
    " UNION ALL SELECT 'index', i.indexname, i.tablename, NULL FROM pg_indexes i WHERE i.schemaname = current_schema()"
    " UNION ALL SELECT 'trigger', t.tgname, c.relname, NULL FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
    " UNION ALL SELECT 'rule', r.rulename, r.tablename, NULL FROM pg_rules r WHERE r.schemaname = current_schema()"
)


def refuse_misshapen(connection: Connection, where: str) -> None:
    """Let a book of this program's schema pass. Raises NotABook naming the first thing that is foreign, missing or different."""
    sqlite = connection.dialect.name == "sqlite"
    found = connection.execute(text(_SQLITE) if sqlite else _POSTGRES).all()
    if wrong := _wrong(found, sqlite=sqlite):
        raise NotABook(
            f"{where} is not as relcli made it: {wrong[0]}", "remove what is foreign, or restore a backup: relcli book restore"
        )


def misshapen(raw: sqlite3.Connection) -> list[str]:
    """The same of a file that SQLite alone has opened, as a list in words."""
    return _wrong(raw.execute(_SQLITE).fetchall(), sqlite=True)


def _wrong(found: Found, *, sqlite: bool) -> list[str]:
    return [*_missing(found), *_foreign(found, sqlite=sqlite)]


def _missing(found: Found) -> list[str]:
    columns = {name: set((said or "").split(",")) for kind, name, _, said in found if kind == "table"}
    indexes = {name for kind, name, *_ in found if kind == "index"}
    wrong = []
    for name, ours in _tables().items():
        if name not in columns:
            wrong.append(f"the table {name} is missing")
        elif lost := sorted(ours - columns[name]):
            wrong.append(f"the table {name} lacks the column {lost[0]}")
        elif more := sorted(columns[name] - ours):
            wrong.append(f"the table {name} has a foreign column {safe(more[0])}")
    return [*wrong, *(f"the index {name} is missing" for name in sorted(_indexes() - indexes))]


def _foreign(found: Found, *, sqlite: bool) -> list[str]:
    """What is not ours. A server's database may hold other tables; what acts on ours by itself may not stand anywhere."""
    tables, indexes = _tables(), _indexes()
    wrong = []
    for kind, name, table, _ in found:
        if kind in ("trigger", "rule") and (sqlite or table in tables):
            wrong.append(f"there is a foreign {kind} {safe(name)} on {safe(table)}")
        elif sqlite and not name.startswith(_TOLERATED):
            known = name in tables if kind == "table" else kind == "index" and name in indexes
            if not known and not table.startswith(_TOLERATED):
                wrong.append(f"there is a foreign {kind} {safe(name)}")
    return wrong


def _tables() -> dict[str, set[str]]:
    name, columns = _VERSION
    return {name: set(columns), **{table.name: {c.name for c in table.columns} for table in SQLModel.metadata.tables.values()}}


def _indexes() -> set[str]:
    return {str(index.name) for table in SQLModel.metadata.tables.values() for index in table.indexes}
