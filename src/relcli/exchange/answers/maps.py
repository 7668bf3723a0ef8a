"""A map for survey answers: a TOML file that says which column answers which item, in which words and on which scale.

It begins as every map does, with the columns `id`, `contact` and `at`:

    [columns]                       # ours = theirs
    contact = "Your address"
    at = "Answered on"
    id = "Number"

    [items]                         # item = the question as it stands there; several columns of one question in brackets
    recommend = "How likely are you to recommend us?"

    [values.satisfied]              # their word = the answer it stands for
    "Very satisfied" = 5

    [scales]                        # the scale it was answered on there
    satisfied = [1, 9]

    [constants]                     # source: whose ids these are; at: when those were given that have no day of their own
    source = "delighted"
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field, StrictInt

from relcli.domain.survey import Instrument, Item
from relcli.errors import BadConfiguration
from relcli.exchange.mapping import Mapping, insist_no_clash, read_map
from relcli.text import safe

COLUMNS = ("id", "contact", "at")
CONSTANTS = ("at", "source")
_WHOLE = re.compile(r"[+-]?[0-9]{1,6}")


def _several(given: object) -> object:
    return (given,) if isinstance(given, str) else given


def _word(given: object) -> object:
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else given


_Words = dict[str, Annotated[str, BeforeValidator(_word)]]
_Headers = Annotated[tuple[str, ...], BeforeValidator(_several), Field(min_length=1)]


class AnswerMap(Mapping):
    """`items`: item → the columns that answer it; `scales`: item → the ends of the scale it was answered on."""

    values: dict[str, _Words] = Field(default_factory=dict)
    items: dict[str, _Headers] = Field(default_factory=dict)
    scales: dict[str, tuple[StrictInt, StrictInt]] = Field(default_factory=dict)


def read_answer_map(path: str, instrument: Instrument) -> AnswerMap:
    """The map in a file, for answers to this survey.

    Raises InputMissing or Denied where there is no such file, BadConfiguration naming the key that is wrong.
    """
    mapping = read_map(path, AnswerMap)
    insist_no_clash(mapping, safe(path))
    check_answer_map(mapping, safe(path), instrument)
    return mapping


def check_answer_map(mapping: AnswerMap, name: str, instrument: Instrument) -> None:
    """Raise BadConfiguration for a key that means nothing here, and for a scale that falls between the numbers of ours."""
    items = {item.name: item for item in instrument.items}
    for part, keys, known in (("columns", mapping.columns, COLUMNS), ("constants", mapping.constants, CONSTANTS)):
        for key in keys:
            if key not in known:
                raise BadConfiguration(f"the map {name}: there is no column {part}.{key}", f"there are {', '.join(known)}")
    for part, named in (("items", {*mapping.items}), ("values", {*mapping.values}), ("scales", {*mapping.scales})):
        for key in sorted(named):
            if key not in items:
                known_items = f"the items of {instrument.name} are {', '.join(items)}"
                raise BadConfiguration(f"the map {name}: there is no item {part}.{key}", known_items)
    for key, ends in mapping.scales.items():
        _check_scale(items[key], ends, name)


def on_our_scale(item: Item, ends: tuple[int, int], text: str) -> str:
    """A number from a scale with other ends, as the number of ours in the same place; what is no number stays as it is.

    Raises ValueError for a number beyond the ends.
    """
    said = text.strip()
    if not _WHOLE.fullmatch(said):
        return text
    first, last = ends
    if not min(ends) <= int(said) <= max(ends):
        raise ValueError(f'"{said}" is not on the scale that the map gives {item.name}, {first} to {last}')
    return str(item.low + (int(said) - first) * (item.high - item.low) // (last - first))


def _check_scale(item: Item, ends: tuple[int, int], name: str) -> None:
    first, last = ends
    if not item.scaled:
        raise BadConfiguration(f"the map {name}: scales.{item.name} is given, but {item.name} has no scale", "remove that key")
    if first == last:
        raise BadConfiguration(f"the map {name}: scales.{item.name} begins and ends with {first}", "write as in [1, 5]")
    if (item.high - item.low) % (last - first):
        raise BadConfiguration(
            f"the map {name}: on scales.{item.name}, {first} to {last}, not every number is a whole one of {item.low} to {item.high}",
            f'nothing is rounded: write what each answer stands for, as in [values.{item.name}] "{first}" = {item.low}',
        )
