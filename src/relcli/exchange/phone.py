"""Telephone numbers: kept as typed, compared in international form."""

from __future__ import annotations

import re

from relcli.domain.contact import Address, AddressKind

_TOO_SHORT = 3


def phone_address(text: str, region: str | None) -> Address:
    """A telephone number; `region` (ISO 3166, `ES`) reads those without a country. Raises ValueError."""
    key = phone_key(text, region)
    if len(key) < _TOO_SHORT or ";" in text:
        raise ValueError(f'"{text}" is not a telephone number')
    return Address(AddressKind.PHONE, text, key)


def phone_key(text: str, region: str | None) -> str:
    """What is compared: E.164 where the number is valid, else its digits with a leading + where it had one."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text, region)
        if phonenumbers.is_valid_number(number):
            plain = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
            return f"{plain};ext={number.extension}" if number.extension else plain
    except phonenumbers.NumberParseException:
        pass
    return ("+" if text.lstrip(" (").startswith("+") else "") + re.sub(r"\D", "", text)
