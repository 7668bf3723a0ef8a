"""A number at the beginning of somebody's own words: read where it is plain, refused where it is not.

It is a whole number in digits, standing alone, `8.0` included. What follows may be a sign, or words, but none that it could
count ("3 weeks", "2 thumbs up"). What stands before it has to say that it is an answer. Who explains a scale of their own
("1 = best", "out of 5") has another one in mind than was asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import digit

from relcli.domain.courtesy import greets, joined, ungreeted
from relcli.domain.survey import Item
from relcli.text import folded, one_line

_MOST_DIGITS = 7
_STARS_MOST = 5  # are given by people who give stars
_SHORT = 60  # characters of what somebody wrote, in a message
_OPENERS = " \t*_\"'“”„«»([-\u2010\u2011\u2012\u2013\u2014•"
_LEAD_WORDS, _LEAD_LONGEST = 10, 120  # before a number that is still at the beginning
_STOCK_WORDS = 5  # before a number that say nothing by themselves: "I would say"
_FIGURE = re.compile(r"(?<![^\W_])(?<![.,:/+%€$£#-])[+-]?[0-9]+(?:[.,:][0-9]+)*(?![^\W_]|[%€$£°\u20e3])")
_OF = re.compile(r"[ \t]*(?:/|(?:out )?of\b|von\b|de\b|sobre\b|aus\b)[ \t]*([0-9]+)(?![\w%]|[.,][0-9])", re.IGNORECASE)
_OR = re.compile(
    r"[ \t]*(?:[-\u2010-\u2015/&+~,;:]|\.{2,}|…|(?:or|to|and|oder|bis|und|o|u|a|y|bzw)\b\.?)[ \t]*[0-9]", re.IGNORECASE
)
_POINTS = re.compile(r"[ \t]+(?:points?|punkte?n?|puntos?)\b", re.IGNORECASE)
_STARS = re.compile(r"[ \t]*(?:(?:stars?|sterne?n?|estrellas?|étoiles?)\b|[⭐★☆🌟])", re.IGNORECASE)
_THUMBS = re.compile(r"[ \t]*[👍👎]")
_SCALES = re.compile(
    r"(?:scale|skala|escala|echelle)\b\D{0,20}(?P<low>[0-9]+)\D{1,12}(?P<high>[0-9]+)"
    r"|\b(?:out of|von|sobre|sur|de un total de)[ ]+(?P<top>[0-9]+)(?![\w%]|[.,][0-9])"
    r"|(?P<number>[0-9]+)[ ]*(?:=|\b(?:is|being|means?|meaning|ist|sei|bedeutet|heisst|es|siendo|significa|est|etant)\b)"
    r"[ ]*(?:the|das|die|der|el|la|lo|le)?[ ]*(?:very|sehr|muy|tres)?[ ]*"
    r"(?P<end>best|worst|top|excellent|perfect|great|good|bad|poor|highest|lowest|beste\w*|schlechteste\w*|hochste\w*|niedrigste\w*"
    r"|gut|schlecht|mejor|peor|excelente|bueno|malo|maxim[oa]|minim[oa]|meilleure?|pire|bien)\b"
    r"|(?P<mark>[0-9]+)[ (:\u2013-]{1,3}(?P<most>(?:the |das |die |el |lo )?(?:best|worst|top|excellent|perfect|very good|sehr gut|beste\w*"
    r"|schlechteste\w*|ausgezeichnet|mejor|peor|excelente|muy bueno|tres bien|meilleure?|pire))\b"
    r"|\b(?:schul)?note[ ]+[1-6]\b|\b(?:school )?grade[ ]+[a-f0-9]\b"
)  # who says so explains what scale they mean
_EXPLAINED = 400  # characters in which somebody may do so
_DIGITS = re.compile(r"(?m)^([ \t*_\"'“”„(]*)(\U0001f51f|(?:\d\ufe0f?\u20e3?)+(?:[ \t]*[/\uff0f][ \t]*(?:\d\ufe0f?\u20e3?)+)?)")
_END = re.compile(
    r"[ \t]*[*_\"'”“»«)\]]*[ \t]*(?:$|(?:\.{1,3}|[!,;:…]+|[-\u2010-\u2015]+(?=[ \t]|$)|\()|(?=[^\w\s.,!;:/%€$£+\-\u2010-\u2015]))"
)
_SEPARATORS = " \t.!,;:…-\u2010\u2011\u2012\u2013\u2014\u2015*_\"'”»)]=\n"
_GOES_ON = frozenset(
    "because as since for but and so always very really never thanks thank weil da denn aber und immer sehr wirklich danke"
    " porque ya pues pero y siempre muy gracias if when you your i we it it's not only just all everything great good"
    " wenn ich wir"
    " sie ihr es nur nicht alles gut leider por que me con sin no cuando todo".split()
)  # the words after a number with a lead, "I would say 9 because you care"
_UNIT = frozenset(
    "week weeks day days year years month months time times hour hours minute minutes min mins second seconds dozen"
    " hundred thousand"
    " million half percent euro euros eur usd gbp chf dollar dollars pound pounds cent cents kg g gr km m cm l h x am"
    " pm o'clock kilo kilos"
    " thumb thumbs cup cups daumen tassen tasse pulgar pulgares taza tazas pouce pouces"
    " metre metres meter meters mile miles people person persons customer customers call calls mail mails e-mail"
    " e-mails visit visits"
    " thing things reason reasons question questions of out in or to maybe perhaps possibly minus plus more less other"
    " others another"
    " woche wochen tag tage tagen jahr jahre jahren monat monate monaten mal stunde stunden minuten uhr prozent franken"
    " dutzend leute"
    " personen kunden anrufe besuche dinge grunde fragen von aus oder bis vielleicht und mehr weniger weitere"
    " semana semanas dia dias ano anos mes meses vez veces hora horas minutos personas clientes llamadas correos"
    " visitas cosas razones"
    " preguntas de del sobre o u a quiza quizas mas menos".split()
)  # after a number that counts, or may be another: "3 weeks ago", "9 of us", "8 maybe nine"
_COUNTED = frozenset(
    "order orders delivery deliveries boxes parcel parcels package packages invoice invoices mistakes errors problems complaints"
    " shipment shipments lieferungen bestellungen paket pakete rechnungen fehler probleme"
    " pedido pedidos entrega entregas envio envios paquete paquetes cajas factura facturas error errores problemas quejas".split()
)  # a thing counted, also after another word: "2 late deliveries"
_NO_WHOLE = re.compile(r"[ \t]*(?:and a half|einhalb|y medi[oa]|por ciento)\b", re.IGNORECASE)
_LEADS = re.compile(
    r"(?:^|.*\b)(?:say|give|rate|rating|score|answer|choose|pick|go|is|its|it's|mine|put|vote|sage|sagen|gebe|geben|wurde|bewerte"
    r"|antwort|note|ware|nehme|ist|bewertung|diria|digo|doy|daria|pongo|pondria|nota|respuesta|puntuacion|es|seria)\b.*"
    r"|(?:.*\b)?(?:so|therefore|hence|deshalb|daher|darum|also|por eso|asi que)"
    r"|(?:(?:an?|the|ein|eine|einer|un|una|clear|solid|full|about|etwa|klare|definite|definitely|well|ok|okay|bueno"
    r"|absolutely|certainly|clearly|easily|surely|totally|simply|overall|honestly|for me|from me|of course|for sure"
    r"|without (?:a )?doubt|definitiv|absolut|klar|ganz|eindeutig|sicher|bestimmt"
    r"|fur mich|von mir|auf jeden fall|ohne zweifel|insgesamt|ehrlich|definitivamente|absolutamente|claramente|sin duda"
    r"|desde luego"
    r"|por supuesto|para mi|de mi parte|en general|seguro)\b[ ,:-]*)*"
)  # before a number that is an answer; the last are articles and what assures
_NOT_BEFORE = re.compile(
    r"\b(?:at|since|before|after|until|by|on|no|nr|number|page|version|seit|vor|nach|bei|am|im|bis|ab|desde|hace|hasta|las|num"
    r"|than|every|last|next|alle|letzten|more|over|under|below|mas|menos|cada|not|never|kein|nicht|nie|unter|uber|nunca|almost"
    r"|nearly|fast|beinahe|casi|minus)\.?(?: (?:an?|eine?|keine?|una?))?$|\bkeine$"
)
_DATE = re.compile(
    r"\.? *(?:de )?(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|febrero|mar(?:ch|z|zo)?|apr(?:il)?|abr(?:il)?|mai|mayo?|jun[ei]?|junio"
    r"|jul[yi]?|julio|aug(?:ust)?|ago(?:sto)?|sept?(?:ember)?|septiembre|o[kc]t(?:ober|ubre)?|nov(?:ember|iembre)?|de[zc](?:ember)?"
    r"|dic(?:iembre)?|ene(?:ro)?)\b"
)
_SHORT_WORD = 3
_WHOLE = re.compile(r"([0-9]{1,6})(?:[.,]0{1,2})?")
_BARE = re.compile(r"[\s*_\"'“”(]*[+-]?[0-9]+(?:[.,][0-9]+)?(?:\s*/\s*[0-9]+)?[\s*_\"'“”).!]*")


class OffScale(ValueError):
    """A number that is not on the scale: who gives it may have had another scale in mind."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A number read off the beginning of a text, and the words that are left."""

    number: str
    words: str


