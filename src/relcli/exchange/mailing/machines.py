"""What machines put around what somebody wrote: warnings of mail servers above it, footers of scanners below.

Only what is certain is taken away: known forms, and what stands in a box above the rest. What merely looks like a warning
stays, and `doubtful` says so; what several people's replies share is told by `ends_of`, for who sees them all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from relcli.text import folded

BOXED = "\ufdd0"  # begins a line that HTML shows in a box above everything else; no character
_TAG = re.compile(r"\s*[*_]*\[(?:ext|external(?: e-?mail| sender)?|extern\w*)\][*_]*[ \t:-]*", re.IGNORECASE)
_ALERT = (
    r"(?:caution|warning|warn\w*|attention|important|notice|alert|outside|external(?: e-?mail| sender| message)?|extern\w*"
    r"|achtung|vorsicht|warnung|hinweis|wichtig|atencion|precaucion|advertencia|aviso|importante|cuidado|correo externo"
    r"|avertissement|prudence|mise en garde|courriel externe|attenzione|let op|varning)"
)
_BEGINS = re.compile(rf"[^\w]*{_ALERT}\b", re.IGNORECASE)
_SHOUTS = re.compile(rf"[^\w]*{_ALERT}\W*(?:[:!*\]>-]|$)", re.IGNORECASE)
_TELLS = re.compile(
    r"\b(?:outside|external|originat\w+|beyond|sender|unknown|phishing|suspicious|safe|trust\w*|links?|attachments?|click\w*"
    r"|ausserhalb|extern\w*|absender\w*|stammt|anhang\w*|anlagen?|klick\w*|unbekannt\w*|verdachtig\w*"
    r"|fuera|remitente|externo|procede|proviene|enlaces?|adjuntos?|desconocid\w+|sospechos\w+|clic"
    r"|exterieur|externe|expediteur|provient|liens?|pieces? jointes?|inconnu\w*|cliquez"
    r"|mittente|allegati|afzender|bijlagen?|avsandare\w*)\b"
)
_TELLING = 2  # of those words, after an alert
_PLAIN = re.compile(
    r"[^\w]*(?:"
    r"(?:this|the) (?:e-?mail|message|mail) (?:has |was |is |had )?(?:originat\w+|c[ao]me|been sent|sent|received|from)[^.]*"
    r"\b(?:outside|external|beyond)"
    r"|(?:e-?mail|message) from (?:an )?(?:external|outside)"
    r"|you (?:don't|do not|rarely|have not|haven't) (?:often |usually |previously )?(?:get|receive|received)\b[^.]*\b(?:e-?mail|from)"
    r"|(?:some people who received this message|first[- ]time sender|be careful with this message|do not click)"
    r"|diese (?:e-?mail|nachricht|mail) (?:stammt|kommt|kam|wurde|ist)[^.]*\b(?:ausserhalb|extern\w*|aussen)"
    r"|sie (?:erhalten|bekommen) (?:nicht (?:haufig|oft)|selten)\b[^.]*\be-?mail|(?:klicken|offnen) sie (?:keine|nicht)"
    r"|est[ea] (?:correo|mensaje|e-?mail)\b[^.]*\b(?:fuera|extern\w+|exterior)"
    r"|no (?:suele|sueles|acostumbra)\b[^.]*\bcorreo|no haga clic"
    r"|ce(?:t)? (?:message|courriel|e-?mail|mail)\b[^.]*\b(?:exterieur|externe|hors)"
    r"|vous (?:ne recevez|n'obtenez|n'avez) pas (?:souvent|recu)\b|ne cliquez"
    r")"
)
_FOOTER = re.compile(
    r"[^\w]*(?:"
    r"(?:this (?:e-?mail|message) (?:has been|was|is)|diese (?:e-?mail|nachricht) wurde|este (?:correo|mensaje|e-?mail) (?:ha sido|fue)"
    r"|ce(?:t)? (?:message|courriel|e-?mail|mail) a ete)\b[^.]*\b(?:virus\w*|viren|malware|spam|scanned|checked|gepruft|analizado|verifie|analyse)"
    r"|(?:virus[- ]free|virenfrei|libre de virus|sin virus|garanti sans virus|sans virus)\b"
    r"|(?:scanned|checked|protected|gescannt|gepruft|geschutzt|analizado|analyse) (?:by|with|for|von|mit|durch|auf|por|con|par)\b"
    r"|no virus(?:es)? (?:found|detected)|(?:www\.)?(?:avast|avg)\.com"
    r"|(?:confidentiality|privacy|legal) (?:notice|disclaimer)|disclaimer\b|vertraulichkeitshinweis|aviso (?:legal|de confidencialidad)"
    r"|avis de confidentialite"
    r"|(?:this (?:e-?mail|message)|diese (?:e-?mail|nachricht)|este (?:correo|mensaje)|ce (?:message|courriel))\b.{0,120}"
    r"\b(?:confidential|vertraulich\w*|confidencial\w*|confidentiel\w*|intended (?:only|solely|recipient))"
    r"|(?:please )?(?:consider|think (?:of|about)) the environment|bitte (?:denken|prufen) sie\b.*\bdruck"
    r")",
)
_RULER = re.compile(r"\s*([*=#~_+-])\1{4,}\s*")
_BOX_LINES, _BANNER_LINES, _LONGEST = 12, 40, 1000
_FOOTER_LINES = 12
_SHARED_LETTERS = 25  # of a paragraph that several people do not write alike by chance


def without_machines(lines: Sequence[str]) -> list[str]:
    """The lines without what machines put above and below; all of them, unmarked, where nothing else would be left."""
    left = list(lines)
    boxed = next((at for at, line in enumerate(left) if line.strip() and not line.startswith(BOXED)), len(left))
    if any(line.startswith(BOXED) for line in left[:boxed]) and boxed < len(left):
        left = left[boxed:]
    left = [line.removeprefix(BOXED) for line in left]
    while (past := _past_banner(left)) and any(line.strip() for line in left[past:]):
        left = left[past:]
    first = next((at for at, line in enumerate(left) if line.strip()), None)
    if first is not None and (tag := _TAG.match(left[first])):
        left[first] = left[first][tag.end() :]
    end = _footer(left)
    return left[:end] if any(line.strip() for line in left[:end]) else left


def doubtful(text: str) -> bool:
    """Whether a text begins as warnings do, and may yet be somebody's own words."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return len(first.split()) > 1 and bool(_SHOUTS.match(folded(first)))


