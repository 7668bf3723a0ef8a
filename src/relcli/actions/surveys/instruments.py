"""Instruments: the surveys that come with the program, and the user's own, which win."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from relcli import config
from relcli.actions.desk import Desk
from relcli.domain.survey import Instrument
from relcli.errors import CannotCreate, Denied, InputMissing, Misused, NotFound, RelcliError
from relcli.exchange.instruments import MOST_BYTES, NAME, NAME_RULE, SUFFIX, parsed
from relcli.files import replacing
from relcli.store import responses
from relcli.text import one_line, safe

_STARTER = "_starter"


class InstrumentNotFound(NotFound):
    """There is no survey of this name."""


@dataclass(frozen=True, slots=True)
class InstrumentsListed:
    """Every survey that can be read, by name; `problems` are those that cannot, and why.

    `own` are the names of the user's own, looked for in `folder`. `answers` counts the responses to each, also to those
    whose file is gone; None where there is no book.
    """

    instruments: tuple[Instrument, ...]
    own: frozenset[str]
    answers: Mapping[str, int] | None
    problems: tuple[RelcliError, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class InstrumentMade:
    """A survey of the user's own, ready to be changed."""

    name: str
    file: Path
    source: str


def list_instruments(answers: Mapping[str, int] | None = None) -> InstrumentsListed:
    """All surveys. One that cannot be read keeps nobody from the others."""
    found: dict[str, Instrument] = {}
    problems: list[RelcliError] = []
    own = _own()
    for name in sorted({*_shipped(), *own}):
        try:
            found[name] = instrument(name)
        except RelcliError as problem:
            problems.append(problem)
    return InstrumentsListed(tuple(found.values()), frozenset(own), answers, tuple(problems), config.surveys_path())


def answers_by_survey(desk: Desk) -> dict[str, int]:
    """Name of a survey → how many have answered it."""
    with desk.book.reading() as connection:
        return responses.counts(connection)


def instrument(name: str) -> Instrument:
    """The survey of this name. Raises InstrumentNotFound naming those there are, InstrumentRefused, InputMissing."""
    data, file = _source(name)
    return parsed(data, name=one_line(name).lower(), file=file)


def is_own(name: str) -> bool:
    """Whether a survey is the user's own."""
    return one_line(name).lower() in _own()


def new_instrument(name: str, *, like: str | None = None, dry_run: bool = False) -> InstrumentMade:
    """Write a survey of the user's own, with comments, made like another or from scratch; nothing is replaced.

    Raises Misused for a name that cannot be, InstrumentNotFound, CannotCreate, Denied.
    """
    key = one_line(name).lower()
    if not NAME.fullmatch(key):
        raise Misused(f'"{name}" cannot be the name of a survey', f"a name has {NAME_RULE}")
    data = (_folder() / f"{_STARTER}{SUFFIX}").read_bytes() if like is None else _source(like)[0]
    folder = config.surveys_path()
    file = folder / f"{key}{SUFFIX}"
    if file.exists() or file.is_symlink() or key in _own():
        raise CannotCreate(f"{safe(str(file))} is there already", "change that file, or choose another name")
    if not dry_run:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except PermissionError:
            raise Denied(f"{safe(str(folder))} may not be made", "check the permissions of that folder") from None
        except OSError as error:
            raise CannotCreate(f"{safe(str(folder))} cannot be made: {error.strerror}", "check that folder") from None
        with replacing(file, hint="check that folder", fresh=True) as part:
            part.write_bytes(data)
    return InstrumentMade(key, file, one_line(like or "").lower())


def _source(name: str) -> tuple[bytes, str]:
    """The bytes behind a name, and what to call their file in errors."""
    key = one_line(name).lower()
    own, shipped = _own(), _shipped()
    if key in own:
        return _read(own[key]), safe(str(own[key]))
    if key in shipped:
        return (_folder() / f"{key}{SUFFIX}").read_bytes(), f"{key}{SUFFIX}"
    known = ", ".join(sorted({*own, *shipped}))
    raise InstrumentNotFound(f'there is no survey "{name}"', f"there are: {known}; make your own with: relcli survey new NAME")


def _shipped() -> list[str]:
    files = (file.name for file in _folder().iterdir())
    return [name.removesuffix(SUFFIX) for name in files if name.endswith(SUFFIX) and not name.startswith("_")]


def _folder() -> Traversable:
    return resources.files("relcli.exchange") / "surveys"


def _own() -> dict[str, Path]:
    """Name in lower case → file."""
    files = _files(config.surveys_path())
    return {path.stem.lower(): path for path in files if path.suffix == SUFFIX and not path.name.startswith((".", "_"))}


def _files(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(folder.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        raise InputMissing(f"the surveys in {safe(str(folder))} cannot be read: {error.strerror}", "check that folder") from None


def _read(path: Path) -> bytes:
    """No more of a file than a survey may have, so that a device or a dump does no harm."""
    try:
        if not path.is_file():
            raise InputMissing(f"{safe(str(path))} is not a file", "a survey is one TOML file")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputMissing(f"{safe(str(path))} cannot be read: {error.strerror}", "check that file") from None
