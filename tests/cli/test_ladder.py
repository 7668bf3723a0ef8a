"""The ladder as an owner sees it: on the card, in the brief, counted in the report, and who moved."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("book_location")

TODAY = date(2026, 11, 21)


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


@pytest.fixture
def people(relcli: Any) -> Any:
    """One on each rung, and some who are on none; answers `relcli`."""
    for name in ("Prue", "Fay", "Sal", "Rae", "Lou", "Lapsed Lea"):
        relcli.ok("contact", "add", name, "--role", "customer")
    relcli.ok("contact add Friend")
    relcli.ok("contact add Sender --role partner")
    for name, days in {
        "Fay": (40,),
        "Sal": (40,),
        "Rae": (40, 10),
        "Lou": (310, 250, 190, 130, 70, 10),
        "Lapsed Lea": (2000, 1990, 1980),
    }.items():
        for back in days:
            relcli.ok("sold", name, "50", "--at", ago(back))
    relcli.ok("survey", "record", "pulse", "Sal", "--answer", "recommend=9", "--at", ago(20))
    relcli.ok("referral", "add", "Sender", "Rae", "--at", ago(30))
    return relcli  # fmt: skip


def table(relcli: Any, *words: str) -> dict[str, str]:
    rows = csv.DictReader(io.StringIO(relcli.ok("health-report", *words, "--format", "csv").out))
    return {row["name"]: row["stage"] for row in rows}


def card(relcli: Any, who: str, *words: str) -> dict[str, Any]:
    [found] = json.loads(relcli.ok("scorecard", who, *words, "--format", "json").out)["scorecards"]
    return dict(found)


def test_everybody_has_their_rung_in_the_table(people: Any) -> None:
    assert table(people) == {
        "Prue": "prospect", "Fay": "first-time", "Sal": "satisfied", "Rae": "repeat", "Lou": "loyal", "Lapsed Lea": "lapsed",
        "Friend": "", "Sender": "advocate",
    }  # fmt: skip


def test_the_report_counts_the_rungs_and_chooses_by_them(people: Any) -> None:
    page = people.ok("health-report").out
    assert "ladder: prospect 1  first-time 1  satisfied 1  repeat 1  loyal 1  advocate 1 (1 by referral alone)  lapsed 1" in page
    assert list(table(people, "--stage", "loyal", "--stage", "Satisfied", "--sort", "name")) == ["Lou", "Sal"]
    assert list(table(people, "--sort", "-stage"))[:3] == ["Sender", "Lou", "Rae"]
    assert list(table(people, "--sort", "-stage"))[-1] == "Friend"  # unknown comes last
    summary = json.loads(people.ok("health-report -f json").out)["summary"]
    assert summary["stage"] == {
        "prospect": 1, "first-time": 1, "satisfied": 1, "repeat": 1, "loyal": 1, "advocate": 1, "lapsed": 1
    }  # fmt: skip
    assert people("health-report --stage friend").code == 2


def test_the_card_says_the_rung_its_proof_and_what_the_next_one_needs(people: Any) -> None:
    sal = people.ok("scorecard Sal").out
    assert "satisfied → repeat needs a second order; 9 of 10 on 1 Nov (a_1)" in sal
    assert "advocate, by referral; sent somebody on 22 Oct (r_1)" in people.ok("scorecard Sender").out
    assert "none: neither customer, supplier nor prospect" in people.ok("scorecard Friend").out
    fay = people.ok("scorecard Fay --format md").out
    assert "satisfaction unproven: never asked" in fay
    assert "→ satisfied needs" in people.ok("scorecard Fay --format html").out
    found = card(people, "Lou")
    assert found["stage"] == "loyal"
    assert found["ladder"]["next"] == "advocate needs a referral from them"
    assert [(one["stage"], one["records"]) for one in found["ladder"]["proof"]] == [
        ("first-time", ["t_5"]), ("repeat", ["t_6"]), ("loyal", ["t_5", "t_6", "t_10"])
    ]  # fmt: skip
    assert found["ladder"]["satisfaction"] == "satisfaction unproven: never asked"


def test_the_brief_names_the_rung(people: Any) -> None:
    assert "loyal → advocate needs a referral from them" in people.ok("brief Lou").out


def test_the_card_of_a_past_day_has_the_rung_of_that_day(people: Any) -> None:
    assert [card(people, "Lou", "--as-of", ago(back))["stage"] for back in (311, 310, 250, 10)] == [
        "prospect", "first-time", "repeat", "loyal"
    ]  # fmt: skip


def test_who_moved_since_a_day_is_told_and_why(people: Any) -> None:
    found = json.loads(people.ok("health-report --since 60d -f json").out)["moves"]

    assert found["since"] == ago(60)
    assert [(one["name"], one["from"], one["to"], one["records"]) for one in found["rose"]] == [
        ("Sender", None, "advocate", ["r_1"]), ("Rae", "prospect", "repeat", ["t_4"]), ("Sal", "prospect", "satisfied", ["a_1"]),
        ("Fay", "prospect", "first-time", ["t_1"]),
    ]  # fmt: skip
    assert found["fell"] == []
    people.ok("log Lou 'the album has a crease' --channel phone --complaint")
    page = people.ok("health-report --since yesterday").out
    assert "since 20 Nov 2026: 0 rose, 1 fell" in page
    assert "loyal by their orders, but needs p_1 put right" in page
    assert "nobody moved on the ladder" in people.ok("health-report --since yesterday --role supplier").out


@pytest.mark.parametrize("since", ["today", "tomorrow", "0d", "nonsense", "99999y"])
def test_since_has_to_be_before_the_report(people: Any, since: str) -> None:
    assert people("health-report", "--since", since).code == 2


def test_nobody_moves_for_what_is_chosen_away(people: Any) -> None:
    found = json.loads(people.ok("health-report --since 60d --stage repeat -f json").out)["moves"]

    assert [one["name"] for one in found["rose"]] == ["Rae"]


def test_for_whom_an_organisation_does_the_buying_there_is_no_rung(relcli: Any) -> None:
    relcli.ok("contact add Mill --kind organisation --role customer")
    relcli.ok("contact add Miller --role customer --works-for Mill")
    assert table(relcli) == {"Mill": "prospect", "Miller": "prospect"}

    relcli.ok("sold", "Mill", "50", "--at", ago(20))

    assert table(relcli) == {"Mill": "first-time", "Miller": ""}
    assert "none: their organisation does the buying" in relcli.ok("scorecard Miller").out


def test_whom_somebody_sends_makes_an_advocate_of_the_organisation_they_work_for(relcli: Any) -> None:
    relcli.ok("contact add Bakery --kind organisation --role customer")
    relcli.ok("contact add Ana --works-for Bakery --now 2024-01-01")
    relcli.ok("contact add Noor")
    for back in (310, 250, 190, 130, 70, 10):
        relcli.ok("sold", "Bakery", "50", "--at", ago(back))
    assert table(relcli)["Bakery"] == "loyal"
    relcli.ok("referral", "add", "Ana", "Noor", "--at", ago(30))

    assert table(relcli) == {"Bakery": "advocate", "Ana": "", "Noor": ""}
    assert "(r_1)" in relcli.ok("scorecard Bakery").out


def test_who_sends_the_organisation_they_work_for_does_not_make_it_send_itself(relcli: Any) -> None:
    relcli.ok("contact add Adv --kind organisation")
    relcli.ok("contact add Empl --works-for Adv --now 2024-01-01")
    relcli.ok("referral", "add", "Empl", "Adv", "--at", ago(30))

    assert table(relcli) == {"Adv": "", "Empl": "advocate"}


def test_who_is_set_aside_is_on_no_rung_of_the_report(people: Any) -> None:
    people.ok("contact archive Lou")
    people.ok("contact forget Rae --yes")
    found = json.loads(people.ok("health-report --since 60d -f json").out)

    assert found["summary"]["stage"] == {"prospect": 1, "first-time": 1, "satisfied": 1, "lapsed": 1}
    assert not {"Lou", "Rae", "forgotten"} & {
        one["name"] for side in found["moves"].values() for one in side if isinstance(side, list)
    }
    assert {
        k: v
        for k, v in json.loads(people.ok("audit -f json").out)["questions"][3]["counts"].items()
        if k in table(people).values()
    } == found["summary"]["stage"]


def test_of_who_wants_no_closeness_no_sign_is_asked_to_prove_loyalty(people: Any) -> None:
    people.ok("preference set Lou --closeness none --stated 'please do not write'")
    ladder = card(people, "Lou")["ladder"]

    assert ladder["lost"] == "loyal by their orders; as they wish to be left alone, there is no rhythm to prove it by"
    assert ladder["next"] == "nothing is asked of them: they want no closeness"


def test_suppliers_climb_by_what_is_bought_from_them(relcli: Any) -> None:
    relcli.ok("contact add Paper --role supplier")
    relcli.ok("sold", "Paper", "50", "--at", ago(90))
    assert table(relcli) == {"Paper": "prospect"}

    relcli.ok("bought", "Paper", "50", "--at", ago(20))

    assert "first-time → satisfied needs an answer" in relcli.ok("scorecard Paper").out
    assert "first purchase on 1 Nov (t_2)" in relcli.ok("scorecard Paper").out


def test_a_refund_alone_is_no_transaction(relcli: Any) -> None:
    relcli.ok("contact add Ana")
    relcli.ok("import transactions -", stdin=f"contact,at,kind,amount\nAna,{ago(20)},refund,5\n")

    assert table(relcli) == {"Ana": ""}
