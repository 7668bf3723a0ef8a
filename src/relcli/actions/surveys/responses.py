"""Surveys: what somebody answered, written down, put right, taken out again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.desk import Desk
from relcli.actions.interactions import channel
from relcli.actions.moments import happened
from relcli.actions.preferences import PreferencesWritten, note_wishes, unsay_wishes
from relcli.actions.records import found
from relcli.actions.references import find
from relcli.actions.surveys.instruments import InstrumentNotFound, instrument
from relcli.domain.answering import Wish, answered, differing, language_for, wishes_stated
from relcli.domain.batch import Batch
from relcli.domain.contact import Contact
from relcli.domain.moment import Moment
from relcli.domain.survey import Answer, Instrument, Item, Response, Tag
from relcli.errors import Ambiguous, InputRefused, Misused
from relcli.store import contacts, responses
from relcli.text import as_word, one_line

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.config.settings import Settings
    from relcli.store.writing import Writing


class RecordResponse(BaseModel):
    """What somebody answered, as it was typed: `answers` are ITEM=VALUE. `language` is the one they were asked in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    survey: str
    who: str
    answers: tuple[str, ...] = ()
    at: str | None = None
    language: str | None = None


class EditResponse(BaseModel):
    """What an edit says of a response: ITEM=VALUE replaces an answer, ITEM= takes it away."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answers: tuple[str, ...] = ()
    at: str | None = None


class InstrumentChanged(Ambiguous):
    """A survey asks something else than when it was answered, under the same version."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A survey as it is put to one contact: in which language, and with which settings its answers are read."""

    instrument: Instrument
    contact: Contact
    language: str
    settings: Settings


@dataclass(frozen=True, slots=True)
class ResponseWritten:
    """A response as it stands after a write, and whose; `wishes` are those it stated, None where it stated none anew.

    `contact` is None where it is anonymous, `batch` where nothing had to be changed.
    """

    response: Response
    contact: Contact | None
    wishes: PreferencesWritten | None
    batch: Batch | None
    act: str


@dataclass(frozen=True, slots=True)
class ResponsesRemoved:
    """Responses as they were before they were removed."""

    responses: tuple[Response, ...]
    names: dict[str, str]
    batch: Batch | None


def put_to(survey: str, who: str, desk: Desk) -> Asked:
    """The survey to put to a contact now, in their language where it has it.

    Raises InstrumentNotFound, InstrumentRefused, InstrumentChanged; ContactNotFound, ContactAmbiguous.
    """
    asked = instrument(survey)
    with desk.book.reading() as connection:
        refuse_changed(connection, asked)
        contact = find(connection, who, region=desk.settings.phone.region)
    return Asked(asked, contact, language_for(asked, contact.language), desk.settings)


def record_response(request: RecordResponse, desk: Desk) -> ResponseWritten:
    """Write what somebody answered, and the wishes it states.

    Raises Misused for answers that cannot be meant, or none; InstrumentNotFound, InstrumentRefused, InstrumentChanged;
    ContactNotFound, ContactAmbiguous.
    """
    asked = instrument(request.survey)
    said = _said(request.answers)
    when = _past(request.at, desk)
    if not said:
        raise Misused(
            "nothing was answered", f"say at least one: --answer {asked.items[0].name}=… (see: relcli survey show {asked.name})"
        )
    with desk.writing("survey record") as writing:
        refuse_changed(writing.connection, asked)
        contact = find(writing.connection, request.who, region=desk.settings.phone.region)
        language = language_for(asked, request.language or contact.language)
        answers = tuple(
            answer_to(item, language, said.pop(item.name), desk.settings) for item in asked.items if item.name in said
        )  # fmt: skip
        if said:
            raise _unknown(asked, next(iter(said)))
        new = Response(0, contact.id, asked.name, asked.version, when, answers)
        return add_response(writing, new, asked, contact, desk)


def add_response(writing: Writing, response: Response, asked: Instrument, contact: Contact | None, desk: Desk) -> ResponseWritten:
    """Write a response (None: anonymous) and the wishes it states, in a batch that is open, once `refuse_changed` let pass."""
    number = responses.add(writing, response, contact.row if contact else None)
    stated = wishes_stated(response.answers, asked.items)
    wishes = note_wishes(writing, contact, stated, response.when, desk) if contact and stated else None
    return ResponseWritten(responses.fetch(writing.connection, [number])[0], contact, wishes, writing.written, "recorded")


def edit_response(reference: str, request: EditResponse, desk: Desk) -> ResponseWritten:
    """Change the answers named, and only those; the wishes they stated follow. Raises RecordNotFound, and like `record_response`."""
    said = _said(request.answers, emptied=True)
    if not said and request.at is None:
        raise Misused("nothing is to be changed", f"say what: relcli survey edit {as_word(reference, 'ID')} --answer ITEM=VALUE")
    with desk.writing("survey edit") as writing:
        [before] = _found(writing.connection, [reference])
        asked = _as_now(before)
        answers = {answer.item: answer for answer in before.answers}
        for name, text in said.items():
            item = _item_of(before, asked, name)
            if text:
                answers[name] = answer_to(item, _language(before, item), text, desk.settings)
            else:
                answers.pop(name, None)
        if not answers:
            raise Misused(f"nothing would be left of {before.id}", f"take it out of the book: relcli survey remove {before.id}")
        after = replace(
            before, answers=tuple(answers.values()), when=before.when if request.at is None else _past(request.at, desk)
        )
        responses.change(writing, before, after)
        contact = find(writing.connection, before.contact, strict=True) if before.contact else None
        wishes = _follow(writing, contact, before, after, asked, desk) if contact else None
        [written] = responses.fetch(writing.connection, [before.number])
        return ResponseWritten(written, contact, wishes, writing.written, "changed")


