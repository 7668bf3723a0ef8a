"""Survey answers brought in: replies to invitations, answers of the form, and the tables of survey tools.

Whose an answer is, the token says, else the address. What belongs to nobody is listed and never guessed; what came in
before is known by its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from relcli.actions.desk import Desk
from relcli.actions.imports.judging import Arrived, Judge
from relcli.actions.imports.told import Fate, Told, of_mail, of_row
from relcli.actions.preferences import PreferencesWritten
from relcli.actions.surveys.instruments import instrument
from relcli.actions.surveys.responses import refuse_changed
from relcli.domain.batch import Batch
from relcli.errors import InputRefused, Misused
from relcli.exchange.answers.maps import read_answer_map
from relcli.exchange.answers.tables import NO_MAP, read_answers
from relcli.exchange.files import file_name, read_bytes
from relcli.exchange.mailing.mailboxes import is_mail

_NAMED = 3  # bad rows named in a refusal


class ImportResponses(BaseModel):
    """Which survey was answered, in which file, and how that is to be read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    survey: str
    source: str
    map: str | None = None
    encoding: str | None = None
    keep_good: bool = False
    again: bool = False  # take answers too that were removed
    accept: tuple[str, ...] = ()  # whose claimed replies are taken: a message's number, a sender's address, or a contact


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
    def left_out(self) -> Mapping[str, tuple[int, ...]]:
        """Rule → the places of those it left out."""
        found: dict[str, list[int]] = {}
        for one in self.arrived:
            if one.fate is Fate.REMOVED:
                found.setdefault(one.why, []).append(one.place)
        return {rule: tuple(places) for rule, places in found.items()}

    @property
    def not_taken(self) -> tuple[Arrived, ...]:
        """Those that somebody has to look at, in the order of the file."""
        seen = (Fate.CLAIMED, Fate.FORGED, Fate.UNMATCHED, Fate.REFUSED, Fate.BOUNCED, Fate.ANSWERED)
        return tuple(one for one in self.arrived if one.fate in seen or (one.fate is Fate.ADDED and one.why))


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
        if request.accept:
            raise Misused("--accept is for mail, and this is a table", "leave out --accept")
        mapping = NO_MAP if request.map is None else read_answer_map(request.map, asked)
        table = read_answers(read_bytes(request.source), file_name(request.source), asked, mapping, encoding=request.encoding)
        unused, missing = table.unused, table.missing
        told = [of_row(row, mapping, desk) for row in table.rows]
    with desk.writing("survey import") as writing:
        refuse_changed(writing.connection, asked)
        judge = Judge.of(writing, asked, desk, accept=request.accept, again=request.again)
        mine = [each for each in told if judge.concerned(each)]
        arrived = tuple(sorted(map(judge.take, sorted(mine, key=judge.order)), key=lambda one: one.place))
        judge.accepted.insist_used(file_name(request.source))
        refused = [one for one in arrived if one.fate is Fate.REFUSED]
        if refused and not (mail or request.keep_good or desk.dry_run):
            raise _refusal(file_name(request.source), refused, len(arrived))
        wrote = writing.written if judge.wishes or any(one.fate is Fate.ADDED for one in arrived) else None
        return ResponsesImported(
            asked.name, file_name(request.source), arrived, judge.others, tuple(judge.wishes), unused, missing, wrote
        )


def _refusal(name: str, refused: Sequence[Arrived], rows: int) -> AnswersRefused:
    few = "; ".join(f"line {one.place}: {one.why}" for one in refused[:_NAMED])
    more = f"; and {len(refused) - _NAMED} more" if len(refused) > _NAMED else ""
    hint = "" if len(refused) == rows else "--keep-good takes the others"
    return AnswersRefused(f"{len(refused)} of {rows} rows of {name} cannot be taken, nothing was written: {few}{more}", hint)
