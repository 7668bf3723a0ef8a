"""Survey responses in the book: written with their answers, read in the order they were written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, func, select
from sqlmodel import col

from relcli.domain.moment import Moment, day_number, day_of
from relcli.domain.removed import by_state
from relcli.domain.survey import Answer, Response
from relcli.store import removed, tables
from relcli.store.journal import table_of
from relcli.store.picking import Pick, of_whom
from relcli.text import folded

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

T, A, C = tables.Response, tables.Answer, tables.Contact
_MANY = 500


def add(writing: Writing, response: Response, contact: int | None) -> int:
    """Write a response of the contact in this row (None: anonymous); answers its number."""
    number = writing.insert(
        T,
        {
            "contact_id": contact,
            "survey": response.survey,
            "version": response.version,
            "day": day_number(response.when.day),
            "at": response.when.at,
            "zone": response.when.zone,
            "source": response.source,
            "external_id": response.external_id or None,
        },
    )
    writing.insert_many(A, _answers(replace(response, number=number)))
    return number


def remove(writing: Writing, numbers: Iterable[int]) -> None:
    """Take these responses out of the book; marks keep them out of later imports."""
    numbers = list(numbers)
    removed.leave(writing, T, numbers, map(_state, fetch(writing.connection, numbers)))
    for number in numbers:
        writing.delete(T, {"id": number})


def change(writing: Writing, before: Response, after: Response) -> None:
    """Make `before`, as the book has it, into `after`; the contact and the survey stay. What is the same is not written."""
    if after.when != before.when:
        removed.note(writing, [_state(before)])
        when = after.when
        writing.update(T, before.number, {"day": day_number(when.day), "at": when.at, "zone": when.zone})
    old, new = ({a["item"]: a for a in _answers(response)} for response in (before, after))
    for item, row in old.items():
        if row != new.get(item):
            writing.delete(A, {"response_id": before.number, "item": item})
    writing.insert_many(A, [row for item, row in new.items() if row != old.get(item)])


def fetch(connection: Connection, numbers: Sequence[int]) -> list[Response]:
    """The responses with these numbers, in their order."""
    parts = [sorted(numbers)[start : start + _MANY] for start in range(0, len(numbers), _MANY)]
    return [response for part in parts for _, response in _read(connection, col(T.id).in_(part))]


def of_survey(connection: Connection, name: str) -> list[Response]:
    """The responses to one survey, in all its versions."""
    return [response for _, response in _read(connection, col(T.survey) == name)]


def surveys(connection: Connection) -> list[str]:
    """The names of the surveys that were answered."""
    return list(connection.execute(select(col(T.survey)).distinct().order_by(col(T.survey))).scalars())


def by_contact(connection: Connection) -> dict[int, list[Response]]:
    """Row of a contact → their responses; anonymous ones are nobody's."""
    found: dict[int, list[Response]] = {}
    for row, response in _read(connection, col(T.contact_id).is_not(None)):
        found.setdefault(row, []).append(response)
    return found


def picked(connection: Connection, pick: Pick) -> list[Response]:
    """The responses picked, in the order of their numbers; `top` says nothing here."""
    statement = of_whom(select(col(T.id)), pick, col(T.id), number=T.id, contact=T.contact_id, day=T.day)
    if pick.since is not None:
        statement = statement.where(col(T.day) >= pick.since)
    if pick.until is not None:
        statement = statement.where(col(T.day) <= pick.until)
    return fetch(connection, list(connection.execute(statement).scalars()))


def search(connection: Connection, text: str) -> list[Response]:
    """The responses in whose words this occurs, accents and case aside. Words are few, so they are folded here."""
    wanted = folded(text)
    rows = connection.execute(select(col(A.response_id), col(A.words)).where(col(A.words) != "")).all()
    return fetch(connection, sorted({row.response_id for row in rows if wanted in folded(row.words)}))


def counts(connection: Connection) -> dict[str, int]:
    """Name of a survey → how many responses there are."""
    rows = connection.execute(select(col(T.survey), func.count()).group_by(col(T.survey))).all()
    return {name: int(count) for name, count in rows}


def _state(response: Response) -> tuple[str, ...]:
    """An answer as an export of ours gives it: by it an import knows it again."""
    return by_state("responses", response.number, {"day": str(response.when.day)}, [response.contact])


def _read(connection: Connection, which: Any) -> list[tuple[int, Response]]:
    table = table_of(T)
    base: Select[Any] = select(*table.c, col(C.code)).join(C, col(C.id) == table.c.contact_id, isouter=True)
    rows = connection.execute(base.where(which).order_by(col(T.id))).all()
    answered = select(*table_of(A).c).join(T, col(T.id) == col(A.response_id)).where(which)
    answers: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(answered.order_by(col(A.response_id), col(A.place))):
        answers[row.response_id].append(row)
    return [(row.contact_id, _value(row, answers[row.id])) for row in rows]


def _value(row: Any, answers: Iterable[Row[Any]]) -> Response:
    return Response(
        number=row.id,
        contact=row.code or "",
        survey=row.survey,
        version=row.version,
        when=Moment(day_of(row.day), row.at, row.zone),
        answers=tuple(Answer(a.item, a.tag, a.text, a.value, a.words, a.low, a.high, a.reversed) for a in answers),
        source=row.source,
        external_id=row.external_id or "",
    )


def _answers(response: Response) -> list[dict[str, Any]]:
    return [_answer(response.number, place, answer) for place, answer in enumerate(response.answers)]


def _answer(number: int, place: int, answer: Answer) -> dict[str, Any]:
    return {
        "response_id": number,
        "place": place,
        "item": answer.item,
        "tag": answer.tag,
        "text": answer.text,
        "value": answer.value,
        "words": answer.words,
        "low": answer.low,
        "high": answer.high,
        "reversed": answer.reversed,
    }
