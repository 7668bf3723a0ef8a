"""Currencies: their codes, their decimals, their signs, and when some of them ended. Source: ISO 4217, lists 1 and 3."""

from __future__ import annotations

from datetime import date

from relcli.domain.wording import day_in_words

NO_CURRENCY = "XXX"

CURRENCIES = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
    HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
    MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
    RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
    USD UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF XXX YER ZAR ZMW ZWG
    """.split()
)

# code, the last day it was money, what came after it
_ENDED_ROWS = """
    ATS 2001-12-31 EUR  BEF 2001-12-31 EUR  DEM 2001-12-31 EUR  ESP 2001-12-31 EUR  FIM 2001-12-31 EUR  FRF 2001-12-31 EUR
    IEP 2001-12-31 EUR  ITL 2001-12-31 EUR  LUF 2001-12-31 EUR  NLG 2001-12-31 EUR  PTE 2001-12-31 EUR  GRD 2001-12-31 EUR
    SIT 2006-12-31 EUR  CYP 2007-12-31 EUR  MTL 2007-12-31 EUR  SKK 2008-12-31 EUR  EEK 2010-12-31 EUR  LVL 2013-12-31 EUR
    LTL 2014-12-31 EUR  HRK 2022-12-31 EUR  BGN 2025-12-31 EUR  ANG 2025-06-30 XCG  AZM 2006-12-31 AZN  BYR 2016-12-31 BYN
    CUC 2021-06-30 CUP  GHC 2007-12-31 GHS  MRO 2017-12-31 MRU  MZM 2006-12-31 MZN  ROL 2006-12-31 RON  SDD 2007-06-30 SDG
    SLL 2024-03-31 SLE  SRG 2003-12-31 SRD  STD 2018-03-31 STN  TMM 2008-12-31 TMT  TRL 2005-12-31 TRY  VEB 2007-12-31 VEF
    VEF 2018-08-20 VES  YUM 2003-02-03 RSD  CSD 2006-10-25 RSD  ZMK 2012-12-31 ZMW  ZWL 2024-08-31 ZWG
""".split()
ENDED = {
    code: (date.fromisoformat(end), after)
    for code, end, after in zip(_ENDED_ROWS[::3], _ENDED_ROWS[1::3], _ENDED_ROWS[2::3], strict=True)
}

_NO_MINOR = frozenset(
    """
    BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF
    BEF BYR ESP GRD ITL LUF PTE TRL
    """.split()
)
_THREE_MINOR = frozenset("BHD IQD JOD KWD LYD OMR TND".split())
_FOUR_MINOR = frozenset("CLF UYW".split())
GROUPED_IN_PAIRS = frozenset("INR NPR PKR BDT".split())  # 12,34,567.50

# A sign that names one currency, unless the book's is another that writes it too (those follow).
_OWN = """
    €:EUR £:GBP,EGP,FKP,GIP,LBP,SDG,SHP,SSP,SYP,IEP,CYP ₹:INR ₩:KRW,KPW 원:KRW,KPW ₽:RUB ₺:TRY,TRL ₪:ILS ₫:VND đ:VND ₴:UAH
    ₦:NGN ₱:PHP,CUP ฿:THB ₸:KZT ₼:AZN,AZM ₾:GEL ₲:PYG ₡:CRC,SVC ₵:GHS,GHC ₭:LAK ₮:MNT ៛:KHR ৳:BDT ؋:AFN 円:JPY
    zł:PLN ZŁ:PLN Zł:PLN zl:PLN Kč:CZK kč:CZK KČ:CZK Kc:CZK Ft:HUF ft:HUF Fr.:CHF,FRF,BEF,LUF Fr:CHF,FRF,BEF,LUF
    SFr.:CHF SFr:CHF sFr.:CHF DM:DEM kn:HRK лв.:BGN лв:BGN ₣:FRF ₤:ITL,GBP Lt:LTL Ls:LVL Sk:SKK
    R$:BRL US$:USD A$:AUD AU$:AUD C$:CAD,NIO CA$:CAD NZ$:NZD HK$:HKD S$:SGD SG$:SGD NT$:TWD MX$:MXN AR$:ARS J$:JMD TT$:TTD
    RMB:CNY RM:MYR Rp:IDR Rp.:IDR S/:PEN S/.:PEN
""".split()
# A sign of several, of which none has the better claim: only what the book or the column says can decide.
_SHARED = """
    $:USD,AUD,CAD,NZD,SGD,HKD,MXN,ARS,BBD,BMD,BND,BSD,BZD,CLP,COP,CUP,CVE,DOP,FJD,GYD,JMD,KYD,LRD,MOP,NAD,NIO,SBD,SRD,TOP,TTD,TWD,UYU,WST,XCD
    kr:SEK,NOK,DKK,ISK,EEK kr.:SEK,NOK,DKK,ISK,EEK Kr:SEK,NOK,DKK,ISK,EEK Kr.:SEK,NOK,DKK,ISK,EEK KR:SEK,NOK,DKK,ISK,EEK
    ¥:JPY,CNY 元:CNY,TWD,HKD,MOP 圆:CNY 圓:TWD,HKD,MOP R:ZAR,SZL,LSL,NAD ₨:INR,PKR,LKR,NPR,MUR,SCR
    Rs:INR,PKR,LKR,NPR,MUR,SCR Rs.:INR,PKR,LKR,NPR,MUR,SCR lei:RON,MDL,ROL Lei:RON,MDL,ROL Din.:RSD,CSD,YUM din.:RSD,CSD,YUM
""".split()
OWN_SIGNS = {sign: tuple(codes.split(",")) for sign, _, codes in (row.partition(":") for row in _OWN)}
SHARED_SIGNS = {sign: tuple(codes.split(",")) for sign, _, codes in (row.partition(":") for row in _SHARED)}
SIGNS = OWN_SIGNS | SHARED_SIGNS


def minor_places(currency: str) -> int:
    """How many decimal places a currency has (ISO 4217)."""
    if currency in _NO_MINOR:
        return 0
    if currency in _THREE_MINOR:
        return 3
    return 4 if currency in _FOUR_MINOR else 2


def currency_code(text: str) -> str:
    """A known currency in capitals, also one that has ended. Raises ValueError."""
    code = text.strip().upper()
    if code not in CURRENCIES and code not in ENDED:
        raise ValueError(f'"{text}" is not a currency: write an ISO code such as EUR')
    return code


def refuse_ended(currency: str, day: date) -> None:
    """Raises ValueError for a currency that was no longer money on that day, naming the one that followed it."""
    later = successor(currency, day)
    if later != currency:
        raise ValueError(f"{currency} ended on {day_in_words(ENDED[currency][0])}: use {later}")


def successor(currency: str, day: date) -> str:
    """The currency itself, or what had taken its place by that day."""
    while currency in ENDED and day > ENDED[currency][0]:
        currency = ENDED[currency][1]
    return currency
