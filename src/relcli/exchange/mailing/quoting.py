"""Their own words in a reply: without what it quotes, who wrote that, and signatures.

The rules are about lines: quoted ones begin with `>`; a line that says who wrote what follows, and the headers some
programs repeat, begin a quotation. Where the quotation itself bears no marks, all below is taken for quoted: rather too
few words of theirs than one of ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from relcli.domain.courtesy import seen
from relcli.domain.invitation import TOKEN
from relcli.exchange.mailing.html import ORIGINAL
from relcli.exchange.mailing.machines import without_machines
from relcli.text import folded

_MOST_LINES = 10_000  # of a message, in which somebody may have written
_FIELD_LINES = 12
_WRAPPED = 4  # lines over which who wrote it may be wrapped
_LONG = 70  # characters of a quoted line together with a word that did not fit on it
_LONGEST = 400  # characters of a line that says who wrote what follows
_QUOTED = re.compile(r"[ \t]{0,3}>")
_MARKS = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_NUMBERED = re.compile(r"([0-9]{1,2})[.)][ \t]")
_SCALE = re.compile(r"\s|[0-9]+ ?\(")  # what still belongs to a question, under an empty line
_WROTE = re.compile(
    r"""(?:.+\b(?:(?:wrote|schrieb|escribió)(?:[ ](?:on|am|el)\b.+)?|writes|schreibt|escribe)
    | Am\b.+\bschrieb\b.* | Op\b.+\bschreef\b.*
    | (?:El\b.+\bha[ ]escrito | Le\b.+\ba[ ]écrit | Il\b.+\bha[ ]scritto | Em\b.+\bescreveu)
    )[ ]?:""",
    re.VERBOSE,
)
_ADDRESS = re.compile(r"\S@\S")
_TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d[./]\s?\d{1,2}[./]\s?\d{2}\b")
_ORIGINAL = re.compile(
    r"""[-_*\s]{3,}\s?(?:Original[ ]Message|Ursprüngliche[ ]Nachricht|Originalnachricht|Original-Nachricht|Originalmeldung
    |Mensaje[ ]original|Message[ ]d'origine
    |Messaggio[ ]originale|Mensagem[ ]original|Oorspronkelijk[ ]bericht)\s?[-_*\s]{3,}""",
    re.VERBOSE | re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"""[-_*\s]{3,}(?:Forwarded[ ]message|Weitergeleitete[ ]Nachricht|Mensaje[ ]reenviado|Message[ ]transféré
    |Messaggio[ ]inoltrato|Mensagem[ ]encaminhada|Doorgestuurd[ ]bericht)(?:[ ](?:from|von|de|da|van)[ ].{1,100})?[-_*\s]{3,}
    |(?:Begin[ ]forwarded[ ]message|Anfang[ ]der[ ]weitergeleiteten[ ]Nachricht|Inicio[ ]del[ ]mensaje[ ]reenviado):?""",
    re.VERBOSE | re.IGNORECASE,
)
_RULER = re.compile(r"[_]{10,}|[-]{10,}")
_FIELD = re.compile(r"\**([^\W\d_][\w ./-]{0,24}?)\**[ \u00a0]?:\**(?:[ \t]+(.*))?")
_FIELDS = frozenset(
    "from sent date to cc bcc subject reply-to importance von gesendet datum an betreff antwort an wichtigkeit kopie de enviado"
    " fecha para asunto envoyé date à objet da inviato data a oggetto assunto van verzonden aan onderwerp".split()
) | {"enviado el", "enviado a las", "enviado em", "gesendet am", "antwort an", "responder a", "sent on"}
_FROM = frozenset({"from", "von", "de", "da", "van"})
_DEVICE = re.compile(
    r"""(?:Sent[ ](?:from|with|via|using)[ ](?:my[ ]\w+|a[ ]mobile|Outlook|Yahoo|Mail|Gmail|Proton|Samsung|BlueMail|Android|K-9).*
    |Get[ ]Outlook[ ]for[ ].+
    |(?:Diese[ ]Nachricht[ ]wurde[ ])?Von[ ]mein\w+[ ].{2,60}[ ]ge(?:sendet|schickt)
    |Gesendet[ ](?:von|mit|über|aus)[ ](?:mein\w+|der|dem|Outlook|Mail|Yahoo|Gmail|Proton|Samsung|Android)\b.*
    |(?:Holen?[ ]Sie[ ]sich[ ]|Hol[ ]dir[ ])?Outlook[ ]für[ ](?:iOS|Android|Mac).*
    |Enviado[ ](?:desde|con|a[ ]través[ ]de)[ ](?:mi|el|un|Outlook|Correo|Yahoo|Gmail|Proton|Samsung|Mail)\b.*
    |Obt(?:ener|enga|én)[ ]Outlook[ ]para[ ].+
    |Envoyé[ ]de(?:puis)?[ ]mon[ ].+|Inviato[ ]da(?:l[ ]mio)?[ ].+|Enviad[oa][ ]do[ ]meu[ ].+|Verstuurd[ ]vanaf[ ]mijn[ ].+
    )\.?""",
    re.VERBOSE | re.IGNORECASE,
)
_DEVICE_LONGEST = 100
_SIGNED = ("--", "-- ")
_SIGNATURE_LINES, _SIGNATURE_LONGEST = 8, 80  # under a name that no dashes announce
_POSTSCRIPT = re.compile(r"(?:PS|P\.[ ]?S\.?|PD)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Own:
    """Their own words, and those of them that stand under a numbered question which they quoted."""

    text: str
    below: Mapping[int, str] = field(default_factory=dict)


def own_words(text: str, name: str = "") -> Own:
    """What somebody wrote themselves, above, below or between what they quote; `name` is theirs, as it stands in a signature."""
    lines = [line.rstrip("\r") for line in text.replace("\u2028", "\n").split("\n", _MOST_LINES)[:_MOST_LINES]]
    lines = without_machines(lines)
    looked = [seen(line).rstrip() if line not in _SIGNED else line for line in lines]
    return _Reading(lines, looked, _name(name)).read()


def forwards(text: str) -> bool:
    """Whether a message that somebody passed on stands in the text, quoted or not."""
    lines = (_MARKS.sub("", seen(line), count=1).strip() for line in text.split("\n", _MOST_LINES)[:_MOST_LINES])
    return any(len(line) <= _LONGEST and _FORWARDED.fullmatch(line) for line in lines)


class _Reading:
    """One pass over the lines; `looked` are the same ones without what cannot be seen."""

    def __init__(self, lines: Sequence[str], looked: Sequence[str], name: Sequence[str]) -> None:
        self.lines, self.looked, self.name = lines, looked, name
        self.blocks: list[list[str]] = [[]]  # own lines between quotations
        self.under: list[int | None] = [None]  # the question above each block
        self.question: int | None = None
        self.signed = False  # in a signature
        self.gap = False  # since the question, an empty quoted line
        self.last = ""  # the quoted line just above

    def read(self) -> Own:
        at = 0
        while at < len(self.lines):
            line = self.looked[at]
            if _QUOTED.match(line):
                self._quote(line)
                at += 1
                continue
            if past := self._introduced(at):
                if not self._marked(past):
                    break
                self.question, self.last, self.signed, at = None, "", False, past
                continue
            self.signed = self.signed or line in _SIGNED
            if not self.signed and not self._wrapped_off(line):
                self.blocks[-1].append(self.lines[at])
            self.last = ""
            at += 1
        return self._own()

    def _quote(self, line: str) -> None:
        """Note which question a quoted line asks, so that what follows can be its answer."""
        content = line[len(_MARKS.match(line)[0]) :]  # type: ignore[index]  # a quoted line has marks
        numbered = _NUMBERED.match(content.lstrip())
        if numbered:
            self.question, self.gap = int(numbered[1]), False
        elif not content.strip():
            self.gap = True
        elif TOKEN.search(content) or (self.gap and not _SCALE.match(content)):
            self.question = None
        self.last, self.signed = line, False
        if any(each.strip() for each in self.blocks[-1]):
            self.blocks.append([])
            self.under.append(None)
        self.under[-1] = self.question

    def _wrapped_off(self, line: str) -> bool:
        """Whether a line is the end of the quoted one above, which a mail program wrapped without marking it."""
        end, word = self.last.rstrip(), line.split(maxsplit=1)[:1]
        return bool(end and word) and len(end) + len(word[0]) >= _LONG and (end[-1].isalnum() or end[-1] in ",;-(")

    def _introduced(self, at: int) -> int:
        """The line after those that say whose words follow; 0 where none do."""
        line = self.looked[at].strip()
        if not line or len(line) > _LONGEST:
            return 0
        if line == ORIGINAL or _ORIGINAL.fullmatch(line) or _FORWARDED.fullmatch(line):
            return self._past_fields(at + 1) or at + 1
        if _RULER.fullmatch(line) and (past := self._past_fields(at + 1)):
            return past
        return self._past_fields(at) or self._past_writer(at)

    def _past_fields(self, at: int) -> int:
        """The line after headers repeated in the text, the first saying from whom: three, or four with names unknown to us."""
        first = at = self._next(at)
        known = unknown = 0
        while at < len(self.looked) and at - first < _FIELD_LINES and (line := self.looked[at].strip()):
            found = _FIELD.fullmatch(line)
            name = found[1].strip().lower() if found else ""
            if _QUOTED.match(line) or (at == first and name not in _FROM and not (name and _ADDRESS.search(line))):
                break
            known += name in _FIELDS
            unknown += bool(name) and name not in _FIELDS
            at += 1
        return at if known >= 3 or known + unknown >= 4 else 0

    def _past_writer(self, at: int) -> int:
        """The line after one that says who wrote, and when; it may be wrapped."""
        said = ""
        for past in range(at + 1, min(at + _WRAPPED, len(self.looked)) + 1):
            line = self.looked[past - 1].strip()
            if not line or _QUOTED.match(line):
                return 0
            said = f"{said} {line}".strip()
            if len(said) > _LONGEST:
                return 0
            if said.endswith(":"):
                address, time, year = _ADDRESS.search(said), _TIME.search(said), _YEAR.search(said)
                if _WROTE.fullmatch(said) and (address or time or year):
                    return past
                return past if self._marked(past) and (address or (time and year)) else 0
        return 0

    def _marked(self, at: int) -> bool:
        """Whether what follows is quoted line by line."""
        after = self._next(at)
        return after < len(self.looked) and bool(_QUOTED.match(self.looked[after]))

    def _next(self, at: int) -> int:
        """The next line that says something."""
        while at < len(self.looked) and not self.looked[at].strip():
            at += 1
        return at

    def _own(self) -> Own:
        below: dict[int, str] = {}
        texts: list[str] = []
        for lines, question in zip(self.blocks, self.under, strict=True):
            text = _unsigned(_above_name(lines, self.name, first=not texts))
            if text:
                texts.append(text)
                if question is not None:
                    below[question] = f"{below[question]}\n\n{text}" if question in below else text
        return Own("\n\n".join(texts), below)


def _name(text: str) -> list[str]:
    """The words of a name in the order of the alphabet, "Novak, Ana" and "Ana Novak" alike; none where it may be no name."""
    words = sorted(re.findall(r"[^\W\d_]+", folded(text)))
    return words if len(words) > 1 and not re.search("[0-9]", text) else []


def _above_name(lines: Sequence[str], name: Sequence[str], *, first: bool) -> Sequence[str]:
    """A block up to the writer's name on a line of its own, under which nothing but a signature stands.

    The `first` block does not begin with one: then the name is what they wrote.
    """
    filled = [at for at, line in enumerate(lines) if line.strip()]
    for at in filled[-_SIGNATURE_LINES - 1 :]:
        line = seen(lines[at])
        if name and not (first and at == filled[0]) and len(line) <= _SIGNATURE_LONGEST and _name(line) == name:
            below = [seen(lines[each]).strip() for each in filled if each > at]
            if not any(len(each) > _SIGNATURE_LONGEST or _POSTSCRIPT.match(each) for each in below):
                return lines[:at]
    return lines


def _unsigned(lines: Sequence[str]) -> str:
    """A block without empty lines around it and without what a telephone adds to it."""
    kept = list(lines)
    while kept:
        last = seen(kept[-1]).strip()
        if last and not (len(last) <= _DEVICE_LONGEST and _DEVICE.fullmatch(last.strip("*_<> "))):
            break
        kept.pop()
    while kept and not kept[0].strip():
        kept.pop(0)
    return "\n".join(kept).rstrip()
