"""A book of every released schema, as SQL, with what it said of itself then.

`python -m tests.store.dumps` writes that of this program's schema anew. Until a schema is released, that is to be done
whenever it changes; afterwards never again: a dump is what books out there look like.
"""

from __future__ import annotations

import json
import os
import shlex
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from relcli.cli.app import app
from relcli.store import gate

FOLDER = Path(__file__).with_name("dumps")
COMMAND = "python -m tests.store.dumps"
ENV = {"RELCLI_NOW": "2026-11-21T10:00:00+00:00", "RELCLI_ACTOR": "somebody", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
ASKED = {
    "export contacts": "contacts",
    "export interactions": "interactions",
    "export transactions": "transactions",
    "promise list --status all": "promises",
    "preference list --all": "preferences",
    "circumstance list": "circumstances",
    "plan list --all": "plans",
    "reminder list --all": "reminders",
    "initiative list": "initiatives",
    "timeline 'Ana Ruiz'": "records",
    "book history": "batches",
}
LEDGER = "contact,at,amount,source,external_id\nAna Ruiz,2026-02-03,17.50,till,r-1\nBo Lind,2026-02-04,3,till,r-2\n"
LINES = (
    "book init --timezone Europe/Madrid --currency EUR",
    "contact add 'Bright Bakery' --kind organisation --role supplier --note 'Flour, and a \"quote\"; ñ — ✓'",
    "contact add 'Bo Lind' --email bo@example.org --phone '+34600000001' --handle @bo --tag friend --language sv",
    "contact add 'Ana Ruiz' --email ana@example.org --works-for 'Bright Bakery' --introduced-by 'Bo Lind' --birthday 1980-04-12",
    "contact add 'Ana R.' --email ana.old@example.org --role customer --timezone Europe/Paris",
    "contact add 'Clara Vogt' --email clara@example.org",
    "log 'Ana Ruiz' 'asked about May' --channel email --in --at 2026-01-05T10:00 --minutes 12 --sentiment 1 --purpose advice",
    "log 'Ana R.' 'with Bo' --with 'Bo Lind' --channel meeting --at 2026-01-06",
    "log 'Clara Vogt' 'with Bo too' --with 'Bo Lind' --channel meeting --at 2026-01-07",
    "sold 'Ana R.' '12.50' loaf --at 2026-02-01T09:30",
    "bought 'Bright Bakery' '80 USD' flour --at 2026-02-02",
    "sold 'Clara Vogt' 9 roll --at 2026-02-02",
    "import transactions {folder}/ledger.csv",
    "contact edit 'Ana Ruiz' --note 'prefers mornings' --tag regular",
    "contact merge 'Ana Ruiz' 'Ana R.' --yes",
    "interaction edit i_1 --summary 'asked about June'",
    "log 'Bo Lind' mistaken --channel other --both",
    "book undo",
    "interaction remove i_1",
    "book undo",
    "log 'Bo Lind' 'wrong person' --channel email --in --at 2026-01-08",
    "interaction remove i_5",
    "book backup {folder}/copy.db",
    "log 'Bo Lind' 'on the laptop' --channel email --out --at 2026-01-09 --book {folder}/copy.db",
    "book merge-copy {folder}/copy.db",
    "log 'Ana Ruiz' 'a crease in the album' --channel phone --complaint --at 2026-03-01",
    "promise keep p_1 --at 2026-03-04",
    "promise add 'Bright Bakery' 'the new flour' --theirs --at 2026-03-02",
    "preference set 'Ana Ruiz' --cadence 6w --channel email --at 2026-03-05T09:00 --until 2027-03-05 --stated 'mail me'",
    "preference set 'Bo Lind' --do-not-contact --at 2026-03-05 --assumed 'hung up'",
    "circumstance set 'Ana Ruiz' need --theirs 4 --ours 2 --note 'moves soon' --at 2026-03-06",
    "initiative start Calls --hypothesis 'they come back' --outcome signs --from 2026-04-01 --cost '40 USD'",
    "contact add 'Dora Klein' --email dora@example.org",
    "initiative enroll Calls 'Ana Ruiz' 'Dora Klein' --holdout 0.5",
    "initiative stop Calls",
    "later 'Ana Ruiz' --until 2027-01-31 --because 'on holiday'",
    "remind 'Ana Ruiz' 2026-12-24 'ask about the proofs ñ'",
    "remind 'Bo Lind' today 'call him'",
    "reminder done m_2",
    "plan set 'Ana Ruiz' --aim loyal --next 'show her the album ñ' --by 2026-12-10 --review 2027-02-01",
    "plan review 'Ana Ruiz' --done --note 'glad of it' --review 2027-05-01",
    "plan set 'Bo Lind' --review 2027-01-10",
    "plan clear 'Bo Lind'",
    "survey record relationship 'Ana Ruiz' --answer satisfied=4 --answer wanted=regular --answer else='call ñ' --at 2026-03-07T10:00",
    "survey record pulse 'Ana Ruiz' --answer recommend=3 --at 2026-03-08",
    "survey invite service 'Ana Ruiz' --output {folder}/outbox --now 2026-09-20",
    "survey invite service 'Ana Ruiz' --remind --output {folder}/again --now 2026-10-02",
    "survey edit a_2 --answer recommend=8",
    "book set --timezone Europe/Berlin",
    "book set --timezone Europe/Madrid",
    "contact archive 'Bo Lind'",
    "contact forget 'Clara Vogt' --yes",
    "contact export 'Ana Ruiz' --handed-to 'Ana, by mail'",
)


def run(book: Path, line: str) -> str:
    """A command's stdout; anything but 0 is an error."""
    words = [word.replace("{folder}", str(book.parent)) for word in shlex.split(line)]
    result = CliRunner().invoke(app, ["--book", str(book), *words], env=ENV, catch_exceptions=False)
    assert result.exit_code == 0, f"{line}: {result.stderr}"
    return result.stdout


def said(book: Path) -> dict[str, Any]:
    """The records and batches of a book as its commands give them."""
    return {line: json.loads(run(book, f"{line} --format json"))[rows] for line, rows in ASKED.items()}


def load(name: str, book: Path) -> None:
    """Make a book of a dump."""
    descriptor = os.open(book, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    os.close(descriptor)
    with closing(sqlite3.connect(book)) as connection:
        connection.executescript((FOLDER / f"{name}.sql").read_text("utf-8"))


def write() -> Path:
    """The dump of a book of this program."""
    with tempfile.TemporaryDirectory(prefix="relcli-dump-") as folder:
        book = Path(folder) / "book.db"
        (Path(folder) / "ledger.csv").write_text(LEDGER)
        for line in LINES:
            run(book, line)
        answers = said(book)
        with closing(sqlite3.connect(book)) as connection:
            marks = [f"PRAGMA {p}={connection.execute(f'PRAGMA {p}').fetchone()[0]};" for p in ("application_id", "user_version")]
            empty = [t for t in _tables(connection) if connection.execute(f'SELECT 1 FROM "{t}"').fetchone() is None]
            assert empty == [], f"nothing in {empty}: add a line that writes there"
            text = "\n".join([*marks, *connection.iterdump()]) + "\n"
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{gate.REVISION}.json").write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n", "utf-8")
    target = FOLDER / f"{gate.REVISION}.sql"
    target.write_text(text, "utf-8")
    return target


def _tables(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]


if __name__ == "__main__":
    print(write())
