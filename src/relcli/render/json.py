"""Values as JSON: one document, or one object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from relcli.render.rows import Fine, Rows

_STEERING = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)  # what may turn or break a terminal's line
VERSION = 1  # of the keys; raised when one changes its meaning


def to_json(value: Mapping[str, Any]) -> str:
    """One document, with the version of its keys first; fractions have two decimals, fine ones four, unknown is null."""
    document = {"version": VERSION, **value}
    return _dumped(document, indent=2)


def rows_to_json(name: str, rows: Rows) -> str:
    """Rows as one document under their noun."""
    return to_json({name: list(rows.mappings())})


def rows_to_jsonl(rows: Rows) -> str:
    """Rows as one object a line."""
    return "".join(_dumped(row) for row in rows.mappings())


def _dumped(value: Any, indent: int | None = None) -> str:
    r"""JSON and a line end; controls beyond ASCII, marks of direction and lone surrogates as ``\u009b``, which means the same."""
    text = json.dumps(_rounded(value), ensure_ascii=False, indent=indent, allow_nan=False)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _rounded(value: Any) -> Any:  # any JSON value
    if isinstance(value, Fine):
        return round(float(value), 4)
    if isinstance(value, float):
        return round(value, 2)
    if isinstance(value, Mapping):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
    return value
