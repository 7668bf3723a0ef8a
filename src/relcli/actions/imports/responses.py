"""Survey answers brought in: replies to invitations, answers of the form, and the tables of survey tools.

Whose an answer is, the token says, else the address. What belongs to nobody is listed and never guessed; what came in
before is known by its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.desk import Desk
from relcli.actions.imports.outcome import RowBad
from relcli.actions.imports.people import People
from relcli.actions.imports.told import MAIL, OURS, Fate, Told, of_mail, of_row
from relcli.actions.instruments import instrument
from relcli.actions.preferences import PreferencesWritten, note_wishes
from relcli.actions.surveys import add_response, answer_to, refuse_changed
from relcli.domain.answering import Wish, language_for
from relcli.domain.batch import Batch
from relcli.domain.contact import Contact
from relcli.domain.invitation import Invitation, span_of
from relcli.domain.moment import Moment
from relcli.domain.preference import PreferenceKind
from relcli.domain.survey import Answer, Instrument, Response
from relcli.errors import InputRefused, Misused
from relcli.exchange.answers.maps import read_answer_map
from relcli.exchange.answers.tables import NO_MAP, read_answers
from relcli.exchange.files import file_name, read_bytes
from relcli.exchange.mailing.mailboxes import is_mail
from relcli.store import contacts, invitations, preferences, responses

if TYPE_CHECKING:
    from relcli.store.writing import Writing

_NEVER = Wish(PreferenceKind.SURVEYS, "never", "STOP")
_CLOCKS = timedelta(days=1)  # by which two may differ
_HERE = "here"  # no source of an answer, but this book
_NAMED = 3  # bad rows named in a refusal


class ImportResponses(BaseModel):
    """Which survey was answered, in which file, and how that is to be read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    survey: str
    source: str
    map: str | None = None
    encoding: str | None = None
    keep_good: bool = False


@dataclass(frozen=True, slots=True)
class Arrived:
    """One message or row of the file: its place in it (a line, or the number of the message), who sent it, what became of it.

    `response` is the id of the answer that was written, or of the one that was there already.
    """

    place: int
    sender: str
    fate: Fate
    why: str = ""
    contact: Contact | None = None
    response: str = ""
    unhappy: bool = False


@dataclass(frozen=True, slots=True)
class ResponsesImported:
    """What became of a file, message by message or row by row; `others` were about something else.

    `unused` are the columns of a table that are not read, `missing` the items that none of them answers.
    """

    survey: str
    file: str
    arrived: tuple[Arrived, ...]
    others: int
    wishes: tuple[PreferencesWritten, ...]
    unused: tuple[str, ...]
    missing: tuple[str, ...]
    batch: Batch | None

    def count(self, fate: Fate) -> int:
        """How many came to this."""
        return sum(one.fate is fate for one in self.arrived)

    @property
    def not_taken(self) -> tuple[Arrived, ...]:
        """Those that somebody has to look at, in the order of the file."""
        return tuple(one for one in self.arrived if one.fate in (Fate.UNMATCHED, Fate.REFUSED, Fate.BOUNCED, Fate.ANSWERED))


class AnswersRefused(InputRefused):
    """Some rows of a table cannot be taken, so none was."""


def import_responses(request: ImportResponses, desk: Desk) -> ResponsesImported:
    """Bring in the answers to a survey; a message or row that came in before changes nothing.

    Good replies of a mailbox are always taken; of a table with bad rows nothing, unless `keep_good`. Raises
    InstrumentNotFound, InstrumentRefused, InstrumentChanged; InputMissing, Denied, InputRefused for the file, AnswersRefused
    for its rows; BadConfiguration for the map; Misused.
    """
    asked = instrument(request.survey)
    unused: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    if mail := is_mail(request.source):
        if request.map is not None:
            raise Misused("a map is for tables, and this is mail", "leave out --map")
        told: Iterable[Told] = of_mail(request.source, asked, desk)
    else:
        mapping = NO_MAP if request.map is None else read_answer_map(request.map, asked)
        table = read_answers(read_bytes(request.source), file_name(request.source), asked, mapping, encoding=request.encoding)
        unused, missing = table.unused, table.missing
        told = [of_row(row, mapping, desk) for row in table.rows]
    with desk.writing("survey import") as writing:
        refuse_changed(writing.connection, asked)
        ledger = _Ledger.of(writing, asked, desk)
        mine = [each for each in told if ledger.concerned(each)]
        arrived = tuple(sorted(map(ledger.take, sorted(mine, key=_by_day)), key=lambda one: one.place))
        refused = [one for one in arrived if one.fate is Fate.REFUSED]
        if refused and not (mail or request.keep_good or desk.dry_run):
            raise _refusal(file_name(request.source), refused, len(arrived))
        wrote = writing.written if any(one.fate in (Fate.ADDED, Fate.STOPPED) for one in arrived) else None
        return ResponsesImported(
            asked.name, file_name(request.source), arrived, ledger.others, tuple(ledger.wishes), unused, missing, wrote
        )


