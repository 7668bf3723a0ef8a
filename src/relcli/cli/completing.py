"""The answer to a shell that completes a command line: its scripts ask through the environment, and get a line for each word.

The first line says what follows: `words`; `keep`, where they have less in common than was typed, so that it must stand; or
`files`, where the shell's own completion of paths serves. Each other line is a word, for zsh and fish with a tab and what
explains it. Words hold no controls; for bash they are quoted already, since bash inserts what it is given.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any

from typer.core import TyperArgument, TyperGroup, TyperOption

from relcli.cli.command_line import Typed, typed, written
from relcli.cli.complete import TYPED
from relcli.text import folded, safe

ASKED = "_RELCLI_COMPLETE"
_MOST_HELP = 80
_LISTS, _CYCLES = ("63",), ("37", "42")  # bash's COMP_TYPE: only show them; insert one after the other

Words = list[tuple[str, str]]  # each with what explains it


def answer(root: TyperGroup, arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """What the shell that asked is told; nothing but `files` where anything goes wrong."""
    shell = environment.get(ASKED, "")
    line = typed(environment.get("_RELCLI_LINE", ""), fish=shell == "fish")
    if shell == "zsh":
        line = Typed(("relcli", *arguments[:-1]), arguments[-1] if arguments else "", "", "")
    with contextlib.suppress(Exception):
        words, head = offered(root, line.words[1:], line.last)
        if words is not None:
            plain = [(head + word, said) for word, said in words]
            keep = not folded(_common(word for word, _ in plain)).startswith(folded(line.last))
            lines = _for_bash(plain, line, environment, keep=keep) if shell == "bash" else list(map(_explained, plain))
            if shell == "fish":
                lines = [_explained(_findable(word, line.last[len(head) :], head)) for word in words]
            return "\n".join(["keep" if keep else "words", *lines]) + "\n"
    return "files\n"


def offered(root: TyperGroup, arguments: Sequence[str], last: str) -> tuple[Words | None, str]:
    """The words that may stand for the last one, and what of it stays before each; None where it may be a file."""
    ctx = _context(root, arguments)
    head, said = "", [*arguments]
    if "--" not in said and last[:1] == "-":
        name, equals, value = last.partition("=")
        if not equals:
            return _options(ctx, last), ""
        head, last = name + equals, value
        said.append(name)
    param = _awaited(ctx, said)
    if param is None:
        return (_commands(ctx, last) if isinstance(ctx.command, TyperGroup) else []), head
    ctx.meta[TYPED] = last
    items = param.shell_complete(ctx, "")
    if not items and param._custom_shell_complete is None:  # noqa: SLF001  # nothing public tells "none" from "none fits"
        return None, head
    taken = TYPED not in ctx.meta  # then they fit
    return [(item.value, item.help or "") for item in items if taken or _begins(item.value, last)], head


def _context(root: TyperGroup, arguments: Sequence[str]) -> Any:
    """The context of the command that was named so far; nothing is run."""
    ctx: Any = root.make_context("relcli", [*arguments], resilient_parsing=True)
    while isinstance(ctx.command, TyperGroup):
        rest = [*ctx._protected_args, *ctx.args]  # noqa: SLF001  # Typer's own way to the words that are left
        if not rest:
            break
        name, command, rest = ctx.command.resolve_command(ctx, rest)
        if command is None:
            break
        ctx = command.make_context(name, rest, parent=ctx, resilient_parsing=True)
    return ctx


def _awaited(ctx: Any, said: Sequence[str]) -> Any:
    """The option whose value comes next, else the first argument that still takes one."""
    params = ctx.command.get_params(ctx)
    before = said[-1] if said and "--" not in said else ""
    for param in params:
        if isinstance(param, TyperOption) and before in param.opts and not (param.is_flag or param.count):
            return param
    for param in params:
        if isinstance(param, TyperArgument):
            source = ctx.get_parameter_source(param.name)
            if param.nargs == -1 or source is None or source.name != "COMMANDLINE":
                return param
    return None


def _options(ctx: Any, last: str) -> Words:
    found = [param for param in ctx.command.get_params(ctx) if isinstance(param, TyperOption) and not param.hidden]
    return [(name, p.help or "") for p in found for name in (*p.opts, *p.secondary_opts) if name.startswith(last)]


def _commands(ctx: Any, last: str) -> Words:
    """The commands that begin so; the short names, which no help lists, once something is typed."""
    every = {name: ctx.command.get_command(ctx, name) for name in ctx.command.commands}
    shown = [name for name in ctx.command.list_commands(ctx) if not every[name].hidden]
    hidden = [name for name in every if every[name].hidden and last]
    return [(name, every[name].get_short_help_str()) for name in (*shown, *hidden) if _begins(name, last)]


def _common(words: Iterable[str]) -> str:
    """What all words begin with, letter by letter."""
    each = sorted(words)
    return "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(each[0], each[-1], strict=False))) if each else ""


def _begins(word: str, last: str) -> bool:
    return folded(word).startswith(folded(last))


def _for_bash(words: Words, line: Typed, environment: Mapping[str, str], *, keep: bool) -> list[str]:
    """The words quoted for the place of the last one, without what bash leaves standing before it."""
    key, word = environment.get("_RELCLI_KEY", ""), environment.get("_RELCLI_WORD", "")
    if key in _LISTS and len(words) > 1:
        return [_explained((each, said), "  ") if each[:2] == "c_" else each for each, said in words]
    stays = line.raw[: len(line.raw) - len(word)] if line.raw.endswith(word) else line.raw
    before = typed(stays)
    fitting = [each for each, _ in words if _begins(each[: len(before.last)], before.last)]
    found = [written(each[len(before.last) :], before.quote) for each in fitting]
    return ["", *found] if keep and len(found) > 1 and key not in _CYCLES else found


def _findable(word: tuple[str, str], last: str, head: str) -> tuple[str, str]:
    """A word that fish finds by what was typed: accents aside where it was typed without."""
    value, said = word
    letters = iter(value.casefold())
    if all(c in letters for c in last.casefold()) or last.casefold() != folded(last):  # fish asks for the letters in a row
        return head + value, said
    return head + folded(value), f"{value} {said}".strip()


def _explained(word: tuple[str, str], between: str = "\t") -> str:
    """A word and its explanation, without what a shell or a terminal would read as anything else."""
    value, said = word
    shown = safe(" ".join(said.split()))
    shown = shown if len(shown) <= _MOST_HELP else shown[: _MOST_HELP - 1] + "…"
    return f"{value}{between}{shown}" if shown else value
