"""The records of another copy of the book brought into this one, every kind, nothing twice.

What is pointed at is read from the tables themselves, so a new noun comes along without being named here. A record that
only one side changed is as that side has it; where both did, ours stays and is named. Of a contact each field and each
address counts for itself. The rows stay in one batch, so an undo takes all of it back.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime, UniqueConstraint, and_, func, or_, select
from sqlmodel import SQLModel, col

from relcli.domain.moment import day_of
from relcli.domain.reference import Match
from relcli.domain.twin import Parted, put_together
from relcli.store import branch, forgetting, merging, tables
from relcli.store.branch import Image, Touched
from relcli.store.journal import MARKS, NOUNS, Noun, images, rows_of
from relcli.store.keeping import refused

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection

    from relcli.domain.forgotten import Forgotten
    from relcli.store.writing import Writing

Flat = dict[Hashable, Any]  # ("row", column) or (satellite, its key) → what stands there
_CONTACT = NOUNS["contact"]
_MODELS: Mapping[str, type[SQLModel]] = {
    str(getattr(tables, name).__tablename__): getattr(tables, name) for name in tables.__all__
}
_BY = {"email": Match.EMAIL, "phone": Match.PHONE, "handle": Match.HANDLE}
_OWN = ("id", "batch_id")
_NOT_SAID = ("key", "zone", "code", "created")  # what may differ between two rows that say the same
_LETTERS = {
    "interaction": "i", "transaction": "t", "promise": "p", "preference": "w", "circumstance": "f", "later": "l", "plan": "n",
    "response": "a", "initiative": "e", "referral": "r",
}  # fmt: skip


class _Lost(Exception):  # no error of the program: the record is left out
    """A record points at a contact that is not here any more."""


@dataclass(slots=True)
class Brought:
    """What came over, by noun; `kept` are the ids of records that both changed, `forget` of contacts forgotten there."""

    new: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)
    forget: list[str] = field(default_factory=list)


def bring(writing: Writing, there: Connection, at: Parted) -> Brought:
    """Bring over what the other copy has since `at.since`; `there` reads it."""
    one = _Bringing(writing, there, at)
    one.run()
    writing.describe(brought=at.newest)
    return one.done


class _Bringing:
    """One run: the two books, and which record there is which here."""

    def __init__(self, writing: Writing, there: Connection, at: Parted) -> None:
        self.writing, self.here, self.there, self.at = writing, writing.connection, there, at
        self.done = Brought()
        self.forgotten = forgetting.known(self.here)
        self.forgotten_there = forgetting.known(there)
        self.marks_here = {mark for _, mark in branch.marks(self.here)}
        self.marks_there = dict(branch.marks(there))
        self.origins_there = branch.origins(there)
        self.by_origin = {(noun, *there_): key for (noun, key), there_ in branch.origins(self.here).items()}
        later = {mark for number, mark in self.marks_there.items() if number > at.split}
        self.same: dict[tuple[str, int], int | None] = {
            (noun, number): key for (noun, mark, number), key in self.by_origin.items() if mark in later
        }
        self.ours: dict[str, dict[str, list[int]]] = {}  # noun → content → records made here since the split
        self.aliases: dict[str, int] = {}

    def run(self) -> None:
        self._forget()
        gone: dict[str, list[Touched]] = {}
        for noun in branch.nouns():
            found = list(branch.touched(self.there, noun, self.at.since))
            gone[noun.name] = [one for one in found if one.now is None]
            if noun is _CONTACT:
                self._make_room(gone[noun.name])
            for one in found:
                if one.now is not None:
                    try:
                        self._take(one)
                    except _Lost:
                        self.same[noun.name, one.key] = None
                        self.done.left_out[noun.name] += 1
        for noun in reversed(branch.nouns()):
            for one in gone[noun.name]:
                self._remove(one)

    # --- which record is which ---------------------------------------------------------------------------------------

    def _identity(self, one: Touched) -> tuple[str, int]:
        """The mark of the batch that made a record, in whichever copy, and its number there."""
        return self.origins_there.get((one.noun.name, one.key)) or (self.marks_there[one.made], one.key)

    def _known(self, one: Touched) -> int | None:
        """Its number here, where it is or was known here; None where it is new."""
        if (one.noun.name, one.key) in self.same:
            return self.same[one.noun.name, one.key]
        if one.made <= self.at.split and (one.noun.name, one.key) not in self.origins_there:
            return one.key
        mark, number = self._identity(one)
        return number if mark in self.marks_here else self.by_origin.get((one.noun.name, mark, number))

    def _translated(self, noun: Noun, key: int) -> int:
        """The number here of a record that another points at. Raises _Lost where it is not here."""
        found: int | None = key
        if (noun.name, key) in self.same:
            found = self.same[noun.name, key]
        elif origin := self.origins_there.get((noun.name, key)):
            found = origin[1] if origin[0] in self.marks_here else self.by_origin.get((noun.name, *origin))
        if found is not None and self._image(noun, found) is None:
            found = self._heir(noun, key) or self._revived(noun, key)
        if found is None:
            raise _Lost
        return found

    def _heir(self, noun: Noun, key: int) -> int | None:
        """Into whom a contact of the other copy was merged here."""
        if noun is not _CONTACT:
            return None
        code = self.there.execute(select(_CONTACT.root.c.code).where(_CONTACT.root.c.id == key)).scalar()
        alias = tables.Alias
        return self.here.execute(select(col(alias.contact_id)).where(col(alias.code) == code)).scalar() if code else None

    def _revived(self, noun: Noun, key: int) -> int | None:
        """A record that was taken back here, and has later ones there, comes back, unless it was forgotten."""
        image = images(self.there, noun, [key]).get(key)
        if image is None:
            return None
        theirs = self._flat(noun, json.loads(image))
        if noun is _CONTACT and self._was_forgotten(theirs):
            return None
        self._insert(noun, theirs, key)
        self.done.new[noun.name] += 1
        return key

    # --- one record ---------------------------------------------------------------------------------------------------

    def _take(self, one: Touched) -> None:
        """Make a record here what it has become there. Raises _Lost."""
        noun, known = one.noun, self._known(one)
        theirs = self._flat(noun, one.now or {})
        if one.unsure and self._made_here_before(noun, one.key):
            known = one.key
        if known is None:
            self._add(one, theirs)
            return
        self.same[noun.name, one.key] = known
        image = self._image(noun, known)
        if image is None:
            self._taken_back(one, theirs, known)
            return
        ours = self._flat(noun, image, translate=False)
        base = self._base(one, theirs)
        self._write(noun, known, base, ours, theirs)

    def _base(self, one: Touched, theirs: Flat) -> Flat:
        """What both started from; of a record that came from here and was left as it was, itself."""
        if one.base is None:
            return theirs if one.made > self.at.since and not one.unsure else {}
        try:
            return self._flat(one.noun, one.base)
        except _Lost:
            return {}

    def _taken_back(self, one: Touched, theirs: Flat, known: int) -> None:
        """Known here and not here any more: it stays away, but for what a merged contact got there since."""
        noun = one.noun
        heir = self._heir(noun, one.key)
        if heir is not None and noun is _CONTACT:
            self.same[noun.name, one.key] = heir
            base = self._flat(noun, one.base) if one.base is not None else {}
            self._gather(heir, {key: row for key, row in theirs.items() if key not in base})
        elif one.base is None and one.made <= self.at.split:  # taken back by both, and there by an undo brought back
            self._insert(noun, theirs, known)
            self.done.new[noun.name] += 1
        else:
            self.same[noun.name, one.key] = None

    def _add(self, one: Touched, theirs: Flat) -> None:
        """A record made there: known here by what makes it one of a kind, or by its content, else new. Raises _Lost."""
        noun = one.noun
        if noun is _CONTACT and self._was_forgotten(theirs):
            raise _Lost
        found = self._one_of_a_kind(noun, theirs) or self._alike(noun, theirs)
        if found is not None:
            self.same[noun.name, one.key] = found
            if noun is _CONTACT:
                self._gather(found, theirs)
            elif noun.name not in MARKS:
                ours = self._flat(noun, self._image(noun, found) or {}, translate=False)
                if _said(noun, ours) != _said(noun, theirs):
                    self._keep(noun, found)
        elif refused(self.here, noun.name, {key[1]: value for key, value in theirs.items() if key[0] == "row"}):  # type: ignore[index]  # pairs
            self.same[noun.name, one.key] = None
            self.done.left_out[noun.name] += 1
            return
        else:
            found = self._insert(noun, theirs, one.key if one.key > self._last(noun) else 0)
            self.done.new[noun.name] += 1
        self.same[noun.name, one.key] = found
        if noun.name not in MARKS:
            mark, number = self._identity(one)
            if mark not in self.marks_here and (noun.name, mark, number) not in self.by_origin:
                self.writing.insert(tables.Origin, {"noun": noun.name, "key": found, "mark": mark, "there": number})
                self.by_origin[noun.name, mark, number] = found

    def _write(self, noun: Noun, key: int, base: Flat, ours: Flat, theirs: Flat) -> None:
        """Make the record `key` what both sides made of it; of anything but a contact one side's whole."""
        if noun is _CONTACT:
            merged, clashes = put_together(base, ours, theirs)
            _ranked(merged, ours)
        else:
            clashes = [noun.name] if ours not in (base, theirs) and theirs != base else []
            merged = ours if theirs == base or clashes else theirs
        if clashes:
            self._keep(noun, key)
        merged = self._free(noun, key, merged, ours)
        if merged == ours:
            return
        if not self._change(noun, key, ours, merged):
            self._keep(noun, key)
            return
        self.done.changed[noun.name] += 1

    def _change(self, noun: Noun, key: int, ours: Flat, merged: Flat) -> bool:
        """Write the difference; False where a key that must be one of a kind is another's by now."""
        row = {name: merged["row", name] for kind, name in ours if kind == "row" and merged["row", name] != ours["row", name]}  # type: ignore[misc]  # pairs
        if row and self._one_of_a_kind(noun, merged, but=key):
            return False
        typed = dict(_typed(noun, key, merged))
        if row:
            [whole] = typed[noun.root.name]
            self.writing.update(_MODELS[noun.root.name], key, {name: whole[name] for name in row})
        for table, owner in noun.satellites:
            names = [c.name for c in table.primary_key.columns if c.name != owner]
            for (kind, at), content in ours.items():  # type: ignore[misc]  # pairs
                if kind == table.name and merged.get((kind, at)) != content:
                    self.writing.delete(_MODELS[kind], {owner: key, **dict(zip(names, at, strict=True))})
            new = [(t, at) for t, at in merged if t == table.name and merged[t, at] != ours.get((t, at))]  # type: ignore[misc]  # as above
            rows = [r for r in typed.get(table.name, []) if (table.name, tuple(_plain(r[n]) for n in names)) in new]
            if rows:
                self.writing.insert_many(_MODELS[table.name], rows)
        return True

    def _insert(self, noun: Noun, flat: Flat, key: int) -> int:
        """Write a new record under this number, or the next; what others hold already is left out of it."""
        flat = self._free(noun, 0, flat, {})
        number = key or self._last(noun) + 1
        for name, rows in _typed(noun, number, flat):
            if name == noun.root.name:
                self.writing.insert(_MODELS[name], {k: v for k, v in rows[0].items() if k != "batch_id"})
            elif rows:
                self.writing.insert_many(_MODELS[name], rows)
        return number

    def _gather(self, key: int, theirs: Flat) -> None:
        """Give a contact what the other has and it lacks; what it says itself stays."""
        ours = self._flat(_CONTACT, self._image(_CONTACT, key) or {}, translate=False)
        merged = {**ours, **{k: v for k, v in theirs.items() if k not in ours}}
        merged |= {k: v for k, v in theirs.items() if k[0] == "row" and ours.get(k, "") in ("", None) and v}  # type: ignore[index]  # pairs
        _ranked(merged, ours)
        merged = self._free(_CONTACT, key, merged, ours)
        if merged != ours and self._change(_CONTACT, key, ours, merged):
            self.done.changed["contact"] += 1

    # --- what was removed there ---------------------------------------------------------------------------------------

    def _make_room(self, gone: list[Touched]) -> None:
        """Ids of contacts that were merged there are free for those they were merged into, where they can go here too."""
        for one in gone:
            key = self._known(one)
            if key is not None and self._merged_there(one) and self._unchanged(one, key):
                for model in (tables.ExternalId, tables.Alias):
                    self.writing.delete(model, {"contact_id": key})

    def _remove(self, one: Touched) -> None:
        """Take a record out that was taken out there, unless it was changed here, or is needed."""
        noun, key = one.noun, self._known(one)
        image = self._image(noun, key) if key is not None else None
        if key is None or image is None or one.base is None:
            return
        if not self._unchanged(one, key):
            self._keep(noun, key)
            return
        if noun is _CONTACT and (heir := self._merged_there(one)):
            self._move(key, image, one.base, heir)
        if self._needed(noun, key):
            self._keep(noun, key)
            return
        self.writing.delete(_MODELS[noun.root.name], {"id": key})
        self.done.removed[noun.name] += 1

    def _unchanged(self, one: Touched, key: int) -> bool:
        """Whether a record is here as it was; of a contact what it says itself, and not by what it is known."""
        try:
            base = self._flat(one.noun, one.base or {})
        except _Lost:
            return False
        ours = self._flat(one.noun, self._image(one.noun, key) or {}, translate=False)
        if one.noun is _CONTACT:
            return {k: v for k, v in ours.items() if k[0] == "row"} == {k: v for k, v in base.items() if k[0] == "row"}  # type: ignore[index]  # pairs
        return ours == base

    def _merged_there(self, one: Touched) -> int | None:
        """The contact there into whom this one was merged."""
        code = one.base["row"]["code"] if one.base else ""
        alias = tables.Alias
        return self.there.execute(select(col(alias.contact_id)).where(col(alias.code) == code)).scalar()

    def _move(self, key: int, image: Image, base: Image, heir: int) -> None:
        """What a contact got here, that was merged there meanwhile, goes to whom it was merged into."""
        try:
            into = self._translated(_CONTACT, heir)
        except _Lost:
            return
        merging.move_records(self.writing, key, into)
        merging.move_enrolments(self.writing, key, into)
        merging.move_referrals(self.writing, key, into, None)
        today = day_of((self.writing.now.astimezone(UTC).date() - day_of(0)).days)
        merging.move_employments(self.writing, key, into, self._employer(into), today)
        ours, was = self._flat(_CONTACT, image, translate=False), self._flat(_CONTACT, base)
        more = {k: v for k, v in ours.items() if k[0] != "row" and k not in was}  # type: ignore[index]  # pairs
        for table, owner in _CONTACT.satellites:
            self.writing.delete(_MODELS[table.name], {owner: key})
        self._gather(into, more)

    def _employer(self, row: int) -> int | None:
        e = tables.Employment
        mine = (col(e.person_id) == row, col(e.until_day).is_(None))
        return self.here.execute(select(col(e.organisation_id)).where(*mine).order_by(col(e.id))).scalars().first()

    def _needed(self, noun: Noun, key: int) -> bool:
        """Whether other records still point at one."""
        for other in NOUNS.values():
            for table, owner in ((other.root, ""), *other.satellites):
                for column in table.columns:
                    if column.name != owner and _target(column) is noun and table is not noun.root:
                        if owner and other is noun:
                            continue
                        if self.here.execute(select(func.count()).select_from(table).where(column == key)).scalar():
                            return True
        return False

    # --- the forgotten ------------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        """Whom the other forgot is known as forgotten here too; those who are still here are named, for that is no act to undo."""
        f = tables.Forgotten
        new = sorted(self.forgotten_there.digests - self.forgotten.digests)
        rows = [{"digest": digest, "no_contact": digest in self.forgotten_there.silent} for digest in new]
        if rows:
            self.writing.insert_many(f, rows)
            codes = self.here.execute(select(_CONTACT.root.c.code).order_by(_CONTACT.root.c.id)).scalars()
            self.done.forget += [code for code in codes if self.forgotten_there.knows(Match.ID.value, code)]

    def _was_forgotten(self, flat: Flat) -> bool:
        return _knows(self.forgotten, flat)

    # --- reading ------------------------------------------------------------------------------------------------------

    def _image(self, noun: Noun, key: int) -> Image | None:
        found = images(self.here, noun, [key]).get(key)
        return None if found is None else json.loads(found)

    def _last(self, noun: Noun) -> int:
        c = tables.Counter
        return self.here.execute(select(col(c.last)).where(col(c.noun) == noun.name)).scalar() or 0

    def _made_here_before(self, noun: Noun, key: int) -> bool:
        made = branch.made_by(self.here, noun, [key]).get(key)
        return made is not None and made <= self.at.split

    def _flat(self, noun: Noun, image: Image, *, translate: bool = True) -> Flat:
        """An image as one mapping, in the numbers of this book. Raises _Lost where the record itself points at nothing here.

        Of those who took part in an interaction somebody may be lost: then its words go too, as they do when one is forgotten.
        """
        flat: Flat = {}
        for column in noun.root.columns:
            if column.name not in _OWN:
                flat["row", column.name] = self._value(column, image.get("row", {}).get(column.name), translate=translate)
        lost = False
        for table, owner in noun.satellites:
            names = [c.name for c in table.primary_key.columns if c.name != owner]
            for row in image.get(table.name, ()):
                try:
                    values = {
                        c.name: self._value(c, row.get(c.name), translate=translate) for c in table.columns if c.name != owner
                    }
                except _Lost:
                    lost = True
                    continue
                flat[table.name, tuple(values[name] for name in names)] = values
        if lost:
            if not any(kind != "row" for kind, _ in flat):  # type: ignore[misc]  # pairs
                raise _Lost
            emptied = forgetting.EMPTIED.get(noun.name, {})
            flat |= {("row", name): value for name, value in emptied.items()}
        return flat

    def _value(self, column: Column[Any], value: Any, *, translate: bool) -> Any:
        if value is None:
            return None
        if isinstance(getattr(column.type, "impl", column.type), DateTime):
            moment = datetime.fromisoformat(value)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
        pointed = _target(column)
        return self._translated(pointed, value) if translate and pointed is not None else value

    def _one_of_a_kind(self, noun: Noun, flat: Flat, *, but: int = 0) -> int | None:
        """The record here with the same unique key: a token, an id of another program, the name of an initiative."""
        root = noun.root
        for rule in root.constraints:
            if isinstance(rule, UniqueConstraint):
                values = {column.name: flat["row", column.name] for column in rule.columns}
                if all(value is not None for value in values.values()):
                    these = and_(*(root.c[name] == value for name, value in values.items()))
                    if found := self.here.execute(select(root.c.id).where(these, root.c.id != but)).scalar():
                        return int(found)
        return self._same_person(flat) if noun is _CONTACT and not but else None

    def _same_person(self, flat: Flat) -> int | None:
        """A contact that was added or changed on both sides: by id of another program, address, else name without an address."""
        root, x, a, alias = _CONTACT.root, tables.ExternalId, tables.Address, tables.Alias
        found: set[int] = set(
            self.here.execute(select(col(alias.contact_id)).where(col(alias.code) == flat["row", "code"])).scalars()
        )
        addresses = [at for kind, at in flat if kind == "address"]  # type: ignore[misc]  # pairs
        for kind, at in flat:  # type: ignore[misc]  # pairs
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
        named = select(root.c.id).where(root.c.folded == flat["row", "folded"], root.c.kind == flat["row", "kind"], later)
        rows = [
            row for row in self.here.execute(named).scalars() if branch.made_by(self.here, _CONTACT, [row])[row] > self.at.split
        ]
        return rows[0] if len(rows) == 1 and rows[0] not in self.same.values() else None

    def _alike(self, noun: Noun, flat: Flat) -> int | None:
        """A record made here since the split that says exactly the same; each stands for one of theirs."""
        if noun is _CONTACT or noun.name in MARKS:
            return None
        if noun.name not in self.ours:
            self.ours[noun.name] = self._made_since(noun)
        found = self.ours[noun.name].get(_said(noun, flat))
        return found.pop(0) if found else None

    def _made_since(self, noun: Noun) -> dict[str, list[int]]:
        keys = list(self.here.execute(select(noun.root.c.id).where(noun.root.c.batch_id > self.at.split)).scalars())
        keys = [key for key in keys if not self.writing.is_new(_MODELS[noun.root.name], key)]
        came = {key for (name, _, _), key in self.by_origin.items() if name == noun.name}
        found: dict[str, list[int]] = defaultdict(list)
        for key, made in branch.made_by(self.here, noun, keys).items():
            if made > self.at.split and key not in came and (image := self._image(noun, key)):
                found[_said(noun, self._flat(noun, image, translate=False))].append(key)
        return found

    def _free(self, noun: Noun, key: int, flat: Flat, ours: Flat) -> Flat:
        """Without what belongs to another record here: an id of another program, an id that was merged away."""
        result = dict(flat)
        for table, owner in noun.satellites:
            names = [c.name for c in table.primary_key.columns]
            if owner in names:
                continue
            for kind, at in flat:  # type: ignore[misc]  # pairs
                if kind == table.name and (kind, at) not in ours:
                    these = and_(*(table.c[name] == value for name, value in zip(names, at, strict=True)))
                    holder = self.here.execute(select(table.c[owner]).where(these)).scalar()
                    taken = holder is not None and holder != key
                    if kind == "alias" and not taken:
                        taken = bool(self.here.execute(select(_CONTACT.root.c.id).where(_CONTACT.root.c.code == at[0])).scalar())
                        taken = taken and not self._goes(at[0])
                    if taken:
                        del result[kind, at]
        return result

    def _goes(self, code: str) -> bool:
        """Whether a contact that is here still goes in the end: it was merged there and is here as it was."""
        key = self.here.execute(select(_CONTACT.root.c.id).where(_CONTACT.root.c.code == code)).scalar()
        for one in branch.touched(self.there, _CONTACT, self.at.since):
            if one.now is None and one.base is not None and one.base["row"]["code"] == code:
                return key is not None and self._unchanged(one, key)
        return False

    def _keep(self, noun: Noun, key: int) -> None:
        """Note that ours stays where the other says something else."""
        if noun.name in MARKS:
            return
        letter = _LETTERS.get(noun.name)
        image = self._image(noun, key)
        name = f"{letter}_{key}" if letter else f"{noun.name} {key}"
        if noun is _CONTACT and image is not None:
            name = image["row"]["code"]
        if name not in self.done.kept:
            self.done.kept.append(name)


