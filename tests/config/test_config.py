"""Where things are, and who is at work."""

from __future__ import annotations

import getpass
import locale
from pathlib import Path

import pytest

from relcli import config
from relcli.config.settings import Settings
from relcli.errors import BadConfiguration


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, in which nothing is set."""
    for name in ("DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    return tmp_path


def settings_of(data: bytes) -> Settings:
    config.settings_path().parent.mkdir(parents=True, exist_ok=True)
    config.settings_path().write_bytes(data)
    return config.read_settings()


def test_everything_lies_under_the_users_own_folders_and_asking_makes_none(home: Path) -> None:
    assert config.book_path() == home / "data" / "relcli" / "book.db"
    assert config.settings_path() == home / "config" / "relcli" / "config.toml"
    assert config.templates_path() == home / "config" / "relcli" / "templates"
    assert list(home.iterdir()) == []


def test_without_a_file_everything_is_as_it_comes() -> None:
    assert config.read_settings() == settings_of(b"") == Settings()


def test_what_the_file_sets_is_set_and_the_rest_stays() -> None:
    found = settings_of('[me]\nname = "Zoë"\n[health.weights]\nvoice = 30\n'.encode())
    assert (found.me.name, found.health.weights.voice, found.health.weights.rhythm) == ("Zoë", 30, 25)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"[me\n", "not TOML"),
        (b'[me]\nname = "\xf1"\n', "cannot be read"),
        (b"[me]\ncolour = 3\n", "there is no setting me.colour"),
        (b"[complaint]\ndays = -1\n", "complaint.days: input should be"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused_naming_the_file_and_the_key(data: bytes, said: str) -> None:
    with pytest.raises(BadConfiguration) as caught:
        settings_of(data)
    assert said in caught.value.message
    assert str(config.settings_path()) in caught.value.message
    assert caught.value.hint


def test_a_folder_in_the_place_of_the_settings_is_said_as_what_it_is() -> None:
    config.settings_path().mkdir(parents=True)
    with pytest.raises(BadConfiguration, match="cannot be read"):
        config.read_settings()


def test_who_is_at_work_is_who_says_so_else_the_login_else_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise OSError("no such user")

    monkeypatch.setattr(getpass, "getuser", lambda: "ana")
    monkeypatch.setenv("RELCLI_ACTOR", "  Bo ")
    assert config.actor() == "Bo"
    monkeypatch.setenv("RELCLI_ACTOR", "  ")
    assert config.actor() == "ana"
    monkeypatch.setattr(getpass, "getuser", nobody)
    assert config.actor() == "unknown"


def test_a_plain_locale_has_no_currency_and_asking_leaves_it_as_it_was() -> None:
    before = locale.setlocale(locale.LC_MONETARY)
    assert config.currency() == ""
    assert locale.setlocale(locale.LC_MONETARY) == before


def test_the_currency_of_the_locale_is_a_bare_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "localeconv", lambda: {"int_curr_symbol": "EUR "})
    assert config.currency() == "EUR"


def test_a_locale_that_is_not_installed_has_no_currency(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "xx_XX.UTF-8")
    assert config.currency() == ""
