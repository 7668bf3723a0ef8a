"""`preference …`: wishes written down, listed, ended, shown to them; lists meant for contacting."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ANA, BO = "ana@example.org", "bo@example.org"
FORMS = ("text", "json", "jsonl", "csv", "tsv", "ids")


@pytest.fixture
def people(relcli: Any, book_location: str) -> Any:
    """Ana, Bo, and Cleo of the bakery; answers `relcli`."""
    for line in (
        "contact add 'Bright Bakery' --kind organisation --email bakery@example.org --phone '+34 600 000 004'",
        f"contact add 'Ana Ruiz' --email {ANA} --phone '+34 600 000 001' --role customer",
        f"contact add Bo --email {BO} --phone '+34 600 000 002' --role supplier --tag print",
        "contact add Cleo --email cleo@example.org --phone '+34 600 000 003' --works-for 'Bright Bakery'",
    ):
        relcli.ok(line)
    return relcli


def listed(relcli: Any, *more: str) -> list[dict[str, Any]]:
    return list(json.loads(relcli.ok("preference", "list", *more, "-f", "json").out)["preferences"])


def wants(relcli: Any, who: str = ANA) -> list[tuple[str, str | None, str]]:
    return [(row["kind"], row["value"], row["source"]) for row in listed(relcli, who)]


def contactable(relcli: Any, by: str) -> set[str]:
    rows = json.loads(relcli.ok("contact", "list", "--contactable", by, "-f", "json").out)["contacts"]
    return {row["name"] for row in rows}


def test_one_command_writes_every_wish_in_one_batch_and_says_what_was_understood(people: Any) -> None:
    said = people.ok(
        f"preference set {ANA} --closeness Regular --cadence 6W --channel EMAIL --not-channel phone --hours 9:00-17 --topic Prints"
        ' --not-topic prices --surveys never --until 2027-03-12 --stated "mail me, please don\'t call"'
    )
    assert said.out == ""
    assert "batch 5" in said.err
    assert said.err.startswith(
        "noted for Ana Ruiz: regular contact, every 6 weeks, by e-mail, not by phone, between 9 and 17, about prints, "
        "not about prices, no surveys (stated 2026-11-21 10:00 until 2027-03-12; w_1 w_2 w_3 w_4 w_5 w_6 w_7 w_8)"
    )
    rows = listed(people, ANA)
    assert [row["id"] for row in rows] == [f"w_{n}" for n in range(1, 9)]
    assert {row["words"] for row in rows} == {"mail me, please don't call"}
    assert {(row["source"], row["until"], row["contact_name"]) for row in rows} == {("stated", "2027-03-12", "Ana Ruiz")}
    people.ok("book undo")
    assert listed(people) == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("--channel email", "--stated"),
        ("--channel email --stated ''", "--stated is empty"),
        ("--channel email --assumed '  '", "--assumed is empty"),
        ("--channel email --stated a --assumed b", "exclude each other"),
        ("--stated a", "no wish was said"),
        ("--channel phone --not-channel PHONE --stated a", "both wanted and not"),
        ("--channel phone --do-not-contact-by phone --stated a", "both wanted and not"),
        ("--topic prices --not-topic Prices --stated a", "both wanted and not"),
        ("--do-not-contact --cadence 6w --stated a", "exclude each other"),
        ("--do-not-contact --channel email --stated a", "exclude each other"),
        ("--do-not-contact --closeness close --stated a", "exclude each other"),
        ("--closeness none --cadence 6w --stated a", "exclude each other"),
        ("--cadence often --stated a", "10d, 4w, 6m or 1y"),
        ("--hours 25-30 --stated a", "between 0 and 24"),
        ("--surveys sometimes --stated a", "length of time"),
        ("--closeness friendly --stated a", "arms-length"),
        ("--channel pigeon --stated a", "there is no channel"),
        ("--channel email --at 2026-03-01 --until 2026-02-01 --stated a", "would never hold"),
        ("--closeness close --closeness none --stated x", '"close" and "none"'),
        ("--cadence 6w --cadence 3m --stated x", '"6w" and "3m"'),
        ("--hours 9-12 --hours 14-16 --stated x", '"9-12" and "14-16"'),
        ("--surveys never --surveys 6m --stated x", '"never" and "6m"'),
        ("--topic prints --until 2027-01-01 --until 2028-01-01 --stated x", '"2027-01-01" and "2028-01-01"'),
        ("--topic prints --stated x --stated y", '"x" and "y"'),
        ("--topic prints --assumed x --assumed y", '"x" and "y"'),
        ("--channel email --at 2026-11-22 --stated x", "still to come"),
        ("--channel email --at 2026-11-21T23:00 --stated x", "still to come"),
        ("--channel email --at 0001-01-01 --stated x", "outside the years 1800 to 2199"),
        ("--channel email --until 9999-12-31 --stated x", "outside the years 1800 to 2199"),
        ("--cadence 9999y --stated x", "longer than 10 years: use closeness none"),
        ("--cadence 3651d --stated x", "longer than 10 years: use closeness none"),
        ("--surveys 11y --stated x", "longer than 10 years: use surveys never"),
    ],
)
def test_what_contradicts_itself_or_cannot_be_meant_is_refused_and_nothing_is_written(people: Any, line: str, says: str) -> None:
    refused = people(f"preference set {ANA} {line}")
    assert (refused.code, says in refused.err) == (2, True), refused.err
    assert listed(people, "--all") == []
    assert people("book undo 5").code == 3


def test_closeness_none_may_stand_beside_do_not_contact(people: Any) -> None:
    people.ok(f"preference set {ANA} --do-not-contact --closeness none --stated 'leave me alone'")
    assert [kind for kind, *_ in wants(people)] == ["closeness", "do-not-contact"]


def test_a_channel_of_the_settings_is_a_channel(people: Any, place: Any) -> None:
    config = place / "home" / "config" / "relcli" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('channels = ["Pigeon"]\n')
    people.ok(f"preference set {ANA} --channel pigeon --stated 'coo'")
    assert wants(people) == [("channel", "pigeon", "stated")]


def test_a_newer_wish_that_ends_a_do_not_contact_says_so(people: Any) -> None:
    people.ok(f"preference set {ANA} --do-not-contact --at 2026-03-12 --stated 'please stop'")
    silent = people.ok(f"preference set {ANA} --channel email --assumed 'she wrote first'")
    assert "ends" not in silent.err
    assert "does not" not in silent.err
    assert ("do-not-contact", None, "stated") in wants(people)
    said = people.ok(f"preference set {ANA} --channel email --stated 'mail me again'")
    assert 'this ends the wish for no contact of 12 March 2026: "please stop" (w_1)' in said.err
    assert wants(people) == [("channel", "email", "stated")]


def test_a_wish_told_late_that_does_not_count_any_more_is_written_and_the_owner_told(people: Any) -> None:
    people.ok(f"preference set {ANA} --channel email --at 2026-06-01 --stated 'mail me'")
    late = people.ok(f"preference set {ANA} --do-not-contact --at 2026-03-12 --stated 'please stop'")
    assert "w_2 (no contact) does not count now" in late.err
    assert wants(people) == [("channel", "email", "stated")]
    assert len(listed(people, ANA, "--all")) == 2


def test_what_they_said_is_listed_before_what_we_assume_and_all_keeps_what_was_replaced(people: Any) -> None:
    people.ok(f"preference set {ANA} --cadence 6w --stated 'six weeks'")
    people.ok(f"preference set {ANA} --cadence 2w --assumed 'she writes often'")
    people.ok(f"preference set {ANA} --cadence 3m --at 2026-11-01 --stated 'less, for now'")
    assert wants(people) == [("cadence", "6w", "stated")]
    assert [row["value"] for row in listed(people, ANA, "--all")] == ["6w", "2w", "3m"]
    text = people.ok(f"preference list {ANA} --all").out
    assert "every 2 weeks (not now)" in text


def test_lists_are_narrowed_by_role_tag_and_top(people: Any) -> None:
    people.ok(f"preference set {ANA} --cadence 6w --at 2026-01-01 --stated a")
    people.ok(f"preference set {BO} --cadence 6w --at 2026-02-01 --stated b")
    assert [row["contact_name"] for row in listed(people, "--role", "supplier", "--tag", "print")] == ["Bo"]
    assert [row["contact_name"] for row in listed(people, "--role", "customer")] == ["Ana Ruiz"]
    assert [row["contact_name"] for row in listed(people, "--top", "1")] == ["Bo"]
    assert listed(people, "--role", "partner") == []


def test_the_observed_channel_is_shown_in_text_and_json_until_they_speak_of_channels(people: Any) -> None:
    for day in (1, 2, 3):
        people.ok(f"log {ANA} hello --channel sms --in --at 2026-03-0{day}")
    [seen] = listed(people, ANA)
    assert (seen["id"], seen["value"], seen["source"], seen["at"]) == (None, "sms", "observed", "2026-03-03")
    assert "3 of 3 touches they began" in people.ok("preference list").out
    assert people.ok("preference list -f csv").out.count("\n") == 1
    people.ok(f"preference set {ANA} --channel letter --assumed 'old school'")
    assert ("channel", "sms", "observed") in wants(people)
    people.ok(f"preference set {ANA} --not-channel phone --stated 'do not call'")
    assert ("channel", "sms", "observed") not in wants(people)


def test_what_they_never_said_is_said_on_stderr(people: Any) -> None:
    empty = people.ok("preference list")
    assert (empty.out, "no wish is known here" in empty.err) == ("", True)
    assert people("preference list nobody").code == 3


def test_the_columns_are_the_public_ones_in_every_row_format(people: Any) -> None:
    people.ok(f"preference set {ANA} --do-not-contact-by phone --at 2026-03-12 --until 2027-01-01 --stated 'no, \"never\"'")
    code = listed(people)[0]["contact"]
    assert people.ok("preference list -f csv").out == (
        "id,contact,kind,value,source,words,at,until,contact_name\n"
        f'w_1,{code},do-not-contact-by,phone,stated,"no, ""never""",2026-03-12,2027-01-01,Ana Ruiz\n'
    )
    assert people.ok("preference list -f ids").out == "w_1\n"


