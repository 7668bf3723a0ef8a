"""`relcli plan`: what is meant for a relationship, its versions, its reviews, and where it shows."""

from __future__ import annotations

import csv
import io
import json
import shlex
from typing import Any

import pytest

STEP = ("--next", "ask whom she would send", "--by", "2026-12-01")


def plans(relcli: Any, *words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(relcli.ok("plan", "list", *words, "-f", "csv").out)))


def agenda(relcli: Any, *words: str) -> list[dict[str, Any]]:
    return list(json.loads(relcli.ok("agenda", *words, "-f", "json").out)["agenda"])


def card(relcli: Any, *words: str) -> dict[str, Any]:
    [found] = json.loads(relcli.ok("scorecard", "Ana", *words, "-f", "json").out)["scorecards"]
    return dict(found)


@pytest.mark.postgres
def test_a_plan_is_set_reviewed_and_cleared_on_a_server_too(book_location: str, relcli: Any) -> None:
    relcli.ok("contact add Ana")
    relcli.ok("plan", "set", "Ana", "--aim", "loyal", *STEP)
    relcli.ok("plan review Ana --done --review 2027-02-01")
    relcli.ok("plan clear Ana")

    assert [(p["id"], p["next"], p["until"]) for p in plans(relcli, "--all")] == [
        ("n_1", "ask whom she would send", "2026-11-21"),
        ("n_2", "", "2026-11-21"),
    ]


def test_a_plan_has_an_aim_a_step_with_its_day_and_a_day_to_look_again(relcli: Any, two: None) -> None:
    told = relcli.ok("plan", "set", "Ana", "--aim", "advocate", *STEP, "--review", "in 3 months")

    assert told.out == ""
    assert told.err == (
        "planned for Ana: aim advocate; next: ask whom she would send, by 2026-12-01; review 2027-02-21 (n_1) (batch 3)\n"
    )
    [plan] = plans(relcli)
    assert plan == {
        "id": "n_1", "contact": plan["contact"], "aim": "advocate", "next": "ask whom she would send", "by": "2026-12-01",
        "review": "2027-02-21", "note": "", "at": "2026-11-21", "until": "", "contact_name": "Ana",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "aim", "kind"),
    [
        ("First Time", "first-time", "stage"),
        ("LOYAL", "loyal", "stage"),
        ("Voice", "voice", "component"),
        ("promises", "promises", "component"),
        ("A second shop,  with us", "A second shop, with us", "words"),
    ],
)
def test_a_stage_and_a_component_are_known_by_name_and_anything_else_is_words(
    relcli: Any, two: None, typed: str, aim: str, kind: str
) -> None:
    relcli.ok("plan", "set", "Ana", "--aim", typed)

    assert (card(relcli)["plan"]["aim"], card(relcli)["plan"]["aim_kind"]) == (aim, kind)


@pytest.mark.parametrize(
    ("typed", "near"), [("loyall", "loyal"), ("Advocat", "advocate"), ("firsttime", "first-time"), ("voices", "voice")]
)
def test_a_word_that_is_nearly_a_stage_or_a_component_is_a_slip(relcli: Any, two: None, typed: str, near: str) -> None:
    refused = relcli("plan", "set", "Ana", "--aim", typed)

    assert refused.code == 2
    assert refused.err.startswith(f'relcli: --aim "{typed}" is nearly {near}')
    assert plans(relcli) == []


def test_an_aim_that_is_reached_says_so(relcli: Any, two: None) -> None:
    relcli.ok("contact edit Ana --role customer")
    for day in ("2026-09-01", "2026-10-01", "2026-11-01"):
        relcli.ok(f"sold Ana 50 --at {day}")
    relcli.ok("plan set Bo --aim repeat")

    assert "\nAna is repeat already: the aim is reached\n" in relcli.ok("plan set Ana --aim first-time").err
    assert "\nAna is repeat already: the aim is reached\n" in relcli.ok("plan set Ana --aim repeat").err
    assert "already" not in relcli.ok("plan set Ana --review 2027-01-15").err  # nothing was said of the aim

    page = {line.split()[0]: " ".join(line.split()) for line in relcli.ok("plan list").out.splitlines()}
    assert page["Ana"].startswith("Ana repeat (reached) ")
    assert page["Bo"].startswith("Bo repeat ")
    assert "reached" not in page["Bo"]
    assert plans(relcli, "Ana")[0]["aim"] == "repeat"  # what programs read is what was said

    relcli.ok("plan set Ana --aim loyal")
    assert "reached" not in relcli.ok("plan list Ana --all").out


