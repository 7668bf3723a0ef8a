"""Private by default: what you wrote for yourself, and who else you know, reaches no text that is made for a contact."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Enum, String, create_engine
from sqlmodel import SQLModel

from relcli.store import tables

ANA = "ana@example.org"
SHIPPED = ("birthday", "check-in", "follow-up", "sorry", "thank-you")
FORMATS = ("text", "md", "html", "json", "eml")
OTHER = ("Zoe Smith", "zoe@example.org", "Smith")
# Every column of text: what is for the owner's eyes, and what is theirs, sayable, or no words of anybody.
PRIVATE = {
    "batch": {"handed_to"},
    "circumstance": {"note"},
    "contact": {"note"},
    "contact_name": {"name"},  # what else you call them
    "contact_tag": {"tag"},
    "external_id": {"source", "value"},
    "initiative": {"name", "hypothesis"},
    "interaction": {"summary", "source", "external_id"},
    "later": {"because"},
    "plan": {"aim", "step", "note"},
    "preference": {"words"},  # where it is assumed
    "promise": {"text"},  # where it is a complaint, in the owner's words
    "referral": {"outcome"},
    "reminder": {"text"},
    "response": {"source", "external_id"},
    "answer": {"words"},
    "transaction": {"source", "external_id"},
}
OPEN = {
    "address": {"key", "value"},
    "alias": {"code"},
    "answer": {"item", "text"},
    "batch": {"actor", "command", "made", "final", "brought", "mark"},
    "book": {"timezone", "currency", "secret"},
    "change": {"noun", "before", "after"},
    "contact": {"code", "name", "folded", "name_key", "language", "timezone", "birthday"},
    "contact_name": {"name_key"},
    "contact_role": {"role"},
    "counter": {"noun"},
    "enrolment": {"stratum"},
    "forgotten": {"digest"},
    "initiative": {"key", "currency"},
    "interaction": {"zone", "channel", "say", "folded", "key"},
    "invitation": {"survey", "language", "token", "channel", "zone"},
    "origin": {"mark", "noun"},
    "preference": {"value", "zone"},
    "promise": {"folded"},
    "removed": {"digest"},
    "response": {"survey", "zone"},
    "setting": {"name", "value"},
    "transaction": {"zone", "currency", "item", "folded", "key"},
}


@pytest.fixture
def config(place: Path) -> Path:
    """The folder of this test's settings, which say who writes."""
    folder = place / "home" / "config" / "relcli"
    (folder / "templates").mkdir(parents=True)
    (folder / "config.toml").write_text('[me]\nname = "Kim Doe"\naddresses = ["kim@example.org"]\n')
    return folder


@pytest.fixture
def full(relcli: Any, config: Path, book_location: str) -> None:
    """Ana, of whom everything is known, with a needle in every private column of the book."""
    for line in (
        "contact add 'Bright Bakery' --kind organisation",
        "contact add 'Zoe Smith' --email zoe@example.org --phone '+34 600 111 222' --note 'a friend'",
        f"contact add 'Ana Ruiz' --email {ANA} --birthday 1980-04-12 --works-for 'Bright Bakery' --tag slow --note 'never pays'",
        f"contact edit {ANA} --introduced-by 'Zoe Smith' --role customer",
        f"sold {ANA} '45 EUR' 'portrait of Zoe Smith' --at 2026-08-01",
        f"sold {ANA} '45 EUR' 'portrait of Zoe Smith' --at 2026-09-02",
        f"sold {ANA} '45 EUR' 'portrait of Zoe Smith' --at 2026-10-03",
        f"bought {ANA} '12 EUR' 'bread for zoe@example.org' --at 2026-10-04",
        f"log {ANA} 'haggles again' --with zoe@example.org -c phone --in --sentiment -2 --at 2026-10-05",
        f"preference set {ANA} --closeness regular --stated 'write to me, as Zoe Smith does' --at 2026-03-12",
        f"preference set {ANA} --not-topic 'Zoe Smith' --topic prints --assumed 'she hates her' --at 2026-03-12",
        f"preference set {ANA} --not-channel letter --assumed 'cannot read' --at 2026-03-12",
        f"circumstance set {ANA} alternatives --theirs 4 --note 'would leave me'",
        f"plan set {ANA} --aim 'double her prices' --next 'ask her boss' --by 2026-12-24",
        f"later {ANA} --until 2026-11-30 --because 'drinks'",
        f"later {ANA} --until today",
        f"remind {ANA} 2026-11-21 'check her credit'",
        f"contact edit {ANA} --name 'Ana Ruiz-Paz'",
        f"contact edit {ANA} --name 'Ana Ruiz'",
        f"log {ANA} 'furious, drunk' --complaint -c phone --at 2026-11-01",
    ):
        relcli.ok(line)
    url = book_location.replace("postgresql:", "postgresql+psycopg:") if "://" in book_location else f"sqlite:///{book_location}"
    engine = create_engine(url)
    with engine.begin() as connection:
        for name, columns in PRIVATE.items():
            table = SQLModel.metadata.tables[name]
            update = table.update()
            if name == "preference":
                update = update.where(table.c.source == "assumed")
            for column in columns - {"external_id"}:
                if name != "external_id":
                    connection.execute(update.values({column: f"needle of {name} {column}"}))
    engine.dispose()


