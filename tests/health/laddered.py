"""The ladder reckoned again, slowly and plainly, from the raw records of a book: one contact at a time, by its rules.

It shares no code with the program; how likely it is to hear from somebody again (rhythm) is taken from the report. Rules:
docs/explanation/metric.md. `python -m tests.health.laddered LEDGER.csv.gz ...` imports ledgers (party, date, value) as sales and
says whether both agree.
"""

from __future__ import annotations

import csv
import gzip
import io
import math
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

EPOCH = date(1970, 1, 1)
SCORED = ("satisfaction", "trust", "commitment", "value", "recommend", "effort")


def stage(
    today: date,
    *,
    role: bool,
    employee: bool,
    trades: Sequence[date],
    answers: Sequence[tuple[date, float, bool]] = (),
    kept: Sequence[date] = (),
    complaints: Sequence[tuple[date, date | None]] = (),
    referrals: Sequence[date] = (),
    rhythm: float | None = None,
) -> str:
    """The rung somebody stands on, empty for none.

    `answers` lie on 0-1 and say whether they are unhappy ones, in the order written; `kept` are days on which we kept a promise, `complaints` when each was made and
    put right. `employee`: their organisation does the trading.
    """
    days = sorted({day for day in trades if day <= today})
    sent = [day for day in referrals if day <= today and today - day <= timedelta(days=730)]
    if employee:
        return ""
    if not days:
        return "advocate" if sent else "prospect" if role else ""
    if rhythm is not None and rhythm < 10:
        return "lapsed"
    complaining = any(made <= today and not (closed is not None and closed <= today) for made, closed in complaints)
    past = sorted([(day, n, share, bad) for n, (day, share, bad) in enumerate(answers) if day <= today])
    newest = past[-1] if past else None
    rung = "first-time"
    if _satisfied(today, days[0], newest, kept) and not complaining:
        rung = "satisfied"
    if len(days) >= 2:
        rung = "repeat"
    unhappy = newest is not None and newest[3] and (today - newest[0]).days <= 180
    lasting = len(days) >= 3 and (days[-1] - days[0]).days >= 90
    if lasting and rhythm is not None and rhythm >= 60 and not complaining and not unhappy:
        rung = "advocate" if sent else "loyal"
    return rung


def _satisfied(today: date, first: date, newest: tuple[date, int, float, bool] | None, kept: Sequence[date]) -> bool:
    """What came last decides: a good answer or a kept promise, or an answer that is no good one."""
    last: list[tuple[date, int, bool]] = [(day, 0, True) for day in kept if first <= day <= today]
    if newest is not None and today - newest[0] <= timedelta(days=365):
        last.append((newest[0], 1, newest[2] >= 0.7 - 1e-9))
        if newest[2] >= 0.7 - 1e-9:
            return True
    return max(last)[2] if last else False


