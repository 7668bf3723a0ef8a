"""The form of a survey as people meet it: opened from a file in a real browser, filled in, printed, heard.

Nothing is sent anywhere: the link that would open an e-mail program is read, and where a test follows it, held back.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.exchange.test_forms import EVERY, PLAIN, TOKEN, filled_with, shipped

from relcli.domain.survey import Instrument, Item, Tag
from relcli.exchange.forms import form

pytestmark = pytest.mark.browser

PHONE, DESKTOP, SMALLEST = 390, 1280, 320
ME = "ines@example.org"
ARABIC = Instrument(
    "rtl", 1, ("customers",), {"ar": "سؤال"}, {"ar": "سؤال واحد فقط."},
    (
        Item("much", Tag.SATISFACTION, {"ar": "ما مدى رضاك عنا؟"}, 1, 5, labels={"ar": ("أبدا", "تماما")}),
        Item("why", Tag.OPEN, {"ar": "لماذا؟"}),
    ),
    ("ar",),
)  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The machine's own Chromium, without a window."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.fail("chromium is missing: apt-get install chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.fail("playwright is missing: pip install 'relcli[browser]'")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if os.getuid() == 0 else [])
        yield browser
        browser.close()


Opened = Callable[..., Any]


@pytest.fixture
def opened(chromium: Any, tmp_path: Path) -> Iterator[Opened]:
    """Opens a page from a file. Afterwards it must have asked for nothing but itself, and complained of nothing."""
    asked: list[str] = []
    said: list[str] = []
    contexts: list[Any] = []
    files: list[str] = []

    def open_it(html: str, *, width: int = DESKTOP, **settings: Any) -> Any:
        file = tmp_path / f"form-{len(files)}.html"
        file.write_text(html, "utf-8")
        files.append(file.as_uri())
        context = chromium.new_context(viewport={"width": width, "height": 800}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.goto(files[-1])
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert files
    assert asked == files
    assert said == []


def personal(name: str = "pulse", language: str = "en", *, to: str = ME, token: str = TOKEN) -> str:
    return form(shipped(name), language, to=to, token=token, sender_name="Inés Prado", contact_name="Ana Novak")


def letter(href: str) -> tuple[str, str, str]:
    """Whom a `mailto:` goes to, its subject and its body, as a mail program reads it."""
    parts = urlsplit(href)
    said = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)
    assert set(said) <= {"subject", "body"}
    return parts.path, said["subject"][0], said.get("body", [""])[0]


def hold_back(page: Any) -> None:
    """Notes where a link would have gone, and does not go there."""
    page.evaluate("""() => {
        window.went = [];
        document.addEventListener("click", (event) => {
            const link = event.target.closest("a[href^='mailto:']");
            if (link && !event.defaultPrevented) { window.went.push(link.href); event.preventDefault(); }
        });
    }""")


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.className"))


# --- filling it in ----------------------------------------------------------------------------------------------------


def test_filled_in_by_keyboard_alone_it_writes_the_answer(opened: Opened) -> None:
    page = opened(personal("pulse", "es"))
    hold_back(page)
    press = page.keyboard.press
    press("Tab")
    assert focused(page) == "q1-1"
    press("Space")
    for _ in range(9):
        press("ArrowRight")
    press("Enter")  # goes nowhere, loses nothing
    press("Tab")
    assert focused(page) == "plain leave-out"
    press("Tab")
    page.keyboard.type("siempre puntuales")
    press("Tab")
    assert focused(page) == "send"
    press("Enter")
    [went] = page.evaluate("window.went")
    body = f"relcli pulse 1 es {TOKEN}\r\nrecommend: 9\r\nwhy: siempre puntuales"
    assert letter(went) == (ME, f"pulse {TOKEN}", body)
    assert "debería estar abierto" in page.inner_text("#status")
    assert page.locator("#as-text").get_attribute("open") is not None
    assert page.input_value("#text") == body.replace("\r\n", "\n")


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_shipped_survey_is_answered_item_by_item(name: str, language: str, opened: Opened) -> None:
    page, expected = opened(personal(name, language, token=""), width=PHONE), []
    for number, item in enumerate(shipped(name).items, 1):
        if item.scaled:
            page.get_by_role("group").filter(has_text=item.text[language]).get_by_label(str(item.high), exact=True).check()
            expected.append(f"{item.name}: {item.high}")
        elif item.choices:
            words = item.wording[language][-1]
            page.get_by_role("group").filter(has_text=item.text[language]).get_by_label(words, exact=True).check()
            expected.append(f"{item.name}: {item.choices[-1]}")
        else:
            page.get_by_label(f"{number}. {item.text[language]}").fill("¿Qué? 100 % & <más> #1 + „ja“ 🙂")
            expected.append(f"{item.name}: ¿Qué? 100 % & <más> #1 + „ja“ 🙂")
    to, subject, body = letter(page.get_attribute("#send", "href"))
    assert (to, subject) == (ME, name)
    assert body.split("\r\n") == [f"relcli {name} 1 {language}", *expected]


def test_what_was_left_out_is_not_in_the_answer_and_a_choice_can_be_taken_back(opened: Opened) -> None:
    page = opened(personal("service"))
    page.get_by_role("radio", name="4").first.check()
    page.get_by_role("radio", name="2").last.check()
    page.get_by_role("button", name="Leave out").first.click()
    assert focused(page) == "q1-1"
    assert letter(page.get_attribute("#send", "href"))[2].split("\r\n")[1:] == ["trouble: 2"]
    assert page.get_by_role("button", name="Leave out").count() == 1


def test_lines_of_an_answer_stay_in_it_even_where_they_look_like_another(opened: Opened) -> None:
    page = opened(personal())
    page.locator("textarea").first.fill("  you keep your word\n\nRecommend : 3\nto: everybody\n")
    body = letter(page.get_attribute("#send", "href"))[2]
    lines = ["why: you keep your word", "", "- Recommend : 3", "to: everybody"]
    assert body.split("\r\n") == [f"relcli pulse 1 en {TOKEN}", *lines]


def test_half_a_character_does_not_break_the_answer(opened: Opened) -> None:
    page = opened(personal())
    page.evaluate("""() => { const box = document.querySelector("textarea"); box.value = "a\\ud800b";
        box.dispatchEvent(new Event("input", { bubbles: true })); }""")
    assert letter(page.get_attribute("#send", "href"))[2].endswith("why: a\ufffdb")


@pytest.mark.parametrize("to", [ME, ""])
def test_an_empty_form_is_refused_in_words_and_the_words_have_the_focus(to: str, opened: Opened) -> None:
    page = opened(personal(to=to))
    hold_back(page)
    page.locator("#send" if to else "#copy").click()
    assert page.evaluate("window.went") == []
    alert = page.get_by_role("alert")
    assert "Nothing is answered yet. Please answer at least one question." in alert.inner_text()
    assert focused(page) == "problem"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page) == "q1-1"
    page.locator("#q1-1").check()
    assert alert.inner_text().strip() == ""


def test_a_number_off_its_scale_is_not_sent(opened: Opened) -> None:
    page = opened(form(PLAIN, "en", to=ME))
    hold_back(page)
    page.locator("input[type=number]").fill("101")
    page.locator("#send").click()
    assert page.evaluate("window.went") == []
    assert focused(page) == "q2-1"
    page.locator("input[type=number]").fill("100")
    page.locator("#send").click()
    assert letter(page.evaluate("window.went")[0])[2] == "relcli mine 1 en\r\nfar: 100"


def test_of_a_long_answer_it_says_that_it_may_be_cut_and_offers_the_text(opened: Opened) -> None:
    page = opened(personal())
    page.locator("textarea").first.fill("word " * 200)
    assert page.inner_text("#status") == ""
    page.locator("textarea").first.fill("word " * 500)
    assert "some e-mail programs cut long messages short" in page.get_by_role("status").inner_text()
    assert page.locator("#text").is_visible()
    assert page.input_value("#text").count("word") == 500
    page.locator("textarea").first.fill("short")
    assert page.inner_text("#status") == ""


@pytest.mark.parametrize("browser_lets_it", [True, False])
def test_without_an_address_the_answer_is_copied(browser_lets_it: bool, opened: Opened) -> None:
    page = opened(personal(to=""), permissions=["clipboard-read", "clipboard-write"])
    page.locator("#q1-8").check()
    assert page.locator("#text").is_visible()
    assert page.locator("a[href^='mailto:']").count() == 0
    if not browser_lets_it:
        page.evaluate("() => { Object.defineProperty(navigator, 'clipboard', {}); document.execCommand = () => false; }")
    page.get_by_role("button", name="Copy").click()
    if browser_lets_it:
        page.wait_for_function("document.getElementById('status').textContent")
        assert page.inner_text("#status") == "Copied. Now paste it into a message."
        assert page.evaluate("navigator.clipboard.readText()") == f"relcli pulse 1 en {TOKEN}\nrecommend: 7"
    else:
        assert page.inner_text("#status") == "The text is selected: now copy it with the keyboard or the menu."
        assert page.evaluate("getSelection().toString()") == f"relcli pulse 1 en {TOKEN}\nrecommend: 7"


def test_what_the_browser_kept_over_a_reload_is_in_the_answer_again(opened: Opened) -> None:
    page = opened(personal())
    page.locator("#q1-8").check()
    page.evaluate("document.querySelector('#q1-9').checked = true; dispatchEvent(new Event('pageshow'))")
    assert letter(page.get_attribute("#send", "href"))[2].endswith("recommend: 8")


# --- without a script, on paper, with hostile words -------------------------------------------------------------------


@pytest.mark.parametrize("to", [ME, ""])
def test_without_javascript_everything_is_there_and_it_says_how_to_answer(to: str, opened: Opened) -> None:
    page = opened(personal("relationship", to=to), java_script_enabled=False, width=PHONE)
    for item in shipped("relationship").items:
        assert page.get_by_text(item.text["en"]).is_visible()
    assert page.get_by_text("a line for each question, its number first").is_visible()
    assert page.get_by_text(f"relationship {TOKEN}").first.is_visible()
    assert page.locator(".scripted").is_hidden()
    links = [page.locator("a[href^='mailto:']").nth(n) for n in range(page.locator("a[href^='mailto:']").count())]
    visible = [letter(link.get_attribute("href")) for link in links if link.is_visible()]
    assert visible == ([(ME, f"relationship {TOKEN}", "")] if to else [])
    page.locator("#q1-2").check()
    page.keyboard.press("Enter")
    page.locator("#q9-1").fill("kept")
    assert page.locator("#q1-2").is_checked()


def test_with_javascript_the_words_for_those_without_are_gone(opened: Opened) -> None:
    page = opened(personal())
    assert [page.locator(".unscripted").nth(n).is_visible() for n in range(2)] == [False, False]
    assert page.locator("#send").is_visible()


@pytest.mark.parametrize("scripted", [True, False])
@pytest.mark.parametrize("name", ["pulse", "relationship"])
def test_on_paper_there_are_boxes_and_lines_and_no_buttons(name: str, scripted: bool, opened: Opened) -> None:
    page = opened(personal(name), java_script_enabled=scripted, color_scheme="dark")
    page.locator("#q1-3").check()  # "Leave out" appears on the screen
    page.emulate_media(media="print")
    controls = page.locator("a, button, summary, textarea")
    assert [n for n in range(controls.count()) if controls.nth(n).is_visible()] == []
    assert page.locator(".lines").first.is_visible()
    gap = page.locator(".lines i").nth(1).bounding_box()["y"] - page.locator(".lines i").nth(0).bounding_box()["y"]
    assert gap > 25, "a line of handwriting needs room"
    above = page.locator(".asked").first.bounding_box()
    assert page.locator(".lines i").first.bounding_box()["y"] >= above["y"] + above["height"]
    assert page.get_by_text("Please tick one answer to each question").is_visible()
    assert page.get_by_text(f"relcli {name} 1 en {TOKEN}").is_visible()
    box = page.locator("#q1-1").bounding_box()
    assert box["width"] > 14
    if scripted:
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.pdf(format="A4").startswith(b"%PDF-")


@pytest.mark.parametrize("scripted", [True, False])
def test_what_was_written_on_the_screen_is_printed_in_full(scripted: bool, opened: Opened) -> None:
    page = opened(personal(), java_script_enabled=scripted)
    page.locator("#q2-1").fill("line\n" * 40 + "the last one")
    page.emulate_media(media="print")
    assert page.locator(".lines").is_hidden()
    shown = page.locator(".written" if scripted else "#q2-1")
    assert shown.is_visible()
    assert shown.bounding_box()["height"] > 40 * 12


@pytest.mark.parametrize(
    "hostile", ["</script><script>alert(1)</script>", "\"' autofocus onfocus='alert(1)", "<img src=x onerror=alert(1)>"]
)
def test_hostile_words_are_shown_and_do_nothing(hostile: str, opened: Opened) -> None:
    page = opened(form(filled_with(hostile), "en", to=ME, token=TOKEN, sender_name=hostile, contact_name=hostile))
    assert page.locator("h1").inner_text() == hostile
    page.locator("#q3-1").check()
    assert letter(page.get_attribute("#send", "href"))[2] == f"relcli mine 1 en {TOKEN}\r\nway: {hostile}"


# --- for everybody ----------------------------------------------------------------------------------------------------

RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


def violations(page: Any) -> list[str]:
    """What axe-core finds, all its rules for WCAG 2.2 AA and good practice with the size of targets."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=RULES).response
    assert found["testEngine"]["name"] == "axe-core"
    return [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in found["violations"] for n in v["nodes"]]


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize(("name", "language"), EVERY)
def test_axe_finds_nothing(name: str, language: str, colours: str, opened: Opened) -> None:
    for width in (PHONE, DESKTOP):
        page = opened(personal(name, language), width=width, color_scheme=colours, reduced_motion="reduce")
        page.locator("#send").click()  # refused: the alert is there
        assert violations(page) == []
        page.locator("#q1-3").check()
        page.locator("#q1-3").hover()
        page.locator("summary").click()
        assert violations(page) == []


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("scripted", [True, False])
def test_axe_finds_nothing_in_the_other_forms(colours: str, scripted: bool, opened: Opened) -> None:
    for html in (form(PLAIN, "en", to=""), form(ARABIC, "ar", to=ME), personal(to="")):
        page = opened(html, width=PHONE, color_scheme=colours)
        if not scripted:  # axe itself is a script: the page as it is before ours has run
            page.evaluate("for (const part of document.querySelectorAll('.scripted, .unscripted')) part.hidden = !part.hidden")
            assert page.locator("#by-hand").is_visible()
        assert violations(page) == []


