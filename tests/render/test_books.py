"""The book and its history described."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.render.people import BATCH, SINCE

from relcli.actions.books import BookInfo, BookMade, History
from relcli.domain.currency import NO_CURRENCY
from relcli.render import books
from relcli.render.plain import to_plain

INFO = BookInfo("/books/mine.db", SINCE, "Europe/Madrid", "EUR", 1, 40960, {"contacts": 2, "batches": 0}, BATCH)
HISTORY = History(
    (
        replace(BATCH, number=12, command="undo", undoes=4, undone_by=13),
        replace(BATCH, number=5, command="export-contact", handed_to="Ana Ruiz", final="it left the book"),
        BATCH,
    )
)


def test_a_book_is_described_by_where_it_is_and_how_much_it_holds_even_nothing() -> None:
    assert to_plain(books.info(INFO)).splitlines() == [
        "/books/mine.db",
        "since       2026-01-02",
        "time zone   Europe/Madrid",
        "currency    EUR",
        "format      1",
        "size        40 KiB",
        "contacts    2",
        "batches     0",
        "last write  batch 4, log-interaction, 2026-01-02 03:04 UTC, tester",
    ]


def test_a_book_without_a_currency_says_so_and_one_on_a_server_has_no_size() -> None:
    written = to_plain(books.info(replace(INFO, currency=NO_CURRENCY, size=None, newest=None)))
    assert "currency   no currency set\n" in written
    assert "size" not in written
    assert "last write" not in written


def test_programs_get_the_same_under_public_keys() -> None:
    found = books.document(INFO)
    assert found == json.loads(json.dumps(found)) == {
        "book": "/books/mine.db",
        "created": "2026-01-02T03:04:05+00:00",
        "timezone": "Europe/Madrid",
        "currency": "EUR",
        "schema": 1,
        "size": 40960,
        "counts": {"contacts": 2, "batches": 0},
        "last_batch": {
            "number": 4, "at": "2026-01-02T03:04:05+00:00", "actor": "tester", "command": "log-interaction", "rows": 3
        },
    }  # fmt: skip
    assert books.document(replace(INFO, newest=None))["last_batch"] is None


def test_a_book_that_was_begun_is_told_apart_from_one_that_was_there() -> None:
    expected = {"book": "mine.db", "timezone": "UTC", "currency": "EUR"}
    for made in (True, False):
        assert books.made_document(BookMade("mine.db", "UTC", "EUR", made)) == {**expected, "made": made}


def test_history_is_a_line_a_batch_with_what_became_of_it() -> None:
    assert to_plain(books.history(HISTORY)).splitlines() == [
        "batch  when (UTC)        who     command          rows",
        "   12  2026-01-02 03:04  tester  undo                3  undid 4, undone by 13",
        "    5  2026-01-02 03:04  tester  export-contact      3  it left the book, for Ana Ruiz",
        "    4  2026-01-02 03:04  tester  log-interaction     3",
    ]


def test_history_for_programs_leaves_unknown_what_does_not_apply() -> None:
    found = [{k: v for k, v in row.items() if v is not None} for row in books.history_rows(HISTORY).mappings()]
    common = {"at": "2026-01-02T03:04:05+00:00", "actor": "tester", "rows": 3}
    assert found == [
        {**common, "batch": 12, "command": "undo", "undoes": 4, "undone_by": 13},
        {**common, "batch": 5, "command": "export-contact", "final": "it left the book", "handed_to": "Ana Ruiz"},
        {**common, "batch": 4, "command": "log-interaction"},
    ]
