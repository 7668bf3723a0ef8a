"""The audit of a book on a page, as rows, as a document: five questions and what each contact adds to their answers."""

from __future__ import annotations

from typing import Any

from relcli.actions.audits import KNOWN, Answer, Audit, Audited, Question
from relcli.domain.contact import Contact
from relcli.domain.stage import STAGES
from relcli.domain.wording import counted
from relcli.health.bonds import BONDS, Bond
from relcli.render.page import Block, Cell, Column, Facts, Gap, Grid, Heading, Page, Words
from relcli.render.rows import Rows
from relcli.render.scorecards import short_day

COLUMNS = ("id", "name", "bond", "health", "wishes", "plan", "answered", "sources")
NAMED = 3
ASKED = {
    Question.METRIC: "Do we have a metric for our relationships?",
    Question.RELATIONSHIPS: "Do we have relationships, or only data?",
    Question.TERMS: "Are they defined in our terms, or in theirs?",
    Question.PLAN: "Do we have a plan to grow them?",
    Question.VALUE: "Do they value the relationship, and how do we know?",
}
_KEYS = {
    Question.METRIC: "metric", Question.RELATIONSHIPS: "relationships", Question.TERMS: "terms", Question.PLAN: "plan",
    Question.VALUE: "value",
}  # fmt: skip
# What of an answer's counts is lacking, in words: how many it is, and of what.
_LACKS = {
    Question.METRIC: {
        "no_sign": "gave no sign of life", "one_sign": "gave one on a single day", "little_evidence": "left too little evidence",
    },
    Question.RELATIONSHIPS: {
        "only_they": "came to us, and nothing of ours is written down", "only_we": "heard from us, and gave no sign of late",
        "data": "are data: nothing of either side is of late",
    },
    Question.TERMS: {
        "observed": "only observed", "assumed": "only assumed by us", "unknown": "unknown",
    },
    Question.PLAN: {},
    Question.VALUE: {
        "never_asked": "never asked", "asked_and_silent": "asked, and silent: which is no yes", "answered_before": "answered more than a year ago",
    },
}  # fmt: skip


def page(audit: Audit) -> Page:
    """The five answers, then whom they are made of: the bonds and how wishes are known, and where the records came from."""
    blocks: list[Block] = [Heading("What this book can prove", short_day(audit.day))]
    if not audit.contacts:
        return Page([*blocks, Words("Nothing yet: there is nobody in it. Begin with: relcli contact add NAME")])
    if audit.archived:
        blocks.append(Words(f"{counted(audit.archived, 'archived contact')} left out", "dim"))
    for answer in audit.answers:
        blocks += [Gap(), Heading(f"{answer.question.value}  {ASKED[answer.question]}"), *_answer(answer)]
    return Page([*blocks, Gap(), _bonds(audit), Gap(), _sources(audit)])


def rows(audit: Audit) -> Rows:
    """A row a contact that is not archived."""
    return Rows(COLUMNS, tuple(_row(one) for one in audit.contacts))


def document(audit: Audit) -> dict[str, Any]:
    """The answers with their counts, and what each contact adds to them."""
    return {
        "day": audit.day.isoformat(),
        "questions": [_document(answer) for answer in audit.answers],
        "bonds": {bond.value: {"contacts": sum(audit.known(bond).values()), "wishes": dict(audit.known(bond))} for bond in BONDS},
        "sources": [{"source": name, "records": records, "contacts": people} for name, records, people in audit.sources],
        "contacts": [{**dict(zip(COLUMNS, _row(one), strict=True)), "sources": dict(one.sources)} for one in audit.contacts],
    }


