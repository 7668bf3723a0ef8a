"""Interactions in a line and on a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.render.people import ABROAD, ANA, BARE, BATCH, BO, CALL, DAY, EVENING, NAMES, OWED

from relcli.actions.interactions import InteractionsListed, InteractionsRemoved, InteractionWritten
from relcli.domain.interaction import Direction
from relcli.domain.moment import Moment
from relcli.render import interactions
from relcli.render.plain import to_plain

LOGGED = InteractionWritten(CALL, (ANA, BO), BATCH, "logged")


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (DAY, "2026-05-05"),
        (EVENING, "2026-05-06 17:30"),
        (ABROAD, "2026-05-06 20:15 -07:00"),
        (Moment(DAY.day, datetime(2026, 5, 5, tzinfo=UTC), "UTC"), "2026-05-05 00:00"),
        (Moment(DAY.day, datetime(2026, 5, 5, 8, tzinfo=UTC), "+00:00"), "2026-05-05 08:00 +00:00"),
    ],
)
def test_a_moment_shows_its_time_where_it_has_one_and_its_offset_where_it_was_told(moment: Moment, said: str) -> None:
    assert interactions.when(moment) == said


@pytest.mark.parametrize(("direction", "word"), [(Direction.IN, "from"), (Direction.OUT, "to"), (Direction.BOTH, "with")])
def test_one_line_says_what_was_logged_who_began_and_when(direction: Direction, word: str) -> None:
    result = replace(LOGGED, interaction=replace(CALL, direction=direction))
    assert interactions.written(result) == f"logged i_12: phone {word} Ana Ruiz, Bo, 2026-05-06 17:30"


def test_who_was_added_along_the_way_and_what_a_complaint_opened_is_said_too() -> None:
    result = replace(LOGGED, contacts=(ANA,), added=(ANA, BO), promise=OWED)
    assert interactions.written(result) == (
        "logged i_12: phone from Ana Ruiz, 2026-05-06 17:30; opened p_3, to be put right by 2026-05-12"
        "; added Ana Ruiz (c_aaaaaaaa), Bo (c_bbbbbbbb)"
    )
    assert interactions.next_step(result) == "when it is put right: relcli promise keep p_3"
    assert interactions.next_step(LOGGED) == ""


def test_a_write_that_changes_nothing_says_so() -> None:
    assert interactions.written(replace(LOGGED, batch=None, act="changed")) == "left i_12 as it is"


def test_one_removed_is_described_and_several_are_counted_and_named() -> None:
    one = InteractionsRemoved((BARE,), NAMES, BATCH)
    assert interactions.removed(one) == "removed i_13: email to Bo, 2026-05-05"
    assert interactions.removed(replace(one, interactions=(CALL, BARE))) == "removed 2 interactions: i_12 i_13"


def test_a_list_has_a_line_a_touch_and_an_id_stands_where_no_name_is_known() -> None:
    page = interactions.listed(InteractionsListed((CALL, BARE), {ANA.id: ANA.name}))
    assert to_plain(page).splitlines() == [
        "when                 channel  who                   about                            id",
        "2026-05-06 17:30  ←  phone    Ana Ruiz, c_bbbbbbbb  about the album · 5 min · order  i_12",
        "2026-05-05        →  email    c_bbbbbbbb                                             i_13",
    ]


def test_shown_is_everything_of_each_with_the_summary_last_and_nothing_that_was_never_said() -> None:
    page = interactions.shown(InteractionsListed((CALL, BARE), NAMES))
    assert to_plain(page).splitlines() == [
        "i_12  2026-05-06 17:30",
        "who        Ana Ruiz (c_aaaaaaaa), Bo (c_bbbbbbbb)",
        "channel    phone",
        "began      they began",
        "at         2026-05-06T17:30:00+02:00",
        "minutes    5",
        "sentiment  +1",
        "purpose    order",
        "source     crm",
        "known as   9",
        "",
        "about the album",
        "",
        "i_13  2026-05-05",
        "who        Bo (c_bbbbbbbb)",
        "channel    email",
        "began      we began",
        "at         2026-05-05",
    ]


@pytest.mark.parametrize(("sentiment", "said"), [(-2, "-2"), (0, "0"), (2, "+2")])
def test_a_sentiment_shows_its_sign_and_nought_is_one(sentiment: int, said: str) -> None:
    page = interactions.shown(InteractionsListed((replace(BARE, sentiment=sentiment, minutes=0),), NAMES))
    assert f"sentiment  {said}\n" in to_plain(page)
    assert "minutes    0\n" in to_plain(page)


def test_the_day_shown_is_the_one_of_whoever_told_it() -> None:
    assert ABROAD.day == date(2026, 5, 7)
    assert interactions.when(ABROAD).startswith("2026-05-06")
