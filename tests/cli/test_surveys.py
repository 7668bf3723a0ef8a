"""`relcli survey …`: surveys listed, shown, written; answers recorded, put right, taken out, undone. On both databases."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.cli.records import ids
from tests.cli.test_contacts import HOSTILE, harmless

from relcli import config
from relcli.domain.address import email_address
from relcli.domain.contact import Contact, Kind
from relcli.store import contacts
from relcli.store.book import opened

pytestmark = pytest.mark.usefixtures("book_location")
MADE = datetime(2026, 10, 1, tzinfo=UTC)
ANA = Contact(0, "c_aaaaaaaa", "Ana Ruiz", MADE, addresses=(email_address("ana@example.org"),))
BO = Contact(0, "c_bbbbbbbb", "Bo Lund", MADE, language="es-MX")
LUMEN = Contact(0, "c_cccccccc", "Café Lumen", MADE, kind=Kind.ORGANISATION)
WISHES = "--answer wanted=close --answer often='cada tres meses' --answer way=phone --at 2026-11-20"


@pytest.fixture(autouse=True)
def made(book_location: str) -> None:
    """Ana, who works for Lumen, and Bo, who speaks Spanish. All of it is batch 1."""
    with opened(book_location, wait=1) as book, book.writing("a test", now=MADE, actor="tester") as writing:
        ana, _, lumen = contacts.add_many(writing, [ANA, BO, LUMEN])
        contacts.employ(writing, ana, lumen, None)


def own(name: str, old: str = "", new: str = "", *, like: str = "pulse") -> Path:
    """A survey of one's own, like a shipped one with something changed."""
    from relcli.actions.surveys.instruments import _folder

    text = (_folder() / f"{like}.toml").read_text("utf-8")
    assert old in text
    folder = config.surveys_path()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(text.replace(old, new), "utf-8")
    return path


def held(relcli: Any) -> list[bytes]:
    """What these commands may write, as the book gives it out."""
    lines = ("timeline ana -f csv", "timeline bo -f csv", "preference list --all -f csv", "survey list -f csv")
    return [relcli.ok(line).out_bytes for line in lines]


def answers(relcli: Any, number: str = "a_1") -> dict[str, Any]:
    """The answers of one response, item by item; an edit to what it is already changes nothing, and shows it."""
    [first] = [r for r in json.loads(relcli.ok("timeline bo -f json").out)["records"] if r["id"] == number]
    said = json.loads(relcli.ok(f"survey edit {number} --at {first['at']} -f json").out)["answers"]
    return {row["item"]: row["text"] if row["value"] is None else row["value"] for row in said}


# --- record -----------------------------------------------------------------------------------------------------------


def test_what_was_answered_is_said_back_with_its_score_and_its_batch(relcli: Any) -> None:
    ran = relcli.ok("survey", "record", "pulse", "ana", "--answer", "why= always\non time ", "--answer", "recommend=9")

    assert ran.out == ""
    assert ran.err == "recorded a_1: Ana Ruiz answered pulse on 2026-11-21 10:00, 9 of 10 (batch 2)\n"


def test_programs_get_a_row_for_each_answer(relcli: Any) -> None:
    ran = relcli.ok("survey record pulse ana --answer why=prompt --answer recommend=9 --at 2026-11-20 -f csv")

    assert ran.out.splitlines() == [
        "id,survey,version,contact,at,item,value,text,source,external_id",
        "a_1,pulse,1,c_aaaaaaaa,2026-11-20,recommend,9,,,",
        "a_1,pulse,1,c_aaaaaaaa,2026-11-20,why,,prompt,,",
    ]
    assert ids(relcli.ok("survey record pulse ana --answer recommend=8 -f ids")) == ["a_2"]


def test_several_scores_are_one_of_a_hundred_and_much_trouble_is_a_low_one(relcli: Any) -> None:
    ran = relcli.ok("survey record service ana --answer result=5 --answer trouble=5")

    assert "50 of 100" in ran.err
    assert "100 of 100" in relcli.ok("survey record service ana --answer trouble=1").err


