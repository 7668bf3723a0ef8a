"""How the help differs from Typer's: the usage as we name things, no types of the language, the options after the commands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from relcli.cli.options import SHARED

_NAMES = ", ".join(f"--{name.replace('_', '-')}" for name in SHARED)
ELSEWHERE = f"Before or after every command: {_NAMES}; see `relcli --help`."


def usage(command: Any) -> list[str]:
    """The pieces of the usage line."""
    return ["[OPTIONS]", *(p.metavar or p.name.upper() for p in command.params if p.param_type_name == "argument")]


def without_type(param: Any) -> None:
    """Typer would print <bool> behind a flag, as if a value had to follow, and <list[str]> behind an argument."""
    if param.param_type_name == "argument":
        param.display_type_rich = lambda ctx: None  # noqa: ARG005  # Typer's own signature
    elif getattr(param, "is_flag", False) and param.metavar is None:
        param.metavar = ""


def print_options(params: Iterable[Any], ctx: Any) -> None:
    """The options in their panels, after the commands."""
    from typer.rich_utils import rich_format_help

    tail: Any = _Tail(list(params))
    rich_format_help(obj=tail, ctx=ctx, markup_mode="markdown")


class _Tail:
    """What Typer prints the help of, where nothing but options are left to print."""

    help = epilog = None

    def __init__(self, params: list[Any]) -> None:
        self.params = params

    def get_params(self, _ctx: Any) -> list[Any]:
        """The options."""
        return self.params

    def get_usage(self, _ctx: Any) -> str:
        """What stands in the place of the usage line."""
        return "Global options stand before or after the command."
