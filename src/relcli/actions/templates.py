"""Templates: those that come with the program, and the user's own, which win."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from relcli import config
from relcli.domain.template import Template
from relcli.errors import InputMissing, NotFound, RelcliError
from relcli.exchange.templates import MOST, SUFFIX, parsed
from relcli.text import one_line, safe


class TemplateNotFound(NotFound):
    """There is no template of this name."""


@dataclass(frozen=True, slots=True)
class TemplatesListed:
    """Every template that can be read, by name; `problems` are those that cannot, and why.

    `folder` is where the user's own are looked for.
    """

    templates: tuple[Template, ...]
    problems: tuple[RelcliError, ...]
    folder: Path


def list_templates() -> TemplatesListed:
    """All templates. One that cannot be read keeps nobody from the others."""
    found: dict[str, Template] = {}
    problems: list[RelcliError] = []
    for name in sorted({*_shipped(), *_own()}):
        try:
            found[name] = template(name)
        except RelcliError as problem:
            problems.append(problem)
    return TemplatesListed(tuple(found.values()), tuple(problems), config.templates_path())


def template(name: str) -> Template:
    """The template of this name. Raises TemplateNotFound naming those there are, TemplateRefused, InputMissing."""
    key = one_line(name).lower()
    own, shipped = _own(), _shipped()
    if key in own:
        return parsed(_read(own[key]), name=key, file=safe(str(own[key])), own=True)
    if key in shipped:
        text = (_folder() / f"{key}{SUFFIX}").read_text("utf-8")
        return parsed(text, name=key, file=f"{key}{SUFFIX}", own=False)
    known = ", ".join(sorted({*own, *shipped}))
    raise TemplateNotFound(
        f'there is no template "{name}"', f"there are: {known}; your own go into {safe(str(config.templates_path()))}"
    )


def _shipped() -> list[str]:
    return [file.name.removesuffix(SUFFIX) for file in _folder().iterdir() if file.name.endswith(SUFFIX)]


def _folder() -> Traversable:
    return resources.files("relcli.exchange") / "messages"


def _own() -> dict[str, Path]:
    """Name in lower case → file."""
    folder = config.templates_path()
    return {path.stem.lower(): path for path in _files(folder) if path.suffix == SUFFIX and not path.name.startswith(".")}


def _files(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(folder.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        raise InputMissing(
            f"the templates in {safe(str(folder))} cannot be read: {error.strerror}", "check that folder"
        ) from None


def _read(path: Path) -> str:
    """No more of a file than a template may have, so that a device or a dump does no harm."""
    try:
        if not path.is_file():
            raise InputMissing(f"{safe(str(path))} is not a file", "a template is one text file")
        with path.open(encoding="utf-8", newline="") as file:
            return file.read(MOST + 1)
    except UnicodeDecodeError:
        raise InputMissing(f"{safe(str(path))} is not UTF-8 text", "save it as UTF-8") from None
    except OSError as error:
        raise InputMissing(f"{safe(str(path))} cannot be read: {error.strerror}", "check that file") from None