# --- clear --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "left"),
    [
        ("channel", {"w_3", "w_4"}),
        ("channel:letter", {"w_1", "w_3", "w_4"}),
        ("not-channel phone", {"w_1", "w_2", "w_4"}),
        ("w_4", {"w_1", "w_2", "w_3"}),
        ("CADENCE", {"w_1", "w_2", "w_3"}),
    ],
)
def test_clear_ends_what_is_named_from_that_day_on_and_the_past_keeps_it(people: Any, kind: str, left: set[str]) -> None:
    people.ok(f"preference set {ANA} --channel email --channel letter --not-channel phone --at 2026-03-12 --stated 'as I say'")
    people.ok(f"preference set {ANA} --cadence 6w --at 2026-03-12 --stated 'six weeks'")
    ids = {row["id"]: row["kind"] for row in listed(people, ANA)}
    assert ids == {"w_1": "channel", "w_2": "channel", "w_3": "not-channel", "w_4": "cadence"}
    said = people.ok(f"preference clear {ANA} {kind} --at 2026-06-01")
    assert "ended with 2026-05-31 for Ana Ruiz" in said.err
    assert {row["id"] for row in listed(people, ANA)} == left
    assert {row["id"] for row in listed(people, ANA, "--now", "2026-05-31")} == set(ids)
    assert len(listed(people, ANA, "--all")) == 4


