"""What moved a health: the component that did most of it, named only where it moved far."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from relcli.domain.component import COMPONENTS
from relcli.health.assess import Assessment, assess
from relcli.health.card import Health, Weights, health
from relcli.health.evidence import Evidence
from relcli.health.history import HELD, Moved, moved
from relcli.health.ledger import Ledger
from relcli.health.marks import Marks

ONE = np.ones(1, np.bool_)
ANY: Assessment = assess(Evidence(Ledger.of([0], [1], 1), Ledger.of([0], [1], 1), ~ONE, ONE), 10)


def on(cap: float = 100.0, **values: float | tuple[float, float]) -> Assessment:
    """A contact whose components are these; a pair is a value and its reliability, and what is not named is unknown."""
    marks = {name: Marks.unknown(1) for name in COMPONENTS}
    for name, value in values.items():
        level, sure = value if isinstance(value, tuple) else (value, 1.0)
        one = np.array([level])
        marks[name] = Marks(ONE, one, one, np.zeros(1), np.array([sure]), np.ones(1, np.int64), np.zeros(1))
    found: Health = health(marks, Weights(), np.array([9]), np.array([cap]))
    return replace(ANY, marks=marks, health=found)


def test_the_component_that_moved_most_is_named() -> None:
    before, now = on(rhythm=95, terms=90, promises=100), on(rhythm=93, terms=90, promises=20)

    assert moved(before, now, 0) == Moved(pytest.approx(float(now.health.value[0] - before.health.value[0])), "promises")


def test_what_went_the_other_way_is_not_the_reason() -> None:
    before, now = on(rhythm=95, terms=100, reciprocity=20), on(rhythm=95, terms=40, reciprocity=90)
    why = moved(before, on(rhythm=95, terms=40, reciprocity=25), 0)

    assert why is not None
    assert (why.by, why.points < 0) == ("terms", True)
    assert moved(before, now, 0) is None  # one made good what the other lost


def test_rhythm_counts_with_what_it_takes_from_all_the_rest() -> None:
    """What is over cannot be well: rhythm dampens the whole."""
    why = moved(on(rhythm=60, terms=100), on(rhythm=20, terms=70), 0)

    assert why is not None
    assert why.by == "rhythm"


def test_a_rhythm_nearly_over_is_the_reason_though_another_component_fell_farther() -> None:
    """By the mean alone terms would have cost 20 points and rhythm 17; but rhythm takes a third of all the rest with it."""
    why = moved(on(rhythm=50, terms=100), on(rhythm=20, terms=55), 0)

    assert why is not None
    assert why.by == "rhythm"


def test_without_rhythm_the_others_have_their_reasons() -> None:
    why = moved(on(terms=100, promises=90), on(terms=95, promises=20), 0)

    assert why is not None
    assert (why.by, why.points < 0) == ("promises", True)


def test_a_rise_is_put_down_to_what_rose() -> None:
    why = moved(on(rhythm=90, terms=30, promises=60), on(rhythm=90, terms=90, promises=50), 0)

    assert why is not None
    assert (why.by, why.points > 0) == ("terms", True)


def test_what_holds_health_down_is_named_where_it_did_most() -> None:
    held = moved(on(rhythm=95, terms=100), on(59, rhythm=95, terms=95), 0)
    freed = moved(on(59, rhythm=95, terms=95), on(rhythm=95, terms=95), 0)

    assert held is not None
    assert freed is not None
    assert (held.by, freed.by) == (HELD, HELD)
    assert held.points < 0 < freed.points


def test_what_is_first_heard_of_can_be_the_reason() -> None:
    why = moved(on(rhythm=95, terms=95), on(rhythm=95, terms=95, voice=10), 0)

    assert why is not None
    assert why.by == "voice"


def test_less_than_ten_points_want_no_reason() -> None:
    before = on(rhythm=100, terms=100)

    assert moved(before, on(rhythm=100, terms=80), 0) is None
    assert moved(before, on(rhythm=100, terms=76), 0) == Moved(pytest.approx(-24 * 20 / 45), "terms")


def test_from_or_to_unknown_is_no_move() -> None:
    unknown = on()

    assert moved(unknown, on(rhythm=90, terms=90), 0) is None
    assert moved(on(rhythm=90, terms=90), unknown, 0) is None


def test_a_component_that_faded_weighs_less() -> None:
    why = moved(on(rhythm=90, terms=90, voice=(10, 0.8)), on(rhythm=90, terms=90, voice=(10, 0.1)), 0)

    assert why is not None
    assert (why.by, why.points > 0) == ("voice", True)


def test_a_move_of_just_ten_points_has_its_reason() -> None:
    assert moved(on(terms=90, promises=90), on(terms=80, promises=80), 0) == Moved(-10, "terms")
