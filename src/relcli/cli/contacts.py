"""`relcli contact …`: the people and organisations of the book."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from relcli.cli.answer import RECORD_FORMATS, ROW_FORMATS, done, show
from relcli.cli.complete import contacts, roles, tags
from relcli.cli.desk import read, write
from relcli.cli.options import Options
from relcli.cli.params import Roles, Tags, Who, WhoList, one_of
from relcli.cli.tree import PEOPLE, Tree, noun
from relcli.domain.contact import Kind
from relcli.domain.interaction import CHANNELS
from relcli.errors import Misused

if TYPE_CHECKING:
    from relcli.actions.contact_fields import ContactFields
    from relcli.actions.contacts import ContactWritten
    from relcli.actions.desk import Desk

Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="The name, as you would write it.")]
Kinds = Annotated[str | None, typer.Option("--kind", metavar="person|organisation", show_default=False, help="What it is.")]
Role = Annotated[
    list[str],
    typer.Option(
        "--role",
        metavar="R",
        show_default=False,
        help="customer, supplier, partner, prospect, or your own (repeatable).",
        autocompletion=roles,
    ),
]
Email = Annotated[
    list[str], typer.Option("--email", metavar="E", show_default=False, help="E-mail, the preferred one first (repeatable).")
]
Phone = Annotated[list[str], typer.Option("--phone", metavar="P", show_default=False, help="Telephone (repeatable).")]
Handle = Annotated[
    list[str], typer.Option("--handle", metavar="H", show_default=False, help="Name on some network (repeatable).")
]
Tag = Annotated[
    list[str],
    typer.Option("--tag", metavar="T", show_default=False, help="Your own word for a group (repeatable).", autocompletion=tags),
]
WorksFor = Annotated[
    str | None,
    typer.Option(
        "--works-for", metavar="WHO", show_default=False, help="The organisation they work for.", autocompletion=contacts
    ),
]
IntroducedBy = Annotated[
    str | None,
    typer.Option("--introduced-by", metavar="WHO", show_default=False, help="Who sent them to you.", autocompletion=contacts),
]
Language = Annotated[
    str | None, typer.Option("--language", metavar="L", show_default=False, help="The language you share: en, es …")
]
Timezone = Annotated[
    str | None, typer.Option("--timezone", metavar="Z", show_default=False, help="Where they live: Europe/Madrid.")
]
Birthday = Annotated[
    str | None, typer.Option("--birthday", metavar="D", show_default=False, help="1980-04-12, or --04-12 without the year.")
]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", show_default=False, help="What else to know.")]


def add_to(app: Tree) -> None:
    """Put the group into the tree."""
    app.add_typer(contact, rich_help_panel=PEOPLE)


contact = noun("contact", "People and organisations.")


@contact.command("add")
def add(
    ctx: typer.Context,
    name: Name,
    kind: Kinds = None,
    role: Role = [],  # noqa: B006  # Typer copies it
    email: Email = [],  # noqa: B006
    phone: Phone = [],  # noqa: B006
    handle: Handle = [],  # noqa: B006
    tag: Tag = [],  # noqa: B006
    works_for: WorksFor = None,
    introduced_by: IntroducedBy = None,
    language: Language = None,
    timezone: Timezone = None,
    birthday: Birthday = None,
    note: Note = None,
) -> None:
    """Add somebody.

    Example: `relcli contact add "Ana Ruiz" --role customer --email ana@example.org`
    """
    from relcli.actions.contacts import add_contact

    said = _fields(name, kind, role, email, phone, handle, tag, works_for, introduced_by, language, timezone, birthday, note)
    _written(ctx.obj, lambda desk: add_contact(said, desk), makes=True)


@contact.command("edit")
def edit(
    ctx: typer.Context,
    who: Who,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", show_default=False, help="A new name.")] = None,
    kind: Kinds = None,
    role: Role = [],  # noqa: B006
    email: Email = [],  # noqa: B006
    phone: Phone = [],  # noqa: B006
    handle: Handle = [],  # noqa: B006
    tag: Tag = [],  # noqa: B006
    works_for: WorksFor = None,
    introduced_by: IntroducedBy = None,
    language: Language = None,
    timezone: Timezone = None,
    birthday: Birthday = None,
    note: Note = None,
    no_role: Annotated[
        list[str], typer.Option("--no-role", metavar="R", show_default=False, help="Take a role away.", autocompletion=roles)
    ] = [],  # noqa: B006
    no_email: Annotated[list[str], typer.Option("--no-email", metavar="E", show_default=False, help="Take an e-mail away.")] = [],  # noqa: B006
    no_phone: Annotated[
        list[str], typer.Option("--no-phone", metavar="P", show_default=False, help="Take a telephone away.")
    ] = [],  # noqa: B006
    no_handle: Annotated[
        list[str], typer.Option("--no-handle", metavar="H", show_default=False, help="Take a handle away.")
    ] = [],  # noqa: B006
    no_tag: Annotated[
        list[str], typer.Option("--no-tag", metavar="T", show_default=False, help="Take a tag away.", autocompletion=tags)
    ] = [],  # noqa: B006
    no_name: Annotated[
        list[str], typer.Option("--no-name", metavar="NAME", show_default=False, help="Drop a name they had before.")
    ] = [],  # noqa: B006
    no_works_for: Annotated[bool, typer.Option("--no-works-for", show_default=False, help="They work there no more.")] = False,
    no_birthday: Annotated[bool, typer.Option("--no-birthday", show_default=False, help="Forget the birthday.")] = False,
    no_note: Annotated[bool, typer.Option("--no-note", show_default=False, help="Empty the note.")] = False,
) -> None:
    """Change what you name, and nothing else.

    Example: `relcli contact edit ana --phone "+34 600 000 001" --no-tag newsletter`
    """
    from relcli.actions.contact_fields import Dropped
    from relcli.actions.contacts import edit_contact

    said = _fields(name, kind, role, email, phone, handle, tag, works_for, introduced_by, language, timezone, birthday, note)
    gone = Dropped(
        roles=tuple(no_role), emails=tuple(no_email), phones=tuple(no_phone), handles=tuple(no_handle), tags=tuple(no_tag),
        names=tuple(no_name),
        works_for=no_works_for, birthday=no_birthday, note=no_note,
    )  # fmt: skip
    _written(ctx.obj, lambda desk: edit_contact(who, said, gone, desk))


@contact.command("list")
def list_(
    ctx: typer.Context,
    role: Roles = [],  # noqa: B006
    tag: Tags = [],  # noqa: B006
    archived: Annotated[bool, typer.Option("--archived", show_default=False, help="Those set aside.")] = False,
    contactable: Annotated[
        str | None,
        typer.Option(
            "--contactable", metavar="CH", show_default=False, autocompletion=lambda: list(CHANNELS),
            help="Only those you may contact by this channel now: they want it, you owe them nothing, their address is known.",
        ),
    ] = None,
) -> None:  # fmt: skip
    """Everybody, by name.

    Example: `relcli contact list --role supplier --format csv`
    """
    from relcli.actions.contactable import list_contactable
    from relcli.actions.contacts import list_contacts
    from relcli.render import contacts as render
    from relcli.render.rows import contact_rows

    options: Options = ctx.obj
    options.chosen(ROW_FORMATS)
    if contactable is not None and archived:
        raise Misused("--contactable and --archived exclude each other", "nobody who was set aside is contacted")
    if contactable is None:
        result = read(options, lambda desk: list_contacts(desk, roles=role, tags=tag, archived=archived))
    else:
        result = read(options, lambda desk: list_contactable(desk, contactable, roles=role, tags=tag))
    chosen = (
        "No contacts match."
        if role or tag or archived or contactable
        else 'nobody here yet; begin with: relcli contact add "Ana Ruiz"'
    )
    show(
        options,
        page=lambda: render.listed(result),
        rows=lambda: contact_rows(result.contacts),
        noun="contacts",
        empty=chosen,
    )


@contact.command("show")
def show_(ctx: typer.Context, who: WhoList) -> None:
    """Everything known of somebody.

    Example: `relcli contact show ana`
    """
    from relcli.actions.contacts import show_contacts
    from relcli.render import contacts as render
    from relcli.render.rows import contact_rows

    options: Options = ctx.obj
    options.chosen(ROW_FORMATS)
    result = read(options, lambda desk: show_contacts(who, desk))
    show(options, page=lambda: render.shown(result), rows=lambda: contact_rows(result.contacts), noun="contacts")


@contact.command("archive")
def archive(ctx: typer.Context, who: Who) -> None:
    """Set somebody aside; nothing is lost. By id, address or exact name.

    Example: `relcli contact archive "Ana Ruiz"`
    """
    from relcli.actions.contacts import archive_contact

    _written(ctx.obj, lambda desk: archive_contact(who, desk))


@contact.command("unarchive")
def unarchive(ctx: typer.Context, who: Who) -> None:
    """Take somebody back.

    Example: `relcli contact unarchive "Ana Ruiz"`
    """
    from relcli.actions.contacts import archive_contact

    _written(ctx.obj, lambda desk: archive_contact(who, desk, back=True))


def _fields(
    name: str | None,
    kind: str | None,
    role: list[str],
    email: list[str],
    phone: list[str],
    handle: list[str],
    tag: list[str],
    works_for: str | None,
    introduced_by: str | None,
    language: str | None,
    timezone: str | None,
    birthday: str | None,
    note: str | None,
) -> ContactFields:
    from relcli.actions.contact_fields import ContactFields

    return ContactFields(
        name=name, kind=one_of(Kind, kind, "--kind"), roles=tuple(role), emails=tuple(email), phones=tuple(phone),
        handles=tuple(handle), tags=tuple(tag), works_for=works_for, introduced_by=introduced_by, language=language,
        timezone=timezone, birthday=birthday, note=note,
    )  # fmt: skip


def _written(options: Options, act: Callable[[Desk], ContactWritten], *, makes: bool = False) -> None:
    from relcli.render.contacts import remarks
    from relcli.render.rows import contact_rows

    options.chosen(RECORD_FORMATS)
    result, made = write(options, act, makes=makes)
    contact = result.contact
    done(
        options, f"{result.act} {contact.name} ({contact.id})", result.batch,
        rows=lambda: contact_rows([contact]), noun="contacts", made=made,
        more=remarks(result),
    )  # fmt: skip
