"""Headers and maps: which column is which, and what is refused."""

from __future__ import annotations

import pytest

from relcli.errors import InputRefused
from relcli.exchange.columns import COLUMNS, Table, matched
from relcli.exchange.csv import read_sheet
from relcli.exchange.mapping import Mapping
from relcli.render import rows


def table(text: str, noun: str = "transactions", **mapping: object) -> Table:
    return matched(read_sheet(text.encode(), "f.csv"), noun, Mapping.model_validate(mapping))


def test_files_have_the_columns_of_the_exports() -> None:
    assert COLUMNS["contacts"] == rows.CONTACTS
    assert (*COLUMNS["interactions"], "contact_name") == rows.INTERACTIONS
    assert (*COLUMNS["transactions"], "contact_name") == rows.TRANSACTIONS


@pytest.mark.parametrize(
    "header", ["at,contact,amount", " At , CONTACT,Amount ", "*at,Con tact,\u00a0amount", '"at",contact,"AMOUNT"']
)
def test_case_and_blanks_of_a_header_do_not_matter(header: str) -> None:
    found = table(f"{header}\n2026-01-01,Ana,5\n")
    assert (found.columns, found.rows, found.unused) == (("at", "contact", "amount"), ((2, ("2026-01-01", "Ana", "5")),), ())


@pytest.mark.parametrize("header", ["external id", "External_ID", "EXTERNAL-ID", "externalid"])
def test_words_of_a_column_name_may_be_joined_in_any_way(header: str) -> None:
    assert "external_id" in table(f"at,contact,amount,{header}\n2026-01-01,Ana,5,x\n").columns


def test_the_order_of_the_columns_does_not_matter() -> None:
    assert table("amount,at,contact\n5,2026-01-01,Ana\n") == table("at,contact,amount\n2026-01-01,Ana,5\n")


def test_unknown_columns_are_named_and_the_readers_column_is_not() -> None:
    found = table("at,foo,contact,amount,contact_name,,Bar \n2026-01-01,1,Ana,5,Ana Ruiz,x,2\n")
    assert found.unused == ("foo", "(no name)", "Bar")
    assert found.columns == ("at", "contact", "amount")


def test_missing_columns_are_refused_with_what_was_found_and_what_is_needed() -> None:
    with pytest.raises(InputRefused) as caught:
        table("party,date,amount\nAna,2026-01-01,5\n")
    assert caught.value.message == "f.csv has no column at or contact; transactions need at, contact, amount"
    assert caught.value.hint == 'it has "party", "date", "amount"; other names are told with --map FILE.toml'


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(InputRefused, match='two columns are called "AT"'):
        table("at,contact,amount, AT\n2026-01-01,Ana,5,x\n")


def test_the_formula_guard_comes_off_before_anything_else() -> None:
    assert table("at,contact,amount,item\n2026-01-01,'=Ana,5,''-x\n").rows[0][1] == ("2026-01-01", "=Ana", "5", "'-x")


def test_a_map_names_columns_constants_and_words() -> None:
    found = table(
        "party,Date Paid,value,what,item\nAna,2026-01-01,5,Received,flour\n",
        columns={"contact": "Party", "at": "date paid", "amount": "value", "kind": "what"},
        constants={"currency": "GBP", "source": "ledger"},
        values={"kind": {"received": "sale"}},
    )
    assert dict(zip(found.columns, found.rows[0][1], strict=True)) == {
        "at": "2026-01-01", "contact": "Ana", "kind": "sale", "amount": "5", "currency": "GBP", "item": "flour", "source": "ledger",
    }  # fmt: skip
    assert found.unused == ()


def test_a_constant_stands_above_a_column_of_the_file() -> None:
    found = table("at,contact,amount,kind\n2026-01-01,Ana,5,sale\n", constants={"kind": "purchase"})
    assert found.rows[0][1] == ("2026-01-01", "Ana", "purchase", "5")
    assert found.unused == ("kind",)


def test_a_column_that_the_map_takes_for_another_is_not_taken_twice() -> None:
    found = table("at,contact,amount,item\n2026-01-01,Ana,5,Bo\n", columns={"contact": "item"})
    assert found.columns == ("at", "contact", "amount")
    assert found.unused == ("contact",)


def test_a_map_for_another_file_is_refused() -> None:
    with pytest.raises(InputRefused, match='the map takes contact from a column "party"'):
        table("at,contact,amount\n2026-01-01,Ana,5\n", columns={"contact": "party"})
