"""A plan: what we mean to do for one relationship. Its aim, the next step and its day, the day on which we look again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

from relcli.domain.component import COMPONENTS
from relcli.domain.stage import RUNGS, Stage, height

_NEAR = 0.8  # of 1: from here on a word is a slip for a name


class AimKind(StrEnum):
    """What an aim is measured by: a rung of the ladder, a component of health, or nothing but its words."""

    STAGE = "stage"
    COMPONENT = "component"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Plan:
    """One version of the plan for a contact, from `day` until (not including) `until`: it was replaced then, or cleared.

    `step` and its day `due` come together or not at all; `note` is what the last review found.
    """

    number: int
    contact: str
    day: date
    aim: str = ""
    step: str = ""
    due: date | None = None
    review: date | None = None
    note: str = ""
    until: date | None = None

    @property
    def id(self) -> str:
        """The public id, `n_12`."""
        return f"n_{self.number}"

    @property
    def empty(self) -> bool:
        """Whether nothing is planned in it."""
        return not (self.aim or self.step or self.review)

    @property
    def aim_kind(self) -> AimKind | None:
        """What the aim is measured by, None without one."""
        if self.aim in RUNGS:
            return AimKind.STAGE
        return AimKind.COMPONENT if self.aim in COMPONENTS else AimKind.WORDS if self.aim else None

    def reached(self, stage: Stage | None) -> bool:
        """Whether somebody on that rung is where the aim is, or above; only a rung can be reached, the rest has no end."""
        return self.aim_kind is AimKind.STAGE and stage is not None and height(stage) >= height(Stage(self.aim))


def aimed(text: str) -> str:
    """An aim in its one spelling: a stage or a component by its name, whatever its case, else the words themselves.

    Raises ValueError for one word that is nearly such a name.
    """
    word = text.lower().replace(" ", "-").replace("_", "-")
    names = [str(name) for name in (*RUNGS, *COMPONENTS)]
    if word in names:
        return word
    if " " not in text and (near := get_close_matches(word, names, n=2, cutoff=_NEAR)):
        raise ValueError(f'--aim "{text}" is nearly {" and ".join(near)}')
    return text


def in_force(plans: Iterable[Plan], day: date) -> Plan | None:
    """Of one contact's versions the one that counts at the end of a day: the newest that holds then."""
    return max(holding(plans, day), key=lambda plan: (plan.day, plan.number), default=None)


def holding(plans: Iterable[Plan], day: date) -> list[Plan]:
    """The versions that hold at the end of a day: one, or those of several contacts that became one."""
    return [plan for plan in plans if plan.day <= day and (plan.until is None or plan.until > day)]


def all_in_force(plans: Iterable[Plan], day: date) -> dict[str, Plan]:
    """Who has a plan at the end of a day: id of a contact → the version that counts."""
    by_contact: dict[str, list[Plan]] = {}
    for plan in plans:
        by_contact.setdefault(plan.contact, []).append(plan)
    held = {code: in_force(mine, day) for code, mine in by_contact.items()}
    return {code: plan for code, plan in held.items() if plan is not None}
