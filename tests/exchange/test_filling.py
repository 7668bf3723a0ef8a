"""Templates filled with facts: what they may do, that they may do no more, and in which time."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.fact import Fact
from relcli.domain.interaction import Purpose
from relcli.domain.template import Template
from relcli.exchange.filling import DEEPEST, MOST_OUT, MOST_PARTS, MOST_THINGS, FactMissing, filled
from relcli.exchange.templates import MOST, TemplateRefused
from relcli.text import many_lines

FACTS = (
    Fact("name", "Ana Ruiz", "record it"),
    Fact("day", date(2026, 10, 3), "record it"),
    Fact("owed", ("the prints", "a call"), "promise add", several=True),
    Fact("due_items", None, "sell it", several=True),
    Fact("birthday", None, "relcli contact edit c_1 --birthday 1980-04-12"),
)
SLOWEST = 5.0  # seconds, on a machine that has other things to do


def template(body: str, subject: str = "Hello") -> Template:
    return Template("x", Purpose.THANKS, subject, body, file="x.txt", subject_line=3, body_line=5)


def body(text: str, *facts: Fact) -> str:
    return filled(template(text), facts or FACTS)[1]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Dear {{ name }},", "Dear Ana Ruiz,"),
        ("since {{ day }}", "since 3 October 2026"),
        ("since {{ day|iso }}", "since 2026-10-03"),
        ('{{ "since " ~ day }}', "since 3 October 2026"),
        ("{{ owed }}", "the prints; a call"),
        ("{% for it in owed %}\n- {{ it }}\n{% endfor %}", "- the prints\n- a call"),
        (
            "{% for it in owed %}{{ loop.index }} {{ it }}{% if not loop.last %}, {% endif %}{% endfor %}",
            "1 the prints, 2 a call",
        ),
        ("{{ owed|length }} things, first {{ owed|first }}", "2 things, first the prints"),
        ('{{ birthday|default("some day") }}', "some day"),
        ("{% if birthday is defined %}{{ birthday }}{% else %}no day{% endif %}", "no day"),
        ("{{ name|upper if day is defined else name }}", "ANA RUIZ"),
        ('{% if name in ("Ana Ruiz", "Bo") %}known{% endif %}', "known"),
        ("{% raw %}{{ name }}{% endraw %}{# nothing #}", "{{ name }}"),
        ("<b>{{ name }}</b> & co", "<b>Ana Ruiz</b> & co"),
    ],
)
def test_facts_stand_where_the_template_names_them(text: str, made: str) -> None:
    assert body(text) == made + "\n"


def test_a_fact_is_text_and_never_a_template() -> None:
    assert body("{{ name }}", Fact("name", "{{ 7*7 }}{% for %}", "")) == "{{ 7*7 }}{% for %}\n"


def test_the_subject_is_one_line_whatever_the_facts_hold() -> None:
    facts = (Fact("name", "Ana\r\nBcc: all@example.org", ""),)

    assert filled(template("x", "Hello {{ name }}"), facts)[0] == "Hello Ana Bcc: all@example.org"


@pytest.mark.parametrize(
    "text", ["{{ birthday }}", "{{ birthday|upper }}", '{{ "on " ~ birthday }}', "{% if birthday == 1 %}x{% endif %}"]
)
def test_a_missing_fact_is_an_error_that_says_how_to_record_it(text: str) -> None:
    with pytest.raises(FactMissing) as missing:
        body(f"hello {text}")

    assert missing.value.code == 65
    assert "birthday is not known" in missing.value.message
    assert missing.value.hint == "relcli contact edit c_1 --birthday 1980-04-12"


def test_going_through_a_missing_fact_is_the_same_error() -> None:
    with pytest.raises(FactMissing, match="due_items is not known"):
        body("x{% for it in due_items %}{{ it }}{% endfor %}")


HOSTILE = {
    "a loop in a loop over numbers": "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    "a loop over numbers": "{% for a in range(10) %}x{% endfor %}",
    "a loop in a loop over facts": "{% for a in owed %}{% for b in owed %}x{% endfor %}{% endfor %}",
    "a loop over the letters of a name": "{% for a in name %}x{% endfor %}",
    "a loop that calls itself": "{% for a in owed recursive %}{{ loop(owed) }}{% endfor %}",
    "a giant text": '{{ "a" * 10**10 }}',
    "a giant number": "{{ 10**10**10 }}",
    "a long number": "{{ " + "9" * 9000 + " }}",
    "a padded text": "{{ name|center(1000000000) }}",
    "a formatted text": '{{ "%1000000000d"|format(1) }}',
    "a joined text": '{{ name|join("aaaa")|join("aaaa") }}',
    "a replaced text": '{{ name|replace("a", "aaaa")|replace("a", "aaaa") }}',
    "attributes": "{{ name.__class__.__mro__ }}",
    "attributes by a filter": '{{ (name|attr("__class__")) }}',
    "attributes by an index": '{{ name["__class__"] }}',
    "attributes of the loop": "{% for a in owed %}{{ loop.__class__ }}{% endfor %}",
    "attributes in an argument": "{{ name|default(name.__class__) }}",
    "attributes in the test of a loop": "{% for a in owed if a.__class__ %}x{% endfor %}",
    "attributes by map": '{{ owed|map(attribute="__class__")|first }}',
    "the template itself": "{{ self }}",
    "the loop itself": "{% for a in owed %}{{ loop }}{% endfor %}",
    "a call": "{{ name.upper() }}",
    "a global function": "{{ lipsum(99999) }}",
    "a macro that calls itself": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "a call of a block": "{% call name() %}x{% endcall %}",
    "an assignment": "{% set name = name ~ name %}{{ name }}",
    "a block assignment": "{% set name %}x{% endset %}{{ name }}",
    "a scope": "{% with a = name %}{{ a }}{% endwith %}",
    "another file": '{% include "/etc/passwd" %}',
    "another file's macros": '{% from "/etc/passwd" import x %}',
    "a parent": '{% extends "/etc/passwd" %}',
    "a block": "{% block a %}x{% endblock %}",
    "arithmetic": "{{ 1 + 1 }}",
    "a slice": "{{ name[0:1] }}",
    "a mapping": '{{ {"a": name} }}',
    "an unknown tag": "{% do name %}",
    "an unknown test": "{{ name is mapping }}",
    "an unknown fact": "{{ nobody }}",
    "a tag that does not close": "{% if name %}x",
    "a tag that says nothing": "{% if %}x{% endif %}",
    "deep parentheses": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "deep negations": "{{ " + "not " * 4000 + "name }}",
    "deep filters": "{{ name" + "|upper" * 2000 + " }}",
    "a long chain": "{{ " + "name and " * 2000 + "name }}",
    "many parts": "{{ name }}" * MOST_PARTS,
    "a comparison of what cannot be compared": "{{ name < 3 }}",
    "a day that is none": "{{ name|iso }}",
    "the first of nothing": "{{ []|first }}",
    "nothing at all": "{% if birthday is defined %}x{% endif %}",
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_template_that_asks_for_more_is_refused_at_once_naming_its_file(text: str) -> None:
    begin = time.perf_counter()
    with pytest.raises(TemplateRefused) as refused:
        body(text)

    assert time.perf_counter() - begin < SLOWEST
    assert refused.value.message.startswith("x.txt")
    assert refused.value.hint


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_subject_may_do_no_more_than_a_body(text: str) -> None:
    with pytest.raises(TemplateRefused):
        filled(template("x", text), FACTS)


@pytest.mark.parametrize(("text", "line"), [("one\n\n{{ name.x }}", 7), ("one\n{{ name }", 6)])
def test_a_refusal_names_the_line_of_the_file(text: str, line: int) -> None:
    with pytest.raises(TemplateRefused, match=rf"x\.txt, line {line}: "):
        body(text)


def test_depth_counts_and_a_little_less_is_fine() -> None:
    assert body("{{ name" + "|trim" * (DEEPEST - 4) + " }}") == "Ana Ruiz\n"
    with pytest.raises(TemplateRefused, match="too deep"):
        body("{{ name" + "|trim" * DEEPEST + " }}")


LONG = (Fact("name", "ß" * 100_000, ""), Fact("owed", ("a",) * MOST_THINGS, "", several=True))


@pytest.mark.parametrize(
    "text",
    [
        "{% for it in owed %}" + '{% if name|upper|title == "x" %}{% endif %}' * 150 + "x{% endfor %}",
        "{% if " + " ~ ".join(["name"] * 1500) + ' == "a" %}x{% endif %}y',
        "{% for it in owed %}" + "{{ name }}" * 50 + "{% endfor %}",
        "{{ name }}" * 2,
    ],
    ids=["silent work", "one long text", "a long message", "a message too long by its facts"],
)
def test_long_facts_cannot_make_a_template_slow_or_a_message_giant(text: str) -> None:
    begin = time.perf_counter()
    with pytest.raises(TemplateRefused, match=r"too much|more than"):
        body(text, *LONG)

    assert time.perf_counter() - begin < SLOWEST


def test_the_worst_that_is_allowed_takes_no_more_than_seconds() -> None:
    facts = (Fact("name", "ß" * 300, ""), LONG[1])
    text = "{% for it in owed %}" + '{% if name|upper|title == "x" %}{% endif %}' * 120 + "x{% endfor %}"
    begin = time.perf_counter()

    assert body(text, *facts) == "x" * MOST_THINGS + "\n"
    assert time.perf_counter() - begin < SLOWEST


def test_a_fact_of_too_many_things_is_refused_only_where_it_is_used() -> None:
    many = (Fact("owed", ("a",) * (MOST_THINGS + 1), "", several=True), FACTS[0])

    assert body("{{ name }}", *many) == "Ana Ruiz\n"
    with pytest.raises(TemplateRefused, match="101 things"):
        body("{{ owed }}", *many)


PIECES = st.sampled_from(
    "{{ }} {% %} {# #} {%- -%} name owed birthday day loop self for in if else endif endfor is defined not and or | ~ . ( ) [ ] "
    "+ * ** 'x' 1 9 , = == upper default truncate iso macro set include import call filter range attr __class__ raw endraw \n".split(
        " "
    )
)


@given(st.lists(PIECES, max_size=30))
def test_no_text_at_all_makes_a_template_fail_in_another_way(pieces: list[str]) -> None:
    text = " ".join(pieces)
    try:
        made = body(text)
    except (FactMissing, TemplateRefused):
        return
    assert len(made) <= MOST_OUT
    assert "object" not in made


@given(st.text(max_size=200))
def test_a_name_of_any_letters_comes_out_as_it_is(name: str) -> None:
    assert body("<{{ name }}>", Fact("name", name, "")) == f"{many_lines(f'<{name}>')}\n"


def test_a_template_can_be_as_long_as_its_file_may_be() -> None:
    assert len(body("a" * MOST)) == MOST + 1
