"""What a group answered to each item of a survey: how many gave which answer, the figure they allow, and how it moved.

Everybody counts once, by their newest response. An anonymous answer counts in groups of five and more, and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from relcli.domain.survey import SCORED, Answer, Response, Tag
from relcli.health.statistics.intervals import ANY, Certainty, Estimate, certainty, change, claimed, mean, nps

WAVE = timedelta(days=182)  # half a year: nobody is asked more often, unless they wish to be
_PROMOTER, _PASSIVE = 9.0, 7.0  # of 10
_WIDE = 20  # steps of a scale above which only the answers that were given are counted
Given = tuple[Response, Answer]


@dataclass(frozen=True, slots=True)
class Wave:
    """The last half-year beside the one before it."""

    before: Estimate
    after: Estimate

    @property
    def moved(self) -> Estimate:
        """How far the figure moved."""
        return change(self.before, self.after)

    @property
    def claimed(self) -> bool:
        """Whether the change may be claimed."""
        return claimed(self.moved)


@dataclass(frozen=True, slots=True)
class ItemTally:
    """One item as a group answered it, on one scale; the text is the one most of the newest version were asked.

    Below five answers there is no figure and no count, but the answers of those known (`given`); `withheld` anonymous
    ones are then left out of `n` too. `counts` are the answers from the top of the scale down, or words by how many
    chose them; `camps` are promoters, passives and detractors.
    """

    item: str
    tag: Tag
    text: str
    low: int
    high: int
    reversed: bool
    n: int
    withheld: int
    given: tuple[Given, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    camps: tuple[int, int, int] | None = None
    estimate: Estimate | None = None
    wave: Wave | None = None

    @property
    def certainty(self) -> Certainty:
        """What so many answers allow to be said."""
        return certainty(self.n)

    @property
    def is_score(self) -> bool:
        """Whether its figure is a net promoter score, and not a mean."""
        return self.tag is Tag.RECOMMEND


def tallies(responses: Sequence[Response], today: date) -> tuple[ItemTally, ...]:
    """Each item that was answered, in the order of the newest version; one whose scale was changed stands once for each scale."""
    kinds: dict[tuple[str, Tag, int, int, bool], None] = {}
    for response in sorted(responses, key=lambda r: -r.version):
        kinds.update(dict.fromkeys(_kind(answer) for answer in response.answers if counts(answer)))
    waves = (
        {r.number for r in newest(_between(responses, today - WAVE, today))},
        {r.number for r in newest(_between(responses, today - 2 * WAVE, today - WAVE))},
    )
    counted = {r.number for r in newest(responses)}
    found = []
    for kind in kinds:
        all_given = [(r, a) for r in responses for a in r.answers if counts(a) and _kind(a) == kind]
        given = [pair for pair in all_given if pair[0].number in counted]
        after, before = ([pair for pair in all_given if pair[0].number in wave] for wave in waves)
        if given:
            found.append(_tally(kind, given, before, after))
    return tuple(found)


def newest(responses: Iterable[Response]) -> list[Response]:
    """The newest response of everybody known, and all the anonymous ones, in the order of their days."""
    ordered = sorted(responses, key=lambda r: (r.when.day, r.when.at.timestamp() if r.when.at else 0.0, r.number))
    last = {response.contact or response.id: response for response in ordered}
    return [response for response in ordered if last[response.contact or response.id] is response]


def counts(answer: Answer) -> bool:
    """Whether an answer is one to count: on its scale, or one of the choices. What is open, or a remark, is read."""
    return answer.tag is not Tag.OPEN and (answer.value is not None or answer.high <= answer.low)


def counting(given: Sequence[Given]) -> list[Given]:
    """Those of these answers that may be shown: in a group of fewer than five, the anonymous ones may not."""
    return list(given) if len(given) >= ANY else [pair for pair in given if pair[0].contact]


def estimated(given: Sequence[Given]) -> Estimate | None:
    """The figure of answers to one item; None below five, and where it has no scale or is not scored."""
    answers = [answer for _, answer in given if answer.value is not None and answer.tag in SCORED and answer.high > answer.low]
    if certainty(len(answers)) is Certainty.ANSWERS:
        return None
    if answers[0].tag is Tag.RECOMMEND:
        return nps(*_camps(answers))
    return mean([answer.value for answer in answers if answer.value is not None], answers[0].low, answers[0].high)


def _tally(
    kind: tuple[str, Tag, int, int, bool], given: Sequence[Given], before: Sequence[Given], after: Sequence[Given]
) -> ItemTally:
    shown = counting(given)
    name, tag, low, high, turned = kind
    tally = ItemTally(name, tag, _asked(given), low, high, turned, len(shown), len(given) - len(shown))
    if tally.certainty is Certainty.ANSWERS:
        return ItemTally(name, tag, tally.text, low, high, turned, tally.n, tally.withheld, given=tuple(shown))
    was, now = estimated(before), estimated(after)
    answers = [answer for _, answer in shown]
    scored = tag is Tag.RECOMMEND and all(answer.share is not None for answer in answers)
    return ItemTally(
        name, tag, tally.text, low, high, turned, tally.n, tally.withheld,
        counts=_counts(answers),
        camps=_camps(answers) if scored else None,
        estimate=estimated(shown),
        wave=Wave(was, now) if was and now else None,
    )  # fmt: skip


def _kind(answer: Answer) -> tuple[str, Tag, int, int, bool]:
    return answer.item, answer.tag, answer.low, answer.high, answer.reversed


def _asked(given: Sequence[Given]) -> str:
    version = max(response.version for response, _ in given)
    return Counter(answer.text for response, answer in given if response.version == version).most_common(1)[0][0]


def _camps(answers: Iterable[Answer]) -> tuple[int, int, int]:
    points = [round(10.0 * share, 9) for answer in answers if (share := answer.share) is not None]
    promoters, detractors = sum(p >= _PROMOTER for p in points), sum(p < _PASSIVE for p in points)
    return promoters, len(points) - promoters - detractors, detractors


def _counts(answers: Sequence[Answer]) -> tuple[tuple[str, int], ...]:
    low, high = answers[0].low, answers[0].high
    values = Counter(answer.value for answer in answers if answer.value is not None)
    words = Counter(answer.words for answer in answers if answer.value is None)
    steps = range(high, low - 1, -1) if 0 < high - low <= _WIDE else sorted(values, reverse=True)
    ranked = sorted(words.items(), key=lambda pair: (-pair[1], pair[0]))
    return (*((str(step), values[step]) for step in (steps if values else ())), *ranked)


def _between(responses: Iterable[Response], after: date, until: date) -> list[Response]:
    return [response for response in responses if after < response.when.day <= until]
