"""A page holds the user's text as it is, and says nothing of where it will be shown."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.render.html import to_html
from relcli.render.markdown import to_markdown
from relcli.render.page import Block, Cell, Column, Facts, Gap, Grid, Heading, Page, Style, Words
from relcli.render.plain import to_plain
from relcli.render.text import THEME, to_text

OF_EACH = [
    Heading("ZZheading", "ZZright"),
    Facts([("label", Cell("ZZfact"))]),
    Grid([Column("title"), Column("", folds=True)], [[Cell("ZZcell"), Cell("ZZfolds")]]),
    Words("ZZwords"),
    Gap(),
]
STEERING = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), "\u202e", "\u2028"} - {"\n"}
hostile = st.text(st.sampled_from("\x1b\x07\x9b\u202e\r\t[]()<>&|*_`#{}ab \n"), min_size=1, max_size=12)


def test_there_is_an_example_of_every_block() -> None:
    assert {type(block) for block in OF_EACH} == set(get_args(Block))


@pytest.mark.parametrize("block", OF_EACH, ids=lambda block: type(block).__name__)
def test_every_writer_shows_all_that_a_block_holds(block: Block) -> None:
    held = [word for word in ("ZZheading", "ZZright", "ZZfact", "ZZcell", "ZZfolds", "ZZwords") if word in repr(block)]
    page = Page([block])
    for written in (to_plain(page), to_text(page, width=80, color=False), to_markdown(page), to_html(page, title="x")):
        assert [word for word in held if word not in written] == []


@given(hostile)
def test_no_text_steers_a_terminal_wherever_on_a_page_it_stands(text: str) -> None:
    page = Page([Heading(text, text), Facts([("label", Cell(text))]), Grid([Column("")], [[Cell(text, "bad")]]), Words(text)])
    for written in (to_plain(page), to_text(page, width=70, color=False), to_text(page, width=40, color=False)):
        assert not STEERING - {"\t"} & set(written)


def test_every_role_has_a_look() -> None:
    assert {style for style in get_args(Style) if style} == set(THEME.styles)
