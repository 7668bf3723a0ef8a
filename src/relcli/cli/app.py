"""The program: its global options and its commands, in the order of the help."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli import __version__
from relcli.cli import (
    agenda,
    audit,
    backups,
    books,
    briefs,
    circumstances,
    contacts,
    copies,
    demo,
    dossiers,
    drafts,
    exports,
    forgetting,
    health_report,
    imports,
    initiatives,
    interactions,
    laters,
    merging,
    plans,
    preferences,
    promises,
    referrals,
    reminders,
    scorecards,
    search,
    surveys,
    timeline,
    transactions,
)
from relcli.cli.complete import formats
from relcli.cli.completion import Install, Show
from relcli.cli.options import Options
from relcli.cli.output import to_stdout
from relcli.cli.start import begin
from relcli.cli.tree import Tree

GLOBAL = "Global options"
app = Tree(name="relcli", invoke_without_command=True, help="Your relationships, in their terms.")


def _version(asked: bool) -> None:  # Typer's callback
    if asked:
        to_stdout(f"relcli {__version__}\n")
        raise typer.Exit


def _formats(value: str | None) -> str | None:
    return value.lower() if value else None


def _colors(value: str) -> str:
    if value not in ("auto", "always", "never"):
        raise typer.BadParameter(f'"{value}" is not auto, always or never')
    return value


def _seconds(value: float) -> float:
    if not 0 <= value <= 86_400:
        raise typer.BadParameter("seconds to wait are 0 to 86400")
    return value


@app.callback()
def root(
    ctx: typer.Context,
    book: Annotated[
        str | None,
        typer.Option(
            "--book", metavar="PATH|URL", help="The book (else $RELCLI_BOOK, else your data folder).", rich_help_panel=GLOBAL
        ),
    ] = None,
    format: Annotated[  # noqa: A002  # the option's name
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            callback=_formats,
            rich_help_panel=GLOBAL,
            autocompletion=formats,
            help="text, json, jsonl, csv, tsv, ids … (else $RELCLI_FORMAT).",
        ),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE|-", help="Write the answer there.", rich_help_panel=GLOBAL)
    ] = None,
    raw: Annotated[
        bool,
        typer.Option(
            "--raw",
            show_default=False,
            rich_help_panel=GLOBAL,
            help="In csv and tsv, leave cells that look like formulas as they are.",
        ),
    ] = False,
    color: Annotated[
        str,
        typer.Option(
            "--color",
            metavar="auto|always|never",
            callback=_colors,
            rich_help_panel=GLOBAL,
            autocompletion=lambda: ["auto", "always", "never"],
            help="Colours.",
            show_default=False,
        ),
    ] = "auto",
    now: Annotated[
        str | None,
        typer.Option("--now", metavar="DATETIME", help="Act as if it were then (else $RELCLI_NOW).", rich_help_panel=GLOBAL),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Answer yes to every question.", show_default=False, rich_help_panel=GLOBAL)
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", "-n", help="Say what would be done; write nothing.", show_default=False, rich_help_panel=GLOBAL
        ),
    ] = False,
    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet", "-q", help="Print nothing when there is nothing to say.", show_default=False, rich_help_panel=GLOBAL
        ),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where an error came from.", show_default=False, rich_help_panel=GLOBAL)
    ] = False,
    wait: Annotated[
        float,
        typer.Option(
            "--wait", metavar="SECONDS", callback=_seconds, help="How long to wait for a busy book.", rich_help_panel=GLOBAL
        ),
    ] = 10.0,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.", show_default=False)
    ] = False,
    install_completion: Install = None,
    show_completion: Show = None,
) -> None:
    """The relationship tracker for people who run a business alone.

    It measures each relationship in their terms: log what happens in one line, and see which ones need care
    and which should be left alone.

    Begin: `relcli demo` · `relcli contact add "Ana Ruiz"` · `relcli log "Ana Ruiz" "asked about May" --channel email --in`
    """
    if ctx.invoked_subcommand is None:
        begin(Options.of(ctx.params))


for module in (
    agenda,
    briefs,
    contacts,
    merging,
    forgetting,
    dossiers,
    interactions,
    transactions,
    preferences,
    circumstances,
    promises,
    referrals,
    timeline,
    search,
    scorecards,
    health_report,
    audit,
    surveys,
    plans,
    initiatives,
    laters,
    reminders,
    drafts,
    imports,
    exports,
    demo,
    books,
    backups,
    copies,
):
    module.add_to(app)
