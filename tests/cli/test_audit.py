"""`relcli audit`: five questions answered by counting, recounted here from the tables in plain SQL."""

from __future__ import annotations

import csv
import io
import json
import shlex
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

NAMES = ["metric", "relationships", "terms", "plan", "value"]
TODAY = 20778  # 2026-11-21, in days since 1970-01-01
# Whose record it is: their own, and of those who work for them (in the demo all do so since ever).
WHO = "who AS (SELECT id AS contact, id AS actor FROM contact UNION SELECT organisation_id, person_id FROM works_for)"
SIGNS = f"""{WHO}, signs AS (
    SELECT contact, day FROM who JOIN interaction_contact p ON p.contact_id = actor WHERE direction <> 'out'
    UNION SELECT contact, day FROM who JOIN "transaction" t ON t.contact_id = actor WHERE kind IN ('sale', 'purchase')
    UNION SELECT contact, day FROM who JOIN response r ON r.contact_id = actor
    UNION SELECT contact, closed_day FROM who JOIN promise p ON p.contact_id = actor WHERE owed_by = 'them' AND how = 'kept'
    UNION SELECT contact, day FROM who JOIN referral r ON r.from_id = actor WHERE day IS NOT NULL AND r.whom_id <> contact)"""
OURS = "ours AS (SELECT contact, day FROM who JOIN interaction_contact p ON p.contact_id = actor WHERE direction <> 'in')"
TRADE = """trade AS (
    SELECT contact, day FROM who JOIN "transaction" t ON t.contact_id = actor WHERE kind IN ('sale', 'purchase'))"""
LATELY = f"SELECT contact FROM {{}} WHERE day >= {TODAY - 365}"
HERE = "c.archived_day IS NULL"
HOLDS = f"day <= {TODAY} AND (until_day IS NULL OR until_day >= {TODAY})"


def audit(relcli: Any) -> dict[str, Any]:
    """The answers by their keys, and the rest of the document."""
    found = json.loads(relcli.ok("audit -f json").out)
    return {**found, **{one["key"]: one for one in found["questions"]}}


@pytest.fixture
def demo(relcli: Any, place: Path) -> Any:
    relcli.ok("--book", str(place / "book.db"), "demo")
    return relcli


@pytest.fixture
def ask(place: Path) -> Any:
    """The first column of a plain SQL statement on the book's file."""

    def answer(statement: str) -> list[Any]:
        connection = sqlite3.connect(place / "book.db")
        try:
            return [row[0] for row in connection.execute(statement)]
        finally:
            connection.close()

    return answer


@pytest.fixture
def related(demo: Any, ask: Any) -> set[str]:
    """The ids of relationships: a sign and a touch of ours, or trade, within a year (no gap here is so long that it needs more)."""
    both = f"c.id IN ({LATELY.format('signs')}) AND c.id IN ({LATELY.format('ours')})"
    traded = f"c.id IN ({LATELY.format('trade')})"
    return set(ask(f"WITH {SIGNS}, {OURS}, {TRADE} SELECT code FROM contact c WHERE {HERE} AND (({both}) OR {traded})"))


# --- the demo, recounted ------------------------------------------------------------------------------------------------


def test_all_five_are_answered_with_a_count_a_percentage_and_a_command(demo: Any) -> None:
    found = audit(demo)

    assert [one["key"] for one in found["questions"]] == NAMES
    for one in found["questions"]:
        assert 0 < one["yes"] < one["of"]
        assert one["percent"] == pytest.approx(100 * one["yes"] / one["of"], abs=0.01)
        assert f"{one['yes']} of {one['of']}" in one["answer"]
        assert one["missing"]
        assert one["command"].startswith("relcli ")


def test_the_metric_is_known_of_those_with_signs_enough(demo: Any, ask: Any) -> None:
    barred = f"SELECT contact_id FROM preference WHERE kind = 'do-not-contact' AND {HOLDS}"
    spared = f"SELECT contact_id FROM preference WHERE value = 'none' AND {HOLDS}"  # whose silence is no sign of anything
    days = ask(
        f"WITH {SIGNS} SELECT count(DISTINCT day) FROM contact c LEFT JOIN signs ON signs.contact = c.id"
        f" WHERE {HERE} AND c.id NOT IN ({barred}) AND c.id NOT IN ({spared}) GROUP BY c.id"
    )
    [unasked] = ask(f"SELECT count(*) FROM contact c WHERE {HERE} AND c.id IN ({spared})")
    [closed] = ask(f"SELECT count(*) FROM contact c WHERE {HERE} AND c.id IN ({barred})")

    metric = audit(demo)["metric"]
    assert closed > 0
    assert (metric["of"], metric["counts"]["closed"]) == (len(days) + unasked, closed)
    assert (metric["counts"]["no_sign"], metric["counts"]["one_sign"]) == (days.count(0), days.count(1))
    assert metric["yes"] == unasked + len(days) - days.count(0) - days.count(1)


