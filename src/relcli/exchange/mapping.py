"""A map: a TOML file that says how another program's table is to be read, so that it needs no editing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from relcli.config.settings import explained
from relcli.domain.moment import Moment, instant
from relcli.errors import BadConfiguration, Denied, InputMissing
from relcli.text import safe

_TIMED = re.compile(r"%[HIMSfpXcTRrzs]")
_YEAR = re.compile(r"%[YyGcxDF]")
_PROBE = datetime(2026, 11, 21, tzinfo=UTC)  # a day by which a format is tried


def _formats(given: object) -> object:
    return (given,) if isinstance(given, str) else given


def _readable(form: str) -> str:
    """A format that gives back the day it wrote, so none that leaves out the year."""
    try:
        if _YEAR.search(form) and datetime.strptime(_PROBE.strftime(form), form).date() == _PROBE.date():  # noqa: DTZ007  # a date
            return form
    except ValueError:
        pass
    raise ValueError(f'"{form}" does not tell a whole date; write one such as %d/%m/%Y')


class Dates(BaseModel):
    """How dates are written, in the words of strptime; several are tried in order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Annotated[tuple[Annotated[str, AfterValidator(_readable)], ...], BeforeValidator(_formats)] = ()


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


def read_mapping(path: str, known: Collection[str]) -> Mapping:
    """The map in a file, for a table with these columns of ours.

    Raises InputMissing or Denied where there is no such file, BadConfiguration naming the key that is wrong.
    """
    mapping = read_map(path, Mapping)
    _check(mapping, safe(path), known)
    return mapping


def read_map(path: str, kind: type[M]) -> M:
    """The map in a file, of this kind, its keys not yet held against a table. Raises as `read_mapping` does."""
    name = safe(path)
    try:
        text = Path(path).expanduser().read_bytes().decode("utf-8-sig")
    except PermissionError:
        raise Denied(f"the map {name} may not be read", "check the permissions of the file") from None
    except (OSError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise BadConfiguration(f"the map {name} is not UTF-8", "save it as UTF-8") from None
        raise InputMissing(f"the map {name} cannot be read", "check the path given with --map") from None
    try:
        return kind.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadConfiguration(f"the map {name} is not TOML: {error}", "mend that line") from None
    except ValueError as error:
        raise BadConfiguration(f"the map {name}: {explained(error)}", "mend or remove that key") from None


def mapped_moment(text: str, mapping: Mapping, zone: str) -> Moment:
    """The moment that one of the map's formats reads; a format without a time gives a date. Raises ValueError."""
    for form in mapping.dates.format:
        try:
            found = datetime.strptime(text.strip(), form)  # noqa: DTZ007  # the zone follows
        except ValueError:
            continue
        return instant(found, zone) if _TIMED.search(form) else Moment(found.date())
    raise ValueError(f'"{text}" is not a date written {" or ".join(mapping.dates.format)}')


def _check(mapping: Mapping, name: str, known: Collection[str]) -> None:
    for part, keys in (("columns", mapping.columns), ("constants", mapping.constants), ("values", mapping.values)):
        for key in keys:
            if key not in known:
                raise BadConfiguration(f"the map {name}: there is no column {part}.{key}", f"the columns are {', '.join(known)}")
    for key in mapping.columns.keys() & mapping.constants.keys():
        raise BadConfiguration(f"the map {name}: {key} is both in columns and in constants", "keep one of the two")
