"""What a batch did, in words, so that who takes it back knows what goes: `email from Ana Ruiz, “typo entry”`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relcli.domain.money import Money
from relcli.domain.wording import counted
from relcli.store import contacts, undo
from relcli.store.undo import Act, Touched
from relcli.text import one_line

if TYPE_CHECKING:
    from sqlalchemy import Connection

Row = Mapping[str, Any]
Names = Mapping[int, str]
_FEW = 3  # records that are named one by one
_SIDE = {"in": "from", "out": "to", "both": "with"}
_TRADED = {"sale": "to", "purchase": "from", "refund": "to", "credit": "from"}
_OF = {Act.MADE: "", Act.CHANGED: "change to the ", Act.REMOVED: "removal of the "}
_OF_MANY = {Act.MADE: "", Act.CHANGED: "changes to ", Act.REMOVED: "removal of "}
_LONGEST = 80  # characters of a text that are said
_SETTING = {"currency": "currency of the book", "timezone": "time zone of the book"}
_PLURAL = {
    "works_for": "job", "later": "postponement", "response": "survey answer", "enrolment": "enrolled contact", "setting": "book setting",
}  # fmt: skip


def told(connection: Connection, number: int, command: str) -> str:
    """What the batch `number` of this command did; to be asked before it is undone."""
    if command == "contact merge" and (merged := _merged(connection, number)):
        return merged
    counts = undo.acts(connection, number)
    whole = "import of " if command.startswith("import ") else ""
    if sum(counts.values()) > _FEW:
        return whole + _joined([_many(act, noun, count, imported=bool(whole)) for (act, noun), count in _ordered(counts)])
    touched = undo.touched(connection, number)
    names = {row: name for row, _, name in contacts.names(connection, archived=True)}
    names |= {one.rows["contact"][0]["id"]: one.rows["contact"][0]["name"] for one in touched if one.noun == "contact"}
    return whole + "; ".join(_OF[one.act] + _one(one, names) for one in sorted(touched, key=lambda one: one.noun == "contact"))


def _one(record: Touched, names: Names) -> str:
    """A record, as the command that wrote it named it."""
    row = record.rows[record.noun][0]
    describe = _DESCRIBED.get(record.noun)
    if describe is not None:
        return describe(row, record.rows, names)
    who = _name(row, "contact_id", names)
    return record.noun.replace("_", " ") + (f" of {who}" if who else "")


def _interaction(row: Row, rows: Mapping[str, Sequence[Row]], names: Names) -> str:
    who = _joined([_name(link, "contact_id", names) for link in rows.get("interaction_contact", ())])
    said = f", “{_brief(row['summary'])}”" if row["summary"] else ""
    return f"{row['channel']} {_SIDE.get(row['direction'], 'with')} {who}{said}"


def _transaction(row: Row, _: object, names: Names) -> str:
    item = f" for {row['item']}" if row["item"] else ""
    money = Money(row["amount"], row["currency"])
    return f"{row['kind']} of {money} {_TRADED[row['kind']]} {_name(row, 'contact_id', names)}{item}"


def _promise(row: Row, _: object, names: Names) -> str:
    who = _name(row, "contact_id", names)
    kind = "complaint" if row["kind"] == "complaint" else "promise"
    side = "to" if row["owed_by"] == "us" and kind == "promise" else "of"
    return f"{kind} {side} {who}, “{_brief(row['text'])}”"


def _preference(row: Row, _: object, names: Names) -> str:
    kind = str(row["kind"]).replace("-", " ")
    return f"preference of {_name(row, 'contact_id', names)}, {kind}" + (f" {row['value']}" if row["value"] else "")


def _name(row: Row, column: str, names: Names) -> str:
    return "" if row.get(column) is None else names.get(row[column], "somebody")


_DESCRIBED: dict[str, Callable[[Row, Any, Names], str]] = {
    "contact": lambda row, _, __: f"contact {row['name']}",
    "works_for": lambda row, _, names: f"job of {_name(row, 'person_id', names)} at {_name(row, 'organisation_id', names)}",
    "referral": lambda row, _, names: f"referral of {_name(row, 'whom_id', names)} by {_name(row, 'from_id', names)}",
    "interaction": _interaction,
    "transaction": _transaction,
    "promise": _promise,
    "preference": _preference,
    "circumstance": lambda row, _, names: f"circumstance of {_name(row, 'contact_id', names)}, {row['factor']}",
    "later": lambda row, _, names: f"postponement of {_name(row, 'contact_id', names)}",
    "plan": lambda row, _, names: f"plan for {_name(row, 'contact_id', names)}",
    "invitation": lambda row, _, names: f"invitation of {_name(row, 'contact_id', names)} to {row['survey']}",
    "response": lambda row, _, names: f"answer to {row['survey']} from {_name(row, 'contact_id', names) or 'nobody named'}",
    "initiative": lambda row, _, __: f"initiative “{row['name']}”",
    "enrolment": lambda row, _, names: f"enrolment of {_name(row, 'contact_id', names)}",
    "setting": lambda row, _, __: f"{_SETTING.get(row['name'], row['name'])}, {row['value']}",
}


def _many(act: Act, noun: str, count: int, *, imported: bool) -> str:
    of = "" if imported and act is Act.MADE else _OF_MANY[act]
    return of + counted(count, _PLURAL.get(noun, noun.replace("_", " ")))


def _ordered(counts: Mapping[tuple[Act, str], int]) -> list[tuple[tuple[Act, str], int]]:
    """The most first, people last: they came along."""
    return sorted(counts.items(), key=lambda pair: (pair[0][1] == "contact", -pair[1], pair[0]))


def _merged(connection: Connection, number: int) -> str:
    """`merge of Ana R. into Ana Ruiz`; empty where there are not these two."""
    people = [one for one in undo.touched(connection, number) if one.noun == "contact"]
    gone = [one.rows["contact"][0]["name"] for one in people if one.act is Act.REMOVED]
    kept = [one.rows["contact"][0]["name"] for one in people if one.act is Act.CHANGED]
    return f"merge of {gone[0]} into {kept[0]}" if len(gone) == len(kept) == 1 else ""


def _brief(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _joined(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    return ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else "".join(parts)
