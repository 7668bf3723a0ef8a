"""The order of day, month and year in numbers, and the refusal of what has no single reading."""

from __future__ import annotations

from enum import StrEnum


class Order(StrEnum):
    """Which of the numbers of a date comes first."""

    DMY = "DMY"
    MDY = "MDY"
    YMD = "YMD"


class UnclearDate(ValueError):
    """A text that names no day for certain; `hint` says what to write."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
