"""Where the answer goes is looked at before a command begins: an answer destroys nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from relcli.cli.options import Options

TAKES_A_FOLDER = ("invite",)  # commands whose answer may be a file each


def refuse_output(options: Options, name: str, params: Sequence[Any], given: Mapping[str, Any]) -> None:
    """Raise CannotCreate or Denied where --output names what must not be overwritten.

    `name` is the command's; `params` are its parameters and `given` their values: those whose name on the help says FILE are read.
    """
    from relcli.actions.targets import refuse_target
    from relcli.config import settings_path

    target, location = Path(str(options.output)), options.location()
    if name in TAKES_A_FOLDER and (target.is_dir() or not target.suffix):
        return
    book = None if "://" in location else Path(location)
    refuse_target(target, book=book, read=_files(params, given), kept=[settings_path()])


def _files(params: Sequence[Any], given: Mapping[str, Any]) -> Iterable[Path]:
    for param in params:
        value = given.get(param.name)
        if "FILE" in str(getattr(param, "metavar", "") or "") and isinstance(value, str) and value != "-":
            yield Path(value).expanduser()