def test_relationships_are_those_in_which_both_did_something(demo: Any, ask: Any, related: set[str]) -> None:
    found = audit(demo)
    [everybody] = ask(f"SELECT count(*) FROM contact c WHERE {HERE}")
    [neither] = ask(
        f"WITH {SIGNS}, {OURS} SELECT count(*) FROM contact c WHERE {HERE} AND c.id NOT IN ({LATELY.format('signs')})"
        f" AND c.id NOT IN ({LATELY.format('ours')})"
    )

    assert {one["id"] for one in found["contacts"] if one["bond"] == "relationship"} == related
    assert (found["relationships"]["yes"], found["relationships"]["of"]) == (len(related), everybody)
    assert (found["bonds"]["data"]["contacts"], found["relationships"]["counts"]["data"]) == (neither, neither)
    assert found["bonds"]["one-sided"]["contacts"] == everybody - len(related) - neither


def test_the_terms_are_theirs_where_they_stated_a_wish_that_holds(demo: Any, ask: Any, related: set[str]) -> None:
    wished = {
        source: set(ask(f"SELECT code FROM preference JOIN contact c ON c.id = contact_id WHERE source = '{source}' AND {HOLDS}"))
        for source in ("stated", "assumed")
    }
    seen = set(
        ask(
            "SELECT code FROM contact c JOIN interaction_contact p ON p.contact_id = c.id JOIN interaction i ON i.id = interaction_id"
            " WHERE p.direction = 'in' AND channel IN ('email', 'phone', 'video', 'letter', 'sms', 'chat', 'social')"
            " GROUP BY c.id HAVING count(*) >= 3"
        )
    )
    terms = audit(demo)["terms"]

    stated, observed = related & wished["stated"], (related & seen) - wished["stated"]
    assumed = (related & wished["assumed"]) - stated - observed
    unknown = related - stated - observed - assumed
    assert (terms["yes"], terms["of"]) == (len(stated), len(related))
    assert list(terms["counts"].values()) == [len(stated), len(observed), len(assumed), len(unknown)]
    assert min(len(stated), len(observed), len(unknown)) > 3


def test_plans_are_counted_and_set_beside_those_worth_growing(demo: Any, ask: Any) -> None:
    held = f"SELECT count(*) FROM plan p JOIN contact c ON c.id = p.contact_id WHERE {HERE} AND until_day IS NULL"
    plan = audit(demo)["plan"]
    report = json.loads(demo.ok("health-report -f json").out)["plans"]

    assert (plan["yes"], plan["of"]) == (report["with_plan"], report["worth_growing"])
    assert plan["missing_contacts"] == [one["id"] for one in report["without_plan"]]
    rungs = json.loads(demo.ok("health-report -f json").out)["summary"]["stage"]
    assert plan["counts"] == {
        **{stage: count for stage, count in rungs.items() if count},
        "initiatives": ask("SELECT count(*) FROM initiative WHERE stopped_day IS NULL")[0],
        "plans": ask(held)[0],
        "with_aim": ask(f"{held} AND aim <> ''")[0],
        "with_step": ask(f"{held} AND step <> ''")[0],
        "with_review": ask(f"{held} AND review_day IS NOT NULL")[0],
        "overdue": ask(f"{held} AND (due_day < {TODAY} OR review_day < {TODAY})")[0],
    }
    assert plan["counts"]["overdue"] > 0


