"""Backups: made from one consistent view, proven after writing, described by a manifest beside them.

The manifest of `FILE` is `FILE.json`. What it says of the file, its SHA-256 first of all, is what a restore goes by.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relcli import __version__
from relcli.domain.backup import Manifest, book_id
from relcli.errors import Ambiguous, CannotCreate, Denied, InputMissing, InputRefused, NotABook, OutputFailed
from relcli.files import replacing, sha256
from relcli.store import batches, gate
from relcli.store.engine import damage, file_damage, handle, translated, unchanging
from relcli.store.shape import misshapen
from relcli.text import as_word, safe

if TYPE_CHECKING:
    from relcli.store.book import Book

FOLDER = "backups"
_STAMP = "%Y%m%d-%H%M%S"
_VERSION = 1  # of the manifest's keys
_LARGEST = 1 << 20  # bytes of a manifest; ours have less than 2 KiB
_PAGES = 4096  # copied in one go; between two of them a signal is heard


def back_up(book: Book, target: Path, *, name: str, now: datetime, replaces: bool = False) -> Manifest:
    """Write the book as it is at this moment to `target`, prove it, and describe it in its manifest.

    `name` is the book file's own. Raises CannotCreate where something is there already, unless it `replaces` it,
    Denied, OutputFailed, NotABook (the book itself is damaged).
    """
    hint, fresh = "give another FILE", not replaces
    if fresh:
        for file in (target, manifest_of(target)):
            if file.exists() or file.is_symlink():
                raise CannotCreate(
                    f"there is something at {safe(str(file))} already", "give another FILE, or --yes to replace it"
                )
    with (  # the inner one takes its name first
        replacing(manifest_of(target), hint=hint, fresh=fresh) as described,
        replacing(target, hint=hint, fresh=fresh) as part,
    ):
        made = _copied(book, part, target, name=name, now=now)
        facts = {"version": _VERSION, **made.facts()}
        described.write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return made


def verified(file: Path, *, manifest: bool = True) -> Manifest:
    """What a backup holds, once everything that can be known of it is proven; without a `manifest` it speaks for itself.

    Raises InputMissing, InputRefused (no manifest, or written to afterwards), NotABook (not what was written,
    foreign, damaged, newer), Denied.
    """
    where = safe(str(file))
    if not file.is_file():
        raise InputMissing(f"there is no backup {where}", "see what there is in the folder backups beside the book")
    said = read_manifest(file) if manifest else None
    if manifest and said is None:
        raise InputRefused(f"{where} has no manifest {safe(manifest_of(file).name)}", "to trust the file alone, say --unverified")
    with _read(where):
        size, digest = file.stat().st_size, sha256(file)
        logged = _log_of(file)
    if said is not None and (size, digest) != (said.size, said.sha256):
        raise NotABook(f"{where} is not what its manifest describes: it is damaged, or was changed", "take another backup")
    if logged:
        raise InputRefused(
            f"{where} was written to after it was made: a log lies beside it",
            f"make it whole first: relcli --book {as_word(str(file))} book backup FILE",
        )
    gate.check_file(file, 0)
    try:
        with unchanging(file) as copy:
            if wrong := problems(copy):
                raise NotABook(f"{where} is damaged: {wrong[0]}", "take another backup")
            found = _described(copy, file, size, digest)
    except sqlite3.Error as error:
        raise NotABook(f"{where} is damaged: {error}", "take another backup") from error
    if said is None:
        return found
    return replace(found, made=said.made, program=said.program, book=said.book, generation=said.generation)


def identity(place: Path) -> str | None:
    """The id of the book in a file; None where there is none, or it is damaged beyond reading."""
    if not place.is_file():
        return None
    with contextlib.suppress(sqlite3.Error), unchanging(place) as found:
        row = found.execute("SELECT secret FROM book").fetchone()
        return book_id(str(row[0])) if row else None
    return None


def newest(folder: Path, *, identity: str | None, name: str) -> Path:
    """The newest backup of a book in a folder, proven or not; only where no book says its `identity` the `name` counts.

    Raises InputMissing where there is none, Ambiguous where several books have the name.
    """
    there, where = listed(folder), safe(str(folder))
    found = [(file, said) for file, said in there if (said.id == identity if identity else said.book == name)]
    if not found:
        others = "; ".join(safe(whose) for whose in sorted({said.whose() for _, said in there}))
        raise InputMissing(
            f"there is no backup of {'this book' if identity else safe(name)} in {where}"
            + (f", only of others: {others}" if others else ""),
            "give the file itself" + (", with --another-book if it is of another book" if others and identity else ""),
        )
    if len({said.id for _, said in found}) > 1:
        books = {said.id: f"{said.whose()} ({file.name}: {said.contents()})" for file, said in reversed(found)}
        raise Ambiguous(
            f"{where} has backups of {len(books)} books named {safe(name)}: {'; '.join(safe(one) for one in books.values())}",
            "no book is here to say which is meant: give the file itself",
        )
    return found[0][0]


def listed(folder: Path, *, identity: str | None = None) -> list[tuple[Path, Manifest]]:
    """The backups of one book in a folder, or of all, by what their manifests say, newest first, proven or not."""
    found = []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        file = path.with_suffix("")
        with contextlib.suppress(InputRefused, Denied):
            said = read_manifest(file)
            if said is not None and identity in (None, said.id) and file.is_file():
                found.append((file, said))
    return sorted(found, key=lambda pair: (pair[1].order, len(pair[0].name), pair[0].name), reverse=True)


def prune(newest: Path, *, name: str, identity: str, keep: int) -> list[Path]:
    """Of the backups of one book beside the `newest`, those with a name we gave, leave `keep`; answers what went.

    Where more than the newest is to stay, and nothing that would is what was once written, the newest that is stays too.
    """
    older = [pair for pair in listed(newest.parent, identity=identity) if pair[0] != newest and is_ours(pair[0], name=name)]
    stay, go = older[: keep - 1], older[keep - 1 :]
    if go and stay and not any(_unchanged(*pair) for pair in stay):
        sound = next((pair for pair in go if _unchanged(*pair)), None)
        go = [pair for pair in go if pair is not sound]
    gone = [file for file, _ in go]
    for file in gone:
        try:
            file.unlink(missing_ok=True)
            manifest_of(file).unlink(missing_ok=True)
        except OSError as error:
            raise Denied(f"{safe(str(file))} could not be removed: {error.strerror}", "the new backup was made") from None
    return gone


def is_ours(file: Path, *, name: str) -> bool:
    """Whether a file bears a name that we give to a backup of the book of this name."""
    return re.fullmatch(rf"{re.escape(name)}-\d{{8}}-\d{{6}}(-\d+)?\.db", file.name) is not None


def free_name(folder: Path, *, name: str, now: datetime) -> Path:
    """A name for the next backup that nothing bears yet."""
    stem, count = f"{name}-{now.strftime(_STAMP)}", 1
    while (
        (path := folder / f"{stem}{f'-{count}' if count > 1 else ''}.db").exists()
        or manifest_of(path).exists()
        or path.is_symlink()
    ):
        count += 1
    return path


def manifest_of(file: Path) -> Path:
    """Where the manifest of a backup lies."""
    return file.with_name(file.name + ".json")


def read_manifest(file: Path) -> Manifest | None:
    """The manifest beside a backup; None where there is none. Raises InputRefused for one that cannot be read."""
    path = manifest_of(file)
    where = safe(str(path))
    try:
        with _read(where):
            about = path.lstat()
            if not stat.S_ISREG(about.st_mode) or about.st_size > _LARGEST:  # a pipe or a device would never end
                raise InputRefused(
                    f"{where} is not a file of its own, or far too large for a manifest",
                    "say --unverified to trust the backup alone",
                )
            return _from_mapping(json.loads(path.read_text("utf-8")))
    except InputMissing:
        return None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        raise InputRefused(f"{where} is not a manifest of relcli", "take another backup, or say --unverified") from None


def problems(copy: sqlite3.Connection) -> list[str]:
    """What is wrong with a database file as a whole, in SQLite's words."""
    if wrong := file_damage(copy, deep=True):
        return [" ".join(line.split()) for line in wrong]
    if copy.execute("PRAGMA user_version").fetchone()[0] == gate.SCHEMA and (foreign := misshapen(copy)):
        return foreign
    return sorted({f"rows of {row[0]} point nowhere" for row in copy.execute("PRAGMA foreign_key_check")})