def scored(text: str, item: Item) -> Scored:
    """The number at the beginning of a text. Raises ValueError where there is none, or more than one it could be."""
    text = in_plain_digits(ungreeted(text))
    if explained := _explains(text, item):
        raise ValueError(f'"{short(explained)}" speaks of another scale than {item.low} to {item.high}')
    line, *below = lines = text.split("\n")
    figures = list(_FIGURE.finditer(line))
    alone = [at for at, each in enumerate(lines) if bare(each)]
    if not figures:
        if len(alone) != 1 or alone == [0]:
            raise ValueError(f'no number from {item.low} to {item.high} stands at the beginning of "{short(text)}"')
        number = scored(lines[alone[0]].strip(), item).number
        return Scored(number, joined([*lines[: alone[0]], *lines[alone[0] + 1 :]]))
    first = figures[0]
    lead, after = line[: first.start()].strip(_OPENERS), line[first.end() :]
    number = _on_scale(first[0], item)
    plain = False
    if (of := _OF.match(after)) and len(of[1]) < _MOST_DIGITS and int(of[1]) == item.high:
        plain, after = "/" in of[0], after[of.end() :]
    if item.high == _STARS_MOST and (stars := _STARS.match(after)):
        plain, after = True, after[stars.end() :]
    if _STARS.match(after) or _THUMBS.match(after):
        raise ValueError(f'it is not plain that {number} is the answer in "{short(line)}"')
    if points := _POINTS.match(after):
        plain, after = True, after[points.end() :]
    others = [each for each in _FIGURE.finditer(after) if each[0] != number] if lead else []
    if _OR.match(after) or others or any(lines[at].strip() != line.strip() for at in alone):
        raise ValueError(f'"{short(text)}" could be more than one number')
    plain = plain or bool(_END.match(after)) or _goes_on(after, first=len(figures) == 1 and (not lead or greets(lead)))
    if not plain or _NO_WHOLE.match(after) or _DATE.match(folded(after)) or not _leads(lead):
        raise ValueError(f'it is not plain that {number} is the answer in "{short(line)}"')
    words = after.lstrip(_SEPARATORS)
    alone_in_it = not words and not any(below) and re.search(r"[,.;!]", lead) and not greets(lead)
    if len(lead.split()) > _STOCK_WORDS or alone_in_it:
        return Scored(number, joined(lines))  # the reason came first
    return Scored(number, joined([words, *below]))


