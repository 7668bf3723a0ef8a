"""A record as one mapping, so that two copies of it are compared and put together key by key."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime

from relcli.store import forgetting
from relcli.store.branch import Image
from relcli.store.journal import NOUNS, Noun, rows_of

if TYPE_CHECKING:
    from sqlalchemy import Column

Key = tuple[str, Any]  # ("row", a column) or (a satellite, its key but for whose it is)
Flat = dict[Key, Any]
Translate = Callable[[Noun, int], int]
_OWN = ("id", "batch_id")
_NOT_SAID = ("key", "zone", "code", "created")  # what may differ between two rows that say the same


class Lost(Exception):  # no error of the program: the record is left out
    """A record points at a contact that is not here any more."""


def flat(noun: Noun, image: Image, translate: Translate | None = None) -> Flat:
    """An image as one mapping, what it points at in the numbers that `translate` gives. Raises Lost where the record itself is.

    Of those who took part in an interaction somebody may be lost: then its words go too, as they do when one is forgotten.
    """
    found: Flat = {}
    for column in noun.root.columns:
        if column.name not in _OWN:
            found["row", column.name] = _value(column, image.get("row", {}).get(column.name), translate)
    lost = False
    for table, owner in noun.satellites:
        names = [c.name for c in table.primary_key.columns if c.name != owner]
        for row in image.get(table.name, ()):
            try:
                values = {c.name: _value(c, row.get(c.name), translate) for c in table.columns if c.name != owner}
            except Lost:
                lost = True
                continue
            found[table.name, tuple(values[name] for name in names)] = values
    if lost:
        if all(kind == "row" for kind, _ in found):
            raise Lost
        found |= {("row", name): value for name, value in forgetting.EMPTIED.get(noun.name, {}).items()}
    return found


def own(record: Flat) -> Flat:
    """What a record says itself, without what belongs to it."""
    return {key: value for key, value in record.items() if key[0] == "row"}


def target(column: Column[Any]) -> Noun | None:
    """The noun at which a column points."""
    return next((NOUNS[key.column.table.name] for key in column.foreign_keys if key.column.table.name in NOUNS), None)


def typed(noun: Noun, number: int, record: Flat) -> dict[str, list[dict[str, Any]]]:
    """The rows of a record, table by table, as they are written."""
    owners = {table.name: owner for table, owner in noun.satellites}
    image: dict[str, Any] = {"row": {"id": number, "batch_id": 0}}
    for (kind, at), value in record.items():
        if kind == "row":
            image["row"][at] = value
        else:
            image.setdefault(kind, []).append({**value, owners[kind]: number})
    return {table.name: rows for table, rows in rows_of(noun, json.dumps(image))}


def said(noun: Noun, record: Flat) -> str:
    """What a record says, as one text to compare."""
    parts = [[list(key), value] for key, value in record.items() if not (key[0] == "row" and key[1] in _NOT_SAID)]
    return json.dumps([noun.name, sorted(parts, key=str)], ensure_ascii=False, sort_keys=True)


def ranked(merged: Flat, ours: Flat) -> Flat:
    """The same with the addresses of each kind numbered anew: ours in their order, then theirs."""
    result = dict(merged)
    ranks: Counter[str] = Counter()
    addresses = [key for key in merged if key[0] == "address"]
    for key in sorted(addresses, key=lambda k: (k not in ours, merged[k]["rank"], str(k))):
        kind = key[1][0]
        result[key] = {**merged[key], "rank": ranks[kind]}
        ranks[kind] += 1
    return result


def plain(value: Any) -> Any:
    """An enumeration as its word."""
    return getattr(value, "value", value)


def _value(column: Column[Any], value: Any, translate: Translate | None) -> Any:
    if value is None:
        return None
    if isinstance(getattr(column.type, "impl", column.type), DateTime):
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    pointed = target(column)
    return translate(pointed, value) if translate is not None and pointed is not None else value
