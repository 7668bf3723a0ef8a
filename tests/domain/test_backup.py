"""A backup described by its manifest."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from relcli.domain.backup import Manifest

BEGUN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
WRITTEN = datetime(2026, 11, 20, 9, tzinfo=UTC)
MADE = datetime(2026, 11, 21, 10, tzinfo=UTC)
MANIFEST = Manifest(
    "book.db", "ab" * 32, 4096, {"contacts": 12, "interactions": 1, "batches": 1}, 7, WRITTEN, 1, "0.1.0", MADE, "book", BEGUN
)


def test_the_public_keys_of_a_manifest() -> None:
    assert MANIFEST.facts() == {
        "file": "book.db",
        "sha256": "ab" * 32,
        "size": 4096,
        "counts": {"contacts": 12, "interactions": 1, "batches": 1},
        "batch": {"number": 7, "at": "2026-11-20T09:00:00+00:00"},
        "schema": 1,
        "program": "0.1.0",
        "made": "2026-11-21T10:00:00+00:00",
        "book": {"name": "book", "created": "2026-01-02T03:04:05+00:00"},
    }
    assert json.loads(json.dumps(MANIFEST.facts())) == MANIFEST.facts()


def test_a_book_nobody_wrote_in_has_no_batch_and_a_file_without_a_manifest_was_made_nobody_knows_when() -> None:
    facts = replace(MANIFEST, batch=None, batch_at=None, made=None).facts()
    assert (facts["batch"], facts["made"]) == (None, None)


def test_a_book_is_the_same_by_its_name_and_the_moment_it_was_begun() -> None:
    assert MANIFEST.of_same_book("book", BEGUN)
    assert not MANIFEST.of_same_book("another", BEGUN)
    assert not MANIFEST.of_same_book("book", BEGUN + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"contacts": 12, "interactions": 1, "batches": 1}, "12 contacts, 1 interaction, 1 batch"),
        ({"contacts": 1, "interactions": 0, "batches": 2}, "1 contact, 2 batches"),
        ({"contacts": 0}, "nothing yet"),
        ({}, "nothing yet"),
    ],
)
def test_contents_are_counted_in_words_and_what_there_is_none_of_is_left_out(counts: dict[str, int], said: str) -> None:
    assert replace(MANIFEST, counts=counts).contents() == said
