"""`relcli referral …`: who sent whom, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from relcli.cli.answer import RECORD_FORMATS, ROW_FORMATS, done, show
from relcli.cli.complete import contacts
from relcli.cli.desk import read, write
from relcli.cli.options import Options
from relcli.cli.params import MaybeWho, RecordId, RecordIds
from relcli.cli.tree import PEOPLE, Tree, noun

if TYPE_CHECKING:
    from relcli.actions.desk import Desk
    from relcli.actions.referrals import ReferralsWritten

_WHO = "Id, e-mail, phone, handle, name or part of a name."
At = Annotated[
    str | None, typer.Option("--at", "-a", metavar="DATE", show_default=False, help="When they sent them (else today).")
]

referral = noun("referral", "Who sent whom, and what came of it.")


def add_to(app: Tree) -> None:
    """Put the group into the tree."""
    app.add_typer(referral, rich_help_panel=PEOPLE)


@referral.command("add")
def add_(
    ctx: typer.Context,
    sender: Annotated[
        str, typer.Argument(metavar="FROM", show_default=False, help=f"Who sent them. {_WHO}", autocompletion=contacts)
    ],
    whom: Annotated[
        str, typer.Argument(metavar="WHOM", show_default=False, help=f"Who was sent. {_WHO}", autocompletion=contacts)
    ],
    at: At = None,
    outcome: Annotated[
        str,
        typer.Option(
            "--outcome",
            metavar="TEXT",
            show_default=False,
            help="What came of it, beside their first transaction, which is found.",
        ),
    ] = "",
    add: Annotated[bool, typer.Option("--add", help="Add WHOM where nobody of that name is known.", show_default=False)] = False,
) -> None:
    """Note who sent you somebody. Thank them: until you do, they are on the agenda.

    Example: `relcli referral add ana "Noor Haddad" --add --at "last friday"`
    """
    from relcli.actions.referrals import AddReferral, add_referral

    request = AddReferral(sender=sender, whom=whom, at=at, outcome=outcome, add=add)
    _written(ctx.obj, lambda desk: add_referral(request, desk))


@referral.command("list")
def list_(ctx: typer.Context, who: MaybeWho = None) -> None:
    """Who sent whom, the newest first: what came of it, and whether you thanked them.

    Example: `relcli referral list ana`
    """
    from relcli.actions.referrals import list_referrals
    from relcli.render import referrals as render

    options: Options = ctx.obj
    options.chosen(ROW_FORMATS)
    result = read(options, lambda desk: list_referrals(who, desk))
    show(
        options,
        page=lambda: render.listed(result),
        rows=lambda: render.rows(result),
        noun="referrals",
        empty="nobody sent anybody yet",
    )


@referral.command("edit")
def edit(
    ctx: typer.Context,
    id_: RecordId,
    sender: Annotated[
        str | None, typer.Option("--from", metavar="WHO", show_default=False, help="Who sent them.", autocompletion=contacts)
    ] = None,
    whom: Annotated[
        str | None, typer.Option("--whom", metavar="WHO", show_default=False, help="Who was sent.", autocompletion=contacts)
    ] = None,
    at: At = None,
    no_at: Annotated[bool, typer.Option("--no-at", show_default=False, help="Nobody knows when.")] = False,
    outcome: Annotated[
        str | None, typer.Option("--outcome", metavar="TEXT", show_default=False, help="What came of it, in your words.")
    ] = None,
    no_outcome: Annotated[bool, typer.Option("--no-outcome", show_default=False, help="Leave it to the records.")] = False,
) -> None:
    """Change what you name, and nothing else.

    Example: `relcli referral edit r_3 --outcome "took the yearly contract"`
    """
    from relcli.actions.referrals import EditReferral, edit_referral

    request = EditReferral(sender=sender, whom=whom, at=at, no_at=no_at, outcome=outcome, no_outcome=no_outcome)
    _written(ctx.obj, lambda desk: edit_referral(id_, request, desk))


@referral.command("remove")
def remove(ctx: typer.Context, ids: RecordIds) -> None:
    """They never sent them: take it out of the book; `relcli book undo` brings it back.

    Example: `relcli referral remove r_3`
    """
    from relcli.actions.referrals import remove_referrals

    _written(ctx.obj, lambda desk: remove_referrals(ids, desk))


def _written(options: Options, act: Callable[[Desk], ReferralsWritten]) -> None:
    from relcli.render import referrals as render

    options.chosen(RECORD_FORMATS)
    result, _ = write(options, act)
    done(options, render.written(result), result.batch, rows=lambda: render.rows(result), noun="referrals")
