"""`relcli contact export`: everything about one person, for them."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import show
from relcli.cli.contacts import contact
from relcli.cli.desk import read
from relcli.cli.options import Options
from relcli.cli.params import HandedTo, Who
from relcli.cli.tree import Tree

FORMATS = ("json", "html")


def add_to(_: Tree) -> None:
    """Put the command into its group."""
    contact.command("export")(export)


def export(
    ctx: typer.Context,
    who: Who,
    unmasked: Annotated[
        bool, typer.Option("--unmasked", show_default=False, help="Show other contacts by name instead of by number.")
    ] = False,
    handed_to: HandedTo = "",
) -> None:
    """Export everything about somebody, the journal included, and nothing of others: json, or html to read.

    Example: `relcli contact export ana@example.org --output ana.html --handed-to "Ana, by mail"`
    """
    from relcli.actions.dossiers import export_contact
    from relcli.render import dossiers as render

    options: Options = ctx.obj
    options.chosen(FORMATS, "json")
    dossier = read(options, lambda desk: export_contact(who, desk, unmasked=unmasked, handed_to=handed_to))
    show(
        options, page=lambda: render.page(dossier), document=lambda: render.document(dossier), offered=FORMATS, default="json",
        title=f"What we hold about {dossier.contact.name}",
    )  # fmt: skip
