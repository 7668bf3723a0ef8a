"""Messages for a mailer: RFC 5322, ready for `sendmail -t`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, quote

from relcli.errors import InputRefused
from relcli.text import one_line

_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_LOCAL = re.compile(r"(?!-)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_FROM = re.compile(r"^(>*From )", re.MULTILINE)
_SHORT = 50  # characters of a name that stay on the line of its header


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name, which may be empty, and an e-mail address."""

    name: str
    address: str


def mail(
    *, to: Mailbox, sender: Mailbox | None, subject: str, body: str, date: datetime, message_id: str = "", answers: str = ""
) -> str:
    """One message as text with CRLF; without a sender it has no From line, which the mailer then adds.

    `message_id` is its id and `answers` that of the message it belongs to, both without brackets; without an id the mailer
    gives one.
    No text can become a header or an address: line breaks and controls in names and subjects are blanks. Raises
    InputRefused for an address no message can carry.
    """
    made = EmailMessage(policy=SMTP.clone(cte_type="7bit"))  # nothing on the way can be too old for it
    made["Subject"] = _header(subject)
    made["Date"] = format_datetime(date)
    if message_id:
        made["Message-ID"] = f"<{message_id}>"
    if answers:
        made["In-Reply-To"] = made["References"] = f"<{answers}>"
    made.set_content(body, charset="utf-8")
    people = [("To", to)] if sender is None else [("From", sender), ("To", to)]
    return "".join(f"{name}: {_mailbox(name, box)}\r\n" for name, box in people) + made.as_bytes().decode("ascii")


def mbox(messages: Iterable[str], *, date: datetime) -> str:
    """Messages with CRLF as one mbox, in the form that undoes itself (mboxrd): LF, and a `>` more before every `From `."""
    line = f"From relcli@localhost {date.astimezone(UTC).strftime('%a %b %d %H:%M:%S %Y')}\n"
    texts = (_FROM.sub(r">\1", message.replace("\r\n", "\n")).rstrip("\n") for message in messages)
    return "".join(f"{line}{text}\n\n" for text in texts)


def _mailbox(header: str, box: Mailbox) -> str:
    """A name and an address as a header holds them.

    Not left to the library: where it folds a long name it may lose the quotes around it, and commas in the name then
    part addresses.
    """
    name, address = _header(box.name), _address(box.address)
    if not name:
        return f"<{address}>"
    if not name.isascii() or len(name) > _SHORT:
        words = Header(name, "utf-8", header_name=header).encode(linesep="\r\n")
        return f"{words}\r\n <{address}>"
    return f"{name if _ATOMS.fullmatch(name) else _quoted(name)} <{address}>"


def _quoted(name: str) -> str:
    return f'"{quote(name)}"'


def _address(address: str) -> str:
    local, _, domain = address.rpartition("@")
    if not _LOCAL.fullmatch(local):  # quoted it would be another mailbox, and letters beyond ASCII are on no wire
        what = (
            "has letters beyond ASCII before its @, which mail servers refuse"
            if not local.isascii()
            else "is none that mail can reach"
        )
        raise InputRefused(f"no message can go to {address}: it {what}", "write another e-mail address of theirs")
    try:
        return Address("", local, domain if domain.isascii() else domain.encode("idna").decode("ascii")).addr_spec
    except (ValueError, IndexError, MessageError):
        raise InputRefused(f"no message can go to {address}", "write another e-mail address of theirs") from None


def _header(text: str) -> str:
    """One line without controls, and without what a mail program would take for letters in code."""
    plain = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} else c for c in text)
    return one_line(plain).replace("=?", "= ?")