def ends_of(text: str) -> tuple[str, ...]:
    """The first and the last paragraph of a text that has more, as they are compared; only those that are long enough."""
    paragraphs = re.split(r"\n[ \t]*\n", text.strip())
    ends = {_compared(paragraphs[0]), _compared(paragraphs[-1])} if len(paragraphs) > 1 else set()
    return tuple(sorted(each for each in ends if len(each) >= _SHARED_LETTERS))


def without_shared(text: str, shared: frozenset[str]) -> str:
    """The text without its first and last paragraphs that are among these, as `ends_of` gives them."""
    paragraphs = re.split(r"\n[ \t]*\n", text.strip())
    while len(paragraphs) > 1 and _compared(paragraphs[0]) in shared:
        paragraphs.pop(0)
    while len(paragraphs) > 1 and _compared(paragraphs[-1]) in shared:
        paragraphs.pop()
    return "\n\n".join(paragraphs)


def _compared(paragraph: str) -> str:
    return "".join(c for c in folded(paragraph) if c.isalnum())


def _past_banner(lines: Sequence[str]) -> int:
    """The line after a warning at the top; 0 where there is none for certain."""
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines):
        return 0
    if _RULER.fullmatch(lines[first]):
        inside = range(first + 1, min(first + _BOX_LINES, len(lines)))
        end = next((at for at in inside if _RULER.fullmatch(lines[at])), 0)
        said = "\n".join(lines[first + 1 : end])
        return end + 1 if end and (_warns(said) or _footer_begins(said)) else 0
    end = first
    while (
        end < min(len(lines), first + _BANNER_LINES)
        and lines[end].strip()
        and not (end > first and re.match(r"\W*\d", lines[end]))
    ):
        end += 1
    while end > first and not _warns("\n".join(lines[first:end])):
        end -= 1
    tells = [at for at in range(first, end) if _TELLS.search(folded(lines[at])) or _BEGINS.match(folded(lines[at]))]
    if end == first:
        return 0
    last = tells[-1] if tells else first
    while last + 1 < end and not re.search(r"[.!?:)\]*>]\W*$", lines[last]):  # a sentence goes on in the next line
        last += 1
    return last + 1


def _warns(text: str) -> bool:
    plain = folded(" ".join(text[:_LONGEST].split()))
    return bool(_PLAIN.match(plain)) or (bool(_BEGINS.match(plain)) and len({*_TELLS.findall(plain)}) >= _TELLING)


def _footer_begins(text: str) -> bool:
    return bool(_FOOTER.match(folded(" ".join(text[:_LONGEST].split()))))


def _footer(lines: Sequence[str]) -> int:
    """The line on which the footer of a machine begins, the number of lines where there is none."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    for at in filled[-_FOOTER_LINES:]:
        begins = at == 0 or not lines[at - 1].strip() or bool(_RULER.fullmatch(lines[at - 1]))
        if begins and _footer_begins("\n".join(lines[at : at + 4])):
            end = at
            while end and (not lines[end - 1].strip() or _RULER.fullmatch(lines[end - 1])):
                end -= 1
            return end
    return len(lines)
