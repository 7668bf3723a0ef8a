"""A map: a TOML file that says how another program's table is to be read, so that it needs no editing."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from relcli.config.settings import explained
from relcli.domain.contact import Kind
from relcli.domain.interaction import Direction, Purpose
from relcli.domain.moment import Moment, instant, zone_of
from relcli.domain.transaction import TransactionKind
from relcli.domain.zone import named_zone, table_zone
from relcli.errors import BadConfiguration, Denied, InputMissing
from relcli.exchange.kinds import kind_of
from relcli.text import safe
from relcli.toml import MOST_BYTES, loaded

_TIMED = re.compile(r"%[HIMSfpXcTRrzs]")
_YEAR = re.compile(r"%[YyGcxDF]")
_PROBE = datetime(2026, 11, 21, tzinfo=UTC)  # a day by which a format is tried
_PROBES = (
    datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC),
    datetime(2011, 12, 10, 11, 9, 8, tzinfo=UTC),
    datetime(2009, 10, 11, tzinfo=UTC),
)
_MOST_FORMATS, _FORMAT_MOST = 12, 100


_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "contacts": {"kind": tuple(Kind)},
    "interactions": {"direction": tuple(Direction), "purpose": tuple(Purpose), "channel": ()},
    "transactions": {"kind": tuple(TransactionKind), "currency": ()},
}  # the columns that take an empty cell for something, with their words; none: the book or a rule knows them


def _formats(given: object) -> object:
    return (given,) if isinstance(given, str) else given


def _readable(form: str) -> str:
    """A format that gives back the day it wrote, so none that leaves out the year."""
    try:
        plain = len(form) <= _FORMAT_MOST and _YEAR.search(form)
        if plain and datetime.strptime(_PROBE.strftime(form), form).date() == _PROBE.date():  # noqa: DTZ007  # a date
            return form
    except (ValueError, re.error):  # the latter where a directive stands twice
        pass
    raise ValueError(f'"{form}" does not tell a whole date; write one such as %d/%m/%Y')


class Dates(BaseModel):
    """How dates are written, in the words of strptime; of several the column decides. `zone` is that of its times."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Annotated[
        tuple[Annotated[str, AfterValidator(_readable)], ...], BeforeValidator(_formats), Field(max_length=_MOST_FORMATS)
    ] = ()
    zone: Annotated[str, AfterValidator(table_zone)] | None = None


