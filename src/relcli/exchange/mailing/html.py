"""What a mail in HTML shows, as lines of text; what it quotes begins with `>`, as in plain mail.

Tags are found by one expression, in time that grows with the text and no faster. The standard library's parser of the
older Pythons we run on takes minutes for a few hundred kilobytes of unclosed comments or attributes, and mail is written
by strangers. No tree is needed: what is quoted is told by the marks of the mail programs, whoever takes the tags apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from relcli.exchange.mailing.machines import BOXED

ORIGINAL = "-----Original Message-----"  # stands where a mail program marks the rest as another's
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "select", "object", "iframe"})
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr html li main"
    " nav ol p pre section table tbody tfoot thead tr ul".split()
)
_APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"})
_GONE = frozenset(
    "gmail_attr gmail_signature gmail_signature_prefix moz-cite-prefix moz-signature moz-txt-sig applemailsignature"
    " ms-outlook-mobile-signature signature x_signature x_gmail_signature x_moz-cite-prefix x_gmail_attr"
    " protonmail_signature_block".split()
)
_QUOTES = frozenset("yahoo_quoted moz-forward-container tutanota_quote gmx_quote zmail_extra".split())
_ORIGINALS = frozenset(
    "divrplyfwdmsg x_divrplyfwdmsg appendonsend x_appendonsend mail-editor-reference-message-container"
    " ms-outlook-mobile-body-separator-line olk_src_body_section".split()
)
_BOX = re.compile(
    r"\b(?:background(?:-color)?|border(?:-(?:left|right|top|bottom|color))?)\s*:\s*"
    r"(?!\s*(?:none|0|inherit|initial|unset|transparent|white\b|#fff(?:fff)?\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\)|medium none|currentcolor))"
    r"[^;]+",
    re.IGNORECASE,
)
_NO_BOX = frozenset({"", "0", "white", "#fff", "#ffffff", "transparent"})
_BOXES = frozenset({"table", "tr", "td", "th", "div", "p", "section", "aside", "center", "header"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNSEEN = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)", re.DOTALL)
_TAG = re.compile(r"""<(/?)([A-Za-z][^\s<>/]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*|[^<>]*)>""")
_ATTRIBUTE = re.compile(
    r"""(?<![\w-])(class|id|name|style|start|bgcolor|border)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE
)
_ATTRIBUTES_LONGEST = 4000
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_DEEPEST = 20  # marks before a line that is quoted again and again
_LONGEST = 2_000_000  # characters of HTML; what somebody wrote stands at its beginning


def text_of(html: str) -> str:
    """The lines of text that the HTML shows. It never fails."""
    reader, at = _Reader(), 0
    seen = _UNSEEN.sub("", html[:_LONGEST])
    for tag in _TAG.finditer(seen):
        reader.show(_unescaped(seen[at : tag.start()]))
        if tag[1]:
            reader.close(tag[2].lower())
        else:
            reader.open(tag[2].lower(), _attributes(tag[3]))
        at = tag.end()
    reader.show(_unescaped(seen[at:]))
    return reader.text()


def _attributes(text: str) -> Mapping[str, str]:
    """The attributes that concern us."""
    found = _ATTRIBUTE.finditer(text[:_ATTRIBUTES_LONGEST])
    return {each[1].lower(): _unescaped(each[2] or each[3] or each[4] or "") for each in found}


def _unescaped(text: str) -> str:
    try:
        return unescape(text)
    except ValueError:  # a character's number with thousands of digits
        return text


def _boxed(named: Mapping[str, str]) -> bool:
    """Whether an element has a colour of its own behind it, or a line around it."""
    plain = named.get("bgcolor", "").lower() in _NO_BOX and named.get("border", "").lower() in _NO_BOX
    return not plain or bool(_BOX.search(named.get("style", "")))


