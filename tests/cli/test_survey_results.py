"""`relcli survey results`: what may be said of how many answers, who stays unnamed, whom to follow up. On both databases."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.cli.answered import answer, person, rated, recommend, said
from tests.cli.test_contacts import HOSTILE, harmless

from relcli.domain.contact import Contact
from relcli.domain.survey import Answer, Response, Tag

pytestmark = pytest.mark.usefixtures("book_location")
NAMES = (
    "Ana Ruiz", "Bo Lund", "Cleo Marín", "Dora Klein", "Elin Dahl", "Femi Adeyemi", "Gus Hart", "Hana Mori", "Ivo Novak",
    "Jana Weiss", "Kofi Mensah", "Lena Vogt", "Mira Solano", "Nils Berg", "Olga Ilic", "Pau Serra", "Quim Roca", "Rosa Lima",
    "Sven Holm", "Tara Byrne", "Uma Nair", "Vera Costa",
)  # fmt: skip
Given = Callable[..., None]


@pytest.fixture
def given(book_location: str) -> Given:
    """Fill the test's book with these responses, and with the people they name unless others are given."""

    def fill(*responses: Response, people: list[Contact] | None = None) -> None:
        named = list(dict.fromkeys(r.contact for r in responses if r.contact))
        answer(book_location, people or [person(1 + NAMES.index(name), name) for name in named], list(responses))

    return fill


def pulse(values: list[int], *, days_ago: int = 10, first: int = 0) -> list[Response]:
    """One response of each of so many people."""
    return [said(NAMES[first + i], days_ago, recommend(value)) for i, value in enumerate(values)]


def found(relcli: Any, words: str = "") -> dict[str, Any]:
    """The results as programs get them."""
    return dict(json.loads(relcli.ok(f"survey results pulse {words} -f json").out))


# --- what may be said of how many --------------------------------------------------------------------------------------


def test_below_five_answers_the_answers_are_shown_and_no_figure(given: Given, relcli: Any) -> None:
    given(*pulse([9, 10, 3, 8]))

    out, document = relcli.ok("survey results pulse").out, found(relcli)

    assert "Ana Ruiz    9 of 0-10   11 Nov 2026\n" in out
    assert "too few for a figure" in out
    assert not any(word in out for word in ("NPS", "mean", "%", "between", "promoters"))
    [item] = document["items"]
    assert (item["n"], item["certainty"], item["estimate"], item["distribution"]) == (4, "answers", None, [])
    assert [a["value"] for a in item["answers"]] == [9, 10, 3, 8]
    assert item["promoters"] is None


@pytest.mark.parametrize("count", [5, 19])
def test_from_five_to_nineteen_it_is_rough_and_the_interval_comes_first(count: int, given: Given, relcli: Any) -> None:
    given(*pulse([9, 10, 3, 8, 9] * 3 + [9, 9, 9, 9] if count == 19 else [9, 10, 3, 8, 9]))

    [line] = [line for line in relcli.ok("survey results pulse").out.split("\n") if "NPS" in line]

    assert line.startswith("rough: between ")
    assert line.index("between") < line.index("NPS")
    assert found(relcli)["items"][0]["certainty"] == "rough"


def test_from_twenty_the_figure_comes_first_and_still_has_its_interval(given: Given, relcli: Any) -> None:
    given(*pulse([9] * 10 + [7] * 6 + [4] * 4))

    out, [item] = relcli.ok("survey results pulse").out, found(relcli)["items"]

    assert "NPS 30, between -6 and 58 (95 %)" in out
    assert "rough" not in out
    assert "10 promoters, 6 passives, 4 detractors" in out
    assert item["estimate"] == {"value": 30.0, "low": -5.72, "high": 57.9}
    assert {d["answer"]: d["count"] for d in item["distribution"]} | {"9": 10, "7": 6, "4": 4} == {
        str(v): {9: 10, 7: 6, 4: 4}.get(v, 0) for v in range(11)
    }


