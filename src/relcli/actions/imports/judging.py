"""Whose an answer is, and whether it counts: every message or row judged against the book, and written where it is good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from relcli.actions.desk import Desk
from relcli.actions.imports.outcome import RowBad
from relcli.actions.imports.people import People
from relcli.actions.imports.proving import Acceptance, proof_of
from relcli.actions.imports.told import MAIL, OURS, Fate, Told
from relcli.actions.preferences import PreferencesWritten, note_wishes
from relcli.actions.surveys.responses import add_response, answer_to
from relcli.domain.answering import Wish, language_for
from relcli.domain.contact import Contact
from relcli.domain.invitation import Invitation, span_of
from relcli.domain.moment import Moment
from relcli.domain.preference import PreferenceKind, Source
from relcli.domain.proof import Proof
from relcli.domain.reference import record_number
from relcli.domain.removed import Removed, by_origin, by_state
from relcli.domain.survey import Answer, Instrument, Response
from relcli.domain.wording import day_in_words
from relcli.errors import Misused
from relcli.store import contacts, invitations, preferences, removed, responses

if TYPE_CHECKING:
    from relcli.store.writing import Writing

_NEVER = Wish(PreferenceKind.SURVEYS, "never", "STOP")
_CLOCKS = timedelta(days=1)  # by which two may differ
_LAST = datetime.max.replace(tzinfo=UTC)
_HERE = "here"  # no source of an answer, but this book


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
    file: str = ""


@dataclass(slots=True)
class Judge:
    """All that is asked of the book to judge a file, read once, and kept up with what is taken."""

    writing: Writing
    asked: Instrument
    desk: Desk
    people: People
    by_row: dict[int, Contact]
    invited: dict[str, Invitation]
    known: dict[tuple[str, str], Response]
    given: dict[int, list[tuple[date, str]]]  # row of a contact → the days of their answers to this survey, and their ids
    removed: Removed
    accepted: Acceptance
    again: bool = False
    others: int = 0
    wishes: list[PreferencesWritten] = field(default_factory=list)

    @classmethod
    def of(cls, writing: Writing, asked: Instrument, desk: Desk, *, accept: Sequence[str] = (), again: bool) -> Judge:
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
        people, marks = People.of(connection, desk), removed.known(connection)
        accepted = Acceptance.of(accept, connection, desk.settings.phone.region)
        return cls(writing, asked, desk, people, everyone, invited, known, given, marks, accepted, again)

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

    def order(self, told: Told) -> tuple[int, datetime | date, int]:
        """By what of two answers of one person the first counts: the better proof; then what arrived first, or the earlier day."""
        if told.source == MAIL:
            return (-self._proof(told)[0], told.arrived or _LAST, told.place)
        try:
            return (0, told.when().day, told.place)
        except RowBad:
            return (0, date.max, told.place)

    def take(self, told: Told) -> Arrived:
        """Write what can be written of one message or row."""
        contact: Contact | None = None
        try:
            contact = self._whose(told)
            return self._judged(told, contact)
        except RowBad as reason:
            return Arrived(told.place, told.contact, Fate.REFUSED, str(reason), contact, file=told.file)

    def _judged(self, told: Told, contact: Contact | None) -> Arrived:
        def came_to(fate: Fate, why: str = "", response: str = "") -> Arrived:
            return Arrived(told.place, told.contact, fate, why, contact, response, file=told.file)

        named = self.accepted.naming(told, contact.row if contact else None)
        if before := self.known.get((told.source, told.id)) or self._exported(told, contact):
            return came_to(Fate.KNOWN, response=before.id)
        if told.fate is Fate.EMPTY:
            return came_to(Fate.EMPTY, told.why)
        if self._forgotten(told):
            return came_to(Fate.FORGOTTEN, "of somebody who was forgotten")
        if told.fate is not None:
            return came_to(told.fate, told.why)
        marks = self._marks(told, contact)
        day = next((day for parts in marks if (day := self.removed.day(*parts))), None)
        if day is not None and (here := self.known.get((_HERE, told.id))) and told.source == OURS:
            return came_to(Fate.KNOWN, response=here.id)  # it was changed since the export was made
        if day is not None and not self.again:
            return came_to(Fate.REMOVED, f"removed on {day_in_words(day)}; --again takes it")
        if contact is None and not told.nameless:
            return came_to(Fate.UNMATCHED, self._nobody(told))
        proven, why = self._proof(told)
        if proven is Proof.DENIED:
            return came_to(Fate.FORGED, f"{why}; it says STOP, which was not heeded" if told.stop else why)
        if contact is not None and proven is Proof.CLAIMED and not named:
            claimed = self._assumed(told, contact) if told.stop else f"--accept {told.place} takes it"
            return came_to(Fate.CLAIMED, f"{why}; {claimed}")
        if told.stop and contact is not None:
            return came_to(*self._stopped(told, contact))
        invitation = self._invitation(told, contact) if contact is not None else None
        if invitation is None and told.source == MAIL and not told.nameless:
            return came_to(Fate.UNMATCHED, "they were not invited")
        if invitation is not None and contact is not None and (first := self._answered(contact, invitation)):
            return came_to(Fate.ANSWERED, f"{first} answers it: relcli survey edit {first} changes that", first)
        written, left = self._add(told, contact, invitation, self._when(told, invitation))
        if day is not None:
            removed.lift(self.writing, marks)
        unhappy = contact is not None and written.unhappy
        return Arrived(told.place, told.contact, Fate.ADDED, left, contact, written.id, unhappy, told.file)

    def _stopped(self, told: Told, contact: Contact) -> tuple[Fate, str]:
        """Their wish, written once: one they stated at the same moment is it, though it may have ended since."""
        when, said = self._when(told, None), "asks not to be asked again"
        theirs = preferences.of_contacts(self.writing.connection, [contact.row])
        if any((wish.kind, wish.words, wish.when) == (_NEVER.kind, _NEVER.words, when) for wish in theirs):
            return Fate.KNOWN, said
        self.wishes.append(note_wishes(self.writing, contact, [_NEVER], when, self.desk))
        return Fate.STOPPED, said

    def _assumed(self, told: Told, contact: Contact) -> str:
        """Heed a STOP that may be another's as far as it does no harm: as a wish you assume, written once."""
        when, day = self._when(told, None), told.when().day.isoformat()
        words = f"a mail of {day} from {', '.join(told.senders) or 'nobody'} says STOP"
        theirs = preferences.of_contacts(self.writing.connection, [contact.row])
        if not any((wish.kind, wish.words) == (_NEVER.kind, words) for wish in theirs):
            assumed = Wish(_NEVER.kind, _NEVER.value, words)
            self.wishes.append(note_wishes(self.writing, contact, [assumed], when, self.desk, source=Source.ASSUMED))
        return f"it says STOP, so you assume they want no surveys; --accept {told.place} takes it as their word"

    def _add(self, told: Told, contact: Contact | None, invitation: Invitation | None, when: Moment) -> tuple[Response, str]:
        if invitation is not None and invitation.version != self.asked.version:
            raise RowBad(f"answers version {invitation.version} of {self.asked.name}, which is {self.asked.version} now")
        language = language_for(
            self.asked, told.language or (invitation.language if invitation else contact.language if contact else "")
        )
        answers, left = self._answers(told, language)
        new = Response(
            0, contact.id if contact else "", self.asked.name, self.asked.version, when, answers, told.source, told.id
        )  # fmt: skip
        made = add_response(self.writing, new, self.asked, contact, self.desk)
        if made.wishes is not None:
            self.wishes.append(made.wishes)
        self.known[told.source, told.id] = made.response
        if contact is not None:
            self.given.setdefault(contact.row, []).append((when.day, made.response.id))
        return made.response, left

    def _answers(self, told: Told, language: str) -> tuple[tuple[Answer, ...], str]:
        """The answers, and which could not be read, in a sentence."""
        items = {item.name: item for item in self.asked.items}
        try:
            read = told.said(language)
            said = read.answers
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
        return answers, "; ".join(f"{name} not read: {why}" for name, why in read.unread.items())

    def _by_token(self, told: Told) -> Invitation | None:
        return next((self.invited[token] for token in told.tokens if token in self.invited), None)

    def _whose(self, told: Told) -> Contact | None:
        """Whom a message or row is of: by its token, else by the address. Raises RowBad where several have that."""
        if invitation := self._by_token(told):
            [row] = self.people.look(invitation.contact)
            return self.by_row[row]
        found = self.people.one(told.contact) if told.contact else None
        return None if found is None else self.by_row[found]

    def _proof(self, told: Told) -> tuple[Proof, str]:
        return proof_of(told, self._by_token(told), self.people, self.by_row)

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

    def _marks(self, told: Told, contact: Contact | None) -> list[tuple[str, ...]]:
        """What could have been marked of an answer that was removed: how others know it, and as an export of ours gave it."""
        if not self.removed.days:
            return []
        found = [by_origin("responses", told.source, told.id)] if told.id else []
        number = record_number(told.id, "a") if told.source == OURS else None
        if number:
            state = {"day": str(told.when().day)}
            found.append(by_state("responses", number, state, [contact.id if contact else ""]))
        return found

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
        if invitation is not None and told.source != MAIL and found.day < invitation.sent.day - _CLOCKS:
            raise RowBad(f"{found.day.isoformat()} is before they were asked, on {invitation.sent.day.isoformat()}")
        if invitation is not None and found.day < invitation.sent.day:
            return Moment(invitation.sent.day)
        return Moment(self.desk.today, self.desk.now, self.desk.book.zone) if found.day > self.desk.today else found
