"""The whole book assessed at the end of a day: the facts read, the metric asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from relcli.actions.desk import Desk
from relcli.domain.contact import Contact, Kind
from relcli.domain.moment import day_number, day_of, zone_of
from relcli.domain.plan import Plan, all_in_force
from relcli.domain.preference import Preference, PreferenceKind
from relcli.domain.promise import Closing, Promise, Side
from relcli.domain.survey import Response
from relcli.domain.transaction import TransactionKind
from relcli.health.assess import Assessment, assess
from relcli.health.card import Weights
from relcli.health.conversation import BOTH, OUT, Conversation, Days, Touches
from relcli.health.evidence import Evidence
from relcli.health.ledger import Ledger, Numbered
from relcli.health.stage import stages
from relcli.health.unprompted import unprompted
from relcli.store import contacts, evidence, plans, preferences, promises, responses

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection

T = TypeVar("T")
Jobs = list[tuple[int, int, int | None, int | None]]  # person, organisation, from day, until day

_BUYERS = frozenset({"customer", "prospect"})
_TRADING = _BUYERS | {"supplier"}
_SALE = evidence.KINDS.index(TransactionKind.SALE)
_PURCHASE = evidence.KINDS.index(TransactionKind.PURCHASE)


@dataclass(frozen=True, slots=True)
class Known:
    """Every contact of the book, by row number, and what it holds of them up to the end of day `until`.

    `trades` are place of the contact, day and kind of every transaction; `sales` as in Assessed. `plans` are all versions.
    """

    contacts: tuple[Contact, ...]
    until: int
    evidence: Evidence
    weights: Weights
    trades: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
    jobs: Jobs
    rows: NDArray[np.int64]
    sales: Mapping[int, tuple[str, int]]
    plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Assessed:
    """Every contact of the book, by row number, and what the metric says of each; arrays are aligned with them.

    `stages` are places in domain.stage.STAGES, NONE for those who are not on the ladder. `last_in` and `last_out` are days (NaN: never) of the newest sign of life and the newest touch of ours; `sales` has
    by row the currency of most sales to them in the last year, and what they came to, in minor units; `plans` has by id
    the plan that held at the end of the day assessed.
    """

    contacts: tuple[Contact, ...]
    assessment: Assessment
    stages: NDArray[np.int8]
    last_in: NDArray[np.float64]
    last_out: NDArray[np.float64]
    sales: Mapping[int, tuple[str, int]]
    plans: Mapping[str, Plan]


def assess_book(connection: Connection, desk: Desk, *, as_of: int, horizon: int | None) -> Assessed:
    """Read what happened by the end of day `as_of` and assess every contact of the book."""
    return assess_on(read_book(connection, desk, until=as_of), as_of, horizon=horizon)


def assess_on(known: Known, as_of: int, *, horizon: int | None, unprompted_since: int | None = None) -> Assessed:
    """The same from a book read until that day or a later one: nothing after `as_of` counts. Only the day read has `sales`.

    With `unprompted_since` nothing counts that we prompted from that day on (health.unprompted).
    """
    facts = _on(known, as_of)
    if unprompted_since is not None:
        facts = unprompted(facts, unprompted_since)
    talk = facts.talk
    assessment = assess(facts, as_of, horizon=horizon, weights=known.weights)
    return Assessed(
        known.contacts,
        assessment,
        stages=stages(assessment),
        last_in=facts.signs.until(as_of).last,
        last_out=np.full(facts.signs.size, np.nan)
        if talk is None
        else talk.newest((talk.day <= as_of) & np.isin(talk.direction, (OUT, BOTH))),
        sales=known.sales if as_of == known.until else {},
        plans=all_in_force(known.plans, day_of(as_of)),
    )


def read_book(connection: Connection, desk: Desk, *, until: int, but: tuple[int, int] = (0, 0)) -> Known:
    """Read what happened by the end of day `until`.

    An organisation has what its people did, and were promised, while they worked for it. `but` are the numbers of an
    interaction and of a promise that are left out.
    """
    people = tuple(sorted(contacts.everyone(connection), key=lambda c: c.row))
    rows = np.array([c.row for c in people], dtype=np.int64)
    jobs = contacts.employments(connection)
    wanted = _by_place(preferences.by_contact(connection), rows)
    promised = promises.by_contact(connection).items()
    own = _by_place({row: [p for p in made if p.number != but[1]] for row, made in promised}, rows)
    said = _by_place(responses.by_contact(connection), rows)
    given = _with_staff(own, jobs, rows)

    touches = _touches(connection, rows, jobs, until, but=but[0])
    trades = evidence.trades(connection, until=until)
    trade_who, trade = _with_employers(trades.contact, trades.day, rows, jobs)
    trade_day, kind = trades.day[trade], trades.kind[trade]
    bought = (kind == _SALE) | (kind == _PURCHASE)
    sender, sent, referral, whom = evidence.referrals(connection, until=until)
    sent_who, one = _with_employers(sender, sent, rows, jobs)
    others = rows[sent_who] != whom[one]  # who sends the organisation they work for does not make it send itself
    sent_who, one = sent_who[others], one[others]
    referrals = sent_who, sent[one]
    others = _until(until, _kept(given), referrals, _answered(said, jobs, rows))

    alive = touches.direction != OUT
    sign_who = np.concatenate([touches.owner[alive], trade_who[bought], others[0]])
    sign_day = np.concatenate([touches.day[alive], trade_day[bought], others[1]])
    sells, buys = _sides(people)
    counts = ((kind == _SALE) & sells[trade_who]) | ((kind == _PURCHASE) & buys[trade_who])
    nobody = np.zeros(len(people), np.bool_)
    facts = Evidence(
        signs=Ledger.of(sign_who, sign_day, len(people)),
        transactions=Ledger.of(trade_who[counts], trade_day[counts], len(people)),
        archived=nobody,  # this and the next two say how it stands on a day: see _on
        loyalty_applies=nobody,
        purchases=nobody,
        suppliers=np.array(["supplier" in c.roles and not _BUYERS & set(c.roles) for c in people], dtype=np.bool_),
        talk=Conversation.of(
            touches,
            (trade_who[bought], trade_day[bought]),
            others,
            len(people),
            clock=trades.second[trade][bought],
            numbers=trades.record[trade][bought],
        ),
        wanted=wanted,
        given=given,
        own=own,
        said=said,
        buys=np.array([bool(_TRADING & set(c.roles)) for c in people], dtype=np.bool_),
        turns=Numbered.of(trade_who[counts], trade_day[counts], trades.record[trade][counts], len(people)),
        sent=Numbered.of(*referrals, referral[one], len(people)),
        referrals=referrals,
        zones={i: zone_of(people[i].timezone or desk.book.zone) for i in wanted},
        texts=_texts(connection, wanted, rows, until),
        replies_logged=desk.settings.health.replies_logged,
    )
    weights = Weights(**desk.settings.health.weights.model_dump())
    sales = evidence.sales(connection, since=until - 364, until=until)
    return Known(
        people, until, facts, weights, (trade_who, trade_day, kind), jobs, rows, sales, tuple(plans.everything(connection))
    )


def _on(known: Known, as_of: int) -> Evidence:
    """The evidence with who was set aside by then, and what each was to us by the transactions until then."""
    people, (who, day, kind) = known.contacts, known.trades
    who, kind = who[day <= as_of], kind[day <= as_of]
    senders, sent = known.evidence.referrals or (who[:0], who[:0])
    trades = np.bincount(who, minlength=len(people))
    return replace(
        known.evidence,
        archived=np.array([c.archived is not None and day_number(c.archived) <= as_of for c in people], dtype=np.bool_),
        loyalty_applies=_loyalty_applies(people, trades, known.jobs, known.rows, senders[sent <= as_of]),
        purchases=_purchases(people, who, kind, *_sides(people)),
    )


def _touches(connection: Connection, rows: NDArray[np.int64], jobs: Jobs, until: int, *, but: int) -> Touches:
    """Every touch but the one of this number, for those who took part and for their employers."""
    read = evidence.touches(connection, until=until)
    who, touch = _with_employers(read.contact, read.day, rows, jobs)
    kept = read.record[touch] != but
    who, touch = who[kept], touch[kept]
    return Touches(
        owner=who,
        day=read.day[touch],
        second=read.second[touch],
        direction=read.direction[touch],
        channel=read.channel[touch],
        purpose=read.purpose[touch],
        record=read.record[touch],
        channels=read.channels,
    )


def _by_place(by_row: Mapping[int, list[T]], rows: NDArray[np.int64]) -> dict[int, list[T]]:
    """The same under the places of the contacts."""
    return {int(np.searchsorted(rows, row)): records for row, records in by_row.items()}


def _with_staff(own: Mapping[int, list[Promise]], jobs: Jobs, rows: NDArray[np.int64]) -> dict[int, list[Promise]]:
    """Promises for those they concern and again for the employer of the day on which they were made."""
    given = {i: list(records) for i, records in own.items()}
    for person, organisation, begin, end in jobs:
        employer = int(np.searchsorted(rows, organisation))
        for promise in own.get(int(np.searchsorted(rows, person)), ()):
            made = day_number(promise.made)
            if (begin is None or made >= begin) and (end is None or made < end):
                given.setdefault(employer, []).append(promise)
    return given


def _kept(given: Mapping[int, list[Promise]]) -> Days:
    """Who kept a promise of theirs, and when."""
    return _days(
        (i, day_number(promise.closed))
        for i, records in given.items()
        for promise in records
        if promise.owed_by is Side.THEM and promise.how is Closing.KEPT and promise.closed is not None
    )


def _answered(said: Mapping[int, list[Response]], jobs: Jobs, rows: NDArray[np.int64]) -> Days:
    """Who answered a survey, and when; an answer is a sign of life for the employer of that day, too."""
    found = [(i, day_number(response.when.day)) for i, responses in said.items() for response in responses]
    for person, organisation, begin, end in jobs:
        for response in said.get(int(np.searchsorted(rows, person)), ()):
            day = day_number(response.when.day)
            if (begin is None or day >= begin) and (end is None or day < end):
                found.append((int(np.searchsorted(rows, organisation)), day))
    return _days(found)


def _until(day: int, *signs: Days) -> Days:
    """All of these together, as far as they had happened by the end of a day."""
    who, when = (np.concatenate([pair[side] for pair in signs]) for side in (0, 1))
    return who[when <= day], when[when <= day]


def _days(pairs: Iterable[tuple[int, int]]) -> Days:
    known = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    return known[:, 0], known[:, 1]


def _texts(connection: Connection, wanted: Mapping[int, list[Preference]], rows: NDArray[np.int64], until: int) -> dict[int, str]:
    """What touches were about, with those who want to be spared a topic."""
    sparing = [int(rows[i]) for i, own in wanted.items() if any(p.kind is PreferenceKind.NOT_TOPIC for p in own)]
    return evidence.texts(connection, sparing, until=until) if sparing else {}


def _with_employers(
    who: NDArray[np.int64], day: NDArray[np.int64], rows: NDArray[np.int64], jobs: Jobs
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions of contacts and of records: each record for its own contact, and again for the employer of that day."""
    position = np.searchsorted(rows, who)
    owners, records = [position], [np.arange(who.size)]
    for person, organisation, begin, end in jobs:
        first, last = np.searchsorted(who, person), np.searchsorted(who, person, side="right")
        mine = np.arange(first, last)
        if begin is not None:
            mine = mine[day[mine] >= begin]
        if end is not None:
            mine = mine[day[mine] < end]
        owners.append(np.full(mine.size, np.searchsorted(rows, organisation)))
        records.append(mine)
    return np.concatenate(owners), np.concatenate(records)