def test_set_changes_only_what_is_named(relcli: Any, two: None) -> None:
    relcli.ok("plan", "set", "Ana", "--aim", "loyal", *STEP)
    relcli.ok("plan set Ana --review 2027-01-15")

    [plan] = plans(relcli)
    assert (plan["aim"], plan["by"], plan["review"], plan["id"]) == ("loyal", "2026-12-01", "2027-01-15", "n_2")


def test_the_same_twice_is_written_once(relcli: Any, two: None) -> None:
    relcli.ok("plan", "set", "Ana", "--aim", "loyal", *STEP)

    assert "nothing had to be changed" in relcli.ok("plan", "set", "Ana", *STEP).err
    assert len(plans(relcli, "--all")) == 1


def test_a_review_keeps_the_aim_and_says_what_was_found_what_is_done_and_what_is_next(relcli: Any, two: None) -> None:
    relcli.ok("plan", "set", "Ana", "--aim", "advocate", *STEP, "--review", "2026-12-20")
    relcli.ok("plan", "review", "Ana", "--note", "she is shy about it", "--now", "2026-12-20")
    [kept] = plans(relcli, "--now", "2026-12-21")
    relcli.ok("plan", "review", "Ana", "--done", "--review", "2027-03-01", "--note", "sent two", "--now", "2026-12-22")
    [after] = plans(relcli, "--now", "2026-12-23")

    assert (kept["aim"], kept["next"], kept["review"], kept["note"]) == ("advocate", STEP[1], "", "she is shy about it")
    assert (after["aim"], after["next"], after["by"], after["review"], after["note"]) == (
        "advocate", "", "", "2027-03-01", "sent two",
    )  # fmt: skip


def test_every_version_stays_known(relcli: Any, two: None) -> None:
    relcli.ok("plan set Ana --aim repeat --now 2026-01-10")
    relcli.ok("plan set Ana --aim loyal --now 2026-05-10")
    relcli.ok("plan clear Ana --now 2026-08-01")

    assert [(p["at"], p["aim"], p["until"]) for p in plans(relcli, "Ana", "--all")] == [
        ("2026-01-10", "repeat", "2026-05-10"),
        ("2026-05-10", "loyal", "2026-08-01"),
    ]
    assert plans(relcli) == []


def test_the_card_of_a_past_day_names_the_plan_of_that_day(relcli: Any, two: None) -> None:
    relcli.ok("plan set Ana --aim repeat --now 2026-01-10")
    relcli.ok("plan set Ana --aim loyal --now 2026-05-10")
    relcli.ok("plan clear Ana --now 2026-08-01")

    def aim(day: str) -> str | None:
        plan = card(relcli, "--as-of", day)["plan"]
        return plan and str(plan["aim"])

    days = ("2026-01-09", "2026-01-10", "2026-05-09", "2026-05-10", "2026-07-31", "2026-08-01")
    assert [aim(day) for day in days] == [None, "repeat", "repeat", "loyal", "loyal", None]


def test_after_a_clear_a_new_plan_begins_afresh(relcli: Any, two: None) -> None:
    relcli.ok("plan", "set", "Ana", "--aim", "loyal", *STEP)
    relcli.ok("plan clear Ana")
    relcli.ok("plan set Ana --review 2027-01-15")

    [plan] = plans(relcli)
    assert (plan["aim"], plan["next"], plan["review"]) == ("", "", "2027-01-15")


