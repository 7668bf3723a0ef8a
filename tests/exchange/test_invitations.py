"""How a survey is asked by mail: what it says in each language, and what it leaves to the one who is asked."""

from __future__ import annotations

import re

import pytest

from relcli.actions.surveys.instruments import list_instruments
from relcli.domain.answering import language_for
from relcli.domain.invitation import tokens_in
from relcli.domain.survey import Instrument, Item, Tag
from relcli.exchange.invitations import letter

TOKEN = "r-7k3m9q2x4d"
SHIPPED = [(i, language) for i in list_instruments().instruments for language in i.languages]


def asked(*items: Item) -> Instrument:
    return Instrument("mine", 1, ("customers",), {"en": "Mine"}, {"en": "A word."}, items, ("en",))


@pytest.mark.parametrize(("instrument", "language"), SHIPPED, ids=lambda value: getattr(value, "name", value))
def test_every_shipped_survey_can_be_asked_in_every_language_of_it(instrument: Instrument, language: str) -> None:
    made = letter(instrument, language, TOKEN, name="Ana Ruiz", sender="Kim")
    assert made.subject == instrument.title[language]
    for place, item in enumerate(instrument.items, 1):
        assert f"\n{place}. {item.text[language]}" in made.body
        if item.scaled:
            assert all(end in made.body for end in item.labels[language])
    assert instrument.introduction[language] in made.body
    assert "Ana Ruiz" in made.body
    assert made.body.endswith(f"\n\nKim\n\n({TOKEN})\n")
    assert tokens_in(made.body) == (TOKEN,)
    assert "{" not in made.body
    assert f"{ {'en': 'STOP', 'es': 'BASTA', 'de': 'STOPP'}[language] }.\n" in made.body


def test_no_figure_stands_where_an_answer_goes_for_it_would_be_a_hint() -> None:
    scale = Item("a", Tag.TRUST, {"en": "Sure?"}, 1, 5)
    body = letter(asked(scale, scale, scale), "en", TOKEN, name="Ana").body
    assert re.findall(r"^\d: (.*)$", body, re.MULTILINE) == ["…"] * 3


def test_one_number_with_or_without_a_sentence_or_words_alone() -> None:
    scale, words = Item("a", Tag.TRUST, {"en": "Sure?"}, 1, 5), Item("b", Tag.OPEN, {"en": "Why?"})
    assert "with a number from 1 to 5 and, if you like, a sentence." in letter(asked(scale, words), "en", TOKEN, name="A").body
    assert "with a number from 1 to 5." in letter(asked(scale), "en", TOKEN, name="A").body
    assert "Just reply to this mail.\n" in letter(asked(words), "en", TOKEN, name="A").body


def test_the_reminder_says_that_it_is_the_last() -> None:
    once, again = (
        letter(asked(Item("b", Tag.OPEN, {"en": "Why?"})), "en", TOKEN, name="A", again=again).body for again in (False, True)
    )
    assert "we shall not remind you again" in again
    assert "we shall not remind you again" not in once


def test_a_language_of_the_users_own_gets_english_words_around_its_questions() -> None:
    mine = Instrument(
        "mine", 1, ("customers",), {"ca": "Meva"}, {"ca": "Una."}, (Item("b", Tag.OPEN, {"ca": "Per què?"}),), ("ca",)
    )
    body = letter(mine, language_for(mine, "ca-ES"), TOKEN, name="A").body
    assert "1. Per què?" in body
    assert "Just reply" in body


def test_a_name_with_braces_or_line_ends_stays_a_name() -> None:
    body = letter(asked(Item("b", Tag.OPEN, {"en": "Why?"})), "en", TOKEN, name="A {token}\nBcc: x").body
    assert body.startswith("Dear A {token} Bcc: x,\n")
