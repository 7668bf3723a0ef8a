"""Rows that look like facts and are none: what did not happen, what nobody is called, what two people are called."""

from __future__ import annotations

import csv
import io

import pytest
from tests.conftest import InProcess

from relcli.domain.name import same
from relcli.domain.spelling import spoken_order


def sales(relcli: InProcess) -> list[tuple[str, str]]:
    return [(row["kind"], row["amount"]) for row in csv.DictReader(io.StringIO(relcli.ok("export", "transactions").out))]


def test_a_row_that_says_it_did_not_happen_is_refused_with_its_line(relcli: InProcess) -> None:
    rows = "contact,at,amount,Payment Status\nAna Ruiz,2026-03-01,10,paid\nAna Ruiz,2026-03-02,20,Voided\nBo Ek,2026-03-03,30,on-hold\n"
    told = relcli("import", "transactions", "-", "--add", stdin=rows)
    assert told.code == 65
    assert 'line 3: Payment Status says "Voided": what did not happen is no fact' in told.err
    assert relcli("import", "transactions", "-", "--add", "--keep-good", stdin=rows).code == 79
    assert sales(relcli) == [("sale", "10.00")]


def test_a_cancelled_appointment_is_no_meeting(relcli: InProcess) -> None:
    rows = "contact,at,channel,Status\nAna Ruiz,2026-03-01,meeting,storniert\n"
    assert relcli("import", "interactions", "-", "--add", stdin=rows).code == 65


def test_a_column_that_says_purchase_is_not_passed_over_for_sales(relcli: InProcess) -> None:
    rows = "contact,at,direction,amount\nPaper Mill,2026-03-01,purchase,5\nAna Ruiz,2026-03-01,sale,5\n"
    told = relcli("import", "transactions", "-", "--add", stdin=rows)
    assert told.code == 65
    assert '[columns] kind = "direction"' in told.err
    relcli.ok("import", "transactions", "-", "--add", stdin=rows.replace("direction", "kind"))
    assert sorted(sales(relcli)) == [("purchase", "5.00"), ("sale", "5.00")]


def test_the_header_once_more_is_no_row(relcli: InProcess) -> None:
    told = relcli.ok("import", "contacts", "-", stdin="name,tags\nAna Ruiz,x\nname,tags\nBo Ek,y\n")
    assert "2 rows: 2 new" in told.err


@pytest.mark.parametrize(
    "nobody", ["NULL", "nan", "N/A", "#N/A", "unknown", "Total", "undisclosed-recipients:;", "Ana <not an address>"]
)
def test_what_stands_for_nobody_is_not_added(relcli: InProcess, nobody: str) -> None:
    rows = f"contact,at,amount\n{nobody},2026-03-01,5\n"
    assert relcli("import", "transactions", "-", "--add", stdin=rows).code == 65
    assert relcli("sold", nobody, "5", "--add").code == 2


def test_a_customer_number_is_a_name_and_no_telephone(relcli: InProcess) -> None:
    relcli.ok("import", "transactions", "-", "--add", stdin="contact,at,amount\n1005,2026-03-01,5\n")
    [row] = csv.DictReader(io.StringIO(relcli.ok("export", "contacts").out))
    assert (row["name"], row["phone"]) == ("1005", "")


def test_numbers_in_names_stay_apart() -> None:
    assert not same("E1:217", "E12:17")
    assert same("Anne-Marie", "annemarie")
    assert not same("Studio 5 4", "Studio 54")


def test_two_words_on_both_sides_of_a_comma_are_not_turned_into_one_person() -> None:
    assert spoken_order("Fay Gil, Hal Ivo") == "Fay Gil, Hal Ivo"
    assert spoken_order("Garc\u00eda L\u00f3pez, Mar\u00eda") == "Mar\u00eda Garc\u00eda L\u00f3pez"


@pytest.mark.parametrize(
    ("typed", "kept"), [("+34 (0)600 000 006", "+34600000006"), ("+49 (0)30 901820", "+4930901820"), ("+34 600 000 001-2", None)]
)
def test_a_number_is_never_made_of_digits_that_do_not_belong_to_it(relcli: InProcess, typed: str, kept: str | None) -> None:
    assert relcli("contact", "add", "Ana Ruiz", "--phone", typed).code == (0 if kept else 2)
    rows = list(csv.DictReader(io.StringIO(relcli("export", "contacts").out)))
    assert [row["phone"] for row in rows] == ([kept] if kept else [])


def test_a_longer_name_is_not_added_beside_the_one_it_holds(relcli: InProcess) -> None:
    relcli.ok("contact", "add", "Mar\u00eda Garc\u00eda")
    told = relcli("log", "Mar\u00eda Garc\u00eda L\u00f3pez", "hola", "-c", "phone", "--in", "--add")
    assert told.code == 4
    assert "may be Mar\u00eda Garc\u00eda" in told.err
