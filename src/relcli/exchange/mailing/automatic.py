"""Which mail no person wrote: automatic replies, receipts, and notes that a message could not be delivered."""

from __future__ import annotations

import re
from email.message import Message
from email.utils import parseaddr
from enum import StrEnum

from relcli.exchange.mailing.bodies import header, headers, parts, written


class Kind(StrEnum):
    """Who answers: a person, a program for them, or the mail system, which could not deliver; nobody where a file is no mail."""

    ANSWER = "answer"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    UNREADABLE = "unreadable"


_ROBOTS = ("mailer-daemon", "postmaster")
_BULK = frozenset({"bulk", "junk", "auto_reply", "auto-reply"})
_MARKED = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autoresponder", "X-Auto-Reply-From", "X-Vacation")
_SUBJECT = re.compile(
    r"(?:automatic reply|auto(?:matische)?[ -]?(?:reply|antwort)|automatische antwort|abwesenheits(?:notiz|meldung|nachricht)"
    r"|respuesta automática|respuesta automatica)\b",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"out of (?:the )?office|\booo\b|on (?:annual |parental )?leave|vacation|holiday|away from|abwesen|außer haus|nicht im (?:büro|haus)"
    r"|urlaub|fuera de (?:la )?oficina|ausen(?:te|cia)|vacaciones",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s<>@\"'(),;:]{1,254}@[^\s<>@\"'(),;:]{1,254}[^\s<>@\"'(),;:.]")
_REFUSED = re.compile(
    r"(?m)^[ \t]{0,8}<?([^\s<>@\"'(),;:]{1,254}@[^\s<>@\"'(),;:]{1,254})>?:?[ \t]{0,8}$|<([^\s<>@\"'(),;:]{1,254}@[^\s<>@\"'(),;:]{1,254})>"
)


def kind_of(message: Message) -> Kind:
    """Whether a person wrote it."""
    report = (_report(message) or "").lower()
    if report == "delivery-status" or any(part.get_content_type() == "message/delivery-status" for part in parts(message)):
        actions = {action.lower() for action in _status(message, "action")}
        return Kind.BOUNCE if not actions or any(action.startswith("fail") for action in actions) else Kind.AUTOMATIC
    automatic = _says_so(message) or bool(report)
    nobody = any(path.strip() in {"<>", ""} for path in headers(message, "Return-Path"))
    if sender(message).partition("@")[0] in _ROBOTS:
        return Kind.BOUNCE
    away = bool(_AWAY.search(header(message, "Subject")))
    if away and (nobody or header(message, "X-Auto-Response-Suppress") or header(message, "X-MS-Exchange-Inbox-Rules-Loop")):
        automatic = True
    if automatic:
        return Kind.AUTOMATIC
    return Kind.BOUNCE if nobody else Kind.ANSWER


def failed(message: Message) -> str:
    """The address that a bounce says could not be reached; empty where it says none."""
    told = [
        *_status(message, "original-recipient"),
        *headers(message, "X-Failed-Recipients"),
        *_status(message, "final-recipient"),
    ]
    returned = [value for part in parts(message) if part is not message for value in headers(part, "To")]
    for text in (*told, *returned):
        if found := _ADDRESS.search(text):
            return found[0].lower()
    if found := _REFUSED.search(written(message)):
        return (found[1] or found[2]).lower().rstrip(".")
    return ""


def sender(message: Message) -> str:
    """The address in its From header, in small letters; empty where there is none."""
    text = header(message, "From")
    address = _from(text)[1]
    found = _ADDRESS.fullmatch(address) or _ADDRESS.search(text[text.rfind("<") + 1 :])
    return found[0].lower() if found else ""


def sender_name(message: Message) -> str:
    """The name in its From header; empty where there is none."""
    return _from(header(message, "From"))[0]


def _from(text: str) -> tuple[str, str]:
    try:
        return parseaddr(text)
    except (ValueError, IndexError, TypeError, AttributeError):
        return "", ""


def _says_so(message: Message) -> bool:
    submitted = header(message, "Auto-Submitted").partition(";")[0].partition("(")[0].strip().lower()
    return (
        submitted not in {"", "no"}
        or header(message, "Precedence").lower() in _BULK
        or any(header(message, name).lower() not in {"", "no", "false"} for name in _MARKED)
        or bool(_SUBJECT.match(header(message, "Subject").strip("[( ")))
    )


def _report(message: Message) -> str | None:
    """What a report reports, `delivery-status` or `disposition-notification`."""
    if message.get_content_type() != "multipart/report":
        return None
    try:
        kind = message.get_param("report-type")
    except (ValueError, LookupError, TypeError):
        kind = None
    return kind if isinstance(kind, str) and kind else "unknown"


def _status(message: Message, name: str) -> list[str]:
    """The values of a field in the delivery status, one for each recipient."""
    return [
        value
        for part in parts(message)
        if part.get_content_type() == "message/delivery-status"
        for inner in parts(part)
        for value in headers(inner, name)
    ]
