"""Instruments: what a survey asks, as a TOML file, read strictly.

    version = 1
    audience = ["customers"]
    languages = ["en", "es"]
    [title]
    en = "…"
    es = "…"
    [introduction]
    …
    [[items]]
    name = "recommend"
    tag = "recommend"
    scale = [0, 10]
    text.en = "…"
    text.es = "…"
    labels.en = ["not at all", "very gladly"]
    …

Every text is there in every language. Whatever is not understood is refused, naming the file and the place in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    ValidationError,
    model_validator,
)

from relcli.domain.preference import PreferenceKind, normal
from relcli.domain.survey import SCORED, Instrument, Item, Tag
from relcli.errors import InputRefused
from relcli.text import folded, one_line, safe
from relcli.toml import loaded

SUFFIX = ".toml"
NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
NAME_RULE = "small letters, digits and dashes, a letter first, 40 at most"
MOST_BYTES = 100_000
T = TypeVar("T")
_MARKUP = re.compile(r"<\s*[A-Za-z/!?]|&(?:#\w+|[A-Za-z]\w*);|javascript:", re.IGNORECASE)
_LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
_CHOSEN = {
    Tag.CLOSENESS_WANTED: PreferenceKind.CLOSENESS, Tag.CLOSENESS_FELT: PreferenceKind.CLOSENESS,
    Tag.CADENCE: PreferenceKind.CADENCE, Tag.CHANNEL: PreferenceKind.CHANNEL,
}  # fmt: skip


class InstrumentRefused(InputRefused):
    """A survey that cannot be read, or asks what no survey may."""


def parsed(data: bytes, *, name: str, file: str) -> Instrument:
    """The instrument in a file's bytes; `file` names it in errors. Raises InstrumentRefused."""
    if len(data) > MOST_BYTES:
        raise InstrumentRefused(f"{file} has more than {MOST_BYTES} bytes", "a survey is short; people answer short ones")
    if not NAME.fullmatch(name):
        raise InstrumentRefused(f"{file} cannot be the name of a survey", f"a name has {NAME_RULE}")
    try:
        content = loaded(data)
    except UnicodeDecodeError:
        raise InstrumentRefused(f"{file} is not UTF-8 text", "save it as UTF-8") from None
    except ValueError as error:
        raise InstrumentRefused(f"{file} is not TOML: {safe(str(error))}", "mend that line") from None
    try:
        return _instrument(_File.model_validate(content), name)
    except ValidationError as error:
        what, hint = _explained(error, content)
        raise InstrumentRefused(f"{file}: {what}", hint) from None


def _clean(text: str) -> str:
    if _MARKUP.search(text):
        raise ValueError(f'"{_short(text)}" holds markup: write plain text, without tags and entities')
    line = one_line(text)
    if safe(line) != line:
        raise ValueError(f'"{safe(_short(line))}" holds a control character: write plain text')
    if not line:
        raise ValueError("it is empty: write a text")
    return line