def test_clear_ends_the_older_ones_of_the_kind_too_so_that_none_comes_back(people: Any) -> None:
    people.ok(f"preference set {ANA} --cadence 6w --at 2026-03-12 --stated 'six weeks'")
    people.ok(f"preference set {ANA} --cadence 3m --at 2026-04-12 --stated 'less'")
    people.ok(f"preference set {ANA} --cadence 1y --at 2026-04-12 --assumed 'seems busy'")
    people.ok(f"preference clear {ANA} cadence")
    assert wants(people) == []


def test_a_do_not_contact_ends_when_it_is_cleared(people: Any) -> None:
    people.ok(f"preference set {ANA} --do-not-contact --at 2026-03-12 --stated stop")
    people.ok(f"preference clear {ANA} do-not-contact")
    assert "Ana Ruiz" in contactable(people, "email")


@pytest.mark.parametrize(
    ("line", "code"),
    [("cadence", 3), ("not-channel:phone", 3), ("w_9", 3), ("channel --at 2026-01-01", 3), ("moods", 2), ("channel:phone", 3)],
)
def test_clear_of_what_does_not_hold_is_refused(people: Any, line: str, code: int) -> None:
    people.ok(f"preference set {ANA} --channel email --at 2026-03-12 --stated 'mail me'")
    assert people(f"preference clear {ANA} {line}").code == code
    assert wants(people) == [("channel", "email", "stated")]


