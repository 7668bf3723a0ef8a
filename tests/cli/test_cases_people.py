"""Contacts as other programs export them: namesakes, copied addresses, names and addresses in one cell, rows without a name."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

NETWORK = b"""\
name,works_for,source,external_id
Jan Novak,Alpha Ltd,network,https://network.example/in/jan-novak-1
Jan Novak,Beta Ltd,network,https://network.example/in/jan-novak-2
Ana Ruiz,Alpha Ltd,network,https://network.example/in/ana-ruiz
"""
MAILS = b"""\
at,contact,channel,direction,summary
2026-03-01,Ana Ruiz <ana@example.org>,email,in,the May menu
2026-03-02,\"\"\"Ruiz, Ana\"\" <ana@example.org>\",email,in,a second thought
2026-03-03,\"Ruiz, Ana (ana@example.org)\",email,in,the price
2026-03-04,Cy Poe <cy@example.org>,email,in,a new request
"""
FAIR = b"""\
name,kind,email,phone,works_for,note
Ana Ruiz,person,ana@example.org,,,
,,orders@mill.example,,Paper Mill,invoices by mail
,,kay@example.org,,,met at the spring fair
,,,+34600000077,,asked for a price
,,,,,
"""


def bring(relcli: Any, noun: str, data: bytes, *options: str) -> Any:
    return relcli("import", noun, "-", *options, stdin=data)


def people(relcli: Any) -> dict[str, dict[str, str]]:
    """Name → row of the export; two of one name fail the test."""
    rows = list(csv.DictReader(io.StringIO(relcli.ok("export", "contacts", "--raw").out)))
    found = {row["name"]: row for row in rows}
    assert len(found) == len(rows), sorted(row["name"] for row in rows)
    return found


# --- namesakes ------------------------------------------------------------------------------------------------------------


def test_different_ids_of_one_source_are_two_people_of_one_name(relcli: Any) -> None:
    first = bring(relcli, "contacts", NETWORK, "--add")
    assert (first.code, first.err) == (0, first.err)
    assert "3 rows: 3 new" in first.err
    rows = list(csv.DictReader(io.StringIO(relcli.ok("export", "contacts", "--raw").out)))
    firms = {row["id"]: row["name"] for row in rows}
    assert sorted(firms[row["works_for"]] for row in rows if row["name"] == "Jan Novak") == ["Alpha Ltd", "Beta Ltd"]
    assert len({row["external_id"] for row in rows if row["external_id"]}) == 3
    assert "3 rows: 3 known" in bring(relcli, "contacts", NETWORK, "--add").err


def test_a_namesake_of_another_source_and_without_any_address_is_the_same_person(relcli: Any) -> None:
    relcli.ok("contact add 'Jan Novak'")
    assert "1 row: 1 new" not in bring(relcli, "contacts", b"name,source,external_id\nJan Novak,shop,9\n").err
    assert len(people(relcli)) == 1


def test_an_id_of_the_same_source_keeps_a_namesake_of_the_book_apart(relcli: Any) -> None:
    bring(relcli, "contacts", b"name,source,external_id\nJan Novak,network,1\n")
    assert "1 row: 1 new" in bring(relcli, "contacts", b"name,source,external_id\nJan Novak,network,2\n").err


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (b"Bo Ek,ana@example.org,,", "email ana@example.org already belongs to Ana Ruiz (c_"),
        (b"Ana Ruiz,ana@example.org,network,2", "email ana@example.org already belongs to Ana Ruiz (c_"),
        (b"Ana Ruiz,bo@example.org,network,1", "email bo@example.org already belongs to Bo Ek (c_"),
        (b"Ana Ruiz,ana@example.org;bo@example.org,,", "email bo@example.org already belongs to Bo Ek (c_"),
    ],
)
def test_an_address_of_somebody_else_is_refused_with_its_line(relcli: Any, row: bytes, why: str) -> None:
    header = b"name,email,source,external_id\n"
    bring(relcli, "contacts", header + b"Ana Ruiz,ana@example.org,network,1\n")
    relcli.ok("contact add 'Bo Ek' --email bo@example.org")
    before = people(relcli)
    refused = bring(relcli, "contacts", header + b"Di Poe,di@example.org,,\n" + row + b"\n")
    assert refused.code == 65
    assert f"line 3: {why}" in refused.err
    assert people(relcli) == before
    assert bring(relcli, "contacts", header + b"Di Poe,di@example.org,,\n" + row + b"\n", "--keep-good").code == 79
    assert people(relcli).keys() - before.keys() == {"Di Poe"}


def test_an_address_twice_in_a_file_for_two_people_names_both_lines(relcli: Any) -> None:
    refused = bring(relcli, "contacts", b"name,email\nBo Ek,info@mill.example\nCy Poe,info@mill.example\n")
    assert refused.code == 65
    assert "line 3: email info@mill.example already belongs to Bo Ek (line 2)" in refused.err


@pytest.mark.parametrize(
    "rows",
    [
        b"name,note,source,external_id\nAna,here,shop,1\nAna,there,shop,1\n",
        b"name,note,email\nAna Ruiz,here,a@example.org\nAna Ruiz,there,A@example.org\n",
        b"name,email,phone\nAna,a@example.org,+34600000001\nAna R,a@example.org,\n",
    ],
)
def test_two_rows_of_one_contact_that_disagree_are_both_refused(relcli: Any, rows: bytes) -> None:
    refused = bring(relcli, "contacts", rows)
    assert refused.code == 65
    assert "line 2: line 3 is the same contact" in refused.err
    assert "line 3: line 2 is the same contact" in refused.err


def test_the_same_row_twice_is_one_contact(relcli: Any) -> None:
    assert "2 rows: 1 new, 1 known" in bring(relcli, "contacts", b"name,email\nAna,a@example.org\nAna,mailto:A@example.org\n").err
    assert len(people(relcli)) == 1


# --- copied addresses -----------------------------------------------------------------------------------------------------


def test_what_cannot_be_seen_is_taken_out_of_every_field_and_the_clean_list_is_known(relcli: Any) -> None:
    copied = (
        "name,email,phone,handle,roles\n"
        "Ana\u200b Ruiz,\u200bana@example.org,\u202a+34 600 000 001\u202c,\ufeff@ana,\u200bcustomer\n"
        "\ufeffBo Ek,bo@exam\u00adple.org.,,,\n"
        "Cy Poe,\u00a0cy@example.org\u202c,tel:+34600000003,,customer | partner\n"
        "Di Poe,MAILTO:di@example.org,,,\n"
    )
    clean = (
        "name,email,phone,handle,roles\n"
        "Ana Ruiz,ana@example.org,+34600000001,@ana,customer\nBo Ek,bo@example.org,,,\n"
        "Cy Poe,cy@example.org,+34 600 000 003,,partner;customer\nDi Poe,di@example.org,,,\n"
    )
    assert "4 rows: 4 new" in bring(relcli, "contacts", copied.encode()).err
    assert relcli("contact show ana@example.org").code == 0
    assert relcli("contact", "show", "\u200bana@example.org").code == 0
    assert relcli("contact", "show", "+34600000003").code == 0
    assert "4 rows: 4 known" in bring(relcli, "contacts", clean.encode()).err
    assert len(people(relcli)) == 4


def test_what_cannot_be_mended_is_refused_with_its_line(relcli: Any) -> None:
    rows = "name,email,phone\nAna,ana@example..org,\nBo,,3.46E+10\nCy,,+34600000001+34611000001\n"
    refused = bring(relcli, "contacts", rows.encode())
    assert refused.code == 65
    assert 'line 2: "ana@example..org" is not an e-mail address' in refused.err
    assert 'line 3: "3.46E+10" has lost its last digits' in refused.err
    assert "line 4: " in refused.err


# --- names and addresses in one cell --------------------------------------------------------------------------------------


def test_the_address_beside_a_name_decides_who_is_meant(relcli: Any) -> None:
    relcli.ok("contact add 'Ana Ruiz' --email ana@example.org")
    assert 'line 5: nobody is called "Cy Poe <cy@example.org>"' in bring(relcli, "interactions", MAILS).err
    assert "4 rows: 4 new; added 1 contact" in bring(relcli, "interactions", MAILS, "--add").err
    assert {name: row["email"] for name, row in people(relcli).items()} == {
        "Ana Ruiz": "ana@example.org",
        "Cy Poe": "cy@example.org",
    }
    rows = csv.DictReader(io.StringIO(relcli.ok("export interactions").out))
    assert [row["contact_name"] for row in rows] == ["Ana Ruiz", "Ana Ruiz", "Ana Ruiz", "Cy Poe"]
    assert "4 rows: 4 known" in bring(relcli, "interactions", MAILS, "--add").err


@pytest.mark.parametrize(
    "cell",
    [
        'Ana Ruiz <ana@example.org>; "Poe, Cy" <cy@example.org>',
        'Ana Ruiz <ana@example.org>, "Poe, Cy" <cy@example.org>',
        "Ruiz, Ana <ana@example.org>, Poe, Cy <cy@example.org>",
        "ana@example.org; cy@example.org (Cy Poe)",
        "Ana Ruiz;Poe, Cy <cy@example.org>",
        '"Ruiz; Ana" <ana@example.org>; Cy Poe <cy@example.org>',
    ],
)
def test_several_in_one_cell_are_divided_outside_quotes_and_brackets(relcli: Any, cell: str) -> None:
    relcli.ok("contact add 'Ana Ruiz' --email ana@example.org")
    out = io.StringIO()
    csv.writer(out).writerows(
        [["at", "contact", "channel", "direction", "summary"], ["2026-03-01", cell, "email", "in", "hello"]]
    )
    assert bring(relcli, "interactions", out.getvalue().encode(), "--add").code == 0
    assert people(relcli).keys() == {"Ana Ruiz", "Cy Poe"}
    [line] = csv.DictReader(io.StringIO(relcli.ok("export interactions").out))
    assert len(line["contact"].split(";")) == 2


def test_a_name_of_the_book_with_another_address_is_not_taken_for_the_stranger(relcli: Any) -> None:
    relcli.ok("contact add 'Cy Poe' --email other@example.org")
    assert bring(relcli, "interactions", MAILS.replace(b"Ana", b"Cy").replace(b"Ruiz", b"Poe")).code == 65
    outcome = relcli("log", "Cy Poe <cy@example.org>", "hello", "-c", "email", "--in", "--add")
    assert outcome.code == 4
    assert "contact edit" in outcome.err
    assert "--email cy@example.org" in outcome.err


def test_a_name_of_the_book_without_any_address_is_whoever_bears_it_in_a_cell(relcli: Any) -> None:
    relcli.ok("contact add 'Ana Ruiz'")
    relcli.ok("contact add 'Cy Poe'")
    assert bring(relcli, "interactions", MAILS).code == 0


@pytest.mark.parametrize("noun", ["interactions", "transactions"])
def test_nobody_is_ever_called_by_an_address_in_brackets(relcli: Any, noun: str) -> None:
    rows = b"at,contact,channel,direction,summary,amount\n2026-03-01,Ana <ana@example..org>,email,in,hello,5\n"
    assert bring(relcli, noun, rows, "--add").code == 65
    assert relcli("contact", "list", "-f", "ids").out == ""


def test_the_email_column_takes_a_name_beside_the_address_and_a_list(relcli: Any) -> None:
    rows = (
        'name,email\nAna Ruiz,"""Ruiz, Ana"" <ana@example.org>"\n,Kay Holm <kay@example.org>\n'
        '"Poe, Cy","cy@example.org, cy2@example.org"\nDi Poe <di@example.org>,\n'
    )
    assert "4 rows: 4 new" in bring(relcli, "contacts", rows.encode()).err
    assert {name: row["email"] for name, row in people(relcli).items()} == {
        "Ana Ruiz": "ana@example.org",
        "Kay Holm": "kay@example.org",
        "Cy Poe": "cy@example.org;cy2@example.org",
        "Di Poe": "di@example.org",
    }


