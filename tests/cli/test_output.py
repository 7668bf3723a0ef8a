"""What is written is written wholly, or it is said that it was not."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path

import pytest
from rich.console import Console

from relcli.cli.output import ReaderGone, printed, say, to_file, to_stdout
from relcli.errors import CannotCreate, Denied, OutputFailed

SURROGATE = "Zoë \udc80\n"  # half a character, as a name of a file may hold


class Device(io.RawIOBase):
    """Takes two bytes at a time and fails, if it is to, at the flush."""

    def __init__(self, trouble: OSError | None = None) -> None:
        super().__init__()
        self.taken, self.trouble = b"", trouble

    def writable(self) -> bool:
        return True

    def write(self, data: memoryview) -> int:  # type: ignore[override]  # what is given to it here
        self.taken += bytes(data[:2])
        return len(data[:2])

    def flush(self) -> None:
        if self.trouble is not None and self.taken and not self.closed:
            trouble, self.trouble = self.trouble, None
            raise trouble


class Stream(io.TextIOWrapper):
    """A stdout or stderr over a device."""

    def __init__(self, device: Device, *, terminal: bool = False) -> None:
        super().__init__(device, encoding="ascii", write_through=True)  # type: ignore[arg-type]  # raw, as with python -u
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def stdout(monkeypatch: pytest.MonkeyPatch, trouble: OSError | None = None, *, terminal: bool = False) -> Device:
    device = Device(trouble)
    monkeypatch.setattr(sys, "stdout", Stream(device, terminal=terminal))
    return device


def test_every_byte_arrives_even_where_few_are_taken_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    device = stdout(monkeypatch)
    to_stdout(SURROGATE)
    assert device.taken == "Zoë ".encode() + b"\xed\xb2\x80\n"


def test_a_full_device_is_noticed_at_the_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    stdout(monkeypatch, OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(OutputFailed, match="No space left on device"):
        to_stdout("x")


def test_a_reader_who_has_gone_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    stdout(monkeypatch, BrokenPipeError(errno.EPIPE, "Broken pipe"))
    with pytest.raises(ReaderGone):
        to_stdout("x")


def test_a_closed_stdout_matters_only_where_there_is_something_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    to_stdout("")
    with pytest.raises(OutputFailed, match="closed"):
        to_stdout("x")


def test_what_a_library_prints_goes_the_same_way_and_sees_the_same_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def help_text() -> None:
        seen.append(sys.stdout.isatty())
        Console(width=20).print("help", style="bold")

    for terminal in (True, False):
        device = stdout(monkeypatch, terminal=terminal)
        printed(help_text)
        assert (b"\x1b[" in device.taken) == terminal
        assert b"help" in device.taken
    assert seen == [True, False]
    stdout(monkeypatch, OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(OutputFailed):
        printed(lambda: print("help"))


def test_a_file_appears_whole_private_and_unchanged(tmp_path: Path) -> None:
    to_file(SURROGATE, str(tmp_path / "a.txt"))
    assert (tmp_path / "a.txt").read_bytes() == SURROGATE.encode("utf-8", "surrogatepass")
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o600
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_or_a_place_that_is_not_there_is_no_file(tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path / "no" / "a.txt"):
        with pytest.raises(CannotCreate):
            to_file("x", str(target))


def test_a_pipe_is_written_into_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        to_file("Zoë", str(pipe))
        assert os.read(reader, 100) == "Zoë".encode()
    finally:
        os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), ReaderGone),
        (PermissionError(errno.EACCES, "Permission denied"), Denied),
        (OSError(errno.EIO, "Input/output error"), OutputFailed),
    ],
)
def test_what_a_device_refuses_is_said_as_what_it_is(
    trouble: OSError, kind: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise trouble

    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(kind):
        to_file("x", str(tmp_path / "pipe"))


def test_talk_goes_to_stderr_safely_in_whatever_it_can_say(monkeypatch: pytest.MonkeyPatch) -> None:
    device = Device()
    monkeypatch.setattr(sys, "stderr", Stream(device))
    say(["Zoë\x1b[31m", "two\nlines"])
    say(["sure? "], end="")
    assert device.taken == b"Zo\\xeb\\x1b[31m\ntwo lines\nsure? "


def test_nobody_listening_is_no_reason_to_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    device = Device(OSError(errno.EIO, "Input/output error"))
    for stream in (None, Stream(device)):
        monkeypatch.setattr(sys, "stderr", stream)
        say(["x"])
    assert device.taken == b"x\n"


def stderr(monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> Device:
    device = Device()
    monkeypatch.setattr(sys, "stderr", Stream(device, terminal=terminal))
    monkeypatch.setenv("COLUMNS", "40")
    return device


LONG = "        choose one of: health, signs, sales, rhythm, terms, reciprocity"


def test_talk_breaks_between_words_on_a_terminal_and_stays_in_line(monkeypatch: pytest.MonkeyPatch) -> None:
    device = stderr(monkeypatch, terminal=True)
    say([LONG, "relcli: the date of the letter is too long ago", "short   enough"])
    assert device.taken.decode().splitlines() == [
        "        choose one of: health, signs,",
        "        sales, rhythm, terms,",
        "        reciprocity",
        "relcli: the date of the letter is too",
        "        long ago",
        "short   enough",
    ]


def test_a_command_is_not_broken_so_that_it_can_be_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    device = stderr(monkeypatch, terminal=True)
    say(['begin with: relcli contact add "Ana Ruiz"   (or look around: relcli demo)'])
    assert device.taken.decode().splitlines() == [
        "begin with:",
        'relcli contact add "Ana Ruiz"   (or look',
        "around: relcli demo)",
    ]


def test_a_command_that_is_longer_than_the_line_keeps_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    device = stderr(monkeypatch, terminal=True)
    say(["        relcli log-transaction WHO 5 --kind refund"])
    assert device.taken.decode() == "        relcli log-transaction WHO 5 --kind refund\n"


def test_elsewhere_and_where_a_program_reads_a_line_stays_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for terminal, wrap in ((False, True), (True, False)):
        device = stderr(monkeypatch, terminal=terminal)
        say([LONG], wrap=wrap)
        assert device.taken.decode() == f"{LONG}\n"


def test_a_question_keeps_its_answer_on_its_last_line(monkeypatch: pytest.MonkeyPatch) -> None:
    device = stderr(monkeypatch, terminal=True)
    say(["forget everything of Ana Ruiz, for ever and without a way back?"], end=" [y/N] ")
    assert device.taken.decode().endswith("way back? [y/N] ")
