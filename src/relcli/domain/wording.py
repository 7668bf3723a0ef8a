"""Wishes in plain words: as the reason of a refusal, and shortly as in a list."""

from __future__ import annotations

from datetime import date

from relcli.domain.contact import AddressKind
from relcli.domain.preference import NEVER, Closeness, Preference, PreferenceKind, Source

K = PreferenceKind
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
BY = {
    "email": "by e-mail", "phone": "by phone", "meeting": "in a meeting", "visit": "by visit", "video": "by video",
    "letter": "by letter", "sms": "by text message", "chat": "by chat", "social": "on social media", "web": "on the web",
    "shop": "in the shop", "event": "at events",
}  # fmt: skip
_ADDRESSES = {AddressKind.EMAIL: "email address", AddressKind.PHONE: "number", AddressKind.HANDLE: "handle"}
_UNITS = {"d": "day", "w": "week", "m": "month", "y": "year"}


def day_in_words(day: date) -> str:
    """`12 March 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def by(channel: str) -> str:
    """`by e-mail`; a channel of the user's own stays as it is."""
    return BY.get(channel, f"by {channel}")


def counted(number: int, noun: str) -> str:
    """`1 answer`, `7 answers`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def length(duration: str) -> str:
    """`6 weeks`, `month` for one of them: what stands after "every"."""
    count, unit = int(duration[:-1]), _UNITS[duration[-1]]
    return unit if count == 1 else f"{count} {unit}s"


def in_short(wish: Preference) -> str:
    """A wish in a few words: `by e-mail`, `not by phone`, `every 6 weeks`, `9-17`."""
    match wish.kind:
        case K.CLOSENESS:
            return {Closeness.NONE: "nothing we begin", Closeness.ARMS_LENGTH: "at arm's length"}.get(
                Closeness(wish.value), f"{wish.value} contact"
            )
        case K.CADENCE:
            return f"every {length(wish.value)}"
        case K.CHANNEL:
            return by(wish.value)
        case K.NOT_CHANNEL:
            return f"not {by(wish.value)}"
        case K.HOURS:
            return f"between {wish.value.replace('-', ' and ')}"
        case K.TOPIC:
            return f"about {wish.value}"
        case K.NOT_TOPIC:
            return f"not about {wish.value}"
        case K.SURVEYS:
            return "no surveys" if wish.value == NEVER else f"surveys every {length(wish.value)} at most"
        case K.DO_NOT_CONTACT:
            return "no contact"
        case K.DO_NOT_CONTACT_BY:
            return f"no contact {by(wish.value)}"


def as_reason(wish: Preference, name: str, organisation: str = "", sharing: tuple[AddressKind, str] | None = None) -> str:
    """Why a touch is refused or warned of: whose wish it is, since when, in which words.

    `organisation` names the one whose wish it is, where it binds the people who work there; `sharing` says what kind of
    address they have the same of, and as whom, where that binds those too.
    """
    whose = f"{organisation}, where {name} works," if organisation else name
    whose = f"{name}, who has the same {_ADDRESSES[sharing[0]]} as {sharing[1]}," if sharing else whose
    how = "stated" if wish.source is Source.STATED else "assumed"
    words = f': "{wish.words}"' if wish.words else ""
    return f"{whose} {_asked(wish)} ({how} on {day_in_words(wish.when.day)}, {wish.id}{words})"


def _asked(wish: Preference) -> str:
    match wish.kind:
        case K.CLOSENESS:
            return "wants nothing that we begin" if wish.value == Closeness.NONE else "wants to be kept at arm's length"
        case K.CADENCE:
            return f"wants to hear from us every {length(wish.value)}, and it is too soon"
        case K.CHANNEL:
            return f"wants to be reached {by(wish.value)}"
        case K.NOT_CHANNEL:
            return f"does not want to be reached {by(wish.value)}"
        case K.HOURS:
            return f"wants to be reached between {wish.value.replace('-', ' and ')} o'clock"
        case K.TOPIC | K.NOT_TOPIC:
            return f'does not want to hear about "{wish.value}"'
        case K.SURVEYS:
            return "wants no surveys" if wish.value == NEVER else f"wants a survey every {length(wish.value)} at most"
        case K.DO_NOT_CONTACT:
            return "wants no contact"
        case K.DO_NOT_CONTACT_BY:
            return f"wants no contact {by(wish.value)}"
