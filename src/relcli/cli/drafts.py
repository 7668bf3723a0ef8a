"""`relcli draft`: a message with the facts filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from relcli.cli.answer import ROW_FORMATS, put, rendered, show
from relcli.cli.complete import contacts, templates
from relcli.cli.desk import read, write
from relcli.cli.options import Options
from relcli.cli.output import say
from relcli.cli.tree import EVERY_DAY, Tree
from relcli.domain.interaction import CHANNELS
from relcli.errors import Misused

if TYPE_CHECKING:
    from relcli.actions.drafts import Draft

FORMATS = ("text", "json", "md", "html", "eml")


def add_to(app: Tree) -> None:
    """Put the command into the tree."""
    app.command("draft", rich_help_panel=EVERY_DAY)(draft)


def draft(
    ctx: typer.Context,
    who: Annotated[
        str | None,
        typer.Argument(
            metavar="[WHO]", show_default=False, help="Id, e-mail, phone, handle, name or part of a name.", autocompletion=contacts
        ),
    ] = None,
    template: Annotated[
        str | None,
        typer.Option(
            "--template", metavar="NAME", show_default=False, help="Which message: see --list-templates.",
            autocompletion=templates,
        ),
    ] = None,
    channel: Annotated[
        str | None,
        typer.Option(
            "--channel", "-c", metavar="CH", show_default=False, help="By which channel (else the template's, else theirs).",
            autocompletion=lambda: list(CHANNELS),
        ),
    ] = None,
    log: Annotated[bool, typer.Option("--log", show_default=False, help="Log it as a touch of yours.")] = False,
    private: Annotated[
        bool, typer.Option("--private", show_default=False, help="Also say what is private, where the template names it.")
    ] = False,
    list_facts: Annotated[
        bool, typer.Option("--list-facts", show_default=False, help="Show what a message to them can say.")
    ] = False,
    list_templates: Annotated[
        bool, typer.Option("--list-templates", show_default=False, help="Show the templates, your own too.")
    ] = False,
) -> None:  # fmt: skip
    """Write a message with the facts filled in, on their channel; never against their wish.

    It goes to stdout or --output, as text, md, html, json, or eml for your mailer.

    Example: `relcli draft ana --template thank-you --format eml | sendmail -t`
    """
    options: Options = ctx.obj
    if list_templates or list_facts:
        _refuse_more(template, channel, log or private, facts=list_facts, templates=list_templates)
    if list_templates:
        _list_templates(options, who)
    elif who is None:
        raise Misused("nobody is named", f"say who: relcli draft WHO {'--list-facts' if list_facts else '--template NAME'}")
    elif list_facts:
        _list_facts(options, who)
    elif template is None:
        raise Misused("no template is named", "relcli draft --list-templates shows those there are")
    else:
        _draft(options, who, template, channel, log=log, private=private)


def _draft(options: Options, who: str, template: str, channel: str | None, *, log: bool, private: bool) -> None:
    from relcli.actions.drafts import DraftMessage, draft_message, log_draft
    from relcli.render import drafts as render
    from relcli.render import interactions

    chosen = options.chosen(FORMATS)
    request = DraftMessage(who=who, template=template, channel=channel, mail=chosen == "eml", private=private)
    made = read(options, lambda desk: draft_message(request, desk))
    text = _as(options, made, chosen)
    talk = [*made.warnings, render.line(made)]
    if chosen == "eml" and made.sender is None:
        talk.append("it has no From line: write your address into the settings, [me] addresses")
    if log:  # first, for it may be refused even now; a message nobody is to send is not shown
        logged, _ = write(options, lambda desk: log_draft(made, desk))
        what = interactions.written(logged)
        ending = f"would have {what} (dry run: nothing was written)"
        talk.append(ending if options.dry_run or logged.batch is None else f"{what} (batch {logged.batch.number})")
    if not options.quiet:
        say(talk)
    elif made.warnings:
        say(made.warnings)
    put(options, text, laid_out=chosen == "text")


def _as(options: Options, made: Draft, chosen: str) -> str:
    """The message in one format, whole before anything of it is written."""
    from relcli.render import drafts as render

    if chosen == "eml":
        return made.mail
    if chosen == "md":
        from relcli.render.markdown import to_markdown

        return to_markdown(render.page(made))
    if chosen == "html":
        from relcli.render.html import to_html

        return to_html(render.page(made), title=made.subject)
    return rendered(options, chosen, page=lambda: render.page(made), document=lambda: render.document(made))


def _list_facts(options: Options, who: str) -> None:
    from relcli.actions.facts import list_facts
    from relcli.render import drafts as render

    options.chosen(("text", "json"))
    listed = read(options, lambda desk: list_facts(who, desk))
    show(options, page=lambda: render.facts_page(listed), document=lambda: render.facts_document(listed))


def _list_templates(options: Options, who: str | None) -> None:
    from relcli.actions.templates import list_templates
    from relcli.render import drafts as render
    from relcli.render.rows import template_rows

    if who is not None:
        raise Misused("templates are the same for everybody", "relcli draft --list-templates")
    options.chosen(ROW_FORMATS)
    listed = list_templates()
    show(options, page=lambda: render.templates_page(listed), rows=lambda: template_rows(listed.templates), noun="templates")
    if listed.problems or not options.quiet:
        say(f"{problem.message}: {problem.hint}" for problem in listed.problems)
    if not options.quiet:
        say([f"your own go into {listed.folder}"])


def _refuse_more(template: str | None, channel: str | None, flags: bool, *, facts: bool, templates: bool) -> None:
    if template is not None or channel is not None or flags or (facts and templates):
        raise Misused("--list-facts and --list-templates only list", "leave out the other options")
