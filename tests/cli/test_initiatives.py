"""`relcli initiative`: who comes in and who never does, what is refused, and what is said to have come of it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from relcli.domain.initiative import WHOLE, drawn

pytestmark = pytest.mark.usefixtures("book_location")
BEGUN, ENDED = "2026-06-01", "2026-09-30"
PEOPLE = 16


@pytest.fixture(autouse=True)
def known(relcli: Any, book_location: str) -> None:
    """Sixteen customers, each seen in May."""
    relcli.ok(
        "import",
        "contacts",
        "-",
        stdin="name,email,roles\n" + "".join(f"Pim {i:02},p{i}@example.org,customer\n" for i in range(PEOPLE)),
    )
    touches(relcli, {i: ["2026-05-04"] for i in range(PEOPLE)})


def touches(relcli: Any, days: dict[int, list[str]], direction: str = "in", purpose: str = "") -> None:
    lines = [
        f"{day},p{i}@example.org,email,{direction},{direction} {day},{purpose}\n" for i, them in days.items() for day in them
    ]
    relcli.ok("import", "interactions", "-", stdin="at,contact,channel,direction,summary,purpose\n" + "".join(lines))


def start(relcli: Any, outcome: str = "signs", *more: str) -> Any:
    words = ("--hypothesis", "a call brings them back", "--outcome", outcome, "--from", BEGUN, "--now", BEGUN)
    return relcli.ok("initiative", "start", "Calls", *words, *more)


def enroll(relcli: Any, *more: str) -> list[dict[str, Any]]:
    words = more or ("--role", "customer", "--holdout", "0.5")
    found = json.loads(relcli.ok("initiative", "enroll", "calls", *words, "-f", "json", "--now", BEGUN).out)
    return list(found["enrolments"])


def results(relcli: Any, *more: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(relcli.ok("initiative", "results", "calls", "-f", "json", "--now", ENDED, *more).out)
    return found


def sides(enrolments: list[dict[str, Any]]) -> tuple[set[str], set[str]]:
    return tuple({e["contact_name"] for e in enrolments if e["group"] == group} for group in ("enrolled", "comparison"))  # type: ignore[return-value]  # two


def place(name: str) -> int:
    return int(name.split()[1])


# --- start --------------------------------------------------------------------------------------------------------------------


def test_it_says_what_begins_and_what_comes_next(relcli: Any) -> None:
    outcome = start(relcli, "signs", "--until", "2026-12-31", "--cost", "120")
    assert outcome.out == ""
    assert outcome.err == (
        'started "Calls" (signs) from 1 June 2026 until 31 December 2026 (batch 3)\n'
        'now: relcli initiative enroll "Calls" --role customer --holdout 0.5\n'
    )
    [one] = json.loads(relcli.ok("initiative list -f json").out)["initiatives"]
    assert one == {
        "name": "Calls", "hypothesis": "a call brings them back", "outcome": "signs", "from": "2026-06-01", "until": "2026-12-31",
        "stopped": None, "cost": "120.00", "currency": one["currency"], "state": "open", "enrolled": 0, "comparison": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--outcome", "love"], 2, "choose one of: health, signs, sales, rhythm"),
        (["--outcome", "signs", "--until", "2026-05-31"], 2, "--until 2026-05-31 is before --from 2026-06-01"),
        (["--outcome", "signs", "--cost", "-40"], 2, "less than nothing"),
        (["--outcome", "signs", "--cost", "much"], 2, "not an amount"),
        (["--outcome", "signs", "--hypothesis", "  "], 2, "the hypothesis is empty"),
        (["--outcome", "signs", "--from", "soonish"], 2, "soonish"),
    ],
)
def test_what_cannot_be_meant_is_a_sentence_and_nothing_is_written(relcli: Any, words: list[str], code: int, said: str) -> None:
    before = relcli.ok("book history -f json").out
    ran = relcli("initiative", "start", "Calls", "--hypothesis", "x", "--from", BEGUN, *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert relcli.ok("book history -f json").out == before


def test_a_name_is_given_once_however_it_is_spelt(relcli: Any) -> None:
    start(relcli)
    ran = relcli("initiative start CALLS --hypothesis x --outcome health")
    assert (ran.code, ran.out) == (4, "")
    assert 'there is an initiative "Calls" already, from 1 June 2026 on' in ran.err


def test_a_cost_that_is_no_amount_is_told_how_to_write_it_once(relcli: Any) -> None:
    ran = relcli("initiative start Calls --hypothesis x --outcome health --cost abc")
    assert ran.code == 2
    assert ran.err == 'relcli: --cost: "abc" is not an amount: write 12.50, or "12.50 EUR"\n'


@pytest.mark.parametrize("command", ["enroll {} p1@example.org", "list {}", "stop {}"])
def test_a_part_of_the_name_is_enough_where_it_is_of_one_only(relcli: Any, command: str) -> None:
    for name in ("Winter letters", "Spring letters", "Winter walks", "Letters"):
        relcli.ok("initiative", "start", name, "--hypothesis", "x", "--outcome", "health", "--from", BEGUN, "--now", BEGUN)

    assert relcli(f"initiative {command.format('LETTERS')} --now {BEGUN}").code == 0  # a whole name comes first
    relcli.ok(f"initiative {command.format('spring')} --now {BEGUN}")
    several = relcli(f"initiative {command.format('winter')} --now {BEGUN}")
    assert (several.code, several.out) == (4, "")
    assert several.err.splitlines() == [
        'relcli: "winter" is part of the names of 2 initiatives: say which',
        "        Winter letters · Winter walks",
    ]
    for name in ("Wintr", "w"):
        none = relcli(f"initiative {command.format(name)} --now {BEGUN}")
        assert none.code == 3
        assert "there are: Winter letters · Spring letters" in none.err


def test_a_dry_run_writes_nothing(relcli: Any) -> None:
    assert "would have started" in start(relcli, "signs", "--dry-run").err
    assert json.loads(relcli.ok("initiative list -f json").out)["initiatives"] == []
    assert "no initiative yet" in relcli.ok("initiative list").err


# --- enroll -------------------------------------------------------------------------------------------------------------------


def test_a_lot_parts_them_and_can_be_drawn_again_from_what_is_written(relcli: Any) -> None:
    start(relcli)
    rows = enroll(relcli, "--role", "customer", "--holdout", "0.25")
    mine, others = sides(rows)
    assert (len(mine), len(others)) == (12, 4)
    assert {(row["seed"], row["share"]) for row in rows} == {(rows[0]["seed"], "0.25")}
    again = drawn({row["contact"]: row["stratum"] for row in rows}, WHOLE // 4, rows[0]["seed"])
    assert again == {row["contact"] for row in rows if row["group"] == "comparison"}
    listed = list(csv.DictReader(io.StringIO(relcli.ok("initiative list calls -f csv").out)))
    assert sides(listed) == (mine, others)


def test_who_takes_a_draw_back_and_draws_again_gets_the_same_one(relcli: Any) -> None:
    start(relcli)
    first = enroll(relcli)
    relcli.ok("book undo")
    assert json.loads(relcli.ok("initiative list calls -f json").out)["enrolments"] == []
    assert sides(enroll(relcli)) == sides(first)


def test_it_answers_how_many_came_into_which_group(relcli: Any) -> None:
    start(relcli)
    outcome = relcli.ok("initiative", "enroll", "calls", "--role", "customer", "--holdout", "0.5", "--now", BEGUN)
    assert outcome.out == ""
    assert outcome.err == (
        'enrolled 8 in "Calls", 8 left alone by lot (batch 4)\nwho is in which group: relcli initiative list "Calls"\n'
    )


@pytest.mark.parametrize(
    ("before", "why"),
    [
        ("preference set p3@example.org --do-not-contact --stated 'leave me be'", "leave me be"),
        ("preference set p3@example.org --closeness none --stated 'only the bread'", "only the bread"),
        ("log p3@example.org 'a crease' --channel phone --complaint --at 2026-05-30", "a complaint of Pim 03 is open"),
        ("promise add p3@example.org 'the prints' --by 2026-05-20 --at 2026-05-01", "we owe Pim 03 something"),
        ("later p3@example.org --until 2026-07-10 --because 'moving house'", "put off until 10 July 2026: moving house"),
        ("preference set p3@example.org --do-not-contact-by email --stated 'no mail'", "no mail"),
    ],
)
def test_who_may_not_be_contacted_is_in_neither_group_and_listed_with_the_reason(relcli: Any, before: str, why: str) -> None:
    start(relcli)
    relcli.ok(f"{before} --now {BEGUN}")
    ran = relcli.ok("initiative", "enroll", "calls", "--role", "customer", "--holdout", "0.5", "-f", "json", "--now", BEGUN)
    found = json.loads(ran.out)
    assert [one["name"] for one in found["left"]] == ["Pim 03"]
    assert why in found["left"][0]["why"]
    assert why in ran.err
    assert ", 1 not (batch" in ran.err
    assert len(found["enrolments"]) == PEOPLE - 1
    assert "Pim 03" not in {one["contact_name"] for one in found["enrolments"]}


def test_hours_that_pass_keep_nobody_out(relcli: Any) -> None:
    start(relcli)
    relcli.ok(f"preference set p3@example.org --hours 20-21 --stated 'evenings' --now {BEGUN}")
    assert len(enroll(relcli)) == PEOPLE


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["calls"], 2, "it is not said whom to enrol"),
        (["walks", "p1@example.org"], 3, "there are: Calls"),
        (["calls", "--role", "customer", "--holdout", "1.5"], 2, "not between 0 and 1"),
        (["calls", "--role", "customer", "--holdout", "-0.1"], 2, "not between 0 and 1"),
        (["calls", "--role", "customer", "--holdout", "half"], 2, "not a share"),
        (["calls", "--role", "customer", "--holdout", "0"], 2, "leaves a group empty: nobody would be left alone"),
        (["calls", "--role", "customer", "--holdout", "1"], 2, "leaves a group empty: nobody would be enrolled"),
        (["calls", "p1@example.org", "--holdout", "0.5"], 2, "leaves a group empty: 1 person may be enrolled"),
        (["calls", "--role", "supplier"], 3, 'nobody has the role "supplier"'),
        (["calls", "--role", "custmer"], 3, 'nobody has the role "custmer"'),
        (["calls", "--tag", "nothing"], 3, 'nobody has the tag "nothing"'),
        (["calls", "p1@example.org", "nobody-here"], 3, "nobody-here"),
    ],
)
def test_an_enrolment_that_cannot_be_meant_writes_nothing(relcli: Any, words: list[str], code: int, said: str) -> None:
    start(relcli)
    before = relcli.ok("book history -f json").out
    ran = relcli("initiative", "enroll", *words, "--now", BEGUN)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert relcli.ok("book history -f json").out == before


def test_the_same_group_again_is_in_it_already(relcli: Any) -> None:
    start(relcli)
    enroll(relcli)
    ran = relcli("initiative", "enroll", "calls", "--role", "customer", "--now", BEGUN)
    assert ran.code == 4
    assert ran.err.splitlines() == [
        'relcli: all 16 are in "Calls" already',
        '        who is in it: relcli initiative list "Calls"',
    ]


def test_who_wants_no_contact_is_refused_and_the_wish_said(relcli: Any) -> None:
    start(relcli)
    for i in (3, 4):
        relcli.ok(f"preference set p{i}@example.org --do-not-contact --stated 'leave me be' --now {BEGUN}")
    ran = relcli("initiative", "enroll", "calls", "p3@example.org", "--now", BEGUN)
    assert (ran.code, ran.out) == (5, "")
    assert 'Pim 03 cannot be in "Calls"' in ran.err
    assert "leave me be" in ran.err

    enroll(relcli, *(f"p{i}@example.org" for i in range(PEOPLE) if i not in (3, 4)))
    ran = relcli("initiative", "enroll", "calls", "--role", "customer", "--now", BEGUN)
    assert ran.code == 5
    assert 'nobody more can be in "Calls": 14 are in it already, 2 cannot come in now' in ran.err
    assert "Pim 03: " in ran.err


def test_nobody_is_enrolled_twice(relcli: Any) -> None:
    start(relcli)
    enroll(relcli, "p1@example.org")
    ran = relcli("initiative", "enroll", "calls", "p2@example.org", "p1@example.org", "--now", BEGUN)
    assert (ran.code, ran.out) == (4, "")
    assert "Pim 01 is in it since 1 June 2026" in ran.err
    assert len(enroll(relcli)) == PEOPLE - 1  # by role those who are in it are passed over, and listed
    ran = relcli("initiative", "enroll", "calls", "--role", "customer", "--now", BEGUN)
    assert ran.code == 4
    assert len(json.loads(relcli.ok("initiative list calls -f json").out)["enrolments"]) == PEOPLE


def test_nobody_comes_in_after_it_was_stopped_or_its_last_day_has_passed(relcli: Any) -> None:
    start(relcli, "signs", "--until", "2026-06-30")
    ran = relcli("initiative", "enroll", "calls", "p1@example.org", "--now", "2026-07-01")
    assert (ran.code, '"Calls" ended on 30 June 2026' in ran.err) == (4, True)
    assert relcli.ok("initiative", "stop", "calls", "--now", "2026-06-10").err == 'stopped "Calls" (batch 4)\n'
    ran = relcli("initiative", "enroll", "calls", "p1@example.org", "--now", "2026-06-10")
    assert (ran.code, '"Calls" was stopped on 10 June 2026' in ran.err) == (4, True)
    ran = relcli("initiative", "stop", "calls", "--now", "2026-06-11")
    assert (ran.code, "was stopped on 10 June 2026" in ran.err) == (4, True)


def test_what_has_not_begun_cannot_be_stopped(relcli: Any) -> None:
    start(relcli)
    ran = relcli("initiative", "stop", "calls", "--now", "2026-05-31")
    assert (ran.code, "begins on 1 June 2026: there is nothing to stop yet" in ran.err) == (2, True)


# --- undo, merge, forget --------------------------------------------------------------------------------------------------------


def test_every_step_can_be_taken_back_but_not_the_start_while_somebody_is_in_it(relcli: Any) -> None:
    start(relcli)
    enroll(relcli)
    relcli.ok("initiative", "stop", "calls", "--now", "2026-06-10")
    ran = relcli("book undo 3")
    assert ran.code == 4
    for state in ("open", "open"):
        relcli.ok("book undo")
        [one] = json.loads(relcli.ok("initiative", "list", "-f", "json", "--now", BEGUN).out)["initiatives"]
        assert one["state"] == state
    relcli.ok("book undo 3")
    assert json.loads(relcli.ok("initiative list -f json").out)["initiatives"] == []


def test_a_start_is_not_undone_under_those_who_are_in_it(relcli: Any) -> None:
    start(relcli)
    enroll(relcli)
    ran = relcli("book undo 3")
    assert (ran.code, "batch 4 changed the same records" in ran.err) == (4, True)


def test_two_who_are_one_are_in_it_once(relcli: Any) -> None:
    start(relcli)
    mine, others = (sorted(side) for side in sides(enroll(relcli)))
    relcli.ok("contact", "merge", mine[0], mine[1], "--yes")
    relcli.ok("contact", "merge", others[0], mine[2], "--yes")
    now = {row["contact_name"]: row for row in json.loads(relcli.ok("initiative list calls -f json").out)["enrolments"]}
    assert len(now) == PEOPLE - 2
    assert (now[mine[0]]["group"], now[mine[0]]["share"]) == ("enrolled", "0.5")
    assert (now[others[0]]["group"], now[others[0]]["seed"]) == ("enrolled", None)  # meant by it, and by no lot
    relcli.ok("book undo")
    again = {
        row["contact_name"]: row["group"] for row in json.loads(relcli.ok("initiative list calls -f json").out)["enrolments"]
    }
    assert (again[others[0]], again[mine[2]]) == ("comparison", "enrolled")


def test_who_is_forgotten_is_in_no_initiative_and_one_that_names_them_is_pointed_out(relcli: Any) -> None:
    relcli.ok("initiative", "start", "Calls", "--hypothesis", "Pim 01 comes back", "--outcome", "signs", "--from", BEGUN)
    enroll(relcli)
    assert 'the initiative "Calls"' in relcli.ok("contact", "forget", "Pim 01", "--dry-run").out
    relcli.ok("contact", "forget", "Pim 01", "--yes")
    assert "Pim 01" not in relcli.ok("initiative list calls -f csv").out
    assert len(json.loads(relcli.ok("initiative list calls -f json").out)["enrolments"]) == PEOPLE - 1


# --- results --------------------------------------------------------------------------------------------------------------------


def test_who_came_back_of_each_group_and_how_sure_that_is(relcli: Any) -> None:
    start(relcli, "signs", "--cost", "120")
    mine, others = sides(enroll(relcli))
    touches(relcli, {place(name): ["2026-07-01"] for name in (*mine, *sorted(others)[:1])})
    found = results(relcli)
    assert [(g["n"], g["before"], g["after"]) for g in found["groups"]] == [(8, 1.0, 1.0), (8, 1.0, 0.125)]
    assert found["verdict"] == "proven"
    assert found["effect"]["value"] == pytest.approx(0.875)
    assert found["effect"]["low"] > 0.3
    assert found["difference_in_differences"]["value"] == pytest.approx(0.875)
    assert found["cost_per_point"] == pytest.approx(120 / (0.875 * 8), abs=1e-4)
    assert found["window"] == ["2026-06-01", "2026-09-30"]
    assert found["earlier"] == ["2026-01-30", "2026-05-31"]
    assert found["sentence"].startswith("88 more of 100 came back, plausibly between ")
    assert found["sentence"].endswith(": proven")
    assert {(p["name"], p["after"]) for p in found["people"]} == {
        (name, 1.0 if name in mine or name == min(others) else 0.0) for name in mine | others
    }


def test_what_is_no_proof_is_called_none(relcli: Any) -> None:
    start(relcli)
    mine, others = (sorted(side) for side in sides(enroll(relcli)))
    touches(relcli, {place(name): ["2026-07-01"] for name in (*mine[:5], *others[:4])})
    out = relcli.ok("initiative", "results", "calls", "--now", ENDED).out
    assert "12 more of 100 came back, plausibly between " in out
    assert "fewer and" in out
    assert "more: not proven" in out
    assert "as of 30 Sep 2026" in out
    assert "difference in differences" in out


def test_below_four_in_a_group_there_is_no_figure(relcli: Any) -> None:
    start(relcli)
    enroll(relcli, *(f"p{i}@example.org" for i in range(6)), "--holdout", "0.5")
    touches(relcli, {1: ["2026-07-01"]})
    found = results(relcli)
    assert (found["verdict"], found["effect"], found["difference_in_differences"]) == ("too-few", None, None)
    assert found["sentence"] == "too few to tell: 3 enrolled and 3 left alone, and it takes 4 of each whose outcome is known"


def test_without_a_lot_it_is_no_proof_and_regression_to_the_mean_is_named(relcli: Any) -> None:
    start(relcli)
    enroll(relcli, "--role", "customer")
    touches(relcli, {i: ["2026-07-01"] for i in range(4)})
    found = results(relcli)
    assert (found["verdict"], found["effect"]) == ("before-after", None)
    assert found["sentence"] == "before/after, not proof: % came back went from 100 to 25, of 16 people"
    assert "regression to the mean" in found["notes"][0]


def test_where_all_fare_alike_nothing_shows_what_chance_would_do(relcli: Any) -> None:
    start(relcli)
    enroll(relcli)
    touches(relcli, {i: ["2026-07-01"] for i in range(PEOPLE)})
    found = results(relcli)
    assert (found["verdict"], found["effect"]["low"]) == ("alike", None)
    assert "nobody differs from the others of their group" in found["sentence"]


def test_where_all_of_one_group_came_and_none_of_the_other_it_is_proven(relcli: Any) -> None:
    start(relcli)
    mine, _ = sides(enroll(relcli))
    touches(relcli, {place(name): ["2026-07-01"] for name in mine})
    found = results(relcli)
    assert (found["verdict"], found["effect"]["value"]) == ("proven", 1.0)
    assert (found["effect"]["low"], found["effect"]["high"]) == (None, None)
    assert found["sentence"] == (
        "100 more of 100 came back: proven, for chance would hardly part them so (how wide the range is does not show, where all of a group fare alike)"
    )


def test_who_works_for_somebody_in_it_counts_with_them_and_is_in_neither_group(relcli: Any) -> None:
    start(relcli)
    relcli.ok("contact add House --kind organisation --role customer")
    relcli.ok("contact edit p0@example.org --works-for House")
    relcli.ok("contact edit p1@example.org --works-for House")
    ran = relcli.ok(f"initiative enroll calls --role customer --holdout 0.5 --now {BEGUN}")
    inside = {e["contact_name"] for e in json.loads(relcli.ok("initiative list calls -f json").out)["enrolments"]}
    assert "House" in inside
    assert not inside & {"Pim 00", "Pim 01"}
    assert "counts with House, where they work" in ran.err


def test_a_colleague_of_somebody_in_it_stays_out_where_the_organisation_is_in_it_too(relcli: Any) -> None:
    start(relcli)
    relcli.ok("contact add House --kind organisation --role customer")
    enroll(relcli, "House", "p0@example.org")
    for person in ("p0", "p1"):
        relcli.ok(f"contact edit {person}@example.org --works-for House")
    ran = relcli("initiative", "enroll", "calls", "p1@example.org", "--now", BEGUN)
    assert (ran.code, ran.out) == (5, "")
    assert "counts with House, where they work" in ran.err


def test_an_organisation_is_left_out_where_somebody_of_theirs_is_in_it(relcli: Any) -> None:
    start(relcli)
    relcli.ok("contact add House --kind organisation --role customer")
    relcli.ok("contact edit p0@example.org --works-for House")
    enroll(relcli, "p0@example.org")
    ran = relcli("initiative", "enroll", "calls", "House", "--now", BEGUN)
    assert (ran.code, ran.out) == (5, "")
    assert "counts with Pim 00, who works there" in ran.err


def test_a_later_lot_leaves_the_same_share_alone(relcli: Any) -> None:
    start(relcli)
    enroll(relcli, *(f"p{i}@example.org" for i in range(8)), "--holdout", "0.25")
    before = relcli.ok("book history -f json").out
    rest = [f"p{i}@example.org" for i in range(8, PEOPLE)]
    ran = relcli("initiative", "enroll", "calls", *rest, "--holdout", "0.5", "--now", BEGUN)
    assert (ran.code, ran.out) == (2, "")
    assert 'the lot of "Calls" leaves a share of 0.25 alone' in ran.err
    assert relcli.ok("book history -f json").out == before
    enroll(relcli, *rest, "--holdout", "0.25")


def test_it_is_said_who_is_in_another_one_that_is_going_on(relcli: Any) -> None:
    start(relcli)
    enroll(relcli, "p0@example.org")
    relcli.ok(f"initiative start Letters --hypothesis x --outcome health --now {BEGUN}")
    told = relcli.ok(f"initiative enroll Letters p0@example.org p1@example.org --now {BEGUN}").err
    assert 'in "Calls" too, which is going on: Pim 00' in told
    relcli.ok("initiative stop Calls --now 2026-07-01")
    assert "too, which" not in relcli.ok("initiative enroll Letters p2@example.org --now 2026-07-02").err


def test_a_lot_after_the_beginning_is_remarked_on(relcli: Any) -> None:
    start(relcli)
    told = relcli.ok("initiative enroll calls --role customer --holdout 0.5 --now 2026-06-11").err
    assert "it began on 1 June 2026: the days since then count as after" in told


def test_one_that_is_over_already_does_not_ask_for_people(relcli: Any) -> None:
    told = start(relcli, "signs", "--until", "2026-07-31", "--now", "2026-09-01").err
    assert "nobody can come in" in told
    assert "enroll" not in told


def test_a_name_that_a_shell_would_run_is_quoted_in_what_is_suggested(relcli: Any) -> None:
    told = relcli.ok("initiative", "start", "Calls `id` $x", "--hypothesis", "x", "--outcome", "signs").err
    assert "relcli initiative enroll 'Calls `id` $x' --role" in told


def test_terms_are_measured_with_all_that_we_did(relcli: Any) -> None:
    for i in range(PEOPLE):
        relcli.ok("preference", "set", f"p{i}@example.org", "--cadence", "4w", "--stated", "once a month", "--at", "2026-05-01")
    start(relcli, "terms")
    mine, _ = sides(enroll(relcli))
    touches(relcli, {place(name): ["2026-06-02", "2026-06-30", "2026-07-28", "2026-08-25", "2026-09-22"] for name in mine}, "out")
    found = results(relcli)
    after = {p["name"]: p["after"] for p in found["people"]}
    assert all(after[name] > 80 for name in mine)
    assert all(figure is None or figure < 50 for name, figure in after.items() if name not in mine)


def test_sales_that_count_for_nobody_do_not_choose_the_currency(relcli: Any) -> None:
    relcli.ok("contact add House --kind organisation --role customer")
    relcli.ok("contact add Former --works-for House --now 2025-01-01")
    relcli.ok("contact edit Former --no-works-for --now 2026-01-05")
    start(relcli, "sales")
    names = [f"p{i}@example.org" for i in range(PEOPLE)] + ["House"]
    enroll(relcli, *names, "--holdout", "0.5")
    lines = [f"House,2026-07-{day:02},100 EUR,sale\n" for day in (1, 9)]
    lines += [f"Former,2026-07-{day:02},1 USD,sale\n" for day in range(1, 20)]
    relcli.ok("import", "transactions", "-", stdin="contact,at,amount,kind\n" + "".join(lines))
    found = results(relcli)
    assert (found["unit"], found["other_currencies"]) == ("EUR", [])
    assert {p["after"] for p in found["people"] if p["name"] == "House"} == {200.0}


def test_the_currency_is_that_of_most_days_not_of_most_records(relcli: Any) -> None:
    start(relcli, "sales")
    enroll(relcli)
    lines = ["p0@example.org,2026-07-01,1 USD,sale\n"] * 5 + [f"p1@example.org,2026-07-0{n},100 EUR,sale\n" for n in (1, 2)]
    relcli.ok("import", "transactions", "-", stdin="contact,at,amount,kind\n" + "".join(lines))
    assert results(relcli)["unit"] == "EUR"


def test_who_came_in_without_a_lot_is_shown_and_in_no_figure(relcli: Any) -> None:
    start(relcli)
    enroll(relcli, "p0@example.org")
    enroll(relcli)
    touches(relcli, {i: ["2026-07-01"] for i in range(8)})
    found = results(relcli)
    assert sum(g["n"] for g in found["groups"]) == PEOPLE - 1
    assert [p["name"] for p in found["people"] if not p["counted"]] == ["Pim 00"]
    assert "1 enrolled without a lot, and so not in the figure" in found["notes"]


def test_what_happens_after_its_end_changes_nothing(relcli: Any) -> None:
    start(relcli, "signs", "--until", "2026-07-31")
    mine, _ = sides(enroll(relcli))
    touches(relcli, {place(name): ["2026-07-01"] for name in sorted(mine)[:4]})
    first = results(relcli)
    touches(relcli, {i: ["2026-08-01"] for i in range(PEOPLE)})
    assert results(relcli) == first
    assert first["window"] == ["2026-06-01", "2026-07-31"]


def test_sales_are_reckoned_in_one_currency_and_others_are_listed(relcli: Any) -> None:
    start(relcli, "sales", "--cost", "50 EUR")
    mine, others = (sorted(side) for side in sides(enroll(relcli)))
    lines = [f"{name},2026-07-0{1 + i % 9},{30 + i} EUR,sale\n" for i, name in enumerate(mine)]
    lines += [f"{name},2026-07-01,{10 + i} EUR,sale\n" for i, name in enumerate(others)]
    lines += [
        f"{mine[0]},2026-07-02,5 EUR,refund\n",
        f"{mine[1]},2026-07-02,7 USD,sale\n",
        f"{others[0]},2026-04-02,4 EUR,sale\n",
    ]
    relcli.ok("import", "transactions", "-", stdin="contact,at,amount,kind\n" + "".join(lines))
    found = results(relcli)
    people = {p["name"]: (p["before"], p["after"]) for p in found["people"]}
    assert (people[mine[0]], people[mine[1]], people[others[0]]) == ((0.0, 25.0), (0.0, 31.0), (4.0, 10.0))
    assert found["unit"] == "EUR"
    assert found["other_currencies"] == [{"amount": "7.00", "currency": "USD"}]
    assert "not in it, and never added: 7.00 USD" in found["notes"]
    assert "EUR more a person bought" in found["sentence"]
    assert found["verdict"] == "proven"
    assert found["cost_per_point"] == pytest.approx(50 / (8 * found["effect"]["value"]), abs=1e-3)


def test_health_does_not_count_what_we_prompted_in_either_group(relcli: Any) -> None:
    monthly = [f"2026-0{m}-11" for m in range(1, 6)]
    touches(relcli, dict.fromkeys(range(PEOPLE), monthly))
    touches(relcli, {i: [f"2026-0{m}-12" for m in range(1, 6)] for i in range(PEOPLE)}, "out")
    start(relcli, "health")
    mine, _ = sides(enroll(relcli))
    touches(relcli, {i: ["2026-06-14", "2026-07-15"] for i in range(PEOPLE)})
    plain = {p["name"]: p["after"] for p in results(relcli)["people"]}
    assert None not in plain.values()
    called = {place(name): ["2026-08-20"] for name in mine}
    touches(relcli, called, "out", "marketing")
    touches(relcli, {i: ["2026-08-22"] for i in called})  # an answer to it
    found = results(relcli)
    assert {p["name"]: p["after"] for p in found["people"]} == plain
    assert "neither our outreaches count nor the answers to them" in " ".join(found["notes"])
    touches(relcli, {i: ["2026-09-22"] for i in called})  # and this they began themselves
    risen = {p["name"]: p["after"] - plain[p["name"]] for p in results(relcli)["people"]}
    # The others rise a little, for the whole book is taken to be livelier.
    assert min(risen[name] for name in mine) > 1.5 * max(rise for name, rise in risen.items() if name not in mine) > 0


def test_a_component_can_be_the_outcome_and_who_has_none_is_left_out_and_counted(relcli: Any) -> None:
    start(relcli, "voice")
    mine, others = (sorted(side) for side in sides(enroll(relcli)))
    for i, name in enumerate([*mine[:6], *others[:6]]):
        for at, value in (("2026-05-20", 5), ("2026-07-01", 9 if name in mine else 4 + i % 3)):
            relcli.ok("survey", "record", "pulse", name, "--answer", f"recommend={value - i % 2}", "--at", at)
    found = results(relcli)
    assert [g["n"] for g in found["groups"]] == [6, 6]
    assert found["verdict"] == "proven"
    assert "4 people left out: the outcome before or after is unknown" in found["notes"]


@pytest.mark.parametrize(
    ("prepared", "now", "said"),
    [
        (False, ENDED, 'nobody is in "Calls"'),
        (True, "2026-05-31", "begins on 1 June 2026: there is nothing to measure yet"),
        (True, ENDED, 'nothing was recorded from 1 June 2026 to 30 September 2026 of anybody in "Calls"'),
    ],
)
def test_where_there_is_nothing_to_measure_a_sentence_says_so(relcli: Any, prepared: bool, now: str, said: str) -> None:
    start(relcli)
    if prepared:
        enroll(relcli)
    ran = relcli("initiative", "results", "calls", "--now", now)
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.err


@pytest.mark.parametrize("form", ["text", "md", "html", "csv", "tsv", "jsonl", "ids"])
def test_results_come_in_every_format_and_rows_have_everybody(relcli: Any, form: str) -> None:
    start(relcli)
    enroll(relcli)
    touches(relcli, {i: ["2026-07-01"] for i in range(5)})
    out = relcli.ok("initiative", "results", "calls", "--now", ENDED, "-f", form).out
    if form in ("text", "md", "html"):
        assert "came back" in out
        assert out.count("Pim ") == PEOPLE  # not one less for the sake of a line about one
    else:
        assert len(out.splitlines()) == PEOPLE + (form in ("csv", "tsv"))
    if form == "csv":
        assert out.splitlines()[0] == "id,name,group,drawn,since,before,after,change,counted"


def test_a_terminal_shows_bars(relcli: Any) -> None:
    start(relcli)
    mine, _ = sides(enroll(relcli))
    touches(relcli, {place(name): ["2026-07-01"] for name in sorted(mine)[:4]})
    out = relcli.ok("initiative", "results", "calls", "--now", ENDED, "--color", "always").out
    assert out.count("█" * 10) == 2  # all of both groups came in May
    assert out.count("█████░░░░░") == 1  # half of one of them since June


def test_names_are_completed(relcli: Any, book_location: str) -> None:
    if "://" in book_location:
        pytest.skip("completion reads files alone")
    start(relcli)
    from relcli.cli.complete import initiatives

    class Context:
        params = {"book": book_location}  # noqa: RUF012  # read only

        def find_root(self) -> Context:
            return self

    assert initiatives(Context()) == ["Calls"]  # type: ignore[arg-type]  # all it asks


def test_results_of_the_first_few_say_how_the_rest_is_shown(relcli: Any) -> None:
    start(relcli)
    enroll(relcli)
    touches(relcli, {0: ["2026-07-01"]})
    out = relcli.ok("initiative", "results", "calls", "--now", ENDED, "--top", "15").out
    assert out.endswith("… and 1 more: --top 16 shows them\n")


def test_results_name_their_columns_and_say_unknown_where_the_change_would_stand(relcli: Any) -> None:
    start(relcli, "terms")
    enroll(relcli)
    touches(relcli, {0: ["2026-07-01"]})
    out = relcli.ok("initiative", "results", "calls", "--now", ENDED).out
    assert "who     group       before  after   change\n" in out
    assert "unknown\n" in out
