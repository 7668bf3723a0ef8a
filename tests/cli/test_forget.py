"""`contact forget`: no byte is left of somebody, nothing of others is lost, and the door stays shut."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Enum, String, create_engine, select, text
from sqlmodel import SQLModel
from tests.cli.records import plain_records

from relcli.store import forgetting
from relcli.store.journal import MARKS, NOUNS

ANA, BO = "ana.needle@example.org", "bo@example.org"
TABLES = SQLModel.metadata.tables


def text_columns() -> list[tuple[str, str]]:
    """Every column of the schema that holds free text."""
    return [
        (table.name, column.name)
        for table in TABLES.values()
        for column in table.columns
        if isinstance(getattr(column.type, "impl", column.type), String) and not isinstance(column.type, Enum)
    ]


@contextlib.contextmanager
def connected(location: str) -> Iterator[Any]:
    """A connection that is not ours, with everything written at its end."""
    engine = create_engine(
        location.replace("postgresql:", "postgresql+psycopg:") if "://" in location else f"sqlite:///{location}"
    )
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@pytest.fixture
def known(relcli: Any, book_location: str) -> Any:
    """A book that knows Ana Needle well, by merges, shared touches, imports and a long journal; answers `relcli`."""
    for line in (
        "contact add 'Bright Bakery' --kind organisation",
        f"contact add Bo --email {BO}",
        f"contact add 'Ana Needle' --email {ANA} --phone '+34600000001' --handle ana_needle --role customer --tag a --note long",
        "contact add 'Anna N.' --email anna.needle@example.org --works-for 'Bright Bakery' --introduced-by Bo --birthday 1980-04-12",
        "contact add Eve --introduced-by anna.needle@example.org",
        "log anna.needle@example.org 'needle alone' --channel email --in --at 2026-01-05T10:00",
        f"log anna.needle@example.org 'needle with Bo' --with {BO} --channel meeting --at 2026-01-06T10:00",
        f"log {BO} 'Bo alone' --channel email --in --at 2026-01-07",
        "sold anna.needle@example.org 20 'needle portrait' --at 2026-02-01T10:00",
        f"sold {BO} 30 frame --at 2026-02-02",
        f"contact merge {ANA} anna.needle@example.org --yes",
        f"contact edit {ANA} --note 'a needle note' --tag needles",
        f"contact edit {ANA} --no-tag a --email ana.later.needle@example.org",
    ):
        relcli.ok(line)
    return relcli


def rows(relcli: Any, noun: str) -> list[dict[str, Any]]:
    return list(json.loads(relcli.ok(f"export {noun} --format json").out)[noun])


def history(relcli: Any) -> list[dict[str, Any]]:
    return list(json.loads(relcli.ok("book history --format json").out)["batches"])


def plant(location: str, relcli: Any) -> list[str]:
    """Put a word of its own into every text column of Ana's rows, through the journal too; answers the words."""
    from relcli.store import traces

    needles = []
    with connected(location) as connection:
        row = connection.execute(text("SELECT contact_id FROM address WHERE key = :key"), {"key": ANA}).scalar_one()
        plain_records(connection, row)
        for noun in NOUNS.values():
            if noun.name in ("initiative", "setting", *MARKS):  # they are about nobody
                continue
            numbers = traces.numbers(connection, noun, row)
            assert numbers, noun.name
            for table, column in ((noun.root, "id"), *noun.satellites):
                if noun.name == "interaction" and table is not noun.root:
                    continue  # the participants are numbers
                if table.name == "external_id":
                    values = {"source": "needle-source", "value": "needle-value", "contact_id": row}
                    connection.execute(table.insert().values(**values))
                theirs = table.c[column].in_(numbers)
                assert connection.execute(select(table).where(theirs)).first() is not None, table.name
                for name in [c for t, c in text_columns() if t == table.name]:
                    if (table.name, name) in {("contact", "code"), ("alias", "code"), ("transaction", "currency")} or (
                        table.name == "address" and name == "key"
                    ):
                        needles += [v for v in connection.execute(select(table.c[name]).where(theirs)).scalars() if len(v) > 3]
                        continue
                    unique = any(name in c.columns for c in table.constraints if len(c.columns) > 1 or name == "key")
                    for key in connection.execute(select(*table.primary_key.columns).where(theirs)).all() if unique else [None]:
                        word = f"ndl-{table.name}-{name}-{len(needles)}"
                        these = theirs if key is None else [c == v for c, v in zip(table.primary_key.columns, key, strict=True)]
                        where = (these,) if key is None else these
                        connection.execute(table.update().where(*where).values(**{name: word}))
                        needles.append(word)
        code = connection.execute(text("SELECT code FROM contact WHERE id = :row"), {"row": row}).scalar_one()
    relcli.ok(f"contact edit {ANA} --note 'ndl-second-note' --tag ndl-second-tag --name ndl-second-name")
    relcli.ok("contact add Zed --note 'sent by ndl-second-name'")
    relcli.ok("contact edit Zed --note 'sent by somebody'")  # an image of another that mentions her
    relcli.ok("contact add 'Twin' --email twin@example.org")
    relcli.ok(f"contact merge twin@example.org {ANA} --yes --take name")  # images of every noun of hers
    return [
        *needles,
        "ndl-second-note",
        "ndl-second-tag",
        "ndl-second-name",
        code,
        ANA,
        "ana.later.needle@example.org",
        "+34600000001",
    ]


