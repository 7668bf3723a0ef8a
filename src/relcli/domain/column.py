"""What only a whole column knows: in which of several ways its cells are written.

One cell can often be read in two ways, 02/01/2014 or 1.234; a column seldom. So the ways are tried on all cells before any
cell is read, and where that settles nothing the column is refused, never guessed at row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Way(Generic[T]):
    """One way of writing a cell: what it is called in messages, and its reader, which answers None for what it cannot read."""

    name: str
    read: Callable[[str], T | None]


class Unsettled(ValueError):
    """No way reads the whole column, or (`either`) two do and do not agree; the message names lines."""

    def __init__(self, message: str, *, either: bool) -> None:
        super().__init__(message)
        self.either = either


def settled(
    cells: Mapping[str, int], ways: Sequence[Way[T]], clash: Callable[[Way[T], Way[T]], bool], usual: str = ""
) -> tuple[Way[T], ...]:
    """The ways that read a column; on any text they agree. `cells` are its different texts and the first line of each.

    `clash` says whether two ways read some text differently; ways that never do may stand beside each other in a column.
    A cell that no way reads says nothing about the others. `usual` names the way that is taken where several read the
    whole column and do not agree. Raises Unsettled.
    """
    camps = _camps(ways, clash)
    if len(camps) == 1:
        return camps[0]
    read = {text: {way.name: found for way in ways if (found := way.read(text)) is not None} for text in cells}
    legible = {text: found for text, found in read.items() if found}
    whole = [camp for camp in camps if all(any(way.name in found for way in camp) for found in legible.values())]
    if not whole:
        raise Unsettled(_mixed(cells, legible, camps), either=False)
    readings = [{text: _first(found, camp) for text, found in legible.items()} for camp in whole]
    if all(other == readings[0] for other in readings[1:]):
        return whole[0]
    preferred = [camp for camp in whole if any(way.name == usual for way in camp)]
    if len(preferred) != 1:
        raise Unsettled(_either(cells, legible, whole), either=True)
    return preferred[0]


def _camps(ways: Sequence[Way[T]], clash: Callable[[Way[T], Way[T]], bool]) -> list[tuple[Way[T], ...]]:
    """The largest sets of ways that do not clash, each in the given order."""
    against = {(a.name, b.name) for a, b in combinations(ways, 2) if clash(a, b)}
    if not against:
        return [tuple(ways)]
    found: list[tuple[Way[T], ...]] = []
    for size in range(len(ways), 0, -1):
        for camp in combinations(ways, size):
            peaceful = not any((a.name, b.name) in against for a, b in combinations(camp, 2))
            if peaceful and not any(set(camp) <= set(larger) for larger in found):
                found.append(camp)
    return found


def _first(found: Mapping[str, T], camp: Sequence[Way[T]]) -> T:
    return next(found[way.name] for way in camp if way.name in found)


def _mixed(cells: Mapping[str, int], legible: Mapping[str, Mapping[str, T]], camps: Sequence[Sequence[Way[T]]]) -> str:
    """A line of each kind: two cells that no camp reads both, the earliest."""
    texts = sorted(legible, key=cells.__getitem__)
    for later in texts:
        for earlier in texts[: texts.index(later)]:
            if not any(all(any(way.name in legible[text] for way in camp) for text in (earlier, later)) for camp in camps):
                return " and ".join(f'line {cells[text]} "{text}" is {" or ".join(legible[text])}' for text in (earlier, later))
    few = texts[:3]
    return " and ".join(f'line {cells[text]} "{text}" is {" or ".join(legible[text])}' for text in few)


def _either(cells: Mapping[str, int], legible: Mapping[str, Mapping[str, T]], whole: Sequence[Sequence[Way[T]]]) -> str:
    """The first cells that the ways read differently, with each reading."""
    shown = []
    for text in sorted(legible, key=cells.__getitem__):
        found = {str(_first(legible[text], camp)): next(w.name for w in camp if w.name in legible[text]) for camp in whole}
        if len(found) > 1:
            shown.append(f'line {cells[text]} "{text}" is ' + " or ".join(f"{value} ({name})" for value, name in found.items()))
    few = "; ".join(shown[:2])
    return few + (f"; and {len(shown) - 2} more" if len(shown) > 2 else "")  # the two that are shown
