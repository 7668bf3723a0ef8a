"""Kill a command at every system call that writes, in turn, and look at the book after each.

`python -m tests.faults.sweep [ACT ...]` kills at every point of every act and prints a table; the test beside it takes a
sample drawn by a printed seed. After each kill: (1) the book is sound, and so is every file the command made, (2) it holds
all of the command or nothing, (3) what had been acknowledged is there, (4) the same command again ends where an undisturbed
one does, and with it (6) nothing lies about, (5) its undo gives back the book from before, (7) what a rerun says is no
traceback, (8) modes are tight. What was to be erased is gone, byte by byte, after whatever command comes next.
"""

from __future__ import annotations

import fnmatch
import json
import re
import shutil
import sqlite3
import stat
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.acts import ACTS, Act
from tests.faults.forks import Forks, Ran, forks

CALLS = "pwrite64,write,fdatasync,fsync,ftruncate,unlink,unlinkat,rename,renameat,link,linkat,mkdir,chmod,openat"
OPENED = re.compile(r"^\d+ +openat\([^\n]*O_CREAT")
JOURNAL = ("batch", "change", "counter")
ENDS = {".html": "</html>", ".eml": ")"}  # of a page, and of an invitation with its code
LATER = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{0:04d}", "{1:04d}"
def upgrade():
    op.add_column("contact", sa.Column("nickname", sa.String(), nullable=True))
    with op.batch_alter_table("contact") as contact:
        contact.create_check_constraint("nickname_set", "length(nickname) > 0")
