"""`relcli` alone: how to begin, or what deserves attention today."""

from __future__ import annotations

from relcli.cli.answer import page_as_text, put
from relcli.cli.desk import read
from relcli.cli.options import Options
from relcli.errors import BookMissing

LINES = 5


def begin(options: Options) -> None:
    """Without a book the three commands to begin with, else today's agenda in five lines."""
    as_json = options.chosen(("text", "json")) == "json"
    try:
        put(options, _standing(options, as_json=as_json))
    except BookMissing:
        put(options, _first_steps(options, as_json=as_json))


def _standing(options: Options, *, as_json: bool) -> str:
    from relcli.actions.agenda import ListAgenda, show_agenda
    from relcli.render import agenda as render
    from relcli.render.json import to_json

    result = read(options, lambda desk: show_agenda(ListAgenda(), desk))
    return to_json(render.document(result, top=LINES)) if as_json else page_as_text(options, render.head(result, LINES))


def _first_steps(options: Options, *, as_json: bool) -> str:
    from relcli.render.json import to_json
    from relcli.render.page import Page, Words

    if as_json:
        return to_json({"book": None, "begin": ["relcli demo", "relcli contact add NAME", "relcli import contacts FILE"]})

    page = Page(
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
    return page_as_text(options, page)
