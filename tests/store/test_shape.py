"""A book is opened only where it has our tables and nothing that acts by itself, on both databases."""

from __future__ import annotations

import pytest

from relcli.errors import NotABook
from relcli.store.book import Book, opened
from relcli.store.engine import is_url

HARM = {
    "a trigger": {
        "sqlite": "CREATE TRIGGER spy AFTER INSERT ON interaction BEGIN UPDATE contact SET note = 'x'; END",
        "postgresql": "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
        " CREATE TRIGGER spy BEFORE INSERT ON interaction FOR EACH ROW EXECUTE FUNCTION f()",
    },
    "a rule": {"postgresql": "CREATE RULE spy AS ON INSERT TO interaction DO ALSO UPDATE contact SET note = 'x'"},
    "a lost table": {"sqlite": "DROP TABLE answer", "postgresql": "DROP TABLE answer"},
    "a lost column": {"sqlite": "ALTER TABLE contact DROP COLUMN note", "postgresql": "ALTER TABLE contact DROP COLUMN note"},
    "a lost index": {"sqlite": "DROP INDEX ix_contact_folded", "postgresql": "DROP INDEX ix_contact_folded"},
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_a_book_with_something_foreign_or_missing_is_not_opened(book_location: str, harm: dict[str, str]) -> None:
    with opened(book_location, wait=1) as book:
        sql = harm.get("postgresql" if is_url(book_location) else "sqlite")
        if sql is None:
            return
        with book.engine.execution_options(writes=True).connect() as connection, connection.begin():
            connection.exec_driver_sql(sql)
    with pytest.raises(NotABook, match="not as relcli made it"), opened(book_location, wait=1):
        pass


def test_other_tables_beside_a_book_on_a_server_are_nobodys_business(book: Book, book_location: str) -> None:
    if is_url(book_location):
        with book.engine.execution_options(writes=True).connect() as connection, connection.begin():
            connection.exec_driver_sql("CREATE TABLE invoices (id integer PRIMARY KEY)")
        with opened(book_location, wait=1) as again:
            assert again.where == book.where
