"""A slow reader of dates, to hold the grammar against: it spells out everything that can be said, and walks the calendar.

It knows no patterns. Whatever can be typed of days and times is written into two books of spellings; a text is looked up, and
what it can mean is looked for day by day and half hour by half hour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import product
from zoneinfo import ZoneInfo

MADRID = ZoneInfo("Europe/Madrid")
MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
SHORT = {"september": ("sep", "sept"), "june": ("jun",), "july": ("jul",), "may": ()}
SHORT_DAYS = {"tuesday": ("tue", "tues"), "wednesday": ("wed", "weds"), "thursday": ("thu", "thur", "thurs")}
UNITS = {"day": ("d",), "week": ("w", "wk", "wks"), "month": (), "year": ("y", "yr", "yrs"), "fortnight": ()}
COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "a couple of": 2, "three": 3, "four": 4, "five": 5, "six": 6}
COUNTS |= {"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
REFUSED = "refused"

Answer = date | datetime | str
Said = Callable[[date, bool], Answer | None]  # what a day's words mean today, looking back or forward


def slow(text: str, now: datetime, *, forward: bool) -> Answer:
    """The only thing that a text means at this moment in Madrid: a day, an instant, or that it is refused."""
    for year in ("19", "20", "21"):
        text = text.replace(f",{year}", f", {year}")
    words = " ".join(f"{text.lower()} ".replace(", ", " ").split())
    if words.rstrip("h ").isdigit() and words.endswith("h"):
        return REFUSED  # a time in French, a span in English
    if words[-2:-1].isdigit() and words.endswith("z") and ":" in words:
        return slow(words[:-1], now.astimezone(ZoneInfo("UTC")), forward=forward)
    for name in (one for word in (*MONTHS, *WEEKDAYS) for one in _names(word, SHORT | SHORT_DAYS) if one.endswith(".")):
        for place in range(len(words)):
            if words[place:].startswith(name) and words[place + len(name) :][:1].isdigit():
                words = f"{words[: place + len(name)]} {words[place + len(name) :]}"
    found = _readings(words)
    if len(found) != 1:
        return REFUSED
    [(key, at)] = found
    if not key:
        return _nearest(at, now, forward=forward) if at else REFUSED
    day = _meant(key, now.date(), forward=forward)
    if day is None:
        return REFUSED
    if at is None:
        return day
    if words.endswith("midnight") or words.startswith(("midnight", "12 midnight", "at midnight", "@midnight", "at 12 midnight")):
        return REFUSED
    answer = datetime.combine(day, at, now.tzinfo)
    if answer.astimezone(ZoneInfo("UTC")).astimezone(now.tzinfo).time() != at:
        return REFUSED
    wrong = answer < now if forward else answer > now
    return REFUSED if day == now.date() and wrong and "on 1" not in key and "on 2" not in key else answer


@lru_cache(maxsize=1000)
def _readings(words: str) -> frozenset[tuple[str, time | None]]:
    return frozenset(
        reading
        for day, clock in _parted(words)
        for reading in product(_day_keys(day) if day else {""}, _clocks(clock) if clock else {None})
    )


def _parted(words: str) -> Iterator[tuple[str, str]]:
    yield words, ""
    yield "", words
    for place, letter in enumerate(words):
        if letter == " ":
            yield words[:place], words[place + 1 :]
            yield words[place + 1 :].removeprefix("on "), words[:place]


def _nearest(at: time, now: datetime, *, forward: bool) -> Answer:
    """Walks the clock by half hours of the world's time; what lies between them is not asked."""
    step = timedelta(seconds=1800 if forward else -1800)
    if at.minute not in (0, 30) or at.second:
        step /= 1800  # by the second
    walked = now.astimezone(ZoneInfo("UTC"))
    for _ in range(100_000):
        here = walked.astimezone(now.tzinfo)
        if here.time() == at:
            return here
        walked += step
    return REFUSED


