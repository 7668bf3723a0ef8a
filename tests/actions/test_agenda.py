"""The agenda of a book: who shares a line, who is waited for, who is left alone, and what the gate keeps off it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from relcli.actions.agenda import Agenda, ListAgenda, show_agenda
from relcli.actions.desk import Desk
from relcli.actions.scorecards import show_scorecards
from relcli.config.settings import Health, Settings
from relcli.store.book import Book

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
SETTINGS = Settings(health=Health(replies_logged="yes"))


@pytest.fixture
def desk(book: Book) -> Desk:
    return Desk(book, NOW, "tester", SETTINGS)


@pytest.fixture
def agenda(relcli: Any, desk: Desk) -> Callable[..., Agenda]:
    """What the agenda says after these commands."""

    def after(*commands: str, **request: Any) -> Agenda:
        for command in commands:
            relcli.ok(command)
        return show_agenda(ListAgenda(**request), desk)

    return after


def lines(agenda: Agenda) -> list[tuple[str, str, str]]:
    return [(line.contact.name, line.kind.value, line.channel) for line in agenda.lines]


def left(agenda: Agenda) -> dict[str, tuple[str, str]]:
    return {one.contact.name: (one.reason, str(one.until or "")) for one in agenda.left_alone}


def next_step(desk: Desk, who: str) -> str:
    return show_scorecards([who], desk).cards[0].next_step


ANA = "contact add Ana --email ana@example.org --birthday 1980-11-22"
BAKERY = "contact add Bakery --kind organisation --email bakery@example.org"
STAFF = f"{ANA} --works-for Bakery"
DEBT = "promise add Ana 'the prints' --by 2026-11-01 --at 2026-10-01"
NO_CONTACT = "preference set {} --do-not-contact --at 2026-11-01 --stated 'leave me be'"

# --- serve first ------------------------------------------------------------------------------------------------------


def test_nobody_to_whom_something_is_overdue_is_suggested_for_outreach(agenda: Any) -> None:
    assert lines(agenda(ANA)) == [("Ana", "birthday", "email")]

    [line] = agenda(DEBT).lines
    assert (line.kind, line.score, line.channel, line.also) == ("owed", 14, "email", ())


def test_an_open_complaint_stops_outreach_before_it_is_due(agenda: Any, desk: Desk) -> None:
    found = agenda(
        ANA, "log Ana 'too dark' --channel phone --complaint --at 2026-11-20", "log Ana 'will see' --channel phone --out"
    )

    [line] = found.lines
    assert (line.kind, line.score, line.also) == ("promise", 7, ())
    assert line.reason == 'complaint, due on 27 Nov: "too dark"'
    assert next_step(desk, "Ana").startswith('keep your word by phone: complaint, due on 27 Nov: "too dark"')


def test_what_serves_them_may_stand_beside_what_we_owe(agenda: Any) -> None:
    [line] = agenda(ANA, DEBT, "log Ana 'where are they' --channel email --in --at 2026-11-18").lines

    assert line.also == ("wrote 3 days ago, and nobody answered",)
    assert line.source == ("p_1", "i_1")


# --- their wishes -----------------------------------------------------------------------------------------------------


def test_what_is_owed_to_somebody_who_wants_no_contact_is_to_be_done_and_not_announced(agenda: Any) -> None:
    found = agenda(ANA, DEBT, NO_CONTACT.format("Ana"), "log Ana 'hello' --channel email --in --at 2026-11-18")

    assert lines(found) == [("Ana", "settle", "")]
    assert found.lines[0].score == 14
    assert found.lines[0].also == ()


def test_a_channel_they_bar_leaves_the_other(agenda: Any) -> None:
    barred = "preference set Ana --do-not-contact-by email --at 2026-11-01 --stated 'no mail'"

    assert lines(agenda(ANA, "contact edit Ana --phone +34600123456", barred)) == [("Ana", "birthday", "phone")]
    assert lines(agenda(DEBT)) == [("Ana", "owed", "phone")]


def test_where_the_only_known_channel_is_unwanted_the_debt_has_no_channel_but_is_no_secret(agenda: Any) -> None:
    assert lines(agenda(ANA, DEBT, "preference set Ana --not-channel email --stated 'no mail'")) == [("Ana", "owed", "")]


def test_who_wants_no_contact_is_left_alone_until_their_day(agenda: Any, desk: Desk) -> None:
    found = agenda(ANA, "preference set Ana --do-not-contact --until 2026-12-24 --stated 'not before Christmas'")

    assert found.lines == ()
    assert left(found) == {"Ana": ('no contact: "not before Christmas"', "2026-12-25")}
    assert next_step(desk, "Ana") == 'leave alone until 25 Dec — no contact: "not before Christmas"'


def test_a_birthday_after_that_day_is_nothing_to_begin_with_today(agenda: Any) -> None:
    assert agenda(ANA, "preference set Ana --do-not-contact --until 2026-11-21 --stated 'not today'").lines == ()


def test_an_assumed_wish_to_be_left_alone_says_that_we_assume_it(agenda: Any) -> None:
    assert left(agenda(ANA, "preference set Ana --do-not-contact --assumed 'hung up on us'")) == {
        "Ana": ('no contact, we assume: "hung up on us"', "")
    }


def test_an_organisation_that_wants_no_contact_binds_its_people(agenda: Any, desk: Desk) -> None:
    found = agenda(BAKERY, STAFF, NO_CONTACT.format("Bakery"))

    assert found.lines == ()
    assert left(found)["Ana"] == ('Bakery wants no contact: "leave me be"', "")
    assert next_step(desk, "Ana").startswith("leave alone — Bakery wants no contact")
    assert lines(agenda(DEBT)) == [("Ana", "settle", "")]


def test_at_arms_length_they_are_listed_by_the_cadence_they_asked_for_and_by_nothing_else(agenda: Any) -> None:
    wish = "preference set Ana --closeness arms-length {} --at 2026-01-01 --stated 'a word a year'"

    assert left(agenda(ANA, wish.format(""))) == {"Ana": ('at arm\'s length: "a word a year"', "")}
    assert lines(agenda(wish.format("--cadence 6m"))) == [("Ana", "cadence", "email")]


def test_a_cadence_due_ahead_is_listed_though_it_is_too_soon_today(agenda: Any) -> None:
    wish = "preference set Ana --cadence 6w --at 2026-01-01 --stated 'six weeks'"
    greeting = ["log Ana coffee --channel meeting --at 2026-09-01", "log Ana hello --channel email --out --at 2026-11-10"]

    assert agenda("contact add Ana --email ana@example.org", wish, *greeting).lines == ()
    assert lines(
        agenda(
            "log Ana 'and you?' --channel email --in --at 2026-11-11",
            "log Ana fine --channel email --out --at 2026-11-12",
            days=40,
        )
    ) == [("Ana", "cadence", "email")]


def test_a_birthday_too_soon_after_our_last_word_waits(agenda: Any) -> None:
    found = agenda(
        ANA,
        "preference set Ana --cadence 8w --at 2026-01-01 --stated 'every two months'",
        "log Ana hello --channel email --out --at 2026-10-20",
        "log Ana coffee --channel meeting --at 2026-10-30",
    )

    assert found.lines == ()
    assert left(found)["Ana"][1] == "2026-12-01"  # three quarters of eight weeks after our last outreach


def test_who_was_written_to_too_often_is_left_alone_until_their_cadence_has_passed(agenda: Any) -> None:
    weekly = [f"log Ana news --channel email --out --purpose marketing --at 2026-10-{day:02}" for day in (1, 8, 15, 22)]
    found = agenda(ANA, "preference set Ana --cadence 3m --at 2026-01-01 --stated 'every season'", *weekly)

    assert found.lines == ()
    assert left(found) == {"Ana": ("we came too often", "2027-01-20")}


# --- waiting and later ------------------------------------------------------------------------------------------------


def test_who_has_yet_to_answer_us_is_counted_and_not_listed(agenda: Any, desk: Desk) -> None:
    found = agenda(ANA, "log Ana 'how are you' --channel email --out --at 2026-11-16")

    assert (found.lines, found.left_alone, found.waiting) == ((), (), 1)
    assert next_step(desk, "Ana") == "wait for their answer to our touch of 16 Nov"


def test_waiting_ends_with_their_answer(agenda: Any) -> None:
    asked, answered = (f"log Ana hello --channel email --{way} --at 2026-11-{day}" for way, day in (("out", 10), ("in", 12)))

    assert agenda(ANA, asked).waiting == 1
    assert agenda(answered, "log Ana thanks --channel email --out --at 2026-11-13").waiting == 0


def test_what_we_owe_does_not_wait_for_their_answer(agenda: Any) -> None:
    asked = "log Ana 'how are you' --channel email --out --at 2026-11-16"

    assert lines(agenda(ANA, asked, DEBT)) == [("Ana", "owed", "email")]
    assert lines(agenda("promise keep p_1", "promise add Ana frames --by 2026-11-22")) == [("Ana", "promise", "email")]


def test_somebody_put_off_is_left_alone_until_the_day_but_for_what_we_owe(agenda: Any) -> None:
    found = agenda(ANA, "later Ana --until 2026-12-01 --because 'on holiday'")

    assert (found.lines, left(found)) == ((), {"Ana": ("on holiday", "2026-12-01")})
    assert lines(agenda(DEBT)) == [("Ana", "owed", "email")]


def test_the_newest_later_counts(agenda: Any) -> None:
    assert lines(agenda(ANA, "later Ana --until 2027-03-01", "later Ana --until 2026-11-21")) == [("Ana", "birthday", "email")]


def test_an_organisation_whose_person_has_yet_to_answer_is_not_counted_again(agenda: Any) -> None:
    assert agenda(BAKERY, STAFF, "log Ana hello --channel email --out --at 2026-11-16").waiting == 1


# --- organisations ----------------------------------------------------------------------------------------------------


def test_a_person_and_their_organisation_share_the_persons_line(agenda: Any) -> None:
    assert lines(agenda(BAKERY, "promise add Bakery 'a quote' --by 2026-11-20 --at 2026-11-01")) == [("Bakery", "owed", "email")]

    [line] = agenda(STAFF).lines
    assert (line.contact.name, line.kind, line.score, line.channel) == ("Ana", "owed", 12, "email")
    assert line.reason == 'Bakery: promise, 1 day overdue: "a quote"'
    assert line.also == ("birthday tomorrow",)
    assert str(line.due) == "2026-11-20"


def test_the_persons_own_reason_leads_where_it_weighs_as_much(agenda: Any) -> None:
    [line] = agenda(BAKERY, STAFF, DEBT, "promise add Bakery 'a quote' --by 2026-11-20 --at 2026-11-01").lines

    assert (line.contact.name, line.score) == ("Ana", 14)
    assert line.also == ('Bakery: promise, 1 day overdue: "a quote"',)
    assert line.source == ("p_1", "p_2")


def test_what_a_person_wrote_is_said_once(agenda: Any) -> None:
    [line] = agenda(BAKERY, STAFF, "log Ana 'a question' --channel email --in --at 2026-11-18").lines

    assert (line.contact.name, line.kind, line.also) == ("Ana", "unanswered", ("birthday tomorrow",))


def test_of_several_people_the_weightiest_speaks_for_the_organisation(agenda: Any) -> None:
    found = agenda(
        BAKERY,
        STAFF,
        "contact add Bo --email bo@example.org --works-for Bakery",
        "promise add Bo samples --by 2026-11-21",
        "promise add Bakery 'a quote' --by 2026-11-20 --at 2026-11-01",
    )

    assert lines(found) == [("Bo", "owed", "email"), ("Ana", "birthday", "email")]


def test_who_wants_no_contact_never_speaks_for_their_organisation(agenda: Any) -> None:
    found = agenda(BAKERY, STAFF, DEBT, NO_CONTACT.format("Ana"), "promise add Bakery 'a quote' --by 2026-11-20 --at 2026-11-01")

    assert lines(found) == [("Ana", "settle", ""), ("Bakery", "owed", "email")]
    assert all(line.also == () for line in found.lines)


def test_an_organisation_is_reached_for_only_when_what_its_people_are_owed_is_done(agenda: Any) -> None:
    signs = [
        f"sold Bakery 20 --at {year}-{month:02}-01"
        for year in (2025, 2026)
        for month in range(1, 13)
        if (year, month) < (2026, 8)
    ]

    assert lines(agenda(BAKERY, *signs)) == [("Bakery", "at-risk", "email")]
    [line] = agenda(STAFF, DEBT).lines
    assert (line.contact.name, line.kind, line.also) == ("Ana", "owed", ())
    [line] = agenda("promise keep p_1").lines
    assert (line.contact.name, line.kind, line.also) == ("Ana", "at-risk", ("birthday tomorrow",))


def test_a_promise_to_a_person_counts_for_the_organisation_and_is_listed_at_the_person(agenda: Any, desk: Desk) -> None:
    found = agenda(BAKERY, "contact add Ana --works-for Bakery --email ana@example.org", DEBT)
    bakery, ana = show_scorecards(["Bakery", "Ana"], desk).cards

    assert lines(found) == [("Ana", "owed", "email")]
    assert [(c.score.status, c.score.components[3].evidence) for c in (ana, bakery)] == [("owed", 1), ("record", 1)]


def test_who_leaves_takes_their_history_along_and_the_organisation_keeps_it_too(agenda: Any, desk: Desk) -> None:
    agenda(
        BAKERY,
        "contact add Ana --works-for Bakery --email ana@example.org",
        "log Ana one --channel email --in --at 2026-03-01",
        "log Ana two --channel meeting --at 2026-05-01",
        "contact edit Ana --no-works-for",
    )
    assert {c.contact.name: (c.score.components[0].evidence, str(c.last_in)) for c in show_scorecards(["Ana", "Bakery"], desk).cards} == {
        "Ana": (2, "2026-05-01"), "Bakery": (2, "2026-05-01"),
    }  # fmt: skip


def test_what_happens_after_they_left_is_theirs_alone(relcli: Any, desk: Desk, agenda: Any) -> None:
    agenda(BAKERY, "contact add Ana --works-for Bakery --email ana@example.org", "log Ana one --channel meeting --at 2026-03-01")
    relcli.ok("contact edit Ana --no-works-for")
    later = Desk(desk.book, datetime(2026, 12, 1, 10, tzinfo=UTC), "tester", SETTINGS)
    relcli.ok("log Ana two --channel email --in --at 2026-11-29", env={"RELCLI_NOW": "2026-12-01T10:00:00+00:00"})
    ana, bakery = show_scorecards(["Ana", "Bakery"], later).cards

    assert (str(ana.last_in), str(bakery.last_in)) == ("2026-11-29", "2026-03-01")
    assert lines(show_agenda(ListAgenda(), later)) == [("Ana", "unanswered", "email")]


# --- order and choice -------------------------------------------------------------------------------------------------


def test_ties_go_by_day_then_by_the_years_sales_in_one_currency(agenda: Any) -> None:
    people = [
        f"contact add {name} --birthday --11-2{day}"
        for name, day in (("Bo", 2), ("Cleo", 2), ("Dora", 2), ("Eli", 1), ("Finn", 2))
    ]
    sold = ["sold Cleo 20", "sold Dora 900", "sold Bo '9000 JPY'"]

    assert [line.contact.name for line in agenda(*people, *sold, days=3).lines] == ["Eli", "Dora", "Cleo", "Bo", "Finn"]


def test_roles_and_tags_narrow_lines_those_left_alone_and_those_waited_for(agenda: Any) -> None:
    everybody = [
        "contact add Ana --birthday --11-22 --role customer --tag vip --email ana@example.org",
        "contact add Bo --birthday --11-22 --role supplier --email bo@example.org",
        "contact add Cleo --role customer --email cleo@example.org",
        "contact add Dora --role customer --email dora@example.org",
        NO_CONTACT.format("Cleo"),
        "log Dora hello --channel email --out --at 2026-11-18",
    ]
    found = agenda(*everybody, roles=("customer",))

    assert (lines(found), list(left(found)), found.waiting) == ([("Ana", "birthday", "email")], ["Cleo"], 1)
    assert (agenda(roles=("supplier",)).waiting, list(left(agenda(roles=("supplier",))))) == (0, [])
    assert lines(agenda(tags=("vip",))) == [("Ana", "birthday", "email")]


def test_the_same_book_gives_the_same_agenda(agenda: Any) -> None:
    assert agenda(ANA, BAKERY, DEBT, NO_CONTACT.format("Bakery")) == agenda()
