"""What holds of the agenda of any book: no means no, and nobody's line depends on who else is in the book."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from relcli.actions.agenda import Agenda, ListAgenda, show_agenda
from relcli.actions.desk import Desk
from relcli.config.settings import Health, Settings
from relcli.domain.address import email_address
from relcli.domain.contact import Contact, Kind, contact_id
from relcli.domain.interaction import Direction, Interaction, Purpose
from relcli.domain.moment import Moment
from relcli.domain.money import Money
from relcli.domain.preference import Preference, PreferenceKind, Source
from relcli.domain.promise import Promise, PromiseKind, Side
from relcli.domain.transaction import Transaction, TransactionKind
from relcli.store import contacts, interactions, preferences, promises, transactions
from relcli.store.book import opened

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
TODAY = NOW.date()
LOGGED = Settings(health=Health(replies_logged="yes"))
FORMATS = ("csv", "tsv", "ids", "jsonl", "json", "text", "md", "html")
K = PreferenceKind
# Shrinking makes hundreds of books more, and takes minutes.
any_book = settings(
    max_examples=25,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass(frozen=True)
class Life:
    """Everything there is about one contact; days are ago, below 0 still to come."""

    touches: list[tuple[int, str, str, Purpose | None]]
    promises: list[tuple[int, bool]]
    wishes: list[tuple[PreferenceKind, str]]
    sales: list[tuple[int, str]]
    birthday: int | None
    roles: tuple[str, ...]
    staff: bool
    assumed: bool = False


WISHES = st.sampled_from(
    [
        (K.CADENCE, "30d"), (K.CADENCE, "3m"), (K.CHANNEL, "email"), (K.NOT_CHANNEL, "phone"), (K.CLOSENESS, "arms-length"),
        (K.CLOSENESS, "none"), (K.DO_NOT_CONTACT_BY, "email"), (K.TOPIC, "prints"),
    ]
)  # fmt: skip
LIVES = st.builds(
    Life,
    touches=st.lists(
        st.tuples(
            st.integers(0, 200), st.sampled_from(["in", "out", "both"]), st.sampled_from(["email", "phone", "chat"]),
            st.sampled_from([None, Purpose.CHECK_IN, Purpose.MARKETING]),
        ),
        max_size=4,
    ),
    promises=st.lists(st.tuples(st.integers(-5, 40), st.booleans()), max_size=1),
    wishes=st.lists(WISHES, max_size=2, unique_by=lambda wish: wish[0]),
    sales=st.lists(st.tuples(st.integers(0, 300), st.sampled_from(["EUR", "JPY", "SEK"])), max_size=2),
    birthday=st.none() | st.integers(0, 5),
    roles=st.sampled_from([(), ("customer",), ("prospect",)]),
    staff=st.booleans(),
)  # fmt: skip


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@contextmanager
def book_of(template: Path, folder: Path, lives: list[Life], config: Settings = LOGGED) -> Iterator[Desk]:
    """A book of these lives in which the first is an organisation that the others may work for."""
    path = folder / "book.db"
    for old in folder.glob("book.db*"):
        old.unlink()
    shutil.copy(template, path)
    with opened(str(path), wait=1) as book:
        desk = Desk(book, NOW, "tester", config)
        with desk.writing("a test") as writing:
            people = [_contact(number, life) for number, life in enumerate(lives)]
            rows = contacts.add_many(writing, people)
            for number, (row, person, life) in enumerate(zip(rows, people, lives, strict=True)):
                _tell(writing, row, person.id, life)
                if number and life.staff:
                    contacts.employ(writing, row, rows[0], None)
        yield desk


def _contact(number: int, life: Life) -> Contact:
    born = None if life.birthday is None else ago(-life.birthday)
    return Contact(
        0,
        contact_id((number * 7919 + 5).to_bytes(5, "big")),
        f"Person {number}",
        NOW,
        kind=Kind.PERSON if number else Kind.ORGANISATION,
        roles=life.roles,
        addresses=(email_address(f"p{number}@example.org"),),
        birthday=f"--{born:%m-%d}" if born else "",
    )


def _tell(writing: Any, row: int, code: str, life: Life) -> None:
    touches = [
        (Interaction(0, Moment(ago(days)), channel, Direction(way), (code,), "words", purpose=purpose), [row], None)
        for days, way, channel, purpose in life.touches
    ]
    interactions.add_many(writing, touches)
    sales = [Transaction(0, Moment(ago(days)), code, TransactionKind.SALE, Money(1000, money), "") for days, money in life.sales]
    transactions.add_many(writing, [(sale, row, None) for sale in sales])
    wishes = [
        Preference(
            0,
            "",
            kind,
            value,
            Source.ASSUMED if life.assumed and kind is K.DO_NOT_CONTACT else Source.STATED,
            "words",
            Moment(ago(150)),
        )
        for kind, value in life.wishes
    ]
    preferences.add_many(writing, wishes, row)
    for due, grave in life.promises:
        kind = PromiseKind.COMPLAINT if grave else PromiseKind.PROMISE
        promises.add(writing, Promise(0, "", Side.US, kind, "the prints", ago(60), ago(due)), row)


@any_book
@given(
    lives=st.lists(LIVES, min_size=2, max_size=4), who=st.integers(0, 3), assumed=st.booleans(), days=st.sampled_from([0, 3, 90])
)
def test_who_wants_no_contact_is_on_no_list_meant_for_contacting_but_for_what_we_owe(
    lives: list[Life], who: int, assumed: bool, days: int, empty_book: Path, tmp_path: Path, relcli: Any
) -> None:
    who %= len(lives)
    # Nothing said after it invites us back.
    shut = replace(lives[who], wishes=[*lives[who].wishes, (K.DO_NOT_CONTACT, "")], assumed=assumed)
    lives = [shut if number == who else life for number, life in enumerate(lives)]
    barred = {f"Person {n}" for n, life in enumerate(lives) if n == who or (who == 0 and life.staff)}
    with book_of(empty_book, tmp_path, lives):
        pass
    (tmp_path / "book.db").chmod(0o600)
    shown = {form: relcli.ok(f"agenda --days {days} --format {form}").out for form in FORMATS}
    rows = list(csv.DictReader(io.StringIO(shown["csv"])))
    theirs = [row for row in rows if row["name"] in barred]
    owed = {f"Person {n}" for n, life in enumerate(lives) if any(due >= -days or grave for due, grave in life.promises)}

    assert {(row["kind"], row["channel"]) for row in theirs} <= {("settle", "")}
    # What is owed to a barred organisation may stand on the line of one of its people, under its name.
    settled = [
        f"{line['name']}: {line['reason']}; {line['also']}"
        for line in json.loads(shown["json"])["agenda"]
        if line["kind"] == "settle"
    ]
    assert {row["name"] for row in theirs} <= barred & owed
    assert all(any(f"{name}: " in text for text in settled) for name in barred & owed)
    # Every other form has the same people; only those for the eye and json name whom to leave alone, apart.
    hidden = barred - owed
    ids = {row["id"] for row in rows}
    assert set(shown["ids"].split()) == ids
    assert {json.loads(line)["id"] for line in shown["jsonl"].splitlines()} == ids
    assert {line["id"] for line in json.loads(shown["json"])["agenda"]} == ids
    listed = [shown["tsv"], relcli.ok(f"today --days {days}").out.partition("leave alone")[0]]
    listed += [shown[form].lower().partition("leave alone")[0] for form in ("text", "md", "html")]
    for text in listed:
        assert not any(name.lower() in text.lower() for name in hidden)
    head = relcli.ok("").out  # looks three days ahead, whatever was asked for above
    assert not any(name in head for name in barred if not any(due >= -3 for due, _ in lives[int(name[7:])].promises))
    for line in json.loads(shown["json"])["agenda"]:
        if line["kind"] == "settle":
            assert all("silent" not in also and "birthday" not in also and "wrote" not in also for also in line["also"])
    for channel in ("email", "phone", "meeting"):
        found = relcli.ok(f"contact list --contactable {channel} --format csv").out
        assert not any(name in found for name in barred)
    for name in sorted(barred):
        assert relcli("draft", name, "--template", "check-in").code == 5
        assert relcli("draft", name, "--template", "check-in", "--channel", "email", "--format", "eml").code == 5


def others(agenda: Agenda, newcomer: str) -> list[tuple[Any, ...]]:
    return [
        (line.contact.id, line.kind, line.score, line.due, line.channel, line.reason, line.also)
        for line in agenda.lines
        if line.contact.id != newcomer
    ]


def silent(found: list[tuple[Any, ...]]) -> set[str]:
    """Whose line comes from silence, which is judged beside everybody else's."""
    return {line[0] for line in found if any("silent " in text for text in (line[5], *line[6]))}