# --- the card -----------------------------------------------------------------------------------------------------------


def test_the_card_speaks_to_them_and_shows_nothing_of_how_we_keep_it(people: Any, place: Any) -> None:
    config = place / "home" / "config" / "relcli" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[me]\nname = "Paula Ink"\n')
    people.ok(f"preference set {ANA} --channel email --not-topic prices --at 2026-03-12 --stated 'mail me <b>now</b>'")
    people.ok(f"preference set {ANA} --cadence 6w --assumed 'she seems a bit lonely'")
    card = people.ok(f"preference card {ANA}").out
    assert "Is this what you want from us?  21 November 2026" in card
    assert 'You asked us to write to you by e-mail. (12 March 2026: "mail me <b>now</b>")' in card
    assert "We think you would like us to be in touch about every 6 weeks. Is that right?" in card
    assert "You asked us not to speak of prices." in card
    assert "Thank you,\nPaula Ink" in card
    for form in ("text", "md", "html", "json"):
        out = people.ok(f"preference card {ANA} --format {form}").out
        for word in ("lonely", "w_1", "c_", "stated ", "assumed ", "cadence", "not-topic"):
            assert form == "json" or word not in out, (form, word)
    assert "<b>now" not in people.ok(f"preference card {ANA} -f html").out
    assert people(f"preference card {ANA} -f csv").code == 2


def test_without_wishes_the_card_asks(people: Any) -> None:
    card = people.ok(f"preference card {BO}").out
    assert "You have not told us yet" in card
    assert "how often?" in card


# --- lists meant for contacting -------------------------------------------------------------------------------------------


def test_contactable_leaves_out_whom_their_wish_or_what_we_owe_forbids(people: Any) -> None:
    assert contactable(people, "phone") == {"Ana Ruiz", "Bo", "Bright Bakery", "Cleo"}
    people.ok(f"preference set {ANA} --not-channel phone --stated 'do not call'")
    people.ok(f"preference set {BO} --not-channel phone --assumed 'never picks up'")
    assert contactable(people, "phone") == {"Bo", "Bright Bakery", "Cleo"}
    assert contactable(people, "email") == {"Ana Ruiz", "Bo", "Bright Bakery", "Cleo"}
    people.ok("preference set 'Bright Bakery' --do-not-contact --assumed 'closed down'")
    assert contactable(people, "email") == {"Ana Ruiz", "Bo"}
    people.ok(f"contact archive {BO}")
    assert contactable(people, "email") == {"Ana Ruiz"}
    assert people("contact list --contactable pigeon").code == 2
    assert people("contact list --contactable email --archived").code == 2