class Book:
    """A book file, read by plain SQL."""

    def __init__(self, path: str | Path) -> None:
        self.sql = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def ask(self, words: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.sql.execute(words, values).fetchall()

    def stage(self, row: int, today: date, rhythm: float | None) -> str:
        """The rung of one contact at the end of a day."""
        roles = {role for (role,) in self.ask("SELECT role FROM contact_role WHERE contact_id = ?", row)}
        customer, supplier = bool(roles & {"customer", "prospect"}), "supplier" in roles
        kinds = ["sale"] * (customer or not supplier) + ["purchase"] * (supplier or not customer)
        whole = self._counting('SELECT contact_id, day, kind FROM "transaction" WHERE contact_id = ?', row)
        answers = [
            (_day(day), *said)
            for (number, day) in self.ask("SELECT id, day FROM response WHERE contact_id = ? ORDER BY id", row)
            if (said := self._said(number)) is not None
        ]
        ours = self._counting(
            "SELECT contact_id, made_day, kind, closed_day, how FROM promise WHERE owed_by = 'us' AND contact_id = ?", row
        )
        sent = self._counting("SELECT from_id, day, whom_id FROM referral WHERE day IS NOT NULL AND from_id = ?", row)
        referred = [(who, day) for who, day, whom in sent if whom != row]
        return stage(
            today,
            role=customer or supplier,
            employee=self._employee(row, today),
            trades=[_day(day) for _, day, kind in whole if kind in kinds],
            answers=answers,
            kept=[_day(closed) for *_, closed, how in ours if how == "kept"],
            complaints=[
                (_day(made), None if closed is None else _day(closed)) for _, made, kind, closed, _ in ours if kind == "complaint"
            ],
            referrals=[_day(day) for _, day in referred],
            rhythm=rhythm,
        )

    def _counting(self, words: str, row: int) -> list[tuple[Any, ...]]:
        """Records of a contact, and those of whoever worked there on their day (the second column)."""
        found = self.ask(words, row)
        jobs = self.ask("SELECT person_id, from_day, until_day FROM works_for WHERE organisation_id = ?", row)
        for person, first, until in jobs:
            for record in self.ask(words, person):
                if (first is None or record[1] >= first) and (until is None or record[1] < until):
                    found.append(record)
        return found

    def _employee(self, row: int, today: date) -> bool:
        """Whether they trade nothing themselves, and the organisation they work for does."""
        words = 'SELECT contact_id, day FROM "transaction" WHERE contact_id = ?'
        [(kind,)] = self.ask("SELECT kind FROM contact WHERE id = ?", row)
        if kind != "person" or any(_day(day) <= today for _, day in self._counting(words, row)):
            return False
        for (organisation,) in self.ask("SELECT organisation_id FROM works_for WHERE person_id = ? AND until_day IS NULL", row):
            if any(_day(day) <= today for _, day in self._counting(words, organisation)):
                return True
        return False

    def _said(self, response: int) -> tuple[float, bool] | None:
        """The mean of the scored answers of a response, 0-1, and whether one of them is unhappy."""
        shares, unhappy = [], False
        for tag, value, low, high, turned in self.ask(
            "SELECT tag, value, low, high, reversed FROM answer WHERE response_id = ?", response
        ):
            if tag in SCORED and value is not None and high > low:
                share = (high - value if turned else value - low) / (high - low)
                shares.append(share)
                unhappy |= (tag == "recommend" and share <= 0.6) or (tag == "satisfaction" and share < 0.5)
        return (sum(shares) / len(shares), unhappy) if shares else None


def compare(path: str | Path, report: str, today: date) -> tuple[Counter[str], list[str]]:
    """How many stand on each rung by this reckoning, and whom a report (csv, of that day) puts on another."""
    book, found, differing, rhythms = Book(path), Counter[str](), [], _rhythms(str(path), today)
    rows = {code: row for row, code in book.ask("SELECT id, code FROM contact")}
    for line in csv.DictReader(io.StringIO(report)):
        plain = book.stage(rows[line["id"]], today, rhythms.get(line["id"]))
        found[plain] += 1
        if plain != line["stage"]:
            differing.append(f"{line['name']}: {line['stage'] or 'none'}, and plainly {plain or 'none'}")
    return found, differing


def _rhythms(path: str, today: date) -> dict[str, float]:
    """Rhythm by id where it is known, as the program has it: a report rounds it."""
    from relcli.actions.assessments import assess_book
    from relcli.actions.books import at_desk
    from relcli.actions.desk import Desk

    def act(desk: Desk) -> dict[str, float]:
        with desk.book.reading() as connection:
            found = assess_book(connection, desk, as_of=(today - EPOCH).days, horizon=None)
        pairs = zip(found.contacts, found.assessment.rhythm.value.tolist(), strict=True)
        return {contact.id: value for contact, value in pairs if not math.isnan(value)}

    return at_desk(path, act, now=datetime.combine(today, time(20), tzinfo=UTC), wait=1)[0]


def sales(ledger: Path, parties: int | None = None) -> tuple[str, date]:
    """A ledger as a file that `import transactions` takes, of the first parties or of all, and its last day."""
    with gzip.open(ledger, "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if float(row["value"]) > 0]
    wanted = set(sorted({row["party"] for row in rows})[:parties])
    kept = [row for row in rows if row["party"] in wanted]
    lines = [f"{row['party']},{row['date']},{float(row['value']):.2f}" for row in kept]
    return "contact,at,amount\n" + "\n".join(lines) + "\n", date.fromisoformat(max(row["date"] for row in kept))


def _day(number: int) -> date:
    return EPOCH + timedelta(days=number)


def _main(ledgers: Sequence[str]) -> int:
    from typer.testing import CliRunner

    from relcli.cli.app import app

    worst = 0
    for ledger in ledgers:
        with tempfile.TemporaryDirectory() as folder:
            text, last = sales(Path(ledger))
            file, book = Path(folder) / "sales.csv", str(Path(folder) / "book.db")
            file.write_text(text, encoding="utf-8")
            run = CliRunner().invoke
            made = run(app, ["--book", book, "import", "transactions", str(file), "--add", "--now", f"{last}T20:00:00+00:00"])
            assert made.exit_code == 0, made.stderr
            for back in (0, 182, 365):
                on = last - timedelta(days=back)
                words = ["health-report", "--as-of", on.isoformat(), "--format", "csv", "--now", f"{last}T20:00:00+00:00"]
                found, differing = compare(book, run(app, ["--book", book, *words]).stdout, on)
                print(f"{Path(ledger).name} {on}: {found.total()} contacts, {len(differing)} differ; {dict(found)}")
                worst = max(worst, len(differing))
    return min(worst, 1)


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
