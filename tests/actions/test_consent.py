"""Where contacts stand with the gate, read from a book: the same one by one and all at once, in a handful of queries."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event

from relcli.actions.consent import insisted, standing_of, standings
from relcli.actions.desk import Desk
from relcli.config.settings import Settings
from relcli.domain.gate import Consent
from relcli.errors import Refused
from relcli.store import contacts, tables
from relcli.store.book import Book

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


@pytest.fixture
def desk(relcli: Any, book: Book) -> Desk:
    """A book of five with wishes, promises, touches of every direction and a change of employer."""
    for line in (
        "contact add 'Bright Bakery' --kind organisation",
        "contact add 'Other Oven' --kind organisation",
        "contact add 'Ana Ruiz' --email ana@example.org --timezone Europe/Madrid --works-for 'Bright Bakery'",
        "contact add Bo --email bo@example.org",
        "contact add Cleo",
        "preference set ana --cadence 6w --at 2026-01-01 --stated 'six weeks'",
        "preference set 'Bright Bakery' --cadence 3m --do-not-contact-by phone --at 2026-01-01 --stated 'quarterly'",
        "preference set Bo --surveys 6m --at 2026-01-01 --assumed 'busy'",
        "log ana question --channel chat --in --at 2026-03-01",
        "log ana question --channel chat --in --at 2026-03-02",
        "log ana question --channel email --in --at 2026-03-03",
        "log ana answer --channel email --out --at 2026-03-04",
        "log ana 'how are you' --channel email --out --at 2026-05-04",
        "log Bo form --channel email --out --purpose survey --at 2026-06-01",
        "log Bo coffee --channel meeting --at 2026-11-10",
        "sold Bo 20 --at 2026-11-12",
        "contact archive Cleo",
    ):
        relcli.ok(line)
    return Desk(book, NOW, "tester", Settings())


def promise(desk: Desk, who: str, kind: str) -> None:
    with desk.writing("a test") as writing:
        row = next(row for row, _, name in contacts.names(writing.connection) if name == who)
        values = {"contact_id": row, "owed_by": "us", "kind": kind, "text": "a print", "made_day": 20000, "due_day": 20010}
        writing.insert(tables.Promise, values)


def test_one_by_one_and_all_at_once_everybody_stands_the_same(desk: Desk) -> None:
    promise(desk, "Bright Bakery", "complaint")
    promise(desk, "Bo", "promise")
    with desk.book.reading() as connection:
        everybody = standings(connection, desk)
        people = contacts.everyone(connection)
        assert len(everybody) == len(people) == 5
        for contact in people:
            assert standing_of(connection, desk, contact) == everybody[contact.row]


def test_a_standing_holds_what_the_gate_has_to_know(desk: Desk) -> None:
    promise(desk, "Bright Bakery", "complaint")
    with desk.book.reading() as connection:
        found = {standing.name: standing for standing in standings(connection, desk).values()}
    ana, bo, bakery = found["Ana Ruiz"], found["Bo"], found["Bright Bakery"]
    assert (ana.zone, bo.zone, found["Cleo"].archived) == ("Europe/Madrid", "UTC", True)
    assert ana.observed is not None
    assert (ana.observed.channel, ana.observed.count, ana.used) == ("chat", 2, ("email", datetime(2026, 3, 3, tzinfo=UTC).date()))
    assert str(ana.trace.last_outreach) == "2026-05-04"
    assert (ana.organisation, len(ana.organisation_preferences), len(ana.complaints)) == ("Bright Bakery", 2, 1)
    assert (str(bo.trace.last_survey), str(bo.trace.reply_until), bo.complaints) == ("2026-06-01", "2026-11-26", ())
    assert str(bakery.trace.last_outreach) == "2026-05-04"  # to one of its people
    assert len(bakery.promises) == 1


def test_a_touch_after_they_left_is_none_with_the_organisation(desk: Desk, relcli: Any) -> None:
    relcli.ok("contact edit ana --works-for 'Other Oven' --now 2026-04-01")
    with desk.book.reading() as connection:
        found = {standing.name: standing for standing in standings(connection, desk).values()}
    assert found["Bright Bakery"].trace.last_outreach is None
    assert (found["Ana Ruiz"].organisation, found["Ana Ruiz"].organisation_preferences) == ("Other Oven", ())


def used(desk: Desk, name: str) -> tuple[str, str] | None:
    """The channel somebody used last, and when; the same whether asked for one or for all."""
    with desk.book.reading() as connection:
        found = {standing.name: standing for standing in standings(connection, desk).values()}
        [contact] = [one for one in contacts.everyone(connection) if one.name == name]
        assert standing_of(connection, desk, contact).used == found[name].used
        last = found[name].used
    return None if last is None else (last[0], str(last[1]))


def test_the_channel_used_last_is_told_by_the_clock_then_by_what_was_written_last_and_never_by_its_name(
    desk: Desk, relcli: Any
) -> None:
    for channel, at in (("sms", "2026-11-20 09:00"), ("chat", "2026-11-20 15:00"), ("email", "2026-11-20")):
        relcli.ok("log", "Bo", "a question", "--channel", channel, "--in", "--at", at)
    assert used(desk, "Bo") == ("chat", "2026-11-20")  # what has no clock stands before what has one
    relcli.ok("log Cleo a --channel sms --in --at 2026-11-19")
    relcli.ok("log Cleo b --channel chat --in --at 2026-11-19")
    assert used(desk, "Cleo") == ("chat", "2026-11-19")
    relcli.ok("log Cleo c --channel video --both --at 2026-11-20")
    relcli.ok("log Cleo d --channel letter --out --at 2026-11-20")
    assert used(desk, "Cleo") == ("video", "2026-11-20")


def test_an_organisation_used_last_what_its_people_used_while_they_worked_there(desk: Desk, relcli: Any) -> None:
    assert used(desk, "Bright Bakery") == ("email", "2026-03-03")
    relcli.ok("contact edit ana --works-for 'Other Oven' --now 2026-04-01")
    relcli.ok("log ana 'from the oven' --channel phone --in --at 2026-11-19")
    assert used(desk, "Bright Bakery") == ("email", "2026-03-03")
    assert used(desk, "Other Oven") == ("phone", "2026-11-19")
    relcli.ok("log 'Bright Bakery' order --channel web --in --at 2026-11-01")
    assert used(desk, "Bright Bakery") == ("web", "2026-11-01")


def test_a_promise_they_kept_and_a_referral_they_sent_are_signs_that_we_answer(desk: Desk, relcli: Any) -> None:
    def trace(name: str) -> tuple[str, str]:
        with desk.book.reading() as connection:
            found = {standing.name: standing for standing in standings(connection, desk).values()}
        return str(found[name].trace.last_outreach), str(found[name].trace.reply_until)

    assert trace("Ana Ruiz") == trace("Bright Bakery") == ("2026-05-04", "2026-03-07")
    relcli.ok("promise add ana 'send the plan' --theirs --by 2026-07-01 --at 2026-06-01")
    relcli.ok("promise keep p_1 --at 2026-07-02")
    relcli.ok("log ana thanks --channel email --out --at 2026-07-03")
    assert trace("Ana Ruiz") == trace("Bright Bakery") == ("2026-05-04", "2026-07-06")  # one of its people made it
    relcli.ok("contact add Dora --introduced-by ana --now 2026-08-01")
    relcli.ok("log ana 'thank you for Dora' --channel email --out --at 2026-08-02")
    assert trace("Ana Ruiz") == ("2026-05-04", "2026-08-05")
    assert trace("Bright Bakery") == ("2026-08-02", "2026-07-06")  # whom she sent is hers


def test_all_at_once_takes_as_many_queries_for_many_as_for_few(desk: Desk, relcli: Any) -> None:
    def queries() -> int:
        count = 0

        def counted(*_: object) -> None:
            nonlocal count
            count += 1

        with desk.book.reading() as connection:
            event.listen(connection.engine, "before_cursor_execute", counted)
            try:
                standings(connection, desk)
            finally:
                event.remove(connection.engine, "before_cursor_execute", counted)
        return count

    few = queries()
    rows = "".join(f"Person {n},p{n}@example.org\n" for n in range(200))
    relcli.ok("import contacts -", stdin=f"name,email\n{rows}")
    assert 0 < queries() == few


def test_a_refusal_ends_with_the_wish_and_five(desk: Desk) -> None:
    assert insisted(Consent(True)) == Consent(True)
    with pytest.raises(Refused, match="Ana wants no contact") as caught:
        insisted(Consent(False, None, "Ana wants no contact"))
    assert caught.value.code == 5
