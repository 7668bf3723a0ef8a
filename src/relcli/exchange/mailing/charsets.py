"""What a charset's label means in mail: as the WHATWG Encoding Standard has it, the wider set where a label names a narrower.

What cannot be read is U+FFFD, never a letter that somebody might have written.
"""

from __future__ import annotations

import codecs
import re

UNREAD = "\ufffd"
_NEVER = frozenset({"unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined", "mbcs", "oem", "utf-7", "charmap"})
_WESTERN = frozenset({"cp1252", "iso8859-15"})  # what programs call UTF-8 that know no better
# Labels that Python does not know, or takes for another set. Compared without case, blanks, quotes, `-`, `_`, `.` and `:`.
_MEANT = {
    codec: frozenset(labels.split())
    for codec, labels in {
        "utf-8": "unicode11utf8 unicode20utf8 xunicode20utf8 utf8mb4 utf8",
        "utf-16-le": "csunicode iso10646ucs2 ucs2 unicode unicodefeff utf16le",
        "utf-16-be": "unicodefffe utf16be",
        "iso8859-6": "iso88596e iso88596i csiso88596e csiso88596i asmo708 ecma114",
        "iso8859-7": "suneugreek ecma118 elot928",
        "iso8859-8": "iso88598i iso88598e csiso88598i csiso88598e logical visual",
        "iso8859-15": "csisolatin9 latin9 l9",
        "cp866": "ibm866 866 csibm866",
        "koi8-r": "koi koi8 koi8r cskoi8r",
        "koi8-u": "koi8ru koi8u",
        "mac-roman": "mac macintosh xmacroman csmacintosh",
        "mac-cyrillic": "xmaccyrillic xmacukrainian",
        "cp874": "dos874 iso885911 iso8859-11 tis620 windows874",
        "cp1252": "ansix341968 ascii usascii iso646us iso88591 isoir100 l1 latin1 latin csisolatin1 cp819 ibm819 iso885911987 xcp1252",
        "cp1254": "iso88599 iso885991989 isoir148 l5 latin5 csisolatin5 xcp1254",
        "cp932": "shiftjis sjis xsjis ms932 mskanji csshiftjis windows31j xmssjis",
        "gb18030": "gb2312 gb231280 gbk xgbk cp936 ms936 chinese csgb2312 csiso58gb231280 isoir58 gb18030 euccn",
        "cp949": "euckr cseuckr csksc56011987 isoir149 korean ksc5601 ksc56011987 ksc56011989 windows949 uhc ksc56011992",
        "big5hkscs": "big5 big5hkscs cnbig5 csbig5 xxbig5",
        "euc-jp": "xeucjp cseucpkdfmtjapanese",
        "iso2022-jp": "csiso2022jp",
    }.items()
}
_BY_LABEL = {label: codec for codec, labels in _MEANT.items() for label in labels}
_WINDOWS = re.compile(r"(?:x?cp|x?windows|win|ms|we8mswin|ibm|ansi)(125[0-8])")
_OWN_USE = re.compile("[\ue000-\uf8ff]")  # what the sets of East Asia give for bytes that mean nothing
_NUMBERED = re.compile(r"iso8859(1[03-6]|[2-8])")
_BETWEEN = re.compile(r"[\s\"'_.:()-]+")


def decoded(data: bytes, charset: str) -> str:
    """The text in these bytes: as the label says; where they do not fit it, or it says nothing, as UTF-8 if they are that.

    Else every byte beyond ASCII is U+FFFD. UTF-8 that is labelled as Western is read as UTF-8: it is that by no accident.
    """
    codec = codec_of(charset)
    if codec and codec not in _WESTERN:
        try:
            return _OWN_USE.sub(UNREAD, data.decode(codec))
        except (UnicodeError, LookupError):
            pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode(codec if codec in _WESTERN else "ascii")
    except UnicodeError:
        return data.decode(codec if codec in _WESTERN else "ascii", "replace")


def codec_of(label: str) -> str:
    """Python's name for what a label means; empty for one that means nothing."""
    plain = _BETWEEN.sub("", label.lower())
    if found := _BY_LABEL.get(plain):
        return found
    if numbered := _NUMBERED.fullmatch(plain):
        return f"iso8859-{numbered[1]}"
    if windows := _WINDOWS.fullmatch(plain):
        return f"cp{windows[1]}"
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return ""
    if name.replace("_", "-") in _NEVER:
        return ""
    return _BY_LABEL.get(_BETWEEN.sub("", name), name)
