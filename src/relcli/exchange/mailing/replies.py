"""Replies to invitations, read out of mail: who wrote, which invitation they answer, and their own words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from relcli.domain.invitation import TOKEN, tokens_in
from relcli.exchange.answers.form import FormAnswer, form_answer
from relcli.exchange.mailing.automatic import Kind, failed, kind_of, sender, sender_name
from relcli.exchange.mailing.bodies import everything, header, headers, written
from relcli.exchange.mailing.mailboxes import Found, messages
from relcli.exchange.mailing.opening import Unreadable, opened
from relcli.exchange.mailing.origins import denial, senders
from relcli.exchange.mailing.quoting import forwards, own_words
from relcli.text import folded, one_line, storable

_ID_MOST = 200  # characters of a Message-ID that is kept as it is
_FORWARD = re.compile(
    r"(?:\[[^]]{0,30}\] ?)?(?:fwd?|wg|rv|tr|i|enc|doorst|doorgestuurd\w*|weitergeleitet\w*|reenviado|forwarded)(?:\[\d+\])? ?:",
    re.IGNORECASE,
)  # what mail programs put before the subject of a message that is passed on


@dataclass(frozen=True, slots=True)
class Reply:
    """One message that may answer an invitation.

    `id` is its Message-ID, or a digest of sender, date and text where it has none. `tokens` are those of the invitations
    it may answer, the likeliest first. `senders` are all addresses that it says it is from, `denied` what a mail server found
    wrong with that. `arrived` is when the last server took it; when it was written, where none says so. `content` is a digest
    of what it says: one id on two of them is no proof that they are one. `text` is what they wrote themselves; `below` what of it stands under a numbered
    question that they quoted, `letters` all letters and digits in the message, quoted or not, as `letters()` takes them.
    `failed` is the address which a bounce says could not be reached. `forwarded`: somebody passed a message on, so that
    it may be another who answers. `subject` is one line. `file` is the name of the file in a folder, empty for all others;
    where no mail could be read in it, the kind is `unreadable` and `text` says why.
    """

    id: str
    sender: str
    when: datetime | None
    tokens: tuple[str, ...]
    text: str
    letters: str = ""
    below: Mapping[int, str] = field(default_factory=dict)
    kind: Kind = Kind.ANSWER
    failed: str = ""
    form: FormAnswer | None = None
    forwarded: bool = False
    subject: str = ""
    file: str = ""
    senders: tuple[str, ...] = ()
    denied: str = ""
    arrived: datetime | None = None
    content: str = ""


def replies(source: str) -> Iterator[Reply]:
    """The replies in an mbox file, a message's file, a folder of `.eml` files or a Maildir, one by one; `-` is stdin.

    Invitations of ours among them are passed over. Raises InputMissing, Denied, OutputFailed, and InputRefused for what
    is no mail; no message, however broken, raises anything, nor does a file in a folder.
    """
    for found in messages(source):
        if found.problem:
            yield _unreadable(found, found.problem)
            continue
        try:
            message = opened(found.data)
            if not TOKEN.match(_id(message)):
                yield _reply(message, found.file)
        except Unreadable as reason:
            yield _unreadable(found, str(reason))
        except RecursionError:
            yield _unreadable(found, "brackets or parts in it lie too deep in each other")
        except Exception as error:  # noqa: BLE001  # a stranger's bytes: whatever it is, the other messages are read
            yield _unreadable(found, f"it cannot be read ({type(error).__name__})")


def letters(text: str) -> str:
    """The letters and digits of a text in a row, case and accents aside: by them a text is found however it was broken."""
    return "".join(c for c in folded(text) if c.isalnum())


def _unreadable(found: Found, why: str) -> Reply:
    digest = hashlib.sha256(found.data.strip()).hexdigest()[:32] if found.data else _digest(found.file, None, why)
    return Reply(digest, "", None, (), why, kind=Kind.UNREADABLE, file=found.file)


def _reply(message: Message, file: str) -> Reply:
    kind, who, when = kind_of(message), sender(message), _when(message)
    text, subject = written(message), one_line(header(message, "Subject"))
    own = own_words(text, sender_name(message))
    return Reply(
        id=_id(message) or _digest(who, when, own.text),
        sender=who,
        when=when,
        tokens=_tokens(message),
        text=own.text,
        letters="".join(map(letters, everything(message))),
        below=own.below,
        kind=kind,
        failed=failed(message) if kind is Kind.BOUNCE else "",
        form=form_answer(own.text) if kind is Kind.ANSWER else None,
        forwarded=bool(_FORWARD.match(subject)) or forwards(text),
        subject=subject,
        file=file,
        senders=senders(message),
        denied=denial(message),
        arrived=_time(next(_arrivals(message), "")) or when,
        content=_digest(who, None, letters(own.text)),
    )


def _id(message: Message) -> str:
    """The Message-ID without its brackets; empty where it is none that can be kept."""
    text = "".join(header(message, "Message-ID").split()).removeprefix("<").partition(">")[0]
    return text if len(text) <= _ID_MOST and storable(text) else ""


def _digest(who: str, when: datetime | None, text: str) -> str:
    parts = (who, "" if when is None else when.isoformat(), text)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _tokens(message: Message) -> tuple[str, ...]:
    """Every token in the message: of the message it replies to first, then in the subject, then anywhere."""
    said = [*headers(message, "In-Reply-To"), *headers(message, "References"), header(message, "Subject"), *everything(message)]
    return tokens_in("\n".join(said))


def _when(message: Message) -> datetime | None:
    """When it was written; if it does not say so, when it arrived. A time without a zone is taken for UTC."""
    return _time(header(message, "Date")) or _time(next(_arrivals(message), ""))


def _arrivals(message: Message) -> Iterator[str]:
    return (text.rpartition(";")[2] for text in headers(message, "Received"))


def _time(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
        aware = found if found.tzinfo else found.replace(tzinfo=UTC)
        aware.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return aware