@pytest.mark.parametrize(
    ("words", "what", "code"),
    [
        ("pulse ana --answer recommend=11", "a whole number from 0 to 10", 2),
        ("pulse ana --answer recommend=-1", "a whole number from 0 to 10", 2),
        ("pulse ana --answer recommend=8.5", "a whole number from 0 to 10", 2),
        ("pulse ana --answer recommend=", "recommend says nothing", 2),
        ("pulse ana --answer why='  '", "why says nothing", 2),
        ("pulse ana --answer why=ok --answer recommend=gladly", "a whole number from 0 to 10", 2),
        ("pulse ana --answer colour=red", 'no item "colour"', 2),
        ("pulse ana --answer recommend=8 --answer Recommend=8", "recommend is answered twice", 2),
        ("pulse ana --answer recommend", "is not ITEM=VALUE", 2),
        ("pulse ana --answer =8", "is not ITEM=VALUE", 2),
        ("pulse ana", "nothing was answered", 2),
        ("pulse ana --answer recommend=8 --at 2026-11-22", "is still to come", 2),
        ("pulse ana --answer recommend=8 --at someday", "not a date", 2),
        ("relationship ana --answer wanted=closer", "is none of: none, arms-length, regular, close", 2),
        ("relationship ana --answer felt=closer", "is none of: none, arms-length, regular, close", 2),
        ("relationship ana --answer often=sometimes", "not a length of time", 2),
        ("relationship ana --answer way=pigeon", 'no channel "pigeon"', 2),
        ("pulse Zoe --answer recommend=8", "Zoe", 3),
        ("polls ana --answer recommend=8", 'there is no survey "polls"', 3),
    ],
)
def test_what_cannot_be_an_answer_is_refused_and_nothing_is_written(relcli: Any, words: str, what: str, code: int) -> None:
    before = held(relcli)
    ran = relcli(f"survey record {words}")

    assert ran.code == code
    assert what in ran.err
    assert len(ran.err.splitlines()) == 2  # what was wrong, and what to do
    assert held(relcli) == before
    assert "survey" not in relcli.ok("book history").out


def test_a_text_no_book_can_keep_is_refused(relcli: Any) -> None:
    assert relcli("survey", "record", "pulse", "ana", "--answer", "why=a\0b").code == 2
    assert relcli("survey", "record", "pulse", "ana", "--answer", "why=" + "w" * 5001).code == 2


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(relcli: Any) -> None:
    before = held(relcli)
    ran = relcli.ok(f"survey record relationship bo {WISHES} --dry-run")

    assert ran.err.startswith("would have recorded a_1: Bo Lund answered relationship")
    assert held(relcli) == before


# --- wishes -----------------------------------------------------------------------------------------------------------


def test_closeness_cadence_and_channel_become_stated_wishes_in_the_words_they_chose(relcli: Any) -> None:
    ran = relcli.ok(f"survey record relationship bo {WISHES} --answer felt=none")
    lines = relcli.ok("preference list bo -f csv").out.splitlines()[1:]

    assert [line.split(",", 2)[2] for line in lines] == [
        "closeness,close,stated,cercana,2026-11-20,,Bo Lund",
        "cadence,3m,stated,cada tres meses,2026-11-20,,Bo Lund",
        "channel,phone,stated,por teléfono,2026-11-20,,Bo Lund",
    ]
    assert "their stated wish: close contact, every 3 months, by phone (w_1 w_2 w_3)" in ran.err
    assert answers(relcli) == {"felt": "none", "wanted": "close", "often": "3m", "way": "phone"}


def test_one_undo_takes_back_the_answers_and_the_wishes(relcli: Any) -> None:
    before = held(relcli)
    relcli.ok(f"survey record relationship bo {WISHES}")
    assert held(relcli) != before

    relcli.ok("book undo --yes")
    assert held(relcli) == before


def test_how_often_and_by_which_channel_may_be_something_else_than_the_choices(relcli: Any) -> None:
    (config.settings_path().parent).mkdir(parents=True, exist_ok=True)
    config.settings_path().write_text('channels = ["stall"]\n')
    relcli.ok("survey record relationship ana --answer often=6W --answer way=Stall")

    assert [line.split(",")[3] for line in relcli.ok("preference list ana -f csv").out.splitlines()[1:]] == ["6w", "stall"]