def _target(column: Column[Any]) -> Noun | None:
    """The noun at which a column points."""
    return next((NOUNS[key.column.table.name] for key in column.foreign_keys if key.column.table.name in NOUNS), None)


def _typed(noun: Noun, key: int, flat: Flat) -> list[tuple[str, list[dict[str, Any]]]]:
    """The rows of a record, table by table, as they are written."""
    owners = {table.name: owner for table, owner in noun.satellites}
    image: dict[str, Any] = {"row": {"id": key, "batch_id": 0}}
    for (kind, at), value in flat.items():  # type: ignore[misc]  # pairs
        if kind == "row":
            image["row"][at] = value
        else:
            image.setdefault(kind, []).append({**value, owners[kind]: key})
    return [(table.name, rows) for table, rows in rows_of(noun, json.dumps(image))]


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)


def _said(noun: Noun, flat: Flat) -> str:
    """What a record says, as one text to compare."""
    said = [
        [list(key) if isinstance(key, tuple) else key, value]
        for key, value in flat.items()
        if not (key[0] == "row" and key[1] in _NOT_SAID)  # type: ignore[index]  # pairs
    ]
    return json.dumps([noun.name, sorted(said, key=str)], ensure_ascii=False, sort_keys=True)


def _ranked(merged: Flat, ours: Flat) -> None:
    """Number the addresses of each kind anew: ours in their order, then theirs."""
    addresses = [key for key in merged if key[0] == "address"]  # type: ignore[index]  # pairs
    ranks: Counter[str] = Counter()
    for key in sorted(addresses, key=lambda k: (k not in ours, merged[k]["rank"], str(k))):
        kind = key[1][0]  # type: ignore[index]  # as above
        merged[key] = {**merged[key], "rank": ranks[kind]}
        ranks[kind] += 1


def _knows(forgotten: Forgotten, flat: Flat) -> bool:
    """Whether a contact was forgotten: by its id, an address or an id of another program."""
    for kind, at in flat:  # type: ignore[misc]  # pairs
        if kind == "address" and forgotten.knows(_BY[at[0]].value, at[1]):
            return True
        if kind == "external_id" and forgotten.knows(Match.EXTERNAL_ID.value, *at):
            return True
    return forgotten.knows(Match.ID.value, flat["row", "code"])
