"""The global options as one typed value, and how a command chooses its output format."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from relcli import clock
from relcli.errors import BadConfiguration, Misused

FORMATS = ("text", "json", "jsonl", "csv", "tsv", "ids", "md", "html", "eml", "mbox")
SHARED = ("book", "format", "output", "raw", "color", "now", "yes", "dry_run", "quiet", "debug", "wait")
_SUFFIXES = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".md": "md",
    ".html": "html",
    ".eml": "eml",
    ".mbox": "mbox",
}
# What is meant as the address of a server and would be taken for a file: a scheme without `://`, `host=… password=…`, `user:word@host`.
_SERVER = re.compile(
    r"^\s*postgres(ql)?(\+\w+)?[:/@]|^\s*//.*@|\b(host|hostaddr|port|user|password|dbname|sslmode)\s*=|^[^/\s:]+:[^/\s@]*@[^/\s]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Options:
    """What every command takes, before or after its name."""

    book: str | None = None
    format: str | None = None
    output: str | None = None
    raw: bool = False
    color: str = "auto"
    now: str | None = None
    yes: bool = False
    dry_run: bool = False
    quiet: bool = False
    debug: bool = False
    wait: float = 10.0

    @classmethod
    def of(cls, params: Mapping[str, Any]) -> Options:
        """The options out of the root's parsed parameters."""
        return cls(**{name: params[name] for name in SHARED if params.get(name) is not None})

    def moment(self) -> datetime:
        """The present: --now, else RELCLI_NOW, else the clock. Raises Misused."""
        given = self.now or os.environ.get("RELCLI_NOW") or None
        try:
            return clock.now(given)
        except (ValueError, OverflowError):
            raise Misused(f'--now "{given}" is not a date', "write it as 2026-11-21 or 2026-11-21T17:30") from None

    def location(self) -> str:
        """Where the book is: --book, else RELCLI_BOOK, else the user's data folder."""
        if self.book is not None and not self.book.strip():
            raise Misused("--book is empty", "name a file, or leave it out for your own book")
        given = self.book or os.environ.get("RELCLI_BOOK")
        if given:
            if "://" not in given and _SERVER.search(given):  # it may hold a password: it is neither made a file of nor repeated
                raise BadConfiguration(
                    "the address of the book looks like a server's, and is not written as one",
                    "write postgresql://USER@HOST/DATABASE",
                )
            return given if "://" in given else _real(Path(given).expanduser())
        from relcli.config import book_path

        return _real(book_path())

    def chosen(self, offered: Sequence[str], default: str = "text") -> str:
        """The format to answer in: --format, the suffix of --output, RELCLI_FORMAT, the default.

        Raises Misused for one that is none, or that the command does not offer; from the environment it is passed over.
        """
        if self.format is not None:
            if self.format not in FORMATS:
                raise Misused(f'"{self.format}" is no format', f"choose one of: {', '.join(offered)}")
            if self.format not in offered:
                raise Misused(f"--format {self.format} is not offered here", f"choose one of: {', '.join(offered)}")
            return self.format
        if self.output not in (None, "-"):
            suffix = _SUFFIXES.get(Path(str(self.output)).suffix.lower())
            if suffix is not None and suffix not in offered:
                raise Misused(
                    f"{self.output} would be {suffix}, which is not offered here", f"choose one of: {', '.join(offered)}"
                )
            if suffix is not None:
                return suffix
        environment = os.environ.get("RELCLI_FORMAT", "").strip().lower()
        return environment if environment in offered else default


def _real(path: Path) -> str:
    """The file itself where the path is a link to it, so that log, backups and copies lie beside it and nowhere else."""
    with contextlib.suppress(OSError):  # a folder that may not be entered is told of by whoever opens the book
        if path.is_symlink() and path.exists():
            return os.path.realpath(path)
    return str(path)
