"""`relcli initiative …`: try something, with people it is tried on and people it is not, and see whether it worked."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import PAGE_FORMATS, RECORD_FORMATS, done, page_as_talk, show
from relcli.cli.complete import contacts, initiatives
from relcli.cli.desk import read, write
from relcli.cli.options import Options
from relcli.cli.params import Roles, Tags, one_of
from relcli.cli.tree import ASK, Tree, noun
from relcli.text import quoted

Name = Annotated[
    str,
    typer.Argument(metavar="NAME", show_default=False, help="What it is called, or a part of it, accents and case aside.", autocompletion=initiatives),
]  # fmt: skip
initiative = noun("initiative", "Try something, and see whether it worked.")
_SHOWN = 15


def add_to(app: Tree) -> None:
    """Put the group into the tree."""
    app.add_typer(initiative, rich_help_panel=ASK)


@initiative.command("start")
def start(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="What to call it.")],
    hypothesis: Annotated[
        str, typer.Option("--hypothesis", metavar="TEXT", show_default=False, help="What you try, and what you expect of it.")
    ],
    outcome: Annotated[
        str, typer.Option("--outcome", metavar="OUTCOME", show_default=False, help="What it is to improve: health; signs, whether they come back; sales; or a component: terms, voice …")
    ],
    begins: Annotated[
        str | None, typer.Option("--from", metavar="DATE", show_default=False, help="Its first day (else today).")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", show_default=False, help="Its last day (else open until stopped).")
    ] = None,
    cost: Annotated[str | None, typer.Option("--cost", metavar="AMOUNT", show_default=False, help="What it costs you.")] = None,
) -> None:  # fmt: skip
    """Write down what you try and what it is to improve, before you know how it ends.

    Example: `relcli initiative start "Autumn calls" --hypothesis "a call brings quiet customers back" --outcome signs`
    """
    from relcli.actions.initiatives.starting import StartInitiative, start_initiative
    from relcli.domain.initiative import Outcome
    from relcli.render import initiatives as render

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    wanted = one_of(Outcome, outcome, "--outcome") or Outcome.HEALTH
    request = StartInitiative(name=name, hypothesis=hypothesis, outcome=wanted, begins=begins, until=until, cost=cost)
    result, made = write(options, lambda desk: start_initiative(request, desk), makes=True)
    step = f"now: relcli initiative enroll {quoted(result.initiative.name)} --role customer --holdout 0.5"
    done(
        options, render.started(result), result.batch, rows=lambda: render.initiative_rows(result), noun="initiatives",
        made=made, next_step="its last day has passed: nobody can come in" if result.over else step,
    )  # fmt: skip


@initiative.command("enroll")
def enroll(
    ctx: typer.Context,
    name: Name,
    who: Annotated[
        list[str], typer.Argument(metavar="[WHO]...", show_default=False, help="Whom to enrol.", autocompletion=contacts)
    ] = [],  # noqa: B006  # Typer copies it
    role: Roles = [],  # noqa: B006
    tag: Tags = [],  # noqa: B006
    holdout: Annotated[
        str | None,
        typer.Option("--holdout", metavar="SHARE", show_default=False, help="Leave this share of them alone, by lot: 0.5 is every second one."),
    ] = None,
) -> None:  # fmt: skip
    """Whom to try it on: never who may not be contacted; with --holdout a lot decides who is left alone for comparison.

    Example: `relcli initiative enroll "Autumn calls" --role customer --holdout 0.5`
    """
    from relcli.actions.initiatives.enrolling import EnrollInInitiative, enroll
    from relcli.render import initiatives as render

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    request = EnrollInInitiative(initiative=name, who=tuple(who), roles=tuple(role), tags=tuple(tag), holdout=holdout)
    result, _ = write(options, lambda desk: enroll(request, desk))
    left = page_as_talk(render.left(result)) if result.left else []
    small = ["too few so far: results take four drawn into each group"] if result.small else []
    done(
        options, render.enrolled(result), result.batch, noun="enrolments", more=[*left, *small, *result.warnings],
        next_step=f"who is in which group: relcli initiative list {quoted(result.initiative.name)}",
        rows=lambda: render.enrolment_rows(result.enrolments, result.initiative.name, result.names),
        document=lambda: render.document(result),
    )  # fmt: skip


@initiative.command("stop")
def stop(ctx: typer.Context, name: Name) -> None:
    """End it today: nobody comes in any more, and its results count up to today.

    Example: `relcli initiative stop "Autumn calls"`
    """
    from relcli.actions.initiatives.starting import stop_initiative
    from relcli.render import initiatives as render

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    result, _ = write(options, lambda desk: stop_initiative(name, desk))
    done(options, render.stopped(result), result.batch, rows=lambda: render.initiative_rows(result), noun="initiatives")


@initiative.command("results")
def results(
    ctx: typer.Context,
    name: Name,
    top: Annotated[
        int | None, typer.Option("--top", metavar="N", min=1, show_default=False, help="Only the first N people.")
    ] = None,
) -> None:
    """Did it work? Those enrolled beside those left alone, with the range in which the truth may lie.

    Example: `relcli initiative results "Autumn calls"`
    """
    from relcli.actions.initiatives.results import initiative_results
    from relcli.render import initiative_document as document
    from relcli.render import initiative_results as render

    options: Options = ctx.obj
    chosen = options.chosen(PAGE_FORMATS)
    result = read(options, lambda desk: initiative_results(name, desk))
    most = _SHOWN if chosen == "text" else None
    show(
        options, page=lambda: render.page(result, top=top, most=most), rows=lambda: document.rows(result, most=top),
        document=lambda: document.document(result, most=top), noun="people", offered=PAGE_FORMATS, title=result.initiative.name,
    )  # fmt: skip


@initiative.command("list")
def list_(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", show_default=False, help="Who is in that one.", autocompletion=initiatives),
    ] = None,
) -> None:
    """What was tried, and what is; or who is in one of them, and who is left alone.

    Example: `relcli initiative list "Autumn calls" --format csv`
    """
    from relcli.actions.initiatives.listing import list_initiatives, list_people
    from relcli.render import initiatives as render

    options: Options = ctx.obj
    options.chosen(PAGE_FORMATS)
    if name is not None:
        inside = read(options, lambda desk: list_people(name, desk))
        show(
            options, page=lambda: render.people(inside), noun="enrolments", offered=PAGE_FORMATS, empty="nobody is in it yet",
            rows=lambda: render.enrolment_rows(inside.enrolments, inside.initiative.name, inside.names),
        )  # fmt: skip
        return
    result = read(options, list_initiatives)
    show(
        options, page=lambda: render.listed(result), rows=lambda: render.list_rows(result), noun="initiatives",
        offered=PAGE_FORMATS, empty="no initiative yet: relcli initiative start NAME --hypothesis TEXT --outcome health",
    )  # fmt: skip
