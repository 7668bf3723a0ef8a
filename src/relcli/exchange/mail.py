"""Messages for a mailer: RFC 5322, ready for `sendmail -t`."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from relcli.errors import InputRefused
from relcli.text import one_line


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name, which may be empty, and an e-mail address."""

    name: str
    address: str


def mail(*, to: Mailbox, sender: Mailbox | None, subject: str, body: str, date: datetime) -> str:
    """One message as text with CRLF; without a sender it has no From line, which the mailer then adds.

    No text can become a header: line breaks and controls in names and subjects are blanks. Raises InputRefused for an
    address no message can carry.
    """
    both = [box.address for box in (to, sender) if box is not None]
    policy = SMTP if all(address.rpartition("@")[0].isascii() for address in both) else SMTPUTF8
    made = EmailMessage(policy=policy.clone(cte_type="7bit"))  # nothing on the way can be too old for it
    if sender is not None:
        made["From"] = _address(sender)
    made["To"] = _address(to)
    made["Subject"] = _header(subject)
    made["Date"] = format_datetime(date)
    made.set_content(body, charset="utf-8")
    return made.as_bytes().decode("utf-8")


def _address(box: Mailbox) -> Address:
    local, _, domain = box.address.rpartition("@")
    try:
        return Address(_header(box.name), local, domain if domain.isascii() else domain.encode("idna").decode("ascii"))
    except (ValueError, IndexError, MessageError):
        raise InputRefused(f"no message can go to {box.address}", "write another e-mail address of theirs") from None


def _header(text: str) -> str:
    return one_line("".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} else c for c in text))
