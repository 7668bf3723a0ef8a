"""Text at the border: cleaned on the way in, folded for finding, made safe on the way to a screen."""

from __future__ import annotations

import re
import shlex
import unicodedata

# Letters that NFKD does not take apart, so that "lukasz" finds Łukasz.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss", "ħ": "h"})
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_NOT_PASTED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
_BREAKS = frozenset("\u2028\u2029")
_FILLERS = dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"), " ")  # letters and signs by name, blanks to the eye
_JOINERS = "\u200c\u200d"
_KEPT, _QUOTED_MOST, _WORD_MOST, _MESSAGE_MOST = 60, 160, 4096, 8192  # characters; a path is a word
_LONG_QUOTED = re.compile(rf'(")([^"]{{{_QUOTED_MOST},}})(")|(“)([^“”]{{{_QUOTED_MOST},}})(”)')
_LONG_WORD = re.compile(rf"(?<!\S)\S{{{_WORD_MOST},}}")
_EXPANDED = frozenset('"$`\\!')  # what a shell reads inside double quotes


def safe(text: str, *, lines: bool = False) -> str:
    r"""The text with everything that could steer a terminal made visible.

    Controls (C0, C1, DEL) become ``\x1b``, bidirectional marks, line and paragraph separators and
    lone surrogates ``\u202e``. With `lines`, line feeds and tabs stay. Every screen, prompt, log
    and error line goes through here; csv, json and other formats do not.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if _harmless(c, lines=lines) else _visible(c) for c in text)


def shortened(text: str) -> str:
    """A message in which what was typed or read is cut to what still says which it is: quoted texts, words without end, the whole."""
    if len(text) <= _QUOTED_MOST:
        return text
    text = _LONG_QUOTED.sub(lambda found: f"{found[1] or found[4]}{(found[2] or found[5])[:_KEPT]}…{found[3] or found[6]}", text)
    text = _LONG_WORD.sub(lambda found: f"{found[0][:_KEPT]}…", text)
    return text if len(text) <= _MESSAGE_MOST else f"{text[:_MESSAGE_MOST]}…"


def folded(text: str) -> str:
    """The form in which texts are compared: no case, no accents, no special letters."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    return "".join(c for c in plain if not unicodedata.combining(c))


def one_line(text: str) -> str:
    """A name or another short text as it is stored: NFC, outer and repeated blanks gone, no line breaks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def seen(text: str) -> str:
    """A short text as `one_line` gives it, without what cannot be seen: controls, format characters, blanks that pass for letters.

    A NUL stays, for it is refused. Of the format characters (category Cf, and U+034F) a joiner stays between letters of a script that needs it (Persian,
    Hindi) and between the parts of a joined sign.
    """
    if text.isascii() and text.isprintable():
        return one_line(text)
    text = text.translate(_FILLERS)
    return one_line("".join(c for place, c in enumerate(text) if not _unseen(text, place)))


def many_lines(text: str) -> str:
    """A note or summary as it is stored: NFC, line ends as LF, outer blanks gone."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def storable(text: str) -> bool:
    """Whether both databases can hold the text: no NUL, no lone surrogates."""
    return _UNSTORABLE.search(text) is None


def quoted(text: str, otherwise: str = "NAME") -> str:
    """The text in quotation marks, as one word of a shell in a command that is suggested.

    `otherwise` stands for what cannot be pasted: controls and what is invisible, and what would be read as an option.
    """
    if not text or text[0] == "-" or not _pasted(text):
        return otherwise
    return shlex.quote(text) if _EXPANDED & set(text) else f'"{text}"'


def as_word(text: str, otherwise: str = "FILE") -> str:
    """The same for paths and ids: in quotation marks only where a shell needs them."""
    return shlex.quote(text) if text and text[0] != "-" and _pasted(text) else otherwise


def _pasted(text: str) -> bool:
    """Whether a text comes back the same when it is copied from a screen."""
    return all(c == " " or unicodedata.category(c) not in _NOT_PASTED for c in text)


def _harmless(c: str, *, lines: bool) -> bool:
    if c in "\n\t":
        return lines
    if c in _BIDI or c in _BREAKS:
        return False
    return unicodedata.category(c) not in {"Cc", "Cs"}


def _visible(c: str) -> str:
    if c == "\n":
        return " "
    code = ord(c)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _unseen(text: str, place: int) -> bool:
    c = text[place]
    if c in _JOINERS and 0 < place < len(text) - 1:
        return not (_joinable(text[place - 1]) and _joinable(text[place + 1]))
    kind = unicodedata.category(c)
    return kind == "Cf" or c == "\u034f" or (kind == "Cc" and c != "\0" and not c.isspace())


def _joinable(c: str) -> bool:
    """Whether a joiner beside it can mean something: a sign, or a letter or mark of a script after Cyrillic and Hebrew."""
    kind = unicodedata.category(c)
    return kind in {"So", "Sk"} or c == "\ufe0f" or (c >= "\u0600" and not "\u1e00" <= c <= "\u1fff" and kind[0] in "LM")
