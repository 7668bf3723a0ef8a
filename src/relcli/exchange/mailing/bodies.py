"""What a message says in headers and text, whatever its coding: nothing here ever fails."""

from __future__ import annotations

import binascii
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from relcli.exchange.mailing.charsets import decoded
from relcli.exchange.mailing.html import text_of
from relcli.exchange.mailing.opening import DEEPEST

_MOST = 262_144  # characters of a message in which somebody may have written; the rest is passed over


def header(message: Message, name: str) -> str:
    """The first header of this name in words, on one line; empty where there is none."""
    return next(headers(message, name), "")


def headers(message: Message, name: str) -> Iterator[str]:
    """All headers of this name in words, each on one line."""
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            yield " ".join(_words(_letters(str(value))).split())


def written(message: Message) -> str:
    """The text that is there to be read: plain where there is plain text, else what the HTML shows."""
    return "\n".join(text for part in _to_read(message, 0) if (text := _shown(part)))[:_MOST]


def everything(message: Message) -> Iterator[str]:
    """Every text in the message, and the headers of the messages in it."""
    for part in parts(message):
        if part is not message:
            for name in ("message-id", "in-reply-to", "references", "subject"):
                yield header(part, name)
        if part.get_content_maintype() in {"text", "message"} and not part.is_multipart():
            yield _shown(part)
            yield _text(part)


def parts(message: Message) -> Iterator[Message]:
    """The message and all that is in it."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += reversed(_children(part))


def _letters(raw: str) -> str:
    """A header as it came, where bytes beyond ASCII are half characters."""
    return raw if raw.isascii() else decoded(raw.encode("utf-8", "surrogateescape"), "")


def _words(raw: str) -> str:
    """A header with its encoded words read."""
    if "=?" not in raw:
        return raw
    try:
        pieces = decode_header(raw)
    except (HeaderParseError, binascii.Error, ValueError):
        return raw
    return "".join(piece if isinstance(piece, str) else decoded(piece, charset or "") for piece, charset in pieces)


def _to_read(part: Message, depth: int) -> list[Message]:
    """The parts in which somebody may have written: one of several alternatives, and no attachment."""
    kind = part.get_content_type()
    if not part.is_multipart():
        shown = kind in {"text/plain", "text/html"} and part.get_content_disposition() != "attachment" and not part.get_filename()
        return [part] if shown else []
    if depth > DEEPEST or kind.startswith("message/"):
        return []
    found = [_to_read(child, depth + 1) for child in _children(part)]
    if kind != "multipart/alternative":
        return [each for some in found for each in some]
    plain = [some for some in found if any(each.get_content_type() == "text/plain" and _text(each).strip() for each in some)]
    return next(iter(plain), next((some for some in reversed(found) if some), []))


def _children(part: Message) -> list[Message]:
    content = part.get_payload() if part.is_multipart() else []
    return [child for child in content if isinstance(child, Message)]


def _shown(part: Message) -> str:
    text = _text(part)
    if part.get_content_type() == "text/html":
        return text_of(text)
    if (_parameter(part, "format") or "").lower() == "flowed":
        return _unflowed(text, joined=(_parameter(part, "delsp") or "").lower() == "yes")
    return text


def _text(part: Message) -> str:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError):  # coded beyond understanding
        data = b""
    text = decoded(data, _parameter(part, "charset") or "") if isinstance(data, bytes) else ""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _parameter(part: Message, name: str) -> str | None:
    """A parameter of the content type."""
    try:
        value = part.get_param(name)
    except (ValueError, LookupError, TypeError):
        return None
    return value[2] if isinstance(value, tuple) else value if isinstance(value, str) else None


def _unflowed(text: str, *, joined: bool) -> str:
    """Paragraphs put together again that RFC 3676 wrapped; `joined` is its DelSp."""
    done: list[list[str]] = []
    open_at = -1  # how deeply quoted the last line is, if it goes on
    for line in text.split("\n"):
        content = line.lstrip(">")
        marks = len(line) - len(content)
        content = content.removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        shown = content[:-1] if flows and joined else content
        if open_at == marks and content != "-- ":
            done[-1].append(shown)
        else:
            done.append([f"{'>' * marks} {shown}" if marks else shown])
        open_at = marks if flows else -1
    return "\n".join("".join(pieces) for pieces in done)