def seen(text: str) -> list[str]:
    """The needles, and the names of somebody else, that stand in a text."""
    return [word for word in ("needle", *OTHER) if word.casefold() in text.casefold()]


def own(config: Path, body: str, *, subject: str = "Hello", purpose: str = "service") -> None:
    (config / "templates" / "mine.txt").write_text(f"---\npurpose: {purpose}\nsubject: {subject}\n---\n{body}\n")


def facts(relcli: Any) -> dict[str, dict[str, Any]]:
    return {fact["fact"]: fact for fact in json.loads(relcli.ok("draft", ANA, "--list-facts", "-f", "json").out)["facts"]}


def test_of_every_column_of_text_it_is_decided_whether_it_is_private() -> None:
    words: dict[str, set[str]] = {}
    for table in tables.Contact.metadata.tables.values():
        for field in table.columns:
            kind = getattr(field.type, "impl", field.type)
            if isinstance(kind, String) and not isinstance(field.type, Enum):
                words.setdefault(table.name, set()).add(field.name)

    assert {name: PRIVATE.get(name, set()) | OPEN.get(name, set()) for name in PRIVATE | OPEN} == words


@pytest.mark.parametrize("channel", ["email", "letter"])
@pytest.mark.parametrize("name", SHIPPED)
def test_no_shipped_template_says_what_is_private_in_any_format(relcli: Any, full: None, name: str, channel: str) -> None:
    if name != "sorry":
        relcli.ok("promise keep p_1")
    for kind in FORMATS if channel == "email" else FORMATS[:-1]:
        made = relcli.ok("draft", ANA, "--template", name, "-c", channel, "-f", kind)
        assert made.out
        assert seen(made.out) == [], kind


def test_no_shipped_template_names_a_private_fact(relcli: Any, full: None) -> None:
    private = [name for name, fact in facts(relcli).items() if fact["private"] is not None and fact["value"] is None]
    texts = [path.read_text() for path in (Path(__file__).parents[2] / "src/relcli/exchange/messages").glob("*.txt")]

    assert {"last_summary", "last_purchase_item", "last_supply_item", "due_item", "their_words"} == set(private)
    assert len(texts) == len(SHIPPED)
    assert [text for text in texts if "last_summary" in text] == []


def test_an_own_template_gets_no_fact_with_a_needle_and_is_told_which_one_it_named(relcli: Any, config: Path, full: None) -> None:
    known = facts(relcli)
    assert len(known) > 20
    refused = set()
    for name, fact in known.items():
        for body in (f"Hello: {{{{ {name} }}}}", f"Hello{{% if {name} is defined %}}: {{{{ {name} }}}}{{% endif %}}"):
            own(config, body)
            made = relcli("draft", ANA, "--template", "mine", "-f", "json")
            assert seen(made.out) == [], name
            if "private" in made.err:
                assert (made.code, made.out) == (65, "")
                assert f"{name} (" in made.err
                assert "--private" in made.err
                refused.add(name)
            else:
                assert made.code == (65 if fact["value"] is None and "if" not in body else 0), name

    assert refused == {"last_summary", "last_purchase_item", "last_supply_item", "due_item", "their_words"}


def test_a_message_may_say_it_all_where_that_is_asked_for(relcli: Any, config: Path, full: None) -> None:
    own(config, "{{ last_summary }} / {{ last_purchase_item }} / {{ their_words }} / {{ overdue }}")
    said = relcli.ok("draft", ANA, "--template", "mine", "--private", "-c", "email").out

    assert (
        "needle of interaction summary / portrait of Zoe Smith / write to me, as Zoe Smith does / needle of promise text" in said
    )


def test_every_private_fact_that_a_template_names_is_told_at_once_wherever_it_stands(
    relcli: Any, config: Path, full: None
) -> None:
    own(config, "{% if last_summary is defined %}{{ last_summary|upper }}{% endif %}")
    assert (
        "mine.txt asks for what is private: last_summary (written for yourself)" in relcli("draft", ANA, "--template", "mine").err
    )
    own(config, "Hello", subject="{{ last_summary }}")
    assert "last_summary" in relcli("draft", ANA, "--template", "mine").err


def test_what_is_private_is_marked_in_the_list_of_facts(relcli: Any, full: None) -> None:
    told = relcli.ok("draft", ANA, "--list-facts").out

    assert "private (written for yourself): needle of interaction summary" in told
    assert "private (names Zoe Smith): portrait of Zoe Smith" in told
    assert "private (your words for a complaint): needle of promise text" in told


