"""Books for the tests of the command line."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def two(relcli: Any) -> None:
    """A book with two contacts, so that an answer is short."""
    relcli.ok("contact add Ana")
    relcli.ok("contact add Bo")


@pytest.fixture(scope="session")
def many_names(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A book whose list of contacts is far longer than a pipe holds (over 400 kB)."""
    from datetime import UTC, datetime

    from relcli.domain.contact import Contact, contact_id
    from relcli.store import contacts
    from relcli.store.book import create, opened

    path = tmp_path_factory.mktemp("many") / "book.db"
    now = datetime(2026, 1, 1, tzinfo=UTC)
    create(str(path), timezone="UTC", currency="EUR", now=now, wait=1)
    people = [Contact(0, contact_id(n.to_bytes(5, "big")), f"Person {n:05} " + "x" * 150, now) for n in range(2000)]
    with opened(str(path), wait=1) as book, book.writing("a test", now=now, actor="tester") as writing:
        contacts.add_many(writing, people)
    return path
