"""What the demo's people wish, what is owed, and a few touches that are no accident: told by days ago."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from relcli.domain.circumstance import Circumstance, Factor
from relcli.domain.interaction import Direction, Interaction, Purpose
from relcli.domain.later import Later
from relcli.domain.moment import Moment
from relcli.domain.plan import Plan
from relcli.domain.preference import Preference, PreferenceKind, Source
from relcli.domain.promise import Closing, Promise, PromiseKind, Side
from relcli.domain.survey import Answer, Response, Tag

K = PreferenceKind
_IN, _OUT = Direction.IN, Direction.OUT


@dataclass(slots=True)
class Story:
    """What one relationship has besides its regular touches and trades."""

    wishes: list[Preference] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    circumstances: list[Circumstance] = field(default_factory=list)
    laters: list[Later] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    touches: list[Interaction] = field(default_factory=list)


# Whose, what kind, which value, how many days ago; in their words.
_STATED: tuple[tuple[str, PreferenceKind, str, int, str], ...] = (
    ("Ana Ruiz", K.CLOSENESS, "regular", 250, "mail me, please don't call"),
    ("Ana Ruiz", K.CADENCE, "6w", 250, "mail me, please don't call"),
    ("Ana Ruiz", K.CHANNEL, "email", 250, "mail me, please don't call"),
    ("Ana Ruiz", K.NOT_CHANNEL, "phone", 250, "mail me, please don't call"),
    ("Lotte Brandt", K.HOURS, "9-17", 300, "not before nine, and never on the ferry home"),
    ("Mira Solano", K.CLOSENESS, "close", 400, "I like to hear what you are working on"),
    ("Rosa Amaral", K.CLOSENESS, "arms-length", 380, "I come every November; no need to write"),
    ("Yuki Tanaka", K.CLOSENESS, "none", 480, "lovely picture, but no more mails please"),
    ("Ben Archer", K.DO_NOT_CONTACT, "", 200, "take me off your list"),
    ("Tomás Ferrer", K.CADENCE, "3m", 300, "a word every season is plenty"),
    ("Clara Vogt", K.CADENCE, "6m", 240, "write me twice a year, I like the calendar"),
    ("Clara Vogt", K.CHANNEL, "email", 240, "write me twice a year, I like the calendar"),
    ("Lens Rental North", K.CHANNEL, "email", 500, "orders by mail only, the phone is in the workshop"),
    ("Theatre on the Quay", K.NOT_TOPIC, "discounts", 150, "we do not buy by discount"),
    ("Paper & Print", K.SURVEYS, "1y", 90, "ask us once a year if you must"),
)
_ASSUMED = (("Harbour Hotel", K.CADENCE, "2m", 120, "they plan by season"),)
# Whose, what, made and due days ago (below 0: still to come), closed days ago and how.
_OURS: tuple[tuple[str, str, int, int, int | None, Closing | None], ...] = (
    ("Bright Bakery", "the second set of prints", 90, 70, 71, Closing.KEPT),
    ("Bright Bakery", "captions in two languages", 40, 20, 18, Closing.KEPT),
    ("Mira Solano", "a larger print of the garden", 160, 140, 150, Closing.KEPT),
    ("Harbour Hotel", "pictures of the new rooms", 30, -2, None, None),
    ("Jonas Weber", "retouched group picture", 9, 0, None, None),
    ("Marta Kowalska", "an album of the summer", 40, 12, None, None),
    ("Lens Rental North", "the invoice of May paid", 190, 175, 120, Closing.BROKEN),
    ("Lens Rental North", "the case returned clean", 100, 95, 80, Closing.BROKEN),
    ("Hanne Moe", "files by Friday", 60, 55, 57, Closing.KEPT),
)
_THEIRS: tuple[tuple[str, str, int, int | None, int | None, Closing | None], ...] = (
    ("Paper & Print", "paper samples", 50, 30, 31, Closing.KEPT),
    ("Paper & Print", "a quote for the frames", 20, 6, None, None),
    ("Karim Aziz", "introduces me to the florist", 15, None, None, None),
    ("Hanne Moe", "test strips", 33, 25, 20, Closing.KEPT),
)
_COMPLAINTS = (("Theatre on the Quay", "the opening night pictures were too dark", 10, 3),)
# Whose, factor, for them, for us.
_CIRCUMSTANCES = (
    ("Bright Bakery", Factor.IMPORTANCE, 3, 5, "a third of the autumn"),
    ("Bright Bakery", Factor.ALTERNATIVES, 4, 2, ""),
    ("Harbour Hotel", Factor.NEED, 4, None, "rebuilds the east wing next spring"),
    ("Jonas Weber", Factor.IMPORTANCE, 4, 3, "their whole site shows our pictures"),
    ("Jonas Weber", Factor.SWITCHING_COST, 4, 2, ""),
    ("Clara Vogt", Factor.LIFE_STAGE, 3, None, "first child in spring"),
    ("Lens Rental North", Factor.ALTERNATIVES, 4, 5, "two others in town"),
)
# Whose, how, who began, what for, days ago, in which words.
_TOUCHES: tuple[tuple[str, str, Direction, Purpose | None, int, str], ...] = (
    *(("Tomás Ferrer", "email", _OUT, Purpose.MARKETING, ago, "the week's pictures") for ago in (40, 33, 26, 19, 12, 5)),
    *(("Lens Rental North", "phone", _OUT, Purpose.FAVOUR, ago, "could they wait a week") for ago in (240, 190, 140, 96, 60)),
    ("Ana Ruiz", "phone", _OUT, Purpose.CHECK_IN, 100, "called about the loaves after all"),
    ("Femi Adeyemi", "email", _IN, None, 3, "needs an application picture before Friday"),
    ("Gallery Nord", "email", _OUT, Purpose.CHECK_IN, 5, "would the autumn still suit"),
    ("Theatre on the Quay", "email", _IN, Purpose.COMPLAINT, 10, "the opening night pictures were too dark"),
    ("Theatre on the Quay", "email", _OUT, Purpose.COMPLAINT, 9, "will brighten them"),
    ("Mira Solano", "letter", _OUT, Purpose.THANKS, 30, "a card, by hand"),
    ("Harbour Hotel", "email", _IN, Purpose.THANKS, 44, "the terrace looks like summer"),
    *(("Newsletter Reader One", "email", _OUT, Purpose.MARKETING, ago, "newsletter") for ago in (200, 110, 20)),
)
# What the shipped pulse asks.
_RECOMMEND = "If somebody you care about needed what we do, how gladly would you send them to us?"
_WHY = "What is the main reason for your answer?"
# Whose, how likely they would recommend us (of ten), days ago, why.
_ANSWERS = (
    ("Bright Bakery", 9, 80, "you see the bread, not only the light"),
    ("Harbour Hotel", 8, 130, ""),
    ("Mira Solano", 10, 200, "it feels like a visit"),
    ("Paper & Print", 8, 60, "orders come in time"),
    ("Café Lumen", 4, 25, "the last menu looked rushed"),
)
# Whose, set how many days ago, the aim, the next step, due and reviewed so many days ago (below 0: still to come).
_PLANS: tuple[tuple[str, int, str, str, int | None, int | None], ...] = (
    ("Mira Solano", 50, "advocate", "ask whom she would send to us", -12, -40),
    ("Bright Bakery", 90, "advocate", "", None, -60),
    ("Okafor & Sons", 20, "rhythm", "ask what the spring catalogue needs", -10, -45),
    ("Delia Crane", 30, "first-time", "show her three sets like the one she liked", 4, -30),
)
_LATERS = (("Old Mill Garden", 20, -60, "closed for the winter"),)


def story(today: date) -> dict[str, Story]:
    """Name → what is told of it, on days counted back from today."""

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    told: dict[str, Story] = defaultdict(Story)
    for source, said in ((Source.STATED, _STATED), (Source.ASSUMED, _ASSUMED)):
        for name, kind, value, days, words in said:
            told[name].wishes.append(Preference(0, "", kind, value, source, words, Moment(ago(days))))
    for side, given in ((Side.US, _OURS), (Side.THEM, _THEIRS)):
        for name, text, made, due, closed, how in given:
            ends = None if closed is None else ago(closed)
            by = None if due is None else ago(due)
            told[name].promises.append(Promise(0, "", side, PromiseKind.PROMISE, text, ago(made), by, ends, how))
    for name, text, made, due in _COMPLAINTS:
        told[name].promises.append(Promise(0, "", Side.US, PromiseKind.COMPLAINT, text, ago(made), ago(due)))
    for name, factor, theirs, ours, note in _CIRCUMSTANCES:
        told[name].circumstances.append(Circumstance(0, "", factor, theirs, ours, note, ago(60)))
    for name, channel, direction, purpose, days, words in _TOUCHES:
        told[name].touches.append(Interaction(0, Moment(ago(days)), channel, direction, (), words, purpose=purpose))
    for name, points, days, why in _ANSWERS:
        answers = [Answer("recommend", Tag.RECOMMEND, _RECOMMEND, points, low=0, high=10)]
        answers += [Answer("why", Tag.OPEN, _WHY, words=why)] if why else []
        told[name].responses.append(Response(0, "", "pulse", 1, Moment(ago(days)), tuple(answers)))
    for name, since, aim, step, due, review in _PLANS:
        by, again = (None if days is None else ago(days) for days in (due, review))
        told[name].plans.append(Plan(0, "", ago(since), aim, step, by, again))
    for name, since, until, because in _LATERS:
        told[name].laters.append(Later(0, "", ago(since), ago(until), because))
    return dict(told)