def _meant(key: str, today: date, *, forward: bool) -> date | None:
    """Walks from today to the day that the key describes."""
    weekday, named, key = key.rpartition(": ")
    if named:
        day = _meant(key, today, forward=forward)
        return day if day and WEEKDAYS[day.weekday()] == weekday else None
    if key.startswith("on "):
        day = date.fromisoformat(key[3:13])
        if key.endswith("short") and ((day > today and not forward) or abs(day.year - today.year) > 10):
            return None
        return day if 1800 <= day.year < 2200 else None
    if key.startswith("never "):
        return None
    if key.startswith("away "):
        return _away(int(key.split()[1]), key.split()[2], today)
    if key.startswith(("last ", "next ")):
        step = timedelta(days=-1 if key.startswith("last") else 1)
        day = today + step
        while WEEKDAYS[day.weekday()] != key[5:]:
            day += step
        return day
    if key.startswith("this "):
        day = today - timedelta(days=today.weekday())
        while WEEKDAYS[day.weekday()] != key[5:]:
            day += timedelta(days=1)
        return None if (day < today if forward else day > today) else day
    if key in WEEKDAYS and WEEKDAYS[today.weekday()] == key:
        return None  # today, or a week off
    day = today
    for _ in range(367):
        if _is(day, key):
            return day
        day += timedelta(days=1 if forward else -1)
    return None


def _is(day: date, key: str) -> bool:
    if key in WEEKDAYS:
        return WEEKDAYS[day.weekday()] == key
    if key.startswith("day "):
        return day.day == int(key[4:])
    last = (day + timedelta(days=1)).month != day.month
    if key == "end of month":
        return last
    if key == "end of year":
        return last and day.month == 12
    if key.startswith("end of "):
        return last and MONTHS[day.month - 1] == key[7:]
    return f"{day.day} {MONTHS[day.month - 1]}" == key


def _away(count: int, unit: str, today: date) -> date | None:
    if unit == "day":
        try:
            return today + timedelta(days=count)
        except OverflowError:
            return None
    year, month = today.year, today.month
    for _ in range(abs(count)):
        month += 1 if count > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
        if not 1800 <= year < 2200:
            return None
    day = today.day
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def _day_keys(text: str) -> set[str]:
    """The keys of everything that is spelled so, behind the weekday where one is named first."""
    text = text.removeprefix("on ")
    first, _, rest = text.partition(" ")
    named = [weekday for weekday in WEEKDAYS if first in _names(weekday, SHORT_DAYS)]
    if not named or not rest:
        return _unnamed(text)
    keys = {key for key in _unnamed(rest.removeprefix("on ")) if key[:1].isdigit() or key.startswith(("day ", "on ", "never "))}
    return {f"{named[0]}: {key}" for key in keys if not key.startswith("on ") or _weekday(key) == named[0]}


def _weekday(key: str) -> str:
    return WEEKDAYS[date.fromisoformat(key[3:13]).weekday()]


def _unnamed(text: str) -> set[str]:
    short = _named_short(text)
    for mark in "./-":
        text = text.replace(f" {mark}", mark).replace(f"{mark} ", mark)
    found = short | set(_spellings().get(text, ()))
    years = [word for place in range(len(text)) if (word := text[place : place + 4]).isdigit() and len(word) == 4]
    for year in set(years):
        for key in _spellings().get(text.replace(year, "YYYY", 1), ()):
            found |= _on(f"{year} {key}")
    for mark in "./-":
        parts = text.split(mark)
        if (
            len(parts) == 3
            and all(part.isdigit() and part.isascii() and 1 <= len(part) <= 2 for part in parts)
            and len(parts[2]) == 2
        ):
            a, b, c = map(int, parts)
            found |= _real(2000 + c, b, a) | _real(2000 + a, b, c) | (_real(2000 + c, a, b) if mark != "." else set())
    return found


def _on(said: str) -> set[str]:
    year, _, key = said.partition(" ")
    if key.startswith("YYYY "):
        day, month = key[5:].split(" ")
        return {one.removesuffix(" short") for one in _real(int(year), MONTHS.index(month) + 1, int(day))}
    if key.startswith("YYYYend "):
        return {f"on {max(one for day in range(28, 32) for one in _exists(int(year), MONTHS.index(key[8:]) + 1, day))}"}
    return set()


