"""The words of ours in what others read, by language. `{…}` stands for what is filled in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "es", "de")  # the first one stands in for all others


def spoken(language: str) -> str:
    """The one of our languages that serves where this one is read: `es` for `es-MX`."""
    main = language.partition("-")[0].lower()
    return main if main in LANGUAGES else LANGUAGES[0]


@cache
def phrases(language: str) -> Mapping[str, Mapping[str, str]]:
    """The phrases for readers of a language, by what they are for."""
    file = files("relcli.exchange.phrases") / f"{spoken(language)}.toml"
    return tomllib.loads(file.read_text("utf-8"))