@pytest.mark.parametrize("kind", ["text", "json", "html", "md"])
def test_the_preference_card_says_no_reason_of_yours_and_names_nobody_else(relcli: Any, full: None, kind: str) -> None:
    made = relcli.ok("preference", "card", ANA, "-f", kind)

    assert seen(made.out) == []
    assert "prints" in made.out
    assert "not on the card: not-topic zoe smith, for it names Zoe Smith (--private shows it)" in made.err
    assert "Zoe Smith" in relcli.ok("preference", "card", ANA, "-f", kind, "--private").out


@pytest.mark.parametrize("target", ["out", "out.mbox", "out.csv", "out.json", "out.jsonl", "out.tsv"])
def test_an_invitation_says_nothing_private_in_any_form(relcli: Any, full: None, place: Path, target: str) -> None:
    relcli.ok("promise keep p_1")
    relcli.ok("survey", "invite", "pulse", ANA, "--output", str(place / target))
    files = sorted((place / target).iterdir()) if (place / target).is_dir() else [place / target]

    assert [seen(file.name + file.read_text()) for file in files] == [[]]


def test_a_form_says_nothing_private(relcli: Any, full: None) -> None:
    relcli.ok("promise keep p_1")

    assert seen(relcli.ok("survey", "form", "pulse", ANA, "--output", "-").out) == []


# --- what may be said -------------------------------------------------------------------------------------------------


def test_a_note_of_yours_is_not_in_a_follow_up_and_what_you_logged_as_sayable_is(relcli: Any) -> None:
    relcli.ok("contact add Hart --email hart@example.org")
    relcli.ok("log hart 'haggles again, difficult' -c phone --in --at 2026-11-14")
    plain = relcli.ok("draft hart --template follow-up").out
    relcli.ok("interaction edit i_1 --say 'your wedding in June'")
    said = relcli.ok("draft hart --template follow-up").out
    relcli.ok("interaction edit i_1 --no-say")

    assert "we were last in touch on 14 November 2026." in plain
    assert "on 14 November 2026 we were in touch about this: your wedding in June." in said
    assert "haggles" not in plain + said
    assert relcli.ok("draft hart --template follow-up").out == plain


def test_sayable_words_are_found_shown_and_kept_through_undo(relcli: Any) -> None:
    relcli.ok("contact add Hart")
    relcli.ok("log", "hart", "haggles", "--say", "your wédding in June", "-c", "phone", "--in")

    for line in ("interaction show i_1", "interaction list", "timeline hart", "brief hart", "search wedding"):
        assert "your wédding in June" in relcli.ok(line).out, line
    relcli.ok("interaction remove i_1")
    relcli.ok("book undo")
    assert "your wédding in June" in relcli.ok("interaction show i_1").out


def test_sayable_words_can_come_by_standard_input(relcli: Any) -> None:
    relcli.ok("contact add Hart")
    relcli.ok("log hart haggles --say - -c phone --in", stdin="your wedding\n")

    assert "your wedding" in relcli.ok("interaction show i_1").out


def test_an_apology_says_of_a_complaint_its_day_and_what_was_logged_as_sayable(relcli: Any) -> None:
    relcli.ok("contact add Hart --email hart@example.org")
    relcli.ok("log hart 'furious, drunk again' --complaint -c phone --at 2026-11-14")
    plain = relcli.ok("draft hart --template sorry").out
    relcli.ok("interaction edit i_1 --say 'the lens was scratched'")
    said = relcli.ok("draft hart --template sorry").out

    assert "- put right the problem you reported on 14 November 2026\n" in plain
    assert "- put right the problem you reported on 14 November 2026: the lens was scratched\n" in said
    assert "drunk" not in plain + said


def test_words_about_the_people_of_an_organisation_are_not_said_to_it(relcli: Any, config: Path) -> None:
    relcli.ok("contact add 'Bright Bakery' --kind organisation --email office@example.org")
    relcli.ok("contact add 'Ana Ruiz' --works-for 'Bright Bakery'")
    relcli.ok("log 'Ana Ruiz' 'looks for another job' --say 'your new job' -c phone --in --at 2026-11-14")
    own(config, "{{ last_summary }}")

    assert "new job" not in relcli.ok("draft office@example.org --template follow-up").out
    assert "job" not in relcli("draft office@example.org --template mine --private").out


# --- for whom a draft is ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["check-in", "follow-up"])
def test_those_known_by_sales_only_get_a_draft_that_says_when(relcli: Any, name: str) -> None:
    relcli.ok("contact add Bo --email bo@example.org")
    assert relcli.ok(f"draft bo --template {name}").out.startswith("Subject: ")
    relcli.ok("sold bo 45 portrait --at 2026-10-03")
    assert "3 October 2026" in relcli.ok(f"draft bo --template {name}").out
    relcli.ok("log bo 'asked about May' -c email --in --at 2026-10-01")
    assert "3 October 2026" in relcli.ok(f"draft bo --template {name}").out
    relcli.ok("log bo 'asked about May' -c email --in --at 2026-10-05")
    assert "5 October 2026" in relcli.ok(f"draft bo --template {name}").out
