"""Usage errors in our words: what was wrong on the line, and what may have been meant instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import typer

from relcli.cli.options import FORMATS
from relcli.text import quoted

_NEGATIVE = re.compile(r"-\d[\d.,]*")
_NO_COMMAND = re.compile(r"(?P<said>No such command '(?P<typed>.*?)'\.)(?: Did you mean .*)?")
_NO_OPTION = re.compile(r"No such option: --([\w-]+)")
_INVALID = re.compile(r"Invalid value for '(?P<name>[^']*)': Input should be (?P<why>.*)")
_RANGES = (
    (re.compile(r"greater than or equal to (\S+)"), r"must be \1 or more"),
    (re.compile(r"less than or equal to (\S+)"), r"must be \1 or less"),
    (re.compile(r"a valid integer.*"), "takes a whole number"),
    (re.compile(r"a valid number.*"), "takes a number"),
)
# What other programs call it → what we do, the likeliest first; where none of them is there, nothing is suggested.
_ALIKE = {
    "portfolio": ("health-report",), "report": ("health-report",), "status": ("agenda", "scorecard"), "todo": ("agenda",),
    "note": ("log",), "call": ("log",), "mail": ("log",), "reminder": ("remind",), "who": ("contact list",),
    "show": ("list",), "view": ("show", "list"), "ls": ("list",), "edit": ("set",), "update": ("edit", "set"), "set": ("edit",),
    "new": ("add", "start"), "create": ("add", "new", "start"), "add": ("set", "record", "new", "start"),
    "delete": ("remove", "clear", "archive"), "rm": ("remove", "clear", "archive"), "remove": ("clear", "archive"), "done": ("keep",),
}  # fmt: skip
_MOST = 3


def explained(error: typer.TyperException, arguments: Sequence[str]) -> tuple[str, str]:
    """What to say of a usage error, and what to do."""
    ctx = getattr(error, "ctx", None)
    params = () if ctx is None else ctx.command.params
    message = " ".join(error.format_message().split())
    hint = f"see {ctx.command_path if ctx is not None else 'relcli'} --help"
    if message.startswith("No such option"):
        back = "credit" if ctx is not None and ctx.info_name == "bought" else "refund"
        return _no_option(message, hint, arguments, back=back if any(param.name == "amount" for param in params) else "")
    if unknown := _NO_COMMAND.fullmatch(message):
        return _no_command(message, unknown["said"], hint, unknown["typed"], ctx)
    if wrong := _INVALID.fullmatch(message):
        for pattern, ours in _RANGES:
            if found := pattern.fullmatch(wrong["why"]):
                return f"{wrong['name']} {found.expand(ours)}", hint
    if ctx is not None and message.startswith("Missing "):
        missing = [_name(param) for param in params if param.required and param.name not in ctx.params]
        if len(missing) > 1:
            return f"missing: {', '.join(missing)}", hint
    return message, hint


def _no_option(message: str, hint: str, arguments: Sequence[str], *, back: str) -> tuple[str, str]:
    negative = next((word for word in arguments if _NEGATIVE.fullmatch(word)), None)
    if negative and back:
        told = f'"{negative}" has a minus sign: amounts are positive'
        return told, f"for money back: relcli log-transaction WHO {negative[1:]} --kind {back}"
    option = _NO_OPTION.match(message)
    if option and option.group(1) in FORMATS:
        return option.group(), f"write --format {option.group(1)}"
    return message, hint


def _no_command(message: str, said: str, hint: str, typed: str, ctx: Any) -> tuple[str, str]:
    group, root = ctx.command, ctx.find_root().command
    if typed == "help":
        return message, hint
    likely = [name for name in _ALIKE.get(typed, ()) if name in group.commands][:1]
    if group is root:
        likely += _elsewhere(typed, root.commands.items())
        likely.sort(key=lambda name: not name.startswith("contact "))  # people come first
    if not likely:
        return (
            message,
            f"to see somebody: relcli contact show {quoted(typed)}" if group.name == "contact" and message == said else hint,
        )
    meant = ", ".join(f"'{name}'" for name in likely[:_MOST]) + (", …" if len(likely) > _MOST else "")
    return f"{said} Did you mean {meant}?", hint


def _elsewhere(typed: str, groups: Iterable[tuple[str, Any]]) -> list[str]:
    """The commands of this name in the groups: `undo` is `book undo`."""
    return [f"{name} {typed}" for name, group in groups if typed in getattr(group, "commands", ())]


def _name(param: Any) -> str:
    return str(param.opts[0] if param.param_type_name == "option" else param.metavar or param.name)
