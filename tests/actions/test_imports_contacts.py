"""Contacts from files: who is known already, what differs, links in any order. On both databases."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from typing import Any

import pytest

from relcli.actions.contact_fields import ContactFields
from relcli.actions.contacts import add_contact, archive_contact
from relcli.actions.desk import Desk
from relcli.actions.exports import export_contacts
from relcli.actions.imports.contacts import import_contacts
from relcli.actions.imports.outcome import Imported, RowsRefused
from relcli.config.settings import Settings
from relcli.domain.contact import AddressKind, Contact, ExternalId, Kind
from relcli.exchange.columns import matched
from relcli.exchange.csv import read_sheet
from relcli.exchange.mapping import Mapping
from relcli.store.book import Book

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


@pytest.fixture
def desk(book: Book) -> Desk:
    return Desk(book, NOW, "tester", Settings())


def bring(desk: Desk, text: str, *, add: bool = False, keep_good: bool = False, **mapping: Any) -> Imported:
    table = matched(read_sheet(text.encode(), "f.csv"), "contacts", Mapping.model_validate(mapping))
    return import_contacts(table, desk, add=add, keep_good=keep_good, progress=lambda *_: None)


def verdicts(result: Imported) -> str:
    return " ".join(row.verdict for row in result.judged)


def reasons(result: Imported) -> list[str]:
    return [row.why for row in result.judged if row.why]


def refused(desk: Desk, text: str, **more: Any) -> str:
    before = everyone(desk)
    with pytest.raises(RowsRefused) as caught:
        bring(desk, text, **more)
    assert everyone(desk) == before
    return caught.value.message


def everyone(desk: Desk) -> dict[str, Contact]:
    return {c.name: c for c in export_contacts(desk).contacts}


def known(desk: Desk, name: str, **fields: Any) -> str:
    return add_contact(ContactFields(name=name, **fields), desk).contact.id


def test_every_column_arrives(desk: Desk) -> None:
    bring(
        desk,
        "id,kind,name,roles,email,phone,tags,language,timezone,note,created,archived,handle,birthday,source,external_id\n"
        "c_7k3m9q2x,Organisation, Bright  Bakery ,supplier;Customer,b@example.org; A@Example.org,+34 600 000 001,x;y,es,"
        'Europe/Madrid,"likes\ntea",2024-01-02T03:04:05+02:00,2025-06-07,@bright,--04-12,shop;mail,17;18\n',
    )
    [c] = everyone(desk).values()
    assert (c.id, c.kind, c.name, c.roles, c.tags) == (
        "c_7k3m9q2x",
        Kind.ORGANISATION,
        "Bright Bakery",
        ("customer", "supplier"),
        ("x", "y"),
    )
    assert c.addresses_of(AddressKind.EMAIL) == ("b@example.org", "A@example.org")
    assert (c.addresses_of(AddressKind.PHONE), c.addresses_of(AddressKind.HANDLE)) == (("+34600000001",), ("@bright",))
    assert (c.language, c.timezone, c.note, c.birthday) == ("es", "Europe/Madrid", "likes\ntea", "--04-12")
    assert (c.created, c.archived) == (datetime(2024, 1, 2, 1, 4, 5, tzinfo=UTC), date(2025, 6, 7))
    assert c.external_ids == (ExternalId("mail", "18"), ExternalId("shop", "17"))


def test_a_created_day_begins_at_midnight_and_without_one_it_is_now(desk: Desk) -> None:
    bring(desk, "name,created\nAna,2024-01-02\nBo,\n")
    assert everyone(desk)["Ana"].created == datetime(2024, 1, 2, tzinfo=UTC)
    assert everyone(desk)["Bo"].created == NOW


def test_the_same_file_twice_adds_nothing(desk: Desk) -> None:
    text = "name,email,phone,works_for,kind\nAna,a@example.org,,Mill,\nBo,,600 100 200,,\nMill,,,,organisation\nCy,,,Mill,\n"
    assert verdicts(bring(desk, text)) == "new new new new"
    before = everyone(desk)
    again = bring(desk, text)
    assert verdicts(again) == "known known known known"
    assert again.batch is None
    assert everyone(desk) == before


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        ("id", "{code}"),
        ("source,external_id", "shop,17"),
        ("email", "ANA@example.org"),
        ("handle", "anaruiz"),
        ("name", "ana ruiz"),
        ("phone", "+34600000001"),
    ],
)
def test_a_row_is_known_by_id_external_id_address_or_name(desk: Desk, columns: str, row: str) -> None:
    bring(
        desk,
        "name,email,phone,handle,source,external_id\nAna Ruíz,ana@example.org,+34 600 000 001,@AnaRuiz,shop,17\n",
    )
    code = everyone(desk)["Ana Ruíz"].id
    text = f"name,{columns}\nAna Ruíz,{row}\n" if columns != "name" else "name\nAna Ruíz\n"
    assert verdicts(bring(desk, text.format(code=code))) == "known"
    assert len(everyone(desk)) == 1


def test_a_namesake_with_another_address_is_somebody_else(desk: Desk) -> None:
    known(desk, "Ana", emails=("ana@example.org",))
    assert verdicts(bring(desk, "name,email\nAna,other@example.org\n")) == "new"
    assert len(export_contacts(desk).contacts) == 2


def test_a_namesake_without_an_address_is_the_same_and_differs(desk: Desk) -> None:
    known(desk, "Ana")
    result = bring(desk, "name,email\nAna,ana@example.org\n")
    assert (verdicts(result), reasons(result)) == ("changed", ["email"])
    assert everyone(desk)["Ana"].addresses == ()


def test_what_differs_is_named_and_left_as_it_is(desk: Desk) -> None:
    code = known(desk, "Ana", emails=("ana@example.org",), note="here", roles=("customer",), language="es")
    before = everyone(desk)
    result = bring(
        desk,
        "id,name,email,note,roles,language,timezone,archived,works_for\n"
        f"{code},Anna,new@example.org,there,customer;supplier,es,UTC,2026-01-01,Nobody\n",
    )
    assert verdicts(result) == "changed"
    assert reasons(result) == ["name, roles, email, works_for, timezone, note, archived"]
    assert everyone(desk) == before


def test_empty_cells_say_nothing(desk: Desk) -> None:
    known(desk, "Ana", emails=("ana@example.org",), note="here", roles=("customer",), kind=Kind.ORGANISATION)
    assert verdicts(bring(desk, "name,email,note,roles,kind,phone\nAna,ana@example.org,,,,\n")) == "known"


def test_an_archived_contact_is_known_too(desk: Desk) -> None:
    known(desk, "Ana")
    archive_contact("Ana", desk)
    assert verdicts(bring(desk, "name\nAna\n")) == "known"


def test_a_contact_twice_in_a_file_is_one_contact(desk: Desk) -> None:
    assert verdicts(bring(desk, "name,email\nAna,a@example.org\nAna,A@example.org\nAna,\n")) == "new known known"
    assert list(everyone(desk)) == ["Ana"]


def test_namesakes_with_ids_of_their_own_stay_apart(desk: Desk) -> None:
    text = "id,name\nc_11111111,Ana\nc_22222222,Ana\n"
    assert verdicts(bring(desk, text)) == "new new"
    assert verdicts(bring(desk, text)) == "known known"


@pytest.mark.parametrize("seed", range(4))
def test_links_are_found_in_any_order_and_by_any_exact_reference(desk: Desk, seed: int) -> None:
    rows = [
        "Ana,ana@example.org,person,,,,Mill,",
        "Bo,,person,crm,5,,b@example.org,ANA@example.org",
        "Cy,,person,crm,6,,c_00000001,5",
        "Mill,b@example.org,organisation,,,c_00000001,,",
    ]
    random.Random(seed).shuffle(rows)
    text = "name,email,kind,source,external_id,id,works_for,introduced_by\n" + "\n".join(rows) + "\n"
    assert verdicts(bring(desk, text)) == "new new new new"
    found = everyone(desk)
    assert {n: c.works_for for n, c in found.items()} == {
        "Ana": "c_00000001",
        "Bo": "c_00000001",
        "Cy": "c_00000001",
        "Mill": None,
    }
    assert found["Bo"].introduced_by == found["Ana"].id
    assert found["Cy"].introduced_by == found["Bo"].id
    assert verdicts(bring(desk, text)) == "known known known known"


def test_who_would_have_sent_each_other_in_a_circle_is_refused_with_those_who_need_them(desk: Desk) -> None:
    text = "name,introduced_by\nAna,Cy\nBo,Ana\nCy,Bo\nDi,Cy\nEd,\n"
    with pytest.raises(RowsRefused, match="in a circle"):
        bring(desk, text)
    assert not everyone(desk)
    bring(desk, text, keep_good=True)
    assert list(everyone(desk)) == ["Ed"]


def test_an_id_of_the_file_means_the_contact_it_is_here(desk: Desk) -> None:
    mill = known(desk, "Mill", kind=Kind.ORGANISATION, emails=("m@example.org",))
    bring(desk, "id,name,email,works_for\nc_11111111,Ana,,c_22222222\nc_22222222,Mill,m@example.org,\n")
    assert everyone(desk)["Ana"].works_for == mill
    assert len(everyone(desk)) == 2


def test_add_makes_the_employer_an_organisation_and_the_introducer_a_person(desk: Desk) -> None:
    result = bring(desk, "name,works_for,introduced_by\nAna,Mill,Bo\nCy,MILL,\n", add=True)
    assert result.new_contacts == 2
    found = everyone(desk)
    assert (found["Mill"].kind, found["Bo"].kind) == (Kind.ORGANISATION, Kind.PERSON)
    assert found["Cy"].works_for == found["Mill"].id


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name,note\n,x\n", "line 2: it has no name, and no firm, address or number to call it by"),
        (f"name\n{'x' * 501}\n", "that name has 501 characters"),
        ("name,id\nAna,17\n", 'id "17" is not an id of ours such as c_7k3m9q2x'),
        ("name,kind\nAna,robot\n", 'kind "robot" is not one of person, organisation'),
        (f"name,handle\nAna,{'x' * 501}\n", "an address has more than 500 characters"),
        ("name,email\nAna,nowhere\n", '"nowhere" is not an e-mail address'),
        ("name,phone\nAna,x\n", '"x" is not a telephone number'),
        ("name,timezone\nAna,Mars/Base\n", '"Mars/Base" is not a time zone'),
        ("name,birthday\nAna,12 April\n", '"12 April" is not a birthday'),
        ("name,created\nAna,soon\n", 'created "soon" is not a date'),
        ("name,archived\nAna,2026-02-30\n", 'archived "2026-02-30" is not on the calendar'),
        ("name,source,external_id\nAna,a;b,1\n", "source names 2 systems, external_id has 1 parts"),
        ("name,works_for\nAna,Mill\n", 'line 2: works_for: nobody is called "Mill"; --add adds them'),
        ("name,works_for\nAna,Ana\n", "works_for: that is the contact itself"),
        ("name,works_for\nAna,Bo\nBo,\n", "works_for Bo: that is a person, not an organisation"),
        ("name,kind,works_for\nA,,B\nB,organisation,C\nC,organisation,\n", "works_for B: they work for somebody themselves"),
        ("name,introduced_by\nAna,Ana\n", "introduced_by: that is the contact itself"),
        ("name,introduced_by,email\nAna,Bo,\nBo,,1@x.org\nBo,,2@x.org\n", "introduced_by: "),
    ],
)
def test_a_bad_row_is_refused_with_its_reason(desk: Desk, text: str, reason: str) -> None:
    assert reason in refused(desk, text)


def test_a_single_source_keeps_a_semicolon_in_the_id(desk: Desk) -> None:
    bring(desk, "name,source,external_id\nAna,shop,1;2\n")
    assert everyone(desk)["Ana"].external_ids == (ExternalId("shop", "1;2"),)


def test_keep_good_drops_whoever_needs_a_bad_row(desk: Desk) -> None:
    text = (
        "name,kind,email,works_for,introduced_by\n"
        "Ana,,,Mill,\nMill,organisation,bad,,\nBo,,,,Cy\nCy,,,Nobody,\nDi,,,,Bo\nEd,,,,\nCy,,,,\n"
    )
    result = bring(desk, text, keep_good=True)
    assert verdicts(result) == "refused refused refused refused refused new refused"
    assert reasons(result)[2] == "it refers to a contact whose row cannot be taken"
    assert list(everyone(desk)) == ["Ed"]


def test_strangers_that_only_refused_rows_need_are_not_added(desk: Desk) -> None:
    result = bring(desk, "name,works_for,introduced_by\nAna,Mill,Ana\nBo,,\n", add=True, keep_good=True)
    assert (verdicts(result), result.new_contacts) == ("refused new", 0)
    assert list(everyone(desk)) == ["Bo"]


def test_a_map_reads_days_and_words(desk: Desk) -> None:
    bring(
        desk, "Customer,Type,Since\nMill,Company,05/03/2024\n",
        columns={"name": "customer", "kind": "type", "created": "since"},
        values={"kind": {"company": "organisation"}}, dates={"format": "%d/%m/%Y"},
    )  # fmt: skip
    assert everyone(desk)["Mill"].kind is Kind.ORGANISATION
    assert everyone(desk)["Mill"].created == datetime(2024, 3, 5, tzinfo=UTC)
