"""Markdown: the user's text stays text, whatever stands in it."""

from __future__ import annotations

import pytest

from relcli.render.markdown import to_markdown
from relcli.render.page import Cell, Column, Facts, Grid, Heading, Page, Words

PAGE = Page(
    [Heading("Ana", "c_1"), Facts([("name", Cell("a|b"))]), Grid([Column("x", "right")], [[Cell("1 | 2")]]), Words("one\ntwo")]
)


def test_a_page_as_markdown() -> None:
    assert to_markdown(PAGE) == "## Ana · c\\_1\n\n- **name** a\\|b\n\n| x |\n| ---: |\n| 1 \\| 2 |\n\none  \ntwo\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("[x](y)", "\\[x\\](y)"),
        ("<b>", "\\<b\\>"),
        ("- item", "\\- item"),
        ("1. item", "\\1. item"),
        ("# title", "\\# title"),
        ("&lt;", "\\&lt;"),
        ("\x1b[0m", "\\\\x1b\\[0m"),
    ],
)
def test_text_makes_no_markdown(text: str, written: str) -> None:
    assert to_markdown(Page([Words(text)])) == f"{written}\n"
