"""The streams: readers that go away, full devices, closed outputs, with and without PYTHONUNBUFFERED."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

UNBUFFERED = pytest.mark.parametrize("unbuffered", [None, "1"], ids=["buffered", "unbuffered"])


def stored(book: Path) -> list[str]:
    connection = sqlite3.connect(book)
    found = [row[0] for row in connection.execute("SELECT summary FROM interaction ORDER BY summary")]
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    return found


@UNBUFFERED
@pytest.mark.parametrize("reader", ["head -1", "true"])
def test_a_reader_who_had_enough_of_a_long_answer_ends_it_quietly(
    process: Any, many_names: Path, unbuffered: str, reader: str
) -> None:
    line = f"relcli contact list --format csv | {reader} >&2; exit ${{PIPESTATUS[0]}}"
    ran = process.shell(line, env={"PYTHONUNBUFFERED": unbuffered, "RELCLI_BOOK": str(many_names)})
    assert ran.code == 141
    assert [said for said in ran.err.splitlines() if not said.startswith("id,kind,name")] == []


@UNBUFFERED
@pytest.mark.usefixtures("two")
def test_a_short_answer_that_fits_is_done_or_quietly_unread(process: Any, unbuffered: str) -> None:
    line = "relcli contact list --format csv | head -1; exit ${PIPESTATUS[0]}"
    ran = process.shell(line, env={"PYTHONUNBUFFERED": unbuffered})
    assert ran.code == 0
    assert ran.out.startswith("id,kind,name")
    assert ran.err == ""
    gone = process.shell("relcli contact list | { exec 0<&-; }; exit ${PIPESTATUS[0]}", env={"PYTHONUNBUFFERED": unbuffered})
    assert gone.code in {0, 141}
    assert gone.err == ""


@UNBUFFERED
@pytest.mark.parametrize("words", ["contact list --format csv", "--help", "contact"])
@pytest.mark.usefixtures("two")
def test_a_full_device_is_an_error_that_is_said(process: Any, unbuffered: str, words: str) -> None:
    ran = process.shell(f"relcli {words} > /dev/full", env={"PYTHONUNBUFFERED": unbuffered})
    assert ran.code == 74
    assert_said(ran, "No space left on device")


@UNBUFFERED
@pytest.mark.parametrize("words", ["contact list", "--version"])
@pytest.mark.usefixtures("two")
def test_an_answer_without_a_stdout_is_an_error_that_is_said(process: Any, unbuffered: str, words: str) -> None:
    ran = process.shell(f"relcli {words} >&-", env={"PYTHONUNBUFFERED": unbuffered})
    assert ran.code == 74
    assert_said(ran, "closed")


@UNBUFFERED
@pytest.mark.usefixtures("two")
def test_a_command_that_prints_nothing_does_not_mind_a_closed_stdout(process: Any, place: Path, unbuffered: str) -> None:
    ran = process.shell("relcli log ana 'a call' -c phone --in >&-", env={"PYTHONUNBUFFERED": unbuffered})
    assert ran.code == 0
    assert len(ran.err.splitlines()) == 1
    assert stored(place / "book.db") == ["a call"]


@UNBUFFERED
@pytest.mark.usefixtures("two")
def test_a_write_without_a_stderr_still_writes(process: Any, place: Path, unbuffered: str) -> None:
    for number, end in enumerate(("2>&-", "2>/dev/full", ">&- 2>&- <&-")):
        ran = process.shell(f"relcli log ana 'call {number}' -c phone --in {end}", env={"PYTHONUNBUFFERED": unbuffered})
        assert (ran.code, ran.out) == (0, "")
    assert stored(place / "book.db") == ["call 0", "call 1", "call 2"]


@pytest.mark.usefixtures("two")
def test_what_was_written_stays_written_when_its_record_cannot_be_printed(process: Any, place: Path) -> None:
    ran = process.shell("relcli log ana 'a call' -c phone --in --format json > /dev/full")
    assert ran.code == 74
    assert stored(place / "book.db") == ["a call"]


@pytest.mark.usefixtures("two")
def test_an_output_file_is_whole_private_and_alone(process: Any, place: Path) -> None:
    (place / "out").mkdir()
    ran = process.shell(f"umask 0; relcli contact list -o {place}/out/list.csv")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert [p.name for p in (place / "out").iterdir()] == ["list.csv"]
    assert (place / "out" / "list.csv").read_text().startswith("id,kind,name")
    assert (place / "out" / "list.csv").stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("two")
def test_an_output_that_cannot_be_made_is_said_so(relcli: Any, place: Path) -> None:
    missing = relcli("contact", "list", "-o", str(place / "nowhere" / "x.csv"))
    folder = relcli("contact", "list", "-o", str(place))
    full = relcli("contact", "list", "-o", "/dev/full")
    assert (missing.code, folder.code, full.code) == (73, 73, 74)
    for outcome in (missing, folder, full):
        assert len(outcome.err.splitlines()) == 2
    assert [p.name for p in place.iterdir() if p.name.endswith(".part")] == []


def test_a_cron_environment_is_enough(process: Any, place: Path) -> None:
    line = f'env -i PATH="$PATH" HOME={place}/home relcli contact add "Zoë Łuk" && env -i PATH="$PATH" HOME={place}/home relcli contact list'
    ran = process.shell(line, starts=2, stdin=b"")
    assert ran.code == 0, ran.err
    assert "Zoë Łuk" in ran.out
    assert "\x1b" not in ran.out + ran.err
    assert (place / "home" / ".local" / "share" / "relcli" / "book.db").exists()


def test_names_survive_a_plain_locale(process: Any) -> None:
    env = {"LC_ALL": "C", "LANG": "C"}
    ran = process.shell(
        "relcli contact add 'Zoë Łuk 北京' && relcli contact list --format csv && relcli contact show zoe", starts=3, env=env
    )
    assert ran.code == 0, ran.err
    assert ran.out.count("Zoë Łuk 北京") == 2
    assert "added Zoë Łuk 北京" in ran.err


@pytest.mark.parametrize(("sent", "code", "said"), [(signal.SIGTERM, 143, "stopped"), (signal.SIGINT, 130, "interrupted")])
def test_a_signal_ends_a_waiting_write_with_its_code_and_nothing_written(
    process: Any, place: Path, two: None, sent: int, code: int, said: str
) -> None:
    holder = sqlite3.connect(place / "book.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    child = process.start([process.script, "log", "ana", "a call", "-c", "phone", "--in", "--wait", "20"])
    _until(lambda: (place / "book.db").name in _open_files(child))
    time.sleep(0.3)
    child.send_signal(sent)
    out, err = child.communicate(timeout=30)
    holder.execute("ROLLBACK")
    holder.close()
    assert (child.returncode, out) == (code, b"")
    assert said in err.decode()
    assert len(err.splitlines()) == 1
    assert stored(place / "book.db") == []


def test_twenty_at_once_are_all_stored_on_a_book_that_exists(process: Any, place: Path, two: None) -> None:
    _twenty(process, place, "ana", [])


def test_twenty_at_once_are_all_stored_in_one_new_book(process: Any, place: Path) -> None:
    _twenty(process, place, "Ana Ruiz", ["--add"])


def _twenty(process: Any, place: Path, who: str, more: list[str]) -> None:
    children = [
        process.start([process.script, "log-interaction", who, f"call {n:02}", "-c", "phone", "--in", "--wait", "60", *more])
        for n in range(20)
    ]
    ended = [(child.communicate(timeout=120)[1].decode(), child.returncode) for child in children]
    assert [end for end in ended if end[1] != 0] == []
    assert stored(place / "book.db") == [f"call {n:02}" for n in range(20)]
    assert len({re.search(r"batch (\d+)", said).group(1) for said, _ in ended}) == 20  # type: ignore[union-attr]  # else the test fails, as it should
    assert [p.name for p in place.iterdir() if p.is_file()] == ["book.db"]


def assert_said(ran: Any, what: str) -> None:
    assert what in ran.err
    assert "Exception ignored" not in ran.err
    assert "Traceback" not in ran.err
    assert 1 <= len(ran.err.splitlines()) <= 2


def _open_files(child: subprocess.Popen[bytes]) -> set[str]:
    try:
        return {link.readlink().name for link in Path(f"/proc/{child.pid}/fd").iterdir()}
    except OSError:
        return set()


def _until(true: Any) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)
