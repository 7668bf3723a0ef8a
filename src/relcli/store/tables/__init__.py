"""The tables of a book, a module for each noun: SQLModel as storage dialect, no methods, no relationships.

Table models do not validate, so every rule that must hold stands there as a named CHECK or key.
Days are whole numbers since 1970-01-01 (domain.moment.day_number), instants aware UTC, money whole
minor units. `batch_id` names the batch that last wrote the row. Ids are given by us (store.writing),
never reused, on both databases alike.
"""

from relcli.store.tables.batch import Batch, Change
from relcli.store.tables.book import Book, Counter
from relcli.store.tables.circumstance import Circumstance
from relcli.store.tables.contact import (
    Address,
    Alias,
    Contact,
    ContactName,
    ContactRole,
    ContactTag,
    Employment,
    ExternalId,
    Forgotten,
)
from relcli.store.tables.initiative import Enrolment, Initiative
from relcli.store.tables.interaction import Interaction, InteractionContact
from relcli.store.tables.invitation import Invitation
from relcli.store.tables.later import Later
from relcli.store.tables.mark import Origin, Removed
from relcli.store.tables.plan import Plan
from relcli.store.tables.preference import Preference
from relcli.store.tables.promise import Promise
from relcli.store.tables.referral import Referral
from relcli.store.tables.reminder import Reminder
from relcli.store.tables.response import Answer, Response
from relcli.store.tables.transaction import Transaction

__all__ = [
    "Address",
    "Alias",
    "Answer",
    "Batch",
    "Book",
    "Change",
    "Circumstance",
    "Contact",
    "ContactName",
    "ContactRole",
    "ContactTag",
    "Counter",
    "Employment",
    "Enrolment",
    "ExternalId",
    "Forgotten",
    "Initiative",
    "Interaction",
    "InteractionContact",
    "Invitation",
    "Later",
    "Origin",
    "Plan",
    "Preference",
    "Promise",
    "Referral",
    "Reminder",
    "Removed",
    "Response",
    "Transaction",
]
