"""Arguments and options that several commands share, described once."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from relcli.cli.complete import contacts, records, roles, surveys, tags
from relcli.errors import Misused

E = TypeVar("E", bound=StrEnum)

Who = Annotated[
    str,
    typer.Argument(
        metavar="WHO", show_default=False, help="Id, e-mail, phone, handle, name or part of a name.", autocompletion=contacts
    ),
]
WhoList = Annotated[
    list[str],
    typer.Argument(
        metavar="WHO...", show_default=False, help="Id, e-mail, phone, handle, name or part of a name.", autocompletion=contacts
    ),
]
At = Annotated[
    str | None,
    typer.Option(
        "--at", "-a", metavar="WHEN", show_default=False, help='2026-11-21, 2026-11-21T17:30, or words: "yesterday 17:30".'
    ),
]
MaybeWho = Annotated[
    str | None,
    typer.Argument(metavar="[WHO]", show_default=False, help="Only theirs (else everybody's).", autocompletion=contacts),
]
SurveyName = Annotated[
    str, typer.Argument(metavar="NAME", show_default=False, help="A survey, as `survey list` shows them.", autocompletion=surveys)
]
RecordId = Annotated[
    str,
    typer.Argument(metavar="ID", show_default=False, help="Its id, as `list` and `timeline` show it.", autocompletion=records),
]
RecordIds = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...", show_default=False, help="Their ids, as `list` and `timeline` show them.", autocompletion=records
    ),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", show_default=False, help='From that day on: 2026-11-21, "2 weeks ago".')
]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", show_default=False, help="Up to and including that day.")]
Top = Annotated[int | None, typer.Option("--top", metavar="N", min=1, show_default=False, help="Only the newest N.")]
Add = Annotated[bool, typer.Option("--add", help="Add the contact where nobody of that name is known.", show_default=False)]
Roles = Annotated[
    list[str],
    typer.Option("--role", metavar="ROLE", show_default=False, help="Only with this role (repeatable).", autocompletion=roles),
]
Tags = Annotated[
    list[str],
    typer.Option("--tag", metavar="TAG", show_default=False, help="Only with this tag (repeatable).", autocompletion=tags),
]
HandedTo = Annotated[
    str,
    typer.Option(
        "--handed-to", metavar="TEXT", show_default=False, help="Whom this copy is for: kept in the history of the book."
    ),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", show_default=False, help="As it was at the end of that day.")
]
Horizon = Annotated[
    int | None,
    typer.Option(
        "--horizon", metavar="DAYS", show_default=False, help="How far ahead to look, the same for all (else by each rhythm)."
    ),
]


def one_of(kind: type[E], text: str | None, option: str) -> E | None:
    """The member of an enum that was typed, None where nothing was. Raises Misused naming the choices."""
    if text is None:
        return None
    try:
        return kind(text.strip().lower())
    except ValueError:
        raise Misused(f'{option} "{text}" is not known', f"choose one of: {', '.join(kind)}") from None
