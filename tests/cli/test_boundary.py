"""Errors become exit codes: one or two lines, or one JSON object, and never a traceback nobody asked for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from relcli import errors
from relcli.errors import RelcliError

TABLE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "exit-codes.md"


def family(kind: type[RelcliError]) -> list[type[RelcliError]]:
    return [kind, *(c for child in kind.__subclasses__() for c in family(child))]


OWN = [
    kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, RelcliError) and kind is not RelcliError
]


@pytest.mark.parametrize("kind", [k for k in OWN if k.__base__ is RelcliError], ids=lambda k: k.__name__)
def test_every_error_stands_in_the_published_table_under_its_code_and_name(kind: type[RelcliError]) -> None:
    rows = dict(re.findall(r"^\| (\d+) \| ([\w-]*) \|", TABLE.read_text("utf-8"), re.MULTILINE))
    assert rows[str(kind.code)] == kind("").kind


def test_the_table_names_no_code_that_does_not_exist() -> None:
    codes = {int(c) for c in re.findall(r"^\| (\d+) \|", TABLE.read_text("utf-8"), re.MULTILINE)}
    assert codes == {kind.code for kind in OWN} | {0, 70, 79, 130, 141, 143}


def test_a_more_exact_error_keeps_the_code_of_its_kind() -> None:
    import relcli.actions.references  # noqa: F401  # defines some

    for kind in family(RelcliError)[1:]:
        if kind.__base__ is not RelcliError:
            assert kind.code == kind.__base__.code  # type: ignore[union-attr]  # every class here has a base


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("contact list", 66, "there is no book at"),
        ("log nobody x", 66, "there is no book at"),
        ("nonsense", 2, "nonsense"),
        ("contact", 2, ""),
        ("contact add", 2, "NAME"),
        ("contact list --format xml", 2, "is no format"),
        ("contact list --format html", 2, "is not offered here"),
        ("contact list --color pink", 2, "auto, always or never"),
        ("contact list --wait -1", 2, "seconds"),
        ("contact list --now tomorrow-ish", 2, "is not a date"),
        ("contact list --fromat csv", 2, "--format"),
        ("contact list --book mysql://somewhere/x", 78, "cannot live on mysql"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_or_two_lines(relcli: Any, words: str, code: int, said: str) -> None:
    outcome = relcli(words)
    assert outcome.code == code
    if words != "contact":
        assert outcome.out == ""
        assert outcome.err.startswith("relcli: ")
        assert len(outcome.err.splitlines()) in {1, 2}
    assert said in outcome.err


@pytest.mark.parametrize(
    "where", ["--format json contact list", "contact --format json list", "contact list --format json", "contact list -fjson"]
)
def test_errors_are_json_wherever_json_was_asked_for(relcli: Any, where: str) -> None:
    outcome = relcli(where)
    told = json.loads(outcome.err)["error"]
    assert (told["code"], told["kind"]) == (66, "book-missing")
    assert told["message"]
    assert told["hint"]
    assert outcome.out == ""


def test_usage_errors_are_json_too_even_before_anything_was_parsed(relcli: Any) -> None:
    assert json.loads(relcli("contact list --bogus --format json").err)["error"]["kind"] == "misused"
    assert json.loads(relcli("contact list --bogus", env={"RELCLI_FORMAT": "json"}).err)["error"]["code"] == 2
    assert relcli("contact", "list", "--bogus", "--", "--format", "json").err.startswith("relcli: ")


def test_a_bug_is_one_line_and_its_origin_only_with_debug(relcli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from relcli.actions import contacts

    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("a secret of a customer")

    monkeypatch.setattr(contacts, "list_contacts", broken)
    relcli.ok("contact add Ana")
    quiet = relcli("contact list")
    assert quiet.code == 70
    assert "a bug in relcli: ZeroDivisionError" in quiet.err
    assert "secret" not in quiet.err
    assert "Traceback" not in quiet.err
    loud = relcli("contact list --debug")
    assert loud.code == 70
    assert "Traceback" in loud.err
    assert "in broken" in loud.err


def test_errors_of_ours_show_their_origin_with_debug(relcli: Any) -> None:
    assert "Traceback" in relcli("contact list --debug").err


def test_settings_that_cannot_be_read_name_the_key(relcli: Any, place: Path) -> None:
    from relcli import config

    relcli.ok("contact add Ana")
    path = config.settings_path()
    path.parent.mkdir(parents=True)
    for text, said in (("[dates]\norder = 'XYZ'\n", "dates.order"), ("colour = 1\n", "colour"), ("[dates\n", "TOML")):
        path.write_text(text)
        outcome = relcli("contact list")
        assert outcome.code == 78
        assert said in outcome.err


def test_a_bad_format_in_the_environment_is_passed_over(relcli: Any) -> None:
    relcli.ok("contact add Ana")
    assert "Ana" in relcli.ok("contact list", env={"RELCLI_FORMAT": "html"}).out
    assert relcli.ok("contact list", env={"RELCLI_FORMAT": "ids"}).out.startswith("c_")


def test_the_format_follows_the_suffix_of_the_output(relcli: Any, place: Path) -> None:
    relcli.ok("contact add Ana")
    for suffix, begin in ((".csv", "id,kind"), (".json", "{"), (".txt", "")):
        relcli.ok("contact", "list", "-o", str(place / f"x{suffix}"))
        assert (place / f"x{suffix}").read_text().startswith(begin)
        assert "Ana" in (place / f"x{suffix}").read_text()


def test_global_options_mean_the_same_in_every_place(relcli: Any, place: Path) -> None:
    other = str(place / "other.db")
    relcli.ok("--book", other, "contact", "add", "Ana")
    relcli.ok("contact", "--book", other, "add", "Bo")
    relcli.ok("contact", "add", "Cy", "--book", other)
    relcli.ok("--book", "/nowhere/at/all.db", "contact", "add", "Di", f"--book={other}")
    assert not (place / "book.db").exists()
    assert len(relcli.ok("contact", "list", "--format", "ids", "--book", other).out.splitlines()) == 4


def test_a_closed_standard_input_is_no_reason_to_fail(process: Any) -> None:
    ran = process.shell("relcli contact add Ana <&-")
    assert (ran.code, ran.out) == (0, "")


@pytest.mark.parametrize("command", ["contact forget", "agenda", ""])
def test_the_help_shows_no_type_behind_a_flag_that_takes_no_value(relcli: Any, command: str) -> None:
    shown = relcli.ok(f"{command} --help").out
    assert "--yes" in shown
    assert "<bool>" not in shown


def test_the_help_begins_with_the_commands_and_options_come_last(relcli: Any) -> None:
    shown = relcli.ok("--help").out
    places = [shown.index(word) for word in ("Usage:", "Every day", "The book", "before or after", "--version", "PATH|URL")]
    assert places == sorted(places)


@pytest.mark.parametrize("group", ["referral", "plan", "book", "initiative", "contact"])
def test_a_group_lists_its_commands_and_leaves_the_global_options_to_the_root(relcli: Any, group: str) -> None:
    for words, code in ((f"{group} --help", 0), (group, 2)):
        outcome = relcli(words)
        assert outcome.code == code
        assert "Commands" in outcome.out
        assert "Global options" not in outcome.out
        assert "relcli --help" in outcome.out


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("initiative enroll", "Usage: relcli initiative enroll [OPTIONS] NAME [WHO]..."),
        ("scorecard", "Usage: relcli scorecard [OPTIONS] WHO..."),
        ("initiative start", "OUTCOME"),
        ("promise list", "STATUS"),
        ("survey results", "survey-version"),
    ],
)
def test_the_help_names_arguments_as_the_reference_does_and_no_type_of_the_language(relcli: Any, command: str, said: str) -> None:
    shown = relcli.ok(f"{command} --help").out
    assert said in shown
    assert "<str>" not in shown
    assert "list[" not in shown
