"""The shape of the program, held: who imports whom, who writes rows, who prints, how long a module may be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "relcli"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 400


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """Every call in a module: what is called, `.print` for a method, and the line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            yield (called.id if isinstance(called, ast.Name) else f".{getattr(called, 'attr', '')}"), node.lineno


def test_there_is_something_to_look_at() -> None:
    assert len(MODULES) > 40
    assert "store/writing.py" in map(name, MODULES)


def test_imports_point_down_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from importlinter.cli import lint_imports

    monkeypatch.chdir(ROOT)
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == 0, capsys.readouterr().out


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_writing_and_building_a_book_write_rows(path: Path) -> None:
    imported = {
        alias.name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("sqlalchemy", "sqlmodel"))
        for alias in node.names
    }
    allowed = {"store/writing.py": {"insert", "update", "delete"}, "store/book.py": {"insert"}}.get(name(path), set())
    assert imported & {"insert", "update", "delete", "Session"} <= allowed
    if not name(path).startswith("store/migrations/"):
        written = re.findall(r"""["'](?:INSERT|UPDATE|DELETE|REPLACE)\s[^"']*["']""", path.read_text("utf-8"))
        assert [w for w in written if "alembic_version" not in w] == []


WITHOUT_A_TRACE = {".erase", ".overwrite", ".blot"}  # what Writing does and the journal does not keep


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_forgetting_writes_what_the_journal_does_not_keep(path: Path) -> None:
    by_forgetting = {"actions/forgetting.py", "actions/reforgetting.py"}
    allowed = {"store/forgetting.py": WITHOUT_A_TRACE, "store/purging.py": {".blot"}}.get(name(path), set())
    allowed = {".erase"} if name(path) in by_forgetting else allowed
    text = path.read_text("utf-8")
    named = {f".{node.attr}" for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute)} & WITHOUT_A_TRACE
    assert named == allowed  # named, not only called: a method handed on is found too
    if name(path) in by_forgetting:
        assert set(re.findall(r"(\w+)\.erase\b", text)) == {"forgetting"}
    if name(path) != "store/writing.py":
        assert not re.findall(r"""getattr\([^)]*["'](?:erase|overwrite|blot)""", text)


def test_writing_has_no_other_way_past_the_journal() -> None:
    tree = ast.parse((SOURCE / "store" / "writing.py").read_text("utf-8"))
    [writing] = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Writing"]
    methods = [node for node in writing.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    writers = {}
    for method in methods:
        source = ast.unparse(method)
        if re.search(r"\b(?:insert|update|delete)\(|self\._(?:add|remove|clear)\(", source.replace("def insert(", "")):
            writers[f".{method.name}"] = "self._touch(" in source
    journalling = {".describe", ".finish", ".batch"}  # rows of the journal itself
    assert {method for method, touches in writers.items() if not touches} == WITHOUT_A_TRACE | journalling


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_one_place_prints(path: Path) -> None:
    assert [line for called, line in calls(path) if called in {"print", "input", ".echo", ".secho", ".prompt", ".confirm"}] == []
    consoles = [line for called, line in calls(path) if called == "Console"]
    assert not consoles or name(path) in {"render/text.py", "cli/progress.py"}
    streams = re.findall(r"sys\.(?:stdout|stderr|__stdout__|__stderr__)\b", path.read_text("utf-8"))
    assert not streams or name(path) in {"cli/output.py", "cli/answer.py", "cli/progress.py", "__main__.py"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_short_or_says_why_not(path: Path) -> None:
    text = path.read_text("utf-8")
    lines = text.count("\n")
    if lines > LONGEST:
        assert "one piece" in (ast.get_docstring(ast.parse(text)) or ""), f"{lines} lines, and its docstring gives no reason"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_the_clock_is_asked_in_one_place_only(path: Path) -> None:
    if name(path) != "clock.py":
        assert re.findall(r"datetime\.now|date\.today|utcnow|time\.time\(", path.read_text("utf-8")) == []


def test_nothing_in_the_repository_names_a_machine() -> None:
    kept = [p for folder in ("src", "tests", "docs", "benchmarks", ".ci") for p in (ROOT / folder).rglob("*") if p.is_file()]
    kept += [p for p in ROOT.glob("*.*") if p.is_file() and p.name != ".git"]
    assert len(kept) > 60
    found = []
    for path in kept:
        if path.suffix in {".pyc", ".so", ".db"} or "__pycache__" in path.parts or path.name.startswith(".coverage"):
            continue
        text = path.read_text("utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {hit}" for hit in re.findall(r"/(?:home|Users|root|work|farm)/[\w.]+", text)]
    assert [f for f in found if "home/somebody" not in f and "/home/you" not in f] == []
