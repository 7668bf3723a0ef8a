"""A text that is given as `-` comes by standard input, so that it stands in no list of processes and no shell's history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from relcli.errors import InputRefused, Misused

MOST = 1 << 20  # bytes of one text
_TEXTS = ("TEXT", "SUMMARY", "ITEM", "WORDS", "WHY")  # what help calls a text


def texts_from_stdin(params: Sequence[Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given for each parameter, with the one text that is `-` read from standard input.

    Raises Misused where several are, InputMissing where standard input is closed, InputRefused for what is no UTF-8 or too long.
    """
    asked = [param for param in params if _is_text(param) and given.get(param.name) in ("-", ["-"], ("-",))]
    if len(asked) > 1:
        raise Misused("only one text can come by standard input", "give the others as words")
    return {**given, **{param.name: _read(like=given[param.name]) for param in asked}}


def _is_text(param: Any) -> bool:
    return str(getattr(param, "metavar", "") or "").strip("[]") in _TEXTS


def _read(*, like: Any) -> Any:
    from relcli.exchange.files import read_bytes

    data = read_bytes("-")
    if len(data) > MOST:
        raise InputRefused(
            f"the text on standard input has {len(data)} bytes, {MOST} are the most", "shorten it, or link to a file"
        )
    try:
        text = data.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise InputRefused(f"the text on standard input is not UTF-8: byte {error.start + 1}", "convert it first") from None
    return text if isinstance(like, str) else type(like)([text])
