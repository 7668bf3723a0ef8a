"""TOML out of a file that anybody may have written: settings, maps, surveys. One reader, with bounds before it and no surprise behind it."""

from __future__ import annotations

import re
from typing import Any

MOST_BYTES = 1 << 20
MOST_PARTS = 20  # of a dotted key
DEEPEST = 50  # tables and lists in each other
_DOTTED = re.compile(
    rf"""(?:(?<![\w"'-])[\w-]++|"[^"\n]*+"|'[^'\n]*+')(?:[ \t]*+\.[ \t]*+(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')){{{MOST_PARTS}}}"""
)


def loaded(data: bytes | str) -> dict[str, Any]:
    """What the TOML in a file says. Raises ValueError with what is wrong with it, and nothing else."""
    import tomllib

    if len(data) > MOST_BYTES:
        raise ValueError(f"it is larger than {MOST_BYTES >> 20} MiB")
    text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
    if _DOTTED.search(text):  # which the library reads in time that grows with the square
        raise ValueError(f"a key in it has more than {MOST_PARTS} parts")
    try:
        found = tomllib.loads(text.replace("\r\n", "\n"))
    except RecursionError:
        raise ValueError("lists or tables in it lie too deep in each other") from None
    if _depth(found) > DEEPEST:
        raise ValueError(f"lists or tables in it lie more than {DEEPEST} deep in each other")
    return found


def _depth(found: object) -> int:
    level, deepest = [found], 0
    while level and deepest <= DEEPEST:
        deepest += 1
        level = [each for one in level for each in _inside(one)]
    return deepest


def _inside(one: object) -> list[object]:
    return list(one.values()) if isinstance(one, dict) else one if isinstance(one, list) else []
