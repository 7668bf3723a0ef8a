"""What only a whole column knows, against the slow definition: exactly one way reads every cell, or all that do agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.column import Unsettled, Way, settled


def _pair(first: int, second: int) -> Way[tuple[int, int]]:
    """Reads `a/b` as a day and a month, the day in this place."""

    def read(text: str) -> tuple[int, int] | None:
        parts = [int(part) for part in text.split("/")]
        day, month = parts[first], parts[second]
        return (month, day) if month <= 12 else None

    return Way("day first" if first == 0 else "month first", read)


WAYS = (_pair(0, 1), _pair(1, 0))
CELLS = st.lists(st.tuples(st.integers(1, 31), st.integers(1, 31)).map(lambda pair: f"{pair[0]}/{pair[1]}"), max_size=6)


@given(CELLS, st.sampled_from(["", "day first", "month first"]))
def test_a_column_is_read_in_one_way_or_refused(texts: list[str], usual: str) -> None:
    cells = {text: line for line, text in enumerate(dict.fromkeys(texts), 2)}
    legible = [text for text in cells if any(way.read(text) is not None for way in WAYS)]
    whole = [way for way in WAYS if all(way.read(text) is not None for text in legible)]
    agree = len(whole) > 0 and all(len({way.read(text) for way in whole}) == 1 for text in legible)
    preferred = [way for way in whole if way.name == usual]
    if agree or len(whole) == 1 or (whole and preferred):
        [chosen] = settled(cells, WAYS, lambda *_: True, usual)
        assert chosen in (whole if agree or len(whole) == 1 else preferred)
        return
    with pytest.raises(Unsettled) as caught:
        settled(cells, WAYS, lambda *_: True, usual)
    assert caught.value.either == (len(whole) > 1)
    assert any(f'line {line} "{text}"' in str(caught.value) for text, line in cells.items())


def test_ways_that_never_clash_may_stand_beside_each_other() -> None:
    whole: Way[int] = Way("whole", lambda text: int(text) if text.isdigit() else None)
    roman: Way[int] = Way("roman", {"I": 1, "V": 5}.get)
    assert settled({"1": 2, "V": 3}, (whole, roman), lambda *_: False) == (whole, roman)


def test_the_lines_of_both_kinds_are_named() -> None:
    with pytest.raises(Unsettled, match='line 2 "31/1" is day first and line 3 "1/31" is month first'):
        settled({"31/1": 2, "1/31": 3}, WAYS, lambda *_: True)
