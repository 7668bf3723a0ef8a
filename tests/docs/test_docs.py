"""Every command in the README and the docs runs, in the order of its page, and every link leads somewhere."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.docs.commands import PAGE, draw

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://|mailto:)([^)#]+)")
ELSEWHERE = ("python3 -m venv", ".venv/bin/", "python -m", "python benchmarks", "pytest", "bash .ci/run", "UPDATE_GOLDEN")
LEDGER = "party,date,value\nS001,2026-01-05,120.50\nS002,2026-01-07,80\nS001,2026-02-04,99.90\n"
MAP = '[columns]\ncontact = "party"\nat = "date"\namount = "value"\n[constants]\nkind = "purchase"\ncurrency = "GBP"\n'


def commands(page: Path) -> list[str]:
    """The shell lines of a page, prompts taken off."""
    lines = []
    for language, body in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "console":
            lines += [line[2:] for line in body.split("\n") if line.startswith("$ ")]
        elif language == "sh":
            lines += [line for line in body.split("\n") if line.strip() and not line.startswith("#")]
    return lines


def test_each_page_to_practise_on_has_a_book_of_its_own() -> None:
    """So that whoever reads two of them in one folder finds the second as it says."""
    made = [book for page in PAGES for book in set(re.findall(r"practice[\w-]*\.db", page.read_text(encoding="utf-8")))]
    assert made
    assert len(made) == len(set(made))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_on_the_page_runs(
    page: Path, tmp_path: Path, relcli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RELCLI_BOOK", str(tmp_path / "book.db"))
    (tmp_path / "ledger.csv").write_text(LEDGER)
    (tmp_path / "map.toml").write_text(MAP)
    if page.parent.name == "how-to":  # the others begin with an empty place
        relcli("--book", str(tmp_path / "book.db"), "demo")
    for language, body in BLOCK.findall(page.read_text(encoding="utf-8")):
        named = re.match(r"# (\S+\.(?:toml|csv))\n", body)
        if language in ("toml", "csv") and named:
            (tmp_path / named.group(1)).write_text(body)
    for line in commands(page):
        if line.startswith(ELSEWHERE):
            continue
        if line.startswith("export "):
            name, _, value = line.removeprefix("export ").partition("=")
            monkeypatch.setenv(name, str(tmp_path / value) if name == "RELCLI_BOOK" else value)
            continue
        piped = b""
        for part in line.split(" | "):
            words = shlex.split(part)
            assert words[0] == "relcli", f"{page.name}: a line that is neither ours nor exempt: {line}"
            ran = relcli(*words[1:], stdin=piped)
            assert ran.code == 0, f"{page.name}: {line}\n{ran.err}"
            piped = ran.out_bytes


def test_the_pages_have_commands_to_run() -> None:
    assert len(commands(ROOT / "README.md")) >= 10
    assert len(commands(ROOT / "docs" / "tutorial" / "first-hour.md")) >= 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_on_the_page_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_reference_of_commands_is_current() -> None:
    assert draw() == PAGE.read_text(encoding="utf-8"), "make it anew: python -m tests.docs.commands"


def test_the_documented_columns_are_the_columns() -> None:
    from relcli.render import audits, backtest_document, rows, scorecards, surveys, timeline

    text = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs" / "reference").glob("*.md"))

    for columns in (
        scorecards.COLUMNS,
        backtest_document.COLUMNS,
        audits.COLUMNS,
        timeline.COLUMNS,
        rows.CONTACTS,
        rows.INTERACTIONS,
        rows.TRANSACTIONS,
        rows.PROMISES,
        rows.REFERRALS,
        rows.PREFERENCES,
        rows.CIRCUMSTANCES,
        rows.LATERS,
        rows.PLANS,
        rows.REMINDERS,
        rows.TEMPLATES,
        rows.ANSWERS,
        rows.INITIATIVES,
        rows.ENROLMENTS,
        rows.EFFECTS,
        surveys.COLUMNS,
    ):
        assert ",".join(columns) in text


def test_the_documented_settings_are_the_settings() -> None:
    from relcli.config.settings import Settings

    text = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")

    for name in Settings.model_fields:
        assert f"`{name}" in text
