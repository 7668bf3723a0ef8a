"""What somebody's own words in a reply answer, and what of them is not read because it could mean two things."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.replying import STOP_WORDS, said_in, stops
from relcli.domain.survey import Instrument, Item, Tag


def item(name: str, tag: Tag, low: int = 0, high: int = 0, *, asked: str = "", choices: tuple[str, ...] = ()) -> Item:
    text = asked or f"What would you say about {name}?"
    wording = {"en": tuple(f"rather {choice}" for choice in choices)} if choices else {}
    return Item(name, tag, {"en": text, "de": f"{text} (auf Deutsch)"}, low, high, choices=choices, wording=wording)


def survey(*items: Item) -> Instrument:
    return Instrument("some", 1, ("customers",), {"en": "Some"}, {"en": "A few questions."}, items, ("en", "de"))


RECOMMEND, WHY = item("recommend", Tag.RECOMMEND, 0, 10), item("why", Tag.OPEN)
PULSE = survey(RECOMMEND, WHY)
SERVICE = survey(item("result", Tag.SATISFACTION, 1, 5), item("trouble", Tag.EFFORT, 1, 5), item("word", Tag.OPEN))
WISHES = survey(
    item("content", Tag.SATISFACTION, 1, 5),
    item("wanted", Tag.CLOSENESS_WANTED, choices=("none", "regular", "close")),
    item("else", Tag.OPEN),
)


def pulse(text: str, below: dict[int, str] | None = None) -> tuple[str, str]:
    """The number and the words."""
    found = said_in(text, below or {}, PULSE, "en")
    assert list(found) in (["recommend"], ["recommend", "why"])
    return found["recommend"], found.get("why", "")


def refused(text: str, instrument: Instrument = PULSE, below: dict[int, str] | None = None) -> str:
    with pytest.raises(ValueError, match=r"\S") as caught:
        said_in(text, below or {}, instrument, "en")
    return str(caught.value)


# One number and its reason


@pytest.mark.parametrize(
    "text", ["9", "9/10", " 9 / 10 ", "9!", "9.", "*9*", "“9”", "(9)", "9 out of 10", "9 von 10", "9 de 10.", "9 points", "09"]
)
def test_a_number_alone_is_the_answer(text: str) -> None:
    assert pulse(text) == ("9", "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("9 - always on time", "always on time"), ("9 \u2013 immer pünktlich", "immer pünktlich"), ("9, because you care", "because you care"),
        ("9: siempre puntuales", "siempre puntuales"), ("9\nalways on time\n\nreally", "always on time\n\nreally"),
        ("9/10 would buy again", "would buy again"), ("9 because 2 of 3 were early", "because 2 of 3 were early"),
        ("9 weil alles passt", "weil alles passt"), ("9 porque sí", "porque sí"), ("9 (on time)", "(on time)"), ("9 🙂 on time", "🙂 on time"),
        ("I would say 9, because you care", "because you care"), ("Ich gebe eine 9, weil alles passt", "weil alles passt"),
        ("Le doy un 9, porque sí", "porque sí"), ("Hi Kim,\n\n9, on time", "on time"), ("Hallo Frau Doe,\n9 - pünktlich", "pünktlich"),
        ("Hola: 9 porque sí", "porque sí"), ("Hi Kim, 9 because you care", "because you care"), ("9 - really a 9", "really a 9"),
        ("Thanks for asking!\n\n9\n\nOn time", "Thanks for asking!\n\nOn time"), ("\u200b9\u00a0- on time", "on time"),
        ("The delivery was late, so 9", "The delivery was late, so 9"),
    ],
)  # fmt: skip
def test_the_rest_of_the_words_is_the_reason(text: str, words: str) -> None:
    assert pulse(text) == ("9", words)


@pytest.mark.parametrize(
    "text",
    [
        "8 or 9",
        "7-8",
        "7 - 8",
        "7\u20138",
        "8, 9",
        "8/9",
        "8 bis 9",
        "8 o 9",
        "9 to 10",
        "between 8 and 9",
        "I would say 8, maybe 9",
        "I ordered 3 times and would say 9",
        "7\n8",
        "9, 2 of 3 were late",
        "8 … 9",
        "10/10/2026",
    ],
)
def test_of_two_numbers_none_is_taken(text: str) -> None:
    assert "more than one number" in refused(text) or "not plain" in refused(text)


@pytest.mark.parametrize(
    "text", ["nine", "always on time", "9th of May", "9%", "€9", "#9", "B9", "\uff19", "", "STOP", "Best regards"]
)
def test_where_no_number_stands_alone_none_is_taken(text: str) -> None:
    assert refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "3 weeks ago we ordered", "We waited 9 weeks", "at 9, the door was closed", "seit 3, also immer", "9. Mai war zu spät", "9 de mayo",
        "not a 9", "keine 9", "10 of 10 orders were late", "2 Lieferungen kamen zu spät", "more than 3", "I have 2.",
    ],
)  # fmt: skip
def test_a_number_that_may_count_something_else_is_not_taken(text: str) -> None:
    assert "not plain" in refused(text)


@pytest.mark.parametrize("text", ["11", "8.5", "8,5", "-3", "100", "9999999999", "10:30", "I would say 12"])
def test_what_is_off_the_scale_is_refused_and_not_rounded(text: str) -> None:
    assert "is not on the scale of recommend, 0 to 10" in refused(text)


@pytest.mark.parametrize(
    "text", ["9\nBest regards,\nAna", "9\n\nViele Grüße\nAna Novak", "9\nUn saludo", "9 - Thanks!\nAna", "9\nLG Ana"]
)
def test_a_closing_formula_is_no_reason(text: str) -> None:
    assert pulse(text) == ("9", "")


def test_a_reason_loses_its_closing_formula_and_nothing_else() -> None:
    assert pulse("9 - late.\nThanks for the bread.\nBest,\nAna") == ("9", "late.\nThanks for the bread.")
    assert pulse("9 - best bread in town") == ("9", "best bread in town")


def test_the_numbers_of_the_questions_may_be_written_before_the_answers() -> None:
    assert pulse("1: 9\n2: always on time") == ("9", "always on time")
    assert pulse("2) on time\n1) 9") == ("9", "on time")
    assert refused("1. Always late")
    assert refused("2: never")


def test_what_stands_under_the_quoted_questions_is_the_answer() -> None:
    assert pulse("Hi\n\n9\n\nOn time", {1: "9", 2: "On time"}) == ("9", "On time")
    assert pulse("9 - on time", {1: "9 - on time"}) == ("9", "on time")
    assert pulse("9 - on time", {2: "9 - on time"}) == ("9", "on time")


def test_a_number_under_the_question_and_another_elsewhere_contradict() -> None:
    assert "both under the questions and elsewhere" in refused("7\n\n9", below={1: "9"})


def test_a_question_that_stands_in_the_text_unmarked_makes_it_unreadable() -> None:
    assert "repeats the question" in refused(f"1. {WHY.text['en']}\n9")
    assert "repeats the question" in refused("9\n\n" + RECOMMEND.text["de"].upper())


def test_a_survey_of_one_number_alone_takes_no_words() -> None:
    assert said_in("9 - on time", {}, survey(RECOMMEND), "en") == {"recommend": "9"}


@given(st.integers(0, 10), st.sampled_from(["", " - ", ", ", "\n", "\n\n", "! ", "/10 "]), st.text("abcdefgh äß", max_size=30))
def test_any_number_on_the_scale_with_any_reason_is_read(number: int, separator: str, reason: str) -> None:
    said = f"{number}{separator}x{reason}" if separator else str(number)

    assert pulse(said) == (str(number), f"x{reason}".strip() if separator else "")


@given(
    st.text(st.sampled_from("0123456789 .,:/-\n>abc*_()12") | st.characters(), max_size=60),
    st.dictionaries(st.integers(0, 4), st.text(max_size=20), max_size=3),
)
def test_whatever_is_written_is_read_or_refused_and_never_off_the_scale(text: str, below: dict[int, str]) -> None:
    for instrument in (PULSE, SERVICE, WISHES):
        try:
            found = said_in(text, below, instrument, "en")
        except ValueError:
            continue
        scales = {each.name: range(each.low, each.high + 1) for each in instrument.items if each.scaled}
        assert all(int(found[name]) in scale for name, scale in scales.items() if name in found)
        assert set(re.findall("[0-9]+", " ".join(found[name] for name in scales if name in found))) <= {
            str(int(number)) for number in re.findall("[0-9]+", text + " " + " ".join(below.values()))
        }


# Several questions


@pytest.mark.parametrize(
    "text",
    ["1: 4\n2: 1\n3: all fine", "1) 4\n2) 1\n3) all fine", "1. 4 very good\n2. 1/5\n3. all fine", "3: all fine\n1:4\n2=1", "Hello,\n\n1: 4\n\n2: 1\n\n3: all fine\n\nBest,\nAna"],
)  # fmt: skip
def test_numbered_lines_answer_the_questions_of_these_numbers(text: str) -> None:
    assert said_in(text, {}, SERVICE, "en") == {"result": "4", "trouble": "1", "word": "all fine"}


def test_a_line_may_be_missing_and_words_go_on_over_lines() -> None:
    assert said_in("2: 1\n3: all\nfine", {}, SERVICE, "en") == {"trouble": "1", "word": "all\nfine"}
    assert said_in("1: 4\n2:\nAlways on time", {}, SERVICE, "en") == {"result": "4", "word": "Always on time"}


@pytest.mark.parametrize("text", ["4\n1\nall fine", "4\n1\n\nall fine", "Hi Kim,\n4/5\n1.\nall fine"])
def test_as_many_numbers_as_questions_answer_them_in_order(text: str) -> None:
    assert said_in(text, {}, SERVICE, "en") == {"result": "4", "trouble": "1", "word": "all fine"}


@pytest.mark.parametrize(
    "text",
    [
        "4", "4\n1\n3", "4 1", "4, 1", "4 and 1", "1 - 4\n2 - 1", "all fine", "1: 4\n1: 5", "1: 4 or 5", "1: four", "1: 4.5\n2: 1", "1.4\n2.1", "4.5\n1",
        "1: 6", "1: 0", "1: 4\n5\n", "1: 4\n2: 1\n3: wishes:\n1. faster", "3: all fine", "7: 4\n8: 1", "9\n1", "1: 4\n2", "4\n2: 1",
    ],
)  # fmt: skip
def test_what_could_answer_either_question_answers_none(text: str) -> None:
    assert refused(text, SERVICE)


def test_answers_under_the_questions_are_theirs() -> None:
    assert said_in("4\n\n1, easy\n\nfine", {1: "4", 2: "1, easy", 3: "fine"}, SERVICE, "en") == {
        "result": "4",
        "trouble": "1",
        "word": "fine",
    }
    assert said_in("See below.\n\n4", {1: "4"}, SERVICE, "en") == {"result": "4", "word": "See below."}
    assert said_in("1: 4\n2: 1", {3: "1: 4\n2: 1"}, SERVICE, "en") == {"result": "4", "trouble": "1"}
    assert refused("2\n\n4", SERVICE, {1: "4"})


@pytest.mark.parametrize("text", ["1: 5\n2: rather close\n3: more bread", "5\nClose\nmore bread"])
def test_a_choice_is_made_in_words(text: str) -> None:
    assert said_in(text, {}, WISHES, "en")["else"] == "more bread"
    assert said_in(text, {}, WISHES, "en")["wanted"].lower() in {"close", "rather close"}


@pytest.mark.parametrize("text", ["2: 3", "5\nwhatever\nmore bread", "2: very", "close\n5\nmore bread"])
def test_a_choice_that_is_none_is_refused(text: str) -> None:
    assert refused(text, WISHES)


# STOP


@pytest.mark.parametrize("word", STOP_WORDS.values())
@pytest.mark.parametrize("shape", ["{}", "{}.", "*{}*", "\n\n {}! \n\nAna", "“{}”", "{}\n\n-- \nAna"])
def test_the_word_alone_on_the_first_line_stops_in_any_language(word: str, shape: str) -> None:
    for spelt in (word, word.lower(), word.title()):
        assert stops(shape.format(spelt))


@pytest.mark.parametrize(
    "text", ["", "9", "Stop asking me", "nonstop", "9\nSTOP", "Hi,\nSTOP", "S T O P", "STOP 9", "stops", "¿basta ya?"]
)
def test_anything_else_does_not_stop(text: str) -> None:
    assert not stops(text)
