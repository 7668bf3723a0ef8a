"""Survey files: what one may say, and that an error names file and place, and says what to write."""

from __future__ import annotations

from importlib import resources

import pytest

from relcli.domain.preference import PreferenceKind, normal
from relcli.domain.survey import SCORED, Instrument, Tag
from relcli.exchange.instruments import MOST_BYTES, InstrumentRefused, parsed

SHIPPED = resources.files("relcli.exchange") / "surveys"
NAMES = ("pulse", "relationship", "service", "supplier")
GOOD = """
version = 2
audience = ["customers", "partners"]
languages = ["en", "es"]
sources = ["Doe, K. (2020). On asking."]
[title]
en = "A word"
es = "Una palabra"
[introduction]
en = "Three questions."
es = "Tres preguntas."
[[items]]
name = "content"
tag = "satisfaction"
scale = [1, 5]
text.en = "How content are you?"
text.es = "¿Qué tal?"
labels.en = ["not", "very"]
labels.es = ["nada", "mucho"]
[[items]]
name = "often"
tag = "cadence"
choices = ["1m", "1y"]
text.en = "How often?"
text.es = "¿Cada cuánto?"
wording.en = ["monthly", "yearly"]
wording.es = ["cada mes", "cada año"]
[[items]]
name = "trouble"
tag = "effort"
scale = [1, 7]
reversed = true
text.en = "How much trouble?"
text.es = "¿Cuántas molestias?"
[[items]]
name = "why"
tag = "open"
text.en = "Why?"
text.es = "¿Por qué?"
"""


def read(text: str | bytes, name: str = "mine") -> Instrument:
    return parsed(text if isinstance(text, bytes) else text.encode(), name=name, file="mine.toml")


def refusal(text: str | bytes, name: str = "mine") -> InstrumentRefused:
    with pytest.raises(InstrumentRefused) as refused:
        read(text, name)
    assert refused.value.code == 65
    return refused.value


# --- what is understood -----------------------------------------------------------------------------------------------


def test_a_file_is_its_questions_in_every_language() -> None:
    found = read(GOOD)

    assert (found.name, found.version, found.audience, found.languages) == ("mine", 2, ("customers", "partners"), ("en", "es"))
    assert (found.title["es"], found.introduction["en"]) == ("Una palabra", "Three questions.")
    content, often, trouble, why = found.items
    assert (content.tag, content.low, content.high, content.labels["es"]) == (Tag.SATISFACTION, 1, 5, ("nada", "mucho"))
    assert (often.choices, often.wording["es"], often.scaled) == (("1m", "1y"), ("cada mes", "cada año"), False)
    assert (trouble.reversed, trouble.scaled) == (True, True)
    assert (why.tag, why.text["es"], why.scaled) == (Tag.OPEN, "¿Por qué?", False)


@pytest.mark.parametrize("text", [GOOD.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + GOOD.encode()])
def test_line_ends_and_a_byte_order_mark_do_not_matter(text: bytes) -> None:
    assert read(text) == read(GOOD)


def test_a_text_over_several_lines_becomes_one() -> None:
    assert read(GOOD.replace('"Three questions."', '"""\nThree\n  questions."""')) == read(GOOD)


