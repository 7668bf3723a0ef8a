"""`--role` and `--tag`: a word that nobody has is a slip, never an empty group of which all is well."""

from __future__ import annotations

from typing import Any

import pytest

BOOK = (
    "contact add Ana --email ana@example.org --role customer --tag wholesale",
    "contact add Bo --role florist --tag 'old school'",
    "contact archive Bo",
    "survey record pulse Ana --answer recommend=8",
)
NARROWED = (
    "agenda",
    "health-report",
    "contact list",
    "contact list --contactable email",
    "preference list",
    "promise list",
    "interaction list",
    "transaction list",
    "survey results pulse",
    "survey invite pulse --output out.mbox",
)


@pytest.fixture(autouse=True)
def known(relcli: Any) -> None:
    for command in BOOK:
        relcli.ok(command)


@pytest.mark.parametrize("command", NARROWED)
def test_a_role_or_tag_that_nobody_has_is_not_found(relcli: Any, command: str) -> None:
    role, tag = relcli(f"{command} --role custmer"), relcli(f"{command} --tag nosuch")

    assert [(ran.code, ran.out) for ran in (role, tag)] == [(3, ""), (3, "")]
    assert role.err.splitlines() == ['relcli: nobody has the role "custmer"', "        near: customer"]
    assert tag.err.splitlines() == ['relcli: nobody has the tag "nosuch"', "        tags here: old school, wholesale"]


@pytest.mark.parametrize("command", [command for command in NARROWED if "invite" not in command])
def test_what_somebody_has_and_what_every_book_knows_is_no_slip(relcli: Any, command: str) -> None:
    for words in ("--role CUSTOMER", "--role supplier", "--role florist", "--tag Wholesale", "--tag 'old  school'"):
        relcli.ok(f"{command} {words}")


def test_where_nobody_has_a_tag_it_is_said(relcli: Any) -> None:
    relcli.ok("contact edit Ana --no-tag wholesale")
    relcli.ok("contact edit Bo --no-tag 'old school'")

    assert relcli("agenda --tag wholesale").err.splitlines()[1] == "        nobody has a tag yet"
