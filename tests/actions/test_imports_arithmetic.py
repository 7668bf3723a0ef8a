"""Every row of a file ends as new, changed, known, left out or refused: counts, sums of money and numbers of people agree.

Files are generated: twins, rows of one identity that disagree, bad cells, rows of another length, rows the book holds,
holds otherwise, or has forgotten.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from relcli.actions.contacts import ContactFields, add_contact
from relcli.actions.desk import Desk
from relcli.actions.exports import export_contacts, export_interactions, export_transactions
from relcli.actions.forgetting import ForgetContact, forget_contact
from relcli.actions.imports.contacts import import_contacts
from relcli.actions.imports.interactions import import_interactions
from relcli.actions.imports.outcome import Imported, RowsRefused, Verdict
from relcli.actions.imports.transactions import import_transactions
from relcli.config.settings import Settings
from relcli.exchange.columns import matched
from relcli.exchange.csv import read_sheet
from relcli.exchange.mapping import Mapping
from relcli.store.book import Book

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
PEOPLE = ("Ana", "Bo", "Cy", "gone@example.org")
HEADERS = {
    "transactions": "at,contact,amount,source,external_id\n",
    "interactions": "at,contact,minutes,channel,direction,source,external_id\n",
}
ACTS: dict[str, Callable[..., Imported]] = {"transactions": import_transactions, "interactions": import_interactions}


@pytest.fixture
def desk(book: Book) -> Desk:
    found = Desk(book, NOW, "tester", Settings())
    gone = add_contact(ContactFields(name="Gone", emails=("gone@example.org",)), found).contact.id
    forget_contact(ForgetContact(who=gone), found, sure=lambda _: True)
    return found


def generated(noun: str, chance: random.Random, rows: int) -> str:
    """A file whose rows are drawn from few people, days, figures and ids, so that they meet."""
    lines = []
    for _ in range(rows):
        day = chance.choice(
            ["2026-01-01", "2026-01-02", "2026-02-30", "1970-01-01", "2026-01-03", "2027-01-01"] + ["2026-01-04"] * 9
        )
        figure = chance.choice(["5", "7", "11", "x"] + ["13"] * 5)
        beside = "email,in," if noun == "interactions" else ""
        id_ = chance.choice(["", "", *map(str, range(1, 12))])
        surplus = chance.choice(["", "", "", "", ",", ",surplus"])
        lines.append(f"{day},{chance.choice(PEOPLE)},{figure},{beside}{'shop' if id_ else ''},{id_}{surplus}")
    return HEADERS[noun] + "\n".join(lines) + "\n"


def figures(noun: str, desk: Desk) -> Decimal:
    """What the book holds: the sum of the money, or of the minutes."""
    if noun == "transactions":
        return sum((Decimal(t.money.minor) / 100 for t in export_transactions(desk).transactions), Decimal())
    return sum((Decimal(i.minutes or 0) for i in export_interactions(desk).interactions), Decimal())


def bring(noun: str, desk: Desk, text: str, *, keep_good: bool = True) -> Imported:
    table = matched(read_sheet(text.encode(), "f.csv"), noun, Mapping())
    return ACTS[noun](table, desk, add=True, keep_good=keep_good, progress=lambda *_: None)


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("noun", HEADERS)
def test_of_generated_files_counts_sums_and_people_agree(desk: Desk, noun: str, seed: int) -> None:
    chance = random.Random(seed)
    bring_quietly(noun, desk, generated(noun, chance, 8))
    text = generated(noun, chance, 20)
    before, people = figures(noun, desk), {contact.name for contact in export_contacts(desk).contacts}
    result = bring_quietly(noun, desk, text)
    if result is None:
        assert figures(noun, desk) == before
        return
    lines = text.splitlines()
    assert [row.line for row in result.judged] == list(range(2, len(lines) + 1))
    assert sum(result.count(verdict) for verdict in Verdict) == len(lines) - 1
    new = [lines[row.line - 1].split(",") for row in result.of(Verdict.NEW)]
    assert sum((Decimal(cells[2]) for cells in new), before) == figures(noun, desk)
    everyone = {contact.name for contact in export_contacts(desk).contacts}
    assert everyone == people | {cells[1] for cells in new}
    assert result.new_contacts == len(everyone - people)
    assert "gone@example.org" not in everyone
    for row in result.judged:
        assert (row.why != "") == (
            row.verdict in (Verdict.REFUSED, Verdict.CHANGED, Verdict.LEFT_OUT)
        ) or row.verdict is Verdict.KNOWN
    again = bring_quietly(noun, desk, text)
    assert again is not None
    assert again.count(Verdict.NEW) == 0
    assert again.count(Verdict.REFUSED) == result.count(Verdict.REFUSED)


def bring_quietly(noun: str, desk: Desk, text: str) -> Imported | None:
    """The outcome with the good rows taken, None where all are bad."""
    try:
        return bring(noun, desk, text)
    except RowsRefused:
        return None


@pytest.mark.parametrize("noun", HEADERS)
def test_rows_of_one_identity_never_depend_on_their_order(desk: Desk, noun: str) -> None:
    rows = generated(noun, random.Random(7), 20).splitlines()[1:]
    seen: set[tuple[tuple[str, str], ...]] = set()
    for seed in range(4):
        mixed: list[Any] = list(rows)
        random.Random(seed).shuffle(mixed)
        text = HEADERS[noun] + "\n".join(mixed) + "\n"
        with pytest.raises(RowsRefused):
            bring(noun, desk, text, keep_good=False)
        table = matched(read_sheet(text.encode(), "f.csv"), noun, Mapping())
        result = ACTS[noun](table, dry(desk), add=True, keep_good=True, progress=lambda *_: None)
        seen.add(tuple(sorted((mixed[row.line - 2].rstrip(","), row.verdict.value) for row in result.judged)))
    assert len(seen) == 1


def dry(desk: Desk) -> Desk:
    return Desk(desk.book, desk.now, desk.actor, desk.settings, dry_run=True)


def test_the_number_of_people_in_a_file_of_contacts_is_told(desk: Desk) -> None:
    text = "name,email,kind\nAna,,\nBo,bo@example.org,\nBo,bo@example.org,\nEve,,robot\n,,\nGone,gone@example.org,\n"
    table = matched(read_sheet(text.encode(), "f.csv"), "contacts", Mapping())
    result = import_contacts(table, desk, add=False, keep_good=True, progress=lambda *_: None)
    assert sum(result.count(verdict) for verdict in Verdict) == table.size
    assert result.count(Verdict.NEW) == len(export_contacts(desk).contacts)