def said(answer: Answer) -> str:
    """The answer in a sentence."""
    share = f"{answer.yes} of {answer.of}"
    match answer.question:
        case Question.METRIC:
            closed = answer.counts["closed"]
            more = f"; {closed} more asked for no contact, and {'is' if closed == 1 else 'are'} not measured" if closed else ""
            return f"health is known of {share} contacts{more}"
        case Question.RELATIONSHIPS:
            return f"{share} contacts are relationships: of late both sides did something for it"
        case Question.TERMS:
            return f"{share} relationships told us in their own words what they want"
        case Question.PLAN:
            plans = answer.counts["plans"]
            overdue = f", {answer.counts['overdue']} overdue" if answer.counts["overdue"] else ""
            rungs = ", ".join(f"{count} {stage.value}" for stage in STAGES if (count := answer.counts.get(stage.value, 0)))
            ladder = f"; on the ladder: {rungs}" if rungs else ""
            efforts = f"; {counted(answer.counts['initiatives'], 'initiative')} under way" if answer.counts["initiatives"] else ""
            have = "has" if answer.yes == 1 else "have"
            return f"{share} relationships worth growing {have} a plan; {counted(plans, 'plan')} in all{overdue}{efforts}{ladder}"
        case Question.VALUE:
            unhappy = f", {answer.counts['unhappy']} of them unhappy" if answer.counts["unhappy"] else ""
            return f"{share} relationships told us within a year{unhappy}"


def missing(answer: Answer) -> str:
    """What the answer lacks, and who comes first; empty where nothing does."""
    parts = [f"{answer.counts[key]} {words}" for key, words in _LACKS[answer.question].items() if answer.counts[key]]
    if answer.question is Question.PLAN and answer.missing:
        parts.append(f"{len(answer.missing)} without one")
    impression = answer.counts.get("our_impression_only", 0)
    if impression:
        parts.append(f"of {impression} we noted our own impression, which is not their word")
    names = f" ({_names(answer.missing)})" if answer.missing else ""
    return "; ".join(parts) + names if parts else ""


def _answer(answer: Answer) -> list[Block]:
    """The answer beside its bar; under it what is missing, and the command on a line of its own, to be copied."""
    share = answer.share
    percent = "—" if share is None else f"{share:.0f} %"
    bar = Cell("", "bar", None if share is None else share / 100)
    columns = [Column(""), Column("", "right"), Column("", bar=True), Column("", folds=True)]
    under = [("missing", Cell(lacking))] if (lacking := missing(answer)) else []
    under.append(("try", Cell(answer.command, "good")))
    if answer.whom:
        under.append(("", Cell(f"{answer.whom.id} is {answer.whom.name}", "dim")))
    return [
        Grid(columns, [[Cell("answer".ljust(len("missing")), "label"), Cell(percent, "title"), bar, Cell(said(answer))]]),
        Facts(under),
    ]


def _bonds(audit: Audit) -> Grid:
    columns = [
        Column("contacts"),
        Column("", "right"),
        *(Column(f"wishes {word}" if word == KNOWN[0] else word, "right") for word in KNOWN),
    ]
    lines = []
    for bond in BONDS:
        known = audit.known(bond)
        lines.append(
            [Cell(_PLURAL[bond], "label"), Cell(str(sum(known.values()))), *(Cell(str(count)) for count in known.values())]
        )
    return Grid(columns, lines)


_PLURAL = {Bond.RELATIONSHIP: "relationships", Bond.ONE_SIDED: "one-sided", Bond.DATA: "only data"}


def _sources(audit: Audit) -> Grid:
    lines = [[Cell(name, "label"), Cell(str(records)), Cell(str(people))] for name, records, people in audit.sources]
    return Grid([Column("where it came from"), Column("records", "right"), Column("contacts", "right")], lines)


def _names(people: tuple[Contact, ...]) -> str:
    more = f" and {len(people) - NAMED} more" if len(people) > NAMED else ""
    return ", ".join(contact.name for contact in people[:NAMED]) + more


def _row(one: Audited) -> tuple[Any, ...]:
    return (
        one.contact.id, one.contact.name, one.bond.value, one.health, one.wishes, one.plan.id if one.plan else None,
        one.answered.isoformat() if one.answered else None, ";".join(f"{name}={count}" for name, count in one.sources.items()) or None,
    )  # fmt: skip


def _document(answer: Answer) -> dict[str, Any]:
    return {
        "number": answer.question.value,
        "key": _KEYS[answer.question],
        "question": ASKED[answer.question],
        "answer": said(answer),
        "yes": answer.yes,
        "of": answer.of,
        "percent": answer.share,
        "counts": dict(answer.counts),
        "missing": missing(answer) or None,
        "missing_contacts": [contact.id for contact in answer.missing],
        "command": answer.command,
    }
