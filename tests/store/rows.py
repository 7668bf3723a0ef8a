"""Rows for the tests of the tables: an invented contact with all that belongs to it, written as the tables hold it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from relcli.domain.circumstance import Factor
from relcli.domain.contact import AddressKind, Kind, NameKind
from relcli.domain.initiative import Group, Outcome
from relcli.domain.interaction import Direction, Purpose
from relcli.domain.preference import PreferenceKind, Source
from relcli.domain.promise import PromiseKind, Side
from relcli.domain.survey import Tag
from relcli.domain.transaction import TransactionKind
from relcli.store import tables
from relcli.store.book import Book
from relcli.store.journal import NOUNS

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
NOON = datetime(2026, 11, 21, 12, 30, 0, 250, tzinfo=UTC)


def writing(book: Book, **more: Any) -> Any:
    return book.writing("a test", now=NOW, actor="tester", **more)


def contact(number: int, name: str = "Ana", **more: Any) -> dict[str, Any]:
    """A contact; its id ends in its number."""
    return {
        "id": number, "code": f"c_aaaaaa{number:02}", "kind": Kind.PERSON, "name": name, "folded": name.lower(), "name_key": name.lower(), "language": "",
        "timezone": "", "birthday": "", "note": "", "created": NOW, **more,
    }  # fmt: skip


def touch(number: int, **more: Any) -> dict[str, Any]:
    """An interaction without anybody in it."""
    return {
        "id": number, "day": 20778, "at": None, "zone": "", "channel": "phone", "direction": Direction.IN, "summary": "",
        "folded": None, "minutes": None, "source": "", "external_id": None, "key": None, **more,
    }  # fmt: skip


def sale(number: int, holder: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number, "contact_id": holder, "day": 20778, "at": None, "zone": "", "kind": TransactionKind.SALE, "amount": 1250,
        "currency": "EUR", "item": "", "folded": None, "source": "", "external_id": None, "key": None, **more,
    }  # fmt: skip


def part(number: int, who: int) -> dict[str, Any]:
    """That a contact took part in an interaction."""
    return {"interaction_id": number, "contact_id": who, "day": 20778, "direction": Direction.IN}


def address(who: int, key: str, kind: AddressKind = AddressKind.EMAIL, rank: int = 0) -> dict[str, Any]:
    return {"contact_id": who, "kind": kind, "key": key, "rank": rank, "value": key.capitalize()}


def answer(response: int, place: int, item: str, tag: Tag = Tag.RECOMMEND, **more: Any) -> dict[str, Any]:
    """An answer to an item of a survey."""
    return {
        "response_id": response, "place": place, "item": item, "tag": tag, "text": f"{item}?", "value": None, "words": "", "low": 0,
        "high": 0, "reversed": False, **more,
    }  # fmt: skip


def write_ana(w: Any) -> None:
    """Contact 1 with everything a contact can have, and one record of every other noun that is about her and Bo."""
    w.insert(tables.Contact, contact(1, "Ana Ruíz", birthday="--04-12", note='likes "tea"\nand 茶', archived_day=20779))
    w.insert(tables.Contact, contact(2, "Bo", kind=Kind.ORGANISATION))
    w.insert_many(tables.ContactRole, [{"contact_id": 1, "role": role} for role in ("supplier", "customer")])
    w.insert_many(tables.ContactTag, [{"contact_id": 1, "tag": tag} for tag in ("vip", "a")])
    w.insert_many(
        tables.Address,
        [address(1, "b@example.org", rank=1), address(1, "ana@example.org"), address(1, "ana", AddressKind.HANDLE)],
    )
    w.insert(tables.ExternalId, {"contact_id": 1, "source": "shop", "value": "17"})
    w.insert(tables.Alias, {"contact_id": 1, "code": "c_zzzzzzzz"})
    w.insert(tables.ContactName, {"contact_id": 1, "name_key": "ana lind", "name": "Ana Lind", "kind": NameKind.FORMER})
    w.insert(tables.Employment, {"id": 1, "person_id": 1, "organisation_id": 2, "from_day": 20000, "until_day": None})
    w.insert(tables.Referral, {"id": 1, "from_id": 2, "whom_id": 1, "day": None, "outcome": "went well"})
    w.insert(tables.Interaction, touch(1, at=NOON, zone="Europe/Madrid", minutes=5, sentiment=-1, purpose=Purpose.HELP, key="k1"))
    w.insert_many(tables.InteractionContact, [part(1, 1), part(1, 2)])
    w.insert(tables.Transaction, sale(1, 1, at=NOON, item="Loaf", source="till", external_id="9"))
    w.insert(tables.Promise, {"contact_id": 1, "owed_by": Side.US, "kind": PromiseKind.PROMISE, "text": "prints", "made_day": 20000,
                              "due_day": 20010})  # fmt: skip
    w.insert(tables.Preference, {"contact_id": 1, "kind": PreferenceKind.TOPIC, "value": "prints", "source": Source.STATED,
                                 "words": "more of them", "day": 20000, "at": NOON, "zone": "Europe/Madrid"})  # fmt: skip
    w.insert(tables.Circumstance, {"contact_id": 1, "factor": Factor.NEED, "theirs": 3, "note": "moves soon", "day": 20000})
    w.insert(tables.Later, {"contact_id": 1, "day": 20000, "until_day": 20010, "because": "on holiday"})
    w.insert(
        tables.Plan,
        {"contact_id": 1, "day": 20000, "aim": "loyal", "step": "show her the album", "due_day": 20010, "note": "glad"},
    )
    w.insert(tables.Reminder, {"contact_id": 1, "text": "ask for the proofs", "made_day": 20000, "due_day": 20010})
    w.insert(tables.Invitation, {"contact_id": 1, "survey": "pulse", "version": 1, "language": "es", "token": "r-0123456789",
                                 "channel": "email", "day": 19990, "at": NOON, "zone": "Europe/Madrid"})  # fmt: skip
    w.insert(tables.Response, {"contact_id": 1, "survey": "pulse", "version": 1, "day": 20000, "at": NOON, "zone": "Europe/Madrid",
                               "source": "mail", "external_id": "m-1"})  # fmt: skip
    w.insert(tables.Initiative, {"name": "Calls", "key": "calls", "hypothesis": "they come back", "outcome": Outcome.SIGNS,
                                 "from_day": 19990, "cost": 4000, "currency": "EUR"})  # fmt: skip
    w.insert(tables.Enrolment, {"contact_id": 1, "initiative_id": 1, "side": Group.COMPARISON, "day": 19990, "stratum": "others",
                                "seed": 2**40, "share": 5000})  # fmt: skip
    w.insert(tables.Removed, {"digest": "0" * 64, "day": 20000})
    w.insert(tables.Origin, {"noun": "promise", "key": 1, "mark": "0123456789abcdef", "there": 7})
    w.insert(tables.Setting, {"name": "timezone", "value": "Europe/Madrid"})
    w.insert_many(tables.Answer, [answer(1, 0, "recommend", value=9, high=10), answer(1, 1, "why", Tag.OPEN, words="on time")])


def held(book: Book) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every noun and of what belongs to it, in the order of the keys; the journal is not among them."""
    with book.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for noun in NOUNS.values()
            for table in (noun.root, *(satellite for satellite, _ in noun.satellites))
        }
