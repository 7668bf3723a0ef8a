# ruff: noqa: INP001  # Alembic loads this by its path
"""How Alembic runs our revisions: on the connection it is given, all of them in the transaction that is open."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=True,
    transaction_per_migration=False,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