def test_contactable_leaves_out_whom_no_address_of_the_channel_is_known_of(people: Any) -> None:
    people.ok("contact add Dora --handle @dora")
    everybody = {"Ana Ruiz", "Bo", "Bright Bakery", "Cleo"}
    for by in ("email", "phone", "sms"):
        assert contactable(people, by) == everybody
    for by in ("chat", "social"):
        assert contactable(people, by) == {"Dora"}
    assert contactable(people, "letter") == {*everybody, "Dora"}


def test_what_was_seen_of_them_is_not_listed_while_what_they_said_of_channels_holds(people: Any) -> None:
    for day in ("2026-11-01", "2026-11-02", "2026-11-03"):
        people.ok(f"log {ANA} question --channel chat --in --at {day}")
    assert "observed" in people.ok(f"preference list {ANA}").out
    people.ok(f"preference set {ANA} --channel email --until 2026-12-31 --stated 'mail me this year'")
    assert "observed" not in people.ok(f"preference list {ANA}").out
    assert "observed" in people.ok(f"preference list {ANA} --now 2027-01-02").out


def test_the_list_for_a_channel_shows_the_address_that_the_channel_needs(people: Any) -> None:
    people.ok(f"contact edit {BO} --phone '+34 600 000 002' --handle @bo")
    line = {
        by: next(line for line in people.ok("contact", "list", "--contactable", by).out.splitlines() if " Bo " in line)
        for by in ("email", "phone", "sms", "chat", "social", "letter", "visit")
    }
    shown = {by: [a for a in (BO, "+34 600 00 00 02", "@bo") if a in line[by]] for by in line}
    assert shown == {
        "email": [BO], "phone": ["+34 600 00 00 02"], "sms": ["+34 600 00 00 02"], "chat": ["@bo"], "social": ["@bo"],
        "letter": [], "visit": [BO],
    }  # fmt: skip


def test_a_length_of_ten_years_is_a_wish(people: Any) -> None:
    people.ok(f"preference set {ANA} --cadence 10y --surveys 120m --stated 'once in a while'")
    assert [value for _, value, _ in wants(people)] == ["10y", "120m"]


def test_a_merge_says_which_do_not_contact_comes_onto_who_stays(people: Any) -> None:
    people.ok(f"preference set {BO} --do-not-contact --do-not-contact-by phone --at 2026-03-12 --stated stop")
    people.ok(f"preference set {ANA} --do-not-contact-by phone --at 2026-03-13 --stated 'no calls'")
    plan = people.ok(f"contact merge {ANA} {BO} --dry-run").out
    assert "Ana Ruiz now wants no contact (w_1)\n" in plan
    assert "no contact by phone" not in plan  # that she wanted already
    assert json.loads(people.ok(f"contact merge {ANA} {BO} --dry-run -f json").out)["do_not_contact"] == ["w_1"]
    assert "Ana Ruiz now wants no contact (w_1)\n" in people(f"contact merge {ANA} {BO}").err  # before it asks
    assert ": 2 preferences; Ana Ruiz now wants no contact (w_1)" in people.ok(f"contact merge {ANA} {BO} --yes").err


def test_a_merge_names_the_do_not_contact_that_it_says_anew(people: Any) -> None:
    people.ok(f"preference set {BO} --do-not-contact-by phone --at 2026-03-12 --stated stop")
    people.ok(f"preference set {ANA} --channel phone --at 2026-06-01 --stated 'call me'")
    told = people.ok(f"contact merge {ANA} {BO} --yes").err
    assert ": 1 preference; Ana Ruiz now wants no contact by phone (w_3)" in told
    assert "w_3" in {row["id"] for row in listed(people, ANA)}


