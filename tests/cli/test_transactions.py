"""`relcli transaction …`: sales and purchases found again and put right. On both databases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.records import everything, ids, record
from tests.cli.test_contacts import HOSTILE, harmless

from relcli.text import one_line

pytestmark = pytest.mark.usefixtures("book_location")


@pytest.fixture(autouse=True)
def logged(relcli: Any, book_location: str) -> None:
    relcli.ok("contact", "add", "Café Lumen", "--kind", "organisation", "--role", "customer")
    relcli.ok("contact", "add", "Ana Ruiz", "--works-for", "lumen", "--tag", "vip")
    relcli.ok("contact", "add", "Bo Lund", "--role", "supplier")
    relcli.ok("contact", "add", "Ana Lund")
    relcli.ok("sold", "ana ruiz", "12.50", "portrait session", "--at", "2026-11-01T09:30")
    relcli.ok("bought", "bo", "1200 JPY", "paper", "--at", "2026-11-02")
    relcli.ok("log-transaction", "lumen", "3.5", "--kind", "refund", "--at", "2026-11-02T08:00")


# --- list and show --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], ["t_3", "t_2", "t_1"]),
        (["--top", "2"], ["t_3", "t_2"]),
        (["bo"], ["t_2"]),
        (["lumen"], ["t_3", "t_1"]),
        (["ana lund"], []),
        (["--kind", "SALE"], ["t_1"]),
        (["--kind", "credit"], []),
        (["--currency", "jpy"], ["t_2"]),
        (["--currency", "EUR"], ["t_3", "t_1"]),
        (["--since", "2026-11-02"], ["t_3", "t_2"]),
        (["--until", "2026-11-01"], ["t_1"]),
        (["--role", "supplier"], ["t_2"]),
        (["--role", "customer"], ["t_3", "t_1"]),
        (["--tag", "vip"], ["t_1"]),
        (["lumen", "--kind", "sale", "--currency", "EUR", "--top", "5"], ["t_1"]),
    ],
    ids=lambda words: " ".join(words) or "-",
)
def test_a_list_holds_what_was_asked_for_newest_first(words: list[str], found: list[str], relcli: Any) -> None:
    assert ids(relcli.ok("transaction", "list", *words, "-f", "ids")) == found


def test_a_list_has_the_public_columns_and_an_aligned_page(relcli: Any) -> None:
    lines = relcli.ok("transaction list -f csv").out.splitlines()
    assert lines[0] == "id,at,contact,kind,amount,currency,item,source,external_id,contact_name"
    assert lines[2].startswith("t_2,2026-11-02,c_")
    assert lines[2].endswith(",purchase,1200,JPY,paper,,,Bo Lund")

    page = relcli.ok("transaction list").out.splitlines()
    assert page[-1].split() == "2026-11-01 09:30 sale 12.50 EUR Ana Ruiz portrait session t_1".split()
    assert relcli.ok("transaction", "list", "ana lund").err == "no transaction here\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nobody"], 3, "No contact matches “nobody”"),
        (["ana"], 4, "say which"),
        (["--kind", "gift"], 2, 'kind "gift" is not known'),
        (["--currency", "EURO"], 2, '"EURO" is not a currency'),
        (["--until", "17"], 2, "not a date"),
        (["--since", "2026-11-03", "--until", "2026-11-02"], 2, "later than"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else None,
)
def test_a_list_that_cannot_be_meant_is_refused(words: list[str], code: int, said: str, relcli: Any) -> None:
    outcome = relcli("transaction", "list", *words)

    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err


def test_show_gives_everything_in_the_order_named(relcli: Any) -> None:
    page = relcli.ok("transaction show t_2 t_1 t_2").out

    assert page.index("t_2") < page.index("t_1")
    assert page.count("t_2") == 1
    for fact in ("Bo Lund", "purchase", "1200 JPY", "paper", "12.50 EUR", "2026-11-01T09:30:00+00:00", "portrait session"):
        assert fact in page


@pytest.mark.parametrize("bad", ["t_9", "i_1", "1", "t_", "T_1", "t_01", "t_999999999999999999", "", "t_0"])
@pytest.mark.parametrize("verb", ["show", "remove", "edit", "move"])
def test_what_is_no_id_is_not_found_and_nothing_is_shown_or_written(bad: str, verb: str, relcli: Any) -> None:
    before = everything(relcli)
    words = {"show": ["t_1", bad], "remove": ["t_1", bad], "edit": [bad, "--no-item"], "move": [bad, "bo"]}[verb]
    outcome = relcli("transaction", verb, *words)

    assert (outcome.code, outcome.out) == (3, "")
    assert "transaction" in outcome.err.splitlines()[0]
    assert outcome.err.splitlines()[1].strip() == "see: relcli transaction list"
    assert everything(relcli) == before


# --- edit -----------------------------------------------------------------------------------------------------------

EDITS: list[tuple[list[str], dict[str, Any]]] = [
    (["--amount", "99"], {"amount": "99.00"}),
    (["--amount", "99 USD"], {"amount": "99.00", "currency": "USD"}),
    (["--amount", "99", "--currency", "JPY"], {"amount": "99", "currency": "JPY"}),
    (["--currency", "USD"], {"currency": "USD"}),
    (["--currency", "KWD"], {"amount": "12.500", "currency": "KWD"}),
    (["--item", " two\n portraits "], {"item": "two portraits"}),
    (["--no-item"], {"item": None}),
    (["--kind", "purchase"], {"kind": "purchase"}),
    (["--at", "2026-10-01"], {"at": "2026-10-01"}),
    (["--kind", "purchase", "--no-item", "--at", "2026-11-01T23:30-05:00"], {"kind": "purchase", "item": None, "at": "2026-11-01T23:30:00-05:00"}),
]  # fmt: skip


@pytest.mark.parametrize(("words", "changed"), EDITS, ids=lambda v: ascii(" ".join(v)) if isinstance(v, list) else None)
def test_an_edit_changes_what_is_named_and_nothing_else_and_undo_brings_it_back(
    words: list[str], changed: dict[str, Any], relcli: Any
) -> None:
    before, old = everything(relcli), record(relcli, "transaction", "t_1")
    outcome = relcli.ok("transaction", "edit", "t_1", *words)

    assert outcome.out == ""
    assert outcome.err.startswith("changed t_1: ")
    assert outcome.err.endswith("(batch 8)\n")
    assert record(relcli, "transaction", "t_1") == {**old, **changed}
    relcli.ok("book undo")
    assert everything(relcli) == before


def test_an_amount_without_a_currency_stays_in_the_one_it_had(relcli: Any) -> None:
    relcli.ok("transaction edit t_2 --amount 1500")

    assert (record(relcli, "transaction", "t_2")["amount"], record(relcli, "transaction", "t_2")["currency"]) == ("1500", "JPY")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--amount", "1.250"], "can be read as"),
        (["--amount=-5"], "use --kind refund"),
        (["--amount", "0"], "more than zero"),
        (["--amount", ""], "is not an amount"),
        (["--amount", "5 USD", "--currency", "EUR"], "names USD, but EUR was asked for"),
        (["--currency", "EURO"], '"EURO" is not a currency'),
        (["--currency", "JPY"], "12.50 EUR has more decimals than JPY has (0)"),
        (["--kind", "gift"], 'kind "gift" is not known'),
        (["--at", "nonsense"], "not a date"),
        (["--item", "x", "--no-item"], "--item and --no-item exclude each other"),
        (["--item", "a\0b"], "that item holds a NUL"),
    ],
    ids=lambda v: ascii(" ".join(v)) if isinstance(v, list) else None,
)
def test_an_edit_that_cannot_be_meant_is_refused_and_nothing_written(words: list[str], said: str, relcli: Any) -> None:
    before = everything(relcli)
    outcome = relcli("transaction", "edit", "t_1", *words)

    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert everything(relcli) == before


def test_an_edit_that_changes_nothing_leaves_no_batch(relcli: Any) -> None:
    before = relcli.ok("book history -f csv").out
    for words in ([], ["--amount", "12,50"], ["--currency", "eur"], ["--item", "portrait  session"], ["--kind", "sale"]):
        assert relcli.ok("transaction", "edit", "t_1", *words).err == "left t_1 as it is: nothing had to be changed\n"
    assert relcli.ok("book history -f csv").out == before


# --- move and remove ------------------------------------------------------------------------------------------------


def test_a_transaction_was_with_somebody_else(relcli: Any) -> None:
    before, old = everything(relcli), record(relcli, "transaction", "t_1")
    outcome = relcli.ok("transaction move t_1 bo")
    new = record(relcli, "transaction", "t_1")

    assert outcome.err == "moved t_1: sale of 12.50 EUR to Bo Lund for portrait session, 2026-11-01 09:30 (batch 8)\n"
    assert new["contact_name"] == "Bo Lund"
    assert {k: v for k, v in new.items() if "contact" not in k} == {k: v for k, v in old.items() if "contact" not in k}
    assert ids(relcli.ok("timeline lumen -f ids")) == ["t_3"]
    assert "nothing had to be changed" in relcli.ok("transaction move t_1 bo").err
    relcli.ok("book undo")
    assert everything(relcli) == before


@pytest.mark.parametrize(("who", "code"), [("nobody", 3), ("ana", 4), ("", 3)])
def test_a_move_to_nobody_in_particular_is_refused(who: str, code: int, relcli: Any) -> None:
    before = everything(relcli)

    assert relcli("transaction", "move", "t_1", who).code == code
    assert everything(relcli) == before


def test_what_is_removed_is_gone_and_undo_brings_it_back(relcli: Any) -> None:
    before, old = everything(relcli), record(relcli, "transaction", "t_1")
    one = relcli.ok("transaction remove t_1 -f json")
    assert json.loads(one.out)["transactions"] == [old]
    assert one.err == "removed t_1: sale of 12.50 EUR to Ana Ruiz for portrait session, 2026-11-01 09:30 (batch 8)\n"
    assert relcli.ok("transaction remove t_3 t_2 t_3").err == "removed 2 transactions: t_3 t_2 (batch 9)\n"
    assert relcli.ok("transaction list -f ids").out == ""
    assert "logged t_4" in relcli.ok("sold bo 5").err

    for _ in range(3):
        relcli.ok("book undo")
    assert everything(relcli) == before


# --- all of them ----------------------------------------------------------------------------------------------------

WRITES = [["edit", "t_1", "--amount", "7", "--at", "2026-10-01", "--no-item"], ["move", "t_1", "bo"], ["remove", "t_1", "t_2"]]


@pytest.mark.parametrize("words", WRITES, ids=lambda w: w[0])
def test_a_dry_run_says_what_would_be_done_and_does_nothing(words: list[str], relcli: Any) -> None:
    before, history = everything(relcli), relcli.ok("book history -f csv").out
    outcome = relcli.ok("transaction", *words, "--dry-run")

    assert outcome.err.startswith("would have ")
    assert "dry run: nothing was written" in outcome.err
    assert everything(relcli) == before
    assert relcli.ok("book history -f csv").out == history


@pytest.mark.parametrize("words", WRITES, ids=lambda w: w[0])
def test_each_write_is_one_batch_and_undo_after_undo_is_the_redo(words: list[str], relcli: Any) -> None:
    before = everything(relcli)
    quiet = relcli.ok("transaction", *words, "-q")
    assert (quiet.out, quiet.err) == ("", "")
    assert f",transaction {words[0]}," in relcli.ok("book history -f csv --top 1").out.splitlines()[1]
    after = everything(relcli)
    relcli.ok("book undo 8")
    assert everything(relcli) == before
    relcli.ok("book undo 9")
    assert everything(relcli) == after != before


@pytest.mark.parametrize("columns", ["at,contact,amount,item", "at,contact,amount,item,source,external_id"])
def test_what_was_put_right_is_known_to_the_file_it_came_from(columns: str, relcli: Any) -> None:
    rows = [f"2026-09-0{n},Bo Lund,{n},flour" + (f",bank,{n}" if "source" in columns else "") for n in (1, 2, 3)]
    file = "\n".join([columns, *rows, ""])
    relcli.ok("import transactions -", stdin=file)
    relcli.ok("transaction", "edit", "t_4", "--amount", "44 USD", "--at", "2026-08-01", "--no-item", "--kind", "purchase")
    relcli.ok("transaction", "move", "t_5", "lumen")
    before = everything(relcli)
    again = relcli.ok("import transactions -", stdin=file)

    assert " new" not in again.err
    assert everything(relcli) == before


@pytest.mark.parametrize("item", list(HOSTILE.values()), ids=list(HOSTILE))
def test_a_hostile_item_is_unchanged_for_programs_and_harmless_for_people(item: str, relcli: Any) -> None:
    relcli.ok("contact", "edit", "bo", f"--name={item}")
    code = record(relcli, "transaction", "t_2")["contact"]
    edited = relcli.ok("transaction", "edit", "t_2", f"--item={item}")

    assert record(relcli, "transaction", "t_2")["item"] == one_line(item)
    for words in (["list"], ["show", "t_2"], ["move", "t_1", code]):
        shown = relcli.ok("transaction", *words)
        assert harmless(shown.out)
        assert harmless(shown.err)
    bad = relcli("transaction", "show", "--", item)
    assert (bad.code, harmless(bad.err)) == (3, True)
    for said in (edited, relcli.ok("transaction remove t_2")):
        assert harmless(said.err)


# --- given back -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["log-transaction", "ana ruiz", "9.01", "--kind", "refund"], "a refund of 9.01 EUR is more than Ana Ruiz paid you, less what went back: 9.00 EUR"),
        (["log-transaction", "ana lund", "1", "--kind", "refund"], "more than Ana Lund paid you, less what went back: 0.00 EUR"),
        (["log-transaction", "bo", "1201 JPY", "--kind", "credit"], "a credit of 1201 JPY is more than you paid Bo Lund, less what went back: 1200 JPY"),
        (["log-transaction", "bo", "1", "--kind", "credit"], "0.00 EUR (and 1200 JPY, which is another currency)"),
        (["transaction", "edit", "t_3", "--amount", "12.51"], "a refund of 12.51 EUR is more than Café Lumen paid you, less what went back: 12.50 EUR"),
        (["transaction", "edit", "t_3", "--currency", "USD"], "0.00 USD (and 12.50 EUR, which is another currency)"),
        (["transaction", "edit", "t_1", "--kind", "refund"], "more than Ana Ruiz paid you"),
        (["transaction", "move", "t_3", "ana lund"], "more than Ana Lund paid you"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, list) else "",
)  # fmt: skip
def test_nothing_is_given_back_that_was_never_paid(words: list[str], says: str, relcli: Any) -> None:
    before = everything(relcli)
    ran = relcli(*words)

    assert ran.code == 4
    assert says in ran.err
    assert "log the" in ran.err
    assert ran.out == ""
    assert everything(relcli) == before


def test_all_that_was_paid_can_be_given_back_whoever_of_a_house_paid_and_whenever(relcli: Any) -> None:
    relcli.ok("log-transaction lumen 9 --kind refund --at 2020-01-01")
    relcli.ok("transaction edit t_4 --at 2026-11-03")
    assert relcli("log-transaction", "ana ruiz", "0.01", "--kind", "refund").code == 4
    relcli.ok("log-transaction bo '1200 JPY' --kind credit")


def test_what_is_too_much_may_be_made_less(relcli: Any, place: Path) -> None:
    (place / "till.csv").write_text("contact,at,kind,amount\nAna Lund,2026-01-02,refund,40\n")
    relcli.ok("import", "transactions", str(place / "till.csv"))
    relcli.ok("transaction edit t_4 --amount 20 --item prints")
    relcli.ok("transaction", "move", "t_4", "ana lund")
    assert relcli("transaction edit t_4 --amount 21").code == 4


def test_a_file_may_give_back_what_was_paid_before_it_begins(relcli: Any, place: Path) -> None:
    (place / "till.csv").write_text("contact,at,kind,amount\nAna Lund,2026-01-02,refund,40\n")
    relcli.ok("import", "transactions", str(place / "till.csv"))
    assert ids(relcli.ok("transaction", "list", "ana lund", "-f", "ids")) == ["t_4"]


# --- amounts, as every door reads them ------------------------------------------------------------------------------

DOORS = ["sold", "bought", "edit", "import", "initiative"]


def through(relcli: Any, door: str, amount: str, folder: Path, *more: str) -> Any:
    """Take an amount in by one of the doors."""
    if door == "edit":
        return relcli("transaction", "edit", "t_1", f"--amount={amount}", *more)
    if door == "import":
        (folder / "sales.csv").write_text(f'at,contact,amount\n2026-11-03,Bo Lund,"{amount}"\n', "utf-8")
        return relcli("import", "transactions", str(folder / "sales.csv"))
    if door == "initiative":
        return relcli("initiative", "start", "Calls", "--hypothesis", "x", "--outcome", "health", f"--cost={amount}")
    return relcli(door, *more, "--", "bo", amount)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("amount", ["10.999.99", "1.250", "-5", "(5)", "12 HRK", "$99", "05", ".5", "5 €uro", "€5 USD"])
def test_what_is_no_amount_is_refused_at_every_door(relcli: Any, door: str, amount: str, tmp_path: Path) -> None:
    before = everything(relcli)
    refused = through(relcli, door, amount, tmp_path)
    assert refused.code == (65 if door == "import" else 2), refused.err
    assert amount in refused.err or "HRK ended on 31 December 2022: use EUR" in refused.err
    assert everything(relcli) == before


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("amount", "shown", "code"),
    [
        ("CHF 10.999,99", "10999.99", "CHF"),
        ("€1.240,-", "1240.00", "EUR"),
        ("US$1,240.50", "1240.50", "USD"),
        ("1,240円", "1240", "JPY"),
    ],
)
def test_an_amount_is_the_same_at_every_door(relcli: Any, door: str, amount: str, shown: str, code: str, tmp_path: Path) -> None:
    assert through(relcli, door, amount, tmp_path).code == 0
    if door == "initiative":
        found = json.loads(relcli.ok("initiative list -f json").out)["initiatives"][0]
        assert (found["cost"], found["currency"]) == (shown, code)
    else:
        found = record(relcli, "transaction", "t_1" if door == "edit" else "t_4")
        assert (found["amount"], found["currency"]) == (shown, code)


def test_a_minus_sign_is_answered_with_what_this_door_offers(relcli: Any) -> None:
    assert 'relcli log-transaction "bo" AMOUNT --kind refund' in relcli("sold", "--", "bo", "-5").err
    assert 'relcli log-transaction "bo" AMOUNT --kind credit' in relcli("bought", "--", "bo", "-5").err
    assert "without the sign" in relcli("log-transaction", "--kind", "refund", "--", "bo", "-5").err


def test_an_ended_currency_is_taken_for_its_days_and_no_later(relcli: Any) -> None:
    relcli.ok("sold", "bo", "12 HRK", "--at", "2022-12-31")
    late = relcli("sold", "bo", "12 HRK", "--at", "2023-01-02")
    assert (late.code, "HRK ended on 31 December 2022: use EUR" in late.err) == (2, True)
    moved = relcli("transaction", "edit", "t_4", "--at", "2023-01-02")
    assert moved.code == 2
    relcli.ok("transaction", "edit", "t_4", "--item", "prints")


@pytest.mark.parametrize("amount", ["$1,240.00", "1240 $", "$ 1'240"])
def test_a_shared_sign_is_read_where_the_option_says_whose(relcli: Any, amount: str) -> None:
    relcli.ok("sold", "bo", amount, "--currency", "CAD")
    found = record(relcli, "transaction", "t_4")
    assert (found["amount"], found["currency"]) == ("1240.00", "CAD")
