"""Random commands against a book and a model of it: whatever is done, undone and redone, the two agree."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from relcli.cli.app import app

NOUNS = ("contacts", "interactions", "transactions")
WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0;", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12
).filter(lambda text: bool(text.strip()) and not text.startswith("-"))
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2026, 11, 21)).map(str)


class BookMachine(RuleBasedStateMachine):
    """Commands by their words, undo by the stack of what the book held before each."""

    contacts = Bundle("contacts")
    promises = Bundle("promises")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="relcli-machine-"))
        self.book = str(self.folder / "book.db")
        self.undoable: list[tuple[int, list[str]]] = []
        self.redoable: list[list[str]] = []
        self.batches = 0

    @initialize()
    def begin(self) -> None:
        self.run("book", "init", "--timezone", "Europe/Madrid", "--currency", "EUR")
        self.held = self.everything()

    def run(self, *words: str, stdin: str = "") -> tuple[int, str, str]:
        """One command; its exit code, stdout, stderr."""
        from typer.testing import CliRunner

        result = CliRunner().invoke(app, ["--book", self.book, *words], input=stdin, catch_exceptions=False)
        assert result.exit_code != 70, result.stderr
        return result.exit_code, result.stdout, result.stderr

    def everything(self) -> list[str]:
        exports = [self.run("export", noun, "-f", "json")[1] for noun in NOUNS]
        return [*exports, self.run("promise", "list", "--status", "all", "-f", "json")[1]]

    def promise(self, number: str) -> dict[str, Any] | None:
        """A promise as the book has it now, None where it is gone."""
        listed: list[dict[str, Any]] = json.loads(self.held[-1])["promises"]
        return next((p for p in listed if p["id"] == number), None)

    def write(self, *words: str, stdin: str = "") -> str:
        """A command that may write: when it did, what was held before goes on the stack."""
        code, out, err = self.run(*words, stdin=stdin)
        now = self.everything()
        assert code in (0, 2, 3, 4, 65), err
        if code != 0:
            assert now == self.held, f"{words} failed but changed the book"
        if "(batch" in err and code == 0:
            self.batches += 1
            self.undoable.append((self.batches, self.held))
            self.redoable.clear()
        self.held = now
        return out.strip()

    @rule(target=contacts, name=WORDS, tag=st.sampled_from(["a", "b"]), kind=st.sampled_from(["person", "organisation"]))
    def add(self, name: str, tag: str, kind: str) -> str:
        return self.write("contact", "add", name, "--tag", tag, "--kind", kind, "-f", "ids")

    @rule(who=contacts, note=WORDS, tag=st.sampled_from(["a", "b", "c"]))
    def edit(self, who: str, note: str, tag: str) -> None:
        self.write("contact", "edit", who, "--note", note, "--tag", tag)

    @rule(who=contacts, name=WORDS)
    def rename(self, who: str, name: str) -> None:
        self.write("contact", "edit", who, "--name", name)

    @rule(who=contacts, employer=contacts)
    def employ(self, who: str, employer: str) -> None:
        self.write("contact", "edit", who, "--works-for", employer)

    @rule(who=contacts, other=contacts, at=DAYS, text=WORDS)
    def log(self, who: str, other: str, at: str, text: str) -> None:
        self.write("log", who, text, "--with", other, "--at", at, "--channel", "email", "--out")

    @rule(who=contacts, at=DAYS, cents=st.integers(1, 10**7))
    def sell(self, who: str, at: str, cents: int) -> None:
        self.write("sold", who, f"{cents // 100}.{cents % 100:02}", "--at", at)

    @rule(who=contacts, at=DAYS, text=WORDS)
    def complain(self, who: str, at: str, text: str) -> None:
        self.write("log", who, text, "--at", at, "--complaint")

    @rule(target=promises, who=contacts, text=WORDS, by=DAYS, theirs=st.booleans())
    def promise_something(self, who: str, text: str, by: str, theirs: bool) -> str:
        return self.write("promise", "add", who, text, "--by", by, *(["--theirs"] if theirs else []), "-f", "ids")

    @rule(number=promises, word=st.sampled_from(["keep", "break", "withdraw"]), at=DAYS)
    def close(self, number: str, word: str, at: str) -> None:
        """It ends where it is open and had been made by then, and else stays as it is."""
        before = self.promise(number)
        self.write("promise", word, number, "--at", at)
        after = self.promise(number)
        if before is None or before["closed"] is not None or at < before["made"]:
            assert after == before
        else:
            late = word == "keep" and before["due"] is not None and at > before["due"]
            status = "late" if late else {"keep": "kept", "break": "broken", "withdraw": "withdrawn"}[word]
            assert after == {**before, "closed": at, "status": status}

    @rule(number=promises, by=DAYS, text=WORDS)
    def change_promise(self, number: str, by: str, text: str) -> None:
        self.write("promise", "edit", number, "--by", by, "--text", text, "--at", by)

    @rule(number=promises)
    def remove_promise(self, number: str) -> None:
        self.write("promise", "remove", number)

    @rule(who=contacts)
    def archive(self, who: str) -> None:
        self.write("contact", "archive", who)

    @rule(rows=st.lists(st.tuples(WORDS, DAYS, st.integers(1, 9)), min_size=1, max_size=4))
    def bring_in(self, rows: list[tuple[str, str, int]]) -> None:
        lines = [f'"{name.replace(chr(34), "")}x",{at},{amount}' for name, at, amount in rows]
        self.write("import", "transactions", "-", "--add", stdin="contact,at,amount\n" + "\n".join(lines) + "\n")

    @precondition(lambda self: self.undoable)
    @rule()
    def undo(self) -> None:
        _, before = self.undoable.pop()
        code, _, err = self.run("book", "undo", "--yes")
        assert code == 0, err
        self.batches += 1
        self.redoable.append(self.held)
        self.held = self.everything()
        assert self.held == before

    @precondition(lambda self: self.redoable)
    @rule()
    def redo(self) -> None:
        """Undo the newest undo that stands; an undo of an undo is a redo, and not meant."""
        after = self.redoable.pop()
        history = [json.loads(line) for line in self.run("book", "history", "-f", "jsonl")[1].splitlines()]
        acts = {batch["batch"] for batch in history if batch["undoes"] is None}
        newest = next(str(b["batch"]) for b in history if b["undoes"] in acts and b["undone_by"] is None)
        before = self.held
        code, _, err = self.run("book", "undo", newest, "--yes")
        assert code == 0, err
        self.batches += 1
        self.undoable.append((self.batches, before))
        self.held = self.everything()
        assert self.held == after

    @invariant()
    def nothing_points_nowhere(self) -> None:
        if not Path(self.book).exists():
            return
        import sqlite3

        connection = sqlite3.connect(self.book)
        try:
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            copies = connection.execute(
                "SELECT count(*) FROM interaction_contact p JOIN interaction i ON i.id = p.interaction_id "
                "WHERE p.day <> i.day OR p.direction <> i.direction"
            ).fetchone()
            assert copies == (0,)
        finally:
            connection.close()

    def teardown(self) -> None:
        """Out and in again: an empty book filled from the exports holds the same."""
        try:
            if hasattr(self, "held"):
                self.read_back()
        finally:
            shutil.rmtree(self.folder)

    def read_back(self) -> None:
        """Export → import into an empty book → export is equal."""
        csvs = [self.run("export", noun)[1] for noun in NOUNS]
        mine, self.book = self.book, str(self.folder / "copy.db")
        self.run("book", "init", "--timezone", "Europe/Madrid", "--currency", "EUR")
        for noun, text in zip(NOUNS, csvs, strict=True):
            if text.count("\n") > 1:
                code, _, err = self.run("import", noun, "-", stdin=text)
                assert code == 0, err
        assert [self.run("export", noun)[1] for noun in NOUNS] == csvs
        self.book = mine


TestBook = BookMachine.TestCase
TestBook.settings = settings(
    max_examples=8, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)
