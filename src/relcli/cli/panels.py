"""The panels of the help, in their order."""

from __future__ import annotations

EVERY_DAY = "Every day"
PEOPLE = "People and promises"
ASK = "Ask and plan"
IN_OUT = "In and out"
BOOK = "The book"
PANELS = (EVERY_DAY, PEOPLE, ASK, IN_OUT, BOOK)
