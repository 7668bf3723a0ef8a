"""HTML: the user's text stays text, whatever stands in it."""

from __future__ import annotations

from relcli.render.html import to_html
from relcli.render.page import Cell, Column, Grid, Heading, Page


def test_text_makes_no_html() -> None:
    page = to_html(Page([Heading("<i>", '"'), Grid([Column("<u>")], [[Cell("a\n<s> & 'b'\x1b")]])]), title="</title>{x}")
    assert "<h2>&lt;i&gt; <span>&quot;</span></h2>" in page
    assert '<td class="tight">a<br>&lt;s&gt; &amp; &#x27;b&#x27;\\x1b</td>' in page
    assert "<title>&lt;/title&gt;{x}</title>" in page


def test_a_bar_is_a_picture_beside_its_figure_and_never_wider_than_its_room() -> None:
    grid = Grid(
        [Column("", "right"), Column("", bar=True), Column("", folds=True)], [[Cell("84"), Cell("", "good", 1.7), Cell("why")]]
    )
    page = to_html(Page([grid]), title="x")
    assert '<td class="right tight">84</td>' in page
    assert '<td class="tight" aria-hidden="true"><span class="bar good"><i style="width:100%"></i></span></td>' in page
    assert "<td>why</td>" in page


def test_on_a_phone_a_row_goes_downwards_and_figures_and_days_say_what_they_are_of() -> None:
    columns = [Column("name", folds=True), Column("by"), Column("health", "right"), Column("", "right"), Column("how")]
    page = to_html(Page([Grid(columns, [[Cell("Ana"), Cell("2026-12-01"), Cell("84"), Cell("7"), Cell("e-mail")]])]), title="x")
    assert "@media (max-width: 45rem)" in page
    assert "<td>Ana</td>" in page
    assert '<td class="tight" data-of="by">2026-12-01</td>' in page
    assert '<td class="right tight" data-of="health">84</td><td class="right tight">7</td><td class="tight">e-mail</td>' in page
