"""The records of another copy of the book brought into this one, every kind, nothing twice.

What is pointed at is read from the tables themselves, so a new noun comes along without being named here. A record that
only one side changed is as that side has it; where both did, ours stays and is named. Of a contact each field and each
address counts for itself. The rows stay in one batch, so an undo takes all of it back.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select
from sqlmodel import SQLModel, col

from relcli.domain.reference import Match
from relcli.domain.twin import Parted, put_together
from relcli.store import branch, merging, tables
from relcli.store.branch import Image, Touched
from relcli.store.counterparts import Counterparts
from relcli.store.flat import Flat, Lost, flat, own, plain, ranked, said, target, typed
from relcli.store.journal import MARKS, NOUNS, Noun, images
from relcli.store.keeping import refused

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

_CONTACT = NOUNS["contact"]
_MODELS: Mapping[str, type[SQLModel]] = {
    str(getattr(tables, name).__tablename__): getattr(tables, name) for name in tables.__all__
}
_ALONE = ("contact", "works_for", "referral")  # kinds of which each record is asked about those before it
_LETTERS = {
    "interaction": "i", "transaction": "t", "promise": "p", "preference": "w", "circumstance": "f", "later": "l", "plan": "n",
    "response": "a", "initiative": "e", "referral": "r", "reminder": "m",
}  # fmt: skip


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


class _Bringing(Counterparts):
    """One run."""

    def __init__(self, writing: Writing, there: Connection, at: Parted) -> None:
        super().__init__(writing.connection, there, at, writing.batch)
        self.writing, self.done = writing, Brought()
        self.last: dict[str, int] = {}
        self.waiting: list[tuple[Noun, int, Flat]] = []
        self.came: list[dict[str, Any]] = []  # where new records came from

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
                    except Lost:
                        self.same[noun.name, one.key] = None
                        self.done.left_out[noun.name] += 1
            self._write_waiting()
        self.writing.insert_many(tables.Origin, self.came)
        for noun in reversed(branch.nouns()):
            for one in gone[noun.name]:
                self._remove(one)

    def revived(self, noun: Noun, key: int, number: int) -> int | None:
        """A record that was taken back here, and has later ones there, comes back, unless it was forgotten."""
        image = images(self.there, noun, [key]).get(key)
        if image is None:
            return None
        theirs = flat(noun, json.loads(image), self.translated)
        if noun is _CONTACT and self.was_forgotten(theirs):
            return None
        self.done.new[noun.name] += 1
        return self._insert(noun, theirs, number)

    # --- one record ---------------------------------------------------------------------------------------------------

    def _take(self, one: Touched) -> None:
        """Make a record here what it has become there. Raises Lost."""
        noun, known = one.noun, self.known(one)
        theirs = flat(noun, one.now or {}, self.translated)
        if one.unsure and self.made_before(noun, one.key):
            known = one.key
        if known is None:
            self._add(one, theirs)
            return
        self.same[noun.name, one.key] = known
        image = self.image(noun, known)
        if image is None:
            self._taken_back(one, theirs, known)
            return
        ours = flat(noun, image)
        base = self._base(one)
        self._write(noun, known, base, ours, theirs)

    def _base(self, one: Touched) -> Flat:
        """What both started from: the record as it was then, or when it first came into the other copy."""
        image = one.base or one.first
        try:
            return flat(one.noun, image, self.translated) if image is not None else {}
        except Lost:
            return {}

    def _taken_back(self, one: Touched, theirs: Flat, known: int) -> None:
        """Known here and not here any more: it stays away, but for what a merged contact got there since."""
        noun = one.noun
        heir = self.heir(noun, one.key)
        if heir is not None and noun is _CONTACT:
            self.same[noun.name, one.key] = heir
            base = flat(noun, one.base, self.translated) if one.base is not None else {}
            self._gather(heir, {key: row for key, row in theirs.items() if key not in base})
        elif one.base is None and one.made <= self.at.split:  # taken back by both, and there by an undo brought back
            self._insert(noun, theirs, known)
            self.done.new[noun.name] += 1
        else:  # a contact comes back where a later record needs it
            self.same[noun.name, one.key] = known if noun is _CONTACT else None

    def _add(self, one: Touched, theirs: Flat) -> None:
        """A record made there: known here by what makes it one of a kind, or by its content, else new. Raises Lost."""
        noun = one.noun
        if noun is _CONTACT and self.was_forgotten(theirs):
            raise Lost
        found = self.one_of_a_kind(noun, theirs) or self.alike(noun, theirs)
        if found is not None:
            self.same[noun.name, one.key] = found
            if noun is _CONTACT:
                self._gather(found, theirs)
            elif noun.name not in MARKS:
                ours = flat(noun, self.image(noun, found) or {})
                if said(noun, ours) != said(noun, theirs):
                    self._keep(noun, found)
        elif refused(self.here, noun.name, {key[1]: value for key, value in theirs.items() if key[0] == "row"}):
            self.same[noun.name, one.key] = None
            self.done.left_out[noun.name] += 1
            return
        else:
            found = self._insert(noun, theirs, one.key if one.key > self._last(noun) else 0)
            self.done.new[noun.name] += 1
        self.same[noun.name, one.key] = found
        if noun.name not in MARKS:
            mark, number = self.identity(one)
            if mark not in self.marks_here and (noun.name, mark, number) not in self.by_origin:
                self.came.append({"noun": noun.name, "key": found, "mark": mark, "there": number})
                self.by_origin[noun.name, mark, number] = found

    def _write(self, noun: Noun, key: int, base: Flat, ours: Flat, theirs: Flat) -> None:
        """Make the record `key` what both sides made of it; of anything but a contact one side's whole."""
        if noun is _CONTACT:
            merged, clashes = put_together(base, ours, theirs)
            merged = ranked(merged, ours)
        else:
            clashes = [("row", "")] if ours not in (base, theirs) and theirs != base else []
            merged = ours if theirs == base or clashes else theirs
        if clashes:
            self._keep(noun, key)
        merged = self.free(noun, key, merged, ours)
        if merged == ours:
            return
        if not self._change(noun, key, ours, merged):
            self._keep(noun, key)
            return
        self.done.changed[noun.name] += 1

    def _change(self, noun: Noun, key: int, ours: Flat, merged: Flat) -> bool:
        """Write the difference; False where a key that must be one of a kind is another's by now."""
        row = {name: merged["row", name] for kind, name in ours if kind == "row" and merged["row", name] != ours["row", name]}
        if row and self.one_of_a_kind(noun, merged, but=key):
            return False
        rows_of = typed(noun, key, merged)
        if row:
            [whole] = rows_of[noun.root.name]
            self.writing.update(_MODELS[noun.root.name], key, {name: whole[name] for name in row})
        for table, owner in noun.satellites:
            names = [c.name for c in table.primary_key.columns if c.name != owner]
            for (kind, at), content in ours.items():
                if kind == table.name and merged.get((kind, at)) != content:
                    self.writing.delete(_MODELS[kind], {owner: key, **dict(zip(names, at, strict=True))})
            new = [(t, at) for t, at in merged if t == table.name and merged[t, at] != ours.get((t, at))]
            rows = [r for r in rows_of.get(table.name, []) if (table.name, tuple(plain(r[n]) for n in names)) in new]
            if rows:
                self.writing.insert_many(_MODELS[table.name], rows)
        return True

    def _insert(self, noun: Noun, record: Flat, key: int) -> int:
        """Write a new record under this number, or the next; what others hold already is left out of it.

        Of a kind whose records know nothing of each other the rows wait until all of it are there.
        """
        record = self.free(noun, 0, record, {})
        number = key or self._last(noun) + 1
        self.last[noun.name] = max(number, self._last(noun))
        self.waiting.append((noun, number, record))
        if noun.name in _ALONE:
            self._write_waiting()
        return number

    def _write_waiting(self) -> None:
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for noun, number, record in self.waiting:
            for name, more in typed(noun, number, record).items():
                rows[name] += [{k: v for k, v in row.items() if k != "batch_id"} for row in more]
        self.waiting.clear()
        for name, more in rows.items():
            self.writing.insert_many(_MODELS[name], more)

    def _gather(self, key: int, theirs: Flat) -> None:
        """Give a contact what the other has and it lacks; what it says itself stays."""
        ours = flat(_CONTACT, self.image(_CONTACT, key) or {})
        merged = {**ours, **{k: v for k, v in theirs.items() if k not in ours}}
        merged |= {k: v for k, v in theirs.items() if k[0] == "row" and ours.get(k, "") in ("", None) and v}
        merged = self.free(_CONTACT, key, ranked(merged, ours), ours)
        if merged != ours and self._change(_CONTACT, key, ours, merged):
            self.done.changed["contact"] += 1

    # --- what was removed there ---------------------------------------------------------------------------------------

    def _make_room(self, gone: list[Touched]) -> None:
        """Ids of contacts that were merged there are free for those they were merged into, where they can go here too."""
        for one in gone:
            key = self.known(one)
            if key is not None and self._merged_there(one) and self._unchanged(one, key):
                for model in (tables.ExternalId, tables.Alias):
                    self.writing.delete(model, {"contact_id": key})

    def _remove(self, one: Touched) -> None:
        """Take a record out that was taken out there, unless it was changed here, or is needed."""
        noun, key = one.noun, self.known(one)
        image = self.image(noun, key) if key is not None else None
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
            base = flat(one.noun, one.base or {}, self.translated)
        except Lost:
            return False
        ours = flat(one.noun, self.image(one.noun, key) or {})
        if one.noun is _CONTACT:
            return own(ours) == own(base)
        return ours == base

    def _merged_there(self, one: Touched) -> int | None:
        """The contact there into whom this one was merged."""
        code = one.base["row"]["code"] if one.base else ""
        alias = tables.Alias
        return self.there.execute(select(col(alias.contact_id)).where(col(alias.code) == code)).scalar()

    def _move(self, key: int, image: Image, base: Image, heir: int) -> None:
        """What a contact got here, that was merged there meanwhile, goes to whom it was merged into."""
        try:
            into = self.translated(_CONTACT, heir)
        except Lost:
            return
        merging.move_records(self.writing, key, into)
        merging.move_enrolments(self.writing, key, into)
        merging.move_referrals(self.writing, key, into, None)
        today = self.writing.now.astimezone(UTC).date()
        merging.move_employments(self.writing, key, into, self._employer(into), today)
        ours, was = flat(_CONTACT, image), flat(_CONTACT, base, self.translated)
        more = {k: v for k, v in ours.items() if k[0] != "row" and k not in was}
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
                    if column.name != owner and target(column) is noun and table is not noun.root:
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

    def _last(self, noun: Noun) -> int:
        """The last number given to a noun here."""
        if noun.name not in self.last:
            c = tables.Counter
            self.last[noun.name] = self.here.execute(select(col(c.last)).where(col(c.noun) == noun.name)).scalar() or 0
        return self.last[noun.name]

    def free(self, noun: Noun, key: int, record: Flat, ours: Flat) -> Flat:
        """Without what belongs to another record here: an id of another program, an id that was merged away."""
        result = dict(record)
        for table, owner in noun.satellites:
            names = [c.name for c in table.primary_key.columns]
            if owner in names:
                continue
            for kind, at in record:
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
        image = self.image(noun, key)
        name = f"{letter}_{key}" if letter else f"{noun.name} {key}"
        if noun is _CONTACT and image is not None:
            name = image["row"]["code"]
        if name not in self.done.kept:
            self.done.kept.append(name)
