"""What other languages say of days, in the English of the grammar; texts come without accents and in lower case.

Each row is a pattern and what stands instead; `_` is a blank at the end.
"""

from __future__ import annotations

import re
from functools import lru_cache

_DE = r"""
\bvor (?=\d|ein|zwei|drei|vier|funf|sechs)(.+)$ -> \1 ago
\bvorgestern\b -> day before yesterday
\bgestern\b -> yesterday
\b(?:ubermorgen|uebermorgen)\b -> day after tomorrow
\bheute (?:morgen|fruh|vormittag)\b -> this morning
\bheute nachmittag\b -> this afternoon
\bheute abend\b -> this evening
\byesterday (?:morgen|fruh|vormittag)\b -> yesterday morning
\bmorgen (?:fruh|vormittag)\b -> tomorrow morning
\bheute\b -> today
\bmorgen\b -> tomorrow
\b(yesterday|tomorrow|day after tomorrow|day before yesterday) nachmittag\b -> \1 afternoon
\b(yesterday|tomorrow|day after tomorrow|day before yesterday) abend\b -> \1 evening
\bmitternacht\b -> midnight
\b(?:letzte[nr]?|vergangene[nr]?|vorige[nr]?) -> last_
\b(?:nachste[nr]?|kommende[nr]?) -> next_
\bdiese[nr]? -> this_
\b(?:am|zum) (?:letzten|ende) des monats\b -> end of the month
\b(?:ende|last tag) (?:des|this|dieses) monats\b -> end of the month
\bmonatsende\b -> end of the month
\bende (?=januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember) -> end of_
\bam (?=\d{1,2}\.(?:$| \d{1,2}[:.h]| \d{1,2} uhr| at\b| um\b)) -> on the_
\bam  ?(?=[^\W\d]|\d{1,2}\.) -> on_
\b(?:den|dem) (?=\d) ->
\bum (?=\d) -> at_
\bjetzt\b -> now
\bminuten?\b -> minute
\bstunden?\b -> hour
\btage?n?\b -> day
\bwochen?\b -> week
\bmonate?n?\b -> month
\bjahre?n?\b -> year
\beine?[mrn]?\b -> one
\bzwei\b -> two
\bdrei\b -> three
\bvier\b -> four
\bfunf\b -> five
\bsechs\b -> six
"""
_ES = r"""
\bhace (.+)$ -> \1 ago
\b(?:dentro de|en) (?=\d|un|dos|tres) -> in_
\b(?:anteayer|antier|antes de ayer)\b -> day before yesterday
\bpasado manana\b -> day after tomorrow
\besta manana\b -> this morning
\b(ayer|manana) por la manana\b -> \1 morning
\b(ayer|manana) por la tarde\b -> \1 afternoon
\b(ayer|manana) por la noche\b -> \1 evening
\besta tarde\b -> this afternoon
\besta noche\b -> tonight
\banoche\b -> last night
\bayer\b -> yesterday
\bhoy\b -> today
\bmanana\b -> tomorrow
\bmediodia\b -> noon
\bmedianoche\b -> midnight
\b(lunes|martes|miercoles|jueves|viernes|sabado|domingo) pasado\b -> last \1
\b(lunes|martes|miercoles|jueves|viernes|sabado|domingo) (?:proximo|que viene)\b -> next \1
\bpasado (?=lunes|martes|miercoles|jueves|viernes|sabado|domingo) -> last_
\bproximo (?=lunes|martes|miercoles|jueves|viernes|sabado|domingo) -> next_
\beste (?=lunes|martes|miercoles|jueves|viernes|sabado|domingo) -> this_
\b(?:a |el )?(?:fin|final|finales|ultimo dia|ultimo) (?:de|del) mes\b -> end of the month
\ba las? (?=\d) -> at_
\b(?:fin|finales) de (?=enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre) -> end of_
\b(?:de|del) (?=[^\W\d]|\d{4}) ->
\bel dia (?=\d) -> the_
\bel (?=\d{1,2}(?:$| a\b| at\b)) -> the_
\bel (?!\d{1,2}(?:$| a\b| at\b)) -> on_
\b(?:ahora mismo|ahora)\b -> now
\bminutos?\b -> minute
\bhoras?\b -> hour
\bdias?\b -> day
\bsemanas?\b -> week
\bmes(?:es)?\b -> month
\banos?\b -> year
\bun[ao]?\b -> one
\bdos\b -> two
\btres\b -> three
"""
_FR = r"""
\bil y a (.+)$ -> \1 ago
\bdans (?=\d|un|deux|trois) -> in_
\b(?:avant-hier|avant hier)\b -> day before yesterday
\b(?:apres-demain|apres demain)\b -> day after tomorrow
\bce matin\b -> this morning
\bcet(?:te)? (?:apres-midi|apres midi)\b -> this afternoon
\bce soir\b -> this evening
\b(hier|demain) matin\b -> \1 morning
\b(hier|demain) (?:apres-midi|apres midi)\b -> \1 afternoon
\b(hier|demain) soir\b -> \1 evening
\bhier\b -> yesterday
\baujourd'hui\b -> today
\bdemain\b -> tomorrow
\bmidi\b -> noon
\bminuit\b -> midnight
\b(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) dernier\b -> last \1
\b(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) prochain\b -> next \1
\bce (?=lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) -> this_
\b(?:a la |la )?fin (?:du|de) mois\b -> end of the month
\bfin (?=janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre) -> end of_
\b1er\b -> 1
\ba (?=\d|noon|midnight) -> at_
\ble (?=\d{1,2}(?:$| at\b)) -> the_
\ble (?!\d{1,2}(?:$| at\b)) -> on_
\bmaintenant\b -> now
\bheures?\b -> hour
\bjours?\b -> day
\bsemaines?\b -> week
\bmois\b -> month
\bun an\b -> one year
(?<=\d )ans?\b -> year
\b(deux|trois) ans\b -> \1 year
\bannees?\b -> year
\bune?\b -> one
\bdeux\b -> two
\btrois\b -> three
"""


_TABLES = {"de": _DE, "es": _ES, "fr": _FR}


@lru_cache
def phrases(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What to put in place of what, in this order; nothing for a language that has no table."""
    rows = (line.partition(" ->") for line in _TABLES.get(language, "").strip("\n").splitlines())
    return tuple((re.compile(pattern), instead.strip().replace("_", " ")) for pattern, _, instead in rows)
