"""Would the tests notice? Small faults put into a module, one at a time, against that module's own unit tests.

    pip install -e '.[dev]' mutmut==3.8.1 && python benchmarks/mutants.py [MODULE...]

A module is named as under src/relcli: `text`, `store/journal`. Its unit tests stand in the place that mirrors it:
tests/test_text.py, tests/store/test_journal.py. Without a name the modules run where a fault costs the most: safe text,
journal, undo and all writing, import keys, forgetting. Prints the figures and every fault that lived; fails where fewer than four of
five were noticed. The work is done on a copy, in a temporary folder, on as many cores as there are.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEFAULT = (
    "text",
    "store/journal",
    "store/undo",
    "actions/imports/records",
    "store/traces",
    "store/forgetting",
    "store/writing",
)
LEAST = 0.8
KILLED = {1, 3}
TIMEOUT = {24, -24, 36, 152, 255}
UNSEEN = {5, 33}  # no test calls the function


@dataclass(frozen=True)
class Lived:
    """A fault that no test noticed."""

    line: int
    before: str
    after: str
    how: str


def main() -> None:
    """Run the modules that were named, one after the other."""
    print(f"{'module':26}{'mutants':>8}{'killed':>8}{'lived':>7}{'timeout':>9}{'share':>8}{'seconds':>9}")
    poor = False
    for module in sys.argv[1:] or DEFAULT:
        begin = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="relcli-mutants-") as folder:
            results = judged(Path(folder), module)
            lived = list(survivors(Path(folder), module, results))
        count = Counter("killed" if code in KILLED else "timeout" if code in TIMEOUT else "lived" for code in results.values())
        share = (count["killed"] + count["timeout"]) / len(results)
        poor |= share < LEAST
        seconds = time.monotonic() - begin
        print(f"{module:26}{len(results):8}{count['killed']:8}{count['lived']:7}{count['timeout']:9}{share:8.1%}{seconds:9.0f}")
        for fault in lived:
            print(f"    src/relcli/{module}.py:{fault.line} {fault.how}\n    - {fault.before}\n    + {fault.after}")
        sys.stdout.flush()
    sys.exit(poor)


def judged(folder: Path, module: str) -> dict[str, int]:
    """How the tests ended for each fault, by its name."""
    source, tests = f"src/relcli/{module}.py", tests_of(module)
    for name in ("src", "tests", "benchmarks"):  # some tests read the ledgers of the last
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    settings = {
        "source_paths": ["src"],
        "only_mutate": [source],
        "also_copy": ["benchmarks"],
        "pytest_add_cli_args": ["-p", "no:cacheprovider"],
        "pytest_add_cli_args_test_selection": [tests],
        "timeout_multiplier": 5.0,
        "timeout_constant": 3.0,
    }
    written = "\n".join(f"{name} = {json.dumps(value)}" for name, value in settings.items())
    (folder / "pyproject.toml").write_text(f"{(ROOT / 'pyproject.toml').read_text('utf-8')}\n[tool.mutmut]\n{written}\n", "utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "RELCLI_TEST_ALL"}
    ran = subprocess.run(
        [sys.executable, "-m", "mutmut", "run", "--max-children", str(os.cpu_count() or 1)],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    notes = folder / "mutants" / f"{source}.meta"
    results = json.loads(notes.read_text("utf-8"))["exit_code_by_key"] if notes.exists() else {}
    if not results or None in results.values():
        print(ran.stdout.decode(errors="replace")[-3000:], file=sys.stderr)
        sys.exit(f"mutmut did not get to the end of {source} with {tests}")
    return dict(results)


def tests_of(module: str) -> str:
    """The file that mirrors a module: the first folder stays, the rest is the name."""
    *first, name = module.split("/", 1)
    return "/".join(["tests", *first, f"test_{name.replace('/', '_')}.py"])


def survivors(folder: Path, module: str, results: dict[str, int]) -> Iterator[Lived]:
    """The faults that lived, in the order of the module's lines."""
    mutated = folder / "mutants" / "src" / "relcli" / f"{module}.py"
    lines = mutated.read_text("utf-8").split("\n")
    spans = json.loads(mutated.with_suffix(".py.spans").read_text("utf-8"))["spans"]
    begins = definitions((ROOT / "src" / "relcli" / f"{module}.py").read_text("utf-8"))
    found = []
    for name, code in results.items():
        if code in KILLED | TIMEOUT:
            continue
        mutant = name.rpartition(".")[2]
        function = mutant.partition("__mutmut_")[0]
        one, other = (lines[slice(spans[key][0] - 1, spans[key][1])] for key in (f"{function}__mutmut_orig", mutant))
        head = next(i for i, line in enumerate(one) if line.lstrip().startswith("def "))
        at = next(i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b and i > head)
        how = "no test calls it" if code in UNSEEN else "" if code == 0 else f"exit code {code}"
        found.append(Lived(begins[plain(function)] + at - head, one[at].strip(), other[at].strip(), how))
    yield from sorted(found, key=lambda fault: fault.line)


def plain(function: str) -> str:
    """A function's own name: `x_safe` is safe, `xǁWritingǁinsert` is Writing.insert."""
    return function[2:].replace("ǁ", ".")


def definitions(code: str) -> dict[str, int]:
    """The line on which each function or method is defined."""
    found = {}
    for node in ast.parse(code).body:
        for inner in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(inner, ast.FunctionDef):
                found[f"{node.name}.{inner.name}" if isinstance(node, ast.ClassDef) else inner.name] = inner.lineno
    return found


if __name__ == "__main__":
    main()
