"""How often, in the words people use in a mail: `every month`, `alle drei Monate`, `cada semana`."""

from __future__ import annotations

import re

from relcli.text import folded

_NUMBERS = {
    word: number
    for number, words in {
        1: "one ein eine einen un una", 2: "two zwei dos other second zweite zweiten zweites", 3: "three drei tres",
        4: "four vier cuatro",
        5: "five funf cinco", 6: "six sechs seis", 8: "eight acht ocho", 10: "ten zehn diez", 12: "twelve zwolf doce",
    }.items()
    for word in words.split()
}  # fmt: skip
_UNITS = {
    "d": "day days tag tage dia dias",
    "w": "week weeks woche wochen semana semanas",
    "m": "month months monat monate mes meses",
    "3m": "quarter quartal vierteljahr trimestre",
    "6m": "half-year halbjahr semestre",
    "y": "year years jahr jahre ano anos",
}
_UNIT = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_ADVERBS = {
    word: length
    for length, words in {
        "1d": "daily taglich diario diariamente",
        "1w": "weekly wochentlich semanal semanalmente",
        "2w": "fortnightly vierzehntagig quincenal quincenalmente",
        "1m": "monthly monatlich mensual mensualmente",
        "3m": "quarterly vierteljahrlich quartalsweise trimestral trimestralmente",
        "6m": "half-yearly halbjahrlich semestral semestralmente",
        "1y": "yearly annually jahrlich anual anualmente",
    }.items()
    for word in words.split()
}
_EVERY = re.compile(
    r"(?:every|each|(?:once )?(?:a|an|per)|once every|alle|jede[nrs]?"
    r"|einmal (?:alle|jede[nrs]?|im|pro|in der)|cada|una vez (?:cada|al|a la|por)"
    r"|al) (?:([a-z]+|[0-9]{1,2}) )?([a-z-]+)"
)
_TWICE = re.compile(r"(?:twice (?:a|per|every)|zweimal (?:im|pro)|dos veces (?:al|por)) (?:year|jahr|ano)")
_COURTESY = re.compile(r"^(?:please|bitte|por favor)[ ,]+|[ ,]+(?:please|bitte|por favor|thanks|danke|gracias)$")


def length_in(text: str) -> str:
    """The length of time between two touches that the words say, `1m` for monthly; empty where they say none plainly."""
    said = _COURTESY.sub("", " ".join(folded(text).split()).strip(" .,!"))
    if said in _ADVERBS:
        return _ADVERBS[said]
    if _TWICE.fullmatch(said):
        return "6m"
    every = _EVERY.fullmatch(said)
    unit = _UNIT.get(every[2]) if every else None
    if every is None or unit is None:
        return ""
    number = int(every[1]) if (every[1] or "").isdigit() else _NUMBERS.get(every[1], 0) if every[1] else 1
    if not number or (len(unit) > 1 and number > 1):
        return ""
    return unit if len(unit) > 1 else f"{number}{unit}"
