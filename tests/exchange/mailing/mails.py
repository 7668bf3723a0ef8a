"""Messages as mail programs send them in answer to an invitation: everybody in them is invented."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable
from html import escape

TOKEN = "r-7k3m9q2x4d"
INVITATION = f"""Dear Ana Novak,

One question and, if you like, your reason.

1. If somebody you care about needed what we do, how gladly would you send them to us?
   0 (not at all) to 10 (very gladly)
2. What is the main reason for your answer?

Simply reply to this mail with a number from 0 to 10 and a sentence.
Reply with STOP alone if you would rather not be asked again.
({TOKEN})
"""
QUOTED = "".join(f"> {line}".rstrip() + "\n" for line in INVITATION.splitlines())


def mail(
    body: str | bytes = "9", *, kind: str = "text/plain; charset=utf-8", coding: str = "8bit", **headers: str | None
) -> bytes:
    """One message; a header is left out by None, and `_` in its name is a dash."""
    said = {
        "From": "Ana Novak <Ana@example.org>",
        "To": "Kim Doe <kim@example.org>",
        "Subject": "Re: One question",
        "Date": "Fri, 20 Nov 2026 10:03:00 +0100",
        "Message-ID": "<answer-1@example.org>",
        "In-Reply-To": f"<{TOKEN}@example.org>",
        "MIME-Version": "1.0",
        "Content-Type": kind,
        "Content-Transfer-Encoding": coding,
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\n" for name, value in said.items() if value is not None)
    data = body.encode() if isinstance(body, str) else body
    coded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(coding, lambda data: data)(data)
    return head.encode("utf-8", "surrogateescape") + b"\n" + coded + (b"" if coded.endswith(b"\n") else b"\n")


def html(body: str, **headers: str | None) -> bytes:
    """A message in HTML alone."""
    return mail(
        f"<html><head><style>p {{color: red}}</style></head><body>{body}</body></html>",
        kind="text/html; charset=utf-8",
        **headers,
    )


def parted(subtype: str, *parts: tuple[str, str], **headers: str | None) -> bytes:
    """A message of several parts, each its content type (and further headers) and its text."""
    inner = "".join(f"--=_b\nContent-Type: {kind}\n\n{text}\n" for kind, text in parts)
    return mail(f"{inner}--=_b--\n", kind=f'multipart/{subtype}; boundary="=_b"', **headers)


def mbox(*messages: bytes) -> bytes:
    """The messages as one mbox file, lines of theirs that begin with From escaped as mboxrd says."""
    return b"".join(b"From ana@example.org Fri Nov 20 10:03:00 2026\n" + _escaped(message) + b"\n" for message in messages)


def form(*lines: str, **headers: str | None) -> bytes:
    """What a form's answer arrives as."""
    return mail("\n".join(lines) + "\n", **{"Subject": f"pulse {TOKEN}", "In_Reply_To": None, **headers})


def bounce(*, action: str = "failed", **headers: str | None) -> bytes:
    """What a mail system answers when it could not deliver an invitation."""
    status = f"Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; Gone@example.org\nAction: {action}\nStatus: 5.1.1\n"
    returned = f"From: kim@example.org\nTo: gone@example.org\nMessage-ID: <{TOKEN}@example.org>\nSubject: One question\n"
    return parted(
        "report; report-type=delivery-status",
        ("text/plain", "Your message could not be delivered. 550 5.1.1"),
        ("message/delivery-status", status),
        ("text/rfc822-headers", returned),
        From="Mail Delivery System <MAILER-DAEMON@example.org>", Return_Path="<>", Subject="Undelivered", In_Reply_To=None, **headers,
    )  # fmt: skip


def _escaped(message: bytes) -> bytes:
    return b"".join(b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in message.splitlines(keepends=True))


def _outlook(original: str, of: str, sent: str, to: str, subject: str) -> Callable[[str], str]:
    head = f"{of}: Kim Doe <kim@example.org>\n{sent}: 20 Nov 2026 10:03\n{to}: Ana Novak\n{subject}: One question\n\n"
    return lambda own: f"{own}\n\n{original}{head}{INVITATION}"


def _above(attribution: str) -> Callable[[str], str]:
    return lambda own: f"{own}\n\n{attribution}\n\n{QUOTED}"


def _beneath(attribution: str) -> Callable[[str], str]:
    return lambda own: f"{attribution}\n{QUOTED}\n{own}\n"


