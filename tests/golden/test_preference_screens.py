"""What a user sees of wishes, and what they show to those whose wishes they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from relcli.actions.books import at_desk
from relcli.actions.preferences import ListPreferences, list_preferences, preference_card
from relcli.render import preference_card as card
from relcli.render import preferences as render
from relcli.render.page import Page

NOW = datetime.fromisoformat("2026-11-21T10:00:00+00:00")
NAMES = ("preference-card", "preference-list")
CONTACTS = """id,kind,name,works_for,email
c_00000001,organisation,Bright Bakery,,bakery@example.org
c_00000002,person,Ana Ruiz,,ana@example.org
c_00000003,person,Cleo Marín,c_00000001,cleo@example.org
"""
Reviewed = Callable[[str, Page], None]


@pytest.fixture
def pages(relcli: Any, book_location: str) -> dict[str, Page]:
    relcli.ok("import", "contacts", "-", stdin=CONTACTS)
    for line in (
        'ana@example.org --channel email --not-channel phone --hours 9-17 --at 2026-03-12 --stated "mail me, please don\'t call"',
        (
            "ana@example.org --closeness regular --cadence 6w --not-topic prices --at 2026-03-12"
            " --stated 'every six weeks or so is lovely, only not about prices again'"
        ),
        "ana@example.org --topic 'garden portraits' --at 2026-06-01 --assumed 'asked about them twice this summer'",
        "ana@example.org --surveys never --at 2026-06-01 --until 2027-06-01 --stated 'no forms this year'",
        "bakery@example.org --do-not-contact --at 2026-09-30 --stated 'we are closing, please leave us be'",
    ):
        relcli.ok(f"preference set {line}")
    for day in (1, 8, 15):
        relcli.ok(f"log cleo@example.org 'asked for prints' --channel chat --in --at 2026-10-{day:02}")
    listed, _ = at_desk(book_location, lambda desk: list_preferences(ListPreferences(), desk), now=NOW, wait=1)
    shown, _ = at_desk(book_location, lambda desk: preference_card("ana@example.org", desk), now=NOW, wait=1)
    return {"preference-card": card.page(shown), "preference-list": render.listed(listed)}


@pytest.mark.parametrize("name", NAMES)
def test_the_screen_is_as_reviewed(name: str, pages: dict[str, Page], reviewed: Reviewed) -> None:
    reviewed(name, pages[name])