def everything(location: str) -> bytes:
    """All that is stored: the bytes of the book and its side files, or every value of every table on a server."""
    if "://" not in location:
        folder = Path(location).parent
        return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    with connected(location) as connection:
        found = [str(tuple(row)) for table in TABLES.values() for row in connection.execute(select(table))]
    return "\n".join(found).encode()


@pytest.mark.parametrize("more", ["", "--with-transactions", "--keep-shared-text"])
def test_no_byte_is_left_of_them(known: Any, book_location: str, database: str, more: str) -> None:
    needles = [
        needle
        for needle in plant(book_location, known)
        if not more.startswith("--keep") or not needle.startswith(("ndl-interaction-summary", "ndl-interaction-say"))
    ]
    needles = [n for n in needles if not (more.startswith("--keep") and "ndl-interaction-folded" in n)]
    assert len(needles) > 30
    stored = everything(book_location)
    assert [needle for needle in needles if needle.encode() not in stored] == []
    side = sqlite3.connect(book_location) if database == "sqlite" else None
    if side is not None:
        side.execute("SELECT count(*) FROM contact").fetchone()  # another program has the book open, so its log stays
    done = known.ok(f"contact forget twin@example.org --yes {more}")
    stored = everything(book_location) + done.out_bytes + done.err_bytes
    if side is not None:
        assert Path(f"{book_location}-wal").exists()
        side.close()
    left = [needle for needle in needles if needle.encode().lower() in stored.lower()]
    assert left == []


def test_every_table_has_a_decision_and_every_text_that_stays_a_reason() -> None:
    assert len(text_columns()) > 30
    assert set(forgetting.DECISIONS) == set(TABLES)
    assert all(all(decision) for decision in forgetting.DECISIONS.values())
    for table, column in text_columns():
        decision = forgetting.DECISIONS[table][0]
        emptied = column in forgetting.EMPTIED.get(table, {})
        assert (
            decision == "erased"
            or decision.startswith("nothing")
            or table == "forgotten"
            or emptied
            or (table, column) in forgetting.KEPT
        ), f"{table}.{column}: what does contact forget do with it?"


def test_every_table_that_points_at_a_contact_belongs_to_a_noun() -> None:
    from relcli.store.traces import pointing

    covered = {t.name for noun in NOUNS.values() for t in (noun.root, *(s for s, _ in noun.satellites))}
    assert {table.name for table in TABLES.values() if pointing(table)} <= covered


def test_what_is_of_others_stays_as_it_was(known: Any) -> None:
    before = [row for row in rows(known, "interactions") if row["contact_name"] == "Bo"]
    known.ok(f"contact forget {ANA} --yes")
    after = rows(known, "interactions")
    assert [row for row in after if row["summary"]] == before
    assert len(before) == 1
    assert {row["name"] for row in rows(known, "contacts")} == {"Bright Bakery", "Bo", "Eve", "forgotten"}
    assert all(row["introduced_by"] is None for row in rows(known, "contacts"))


def test_from_a_shared_touch_they_are_taken_out_and_the_text_goes_or_stays(known: Any) -> None:
    known.ok(f"contact forget {ANA} --yes")
    [shared] = [row for row in rows(known, "interactions") if row["channel"] == "meeting"]
    assert (shared["contact_name"], shared["summary"]) == ("Bo", None)


