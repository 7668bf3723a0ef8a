"""Tables as people bring them, from public reports about other programs: rebuilt small, with invented people.

Each test is one kind of fault, with the reported instance first and its relatives behind it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Write = Callable[[str, str], str]
ORDERS = "at,contact,amount,source,external_id\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, relcli: Any) -> Write:
    """Writes a file into the working folder and answers its name; a book in Berlin waits."""
    monkeypatch.chdir(tmp_path)
    relcli.ok("book init --currency EUR --timezone Europe/Berlin")

    def write(name: str, text: str) -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return write


def exported(relcli: Any, *columns: str, noun: str = "transactions") -> list[tuple[str, ...]]:
    rows = csv.DictReader(io.StringIO(relcli.ok("export", noun).out))
    return [tuple(row[column] for column in columns) for row in rows]


def brought(relcli: Any, *words: str, noun: str = "transactions") -> str:
    """The last lines of an import that was taken."""
    ran = relcli("import", noun, *words, "--add")
    assert ran.code == 0, ran.err
    return str(ran.err)


def refused(relcli: Any, *words: str, noun: str = "transactions", code: int = 65) -> str:
    """The refusal of an import, which left nothing behind."""
    before = relcli.ok("export", noun).out
    ran = relcli("import", noun, *words, "--add")
    assert (ran.code, ran.out) == (code, ""), ran.err
    assert relcli.ok("export", noun).out == before
    return str(ran.err)


# --- the column decides: amounts ------------------------------------------------------------------------------------------


def test_an_amount_with_a_point_too_many_is_refused_with_its_line(relcli: Any, file: Write) -> None:
    said = refused(relcli, file("f.csv", "at,contact,amount\n2026-03-02,Mia Lund,4.50\n2026-03-03,Leo Marsh,20.499.95\n"))
    assert 'line 3: amount "20.499.95" is not an amount' in said


def test_prices_with_their_sign_are_read_where_the_currency_is_known(relcli: Any, file: Write) -> None:
    file("m.toml", '[columns]\nat = "Day"\namount = "Paid"\ncontact = "Buyer"\n[constants]\ncurrency = "USD"\n')
    brought(relcli, file("f.csv", 'Day,Buyer,Paid\n2026-03-02,Mia,"$2,450.00"\n2026-03-03,Leo,$9.75\n'), "--map", "m.toml")
    brought(relcli, file("g.csv", 'at,contact,amount\n2026-03-04,Mia,€7.20\n2026-03-05,Leo,"7,20 €"\n'))
    assert exported(relcli, "amount", "currency") == [("2450.00", "USD"), ("9.75", "USD"), ("7.20", "EUR"), ("7.20", "EUR")]
    said = refused(relcli, file("h.csv", "at,contact,amount,currency\n2026-03-06,Mia,£8.00,EUR\n"))
    assert 'line 2: amount "£8.00"' in said


@pytest.mark.parametrize(
    ("cells", "amounts"),
    [
        (["1.234", "1.234,56"], ["1234.00", "1234.56"]),  # the comma is the mark
        (["1,234", "12.50"], ["1234.00", "12.50"]),  # the point is
        (["1.234", "1.234.567"], ["1234.00", "1234567.00"]),  # it groups
        (["1,240.00", "1.240,00"], ["1240.00", "1240.00"]),  # each has one reading
        (["12.50", "12,50"], ["12.50", "12.50"]),
    ],
)
def test_an_amount_with_two_readings_is_read_as_the_rest_of_its_column(
    relcli: Any, file: Write, cells: list[str], amounts: list[str]
) -> None:
    rows = "".join(f'2026-03-0{day},Mia,"{cell}"\n' for day, cell in enumerate(cells, 1))
    brought(relcli, file("f.csv", "at,contact,amount\n" + rows))
    assert [amount for (amount,) in exported(relcli, "amount")] == amounts


@pytest.mark.parametrize("others", [[], ["1250"], ["12.50", "12,50"], ["1,240.00", "1.240,00"]])
def test_an_amount_whose_column_settles_nothing_is_refused_with_both_readings(
    relcli: Any, file: Write, others: list[str]
) -> None:
    rows = "".join(f'2026-03-0{day},Mia,"{cell}"\n' for day, cell in enumerate(["1.234", *others], 1))
    said = refused(relcli, file("f.csv", "at,contact,amount\n" + rows))
    assert 'line 2: amount "1.234" can be read as 1234 or 1.234' in said


# --- the column decides: dates --------------------------------------------------------------------------------------------

BOTH = '[dates]\nformat = ["%m/%d/%Y", "%d/%m/%Y"]\n'


def test_of_several_formats_the_one_that_reads_every_cell_is_taken(relcli: Any, file: Write) -> None:
    file("m.toml", BOTH)
    brought(relcli, file("day.csv", ORDERS + "03/04/2015,Mia,1,old,1\n30/11/2015,Mia,2,old,2\n"), "--map", "m.toml")
    brought(relcli, file("month.csv", ORDERS + "03/04/2015,Mia,1,new,1\n11/30/2015,Mia,2,new,2\n"), "--map", "m.toml")
    assert [at for (at,) in exported(relcli, "at")] == ["2015-04-03", "2015-11-30", "2015-03-04", "2015-11-30"]


def test_where_several_formats_read_every_cell_the_file_is_refused_with_both_readings(relcli: Any, file: Write) -> None:
    file("m.toml", BOTH)
    name = file("f.csv", ORDERS + "03/04/2015,Mia,1,old,1\n07/08/2015,Mia,2,old,2\n")
    said = refused(relcli, name, "--map", "m.toml")
    assert 'line 2 "03/04/2015" is 2015-03-04 (%m/%d/%Y) or 2015-04-03 (%d/%m/%Y)' in said
    assert 'line 3 "07/08/2015"' in said
    assert "[dates] format" in said
    assert relcli("import", "transactions", name, "--map", "m.toml", "--add", "--keep-good").code == 65
    file("m.toml", '[dates]\nformat = "%d/%m/%Y"\n')
    brought(relcli, name, "--map", "m.toml")


def test_cells_on_which_the_formats_agree_decide_nothing_and_hurt_nothing(relcli: Any, file: Write) -> None:
    file("m.toml", BOTH)
    brought(relcli, file("f.csv", ORDERS + "04/04/2015,Mia,1,old,1\n07/07/2015,Mia,2,old,2\n"), "--map", "m.toml")
    assert [at for (at,) in exported(relcli, "at")] == ["2015-04-04", "2015-07-07"]


def test_where_no_format_reads_every_cell_a_line_of_each_kind_is_named(relcli: Any, file: Write) -> None:
    file("m.toml", BOTH)
    rows = "03/04/2015,Mia,1,old,1\n30/11/2015,Mia,2,old,2\n11/30/2015,Mia,3,old,3\n"
    said = refused(relcli, file("f.csv", ORDERS + rows), "--map", "m.toml")
    assert 'line 3 "30/11/2015" is %d/%m/%Y and line 4 "11/30/2015" is %m/%d/%Y' in said


def test_formats_that_cannot_be_confused_stand_beside_each_other(relcli: Any, file: Write) -> None:
    file("m.toml", '[dates]\nformat = ["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y-%m-%d %H:%M"]\n')
    rows = "2015-04-03,Mia,1,o,1\n05.06.2015,Mia,2,o,2\n31/01/2015,Mia,3,o,3\n02/03/2015,Mia,4,o,4\n2015-01-01 10:00,Mia,5,o,5\n"
    brought(relcli, file("f.csv", ORDERS + rows), "--map", "m.toml")
    assert [at for (at,) in exported(relcli, "at")] == [
        "2015-04-03", "2015-06-05", "2015-01-31", "2015-03-02", "2015-01-01T10:00:00+01:00",
    ]  # fmt: skip


def test_a_cell_that_no_format_reads_is_a_bad_row_and_the_others_decide(relcli: Any, file: Write) -> None:
    file("m.toml", BOTH)
    name = file("f.csv", ORDERS + "03/04/2015,Mia,1,old,1\nsoon,Mia,3,old,3\n30/11/2015,Mia,2,old,2\n")
    ran = relcli("import", "transactions", name, "--map", "m.toml", "--add", "--keep-good")
    assert ran.code == 79
    assert 'line 3: at "soon" is not a date' in ran.err
    assert [at for (at,) in exported(relcli, "at")] == ["2015-04-03", "2015-11-30"]


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["03/04/2026", "30/04/2026"], ["2026-04-03", "2026-04-30"]),
        (["03/04/2026", "04/30/2026"], ["2026-03-04", "2026-04-30"]),
        (["03.04.2026", "2026-04-30"], ["2026-04-03", "2026-04-30"]),
        (["3/4/2026 14:05", "4/30/2026 2:05 PM"], ["2026-03-04T14:05:00+01:00", "2026-04-30T14:05:00+02:00"]),
    ],
)
def test_without_a_map_the_column_decides_too(relcli: Any, file: Write, cells: list[str], days: list[str]) -> None:
    rows = "".join(f"{cell},Mia,{n}\n" for n, cell in enumerate(cells, 1))
    brought(relcli, file("f.csv", "at,contact,amount\n" + rows))
    assert [at for (at,) in exported(relcli, "at")] == days


def test_without_a_map_two_readings_are_refused_and_the_setting_is_named_and_obeyed(
    relcli: Any, file: Write, tmp_path: Path
) -> None:
    name = file("f.csv", "at,contact,amount\n03/04/2026,Mia,5\n")
    said = refused(relcli, name)
    assert '"03/04/2026" is 2026-04-03 (day first) or 2026-03-04 (month first)' in said
    assert "set dates.order to DMY or MDY" in said
    (tmp_path / "home/config/relcli").mkdir(parents=True)
    (tmp_path / "home/config/relcli/config.toml").write_text('[dates]\norder = "MDY"\n')
    brought(relcli, name)
    assert exported(relcli, "at") == [("2026-03-04",)]
    said = brought(relcli, file("g.csv", "at,contact,amount\n03/04/2026,Leo,5\n30/04/2026,Leo,6\n"))
    assert "are read day first" in said
    assert [at for (at,) in exported(relcli, "at")][1:] == ["2026-04-03", "2026-04-30"]
    brought(relcli, file("h.csv", "at,contact,amount\n05.06.2026,Leo,7\n"))
    assert exported(relcli, "at")[-1] == ("2026-06-05",)


def test_interactions_and_contacts_obey_their_columns_too(relcli: Any, file: Write) -> None:
    touches = "at,contact,channel,direction\n03/04/2026,Mia,email,in\n30/04/2026,Mia,email,out\n"
    brought(relcli, file("f.csv", touches), noun="interactions")
    assert exported(relcli, "at", noun="interactions") == [("2026-04-03",), ("2026-04-30",)]
    said = refused(relcli, file("g.csv", touches.replace("30/04", "05/04")), noun="interactions")
    assert "can be read in two ways" in said
    said = refused(relcli, file("h.csv", "name,created\nLeo,03/04/2026\n"), noun="contacts")
    assert "can be read in two ways" in said


# --- zones ----------------------------------------------------------------------------------------------------------------

IN_UTC = ["2026-04-01T22:40:00+00:00"]


@pytest.mark.parametrize("title", ["Created date (UTC)", "created_at_utc", "Datum (GMT)", "createdUtc", "Time UTC", "Zeit [UTC]"])
def test_a_title_that_says_utc_is_believed_and_said(relcli: Any, file: Write, title: str) -> None:
    file("m.toml", f'[columns]\nat = "{title}"\n')
    said = brought(relcli, file("f.csv", f"{title},contact,amount\n2026-04-01 22:40,Mia,5\n"), "--map", "m.toml")
    assert f'times in "{title}" are read as UTC' in said
    assert [at for (at,) in exported(relcli, "at")] == IN_UTC
    assert "t_1" in relcli.ok("transaction list --since 2026-04-02 --until 2026-04-02 --format csv").out  # its day in Berlin


def test_a_map_says_the_zone_and_stands_before_the_title(relcli: Any, file: Write) -> None:
    file("m.toml", '[columns]\nat = "Time (UTC)"\n[dates]\nzone = "America/New_York"\n')
    said = brought(
        relcli, file("f.csv", "Time (UTC),contact,amount\n2026-04-01 18:40,Mia,5\n2026-04-01,Mia,6\n"), "--map", "m.toml"
    )
    assert "read as UTC" not in said
    assert [at for (at,) in exported(relcli, "at")] == ["2026-04-01T18:40:00-04:00", "2026-04-01"]  # a date stays a date


def test_a_column_holds_the_zone_of_each_row(relcli: Any, file: Write) -> None:
    file("m.toml", '[columns]\nat = "Time"\nzone = "Zone of it"\n')
    rows = "2026-04-01 22:40,UTC,Mia,1\n2026-04-01 18:40,America/New_York,Leo,2\n2026-04-01 15:40,PDT,Mia,3\n2026-04-02 00:40,,Leo,4\n"
    brought(relcli, file("f.csv", "Time,Zone of it,contact,amount\n" + rows), "--map", "m.toml")
    assert {at[-6:] for (at,) in exported(relcli, "at")} == {"+00:00", "-04:00", "-07:00", "+02:00"}
    listed = relcli.ok("transaction list --since 2026-04-02 --until 2026-04-02 --format csv").out.splitlines()
    assert len(listed) == 5  # one instant, four clocks
    same = relcli.ok("export transactions --output out.csv") and brought(relcli, "out.csv")
    assert "4 rows: 4 known" in same


def test_a_zone_column_is_known_by_its_title_and_asked_only_for_times(relcli: Any, file: Write) -> None:
    rows = "2026-04-01,BST,Mia,1\n2026-04-01 22:40,GMT,Mia,2\n"
    brought(relcli, file("f.csv", "at,TimeZone,contact,amount\n" + rows))
    assert [at for (at,) in exported(relcli, "at")] == ["2026-04-01", *IN_UTC]
    said = refused(relcli, file("g.csv", "at,time zone,contact,amount\n2026-04-01 22:40,BST,Mia,2\n"))
    assert 'line 2: at "BST" can be more than one time zone' in said


@pytest.mark.parametrize("behind", [" UTC", " GMT", "Z", " +0000", "+00:00", " (UTC)"])
def test_a_zone_behind_the_time_is_read(relcli: Any, file: Write, behind: str) -> None:
    brought(relcli, file("f.csv", f"at,contact,amount\n2026-04-01 22:40{behind},Mia,5\n"))
    assert [at for (at,) in exported(relcli, "at")] == IN_UTC


@pytest.mark.parametrize("zone", ["CET", "Nowhere/Land", "summer"])
def test_a_zone_in_the_map_that_is_none_for_the_whole_year_is_refused(relcli: Any, file: Write, zone: str) -> None:
    file("m.toml", f'[dates]\nzone = "{zone}"\n')
    assert "dates.zone" in refused(relcli, file("f.csv", ORDERS), "--map", "m.toml", code=78)


def test_a_title_that_names_half_a_year_is_refused_where_there_are_times(relcli: Any, file: Write) -> None:
    file("m.toml", '[columns]\nat = "Date (PST)"\n')
    said = refused(relcli, file("f.csv", "Date (PST),contact,amount\n2026-04-01 22:40,Mia,5\n"), "--map", "m.toml")
    assert "America/Los_Angeles" in said
    brought(relcli, file("g.csv", "Date (PST),contact,amount\n2026-04-01,Mia,5\n"), "--map", "m.toml")


# --- placeholders ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "at", ["1970-01-01", "1980-01-01 00:00:00", "01/01/1900", "0000-00-00", "1899-12-30", "9999-12-31", "1604-05-06"]
)
@pytest.mark.parametrize("noun", ["transactions", "interactions"])
def test_a_placeholder_is_no_day(relcli: Any, file: Write, at: str, noun: str) -> None:
    beside = ("amount", "5") if noun == "transactions" else ("channel,direction", "email,in")
    name = file("f.csv", f"at,contact,{beside[0]}\n{at},Mia,{beside[1]}\n")
    assert f'line 2: at "{at}" is a placeholder' in refused(relcli, name, noun=noun)


def test_a_day_to_come_is_no_fact_yet(relcli: Any, file: Write) -> None:
    assert 'at "2026-12-24" is still to come' in refused(relcli, file("f.csv", "at,contact,amount\n2026-12-24,Mia,5\n"))


# --- words ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("noun", "table", "said"),
    [
        ("transactions", '[values.kind]\n"Hold" = ""\n', 'values.kind "Hold" stands for nothing'),
        ("transactions", '[values.kind]\n"Hold" = "  "\n', "stands for nothing"),
        ("transactions", '[values.kind]\n"Sold" = "sold"\n', 'is "sold", which is no kind'),
        ("transactions", '[values.currency]\n"Euro" = ""\n', "stands for nothing"),
        ("transactions", '[constants]\nkind = ""\n', "constants.kind stands for nothing"),
        ("interactions", '[values.direction]\n"IN" = "inward"\n', "which is no direction"),
        ("interactions", '[values.direction]\n"?" = ""\n', "stands for nothing"),
        ("interactions", '[values.purpose]\n"misc" = "misc"\n', "which is no purpose"),
        ("interactions", '[values.channel]\n"E-Mail" = "electric"\n', 'there is no channel "electric"'),
        ("interactions", '[values.channel]\n"?" = ""\n', "stands for nothing"),
        ("contacts", '[values.kind]\n"Firma" = "company"\n', "which is no kind"),
    ],
)
def test_a_map_turns_no_word_into_nothing_or_into_none_of_ours(
    relcli: Any, file: Write, noun: str, table: str, said: str
) -> None:
    file("m.toml", table)
    header = {"transactions": ORDERS, "interactions": "at,contact\n", "contacts": "name\n"}[noun]
    assert said in refused(relcli, file("f.csv", header), "--map", "m.toml", noun=noun, code=78)


def test_a_word_that_the_map_does_not_know_is_refused_and_an_empty_cell_is_the_usual(relcli: Any, file: Write) -> None:
    file("m.toml", '[columns]\nkind = "Way"\n[values.kind]\nIN = "sale"\nOUT = "purchase"\n')
    name = file(
        "f.csv",
        "at,contact,amount,Way\n2026-04-01,Mia,1,in\n2026-04-02,Mill,2,OUT\n2026-04-03,Kim,3,BETWEEN\n2026-04-04,Mia,4,\n",
    )
    ran = relcli("import", "transactions", name, "--map", "m.toml", "--add", "--keep-good")
    assert ran.code == 79
    assert 'line 4: kind "between" is not one of sale' in ran.err
    assert exported(relcli, "contact_name", "kind") == [("Mia", "sale"), ("Mill", "purchase"), ("Mia", "sale")]


def test_a_minus_names_what_import_has(relcli: Any, file: Write) -> None:
    said = refused(relcli, file("f.csv", "at,contact,amount\n2026-04-01,Mia,-4.00\n2026-04-02,Mia,(3.00)\n"))
    assert "kind refund" in said
    assert "--kind" not in said


# --- rows of one identity -------------------------------------------------------------------------------------------------


def test_lines_of_one_order_that_differ_are_refused_naming_both(relcli: Any, file: Write) -> None:
    rows = "2026-04-01,Mia,14,till,77\n2026-04-01,Mia,25,till,77\n2026-04-02,Mia,8,till,78\n"
    said = refused(relcli, file("f.csv", ORDERS + rows))
    assert "line 2: its external_id is also on line 3, which says something else" in said
    assert "line 3: its external_id is also on line 2" in said
    assert "rows of one order cannot be joined yet" in said
    ran = relcli("import", "transactions", "f.csv", "--add", "--keep-good")
    assert (ran.code, exported(relcli, "amount")) == (79, [("8.00",)])


def test_twins_of_one_order_are_one_and_said_to_be(relcli: Any, file: Write) -> None:
    rows = "2026-04-01,Mia,14,till,77\n2026-04-01,mia,14.00,till,77\n"
    said = brought(relcli, file("f.csv", ORDERS + rows))
    assert "2 rows: 1 new, 1 known (1 of them twice in the file)" in said
    assert "2 rows: 2 known" in brought(relcli, "f.csv")


def test_a_row_that_says_otherwise_than_the_book_is_changed_and_named(relcli: Any, file: Write) -> None:
    brought(relcli, file("f.csv", ORDERS + "2026-04-01,Mia,14,till,77\n2026-04-02,Mia,9,till,78\n"))
    said = brought(
        relcli, file("g.csv", ORDERS + "2026-04-01,Mia,15,till,77\n2026-04-02,Mia,9,till,78\n2026-04-03,Mia,2,till,79\n")
    )
    assert "3 rows: 1 new, 1 known, 1 changed (not taken: the book says otherwise)" in said
    assert "line 2: amount is 15.00, and 14.00 in t_1" in said


def test_the_same_instant_in_another_zone_has_not_changed(relcli: Any, file: Write) -> None:
    brought(relcli, file("f.csv", ORDERS + "2026-04-01T22:40Z,Mia,14,till,77\n"))
    assert "1 row: 1 known" in brought(relcli, file("g.csv", ORDERS + "2026-04-02T00:40+02:00,Mia,14,till,77\n"))


def test_a_further_line_of_an_order_without_a_day_says_whose_it_may_be(relcli: Any, file: Write) -> None:
    said = refused(relcli, file("f.csv", ORDERS + "2026-04-01,mia@example.org,39,till,77\n,,,till,77\n"))
    assert "line 3: at is empty: it does not say when; line 2 has the same external_id" in said


def test_an_apostrophe_that_keeps_an_id_from_becoming_a_number_is_no_part_of_it(relcli: Any, file: Write) -> None:
    brought(relcli, file("f.csv", ORDERS + "2026-04-01,Mia,14,till,'0901\n"))
    assert "1 row: 1 known" in brought(relcli, file("g.csv", ORDERS + "2026-04-01,Mia,14,till,0901\n"))
    assert exported(relcli, "external_id") == [("0901",)]


# --- odd shapes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffsep=;\nname;email\nMia;mia@example.org\nLeo;leo@example.org\n",
        '"sep=|"\nname|email\nMia|mia@example.org\nLeo|leo@example.org\n',
        "sep=\\t\nname\temail\nMia\tmia@example.org\nLeo\tleo@example.org\n",
        "name,email\nMia,mia@example.org,\nLeo,leo@example.org,,\n",
        "name,email,\nMia,mia@example.org\nLeo,leo@example.org,\n",
        "name;email;;\nMia;mia@example.org;;\nLeo;leo@example.org\n",
    ],
)
def test_a_line_that_names_the_separator_and_separators_too_many_are_understood(relcli: Any, file: Write, text: str) -> None:
    ran = relcli("import", "contacts", file("f.csv", text))
    assert (ran.code, ran.err) == (0, "2 rows: 2 new (batch 1)\n")
    assert sorted(exported(relcli, "name", "email", noun="contacts")) == [("Leo", "leo@example.org"), ("Mia", "mia@example.org")]


@pytest.mark.parametrize("noun", ["contacts", "transactions", "interactions"])
def test_a_row_of_another_length_is_a_bad_row_like_any_other(relcli: Any, file: Write, noun: str) -> None:
    header, good = {
        "contacts": ("name,email", "Mia,mia@example.org"),
        "transactions": ("at,contact,amount", "2026-04-01,Mia,5"),
        "interactions": ("at,contact,channel,direction", "2026-04-01,Mia,email,in"),
    }[noun]
    name = file("f.csv", f"{header}\n{good}\n{good},surplus\n{good.rpartition(',')[0]}\n")
    width = header.count(",") + 1
    said = refused(relcli, name, noun=noun)
    assert f"2 of 3 rows of f.csv cannot be taken, nothing was written: line 3: {width + 1} cells" in said
    assert "--keep-good takes the others" in said
    ran = relcli("import", noun, name, "--add", "--keep-good")
    assert ran.code == 79
    assert f"line 4: {width - 1} cell" in ran.err
    assert len(exported(relcli, "id", noun=noun)) == 1


@pytest.mark.parametrize("command", ["import contacts", "import interactions", "import transactions", "survey import pulse"])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("BEGIN:VCARD\nFN:Mia\nEND:VCARD\n", "a vCard file"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "a calendar file"),
        ('{"name": "Mia"}\n', "JSON"),
        ("<!doctype html>\n<title>log in</title>\n", "a web page"),
        ("%PDF-1.7\n", "a PDF document"),
    ],
)
def test_every_door_for_tables_names_a_file_of_another_kind(relcli: Any, file: Write, command: str, text: str, kind: str) -> None:
    ran = relcli(*command.split(), file("f.txt", text))
    assert ran.code == 65
    assert ran.err.startswith(f"relcli: f.txt is {kind}")
    assert "quotes" not in ran.err


def test_a_table_given_as_map_is_named(relcli: Any, file: Write) -> None:
    file("m.toml", "BEGIN:VCARD\nFN:Mia\nEND:VCARD\n")
    assert "m.toml is a vCard file" in refused(relcli, file("f.csv", ORDERS), "--map", "m.toml", code=78)
