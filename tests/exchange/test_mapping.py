"""Maps: how another program's table is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.moment import Moment
from relcli.errors import BadConfiguration, Denied, InputMissing
from relcli.exchange.columns import COLUMNS
from relcli.exchange.mapping import Mapping, formats_clash, insist_no_clash, mapped_moment, read_mapping


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[colums]\nat = "x"\n', "colums"),
        ('[columns]\nwhen = "x"\n', "columns.when"),
        ('[constants]\nwhen = "x"\n', "constants.when"),
        ('[values.when]\na = "b"\n', "values.when"),
        ('[dates]\nformats = "%Y"\n', "dates.formats"),
        ('[dates]\nformat = "%d/%m"\n', "dates.format"),
        ('[dates]\nformat = ["%d/%m/%Y", "%q %Y"]\n', "dates.format.1"),
        ("[columns]\nat = 3\n", "columns.at"),
        ('[columns]\nat = "x"\n[constants]\nat = "y"\n', "at is both"),
        ("[columns\n", "not TOML"),
    ],
)
def test_a_map_that_cannot_be_meant_is_refused_naming_the_key(tmp_path: Path, text: str, key: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(text)
    with pytest.raises(BadConfiguration) as caught:
        read_mapping(str(path), "transactions", COLUMNS["transactions"])
    assert key in caught.value.message
    assert caught.value.code == 78
    assert caught.value.hint


def test_a_missing_map_is_a_missing_input(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(InputMissing) as caught:
            read_mapping(str(path), "transactions", COLUMNS["transactions"])
        assert caught.value.code == 66


def test_a_map_that_is_no_text_or_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "map.toml"
    path.write_bytes(b'[columns]\nat = "\xf1"\n')
    with pytest.raises(BadConfiguration, match="not UTF-8"):
        read_mapping(str(path), "transactions", COLUMNS["transactions"])

    def forbidden(*_: object) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(Denied):
        read_mapping(str(path), "transactions", COLUMNS["transactions"])


@pytest.mark.parametrize(
    ("formats", "text", "moment"),
    [
        ("%d/%m/%Y", "21/11/2026", "2026-11-21"),
        ("%d/%m/%Y", " 1/2/2026 ", "2026-02-01"),
        (["%d/%m/%Y", "%Y%m%d"], "20261121", "2026-11-21"),
        ("%d.%m.%y %H:%M", "21.11.26 17:30", "2026-11-21T17:30:00+01:00"),
        ("%d %b %Y", "21 Nov 2026", "2026-11-21"),
        ("%Y-%m-%d %H:%M:%S %z", "2026-05-14 23:23:45 -0700", "2026-05-14T23:23:45-07:00"),
    ],
)
def test_dates_are_read_in_the_formats_of_the_map(formats: object, text: str, moment: str) -> None:
    mapping = Mapping.model_validate({"dates": {"format": formats}})
    assert str(mapped_moment(text, mapping, "Europe/Madrid")) == moment


def test_with_formats_in_the_map_nothing_else_is_a_date() -> None:
    mapping = Mapping.model_validate({"dates": {"format": "%d/%m/%Y"}})
    with pytest.raises(ValueError, match="2026-11-21"):
        mapped_moment("2026-11-21", mapping, "UTC")


def test_a_map_is_read_with_or_without_a_byte_order_mark_and_a_tilde_means_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    text = '[columns]\nat = "Datum"\n[constants]\ncurrency = "EUR"\n[values.kind]\nVerkauf = "sale"\n'
    (tmp_path / "plain.toml").write_text(text)
    (tmp_path / "marked.toml").write_text("\ufeff" + text)
    plain, marked = (read_mapping(f"~/{name}.toml", "transactions", COLUMNS["transactions"]) for name in ("plain", "marked"))
    assert plain == marked
    assert (plain.columns, plain.constants) == ({"at": "Datum"}, {"currency": "EUR"})


def test_their_words_are_known_without_case_and_blanks_and_of_another_column_there_are_none() -> None:
    mapping = Mapping(values={"kind": {" Verkauf ": "sale", "STORNO": "refund"}})
    assert mapping.words("kind") == {"verkauf": "sale", "storno": "refund"}
    assert mapping.words("currency") == {}


@given(
    st.dates(date(1969, 1, 1), date(2068, 12, 31)), st.sampled_from(["%d/%m/%Y", "%m-%d-%y", "%Y%m%d", "%d %B %Y", "%G-W%V-%u"])
)
def test_every_day_reads_back_from_the_format_it_was_written_in(day: date, form: str) -> None:
    mapping = Mapping.model_validate({"dates": {"format": form}})
    assert mapped_moment(day.strftime(form), mapping, "UTC") == Moment(day)


def test_formats_that_read_one_text_differently_clash_and_others_do_not() -> None:
    assert formats_clash("%m/%d/%Y", "%d/%m/%Y")
    assert formats_clash("%d.%m.%y", "%y.%m.%d")
    assert not formats_clash("%Y-%m-%d", "%d.%m.%Y")
    assert not formats_clash("%Y-%m-%d", "%Y-%m-%d %H:%M")
    with pytest.raises(BadConfiguration, match="read one date differently"):
        insist_no_clash(Mapping.model_validate({"dates": {"format": ["%m/%d/%Y", "%d/%m/%Y"]}}), "m.toml")


def test_the_zone_of_a_map_is_that_of_times_which_say_none() -> None:
    mapping = Mapping.model_validate({"dates": {"format": ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M %z"], "zone": "UTC"}})
    found = mapped_moment("2026-03-01 23:30", mapping, "Europe/Berlin")
    assert (str(found.day), str(found)) == ("2026-03-02", "2026-03-01T23:30:00+00:00")
    assert str(mapped_moment("2026-03-01 23:30 +0100", mapping, "Europe/Berlin")) == "2026-03-01T23:30:00+01:00"
