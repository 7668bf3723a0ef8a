"""Answers as messages and rows tell them, alike for both, before it is known whose they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial

from relcli.actions.desk import Desk
from relcli.actions.imports.outcome import RowBad
from relcli.actions.moments import moment
from relcli.domain.figure import short
from relcli.domain.invitation import tokens_in
from relcli.domain.moment import Moment, zone_of
from relcli.domain.placeholder import no_date, no_event
from relcli.domain.replying import Said, mentions_stop, said_in, stops
from relcli.domain.survey import Instrument
from relcli.errors import Misused
from relcli.exchange.answers.form import FormAnswer
from relcli.exchange.answers.maps import AnswerMap
from relcli.exchange.answers.rows import AnswerRow
from relcli.exchange.mailing.automatic import Kind
from relcli.exchange.mailing.charsets import UNREAD
from relcli.exchange.mailing.machines import doubtful, ends_of, without_shared
from relcli.exchange.mailing.replies import Reply, letters, replies
from relcli.exchange.mapping import mapped_moment

MAIL = "mail"
_DIGITS = 12  # of the digest of what a message says, which stands beside its id
_YEAR = re.compile(r"(\d{4})[-/.]\d")
_FIRST = date(1995, 1, 1)  # before, nobody answered by mail or on the web
OURS = "relcli"  # the source of answers that an export of ours tells


class NoDay(ValueError):
    """A date that stands for none."""


class Fate(StrEnum):
    """What became of one message or row."""

    ADDED = "added"
    STOPPED = "stopped"  # they ask not to be asked again
    KNOWN = "known"
    ANSWERED = "answered"  # their invitation had its answer already
    AUTOMATIC = "automatic"
    BOUNCED = "bounced"
    EMPTY = "empty"
    FORGOTTEN = "forgotten"
    REMOVED = "removed"
    CLAIMED = "claimed"  # it says it is theirs, and does not prove it
    FORGED = "forged"  # a mail server found that its sender is not who it says
    UNMATCHED = "unmatched"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Told:
    """One message or row, before it is known whose it is.

    `contact` is an address, an id or a name, empty where nobody is named; `nameless`: then it counts as anybody's. `about`:
    it is certainly about this survey; `titled`: it bears its title. `said` gives the answers in a language, or raises
    ValueError. `passed_on`: it was forwarded. `senders` are all addresses it says it is from, `denied` what a mail server found
    wrong with them; `arrived` is by what time of two the first is told, None where that is `when`. `file` is where it stands, in a folder of messages.
    """

    place: int
    source: str
    id: str
    contact: str
    tokens: tuple[str, ...]
    when: Callable[[], Moment]
    said: Callable[[str], Said]
    language: str = ""
    nameless: bool = False
    about: bool = True
    titled: bool = False
    passed_on: bool = False
    fate: Fate | None = None
    why: str = ""
    stop: bool = False
    file: str = ""
    senders: tuple[str, ...] = ()
    denied: str = ""
    arrived: datetime | None = None


Ends = dict[str, set[str]]  # how replies begin and end, and whose do
_FATES = {Kind.AUTOMATIC: Fate.AUTOMATIC, Kind.BOUNCE: Fate.BOUNCED}


def of_mail(source: str, asked: Instrument, desk: Desk) -> Iterator[Told]:
    """The messages of a mailbox, one by one."""
    titles = {letters(text) for text in asked.title.values()}
    questions = {letters(text) for item in asked.items for text in item.text.values()}
    mine = {address.casefold() for address in desk.settings.me.addresses}
    ends: Ends = {}  # full once all are seen, before the first is judged
    for place, reply in enumerate(replies(source), 1):
        if reply.sender in mine and reply.kind is Kind.ANSWER:
            continue  # what we sent lies in the same mailbox
        if reply.kind is Kind.UNREADABLE:
            yield _unreadable(place, reply)
            continue
        form = reply.form
        if form is not None:
            tokens: tuple[str, ...] = (form.token,) if form.token else ()
            about, said = form.survey == asked.name, partial(_by_form, form, asked)
        else:
            tokens, said = reply.tokens, partial(_by_reply, reply, asked, ends)
            for end in ends_of(reply.text):
                ends.setdefault(end, set()).add(reply.sender)
            about = any(question in reply.letters for question in questions)
        yield Told(
            place=place,
            source=MAIL,
            id=f"{reply.id}#{reply.content[:_DIGITS]}",
            contact=reply.failed or reply.sender,
            tokens=tokens,
            when=partial(_sent, reply, desk),
            said=said,
            language=form.language if form else "",
            nameless=form is not None and not form.token,
            about=about,
            titled=any(title in letters(reply.subject) for title in titles),
            passed_on=reply.forwarded,
            fate=_FATES.get(reply.kind),
            why="could not be delivered" if reply.kind is Kind.BOUNCE else "",
            stop=form is None and stops(reply.text),
            file=reply.file,
            senders=reply.senders,
            denied=reply.denied,
            arrived=reply.arrived,
        )


def of_row(row: AnswerRow, mapping: AnswerMap, desk: Desk) -> Told:
    """One row of a table."""
    tokens = tokens_in(row.contact)
    return Told(
        place=row.line,
        source=row.source or (OURS if row.id else ""),
        id=row.id,
        contact="" if tokens else row.contact,
        tokens=tokens,
        when=partial(_told_at, row, mapping, desk),
        said=partial(_by_row, row),
        language=row.language,
        nameless=not row.contact,
        fate=Fate.REFUSED if row.problem and not row.when else None if row.answers or row.problem else Fate.EMPTY,
        why=row.problem,
    )


def _unreadable(place: int, reply: Reply) -> Told:
    def nothing(_: str) -> Said:
        raise ValueError(reply.text)

    def never() -> Moment:
        raise RowBad(reply.text)

    return Told(place, MAIL, reply.id, "", (), never, nothing, fate=Fate.REFUSED, why=reply.text, file=reply.file)


def _by_form(form: FormAnswer, asked: Instrument, _: str) -> Said:
    _insist_legible("\n".join(form.answers.values()))
    if form.version != asked.version:
        raise ValueError(f"answers version {form.version} of {asked.name}, which is {asked.version} now")
    return Said(form.among([item.name for item in asked.items]))


def _insist_legible(text: str) -> None:
    """Raise ValueError where letters stand in it that nobody could read: what they were is not guessed."""
    if UNREAD in text:
        raise ValueError("some of its letters cannot be read: its charset is unknown, or its bytes do not fit it")


def _by_reply(reply: Reply, asked: Instrument, ends: Ends, language: str) -> Said:
    _insist_legible(reply.text)
    shared = frozenset(end for end in ends_of(reply.text) if len(ends[end]) > 1)
    text = without_shared(reply.text, shared) if shared else reply.text
    if doubtful(text):
        raise ValueError(f'it begins with what may be a warning of a mail server: "{short(text)}"')
    try:
        return said_in(text, reply.below, asked, language)
    except ValueError as error:
        if mentions_stop(reply.text):
            raise ValueError("perhaps asks not to be asked again: relcli preference set WHO --surveys never") from None
        raise ValueError(str(error)) from None


def _by_row(row: AnswerRow, _: str) -> Said:
    if row.problem:
        raise ValueError(row.problem)
    return Said(row.answers)


def _sent(reply: Reply, desk: Desk) -> Moment:
    at = reply.when or desk.now
    return Moment(at.astimezone(zone_of(desk.book.zone)).date(), at, desk.book.zone)


def _told_at(row: AnswerRow, mapping: AnswerMap, desk: Desk) -> Moment:
    otherwise = mapping.constants.get("at", "")
    text = row.when or otherwise
    if not text:
        raise RowBad("it does not say when they answered")
    try:
        return _answered_at(text, row, mapping, desk)
    except NoDay as error:
        if not otherwise or text == otherwise:
            raise RowBad(f'{error}: say when with [constants] at = "{desk.today.isoformat()}" in the map') from None
        return _answered_at(otherwise, row, mapping, desk)
    except ValueError as error:
        raise RowBad(str(error)) from None
    except Misused as error:
        raise RowBad(error.message) from None


def _answered_at(text: str, row: AnswerRow, mapping: AnswerMap, desk: Desk) -> Moment:
    """The moment that a cell or a constant names. Raises NoDay for a placeholder, ValueError, Misused."""
    zone = "UTC" if row.utc else desk.book.zone
    if no_date(text) or ((year := _YEAR.match(text)) and int(year[1]) < _FIRST.year):
        raise NoDay(f'"{text}" stands for "not known", not for a day')
    constant = text == mapping.constants.get("at", "")
    if mapping.dates.format and not constant:
        found = mapped_moment(text, mapping, zone)
    else:
        found = moment(text, zone, now=desk.now, dates=desk.settings.dates)
    if no_event(found) or found.day < _FIRST:
        raise NoDay(f'"{text}" is a day that survey tools write where they keep none')
    return found
