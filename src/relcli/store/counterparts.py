"""Which record of another copy is which here: by the batch that made it, else by what makes it one of a kind, else by content."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import UniqueConstraint, and_, or_, select
from sqlmodel import col

from relcli.domain.reference import Match
from relcli.domain.twin import Parted
from relcli.store import branch, forgetting, tables
from relcli.store.branch import Image, Touched
from relcli.store.flat import Flat, Lost, flat, said
from relcli.store.journal import MARKS, NOUNS, Noun, images

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.domain.forgotten import Forgotten

_CONTACT = NOUNS["contact"]
_BY = {"email": Match.EMAIL, "phone": Match.PHONE, "handle": Match.HANDLE}


class Counterparts(ABC):
    """Both books, and what is known of each other's numbers: `same` maps a noun and a number there to the one here.

    `batch` is the one that is being written.
    """

    def __init__(self, here: Connection, there: Connection, at: Parted, batch: int) -> None:
        self.here, self.there, self.at, self.batch = here, there, at, batch
        self.forgotten = forgetting.known(here)
        self.forgotten_there = forgetting.known(there)
        self.marks_here = {mark for number, mark in branch.marks(here) if number < batch}
        self.marks_there = dict(branch.marks(there))
        self.origins_there = branch.origins(there)
        self.by_origin = {(noun, *origin): key for (noun, key), origin in branch.origins(here).items()}
        later = {mark for number, mark in self.marks_there.items() if number > at.split}
        self.same: dict[tuple[str, int], int | None] = {
            (noun, number): key for (noun, mark, number), key in self.by_origin.items() if mark in later
        }
        self.there_is: set[tuple[str, int]] = set()
        self.ours: dict[str, dict[str, list[int]]] = {}  # noun → content → records made here since the split

    def identity(self, one: Touched) -> tuple[str, int]:
        """The mark of the batch that made a record, in whichever copy, and its number there."""
        return self.origins_there.get((one.noun.name, one.key)) or (self.marks_there[one.made], one.key)

    def known(self, one: Touched) -> int | None:
        """Its number here, where it is or was known here; None where it is new."""
        if (one.noun.name, one.key) in self.same:
            return self.same[one.noun.name, one.key]
        if one.made <= self.at.split and (one.noun.name, one.key) not in self.origins_there:
            return one.key
        mark, number = self.identity(one)
        return number if mark in self.marks_here else self.by_origin.get((one.noun.name, mark, number))

    def translated(self, noun: Noun, key: int) -> int:
        """The number here of a record that another points at. Raises Lost where it is not here."""
        found: int | None = key
        if (noun.name, key) in self.same:
            found = self.same[noun.name, key]
        elif origin := self.origins_there.get((noun.name, key)):
            found = origin[1] if origin[0] in self.marks_here else self.by_origin.get((noun.name, *origin))
        if found is not None and not self._is_here(noun, found):
            found = self.heir(noun, key) or self.revived(noun, key, found)
        if found is None:
            raise Lost
        return found

    def _is_here(self, noun: Noun, key: int) -> bool:
        """Whether there is such a record; what is pointed at goes last, so a yes holds till then."""
        if (noun.name, key) not in self.there_is:
            if self.here.execute(select(noun.root.c.id).where(noun.root.c.id == key)).first() is None:
                return False
            self.there_is.add((noun.name, key))
        return True

    @abstractmethod
    def revived(self, noun: Noun, key: int, number: int) -> int | None:
        """A record that was taken back here and is needed, brought back under its number; None where it cannot be."""

    def heir(self, noun: Noun, key: int) -> int | None:
        """Into whom a contact of the other copy was merged here."""
        if noun is not _CONTACT:
            return None
        code = self.there.execute(select(_CONTACT.root.c.code).where(_CONTACT.root.c.id == key)).scalar()
        alias = tables.Alias
        return self.here.execute(select(col(alias.contact_id)).where(col(alias.code) == code)).scalar() if code else None

    def was_forgotten(self, theirs: Flat) -> bool:
        """Whether a contact of the other copy was forgotten here."""
        return _knows(self.forgotten, theirs)

    def image(self, noun: Noun, key: int) -> Image | None:
        """A record as it is here; None where there is none."""
        found = images(self.here, noun, [key]).get(key)
        return None if found is None else json.loads(found)

    def made_before(self, noun: Noun, key: int) -> bool:
        """Whether the record with this number here is older than the split."""
        made = branch.made_by(self.here, noun, [key]).get(key)
        return made is not None and made <= self.at.split

    def one_of_a_kind(self, noun: Noun, theirs: Flat, *, but: int = 0) -> int | None:
        """The record here with the same unique key: a token, an id of another program, the name of an initiative."""
        root = noun.root
        for rule in root.constraints:
            if isinstance(rule, UniqueConstraint):
                values = {column.name: theirs["row", column.name] for column in rule.columns}
                if all(value is not None for value in values.values()):
                    these = and_(*(root.c[name] == value for name, value in values.items()))
                    if found := self.here.execute(select(root.c.id).where(these, root.c.id != but)).scalar():
                        return int(found)
        return self._same_person(theirs) if noun is _CONTACT and not but else None

    def _same_person(self, theirs: Flat) -> int | None:
        """A contact that was added or changed on both sides: by id of another program, address, else name without an address."""
        root, x, a, alias = _CONTACT.root, tables.ExternalId, tables.Address, tables.Alias
        found: set[int] = set(
            self.here.execute(select(col(alias.contact_id)).where(col(alias.code) == theirs["row", "code"])).scalars()
        )
        addresses = [at for kind, at in theirs if kind == "address"]
        for kind, at in theirs:
            if kind == "external_id":
                same = and_(col(x.source) == at[0], col(x.value) == at[1])
                found |= set(self.here.execute(select(col(x.contact_id)).where(same)).scalars())
        if found:
            return min(found)
        later = root.c.batch_id > self.at.split
        mail = [and_(col(a.kind) == kind, col(a.key) == key) for kind, key in addresses if kind != "phone"]
        if mail:
            these = select(col(a.contact_id)).join(root, root.c.id == col(a.contact_id)).where(or_(*mail), later)
            found = set(self.here.execute(these).scalars())
            return found.pop() if len(found) == 1 else None
        named = select(root.c.id).where(root.c.name_key == theirs["row", "name_key"], root.c.kind == theirs["row", "kind"], later)
        rows = [
            row for row in self.here.execute(named).scalars() if branch.made_by(self.here, _CONTACT, [row])[row] > self.at.split
        ]
        taken = {number for (name, _), number in self.same.items() if name == _CONTACT.name}
        return rows[0] if len(rows) == 1 and rows[0] not in taken else None

    def alike(self, noun: Noun, theirs: Flat) -> int | None:
        """A record made here since the split that says exactly the same; each stands for one of theirs."""
        if noun is _CONTACT or noun.name in MARKS:
            return None
        if noun.name not in self.ours:
            self.ours[noun.name] = self._made_since(noun)
        found = self.ours[noun.name].get(said(noun, theirs))
        return found.pop(0) if found else None

    def _made_since(self, noun: Noun) -> dict[str, list[int]]:
        keys = list(self.here.execute(select(noun.root.c.id).where(noun.root.c.batch_id > self.at.split)).scalars())
        came = {key for (name, _, _), key in self.by_origin.items() if name == noun.name}
        found: dict[str, list[int]] = defaultdict(list)
        now = images(self.here, noun, keys)
        for key, made in branch.made_by(self.here, noun, keys).items():
            if self.at.split < made < self.batch and key not in came and key in now:
                found[said(noun, flat(noun, json.loads(now[key])))].append(key)
        return found


def _knows(forgotten: Forgotten, flat: Flat) -> bool:
    """Whether a contact was forgotten: by its id, an address or an id of another program."""
    for kind, at in flat:
        if kind == "address" and forgotten.knows(_BY[at[0]].value, at[1]):
            return True
        if kind == "external_id" and forgotten.knows(Match.EXTERNAL_ID.value, *at):
            return True
    return forgotten.knows(Match.ID.value, flat["row", "code"])
