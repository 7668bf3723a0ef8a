"""Kill a command at every system call that writes, in turn, and look at the book after each.

`python -m tests.faults.sweep [COMMAND ...]` kills at every point of every command and prints a table; the test beside it
takes a sample drawn by a printed seed. After each kill: (1) the book is sound, (2) it holds all of the command or nothing,
(3) what had been acknowledged is there, (4) the same command again ends where an undisturbed one does, (5) its undo
gives back the book from before, (6) nothing but the book and what a rerun clears away lies about, (8) modes are tight.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from typer.testing import CliRunner

from relcli.cli.app import app

CALLS = "pwrite64,write,fdatasync,fsync,ftruncate,unlink,rename,link"
NOUNS = ("contacts", "interactions", "transactions")
ENV = {"RELCLI_NOW": "2026-11-21T10:00:00+00:00", "RELCLI_ACTOR": "sweep", "TZ": "UTC", "PYTHONDONTWRITEBYTECODE": "1"}


@dataclass(frozen=True)
class Act:
    """A command to be killed; `{folder}` stands for the book's folder.

    `undo` says that book undo gives back the book from before; `again` that running it twice is the same as once.
    """

    words: tuple[str, ...]
    undo: bool = True
    again: bool = False
    files: dict[str, str] = field(default_factory=dict)
    before: tuple[tuple[str, ...], ...] = ()


LEDGER = "contact,at,amount\n" + "".join(f"Ana Ruiz,2026-02-{n % 28 + 1:02},{n + 1}\n" for n in range(60))
ACTS = {
    "log": Act(("log", "Ana Ruiz", "a call", "--channel", "phone", "--in")),
    "complaint": Act(("log", "Ana Ruiz", "a crease", "--channel", "phone", "--complaint")),
    "edit": Act(("contact", "edit", "Ana Ruiz", "--note", "new", "--tag", "b", "--no-tag", "a", "--phone", "+34 600 000 001")),
    "import": Act(("import", "transactions", "{folder}/ledger.csv"), again=True, files={"ledger.csv": LEDGER}),
    "undo": Act(("book", "undo", "--yes"), undo=False),
}


@dataclass
class Found:
    """What a sweep saw: kill points tried, kills that came in time, and each violation in words."""

    points: int = 0
    kills: int = 0
    violations: list[str] = field(default_factory=list)


Point = tuple[str, int]  # a system call, and which of its calls


def sweep(name: str, act: Act, choose: Callable[[list[Point]], list[Point]] = lambda points: points) -> Found:
    """Kill `act` at the points that `choose` picks of all there are."""
    found = Found()
    with tempfile.TemporaryDirectory(prefix="relcli-sweep-") as folder:
        origin = prepared(Path(folder) / "origin", act)
        done = copied(origin, Path(folder) / "done")
        points = _points(done, act)
        before, after = held(origin), held(done)
        assert before != after, f"{name} changes nothing: there is nothing to sweep"
        for point in choose(points):
            found.points += 1
            here = copied(origin, Path(folder) / "here")
            killed, acknowledged = _killed(here, act, point)
            found.kills += killed
            for violation in _violations(here, act, before, after, acknowledged=acknowledged):
                found.violations.append(f"{name} killed at {point[0]} {point[1]}: {violation}")
            shutil.rmtree(here)
    return found


def prepared(folder: Path, act: Act) -> Path:
    """A folder with a small book, and what the act needs."""
    folder.mkdir(mode=0o700)
    for words in (
        ("contact", "add", "Ana Ruiz", "--tag", "a", "--email", "ana@example.org"),
        ("contact", "add", "Bo"),
        ("log", "Ana Ruiz", "first", "--with", "Bo"),
        ("sold", "Bo", "12.50", "loaf"),
        *act.before,
    ):
        ran = relcli(folder, *words)
        assert ran[0] == 0, ran
    for name, text in act.files.items():
        (folder / name).write_text(text)
    return folder


def copied(folder: Path, target: Path) -> Path:
    """The folder again, modes and all."""
    shutil.copytree(folder, target)
    target.chmod(0o700)
    return target


def relcli(folder: Path, *words: str) -> tuple[int, str, str]:
    """A command in this process."""
    line = ["--book", str(folder / "book.db"), *(w.replace("{folder}", str(folder)) for w in words)]
    result = CliRunner().invoke(app, line, env=ENV, catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def held(folder: Path) -> list[str]:
    """What the book holds."""
    exports = [relcli(folder, "export", noun, "-f", "json")[1] for noun in NOUNS]
    return [*exports, relcli(folder, "promise", "list", "--status", "all", "-f", "json")[1]]


def _command(folder: Path, act: Act, *strace: str) -> list[str]:
    words = [w.replace("{folder}", str(folder)) for w in act.words]
    return ["strace", "-f", "-qq", *strace, sys.executable, "-m", "relcli", "--book", str(folder / "book.db"), *words]


def _points(folder: Path, act: Act) -> list[Point]:
    """Every call of an undisturbed run; strace counts each kind of call by itself."""
    trace = folder / "trace"
    command = _command(folder, act, "-o", str(trace), "-e", f"trace={CALLS}")
    subprocess.run(command, env=os.environ | ENV, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    made = Counter(re.findall(r"^\d+ +(\w+)\(", trace.read_text(), re.MULTILINE))
    trace.unlink()
    return [(call, number) for call, count in sorted(made.items()) for number in range(1, count + 1)]


def _killed(folder: Path, act: Act, point: Point) -> tuple[bool, bool]:
    """Run and kill at one call; whether it died, and whether it had said that it was done."""
    call, number = point
    kill = ("-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={number}")
    ran = subprocess.run(
        _command(folder, act, *kill), env=os.environ | ENV, check=False, capture_output=True, stdin=subprocess.DEVNULL
    )
    return ran.returncode != 0, b"(batch" in ran.stderr


def _violations(folder: Path, act: Act, before: list[str], after: list[str], *, acknowledged: bool) -> Iterator[str]:
    book = folder / "book.db"
    now = held(folder)
    connection = sqlite3.connect(book)
    try:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            yield "1: the book is not sound"
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            yield "1: something points nowhere"
        open_batches = connection.execute("SELECT count(*) FROM batch WHERE rows = 0").fetchone()[0]
    finally:
        connection.close()
    if now not in (before, after):
        yield "2: part of it is in the book"
    if open_batches:
        yield "2: a batch without rows is in the book"
    if acknowledged and now != after:
        yield "3: it had been acknowledged, and is not there"
    if now == before or act.again:
        code, _, err = relcli(folder, *act.words)
        if code != 0 or held(folder) != after:
            yield f"4: again ended with {code}: {err}"
    if act.undo:
        code, _, err = relcli(folder, "book", "undo", "--yes")
        if code != 0 or held(folder) != before:
            yield f"5: undo ended with {code}: {err}"
    stray = {path.name for path in folder.iterdir()} - {"book.db", *act.files}
    if stray:
        yield f"6: {', '.join(sorted(stray))} lies about"
    if book.stat().st_mode & 0o777 != 0o600:
        yield "8: the book's mode is loose"


def main() -> None:
    """The long form."""
    total = Found()
    for name in sys.argv[1:] or list(ACTS):
        found = sweep(name, ACTS[name])
        print(f"{name:<14} {found.points:>5} points {found.kills:>5} kills {len(found.violations):>3} violations", flush=True)
        for violation in found.violations:
            print(f"    {violation}")
        total.points += found.points
        total.kills += found.kills
        total.violations += found.violations
    print(json.dumps({"points": total.points, "kills": total.kills, "violations": len(total.violations)}))
    sys.exit(bool(total.violations))


if __name__ == "__main__":
    main()