def bare(line: str) -> bool:
    """Whether a line holds a number and nothing else, `9` or `9/10`."""
    return bool(_BARE.fullmatch(in_plain_digits(line)))


def begins_with_figure(text: str) -> bool:
    """Whether a text could itself be the answer to an item with a scale."""
    return bool(_FIGURE.match(in_plain_digits(ungreeted(text)).partition("\n")[0].strip(" \t*_\"'“”(")))


def short(text: str) -> str:
    """The beginning of a text, for a message."""
    line = one_line(text[: 10 * _SHORT])
    return line if len(line) <= _SHORT else line[: _SHORT - 1] + "…"


def _goes_on(after: str, *, first: bool) -> bool:
    """Whether the words after a number go on from it and say nothing of what it counts; `first`: it begins the reply."""
    words = [folded(each) for each in after[:_LEAD_LONGEST].split(maxsplit=2)[:2]]
    if not words or not words[0][0].isalpha():
        return False
    word = words[0].rstrip(_SEPARATORS)
    if word in _GOES_ON:
        return True
    counted = any(each.rstrip(_SEPARATORS) in _COUNTED for each in words)
    return first and not counted and word not in _UNIT and not _several(word)


def _several(word: str) -> bool:
    """Whether a word looks like the plural of a thing, which the number before it may count."""
    return len(word) > _SHORT_WORD and word.isalpha() and word.endswith("s") and not word.endswith(("ss", "ous", "us", "is"))