def test_shared_text_stays_where_that_is_asked(known: Any) -> None:
    known.ok(f"contact forget {ANA} --yes --keep-shared-text")
    [shared] = [row for row in rows(known, "interactions") if row["channel"] == "meeting"]
    assert (shared["contact_name"], shared["summary"]) == ("Bo", "needle with Bo")


def test_transactions_stay_as_sums_of_nobody(known: Any) -> None:
    known.ok(f"contact forget {ANA} --yes")
    mine, bos = rows(known, "transactions")
    assert (mine["contact_name"], mine["item"], mine["amount"], mine["at"]) == ("forgotten", None, "20.00", "2026-02-01")
    assert bos["item"] == "frame"
    [nobody] = [row for row in rows(known, "contacts") if row["name"] == "forgotten"]
    assert (nobody["kind"], bool(nobody["archived"])) == ("person", True)
    known.ok("sold Eve 5")
    known.ok("contact forget Eve --yes")
    assert [row["contact_name"] for row in rows(known, "transactions")] == ["forgotten", "Bo", "forgotten"]
    assert [row["name"] for row in rows(known, "contacts")].count("forgotten") == 1


def test_transactions_go_where_that_is_asked(known: Any) -> None:
    known.ok(f"contact forget {ANA} --yes --with-transactions")
    assert [row["contact_name"] for row in rows(known, "transactions")] == ["Bo"]
    assert "forgotten" not in {row["name"] for row in rows(known, "contacts")}


def test_the_sums_of_the_forgotten_are_forgotten_only_with_the_transactions(known: Any) -> None:
    known.ok(f"contact forget {ANA} --yes")
    assert known("contact forget forgotten --yes").code == 2
    assert known(f"contact merge {BO} forgotten --yes").code == 2
    known.ok("contact forget forgotten --yes --with-transactions")
    assert [row["contact_name"] for row in rows(known, "transactions")] == ["Bo"]


def test_batches_that_held_them_can_not_be_undone_and_say_why(known: Any) -> None:
    before = {batch["batch"] for batch in history(known)}
    known.ok(f"contact forget {ANA} --yes")
    final = {batch["batch"]: batch["final"] for batch in history(known)}
    assert [n for n in sorted(before) if not final[n]] == [1, 2, 8, 10]  # the bakery, Bo, his touch and his frame
    refused = known("book undo 3")
    assert (refused.code, "holds records of a forgotten contact" in refused.err) == (4, True)
    assert "cannot be brought back" in known(f"book undo {max(final)}").err
    undone = known.ok("book undo")
    assert "Undone: sale of 30.00 EUR to Bo for frame (batch 10" in undone.err


def test_other_batches_keep_their_images(known: Any) -> None:
    known.ok(f"contact edit {BO} --note one")
    known.ok(f"contact forget {ANA} --yes")
    known.ok("book undo")
    assert next(row["note"] for row in rows(known, "contacts") if row["name"] == "Bo") is None


def test_a_namesake_keeps_their_history(known: Any) -> None:
    known.ok("contact add 'Ana Needle' --email other.ana@example.org")
    known.ok("contact edit other.ana@example.org --note one")
    known.ok(f"contact forget {ANA} --yes")
    known.ok("book undo")
    assert [row["email"] for row in rows(known, "contacts") if row["name"] == "Ana Needle"] == ["other.ana@example.org"]


def test_a_later_import_skips_them_and_says_how_many(known: Any, tmp_path: Path) -> None:
    before = {noun: known.ok(f"export {noun} --format csv").out for noun in ("contacts", "interactions", "transactions")}
    known.ok(f"contact forget {ANA} --yes")
    after = {noun: known.ok(f"export {noun} --format csv").out for noun in before}
    said = []
    for noun, content in before.items():
        (tmp_path / "again.csv").write_text(content)
        outcome = known.ok("import", noun, str(tmp_path / "again.csv"), "--add")
        said.append(outcome.err.splitlines()[0].rpartition(", ")[2])
        assert " new" not in outcome.err
    assert said == [f"{n} left out (of somebody who was forgotten)" for n in (1, 2, 1)]
    assert {noun: known.ok(f"export {noun} --format csv").out for noun in before} == after