def _unchanged(file: Path, said: Manifest) -> bool:
    with contextlib.suppress(OSError):
        return file.stat().st_size == said.size and sha256(file) == said.sha256
    return False


def _copied(book: Book, part: Path, target: Path, *, name: str, now: datetime) -> Manifest:
    """Fill the part from one view of the book, and prove it."""
    where = f"the backup {safe(target.name)}"
    with book.reading() as connection:
        counts = batches.counts(connection)
        with translated(where), contextlib.closing(sqlite3.connect(part, isolation_level=None)) as copy:
            for pragma in ("journal_mode=OFF", "synchronous=OFF"):  # a part that fails is thrown away
                copy.execute(f"PRAGMA {pragma}")
            handle(connection).backup(copy, pages=_PAGES, progress=lambda *_: None)
    with translated(where), unchanging(part) as copy:
        wrong = problems(copy)
        if not wrong and _counts(copy) != counts:
            wrong = ["it does not hold what the book holds"]
        if not wrong:
            made = _described(copy, part, part.stat().st_size, sha256(part))
            generation = _generation(copy, [said for _, said in listed(target.parent, identity=book.id)])
    if wrong:
        with book.reading() as connection:
            if damage(connection, deep=True):
                raise NotABook(f"{book.where} is damaged: {wrong[0]}", "see: relcli book check --deep")
        raise OutputFailed(f"the copy is not sound: {wrong[0]}", "nothing was left behind; check the disk")
    gate.check_file(part, 0)
    return replace(made, file=target.name, program=__version__, made=now, book=name, generation=generation)