# --- rows without a name --------------------------------------------------------------------------------------------------


def test_rows_without_a_name_are_called_by_their_firm_address_or_number(relcli: Any) -> None:
    tried = bring(relcli, "contacts", FAIR, "--dry-run")
    assert "called kay@example.org" in tried.out
    done = bring(relcli, "contacts", FAIR, "--add")
    assert done.code == 0
    assert "3 without a name, called by their firm, address or number" in done.err
    found = people(relcli)
    assert found.keys() == {"Ana Ruiz", "Paper Mill", "kay@example.org", "+34600000077"}
    assert (found["Paper Mill"]["kind"], found["Paper Mill"]["email"]) == ("organisation", "orders@mill.example")
    assert found["+34600000077"]["phone"] == "+34600000077"
    assert "4 rows: 4 known" in bring(relcli, "contacts", FAIR, "--add").err


@pytest.mark.parametrize("together", [True, False])
def test_a_later_row_that_brings_the_address_with_a_name_gives_the_name(relcli: Any, together: bool) -> None:
    named = b"Kay Holm,,kay@example.org,,,\nLou Hart,,,+34 600 000 077,,\n"
    if together:
        bring(relcli, "contacts", FAIR + named)
    else:
        bring(relcli, "contacts", FAIR)
        code = people(relcli)["kay@example.org"]["id"]
        given = bring(relcli, "contacts", FAIR.splitlines(keepends=True)[0] + named)
        assert "2 until now called by an address or number got a name: Kay Holm, Lou Hart" in given.err
        assert people(relcli)["Kay Holm"]["id"] == code
        relcli.ok("undo") if relcli("undo", "--help").code == 0 else relcli.ok("book undo")
        assert "kay@example.org" in people(relcli)
        bring(relcli, "contacts", FAIR.splitlines(keepends=True)[0] + named)
    found = people(relcli)
    assert found.keys() == {"Ana Ruiz", "Paper Mill", "Kay Holm", "Lou Hart"}
    assert found["Kay Holm"]["note"] == "met at the spring fair"
    assert "4 rows: 4 known" in bring(relcli, "contacts", FAIR).err