def test_other_scored_items_have_a_mean_on_their_scale_and_wishes_are_only_counted(given: Given, relcli: Any) -> None:
    felt = [Answer("felt", Tag.CLOSENESS_FELT, "How close?", value, low=1, high=5) for value in (1, 2, 3, 4, 5, 5)]
    how = [
        Answer("how", Tag.CHANNEL, "By which channel?", words=word) for word in ("email", "phone", "email", "email", "sms", "sms")
    ]
    effort = [rated("effort", Tag.EFFORT, value, turned=True) for value in (1, 1, 2, 2, 1, 5)]
    given(*(said(NAMES[i], 10, (effort[i], felt[i], how[i])) for i in range(6)))

    items = {item["item"]: item for item in found(relcli)["items"]}
    out = relcli.ok("survey results pulse").out

    assert items["effort"]["figure"] == "mean"
    assert items["effort"]["estimate"]["value"] == 2.0
    assert "where less is better" in out
    assert items["felt"]["estimate"] is None
    assert items["felt"]["figure"] is None
    assert [(d["answer"], d["count"]) for d in items["how"]["distribution"]] == [("email", 3), ("sms", 2), ("phone", 1)]
    assert "In their words" not in out


def test_an_item_whose_scale_was_changed_is_never_mixed(given: Given, relcli: Any) -> None:
    old = [Answer("recommend", Tag.RECOMMEND, "Would you?", 5, low=1, high=5)]
    given(*pulse([9] * 6), *(said(NAMES[6 + i], 90, tuple(old), version=2) for i in range(5)))

    assert [(item["high"], item["n"]) for item in found(relcli)["items"]] == [(5, 5), (10, 6)]


def test_everybody_counts_once_by_their_newest_answer(given: Given, relcli: Any) -> None:
    given(*pulse([2] * 6, days_ago=300), *pulse([9] * 6))

    document = found(relcli)

    assert (document["n"], document["responses"]) == (6, 12)
    assert document["items"][0]["estimate"]["value"] == 100.0
    assert "6 people answered, 6 older responses of theirs not counted" in relcli.ok("survey results pulse").out


def test_where_nobody_was_invited_there_is_no_rate(given: Given, relcli: Any) -> None:
    given(*pulse([9] * 6))

    assert found(relcli)["invited"] == 0
    assert found(relcli)["response_rate"] is None
    assert "invited" not in relcli.ok("survey results pulse").out


# --- which answers -----------------------------------------------------------------------------------------------------


def test_only_what_was_answered_since_a_day_counts_and_nothing_from_the_future(given: Given, relcli: Any) -> None:
    given(*pulse([9] * 5, days_ago=40), *pulse([3] * 5, days_ago=10, first=5), said(NAMES[10], -1, recommend(0)))

    assert found(relcli)["n"] == 10
    assert found(relcli, "--since 2026-11-11")["n"] == 5
    assert found(relcli, "--since '3 weeks ago'")["items"][0]["estimate"]["value"] == -100.0


def test_the_role_and_the_tag_choose_and_leave_the_anonymous_out(given: Given, relcli: Any) -> None:
    people = [person(1 + i, NAMES[i], roles=("customer",) if i < 6 else ("supplier",), tags=("vip",) * (i < 2)) for i in range(9)]
    given(*pulse([9] * 9), *(said("", 5, recommend(1)) for _ in range(5)), people=people)

    assert found(relcli)["n"] == 14
    assert found(relcli, "--role customer")["n"] == 6
    assert found(relcli, "--role CUSTOMER --tag vip")["n"] == 2
    assert found(relcli, "--role customer")["anonymous"] == 0
    assert found(relcli, "--role partner")["n"] == 0
    assert "no answer that can be shown" in relcli.ok("survey results pulse --role partner").out


