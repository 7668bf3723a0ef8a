"""Invitations: who is asked and who is not, as a page, as rows for a mail merge, as files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from relcli.actions.surveys.invitations import InvitationsWritten, Invited
from relcli.render.page import Block, Cell, Column, Gap, Grid, Heading, Page, Words
from relcli.render.rows import Rows
from relcli.text import folded

COLUMNS = ("id", "name", "email", "survey", "version", "language", "token", "reminder", "subject", "body")
_REST = re.compile(r"[^a-z0-9]+")
_LONGEST = 40  # characters of a name that stay in that of a file


def page(result: InvitationsWritten) -> Page:
    """Who would be asked, and who not and why."""
    blocks: list[Block] = []
    if result.invited:
        people = [[Cell(one.contact.name, "name"), Cell(one.address), Cell(one.invitation.language)] for one in result.invited]
        what = "to be reminded of" if result.invited[0].again else "to be asked"
        blocks += [
            Heading(f"{len(result.invited)} {what}", result.survey),
            Grid([Column("who", folds=True), Column("mail", folds=True), Column("in")], people),
        ]
    if result.left:
        blocks += [*([Gap()] if blocks else []), Heading(f"{len(result.left)} not to be asked"), *left(result).blocks]
    return Page(blocks or [Words("nobody")])


def left(result: InvitationsWritten) -> Page:
    """Who is not asked, and why."""
    columns = [Column("not asked", folds=True), Column("why", folds=True)]
    return Page([Grid(columns, [[Cell(one.contact.name, "name"), Cell(one.why)] for one in result.left])])


def rows(invited: Sequence[Invited], *, dry_run: bool = False) -> Rows:
    """A row a message, for a mail merge: only those who are asked. A dry run gives out no token, for none will be known."""
    return Rows(COLUMNS, tuple(_row(one, dry_run=dry_run) for one in invited))


def document(result: InvitationsWritten) -> dict[str, Any]:
    """Who would be asked, and who would not and why, for programs."""
    return {
        "survey": result.survey,
        "invitations": [dict(zip(COLUMNS, _row(one, dry_run=True), strict=True)) for one in result.invited],
        "left": [{"id": one.contact.id, "name": one.contact.name, "why": one.why} for one in result.left],
    }


def files(invited: Sequence[Invited]) -> dict[str, str]:
    """Name of a file → the message in it."""
    return {
        f"{one.invitation.survey}-{_slug(one.contact.name)}{one.invitation.token}{'-again' if one.again else ''}.eml": one.mail
        for one in invited
    }


def line(result: InvitationsWritten, *, dry_run: bool) -> str:
    """One line: how many were asked, and how many not."""
    again = bool(result.invited) and result.invited[0].again
    done = f"{'reminded' if again else 'invited'} {len(result.invited)} to {result.survey}"
    others = f", {len(result.left)} not" if result.left else ""
    if dry_run:
        return f"would have {done}{others} (dry run: nothing was written)"
    return f"{done}{others}" + (f" (batch {result.batch.number})" if result.batch else "")


def _row(one: Invited, *, dry_run: bool) -> tuple[str | int | bool | None, ...]:
    made = one.invitation
    if dry_run:
        return (
            one.contact.id, one.contact.name, one.address, made.survey, made.version, made.language, None, one.again, one.subject,
            None,
        )  # fmt: skip
    return (
        one.contact.id, one.contact.name, one.address, made.survey, made.version, made.language, made.token, one.again,
        one.subject, one.body,
    )  # fmt: skip


def _slug(name: str) -> str:
    """What is left of a name that a file may be called by, with a dash behind it."""
    plain = _REST.sub("-", folded(name))[:_LONGEST].strip("-")
    return f"{plain}-" if plain else ""
