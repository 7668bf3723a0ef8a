"""Ledgers of events as arrays, and what followed each cut: what fit, experiments and judging have in common."""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from relcli.domain.moment import day_number
from relcli.health.ledger import Ledger

Floats = NDArray[np.float64]
Days = NDArray[np.int64]
Flags = NDArray[np.bool_]
REGULAR_DAYS, RECENT_GAPS, WARNED_GAPS = 5, 2, 3  # measure C


@dataclass(frozen=True, slots=True)
class Book:
    """A ledger in full, and the days at which it is to be judged."""

    name: str
    parties: tuple[str, ...]
    ledger: Ledger
    values: Floats  # of each day of the ledger
    horizon: int
    cuts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A book at one cut: what was known, and what followed; one entry per party known then.

    `warned` are the parties that measure C is about; `silent` tells of those who stayed silent for three median gaps.
    """

    signs: Ledger
    parties: Days
    day: int
    horizon: int
    later: Days
    warned: Flags
    middle: Floats
    silent: Flags
    value: Floats  # of all until then

    @property
    def came(self) -> Flags:
        """Whether anything happened within the horizon."""
        return self.later > 0


def books(folder: Path, names: Sequence[str] = ()) -> Iterator[Book]:
    """The ledgers of a folder, or those named; one file and one entry of splits.json each."""
    splits = json.loads((folder / "splits.json").read_text())
    for name in names or splits:
        text = gzip.decompress((folder / f"{name}.csv.gz").read_bytes()).decode()
        place: dict[str, int] = {}
        worth: dict[tuple[int, int], float] = {}
        for row in csv.DictReader(io.StringIO(text)):
            key = place.setdefault(row["party"], len(place)), _day(row["date"])
            worth[key] = worth.get(key, 0.0) + float(row.get("value") or 0.0)
        ledger = Ledger.of([who for who, _ in worth], [day for _, day in worth], len(place))
        values = np.array([value for _, value in sorted(worth.items())])
        cuts = tuple(_day(on) for on in splits[name]["cuts"])
        yield Book(name, tuple(place), ledger, values, splits[name]["horizon"], cuts)


def cut(book: Book, day: int) -> Cut:
    """The book as it was at the end of a day, and what followed."""
    then = book.ledger.until(day)
    parties = np.flatnonzero(then.counts)
    signs, full = then.pick(parties), book.ledger.pick(parties)
    warned, middle = _warned(signs, day, int(book.ledger.days.max()))
    silent = followed(full, day, np.where(warned, 3 * np.nan_to_num(middle), 0).astype(np.int64)) == 0
    later = followed(full, day, np.full(parties.size, book.horizon))
    known = book.ledger.days <= day
    value = np.bincount(book.ledger.owners[known], book.values[known], book.ledger.size)[parties]
    return Cut(signs, parties, day, book.horizon, later, warned, middle, silent, value)


def followed(full: Ledger, day: int, ahead: Days) -> Days:
    """How many days each party has after `day` and up to `ahead` days later."""
    owner = full.owners
    after = (full.days > day) & (full.days <= day + ahead[owner])
    return np.bincount(owner[after], minlength=full.size)


def drawn(signs: Cut, rows: Days) -> Cut:
    """The same cut of a book that has these parties alone."""
    later, warned, middle, silent, value = (
        part[rows] for part in (signs.later, signs.warned, signs.middle, signs.silent, signs.value)
    )
    ledger = signs.signs.pick(rows)
    return Cut(ledger, signs.parties[rows], signs.day, signs.horizon, later, warned, middle, silent, value)


def _warned(signs: Ledger, day: int, end: int) -> tuple[Flags, Floats]:
    """Parties of five days or more, gaps of a CV up to 1, last seen within two median gaps; and the median gaps."""
    owner, gap, start = signs.gaps()
    count = np.diff(start)
    mean = np.bincount(owner, gap, signs.size) / np.maximum(count, 1)
    spread = np.bincount(owner, (gap - mean[owner]) ** 2, signs.size) / np.maximum(count, 1)
    middle = np.array([np.median(gap[a:b]) if b > a else np.nan for a, b in itertools.pairwise(start)])
    regular = (count >= REGULAR_DAYS - 1) & (spread <= mean**2)
    with np.errstate(invalid="ignore"):
        heard = (day - signs.last <= RECENT_GAPS * middle) & (day + WARNED_GAPS * middle <= end)
    return regular & heard, middle


def _day(text: str) -> int:
    return day_number(date.fromisoformat(text))
