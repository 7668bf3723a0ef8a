"""`relcli survey …`: ask them how it is, and write down what they say."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli import forms, invitations, responses, survey_results
from relcli.cli.answer import RECORD_FORMATS, ROW_FORMATS, done, show
from relcli.cli.asking import asked_of, can_ask
from relcli.cli.complete import surveys
from relcli.cli.desk import read, write
from relcli.cli.options import Options
from relcli.cli.output import say
from relcli.cli.params import RecordId, RecordIds, SurveyName, Who
from relcli.cli.tree import ASK, Tree, noun
from relcli.errors import BookMissing, Misused

LIST_FORMATS = tuple(name for name in ROW_FORMATS if name != "ids")
SHOW_FORMATS = ("text", "json", "md")


Answers = Annotated[
    list[str],
    typer.Option("--answer", metavar="ITEM=VALUE", show_default=False, help="What they answered to one item (repeatable)."),
]
Given = Annotated[
    str | None, typer.Option("--at", "-a", metavar="DATE", show_default=False, help="When they answered (else now).")
]
Language = Annotated[
    str | None, typer.Option("--language", metavar="CODE", show_default=False, help="Of those the survey has: en, es, de.")
]
survey = noun("survey", "Ask them how it is, seldom, and count what they say.")


def add_to(app: Tree) -> None:
    """Put the group into the tree."""
    app.add_typer(survey, rich_help_panel=ASK)


@survey.command("new")
def new(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="What to call it.")],
    like: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="SURVEY", show_default=False, help="Begin with a copy of that one.", autocompletion=surveys
        ),
    ] = None,
) -> None:
    """Write a survey of your own, with comments, to be changed in an editor.

    Example: `relcli survey new after-the-wedding --from service`
    """
    from relcli.actions.surveys.instruments import new_instrument

    options: Options = ctx.obj
    options.chosen(("text",))
    made = new_instrument(name, like=like, dry_run=options.dry_run)
    if not options.quiet:
        what = f"{made.file}" + (f", made like {made.source}" if made.source else "")
        say([f"would have written {what} (dry run: nothing was written)" if options.dry_run else f"wrote {what}"])


@survey.command("list")
def list_(ctx: typer.Context) -> None:
    """The surveys there are, your own too, and how many have answered each.

    Example: `relcli survey list`
    """
    from relcli.actions.surveys.instruments import answers_by_survey, list_instruments
    from relcli.render import surveys as render

    options: Options = ctx.obj
    options.chosen(LIST_FORMATS)
    try:
        answers = read(options, answers_by_survey)
    except BookMissing:  # one can look at surveys before there is a book
        answers = None
    result = list_instruments(answers)
    show(
        options, page=lambda: render.listed(result), rows=lambda: render.list_rows(result), noun="surveys", offered=LIST_FORMATS
    )  # fmt: skip
    if result.problems or not options.quiet:
        say(f"{problem.message}: {problem.hint}" for problem in result.problems)
    if not options.quiet:
        say([*render.gone(result), f"your own go into {result.folder}"])


@survey.command("show")
def show_(ctx: typer.Context, name: SurveyName, language: Language = None) -> None:
    """What a survey asks, and of whom.

    Example: `relcli survey show pulse --language es`
    """
    from relcli.actions.surveys.instruments import instrument, is_own
    from relcli.render import surveys as render

    options: Options = ctx.obj
    options.chosen(SHOW_FORMATS)
    asked = instrument(name)
    if language is not None and language not in asked.languages:
        raise Misused(f'the survey {asked.name} is not there in "{language}"', f"it is in: {', '.join(asked.languages)}")
    own = is_own(asked.name)
    show(
        options,
        page=lambda: render.shown(asked, language or asked.languages[0], own=own),
        document=lambda: render.document(asked, own=own),
        offered=SHOW_FORMATS,
    )


@survey.command("record")
def record(ctx: typer.Context, name: SurveyName, who: Who, answer: Answers = [], at: Given = None) -> None:  # noqa: B006
    """Write down what somebody answered; on a terminal, without --answer, each question is put to you to ask.

    Example: `relcli survey record pulse ana --answer recommend=9 --answer why="always on time"`
    """
    from relcli.actions.surveys.responses import RecordResponse, put_to, record_response
    from relcli.render import surveys as render
    from relcli.render.rows import answer_rows

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    request = RecordResponse(survey=name, who=who, answers=tuple(answer), at=at)
    if not answer and can_ask():
        asked = read(options, lambda desk: put_to(name, who, desk))
        said = asked_of(asked)
        request = request.model_copy(update={"who": asked.contact.id, "answers": said, "language": asked.language})
    result, _ = write(options, lambda desk: record_response(request, desk))
    rows = lambda: answer_rows([result.response])  # noqa: E731  # computed only if asked for
    done(options, render.written(result), result.batch, rows=rows, noun="answers", more=render.wishes(result))


@survey.command("edit")
def edit(ctx: typer.Context, id_: RecordId, answer: Answers = [], at: Given = None) -> None:  # noqa: B006
    """Change the answers you name, and nothing else; ITEM= takes one away. A wish it stated follows.

    Example: `relcli survey edit a_3 --answer recommend=8`
    """
    from relcli.actions.surveys.responses import EditResponse, edit_response
    from relcli.render import surveys as render
    from relcli.render.rows import answer_rows

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    request = EditResponse(answers=tuple(answer), at=at)
    result, _ = write(options, lambda desk: edit_response(id_, request, desk))
    rows = lambda: answer_rows([result.response])  # noqa: E731  # as above
    done(options, render.written(result), result.batch, rows=rows, noun="answers", more=render.wishes(result))


@survey.command("remove")
def remove(ctx: typer.Context, ids: RecordIds) -> None:
    """It was never answered: take it out, with the wishes it stated; `relcli book undo` brings it back.

    Example: `relcli survey remove a_3`
    """
    from relcli.actions.surveys.responses import remove_responses
    from relcli.render import surveys as render
    from relcli.render.rows import answer_rows

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    result, _ = write(options, lambda desk: remove_responses(ids, desk))
    rows = lambda: answer_rows(result.responses)  # noqa: E731  # as above
    done(options, render.removed(result), result.batch, rows=rows, noun="answers")


forms.add_to(survey)
invitations.add_to(survey)
responses.add_to(survey)
survey_results.add_to(survey)
