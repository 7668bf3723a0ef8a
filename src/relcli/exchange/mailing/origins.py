"""From whom a message says it is, and what the servers on its way found of that. A header proves nothing; it can only disprove."""

from __future__ import annotations

import re
from email.message import Message
from email.utils import getaddresses

from relcli.exchange.mailing.bodies import headers

_ADDRESS = re.compile(r"[^\s<>@\"'(),;:]{1,254}@[^\s<>@\"'(),;:]{1,254}(?<!\.)")
_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"(?:^|;)\s*(dmarc|spf|dkim)\s*(?:/\s*[0-9]{1,4}\s*)?=\s*([a-z]{1,20})", re.IGNORECASE)
_FAILED = frozenset({"fail", "hardfail"})
_MOST = 20  # headers of one name that are looked at


def senders(message: Message) -> tuple[str, ...]:
    """Every address in its From headers, in small letters, each once."""
    found: dict[str, None] = {}
    for text in list(headers(message, "From"))[:_MOST]:
        boxes = [address for _, address in _boxes(text)]
        named = [match[0].lower() for address in boxes if (match := _ADDRESS.fullmatch(address))]
        if not named and (loose := _ADDRESS.search(text[text.rfind("<") + 1 :])):
            named = [loose[0].lower()]
        found |= dict.fromkeys(named)
    return tuple(found)


def denial(message: Message) -> str:
    """What a mail server found wrong with the sender, as `dmarc=fail`; empty where none found anything.

    A failed DMARC decides, whoever says so. Without one, a failed SPF or DKIM does, unless the header that stands first, of
    the server where the mail arrived, says that DMARC, or the same check for another signature, passed: a list or a
    forwarder breaks one of them in honest mail.
    """
    told = [_results(text) for text in list(headers(message, "Authentication-Results"))[:_MOST]]
    if any(("dmarc", result) in results for results in told for result in _FAILED):
        return "dmarc=fail"
    first = told[0] if told else frozenset()
    if ("dmarc", "pass") in first:
        return ""
    for check in ("spf", "dkim"):
        failed = any((check, result) in results for results in told for result in _FAILED)
        if failed and (check, "pass") not in first:
            return f"{check}=fail"
    if not told and any(
        re.match(r"(?:hard)?fail\b", text, re.IGNORECASE) for text in list(headers(message, "Received-SPF"))[:_MOST]
    ):
        return "spf=fail"
    return ""


def _results(text: str) -> frozenset[tuple[str, str]]:
    plain = _COMMENT.sub(" ", text)
    return frozenset((check.lower(), result.lower()) for check, result in _RESULT.findall(plain))


def _boxes(text: str) -> list[tuple[str, str]]:
    try:
        return getaddresses([text])
    except (ValueError, IndexError, TypeError, AttributeError, RecursionError):
        return []
