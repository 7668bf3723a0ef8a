"""An address that several have: what one of them asked for it binds all, for it rings or lands where they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcli.domain.consent import Touch, broken
from relcli.domain.contact import REACHED_AT, Address, AddressKind
from relcli.domain.moment import zone_of
from relcli.domain.preference import Preference, PreferenceKind, Source, Wishes, wishes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

K = PreferenceKind
ABOUT_AN_ADDRESS = (K.DO_NOT_CONTACT, K.DO_NOT_CONTACT_BY, K.NOT_CHANNEL, K.HOURS)


@dataclass(frozen=True, slots=True)
class Sharer:
    """Somebody else who has an address, what they want, and the zone they are in."""

    name: str
    zone: str
    preferences: tuple[Preference, ...]


@dataclass(frozen=True, slots=True)
class Objection:
    """A wish about an address against a touch by it, and who of those who share it has the wish."""

    address: Address
    sharer: Sharer
    wish: Preference

    @property
    def refuses(self) -> bool:
        """Whether it refuses the touch, as stated wishes and every do-not-contact do; else it only warns."""
        return self.wish.shuts or self.wish.source is Source.STATED


def objections(
    addresses: Iterable[Address], shared: Mapping[tuple[AddressKind, str], tuple[Sharer, ...]], own: Wishes, touch: Touch
) -> dict[Address, Objection | None]:
    """For each address that the channel can go to, the preferred first, the gravest that a sharer has against the touch.

    Whoever asked for the channel themselves later than the sharer asked to be spared it may be reached by it.
    """
    kind = REACHED_AT.get(touch.channel)
    asked_for = own.channels.get(touch.channel)
    invites = asked_for if asked_for and asked_for.kind is K.CHANNEL and asked_for.source is Source.STATED else None
    found: dict[Address, Objection | None] = {}
    for address in addresses:
        if address.kind is kind:
            against = [
                Objection(address, sharer, wish)
                for sharer in shared.get((address.kind, address.key), ())
                for wish in _about_it(sharer, touch)
                if invites is None or not _later(invites, wish)
            ]
            found[address] = min(against, key=lambda one: not one.refuses, default=None)
    return found


def _about_it(sharer: Sharer, touch: Touch) -> Iterable[Preference]:
    """The wishes of somebody that a touch by their address breaks."""
    theirs = wishes(sharer.preferences, touch.moment)
    barring = theirs.do_not_contact or theirs.barred.get(touch.channel)
    if barring is not None:
        yield barring
    unwanted = {channel: wish for channel, wish in theirs.channels.items() if wish.kind is K.NOT_CHANNEL}
    yield from broken(Wishes(hours=theirs.hours, channels=unwanted), touch, zone_of(sharer.zone))


def _later(one: Preference, other: Preference) -> bool:
    return other.when.before(one.when) or (one.when.day == other.when.day and one.number > other.number)
