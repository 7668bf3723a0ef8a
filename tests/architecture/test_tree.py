"""Every command of the tree: our classes, a help with an example, the global options at every level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from relcli.cli.app import app
from relcli.cli.boundary import Command, Group
from relcli.cli.options import SHARED
from relcli.cli.panels import PANELS


def walk(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from walk(child, (*path, name))


TREE = list(walk(typer.main.get_command(app)))
COMMANDS = [(path, command) for path, command in TREE if not hasattr(command, "commands")]


def named(value: Any) -> str:
    return " ".join(value) if isinstance(value, tuple) else ""


def test_there_are_commands() -> None:
    assert len(COMMANDS) > 10
    assert ("contact", "add") in dict(TREE)


@pytest.mark.parametrize(("path", "command"), TREE, ids=named)
def test_every_command_and_group_is_of_our_classes(path: tuple[str, ...], command: Any) -> None:
    assert isinstance(command, Group if hasattr(command, "commands") else Command)


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=named)
def test_every_command_says_what_it_does_and_shows_an_example(path: tuple[str, ...], command: Any) -> None:
    assert re.search(r"^Example: `relcli .+`$", command.help, re.MULTILINE), command.help
    assert command.get_short_help_str(200)


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=named)
def test_the_example_names_the_command_it_stands_under(path: tuple[str, ...], command: Any) -> None:
    example = re.search(r"^Example: `relcli (.+)`$", command.help, re.MULTILINE)
    aliases = re.findall(r"Also: .*", command.help)
    names = {" ".join(p) for p, c in COMMANDS if c.help == command.help}
    names |= {word for line in aliases for word in re.findall(r"`relcli ([^`]+)`", line)}
    assert example is not None
    assert any(f"{example.group(1)} ".startswith(f"{name} ") for name in names)
    assert names <= {" ".join(p) for p, _ in COMMANDS}


@pytest.mark.parametrize(("path", "command"), [t for t in TREE if t[0]], ids=named)
def test_global_options_are_taken_at_every_level(path: tuple[str, ...], command: Any, relcli: Any) -> None:
    outcome = relcli(*path, "--help")
    assert outcome.code == 0
    assert outcome.err == ""
    for name in SHARED:
        assert f"--{name.replace('_', '-')}" in outcome.out


@pytest.mark.parametrize(("path", "command"), [t for t in TREE if len(t[0]) == 1 and not t[1].hidden], ids=named)
def test_everything_at_the_top_stands_in_one_of_the_five_panels(path: tuple[str, ...], command: Any) -> None:
    assert command.rich_help_panel in PANELS


@pytest.mark.parametrize(("path", "command"), TREE, ids=named)
def test_options_have_a_help_and_short_forms_mean_one_thing(path: tuple[str, ...], command: Any) -> None:
    meant = {
        "-f": "format",
        "-o": "output",
        "-q": "quiet",
        "-y": "yes",
        "-n": "dry_run",
        "-h": "help",
        "-c": "channel",
        "-a": "at",
    }
    for param in command.params:
        assert getattr(param, "hidden", False) or getattr(param, "help", None), param.name
        for option in param.opts:
            if re.fullmatch(r"-\w", option):
                assert meant.get(option) == param.name
