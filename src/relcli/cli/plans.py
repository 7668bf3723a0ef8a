"""`relcli plan …`: what we mean to do for a relationship."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from relcli.cli.answer import RECORD_FORMATS, ROW_FORMATS, done, show
from relcli.cli.desk import read, write
from relcli.cli.options import Options
from relcli.cli.params import MaybeWho, Who
from relcli.cli.tree import ASK, Tree, noun
from relcli.domain.component import COMPONENTS
from relcli.domain.stage import RUNGS

if TYPE_CHECKING:
    from relcli.actions.plans import PlanWritten


def _aims() -> list[str]:
    return [*RUNGS, *COMPONENTS]


Aim = Annotated[
    str | None,
    typer.Option(
        "--aim",
        metavar="TEXT",
        show_default=False,
        autocompletion=_aims,
        help="A stage (loyal, advocate …), a component of health (voice, terms …), or words.",
    ),
]
Next = Annotated[
    str | None, typer.Option("--next", metavar="TEXT", show_default=False, help="The next step, a promise to yourself.")
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="DATE", show_default=False, help="The day the step is due; alone, another day for it."),
]
Review = Annotated[
    str | None, typer.Option("--review", metavar="DATE", show_default=False, help='The day to look again: "in 3 months".')
]

plan = noun("plan", "What you mean to do for a relationship: aim, next step, review.")


def add_to(app: Tree) -> None:
    """Put the group into the tree."""
    app.add_typer(plan, rich_help_panel=ASK)


@plan.command("set")
def set_(ctx: typer.Context, who: Who, aim: Aim = None, next_: Next = None, by: By = None, review: Review = None) -> None:
    """Plan for a relationship, or change what you name of its plan.

    Example: `relcli plan set ana --aim advocate --next "ask whom she would send to us" --by "in 2 weeks" --review "in 3 months"`
    """
    from relcli.actions.plans import SetPlan, set_plan
    from relcli.render import plans as render

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    request = SetPlan(who=who, aim=aim, step=next_, by=by, review=review)
    result, _ = write(options, lambda desk: set_plan(request, desk))
    _done(options, render.written(result), result)


@plan.command("list")
def list_(
    ctx: typer.Context,
    who: MaybeWho = None,
    every: Annotated[
        bool, typer.Option("--all", show_default=False, help="Every version there was, what was cleared too.")
    ] = False,
) -> None:
    """The plans that hold, the first due before the others.

    Example: `relcli plan list ana --all`
    """
    from relcli.actions.plans import list_plans
    from relcli.render import plans as render
    from relcli.render.rows import plan_rows

    options: Options = ctx.obj
    options.chosen(ROW_FORMATS)
    result = read(options, lambda desk: list_plans(who, desk, every=every))
    show(
        options,
        page=lambda: render.listed(result),
        rows=lambda: plan_rows(result.plans, result.names),
        noun="plans",
        empty="nothing is planned here",
    )


@plan.command("review")
def review(
    ctx: typer.Context,
    who: Who,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", show_default=False, help="What you found.")] = "",
    done_: Annotated[bool, typer.Option("--done", show_default=False, help="The step is done.")] = False,
    aim: Aim = None,
    next_: Next = None,
    by: By = None,
    review_: Review = None,
) -> None:
    """Look again: what you found, whether the step is done, what is next, when to look again.

    Example: `relcli plan review ana --done --note "she sent the florist" --next "thank her" --by friday --review "in 3 months"`
    """
    from relcli.actions.plans import ReviewPlan, review_plan
    from relcli.render import plans as render

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    request = ReviewPlan(who=who, aim=aim, step=next_, by=by, review=review_, note=note, done=done_)
    result, _ = write(options, lambda desk: review_plan(request, desk))
    _done(options, render.reviewed(result), result)


@plan.command("clear")
def clear(ctx: typer.Context, who: Who) -> None:
    """End a plan today; what it was stays known.

    Example: `relcli plan clear ana`
    """
    from relcli.actions.plans import clear_plan
    from relcli.render import plans as render

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    result, _ = write(options, lambda desk: clear_plan(who, desk))
    _done(options, render.cleared(result), result)


def _done(options: Options, message: str, result: PlanWritten) -> None:
    from relcli.render.rows import plan_rows

    names = {result.contact.id: result.contact.name}
    against = [f"the agenda will not suggest it as things stand: {result.against}"] if result.against else []
    there = [f"{result.contact.name} is {result.reached.value} already: the aim is reached"] if result.reached else []
    done(options, message, result.batch, rows=lambda: plan_rows([result.plan], names), noun="plans", more=[*there, *against])
