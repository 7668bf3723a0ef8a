"""The grammar of dates held against the slow calendar, whole: `python -m tests.domain.dates_long`.

Every form on each day of 2024 to 2027 at five hours, looking back and forward; then texts with random edits.
"""

from __future__ import annotations

import random
import sys
from datetime import date, datetime, timedelta

from tests.domain.slow_calendar import MADRID, REFUSED, Answer, slow

from relcli.domain.dates.spoken import Present, spoken

FORMS = (
    "17:30,5pm,5:30 pm,9am,12am,12 pm,17h30,17.30,noon,midnight,at 17,at 9,00:00,23:30,3.30,"
    "today,yesterday,tomorrow,day before yesterday,yesterday 17:30,17:30 yesterday,tomorrow at 9:00,today 12:00,"
    "friday,on friday,mon,last friday,next friday,this friday,friday 17:30,last monday 9am,friday midnight,"
    "2 weeks ago,a week ago,3 days ago,1 month ago,11 months ago,a year ago,in 3 days,in 2 weeks,in a month,in 1 year,2 days ago 17:30,"
    "the 5th,5th,on the 31st,the 30th,the 29th 17:30,31st,the 1st,"
    "5 Nov,Nov 5,31 Dec,1 Jan,29 feb,November 5th,5. November,5 Nov 17:30,31 nov,"
    "3.11.,13.11.,31.12.,1.1.,3.11,13.11,31.12,3/11,13/11,11/13,3/3,3.11.2026,13/11/2026,11/13/2026,3/11/2026,2026-11-30,"
    "26-11-30,26-11-13,30-11-26,3.11.26,31/12/27,12/31/25,November 5th 2026,5 Nov 2026 9:30,"
    "end of the month,last of the month,end of month,end of november,last day of february,end of the year,month end,13.11. 17.30"
).split(",")
HOURS = (0, 8, 12, 17, 23)
_ALPHABET = "0123456789" * 3 + " .:/-," * 2 + "abcdefghijklmnopqrstuvwxyz"


def understood(text: str, now: datetime, *, forward: bool) -> Answer:
    """What the grammar makes of a text, in the words of the slow calendar."""
    try:
        found = spoken(text, Present(now, "Europe/Madrid", forward))
    except ValueError:
        return REFUSED
    if found is None or not 1800 <= found.day.year < 2200:
        return REFUSED
    return found.at.astimezone(MADRID) if found.at else found.day


def edited(luck: random.Random) -> str:
    """A form with one to three letters changed, added or left out, or two forms behind each other."""
    text = luck.choice(FORMS)
    if luck.random() < 0.15:
        text += " " + luck.choice(FORMS)
    for _ in range(luck.choice((1, 1, 1, 2, 3))):
        place = luck.randrange(len(text) + 1)
        text = text[:place] + luck.choice((luck.choice(_ALPHABET), "")) + text[place + luck.randrange(2) :]
    return text


def moment(luck: random.Random) -> datetime:
    """Some hour of four years."""
    day = date(2024, 1, 1) + timedelta(days=luck.randrange(1461))
    return datetime(day.year, day.month, day.day, luck.choice(HOURS), tzinfo=MADRID)


def main(strings: int = 120_000) -> int:
    """Both comparisons with their figures; 1 where the two disagree anywhere."""
    wrong = asked = read = 0
    day = date(2024, 1, 1)
    while day.year < 2028:
        for hour in HOURS:
            now = datetime(day.year, day.month, day.day, hour, tzinfo=MADRID)
            for form in FORMS:
                for forward in (False, True):
                    found, right = understood(form, now, forward=forward), slow(form, now, forward=forward)
                    asked, read = asked + 1, read + (found != REFUSED)
                    wrong += _said(form, now, found, right, forward=forward)
        day += timedelta(days=1)
    print(f"forms: {asked} asked, {read} read, {wrong} wrong")
    luck, bad, taken, missed = random.Random(13), 0, 0, 0  # the same each time
    for _ in range(strings):
        text, now, forward = edited(luck), moment(luck), luck.random() < 0.5
        found = understood(text, now, forward=forward)
        right = slow(text, now, forward=forward)
        taken += found != REFUSED
        missed += found == REFUSED != right
        bad += found != REFUSED and _said(text, now, found, right, forward=forward)
    print(f"edited: {strings} strings, {taken} read, {bad} wrong, {missed} refused that the slow calendar reads")
    return 1 if wrong or bad else 0


def _said(text: str, now: datetime, found: Answer, right: Answer, *, forward: bool) -> bool:
    if found == right:
        return False
    print(f"{text!r} at {now:%a %Y-%m-%d %H:%M} {'forward' if forward else 'back'}: {found}, slow {right}")
    return True


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
