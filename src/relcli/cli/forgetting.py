"""`relcli contact forget`: everything of somebody erased, for good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from relcli.cli.answer import put, show, standing
from relcli.cli.books import book
from relcli.cli.confirm import confirmed
from relcli.cli.contacts import contact
from relcli.cli.desk import write
from relcli.cli.options import Options
from relcli.cli.output import say
from relcli.cli.params import Who
from relcli.cli.tree import Tree
from relcli.domain.forgotten import Scrubbed
from relcli.errors import Busy, OutputFailed

if TYPE_CHECKING:
    from relcli.actions.forgetting import ForgetPlan

FORMATS = ("text", "json", "md")


def add_to(_: Tree) -> None:
    """Put the commands into their groups."""
    contact.command("forget")(forget)
    book.command("purge")(purge)


def forget(
    ctx: typer.Context,
    who: Who,
    keep_shared_text: Annotated[
        bool,
        typer.Option("--keep-shared-text", show_default=False, help="Leave the text of interactions that others took part in."),
    ] = False,
    with_transactions: Annotated[
        bool,
        typer.Option("--with-transactions", show_default=False, help="Remove their transactions too, not only name and item."),
    ] = False,
    copies: Annotated[
        bool, typer.Option("--copies", show_default=False, help="Delete the older copies beside the book that hold them.")
    ] = False,
) -> None:
    """Erase everything of somebody, by id, address or exact name. Asks first; it cannot be undone.

    Whom an undo took back is found too, also by the number of the batch.

    Example: `relcli contact forget ana@example.org --dry-run`
    """
    from relcli.actions.forgetting import ForgetContact, forget_contact
    from relcli.render import forgetting as render

    options: Options = ctx.obj
    options.chosen(FORMATS)

    def sure(plan: ForgetPlan) -> bool:
        *lines, question = render.question(plan)
        if not options.yes:
            say(lines)
        return confirmed(options, question)

    location = options.location()
    request = ForgetContact(
        who=who,
        keep_shared_text=keep_shared_text,
        with_transactions=with_transactions,
        copies=copies,
        place=None if "://" in location else Path(location),
    )
    result, _ = write(options, lambda desk: forget_contact(request, desk, sure=sure))
    done = result.certificate
    page = render.page(result.plan) if done is None else render.certificate(done)
    document = render.document(result.plan) if done is None else render.certificate_document(done)
    with standing(done.batch if done else None):
        show(options, page=lambda: page, document=lambda: document, offered=FORMATS)
    if done is not None:
        if not options.quiet:
            say([f"forgot one contact (batch {done.batch})" if done.batch else "there was nothing more to erase in the book"])
        refuse_traces(done.scrubbed)


def purge(ctx: typer.Context) -> None:
    """Remove from the journal what was undone: it cannot be redone then. Asks first; it cannot be undone.

    Without it the journal lets go by itself after `journal.keep`, 90 days.

    Example: `relcli book purge --dry-run`
    """
    from relcli.actions.purging import JournalPurged, purge_book
    from relcli.render import forgetting as render
    from relcli.render.json import to_json

    options: Options = ctx.obj
    chosen = options.chosen(("text", "json"))

    def sure(plan: JournalPurged) -> bool:
        return confirmed(options, render.purge_question(plan))

    result, _ = write(options, lambda desk: purge_book(desk, sure=sure))
    if not options.quiet:
        say(render.purged(result, dry_run=options.dry_run))
    with standing(result.batch):
        if chosen == "json":
            put(options, to_json(render.purged_document(result)))
    if result.scrubbed is not None:
        refuse_traces(result.scrubbed, "the journal is purged", "say relcli book purge again")


def refuse_traces(
    scrubbed: Scrubbed, done: str = "the contact is forgotten", again: str = "say the same again with the contact's id"
) -> None:
    """The rows are gone for good by now; say so where the files are not clear of them."""
    if scrubbed is Scrubbed.YES:
        return
    if scrubbed is Scrubbed.READ:
        raise Busy(f"{done}, but another program still reads what the book was before", f"when it has ended, {again}")
    if scrubbed is Scrubbed.FOREIGN:
        raise Busy(f"{done}, but {scrubbed}", f"their owner runs VACUUM (FULL, ANALYZE) in psql; then {again}")
    first = "make room for another copy of the book" if scrubbed is Scrubbed.FULL else "check the disk"
    raise OutputFailed(f"{done}, but {scrubbed}: traces may linger in its file", f"{first}, then {again}")