_RULER = "_" * 32 + "\n"
GMAIL_EN = "On Fri, 20 Nov 2026 at 10:03, Kim Doe <kim@example.org> wrote:"
PLAIN_STYLES: dict[str, Callable[[str], str]] = {
    "nothing quoted": lambda own: own,
    "en, Gmail, above": _above(GMAIL_EN),
    "en, Gmail, below": _beneath(GMAIL_EN),
    "en, Gmail, wrapped": _above("On Fri, 20 Nov 2026 at 10:03, Kim Doe of the Bakery\n<kim@example.org> wrote:"),
    "en, Apple": _above("> On 20 Nov 2026, at 10:03, Kim Doe <kim@example.org> wrote:\n>"),
    "en, iPhone": lambda own: f"{own}\n\nSent from my iPhone\n\n> On 20 Nov 2026, at 10:03, Kim Doe wrote:\n> \n{QUOTED}",
    "en, Thunderbird, below": _beneath("On 20/11/2026 10:03, Kim Doe wrote:"),
    "en, Outlook": _outlook("-----Original Message-----\n", "From", "Sent", "To", "Subject"),
    "en, Outlook on the web": _outlook(_RULER, "From", "Sent", "To", "Subject"),
    "en, Outlook for iOS": lambda own: _outlook(_RULER, "From", "Date", "To", "Subject")(f"{own}\n\nGet Outlook for iOS"),
    "en, without marks": lambda own: (
        f"{own}\n\nOn Friday, November 20, 2026 at 10:03:00 AM, Kim <kim@example.org> wrote:\n\n{INVITATION}"
    ),
    "de, Gmail": _above("Kim Doe <kim@example.org> schrieb am Fr., 20. Nov. 2026, 10:03:"),
    "de, Gmail, wrapped": _above("Am Fr., 20. Nov. 2026 um 10:03 Uhr schrieb Kim Doe von der Bäckerei <\nkim@example.org>:"),
    "de, Apple, below": _beneath("Am 20.11.2026 um 10:03 schrieb Kim Doe <kim@example.org>:"),
    "de, Thunderbird": _above("Am 20.11.26 um 10:03 schrieb Kim Doe:"),
    "de, iPhone": lambda own: f"{own}\n\nVon meinem iPhone gesendet\n\n> Am 20.11.2026 um 10:03 schrieb Kim Doe:\n> \n{QUOTED}",
    "de, Outlook": _outlook("-----Ursprüngliche Nachricht-----\n", "Von", "Gesendet", "An", "Betreff"),
    "de, Outlook, no line": _outlook("", "Von", "Gesendet", "An", "Betreff"),
    "es, Gmail": _above("El vie, 20 nov 2026 a las 10:03, Kim Doe (<kim@example.org>) escribió:"),
    "es, Gmail, wrapped": _above("El vie, 20 nov 2026 a las 10:03, Kim Doe, Panadería (<kim@example.org>)\nescribió:"),
    "es, Thunderbird, below": _beneath("El 20/11/26 a las 10:03, Kim Doe escribió:"),
    "es, iPhone": lambda own: (
        f"{own}\n\nEnviado desde mi iPhone\n\n> El 20 nov 2026, a las 10:03, Kim Doe escribió:\n> \n{QUOTED}"
    ),
    "es, Outlook": _outlook("-----Mensaje original-----\n", "De", "Enviado el", "Para", "Asunto"),
    "es, Outlook, bold": _outlook("", "*De*", "*Enviado*", "*Para*", "*Asunto*"),
    "pl, Outlook": _outlook("", "Od", "Wysłano", "Do", "Temat"),
    "sv, Thunderbird": _above("Den 2026-11-20 kl. 10:03, skrev Kim Doe:"),
    "a signature": lambda own: f"{own}\n\n-- \nAna Novak\nTel. 10 10 10\n\n{GMAIL_EN}\n{QUOTED}",
    "a signature at the end": lambda own: f"{GMAIL_EN}\n{QUOTED}\n{own}\n\n--\nAna Novak, 7 Mill Lane\n",
}


def _shown(text: str) -> str:
    return "<br>\n".join(escape(line) for line in text.splitlines())


def _lines(own: str) -> str:
    return "".join(f"<div>{escape(line) or '<br>'}</div>" for line in own.splitlines())


HTML_STYLES: dict[str, Callable[[str], str]] = {
    "Gmail": lambda own: (
        f'<div dir="ltr">{_lines(own)}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
        f'On Fri, 20 Nov 2026, Kim wrote:<br></div><blockquote class="gmail_quote">{_shown(INVITATION)}</blockquote></div>'
    ),
    "Outlook": lambda own: (
        f'{_lines(own)}<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Od:</b> Kim<br>'
        f"<b>Do:</b> Ana</div><div>{_shown(INVITATION)}</div>"
    ),
    "Thunderbird": lambda own: (
        f'{_lines(own)}<div class="moz-cite-prefix">Am 20.11.2026 um 10:03 schrieb Kim:<br></div>'
        f'<blockquote type="cite">{_shown(INVITATION)}</blockquote>'
    ),
    "Thunderbird, below": lambda own: (
        f'<div class="moz-cite-prefix">El 20/11/26 a las 10:03, Kim escribió:<br></div>'
        f'<blockquote type="cite">{_shown(INVITATION)}</blockquote>{_lines(own)}<pre class="moz-signature">-- \n7 Mill Lane</pre>'
    ),
    "Apple": lambda own: (
        f"{_lines(own)}<div><br><blockquote type=cite><div>On 20 Nov 2026, Kim wrote:</div>{_shown(INVITATION)}"
        "</blockquote></div>"
    ),
    "Yahoo": lambda own: (
        f'{_lines(own)}<div id="yahoo_quoted_1" class="yahoo_quoted">On Friday Kim wrote:{_shown(INVITATION)}</div>'
    ),
    "GMX": lambda own: f'{_lines(own)}<div name="quote" style="border-left: 2px">{_shown(INVITATION)}</div>',
}


# What nobody wrote: each would stop a parser, or keep it busy for minutes.
HOSTILE: dict[str, Callable[[], bytes]] = {
    "parts within parts": lambda: (
        mail("", kind='multipart/mixed; boundary="x"')
        + b"".join(b'--x\nContent-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(2000))
    ),
    "parts beside parts": lambda: mail("--x\n\na\n" * 100_000, kind="multipart/mixed; boundary=x"),
    "parentheses": lambda: mail("9", From="(" * 100_000),
    "headers": lambda: mail("9", **{f"X_{n}": "a" for n in range(50_000)}),
}
