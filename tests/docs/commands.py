"""The reference of all commands, drawn from the command tree itself.

`python -m tests.docs.commands` writes it anew; a test checks that it is current.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from relcli.cli.app import app
from relcli.cli.options import SHARED
from relcli.cli.panels import PANELS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"


def draw() -> str:
    """The page as markdown."""
    root: Any = typer.main.get_command(app)
    lines = [
        "# Commands",
        "",
        "Made from the program itself. `relcli COMMAND --help` says the same.",
        "",
        "## Global options",
        "",
    ]
    lines += ["Before or after the command.", "", *_table(p for p in root.params if p.name in SHARED)]
    for panel in PANELS:
        commands = [c for c in root.commands.values() if getattr(c, "rich_help_panel", None) == panel and not c.hidden]
        lines += [f"## {panel}", ""] if commands else []
        for command in commands:
            lines += list(_pages(command, f"relcli {command.name}"))
    return "\n".join(lines).rstrip() + "\n"


def _pages(command: Any, path: str) -> Iterator[str]:
    if hasattr(command, "commands"):
        for inner in command.commands.values():
            yield from _pages(inner, f"{path} {inner.name}")
        return
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    yield f"### {path} {' '.join(p.metavar or p.name.upper() for p in arguments)}".rstrip()
    yield ""
    yield "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n"))
    yield ""
    yield from _table(p for p in command.params if p.name != "help")


def _table(params: Any) -> Iterator[str]:
    rows = [(_words(p), " ".join((p.help or "").split())) for p in params]
    if rows:
        yield "| | |"
        yield "|---|---|"
        yield from (f"| {words} | {text.replace('|', '&#124;')} |" for words, text in rows)
        yield ""


def _words(param: Any) -> str:
    if param.param_type_name == "argument":
        return f"`{param.metavar or param.name.upper()}`"
    flag = getattr(param, "is_flag", False)
    value = "" if flag else f" {(param.metavar or param.name.upper()).replace('|', '&#124;')}"
    return ", ".join(f"`{option}`" for option in param.opts) + value


if __name__ == "__main__":
    PAGE.write_text(draw(), encoding="utf-8")
