"""Drafts, templates and facts on a page, and for programs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from relcli.actions.drafts import EMAIL, Draft
from relcli.actions.facts import FactsListed
from relcli.actions.templates import TemplatesListed
from relcli.domain.fact import Fact, Value, written
from relcli.domain.wording import as_reason, by
from relcli.exchange.phone import shown as phone
from relcli.render.page import Block, Cell, Column, Facts, Gap, Grid, Heading, Page, Words

UNKNOWN = "not known"
PRIVATE = "private"


def page(draft: Draft) -> Page:
    """The message as it would be sent; one for an e-mail has its subject above it."""
    subject: list[Block] = [Words(f"Subject: {draft.subject}"), Gap()] if draft.channel == EMAIL else []
    return Page([*subject, Words(draft.body.rstrip("\n"))])


def document(draft: Draft) -> dict[str, Any]:
    """The message for programs, which may pass it on: why a wish is assumed is not in it."""
    return {
        "contact": draft.contact.id,
        "name": draft.contact.name,
        "template": draft.template.name,
        "purpose": draft.template.purpose.value,
        "channel": draft.channel,
        "to": draft.to or None,
        "from": draft.sender.address if draft.sender else None,
        "subject": draft.subject,
        "body": draft.body,
        "warnings": [as_reason(replace(wish, words=""), draft.contact.name) for wish in draft.assumed],
    }


def line(draft: Draft) -> str:
    """How it would go: `drafted thank-you to Ana Ruiz, by e-mail: ana@example.org`."""
    where = f": {phone(draft.to)}" if draft.to else ""
    return f"drafted {draft.template.name} to {draft.contact.name}, {by(draft.channel)}{where}"


def facts_page(listed: FactsListed) -> Page:
    """Every fact, then what is private, and for those not known how to record them."""
    known = [(fact.name, Cell(written(fact.value))) for fact in listed.facts if fact.value is not None]
    private = [(fact.name, Cell(_hidden(fact), "dim")) for fact in listed.facts if fact.hidden is not None]
    missing = [
        (fact.name, Cell(f"{UNKNOWN}: {fact.record}", "dim"))
        for fact in listed.facts
        if fact.value is None and fact.hidden is None
    ]
    return Page([Heading(listed.contact.name, listed.contact.id), Facts([*known, *private, *missing])])


def _hidden(fact: Fact) -> str:
    return f"{PRIVATE} ({fact.why}): {'' if fact.hidden is None else written(fact.hidden)}"


def facts_document(listed: FactsListed) -> dict[str, Any]:
    """Every fact in its order: days as ISO 8601, several things as a list, null where not known.

    `private` is what a message says only with --private, null where there is nothing of the kind.
    """
    facts = [
        {
            "fact": fact.name, "value": _plain(fact.value), "text": _text(fact), "record": fact.record, "private": _plain(fact.hidden),
            "why": fact.why or None,
        }
        for fact in listed.facts
    ]  # fmt: skip
    return {"contact": listed.contact.id, "name": listed.contact.name, "facts": facts}


def templates_page(listed: TemplatesListed) -> Page:
    """A line a template."""
    columns = [Column("template"), Column("purpose"), Column("channel"), Column("subject", folds=True), Column("whose")]
    rows = [
        [Cell(t.name, "name"), Cell(t.purpose.value), Cell(t.channel), Cell(t.subject), Cell("yours" if t.own else "", "dim")]
        for t in listed.templates
    ]
    return Page([Grid(columns, rows)])


def _plain(value: Value | None) -> str | list[str] | None:
    if value is None or isinstance(value, str):
        return value
    return list(value) if isinstance(value, tuple) else value.isoformat()


def _text(fact: Fact) -> str | None:
    return None if fact.value is None else written(fact.value)
