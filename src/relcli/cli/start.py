"""`relcli` alone: how to begin, or how things stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcli.cli.answer import page_as_text, put
from relcli.cli.desk import read
from relcli.cli.options import Options
from relcli.errors import BookMissing

if TYPE_CHECKING:
    from relcli.render.page import Page

LINES = 5


def begin(options: Options) -> None:
    """Without a book the three commands to begin with, else the relationships that need care, in five lines."""
    options.chosen(("text",))
    try:
        put(options, page_as_text(options, _standing(options)))
    except BookMissing:
        put(options, page_as_text(options, _first_steps()))


def _standing(options: Options) -> Page:
    from relcli.actions.health_report import ReportHealth, report_health
    from relcli.render import health_report as render

    return render.head(read(options, lambda desk: report_health(ReportHealth(), desk)), LINES)


def _first_steps() -> Page:
    from relcli.render.page import Page, Words

    return Page(
        [
            Words(line)
            for line in (
                "There is no book yet. Begin with one of:",
                "  relcli demo                         look around in an invented book",
                '  relcli contact add "Ana Ruiz"       add somebody; this makes your book',
                "  relcli import contacts FILE.csv     bring the people you know",
                "Everything else: relcli --help",
            )
        ]
    )