@any_book
@given(lives=st.lists(LIVES, min_size=2, max_size=5), newcomer=LIVES, days=st.sampled_from([0, 3, 30]))
def test_one_more_contact_changes_nobody_elses_line_but_for_silence(
    lives: list[Life], newcomer: Life, days: int, empty_book: Path, tmp_path: Path
) -> None:
    newcomer = replace(newcomer, staff=False)
    with book_of(empty_book, tmp_path, lives) as desk:
        before = others(show_agenda(ListAgenda(days=days), desk), "")
    with book_of(empty_book, tmp_path, [*lives, newcomer]) as desk:
        after = others(show_agenda(ListAgenda(days=days), desk), contact_id((len(lives) * 7919 + 5).to_bytes(5, "big")))
    aside = silent(before) | silent(after)

    assert [line for line in before if line[0] not in aside] == [line for line in after if line[0] not in aside]


def test_how_long_somebody_is_waited_for_is_not_borrowed_from_the_book(empty_book: Path, tmp_path: Path) -> None:
    quiet = Life([], [], [], [], None, (), False)
    asked = replace(quiet, touches=[(20, "out", "email", None)], birthday=0)
    often = replace(quiet, touches=[(days, "both", "phone", None) for days in range(0, 60, 3)])
    for lives in ([quiet, asked], [quiet, asked, often]):
        with book_of(empty_book, tmp_path, lives) as desk:
            found = show_agenda(ListAgenda(), desk)

        assert (found.lines, found.waiting) == ((), 1)


@pytest.mark.parametrize(("logged", "listed"), [("auto", 0), ("yes", 1)])
def test_whether_a_book_logs_answers_is_judged_by_the_whole_book_unless_it_is_said(
    logged: Any, listed: int, empty_book: Path, tmp_path: Path
) -> None:
    """The one thing besides silence that others can change: with `auto`, people who are never answered."""
    quiet = Life([], [], [], [], None, (), False)
    answered = replace(quiet, touches=[(30, "in", "email", None), (29, "out", "email", None), (3, "in", "email", None)])
    ignored = replace(quiet, touches=[(days, "in", "email", None) for days in (90, 150)])
    config = Settings(health=Health(replies_logged=logged))
    with book_of(empty_book, tmp_path, [quiet, answered], config) as desk:
        assert len(show_agenda(ListAgenda(), desk).lines) == 1
    with book_of(empty_book, tmp_path, [quiet, answered, ignored], config) as desk:
        assert len(show_agenda(ListAgenda(), desk).lines) == listed
