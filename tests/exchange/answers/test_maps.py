"""Maps for survey answers: what they may say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.exchange.answers.exports import shipped

from relcli.errors import BadConfiguration, InputMissing
from relcli.exchange.answers.maps import AnswerMap, read_answer_map
from relcli.exchange.answers.tables import read_answers

MAPS = Path(__file__).parents[3] / "docs" / "how-to" / "maps"
RELATIONSHIP = shipped("relationship")
PULSE = shipped("pulse")


def test_a_map_is_read(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(
        '[columns]\nat = "when"\n[items]\nsatisfied = "Q1"\nway = ["a", "b"]\n[values.satisfied]\n"Very satisfied" = 5\nbad = "1"\n'
        '[scales]\nstay = [0, 1]\nworth = [1, 2]\n[dates]\nformat = "%d/%m/%Y"\n[constants]\nsource = "desk"\n'.replace(
            "[1, 9]", "[0, 1]"
        )
    )
    found = read_answer_map(str(path), RELATIONSHIP)
    assert found == AnswerMap.model_validate(
        {
            "columns": {"at": "when"},
            "items": {"satisfied": ["Q1"], "way": ["a", "b"]},
            "values": {"satisfied": {"Very satisfied": "5", "bad": "1"}},
            "scales": {"stay": (0, 1), "worth": (1, 2)},
            "dates": {"format": "%d/%m/%Y"},
            "constants": {"source": "desk"},
        }
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[columns]\nname = "x"\n', "columns.name"),
        ('[constants]\ncontact = "x"\n', "constants.contact"),
        ('[items]\nprice = "x"\n', "items.price"),
        ("[items]\nsatisfied = []\n", "items.satisfied"),
        ("[values.price]\na = 1\n", "values.price"),
        ("[values.satisfied]\na = true\n", "values.satisfied.a"),
        ("[values.satisfied]\na = 2.5\n", "values.satisfied.a"),
        ("[scales]\nprice = [1, 5]\n", "scales.price"),
        ("[scales]\nelse = [1, 5]\n", "else has no scale"),
        ("[scales]\nsatisfied = [1, 5.5]\n", "scales.satisfied"),
        ("[scales]\nsatisfied = [3, 3]\n", "begins and ends with 3"),
        ("[scales]\nsatisfied = [0, 10]\n", "not every number is a whole one of 1 to 5"),
        ("[item]\n", "item"),
        ("[items\n", "not TOML"),
    ],
)
def test_a_map_that_cannot_be_meant_is_refused_naming_the_key(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(text)
    with pytest.raises(BadConfiguration) as caught:
        read_answer_map(str(path), RELATIONSHIP)
    assert told in caught.value.message
    assert caught.value.hint


def test_a_scale_that_would_need_rounding_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text("[scales]\nrecommend = [1, 5]\n")
    with pytest.raises(BadConfiguration) as caught:
        read_answer_map(str(path), PULSE)
    assert "not every number is a whole one of 0 to 10" in caught.value.message
    assert caught.value.hint == 'nothing is rounded: write what each answer stands for, as in [values.recommend] "1" = 0'


def test_the_example_of_a_map_reads_such_a_file() -> None:
    found = read_answer_map(str(MAPS / "delighted.toml"), PULSE)
    data = b"id,person,survey_type,score,comment,permalink,created_at\n81,ana@example.org,nps,9,fresh,https://example.org/81,2026-11-21T10:00:00Z\n"
    [row] = read_answers(data, "f.csv", PULSE, found).rows
    assert (row.source, row.id, row.contact, row.when) == ("delighted", "81", "ana@example.org", "2026-11-21T10:00:00Z")
    assert row.answers == {"recommend": "9", "why": "fresh"}


def test_the_map_in_the_reference_is_one(tmp_path: Path) -> None:
    page = (MAPS.parents[1] / "reference" / "csv.md").read_text(encoding="utf-8")
    [text] = [block for block in re.findall(r"```toml\n(.*?)```", page, re.DOTALL) if "[items]" in block]
    (tmp_path / "map.toml").write_text(text, encoding="utf-8")
    found = read_answer_map(str(tmp_path / "map.toml"), RELATIONSHIP)
    assert {*found.items, *found.values, *found.scales} == {"word", "satisfied", "way", "stay"}


def test_a_missing_map_is_a_missing_input(tmp_path: Path) -> None:
    with pytest.raises(InputMissing):
        read_answer_map(str(tmp_path / "none.toml"), PULSE)
