"""What somebody's own words in a reply answer, and what of them is not read because it could mean two things."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.replying import STOP_WORDS, mentions_stop, said_in, stops
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


def said(text: str, instrument: Instrument, below: dict[int, str] | None = None) -> dict[str, str]:
    """The answers, all that was said being read."""
    found = said_in(text, below or {}, instrument, "en")
    assert not found.unread
    return dict(found.answers)


def pulse(text: str, below: dict[int, str] | None = None) -> tuple[str, str]:
    """The number and the words."""
    found = said(text, PULSE, below)
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
        ("9 nice", "nice"), ("9 friendly people", "friendly people"), ("9 absolutely", "absolutely"), ("Definitely a 9", ""),
        ("9 Friendly team, slow mail", "Friendly team, slow mail"), ("9 marvellous", "marvellous"), ("Hi Kim,\n9 nette Leute", "nette Leute"),
        ("9 muy amables", "muy amables"), ("Auf jeden Fall eine 9!", ""), ("Sin duda un 9", ""),
        ("Hi Kim, 9 friendly people", "friendly people"), ("Definitely a 9 because you care", "because you care"), ("9/10 nice", "nice"), ("9 por todo", "por todo"),
        ("I would say 9 if you ask me", "if you ask me"), ("A definite 9!", ""), ("Well, 9", "Well, 9"),
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


@pytest.mark.parametrize("text", ["nine", "always on time", "9th of May", "9%", "€9", "#9", "B9", "", "STOP", "Best regards"])
def test_where_no_number_stands_alone_none_is_taken(text: str) -> None:
    assert refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "3 weeks ago we ordered", "We waited 9 weeks", "at 9, the door was closed", "seit 3, also immer", "9. Mai war zu spät", "9 de mayo",
        "not a 9", "keine 9", "10 of 10 orders were late", "2 Lieferungen kamen zu spät", "more than 3", "I have 2.",
        "3 weeks", "2 Tage gewartet", "5 Mal bestellt", "3 veces tarde", "2 late deliveries", "9 of us were happy", "8 and a half", "8 or nine",
        "8 maybe nine", "10 Euro too much", "9 Uhr", "8 ½", "2 more weeks", "9 people, 2 cakes", "6 nice, 9 good", "9 May was too late",
        "2 Personen", "I had a 3 course meal", "hardly a 9", "We ate 9 friendly cakes", "9 nice people of 10", "3 años", "9 am", "9 por ciento",
    ],
)  # fmt: skip
def test_a_number_that_may_count_something_else_is_not_taken(text: str) -> None:
    assert "not plain" in (why := refused(text)) or "more than one number" in why


def test_a_number_without_end_is_told_shortly() -> None:
    for text in ("9" * 3_000_000, "9/" + "9" * 3_000_000, "1: " + "9" * 3_000_000):
        for instrument in (PULSE, SERVICE):
            assert len(refused(text, instrument)) < 200


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
    assert said("9 - on time", survey(RECOMMEND)) == {"recommend": "9"}


@given(st.integers(0, 10), st.sampled_from(["", " - ", ", ", "\n", "\n\n", "! ", "/10 "]), st.text("abcdefgh äß", max_size=30))
def test_any_number_on_the_scale_with_any_reason_is_read(number: int, separator: str, reason: str) -> None:
    reply = f"{number}{separator}x{reason}" if separator else str(number)

    assert pulse(reply) == (str(number), f"x{reason}".strip() if separator else "")


@given(
    st.text(st.sampled_from("0123456789 .,:/-\n>abc*_()12") | st.characters(), max_size=60),
    st.dictionaries(st.integers(0, 4), st.text(max_size=20), max_size=3),
)
def test_whatever_is_written_is_read_or_refused_and_never_off_the_scale(text: str, below: dict[int, str]) -> None:
    for instrument in (PULSE, SERVICE, WISHES):
        try:
            found = said_in(text, below, instrument, "en").answers
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
    assert said(text, SERVICE) == {"result": "4", "trouble": "1", "word": "all fine"}


def test_a_line_may_be_missing_and_words_go_on_over_lines() -> None:
    assert said("2: 1\n3: all\nfine", SERVICE) == {"trouble": "1", "word": "all\nfine"}
    assert said("1: 4\n2:\nAlways on time", SERVICE) == {"result": "4", "word": "Always on time"}


@pytest.mark.parametrize("text", ["4\n1\nall fine", "4\n1\n\nall fine", "Hi Kim,\n4/5\n1.\nall fine"])
def test_as_many_numbers_as_questions_answer_them_in_order(text: str) -> None:
    assert said(text, SERVICE) == {"result": "4", "trouble": "1", "word": "all fine"}


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
    assert said("4\n\n1, easy\n\nfine", SERVICE, {1: "4", 2: "1, easy", 3: "fine"}) == {
        "result": "4",
        "trouble": "1",
        "word": "fine",
    }
    assert said("See below.\n\n4", SERVICE, {1: "4"}) == {"result": "4", "word": "See below."}
    assert said("1: 4\n2: 1", SERVICE, {3: "1: 4\n2: 1"}) == {"result": "4", "trouble": "1"}
    assert refused("2\n\n4", SERVICE, {1: "4"})


@pytest.mark.parametrize("text", ["1: 5\n2: rather close\n3: more bread", "5\nClose\nmore bread"])
def test_a_choice_is_made_in_words(text: str) -> None:
    assert said(text, WISHES)["else"] == "more bread"
    assert said(text, WISHES)["wanted"].lower() in {"close", "rather close"}


@pytest.mark.parametrize("text", ["2: 3", "2: very", "close\n5\nmore bread"])
def test_a_choice_that_is_none_is_refused(text: str) -> None:
    assert refused(text, WISHES)


def test_what_can_be_read_is_kept_and_what_cannot_is_named() -> None:
    found = said_in("1: 5\n2: on Tuesdays\n3: more bread", {}, WISHES, "en")

    assert found.answers == {"content": "5", "else": "more bread"}
    assert list(found.unread) == ["wanted"]
    assert '"on tuesdays"' in found.unread["wanted"].lower()


def test_an_unread_line_throws_doubt_on_the_choices_but_not_on_the_numbers() -> None:
    found = said_in("5\nwhatever it is\nclose\nmore bread", {}, WISHES, "en")

    assert found.answers == {"content": "5"}
    assert list(found.unread) == ["wanted"]


def test_a_number_off_the_scale_throws_doubt_on_all_others() -> None:
    assert "not on the scale" in refused("1: 8\n2: 3\n3: all fine", SERVICE)


RELATIONSHIP = survey(
    *(item(name, Tag.TRUST, 1, 5) for name in ("satisfied", "word", "stay", "worth")),
    item("felt", Tag.CLOSENESS_FELT, choices=("none", "arms-length", "regular", "close")),
    item("wanted", Tag.CLOSENESS_WANTED, choices=("none", "arms-length", "regular", "close")),
    item("often", Tag.CADENCE, choices=("2w", "1m", "3m")),
    item("way", Tag.CHANNEL, choices=("email", "phone")),
    item("else", Tag.OPEN),
)
NUMBERS = {"satisfied": "5", "word": "4", "stay": "5", "worth": "4"}
NAMES = [each.name for each in RELATIONSHIP.items]
ALL = ["5", "4", "5", "4", "close", "regular", "every month", "email", "more bread"]


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("every month", "1m"), ("monthly", "1m"), ("Monthly, please.", "1m"), ("once a month", "1m"), ("jeden Monat", "1m"), ("cada mes", "1m"),
        ("weekly", "1w"), ("every three months", "3m"), ("alle 3 Monate", "3m"), ("cada tres meses", "3m"), ("quarterly", "3m"),
        ("every other week", "2w"), ("jede zweite Woche", "2w"), ("zweimal im Jahr", "6m"), ("una vez al año", "1y"), ("vierteljährlich", "3m"),
        ("every half-year", "6m"), ("2w", "2w"),
    ],
)  # fmt: skip
def test_how_often_is_understood_in_words(words: str, length: str) -> None:
    assert said(f"7: {words}", RELATIONSHIP) == {"often": length}
    assert said("\n".join([*ALL[:6], words, *ALL[7:]]), RELATIONSHIP)["often"] == length


@pytest.mark.parametrize(
    "words", ["biweekly", "often", "every now and then", "monthly or weekly", "every", "cada", "not weekly", "every 0 weeks"]
)
def test_how_often_is_not_guessed(words: str) -> None:
    assert refused(f"7: {words}", RELATIONSHIP)


def test_one_answer_that_cannot_be_read_leaves_the_others() -> None:
    numbered = "\n".join(f"{at}: {each}" for at, each in enumerate([*ALL[:6], "now and then", *ALL[7:]], 1))
    expected = dict(zip(NAMES, ALL, strict=True))
    del expected["often"]

    for text in (numbered, "\n".join([*ALL[:6], "now and then", *ALL[7:]])):
        found = said_in(text, {}, RELATIONSHIP, "en")
        assert found.answers == expected
        assert list(found.unread) == ["often"]
    under = said_in("x", dict(enumerate([*ALL[:6], "now and then", *ALL[7:]], 1)), RELATIONSHIP, "en")
    assert list(under.unread) == ["often"]


def test_the_numbers_alone_answer_the_questions_with_a_scale_in_order() -> None:
    assert said("5\n4\n5\n4", RELATIONSHIP) == NUMBERS
    assert said("Hi Kim,\n\n5\n4\n\n5\n4\n", RELATIONSHIP) == NUMBERS
    assert said("5", WISHES) == {"content": "5"}


@pytest.mark.parametrize(
    "lines", [ALL[:5], ALL[:6], ["5", "4", "5", "4", "regular", "monthly", "email", "more bread here"], [*ALL[:4], "great bread"]]
)
def test_where_a_question_was_passed_over_only_the_numbers_are_taken(lines: list[str]) -> None:
    found = said_in("\n".join(lines), {}, RELATIONSHIP, "en")

    assert found.answers == NUMBERS
    assert {"felt", "wanted", "often", "way"} == set(found.unread)


def test_too_few_numbers_answer_no_question_and_that_is_what_is_said() -> None:
    assert "3 of its lines hold a number alone, and 4 questions have a scale" in refused("5\n4\n5", RELATIONSHIP)


def test_words_too_long_to_keep_leave_the_number() -> None:
    found = said_in("9 - " + "so good " * 1000, {}, PULSE, "en")

    assert found.answers == {"recommend": "9"}
    assert "5000 are the most" in found.unread["why"]


# STOP


@pytest.mark.parametrize("word", STOP_WORDS)
@pytest.mark.parametrize("shape", ["{}", "{}.", "*{}*", "\n\n {}! \n\nAna", "“{}”", "{}\n\n-- \nAna"])
def test_the_word_alone_on_the_first_line_stops_in_any_language(word: str, shape: str) -> None:
    for spelt in (word, word.lower(), word.title()):
        assert stops(shape.format(spelt))


@pytest.mark.parametrize(
    "text",
    [
        "Hi Kim,\n\nSTOP\n\nKarim", "Hi,\nSTOP", "Stop please", "Please stop!", "STOP bitte", "Stopp, bitte.", "BASTA, por favor", "STOP - thanks",
        "Hi Kim, STOP", "STOP STOP", "Sehr geehrte Frau Doe,\n\nSTOPP\n\nMit freundlichen Grüßen\nKarim", "Hola:\n¡Basta!\nUn saludo", "STOP 🙏",
    ],
)  # fmt: skip
def test_a_greeting_a_please_and_a_closing_do_not_hide_it(text: str) -> None:
    assert stops(text)
    assert not mentions_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        "9\nSTOP",
        "Stop asking me",
        "I said STOP.",
        "¿basta ya?",
        "STOP 9",
        "Stop?",
        "Kim, (stop) it",
        "Hi Stop\nKarim",
        "Por favor: ¡BASTA ya!",
    ],
)
def test_a_short_reply_may_mention_it(text: str) -> None:
    assert mentions_stop(text)


@pytest.mark.parametrize(
    "text", ["", "9", "nonstop", "non-stop", "stops", "S T O P", "9 - the bus stop" + " is far away from the shop" * 3]
)
def test_other_words_and_long_replies_mention_nothing(text: str) -> None:
    assert not mentions_stop(text)


@pytest.mark.parametrize(
    "text",
    ["", "9", "Stop asking me", "nonstop", "9\nSTOP", "S T O P", "STOP 9", "stops", "¿basta ya?", "Stop?", "Hi Kim", "Hi Kim, 9"],
)
def test_anything_else_does_not_stop(text: str) -> None:
    assert not stops(text)
