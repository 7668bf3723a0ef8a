"""`relcli book merge-copy`: what another copy of the book has is brought over."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import put
from relcli.cli.books import book
from relcli.cli.desk import write
from relcli.cli.options import Options
from relcli.cli.output import say
from relcli.cli.tree import Tree

FORMATS = ("text", "json")


def add_to(_app: Tree) -> None:
    """Put the command into the group `book`."""
    book.command("merge-copy")(merge_copy)


def merge_copy(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", show_default=False, help="The other copy; it stays as it is.")],
) -> None:
    """Bring over what another copy of this book has: every kind of record, nothing twice, in one batch.

    What both copies changed stays as it is here, and is named.

    Example: `relcli book merge-copy 'book (conflicted copy 2026-11-28).db' --dry-run`
    """
    from relcli.actions.copies import merge_copy as act
    from relcli.render import copies as render
    from relcli.render.json import to_json

    options: Options = ctx.obj
    chosen = options.chosen(FORMATS)
    result, _ = write(options, lambda desk: act(file, options.location(), desk, wait=options.wait))
    if not options.quiet:
        say(render.told(result, dry_run=options.dry_run))
    if chosen == "json":
        put(options, to_json(render.document(result, dry_run=options.dry_run)))
