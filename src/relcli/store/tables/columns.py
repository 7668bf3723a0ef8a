"""What the columns of several tables have in common."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Enum
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def number() -> Any:
    """The number of a record, given by us."""
    return Field(primary_key=True, sa_column_kwargs={"autoincrement": False})


def of_contact() -> Any:
    """Whose record it is."""
    return Field(foreign_key="contact.id")


def written_by() -> Any:
    """The batch that wrote the row last."""
    return Field(foreign_key="batch.id")


def by_value(enum: type[StrEnum], name: str) -> Enum:
    """A column of one of these words, and of nothing else."""
    return Enum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=24,
        values_callable=lambda members: [m.value for m in members],
    )


def whole(column: str, least: int | None = None, most: int | None = None) -> CheckConstraint:
    """SQLite keeps text and fractions in an integer column unless a CHECK looks."""
    rule = f"{column} = CAST({column} AS BIGINT)"
    rule += "" if least is None else f" AND {column} >= {least}"
    rule += "" if most is None else f" AND {column} <= {most}"
    return CheckConstraint(rule, name=f"{column}_whole")