def test_a_merge_without_a_do_not_contact_says_nothing_of_one(people: Any) -> None:
    people.ok(f"preference set {BO} --do-not-contact --at 2026-03-12 --until 2026-04-12 --stated 'not in Lent'")
    assert "now wants" not in people.ok(f"contact merge {ANA} {BO} --dry-run").out
    assert "now wants" not in people.ok(f"contact merge {ANA} {BO} --yes").err


def test_a_cadence_leaves_out_whom_we_wrote_to_not_long_ago_and_not_whom_we_answered(people: Any) -> None:
    for who in (ANA, BO):
        people.ok(f"preference set {who} --cadence 6w --at 2026-01-01 --stated 'six weeks'")
    people.ok(f"log {BO} 'a question' --channel email --in --at 2026-11-10")
    for who in (ANA, BO):
        people.ok(f"log {who} hello --channel email --out --at 2026-11-11")
    assert contactable(people, "email") == {"Bo", "Bright Bakery", "Cleo"}


def test_an_organisation_that_wants_peace_is_not_reached_through_touches_of_its_people(people: Any) -> None:
    people.ok("preference set 'Bright Bakery' --cadence 6w --at 2026-01-01 --stated 'six weeks'")
    people.ok("log Cleo hello --channel email --out --at 2026-11-11")
    assert contactable(people, "email") == {"Ana Ruiz", "Bo", "Cleo"}


def test_hours_are_those_of_where_they_live(people: Any) -> None:
    people.ok(f"preference set {ANA} --hours 9-17 --stated 'in the day'")
    people.ok(f"contact edit {ANA} --timezone America/New_York")  # it is five in the morning there
    assert "Ana Ruiz" not in contactable(people, "phone")
    assert "Ana Ruiz" in contactable(people, "email")


wishes = st.lists(
    st.sampled_from(
        [
            "--do-not-contact --stated stop", "--do-not-contact --assumed quiet", "--do-not-contact-by email --stated no",
            "--do-not-contact-by email --assumed no", "--channel email --assumed maybe", "--cadence 6w --assumed maybe",
            "--closeness close --assumed friendly", "--hours 0-24 --stated always", "--topic prints --stated nice",
        ]
    ),
    max_size=4,
)  # fmt: skip


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=wishes,
    shut=st.sampled_from(["--do-not-contact", "--do-not-contact-by email"]),
    after=wishes,
    form=st.sampled_from(FORMS),
)
def test_whoever_wants_no_contact_is_on_no_list_for_it_in_any_format(
    people: Any, before: list[str], shut: str, after: list[str], form: str
) -> None:
    first = people.ok("contact add Zed -f ids").out.strip()
    for line in [*before, f"{shut} --stated 'please stop'", *after]:
        people.ok(f"preference set {first} {line}")
    out = people.ok(f"contact list --contactable email -f {form}").out
    assert out
    assert first not in out
    assert "Zed" not in out
    people.ok(f"contact archive {first}")


# --- in other commands ------------------------------------------------------------------------------------------------


def test_show_has_a_line_of_wishes(people: Any) -> None:
    assert "wants" not in people.ok(f"contact show {ANA}").out
    people.ok(f"preference set {ANA} --channel email --cadence 6w --stated 'mail me'")
    assert "wants   every 6 weeks, by e-mail" in people.ok(f"contact show {ANA}").out


@pytest.mark.parametrize("shut_first", [True, False])
@pytest.mark.parametrize("which", ["ana", "bo"])
def test_a_merge_loses_no_do_not_contact_of_either_and_its_undo_takes_it_back(people: Any, which: str, shut_first: bool) -> None:
    shut, open_ = (ANA, BO) if which == "ana" else (BO, ANA)
    lines = [
        f"preference set {shut} --do-not-contact --do-not-contact-by phone --at 2026-03-12 --stated 'please stop'",
        f"preference set {open_} --channel phone --closeness close --at 2026-06-01 --stated 'call me'",
    ]
    for line in lines if shut_first else lines[::-1]:
        people.ok(line)
    before = listed(people, "--all")
    people.ok(f"contact merge {ANA} {BO} --yes")
    merged = listed(people, ANA)
    kept = [(row["kind"], row["words"], row["source"]) for row in merged if row["kind"].startswith("do-not")]
    assert kept == [("do-not-contact", "please stop", "stated"), ("do-not-contact-by", "please stop", "stated")]
    assert {row["at"] for row in listed(people, ANA, "--all") if row["id"] in {r["id"] for r in before}} == {
        row["at"] for row in before
    }
    assert contactable(people, "email") == {"Bright Bakery", "Cleo"}
    people.ok("book undo --yes")
    assert listed(people, "--all") == before


