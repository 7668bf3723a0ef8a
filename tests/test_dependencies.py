"""What is installed with relcli is written down to the byte: `requirements.lock` names each version and its hashes.

It is made anew with: pip-compile --generate-hashes --strip-extras --all-extras --no-emit-index-url --no-emit-find-links
--output-file=requirements.lock pyproject.toml
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKED = dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+) \\$", LOCK, re.MULTILINE))


def test_every_dependency_is_locked_at_a_version_that_the_project_takes() -> None:
    asked = [*PROJECT["dependencies"], *(one for extra in PROJECT["optional-dependencies"].values() for one in extra)]
    versions = {canonicalize_name(name): version for name, version in LOCKED.items()}
    for requirement in map(Requirement, asked):
        version = versions[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} is locked at {version}"


def test_every_locked_file_has_a_hash_and_no_place_to_come_from() -> None:
    blocks = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(LOCKED) > 30
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert not re.search(r"^\s*--(index|extra-index|find-links|trusted)|https?://|file:", LOCK, re.MULTILINE)
