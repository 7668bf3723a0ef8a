"""What of the book and the folders may stand on a command line: read-only, by the standard library alone, silent about errors.

A word that is offered arrives as one word and means what it says: who bears a name that two have, that could be read as
something else or cannot be typed, is offered by id. What was typed stands in the context under TYPED; who takes it from
there answers only what fits, of the others the caller keeps what begins with it.
"""

from __future__ import annotations

import contextlib
import inspect
import os
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import typer

from relcli.cli.options import FORMATS
from relcli.text import folded, safe

TYPED = "relcli.typed"
_MOST = 50
_ID = re.compile(r"[a-z]_", re.IGNORECASE)
_LONGEST = 80
_PROMISES = (
    "SELECT 'p_' || p.id, c.name, p.text FROM promise p JOIN contact c ON c.id = p.contact_id {} ORDER BY p.id DESC LIMIT ?"
)
_NEWEST = {
    "promise": _PROMISES.format(""),
    "interaction": "SELECT 'i_' || id, '', summary FROM interaction ORDER BY id DESC LIMIT ?",
    "transaction": "SELECT 't_' || t.id, c.name, t.item FROM \"transaction\" t JOIN contact c ON c.id = t.contact_id"
    " ORDER BY t.id DESC LIMIT ?",
}
_ROLES = ("customer", "supplier", "partner", "prospect")


def contacts(ctx: typer.Context) -> list[tuple[str, str]]:
    """Who is meant: names of which any word begins so, with their ids; ids, also those of merged contacts; addresses."""
    begin = ctx.meta.pop(TYPED, "")
    with contextlib.suppress(Exception), _opened(ctx) as book:
        return _who(book, begin)
    return []


def promises(ctx: typer.Context) -> list[tuple[str, str]]:
    """The ids of the promises that are open, with what was promised to whom."""
    return _records(ctx, _PROMISES.format("WHERE p.closed_day IS NULL"))


def records(ctx: typer.Context) -> list[tuple[str, str]]:
    """The newest ids of what the group of commands is about, with what each says."""
    group = ctx.parent.info_name if ctx.parent else ""
    return _records(ctx, _NEWEST[group]) if group in _NEWEST else []


def promises_or_contacts(ctx: typer.Context) -> list[tuple[str, str]]:
    """Which promise is meant: by its id, or by whom it is with."""
    begin = ctx.meta.get(TYPED, "")
    open_ones = [each for each in promises(ctx) if each[0].startswith(begin)]
    return [*open_ones, *contacts(ctx)]


def tags(ctx: typer.Context) -> list[str]:
    """The tags there are."""
    with contextlib.suppress(Exception), _opened(ctx) as book:
        return _spelled(tag for (tag,) in book.execute("SELECT DISTINCT tag FROM contact_tag ORDER BY tag"))
    return []


def roles(ctx: typer.Context) -> list[str]:
    """The roles everybody knows, and those of one's own that are in use."""
    with contextlib.suppress(Exception), _opened(ctx) as book:
        own = _spelled(role for (role,) in book.execute("SELECT DISTINCT role FROM contact_role ORDER BY role"))
        return [*_ROLES, *(role for role in own if role not in _ROLES)]
    return list(_ROLES)


def initiatives(ctx: typer.Context) -> list[str]:
    """The names of the initiatives there are."""
    with contextlib.suppress(Exception), _opened(ctx) as book:
        return _spelled(name for (name,) in book.execute("SELECT name FROM initiative ORDER BY id"))
    return []


def surveys() -> list[str]:
    """The names of the surveys there are, by their files: ours, and the user's own."""
    with contextlib.suppress(Exception):
        from relcli.config import surveys_path

        return _files("surveys", surveys_path(), ".toml")
    return []


def templates() -> list[str]:
    """The names of the templates there are, likewise."""
    with contextlib.suppress(Exception):
        from relcli.config import templates_path

        return _files("messages", templates_path(), ".txt")
    return []


def formats(ctx: typer.Context) -> list[str]:
    """The formats that a command names in its code; where it names none, all but those of single commands."""
    command = getattr(ctx.command, "callback", None)
    named = {name for each in (_named(inspect.unwrap(command), set()) if command else ()) for name in each}
    return [name for name in FORMATS if name in named] or list(FORMATS[:-2])


