"""`relcli survey import`: answers out of mail and out of the tables of survey tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from relcli.cli.answer import show
from relcli.cli.desk import write
from relcli.cli.imports import FORMATS, PARTIAL, Again, Encoding, KeepGood
from relcli.cli.options import Options
from relcli.cli.output import say
from relcli.cli.params import SurveyName
from relcli.cli.tree import Tree

if TYPE_CHECKING:
    from relcli.actions.imports.responses import ResponsesImported


def add_to(survey: Tree) -> None:
    """Put the command into the group."""
    survey.command("import")(import_)


def import_(
    ctx: typer.Context,
    name: SurveyName,
    file: Annotated[
        str,
        typer.Argument(metavar="FILE|-", show_default=False, help="Mail (.mbox, .eml, a folder of them) or a CSV or TSV file."),
    ],
    map_: Annotated[
        str | None, typer.Option("--map", metavar="FILE", show_default=False, help="TOML: which column answers which item.")
    ] = None,
    encoding: Encoding = None,
    keep_good: KeepGood = False,
    again: Again = False,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHO|ADDRESS|NUMBER",
            show_default=False,
            help="Take a claimed reply: by its number, its sender's address, or the person it claims to be. Repeatable.",
        ),
    ] = None,
) -> None:
    """Bring in replies, answers of the form, and tables of Google Forms, Typeform or SurveyMonkey; twice counts once.

    A reply counts as theirs if it bears their code and comes from an address of theirs. Anything less is listed, and
    counts only with --accept (exit 79).

    Example: `relcli survey import pulse replies.mbox --dry-run`
    """
    from relcli.actions.imports.responses import ImportResponses, import_responses
    from relcli.actions.imports.told import Fate

    options: Options = ctx.obj
    options.chosen(FORMATS)
    request = ImportResponses(
        survey=name, source=file, map=map_, encoding=encoding, keep_good=keep_good, again=again, accept=tuple(accept or ())
    )
    result, _ = write(options, lambda desk: import_responses(request, desk))
    _answer(options, result)
    if any(result.count(fate) for fate in (Fate.REFUSED, Fate.UNMATCHED, Fate.CLAIMED, Fate.FORGED)):
        raise typer.Exit(PARTIAL)


def _answer(options: Options, result: ResponsesImported) -> None:
    """One line on stderr, what is to be looked at, and whom to come back to."""
    from relcli.render import preferences, responses

    told = responses.told(result)
    if options.dry_run:
        told = f"would have {told} (dry run: nothing was written)" if told.startswith("added") else f"{told} (dry run)"
    elif result.batch:
        told = f"{told} (batch {result.batch.number})"
    if not options.quiet:
        stated = [line for wishes in result.wishes for line in preferences.consequences(wishes)]
        say([*responses.unread(result), told, *stated, *([] if options.dry_run else responses.unhappy(result))])
    if not options.dry_run:
        say(responses.listed(result))
    if options.dry_run or options.chosen(FORMATS) != "text":
        show(
            options,
            page=lambda: responses.page(result),
            rows=lambda: responses.rows(result),
            document=lambda: responses.document(result, dry_run=options.dry_run),
            offered=FORMATS,
        )