def whole(figure: str) -> str:
    """A whole number in plain digits, out of `8`, `8.0` or `8,00`; empty for anything else."""
    found = _WHOLE.fullmatch(in_plain_digits(figure.strip()))
    return str(int(found[1])) if found else ""


def in_plain_digits(text: str) -> str:
    """The text with the digits at the beginning of its lines in ASCII: wide ones, those of other scripts and those on keys."""
    return text if text.isascii() else _DIGITS.sub(_plain, text)


def _plain(found: re.Match[str]) -> str:
    digits = "10" if found[2] == "\U0001f51f" else "".join(str(digit(c, c)) for c in found[2] if c not in "\ufe0f\u20e3")
    return found[1] + digits.replace("\uff0f", "/")


def _fits(number: int, item: Item, *, good: bool, exactly: bool) -> bool:
    """Whether a number that is called good, or bad, stands at that end of the scale; `exactly`: is that end."""
    if exactly:
        return number == (item.high if good else item.low)
    return (2 * number > item.low + item.high) is good


def _explains(text: str, item: Item) -> str:
    """What in a text explains another scale than that of the item; empty where nothing does."""
    for found in _SCALES.finditer(folded(text[:_EXPLAINED])):
        ends = (found["low"], found["high"])
        if number := found["number"] or found["mark"]:
            bad = re.search("worst|bad|poor|lowest|schlecht|niedrig|peor|malo|minim|pire", found["end"] or found["most"])
            if _fits(int(number[:_MOST_DIGITS]), item, good=not bad, exactly=bool(found["number"])):
                continue
        if found["top"] and int(found["top"][:_MOST_DIGITS]) == item.high:
            continue
        if ends == (str(item.low), str(item.high)):
            continue
        if found["top"] and not re.search(r"[0-9][ ]*$", folded(text[:_EXPLAINED])[: found.start()]):
            continue  # "9, von 2024 an": no number stands before it
        return found[0]
    return ""


def _leads(lead: str) -> bool:
    """Whether the words before a number say that it is the answer."""
    said = folded(lead).strip(" ,:;!.")
    if len(said) > _LEAD_LONGEST or len(said.split()) > _LEAD_WORDS or _NOT_BEFORE.search(said):
        return False
    return bool(_LEADS.fullmatch(said)) or greets(lead)


def _on_scale(figure: str, item: Item) -> str:
    number = whole(figure)
    if not number or len(number) >= _MOST_DIGITS or not item.low <= int(number) <= item.high:
        raise OffScale(f'"{short(figure)}" is not on the scale of {item.name}, {item.low} to {item.high}')
    return number
