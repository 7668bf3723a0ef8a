"""Survey answers in tables: which column is what in the export of each tool, and what is refused."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.answers.exports import MONKEY, Said, google, monkey, shipped, typeform, written

from relcli.domain.moment import Moment
from relcli.domain.survey import Answer, Response, Tag
from relcli.errors import InputRefused, Misused
from relcli.exchange.answers.maps import AnswerMap, check_answer_map
from relcli.exchange.answers.rows import AnswerRow
from relcli.exchange.answers.tables import AnswerFile, read_answers
from relcli.render.csv import to_csv, to_tsv
from relcli.render.exports import guarded_rows
from relcli.render.rows import answer_rows

PULSE = shipped("pulse")
RELATIONSHIP = shipped("relationship")
RECOMMEND, WHY = (item.text["en"] for item in PULSE.items)
GLAD = {"recommend": "9", "why": "always on time"}
ANA = Said(GLAD, "ana@example.org")
HOSTILE = [
    "=cmd|' /C calc'!A0",
    "'=1+1",
    "@SUM(A1)",
    "-9",
    "<script>x</script>",
    "\x1b[31m",
    "\u202egnp",
    "a\nb",
    '"',
    "a, b; c\td",
]


def read(data: bytes | str, asked: Any = PULSE, **mapping: Any) -> AnswerFile:
    found = AnswerMap.model_validate(mapping)
    check_answer_map(found, "map.toml", asked)
    return read_answers(data.encode() if isinstance(data, str) else data, "f.csv", asked, found)


def only(data: bytes | str, asked: Any = PULSE, **mapping: Any) -> AnswerRow:
    [row] = read(data, asked, **mapping).rows
    return row


def refused(data: bytes | str, asked: Any = PULSE, **mapping: Any) -> InputRefused:
    with pytest.raises(InputRefused) as caught:
        read(data, asked, **mapping)
    assert caught.value.code == 65
    return caught.value


# Google Forms


def test_google_forms_tells_the_time_the_address_and_the_answers() -> None:
    found = read(google(PULSE, ANA))
    [row] = found.rows
    assert (found.tool, found.missing, found.unused) == ("Google Forms", (), ())
    assert (row.line, row.source, row.contact, row.when, row.utc) == (
        2,
        "google-forms",
        "ana@example.org",
        "21/11/2026 10:00:00",
        False,
    )
    assert (row.answers, row.language, row.problem) == (GLAD, "en", "")


@pytest.mark.parametrize(
    ("language", "stamp", "address"),
    [
        ("de", "Zeitstempel", "E-Mail-Adresse"),
        ("de", "Zeitstempel", "Nutzername"),
        ("es", "Marca temporal", "Dirección de correo electrónico"),
        ("es", "Marca temporal", "Nombre de usuario"),
        ("en", "Timestamp", "Username"),
    ],
)
def test_a_form_may_be_in_another_language(language: str, stamp: str, address: str) -> None:
    found = read(google(PULSE, ANA, language=language, stamp=stamp, address=address))
    assert found.tool == "Google Forms"
    assert [(row.contact, row.language, row.answers) for row in found.rows] == [("ana@example.org", language, GLAD)]


def test_a_form_that_collects_no_address_is_anonymous() -> None:
    assert only(google(PULSE, ANA, address="")).contact == ""


def test_rows_of_a_grid_are_items_where_they_are_their_questions() -> None:
    trust, stay = (item for item in RELATIONSHIP.items if item.name in ("word", "stay"))
    head = [
        "Timestamp",
        f"How far do you agree? [{trust.text['en']}]",
        f"How far do you agree? [{stay.text['en']}]",
        "Rate us [Word]",
    ]
    found = read(written([head, ["1", "4", "5", "2"]]), RELATIONSHIP)
    assert found.rows[0].answers == {"word": "4", "stay": "5"}
    assert found.unused == ("Rate us [Word]",)


def test_several_choices_in_one_cell_are_handed_on_as_they_stand() -> None:
    said = {"way": "by e-mail, by phone"}
    assert only(google(RELATIONSHIP, Said(said)), RELATIONSHIP).answers == said


def test_a_response_without_an_id_keeps_its_id_while_the_file_grows() -> None:
    first, second = ANA, Said({"recommend": "3"}, "bo@example.org", "22/11/2026 08:00:00")
    before = read(google(PULSE, first)).rows
    after = read(google(PULSE, second, first)).rows
    assert before[0].id == after[1].id != after[0].id
    assert len(before[0].id) == 20


def test_of_two_equal_anonymous_responses_both_are_kept() -> None:
    nobody = Said(GLAD)
    ids = [row.id for row in read(google(PULSE, nobody, nobody, Said({"recommend": "2"}))).rows]
    assert len(set(ids)) == 3
    assert ids[1] == f"{ids[0]}-2"


def test_an_anonymous_response_is_known_by_what_it_says_in_any_order() -> None:
    people = [Said(GLAD), Said({"recommend": "2"})]
    ids, turned = ([row.id for row in read(google(PULSE, *some)).rows] for some in (people, people[::-1]))
    assert ids == turned[::-1]
    assert ids[0] != ids[1]


def test_a_response_of_somebody_is_known_by_person_and_time_whatever_they_say() -> None:
    ids = {
        only(google(PULSE, Said(said, who))).id
        for said in (GLAD, {"why": "late"})
        for who in ("ana@example.org", "Ana@Example.org")
    }
    assert len(ids) == 1


def test_an_id_does_not_depend_on_what_a_map_makes_of_the_answers() -> None:
    said = Said({"recommend": "very gladly"})
    mapped = only(google(PULSE, said), values={"recommend": {"Very gladly": 10}})
    assert mapped.answers == {"recommend": "10"}
    assert mapped.id == only(google(PULSE, said)).id


# Typeform


def test_typeform_tells_its_id_and_the_time_in_utc() -> None:
    found = read(typeform(PULSE, Said(GLAD, "ana@example.org", "2026-11-21 10:00:00", "x9q")))
    [row] = found.rows
    assert (found.tool, row.source, row.id, row.contact) == ("Typeform", "typeform", "x9q", "ana@example.org")
    assert (row.when, row.utc, row.answers) == ("2026-11-21 10:00:00", True, GLAD)
    assert found.unused == ("Response Type", "Network ID", "Tags")


def test_what_was_begun_and_never_submitted_was_answered_when_it_was_begun() -> None:
    row = only(typeform(PULSE, Said({"recommend": "7"}, when="")))
    assert (row.when, row.utc, row.problem) == ("2026-11-21 09:58:00", True, "")


def test_an_older_typeform_export_has_fewer_columns() -> None:
    head = ["#", f"<strong>{RECOMMEND}</strong>", WHY, "Start Date (UTC)", "Submit Date (UTC)", "Network ID"]
    row = only(written([head, ["x9q", "9", "always on time", "2026-11-21 09:58:00", "2026-11-21 10:00:00", "a1b2"]]))
    assert (row.id, row.contact, row.answers) == ("x9q", "", GLAD)


def test_a_column_for_each_choice_is_one_item() -> None:
    often = next(item for item in RELATIONSHIP.items if item.name == "often")
    head = ["#", *often.wording["de"], "Submit Date (UTC)"]
    rows = [["1", "", "einmal im Monat", "", "", "", "t"], ["2", "", "einmal im Monat", "", "", "einmal im Jahr", "t"]]
    once, twice = read(written([head, *rows]), RELATIONSHIP).rows
    assert (once.answers, once.language) == ({"often": "einmal im Monat"}, "de")
    assert twice.answers == {"often": "einmal im Monat, einmal im Jahr"}


def test_choices_that_could_be_those_of_two_items_are_not_guessed() -> None:
    felt = next(item for item in RELATIONSHIP.items if item.name == "felt")
    head = ["#", RELATIONSHIP.items[0].text["en"], *felt.wording["en"], "Submit Date (UTC)"]
    found = read(written([head, ["1", "5", "", "", "", "close", "t"]]), RELATIONSHIP)
    assert found.rows[0].answers == {"satisfied": "5"}
    assert "felt" in found.missing
    assert set(felt.wording["en"]) <= set(found.unused)


# SurveyMonkey


def test_surveymonkey_has_two_headers_and_its_ids() -> None:
    found = read(monkey(PULSE, Said(GLAD, "ana@example.org", "11/21/2026 10:00:00 AM", "114")))
    [row] = found.rows
    assert (found.tool, row.line, row.source, row.id) == ("SurveyMonkey", 3, "surveymonkey", "114")
    assert (row.contact, row.when, row.utc, row.answers) == ("ana@example.org", "11/21/2026 10:00:00 AM", False, GLAD)


def test_the_internet_address_is_never_kept() -> None:
    found = read(monkey(PULSE, ANA))
    assert "192.0.2.7" not in repr(found)
    assert "IP Address" in found.unused


def test_an_expanded_question_is_one_item() -> None:
    people = [Said({"way": "by letter", "often": "once a year", "else": "more bread"}), Said({"way": "in person"})]
    found = read(monkey(RELATIONSHIP, *people, expanded=["way", "often"]), RELATIONSHIP)
    assert [row.answers for row in found.rows] == [person.answers for person in people]
    assert found.missing == ()


def test_the_rows_of_a_matrix_are_items_where_they_are_their_questions() -> None:
    trust, stay = (item for item in RELATIONSHIP.items if item.name in ("word", "stay"))
    head = [*MONKEY, "How far do you agree?", ""]
    options = [*[""] * 9, trust.text["en"], stay.text["en"]]
    found = read(written([head, options, ["114", "4", "", "t", "", "", "", "", "", "3", "5"]]), RELATIONSHIP)
    assert found.rows[0].answers == {"word": "3", "stay": "5"}


def test_a_map_names_an_option_as_a_row_of_a_grid() -> None:
    head, options = [*MONKEY, "Please rate", ""], [*[""] * 9, "Us", "Bread"]
    rows = [["114", "4", "", "t", "", "", "", "", "", "8", "5"]]
    found = read(written([head, options, *rows]), items={"recommend": "Please rate [Us]"})
    assert found.rows[0].answers == {"recommend": "8"}
    assert found.unused[-1] == "Please rate [Bread]"


def test_a_question_in_two_places_of_the_header_is_refused() -> None:
    head, options = [*MONKEY, WHY, "Anything else?", WHY], [*[""] * 9, *["Open-Ended Response"] * 3]
    assert "which would be why" in refused(written([head, options, ["114", "4", "", "t", *[""] * 5, "a", "b", "c"]])).message


@pytest.mark.parametrize("stamps", [("Start Date", "End Date"), ("Date Created", "Date Modified"), ("StartDate", "EndDate")])
def test_the_second_header_may_be_missing_and_the_times_have_other_names(stamps: tuple[str, str]) -> None:
    head = ["Respondent ID", "Collector ID", *stamps, RECOMMEND]
    row = only(written([head, ["114", "4", "begun", "ended", "9"]]))
    assert (row.line, row.id, row.when, row.answers) == (2, "114", "ended", {"recommend": "9"})


# Our own answers


def response(number: int, **more: Any) -> Response:
    answers = (
        Answer("recommend", Tag.RECOMMEND, RECOMMEND, 9, "", 0, 10),
        Answer("why", Tag.OPEN, WHY, None, '=always, "on" time\nand fresh'),
    )
    return Response(
        number,
        **{
            "contact": "c_7k3m9q2x",
            "survey": "pulse",
            "version": 1,
            "when": Moment(date(2026, 11, 21)),
            "answers": answers,
            **more,
        },
    )


def exported(*responses: Response, write: Callable[[Any], str] = to_csv) -> bytes:
    return write(guarded_rows(answer_rows(responses))).encode()


@pytest.mark.parametrize("write", [to_csv, to_tsv])
def test_what_we_export_reads_back(write: Callable[[Any], str]) -> None:
    found = read(exported(response(3), response(4, contact="", source="typeform", external_id="x9q"), write=write))
    said = {"recommend": "9", "why": '=always, "on" time\nand fresh'}
    assert found.tool == "relcli"
    assert [(r.id, r.source, r.contact, r.when, r.answers, r.problem) for r in found.rows] == [
        ("a_3", "", "c_7k3m9q2x", "2026-11-21", said, ""),
        ("x9q", "typeform", "", "2026-11-21", said, ""),
    ]


def test_answers_to_other_surveys_are_passed_over_and_counted() -> None:
    found = read(exported(response(3, survey="service"), response(4)))
    assert ([row.id for row in found.rows], found.others) == (["a_4"], 2)


def test_a_file_of_answers_to_other_surveys_alone_is_refused() -> None:
    error = refused(exported(response(3, survey="service")))
    assert error.message == "f.csv holds no answers to pulse"
    assert error.hint == 'it has answers to "service"'


OWN = "id,survey,version,contact,at,item,value,text,source,external_id\n"


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("a_1,pulse,1,Ana,2026-11-21,price,3,,,\n", 'pulse has no item "price"'),
        ("a_1,pulse,1,Ana,2026-11-21,why,,a,,\na_1,pulse,1,Ana,2026-11-21,why,,b,,\n", "why is answered twice, on line 3 again"),
        (
            "a_1,pulse,1,Ana,2026-11-21,recommend,9,,,\na_1,pulse,1,Bo,2026-11-21,why,,b,,\n",
            "line 3 is of the same response and has another contact",
        ),
        ("a_1,pulse,2,Ana,2026-11-21,recommend,9,,,\n", "it answers version 2 of pulse, which is 1 now"),
        ("a_1,pulse,1,Ana,,recommend,9,,,\n", "it does not say when they answered"),
    ],
)
def test_rows_of_ours_that_do_not_agree_say_so(rows: str, problem: str) -> None:
    assert only(OWN + rows).problem == problem


def test_rows_of_ours_without_an_id_are_of_one_response_by_person_and_time() -> None:
    rows = "pulse,Ana,2026-11-21,{},,{}\n"
    text = "survey,contact,at,item,value,text\n" + rows.format("recommend", "9") + rows.format("why", "a")
    assert [row.answers for row in read(text).rows] == [{"recommend": "9", "why": "a"}]
    assert len(read(text.replace("Ana", "")).rows) == 2  # two of nobody may be two people


def test_an_empty_answer_of_ours_is_none() -> None:
    assert only(OWN + "a_1,pulse,1,Ana,2026-11-21,recommend,9,,,\na_1,pulse,1,Ana,2026-11-21,why, ,,,\n").answers == {
        "recommend": "9"
    }


def test_two_columns_of_ours_by_one_name_are_refused() -> None:
    assert 'two columns are called "Item"' in refused("survey,contact,at,item,value,text,Item\npulse,Ana,t,why,,a,b\n").message


# Any table, with and without a map


def test_a_table_of_no_known_tool_is_read_by_our_names() -> None:
    found = read("id,contact,at,recommend,why\n5,ana@example.org,2026-11-21,9,always on time\n")
    [row] = found.rows
    assert (found.tool, row.source, row.id, row.contact, row.when) == ("", "csv", "5", "ana@example.org", "2026-11-21")
    assert (row.answers, row.language) == (GLAD, "")


def test_a_map_tells_columns_items_words_and_source() -> None:
    table = "Ref,Client,Filled in,Likelihood,Comment\n77,ana@example.org,21.11.2026,Very gladly,always on time\n"
    row = only(
        table,
        columns={"id": "ref", "contact": "Client", "at": "Filled in"},
        items={"recommend": "LIKELIHOOD", "why": "Comment"},
        values={"recommend": {"very gladly": 9}},
        constants={"source": "desk"},
    )
    assert row == AnswerRow(2, "77", "desk", "ana@example.org", "21.11.2026", utc=False, language="", answers=GLAD)


def test_a_map_goes_before_what_is_known_of_a_tool() -> None:
    data = typeform(PULSE, Said(GLAD, "ana@example.org", "2026-11-21 10:00:00", "x9q"), hidden="token")
    row = only(data, columns={"contact": "token", "at": "Start Date (UTC)", "id": "Network ID"}, constants={"source": "spring"})
    assert (row.contact, row.when, row.utc, row.id, row.source) == (
        "ana@example.org", "2026-11-21 09:58:00", True, "a1b2c3d4e5", "spring",
    )  # fmt: skip


def test_a_column_that_the_map_takes_for_something_else_answers_no_item() -> None:
    found = read("at,why,recommend\nt,ana@example.org,9\n", columns={"contact": "why"})
    assert (found.rows[0].contact, found.rows[0].answers, found.missing) == ("ana@example.org", {"recommend": "9"}, ("why",))


def test_a_map_may_tell_columns_apart_by_the_letter() -> None:
    row = only("at,Email,EMAIL,recommend\nt,a@example.org,b@example.org,9\n", columns={"contact": "EMAIL"})
    assert row.contact == "b@example.org"


def test_a_word_of_the_map_stands_for_a_number_of_ours() -> None:
    asked = {"values": {"satisfied": {"top": 3}}, "scales": {"satisfied": [1, 3]}}
    rows = read("at,satisfied\nt,top\nt,3\n", RELATIONSHIP, **asked).rows
    assert [row.answers["satisfied"] for row in rows] == ["3", "5"]


def test_several_columns_of_one_item_are_joined() -> None:
    table = "at,By post,By phone\nt,by letter,\nt,by letter,by phone\n"
    rows = read(table, RELATIONSHIP, items={"way": ["By post", "By phone"]}).rows
    assert [row.answers["way"] for row in rows] == ["by letter", "by letter, by phone"]


def test_a_time_for_all_rows_may_stand_in_the_map() -> None:
    row = only("recommend\n9\n", constants={"at": "2026-11-21"})
    assert (row.when, row.problem) == ("", "")  # the map says when


@pytest.mark.parametrize(("there", "here"), [("1", "1"), ("2", "3"), ("3", "5"), ("so so", "so so")])
def test_a_scale_is_translated_where_every_number_has_its_own(there: str, here: str) -> None:
    assert only(f"at,satisfied\nt,{there}\n", RELATIONSHIP, scales={"satisfied": [1, 3]}).answers == {"satisfied": here}


def test_a_scale_may_run_the_other_way() -> None:
    rows = read("at,satisfied\nt,1\nt,4\n", RELATIONSHIP, scales={"satisfied": [5, 1]}).rows
    assert [row.answers["satisfied"] for row in rows] == ["5", "2"]


def test_a_number_beyond_the_scale_of_the_map_is_a_problem() -> None:
    assert only("at,satisfied\nt,4\n", RELATIONSHIP, scales={"satisfied": [1, 3]}).problem == (
        '"4" is not on the scale that the map gives satisfied, 1 to 3'
    )


def test_nothing_is_rescaled_by_itself() -> None:
    assert only("at,recommend\nt,5\n").answers == {"recommend": "5"}
    assert only("at,recommend\nt,11\n").answers == {"recommend": "11"}  # whoever judges answers refuses it


# What a header may look like


@pytest.mark.parametrize(
    "asked",
    [RECOMMEND.upper(), f" * {RECOMMEND}  ", RECOMMEND.rstrip("?"), RECOMMEND.replace(" ", "\u00a0"), "Recommend", "RECOMMEND:"],
)
def test_case_blanks_and_punctuation_of_a_question_do_not_matter(asked: str) -> None:
    assert only(written([["Timestamp", asked], ["t", "9"]])).answers == {"recommend": "9"}


@pytest.mark.parametrize("asked", ["Recommended", RECOMMEND + " (please)", "would recommend"])
def test_a_question_that_is_only_alike_is_no_item(asked: str) -> None:
    refused(written([["Timestamp", asked], ["t", "9"]]))


def test_a_question_that_two_items_ask_is_not_guessed() -> None:
    satisfied, word, *others = RELATIONSHIP.items
    alike = replace(RELATIONSHIP, items=(satisfied, replace(word, text=satisfied.text), *others))
    found = read(written([["Timestamp", satisfied.text["en"], "stay"], ["t", "4", "5"]]), alike)
    assert found.rows[0].answers == {"stay": "5"}
    assert found.unused == (satisfied.text["en"],)


def test_a_form_may_ask_the_same_in_several_languages() -> None:
    english, spanish = (PULSE.items[0].text[language] for language in ("en", "es"))
    head = ["Timestamp", english, spanish]
    rows = read(written([head, ["t", "9", ""], ["t", "", "8"], ["t", "9", "9"], ["t", "9", "8"]])).rows
    assert [(row.language, row.answers["recommend"], row.problem) for row in rows] == [
        ("en", "9", ""),
        ("es", "8", ""),
        ("", "9", ""),
        ("", "9", "recommend is answered twice, and differently"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_questions_with_commas_do_not_hide_the_separator(delimiter: str) -> None:
    rows = [["Timestamp", "Email Address", RECOMMEND, WHY], ["t", "ana@example.org", "9", "always on time"]]
    assert "," in RECOMMEND
    assert only(written(rows, delimiter)).answers == GLAD


def test_a_question_may_have_several_lines() -> None:
    broken = RECOMMEND.replace(", ", ",\n")
    assert only(written([["Timestamp", broken], ["t", "9"]], ";")).answers == {"recommend": "9"}


def test_a_byte_order_mark_and_a_named_encoding_are_read() -> None:
    data = google(PULSE, Said({"why": "schön"}), language="de", stamp="Zeitstempel")
    assert only(b"\xef\xbb\xbf" + data).answers == {"why": "schön"}
    old = data.decode().encode("cp1252")
    assert read_answers(old, "f.csv", PULSE, encoding="cp1252").rows[0].answers == {"why": "schön"}
    with pytest.raises(InputRefused, match="not UTF-8"):
        read_answers(old, "f.csv", PULSE)
    with pytest.raises(Misused):
        read_answers(old, "f.csv", PULSE, encoding="klingon")


@pytest.mark.parametrize("export", [google, typeform, monkey])
def test_a_file_with_a_header_alone_has_no_answers(export: Callable[..., bytes]) -> None:
    assert read(export(PULSE)).rows == ()


def test_a_row_that_answers_nothing_says_so_by_having_no_answers() -> None:
    rows = read(google(PULSE, Said({"recommend": " "}, "ana@example.org"), ANA)).rows
    assert [row.answers for row in rows] == [{}, GLAD]


def test_a_row_without_a_time_is_a_problem() -> None:
    assert only(google(PULSE, Said(GLAD, "ana@example.org", ""))).problem == "it does not say when they answered"


# What is refused as a whole


def test_a_file_without_any_item_is_refused_naming_headers_items_and_a_map() -> None:
    error = refused("Timestamp,How was it?\nt,9\n")
    assert error.message.startswith('f.csv has no column for any item of pulse: recommend "If somebody you care about')
    assert 'why "What is the main reason for your answer?"' in error.message
    assert error.hint.startswith(
        'it has "Timestamp", "How was it?"; a map tells which is which, with --map FILE.toml: [items] recommend ='
    )


def test_a_file_that_tells_no_time_is_refused() -> None:
    error = refused("contact,recommend\nAna,9\n")
    assert error.message == "f.csv has no column that says when they answered"
    assert '[columns] at = "their column"' in error.hint


def test_two_columns_of_one_question_are_refused() -> None:
    assert "2 columns are called" in refused(written([["Timestamp", WHY, WHY.upper()], ["t", "a", "b"]])).message
    assert "which would be contact" in refused("Timestamp,Email,EMAIL,recommend\nt,a,b,9\n").message


def test_of_several_addresses_the_first_kind_is_taken() -> None:
    assert only("Timestamp,Email,Email,Email Address,recommend\nt,a,b,ana@example.org,9\n").contact == "ana@example.org"


def test_two_columns_that_nobody_reads_may_be_alike() -> None:
    assert read("Timestamp,Other,Other,recommend\nt,a,b,9\n").unused == ("Other", "Other")


def test_a_map_to_a_column_that_is_not_there_is_refused() -> None:
    error = refused("Timestamp,recommend\nt,9\n", items={"why": "Reason"})
    assert error.message == 'the map takes why from a column "Reason" that f.csv does not have'
    assert error.hint == 'it has "Timestamp", "recommend"'


def test_an_uneven_row_is_a_bad_row_with_its_line() -> None:
    rows = read("Timestamp,recommend\nt,9,8\nt,9\n").rows
    assert [(row.line, row.problem) for row in rows] == [(3, ""), (2, "3 cells, but the header has 2")]


def test_a_quote_left_open_in_the_header_is_refused_with_its_line() -> None:
    assert "line 1: a quote is opened there" in refused('Timestamp,"recommend\nt,9\n').message


@given(
    st.binary(max_size=60),
    st.sampled_from(["", "Timestamp,recommend\n", OWN, "#,why,Submit Date (UTC)\n", f"{','.join(MONKEY)},why\n"]),
)
def test_any_bytes_are_read_or_refused(data: bytes, header: str) -> None:
    with contextlib.suppress(InputRefused):
        assert isinstance(read(header.encode() + data).rows, tuple)


# Whatever they say


@pytest.mark.parametrize("said", HOSTILE)
@pytest.mark.parametrize("export", [google, typeform, monkey])
def test_no_answer_is_changed(export: Callable[..., bytes], said: str) -> None:
    assert only(export(PULSE, Said({"why": said}))).answers == {"why": said}


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=20) | st.sampled_from(HOSTILE)
SAID = WORDS.filter(lambda text: text.strip() != "")
RESPONSES = st.lists(
    st.builds(
        Said,
        st.dictionaries(st.sampled_from([item.name for item in RELATIONSHIP.items]), SAID, max_size=9),
        st.sampled_from(["", "ana@example.org", "c_7k3m9q2x"]),
    ),
    max_size=4,
)


@given(RESPONSES, st.sampled_from([google, typeform, monkey]), st.sampled_from(RELATIONSHIP.languages))
def test_answers_read_back_as_they_were_given(people: list[Said], export: Callable[..., bytes], language: str) -> None:
    found = read(export(RELATIONSHIP, *people, language=language), RELATIONSHIP).rows
    assert [(row.answers, row.contact, row.when, row.problem) for row in found] == [
        (person.answers, person.contact, person.when, "") for person in people
    ]


@given(st.lists(SAID, min_size=1, max_size=3))
def test_our_own_answers_read_back_as_they_were_given(words: list[str]) -> None:
    given_ = [response(n, answers=(Answer("why", Tag.OPEN, WHY, None, said),)) for n, said in enumerate(words, 1)]
    assert [row.answers["why"] for row in read(exported(*given_)).rows] == words


def test_the_round_trip_sees_a_difference() -> None:
    def lossy(*people: Any, **more: Any) -> bytes:
        return google(*people, **more).replace(b"always", b"seldom")

    with pytest.raises(AssertionError):
        test_answers_read_back_as_they_were_given.hypothesis.inner_test(  # type: ignore[attr-defined]  # hypothesis puts it there
            [Said({"else": "always on time"})], lossy, "en"
        )
