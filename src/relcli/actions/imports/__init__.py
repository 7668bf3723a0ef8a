"""Files brought in: contacts, interactions, transactions. All rows are judged first, then written in one batch."""
