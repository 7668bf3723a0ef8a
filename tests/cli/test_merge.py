"""`contact merge`: one contact out of two, nothing lost, everything found again, and all of it taken back."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

ANA, OLD = "ana@example.org", "ana.old@example.org"


@pytest.fixture
def pair(relcli: Any, book_location: str) -> Any:
    """Two contacts that are one, who disagree in everything, with records of every noun; answers `relcli`."""
    for line in (
        "contact add 'Bright Bakery' --kind organisation --email bakery@example.org",
        "contact add 'Other Oven' --kind organisation --email oven@example.org",
        "contact add Cleo --email cleo@example.org",
        "contact add Dora --email dora@example.org",
        (
            f"contact add 'Ana Ruiz' --email {ANA} --phone '+34600000001' --role customer --tag a --note 'met in May'"
            " --birthday 1980-04-12 --language es --works-for 'Bright Bakery' --introduced-by Cleo"
        ),
        (
            f"contact add 'Anna R.' --email {OLD} --email {OLD}.2 --role supplier --tag b --note 'paints'"
            " --birthday 1980-04-13 --language en --timezone Europe/Madrid --works-for 'Other Oven' --introduced-by Dora"
        ),
        f"contact add Eve --introduced-by {OLD}",
        f"log {ANA} 'alone with the one' --channel email --in --at 2026-01-05",
        f"log {OLD} 'alone with the other' --channel email --in --at 2026-01-06",
        f"log {OLD} 'with both' --with {ANA} --with cleo@example.org --channel meeting --at 2026-01-07",
        f"sold {OLD} 20 'a portrait' --at 2026-02-01",
        f"later {OLD} --until 2027-01-10",
        f"plan set {OLD} --aim loyal",
    ):
        relcli.ok(line)
    return relcli


def exported(relcli: Any) -> list[str]:
    return [relcli.ok(f"export {noun} --format csv").out for noun in ("contacts", "interactions", "transactions")]


def contact(relcli: Any, who: str) -> dict[str, Any]:
    [found] = json.loads(relcli.ok("contact", "show", who, "--format", "json").out)["contacts"]
    return dict(found)


def code(relcli: Any, who: str) -> str:
    return str(contact(relcli, who)["id"])


def rows(relcli: Any, noun: str) -> list[dict[str, Any]]:
    return list(json.loads(relcli.ok(f"export {noun} --format json").out)[noun])


def test_one_contact_is_left_with_what_both_had(pair: Any) -> None:
    cleo, bakery = code(pair, "Cleo"), code(pair, "Bright Bakery")
    pair.ok(f"contact merge {ANA} {OLD} --yes")
    after = contact(pair, ANA)
    assert after["name"] == "Ana Ruiz"
    assert after["email"] == f"{ANA};{OLD};{OLD}.2"
    assert (after["roles"], after["tags"]) == ("customer;supplier", "a;b")
    assert (after["birthday"], after["language"], after["timezone"]) == ("1980-04-12", "es", "Europe/Madrid")
    assert (after["works_for"], after["introduced_by"]) == (bakery, cleo)
    assert [c["name"] for c in rows(pair, "contacts")].count("Anna R.") == 0


def test_the_values_that_do_not_count_stay_in_the_note(pair: Any) -> None:
    pair.ok(f"contact merge {ANA} {OLD} --yes")
    assert contact(pair, ANA)["note"].split("\n") == [
        "met in May", "paints", "also known as Anna R.", "language also given as en", "birthday also given as 1980-04-13",
    ]  # fmt: skip


def test_take_lets_the_other_value_count_field_by_field(pair: Any) -> None:
    oven, dora = code(pair, "Other Oven"), code(pair, "Dora")
    pair.ok(f"contact merge {ANA} {OLD} --yes --take name --take birthday --take works_for --take introduced-by")
    after = contact(pair, ANA)
    assert (after["name"], after["birthday"], after["language"]) == ("Anna R.", "1980-04-13", "es")
    assert (after["works_for"], after["introduced_by"]) == (oven, dora)
    assert "also known as Ana Ruiz\n" in after["note"]
    assert after["email"].startswith(ANA)


def test_records_move_and_a_touch_with_both_has_one_participant(pair: Any) -> None:
    ana, cleo = code(pair, ANA), code(pair, "Cleo")
    pair.ok(f"contact merge {ANA} {OLD} --yes")
    assert [set(row["contact"].split(";")) for row in rows(pair, "interactions")] == [{ana}, {ana}, {ana, cleo}]
    assert [row["contact"] for row in rows(pair, "transactions")] == [ana]
    assert contact(pair, "Eve")["introduced_by"] == ana


def test_the_old_id_finds_the_contact_even_after_another_merge(pair: Any) -> None:
    ana, old, dora = code(pair, ANA), code(pair, OLD), code(pair, "Dora")
    pair.ok(f"contact merge {ANA} {OLD} --yes")
    assert code(pair, old) == ana
    assert code(pair, old[:-1]) == ana
    pair.ok(f"contact merge Dora {ANA} --yes")
    assert {code(pair, was) for was in (ana, old, ANA, OLD)} == {dora}


def test_importing_what_was_exported_before_adds_nothing(pair: Any, tmp_path: Any) -> None:
    before = exported(pair)
    pair.ok(f"contact merge {ANA} {OLD} --yes")
    after = exported(pair)
    for noun, text in zip(("contacts", "interactions", "transactions"), before, strict=True):
        (tmp_path / "again.csv").write_text(text)
        outcome = pair.ok("import", noun, str(tmp_path / "again.csv"), "--add")
        assert " new" not in outcome.err, outcome.err
    assert exported(pair) == after


def test_an_import_under_its_own_keys_is_known_after_the_merge(pair: Any, tmp_path: Any) -> None:
    (tmp_path / "people.csv").write_text("name,source,external_id\nAna Ruiz B,shop,77\n")
    (tmp_path / "calls.csv").write_text(
        "at,contact,channel,direction,summary,source,external_id\n2026-03-01,77,phone,in,asked,shop,c1\n2026-03-02,77,phone,in,again,shop,\n"
    )
    pair.ok("import", "contacts", str(tmp_path / "people.csv"))
    pair.ok("import", "interactions", str(tmp_path / "calls.csv"))
    pair.ok(f"contact merge {ANA} 'Ana Ruiz B' --yes")
    again = pair.ok("import", "interactions", str(tmp_path / "calls.csv"), "--add")
    assert again.err == "2 rows: 2 known\n"
    (tmp_path / "calls.csv").write_text("at,contact,channel,direction,source,external_id\n2026-03-03,77,phone,in,shop,c3\n")
    pair.ok("import", "interactions", str(tmp_path / "calls.csv"))
    assert rows(pair, "interactions")[-1]["contact"] == code(pair, ANA)


def test_the_undo_makes_two_of_them_again_exactly_and_the_redo_one(pair: Any) -> None:
    before = exported(pair)
    pair.ok(f"contact merge {ANA} {OLD} --yes --take name --take introduced_by --take works_for")
    merged = exported(pair)
    pair.ok("book undo")
    assert exported(pair) == before
    undo = json.loads(pair.ok("book history --format json").out)["batches"][0]["batch"]
    pair.ok(f"book undo {undo}")
    assert exported(pair) == merged


def test_merged_twice_and_undone_twice_is_as_at_first(pair: Any) -> None:
    before = exported(pair)
    pair.ok(f"contact merge {ANA} {OLD} --yes")
    pair.ok(f"contact merge Dora {ANA} --yes")
    pair.ok("book undo")
    pair.ok("book undo")
    assert exported(pair) == before


def test_a_dry_run_shows_both_values_and_writes_nothing(pair: Any) -> None:
    before = exported(pair)
    outcome = pair.ok(f"contact merge {ANA} {OLD} --dry-run --take birthday")
    assert re.search(r"name +Ana Ruiz +Anna R\. +Ana Ruiz", outcome.out)
    assert re.search(r"birthday +1980-04-12 +1980-04-13 +1980-04-13", outcome.out)
    assert "2 interactions, 1 transaction, " in outcome.out
    assert re.search(r", 1 later, 1 plan\b", outcome.out)
    plan = json.loads(pair.ok(f"contact merge {ANA} {OLD} --dry-run --format json").out)
    fields = ["name", "language", "birthday", "note", "works_for", "introduced_by"]
    assert [conflict["field"] for conflict in plan["conflicts"]] == fields
    assert exported(pair) == before


def test_without_a_yes_nothing_is_merged(pair: Any) -> None:
    before = exported(pair)
    assert pair(f"contact merge {ANA} {OLD}").code == 5
    assert exported(pair) == before


@pytest.mark.parametrize(
    ("line", "exit_code"),
    [
        (f"{ANA} {ANA}", 2),
        (f"{ANA} 'Ana Ruiz'", 2),
        (f"{ANA} 'Anna'", 3),
        (f"nobody@example.org {OLD}", 3),
        (f"{ANA} {OLD} --take shoe-size", 2),
        (f"{ANA} 'Bright Bakery'", 0),
    ],
)
def test_references_are_strict_and_fields_are_known(pair: Any, line: str, exit_code: int) -> None:
    assert pair(f"contact merge {line} --yes --dry-run").code == exit_code


def test_somebody_merged_into_their_employer_works_for_nobody(pair: Any) -> None:
    pair.ok(f"contact merge {ANA} 'Bright Bakery' --yes")
    assert contact(pair, ANA)["works_for"] is None


def test_a_contact_with_staff_stays_an_organisation_that_works_for_nobody(pair: Any) -> None:
    outcome = pair("contact merge Cleo 'Bright Bakery' --yes")
    assert (outcome.code, "--take kind" in outcome.err) == (2, True)
    outcome = pair(f"contact merge {OLD} 'Bright Bakery' --yes --take kind")
    assert outcome.code == 2
    assert "one level" in outcome.err
    cleo = code(pair, "Cleo")
    pair.ok("contact merge Cleo 'Bright Bakery' --yes --take kind")
    assert contact(pair, ANA)["works_for"] == cleo


def test_staff_of_both_organisations_work_there_once(pair: Any) -> None:
    bakery = code(pair, "Bright Bakery")
    pair.ok("contact merge 'Bright Bakery' 'Other Oven' --yes")
    assert (contact(pair, ANA)["works_for"], contact(pair, OLD)["works_for"]) == (bakery, bakery)
    pair.ok(f"contact merge {ANA} {OLD} --yes")
    assert contact(pair, ANA)["works_for"] == bakery
    assert pair(f"contact edit {ANA} --no-works-for").code == 0
    assert contact(pair, ANA)["works_for"] is None


def test_who_introduced_whom_is_no_introduction_of_oneself(pair: Any) -> None:
    pair.ok(f"contact merge Eve {OLD} --yes")
    dora = code(pair, "Dora")
    assert contact(pair, "Eve")["introduced_by"] == dora


def test_many_records_move_fast(pair: Any, tmp_path: Any) -> None:
    lines = "".join(f"2026-01-{1 + n % 28:02},{OLD},phone,in,call {n}\n" for n in range(3000))
    (tmp_path / "calls.csv").write_text("at,contact,channel,direction,summary\n" + lines)
    pair.ok("import", "interactions", str(tmp_path / "calls.csv"))
    before = exported(pair)
    pair.ok(f"contact merge {ANA} {OLD} --yes")
    assert {row["contact"] for row in rows(pair, "interactions")[-3000:]} == {code(pair, ANA)}
    pair.ok("book undo --yes")
    assert exported(pair) == before
