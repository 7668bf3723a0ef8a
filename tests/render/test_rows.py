"""Rows for pipes: what stands in the public columns."""

from __future__ import annotations

from datetime import date

from tests.render.people import ANA, BARE, BARE_REFUND, BO, CALL, NAMES, OWED, SALE

from relcli.domain.circumstance import Circumstance, Factor
from relcli.domain.interaction import Purpose
from relcli.domain.later import Later
from relcli.domain.moment import Moment
from relcli.domain.preference import Preference, PreferenceKind, Source
from relcli.domain.template import Template
from relcli.exchange.columns import COLUMNS
from relcli.render import rows
from relcli.render.rows import Rows

DAY = date(2026, 5, 5)


def only(found: Rows) -> dict[str, object]:
    """The one row, without what is unknown."""
    [row] = found.mappings()
    assert "" not in row.values()
    return {column: cell for column, cell in row.items() if cell is not None}


def test_several_values_of_a_contact_are_joined_and_kept_in_their_columns() -> None:
    assert only(rows.contact_rows([ANA])) == {
        "id": "c_aaaaaaaa", "kind": "person", "name": "Ana Ruiz", "roles": "customer;partner",
        "email": "ana@example.org;ruiz@example.org", "phone": "600 000 001", "works_for": "c_bbbbbbbb",
        "tags": "florist;regular", "language": "es", "timezone": "Europe/Madrid", "note": "likes\nalbums",
        "created": "2026-01-02T03:04:05+00:00", "archived": "2026-06-01", "handle": "@ana", "birthday": "--04-12",
        "source": "shop;crm", "external_id": "77;A-1",
    }  # fmt: skip


def test_what_was_never_said_is_unknown_and_no_empty_text() -> None:
    assert only(rows.contact_rows([BO])) == {
        "id": "c_bbbbbbbb", "kind": "person", "name": "Bo", "created": "2026-01-02T03:04:05+00:00"
    }  # fmt: skip
    assert set(only(rows.interaction_rows([BARE], {}))) == {"id", "at", "contact", "channel", "direction"}
    assert set(only(rows.transaction_rows([BARE_REFUND], {}))) == {"id", "at", "contact", "kind", "amount", "currency"}


def test_an_interaction_names_all_who_took_part_and_keeps_its_offset() -> None:
    assert only(rows.interaction_rows([CALL], NAMES)) == {
        "id": "i_12", "at": "2026-05-06T17:30:00+02:00", "contact": "c_aaaaaaaa;c_bbbbbbbb", "channel": "phone",
        "direction": "in", "summary": "about the album", "minutes": 5, "sentiment": 1, "purpose": "order", "source": "crm",
        "external_id": "9", "contact_name": "Ana Ruiz;Bo",
    }  # fmt: skip


def test_the_amount_of_a_transaction_is_a_bare_figure() -> None:
    found = only(rows.transaction_rows([SALE], NAMES))
    assert (found["amount"], found["currency"], found["item"], found["contact_name"]) == (
        "480.00",
        "EUR",
        "wedding album",
        "Ana Ruiz",
    )


def test_a_promise_has_the_status_of_the_day_that_is_asked_about() -> None:
    found = [only(rows.promise_rows([OWED], NAMES, date(2026, 5, day)))["status"] for day in (12, 13)]
    assert found == ["open", "overdue"]


def test_wishes_circumstances_laters_and_templates() -> None:
    wish = Preference(0, ANA.id, PreferenceKind.CADENCE, "6w", Source.OBSERVED, "", Moment(DAY))
    assert only(rows.preference_rows([wish], NAMES)) == {
        "contact": ANA.id, "kind": "cadence", "value": "6w", "source": "observed", "at": "2026-05-05", "contact_name": "Ana Ruiz",
    }  # fmt: skip
    rated = Circumstance(2, ANA.id, Factor.NEED, 0, None, "", DAY)
    assert only(rows.circumstance_rows([rated], {})) == {
        "id": "f_2", "contact": ANA.id, "factor": "need", "theirs": 0, "at": "2026-05-05"
    }  # fmt: skip
    assert only(rows.later_rows([Later(1, BO.id, DAY, date(2026, 6, 1))], NAMES)) == {
        "id": "l_1", "contact": BO.id, "day": "2026-05-05", "until": "2026-06-01", "contact_name": "Bo"
    }  # fmt: skip
    found = only(rows.template_rows([Template("thanks", Purpose.THANKS, "Thank you", "Dear …")]))
    assert found == {"name": "thanks", "purpose": "thanks", "subject": "Thank you", "own": False}


def test_what_is_exported_can_be_imported_for_it_has_the_same_columns() -> None:
    written = {"contacts": rows.CONTACTS, "interactions": rows.INTERACTIONS, "transactions": rows.TRANSACTIONS}
    assert {noun: tuple(c for c in columns if c != "contact_name") for noun, columns in written.items()} == COLUMNS
