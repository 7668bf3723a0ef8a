"""Values as JSON: one document, or one object a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from relcli.render.rows import Fine, Rows

VERSION = 1  # of the keys; raised when one changes its meaning


def to_json(value: Mapping[str, Any]) -> str:
    """One document, with the version of its keys first; fractions have two decimals, fine ones four, unknown is null."""
    document = {"version": VERSION, **value}
    return json.dumps(_rounded(document), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def rows_to_json(name: str, rows: Rows) -> str:
    """Rows as one document under their noun."""
    return to_json({name: list(rows.mappings())})


def rows_to_jsonl(rows: Rows) -> str:
    """Rows as one object a line."""
    return "".join(json.dumps(_rounded(row), ensure_ascii=False, allow_nan=False) + "\n" for row in rows.mappings())


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