def _sides(people: tuple[Contact, ...]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For whom sales are turns, and for whom purchases: by role, both where the roles do not tell."""
    customer = np.array([bool(_BUYERS & set(c.roles)) for c in people], dtype=np.bool_)
    supplier = np.array(["supplier" in c.roles for c in people], dtype=np.bool_)
    return customer | ~supplier, supplier | ~customer


def _purchases(
    people: tuple[Contact, ...],
    who: NDArray[np.int64],
    kind: NDArray[np.int64],
    sells: NDArray[np.bool_],
    buys: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """With whom the turns are purchases of ours, in the words of the card."""
    sales = np.bincount(who[kind == _SALE], minlength=len(people))
    bought = np.bincount(who[kind == _PURCHASE], minlength=len(people))
    return buys & (~sells | (bought > sales))


def _loyalty_applies(
    people: tuple[Contact, ...],
    trades: NDArray[np.int64],
    jobs: Jobs,
    rows: NDArray[np.int64],
    senders: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Who may come back: buyers, suppliers, whoever traded or sent somebody; not people whose organisation trades."""
    roles = np.array([bool(_TRADING & set(c.roles)) for c in people], dtype=np.bool_)
    applies = roles | (trades > 0)
    applies[senders] = True
    for person, organisation, _, end in jobs:
        here, there = np.searchsorted(rows, person), np.searchsorted(rows, organisation)
        if end is None and people[here].kind is Kind.PERSON and not trades[here] and trades[there]:
            applies[here] = False
    return applies
