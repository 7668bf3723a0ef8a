"""`relcli survey results`: what a survey found, how sure that is, and whom to follow up."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import show
from relcli.cli.desk import read
from relcli.cli.options import Options
from relcli.cli.output import say
from relcli.cli.params import Roles, Since, SurveyName, Tags, one_of
from relcli.cli.tree import Tree

_FORMATS = ("text", "json", "jsonl", "csv", "tsv", "md", "html")
_BY = ("role", "tag", "language", "survey-version")
_MOST = 15  # lines of a list on a screen


def add_to(survey: Tree) -> None:
    """Put the command into the group."""
    survey.command("results")(results)


def results(
    ctx: typer.Context,
    name: SurveyName,
    since: Since = None,
    role: Roles = [],  # noqa: B006  # Typer copies it
    tag: Tags = [],  # noqa: B006
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="WHAT", show_default=False, help=f"Also by group: {', '.join(_BY)}.", autocompletion=lambda: list(_BY)
        ),
    ] = None,
) -> None:
    """Figures with the interval they are good for, the words, and whom to follow up first.

    Example: `relcli survey results pulse --by role`
    """
    from relcli.actions.surveys.results import By, ShowResults, show_results
    from relcli.render import survey_document
    from relcli.render import survey_results as render

    options: Options = ctx.obj
    chosen = options.chosen(_FORMATS)
    request = ShowResults(name=name, since=since, roles=tuple(role), tags=tuple(tag), by=one_of(By, by, "--by"))
    result = read(options, lambda desk: show_results(request, desk))
    show(
        options,
        page=lambda: render.page(result, most=_MOST if chosen == "text" else None),
        rows=lambda: survey_document.rows(result),
        document=lambda: survey_document.document(result),
        offered=_FORMATS,
        title=f"Results of {result.survey}",
    )
    nameless = result.anonymous + result.whole.withheld
    if chosen in ("csv", "tsv", "jsonl") and nameless and not options.quiet:
        say([f"left out here: {nameless} anonymous; they count in the figures of a group alone"])
