"""Completion of names: read-only, by the standard library alone, silent about every error."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

import typer

from relcli.text import folded, safe

_MOST = 50


def contacts(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Names (with their ids as help) that begin with what was typed so far, accents and case aside; ids likewise."""
    with contextlib.suppress(Exception):
        return _names(_path(ctx), incomplete)
    return []


def surveys() -> list[str]:
    """The names of the surveys there are, by their files: ours, and the user's own."""
    with contextlib.suppress(Exception):
        from importlib.resources import files

        from relcli.config import surveys_path

        own = surveys_path()
        found = [*(files("relcli.exchange") / "surveys").iterdir(), *(own.iterdir() if own.is_dir() else ())]
        names = {Path(file.name).stem.lower() for file in found if file.name.endswith(".toml") and file.name[0] not in "._"}
        return sorted(names)
    return []


def initiatives(ctx: typer.Context) -> list[str]:
    """The names of the initiatives there are."""
    with contextlib.suppress(Exception), contextlib.closing(_opened(_path(ctx))) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM initiative ORDER BY id") if name == safe(name)]
    return []


def _path(ctx: typer.Context) -> Path:
    given = ctx.find_root().params.get("book") or ctx.params.get("book") or os.environ.get("RELCLI_BOOK")
    if given:
        return Path(given).expanduser()
    from relcli.config import book_path

    return book_path()


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.2)


def _names(path: Path, incomplete: str) -> list[tuple[str, str]]:
    connection = _opened(path)
    try:
        if incomplete.startswith("c_"):
            found = connection.execute(
                "SELECT code, name FROM contact WHERE code >= :begin AND code < :end"
                " UNION SELECT a.code, c.name FROM alias a JOIN contact c ON c.id = a.contact_id WHERE a.code >= :begin AND a.code < :end"
                " ORDER BY 1 LIMIT :most",
                {"begin": incomplete, "end": incomplete + "\uffff", "most": _MOST},
            )
            return [(code, safe(name)) for code, name in found]
        begin = folded(incomplete)
        found = connection.execute(
            "SELECT name, code FROM contact WHERE folded >= ? AND folded < ? AND archived_day IS NULL ORDER BY folded LIMIT ?",
            (begin, begin + "\uffff", _MOST),
        )
        return [(name, code) for name, code in found if name == safe(name)]
    finally:
        connection.close()
