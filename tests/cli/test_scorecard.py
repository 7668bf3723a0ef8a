"""`relcli scorecard`: what a card says, and what it leaves unsaid."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("book_location")


@pytest.fixture
def ana(relcli: Any, book_location: str) -> str:
    """A customer who ordered monthly until three months ago; her id."""
    made = relcli.ok("contact", "add", "Ana Ruiz", "--role", "customer", "--format", "ids")
    for day in ("01-12", "02-11", "03-14", "04-12", "05-13", "06-12", "07-11", "08-13"):
        relcli.ok("sold", "Ana Ruiz", "120", "bread", "--at", f"2026-{day}")
    return str(made.out.strip())


def card(relcli: Any, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(relcli.ok("scorecard", *words, "--format", "json").out)["scorecards"][0]
    return found


def test_a_card_names_the_six_components_and_says_what_is_not_measured(relcli: Any, ana: str) -> None:
    text = relcli.ok("scorecard", ana).out

    for name in ("health", "rhythm", "warning", "terms", "reciprocity", "promises", "voice", "loyalty", "next"):
        assert name in text
    for unknown in ("no wish known", "nothing that asks for an answer yet", "none recorded", "never asked"):
        assert unknown in text
    assert "8 orders in" in text


def test_the_columns_of_a_card_are_the_public_ones_in_their_order(relcli: Any, ana: str) -> None:
    lines = relcli.ok("scorecard", ana, "--format", "csv").out.splitlines()

    assert lines[0] == (
        "id,name,roles,stage,status,health,low,high,coverage,trend,rhythm,silent_risk,expected,terms,reciprocity,promises,"
        "voice,loyalty,last_in,last_out,expected_next,owed,reason,next_step,as_of"
    )
    row = next(csv.DictReader(io.StringIO("\n".join(lines))))
    assert (row["id"], row["status"], row["last_in"], row["last_out"], row["as_of"]) == (
        ana, "at-risk", "2026-08-13", "", "2026-11-21",
    )  # fmt: skip
    assert row["terms"] == row["reciprocity"] == row["promises"] == row["voice"] == ""


def test_json_has_the_same_keys_and_names_the_records_behind_the_card(relcli: Any, ana: str) -> None:
    found = card(relcli, ana)
    header = relcli.ok("scorecard", ana, "--format", "csv").out.splitlines()[0].split(",")

    assert list(found)[: len(header)] == header
    assert found["records"] == [f"t_{n}" for n in range(8, 0, -1)]
    assert found["components"]["rhythm"]["evidence"] == 8
    assert found["terms"] is None
    assert found["horizon_days"] == 182


def test_the_past_is_recomputed_from_the_records_of_then(relcli: Any, ana: str) -> None:
    then = card(relcli, ana, "--as-of", "2026-08-14")
    before = card(relcli, ana, "--as-of", "2026-01-01")

    assert then["status"] == "strong"
    assert then["records"] == [f"t_{n}" for n in range(8, 0, -1)]
    assert (before["status"], before["rhythm"], before["records"]) == ("record", None, [])


def test_a_record_counts_by_the_day_it_happened_not_by_the_day_it_was_typed_in(relcli: Any, ana: str) -> None:
    relcli.ok("log", ana, "a call we forgot", "--channel", "phone", "--in", "--at", "2026-10-01")

    assert card(relcli, ana, "--as-of", "2026-10-02")["last_in"] == "2026-10-01"


def test_our_own_touches_are_no_sign_of_life(relcli: Any) -> None:
    relcli.ok("log", "Bo", "our letter", "--channel", "letter", "--out", "--add")
    found = card(relcli, "Bo")

    assert (found["status"], found["rhythm"], found["last_out"]) == ("record", None, "2026-11-21")


def test_a_refund_is_no_sign_of_life(relcli: Any) -> None:
    relcli.ok("import transactions - --add", stdin="contact,at,kind,amount\nBo,2026-11-01,refund,10\n")

    assert card(relcli, "Bo")["status"] == "record"


def test_several_cards_come_in_the_order_asked_for_each_once(relcli: Any, ana: str) -> None:
    relcli.ok("contact", "add", "Bo")
    names = [row["name"] for row in csv.DictReader(io.StringIO(relcli.ok("scorecard", "bo", "ana", ana, "-f", "csv").out))]

    assert names == ["Bo", "Ana Ruiz"]


def test_nothing_is_shown_where_one_of_several_is_unknown(relcli: Any, ana: str) -> None:
    ran = relcli("scorecard", ana, "nobody at all")

    assert (ran.code, ran.out) == (3, "")
    assert "No contact matches “nobody at all”" in ran.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--horizon", "0"], 2, "1 to 3650"),
        (["--horizon", "9999"], 2, "1 to 3650"),
        (["--as-of", "31/02/2026"], 2, "there is no 31 February 2026"),
        (["--as-of", "10"], 2, "not a date"),
        (["--format", "eml"], 2, "not offered here"),
    ],
)
def test_what_cannot_be_meant_is_refused(words: list[str], code: int, said: str, relcli: Any, ana: str) -> None:
    ran = relcli("scorecard", ana, *words)

    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_the_owner_may_weigh_the_components_and_the_card_says_so(
    relcli: Any, ana: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config" / "relcli").mkdir(parents=True)
    (tmp_path / "config" / "relcli" / "config.toml").write_text("[health.weights]\nrhythm = 100\nloyalty = 0\n")

    weighed = card(relcli, ana)

    assert weighed["components"]["rhythm"]["weight"] == 100
    assert weighed["coverage"] > 60
    assert "your own settings" in relcli.ok("scorecard", ana).out


@pytest.mark.parametrize("line", ["[health.weights]\nrhythm = -1\n", "colour = 1\n", "health = [\n"])
def test_a_wrong_setting_is_named_and_ends_with_78(
    line: str, relcli: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config" / "relcli").mkdir(parents=True)
    (tmp_path / "config" / "relcli" / "config.toml").write_text(line)

    ran = relcli("contact", "list")

    assert ran.code == 78
    assert "config.toml" in ran.err


@pytest.mark.usefixtures("book_location")
def test_a_card_of_a_past_day_knows_nothing_of_a_promise_they_kept_later(relcli: Any) -> None:
    relcli.ok("contact", "add", "Mia Lund")
    relcli.ok("log", "mia", "asked", "-c", "email", "--in", "--at", "2026-06-01")
    relcli.ok("promise", "add", "mia", "the list", "--theirs", "--at", "2026-06-02")
    relcli.ok("promise", "keep", "p_1", "--at", "2026-11-10")

    assert card(relcli, "mia", "--as-of", "2026-08-01")["last_in"] == "2026-06-01"
    assert card(relcli, "mia")["last_in"] == "2026-11-10"


@pytest.mark.usefixtures("book_location")
def test_a_sale_later_the_same_day_answers_what_we_asked_in_the_morning(relcli: Any) -> None:
    relcli.ok("contact", "add", "Mia Lund", "--role", "customer")
    relcli.ok("sold", "mia", "10", "--at", "2026-06-01")
    relcli.ok("log", "mia", "how is it going", "-c", "email", "--out", "--purpose", "check-in", "--at", "2026-08-01T09:00")
    relcli.ok("sold", "mia", "10", "--at", "2026-08-01T17:00")

    assert "they answered 1 of our 1 question" in card(relcli, "mia")["components"]["reciprocity"]["reason"]


@pytest.mark.usefixtures("book_location")
def test_a_card_names_the_promises_and_wishes_behind_it(relcli: Any) -> None:
    relcli.ok("contact", "add", "Mia Lund")
    relcli.ok("log", "mia", "asked", "-c", "email", "--in", "--at", "2026-06-01")
    relcli.ok("promise", "add", "mia", "the list", "--by", "2026-06-10", "--at", "2026-06-02")
    relcli.ok("preference", "set", "mia", "--channel", "email", "--at", "2026-06-03", "--stated", "mail me")

    assert card(relcli, "mia")["records"] == ["i_1", "p_1", "w_1"]
    assert card(relcli, "mia", "--as-of", "2026-06-01")["records"] == ["i_1"]


@pytest.mark.usefixtures("book_location")
def test_who_was_set_aside_today_was_not_set_aside_before(relcli: Any, ana: str) -> None:
    relcli.ok("contact", "archive", ana)

    assert card(relcli, ana)["status"] == "closed"
    assert card(relcli, ana, "--as-of", "2026-08-14")["status"] == "strong"
