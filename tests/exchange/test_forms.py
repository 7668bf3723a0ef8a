"""A survey as a page: it needs nothing else, every control has its label, and what users typed stays text."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field, replace
from hashlib import sha256
from html.parser import HTMLParser
from importlib import resources
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.survey import Instrument, Item, Tag
from relcli.exchange.forms import form
from relcli.exchange.instruments import parsed
from relcli.exchange.phrases import phrases
from relcli.text import safe

SURVEYS = resources.files("relcli.exchange") / "surveys"
TOKEN = "r-7k3m9q2x4d"
EVERY = [(name, language) for name in ("pulse", "relationship", "service", "supplier") for language in ("en", "es", "de")]
NO_END = {"meta", "input", "br", "hr", "link", "img"}


def shipped(name: str) -> Instrument:
    return parsed((SURVEYS / f"{name}.toml").read_bytes(), name=name, file=name)


@dataclass
class Page(HTMLParser):
    """What a browser would find: each element with its attributes and the text in it."""

    source: str
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)  # place of an element → the text in it, without blanks around it
    open: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.source)
        self.close()
        assert not self.open, "an element was never closed"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attributes}))
        self.texts[len(self.elements) - 1] = ""
        if tag not in NO_END:
            self.open.append(len(self.elements) - 1)

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self.open.pop()][0] == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        for place in self.open:
            self.texts[place] += data

    def all(self, *tags: str, **wanted: str) -> list[dict[str, str]]:
        """The attributes of every element of these tags that has these ones."""
        return [a for tag, a in self.elements if tag in tags and wanted.items() <= a.items()]

    def text(self, tag: str, **wanted: str) -> list[str]:
        """The text in every such element."""
        found = [p for p, (name, a) in enumerate(self.elements) if name == tag and wanted.items() <= a.items()]
        return [" ".join(self.texts[place].split()) for place in found]

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Every element with the names of its attributes: all that markup could change."""
        return [(tag, tuple(attributes)) for tag, attributes in self.elements]


def page(name: str = "pulse", language: str = "en", *, to: str = "ines@example.org", token: str = TOKEN) -> Page:
    return Page(form(shipped(name), language, to=to, token=token, sender_name="Inés Prado", contact_name="Ana Novak"))


# --- what a browser and a screen reader need --------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_control_has_its_label_and_no_id_stands_twice(name: str, language: str) -> None:
    found = page(name, language)
    ids = [a["id"] for _, a in found.elements if "id" in a]
    assert len(ids) == len(set(ids))
    labelled = [a["for"] for a in found.all("label")]
    controls = [a["id"] for a in found.all("input", "textarea") if "readonly" not in a]
    assert controls
    assert labelled == controls
    assert all(set(a["aria-describedby"].split()) <= set(ids) for _, a in found.elements if "aria-describedby" in a)
    assert all(found.text("label")), "a label says nothing"


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_item_is_asked_as_its_survey_says(name: str, language: str) -> None:
    found, instrument = page(name, language), shipped(name)
    assert [a["data-item"] for a in found.all("fieldset", "div") if "data-item" in a] == [i.name for i in instrument.items]
    assert found.text("title") == [f"{instrument.title[language]} · Inés Prado"]
    asked = found.text("legend") + found.text("label", **{"class": "asked"})
    assert sorted(asked) == sorted(f"{n}. {item.text[language]}" for n, item in enumerate(instrument.items, 1))
    for number, item in enumerate(instrument.items, 1):
        radios = found.all("input", name=f"q{number}", type="radio")
        expected = [str(point) for point in range(item.low, item.high + 1)] if item.scaled else list(item.choices)
        assert [a["value"] for a in radios] == expected
        if item.scaled:
            low, high = item.labels[language]
            assert found.text("span", id=f"q{number}-low") == [f"{item.low} {low}"]
            assert found.text("span", id=f"q{number}-high") == [f"{item.high} {high}"]
            described = [a.get("aria-describedby") for a in radios]
            assert (described[0], described[-1]) == (f"q{number}-low", f"q{number}-high")
        for choice, wording in zip(item.choices, item.wording.get(language, ()), strict=True):
            [place] = [a["id"] for a in radios if a["value"] == choice]
            assert found.text("label", **{"for": place}) == [wording]


