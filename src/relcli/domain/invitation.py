"""Invitations to a survey: the token by which an answer finds back."""

from __future__ import annotations

import re

TOKEN = re.compile(r"\br-[0-9a-hjkmnp-tv-z]{10}\b", re.IGNORECASE)


def tokens_in(text: str) -> tuple[str, ...]:
    """The tokens in a text, in small letters, each once, in their order."""
    return tuple(dict.fromkeys(token.lower() for token in TOKEN.findall(text)))
