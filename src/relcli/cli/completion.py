"""`--show-completion` and `--install-completion`: for the shell that is named, else for the one that runs relcli."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from relcli.cli.output import say, to_stdout
from relcli.cli.scripts import SHELLS
from relcli.errors import Misused, OutputFailed

_OPTIONS = ("--show-completion", "--install-completion")
_HERE = "this-one"


def with_shell(arguments: Sequence[str]) -> list[str]:
    """The words with a shell after each of the two options: Typer knows no option that may stand without its value."""
    words = [*arguments]
    for at in range(len(words) - 1, -1, -1):
        if words[at] in _OPTIONS and "--" not in words[:at] and (at + 1 == len(words) or words[at + 1][:1] == "-"):
            words.insert(at + 1, _HERE)
    return words


def _show(ctx: typer.Context, shell: str | None) -> None:
    from relcli.cli.scripts import script

    if shell and not ctx.resilient_parsing:
        to_stdout(script(_known(shell)))
        raise typer.Exit


def _install(ctx: typer.Context, shell: str | None) -> None:
    from relcli.cli.scripts import install

    if shell and not ctx.resilient_parsing:
        try:
            path = install(_known(shell))
        except OSError as error:
            where = f": {error.filename}" if error.filename else ""
            raise OutputFailed(
                f"completion could not be installed: {error.strerror}{where}", f"relcli --show-completion {shell} prints it"
            ) from None
        say([f"completion for {_known(shell)} is in {path}; it works in every shell you open from now on"])
        raise typer.Exit


def _known(shell: str) -> str:
    name = _running() if shell == _HERE else shell.lower()
    if name not in SHELLS:
        what = f'"{name}" has no completion here' if name else "it cannot be told which shell this is"
        raise Misused(what, f"name one of: {', '.join(SHELLS)}")
    return name


def _running() -> str:
    import shellingham

    try:
        return str(shellingham.detect_shell()[0]).lower()
    except shellingham.ShellDetectionFailure:
        return ""


Show = Annotated[
    str | None,
    typer.Option(
        "--show-completion", metavar="[SHELL]", callback=_show, is_eager=True, expose_value=False,
        autocompletion=lambda: list(SHELLS), help="Print the completion script for bash, zsh or fish.",
    ),
]  # fmt: skip
Install = Annotated[
    str | None,
    typer.Option(
        "--install-completion", metavar="[SHELL]", callback=_install, is_eager=True, expose_value=False,
        autocompletion=lambda: list(SHELLS), help="Install it for your shell.",
    ),
]  # fmt: skip
