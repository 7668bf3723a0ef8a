"""A backup described by its manifest."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from relcli.domain.backup import Manifest, book_id

BEGUN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
WRITTEN = datetime(2026, 11, 20, 9, tzinfo=UTC)
MADE = datetime(2026, 11, 21, 10, tzinfo=UTC)
MANIFEST = Manifest(
    "book.db", "ab" * 32, 4096, {"contacts": 12, "interactions": 1, "batches": 1}, 7, WRITTEN, "m7", 1, "0.1.0", MADE,
    "0123456789abcdef", "book", BEGUN, 2,
)  # fmt: skip


def test_the_public_keys_of_a_manifest() -> None:
    assert MANIFEST.facts() == {
        "file": "book.db",
        "sha256": "ab" * 32,
        "size": 4096,
        "counts": {"contacts": 12, "interactions": 1, "batches": 1},
        "batch": {"number": 7, "at": "2026-11-20T09:00:00+00:00", "mark": "m7"},
        "generation": 2,
        "schema": 1,
        "program": "0.1.0",
        "made": "2026-11-21T10:00:00+00:00",
        "book": {"id": "0123456789abcdef", "name": "book", "created": "2026-01-02T03:04:05+00:00"},
    }
    assert json.loads(json.dumps(MANIFEST.facts())) == MANIFEST.facts()


def test_a_book_nobody_wrote_in_has_no_batch_and_a_file_without_a_manifest_was_made_nobody_knows_when() -> None:
    facts = replace(MANIFEST, batch=None, batch_at=None, made=None).facts()
    assert (facts["batch"], facts["made"]) == (None, None)


def test_a_book_has_an_id_of_its_own_which_does_not_tell_its_secret() -> None:
    assert book_id("a" * 64) == book_id("a" * 64) != book_id("b" * 64)
    assert len(book_id("a" * 64)) == 16
    assert "aaaa" not in book_id("a" * 64)
    assert MANIFEST.whose() == "book 0123456789abcdef, begun 2026-01-02"


def test_newer_is_what_holds_the_later_batch_and_after_a_restore_what_was_made_after_it_whatever_the_clock_said() -> None:
    stale = replace(MANIFEST, made=MADE + timedelta(days=9999))
    later, after = replace(MANIFEST, batch=8), replace(MANIFEST, batch=3, generation=3)
    again = replace(MANIFEST, made=MADE + timedelta(hours=1))
    assert sorted([after, later, stale, again, MANIFEST], key=lambda m: m.order) == [MANIFEST, again, stale, later, after]


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
