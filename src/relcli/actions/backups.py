"""Backups of a book: made, and put back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from relcli.actions.books import at_desk
from relcli.actions.desk import Desk
from relcli.actions.reforgetting import forget_again, kept, people
from relcli.domain.backup import Manifest
from relcli.errors import Ambiguous, CannotCreate, Denied, InputMissing, Misused, Refused
from relcli.store import backups
from relcli.store.engine import is_url, shown
from relcli.store.restore import restore
from relcli.text import safe

_CHANCES = 100  # names tried where others make backups at the same moment


@dataclass(frozen=True, slots=True)
class MakeBackup:
    """Where to: a file, a folder, or (None) the folder `backups` beside the book; how many to `keep` there."""

    target: str | None = None
    keep: int | None = None
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup and its manifest; `pruned` are the older ones that went. Of a dry run there is no manifest."""

    path: Path
    manifest: Manifest | None
    pruned: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Restored:
    """What the book holds now, from which backup, and where the one before went; None where there was none."""

    where: str
    backup: Path
    manifest: Manifest
    aside: Path | None
    again: int | None = 0


def make_backup(
    request: MakeBackup,
    location: str,
    *,
    now: datetime,
    wait: float,
    dry_run: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> BackupMade:
    """Back the book up, from one consistent view and without keeping anybody waiting; `tell` as for any open book.

    Raises Misused (a book on a server, or a FILE that cannot be meant), CannotCreate, Denied, OutputFailed, and
    NotABook where the book is damaged.
    """
    _refuse_server(location, "pg_dump makes its backups: pg_dump --format=custom --file=book.dump DATABASE")

    def act(desk: Desk) -> BackupMade:
        return _made(request, desk, Path(location))

    return at_desk(location, act, now=now, wait=wait, dry_run=dry_run, tell=tell)[0]


def restore_backup(
    file: str | None,
    location: str,
    *,
    now: datetime,
    wait: float,
    sure: Callable[[str], bool],
    unverified: bool = False,
    another_book: bool = False,
    dry_run: bool = False,
) -> Restored:
    """Prove a backup and put it in the place of the book, which is set aside. `sure` is asked in between.

    A folder stands for the newest backup of this book in it, None for the folder `backups` beside the book. A FILE of
    `another_book` is taken only when that is said. Raises InputMissing, InputRefused, NotABook, Ambiguous (of another
    book, or of several), Refused where the owner is not sure, Busy, and Misused for a book on a server.
    """
    _refuse_server(location, "pg_restore puts back what pg_dump made")
    book = Path(location)
    usual = book.with_name(backups.FOLDER)
    backup = usual if file is None else Path(file).expanduser()
    if file is None and not usual.is_dir():
        raise InputMissing(f"there is no folder of backups at {safe(str(usual))}", "give the FILE, if a backup lies elsewhere")
    if not backup.exists():
        raise InputMissing(
            f"there is no backup {safe(str(backup))}", f"without FILE the newest one in {safe(str(usual))} is taken"
        )
    identity = backups.identity(book)
    if backup.is_dir():
        if another_book:
            raise Misused("--another-book is for one FILE", f"name it: a folder stands for a backup of {safe(str(book))}")
        backup = backups.newest(backup, identity=identity, name=book.stem)
    if backup.exists() and book.exists() and backup.samefile(book):
        raise Misused("this is the book itself, not a backup of it", "give a file from the folder backups")
    held = backups.verified(backup, manifest=not unverified)
    foreign = identity not in (None, held.id)
    if foreign and not another_book:
        raise Ambiguous(
            f"{safe(str(backup))} is a backup of another book, not of {safe(str(book))}: {safe(held.whose())}; it {_holds(held)}",
            "if you mean to replace this book by that one, say --another-book",
        )
    present = kept(book, wait)
    again = len(people(backup, present, wait)) if present else None
    result = Restored(shown(location), backup, held, None, again)
    if dry_run:
        return result
    question = _question(backup, held, result.where, again, there=book.exists())
    if foreign:
        question = f"This is another book: {safe(held.whose())}. {question}"
    if not sure(question):
        raise Refused(f"{safe(str(backup))} was not restored: it {_holds(held)}", "to put it in the place of the book, say --yes")

    def change(copy: Path) -> None:
        if present is not None and present.forgotten.digests:
            forget_again(copy, present, now=now, wait=wait)

    return replace(result, aside=restore(backup, held, book, now=now, wait=wait, change=change))


def _made(request: MakeBackup, desk: Desk, book: Path) -> BackupMade:
    target, named = _target(request, desk, book)
    if named and request.keep is not None:
        raise Misused("--keep is for a folder of backups, not for one FILE", "leave FILE out, or give a folder")
    if target.exists() and target.samefile(book):
        raise Misused("a book cannot be its own backup", "give another FILE, or none")
    if desk.dry_run:
        return BackupMade(target, None)
    name = book.stem
    for chance in range(_CHANCES):
        try:
            made = backups.back_up(desk.book, target, name=name, now=desk.now, replaces=named and request.replaces)
            break
        except CannotCreate:
            there = target.exists() or backups.manifest_of(target).exists()
            if named or not there or chance == _CHANCES - 1:
                raise
            target = backups.free_name(target.parent, name=name, now=desk.now)  # another backup took it in the same second
    if request.keep is None:
        return BackupMade(target, made)
    return BackupMade(target, made, tuple(backups.prune(target, name=name, identity=desk.book.id, keep=request.keep)))


def _target(request: MakeBackup, desk: Desk, book: Path) -> tuple[Path, bool]:
    """Where the backup goes, and whether the file itself was named."""
    given = Path(request.target).expanduser() if request.target is not None else None
    if given is not None and not given.is_dir():
        return given, True
    folder = given or book.with_name(backups.FOLDER)
    if given is None and not desk.dry_run:
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except PermissionError:
            raise Denied(f"{safe(str(folder))} cannot be made: the folder may not be written to", "give a FILE") from None
        except OSError as error:
            raise CannotCreate(f"{safe(str(folder))} cannot be made: {error.strerror}", "give a FILE") from None
    return backups.free_name(folder, name=book.stem, now=desk.now), False


def _refuse_server(location: str, hint: str) -> None:
    if is_url(location):
        raise Misused(f"{shown(location)} is a book on a server, which its own tools back up", hint)


def _question(backup: Path, held: Manifest, where: str, again: int | None, *, there: bool) -> str:
    then = "The present book is set aside, and what was logged since is not in the restored one. " if there else ""
    if again:
        were = "person" if again == 1 else "people"
        then += (
            f"{again} {were} forgotten since then {'is' if again == 1 else 'are'} in this backup, and will be forgotten again. "
        )
    if again is None and there:
        then += "The present book cannot be read, so nothing says who was forgotten since then. "
    return f"{backup.name} {_holds(held)}. {then}It cannot be undone. Restore it to {where}?"


def _holds(held: Manifest) -> str:
    made = f"was made {held.made:%Y-%m-%d %H:%M} UTC and " if held.made else ""
    newest = f", last written {held.batch_at:%Y-%m-%d %H:%M} UTC by batch {held.batch}" if held.batch_at else ""
    return f"{made}holds {held.contents()}{newest}"
