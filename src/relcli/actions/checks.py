"""Whether all is well with a book."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from relcli.actions import beside
from relcli.actions.desk import Desk
from relcli.domain.finding import Finding, Level
from relcli.errors import InputMissing, Misused
from relcli.store import batches, checks, places
from relcli.store.engine import is_url, shown
from relcli.text import safe


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, problems before notes; nothing where all is well."""

    where: str
    findings: tuple[Finding, ...]

    @property
    def problems(self) -> int:
        """How many of them need doing."""
        return sum(f.level is Level.PROBLEM for f in self.findings)


def check_book(desk: Desk, location: str, *, deep: bool, folder: str | None = None) -> Checked:
    """Look at the records and, for a book on a file, at the files around it. Reads only; repairs nothing.

    `folder` is where its backups lie. Raises Misused for one of a book on a server, InputMissing where it is none.
    """
    if folder is not None and is_url(location):
        raise Misused(f"{shown(location)} is a book on a server, which its own tools back up", "leave out --backups")
    backups = Path(folder).expanduser() if folder is not None else None
    if backups is not None and not backups.is_dir():
        raise InputMissing(f"there is no folder {safe(str(backups))}", "make a backup there first: relcli book backup FOLDER")
    with desk.book.reading() as connection:
        found = checks.findings(connection, deep=deep)
        written = batches.newest(connection) is not None
    if not is_url(location):
        place = Path(location).absolute()
        found += beside.findings(desk.book, location)
        found += places.findings(place, identity=desk.book.id, now=desk.now, written=written, deep=deep, folder=backups)
    return Checked(desk.book.where, tuple(sorted(found, key=lambda f: f.level is Level.NOTE)))
