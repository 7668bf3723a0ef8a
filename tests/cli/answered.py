"""A book in which surveys were answered: values in, rows out, no instrument needed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from relcli.domain.address import email_address
from relcli.domain.contact import Contact, contact_id
from relcli.domain.moment import Moment
from relcli.domain.survey import Answer, Response, Tag
from relcli.store import contacts, responses
from relcli.store.book import opened

MADE = datetime(2025, 1, 1, tzinfo=UTC)
TODAY = date(2026, 11, 21)
LIKELY = "How likely are you to recommend us to somebody you know?"


def recommend(value: int, words: str = "", *, text: str = LIKELY) -> tuple[Answer, ...]:
    """The answers to a `pulse`: a figure, and why."""
    why = Answer("why", Tag.OPEN, "What is the main reason?", words=words)
    return (Answer("recommend", Tag.RECOMMEND, text, value, low=0, high=10), *([why] if words else []))


def rated(item: str, tag: Tag, value: int, *, turned: bool = False) -> Answer:
    """An answer from 1 to 5."""
    return Answer(item, tag, f"About {item}?", value, low=1, high=5, reversed=turned)


def said(who: str, days_ago: int, answers: tuple[Answer, ...], *, survey: str = "pulse", version: int = 1) -> Response:
    """A response given so many days before today; nobody's where `who` is empty."""
    return Response(0, who, survey, version, Moment(TODAY - timedelta(days=days_ago)), answers)


def person(number: int, name: str, *, roles: tuple[str, ...] = (), tags: tuple[str, ...] = (), language: str = "") -> Contact:
    """Somebody with an address, whose id is known beforehand."""
    address = (email_address(f"p{number}@example.org"),)
    return Contact(
        0, contact_id(number.to_bytes(5, "big")), name, MADE, roles=roles, tags=tags, language=language, addresses=address
    )


def answer(location: str, people: list[Contact], given: list[Response]) -> None:
    """Write these people and what they answered; a response names who gave it, by name."""
    with opened(location, wait=1) as book, book.writing("a test", now=MADE, actor="tester") as writing:
        rows: Mapping[str, int] = dict(zip((p.name for p in people), contacts.add_many(writing, people), strict=True))
        for response in given:
            responses.add(writing, response, rows[response.contact] if response.contact else None)
