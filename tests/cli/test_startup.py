"""What a start may load: help, version, completion and usage errors stay light."""

from __future__ import annotations

import json
from typing import Any

import pytest

HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "numpy",
    "pandas",
    "alembic",
    "dateparser",
    "jinja2",
    "relcli.config.settings",
    "relcli.actions",
    "relcli.store",
    "relcli.health",
)
LOOK = """
import json, os, sys
sys.argv[0] = "relcli"
from relcli.__main__ import main
try:
    main()
except SystemExit as end:
    print(json.dumps([end.code, sorted(sys.modules)]), file=open(os.environ["SEEN"], "w"))
"""


@pytest.mark.parametrize(
    ("words", "env", "code"),
    [
        (["--help"], {}, 0),
        (["--version"], {}, 0),
        (["contact", "add", "--help"], {}, 0),
        (["contact"], {}, 2),
        (["--nonsense"], {}, 2),
        (["contact", "add", "--nonsense", "--format", "json"], {}, 2),
        (["nonsense"], {}, 2),
        ([], {"_RELCLI_COMPLETE": "bash", "_RELCLI_LINE": "relcli log an"}, 0),
    ],
    ids=[
        "help",
        "version",
        "help of a command",
        "a group alone",
        "a wrong option",
        "the same in json",
        "a wrong command",
        "completion",
    ],
)
def test_nothing_heavy_is_loaded(process: Any, place: Any, words: list[str], env: dict[str, str], code: int) -> None:
    seen = place / "seen.json"
    ran = process.run([process.python, "-c", LOOK, *words], env={**env, "SEEN": str(seen)})
    assert b"Traceback" not in ran.err_bytes
    left, modules = json.loads(seen.read_text())
    assert left == code
    assert "typer" in modules
    assert [m for m in modules if m.startswith(HEAVY)] == []


def test_a_command_that_reads_the_book_does_load_the_store(process: Any, place: Any) -> None:
    seen = place / "seen.json"
    line = ["log", "Ana", "rang", "-c", "phone", "--in", "--at", "yesterday 17:30", "--add"]
    process.run([process.python, "-c", LOOK, *line], env={"SEEN": str(seen)})
    left, modules = json.loads(seen.read_text())
    assert left == 0
    assert "sqlmodel" in modules
    assert "numpy" not in modules
    assert "dateparser" not in modules
    assert "alembic" not in modules


def test_the_version_is_the_one_of_the_package(relcli: Any) -> None:
    from importlib.metadata import version

    assert relcli("--version").out == f"relcli {version('relcli')}\n"