@pytest.mark.parametrize(
    ("rule", "harm"),
    [
        ("label", "document.querySelector('label.asked').removeAttribute('for')"),
        ("color-contrast", "document.querySelector('h1').style.color = '#ddd'"),
        ("target-size", "for (const box of document.querySelectorAll('#q1-1, #q1-2')) document.body.prepend(small(box))"),
        ("html-has-lang", "document.documentElement.removeAttribute('lang')"),
        ("region", "document.body.append(Object.assign(document.createElement('p'), { textContent: 'outside' }))"),
    ],
)  # fmt: skip
def test_axe_finds_what_is_done_to_the_page(rule: str, harm: str, opened: Opened) -> None:
    page = opened(personal())
    page.evaluate(f"""() => {{
        const small = (box) => Object.assign(box.cloneNode(), {{ style: "width: 9px; height: 9px; margin: 0" }});
        {harm};
    }}""")
    assert {found.partition(":")[0] for found in violations(page)} >= {rule}


@pytest.mark.parametrize("name", ["pulse", "relationship"])
@pytest.mark.parametrize("width", [SMALLEST, PHONE, DESKTOP])
def test_nothing_sticks_out_and_every_target_is_large_enough(name: str, width: int, opened: Opened) -> None:
    page = opened(personal(name, "de"), width=width)
    page.locator("#q1-3").check()
    page.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    targets = page.locator("label:has(input), button:visible, a.button:visible, summary")
    sizes = [targets.nth(n).bounding_box() for n in range(targets.count())]
    assert len(sizes) > 12
    assert all(box["width"] >= 24 and box["height"] >= 24 for box in sizes)
    rows = {page.locator(f"#q1-{n}").bounding_box()["y"] for n in range(1, page.locator("[name=q1]").count() + 1)}
    assert len(rows) == (2 if name == "pulse" and width < DESKTOP else 1)