def _by_day(told: Told) -> tuple[date, int]:
    """In the order in which they were written, so that the first answer is the first."""
    try:
        return told.when().day, told.place
    except RowBad:
        return date.max, told.place


@dataclass(slots=True)
class _Ledger:
    """All that is asked of the book to judge a file, read once, and kept up with what is taken."""

    writing: Writing
    asked: Instrument
    desk: Desk
    people: People
    by_row: dict[int, Contact]
    invited: dict[str, Invitation]
    known: dict[tuple[str, str], Response]
    given: dict[int, list[tuple[date, str]]]  # row of a contact → the days of their answers to this survey, and their ids
    others: int = 0
    wishes: list[PreferencesWritten] = field(default_factory=list)

    @classmethod
    def of(cls, writing: Writing, asked: Instrument, desk: Desk) -> _Ledger:
        connection = writing.connection
        everyone = {contact.row: contact for contact in contacts.everyone(connection)}
        mine = responses.of_survey(connection, asked.name)
        known = {(response.source, response.external_id): response for response in mine if response.external_id}
        known |= {(_HERE, response.id): response for response in mine}
        given = {
            row: [(response.when.day, response.id) for response in theirs if response.survey == asked.name]
            for row, theirs in responses.by_contact(connection).items()
        }
        invited = {invitation.token: invitation for invitation in invitations.everything(connection)}
        return cls(writing, asked, desk, People.of(connection, desk), everyone, invited, known, given)

    def concerned(self, told: Told) -> bool:
        """Whether a message or row is about this survey; those that are not are counted."""
        invitation = self._by_token(told)
        if invitation is not None:
            about = invitation.survey == self.asked.name
        else:
            about = told.about or ((told.titled or bool(told.tokens)) and bool(self._invitations_of(told)))
            about = about or self._forgotten(told, by_token=True)
        self.others += not about
        return about

    def take(self, told: Told) -> Arrived:
        """Write what can be written of one message or row."""
        contact: Contact | None = None
        try:
            contact = self._whose(told)
            return self._judged(told, contact)
        except RowBad as reason:
            return Arrived(told.place, told.contact, Fate.REFUSED, str(reason), contact)

    def _judged(self, told: Told, contact: Contact | None) -> Arrived:
        def came_to(fate: Fate, why: str = "", response: str = "") -> Arrived:
            return Arrived(told.place, told.contact, fate, why, contact, response)

        if before := self.known.get((told.source, told.id)) or self._exported(told, contact):
            return came_to(Fate.KNOWN, response=before.id)
        if told.fate is Fate.EMPTY:
            return came_to(Fate.EMPTY, told.why)
        if self._forgotten(told):
            return came_to(Fate.FORGOTTEN, "of somebody who was forgotten")
        if told.fate is not None:
            return came_to(told.fate, told.why)
        if contact is None and not told.nameless:
            return came_to(Fate.UNMATCHED, self._nobody(told))
        if contact is not None and (whose := self._passed_on(told, contact)):
            return came_to(Fate.UNMATCHED, whose)
        if told.stop and contact is not None:
            return came_to(*self._stopped(told, contact))
        invitation = self._invitation(told, contact) if contact is not None else None
        if invitation is None and told.source == MAIL and not told.nameless:
            return came_to(Fate.UNMATCHED, "they were not invited")
        if invitation is not None and contact is not None and (first := self._answered(contact, invitation)):
            return came_to(Fate.ANSWERED, f"{first} answers it: relcli survey edit {first} changes that", first)
        written = self._add(told, contact, invitation, self._when(told, invitation))
        return Arrived(told.place, told.contact, Fate.ADDED, "", contact, written.id, contact is not None and written.unhappy)

    def _stopped(self, told: Told, contact: Contact) -> tuple[Fate, str]:
        """Their wish, written once: one they stated at the same moment is it, though it may have ended since."""
        when, said = self._when(told, None), "asks not to be asked again"
        theirs = preferences.of_contacts(self.writing.connection, [contact.row])
        if any((wish.kind, wish.words, wish.when) == (_NEVER.kind, _NEVER.words, when) for wish in theirs):
            return Fate.KNOWN, said
        self.wishes.append(note_wishes(self.writing, contact, [_NEVER], when, self.desk))
        return Fate.STOPPED, said

    def _add(self, told: Told, contact: Contact | None, invitation: Invitation | None, when: Moment) -> Response:
        if invitation is not None and invitation.version != self.asked.version:
            raise RowBad(f"answers version {invitation.version} of {self.asked.name}, which is {self.asked.version} now")
        language = language_for(
            self.asked, told.language or (invitation.language if invitation else contact.language if contact else "")
        )
        answers = self._answers(told, language)
        new = Response(
            0, contact.id if contact else "", self.asked.name, self.asked.version, when, answers, told.source, told.id
        )  # fmt: skip
        made = add_response(self.writing, new, self.asked, contact, self.desk)
        if made.wishes is not None:
            self.wishes.append(made.wishes)
        self.known[told.source, told.id] = made.response
        if contact is not None:
            self.given.setdefault(contact.row, []).append((when.day, made.response.id))
        return made.response

    def _answers(self, told: Told, language: str) -> tuple[Answer, ...]:
        items = {item.name: item for item in self.asked.items}
        try:
            said = told.said(language)
            if unknown := next((name for name in said if name not in items), ""):
                raise RowBad(f'{self.asked.name} has no item "{unknown}"')
            answers = tuple(
                answer_to(item, language, said[name], self.desk.settings) for name, item in items.items() if name in said
            )
        except ValueError as error:
            raise RowBad(str(error)) from None
        except Misused as error:
            raise RowBad(error.message) from None
        if not answers:
            raise RowBad("answers nothing")
        return answers

    def _by_token(self, told: Told) -> Invitation | None:
        return next((self.invited[token] for token in told.tokens if token in self.invited), None)

    def _whose(self, told: Told) -> Contact | None:
        """Whom a message or row is of: by its token, else by the address. Raises RowBad where several have that."""
        if invitation := self._by_token(told):
            [row] = self.people.look(invitation.contact)
            return self.by_row[row]
        found = self.people.one(told.contact) if told.contact else None
        return None if found is None else self.by_row[found]

    def _passed_on(self, told: Told, contact: Contact) -> str:
        """Why an answer that bears a token of theirs is not theirs for certain; empty where it is."""
        if told.source != MAIL or self._by_token(told) is None:
            return ""
        rows = self.people.look(told.contact)
        if contact.row in rows or not told.contact:
            return ""
        if rows:
            return f"answers the invitation of {contact.name}, and comes from {self.by_row[rows[0]].name}"
        return f"answers the invitation of {contact.name}, and was passed on by {told.contact}" if told.passed_on else ""

    def _invitations_of(self, told: Told) -> list[Invitation]:
        """The invitations to this survey of whoever has the address."""
        codes = {self.people.codes[row] for row in self.people.look(told.contact)} if told.contact else set()
        return [each for each in self.invited.values() if each.contact in codes and each.survey == self.asked.name]

    def _invitation(self, told: Told, contact: Contact) -> Invitation | None:
        """The invitation that is answered: the one of the token; by the address the one of that time, for a form if it is open."""
        if invitation := self._by_token(told):
            return invitation
        if told.source != MAIL:
            return None
        mine = [each for each in self.invited.values() if each.contact == contact.id and each.survey == self.asked.name]
        day = told.when().day
        then = [each for each in mine if span_of(each, mine)[0] <= day + _CLOCKS and day < span_of(each, mine)[1]]
        found = then[-1] if then else None
        return None if found is not None and told.nameless and self._answered(contact, found) else found

    def _nobody(self, told: Told) -> str:
        if told.contact:
            return f"nobody here has the address {told.contact}"
        return f"no invitation of this book bears {told.tokens[0]}" if told.tokens else "it does not say who answers"

    def _forgotten(self, told: Told, *, by_token: bool = False) -> bool:
        knows = self.people.forgotten.knows
        if any(knows("invitations", token) for token in told.tokens):
            return True
        by_id = knows("responses", told.source, told.id)
        return not by_token and (by_id or bool(told.contact and self.people.were_forgotten(told.contact)))

    def _exported(self, told: Told, contact: Contact | None) -> Response | None:
        """The answer of this book that an export of ours tells; another book gives the same ids to others."""
        found = self.known.get((_HERE, told.id)) if told.source == OURS else None
        same = found is not None and found.contact == (contact.id if contact else "") and found.when.day == told.when().day
        return found if same else None

    def _answered(self, contact: Contact, invitation: Invitation) -> str:
        """The id of the answer that an invitation had, empty where it had none."""
        mine = [each for each in self.invited.values() if each.contact == contact.id and each.survey == self.asked.name]
        first, end = span_of(invitation, mine)
        return next((response for day, response in self.given.get(contact.row, ()) if first <= day < end), "")

    def _when(self, told: Told, invitation: Invitation | None) -> Moment:
        """When they answered: not before they were asked, and not after today, for clocks differ."""
        found = told.when()
        if invitation is not None and found.day < invitation.sent.day:
            return Moment(invitation.sent.day)
        return Moment(self.desk.today, self.desk.now, self.desk.book.zone) if found.day > self.desk.today else found


def _refusal(name: str, refused: Sequence[Arrived], rows: int) -> AnswersRefused:
    few = "; ".join(f"line {one.place}: {one.why}" for one in refused[:_NAMED])
    more = f"; and {len(refused) - _NAMED} more" if len(refused) > _NAMED else ""
    hint = "" if len(refused) == rows else "--keep-good takes the others"
    return AnswersRefused(f"{len(refused)} of {rows} rows of {name} cannot be taken, nothing was written: {few}{more}", hint)
