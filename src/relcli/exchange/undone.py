"""Rows that say of themselves that they did not happen: a cancelled order is no sale, a missed appointment no meeting.

Looked at are only columns that nothing else takes; what such a row says is refused with its line, never taken for a fact.
"""

from __future__ import annotations

import re
import unicodedata

_TITLES = frozenset(
    "status state paymentstatus financialstatus orderstatus invoicestatus transactionstatus bookingstatus appointmentstatus zustand "
    "zahlungsstatus bestellstatus auftragsstatus rechnungsstatus estado estadodelpago estadodelpedido statut etat statutdupaiement stato".split()
)
_WORDS = frozenset(
    "failed failure void voided cancelled canceled cancellation declined denied rejected expired pending draft uncaptured unpaid reversed "
    "abandoned onhold noshow tentative authorized authorised authorization authorisation "
    "storniert abgebrochen abgelehnt fehlgeschlagen ausstehend offen entwurf unbezahlt abgesagt "
    "cancelado cancelada anulado anulada rechazado rechazada pendiente fallido fallida borrador "
    "annule annulee refuse refusee echoue echouee enattente brouillon annullato annullata rifiutato insospeso".split()
)


def says_undone(title: str, cell: str) -> bool:
    """Whether a cell under this title says that what its row tells of did not happen, or not yet."""
    return _plain(title) in _TITLES and _plain(cell) in _WORDS


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^a-z]", "", letters)
