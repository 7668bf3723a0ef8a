"""Templates filled with facts, by Jinja2, within bounds that hold before anything runs.

A template is data from a file, so it may do little: name facts, put them through a few filters, ask whether one is
known, and go once through a fact that holds several things. Its parsed form is looked through first, and whatever is
not on the list (attributes, calls, arithmetic, assignments, macros, other files, loops in loops) is refused. What is
left takes a time that can be told beforehand: the parts of the template, each as often as a loop repeats it, times the
length of the longest text. That product is limited, so nothing needs to be interrupted (tests hold the worst to a few
seconds on a slow machine). The sandbox and the limit on the output stand behind this as a second wall.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from relcli.domain.fact import Fact, Value, written
from relcli.domain.template import Template
from relcli.errors import InputRefused
from relcli.exchange.templates import TemplateRefused, refused
from relcli.text import many_lines, one_line

MOST_OUT = 100_000  # characters of a message
MOST_PARTS = 2_000  # of a template's parsed form
DEEPEST = 30  # levels of it
MOST_THINGS = 100  # in a fact that holds several
MOST_WORK = 30_000_000  # parts, as often as they run, times characters of the longest text: about a second
FILTERS = ("capitalize", "default", "first", "iso", "last", "length", "lower", "title", "trim", "truncate", "upper")
TESTS = ("defined", "undefined")
_LOOP = ("first", "index", "last")
_PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not, nodes.Concat, nodes.Tuple, nodes.List, nodes.Keyword,
)  # fmt: skip
_CALLED = {
    "Call": "calls something", "Getattr": "reaches into something", "Getitem": "reaches into something",
    "Include": "reads another file", "Import": "reads another file", "FromImport": "reads another file",
    "Extends": "reads another file", "Macro": "makes a macro", "CallBlock": "calls something", "Assign": "sets something",
    "AssignBlock": "sets something", "NSRef": "sets something",
}  # fmt: skip
_HINT = "a template may name facts (relcli draft WHO --list-facts), use {% if %}, and go once through one that holds several"


class FactMissing(InputRefused):
    """The template says something that the book does not know."""


class FactPrivate(InputRefused):
    """The template says something that was not written for its reader."""


def filled(template: Template, facts: Iterable[Fact], *, private: bool = False) -> tuple[str, str]:
    """Subject and body with the facts in their places; with `private` also what is hidden in them.

    Raises FactMissing for one that is not known, FactPrivate for one that may not be said, and TemplateRefused, with file and
    line, for what no template may do.
    """
    known = {fact.name: fact.unveiled if private else fact for fact in facts}
    subject = _filled(template.subject, template.file, template.subject_line, known)
    body = _filled(template.body, template.file, template.body_line, known)
    if not subject.strip() or not body.strip():
        raise TemplateRefused(f"{template.file}: nothing is left of the {'body' if subject.strip() else 'subject'}", "mend it")
    return one_line(subject), many_lines(body) + "\n"


def _filled(source: str, file: str, line: int, facts: Mapping[str, Fact]) -> str:
    """One text filled; `line` is where it begins in its file."""
    environment = _environment()
    try:
        tree = environment.parse(source)
        work = _look_through(tree, file, line, facts)
        used = [facts[name] for name in sorted({name.name for name in tree.find_all(nodes.Name)} & set(facts))]
        if closed := [fact for fact in used if fact.private]:
            raise _closed(closed, file)
        values = {fact.name: _value(fact.value) for fact in used if fact.value is not None}
        texts = [*values.values(), *(const.value for const in tree.find_all(nodes.Const))]
        if work * max((len(str(text)) for text in texts), default=0) > MOST_WORK:
            raise TemplateRefused(f"{file} does too much with facts as long as these", "make it shorter")
        return _joined(environment.from_string(tree).generate(values), file)
    except TemplateSyntaxError as error:
        raise refused(file, line + error.lineno - 1, error.message or "this is no template", "mend that line") from None
    except UndefinedError as error:
        raise _missing(facts.get(str(error.message)), file) from None
    except (RecursionError, MemoryError, SyntaxError):
        raise TemplateRefused(f"{file} cannot be filled in: it goes too deep", _HINT) from None
    except (SecurityError, ValueError, TypeError, AssertionError, ArithmeticError, LookupError, AttributeError):
        raise TemplateRefused(f"{file} cannot be filled in: it asks of a fact what that cannot answer", _HINT) from None


def _missing(fact: Fact | None, file: str) -> InputRefused:
    if fact is None:  # the first of nothing
        return TemplateRefused(f"{file} cannot be filled in: it takes something out of nothing", _HINT)
    if fact.hidden is not None:
        return _closed([fact], file)
    return FactMissing(f"{fact.name} is not known, and the template says it", fact.record)


def _closed(facts: Iterable[Fact], file: str) -> FactPrivate:
    return FactPrivate(
        f"{file} asks for what is private: {', '.join(f'{fact.name} ({fact.why})' for fact in facts)}",
        "take it out of the template, or send it all the same with --private",
    )


def _environment() -> Environment:
    environment = ImmutableSandboxedEnvironment(
        undefined=_Missing, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, cache_size=0
    )
    environment.globals.clear()
    environment.filters["iso"] = _iso
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    environment.tests = {name: environment.tests[name] for name in TESTS}
    return environment


class _Missing(StrictUndefined):
    """A fact nobody recorded; its error says its name alone."""

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class _Day(str):  # filters and `~` take it as it is written
    """A day as a message says it, which still knows its ISO form."""

    __slots__ = ("iso",)
    iso: str


class _Several(tuple[str, ...]):
    """Several things, which are one text where nobody goes through them."""

    __slots__ = ()

    def __str__(self) -> str:
        return written(tuple(self))


def _value(value: Value) -> Any:  # what Jinja is given
    if isinstance(value, date):
        day = _Day(written(value))
        day.iso = value.isoformat()
        return day
    if isinstance(value, str):
        return value
    if len(value) > MOST_THINGS:
        raise TemplateRefused(f"a fact holds {len(value)} things", f"a message has room for {MOST_THINGS} at most")
    return _Several(value)


def _iso(value: object) -> str:
    """A day as 2026-11-21."""
    if not isinstance(value, _Day):
        raise TypeError("iso is for days")
    return value.iso


def _joined(pieces: Iterable[str], file: str) -> str:
    out: list[str] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_OUT:
            raise TemplateRefused(f"{file} makes a message of more than {MOST_OUT} characters", "make it shorter")
        out.append(piece)
    return "".join(out)


def _look_through(tree: nodes.Template, file: str, line: int, facts: Mapping[str, Fact]) -> int:
    """How many parts will run at most, loops counted out. Raises TemplateRefused for the first thing no template may do."""
    named = set(facts) | {n.target.name for n in tree.find_all(nodes.For) if isinstance(n.target, nodes.Name)}
    waiting: list[tuple[nodes.Node, int, bool]] = [(tree, 0, False)]
    things = max((len(fact.value) for fact in facts.values() if isinstance(fact.value, tuple)), default=1)
    parts = work = 0
    while waiting:
        node, depth, looping = waiting.pop()
        parts += 1
        work += things if looping else 1
        if parts > MOST_PARTS:
            raise TemplateRefused(f"{file} has more than {MOST_PARTS} parts", _HINT)
        what = "goes too deep" if depth > DEEPEST else _forbidden(node, facts, named, looping=looping)
        if what:
            raise refused(file, line + (node.lineno or 1) - 1, f"the template {what}", _HINT)
        inside = looping or isinstance(node, nodes.For)
        if not isinstance(node, nodes.Getattr):  # which was judged whole
            waiting += [(child, depth + 1, inside) for child in node.iter_child_nodes()]
    return work


def _forbidden(node: nodes.Node, facts: Mapping[str, Fact], named: Collection[str], *, looping: bool) -> str:
    """What a node does that it may not; empty where it may."""
    match node:
        case nodes.For():
            if looping:
                return "loops inside a loop"
            fact = facts.get(node.iter.name) if isinstance(node.iter, nodes.Name) else None
            plain = fact is not None and fact.several and isinstance(node.target, nodes.Name) and not node.recursive
            return "" if plain else "loops over something that is no fact of several things"
        case nodes.Getattr():
            own = looping and isinstance(node.node, nodes.Name) and node.node.name == "loop" and node.attr in _LOOP
            return "" if own else f'reaches into something (".{node.attr}")'
        case nodes.Filter():
            return "" if node.node is not None and node.name in FILTERS else f"uses {node.name}; filters are {', '.join(FILTERS)}"
        case nodes.Test():
            return "" if node.name in TESTS else f'asks "is {node.name}"; it may ask "is defined"'
        case nodes.Name():
            return "" if node.ctx == "store" or node.name in named else f'names "{node.name}", and there is no such fact'
    if isinstance(node, _PLAIN):
        return ""
    if isinstance(node, nodes.BinExpr | nodes.UnaryExpr):
        return "does arithmetic"
    name = type(node).__name__
    return _CALLED.get(name, f"does what no template may ({name})")