@pytest.mark.parametrize(
    "words",
    [
        ("set", "Ana"),
        ("set", "Ana", "--aim", " "),
        ("set", "Ana", "--by", "2026-12-01"),
        ("set", "Ana", "--next", "ask her"),
        ("set", "Ana", "--next", " ", "--by", "2026-12-01"),
        ("set", "Ana", "--next", "ask her", "--by", "2026-11-20"),
        ("set", "Ana", "--aim", "loyal", "--review", "yesterday"),
        ("set", "Ana", "--review", "2026-02-30"),
        ("set", "Ana", "--aim", "a\0b"),
        ("review", "Bo", "--by", "2026-11-20"),
        ("review", "Bo", "--done", "--by", "2026-12-01"),
        ("review", "Bo", "--review", "2026-11-20"),
        ("review", "Bo", "--done"),  # nothing would be left of it
        ("review", "Bo", "--note", "a\0b", "--review", "2027-01-01"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_written(relcli: Any, two: None, words: tuple[str, ...]) -> None:
    relcli.ok("plan", "set", "Bo", *STEP)
    before = plans(relcli, "--all")

    refused = relcli("plan", *words)

    assert refused.code == 2
    assert refused.err.startswith("relcli: ")
    assert plans(relcli, "--all") == before


@pytest.mark.parametrize("verb", ["set", "review"])
def test_a_day_alone_puts_the_step_off_and_leaves_the_rest(relcli: Any, two: None, verb: str) -> None:
    relcli.ok("plan", "set", "Ana", "--aim", "loyal", *STEP)

    told = relcli.ok(f"plan {verb} Ana --by 2026-12-15")

    assert "aim loyal; next: ask whom she would send, by 2026-12-15" in told.err
    [plan] = plans(relcli)
    assert (plan["aim"], plan["next"], plan["by"]) == ("loyal", STEP[1], "2026-12-15")


@pytest.mark.parametrize("verb", ["set", "review"])
def test_a_day_alone_needs_a_step_to_put_off(relcli: Any, two: None, verb: str) -> None:
    relcli.ok("plan set Ana --aim loyal")

    refused = relcli(f"plan {verb} Ana --by 2026-12-15")

    assert refused.code == 2
    assert refused.err.startswith("relcli: --by is the day of a step, and there is none\n")
    assert len(plans(relcli, "--all")) == 1


def test_no_step_is_done_where_none_is_planned(relcli: Any, two: None) -> None:
    relcli.ok("plan set Ana --aim loyal")

    refused = relcli("plan review Ana --done --review 2027-01-01")

    assert refused.code == 3
    assert refused.err.startswith("relcli: no step is planned for Ana, so none is done\n")
    assert len(plans(relcli, "--all")) == 1


@pytest.mark.parametrize("verb", ["clear", "review --note x --review 2027-01-01"])
def test_without_a_plan_there_is_nothing_to_clear_or_review(relcli: Any, two: None, verb: str) -> None:
    verb, _, rest = verb.partition(" ")
    refused = relcli(f"plan {verb} Ana {rest}")

    assert refused.code == 3
    assert refused.err.startswith("relcli: there is no plan for Ana\n")
    assert plans(relcli, "--all") == []


def test_cleared_once_it_cannot_be_cleared_again(relcli: Any, two: None) -> None:
    relcli.ok("plan set Ana --aim loyal")
    relcli.ok("plan clear Ana")

    assert relcli("plan clear Ana").code == 3


def test_undo_takes_the_newest_version_back_and_a_clear(relcli: Any, two: None) -> None:
    relcli.ok("plan set Ana --aim repeat")
    relcli.ok("plan set Ana --aim loyal")
    relcli.ok("plan clear Ana")
    relcli.ok("book undo")
    assert [p["aim"] for p in plans(relcli)] == ["loyal"]
    relcli.ok("book undo")
    assert [p["aim"] for p in plans(relcli)] == ["repeat"]


def test_a_dry_run_writes_nothing(relcli: Any, two: None) -> None:
    assert relcli.ok("plan set Ana --aim loyal --dry-run").err.startswith("would have planned for Ana: aim loyal")
    assert plans(relcli) == []


def test_what_is_due_first_is_listed_first_and_the_archived_are_not(relcli: Any, two: None) -> None:
    relcli.ok("contact add Cy")
    relcli.ok("plan set Ana --review 2027-03-01")
    relcli.ok("plan set Bo --aim loyal --review 2027-01-01")
    relcli.ok("plan set Cy --aim loyal")
    relcli.ok("contact archive Cy")

    assert [p["contact_name"] for p in plans(relcli)] == ["Bo", "Ana"]
    assert [p["contact_name"] for p in plans(relcli, "Cy")] == ["Cy"]


# --- where it shows ---------------------------------------------------------------------------------------------------


@pytest.fixture
def ana(relcli: Any) -> Any:
    """A customer one may write to, who wrote and was answered some time ago."""
    relcli.ok("contact add Ana --role customer --email ana@example.org")
    relcli.ok("sold Ana 20 --at 2026-09-01")
    relcli.ok("sold Ana 20 --at 2026-11-01")
    return relcli


def test_a_step_is_on_the_agenda_when_it_is_due_and_until_it_is_done(ana: Any) -> None:
    ana.ok("plan", "set", "Ana", "--aim", "loyal", *STEP)

    assert agenda(ana, "--now", "2026-11-27") == []
    [soon] = agenda(ana, "--now", "2026-11-28")
    [late] = agenda(ana, "--now", "2026-12-05")
    assert (soon["kind"], soon["score"], soon["due"], soon["channel"], soon["source"]) == (
        "plan", 5.0, "2026-12-01", "email", ["n_1"],
    )  # fmt: skip
    assert soon["reason"] == 'our next step, on 1 Dec: "ask whom she would send"'
    assert late["reason"] == 'our next step, 4 days overdue: "ask whom she would send"'
    ana.ok("plan review Ana --done --now 2026-12-05")
    assert agenda(ana, "--now", "2026-12-05") == []


def test_a_review_is_on_the_agenda_and_needs_nobody_but_us(ana: Any) -> None:
    ana.ok("plan set Ana --aim loyal --review 2026-11-22")

    [line] = agenda(ana)
    assert (line["kind"], line["reason"], line["due"], line["channel"]) == (
        "review", "our plan to review, tomorrow: loyal", "2026-11-22", None,
    )  # fmt: skip
    assert "by yourself" in ana.ok("agenda").out


def test_a_step_they_would_not_want_is_not_suggested_and_the_review_still_is(ana: Any) -> None:
    ana.ok("preference", "set", "Ana", "--cadence", "6m", "--stated", "twice a year is plenty", "--at", "2026-09-02")
    ana.ok("log Ana greetings --channel email --out --at 2026-10-20")
    ana.ok("plan", "set", "Ana", "--next", "write to her", "--by", "2026-11-22", "--review", "2026-11-22")

    lines = agenda(ana)
    assert [line["kind"] for line in lines] == ["review"]


@pytest.mark.parametrize("wish", [("--do-not-contact",), ("--closeness", "arms-length"), ("--closeness", "none")])
def test_who_wants_to_be_left_alone_is_left_alone_whatever_we_planned(ana: Any, wish: tuple[str, ...]) -> None:
    ana.ok("plan", "set", "Ana", "--next", "write to her", "--by", "2026-11-22", "--review", "2026-11-22")
    assert agenda(ana)
    ana.ok("preference", "set", "Ana", *wish, "--stated", "please leave me")

    assert agenda(ana) == []


def test_a_step_against_their_wish_is_written_down_and_the_wish_is_named(ana: Any) -> None:
    ana.ok("preference", "set", "Ana", "--closeness", "none", "--stated", "no mails, please")

    told = ana.ok("plan", "set", "Ana", "--aim", "loyal", *STEP).err
    assert "the agenda will not suggest it as things stand: Ana wants nothing that we begin" in told
    assert '"no mails, please"' in told
    assert len(plans(ana)) == 1
    ana.ok("preference clear Ana closeness")
    assert "will not suggest" not in ana.ok("plan review Ana --done --review 2027-01-01").err


@pytest.mark.parametrize("wish", [("--do-not-contact",), ("--closeness", "arms-length"), ("--closeness", "none")])
def test_a_review_that_will_not_come_up_is_said_so_at_once(ana: Any, wish: tuple[str, ...]) -> None:
    ana.ok("preference", "set", "Ana", *wish, "--stated", "please leave me")

    assert "will not suggest it as things stand: Ana wants" in ana.ok("plan set Ana --review 2026-12-24").err


def test_what_is_said_of_the_agenda_is_what_the_agenda_does_on_the_day(ana: Any) -> None:
    quiet = "the agenda will not suggest it"

    def tried(
        *wishes: str, words: tuple[str, ...] = ("--next", "send the weddings offer", "--by", "2026-12-02")
    ) -> tuple[bool, bool]:
        """Whether it is said that the agenda keeps quiet, and whether it does."""
        for wish in wishes:
            ana.ok(*shlex.split(wish))
        told = quiet in ana.ok("plan", "set", "Ana", *words).err
        found = json.loads(ana.ok("agenda -f json --now 2026-12-02").out)["agenda"]
        silent = not [line for line in found if line["kind"] in ("plan", "review")]
        for _ in (*wishes, "plan"):
            ana.ok("book undo -y")
        return told, silent

    review = ("--review", "2026-12-02")
    for words in (("--next", "send the weddings offer", "--by", "2026-12-02"), review):
        assert tried(words=words) == (False, False)
        assert tried("preference set Ana --closeness arms-length --assumed 'seems so'", words=words) == (False, False)
        assert tried("preference set Ana --closeness arms-length --stated 'not so close'", words=words) == (True, True)
        assert tried("preference set Ana --do-not-contact --until 2026-11-30 --stated 'not now'", words=words) == (False, False)
        assert tried("preference set Ana --do-not-contact --stated 'never'", words=words) == (True, True)
        assert tried("later Ana --until 2027-01-01", words=words) == (True, True)
        assert tried("contact archive Ana", words=words) == (True, True)
    assert tried("preference set Ana --not-topic weddings --stated 'no weddings'") == (True, True)
    assert tried("preference set Ana --not-topic weddings --stated 'no weddings'", words=review) == (False, False)


def test_what_a_plan_weighs_is_the_owners_to_say(ana: Any, place: Any) -> None:
    ana.ok("plan set Ana --aim loyal --review 2026-11-22")
    settings = place / "home" / "config" / "relcli" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("[agenda]\nplan = 8.5\n")

    assert [line["score"] for line in agenda(ana)] == [8.5]


def test_the_card_and_the_brief_name_the_plan(ana: Any) -> None:
    assert "\nplan " not in ana.ok("scorecard Ana").out
    ana.ok("plan", "set", "Ana", "--aim", "loyal", *STEP)

    for command in ("scorecard", "brief"):
        [line] = [line for line in ana.ok(f"{command} Ana").out.splitlines() if line.startswith("plan ")]
        assert line.endswith("aim loyal; next: ask whom she would send, by 1 Dec 2026 (n_1)")
    assert json.loads(ana.ok("brief Ana -f json").out)["scorecard"]["plan"]["next"] == "ask whom she would send"


def test_the_card_says_that_an_aim_is_reached(ana: Any) -> None:
    ana.ok("contact edit Ana --role customer")
    ana.ok("plan set Ana --aim advocate")
    assert ": reached" not in ana.ok("scorecard Ana").out
    for day in ("2026-10-01", "2026-11-01"):
        ana.ok(f"sold Ana 5 --at {day}")
    ana.ok("plan set Ana --aim repeat")
    assert "aim repeat (n_2): reached" in ana.ok("scorecard Ana").out


def test_of_two_merged_contacts_the_newer_plan_holds(relcli: Any, two: None) -> None:
    relcli.ok("plan set Ana --aim repeat")
    relcli.ok("plan set Bo --aim loyal")
    relcli.ok("contact merge Ana Bo --yes")

    assert [(p["contact_name"], p["aim"]) for p in plans(relcli)] == [("Ana", "loyal")]
    assert len(plans(relcli, "--all")) == 2


def test_a_plan_that_holds_outlives_a_merge_with_somebody_whose_newer_one_was_cleared(relcli: Any, two: None) -> None:
    relcli.ok("plan set Ana --aim repeat --now 2026-01-05")
    relcli.ok("plan set Bo --aim loyal --now 2026-02-05")
    relcli.ok("plan clear Bo --now 2026-03-05")
    relcli.ok("contact merge Ana Bo --yes")

    assert [p["aim"] for p in plans(relcli)] == ["repeat"]
    relcli.ok("plan clear Ana")
    assert plans(relcli) == []


def test_of_two_plans_that_hold_after_a_merge_one_clear_ends_both(relcli: Any, two: None) -> None:
    relcli.ok("plan set Ana --aim repeat")
    relcli.ok("plan set Bo --aim loyal")
    relcli.ok("contact merge Ana Bo --yes")
    relcli.ok("plan clear Ana")

    assert plans(relcli) == []


def test_a_version_that_was_replaced_says_until_when_it_held(ana: Any) -> None:
    ana.ok("plan set Ana --aim repeat --now 2026-01-05")
    ana.ok("plan set Ana --aim loyal --now 2026-02-05")

    assert [(p["at"], p["until"]) for p in plans(ana, "--all")] == [("2026-01-05", "2026-02-05"), ("2026-02-05", "")]
    ana.ok("book undo")
    assert [(p["aim"], p["until"]) for p in plans(ana, "--all")] == [("repeat", "")]


def test_what_a_review_found_is_not_said_again_by_a_later_version(ana: Any) -> None:
    ana.ok("plan set Ana --aim repeat")
    ana.ok("plan review Ana --note 'glad of the prints' --review 2026-12-24")
    ana.ok("plan set Ana --aim loyal")

    assert [p["note"] for p in plans(ana, "--all")] == ["", "glad of the prints", ""]


def test_forgetting_somebody_forgets_what_was_planned_for_them(relcli: Any, two: None) -> None:
    relcli.ok("plan set Ana --aim 'a needle of an aim'")
    relcli.ok("contact forget Ana --yes")

    assert plans(relcli, "--all") == []


def test_of_every_version_the_list_says_until_when_it_held_and_only_the_last_one_holds(relcli: Any) -> None:
    relcli.ok("contact add Ana")
    relcli.ok("contact add Bo")
    relcli.ok("plan set Ana --aim loyal --now 2026-10-01")
    relcli.ok("plan set Bo --aim loyal --now 2026-10-02")
    relcli.ok("plan set Ana --aim advocate --now 2026-10-20")
    relcli.ok("plan clear Bo --now 2026-11-01")

    [_, *lines] = relcli.ok("plan list --all").out.splitlines()
    assert [line.split() for line in lines] == [
        ["Ana", "loyal", "2026-10-01", "2026-10-20", "n_1"],
        ["Bo", "loyal", "2026-10-02", "2026-11-01", "n_2"],
        ["Ana", "advocate", "2026-10-20", "n_3"],
    ]
    assert [p["until"] for p in plans(relcli, "--all")] == ["2026-10-20", "2026-11-01", ""]


def test_every_version_has_room_for_its_words_on_a_screen(relcli: Any) -> None:
    relcli.ok("contact add 'Elin Dahl'")
    relcli.ok(
        "plan set elin --aim loyal --next 'send her the album with the picture she liked' --by 2026-12-08 --review 2027-01-10"
    )
    shown = relcli.ok("plan list --all --color always", env={"COLUMNS": "80"}).out
    assert "next: \x1b[0msend her the album with the picture she liked" in shown
