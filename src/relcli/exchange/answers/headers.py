"""The headers of a survey tool's table: compared, found, and refused where two look alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from relcli.errors import InputRefused
from relcli.text import folded, one_line

_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
_SHOWN = 12
_LONGEST = 60  # characters of a header or question in a message


@dataclass(slots=True)
class Headers:
    """The headers of a table, and the columns that are taken already."""

    name: str
    titles: tuple[str, ...]
    taken: set[int] = field(default_factory=set)
    places: dict[str, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        """Sort the columns by what is compared of their headers."""
        self.places = {}
        for place, title in enumerate(self.titles):
            self.places.setdefault(key(title), []).append(place)

    def free(self, title: str) -> list[int]:
        """The columns of this header that nobody has taken."""
        return [place for place in self.places.get(key(title), []) if place not in self.taken]

    def taken_by(self, title: str, ours: str) -> int:
        """Take the one column of this header, to the letter where several look alike. Raises InputRefused."""
        found = self.places.get(key(title), [])
        found = [place for place in found if one_line(self.titles[place]) == one_line(title)] or found
        if not found:
            missing = f'the map takes {ours} from a column "{short(title)}" that {self.name} does not have'
            raise InputRefused(missing, headers_seen(self.titles))
        self.taken.add(self.one(found, ours))
        return found[0]

    def first(self, titles: Sequence[str], ours: str, *, every: bool) -> tuple[int, ...]:
        """Take the column of the first of these headers that is there, or of `every` one. Raises InputRefused."""
        found = [free for title in titles if (free := self.free(title))]
        chosen = tuple(self.one(free, ours) for free in (found if every else found[:1]))
        self.taken |= set(chosen)
        return chosen

    def one(self, places: Sequence[int], ours: str) -> int:
        """The only one of these columns. Raises InputRefused where there are more."""
        if len(places) > 1:
            raise InputRefused(
                f'{self.name}: {len(places)} columns are called "{short(self.titles[places[0]])}", which would be {ours}',
                "rename or remove one: which of them is meant cannot be known",
            )
        return places[0]


def key(title: str) -> str:
    """What is compared of a header: its letters and digits, without case, accents and markup; `#` stands for itself."""
    plain = folded(_MARKUP.sub("", title))
    return "".join(c for c in plain if c.isalnum()) or plain.strip()


def headers_seen(titles: Sequence[str]) -> str:
    """The headers as a hint names them."""
    shown = ", ".join(f'"{short(title)}"' for title in titles[:_SHOWN])
    return f"it has {shown}" + (f" and {len(titles) - _SHOWN} more" if len(titles) > _SHOWN else "")


def short(text: str) -> str:
    """A header or a question as a message names it."""
    line = one_line(text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
