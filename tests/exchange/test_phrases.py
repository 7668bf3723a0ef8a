"""The words of ours in every language: all of them, with the same places to fill, and none left in English."""

from __future__ import annotations

from string import Formatter

import pytest

from relcli.exchange.phrases import LANGUAGES, phrases, spoken


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language: str) -> None:
    def places(text: str) -> list[str]:
        return sorted(name for _, name, _, _ in Formatter().parse(text) if name)

    english, theirs = phrases("en"), phrases(language)
    assert list(theirs) == list(english)
    for part, words in english.items():
        assert list(theirs[part]) == list(words)
        assert {key: places(text) for key, text in theirs[part].items()} == {key: places(text) for key, text in words.items()}
        assert [key for key in words if language != "en" and theirs[part][key] == words[key]] == [], "not translated"


def test_a_country_speaks_its_language_and_a_language_we_lack_english() -> None:
    assert [spoken(language) for language in ("es-MX", "DE", "fr", "")] == ["es", "de", "en", "en"]
    assert phrases("es-MX") == phrases("es") != phrases("en") == phrases("ca")