def test_the_page_names_its_language_has_one_main_part_and_one_heading() -> None:
    found = page("service", "es")
    assert found.all("html")[0]["lang"] == "es"
    assert len(found.all("main")) == len(found.all("h1")) == 1


def test_who_asks_and_who_is_asked_are_shown_where_they_are_known() -> None:
    assert "Para Ana Novak" in page(language="es").text("p")
    assert "Inés Prado" in page(language="es").text("p")
    nobody = form(shipped("pulse"), "es", to="ines@example.org")
    assert "Para" not in "".join(Page(nobody).text("p", **{"class": "whom"}))
    assert Page(nobody).text("title") == ["Una pregunta"]


def test_nothing_is_fetched_and_only_our_own_style_and_script_may_run() -> None:
    found = page()
    [policy] = [a["content"] for a in found.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    source = found.source
    for tag in ("style", "script"):
        content = source.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        assert len(found.all(tag)) == 1
        assert rules.pop(f"{tag}-src") == f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
    assert rules == {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}
    names = {name for _, attributes in found.elements for name in attributes}
    assert not names & {"style", "src", "srcset", "action"}
    assert not [name for name in names if name.startswith("on")]
    assert not [word for word in ("http:", "https:", "url(", "@import", "//cdn") if word in source]


# --- where the answer goes --------------------------------------------------------------------------------------------


def test_the_letter_begun_names_the_survey_and_the_token() -> None:
    [send] = page().all("a", id="send")
    assert send["href"] == f"mailto:ines@example.org?subject=pulse%20{TOKEN}"
    assert page("supplier", "de").all("form")[0]["data-first"] == f"relcli supplier 1 de {TOKEN}"


def test_an_anonymous_form_holds_no_token_and_says_what_an_e_mail_shows() -> None:
    found = page(token="")
    assert found.all("a", id="send")[0]["href"] == "mailto:ines@example.org?subject=pulse"
    assert found.all("form")[0]["data-first"] == "relcli pulse 1 en"
    assert TOKEN not in found.source
    assert "An e-mail does show the address it comes from; if it is one we know, the answer may be counted as yours." in " ".join(
        found.text("p")
    )


def test_without_an_address_there_is_text_to_copy_and_no_letter() -> None:
    found = page(to="")
    assert "mailto:" not in found.source
    assert found.all("a", id="send") == []
    assert "open" in found.all("details")[0]
    assert found.text("button", id="copy") == ["Copy"]
    assert "send it to whoever gave you this form" in " ".join(found.text("p"))


@given(to=st.text(min_size=1), token=st.sampled_from(["", TOKEN]))
def test_whatever_the_address_holds_it_stays_the_address(to: str, token: str) -> None:
    address = to.encode("utf-8", "replace").decode()
    [send] = Page(form(shipped("pulse"), "en", to=address, token=token)).all("a", id="send")
    parts = urlsplit(send["href"])
    assert unquote(parts.path) == address
    assert parse_qs(parts.query, strict_parsing=True) == {"subject": [f"pulse {token}".strip()]}


# --- languages --------------------------------------------------------------------------------------------------------


def test_a_region_is_asked_in_its_language_and_an_unknown_one_in_the_first() -> None:
    assert page(language="es-MX").all("html")[0]["lang"] == "es"
    assert page(language="fi").all("html")[0]["lang"] == "en"


def test_a_language_without_words_of_ours_keeps_its_questions_and_marks_the_english_ones() -> None:
    item = Item("why", Tag.OPEN, {"fr": "Pourquoi ?"})
    french = Instrument("mine", 1, ("customers",), {"fr": "Un mot"}, {"fr": "Une question."}, (item,), ("fr",))
    found = Page(form(french, "fr", to="ines@example.org"))
    assert found.all("html")[0]["lang"] == "fr"
    assert found.text("label", **{"class": "asked"}) == ["1. Pourquoi ?"]
    assert found.text("section", id="by-hand", lang="en")
    assert found.text("footer")[0].startswith("Thank you.")
    assert not page(language="es").all("p", lang="en")


def test_no_word_of_the_page_is_called_like_a_method_which_a_template_would_find_instead() -> None:
    assert not set(phrases("en")["form"]) & set(dir(dict))


# --- what users typed -------------------------------------------------------------------------------------------------

SCALED = Item("much", Tag.SATISFACTION, {"en": "Q"}, 1, 5, labels={"en": ("L", "H")})
LONG = Item("far", Tag.VALUE, {"en": "Q"}, 0, 100, labels={"en": ("L", "H")})
CHOSEN = Item("way", Tag.CHANNEL, {"en": "Q"}, choices=("email", "phone"), wording={"en": ("W", "V")})
OPEN = Item("why", Tag.OPEN, {"en": "Q"})
PLAIN = Instrument("mine", 1, ("customers",), {"en": "T"}, {"en": "I"}, (SCALED, LONG, CHOSEN, OPEN), ("en",))
HOSTILE = st.sampled_from([
    "</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</textarea></title></style>", "' onfocus='x", "<!--",
    "{{ 7*7 }}{% raw %}", "{to}{0.__class__}", "]]>", "&lt;b&gt;&amp;", "\u202eevil", "a\0b\x1b[2J\x85", "\r\nlines\r\n",
])  # fmt: skip
ANY = (HOSTILE | st.text(min_size=1)).filter(lambda text: text.strip())


def filled_with(text: str) -> Instrument:
    both = {"en": (text, text)}
    items = (
        replace(SCALED, text={"en": text}, labels=both),
        replace(LONG, text={"en": text}, labels=both),
        replace(CHOSEN, text={"en": text}, choices=(text, "phone"), wording=both),
        replace(OPEN, text={"en": text}),
    )
    return replace(PLAIN, title={"en": text}, introduction={"en": text}, items=items)


@given(text=ANY)
def test_what_users_typed_is_text_whatever_it_holds(text: str) -> None:
    tame = Page(form(PLAIN, "en", to="ines@example.org", token=TOKEN, sender_name="S", contact_name="C"))
    found = Page(
        form(filled_with(text), "en", to="ines@example.org", token=TOKEN, sender_name=f"S{text}", contact_name=f"C{text}")
    )
    assert found.shape == tame.shape
    assert found.all("script") == tame.all("script")
    assert found.text("script") == tame.text("script")
    shown = " ".join(safe(text).split())
    assert found.text("h1") == [shown]
    assert found.text("p", **{"class": "lead"}) == [shown]
    assert found.text("legend") == [f"1. {shown}".strip(), f"3. {shown}".strip()]
    assert found.all("input", name="q3")[0]["value"] == safe(text)


def test_a_long_scale_is_a_number_to_write_within_its_ends() -> None:
    found = Page(form(PLAIN, "en", to=""))
    [number] = found.all("input", type="number")
    assert (number["min"], number["max"]) == ("0", "100")
    assert found.text("p", id="q2-ends") == ["A number from 0 to 100 0 L 100 H"]


def test_a_scale_without_named_ends_and_choices_without_wording_are_asked_plainly() -> None:
    items = (replace(SCALED, labels={}), replace(CHOSEN, wording={}))
    found = Page(form(replace(PLAIN, items=items), "en", to=""))
    assert "aria-describedby" not in found.all("fieldset")[0]
    assert "email" in found.text("label")
