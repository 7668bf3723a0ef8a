"""`contact export`: everything there is about one person, whole, readable, and remembered where that is asked."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from sqlalchemy import Enum, String, create_engine, text
from sqlmodel import SQLModel
from tests.cli.records import plain_records

from relcli.store import forgetting, traces
from relcli.store.journal import MARKS, NOUNS

ANA, BO = "ana@example.org", "bo@example.org"
DERIVED = {"folded", "name_key"}  # made from the name, the summary or the item beside it


@pytest.fixture
def known(relcli: Any, book_location: str) -> Any:
    """A book that knows Ana, with an old self merged into her and records shared with Bo; answers `relcli`."""
    for line in (
        "contact add 'Bright Bakery' --kind organisation",
        f"contact add 'Bo Berg' --email {BO} --note 'a friend of Ana Ruiz'",
        f"contact edit {BO} --note 'a friend'",
        f"contact add 'Ana Ruiz' --email {ANA} --role customer --tag food --works-for 'Bright Bakery' --introduced-by 'Bo Berg'",
        "contact add 'Anna' --email old@example.org",
        f"log {ANA} 'over <b>lunch</b>' --with {BO} --channel meeting --at 2026-01-05",
        f"log {BO} 'Bo alone' --channel email --in",
        "sold old@example.org 20 portrait --at 2026-02-01",
        f"contact merge {ANA} old@example.org --yes",
    ):
        relcli.ok(line)
    return relcli


def exported(relcli: Any, *more: str) -> dict[str, Any]:
    return dict(json.loads(relcli.ok("contact", "export", ANA, *more).out))


def history(relcli: Any) -> list[dict[str, Any]]:
    return list(json.loads(relcli.ok("book history --format json").out)["batches"])


def test_records_of_every_noun_are_there_with_dates_and_amounts(known: Any) -> None:
    found = exported(known)
    assert found["contact"]["name"] == "Ana Ruiz"
    assert [address["value"] for address in found["contact"]["address"]] == [ANA, "old@example.org"]
    assert (found["contact"]["contact_role"], found["contact"]["contact_tag"]) == (["customer"], ["food"])
    assert len(found["contact"]["alias"]) == 1
    [touch] = found["interaction"]
    assert (touch["day"], touch["summary"]) == ("2026-01-05", "over <b>lunch</b>")
    assert [name.partition(" (")[0] for name in touch["interaction_contact"]] == ["another contact 1", "Ana Ruiz"]
    [sale] = found["transaction"]
    assert (sale["amount"], sale["item"], sale["contact"].partition(" (")[0]) == ("20.00", "portrait", "Ana Ruiz")
    assert found["works_for"][0]["organisation"].startswith("Bright Bakery")
    assert found["referral"][0]["from"] == "another contact 1"


def test_what_they_were_before_and_what_was_written_are_there(known: Any) -> None:
    found = exported(known)
    assert [
        entry["before"]["name"] for entry in found["journal"] if entry["record"] == "contact" and entry.get("after", 1) is None
    ] == ["Anna"]
    assert [batch["command"] for batch in found["batches"]].count("contact add") == 3
    assert "log-interaction" in {batch["command"] for batch in found["batches"]}


def test_every_column_of_text_is_in_the_export(known: Any, book_location: str) -> None:
    url = book_location.replace("postgresql:", "postgresql+psycopg:") if "://" in book_location else f"sqlite:///{book_location}"
    engine = create_engine(url)
    planted = []
    with engine.begin() as connection:
        row = connection.execute(text("SELECT contact_id FROM address WHERE key = :key"), {"key": ANA}).scalar_one()
        plain_records(connection, row)
        external = SQLModel.metadata.tables["external_id"]
        connection.execute(external.insert().values(source="shop", value="7", contact_id=row))
        for noun in NOUNS.values():
            if noun.name in ("initiative", "setting", *MARKS):  # they are about nobody
                continue
            for table, column in ((noun.root, "id"), *noun.satellites):
                for field in table.columns:
                    kind = getattr(field.type, "impl", field.type)
                    if (
                        not isinstance(kind, String)
                        or isinstance(field.type, Enum)
                        or field.name in DERIVED | {"code", "currency"}
                    ):
                        continue
                    number = traces.numbers(connection, noun, row)[0]
                    these = table.c[column] == number
                    if field.primary_key:
                        these &= (
                            field == connection.execute(table.select().where(these).with_only_columns(field)).scalars().first()
                        )
                    word = f"planted-{table.name}-{field.name}"
                    connection.execute(table.update().where(these).values(**{field.name: word}))
                    planted.append(word)
        code = connection.execute(text("SELECT code FROM contact WHERE id = :row"), {"row": row}).scalar_one()
    engine.dispose()
    out = known.ok(f"contact export {code}").out
    assert len(planted) > 20
    assert [word for word in planted if word not in out] == []


def test_every_table_says_what_an_export_gives_of_it() -> None:
    assert {table: bool(given) for table, (_, given) in forgetting.DECISIONS.items()} == dict.fromkeys(
        SQLModel.metadata.tables, True
    )


def test_nothing_of_others_is_in_it_but_the_name_of_whom_they_work_for(known: Any) -> None:
    known.ok(f"log {ANA} 'told me about Bo Berg, {BO}, and Berg, Bo' --channel email --in")
    known.ok(f"contact edit {ANA} --note 'sister of BO BERG at Bright Bakery'")
    [row] = [row for row in json.loads(known.ok("export contacts --format json").out)["contacts"] if row["name"] == "Bo Berg"]
    out = known.ok(f"contact export {ANA}").out

    assert [word for word in ("Bo Berg", "Berg, Bo", "BO BERG", BO, "a friend", row["id"]) if word in out] == []
    found = json.loads(out)
    assert found["others_masked"] is True
    assert found["contact"]["note"] == "sister of another contact 1 at Bright Bakery"
    assert found["interaction"][0]["interaction_contact"][0] == found["referral"][0]["from"] == "another contact 1"
    assert found["works_for"][0]["organisation"].startswith("Bright Bakery")


def test_of_the_record_of_somebody_else_that_mentions_them_only_that_it_is_there(known: Any) -> None:
    found = exported(known)
    withheld = [entry for entry in found["journal"] if "withheld" in entry]

    assert withheld == [
        {"batch": 3, "day": "2026-11-21", "record": "contact", "withheld": "a record of somebody else that mentions them"}
    ]
    assert "a friend" not in known.ok(f"contact export {ANA} --unmasked").out


def test_a_record_that_turned_out_to_be_somebody_elses_is_withheld_with_all_it_was_before(known: Any) -> None:
    known.ok(f"log {ANA} 'is getting divorced' --channel phone --in")
    known.ok("interaction edit i_3 --summary 'is getting divorced, sad'")
    assert "divorced" in known.ok(f"contact export {ANA}").out
    known.ok(f"interaction move i_3 {BO}")

    assert "divorced" not in known.ok(f"contact export {ANA} --unmasked").out
    assert "divorced" in known.ok(f"contact export {BO}").out


def test_a_record_of_theirs_that_is_gone_is_in_it_as_it_was(known: Any) -> None:
    known.ok(f"log {ANA} 'a talk with Bo Berg' --channel phone --in")
    known.ok("interaction remove i_3")

    assert "a talk with another contact 1" in known.ok(f"contact export {ANA}").out


def test_the_former_name_of_somebody_else_is_no_name_to_show_either(known: Any) -> None:
    known.ok(f"log {ANA} 'lunch with Bo Berg' --channel phone --in")
    known.ok(f"contact edit {BO} --name 'Bo Holm'")

    assert "Berg" not in known.ok(f"contact export {ANA}").out


def test_unmasked_shows_who_the_others_are(known: Any) -> None:
    found = exported(known, "--unmasked")

    assert found["others_masked"] is False
    assert found["referral"][0]["from"].startswith("Bo Berg (c_")


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_html_is_one_file_that_runs_nothing_and_fetches_nothing(known: Any) -> None:
    known.ok("log", ANA, "<script>alert(1)</script> & \"'", "--channel", "meeting")
    known.ok("contact", "edit", ANA, "--name", "Ana </title><img src=x onerror=y>")
    page = Tags()
    page.feed(known.ok(f"contact export {ANA} --format html").out)
    tags = {tag for tag, _ in page.seen}
    assert tags <= {"html", "head", "meta", "title", "style", "body", "h2", "span", "table", "tr", "th", "td", "p", "br"}
    assert all(
        name in {"class", "scope", "lang", "charset", "http-equiv", "content", "name", "data-of"}
        for _, a in page.seen
        for name in a
    )
    policies = [a["content"] for _, a in page.seen if a.get("http-equiv") == "Content-Security-Policy"]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert any("<script>alert(1)</script>" in word for word in page.words)


def test_without_a_recipient_reading_leaves_nothing(known: Any) -> None:
    before = history(known)
    exported(known)
    known.ok("export contacts")
    known.ok("scorecard Ana")
    assert history(known) == before


@pytest.mark.parametrize(
    ("line", "command"),
    [
        (f"contact export {ANA}", "contact export"),
        ("export contacts", "export contacts"),
        ("export interactions", "export interactions"),
        ("export transactions", "export transactions"),
        ("health-report", "health-report"),
        ("scorecard Ana", "scorecard"),
    ],
)
def test_whom_a_copy_was_for_stands_in_the_history(known: Any, line: str, command: str) -> None:
    plain = known.ok(line)
    given = known.ok(f"{line} --handed-to 'the accountant'")
    newest = history(known)[0]
    assert given.out == plain.out
    assert (newest["command"], newest["handed_to"], newest["rows"]) == (command, "the accountant", 0)
    assert known("book undo " + str(newest["batch"])).code == 4
    assert "merge of Anna into Ana Ruiz" in known.ok("book undo").err


def test_forgetting_takes_the_recipient_of_their_copy_too(known: Any) -> None:
    known.ok(f"contact export {ANA} --handed-to 'her sister Carla'")
    known.ok("export contacts --handed-to 'the accountant'")
    known.ok("export contacts --handed-to 'Ana Ruiz herself'")
    assert exported(known)["batches"][-1]["handed_to"] == "Ana Ruiz herself"
    known.ok(f"contact forget {ANA} --yes")
    assert [batch["handed_to"] for batch in history(known)[:4]] == [None, None, "the accountant", None]


def test_the_reference_is_strict(known: Any) -> None:
    assert known("contact export Ana").code == 3