"""


@dataclass
class Found:
    """What a sweep saw: kill points tried, kills that came in time, and each violation in words."""

    points: int = 0
    kills: int = 0
    violations: list[str] = field(default_factory=list)


Point = tuple[str, int]  # a system call, and which of its calls
Held = tuple[Any, ...]  # what a book holds, in a form that compares


@dataclass(frozen=True)
class Sweep:
    """One act in a folder of its own: what it starts from, and where it ends when nobody disturbs it."""

    act: Act
    forks: Forks
    later: Path
    origin: Path
    before: Held = ()
    after: Held = ()
    codes: frozenset[str] = frozenset()

    def run(self, folder: Path, *words: str, strace: tuple[str, ...] = ()) -> Ran:
        """A command on the book in this folder."""
        line = [word.replace("{folder}", str(folder)) for word in words]
        later = str(self.later) if self.act.later else ""
        return self.forks.run(["--book", str(folder / "book.db"), *line], strace=strace, later=later)

    def held(self, folder: Path, name: str = "book.db") -> Held:
        return held(folder / name, self.codes)


def sweep(name: str, act: Act, forks: Forks, choose: Callable[[list[Point]], list[Point]] = lambda points: points) -> Found:
    """Kill `act` at the points that `choose` picks of all there are."""
    found = Found()
    with tempfile.TemporaryDirectory(prefix="relcli-sweep-") as place:
        this, points = prepared(name, act, forks, Path(place))
        for point in choose(points):
            found.points += 1
            here = copied(this.origin, Path(place) / "here")
            ran = _killed(this, here, point)
            found.kills += ran.code == -9
            for violation in violations(this, here, acknowledged=act.said in ran.err):
                found.violations.append(f"{name} killed at {point[0]} {point[1]}: {violation}")
            shutil.rmtree(here)
    return found


def held(book: Path, codes: frozenset[str] = frozenset()) -> Held:
    """All that a book holds but its journal; ids that are drawn by lot compare as equal unless they are among `codes`."""
    if not book.exists():
        return ("missing",)
    try:
        with closing(sqlite3.connect(f"{book.as_uri()}?mode=rw", uri=True)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return ("not sound",)
            if connection.execute("PRAGMA foreign_key_check").fetchall():
                return ("pointing nowhere",)
            connection.row_factory = sqlite3.Row
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            handed = [row[0] for row in connection.execute("SELECT DISTINCT handed_to FROM batch WHERE handed_to <> ''")]
            empty = connection.execute("SELECT count(*) FROM batch WHERE rows = 0 AND handed_to = ''").fetchone()[0]
            rows = [(table, _rows(connection, table, codes)) for table in tables if table not in JOURNAL]
            return (version, handed, empty, *rows)
    except sqlite3.DatabaseError:
        return ("damaged",)


def _rows(connection: sqlite3.Connection, table: str, codes: frozenset[str]) -> list[str]:
    drawn = {"batch_id", "secret"}
    rows = []
    for row in connection.execute(f'SELECT * FROM "{table}"'):
        values = {name: row[name] for name in row.keys() if name not in drawn}  # noqa: SIM118  # a Row is no dict
        if table == "contact" and values["code"] not in codes:
            values["code"] = "drawn by lot"
        if table == "invitation":
            values["token"] = "drawn by lot"
        rows.append(repr(sorted(values.items())))
    return sorted(rows)


def prepared(name: str, act: Act, forks: Forks, place: Path) -> tuple[Sweep, list[Point]]:
    """An act ready to be disturbed, and every call at which that can be."""
    from relcli.store import gate

    later = place / "later"
    later.mkdir()
    (later / "later.py").write_text(LATER.format(gate.SCHEMA + 1, gate.SCHEMA))
    origin = place / "origin"
    origin.mkdir(mode=0o700)
    start = Sweep(act, forks, later, origin)
    for words in (
        ("contact", "add", "Ana Ruiz", "--tag", "a", "--email", "ana@example.org"),
        ("contact", "add", "Bo"),
        ("log", "Ana Ruiz", "first", "--with", "Bo", "-c", "meeting"),
        ("log", "Ana Ruiz", "second", "-c", "meeting"),
        ("sold", "Bo", "12.50", "loaf"),
        *act.before,
    ) if act.book else ():  # fmt: skip
        ran = forks.run(["--book", str(origin / "book.db"), *(w.replace("{folder}", str(origin)) for w in words)])
        assert ran.code == 0, ran
    for file, text in act.files.items():
        (origin / file).write_text(text)
    codes: frozenset[str] = frozenset()
    if act.book:
        with closing(sqlite3.connect(origin / "book.db")) as connection:
            codes = frozenset(row[0] for row in connection.execute("SELECT code FROM contact"))
    if act.damaged:
        (origin / "book.db").write_bytes(b"no book any more" * 4096)
    done = copied(origin, place / "done")
    points = _points(start, done)
    this = Sweep(act, forks, later, origin, held(origin / "book.db", codes), held(done / "book.db", codes), codes)
    made = _files(done) - _files(origin)
    assert this.before != this.after or act.makes, f"{name} changes nothing: there is nothing to sweep"
    assert this.after[0] not in ("missing", "damaged", "not sound", "pointing nowhere"), this.after
    assert all(any(fnmatch.fnmatch(file, pattern) for file in _files(done)) for pattern in act.makes), made
    return this, points


def copied(folder: Path, target: Path) -> Path:
    """The folder again, modes and all."""
    shutil.copytree(folder, target)
    target.chmod(0o700)
    return target


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _points(this: Sweep, folder: Path) -> list[Point]:
    """Every call of an undisturbed run that writes, makes or removes; strace counts each kind of call by itself."""
    trace = folder.with_name("trace")
    ran = this.run(folder, *this.act.words, strace=("-o", str(trace), "-e", f"trace={CALLS}"))
    assert ran.code == 0, ran
    seen: Counter[str] = Counter()
    points = []
    for line in trace.read_text().splitlines():
        if called := re.match(r"^\d+ +(\w+)\(", line):
            call = called[1]
            seen[call] += 1
            if call != "openat" or OPENED.match(line):
                points.append((call, seen[call]))
    return points


def _killed(this: Sweep, folder: Path, point: Point) -> Ran:
    call, number = point
    kill = ("-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={number}")
    return this.run(folder, *this.act.words, strace=kill)


def violations(this: Sweep, folder: Path, *, acknowledged: bool) -> Iterator[str]:
    """What is wrong after a disturbed run, and after the commands that would follow it."""
    act, after = this.act, this.after
    if act.erases:  # whatever comes next finishes what was begun
        ran = this.run(folder, "contact", "list")
        if ran.code != 0:
            yield f"7: the next command ended with {ran.code}: {ran.err}"
    yield from _unsound(this, folder)
    now = this.held(folder)
    if now not in (this.before, after):
        yield f"2: part of it is in the book: {str(now)[:200]}"
    if acknowledged and now != after:
        yield "3: it had been acknowledged, and is not there"
    if now == after and act.erases:
        yield from _left(folder, act)
    if now == this.before or act.again:
        ran = this.run(folder, *act.words)
        if ran.code != 0 or this.held(folder) != after:
            yield f"4: again ended with {ran.code}: {ran.err}"
        if "Traceback" in ran.err or "left with" in ran.err:
            yield f"7: {ran.err}"
    else:  # its own rerun would be another command by now, so another one clears away
        for words in (("contact", "add", "Zoe"), ("book", "undo", "--yes")):
            ran = this.run(folder, *words)
            if ran.code != 0:
                yield f"4: {words[1]} after it ended with {ran.code}: {ran.err}"
    yield from _unsound(this, folder)
    if act.erases:
        yield from _left(folder, act)
    if act.undo:
        ran = this.run(folder, "book", "undo", "--yes")
        if ran.code != 0 or this.held(folder) != this.before:
            yield f"5: undo ended with {ran.code}: {ran.err}"
    yield from _stray(this, folder)


def _unsound(this: Sweep, folder: Path) -> Iterator[str]:
    """Files that the command made under their names, and are not whole."""
    proven = 0
    for pattern in this.act.makes:
        if pattern.endswith(".eml") and len(list(folder.glob(pattern))) > 1:
            yield "6: messages of two runs lie together"
        for file in sorted(folder.glob(pattern)):
            name = file.relative_to(folder).as_posix()
            mode = file.stat().st_mode
            if mode & 0o077:
                yield f"8: {name} may be read by others"
            if file.suffix in ENDS:
                if not file.read_text("utf-8").rstrip().endswith(ENDS[file.suffix]):
                    yield f"1: {name} is half of one"
                continue
            content = held(file, this.codes)
            if content not in (this.before, this.after, *(held(this.origin / f, this.codes) for f in _copies(this.origin))):
                yield f"1: {name} is {str(content)[:200]}"
            manifest = file.with_name(file.name + ".json")
            if manifest.exists() and this.run(folder, "book", "restore", str(file), "--dry-run").code == 0:
                proven += 1
    if proven < this.act.proven:
        yield f"1: {proven} backups are proven"


def _copies(folder: Path) -> list[str]:
    return [name for name in sorted(_files(folder)) if fnmatch.fnmatch(name, "*.db") and name != "book.db"]


def _left(folder: Path, act: Act) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in act.files:
            content = path.read_bytes()
            found = [word for word in act.erases if word.encode() in content]
            if found:
                yield f"erased, and still in {path.name}: {', '.join(found)}"


def _stray(this: Sweep, folder: Path) -> Iterator[str]:
    act = this.act
    allowed = ["book.db", *act.files, *_files(this.origin), *act.makes, *(f"{pattern}.json" for pattern in act.makes)]
    for name in sorted(_files(folder)):
        hidden = Path(name).name.startswith(".")
        if hidden or not any(name == pattern or fnmatch.fnmatch(name, pattern) for pattern in allowed):
            yield f"6: {name} lies about"
    if (folder / "book.db").stat().st_mode & 0o777 != 0o600:
        yield "8: the book's mode is loose"
    for path in folder.rglob("*"):
        if path.is_dir() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield f"8: others may look into {path.name}"


def main() -> None:
    """The long form."""
    total, begin, names = Found(), time.monotonic(), sys.argv[1:] or list(ACTS)
    if unknown := [name for name in names if name not in ACTS]:
        sys.exit(f"no such act: {', '.join(unknown)}; there are: {', '.join(ACTS)}")
    with forks() as loaded:
        for name in names:
            since = time.monotonic()
            found = sweep(name, ACTS[name], loaded)
            print(
                f"{name:<24} {found.points:>5} points {found.kills:>5} kills {len(found.violations):>3} violations"
                f" {time.monotonic() - since:>6.0f} s",
                flush=True,
            )
            for violation in found.violations:
                print(f"    {violation}")
            total.points += found.points
            total.kills += found.kills
            total.violations += found.violations
    figures = {"points": total.points, "kills": total.kills, "violations": len(total.violations)}
    print(json.dumps({**figures, "seconds": round(time.monotonic() - begin)}))
    sys.exit(bool(total.violations))


if __name__ == "__main__":
    main()