def test_the_name_is_found_whatever_its_case_and_another_survey_stays_apart(given: Given, relcli: Any) -> None:
    given(*pulse([9] * 5), said(NAMES[5], 3, recommend(0), survey="service"))

    assert relcli.ok("survey results PULSE").out == relcli.ok("survey results pulse").out
    assert found(relcli)["n"] == 5


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("survey results nothing", 3, 'nobody has answered a survey called "nothing"'),
        ("survey results pulse --by colour", 2, '--by "colour" is not known'),
        ("survey results pulse --since soon", 2, "not a date"),
        ("survey results pulse -f ids", 2, "not offered"),
        ("survey results", 2, "Missing argument"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_what_to_do(words: str, code: int, message: str, given: Given, relcli: Any) -> None:
    given(*pulse([9]))

    outcome = relcli(words)

    assert (outcome.code, outcome.out) == (code, "")
    assert message in outcome.err


def test_where_nothing_was_answered_yet_it_says_so(relcli: Any) -> None:
    outcome = relcli("survey results pulse")

    assert outcome.code == 3
    assert "no survey was answered yet" in outcome.err


# --- change ------------------------------------------------------------------------------------------------------------


def test_a_change_is_claimed_where_its_interval_excludes_none(given: Given, relcli: Any) -> None:
    given(*pulse([2] * 20, days_ago=200), *pulse([9] * 20, days_ago=20))

    change, out = found(relcli)["items"][0]["change"], relcli.ok("survey results pulse").out

    assert (change["before"]["n"], change["after"]["n"], change["value"], change["claimed"]) == (20, 20, 200.0, True)
    assert change["low"] > 0
    assert "up 200 on the half-year before: between +149 and +198 (95 %; 20 answers then, 20 since)" in out


def test_a_change_that_chance_may_make_is_not_claimed(given: Given, relcli: Any) -> None:
    given(*pulse([9, 9, 7, 7, 2] * 2, days_ago=200), *pulse([9, 9, 9, 7, 2] * 2, days_ago=20))

    change, out = found(relcli)["items"][0]["change"], relcli.ok("survey results pulse").out

    assert change["claimed"] is False
    assert change["low"] < 0 < change["high"]
    assert "no change that can be claimed on the half-year before: between -" in out
    assert ", up" not in out


@pytest.mark.parametrize(("before", "days_ago"), [(4, 200), (10, 400)])
def test_nothing_is_said_of_a_change_on_too_few_or_too_old_answers(before: int, days_ago: int, given: Given, relcli: Any) -> None:
    given(*pulse([2] * before, days_ago=days_ago), *pulse([9] * 10, days_ago=20, first=10))

    assert found(relcli)["items"][0]["change"] is None
    assert "half-year" not in relcli.ok("survey results pulse").out


# --- the anonymous -----------------------------------------------------------------------------------------------------


def test_anonymous_answers_count_in_the_whole_and_their_words_stand_without_name_or_day(given: Given, relcli: Any) -> None:
    given(*pulse([9] * 4), said("", 3, recommend(2, "too dear")), said(NAMES[5], 4, recommend(9, "friendly")))

    document, out = found(relcli), relcli.ok("survey results pulse").out

    assert (document["n"], document["anonymous"]) == (6, 1)
    assert document["items"][0]["detractors"] == 1
    assert {"item": "why", "text": "too dear", "contact": None, "contact_name": None, "day": None} in document["said"]
    assert "anonymous     too dear\n" in out
    assert "Femi Adeyemi  friendly  17 Nov 2026" in out


def test_among_fewer_than_five_an_anonymous_answer_is_not_shown_at_all(given: Given, relcli: Any) -> None:
    given(*pulse([9] * 3), said("", 3, recommend(2, "too dear")))

    document, out = found(relcli), relcli.ok("survey results pulse").out

    assert (document["n"], document["anonymous"], document["responses"]) == (3, 0, 3)
    assert "too dear" not in out + json.dumps(document)
    assert "2 of 0-10" not in out
    assert "1 anonymous answer is not shown" in out


def test_rows_hold_no_anonymous_answer_and_say_that_they_leave_some_out(given: Given, relcli: Any) -> None:
    given(*pulse([9] * 6), said("", 3, recommend(2, "too dear")))

    for chosen in ("csv", "tsv", "jsonl"):
        outcome = relcli.ok(f"survey results pulse -f {chosen}")
        assert "too dear" not in outcome.out
        assert "left out here: 1 anonymous" in outcome.err
    assert relcli.ok("survey results pulse -f csv -q").err == ""


@pytest.mark.parametrize(("nameless", "groups"), [(4, ["customer"]), (5, ["customer", "anonymous"])])
def test_anonymous_answers_are_a_group_only_where_they_are_five(
    nameless: int, groups: list[str], given: Given, relcli: Any
) -> None:
    people = [person(1 + i, NAMES[i], roles=("customer",)) for i in range(6)]
    given(*pulse([9] * 6), *(said("", 3, recommend(2)) for _ in range(nameless)), people=people)

    assert [g["group"] for g in found(relcli, "--by role")["groups"]] == groups
    out = relcli.ok("survey results pulse --by role").out
    assert ("4 anonymous answers are in no group" in out) is (nameless == 4)


def test_a_version_that_few_answered_holds_its_anonymous_answers_back(given: Given, relcli: Any) -> None:
    few = [said(NAMES[10], 3, recommend(8), version=2), *(said("", 3, recommend(1), version=2) for _ in range(3))]
    given(*pulse([9] * 6), *few)

    groups = {g["group"]: g for g in found(relcli, "--by survey-version")["groups"]}

    assert (groups["1"]["n"], groups["2"]["n"]) == (6, 1)
    assert [a["value"] for a in groups["2"]["items"][0]["answers"]] == [8]
    assert found(relcli, "--by survey-version")["n"] == 10


# --- groups ------------------------------------------------------------------------------------------------------------


def test_groups_come_by_size_and_somebody_with_two_roles_is_in_both(given: Given, relcli: Any) -> None:
    roles = [("customer",)] * 5 + [("customer", "partner")] + [("partner",)] * 4 + [()]
    people = [person(1 + i, NAMES[i], roles=roles[i], language="de" if i < 3 else "") for i in range(11)]
    given(*pulse([9, 9, 9, 8, 3, 10, 2, 2, 2, 2, 7]), people=people)

    groups = {g["group"]: g["n"] for g in found(relcli, "--by role")["groups"]}
    out = relcli.ok("survey results pulse --by role").out

    assert list(groups.items()) == [("customer", 6), ("partner", 5), ("no role", 1)]
    assert {g["group"]: g["n"] for g in found(relcli, "--by language")["groups"]} == {"no language": 8, "de": 3}
    assert "too few for a figure: Kofi Mensah 7" in out
    assert found(relcli)["groups"] == []


# --- what to do --------------------------------------------------------------------------------------------------------


def test_the_unhappy_come_first_the_unhappiest_before_the_others_and_the_content_not_at_all(given: Given, relcli: Any) -> None:
    mild = (rated("value", Tag.VALUE, 3),)
    given(
        said("Ana Ruiz", 5, recommend(9)), said("Bo Lund", 9, mild), said("Cleo Marín", 9, recommend(6)),
        said("Dora Klein", 30, recommend(2)), said("Elin Dahl", 3, recommend(6)), said("Gus Hart", 3, (rated("trust", Tag.TRUST, 2),)),
    )  # fmt: skip

    due = found(relcli)["follow_up"]

    assert [(d["name"], d["mood"]) for d in due] == [
        ("Dora Klein", "unhappy"), ("Elin Dahl", "unhappy"), ("Cleo Marín", "unhappy"),
        ("Gus Hart", "dissatisfied"), ("Bo Lund", "dissatisfied"),
    ]  # fmt: skip
    assert [d["rank"] for d in due] == [1, 2, 3, 4, 5]
    assert due[0]["channel"] == "email"
    assert "unhappy: recommend 2 of 0-10 on 22 Oct 2026" in relcli.ok("survey results pulse").out


@pytest.mark.parametrize(
    "words",
    [
        "promise add 'ana ruiz' 'print them again' --by tomorrow --at 2026-11-11",
        "log 'ana ruiz' 'rang to say sorry' --channel phone --out --at 2026-11-12",
        "log 'ana ruiz' 'talked it over' --channel meeting --at 2026-11-11",
    ],
)
def test_who_was_promised_something_or_heard_from_us_since_is_followed_up(words: str, given: Given, relcli: Any) -> None:
    given(said("Ana Ruiz", 10, recommend(2)))
    assert [d["name"] for d in found(relcli)["follow_up"]] == ["Ana Ruiz"]

    relcli.ok(words)

    assert found(relcli)["follow_up"] == []
    assert "nobody waits for us" in relcli.ok("survey results pulse").out


@pytest.mark.parametrize(
    "words",
    [
        "promise add 'ana ruiz' 'flour' --theirs --at 2026-11-12",
        "promise add 'ana ruiz' 'frames' --by 2026-12-24 --at 2026-11-10",
        "log 'ana ruiz' 'rang before that' --channel phone --out --at 2026-11-10",
        "log 'ana ruiz' 'wrote again' --channel email --in --at 2026-11-12",
        "log 'ana ruiz' 'christmas offer' --channel email --out --purpose marketing --at 2026-11-12",
        "log 'ana ruiz' 'asked again' --channel email --out --purpose survey --at 2026-11-12",
    ],
)
def test_what_could_be_no_reply_leaves_them_waiting(words: str, given: Given, relcli: Any) -> None:
    given(said("Ana Ruiz", 10, recommend(2)))

    relcli.ok(words)

    assert [d["name"] for d in found(relcli)["follow_up"]] == ["Ana Ruiz"]


@pytest.mark.parametrize(("days_ago", "due"), [(180, ["Ana Ruiz"]), (181, [])])
def test_after_180_days_an_unhappy_answer_is_history(days_ago: int, due: list[str], given: Given, relcli: Any) -> None:
    given(said("Ana Ruiz", days_ago, recommend(2)))

    assert [d["name"] for d in found(relcli)["follow_up"]] == due


def test_a_newer_and_better_answer_settles_it_in_whichever_survey_it_was_given(given: Given, relcli: Any) -> None:
    content = (rated("value", Tag.VALUE, 5),)
    wish = (Answer("how", Tag.CHANNEL, "By which channel?", words="email"),)
    given(
        said("Ana Ruiz", 20, recommend(2)), said("Ana Ruiz", 10, content, survey="service"),
        said("Bo Lund", 20, recommend(2)), said("Bo Lund", 10, wish, survey="service"),
    )  # fmt: skip

    assert [d["name"] for d in found(relcli)["follow_up"]] == ["Bo Lund"]


def test_who_wants_no_contact_is_named_apart_with_the_reason(given: Given, relcli: Any) -> None:
    given(said("Ana Ruiz", 10, recommend(2)), said("Bo Lund", 10, recommend(3)))
    relcli.ok("preference set 'ana ruiz' --do-not-contact --stated 'leave me be'")
    relcli.ok("contact archive 'bo lund'")

    document, out = found(relcli), relcli.ok("survey results pulse").out

    assert document["follow_up"] == []
    assert [d["name"] for d in document["not_to_contact"]] == ["Ana Ruiz", "Bo Lund"]
    assert "leave me be" in document["not_to_contact"][0]["reason"]
    assert "not to be contacted" in out


def test_the_channel_is_the_one_they_asked_for(given: Given, relcli: Any) -> None:
    given(said("Ana Ruiz", 10, recommend(2)))
    relcli.ok("preference set 'ana ruiz' --channel phone --stated 'just ring me'")

    assert found(relcli)["follow_up"][0]["channel"] == "phone"


# --- formats -----------------------------------------------------------------------------------------------------------


def test_programs_get_a_row_an_answer_with_the_public_columns(given: Given, relcli: Any) -> None:
    given(said("Ana Ruiz", 10, recommend(2, 'two, weeks "late"')), said("Ana Ruiz", 300, recommend(9)))

    out = relcli.ok("survey results pulse -f csv").out

    assert out.split("\n")[0] == "id,survey,version,contact,at,item,value,text,source,external_id"
    assert [row[:8] for row in csv.reader(io.StringIO(out))][1:] == [
        ["a_1", "pulse", "1", "c_00000001", "2026-11-11", "recommend", "2", ""],
        ["a_1", "pulse", "1", "c_00000001", "2026-11-11", "why", "", 'two, weeks "late"'],
        ["a_2", "pulse", "1", "c_00000001", "2026-01-25", "recommend", "9", ""],
    ]
    assert json.loads(relcli.ok("survey results pulse -f jsonl").out.split("\n")[0])["value"] == 2


def test_the_keys_of_the_document_are_pinned(given: Given, relcli: Any) -> None:
    given(*pulse([9] * 6))

    document = found(relcli)

    assert list(document) == [
        "version", "survey", "as_of", "since", "roles", "tags", "by", "n", "certainty", "responses", "anonymous", "invited",
        "response_rate", "items", "groups", "said", "follow_up", "not_to_contact",
    ]  # fmt: skip
    assert list(document["items"][0]) == [
        "item", "tag", "text", "low", "high", "reversed", "n", "certainty", "figure", "estimate", "promoters", "passives",
        "detractors", "distribution", "answers", "change",
    ]  # fmt: skip


def test_a_screen_shows_the_first_words_and_a_report_all_of_them(given: Given, relcli: Any) -> None:
    given(*(said(NAMES[i], 10 + i, recommend(9, f"reason {i}.")) for i in range(18)))

    assert "reason 15." not in (out := relcli.ok("survey results pulse").out)
    assert "… and 3 more: --format json has them all" in out
    for chosen in ("md", "html"):
        assert "reason 17." in relcli.ok(f"survey results pulse -f {chosen}").out


def test_what_was_written_steers_no_terminal_and_becomes_no_markup(given: Given, relcli: Any) -> None:
    given(*(said(NAMES[i], 10 + i, recommend(2, words, text=words)) for i, words in enumerate([*HOSTILE.values(), "<b>x</b>"])))

    for chosen in ("text", "md", "html"):
        out = relcli.ok(f"survey results pulse -f {chosen}").out
        assert harmless(out)
    assert "<b>" not in relcli.ok("survey results pulse -f html").out
    assert "&lt;b&gt;x" in relcli.ok("survey results pulse -f html").out