def _exists(year: int, month: int, day: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def _real(year: int, month: int, day: int) -> set[str]:
    if 1 <= month <= 12 and 1 <= day <= 31 and not _exists(year, month, day):
        return {f"never {year} {month} {day}"}
    return {f"on {one} short" for one in _exists(year, month, day)}


def _named_short(text: str) -> set[str]:
    """A month by its name between or before two numbers, the last or the first of them a year of two digits."""
    found: set[str] = set()
    for month in MONTHS:
        for name in _names(month, SHORT):
            before, between, behind = text.removeprefix("on ").partition(name)
            if not between or name in behind:
                continue
            numbers = "".join(" " if letter in " ./-'" else letter for letter in f"{before} | {behind}").split()
            plain = [
                number.removesuffix(_letters(int(number[:2] if number[:2].isdigit() else number[:1])))
                if number[:1].isdigit()
                else number
                for number in numbers
            ]
            m = MONTHS.index(month) + 1
            match [number for number in plain if number not in ("the", "of")]:
                case [a, "|", b] if a.isdigit() and b.isdigit() and len(b) == 2 and len(a) <= 2:
                    found |= _real(2000 + int(b), m, int(a))
                    if len(a) == 2 and numbers == plain and "'" not in text:
                        found |= _real(2000 + int(a), m, int(b))
                case ["|", a, b] if a.isdigit() and b.isdigit() and len(b) == 2 and len(a) <= 2:
                    found |= _real(2000 + int(b), m, int(a))
    return found


@cache
def _spellings() -> dict[str, set[str]]:
    """Everything that can be said of a day in English or in numbers → what it means; YYYY stands for a year."""
    book: dict[str, set[str]] = {}

    def say(key: str, *spellings: str) -> None:
        for one in spellings:
            book.setdefault(one, set()).add(key)

    for away, words in enumerate(("day before yesterday", "yesterday", "today", "tomorrow", "day after tomorrow"), -2):
        say(f"away {away} day", words, f"the {words}")
    say("away 0 day", "tonight")
    for weekday in WEEKDAYS:
        for name in _names(weekday, SHORT_DAYS):
            say(weekday, name)
            for which in ("last", "past", "next", "coming", "this"):
                key = {"past": "last", "coming": "next"}.get(which, which)
                say(f"{key} {weekday}", f"{which} {name}")
    for unit, short in UNITS.items():
        for count, number in [*((str(n), n) for n in range(1000)), *((f"0{n}", n) for n in range(100)), *COUNTS.items()]:
            for name in (unit, unit + "s", *short):
                for gap in (" ", "") if count.isdigit() else (" ",):
                    days, to = (
                        (number * {"day": 1, "week": 7, "fortnight": 14}[unit], "day")
                        if unit in ("day", "week", "fortnight")
                        else (number * (12 if unit == "year" else 1), "month")
                    )
                    say(f"away {-days} {to}", f"{count}{gap}{name} ago")
                    say(
                        f"away {days} {to}",
                        *(form.format(f"{count}{gap}{name}") for form in ("in {}", "{} from now", "{} from today")),
                    )
    for end in ("end", "last", "last day"):
        for the in ("", "the ", "at ", "by ", "at the ", "by the "):
            say("end of month", f"{the}{end} of month", f"{the}{end} of the month")
            say("end of year", f"{the}{end} of year", f"{the}{end} of the year")
            for month in MONTHS:
                for name in _names(month, SHORT):
                    say(f"end of {month}", f"{the}{end} of {name}")
                    say(f"YYYYend {month}", f"{the}{end} of {name} YYYY")
    say("end of month", "month end", "eom")
    say("end of year", "year end", "eoy")
    for number in range(1, 32):
        for day in (str(number), f"{number:02}"):
            letters = _letters(number)
            say(
                f"day {number}",
                f"{day}{letters}",
                f"{day}{letters}.",
                *(f"the {day}{th}{dot}" for th in ("", letters) for dot in ("", ".")),
            )
            for the, th, dot in product(("", "the "), ("", letters), ("", ".")):
                say(f"day {number}", f"{the}{day}{th}{dot} of the month")
    for month, number in product(MONTHS, range(1, 32)):
        if _exists(2024, MONTHS.index(month) + 1, number):
            _calendar_day(say, number, month)
    return book


def _calendar_day(say: Callable[..., None], number: int, month: str) -> None:
    key, dated, m = f"{number} {month}", f"YYYY {number} {month}", MONTHS.index(month) + 1
    gaps = (" ", "-", "/", ".")  # with blanks around them they have come together before
    days = {f"{n}{th}{dot}" for n in (str(number), f"{number:02}") for th in ("", _letters(number)) for dot in ("", ".")}
    for day, name in product(days, _names(month, SHORT)):
        for gap in ("", *gaps):
            say(
                key,
                f"{day}{gap}{name}",
                f"the {day}{gap}{name}",
                f"{day}{gap}of {name}",
                f"the {day}{gap}of {name}",
            )
            say(key, f"{name}{gap}{day}", f"{name}{gap}the {day}")
    for day, name in product(days, {month, month[:3]}):
        for first, second in product(("", *gaps), (*gaps, "")):
            say(dated, f"{day}{first}{name}{second}YYYY", f"YYYY{second}{name}{first}{day}")
            if second:
                say(dated, f"{name}{first}{day}{second}YYYY")
        say(
            dated,
            f"{day} of {name} YYYY",
            f"the {day} of {name} YYYY",
            f"the {day} {name} YYYY",
            f"{name} the {day} YYYY",
        )
    for d, n in product({str(number), f"{number:02}"}, {str(m), f"{m:02}"}):
        say(
            key,
            f"{d}.{n}.",
            f"{d}. {n}.",
            *(f"{a}{mark}{b}" for mark in "/-" for a, b in ((d, n), (n, d))),
            f"{d}.{n}",
        )
        say(
            dated,
            *(f"YYYY{mark}{n}{mark}{d}" for mark in "./-"),
            *(f"{a}{mark}{b}{mark}YYYY" for mark in "/-" for a, b in ((d, n), (n, d))),
        )
        say(dated, *(f"{d}.{one}{n}.{two}YYYY" for one in ("", " ") for two in ("", " ")))


def _names(word: str, short: dict[str, tuple[str, ...]]) -> list[str]:
    return [name + dot for name in (word, *short.get(word, (word[:3],))) for dot in ("", ".")]


def _letters(number: int) -> str:
    return "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


@cache
def _clock_book() -> dict[str, set[time]]:
    book: dict[str, set[time]] = {}
    halves = {True: ("pm", "p.m.", "p. m.", "p.m", "p. m"), False: ("am", "a.m.", "a. m.", "a.m", "a. m")}
    for hour, minute in product(range(24), range(60)):
        at, m = time(hour, minute), f"{minute:02}"
        spelled = [f"{h}{mark}{m}" for h in {str(hour), f"{hour:02}"} for mark in ":."]
        spelled = [f"{one}{behind}" for one in spelled for behind in ("", "h", " h", "hrs", " hrs", "uhr", " uhr")]
        spelled += [
            f"{h}{mark}{m}"
            for h in {str(hour), f"{hour:02}"}
            for mark in ("h", " h", "h ", " h ", "uhr ", " uhr ", "uhr", " uhr")
        ]
        twelve = hour % 12 or 12
        for h, gap, half in product({str(twelve), f"{twelve:02}"}, ("", " "), halves[hour >= 12]):
            spelled += [
                f"{h}{mark}{m}{gap}{half}{behind}" for mark in ":." for behind in ("", "h", " h", "hrs", " hrs", " uhr", "uhr")
            ]
            spelled += [f"{h}{gap}{half}"] * (minute == 0)
        if minute == 0:
            spelled += [f"{h}{u}" for h in {str(hour), f"{hour:02}"} for u in ("h", " h", "uhr", " uhr")]
            for at_ in ("at ", "@"):
                for h in {str(hour), f"{hour:02}"}:
                    book.setdefault(f"{at_}{h}", set()).update({at} if hour > 12 else {time(hour % 12), time(hour % 12 + 12)})
        for one in spelled:
            book.setdefault(one, set()).add(at)
    for word, at in (("noon", time(12)), ("midnight", time(0))):
        book[word] = book[f"12 {word}"] = {at}
    return book


def _clocks(text: str) -> set[time]:
    found = set(_clock_book().get(text, ()))
    text = text.removeprefix("at ").removeprefix("@").strip()
    found |= _clock_book().get(text, set())
    if text.count(":") == 2 and len(text) >= 7:  # seconds
        for second in range(60):
            if f":{second:02}" in text[-6:] and not found:
                for at in _clock_book().get("".join(text.rsplit(f":{second:02}", 1)), ()):
                    found.add(at.replace(second=second))
    return found