def test_a_survey_cannot_state_a_channel_that_the_book_does_not_know(relcli: Any) -> None:
    own("mine", '"email", "phone"', '"stall", "phone"', like="relationship")

    assert 'no channel "stall"' in relcli("survey record mine ana --answer way=stall").err
    assert relcli.ok("preference list ana -f csv").out.count("\n") == 1


def test_a_wish_stated_in_an_answer_ends_a_do_not_contact_and_that_is_said(relcli: Any) -> None:
    relcli.ok("preference set ana --do-not-contact --stated 'leave me' --at 2026-01-01")
    ran = relcli.ok("survey record relationship ana --answer way=email")

    assert 'this ends the wish for no contact of 1 January 2026: "leave me" (w_1)' in ran.err


def test_an_unhappy_answer_asks_for_a_promise(relcli: Any) -> None:
    assert "they are unhappy" in relcli.ok("survey record pulse ana --answer recommend=6").err
    assert "relcli promise add c_aaaaaaaa" in relcli.ok("survey record service ana --answer result=2").err
    assert "unhappy" not in relcli.ok("survey record pulse ana --answer recommend=7").err


# --- on the phone -----------------------------------------------------------------------------------------------------


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relcli.cli.surveys.can_ask", lambda: True)


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_each_question_is_put_in_their_language_and_enter_leaves_it_out(relcli: Any) -> None:
    ran = relcli.ok("survey record relationship bo", stdin="\n6\n5\n\n\n4\n2\n6w\n1\nsigan así\n")

    assert "1/9  En conjunto, ¿qué tan a gusto está con nosotros?" in ran.err
    assert "     1 to 5: 1 nada, 5 del todo" in ran.err
    assert "     2  solo lo necesario" in ran.err
    assert '"6" is not on the scale of word' in ran.err
    assert answers(relcli) == {
        "word": 5, "felt": "close", "often": "6w", "way": "email", "wanted": "arms-length", "else": "sigan así"
    }  # fmt: skip


@pytest.mark.usefixtures("terminal")
def test_with_answers_on_the_command_line_nothing_is_asked(relcli: Any) -> None:
    assert "1/2" not in relcli.ok("survey record pulse ana --answer recommend=8").err


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("typed", "code"), [("", 5), ("8\n", 5), ("8\nlate", 5), ("\n\n", 2)])
def test_questions_broken_off_or_left_without_an_answer_write_nothing(relcli: Any, typed: str, code: int) -> None:
    ran = relcli("survey record pulse ana", stdin=typed)

    assert ran.code == code
    assert relcli.ok("timeline ana -f csv").out.count("\n") == 1


@pytest.mark.usefixtures("terminal")
def test_who_and_what_is_wrong_is_said_before_anything_is_asked(relcli: Any) -> None:
    for words in ("pulse Zoe", "polls ana"):
        ran = relcli(f"survey record {words}", stdin="8\n\n")
        assert (ran.code, "1/2" in ran.err) == (3, False)


