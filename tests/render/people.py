"""Invented people and what happened between us, for the tests of what is shown."""

from __future__ import annotations

from datetime import UTC, date, datetime

from relcli.domain.batch import Batch
from relcli.domain.contact import Address, AddressKind, Contact, ExternalId, Kind
from relcli.domain.interaction import Direction, Interaction, Purpose
from relcli.domain.moment import Moment
from relcli.domain.money import Money
from relcli.domain.promise import Promise, PromiseKind, Side
from relcli.domain.transaction import Transaction, TransactionKind

SINCE = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DAY = Moment(date(2026, 5, 5))
EVENING = Moment(date(2026, 5, 6), datetime(2026, 5, 6, 15, 30, tzinfo=UTC), "Europe/Madrid")  # half past five there
ABROAD = Moment(date(2026, 5, 7), datetime(2026, 5, 7, 3, 15, tzinfo=UTC), "-07:00")  # the evening before, there
ANA = Contact(
    1, "c_aaaaaaaa", "Ana Ruiz", SINCE, Kind.PERSON, ("customer", "partner"),
    (
        Address(AddressKind.EMAIL, "ana@example.org", "ana@example.org"),
        Address(AddressKind.EMAIL, "ruiz@example.org", "ruiz@example.org"),
        Address(AddressKind.PHONE, "600 000 001", "+34600000001"),
        Address(AddressKind.HANDLE, "@ana", "ana"),
    ),
    ("florist", "regular"), "c_bbbbbbbb", None, "es", "Europe/Madrid", "--04-12", "likes\nalbums", date(2026, 6, 1),
    (ExternalId("shop", "77"), ExternalId("crm", "A-1")),
)  # fmt: skip
BO = Contact(2, "c_bbbbbbbb", "Bo", SINCE)
NAMES = {ANA.id: ANA.name, BO.id: BO.name}
CALL = Interaction(12, EVENING, "phone", Direction.IN, (ANA.id, BO.id), "about the album", 5, 1, Purpose.ORDER, "crm", "9")
BARE = Interaction(13, DAY, "email", Direction.OUT, (BO.id,))
SALE = Transaction(7, EVENING, ANA.id, TransactionKind.SALE, Money(48000, "EUR"), "wedding album", "shop", "o-1")
BARE_REFUND = Transaction(8, DAY, BO.id, TransactionKind.REFUND, Money(1250, "XXX"))
OWED = Promise(3, ANA.id, Side.US, PromiseKind.COMPLAINT, "scratched print", date(2026, 5, 5), date(2026, 5, 12))
BATCH = Batch(4, SINCE, "tester", "log-interaction", 3)
