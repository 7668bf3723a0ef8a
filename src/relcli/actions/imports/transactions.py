"""Transactions brought in from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from relcli.actions.desk import Desk
from relcli.actions.imports.outcome import Imported, Progress
from relcli.actions.imports.records import Shape, import_records
from relcli.actions.imports.values import Reader, choice, label, number, reference, said
from relcli.domain.currency import refuse_ended
from relcli.domain.moment import Moment
from relcli.domain.money import names_currency
from relcli.domain.transaction import Transaction, TransactionKind
from relcli.exchange.columns import Table
from relcli.store import transactions
from relcli.text import one_line

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing


def import_transactions(
    table: Table, desk: Desk, *, add: bool, keep_good: bool, progress: Progress, again: bool = False
) -> Imported:
    """Write the rows that are not here yet; those that were removed only `again`. Raises RowsRefused where some are bad, unless `keep_good`."""
    return import_records(table, _Transactions(), desk, add=add, again=again, keep_good=keep_good, progress=progress)


class _Transactions(Shape[Transaction]):
    noun = "transactions"
    letter = "t"
    gist = "amount"
    several = False

    def read(self, cells: Mapping[str, str], reader: Reader) -> tuple[Transaction, str]:
        record = Transaction(
            number=number(cells, "t"),
            when=reader.event(cells, "at"),
            contact="",
            kind=choice(cells, "kind", TransactionKind) or TransactionKind.SALE,
            money=reader.amount(cells),
            item=one_line(cells.get("item", "")),
            source=label(cells, "source"),
            external_id=label(cells, "external_id"),
        )
        said("currency", lambda code: refuse_ended(code, record.when.day), record.money.currency)
        return record, reference(cells)

    def number(self, record: Transaction) -> int:
        return record.number

    def identity(self, record: Transaction) -> tuple[str, str]:
        return record.source, record.external_id

    def content(self, record: Transaction) -> dict[str, Any]:
        return record.content()

    def shown(self, record: Transaction, field: str) -> str:
        return record.money.amount if field == "amount" else str(self.content(record)[field] or "")

    def moment(self, record: Transaction) -> Moment:
        return record.when

    def left_to_the_book(self, cells: Mapping[str, str]) -> bool:
        return not (one_line(cells.get("currency", "")) or names_currency(cells.get("amount", "")))

    def contacts(self, record: Transaction) -> tuple[str, ...]:
        return (record.contact,)

    def keys(self, connection: Connection) -> set[str]:
        return transactions.keys(connection)

    def external_ids(self, connection: Connection, sources: Iterable[str]) -> dict[tuple[str, str], int]:
        return transactions.external_ids(connection, sources)

    def fetch(self, connection: Connection, numbers: Sequence[int]) -> list[Transaction]:
        return transactions.fetch(connection, numbers)

    def write(self, writing: Writing, rows: Sequence[tuple[Transaction, int, Sequence[int], str | None]]) -> None:
        transactions.add_many(
            writing, [(replace(record, number=number), contacts[0], key) for record, number, contacts, key in rows]
        )
