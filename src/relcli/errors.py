"""Everything that can go wrong for a user: what happened, what to do, and the exit code.

The codes are public (docs/reference/exit-codes.md) and follow sysexits from 64 up.
A message says what failed and what was given; a hint says what to do next.
"""

from __future__ import annotations


class RelcliError(Exception):
    """The root: one or two lines for the user and a process exit code."""

    code = 70

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    @property
    def kind(self) -> str:
        """The class name in words, `contact-not-found`: the stable name in JSON."""
        name = type(self).__name__
        return "".join("-" + c.lower() if c.isupper() else c for c in name).lstrip("-")


class CheckFailed(RelcliError):
    """A check the user asked for found something."""

    code = 1


class Misused(RelcliError):
    """The command line says something that cannot be meant."""

    code = 2


class NotFound(RelcliError):
    """Nothing answers to this reference."""

    code = 3


class Ambiguous(RelcliError):
    """Several records answer, or two wishes cannot both be met."""

    code = 4


class Refused(RelcliError):
    """Their wish, or the missing confirmation, forbids it."""

    code = 5


class InputRefused(RelcliError):
    """The data given is not acceptable; nothing was written."""

    code = 65


class InputMissing(RelcliError):
    """There is no such input file or book."""

    code = 66


class BookMissing(InputMissing):
    """There is no book here yet."""


class ServerUnreachable(RelcliError):
    """The database server does not answer."""

    code = 69


class CannotCreate(RelcliError):
    """The output cannot be made here."""

    code = 73


class OutputFailed(RelcliError):
    """Reading or writing failed under way: full disk, broken device, closed stream."""

    code = 74


class Busy(RelcliError):
    """Somebody else holds the book."""

    code = 75


class NotABook(RelcliError):
    """Not a book of ours, damaged, or made by a newer program."""

    code = 76


class Denied(RelcliError):
    """The operating system does not permit it."""

    code = 77


class BadConfiguration(RelcliError):
    """The settings, or what is installed, do not allow it."""

    code = 78
