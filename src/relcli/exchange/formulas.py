"""Cells that a spreadsheet would take for a formula: guarded with an apostrophe on the way out, and back again.

The guard is reversible: `unguarded(guarded(text)) == text` for every text, so an export reads back equal.
"""

from __future__ import annotations

import re

_DANGEROUS = "=+\\-@\t\r\n＝＋－＠"  # noqa: RUF001  # the full-width forms are meant
_GUARDABLE = re.compile(f"'*[{_DANGEROUS}]")
_GUARDED = re.compile(f"'+[{_DANGEROUS}]")
_PHONE = r"\+\d{7,15}(?: ext\. \d{1,7})?"
_HARMLESS = re.compile(rf"[+-]?\d+(\.\d+)?|{_PHONE}(?:;{_PHONE})*")


def guarded(text: str) -> str:
    """The text as a spreadsheet may see it: one apostrophe before what could start a formula.

    Plain numbers and E.164 telephone numbers stay as they are; a text that already looks guarded gets one
    apostrophe more.
    """
    if not _GUARDABLE.match(text) or _HARMLESS.fullmatch(text):
        return text
    return "'" + text


def unguarded(text: str) -> str:
    """The text without the apostrophe that `guarded` put before it, and no other taken away."""
    return text[1:] if _GUARDED.match(text) else text
