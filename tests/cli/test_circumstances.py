"""`circumstance …`: what shapes a relationship, for both sides."""

from __future__ import annotations

import json
from typing import Any

import pytest

ANA = "ana@example.org"


@pytest.fixture
def ana(relcli: Any, book_location: str) -> Any:
    relcli.ok(f"contact add 'Ana Ruiz' --email {ANA}")
    return relcli


def answer(relcli: Any, *more: str) -> dict[str, Any]:
    return dict(json.loads(relcli.ok("circumstance", "list", *more, "-f", "json").out))


def test_a_rating_is_written_and_said_in_one_line(ana: Any) -> None:
    said = ana.ok(f"circumstance set {ANA} Switching-Cost --theirs 4 --ours 2 --note 'all her negatives' --at 2026-03-12")
    assert said.err == "noted f_1: switching-cost of Ana Ruiz, theirs 4, ours 2, 2026-03-12 (batch 2)\n"
    [row] = answer(ana)["circumstances"]
    assert {k: row[k] for k in row if k != "contact"} == {
        "id": "f_1", "factor": "switching-cost", "theirs": 4, "ours": 2, "note": "all her negatives", "at": "2026-03-12",
        "contact_name": "Ana Ruiz",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("mood --theirs 3", "need, location, interest, alternatives, switching-cost, importance, uncertainty, life-stage"),
        ("need --theirs 0", "--theirs takes 1 to 5"),
        ("need --ours 6", "--ours takes 1 to 5"),
        ("need --theirs 2.5", '--theirs takes 1 to 5, and was given "2.5"'),
        ("need --theirs -1", "--theirs takes 1 to 5"),
        ("need --ours much", "--ours takes 1 to 5"),
        ("need --theirs 3 --at 1799-12-31", "outside the years 1800 to 2199"),
        ("need", "nothing was said"),
        ("need --note '  '", "nothing was said"),
        ("need --theirs 3 --at 31/02/2026", "there is no 31 February 2026"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(ana: Any, line: str, says: str) -> None:
    refused = ana(f"circumstance set {ANA} {line}")
    assert (refused.code, says in refused.err) == (2, True), refused.err
    assert answer(ana) == {"version": 1, "circumstances": [], "dependence": []}


def test_the_list_has_the_newest_of_each_factor_dependence_and_balance(ana: Any) -> None:
    ana.ok(f"circumstance set {ANA} importance --theirs 2 --ours 3 --at 2026-01-01")
    ana.ok(f"circumstance set {ANA} importance --theirs 5 --at 2026-02-01")
    ana.ok(f"circumstance set {ANA} alternatives --theirs 2 --at 2026-02-01")
    ana.ok(f"circumstance set {ANA} life-stage --note 'retires soon'")
    found = answer(ana)
    assert [row["id"] for row in found["circumstances"]] == ["f_3", "f_2", "f_1", "f_4"]
    [both] = found["dependence"]
    assert (both["theirs"], both["ours"], both["balance"]) == (4.5, 3.0, 1.5)
    assert both["suggestion"] == "ask whether they want it closer"
    text = ana.ok("circumstance list ana").out
    assert "dependence: theirs 4.5, ours 3.0, balance +1.5 (they need us more)" in text
    assert "they never said how close they want it: ask whether they want it closer" in text


def test_nothing_is_suggested_to_who_has_said_how_close_they_want_it(ana: Any) -> None:
    ana.ok(f"circumstance set {ANA} importance --theirs 1")
    assert answer(ana)["dependence"][0]["suggestion"] == "leave it loose"
    ana.ok(f"preference set {ANA} --closeness close --stated 'let us meet'")
    assert answer(ana)["dependence"][0]["suggestion"] is None


def test_an_assumed_closeness_and_one_taken_back_at_once_say_nothing_of_how_close_they_want_it(ana: Any) -> None:
    ana.ok(f"circumstance set {ANA} importance --theirs 1")
    ana.ok(f"preference set {ANA} --closeness close --assumed 'seems fond of us'")
    assert answer(ana)["dependence"][0]["suggestion"] == "leave it loose"
    ana.ok(f"preference set {ANA} --closeness close --stated 'let us meet'")
    ana.ok(f"preference clear {ANA} closeness")
    assert answer(ana)["dependence"][0]["suggestion"] == "leave it loose"


def test_what_is_removed_comes_back_with_an_undo(ana: Any) -> None:
    ana.ok(f"circumstance set {ANA} need --theirs 3 --note 'a website'")
    ana.ok(f"circumstance set {ANA} need --ours 2")
    before = ana.ok("circumstance list -f csv").out
    assert before.startswith("id,contact,factor,theirs,ours,note,at,contact_name\n")
    assert ana("circumstance remove f_1 f_9").code == 3
    assert "removed 2 circumstances: f_1 f_2" in ana.ok("circumstance remove f_1 f_2").err
    assert "no circumstance is known here" in ana.ok("circumstance list").err
    ana.ok("book undo")
    assert ana.ok("circumstance list -f csv").out == before
