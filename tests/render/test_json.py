"""Values as JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.render.json import VERSION, rows_to_json, rows_to_jsonl, to_json
from relcli.render.rows import Fine, Rows

ROWS = Rows(("id", "name", "n"), (("c_1", "Zoë\n", None), ("c_2", "Bo\u2028", 2 / 3)))
plain = st.none() | st.booleans() | st.integers() | st.text('aé\n\u2028\x1b"', max_size=4)
values = plain | st.lists(plain, max_size=3) | st.dictionaries(st.text("ab", max_size=2), plain, max_size=2)


def test_a_document_begins_with_the_version_of_its_keys() -> None:
    assert to_json({"name": "Zoë", "n": None}) == f'{{\n  "version": {VERSION},\n  "name": "Zoë",\n  "n": null\n}}\n'


@given(st.dictionaries(st.text("xyz", min_size=1, max_size=3), values, max_size=3))
def test_what_holds_no_fractions_reads_back_as_it_was(value: dict[str, object]) -> None:
    assert json.loads(to_json(value)) == {"version": VERSION, **value}


def test_fractions_have_two_decimals_however_deep_they_lie() -> None:
    found = json.loads(to_json({"a": 2 / 3, "b": {"c": (0.125, [1.999])}, "d": 7, "e": True}))
    assert found == {"version": VERSION, "a": 0.67, "b": {"c": [0.12, [2.0]]}, "d": 7, "e": True}
    assert found["e"] is True


def test_a_fine_figure_has_four() -> None:
    assert json.loads(to_json({"auc": Fine(2 / 3), "low": [Fine(0.5)]}))["auc"] == 0.6667
    assert rows_to_jsonl(Rows(("auc",), ((Fine(1 / 3),),))) == '{"auc": 0.3333}\n'


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_json_cannot_say_is_never_written(number: float) -> None:
    with pytest.raises(ValueError):
        to_json({"n": number})
    with pytest.raises(ValueError):
        rows_to_jsonl(Rows(("id",), ((number,),)))


def test_rows_are_a_list_under_their_noun_or_an_object_a_line() -> None:
    expected = [{"id": "c_1", "name": "Zoë\n", "n": None}, {"id": "c_2", "name": "Bo\u2028", "n": 0.67}]
    assert json.loads(rows_to_json("contacts", ROWS)) == {"version": VERSION, "contacts": expected}
    written = rows_to_jsonl(ROWS)
    assert [json.loads(line) for line in written.split("\n")[:-1]] == expected
    assert rows_to_jsonl(Rows(("id",), ())) == ""
