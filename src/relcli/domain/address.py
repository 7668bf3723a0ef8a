"""E-mail addresses and handles, as shown and as compared; telephone numbers need a library (`exchange.phone`)."""

from __future__ import annotations

import unicodedata

from relcli.domain.contact import Address, AddressKind
from relcli.domain.spelling import unquoted
from relcli.mailboxes import divided, mailbox, mailboxes
from relcli.text import seen


def email_address(text: str) -> Address:
    """The one e-mail address of a text, however it is written there (`relcli.mailboxes`). Raises ValueError."""
    return _address(mailbox(text).email)


def email_addresses(text: str) -> tuple[Address, ...]:
    """Every e-mail address of a text that holds one or a list of them. Raises ValueError where a part is none."""
    return tuple(_address(box.email) for box in mailboxes(text))


def handle_address(text: str) -> Address:
    """A name on some network, with or without its @. Raises ValueError when empty or divided."""
    plain = unquoted(seen(text))
    key = plain.removeprefix("@").casefold()
    if not key or ";" in plain:
        raise ValueError(f'"{text}" is not a handle')
    return Address(AddressKind.HANDLE, plain, key)


def handle_addresses(text: str) -> tuple[Address, ...]:
    """Every handle of a text that holds one, or a list divided by `;`, a line end or a comma before a blank. Raises ValueError."""
    parts = [part for part in divided(text.replace(" ::: ", ";").replace(", ", ";"), ";\n\r") if seen(part)]
    return tuple(dict.fromkeys(map(handle_address, parts or [text])))


def _address(email: str) -> Address:
    """Compared without case, the domain in its ASCII form where it has one: `müller.example` is `xn--mller-kva.example`."""
    local, _, domain = email.rpartition("@")
    return Address(AddressKind.EMAIL, email, f"{unicodedata.normalize('NFC', local).casefold()}@{_ascii(domain)}")


def _ascii(domain: str) -> str:
    if domain.isascii():
        return domain.lower()
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return domain.casefold()
