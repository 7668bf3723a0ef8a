"""`relcli contact merge`: two contacts that are one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from relcli.cli.answer import RECORD_FORMATS, done, show
from relcli.cli.complete import contacts as names
from relcli.cli.confirm import confirmed
from relcli.cli.contacts import contact
from relcli.cli.desk import write
from relcli.cli.options import Options
from relcli.cli.output import say
from relcli.cli.tree import Tree

if TYPE_CHECKING:
    from relcli.actions.merging import MergePlan

_FIELDS = "name kind language timezone birthday note works_for introduced_by"


def _fields() -> list[str]:
    return _FIELDS.split()


def add_to(_: Tree) -> None:
    """Put the command into its group."""
    contact.command("merge")(merge)


def merge(
    ctx: typer.Context,
    into: Annotated[
        str,
        typer.Argument(metavar="A", show_default=False, help="Who stays: id, address or exact name.", autocompletion=names),
    ],
    gone: Annotated[
        str, typer.Argument(metavar="B", show_default=False, help="Who goes into A: the same.", autocompletion=names)
    ],
    take: Annotated[
        list[str],
        typer.Option(
            "--take",
            metavar="FIELD",
            show_default=False,
            help=f"Where both say something, B's counts: {_FIELDS} (repeatable).",
            autocompletion=_fields,
        ),
    ] = [],  # noqa: B006  # Typer copies it
) -> None:
    """Make one contact out of two: B goes into A, with everything. Asks first; it can be undone.

    Example: `relcli contact merge "Ana Ruiz" ana.old@example.org --dry-run`
    """
    from relcli.actions.merging import MergeContacts, merge_contacts
    from relcli.render import merging as render
    from relcli.render.rows import contact_rows

    options: Options = ctx.obj
    options.chosen(("text", "json") if options.dry_run else RECORD_FORMATS)

    def sure(plan: MergePlan) -> bool:
        *lines, question = render.question(plan)
        if not options.yes:
            say(lines)
        return confirmed(options, question)

    request = MergeContacts(into=into, gone=gone, take=tuple(take))
    result, _ = write(options, lambda desk: merge_contacts(request, desk, sure=sure))
    if options.dry_run:
        show(options, page=lambda: render.page(result.plan), document=lambda: render.document(result.plan))
    else:
        done(options, render.told(result.plan), result.batch, rows=lambda: contact_rows([result.contact]), noun="contacts")
