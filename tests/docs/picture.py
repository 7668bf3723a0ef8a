"""The picture in the README: a scorecard of the demo book, recorded by Rich.

`python -m tests.docs.picture` draws it anew; a test checks that it is current.
"""

from __future__ import annotations

import io
import re
import tempfile
from datetime import datetime
from pathlib import Path

from relcli.actions.books import at_desk, fill_new_book
from relcli.actions.demo.building import CURRENCY, build_demo
from relcli.actions.scorecards import show_scorecards
from relcli.render import scorecards
from relcli.render.text import console_for, renderable

PICTURE = Path(__file__).parents[2] / "docs" / "scorecard.svg"
NOW = datetime.fromisoformat("2026-11-21T10:00:00+00:00")
WIDTH = 104


def draw(book: Path) -> str:
    """The picture as SVG, from a demo book made at `book`."""
    fill_new_book(str(book), build_demo, timezone="UTC", currency=CURRENCY, now=NOW, wait=1)
    cards, _ = at_desk(str(book), lambda desk: show_scorecards(["elin"], desk), now=NOW, wait=1)
    console = console_for(io.StringIO(), width=WIDTH, color=True, record=True)
    console.print(renderable(scorecards.page(cards.cards), width=WIDTH))
    svg = console.export_svg(title="relcli scorecard elin", unique_id="scorecard")
    return re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # no picture of ours fetches anything


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        PICTURE.write_text(draw(Path(folder) / "book.db"), encoding="utf-8")
