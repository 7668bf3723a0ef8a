"""TAB and Enter in real shells: nothing runs, and one word arrives."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.shells.terminal import Shell

pytestmark = pytest.mark.shells
SUB, BACKSLASH, MANY = "Eve$(touch PWNED)il", "Wyn\\$(touch PWNED)", 'O\'Neil; touch PWNED & wait `touch PWNED` "x" !y'
STAR, LINES = "Uta*?[a] {b,c} ~ #h <x> |y", "Hex\ntouch PWNED"
LINE_OF = {
    "relcli brief ev\t": ["brief", SUB],
    "relcli brief wyn\t": ["brief", BACKSLASH],
    "relcli brief neil\t": ["brief", MANY],
    "relcli brief ut\t": ["brief", STAR],
    "relcli brief smi\t": ["brief", "Zoe Smith"],  # a surname, another case
    "relcli brief Zoe\\ S\t": ["brief", "Zoe Smith"],
    'relcli brief "Zoe S\t': ["brief", "Zoe Smith"],
    'relcli brief "Ev\t': ["brief", SUB],
    "relcli brief 'Wy\t": ["brief", BACKSLASH],
    "relcli sold smi\t": ["sold", "Zoe Smith"],
    "relcli contact list --tag go\t": ["contact", "list", "--tag", "gold card"],
    "relcli promise keep p_\t": ["promise", "keep", "p_1"],
}


@pytest.fixture(params=["bash", "zsh", "fish"])
def shell(request: pytest.FixtureRequest, relcli: Any, process: Any, place: Path) -> Iterator[Shell]:
    if shutil.which(request.param) is None:
        pytest.fail(f"{request.param} is missing: apt-get install {request.param}")
    for name in (SUB, BACKSLASH, MANY, STAR, "Zoe Smith"):
        relcli.ok("contact", "add", "--", name)
    relcli.ok("contact", "edit", "Zoe Smith", "--tag", "gold card")
    relcli.ok("promise", "add", "Zoe Smith", "it's `touch PWNED`", "--by", "tomorrow")
    relcli.ok("import", "contacts", "-", stdin=f'name,email\n"{LINES}",hex@example.org\n')
    home = place / "at home"
    home.mkdir()
    relcli.ok("--install-completion", request.param, env={"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config")})
    found = Shell(request.param, home, process.script, os.environ["RELCLI_BOOK"])
    yield found
    found.close()


def test_a_completed_word_arrives_as_one_and_nothing_runs(shell: Shell) -> None:
    lines = dict(LINE_OF)
    if shell.name != "fish":  # which drops what the letters typed are only strewn over, unless their case is the same
        lines["relcli brief one\t"] = ["brief", MANY]
    for line, words in lines.items():
        assert shell.ran(line) == words, f"{line!r}\n{shell.screen}"
        shell.clear()
    hexed = shell.ran("relcli brief hex\t")
    assert hexed is not None
    assert len(hexed) == 2
    assert hexed[1] != "hex"
    assert not list(shell.home.rglob("PWNED"))
