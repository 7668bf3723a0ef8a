"""E-mail addresses as people write, copy and export them: alone, as a link, with a name, several in one text.

What cannot belong to an address and can be taken off for certain is taken off; anything else is refused. Here and nowhere
else, for every door: the command line, imported tables, the settings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from relcli.text import seen

_MOST, _MOST_LOCAL = 254, 64  # characters: RFC 5321, 4.5.3.1
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0xFE6B: ord("@"), 0x3002: ord("."), 0xFF61: ord(".")}
_STRAY = re.compile("[\u00a0\u2007\u202f]+(?=[@.])|(?<=@)[\u00a0\u2007\u202f]+")  # no-break blanks beside an @, before a dot
_LINK = re.compile(r"^(?:mailto|smtp):(?://)?", re.IGNORECASE)
_QUERY = re.compile(r"(mailto:[^?<>\s]*)\?[^\s<>\";]*", re.IGNORECASE)
_OPENS, _CLOSES = "<([", ">)]"
_BEHIND = re.compile(r"(?P<name>.*?)[<(\[]\s*(?P<address>[^<>()\[\]]*@[^<>()\[\]]*?)\s*[>)\]][\s.,;]*")
_BEFORE = re.compile(r"(?P<address>[^\s<>()]+@[^\s<>()]+)\s*\((?P<name>[^@]*)\)")
_ATOM = r"[^\x00-\x20\x7f\"(),:;<>@\[\\\]\s.]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = r"(?!-)[^\x00-\x2c\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f\s.]{1,63}(?<!-)"  # of ASCII: letters, digits, hyphen, underscore
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}")
_AROUND = "<>[]() \t'\"“”„‘’«»"  # noqa: RUF001  # the quotes of several languages are meant


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One address, its domain in lower case, and the name that stood beside it, without its quotes; empty where none did."""

    name: str
    email: str


def mailboxes(text: str) -> tuple[Mailbox, ...]:
    """Every address of a text, each once, in its order: at least one.

    `ana@example.org`, `<ana@example.org>`, `mailto:ana@example.org?subject=hello`, `Ana Ruiz <ana@example.org>`,
    `"Ruiz, Ana" <ana@example.org>`, `Ruiz, Ana (ana@example.org)`, `ana@example.org (Ana Ruiz)`; several divided by `;`, `,`,
    ` ::: ` or a line end. Raises ValueError where a part is no address.
    """
    text = _QUERY.sub(r"\1", _mended(text))
    found: dict[str, Mailbox] = {}
    for box in map(_mailbox, _parts(text)):
        found.setdefault(box.email.casefold(), box)
    if not found:
        raise ValueError(f'"{seen(text)}" is not an e-mail address')
    return tuple(found.values())


def tidied(text: str) -> str:
    """A reference to somebody in one line, without what cannot be seen; where it holds an @, with what is mended of addresses."""
    mended = _mended(text)
    return seen(mended if "@" in mended else text)


def mailbox(text: str) -> Mailbox:
    """The one address of a text, like `mailboxes`. Raises ValueError where there are several, too."""
    found = mailboxes(text)
    if len(found) > 1:
        raise ValueError(f'"{seen(text)}" holds {len(found)} e-mail addresses; write one')
    return found[0]


def formatted(box: Mailbox) -> str:
    """The mailbox as mail programs write it; `mailbox` reads it back."""
    name = re.sub(r'([\\"])', r"\\\1", box.name)
    if name != box.name or set(name) & set("()<>[]:;@,"):
        name = f'"{name}"'
    return f"{name} <{box.email}>" if name else box.email


def divided(text: str, marks: str) -> list[str]:
    """The text, divided at these characters where they stand neither in double quotes nor in brackets.

    A quote or bracket that is never closed divides nothing off.
    """
    parts, closing, escaped = [""], "", False
    for place, c in enumerate(text):
        if c in marks and not closing:
            parts.append("")
            continue
        parts[-1] += c
        if escaped:
            escaped = False
        elif closing:
            escaped = c == "\\" and closing == '"'
            closing = "" if c == closing else closing
        elif c == '"' or c in _OPENS:
            end = '"' if c == '"' else _CLOSES[_OPENS.index(c)]
            closing = end if end in text[place + 1 :] else ""
    return parts


def _mended(text: str) -> str:
    return _STRAY.sub("", text.translate(_FULL_WIDTH))


def _parts(text: str) -> list[str]:
    """The parts of a list, each with its address: what has none stands before the comma of "Last, First <address>"."""
    parts: list[str] = []
    for hard in divided(text.replace(" ::: ", ";"), ";"):
        begun = ""
        for soft in divided(hard, ",\n\r"):
            begun = f"{begun}, {seen(soft)}" if begun else seen(soft)
            if "@" in begun:
                parts.append(begun)
                begun = ""
        if begun.strip(" .,"):
            parts.append(begun)
    return parts


def _mailbox(part: str) -> Mailbox:
    if found := _BEHIND.fullmatch(part) or _BEFORE.fullmatch(part):
        email = _email(found["address"], part)
        name = _spoken(found["name"])
        return Mailbox("" if "@" in name else name, email)
    return Mailbox("", _email(part, part))


def _email(text: str, whole: str) -> str:
    """One bare address, clean. Raises ValueError for anything else."""
    text = text.strip(_AROUND)
    plain = _LINK.sub("", text)
    if plain != text or "@" not in plain:
        plain = seen(unquote(plain))
    local, at, domain = plain.strip(_AROUND).rstrip(".,;:!" + _AROUND).rpartition("@")
    email = f"{local}@{domain.lower()}"
    right = at and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain) and not local.startswith("-")
    if not right or len(local) > _MOST_LOCAL or len(email) > _MOST:
        raise ValueError(f'"{whole}" is not an e-mail address')
    return email


def _spoken(name: str) -> str:
    """The name beside an address: what a mail program put around or into it goes."""
    if "=?" in name:
        name = _decoded(name)
    name = re.sub(r"\\([,;])", r"\1", name).strip().strip(":").strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    return seen(name.strip(" '\"<>"))


def _decoded(name: str) -> str:
    """A name with the encoded words of mail headers (RFC 2047) in plain letters."""
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(name)))
    except (HeaderParseError, LookupError, UnicodeError):
        return name
