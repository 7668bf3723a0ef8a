"""Records of all kinds, a line each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.render.people import ANA, BARE, BO, CALL, NAMES, OWED, SALE

from relcli.actions.search import Found
from relcli.actions.timeline import Event, Timeline
from relcli.domain.promise import Closing, PromiseKind, Side
from relcli.render import timeline
from relcli.render.plain import to_plain

LATE = replace(OWED, closed=date(2026, 5, 14), how=Closing.KEPT)
THEIRS = replace(OWED, number=4, owed_by=Side.THEM, kind=PromiseKind.PROMISE, text="pay", due=None)
RECORDS = (Event(LATE, LATE.closed or LATE.made, closed=True), CALL, SALE, Event(OWED, OWED.made), Event(THEIRS, THEIRS.made))


def test_a_timeline_leaves_out_whose_it_is_and_names_who_else_was_there() -> None:
    page = timeline.page(Timeline(ANA, RECORDS, NAMES, 5))
    assert to_plain(page).splitlines() == [
        "Ana Ruiz  5 records",
        "",
        "when                 what       about                                      id",
        "2026-05-14        →  kept       scratched print · 2 days late              p_3",
        "2026-05-06 17:30  ←  phone      about the album · 5 min · order · with Bo  i_12",
        "2026-05-06 17:30     sale       480.00 EUR · wedding album                 t_7",
        "2026-05-05        →  complaint  scratched print · due 2026-05-12           p_3",
        "2026-05-05        ←  promise    pay                                        p_4",
    ]


def test_a_timeline_says_how_much_more_there_is() -> None:
    headings = [to_plain(timeline.page(Timeline(ANA, (CALL,), NAMES, total))).splitlines()[0] for total in (1, 9)]
    assert headings == ["Ana Ruiz  1 record", "Ana Ruiz  1 of 9 records"]


def test_nothing_yet_is_said_plainly() -> None:
    assert to_plain(timeline.page(Timeline(ANA, (), {}, 0))) == "Ana Ruiz\nnothing has happened yet\n"


def test_the_timeline_of_an_organisation_says_which_of_its_people_it_was() -> None:
    lines = to_plain(timeline.page(Timeline(BO, (SALE, Event(OWED, OWED.made)), NAMES, 2))).splitlines()
    assert "480.00 EUR · wedding album · with Ana Ruiz" in lines[3]
    assert "scratched print · due 2026-05-12 · with Ana Ruiz" in lines[4]


def test_a_search_shows_contacts_then_records_with_who_it_was_first_and_how_a_promise_ended() -> None:
    lines = to_plain(timeline.found_page(Found("album", (BO,), (CALL, Event(LATE, LATE.made)), NAMES))).splitlines()
    assert lines[:3] == ["id          name  roles  reach  tags", "c_bbbbbbbb  Bo", ""]
    assert "Ana Ruiz, Bo · about the album · 5 min · order" in lines[4]
    assert "Ana Ruiz · scratched print · due 2026-05-12 · kept 2026-05-14, 2 days late" in lines[5]
    assert to_plain(timeline.found_page(Found("x", (), (BARE,), NAMES))).splitlines()[0].startswith("when")
    assert to_plain(timeline.found_page(Found("x", (), (), {}))) == ""


def test_rows_of_all_kinds_stand_under_common_columns() -> None:
    found = [
        {column: cell for column, cell in row.items() if cell is not None} for row in timeline.rows(RECORDS, NAMES).mappings()
    ]
    ana = {"contact": ANA.id, "contact_name": "Ana Ruiz"}
    promised = {**ana, "noun": "promise", "text": "scratched print", "id": "p_3", "direction": "out"}
    assert found == [
        {**promised, "at": "2026-05-14", "kind": "late"},
        {
            "id": "i_12", "at": "2026-05-06T17:30:00+02:00", "contact": f"{ANA.id};{BO.id}", "noun": "interaction",
            "kind": "phone", "direction": "in", "text": "about the album", "contact_name": "Ana Ruiz;Bo",
        },
        {
            **ana, "id": "t_7", "at": "2026-05-06T17:30:00+02:00", "noun": "transaction", "kind": "sale",
            "text": "wedding album", "amount": "480.00", "currency": "EUR",
        },
        {**promised, "at": "2026-05-05", "kind": "complaint"},
        {**ana, "id": "p_4", "at": "2026-05-05", "noun": "promise", "kind": "promise", "direction": "in", "text": "pay"},
    ]  # fmt: skip


def test_a_contact_that_was_found_is_a_row_without_a_time() -> None:
    found = list(timeline.found_rows(Found("ana", (ANA,), (BARE,), NAMES)).mappings())
    assert [row["id"] for row in found] == [ANA.id, "i_13"]
    assert (found[0]["at"], found[0]["noun"], found[0]["text"]) == (None, "contact", "likes\nalbums")
