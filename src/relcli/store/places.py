"""The files around a book: who may read them, what was left behind, and how good the newest backup is."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from relcli.domain.finding import Finding, Level
from relcli.errors import RelcliError
from relcli.files import LOGS, left_parts
from relcli.store import backups, medium
from relcli.text import as_word, safe

OLDEST = timedelta(days=7)
ASKEW = timedelta(days=1)  # by which the clocks of two computers may differ
ROOM = 1 << 20  # bytes below which the next write may not fit
_OTHERS, _WRITE = 0o077, 0o022


def findings(
    place: Path, *, identity: str, now: datetime, written: bool, deep: bool, folder: Path | None = None
) -> list[Finding]:
    """What is wrong with the files of the book at `place`; one nothing was `written` to yet needs no backup.

    `folder` is where its backups lie, else `backups` beside it.
    """
    kept = folder or place.with_name(backups.FOLDER)
    return [
        *_room(place),
        *_medium(place),
        *_modes(place, kept),
        *_left(place, kept),
        *_undescribed(place, kept),
        *_older_copies(place),
        *(_newest(place, kept, identity, now, deep=deep) if written else ()),
    ]


def _room(place: Path) -> Iterable[Finding]:
    """Whether the disk takes one more write."""
    free = shutil.disk_usage(place.parent).free
    if free < ROOM:
        yield _problem(
            "room",
            f"the disk is full: {free // 1024} KiB are left",
            "make room; until then the book can be read, and backed up to another disk",
        )


def _medium(place: Path) -> Iterable[Finding]:
    if wrong := medium.trouble(place.parent):
        yield _problem(
            "medium",
            wrong,
            "move the book to a disk of this machine, and leave copies, not the book, in a synced or shared folder",
        )


def older_copies(place: Path) -> list[Path]:
    """Copies of the book that stand beside it: from before a migration, and books set aside."""
    kinds = ("before-", "aside-")
    return sorted(p for p in place.parent.glob("*") if p.name.startswith(tuple(f"{place.name}.{kind}" for kind in kinds)))


def _modes(place: Path, folder: Path) -> Iterable[Finding]:
    files = [place, *(place.with_name(place.name + log) for log in LOGS), *older_copies(place)]
    files += sorted(folder.glob(f"{place.stem}-*.db")) if folder.is_dir() else []
    for file in files:
        if _mode(file) & _OTHERS:
            name = safe(str(file))
            yield _problem("modes", f"{name} may be read by others ({_mode(file):04o})", f"chmod 600 {as_word(str(file))}")
    for place_of in (place.parent, folder):
        if place_of.is_dir():
            mode, name = _mode(place_of), safe(str(place_of))
            if mode & _WRITE and not mode & stat.S_ISVTX:
                yield _problem(
                    "modes", f"others may put files into {name} ({mode:04o})", f"chmod 700 {as_word(str(place_of), 'FOLDER')}"
                )
            elif mode & _OTHERS:
                yield Finding(
                    "modes",
                    Level.NOTE,
                    f"others may look into {name} ({mode:04o})",
                    f"chmod 700 {as_word(str(place_of), 'FOLDER')}",
                )


def _left(place: Path, folder: Path) -> Iterable[Finding]:
    """What commands leave that were killed under way."""
    for where in dict.fromkeys((place.parent, folder)):
        for file in left_parts(where):
            name = safe(str(file))
            what = f"{name} was left on {_day(file)} by a command that was stopped"
            yield _problem("leftovers", what, f"when no relcli is at work: rm {as_word(str(file))}")


def _undescribed(place: Path, folder: Path) -> Iterable[Finding]:
    """Backups whose manifest is missing: killed between the two, or removed."""
    for file in sorted(folder.glob(f"{place.stem}-*.db")):
        if backups.is_ours(file, name=place.stem) and not backups.manifest_of(file).exists():
            name = safe(str(file))
            yield Finding(
                "leftovers",
                Level.NOTE,
                f"the backup {name} has no manifest: the command that made it was stopped, or it was removed",
                f"prove it: relcli book restore {as_word(str(file))} --unverified --dry-run; or remove it",
            )


def _older_copies(place: Path) -> Iterable[Finding]:
    for file in older_copies(place):
        if not file.name.endswith(LOGS):
            yield Finding(
                "older copies",
                Level.NOTE,
                f"{safe(str(file))} holds the book as it was on {_day(file)}",
                "remove it when you do not need it any more",
            )


def _newest(place: Path, folder: Path, identity: str, now: datetime, *, deep: bool) -> Iterable[Finding]:
    """Whether there is a backup of this book, of this week, and still what was written."""
    beside = folder == place.with_name(backups.FOLDER)
    advice = "relcli book backup" if beside else f"relcli book backup {as_word(str(folder), 'FOLDER')}"
    found = backups.listed(folder, identity=identity)
    if not found:
        yield _problem("backup", f"there is no backup in {safe(str(folder))}", advice)
        return
    file, said = found[0]
    name = safe(str(file))
    made = {path: manifest.made for path, manifest in found if manifest.made is not None}
    for path in (path for path, moment in made.items() if moment - now > ASKEW):
        told = f"{safe(str(path))} says it was made on {made[path]:%Y-%m-%d}, a day to come: a clock was wrong then or is now"
        yield _problem("backup", told, f"check the clock, make another backup, then remove this one: {advice}")
    latest = max((moment for moment in made.values() if moment - now <= ASKEW), default=None)
    if latest is not None and now - latest > OLDEST:
        yield _problem("backup", f"the newest backup is {(now - latest).days} days old: {name}", advice)
    try:
        if deep:
            backups.verified(file)
        elif file.stat().st_size != said.size:
            yield _problem("backup", f"{name} has not the size its manifest says", advice)
    except FileNotFoundError:  # another backup pruned it just now
        return
    except RelcliError as error:
        yield _problem("backup", error.message, advice)


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:  # never there, or gone since it was listed
        return 0


def _day(file: Path) -> str:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC).date().isoformat()


def _problem(check: str, what: str, advice: str) -> Finding:
    return Finding(check, Level.PROBLEM, what, advice)