class Mapping(BaseModel):
    """`columns`: ours → theirs; `constants`: ours → text for every row; `values`: ours → their word → our word."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: dict[str, str] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)
    dates: Dates = Dates()
    values: dict[str, dict[str, str]] = Field(default_factory=dict)

    def words(self, column: str) -> dict[str, str]:
        """Their words for one column, without case, and ours."""
        return {theirs.strip().casefold(): ours for theirs, ours in self.values.get(column, {}).items()}


M = TypeVar("M", bound=Mapping)


def read_mapping(path: str, noun: str, known: Collection[str]) -> Mapping:
    """The map in a file, for a table of this noun with these columns of ours.

    Raises InputMissing or Denied where there is no such file, BadConfiguration naming the key that is wrong.
    """
    mapping = read_map(path, Mapping)
    _check(mapping, safe(path), known)
    for column, words in _WORDS.get(noun, {}).items():
        check_words(mapping, safe(path), column, words)
    return mapping


def read_map(path: str, kind: type[M]) -> M:
    """The map in a file, of this kind, its keys not yet held against a table. Raises as `read_mapping` does."""
    name = safe(path)
    try:
        with Path(path).expanduser().open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if (foreign := kind_of(data)) and not data.lstrip().startswith(b"["):  # a table of TOML begins so, a list of JSON too
            raise BadConfiguration(
                f"the map {name} is {foreign.title}, not TOML", "give the .toml file with --map, and the table as FILE"
            )
        text = data.decode("utf-8-sig")
    except PermissionError:
        raise Denied(f"the map {name} may not be read", "check the permissions of the file") from None
    except (OSError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise BadConfiguration(f"the map {name} is not UTF-8", "save it as UTF-8") from None
        raise InputMissing(f"the map {name} cannot be read", "check the path given with --map") from None
    try:
        said = loaded(text)
    except ValueError as error:
        raise BadConfiguration(f"the map {name} is not TOML: {safe(str(error))}", "mend that line") from None
    try:
        return kind.model_validate(said)
    except ValueError as error:
        raise BadConfiguration(f"the map {name}: {explained(error)}", "mend or remove that key") from None


def mapped_moment(text: str, mapping: Mapping, zone: str) -> Moment:
    """The moment that one of the map's formats reads; a format without a time gives a date. Raises ValueError.

    A time that says no zone is in the map's, else in `zone`. For rows read one by one: the formats must not clash.
    """
    for form in mapping.dates.format:
        if (found := in_format(text, form)) is None:
            continue
        if not isinstance(found, datetime):
            return Moment(found)
        told = mapping.dates.zone if found.tzinfo is None else None
        return instant(found.replace(tzinfo=zone_of(named_zone(told))) if told else found, zone)
    raise ValueError(f'"{text}" is not a date written {" or ".join(mapping.dates.format)}')


def in_format(text: str, form: str) -> date | None:
    """The day a format reads, or the datetime where it tells a time; None where it cannot read the text."""
    try:
        found = datetime.strptime(text.strip(), form)  # noqa: DTZ007  # the zone follows
    except ValueError:
        return None
    return found if _TIMED.search(form) else found.date()


def formats_clash(one: str, other: str) -> bool:
    """Whether there are texts that two formats read as different days, as %d/%m/%Y and %m/%d/%Y do."""
    for probe in _PROBES:
        for written, reads in ((one, other), (other, one)):
            text = probe.strftime(written)
            mine, theirs = in_format(text, written), in_format(text, reads)
            if mine is not None and theirs is not None and mine != theirs:
                return True
    return False


def insist_no_clash(mapping: Mapping, name: str) -> None:
    """Raise BadConfiguration where two formats of a map read some text differently: a table read row by row cannot decide."""
    for one, other in combinations(mapping.dates.format, 2):
        if formats_clash(one, other):
            raise BadConfiguration(
                f"the map {name}: dates.format {one} and {other} read one date differently",
                "leave the one that the table is written in",
            )


def check_words(mapping: Mapping, name: str, column: str, words: Collection[str]) -> None:
    """Raise BadConfiguration where the map turns a word into one that the column does not know, or into nothing.

    Nothing would be the default of the column: a pending payment, a sale.
    """
    said = [(f'values.{column} "{theirs}"', ours) for theirs, ours in mapping.values.get(column, {}).items()]
    if column in mapping.constants:
        said.append((f"constants.{column}", mapping.constants[column]))
    for key, ours in said:
        word = ours.strip().lower()
        if not word:
            instead = f"one of {', '.join(words)}" if words else f"a {column}"
            raise BadConfiguration(
                f"the map {name}: {key} stands for nothing, and an empty {column} would be taken for the usual one",
                f"write {instead}, or take the rows with that word out of the file",
            )
        if words and word not in words:
            raise BadConfiguration(f'the map {name}: {key} is "{ours}", which is no {column}', f"write one of {', '.join(words)}")


def _check(mapping: Mapping, name: str, known: Collection[str]) -> None:
    for part, keys in (("columns", mapping.columns), ("constants", mapping.constants), ("values", mapping.values)):
        for key in keys:
            if key not in known:
                raise BadConfiguration(f"the map {name}: there is no column {part}.{key}", f"the columns are {', '.join(known)}")
    for key in mapping.columns.keys() & mapping.constants.keys():
        raise BadConfiguration(f"the map {name}: {key} is both in columns and in constants", "keep one of the two")
