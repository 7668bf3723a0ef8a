"""`relcli export …`: everything of one noun, in a form that `import` and spreadsheets read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from relcli.cli.answer import put, rows_as
from relcli.cli.desk import read
from relcli.cli.options import Options
from relcli.cli.params import HandedTo
from relcli.cli.tree import IN_OUT, Tree, noun

if TYPE_CHECKING:
    from relcli.render.rows import Rows

FORMATS = ("csv", "tsv", "json", "jsonl")


def add_to(app: Tree) -> None:
    """Put the group into the tree."""
    app.add_typer(export, rich_help_panel=IN_OUT)


export = noun("export", "Give out everything of one kind, as csv, tsv, json or jsonl.")


@export.command("contacts")
def contacts(ctx: typer.Context, handed_to: HandedTo = "") -> None:
    """Everyone, archived ones too, by id.

    Example: `relcli export contacts --output contacts.csv`
    """
    from relcli.actions.exports import export_contacts
    from relcli.actions.handing import handing
    from relcli.render.rows import contact_rows

    options, chosen = _chosen(ctx)
    result = read(options, handing(export_contacts, "export contacts", handed_to))
    _put(options, contact_rows(result.contacts), "contacts", chosen)


@export.command("interactions")
def interactions(ctx: typer.Context, handed_to: HandedTo = "") -> None:
    """Every interaction, in the order logged.

    Example: `relcli export interactions --format jsonl`
    """
    from relcli.actions.exports import export_interactions
    from relcli.actions.handing import handing
    from relcli.render.rows import interaction_rows

    options, chosen = _chosen(ctx)
    result = read(options, handing(export_interactions, "export interactions", handed_to))
    _put(options, interaction_rows(result.interactions, result.names), "interactions", chosen)


@export.command("transactions")
def transactions(ctx: typer.Context, handed_to: HandedTo = "") -> None:
    """Every transaction, in the order logged.

    Example: `relcli export transactions --output ledger.tsv`
    """
    from relcli.actions.exports import export_transactions
    from relcli.actions.handing import handing
    from relcli.render.rows import transaction_rows

    options, chosen = _chosen(ctx)
    result = read(options, handing(export_transactions, "export transactions", handed_to))
    _put(options, transaction_rows(result.transactions, result.names), "transactions", chosen)


def _chosen(ctx: typer.Context) -> tuple[Options, str]:
    options: Options = ctx.obj
    return options, options.chosen(FORMATS, "csv")


def _put(options: Options, rows: Rows, plural: str, chosen: str) -> None:
    from relcli.render.json import rows_to_json

    if chosen == "json":
        put(options, rows_to_json(plural, rows))
    else:
        put(options, rows_as(options, rows, chosen))
