"""Two copies of one book lead lives of their own; brought together they are what both did, nothing twice, and one undo away."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from relcli.store.book import opened
from relcli.store.journal import MARKS, NOUNS

PEOPLE = ("Ana Ruiz", "Bo Lind", "Mill")
NOTHING = ("batch_id", "id", "key", "rank")
ADDS = (
    "log '{who}' 'said {n}' -c email --in --at 2026-03-{day:02}",
    "log '{who}' 'met {n}' --with 'Bo Lind' -c meeting --both --at 2026-03-{day:02}",
    "sold '{who}' {n}.50 cake --at 2026-03-{day:02}",
    "promise add '{who}' 'send {n}' --by 2027-01-{day:02}",
    "preference set '{who}' --topic 'topic {n}' --at 2026-03-{day:02} --stated 'words {n}'",
    "circumstance set '{who}' need --theirs 4 --note 'note {n}' --at 2026-03-{day:02}",
    "later '{who}' --until 2027-01-{day:02} --because 'because {n}'",
    "remind '{who}' 2027-03-{day:02} 'think of {n}'",
    "plan set '{who}' --next 'step {n}' --by 2027-02-{day:02}",
    "survey record pulse '{who}' --answer recommend={score} --answer 'why=since {n}' --at 2026-03-{day:02}",
    "contact add 'New {n}' --email new{n}@example.org --tag t{n} --introduced-by '{who}'",
    "initiative start 'Effort {n}' --hypothesis 'they come back' --outcome signs --from 2026-04-01",
)
acts = st.lists(st.tuples(st.sampled_from(ADDS), st.sampled_from(PEOPLE), st.integers(1, 28)), min_size=0, max_size=6)


def content(book: Path, *, origins: bool = True) -> dict[str, Counter[str]]:
    """Every record by what it says: contacts by their id, numbers aside, equal ones counted."""
    with opened(str(book), wait=1) as one, one.reading() as connection:
        codes = {row.id: row.code for row in connection.execute(select(NOUNS["contact"].root))}
        found: dict[str, Counter[str]] = {}
        for noun in NOUNS.values():
            if noun.name == "origin" and not origins:
                continue
            records: dict[int, list[str]] = {}
            for table, owner in ((noun.root, "id"), *noun.satellites):
                for row in connection.execute(select(table)).mappings():
                    said = {
                        column.name: codes.get(row[column.name], row[column.name])
                        if any(key.column.table.name == "contact" for key in column.foreign_keys)
                        else row[column.name]
                        for column in table.columns
                        if column.name not in NOTHING and column.name != owner
                    }
                    records.setdefault(row[owner], []).append(json.dumps([table.name, said], sort_keys=True, default=str))
            found[noun.name] = Counter(str(sorted(texts)) for texts in records.values())
        return found


def begun(relcli: Any, folder: Path) -> tuple[Path, Path]:
    """A book with some people and records, and a copy of it as a sync leaves it."""
    book = folder / "book.db"
    for line in (
        "contact add 'Ana Ruiz' --email ana@example.org",
        "contact add 'Bo Lind'",
        "contact add Mill --kind organisation",
        "log 'Ana Ruiz' first -c phone --in --at 2026-01-05",
        "promise add 'Ana Ruiz' 'the album' --by 2026-12-20",
        "sold 'Bo Lind' 3 roll --at 2026-01-06",
    ):
        on(relcli, book, line)
    other = folder / "book.sync-conflict-20261128-101112-ABCDEFG.db"
    shutil.copy(book, other)
    return book, other


def on(relcli: Any, book: Path, line: str, code: int = 0) -> Any:
    import shlex

    ran = relcli("--book", str(book), *shlex.split(line), "--now", "2026-11-28T10:00:00+00:00")
    assert ran.code == code, f"{line}: {ran.code}\n{ran.err}"
    return ran


def act_on(relcli: Any, book: Path, side: str, acts: list[tuple[str, str, int]]) -> None:
    for place, (act, who, day) in enumerate(acts):
        number = place + (1 if side == "here" else 101)
        on(relcli, book, act.format(who=who, n=number, day=day, score=number % 10))


def fresh(tmp_path: Path) -> Path:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir(mode=0o700)
    return folder


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(here=acts, there=acts)
def test_what_both_did_is_there_once_and_one_undo_takes_it_back(relcli: Any, tmp_path: Path, here: Any, there: Any) -> None:
    book, other = begun(relcli, fresh(tmp_path))
    common = content(book)
    act_on(relcli, book, "here", here)
    act_on(relcli, other, "there", there)
    mine, theirs, bytes_there = content(book), content(other), other.read_bytes()
    on(relcli, book, f"book merge-copy '{other}'")
    both = content(book, origins=False)
    for noun in both:
        assert both[noun] == mine[noun] + (theirs[noun] - common[noun]), noun
    assert other.read_bytes() == bytes_there
    assert "nothing to bring over" in on(relcli, book, f"book merge-copy '{other}'").err
    assert content(book, origins=False) == both
    assert [line for line in on(relcli, book, "book check -f csv", 1).out.splitlines() if "problem,anothe" in line] == []
    if there:
        on(relcli, book, "book undo --yes")
        assert content(book) == mine
    on(relcli, book, f"book merge-copy '{other}'")
    assert content(book, origins=False) == both


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(here=acts, there=acts, later=acts)
def test_copies_that_are_brought_together_again_and_again_stay_the_same(
    relcli: Any, tmp_path: Path, here: Any, there: Any, later: Any
) -> None:
    book, other = begun(relcli, fresh(tmp_path))
    act_on(relcli, book, "here", here)
    act_on(relcli, other, "there", there)
    on(relcli, book, f"book merge-copy '{other}'")
    on(relcli, other, f"book merge-copy '{book}'")
    assert content(other, origins=False) == content(book, origins=False)
    for place, (act, who, day) in enumerate(later):
        on(relcli, other, act.format(who=who, n=place + 201, day=day, score=5))
    on(relcli, book, f"book merge-copy '{other}'")
    assert content(other, origins=False) == content(book, origins=False)
    assert "nothing to bring over" in on(relcli, book, f"book merge-copy '{other}'").err
    assert all(noun in NOUNS for noun in MARKS)