def _generation(copy: sqlite3.Connection, before: list[Manifest]) -> int:
    """That of the newest backup there, while the book still has its last batch; one more where a restore took it back."""
    if not before:
        return 0
    last = before[0]
    sought = "SELECT 1 FROM batch WHERE id = ? AND mark = ?"
    goes_on = last.batch is None or copy.execute(sought, (last.batch, last.mark)).fetchone()
    return last.generation if goes_on else last.generation + 1


def _from_mapping(said: Mapping[str, Any]) -> Manifest:
    batch = said["batch"]
    m = Manifest(
        str(said["file"]), str(said["sha256"]), int(said["size"]), {str(k): int(v) for k, v in said["counts"].items()},
        int(batch["number"]) if batch else None, datetime.fromisoformat(batch["at"]) if batch else None,
        str(batch["mark"]) if batch else None, int(said["schema"]), str(said["program"]), datetime.fromisoformat(said["made"]),
        str(said["book"]["id"]), str(said["book"]["name"]), datetime.fromisoformat(said["book"]["created"]),
        int(said["generation"]),
    )  # fmt: skip
    if not all(moment.tzinfo for moment in (m.made, m.created, m.batch_at) if moment):
        raise ValueError("a time without its zone")
    return m


def _counts(copy: sqlite3.Connection) -> dict[str, int]:
    """As `batches.counts`, also for a book of an older schema."""
    there = {row[0] for row in copy.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    asked = {noun: table for noun, table in batches.TABLES.items() if table in there}
    return {noun: copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for noun, table in asked.items()}  # noqa: S608  # names of ours


def _described(copy: sqlite3.Connection, file: Path, size: int, digest: str) -> Manifest:
    schema = copy.execute("PRAGMA user_version").fetchone()[0]
    row = copy.execute("SELECT created, secret FROM book").fetchone()
    if row is None:
        raise NotABook(f"{safe(str(file))} is a book without its first page", "take another backup")
    batch = copy.execute("SELECT id, at, mark FROM batch ORDER BY id DESC LIMIT 1").fetchone()
    moment = datetime.fromisoformat
    m = Manifest(
        file.name,
        digest,
        size,
        _counts(copy),
        None,
        None,
        None,
        schema,
        "",
        None,
        book_id(str(row[1])),
        file.stem,
        _aware(moment(row[0])),
    )
    return replace(m, batch=batch[0], batch_at=_aware(moment(batch[1])), mark=batch[2]) if batch else m


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _log_of(file: Path) -> bool:
    log = file.with_name(file.name + "-wal")
    return log.exists() and log.stat().st_size > 0


@contextlib.contextmanager
def _read(where: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise InputMissing(f"there is no {where}") from None
    except PermissionError:
        raise Denied(f"{where} may not be read", "check the permissions of the file and its folder") from None
    except OSError as error:
        raise OutputFailed(f"{where} could not be read: {error.strerror}", "check the disk") from None
