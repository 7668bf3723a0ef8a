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
from relcli.exchange.mailing.outbox import Sent

OLD, NEW = "r-0000000000", "r-1111111111"
SENT = Sent("abcd1234")
COUNTED = Sent("abcd1234", asked=frozenset({OLD}))


def message(token: str = OLD, *, sent: Sent = SENT, again: bool = False) -> str:
    return f"To: <a@example.org>\r\nMessage-ID: <{sent.message_id(token, 'example.org', again=again)}>\r\n\r\nHello\r\n"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_messages_are_there_under_their_names_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "outbox"
    outbox.fill(folder, {"pulse-ana.eml": "To: ana\r\n\r\nñ\r\n"}, SENT)
    [path] = folder.iterdir()
    assert path.read_bytes() == "To: ana\r\n\r\nñ\r\n".encode()
    assert (folder.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)


def test_what_a_run_that_died_left_is_replaced_and_files_that_are_no_messages_stay(tmp_path: Path) -> None:
    (tmp_path / "pulse-bo.eml").write_text(message())
    (tmp_path / "notes.txt").write_text("x")
    outbox.fill(tmp_path, {"pulse-ana.eml": message(NEW)}, SENT)
    assert names(tmp_path) == ["notes.txt", "pulse-ana.eml"]


@pytest.mark.parametrize(
    "there",
    [
        message(),  # it counts as asked
        message(sent=Sent("ffff0000")),  # of another book
        "Subject: Order R-2024001234\r\nMessage-ID: <r-2024001234@example.org>\r\n\r\nx",
        "no message at all",
    ],
)
def test_whatever_else_waits_there_is_never_mixed_with_new_messages(tmp_path: Path, there: str) -> None:
    (tmp_path / "one.eml").write_text(there)
    with pytest.raises(CannotCreate, match="holds messages already"):
        outbox.fill(tmp_path, {"pulse-ana.eml": message(NEW)}, COUNTED)
    assert (names(tmp_path), (tmp_path / "one.eml").read_text()) == (["one.eml"], there.replace("\r\n", "\n"))


def test_a_reminder_that_nobody_counts_is_replaced_though_its_invitation_is_known(tmp_path: Path) -> None:
    (tmp_path / "again.eml").write_text(message(again=True))
    outbox.fill(tmp_path, {"new.eml": message(again=True)}, COUNTED)
    assert names(tmp_path) == ["new.eml"]
    with pytest.raises(CannotCreate, match="holds messages already"):
        outbox.fill(tmp_path, {"newer.eml": "y"}, Sent("abcd1234", frozenset({OLD}), frozenset({OLD})))


def test_where_one_cannot_be_written_none_is_left_and_what_lay_there_stays(tmp_path: Path) -> None:
    (tmp_path / "old.eml").write_text(message())
    (tmp_path / "b.txt").mkdir()
    with pytest.raises((CannotCreate, OutputFailed)):
        outbox.fill(tmp_path, {"a.eml": "y", "b.txt": "z"}, SENT)
    assert names(tmp_path) == ["b.txt", "old.eml"]


def test_a_file_in_the_place_of_the_folder_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("x")
    with pytest.raises(CannotCreate, match="cannot be used"):
        outbox.fill(tmp_path / "outbox", {}, SENT)


def test_a_file_is_written_over_only_where_a_run_that_died_left_it(tmp_path: Path) -> None:
    file = tmp_path / "x.mbox"
    outbox.refuse_others(file, SENT)
    file.write_text("")
    outbox.refuse_others(file, SENT)
    file.write_text(mbox([message(), message(NEW)], date=datetime(2026, 11, 21, tzinfo=UTC)))
    outbox.refuse_others(file, SENT)
    for there, sent in ((file.read_text(), COUNTED), ("x", SENT), (mbox([message(), "To: b\r\nMessage-ID: <x@y>\r\n\r\n"],
                        date=datetime(2026, 11, 21, tzinfo=UTC)), SENT)):  # fmt: skip
        file.write_text(there)
        with pytest.raises(CannotCreate, match="holds messages already"):
            outbox.refuse_others(file, sent)


def test_a_table_is_known_by_its_header_and_its_tokens(tmp_path: Path) -> None:
    table = (
        f"id,name,email,survey,version,language,token,reminder,subject,body\nc_1,Ana,a@example.org,pulse,1,en,{OLD},False,Q,B\n"
    )
    assert SENT.left_over(table)
    assert not COUNTED.left_over(table)
    assert not SENT.left_over(table.partition("\n")[2])


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