def test_a_merge_writes_nothing_anew_where_nothing_would_be_lost(people: Any) -> None:
    people.ok(f"preference set {BO} --do-not-contact --at 2026-03-12 --stated 'please stop'")
    people.ok(f"preference set {ANA} --channel phone --at 2026-01-01 --stated 'call me'")
    people.ok(f"contact merge {ANA} {BO} --yes")
    assert [row["id"] for row in listed(people, "--all")] == ["w_1", "w_2"]


@pytest.mark.parametrize(
    ("shut", "address", "told"),
    [
        ("--do-not-contact --stated stop", ANA, True),
        ("--do-not-contact --assumed stop", ANA, True),
        ("--do-not-contact-by email --stated stop", ANA, True),
        ("--do-not-contact-by phone --stated stop", ANA, False),
        ("--not-channel email --stated stop", ANA, False),
        ("--do-not-contact --stated stop", "else@example.org", False),
    ],
)
def test_that_somebody_forgotten_wanted_no_contact_is_remembered_and_told(
    people: Any, shut: str, address: str, told: bool
) -> None:
    people.ok(f"preference set {ANA} {shut}")
    people.ok(f"contact forget {ANA} --yes")
    line = f"somebody forgotten had asked for no contact under {address}\n"
    assert (line in people.ok(f"contact add Somebody --email {address}").err) is told
    people.ok("book undo")
    assert (line in people.ok(f"log {address} hello --add --channel email --in").err) is told
    people.ok("book undo")
    assert (line in people.ok(f"sold {address} 5 --add").err) is told
    people.ok("book undo")
    assert (line in people.ok(f"contact edit {BO} --email {address}").err) is told


@pytest.mark.parametrize(("by", "told"), [("chat", True), ("social", True), ("email", False)])
def test_silence_by_a_channel_is_remembered_under_the_address_it_goes_to(people: Any, by: str, told: bool) -> None:
    people.ok(f"contact edit {ANA} --handle @ana")
    people.ok(f"preference set {ANA} --do-not-contact-by {by} --stated stop")
    people.ok(f"contact forget {ANA} --yes")
    assert ("no contact under @ana" in people.ok("contact add Somebody --handle @ana").err) is told


def test_forgotten_twice_under_one_address_the_wish_for_silence_stays(people: Any) -> None:
    people.ok(f"contact forget {ANA} --yes")
    people.ok(f"contact add Ana --email {ANA}")
    people.ok(f"preference set {ANA} --do-not-contact --stated stop")
    people.ok(f"contact forget {ANA} --yes")
    people.ok(f"contact add Ana --email {ANA}")
    people.ok(f"contact forget {ANA} --yes")
    assert "no contact under" in people.ok(f"contact add Ana --email {ANA}").err


def test_an_import_skips_them_as_ever(people: Any, tmp_path: Any) -> None:
    people.ok(f"preference set {ANA} --do-not-contact --stated stop")
    people.ok(f"contact forget {ANA} --yes")
    (tmp_path / "again.csv").write_text(f"name,email\nAna Ruiz,{ANA}\n")
    outcome = people.ok("import", "contacts", str(tmp_path / "again.csv"))
    assert outcome.err == "1 row: 1 left out (of somebody who was forgotten)\n"