def _named(function: Any, passed: set[Any]) -> Iterator[tuple[str, ...]]:
    """The tuples of formats that a function names, and the functions of its module that it calls."""
    passed.add(function)
    for name in function.__code__.co_names:
        found = function.__globals__.get(name)
        if name.endswith("FORMATS") and isinstance(found, tuple):
            yield found
        elif inspect.isfunction(found) and found.__module__ == function.__module__ and found not in passed:
            yield from _named(found, passed)


def _records(ctx: typer.Context, query: str) -> list[tuple[str, str]]:
    with contextlib.suppress(Exception), _opened(ctx) as book:
        return [(code, f"{name}: {text}" if name else text) for code, name, text in book.execute(query, (_MOST,))]
    return []


def _files(folder: str, own: Path, suffix: str) -> list[str]:
    from importlib.resources import files

    found = [*(files("relcli.exchange") / folder).iterdir(), *(own.iterdir() if own.is_dir() else ())]
    return _spelled(sorted({Path(f.name).stem.lower() for f in found if f.name.endswith(suffix) and f.name[0] not in "._"}))


@contextlib.contextmanager
def _opened(ctx: typer.Context) -> Iterator[sqlite3.Connection]:
    given = ctx.find_root().params.get("book") or ctx.params.get("book") or os.environ.get("RELCLI_BOOK")
    if given:
        path = Path(given).expanduser()
    else:
        from relcli.config import book_path

        path = book_path()
    with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.2)) as book:
        yield book


def _who(book: sqlite3.Connection, begin: str) -> list[tuple[str, str]]:
    if begin.lower().startswith("c_"):
        ids = book.execute(
            "SELECT code, name FROM contact WHERE code >= :begin AND code < :end"
            " UNION SELECT a.code, c.name FROM alias a JOIN contact c ON c.id = a.contact_id WHERE a.code >= :begin AND a.code < :end"
            " ORDER BY 1 LIMIT :most",
            {"begin": begin.lower(), "end": begin.lower() + "\uffff", "most": _MOST},
        )
        return ids.fetchall()
    everybody = book.execute("SELECT name, code, folded, archived_day IS NULL FROM contact ORDER BY folded, code").fetchall()
    bearers = Counter(key for _, _, key, _ in everybody)
    first, later = _plain(begin), f" {_plain(begin)}"
    found: tuple[list[tuple[str, str]], list[tuple[str, str]]] = ([], [])  # the whole name begins so; a later word of it does
    for name, code, key, known in everybody:
        ways = (_plain(key), _plain(key, " "))  # O'Neil by "on" and by "neil"
        if known and any(each.startswith(first) or later in each for each in ways):
            offered = (name, code) if bearers[key] == 1 and _typable(name) else (code, name)
            found[not any(each.startswith(first) for each in ways)].append(offered)
    named = [*found[0], *found[1]][:_MOST]
    if named or not begin:
        return named
    reached = book.execute(
        "SELECT a.value, c.name FROM address a JOIN contact c ON c.id = a.contact_id"
        " WHERE c.archived_day IS NULL AND lower(a.value) LIKE :first ESCAPE '\\' ORDER BY a.value LIMIT :most",
        {"first": f"{begin.lower()}%".replace("_", "\\_"), "most": _MOST},
    )
    return [(value, name) for value, name in reached if value.isprintable()]


def _plain(text: str, apostrophe: str = "") -> str:
    """What is compared of a name; a hyphen parts words, an apostrophe as is said."""
    return folded(text).replace("\u2019", "'").replace("'", apostrophe).replace("-", " ")


def _typable(name: str) -> bool:
    """Whether a name can stand on a command line as it is, and be read there as nothing but a name."""
    seen = all(c == " " or unicodedata.category(c)[0] not in "CZ" for c in name)
    like_a_name = name[:1].isalnum() and any(c.isalpha() for c in name) and "@" not in name and not _ID.match(name)
    return seen and like_a_name and name == safe(name) and len(name) <= _LONGEST


def _spelled(words: Iterable[str]) -> list[str]:
    """Those that can be typed, the others aside."""
    return [word for word in words if word.isprintable() and word[:1] not in "-~"]
