"""What the tests of interactions and transactions share: the whole book as text, and one record of it."""

from __future__ import annotations

import json
from typing import Any

from sqlmodel import SQLModel


def everything(relcli: Any) -> list[bytes]:
    """All that the book gives out; equal bytes, equal book."""
    return [relcli.ok("export", noun, "--raw").out_bytes for noun in ("contacts", "interactions", "transactions")]


def record(relcli: Any, noun: str, number: str) -> dict[str, Any]:
    """One record as `show` gives it to programs."""
    found: dict[str, Any] = json.loads(relcli.ok(noun, "show", number, "-f", "json").out)[f"{noun}s"][0]
    return found


def ids(outcome: Any) -> list[str]:
    """The ids a command gave with `-f ids`."""
    return list(outcome.out.split())


def plain_records(connection: Any, contact: int) -> None:
    """One promise, wish, circumstance, later, plan, reminder, invitation, answered survey and enrolment of a contact, as batch 1 would have written them."""
    own = {"id": 1, "contact_id": contact, "batch_id": 1}
    rows = {
        "promise": {**own, "owed_by": "us", "kind": "promise", "text": "a print", "made_day": 20000, "due_day": 20010},
        "preference": {
            **own, "kind": "topic", "value": "prints", "source": "stated", "words": "more prints", "day": 20000, "zone": "UTC"
        },
        "circumstance": {**own, "factor": "need", "theirs": 3, "note": "moves soon", "day": 20000},
        "later": {**own, "day": 20000, "until_day": 20010, "because": "on holiday"},
        "plan": {**own, "day": 20000, "aim": "loyal", "step": "show the album", "due_day": 20010},
        "reminder": {**own, "text": "ask for the proofs", "made_day": 20000, "due_day": 20010},
        "invitation": {
            **own, "survey": "pulse", "version": 1, "language": "en", "token": "r-0123456789", "channel": "email", "day": 19990,
            "zone": "UTC",
        },
        "response": {**own, "survey": "pulse", "version": 1, "day": 20000, "zone": "UTC", "source": "mail", "external_id": "m-1"},
        "initiative": {
            "id": 1, "batch_id": 1, "name": "Calls", "key": "calls", "hypothesis": "they come back", "outcome": "signs", "from_day": 19990
        },
        "enrolment": {**own, "initiative_id": 1, "side": "enrolled", "day": 19990},
        "answer": {"response_id": 1, "place": 0, "item": "why", "tag": "open", "text": "Why?", "words": "on time"},
    }  # fmt: skip
    for name, row in rows.items():
        connection.execute(SQLModel.metadata.tables[name].insert().values(**row))
