"""Bytes from a file or stdin, and what stands in the way."""

from __future__ import annotations

import errno
import io
import sys
from pathlib import Path
from typing import Any

import pytest

from relcli.errors import Denied, InputMissing, InputRefused, OutputFailed, RelcliError
from relcli.exchange import files
from relcli.exchange.files import file_name, read_bytes


def test_a_file_is_read_whole_and_a_tilde_means_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "f.csv").write_bytes(b"a\r\nb\0")
    assert read_bytes("~/f.csv") == b"a\r\nb\0"


def test_a_dash_is_stdin_read_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\r\n"), encoding="ascii"))
    assert read_bytes("-") == b"\xff\r\n"
    assert (file_name("-"), file_name("a\x1bb")) == ("stdin", "a\\x1bb")


def test_a_closed_stdin_is_a_missing_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputMissing):
        read_bytes("-")


def test_what_is_too_large_is_refused_without_reading_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    (tmp_path / "f").write_bytes(b"x" * 10)
    assert len(read_bytes(str(tmp_path / "f"))) == 10
    with pytest.raises(InputRefused, match="larger than"):
        read_bytes("/dev/zero")


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        (PermissionError(errno.EACCES, "no"), Denied, 77),
        (IsADirectoryError(errno.EISDIR, "no"), InputMissing, 66),
        (FileNotFoundError(errno.ENOENT, "no"), InputMissing, 66),
        (NotADirectoryError(errno.ENOTDIR, "no"), InputMissing, 66),
        (OSError(errno.ELOOP, "no"), InputMissing, 66),
        (OSError(errno.EIO, "no"), OutputFailed, 74),
        (ValueError("embedded null byte"), InputMissing, 66),
    ],
)
def test_each_obstacle_has_its_code_and_names_the_file(
    monkeypatch: pytest.MonkeyPatch, error: Exception, kind: type[RelcliError], code: int
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(kind, match=r"f\.csv") as caught:
        read_bytes("f.csv")
    assert caught.value.code == code
    assert caught.value.hint
