"""A page to show somebody: what we believe they want from us, in sentences addressed to them.

It leaves the book, so nothing of how we keep it is on it: no ids, no words of ours for things, and of what we only
assume not our reasons either.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from relcli.actions.preferences import PreferenceCard
from relcli.domain.preference import NEVER, Closeness, Preference, PreferenceKind, Source
from relcli.domain.wording import by, day_in_words, length
from relcli.render.page import Block, Gap, Heading, Page, Words

K = PreferenceKind
TITLE = "Is this what you want from us?"
_OPENING = "This is how we understand that you would like us to keep in touch with you. Please tell us where we are wrong."
_NOTHING = "You have not told us yet how you would like us to keep in touch with you. So that we do it your way:"
_QUESTIONS = (
    "Shall we be in touch at all, and how often?",
    "How may we reach you: by e-mail, by phone, by letter, in some other way? Is there a way you would rather not have?",
    "At what hours may we call?",
    "What would you like to hear about, and what not?",
)
_ANSWER = (
    "Tell us in whatever way suits you what is right, what is wrong and what is missing. You can change any of it at any "
    "time, and you need not say why."
)
_NOT_SILENT = "You have not asked us to be silent about anything."
_ACTS = {
    "email": "write to you by e-mail", "phone": "call you", "meeting": "meet you", "visit": "visit you",
    "video": "meet you by video", "letter": "write you letters", "sms": "send you text messages",
    "chat": "write to you by chat", "social": "write to you on social media", "event": "see you at events",
}  # fmt: skip


def page(card: PreferenceCard) -> Page:
    """The card: what they told us, what we only think, what we keep silent about, how to answer."""
    said, thought, silent = _sentences(card)
    blocks: list[Block] = [Heading(TITLE, day_in_words(card.today)), Gap(), Words(f"Dear {card.contact.name},"), Gap()]
    if card.preferences:
        blocks.append(Words(_OPENING))
        blocks += _section("What you told us", said)
        blocks += _section("What we think", thought)
        blocks += _section("What we keep silent about", silent or [_NOT_SILENT])
    else:
        blocks += [Words(_NOTHING), Gap(), Words("\n".join(_QUESTIONS))]
    blocks += _section("How to answer", [_ANSWER])
    blocks += [Gap(), Words(f"Thank you,\n{card.ours}" if card.ours else "Thank you.")]
    return Page(blocks)


def left(card: PreferenceCard) -> list[str]:
    """A line for each wish that is not on the card."""
    return [f"not on the card: {wish.kind} {wish.value}, for it names {names} (--private shows it)" for wish, names in card.left]


def document(card: PreferenceCard) -> dict[str, Any]:
    """The same sentences for programs."""
    said, thought, silent = _sentences(card)
    return {
        "name": card.contact.name, "date": card.today.isoformat(), "stated": said, "assumed": thought, "silent_about": silent,
        "from": card.ours or None,
    }  # fmt: skip


def _sentences(card: PreferenceCard) -> tuple[list[str], list[str], list[str]]:
    """What they told us, what we think, what we keep silent about."""
    spoken = [wish for wish in card.preferences if wish.kind is not K.NOT_TOPIC]
    said = [wish for wish in spoken if wish.source is Source.STATED]
    thought = [wish for wish in spoken if wish.source is not Source.STATED]
    silent = [wish for wish in card.preferences if wish.kind is K.NOT_TOPIC]
    asked = [wish for wish in silent if wish.source is Source.STATED]
    kept = [*_told(asked), *(_thought(wish) for wish in silent if wish not in asked)]
    return _told(said), [_thought(wish) for wish in thought], kept


def _told(wishes: list[Preference]) -> list[str]:
    """A sentence for all that they said in the same words."""
    groups: dict[tuple[date, str, date | None], list[Preference]] = {}
    for wish in wishes:
        groups.setdefault((wish.when.day, wish.words, wish.until), []).append(wish)
    sentences = []
    for (day, words, until), group in groups.items():
        *parts, last = [_asked(wish) for wish in group]
        asked = f"{', '.join(parts)} and {last}" if parts else last
        said = f'{day_in_words(day)}: "{words}"' if words else day_in_words(day)
        sentences.append(f"You asked us {asked}{_until(until)}. ({said})")
    return sentences


def _thought(wish: Preference) -> str:
    return f"We think you would like us {_asked(wish)}{_until(wish.until)}. Is that right?"


def _asked(wish: Preference) -> str:
    wanted, act = _act(wish)
    return f"to {act}" if wanted else f"not to {act}"


def _until(day: date | None) -> str:
    return f", until {day_in_words(day)}" if day else ""


def _act(wish: Preference) -> tuple[bool, str]:
    """Whether they want it, and what: words that stand after "us to"."""
    value = wish.value
    match wish.kind:
        case K.CLOSENESS:
            return {
                Closeness.NONE: (False, "be in touch unless you begin"),
                Closeness.ARMS_LENGTH: (True, "keep our distance, and be in touch only about orders, service, advice and thanks"),
                Closeness.REGULAR: (True, "stay in regular touch"),
                Closeness.CLOSE: (True, "stay in close touch"),
            }[Closeness(value)]
        case K.CADENCE:
            return True, f"be in touch about every {length(value)}"
        case K.CHANNEL | K.NOT_CHANNEL:
            return wish.kind is K.CHANNEL, _ACTS.get(value, f"reach you {by(value)}")
        case K.HOURS:
            return True, f"reach you only between {value.replace('-', ' and ')} o'clock"
        case K.TOPIC | K.NOT_TOPIC:
            return wish.kind is K.TOPIC, f"speak of {value}"
        case K.SURVEYS:
            return False, "send you surveys" if value == NEVER else f"send you a survey more often than every {length(value)}"
        case K.DO_NOT_CONTACT:
            return False, "contact you"
        case K.DO_NOT_CONTACT_BY:
            return False, f"contact you {by(value)}"


def _section(title: str, sentences: list[str]) -> list[Block]:
    blocks: list[Block] = [Gap(), Heading(title)]
    return [*blocks, *(Words(sentence) for sentence in sentences)] if sentences else []