@pytest.mark.parametrize(
    "row",
    [
        "name,email\nSomebody,ana.LATER.needle@example.org\n",
        "name,email\nSomebody,anna.needle@example.org\n",
        "name,phone\nSomebody,+34 600 000 001\n",
        "name,handle\nSomebody,@ana_needle\n",
    ],
)
def test_any_address_they_had_is_recognised(known: Any, tmp_path: Path, row: str) -> None:
    known.ok(f"contact forget {ANA} --yes")
    (tmp_path / "row.csv").write_text(row)
    outcome = known.ok("import", "contacts", str(tmp_path / "row.csv"), "--format", "csv")
    assert outcome.err == "1 row: 1 left out (of somebody who was forgotten)\n"
    assert ",left_out,of somebody who was forgotten," in outcome.out


def test_what_was_imported_of_them_is_recognised_by_its_keys(known: Any, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("at,contact,amount,source,external_id\n2026-03-01,New Face,10,till,7\n2026-03-02,New Face,11,till,\n")
    known.ok("import", "transactions", str(ledger), "--add")
    known.ok("contact forget 'New Face' --yes")
    outcome = known.ok("import", "transactions", str(ledger), "--add")
    assert "2 rows: 2 left out (of somebody who was forgotten)" in outcome.err
    ledger.write_text("at,contact,amount,source,external_id\n2026-03-01,Newer Face,10,till,8\n")
    assert "1 row: 1 new; added 1 contact" in known.ok("import", "transactions", str(ledger), "--add").err


def test_an_address_that_another_has_by_now_is_theirs(known: Any, tmp_path: Path) -> None:
    known.ok(f"contact edit {ANA} --no-email ana.later.needle@example.org")
    known.ok(f"contact edit {BO} --email ana.later.needle@example.org")
    known.ok(f"contact forget {ANA} --yes")
    (tmp_path / "calls.csv").write_text("at,contact,channel,direction\n2026-03-01,ana.later.needle@example.org,email,in\n")
    assert "1 row: 1 new" in known.ok("import", "interactions", str(tmp_path / "calls.csv")).err


def test_somebody_may_be_added_by_hand_again(known: Any) -> None:
    known.ok(f"contact forget {ANA} --yes")
    known.ok(f"contact add 'Ana Needle' --email {ANA}")
    known.ok(f"log {ANA} --channel email --in")


def test_a_dry_run_shows_the_plan_and_changes_nothing(known: Any, book_location: str) -> None:
    before = [known.ok(f"export {noun} --format csv").out for noun in ("contacts", "interactions", "transactions")]
    plan = json.loads(known.ok(f"contact forget {ANA} --dry-run --format json").out)
    assert plan["counts"]["interaction"] == 1
    assert plan["counts"]["interaction shared with others"] == 1
    assert plan["counts"]["transaction kept as a sum"] == 1
    assert plan["counts"]["alias"] == 1
    assert plan["shared"] == ["i_2"]
    assert "Forget Ana Needle" in known.ok(f"contact forget {ANA} --dry-run").out
    assert [known.ok(f"export {noun} --format csv").out for noun in ("contacts", "interactions", "transactions")] == before
    assert len(history(known)) == 13


def test_the_plan_names_records_of_others_that_speak_of_them(known: Any) -> None:
    known.ok(f"log {BO} 'spoke of ana needle' --channel email --in")
    plan = json.loads(known.ok(f"contact forget {ANA} --dry-run --format json").out)
    assert plan["named_in"] == ["i_4"]


def test_the_plan_names_records_that_hold_a_name_or_address_they_had_before(known: Any) -> None:
    known.ok(f"contact edit {ANA} --name 'Ada Later' --no-email ana.later.needle@example.org")
    known.ok(f"log {BO} 'spoke of ana needle' --channel email --in")
    known.ok(f"log {BO} 'mail to ana.later.needle@example.org' --channel email --in")
    plan = json.loads(known.ok(f"contact forget {ANA} --dry-run --format json").out)
    assert plan["named_in"] == ["i_4", "i_5"]


def test_the_plan_names_every_kind_of_record_of_others_that_speaks_of_them_and_none_of_their_own(known: Any) -> None:
    said = "as ána NEEDLE had it"
    other = json.loads(known.ok("contact add Cleo -f json").out)["contacts"][0]["id"]
    for words in (
        ["promise", "add", BO, said, "--by", "2026-12-24"],
        ["preference", "set", BO, "--topic", "prints", "--stated", said],
        ["circumstance", "set", BO, "need", "--theirs", "3", "--note", said],
        ["later", BO, "--until", "2026-12-24", "--because", said],
        ["plan", "set", BO, "--aim", "loyal", "--next", said, "--by", "2026-12-24"],
        ["remind", BO, "2026-12-24", said],
        ["referral", "add", BO, other, "--outcome", said],
        ["survey", "record", "pulse", BO, "--answer", "recommend=9", "--answer", f"why={said}"],
        ["initiative", "start", "Calls", "--hypothesis", said, "--outcome", "signs"],
        ["promise", "add", ANA, said, "--by", "2026-12-24"],
        ["plan", "set", ANA, "--aim", said],
        ["remind", ANA, "2026-12-24", said],
        ["referral", "edit", "r_1", "--outcome", said],
    ):
        known.ok(*words)
    plan = json.loads(known.ok(f"contact forget {ANA} --dry-run --format json").out)
    assert {name[0] for name in plan["named_in"]} == set("pwflnmra") | {"t"}
    assert 'the initiative "Calls"' in plan["named_in"]
    assert len(plan["named_in"]) == 9


@pytest.mark.parametrize(("line", "exit_code"), [(ANA, 5), ("'Ana Need' --yes", 3), ("nobody --yes", 3)])
def test_without_a_yes_or_for_nobody_nothing_is_forgotten(known: Any, line: str, exit_code: int) -> None:
    assert known(f"contact forget {line}").code == exit_code
    assert len(rows(known, "contacts")) == 4


@pytest.mark.parametrize("form", ["text", "json", "md"])
def test_the_certificate_says_what_was_done_and_nothing_about_whom(known: Any, form: str) -> None:
    done = known.ok(f"contact forget {ANA} --yes --format {form}")
    said = (done.out + done.err).lower()
    assert "tester" in said
    assert "2026-11-21t10:00" in said
    assert "needle" not in said
    assert "c_" not in said
    if form == "json":
        certificate = json.loads(done.out)
        assert certificate["counts"]["contact"] == 1
        assert len(certificate["identifiers"]) == len(set(certificate["identifiers"])) == 7
        assert (certificate["copies"], certificate["scrubbed"]) == ([], True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "book.db"


def test_older_copies_that_hold_them_are_named_and_deleted_when_asked(relcli: Any, file: Path) -> None:
    relcli.ok("contact add Bo")
    (file.parent / "backups" / "old").mkdir(parents=True)
    without = [file.parent / "backups" / "before-ana.db", file.parent / "book.db.before-0001"]
    for path in without:
        path.write_bytes(file.read_bytes())
    relcli.ok("contact add Ana")
    code = next(row["id"] for row in rows(relcli, "contacts") if row["name"] == "Ana")
    names = ["backups/a.db", "backups/old/b.db", "book.db.before-0002", "book.db.aside-2026", ".book.db.ab12.new", ".x.ab12.part"]
    holding = [file.parent / name for name in names]
    for path in holding:
        path.write_bytes(file.read_bytes())
    (file.parent / "backups" / "a.db.json").write_text("{}")
    plan = json.loads(relcli.ok("contact forget Ana --dry-run --format json").out)
    assert {Path(copy["path"]) for copy in plan["copies"]} == set(holding)
    kept = json.loads(relcli.ok("contact forget Ana --yes --format json").out)
    assert [copy["deleted"] for copy in kept["copies"]] == [False] * 6
    assert all(path.exists() for path in holding)
    again = json.loads(relcli.ok(f"contact forget {code} --yes --copies --format json").out)
    assert [copy["deleted"] for copy in again["copies"]] == [True] * 6
    assert not any(path.exists() for path in [*holding, file.parent / "backups" / "a.db.json"])
    assert all(path.exists() for path in without)


def test_a_reader_that_holds_on_to_old_pages_is_waited_for_and_then_reported(relcli: Any, file: Path) -> None:
    relcli.ok("contact add Bo")
    relcli.ok("contact add 'Ana Needle'")
    code = next(row["id"] for row in rows(relcli, "contacts") if row["name"] == "Ana Needle")
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM contact").fetchall()
    outcome = relcli("contact forget 'Ana Needle' --yes --wait 0.2")
    assert (outcome.code, "not proven: another program is reading the book" in outcome.out) == (75, True)
    reader.close()
    relcli.ok(f"contact forget {code} --yes")
    assert b"Needle" not in b"".join(path.read_bytes() for path in file.parent.glob("book.db*"))