def remove_responses(ids: Iterable[str], desk: Desk) -> ResponsesRemoved:
    """Take responses out of the book, all or none; the wishes they stated count as never said. Raises RecordNotFound."""
    with desk.writing("survey remove") as writing:
        gone = _found(writing.connection, ids)
        names = contacts.names_by_id(writing.connection)
        for response in gone:
            if response.contact:
                contact = find(writing.connection, response.contact, strict=True)
                unsay_wishes(writing, contact, _stated(response, _as_now(response)), response.when)
        responses.remove(writing, [response.number for response in gone])
        return ResponsesRemoved(tuple(gone), names, writing.written)


def answer_to(item: Item, language: str, said: str, settings: Settings) -> Answer:
    """The answer to an item, checked. Raises Misused with what can be said."""
    try:
        answer = answered(item, language, said)
        if item.tag is Tag.CHANNEL:
            channel(answer.words, settings)
    except ValueError as error:
        raise Misused(str(error), f"what can be answered: {_possible(item)}") from None
    return answer


def refuse_changed(connection: Connection, asked: Instrument) -> None:
    """Raise InstrumentChanged where answers to this version were given to other questions."""
    known = responses.of_survey(connection, asked.name)
    if item := differing(asked, known):
        version = max(response.version for response in known) + 1
        raise InstrumentChanged(
            f'"{item}" of the survey {asked.name} is not what was answered as version {asked.version}',
            f"raise version to {version} in its file: then the old answers keep what they were asked",
        )


def _said(answers: Sequence[str], *, emptied: bool = False) -> dict[str, str]:
    """Item → what was said to it. Raises Misused for what is no ITEM=VALUE, and for an item named twice."""
    said: dict[str, str] = {}
    for text in answers:
        name, equals, value = text.partition("=")
        name = one_line(name).lower()
        if not equals or not name:
            raise Misused(f'--answer "{text}" is not ITEM=VALUE', "write it as --answer recommend=9")
        if name in said:
            raise Misused(f"{name} is answered twice", "say each item once")
        if not value.strip() and not emptied:
            raise Misused(f"{name} says nothing", "leave it out where they did not answer it")
        said[name] = value.strip()
    return said


def _unknown(asked: Instrument, name: str) -> Misused:
    known = ", ".join(item.name for item in asked.items)
    return Misused(f'the survey {asked.name} has no item "{name}"', f"it has: {known}")


def _possible(item: Item) -> str:
    if item.scaled:
        return f"a whole number from {item.low} to {item.high}"
    return ", ".join(item.choices) or "any words"


def _past(text: str | None, desk: Desk) -> Moment:
    return happened(text, desk, "an answer was given today or before")


def _found(connection: Connection, ids: Iterable[str]) -> list[Response]:
    return found(ids, "a", "answer", lambda numbers: responses.fetch(connection, numbers), where="relcli timeline WHO")


def _as_now(response: Response) -> Instrument | None:
    """The survey that was answered, where its file still asks the same."""
    try:
        asked = instrument(response.survey)
    except (InstrumentNotFound, InputRefused):
        return None
    return asked if asked.version == response.version and not differing(asked, [response]) else None


def _item_of(response: Response, asked: Instrument | None, name: str) -> Item:
    """An item as it was asked: out of the survey's file, else out of the answer itself."""
    items = {item.name: item for item in asked.items} if asked else {}
    if name in items:
        return items[name]
    for a in response.answers:
        if a.item == name:
            return Item(a.item, a.tag, {"": a.text}, a.low, a.high, a.reversed)
    if asked is not None:
        raise _unknown(asked, name)
    raise Misused(
        f'{response.id} has no answer to "{name}", and the survey {response.survey} is not what it was then',
        f"it has: {', '.join(answer.item for answer in response.answers)}",
    )


def _language(response: Response, item: Item) -> str:
    """The language in which they were asked, as far as the answers tell."""
    asked = {answer.item: answer.text for answer in response.answers}
    return next((language for language, text in item.text.items() if text == asked.get(item.name)), next(iter(item.text)))


def _stated(response: Response, asked: Instrument | None) -> tuple[Wish, ...]:
    return wishes_stated(response.answers, asked.items if asked else ())


def _follow(
    writing: Writing, contact: Contact, before: Response, after: Response, asked: Instrument | None, desk: Desk
) -> PreferencesWritten | None:
    """Let the wishes follow the answers that state them."""
    old, new = _stated(before, asked), _stated(after, asked)
    moved = before.when != after.when
    unsay_wishes(writing, contact, [wish for wish in old if moved or wish not in new], before.when)
    fresh = [wish for wish in new if moved or wish not in old]
    return note_wishes(writing, contact, fresh, after.when, desk) if fresh else None