class _Reader:
    """The lines that are shown, as tags open and close."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line = ""
        self._depth = 0  # of quotes
        self._silent = 0  # elements around us that show nothing
        self._kept = 0  # elements around us in which blanks and line ends stay as they are
        self._boxes = 0  # elements around us that stand in a box
        self._above = True  # nothing was shown yet outside of one
        self._lists: list[int] = []  # the numbers of the lists around us, -1 for one without numbers
        self._open: list[tuple[str, str]] = []  # elements around us: tag, what ends with it
        self._opened: dict[str, int] = {}

    def text(self) -> str:
        """All lines so far."""
        self._break()
        return "\n".join(self._lines)

    def open(self, tag: str, named: Mapping[str, str]) -> None:
        """A tag begins an element, with these attributes."""
        marks = set(f"{named.get('class', '')} {named.get('id', '')}".lower().split())
        if tag == "br":
            self._break(always=True)
        elif tag in _BLOCKS:
            self._break()
            self._space(tag)
        if marks & _ORIGINALS and not self._silent:
            self._break()
            self._add(ORIGINAL)
            self._break()
        if tag == "li" and self._lists and self._lists[-1] >= 0:
            self._lists[-1] += 1
            self._add(f"{self._lists[-1]}. ")
        if tag in _VOID:
            return
        ends = ""
        if tag in _SILENT or marks & _GONE or _HIDDEN.search(named.get("style", "")):
            ends = "silence"
            self._silent += 1
        elif self._above and not self._depth and tag in _BOXES and _boxed(named):
            ends = "box"
            self._boxes += 1
        elif tag == "blockquote" or marks & _QUOTES or (tag == "div" and named.get("name", "").lower() == "quote"):
            ends = "quote"
            self._depth += 1
        elif tag == "pre":
            ends = "kept"
            self._kept += 1
        elif tag in {"ol", "ul"}:
            ends = "list"
            start = named.get("start", "1")
            self._lists.append((int(start) if re.fullmatch("[0-9]{1,4}", start) else 1) - 1 if tag == "ol" else -1)
        self._open.append((tag, ends))
        self._opened[tag] = self._opened.get(tag, 0) + 1

    def close(self, tag: str) -> None:
        """A tag ends an element, and those in it which were left open."""
        if not self._opened.get(tag):
            return
        if tag in _BLOCKS:
            self._break()
        while self._open:
            name, ends = self._open.pop()
            self._opened[name] -= 1
            if ends == "silence":
                self._silent -= 1
            elif ends == "box":
                self._break()
                self._boxes -= 1
            elif ends == "quote":
                self._break()
                self._depth -= 1
            elif ends == "kept":
                self._kept -= 1
            elif ends == "list":
                self._lists.pop()
            if name == tag:
                break
        self._space(tag)

    def show(self, data: str) -> None:
        """Text stands between tags."""
        if self._silent or not data:
            return
        if not self._kept:
            self._add(_BLANKS.sub(" ", data))
            return
        first, *others = data.replace("\r\n", "\n").split("\n")
        self._add(first)
        for line in others:
            self._break(always=True)
            self._add(line)

    def _add(self, text: str) -> None:
        if not self._silent:
            self._line += text.lstrip(" ") if not self._line and not self._kept else text

    def _break(self, *, always: bool = False) -> None:
        """End the line; `always` also an empty one."""
        if (self._line.strip() or always) and not self._silent:
            boxed = self._boxes and self._above and not self._depth
            self._above = self._above and (bool(boxed) or not self._line.strip())
            self._lines.append((BOXED if boxed else self._marks() + (" " if self._depth else "")) + self._line.rstrip())
        self._line = ""

    def _space(self, tag: str) -> None:
        """An empty line before and after what stands apart."""
        if tag in _APART and self._lines and self._lines[-1].strip("> ") and not self._silent:
            self._lines.append(self._marks())

    def _marks(self) -> str:
        return ">" * min(self._depth, _DEEPEST)
