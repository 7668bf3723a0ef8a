"""What the tests of interactions and transactions share: the whole book as text, and one record of it."""

from __future__ import annotations

import json
from typing import Any


def everything(relcli: Any) -> list[bytes]:
    """All that the book gives out; equal bytes, equal book."""
    return [relcli.ok("export", noun, "--raw").out_bytes for noun in ("contacts", "interactions", "transactions")]


def record(relcli: Any, noun: str, number: str) -> dict[str, Any]:
    """One record as `show` gives it to programs."""
    found: dict[str, Any] = json.loads(relcli.ok(noun, "show", number, "-f", "json").out)[f"{noun}s"][0]
    return found


def ids(outcome: Any) -> list[str]:
    """The ids a command gave with `-f ids`."""
    return list(outcome.out.split())