_Language = Annotated[StrictStr, Field(pattern=_LANGUAGE)]
_Name = Annotated[StrictStr, Field(pattern=f"^{NAME.pattern}$")]
_Title = Annotated[StrictStr, Field(max_length=100), AfterValidator(_clean)]
_Long = Annotated[StrictStr, Field(max_length=1000), AfterValidator(_clean)]
_Question = Annotated[StrictStr, Field(max_length=300), AfterValidator(_clean)]
_Label = Annotated[StrictStr, Field(max_length=60), AfterValidator(_clean)]
_Point = Annotated[StrictInt, Field(ge=0, le=100)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Item(_Part):
    name: _Name
    tag: Tag
    text: dict[_Language, _Question]
    scale: tuple[_Point, _Point] | None = None
    reversed: StrictBool = False
    labels: dict[_Language, tuple[_Label, _Label]] = {}
    choices: Annotated[tuple[_Label, ...], Field(max_length=20)] = ()
    wording: dict[_Language, tuple[_Label, ...]] = {}

    @model_validator(mode="after")
    def _fits(self) -> _Item:
        if self.scale is not None and self.scale[0] >= self.scale[1]:
            raise ValueError(f"its scale runs from {self.scale[0]} to {self.scale[1]}: write the lower end first, as in [1, 5]")
        if self.tag in SCORED and self.scale is None:
            raise ValueError(f"{self.tag.value} is scored and needs a scale: write scale = [1, 5]")
        if self.tag not in SCORED and self.scale is not None:
            raise ValueError(f"{self.tag.value} is not scored: leave out scale")
        if self.tag is Tag.RECOMMEND and self.scale != (0, 10):
            raise ValueError("recommend is asked from 0 to 10: write scale = [0, 10]")
        if self.scale is None and (self.labels or self.reversed):
            raise ValueError("labels and reversed belong to a scale: leave them out")
        self._refuse_choices()
        return self

    def _refuse_choices(self) -> None:
        if self.choices and self.scale is not None:
            raise ValueError("it has a scale and choices: leave out one of them")
        if self.tag in _CHOSEN and not self.choices:
            raise ValueError(f"{self.tag.value} is chosen from a list: write choices = […]")
        if _twice(folded(choice) for choice in self.choices):
            raise ValueError("one of its choices stands there twice: write each once")
        for choice in self.choices:
            if kind := _CHOSEN.get(self.tag):
                if normal(kind, choice) != choice:
                    raise ValueError(f'choice "{choice}": write "{normal(kind, choice)}"')
            elif choice.isdecimal():
                raise ValueError(f'choice "{choice}" is a number: use a scale, or words')
        for language, words in self.wording.items():
            if len(words) != len(self.choices):
                raise ValueError(f"wording.{language} has {len(words)} texts for {len(self.choices)} choices: write one for each")
            if _twice(folded(word) for word in words):
                raise ValueError(f"wording.{language} calls two choices the same: write them apart")


class _File(_Part):
    version: Annotated[StrictInt, Field(ge=1, le=1_000_000)]
    audience: Annotated[tuple[Literal["customers", "suppliers", "partners"], ...], Field(min_length=1)]
    languages: Annotated[tuple[_Language, ...], Field(min_length=1, max_length=30)]
    title: dict[_Language, _Title]
    introduction: dict[_Language, _Long]
    items: Annotated[tuple[_Item, ...], Field(min_length=1, max_length=30)]
    sources: Annotated[tuple[_Long, ...], Field(max_length=30)] = ()

    @model_validator(mode="after")
    def _whole(self) -> _File:
        if double := _twice(self.languages):
            raise ValueError(f'language "{double}" stands there twice: write each once')
        if double := _twice(item.name for item in self.items):
            raise ValueError(f'two items are called "{double}": give each a name of its own')
        self._refuse_missing("title", self.title)
        self._refuse_missing("introduction", self.introduction)
        scales: dict[Tag, tuple[str, tuple[int, int]]] = {}
        for item in self.items:
            self._refuse_missing(f"{item.name}: text", item.text)
            self._refuse_missing(f"{item.name}: labels", item.labels, needed=bool(item.labels))
            self._refuse_missing(f"{item.name}: wording", item.wording, needed=bool(item.choices))
            if item.scale is not None:
                first, scale = scales.setdefault(item.tag, (item.name, item.scale))
                if scale != item.scale:
                    raise ValueError(
                        f'"{first}" and "{item.name}" are both {item.tag.value}, on two scales: give them the same one'
                    )
        return self

    def _refuse_missing(self, key: str, texts: Mapping[str, object], *, needed: bool = True) -> None:
        for language in self.languages if needed else ():
            if language not in texts:
                raise ValueError(f'{key} is missing in "{language}": write it, or leave that language out')
        for language in texts:
            if language not in self.languages:
                raise ValueError(f'{key} is there in "{language}", which languages does not name: add it, or leave it out')


def _instrument(file: _File, name: str) -> Instrument:
    return Instrument(
        name=name, version=file.version, audience=tuple(dict.fromkeys(file.audience)), title=file.title,
        introduction=file.introduction, items=tuple(_item(item) for item in file.items), languages=file.languages,
        sources=file.sources,
    )  # fmt: skip


def _item(item: _Item) -> Item:
    low, high = item.scale or (0, 0)
    return Item(item.name, item.tag, item.text, low, high, item.reversed, item.labels, item.choices, item.wording)


def _explained(error: ValidationError, content: Mapping[str, object]) -> tuple[str, str]:
    """The first thing that is wrong: where it stands, what is wrong with it; and what to write."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = _place(first["loc"], content)
    match first["type"]:
        case "extra_forbidden":
            return f"there is no key {place}", "mend its name, or leave it out"
        case "missing":
            return f"{place} is missing", "write it"
    said = first["msg"].removeprefix("Value error, ")
    what, _, hint = said.rpartition(": ")
    if first["type"] != "value_error" or not what:
        what, hint = said[0].lower() + said[1:], "mend it there"
    return (f"{place}: {what}" if place else what), hint


def _place(loc: Iterable[int | str], content: Mapping[str, object]) -> str:
    """`item "why", text.es`; an item that has no name is counted."""
    parts = [part for part in loc if part != "[key]"]
    if parts[:1] != ["items"] or len(parts) < 2 or not isinstance(parts[1], int):
        return safe(".".join(map(str, parts)))
    items = content.get("items")
    item = items[parts[1]] if isinstance(items, list) else None
    name = item.get("name") if isinstance(item, dict) else None
    called = f'item "{safe(_short(name))}"' if isinstance(name, str) else f"item {parts[1] + 1}"
    return ", ".join(part for part in (called, safe(".".join(map(str, parts[2:])))) if part)


def _twice(values: Iterable[T]) -> T | None:
    return next((value for value, count in Counter(values).items() if count > 1), None)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
