"""Where messages wait to be sent: all or none, nothing of a run that died, nothing mixed with what waits already."""

from __future__ import annotations

import contextlib
import mailbox
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.errors import CannotCreate, OutputFailed
from relcli.exchange.mailing import outbox
from relcli.exchange.mailing.messages import mbox

OLD, NEW = "r-0000000000", "r-1111111111"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_messages_are_there_under_their_names_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "outbox"
    outbox.fill(folder, {f"pulse-ana-{NEW}.eml": "To: ana\r\n\r\nñ\r\n"}, ())
    [path] = folder.iterdir()
    assert path.read_bytes() == "To: ana\r\n\r\nñ\r\n".encode()
    assert (folder.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)


def test_what_a_run_that_died_left_is_replaced_and_files_of_others_stay(tmp_path: Path) -> None:
    for name in (f"pulse-bo-{OLD}.eml", "letter.eml", f"{OLD}.txt"):
        (tmp_path / name).write_text("x")
    outbox.fill(tmp_path, {f"pulse-ana-{NEW}.eml": "y"}, {"r-2222222222"})
    assert names(tmp_path) == ["letter.eml", f"pulse-ana-{NEW}.eml", f"{OLD}.txt"]


def test_what_waits_to_be_sent_is_never_mixed_with_new_messages(tmp_path: Path) -> None:
    (tmp_path / f"pulse-bo-{OLD}.eml").write_text("x")
    with pytest.raises(CannotCreate, match="holds invitations of an earlier run"):
        outbox.fill(tmp_path, {f"pulse-ana-{NEW}.eml": "y"}, {OLD})
    assert names(tmp_path) == [f"pulse-bo-{OLD}.eml"]


def test_where_one_cannot_be_written_none_is_left_and_what_lay_there_stays(tmp_path: Path) -> None:
    (tmp_path / f"pulse-bo-{OLD}.eml").write_text("x")
    (tmp_path / f"b-{NEW}.eml").mkdir()
    with pytest.raises((CannotCreate, OutputFailed)):
        outbox.fill(tmp_path, {f"a-{NEW}.eml": "y", f"b-{NEW}.eml": "z"}, ())
    assert names(tmp_path) == [f"b-{NEW}.eml", f"pulse-bo-{OLD}.eml"]


def test_a_file_in_the_place_of_the_folder_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("x")
    with pytest.raises(CannotCreate, match="cannot be used"):
        outbox.fill(tmp_path / "outbox", {}, ())


def test_a_file_with_messages_that_wait_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "x.mbox"
    outbox.refuse_waiting(file, {OLD})
    file.write_bytes(b"\xff" + f"Message-ID: <{OLD}@example.org>".encode())
    outbox.refuse_waiting(file, {NEW})
    with pytest.raises(CannotCreate, match="holds invitations"):
        outbox.refuse_waiting(file, {OLD})


@given(lines=st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30), max_size=6))
def test_an_mbox_gives_every_message_back_though_its_lines_look_like_separators(
    lines: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    bodies = ["\r\n".join([*lines, "From here on", ">From there", "end"]), "second"]
    head = "To: <a@example.org>\r\n\r\n"
    text = mbox((f"{head}{body}\r\n" for body in bodies), date=datetime(2026, 11, 21, tzinfo=UTC))
    file = tmp_path_factory.mktemp("mbox") / "x.mbox"
    file.write_text(text, "ascii", newline="")
    with contextlib.closing(mailbox.mbox(file)) as box:
        read = [re.sub(r"^>(>*From )", r"\1", message.get_payload(), flags=re.MULTILINE) for message in box]
    assert [payload.rstrip("\n") for payload in read] == [body.replace("\r\n", "\n") for body in bodies]
