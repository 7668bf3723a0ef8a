"""`relcli circumstance …`: what shapes a relationship and is not ours to steer."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import RECORD_FORMATS, ROW_FORMATS, done, show
from relcli.cli.desk import read, write
from relcli.cli.options import Options
from relcli.cli.params import At, MaybeWho, RecordIds, Who
from relcli.cli.tree import PEOPLE, Tree, noun
from relcli.domain.circumstance import LEAST, MOST, Factor
from relcli.errors import Misused


def _factors() -> list[str]:
    return list(Factor)


circumstance = noun("circumstance", "What shapes a relationship from outside, for both sides.")


def add_to(app: Tree) -> None:
    """Put the group into the tree."""
    app.add_typer(circumstance, rich_help_panel=PEOPLE)


@circumstance.command("set")
def set_(
    ctx: typer.Context,
    who: Who,
    factor: Annotated[
        str, typer.Argument(metavar="FACTOR", show_default=False, help=", ".join(Factor) + ".", autocompletion=_factors)
    ],
    theirs: Annotated[
        str | None, typer.Option("--theirs", metavar="1-5", show_default=False, help="For their side: 1 hardly, 5 very much.")
    ] = None,
    ours: Annotated[str | None, typer.Option("--ours", metavar="1-5", show_default=False, help="The same for ours.")] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", show_default=False, help="What is behind it.")] = "",
    at: At = None,
) -> None:
    """Rate a factor for their side and for ours, or note something about it.

    Example: `relcli circumstance set ana switching-cost --theirs 4 --ours 2 --note "all her negatives are here"`
    """
    from relcli.actions.circumstances import SetCircumstance, set_circumstance
    from relcli.render import circumstances as render
    from relcli.render.rows import circumstance_rows

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    request = SetCircumstance(
        who=who, factor=factor, theirs=_rating("--theirs", theirs), ours=_rating("--ours", ours), note=note, at=at
    )
    result, _ = write(options, lambda desk: set_circumstance(request, desk))
    rows = lambda: circumstance_rows(result.circumstances, result.names)  # noqa: E731  # computed only if asked for
    done(options, render.written(result), result.batch, rows=rows, noun="circumstances")


@circumstance.command("list")
def list_(ctx: typer.Context, who: MaybeWho = None) -> None:
    """The newest of each factor; text and json also say how much both sides need each other.

    Example: `relcli circumstance list ana`
    """
    from relcli.actions.circumstances import list_circumstances
    from relcli.render import circumstances as render
    from relcli.render.rows import circumstance_rows

    options: Options = ctx.obj
    options.chosen(ROW_FORMATS)
    result = read(options, lambda desk: list_circumstances(who, desk))
    show(
        options,
        page=lambda: render.listed(result),
        rows=lambda: circumstance_rows(result.circumstances, result.names),
        document=lambda: render.document(result),
        noun="circumstances",
        empty="no circumstance is known here",
    )


@circumstance.command("remove")
def remove(ctx: typer.Context, ids: RecordIds) -> None:
    """Take circumstances out of the book; `relcli book undo` brings them back.

    Example: `relcli circumstance remove f_3`
    """
    from relcli.actions.circumstances import remove_circumstances
    from relcli.render import circumstances as render
    from relcli.render.rows import circumstance_rows

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    result, _ = write(options, lambda desk: remove_circumstances(ids, desk))
    rows = lambda: circumstance_rows(result.circumstances, result.names)  # noqa: E731  # as above
    done(options, render.removed(result), result.batch, rows=rows, noun="circumstances")


def _rating(option: str, text: str | None) -> int | None:
    """The rating that was typed, None where none was."""
    if text is None:
        return None
    if text.strip() not in {str(rating) for rating in range(LEAST, MOST + 1)}:
        raise Misused(f'{option} takes {LEAST} to {MOST}, and was given "{text}"', f"{LEAST} is hardly, {MOST} very much")
    return int(text)
