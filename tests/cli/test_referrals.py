"""`referral …`: who sent whom, what came of it, and whom to thank."""

from __future__ import annotations

import json
from typing import Any

import pytest

TODAY = "2026-11-21"


@pytest.fixture
def three(relcli: Any, book_location: str) -> Any:
    """Ana, Bo and Cy, with nothing between them; answers `relcli`."""
    for name in ("Ana", "Bo", "Cy"):
        relcli.ok("contact", "add", name, "--email", f"{name.lower()}@example.org", "--role", "customer")
    return relcli


def listed(relcli: Any, *who: str) -> list[dict[str, Any]]:
    ran = relcli.ok("referral", "list", *who, "-f", "json")
    return list(json.loads(ran.out)["referrals"]) if ran.out else []


def agenda(relcli: Any) -> dict[str, list[str]]:
    """Who is on the agenda: the reasons of each, the first leading."""
    lines = json.loads(relcli.ok("agenda -f json").out)["agenda"]
    return {line["name"]: [line["kind"], line["reason"], *line["also"]] for line in lines}


def introduced(relcli: Any, who: str) -> str | None:
    [found] = json.loads(relcli.ok("contact", "show", who, "-f", "json").out)["contacts"]
    code = found["introduced_by"]
    return code and str(json.loads(relcli.ok("contact", "show", code, "-f", "json").out)["contacts"][0]["name"])


def test_a_referral_is_written_and_said_in_one_line(three: Any) -> None:
    said = three.ok("referral add Ana Bo --at 2026-10-03 --outcome 'asked for prices'")

    assert said.err == "noted r_1: Ana sent Bo, 2026-10-03 (batch 4)\n"
    [row] = listed(three)
    assert {k: row[k] for k in row if k not in ("from", "whom")} == {
        "id": "r_1", "at": "2026-10-03", "outcome": "asked for prices", "from_name": "Ana", "whom_name": "Bo", "transaction": None,
        "thanked": None,
    }  # fmt: skip
    assert three.ok("referral list -f csv").out.startswith("id,from,whom,at,outcome,from_name,whom_name,transaction,thanked\n")
    assert three.ok("referral list -f ids").out == "r_1\n"


