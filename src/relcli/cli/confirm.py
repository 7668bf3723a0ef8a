"""Questions: asked on a terminal, answered by --yes elsewhere, never guessed."""

from __future__ import annotations

import sys

from relcli.cli.options import Options
from relcli.cli.output import say


def confirmed(options: Options, question: str) -> bool:
    """Whether the owner is sure; without a terminal only --yes is a yes."""
    if options.yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    say([question], end=" [y/N] ")
    answer = sys.stdin.readline()
    if not answer.endswith("\n"):
        say([""])
    return answer.strip().lower() in ("y", "yes")