def test_the_ends_of_a_scale_are_told_with_it(opened: Opened) -> None:
    page = opened(personal())
    tree = page.locator("main").aria_snapshot()
    assert 'group "1. If somebody you care about needed what we do, how gladly would you send them to us?"' in tree
    described = page.evaluate("document.querySelector('fieldset').getAttribute('aria-describedby').split(' ')"
                              ".map((id) => document.getElementById(id).textContent)")  # fmt: skip
    assert described == ["0 not at all", "10 very gladly"]


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_what_has_the_focus_is_seen(colours: str, opened: Opened) -> None:
    page = opened(personal(), color_scheme=colours)
    page.locator("#q1-3").check()
    for _ in range(5):
        page.keyboard.press("Tab")
        outline = page.evaluate("""() => { const at = document.activeElement;
            return getComputedStyle(at.matches("input[type=radio]") ? at.closest("label") : at).outlineWidth; }""")
        assert outline == "3px", focused(page)


def test_a_choice_is_seen_without_colours(opened: Opened) -> None:
    page = opened(personal(), forced_colors="active")
    page.locator("#q1-3").check()
    shots = [page.locator(f"label[for=q1-{n}] input").screenshot() for n in (2, 3)]
    assert shots[0] != shots[1]


def test_an_arabic_form_runs_from_right_to_left(opened: Opened) -> None:
    page = opened(form(ARABIC, "ar", to=ME, sender_name="Inés Prado"), width=PHONE)
    assert page.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"
    first, last = (page.locator(f"#q1-{n}").bounding_box()["x"] for n in (1, 5))
    assert first > last
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE


def test_a_scale_of_any_length_fits_a_telephone(opened: Opened) -> None:
    for points in (2, 7, 8, 11, 12, 13):
        item = replace(PLAIN.items[0], low=1, high=points)
        page = opened(form(replace(PLAIN, items=(item,)), "en", to=ME), width=SMALLEST)
        assert page.evaluate("document.documentElement.scrollWidth") == SMALLEST
        assert page.locator("input").count() == (points if points <= 12 else 1)
