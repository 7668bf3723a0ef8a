"""The shape of the command tree: every command and group of ours has our classes and our settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

from relcli.cli.boundary import Command, Group
from relcli.cli.panels import ASK, BOOK, EVERY_DAY, IN_OUT, PEOPLE

_SETTINGS = {"help_option_names": ["-h", "--help"]}


class Tree(typer.Typer):
    """A Typer whose commands know the global options and whose errors become exit codes."""

    def __init__(self, **settings: Any) -> None:  # Typer's own settings
        super().__init__(
            cls=Group,
            context_settings=_SETTINGS,
            rich_markup_mode="markdown",
            pretty_exceptions_enable=False,
            add_completion=False,
            **settings,
        )

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Any], Any]:
        """Typer's decorator, with our command class."""
        return super().command(name, cls=Command, context_settings=_SETTINGS, **settings)


def noun(name: str, about: str) -> Tree:
    """A group of commands about one noun."""
    tree = Tree(name=name, help=about, no_args_is_help=True)

    @tree.callback()
    def group() -> None:
        pass

    return tree


__all__ = ["ASK", "BOOK", "EVERY_DAY", "IN_OUT", "PEOPLE", "Tree", "noun"]
