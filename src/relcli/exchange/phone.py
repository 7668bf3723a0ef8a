"""Telephone numbers: read once, for every door; kept and compared in international form, shown in groups.

A number with a country is kept as E.164, `+34600000001`, an extension behind it: `+34600000001 ext. 12`. One without a country
is kept as it is written, for nobody can know where it rings.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

from relcli.domain.contact import Address, AddressKind
from relcli.domain.spelling import unquoted
from relcli.text import seen

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_TRUNK = re.compile(r"\(0\)")  # the nought that is dialled within the country alone
_TOO_SHORT, _SHORT, _TOO_LONG = 3, 6, 15  # digits: of a number, of one in a list, of any number in the world (E.164)
_SHORTENED = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE]\+?\d+")  # 3.46E+10
_POINT_NOUGHT = re.compile(r"\+?\d{5,}[.,]0+")  # 34600000001.0
_LINK = re.compile(r"^\s*(?:tel|sms|callto|fax):(?://)?", re.IGNORECASE)
_EXTENSION = re.compile(
    r"[\s,;]*(?:ext(?:ension|n)?|x|#|durchwahl|dw|anexo|poste|int|interno)\s*[:.=]?\s*(?P<extension>\d{1,7})\s*$", re.IGNORECASE
)
_LABEL = re.compile(r"^\s*[^\W\d_]{1,12}[.:]{1,2}\s*(?=[+(\d])")  # "Mobile: ", "Tel. "
_PARTS = re.compile(r"\s*(?:;|,| ::: |\n|\r|\s\|\s)\s*|\s*/\s*(?=\+)|\s+(?=\+\d)|(?<=\d)\s+/\s+(?=\d{3})")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")  # noqa: RUF001  # the dashes of word processors are meant


def phone_address(text: str, region: str | None) -> Address:
    """The one telephone number of a text; `region` (ISO 3166, `ES`) reads those without a country. Raises ValueError."""
    found = phone_addresses(text, region)
    if len(found) > 1:
        raise ValueError(f'"{seen(text)}" holds {len(found)} telephone numbers; write one')
    return found[0]


def phone_addresses(text: str, region: str | None) -> tuple[Address, ...]:
    """Every telephone number of a text that holds one, or a list divided by `;`, `,`, ` ::: `, a line end, or `/` before a `+`.

    Raises ValueError where a part is no number, where it is two grown together, and where a spreadsheet wrote it as `3.46E+10`,
    which has lost its last digits. `34600000001.0` has lost none, and is read.
    """
    parts = _divided(text)
    least = _TOO_SHORT if len(parts) == 1 else _SHORT
    found: dict[str, Address] = {}
    for address in (_address(part, region, least) for part in parts):
        found.setdefault(address.key, address)
    return tuple(found.values())


def phone_key(text: str, region: str | None) -> str:
    """What is compared: E.164 where the number is valid, else its digits with a leading + where it had one."""
    text = _plain(text)
    number = _valid(text, region)
    if number is not None:
        return _e164(number) + (f";ext={number.extension}" if number.extension else "")
    body, extension = _extended(text)
    return _digits(body) + (f";ext={extension}" if extension else "")


def shown(value: str) -> str:
    """A number as screens show it: in the groups of its country where it has one, else as it was written."""
    if not value.startswith("+"):
        return value
    import phonenumbers

    try:
        number = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        return value
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def has_country(address: Address) -> bool:
    """Whether it is known in which country a telephone number rings; True for any other address."""
    return address.kind is not AddressKind.PHONE or address.key.startswith("+")


def _divided(text: str) -> list[str]:
    """The parts of a list; an extension's mark divides nothing."""
    text = _LABEL.sub("", re.sub(r"\s*[;,]\s*(?=ext)", " ", text.translate(_FULL_WIDTH), flags=re.IGNORECASE))
    if _SHORTENED.fullmatch(seen(text)) or _POINT_NOUGHT.fullmatch(seen(text)):
        return [text]
    return [part for part in _PARTS.split(text) if part and seen(part)] or [text]


def _address(text: str, region: str | None, least: int) -> Address:
    plain = _plain(text)
    if _SHORTENED.fullmatch(plain):
        raise ValueError(f'"{plain}" has lost its last digits in a spreadsheet; make that column text there, and save it again')
    number = _valid(plain, region) or _valid(_TRUNK.sub("", plain), region)
    if number is not None:
        return Address(AddressKind.PHONE, _e164(number) + _behind(number.extension), phone_key(plain, region))
    body, extension = _extended(plain)
    digits = sum(c.isdigit() for c in body)
    if digits < least or ";" in plain or re.search(r"[^\W\d_]", body):
        raise ValueError(f'"{plain}" is not a telephone number')
    if digits > _TOO_LONG or body.count("+") > 1 or _two(body):
        raise ValueError(f'"{plain}" looks like two telephone numbers; write them apart, with ; between them')
    if body.lstrip(" (").startswith("+") and _impossible(body):
        raise ValueError(f'"{plain}" has too many or too few digits for a number of its country')
    known = _digits(body) if body.lstrip(" (").startswith("+") else body
    return Address(AddressKind.PHONE, known + _behind(extension), phone_key(plain, region))


def _impossible(body: str) -> bool:
    """Whether no number of that country has so many digits; a country that nobody knows has no such rule."""
    import phonenumbers

    try:
        return not phonenumbers.is_possible_number(phonenumbers.parse(_digits(body), None))
    except phonenumbers.NumberParseException:
        return False


def _two(body: str) -> bool:
    """Whether a whole number stands before a stroke: "600000001/2" may mean two."""
    before, stroke, after = body.partition("/")
    return bool(stroke) and sum(c.isdigit() for c in before) > _SHORT and sum(c.isdigit() for c in after) > 0


def _plain(text: str) -> str:
    """The text of one number without what cannot belong to it."""
    text = unquoted(seen(text.translate(_FULL_WIDTH).translate(_DASHES))).strip(" <>")
    if _LINK.match(text):
        text = seen(unquote(_LINK.sub("", text).partition("?")[0]))
    text = re.sub(r"\s*;\s*ext=", " ext. ", _LABEL.sub("", text), flags=re.IGNORECASE).strip(" .,;")
    text = "".join(c if c.isascii() or not c.isdecimal() else str(unicodedata.decimal(c)) for c in text)
    return re.split("[.,]", text)[0] if _POINT_NOUGHT.fullmatch(text) else text


def _valid(text: str, region: str | None) -> PhoneNumber | None:
    """The number as the library reads it, if it is one that is given out; 00 before a country stands for +."""
    import phonenumbers

    for form, where in [(text, region), *([("+" + text[2:], None)] if text.startswith("00") else [])]:
        try:
            number = phonenumbers.parse(form, where)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) and not re.search(r"[^\W\d_]{4}", _EXTENSION.sub("", form)):
            return number
    return None


def _e164(number: PhoneNumber) -> str:
    import phonenumbers

    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _extended(text: str) -> tuple[str, str]:
    """A number and its extension, which may be empty."""
    found = _EXTENSION.search(text)
    return (text[: found.start()], found["extension"]) if found else (text, "")


def _digits(body: str) -> str:
    return ("+" if body.lstrip(" (").startswith("+") else "") + re.sub(r"\D", "", body)


def _behind(extension: str | None) -> str:
    return f" ext. {extension}" if extension else ""