def test_less_than_and_an_ampersand_are_no_markup() -> None:
    assert read(GOOD.replace("Why?", "Is 3 < 5, Brown & Sons?")).items[3].text["en"] == "Is 3 < 5, Brown & Sons?"


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "what", "hint"),
    [
        ("version = 2", "", "version is missing", "write it"),
        ("version = 2", 'version = "2"', "version: input should be a valid integer", ""),
        ("version = 2", "version = 0", "version: input should be greater than or equal to 1", ""),
        ("version = 2", "version = true", "version: input should be a valid integer", ""),
        ("version = 2", "version = 2\ncolour = 1", "there is no key colour", "leave it out"),
        ('tag = "open"', 'tag = "open"\nscal = [1, 2]', 'there is no key item "why", scal', "leave it out"),
        ('tag = "open"', 'tag = "mood"', 'item "why", tag', ""),
        ('"customers", "partners"', '"friends"', "audience.0", ""),
        ('"customers", "partners"', "", "audience: ", ""),
        ('text.es = "¿Por qué?"', "", 'why: text is missing in "es"', "write it, or leave that language out"),
        ('es = "Una palabra"', "", 'title is missing in "es"', "leave that language out"),
        ('es = "Tres preguntas."', "", 'introduction is missing in "es"', "leave that language out"),
        ('labels.es = ["nada", "mucho"]', "", 'content: labels is missing in "es"', ""),
        ('wording.es = ["cada mes", "cada año"]', "", 'often: wording is missing in "es"', ""),
        ('text.es = "¿Por qué?"', 'text.es = "?"\ntext.fr = "?"', 'why: text is there in "fr"', "add it, or leave it out"),
        ('"en", "es"]', '"en", "es", "en"]', 'language "en" stands there twice', "once"),
        ('"en", "es"]', '"English", "es"]', "languages.0", ""),
        ("scale = [1, 5]", "scale = [5, 5]", 'item "content": its scale runs from 5 to 5', "write the lower end first, as in [1, 5]"),
        ("scale = [1, 5]", "scale = [5, 1]", "its scale runs from 5 to 1", "lower end first"),
        ("scale = [1, 5]", "scale = [1, 1000]", 'item "content", scale.1', ""),
        ("scale = [1, 5]", "scale = [1, 5, 9]", 'item "content", scale', ""),
        ("scale = [1, 5]\n", "", "satisfaction is scored and needs a scale", "write scale = [1, 5]"),
        ('tag = "open"', 'tag = "open"\nscale = [1, 5]', "open is not scored", "leave out scale"),
        ('tag = "effort"', 'tag = "satisfaction"', '"content" and "trouble" are both satisfaction, on two scales', "the same one"),
        ('tag = "effort"', 'tag = "recommend"', "recommend is asked from 0 to 10", "write scale = [0, 10]"),
        ('name = "why"', 'name = "often"', 'two items are called "often"', "a name of its own"),
        ('name = "why"', 'name = "The reason"', 'item "The reason", name', ""),
        ("reversed = true", 'reversed = "yes"', 'item "trouble", reversed', ""),
        ('tag = "open"', 'tag = "open"\nreversed = true', "labels and reversed belong to a scale", "leave them out"),
        ('choices = ["1m", "1y"]\n', "", "cadence is chosen from a list", "write choices"),
        ('choices = ["1m", "1y"]', 'choices = ["monthly", "1y"]', 'item "often": "monthly" is not a length of time', "write 10d, 4w"),
        ('choices = ["1m", "1y"]', 'choices = ["01M", "1y"]', 'choice "01M"', 'write "1m"'),
        ('choices = ["1m", "1y"]', 'choices = ["1m", "1m"]', "one of its choices stands there twice", "once"),
        ('["monthly", "yearly"]', '["monthly"]', "wording.en has 1 texts for 2 choices", "one for each"),
        ('["monthly", "yearly"]', '["now", "Now"]', "wording.en calls two choices the same", "apart"),
        ('tag = "cadence"', 'tag = "closeness-wanted"', 'closeness "1m" is none of', ""),
        ('"Why?"', '"<script>alert(1)</script>"', 'item "why", text.en: "<script>alert(1)</script>" holds markup', "plain text"),
        ('"Why?"', '"<b>Why?</b>"', "holds markup", "plain text"),
        ('"Why?"', '"< img src=x>"', "holds markup", "plain text"),
        ('"Why?"', '"Why&#33;"', "holds markup", "plain text"),
        ('"Why?"', '"javascript:alert(1)"', "holds markup", "plain text"),
        ('"Una palabra"', '"<i>"', "title.es", "plain text"),
        ('["not", "very"]', '["<u>", "very"]', 'item "content", labels.en.0', "plain text"),
        ('"Doe, K. (2020). On asking."', '"<a href=x>"', "sources.0", "plain text"),
        ('"Why?"', '"Why\\u001b[31m?"', r'"Why\x1b[31m?" holds a control character', "plain text"),
        ('"Why?"', '"Why\\u202e?"', r"Why\u202e?", "plain text"),
        ('"Why?"', '"  "', 'item "why", text.en: it is empty', "write a text"),
        ('"Why?"', f'"{"w" * 301}"', 'item "why", text.en: string should have at most 300 characters', ""),
        ('"A word"', f'"{"w" * 101}"', "title.en", ""),
        ('"not"', f'"{"w" * 61}"', "labels.en", ""),
        ('"Why?"', "7", 'item "why", text.en', ""),
    ],
)  # fmt: skip
def test_what_no_survey_may_say_is_refused_with_its_place_and_what_to_write(old: str, new: str, what: str, hint: str) -> None:
    assert old in GOOD
    error = refusal(GOOD.replace(old, new))

    assert error.message.startswith("mine.toml")
    assert what in error.message
    assert hint in error.hint
    assert error.hint