def test_worth_growing_are_relationships_that_are_wanted_and_leave_room(demo: Any, ask: Any, related: set[str]) -> None:
    """All but the health and what the metric makes of silence comes from the raw tables; these are in the report."""
    metric = {row["id"]: row for row in csv.DictReader(io.StringIO(demo.ok("health-report -f csv").out))}
    over = {code for code, row in metric.items() if row["status"] in ("crowded", "lapsed")}
    strong = {code for code, row in metric.items() if row["health"] and float(row["health"]) >= 75}
    barred = set(
        ask(f"SELECT code FROM preference w JOIN contact c ON c.id = contact_id WHERE w.kind = 'do-not-contact' AND {HOLDS}")
    )
    apart = set(ask(f"SELECT code FROM preference w JOIN contact c ON c.id = contact_id WHERE w.kind = 'closeness'"
                    f" AND value IN ('none', 'arms-length') AND {HOLDS}"))  # fmt: skip
    jobs = dict(row.split("|") for row in ask("SELECT p.code || '|' || o.code FROM works_for w JOIN contact p ON p.id = person_id"
                                              " JOIN contact o ON o.id = organisation_id WHERE until_day IS NULL"))  # fmt: skip
    held = set(ask(f"SELECT code FROM plan p JOIN contact c ON c.id = p.contact_id WHERE {HERE} AND until_day IS NULL"))
    fit = related - barred - apart - over - strong
    fit -= {person for person, employer in jobs.items() if employer in barred}
    worth = {code for code in fit if jobs.get(code) not in fit}
    planned = held | {jobs[code] for code in held if code in jobs}
    with_plan = {code for code in worth if code in planned or jobs.get(code) in planned}

    plan = audit(demo)["plan"]
    assert (plan["yes"], plan["of"]) == (len(with_plan), len(worth))
    assert set(plan["missing_contacts"]) == worth - with_plan
    assert min(map(len, (over, strong & related, apart & related, barred, with_plan, worth - with_plan))) > 0


def test_they_value_it_where_they_said_so_within_a_year(demo: Any, ask: Any, related: set[str]) -> None:
    year = f"day > {TODAY - 365}"
    answered = related & set(ask(f"SELECT code FROM response r JOIN contact c ON c.id = r.contact_id WHERE {year}"))
    low = "SELECT code FROM answer JOIN response r ON r.id = response_id JOIN contact c ON c.id = r.contact_id WHERE value <= 6"
    value = audit(demo)["value"]

    assert (value["yes"], value["of"]) == (len(answered), len(related))
    assert len(answered) > 2
    assert value["counts"]["never_asked"] == len(related) - len(answered)
    assert value["counts"]["unhappy"] == len(answered & set(ask(low))) == 1


def test_where_the_records_came_from_adds_up_to_all_of_them(demo: Any, ask: Any) -> None:
    found = audit(demo)
    count = Counter(ask(f"SELECT code FROM contact c WHERE {HERE}"))
    for table in ("interaction_contact", '"transaction"', "promise", "preference", "circumstance", "response"):
        count.update(ask(f"SELECT code FROM {table} t JOIN contact c ON c.id = t.contact_id WHERE {HERE}"))

    assert {one["id"]: sum(one["sources"].values()) for one in found["contacts"]} == dict(count)
    records = {one["source"]: one["records"] for one in found["sources"]}
    assert records == {"demo": count.total() - records["survey"], "survey": ask("SELECT count(*) FROM response")[0]}