def test_ctrl_c_on_a_real_terminal_writes_nothing(relcli: Any, process: Any, database: str) -> None:
    if database != "sqlite":
        pytest.skip("a terminal is the same on both databases")
    ours, theirs = pty.openpty()
    child = process.start(
        [process.python, "-m", "relcli", "survey", "record", "pulse", "ana"],
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    seen = _until(ours, b"1/2")
    os.write(ours, b"8\n")
    seen += _until(ours, b"2/2")
    child.send_signal(signal.SIGINT)

    assert child.wait(20) == 130, seen
    os.close(ours)
    assert relcli.ok("timeline ana -f csv").out.count("\n") == 1


def _until(terminal: int, word: bytes) -> bytes:
    seen, end = b"", time.monotonic() + 20
    while word not in seen:
        assert select.select([terminal], [], [], max(0, end - time.monotonic()))[0], seen
        seen += os.read(terminal, 4096)
    return seen


# --- edit and remove --------------------------------------------------------------------------------------------------


def test_an_edit_changes_the_answers_named_and_nothing_else(relcli: Any) -> None:
    relcli.ok("survey record pulse bo --answer recommend=3 --answer why=late --at 2026-11-20")
    ran = relcli.ok("survey edit a_1 --answer recommend=8")

    assert ran.err == "changed a_1: Bo Lund answered pulse on 2026-11-20, 8 of 10 (batch 3)\n"
    assert answers(relcli) == {"recommend": 8, "why": "late"}
    relcli.ok("survey edit a_1 --answer why=")
    assert answers(relcli) == {"recommend": 8}
    relcli.ok("survey edit a_1 --answer why=early --answer recommend= --at 2026-11-19")
    assert answers(relcli) == {"why": "early"}
    assert "2026-11-19" in relcli.ok("timeline bo").out


def test_an_edit_to_what_it_is_already_writes_nothing(relcli: Any) -> None:
    relcli.ok("survey record pulse bo --answer recommend=3 --at 2026-11-20")
    ran = relcli.ok("survey edit a_1 --answer recommend=3")

    assert "left a_1 as it is: nothing had to be changed" in ran.err
    assert len(relcli.ok("book history -f csv").out.splitlines()) == 3


def test_the_wishes_follow_an_answer_that_is_put_right(relcli: Any) -> None:
    relcli.ok(f"survey record relationship bo {WISHES}")
    before = held(relcli)
    relcli.ok("survey edit a_1 --answer wanted=regular --answer way=")
    wishes = [line.split(",")[:4] for line in relcli.ok("preference list bo -f csv").out.splitlines()[1:]]

    assert [(kind, value) for _, _, kind, value in wishes] == [("closeness", "regular"), ("cadence", "3m")]
    relcli.ok("book undo --yes")
    assert held(relcli) == before


def test_the_wishes_move_with_the_day_of_the_answer(relcli: Any) -> None:
    relcli.ok(f"survey record relationship bo {WISHES}")
    relcli.ok("survey edit a_1 --at 2026-10-05")

    assert {line.split(",")[6] for line in relcli.ok("preference list bo -f csv").out.splitlines()[1:]} == {"2026-10-05"}


def test_what_was_removed_is_gone_with_its_wishes_and_undo_brings_all_of_it_back(relcli: Any) -> None:
    relcli.ok("preference set bo --cadence 1y --at 2026-01-01 --stated 'now and then'")
    relcli.ok(f"survey record relationship bo {WISHES}")
    relcli.ok("survey record pulse bo --answer recommend=9")
    before = held(relcli)
    ran = relcli.ok("survey remove a_1 a_2")

    assert ran.err == "removed 2 answers: a_1 a_2 (batch 5)\n"
    assert relcli.ok("timeline bo -f csv").out.count("\n") == 1
    assert [line.split(",")[2:4] for line in relcli.ok("preference list bo -f csv").out.splitlines()[1:]] == [["cadence", "1y"]]
    relcli.ok("book undo --yes")
    assert held(relcli) == before


def test_the_same_wish_said_elsewhere_on_that_day_stays(relcli: Any) -> None:
    relcli.ok("survey record relationship bo --answer way=phone --at 2026-11-20")
    relcli.ok("preference set bo --channel phone --at 2026-11-20 --stated 'do call me'")
    relcli.ok("survey remove a_1")

    assert "do call me" in relcli.ok("preference list bo -f csv").out
    assert "por teléfono" not in relcli.ok("preference list bo -f csv").out


@pytest.mark.parametrize(
    ("words", "what", "code"),
    [
        ("edit a_1", "nothing is to be changed", 2),
        ("edit a_1 --answer recommend=11", "a whole number from 0 to 10", 2),
        ("edit a_1 --answer colour=red", 'no item "colour"', 2),
        ("edit a_1 --answer recommend=", "nothing would be left of a_1", 2),
        ("edit a_1 --answer recommend=1 --answer recommend=2", "answered twice", 2),
        ("edit a_1 --at 2027-01-01", "still to come", 2),
        ("edit a_7 --answer recommend=1", "there is no answer a_7", 3),
        ("edit p_1 --answer recommend=1", '"p_1" is not the id of an answer', 3),
        ("remove a_1 a_7", "there is no answer a_7", 3),
        ("remove", "Missing argument", 2),
    ],
)
def test_an_edit_or_removal_that_cannot_be_meant_writes_nothing(relcli: Any, words: str, what: str, code: int) -> None:
    relcli.ok("survey record pulse bo --answer recommend=3 --at 2026-11-20")
    before = held(relcli)
    ran = relcli(f"survey {words}")

    assert (ran.code, what in ran.err) == (code, True)
    assert held(relcli) == before


# --- a survey that changes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("If somebody you care about needed what we do", "If your neighbour needed us"),
        ('name = "recommend"', 'name = "send"'),
        ('tag = "recommend"\nscale = [0, 10]', 'tag = "value"\nscale = [0, 10]'),
        ("scale = [0, 10]", "scale = [0, 10]\nreversed = true"),
    ],
)
def test_a_survey_that_asks_something_else_needs_a_new_version(relcli: Any, old: str, new: str) -> None:
    relcli.ok("survey record pulse ana --answer recommend=8")
    path = own("pulse", old, new)
    item = "send" if "send" in new else "recommend"
    ran = relcli(f"survey record pulse ana --answer {item}=8")

    assert ran.code == 4
    assert "raise version to 2" in ran.err
    path.write_text(path.read_text().replace("version = 1 ", "version = 2 "))
    relcli.ok(f"survey record pulse ana --answer {item}=8")
    path.write_text(path.read_text().replace('name = "why"', 'name = "reason"'))
    relcli.ok(f"survey record pulse bo --answer {item}=8")  # nobody has answered `why` in this version
    path.write_text(path.read_text().replace("version = 2 ", "version = 1 "))
    assert "raise version to 3" in relcli("survey record pulse bo --answer reason=x").err


