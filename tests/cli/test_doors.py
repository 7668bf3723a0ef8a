"""One table of values, tried at every door: each stores the same, or refuses the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

Door = Callable[[Any, str], Any]

EMAILS = {
    "ana@example.org": "ana@example.org",
    "\u200bana@example.org": "ana@example.org",
    "\ufeffana@exam\u00adple.org": "ana@example.org",
    "\u00a0ana@example.org\u202c": "ana@example.org",
    "ana\u00a0@example.org": "ana@example.org",
    "mailto:ana@example.org?subject=hello": "ana@example.org",
    "<ana@example.org>": "ana@example.org",
    "ana@example.org.": "ana@example.org",
    "ana\uff20example\uff0eorg": "ana@example.org",
    "Ana Ruiz <ana@example.org>": "ana@example.org",
    '"Ruiz, Ana" <ana@example.org>': "ana@example.org",
    "Ruiz, Ana (ana@example.org)": "ana@example.org",
    "ana@example.org (Ana Ruiz)": "ana@example.org",
    "ANA@example.org": "ANA@example.org",
    "ana@example..org": None,
    "-oQ@example.org": None,
    "ana ruiz@example.org": None,
    "ana@exa\u00a0mple.org": None,
    '"Ana Ruiz" ana@example.org': None,
}
PHONES = {
    "+34600000001": "+34600000001",
    "+34 600 000 001": "+34600000001",
    "0034 600 000 001": "+34600000001",
    "\u202a+34600000001\u202c": "+34600000001",
    "+34\u00a0600\u00a0000\u00a0001": "+34600000001",
    "tel:+34-600-000-001": "+34600000001",
    "+4930901820 ext. 12": "+4930901820 ext. 12",
}
BAD_PHONES = ("3.46E+10", "+34600000001+34611000001", "600000001611000001", "reception")
BIRTHDAYS = {
    "1990-11-14": "1990-11-14",
    "--11-14": "--11-14",
    "1604-11-14": "--11-14",
    "14/11/1990": "1990-11-14",
    "3.11.1990": "1990-11-03",
    "19901114": "1990-11-14",
    "3/11/1990": None,
    "2999-01-01": None,
    "31/02/1990": None,
}
NAMES = {
    "Ana Ruiz": "Ana Ruiz",
    "\u200bAna\u00ad Ruiz\ufeff": "Ana Ruiz",
    "Ana\u00a0\u3164Ruiz": "Ana Ruiz",
    "Ruiz, Ana": "Ana Ruiz",
    '"Ana Ruiz"': "Ana Ruiz",
    "Ana\x07 Ruiz\x1b": "Ana Ruiz",
}


def contacts(relcli: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(relcli.ok("export", "contacts", "--raw").out)))


def table(**columns: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerow(columns.values())
    return out.getvalue().encode()


def by_add(column: str) -> Door:
    return lambda relcli, text: relcli("contact", "add", "Somebody", f"--{column}={text}")


def by_edit(column: str) -> Door:
    def door(relcli: Any, text: str) -> Any:
        relcli.ok("contact add Somebody")
        return relcli("contact", "edit", "Somebody", f"--{column}={text}")

    return door


def by_contacts(column: str) -> Door:
    return lambda relcli, text: relcli("import", "contacts", "-", stdin=table(**{"name": "Somebody", column: text}))


def by_nameless(column: str) -> Door:
    """A contacts file without a name."""
    return lambda relcli, text: relcli("import", "contacts", "-", stdin=table(**{column: text}))


def by_log(relcli: Any, text: str) -> Any:
    return relcli("log", "--add", "-c", "email", "--in", "--", text, "hello")


def by_sale(relcli: Any, text: str) -> Any:
    return relcli("sold", "--add", "--", text, "12.50")


def by_interactions(relcli: Any, text: str) -> Any:
    stdin = table(at="2026-03-01", contact=text, channel="email", direction="in", summary="hello")
    return relcli("import", "interactions", "-", "--add", stdin=stdin)


def by_transactions(relcli: Any, text: str) -> Any:
    return relcli("import", "transactions", "-", "--add", stdin=table(at="2026-03-01", contact=text, amount="12.50"))


OPENED = [by_log, by_sale, by_interactions, by_transactions]


def came_in(relcli: Any, door: Door, text: str, column: str) -> str | None:
    """What a door stores, None where it refuses (and then nothing is there beside what was before)."""
    outcome = door(relcli, text)
    assert outcome.code in {0, 2, 3, 4, 65}, outcome.err
    if outcome.code:
        return None
    rows = contacts(relcli)
    assert len(rows) == 1, [row["name"] for row in rows]
    return rows[0][column]


@pytest.mark.parametrize("door", [by_add("email"), by_edit("email"), by_contacts("email"), by_nameless("email"), *OPENED])
@pytest.mark.parametrize("text", EMAILS)
def test_an_address_is_read_alike_at_every_door(relcli: Any, door: Door, text: str) -> None:
    assert came_in(relcli, door, text, "email") == EMAILS[text]


@pytest.mark.parametrize("text", [text for text, email in EMAILS.items() if email])
def test_an_address_however_written_finds_whoever_has_it(relcli: Any, text: str) -> None:
    relcli.ok("contact add 'Ana Ruiz' --email ana@example.org")
    assert relcli("contact", "show", "--", text).code == 0
    assert by_log(relcli, text).code == by_interactions(relcli, text).code == by_transactions(relcli, text).code == 0
    relcli.ok("contact", "add", "Bo Ek", f"--introduced-by={text}")
    relcli.ok("import", "contacts", "-", stdin=table(name="Cy Poe", introduced_by=text))
    assert [row["name"] for row in contacts(relcli) if row["email"]] == ["Ana Ruiz"]
    assert len(contacts(relcli)) == 3


@pytest.mark.parametrize("door", [by_add("phone"), by_edit("phone"), by_contacts("phone"), by_nameless("phone"), *OPENED])
@pytest.mark.parametrize("text", PHONES)
def test_a_number_is_read_alike_at_every_door(relcli: Any, door: Door, text: str) -> None:
    assert came_in(relcli, door, text, "phone") == PHONES[text]


@pytest.mark.parametrize("door", [by_add("phone"), by_edit("phone"), by_contacts("phone"), by_nameless("phone")])
@pytest.mark.parametrize("text", BAD_PHONES)
def test_what_is_no_number_is_refused_at_every_door(relcli: Any, door: Door, text: str) -> None:
    assert came_in(relcli, door, text, "phone") is None


@pytest.mark.parametrize("door", [by_add("birthday"), by_edit("birthday"), by_contacts("birthday")])
@pytest.mark.parametrize("text", BIRTHDAYS)
def test_a_birthday_is_read_alike_at_every_door(relcli: Any, door: Door, text: str) -> None:
    assert came_in(relcli, door, text, "birthday") == BIRTHDAYS[text]


def by_name(relcli: Any, text: str) -> Any:
    return relcli("contact", "add", "--", text)


def by_new_name(relcli: Any, text: str) -> Any:
    relcli.ok("contact add Somebody")
    return relcli("contact", "edit", "Somebody", f"--name={text}")


def by_name_column(relcli: Any, text: str) -> Any:
    return relcli("import", "contacts", "-", stdin=table(name=text))


def by_beside(relcli: Any, text: str) -> Any:
    return by_interactions(relcli, f"{text} <ana@example.org>")


@pytest.mark.parametrize("door", [by_name, by_new_name, by_name_column, *OPENED, by_beside])
@pytest.mark.parametrize("text", NAMES)
def test_a_name_is_read_alike_at_every_door(relcli: Any, door: Door, text: str) -> None:
    assert came_in(relcli, door, text, "name") == NAMES[text]


@pytest.mark.parametrize("text", ["\u3164", "\u200b", "\u2800\u00ad"])
def test_a_name_that_shows_nothing_is_refused_where_it_is_typed_and_none_in_a_table(relcli: Any, text: str) -> None:
    for outcome in (by_name(relcli, text), by_log(relcli, text), by_sale(relcli, text)):
        assert outcome.code in {2, 3}
    relcli.ok("import", "contacts", "-", stdin=table(name=text, email="ana@example.org"))
    [row] = contacts(relcli)
    assert row["name"] == "ana@example.org"