def test_every_command_it_names_is_one_that_runs(demo: Any, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    (place / "FILE").write_text("at,contact,channel,direction\n2026-11-01,Mira Solano,email,in\n")
    commands = [one["command"] for one in audit(demo)["questions"]]

    assert len(set(commands)) == len(NAMES)
    for command in commands:
        demo.ok(*shlex.split(command)[1:])


def test_its_own_advice_improves_the_answer(demo: Any) -> None:
    before = audit(demo)["plan"]
    demo.ok(*shlex.split(before["command"])[1:])

    assert audit(demo)["plan"]["yes"] == before["yes"] + 1


def test_the_aim_it_proposes_is_the_rung_above(demo: Any) -> None:
    stages = {row["id"]: row["stage"] for row in csv.DictReader(io.StringIO(demo.ok("health-report -f csv").out))}
    rungs = ["prospect", "first-time", "satisfied", "repeat", "loyal", "advocate"]
    seen = set()
    while (plan := audit(demo)["plan"])["missing"]:
        words = shlex.split(plan["command"])
        aim = words[words.index("--aim") + 1] if "--aim" in words else None
        stage = stages[words[3]]
        assert aim == ("loyal" if not stage else None if stage == "advocate" else rungs[rungs.index(stage) + 1])
        seen.add(stage)
        demo.ok(*words[1:])
    assert len(seen) > 2


def test_once_all_are_planned_its_advice_ends_what_is_overdue(demo: Any) -> None:
    while audit(demo)["plan"]["missing"]:
        demo.ok(*shlex.split(audit(demo)["plan"]["command"])[1:])
    overdue = audit(demo)["plan"]["counts"]["overdue"]
    assert overdue > 0
    for left in range(overdue - 1, -1, -1):
        demo.ok(*shlex.split(audit(demo)["plan"]["command"])[1:])
        assert audit(demo)["plan"]["counts"]["overdue"] == left


def test_no_letter_is_proposed_to_who_was_let_go(relcli: Any, two: None) -> None:
    for day in ("2024-01-05", "2024-02-05", "2024-03-05"):
        relcli.ok(f"log Ana hello --channel email --in --at {day}")
    assert "draft" not in audit(relcli)["relationships"]["command"]


def test_text_markdown_and_html_ask_all_five(demo: Any) -> None:
    for form in ("text", "md", "html"):
        page = demo.ok("audit", "-f", form).out
        for words in ("a metric for our", "only data?", "in our terms", "a plan to grow", "how do we know?"):
            assert words in page


# --- single books -------------------------------------------------------------------------------------------------------


def bond(relcli: Any) -> str:
    [one] = [one for one in audit(relcli)["contacts"] if one["name"] == "Ana"]
    return str(one["bond"])


@pytest.mark.parametrize(
    ("touches", "expected"),
    [
        ((), "data"),
        (("email --in 2026-10-01",), "one-sided"),
        (("email --out 2026-10-01",), "one-sided"),
        (("email --in 2026-10-01", "phone --out 2026-03-01"), "relationship"),
        (("meeting --both 2026-10-01",), "relationship"),
        (("email --in 2026-10-01", "phone --out 2025-11-20"), "one-sided"),
        (("meeting --both 2025-11-20",), "data"),
        (("meeting --both 2025-11-21",), "relationship"),
    ],
)
def test_what_takes_two_is_a_relationship_and_a_year_is_remembered(
    relcli: Any, two: None, touches: tuple[str, ...], expected: str
) -> None:
    for touch in touches:
        channel, direction, day = touch.split()
        relcli.ok(f"log Ana hello --channel {channel} {direction} --at {day}")

    assert bond(relcli) == expected


def test_a_sale_takes_two_and_a_refund_alone_does_not(relcli: Any, two: None) -> None:
    relcli.ok("sold Ana 5 --at 2025-05-01")
    relcli.ok("log-transaction Ana 5 --kind refund --at 2026-05-01")
    assert bond(relcli) == "data"
    relcli.ok("sold Ana 5 --at 2026-05-01")
    assert bond(relcli) == "relationship"


def test_who_comes_every_other_year_is_remembered_for_three_of_their_gaps(relcli: Any, two: None) -> None:
    for year in (2019, 2021, 2023):
        relcli.ok(f"sold Ana 5 --at {year}-06-01")

    assert bond(relcli) == "relationship"


def test_whose_side_is_missing_is_told(relcli: Any, two: None) -> None:
    relcli.ok("contact add Cy")
    relcli.ok("log Ana hello --channel email --in --at 2026-10-01")
    relcli.ok("log Bo hello --channel email --out --at 2026-10-01")

    assert audit(relcli)["relationships"]["counts"] == {"only_they": 1, "only_we": 1, "data": 1}


def test_a_typed_an_imported_and_a_survey_record_are_told_apart(relcli: Any, two: None, place: Path) -> None:
    (place / "till.csv").write_text("contact,at,amount,source,external_id\nAna,2026-02-03,17.50,till,r-1\n")
    (place / "calls.csv").write_text("contact,at,channel,direction\nAna,2026-02-03,phone,in\n")
    relcli.ok("import", "transactions", str(place / "till.csv"))
    relcli.ok("import", "interactions", str(place / "calls.csv"))
    relcli.ok("log Ana hello --channel email --in")
    relcli.ok("promise add Ana 'a print' --by 2026-12-01")
    relcli.ok("survey record pulse Ana --answer recommend=9")

    [ana, bo] = sorted(audit(relcli)["contacts"], key=lambda one: one["name"])
    assert ana["sources"] == {"import": 1, "survey": 1, "till": 1, "typed": 3}
    assert bo["sources"] == {"typed": 1}
    [row, _] = sorted(csv.DictReader(io.StringIO(relcli.ok("audit -f csv").out)), key=lambda row: row["name"])
    assert (row["sources"], row["answered"]) == ("import=1;survey=1;till=1;typed=3", "2026-11-21")


def test_what_a_merge_or_a_move_brings_stays_what_it_was(relcli: Any, two: None, place: Path) -> None:
    (place / "till.csv").write_text("contact,at,amount\nAna,2026-02-03,17.50\nBo,2026-02-04,9\nBo,2026-02-05,9\n")
    relcli.ok("import", "transactions", str(place / "till.csv"))
    relcli.ok("contact add Cy")
    relcli.ok("log Cy hello --channel email --in")
    relcli.ok("transaction move t_3 Cy")
    relcli.ok("contact merge Bo Cy --yes")
    relcli.ok("transaction edit t_2 --item paper")
    relcli.ok("contact merge Ana Bo --yes")

    [one] = audit(relcli)["contacts"]
    assert one["sources"] == {"import": 2, "typed": 3}  # one was edited between


def test_who_was_asked_and_did_not_answer_is_told_from_who_never_was(relcli: Any, two: None, place: Path) -> None:
    for name in ("Ana", "Bo"):
        relcli.ok(f"contact edit {name} --email {name}@example.org --role customer")
        relcli.ok(f"sold {name} 5 --at 2026-05-01")
    relcli.ok("log Bo 'a good mood' --channel phone --in --sentiment 2")
    relcli.ok("survey", "invite", "pulse", "Ana", "--output", str(place / "out"))

    value = audit(relcli)["value"]
    counts = value["counts"]
    assert (value["yes"], value["of"]) == (0, 2)
    assert (counts["asked_and_silent"], counts["never_asked"], counts["our_impression_only"]) == (1, 1, 1)
    assert "which is not their word" in value["missing"]


def test_an_answer_older_than_a_year_is_one_to_ask_for_again(relcli: Any, two: None) -> None:
    relcli.ok("sold Ana 5 --at 2026-05-01")
    relcli.ok("survey record pulse Ana --answer recommend=9 --at 2025-11-21")
    assert (audit(relcli)["value"]["yes"], audit(relcli)["value"]["counts"]["answered_before"]) == (0, 1)
    relcli.ok("survey record pulse Ana --answer recommend=9 --at 2025-11-22")
    assert (audit(relcli)["value"]["yes"], audit(relcli)["value"]["counts"]["answered_before"]) == (1, 0)


def test_whoever_wants_no_contact_needs_no_health_and_the_archived_are_no_part_of_it(relcli: Any, two: None) -> None:
    relcli.ok("contact add Cy")
    relcli.ok("preference set Ana --do-not-contact --stated 'no more'")
    relcli.ok("contact archive Bo")

    found = audit(relcli)
    assert sorted(one["name"] for one in found["contacts"]) == ["Ana", "Cy"]
    assert (found["metric"]["of"], found["metric"]["counts"]["closed"]) == (1, 1)


def test_a_book_with_nobody_in_it_says_so(relcli: Any) -> None:
    relcli.ok("book init")

    assert all((one["yes"], one["of"], one["percent"]) == (0, 0, None) for one in audit(relcli)["questions"])
    assert "Nothing yet" in relcli.ok("audit").out


@pytest.mark.postgres
def test_a_server_answers_alike(relcli: Any, book_location: str) -> None:
    relcli.ok("contact add Ana --role customer")
    relcli.ok("sold Ana 5 --at 2026-05-01")
    relcli.ok("plan set Ana --aim loyal")

    assert [(one["yes"], one["of"]) for one in audit(relcli)["questions"]] == [(0, 1), (1, 1), (0, 1), (1, 1), (0, 1)]


def test_a_missing_book_is_an_error_that_says_how_to_begin(relcli: Any) -> None:
    assert relcli("audit").code == 66


@pytest.mark.parametrize("option", [("--at", "2026-01-01"), ("--horizon", "90d")])
def test_what_is_for_the_backtest_is_not_passed_over_without_it(relcli: Any, two: None, option: tuple[str, ...]) -> None:
    refused = relcli("audit", *option)

    assert refused.code == 2
    assert option[0] in refused.err