def test_old_answers_keep_what_they_were_asked_and_can_still_be_put_right(relcli: Any) -> None:
    relcli.ok("survey record pulse bo --answer recommend=8")
    own("pulse", 'name = "recommend"', 'name = "send"').write_text("broken")
    relcli.ok("survey edit a_1 --answer recommend=4")

    assert answers(relcli) == {"recommend": 4}
    assert relcli("survey edit a_1 --answer recommend=11").code == 2
    assert "is not what it was then" in relcli("survey edit a_1 --answer why=x").err
    relcli.ok("survey remove a_1")


def test_a_language_or_an_item_more_needs_no_new_version(relcli: Any) -> None:
    relcli.ok("survey record pulse bo --answer recommend=8")
    own(
        "pulse",
        '[[items]]\nname = "why"',
        '[[items]]\nname = "more"\ntag = "open"\ntext = {en="?", es="?", de="?"}\n[[items]]\nname = "why"',
    )

    relcli.ok("survey record pulse ana --answer recommend=8 --answer more=x")


# --- new, list, show --------------------------------------------------------------------------------------------------


def test_a_new_survey_is_a_commented_file_that_can_be_used_at_once(relcli: Any) -> None:
    ran = relcli.ok("survey new Mine")
    path = config.surveys_path() / "mine.toml"

    assert ran.err == f"wrote {path}\n"
    assert path.read_text().startswith("# A survey of your own")
    assert path.stat().st_mode & 0o077 == 0
    relcli.ok("survey record mine ana --answer content=4")
    assert [r["own"] for r in json.loads(relcli.ok("survey list -f json").out)["surveys"] if r["name"] == "mine"] == [True]


def test_a_copy_is_the_other_to_the_byte_and_nothing_is_ever_replaced(relcli: Any) -> None:
    from relcli.actions.surveys.instruments import _folder

    relcli.ok("survey new pulse --from service")
    path = config.surveys_path() / "pulse.toml"
    assert path.read_bytes() == (_folder() / "service.toml").read_bytes()

    for again in ("survey new pulse", "survey new PULSE --from relationship"):
        ran = relcli(again)
        assert (ran.code, "is there already" in ran.err) == (73, True)
    assert path.read_bytes() == (_folder() / "service.toml").read_bytes()


@pytest.mark.parametrize(
    ("words", "code"), [("../up", 2), ("'two words'", 2), ("9", 2), ("_x", 2), ("mine --from nothing", 3), ("mine -f json", 2)]
)
def test_a_survey_that_cannot_be_made_leaves_no_file(relcli: Any, words: str, code: int) -> None:
    assert relcli(f"survey new {words}").code == code
    relcli.ok("survey new mine --dry-run")
    assert not config.surveys_path().exists() or not list(config.surveys_path().iterdir())


def test_ones_own_survey_wins_over_the_shipped_one_of_that_name(relcli: Any) -> None:
    own("pulse", "One question", "My question")

    assert "My question" in relcli.ok("survey show pulse").out
    assert "My question" in relcli.ok("survey list").out