def test_whom_they_sent_may_be_somebody_new(three: Any) -> None:
    assert "added Noor Haddad" in three.ok("referral add Ana 'Noor Haddad' --add").err
    assert introduced(three, "Noor") == "Ana"
    assert three("referral add Nobody Bo --add").code == 3


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("add Ana Ana", 2, "nobody sends themselves: both are Ana"),
        ("add Ana Bo", 4, "Ana sent Bo already (r_1)"),
        ("add Bo Ana", 4, "it would be a circle, Ana sent Bo sent Ana"),
        ("add Cy Ana", 4, "it would be a circle, Ana sent Bo sent Cy sent Ana"),
        ("add Ana Cy --at tomorrow", 2, "still to come"),
        ("add Ana Cy --at 31/02/2026", 2, "there is no 31 February 2026"),
        ("add Ana Nobody", 3, "No contact matches"),
        ("edit r_1 --whom Ana", 2, "nobody sends themselves"),
        ("edit r_2 --whom Ana", 4, "it would be a circle, Ana sent Bo sent Ana"),
        ("edit r_1 --at 2026-01-01 --no-at", 2, "exclude each other"),
        ("edit r_9 --no-at", 3, "there is no referral r_9"),
        ("edit p_1 --no-at", 3, "is not the id of a referral"),
        ("remove r_1 r_9", 3, "there is no referral r_9"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_written(three: Any, line: str, code: int, says: str) -> None:
    three.ok("referral add Ana Bo")
    three.ok("referral add Bo Cy")
    before = listed(three)

    refused = three(f"referral {line}")

    assert (refused.code, says in refused.err) == (code, True), refused.err
    assert listed(three) == before
    assert len(json.loads(three.ok("book history -f json").out)["batches"]) == 5


def test_no_circle_is_closed_by_an_introduction(three: Any) -> None:
    three.ok("referral add Ana Bo")
    three.ok("referral add Bo Cy")

    refused = three("contact edit Ana --introduced-by Cy")

    assert (refused.code, "it would be a circle, Ana sent Bo sent Cy sent Ana" in refused.err) == (4, True)
    assert introduced(three, "Ana") is None


def test_who_introduced_somebody_and_who_sent_them_first_are_one_thing(three: Any) -> None:
    three.ok("contact edit Bo --introduced-by Ana")
    assert [(r["from_name"], r["whom_name"], r["at"]) for r in listed(three)] == [("Ana", "Bo", TODAY)]

    three.ok("referral add Cy Bo")
    assert introduced(three, "Bo") == "Ana"
    three.ok("referral remove r_1")
    assert introduced(three, "Bo") == "Cy"
    three.ok("referral edit r_2 --from Ana")
    assert introduced(three, "Bo") == "Ana"
    three.ok("referral remove r_2")
    assert introduced(three, "Bo") is None


def test_an_edit_changes_what_is_named_and_the_undo_takes_it_back(three: Any) -> None:
    three.ok("referral add Ana Bo --at 2026-10-03 --outcome word")
    before = listed(three)

    assert three.ok("referral edit r_1 --at 2026-10-04").err == "changed r_1: Ana sent Bo, 2026-10-04 (batch 5)\n"
    assert [(r["at"], r["outcome"]) for r in listed(three)] == [("2026-10-04", "word")]
    three.ok("referral edit r_1 --no-at --no-outcome")
    assert [(r["at"], r["outcome"]) for r in listed(three)] == [(None, None)]
    assert "nothing had to be changed" in three.ok("referral edit r_1 --no-at").err
    three.ok("book undo")
    three.ok("book undo")
    assert listed(three) == before


def test_the_first_transaction_after_it_is_what_came_of_it(three: Any) -> None:
    three.ok("sold Cy 10 --at 2026-01-05")
    three.ok("referral add Ana Bo --at 2026-02-01")
    three.ok("referral add Ana Cy --at 2026-02-01")
    assert [r["transaction"] for r in listed(three)] == [None, None]

    three.ok("sold Bo 30 album --at 2026-03-05")
    three.ok("sold Bo 10 --at 2026-02-20")
    three.ok("log-transaction Bo 5 --kind refund --at 2026-02-10")
    three.ok("sold Cy 10 --at 2026-03-05")

    assert {r["whom_name"]: r["transaction"] for r in listed(three)} == {"Bo": "t_3", "Cy": None}
    page = three.ok("referral list").out
    assert "first sale 2026-02-20 (t_3)" in page
    assert "was here before: sale 2026-01-05 (t_1)" in page


def test_what_an_organisation_was_sent_for_may_be_bought_by_its_people(three: Any) -> None:
    three.ok("contact add Mill --kind organisation")
    three.ok("contact edit Bo --works-for Mill")
    three.ok("referral add Ana Mill --at 2026-02-01")
    three.ok("sold Bo 10 --at 2026-02-20")

    assert [r["transaction"] for r in listed(three, "Mill")] == ["t_1"]


def test_the_list_of_one_has_whom_they_sent_and_who_sent_them(three: Any) -> None:
    three.ok("referral add Ana Bo --at 2026-01-01")
    three.ok("referral add Bo Cy --at 2026-02-01")

    assert [r["id"] for r in listed(three)] == ["r_2", "r_1"]
    assert [r["id"] for r in listed(three, "Bo")] == ["r_2", "r_1"]
    assert [r["id"] for r in listed(three, "Cy")] == ["r_2"]
    three.ok("referral remove r_1 r_2")
    assert three.ok("referral list").err == "nobody sent anybody yet\n"


# --- thanks ---


@pytest.mark.parametrize("touch", ["--purpose thanks --out", "--purpose gift --out", "--purpose thanks --both"])
def test_a_referral_waits_on_the_agenda_until_they_are_thanked(three: Any, touch: str) -> None:
    three.ok("referral add Ana Bo --at 2026-11-18")
    assert agenda(three) == {"Ana": ["referral", "sent us Bo on 18 Nov, and nobody thanked them"]}

    three.ok("log Ana 'how kind' --channel email --out --at 2026-11-19")
    three.ok("log Ana 'for what she did before' --channel email --out --purpose thanks --at 2026-11-17")
    three.ok("log Ana 'she thanks us' --channel phone --in --purpose thanks --at 2026-11-20")
    assert "Ana" in agenda(three)
    assert [r["thanked"] for r in listed(three)] == [None]

    three.ok(f"log Ana 'for Bo' --channel phone {touch} --at 2026-11-18")
    assert agenda(three) == {}
    assert [r["thanked"] for r in listed(three)] == ["i_4"]


def test_several_are_one_line_and_one_thanks_is_for_all_before_it(three: Any) -> None:
    three.ok("referral add Ana Bo --at 2026-11-10")
    three.ok("referral add Ana Cy --at 2026-11-12")
    assert agenda(three)["Ana"][1] == "sent us Cy and one other on 12 Nov, and nobody thanked them"

    three.ok("log Ana thanks --channel phone --out --purpose thanks --at 2026-11-11")
    assert agenda(three)["Ana"][1] == "sent us Cy on 12 Nov, and nobody thanked them"


def test_thanks_are_due_for_a_year_and_never_for_a_day_nobody_noted(three: Any) -> None:
    three.ok("referral add Ana Bo --at 2025-11-21")
    three.ok("referral add Bo Cy --at 2025-11-20")
    assert list(agenda(three)) == ["Ana"]
    three.ok("referral edit r_1 --no-at")
    assert agenda(three) == {}


def test_who_wants_no_contact_is_not_thanked(three: Any) -> None:
    three.ok("referral add Ana Bo --at 2026-11-18")
    three.ok("preference set Ana --do-not-contact --stated 'let me be' --at 2026-11-19")

    assert agenda(three) == {}


def test_its_weight_is_the_owners_to_set(three: Any) -> None:
    three.ok("referral add Ana Bo --at 2026-11-18")
    [line] = json.loads(three.ok("agenda -f json").out)["agenda"]
    assert (line["score"], line["source"]) == (4.0, ["r_1"])


# --- merged, and forgotten ---


def test_who_sent_whom_twice_by_a_merge_did_it_once(three: Any) -> None:
    three.ok("contact add 'Bo B.' --email bob@example.org")
    three.ok("referral add Ana bo@example.org --outcome 'an album'")
    three.ok("referral add Ana bob@example.org --at 2026-02-01 --outcome 'a portrait'")

    three.ok("contact merge bo@example.org bob@example.org --yes")

    assert [(r["id"], r["at"], r["outcome"]) for r in listed(three)] == [("r_1", "2026-02-01", "an album; a portrait")]


def test_two_who_would_stand_in_a_circle_are_not_merged(three: Any) -> None:
    three.ok("contact add 'Ana A.' --email anaa@example.org")
    three.ok("referral add ana@example.org Bo")
    three.ok("referral add Bo anaa@example.org")

    refused = three("contact merge ana@example.org anaa@example.org --yes")

    assert (refused.code, "in a circle" in refused.err) == (2, True)
    three.ok("referral remove r_2")
    three.ok("contact merge ana@example.org anaa@example.org --yes")


def test_forgetting_takes_the_referrals_along(three: Any) -> None:
    three.ok("referral add Ana Bo --outcome 'a wedding'")
    three.ok("referral add Ana Cy")

    three.ok("contact forget bo@example.org --yes")

    assert [r["whom_name"] for r in listed(three)] == ["Cy"]
