"""How far a message proves whose it is. Anybody can write any address into its From line, and any date."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum


class Proof(IntEnum):
    """The more, the better proven."""

    DENIED = 0  # a mail server found that the sender is another: it never counts
    CLAIMED = 1  # it says so, and that is all
    GIVEN = 2


def proof(*, token: bool, theirs: Sequence[bool], anonymous: bool, denied: str) -> Proof:
    """The proof of one message.

    `token`: it bears that of an invitation; `theirs` says of each address that it is from whether that is one of the invited
    contact; `anonymous`: it is the form of nobody, from nobody we know, and counts as nobody's. `denied` is what a mail
    server found wrong with the sender.
    """
    if denied:
        return Proof.DENIED
    if anonymous:
        return Proof.GIVEN
    return Proof.GIVEN if token and len(theirs) == 1 and theirs[0] else Proof.CLAIMED