def test_a_survey_that_cannot_be_read_keeps_nobody_from_the_others(relcli: Any) -> None:
    path = own("odd", "version = 1", "version = 0")
    ran = relcli.ok("survey list -q")

    assert "relationship" in ran.out
    assert f"{path}: version" in ran.err
    shown = relcli("survey show odd")
    assert (shown.code, f"{path}: version" in shown.err) == (65, True)
    assert relcli("survey record odd ana --answer recommend=1").code == 65


def test_a_folder_in_the_place_of_a_survey_is_told_from_a_file(relcli: Any) -> None:
    (config.surveys_path() / "folder.toml").mkdir(parents=True)

    assert relcli("survey show folder").code == 66
    assert relcli.ok("survey list").out.count("\n") == 5


def test_the_list_counts_the_answers_of_all_versions_and_tells_of_files_that_are_gone(relcli: Any) -> None:
    path = own("mine")
    relcli.ok("survey record mine ana --answer recommend=1")
    relcli.ok("survey record pulse ana --answer recommend=1")
    rows = json.loads(relcli.ok("survey list -f json").out)["surveys"]
    assert {r["name"]: r["answers"] for r in rows} == {"mine": 1, "pulse": 1, "relationship": 0, "service": 0, "supplier": 0}
    path.unlink()

    assert "mine has answers (1) and no file any more" in relcli.ok("survey list").err


def test_surveys_can_be_looked_at_before_there_is_a_book(relcli: Any, tmp_path: Path) -> None:
    for words in ("list", "list -f csv", "show service", "new mine"):
        relcli.ok(f"--book {tmp_path}/none.db survey {words}")
    assert not (tmp_path / "none.db").exists()


def test_a_survey_is_shown_in_a_language_it_has_and_whole_for_programs(relcli: Any) -> None:
    assert "¿Cuántas molestias" in relcli.ok("survey show service --language es").out
    assert "¿Cuántas molestias" not in relcli.ok("survey show service").out
    assert relcli("survey show service --language fr").code == 2
    said = json.loads(relcli.ok("survey show service -f json").out)
    assert (said["name"], said["own"], said["languages"]) == ("service", False, ["en", "es", "de"])
    assert [i["scale"] for i in said["items"]] == [[1, 5], [1, 5], None]
    assert relcli.ok("survey show service -f md").out.startswith("## How did it go?")


# --- elsewhere --------------------------------------------------------------------------------------------------------


def test_the_timeline_shows_the_score_and_the_words_and_an_organisation_has_those_of_its_people(relcli: Any) -> None:
    relcli.ok("survey record pulse ana --answer recommend=8 --answer why='always on time' --at 2026-11-20")

    for who in ("ana", "Lumen"):
        out = relcli.ok("timeline", who).out
        assert "pulse" in out
        assert "8 of 10 · always on time" in out
    assert relcli.ok("timeline ana -f csv").out.splitlines()[1] == (
        "a_1,2026-11-20,c_aaaaaaaa,answer,pulse,in,8 of 10 · always on time,,,Ana Ruiz"
    )


@pytest.mark.parametrize("text", ["panaderia", "PANADERÍA", "pan%", "la_pan"])
def test_search_finds_what_they_said_accents_and_case_aside(relcli: Any, text: str) -> None:
    relcli.ok("survey record pulse ana --answer why='la Panadería, 50 pan% y la_pan'")
    relcli.ok("survey record pulse bo --answer why=otra")

    assert ids(relcli.ok("search", text, "-f", "ids")) == ["a_1"]


def test_a_copy_of_all_we_hold_has_their_answers(relcli: Any) -> None:
    relcli.ok("survey record pulse ana --answer recommend=8 --answer why='always on time'")

    out = relcli.ok("contact export c_aaaaaaaa -f json").out
    assert "always on time" in out
    assert "how gladly would you send them to us?" in out


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_they_said_cannot_steer_a_terminal(relcli: Any, text: str) -> None:
    relcli.ok("survey", "record", "pulse", "ana", "--answer", f"why=x{text}")

    for words in ("timeline ana", "search x"):
        assert harmless(relcli.ok(words).out)
