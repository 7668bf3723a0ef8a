"""Where errors become exit codes: the command and group classes of the whole tree.

A subclass of Typer's group, not a wrapper around the call, so that tests and the console script behave alike.
Global options are the root's own option objects, lent to every level, so that they may stand anywhere.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from relcli.cli.completing import ASKED, answer
from relcli.cli.completion import with_shell
from relcli.cli.helping import ELSEWHERE, print_options, usage, without_type
from relcli.cli.options import SHARED, Options
from relcli.cli.output import NO_READER, ReaderGone, printed, say, to_stdout
from relcli.cli.panels import PANELS
from relcli.cli.slips import explained
from relcli.errors import RelcliError
from relcli.text import shortened

_SHORT_FORMAT = re.compile(r"-[qynh]*f=?(.*)")  # -f json, -fjson, -qfjson


class Terminated(BaseException):
    """SIGTERM, turned into an exception so that transactions roll back and partial files go."""


class Command(TyperCommand):
    """A command: its body gets the global options as one value in `ctx.obj`."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Its own parameters and the global options."""
        return _with_lent(self, ctx, super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As Typer does; what was said of a global option goes to the root."""
        rest = super().parse_args(ctx, args)
        _return_lent(self, ctx)
        return rest

    def invoke(self, ctx: Any) -> Any:
        """Run the body with the options in hand, once it is certain that its answer destroys nothing."""
        ctx.obj = options = Options.of(ctx.find_root().params)
        if options.output not in (None, "-"):
            from relcli.cli.target import refuse_output

            refuse_output(options, str(self.name), self.params, ctx.params)
        if any(value in ("-", ["-"], ("-",)) for value in ctx.params.values()):
            from relcli.cli.typed import texts_from_stdin

            ctx.params = texts_from_stdin(self.params, ctx.params)
        super().invoke(ctx)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The arguments as they are named: `[OPTIONS] NAME [WHO]...`."""
        return usage(self)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help the way every answer is printed, and be done."""
        _print_help(lambda: super(Command, self).format_help(ctx, formatter))


class Group(TyperGroup):
    """A group; the root one is also the error boundary of the program."""

    listing = False  # whether the help is at its commands, which are listed without the options

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order of their panels, and within a panel as they were added."""
        names = super().list_commands(ctx)
        panels = {name: getattr(self.commands[name], "rich_help_panel", None) for name in names}
        return sorted(names, key=lambda name: PANELS.index(panels[name]) if panels[name] in PANELS else len(PANELS))

    def get_params(self, ctx: Any) -> list[Any]:
        """As for a command."""
        return [] if self.listing else _with_lent(self, ctx, super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As for a command; a group alone prints its help and leaves with 2."""
        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            with contextlib.suppress(typer.Exit):
                self.format_help(ctx, None)
            raise typer.Exit(2)
        rest = super().parse_args(ctx, args)
        _return_lent(self, ctx)
        return rest

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """As for a command: what there is to do comes first, then at the root the options; a group leaves them to the root."""
        _print_help(lambda: self._help(ctx, formatter))

    def _help(self, ctx: Any, formatter: Any) -> None:
        root = ctx.find_root().command is self
        self.epilog = None if root else ELSEWHERE
        self.listing = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self.listing = False
        if root:
            print_options(self.get_params(ctx), ctx)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # Typer's own signature
        windows_expand_args: bool = True,  # as above
        **extra: Any,  # as above
    ) -> Any:  # as above
        """Run, and leave with the exit code; never a traceback unless --debug asks for it."""
        arguments = list(sys.argv[1:] if args is None else args)
        if ASKED in os.environ:
            to_stdout(answer(self, arguments, os.environ))
            sys.exit(0)
        arguments = with_shell(arguments)
        code = 0
        try:
            _listen_for_term()
            try:
                code = super().main(arguments, "relcli", complete_var, False, windows_expand_args, **extra) or 0
            except typer.TyperException as error:
                code = _tell(*explained(error, arguments), 2, "misused", arguments)
        except RelcliError as error:
            code = _told(error, arguments)
        except ReaderGone:
            code = NO_READER
        except Terminated:
            say(["relcli: stopped. Nothing of this command was written."])
            code = 143
        except typer.Abort:
            code = 130
        except Exception as error:  # noqa: BLE001  # the last boundary: a bug of ours becomes one line and code 70
            code = _bug(error, arguments)
        if code == 130:
            say(["relcli: interrupted. Nothing of this command was written."])
        sys.exit(code)


def _print_help(make: Callable[[], None]) -> None:
    printed(make)
    raise typer.Exit


def _with_lent(command: TyperCommand | TyperGroup, ctx: Any, own: Sequence[Any]) -> list[Any]:
    """The root's global options, lent to every level, before the level's own --help."""
    for param in own:
        without_type(param)
    root = ctx.find_root().command
    if command is root:
        return list(own)
    taken = {option for param in own for option in param.opts}
    lent = [p for p in root.params if p.name in SHARED and not taken & set(p.opts)]
    return [*own[:-1], *lent, *own[-1:]]


def _return_lent(command: TyperCommand | TyperGroup, ctx: Any) -> None:
    """Global options said here are the root's; the one nearest the end of the line wins."""
    root, own = ctx.find_root(), {param.name for param in command.params}
    if ctx is root:
        return
    for name in [n for n in ctx.params if n not in own]:
        value = ctx.params.pop(name)
        source = ctx.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            root.params[name] = value


def _listen_for_term() -> None:
    def stop(_signal: int, _frame: object) -> None:
        raise Terminated

    try:
        signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not in the main thread: a test or another program calls us
        return


def _told(error: RelcliError, arguments: list[str]) -> int:
    if "--debug" in arguments:
        _traceback()
    return _tell(error.message, error.hint, error.code, error.kind, arguments)


def _bug(error: Exception, arguments: list[str]) -> int:
    if "--debug" in arguments:
        _traceback()
    what = f"a bug in relcli: {type(error).__name__}"
    return _tell(what, "nothing more was written; run it again with --debug and report what it prints", 70, "bug", arguments)


def _tell(message: str, hint: str, code: int, kind: str, arguments: list[str]) -> int:
    message, hint = shortened(message), shortened(hint)
    if _wants_json(arguments):
        say([json.dumps({"error": {"code": code, "kind": kind, "message": message, "hint": hint}})], wrap=False)
    else:
        say([f"relcli: {message}", *([f"        {hint}"] if hint else [])])
    return code


def _wants_json(arguments: list[str]) -> bool:
    """Whether the errors shall be JSON, seen from the words themselves: they may not have been parsed."""
    words = arguments[: arguments.index("--")] if "--" in arguments else arguments
    chosen = os.environ.get("RELCLI_FORMAT", "")
    for word, following in pairwise([*words, ""]):
        if word == "--format":
            chosen = following
        elif word.startswith("--format="):
            chosen = word.partition("=")[2]
        elif short := _SHORT_FORMAT.fullmatch(word):
            chosen = short.group(1) or following
    return chosen.strip().lower() in ("json", "jsonl")


def _traceback() -> None:
    import traceback

    say(traceback.format_exc().rstrip().split("\n"), wrap=False)