def test_a_second_address_of_a_firm_is_somebody_of_that_firm(relcli: Any) -> None:
    rows = b"name,email,works_for\n,orders@mill.example,Paper Mill\n,billing@mill.example,Paper Mill\nAna,,Paper Mill\n"
    assert "3 rows: 3 new" in bring(relcli, "contacts", rows).err
    found = people(relcli)
    assert found.keys() == {"Paper Mill", "billing@mill.example", "Ana"}
    assert found["billing@mill.example"]["works_for"] == found["Ana"]["works_for"] == found["Paper Mill"]["id"]
    assert "3 rows: 3 known" in bring(relcli, "contacts", rows).err


def test_a_file_without_a_column_for_names_is_read(relcli: Any) -> None:
    assert (
        "2 rows: 2 new" in bring(relcli, "contacts", b"email,tags\nana@example.org,fair\nKay Holm <kay@example.org>,fair\n").err
    )
    assert people(relcli).keys() == {"ana@example.org", "Kay Holm"}


def test_a_row_of_nothing_that_can_be_seen_is_left_out_and_counted(relcli: Any) -> None:
    rows = "name,email,note\nAna,ana@example.org,\n\u200b,\u00a0,\ufeff\n"
    assert "2 rows: 1 new, 1 left out (nothing in it)" in bring(relcli, "contacts", rows.encode()).err


def test_a_row_of_a_note_alone_is_refused(relcli: Any) -> None:
    refused = bring(relcli, "contacts", b"name,note\n,met at the fair\n")
    assert refused.code == 65
    assert "line 2: it has no name, and no firm, address or number to call it by" in refused.err


def test_birthdays_of_address_books_come_in_true(relcli: Any) -> None:
    rows = b"name,birthday\nAna,1604-11-14\nBo,--11-14\nCy,14/11/1990\nDi,1900-01-01\nEd,1990-11-14T00:00:00Z\n"
    done = bring(relcli, "contacts", rows)
    assert "1 birthday left out" in done.err
    found = {name: row["birthday"] for name, row in people(relcli).items()}
    assert found == {"Ana": "--11-14", "Bo": "--11-14", "Cy": "1990-11-14", "Di": "", "Ed": "1990-11-14"}
