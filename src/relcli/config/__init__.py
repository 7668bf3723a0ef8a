"""Where things are, and the user's settings: a TOML file, checked by Pydantic; everything optional."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from relcli.errors import BadConfiguration
from relcli.text import safe

if TYPE_CHECKING:
    from relcli.config.settings import Settings

APP = "relcli"


def book_path() -> Path:
    """Where the book lies when nobody says otherwise: the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path(APP) / "book.db"


def settings_path() -> Path:
    """The settings file, whether or not it exists."""
    from platformdirs import user_config_path

    return user_config_path(APP) / "config.toml"


def templates_path() -> Path:
    """The folder with the user's own templates, whether or not it exists."""
    return settings_path().parent / "templates"


def surveys_path() -> Path:
    """The folder with the user's own surveys, whether or not it exists."""
    return settings_path().parent / "surveys"


def read_settings() -> Settings:
    """The user's settings; defaults where there is no file. Raises BadConfiguration naming the key."""
    from relcli.config.settings import Settings, explained
    from relcli.toml import loaded

    path = settings_path()
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise BadConfiguration(f"the settings in {safe(str(path))} cannot be read", "check the file") from error
    try:
        said = loaded(text)
    except ValueError as error:
        raise BadConfiguration(f"the settings in {safe(str(path))} are not TOML: {safe(str(error))}", "mend that line") from None
    try:
        return Settings.model_validate(said)
    except ValueError as error:
        raise BadConfiguration(f"{safe(str(path))}: {explained(error)}", "mend or remove that setting") from None


def actor() -> str:
    """Who is at work, for the history: RELCLI_ACTOR, else the login."""
    import getpass

    given = os.environ.get("RELCLI_ACTOR", "").strip()
    if given:
        return given
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


def currency() -> str:
    """The currency code of the machine's locale; empty where it has none."""
    import locale

    before = locale.setlocale(locale.LC_MONETARY)
    try:
        locale.setlocale(locale.LC_MONETARY, "")
        return str(locale.localeconv()["int_curr_symbol"]).strip()
    except locale.Error:
        return ""
    finally:
        locale.setlocale(locale.LC_MONETARY, before)
