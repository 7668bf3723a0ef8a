"""What a user sees of surveys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from relcli import config
from relcli.actions.surveys.instruments import instrument, list_instruments
from relcli.render import surveys as render
from relcli.render.page import Page

NAMES = ("survey-list", "survey-show")
Reviewed = Callable[[str, Page], None]


@pytest.fixture
def pages(relcli: Any) -> dict[str, Page]:
    relcli.ok("survey new after-the-wedding --from service")
    assert (config.surveys_path() / "after-the-wedding.toml").exists()
    answers = {"pulse": 12, "relationship": 3}
    return {
        "survey-list": render.listed(list_instruments(answers)),
        "survey-show": render.shown(instrument("relationship"), "en", own=False),
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_screen_is_as_reviewed(name: str, pages: dict[str, Page], reviewed: Reviewed) -> None:
    reviewed(name, pages[name])