def test_an_open_item_may_have_choices_but_no_bare_numbers() -> None:
    choices = 'tag = "open"\nchoices = ["a friend", "7"]\nwording.en = ["A", "B"]\nwording.es = ["A", "B"]'

    assert 'choice "7" is a number' in refusal(GOOD.replace('tag = "open"', choices)).message
    assert read(GOOD.replace('tag = "open"', choices.replace('"7"', '"the web"'))).items[3].choices == ("a friend", "the web")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"version = ", "is not TOML"),
        (b"version = 1\nversion = 2", "is not TOML"),
        (b"title = '\xff'", "is not UTF-8"),
        (b"a = " + b"[" * 20_000, "is not TOML"),
        (b"#" * (MOST_BYTES + 1), f"more than {MOST_BYTES} bytes"),
        (b"", "version is missing"),
        (b"\0", "is not TOML"),
    ],
)
def test_what_is_no_toml_is_refused(data: bytes, what: str) -> None:
    assert what in refusal(data).message


@pytest.mark.parametrize("name", ["", "Pulse", "two words", "../up", "x" * 41, "9lives", "-x", "é"])
def test_a_name_is_short_and_plain(name: str) -> None:
    assert "cannot be the name of a survey" in refusal(GOOD, name).message


# --- those that are shipped -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*NAMES, "_starter"])
def test_what_is_shipped_can_be_read_and_says_how_to_change_it(name: str) -> None:
    data = (SHIPPED / f"{name}.toml").read_bytes()
    found = parsed(data, name=name.strip("_"), file=name)

    assert b"# raise it" in data
    assert found.version == 1
    if name != "_starter":
        assert found.languages == ("en", "es", "de")
        assert found.sources


def test_the_four_are_for_those_they_say_and_ask_what_they_say() -> None:
    asked = {name: parsed((SHIPPED / f"{name}.toml").read_bytes(), name=name, file=name) for name in NAMES}
    tags = {name: {item.tag.value for item in found.items} for name, found in asked.items()}

    assert [(i.name, i.low, i.high) for i in asked["pulse"].items] == [("recommend", 0, 10), ("why", 0, 0)]
    assert tags["relationship"] == {
        "trust", "commitment", "satisfaction", "value", "closeness-wanted", "closeness-felt", "cadence", "channel", "open"
    }  # fmt: skip
    assert tags["service"] == {"effort", "satisfaction", "open"}
    assert asked["supplier"].audience == ("suppliers", "partners")
    assert set().union(*tags.values()) == {tag.value for tag in Tag}
    effort = [item.reversed for found in asked.values() for item in found.items if item.tag is Tag.EFFORT]
    assert effort == [True, True]
    assert not any(item.reversed for found in asked.values() for item in found.items if item.tag in SCORED - {Tag.EFFORT})


def test_their_choices_are_wishes_as_the_book_spells_them() -> None:
    found = parsed((SHIPPED / "relationship.toml").read_bytes(), name="relationship", file="x")
    of = {item.tag: item.choices for item in found.items}

    assert of[Tag.CLOSENESS_WANTED] == of[Tag.CLOSENESS_FELT]
    for tag, kind in ((Tag.CLOSENESS_WANTED, PreferenceKind.CLOSENESS), (Tag.CADENCE, PreferenceKind.CADENCE)):
        assert [normal(kind, choice) for choice in of[tag]] == list(of[tag])
