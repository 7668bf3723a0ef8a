"""What a tutorial says happens does happen, on whatever day somebody reads it."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from tests.docs.test_docs import ROOT, commands

LADDER = ROOT / "docs" / "tutorial" / "from-first-order-to-advocate.md"


@pytest.mark.parametrize("today", ["2026-11-21", "2027-01-01", "2027-05-31", "2028-02-29"])
def test_the_reader_takes_one_relationship_from_a_first_order_to_an_advocate(
    relcli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, today: str
) -> None:
    monkeypatch.setenv("RELCLI_NOW", f"{today}T10:00:00+00:00")
    monkeypatch.setenv("RELCLI_BOOK", str(tmp_path / "ladder.db"))
    climbed, proven, asked = [], [], []
    for line in commands(LADDER)[1:]:
        words = shlex.split(line)[1:]
        if words[0] == "scorecard":
            [card] = json.loads(relcli.ok(*words, "-f", "json").out)["scorecards"]
            climbed.append(card["stage"])
            proven.append([one["stage"] for one in card["ladder"]["proof"]])
            asked.append(card["ladder"]["satisfaction"])
        ran = relcli.ok(*words)
        if words[0] == "agenda":
            assert "sent us Sam Okoye" in ran.out
        if words[:2] == ["referral", "list"]:
            assert f"first sale {today} (t_6)" in ran.out
        if words[0] == "health-report":
            assert "2 rose, 0 fell" in ran.out

    assert climbed == [
        "prospect", "first-time", "satisfied", "satisfied", "loyal", "repeat", "loyal", "advocate", "repeat", "first-time",
    ]  # fmt: skip
    assert proven[7] == ["first-time", "satisfied", "repeat", "loyal", "advocate"]
    assert asked[1] == "satisfaction unproven: never asked"
