"""The words of ours in what others read, by language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def phrases(language: str) -> Mapping[str, Mapping[str, str]]:
    """The phrases in a language, by what they are for; English ones where it has none (`es` serves `es-MX`)."""
    folder = files("relcli.exchange.phrases")
    file = folder / f"{language.partition('-')[0].lower()}.toml"
    return tomllib.loads((file if file.is_file() else folder / "en.toml").read_text("utf-8"))
