"""The cast of the demo: forty invented relationships of a photographer, and how each of them goes."""

from __future__ import annotations

from dataclasses import dataclass

from relcli.domain.contact import Kind


@dataclass(frozen=True, slots=True)
class Part:
    """One invented relationship.

    A transaction of `amount` for `item` every `every` days or so (`jitter`: share of that), from `begin`
    to `end` days ago; beside it every `talk` days a touch by `channel` with one of `words`; `answered` is
    the share of theirs that we answer.
    """

    name: str
    roles: tuple[str, ...]
    every: float = 0
    begin: int = 730
    end: int = 0
    amount: int = 0
    item: str = ""
    jitter: float = 0.25
    talk: float = 0
    channel: str = "email"
    words: tuple[str, ...] = ("asked about a date", "sent the list", "a question about the pictures")
    answered: float = 0.9
    kind: Kind = Kind.PERSON
    works_for: str = ""
    tags: tuple[str, ...] = ()
    archived: bool = False
    note: str = ""
    born: int | None = None  # days from today to their birthday


_CUSTOMER, SUPPLIER, _PARTNER, _PROSPECT = ("customer",), ("supplier",), ("partner",), ("prospect",)
_FIRM = Kind.ORGANISATION

CAST = (
    Part("Bright Bakery", _CUSTOMER, 31, amount=24000, item="product pictures", kind=_FIRM, tags=("food",)),
    Part(
        "Ana Ruiz",
        (),
        talk=24,
        works_for="Bright Bakery",
        words=("which loaves to show", "sent the May list", "thanked for the prints"),
    ),
    Part("Harbour Hotel", _CUSTOMER, 45, amount=68000, item="rooms and terrace", kind=_FIRM, talk=40, tags=("travel",)),
    Part("Lotte Brandt", (), talk=60, works_for="Harbour Hotel", channel="phone", words=("plans for the season", "new rooms")),
    Part("Mira Solano", _CUSTOMER, 61, amount=18000, item="portrait session", talk=75, tags=("portrait",), born=1),
    Part("Tomás Ferrer", _CUSTOMER, 92, amount=15000, item="family session", tags=("portrait",)),
    Part("Elin Dahl", _CUSTOMER, 28, begin=700, end=112, amount=21000, item="shop pictures", talk=35, jitter=0.15),
    Part("Okafor & Sons", _CUSTOMER, 21, begin=640, end=84, amount=32000, item="catalogue day", kind=_FIRM, jitter=0.15),
    Part(
        "Priya Nair", _CUSTOMER, 35, begin=720, end=76, amount=16000, item="recipe pictures", talk=30, jitter=0.2, tags=("food",)
    ),
    Part(
        "Café Lumen",
        _CUSTOMER,
        30,
        begin=600,
        end=52,
        amount=12000,
        item="menu pictures",
        kind=_FIRM,
        jitter=0.12,
        tags=("food",),
    ),
    Part("Jonas Weber", _CUSTOMER, 182, begin=728, end=10, amount=45000, item="team portraits", jitter=0.05),
    Part(
        "Rosa Amaral",
        _CUSTOMER,
        365,
        begin=740,
        end=9,
        amount=39000,
        item="Christmas cards",
        jitter=0.02,
        note="Every November, never before.",
    ),
    Part("Theatre on the Quay", _CUSTOMER, 75, amount=52000, item="opening night", kind=_FIRM, jitter=0.4, tags=("stage",)),
    Part(
        "Samir Haddad", _CUSTOMER, 50, begin=730, end=420, amount=20000, item="interiors", talk=55, words=("a new flat to show",)
    ),
    Part("Greta Lind", _CUSTOMER, 40, begin=720, end=510, amount=17000, item="jewellery", talk=0),
    Part("Old Mill Garden", _CUSTOMER, 60, begin=725, end=380, amount=23000, item="garden in bloom", kind=_FIRM),
    Part("Nadia Petrova", _CUSTOMER, 900, begin=20, amount=18000, item="portrait session", talk=9, tags=("portrait",)),
    Part("Luca Conti", _CUSTOMER, 900, begin=41, amount=26000, item="wedding, half a day", talk=18, tags=("wedding",)),
    Part("Ida Novak", _CUSTOMER, 900, begin=52, amount=9000, item="passport pictures"),
    Part("Femi Adeyemi", _CUSTOMER, 900, begin=364, amount=9000, item="passport pictures"),
    Part("Clara Vogt", _CUSTOMER, 900, begin=240, amount=95000, item="wedding, whole day", tags=("wedding",)),
    Part("Ben Archer", _CUSTOMER, 900, begin=610, amount=92000, item="wedding, whole day", tags=("wedding",)),
    Part("Yuki Tanaka", _CUSTOMER, 900, begin=500, amount=11000, item="application picture"),
    Part("Marta Kowalska", _CUSTOMER, 120, begin=700, end=60, amount=14000, item="children's portraits", tags=("portrait",)),
    Part(
        "City Library",
        _CUSTOMER,
        90,
        begin=720,
        end=30,
        amount=30000,
        item="reading evenings",
        kind=_FIRM,
        talk=80,
        tags=("stage",),
    ),
    Part("Paper & Print", SUPPLIER, 30, amount=8500, item="prints and frames", kind=_FIRM, talk=45),
    Part("Lens Rental North", SUPPLIER, 50, amount=12000, item="lens, two days", kind=_FIRM, jitter=0.5),
    Part("Studio Landlord Berg", SUPPLIER, 30.4, amount=55000, item="studio rent", kind=_FIRM, jitter=0.03),
    Part(
        "Hanne Moe",
        SUPPLIER,
        45,
        amount=16000,
        item="retouching",
        talk=20,
        channel="chat",
        words=("files are up", "asked about skin tones"),
    ),
    Part("Fresh Flowers Kim", SUPPLIER, 40, begin=700, end=135, amount=4500, item="flowers for the set", kind=_FIRM, jitter=0.15),
    Part("Bookkeeper Lund", SUPPLIER, 91, amount=19000, item="quarter closed", talk=90, jitter=0.05),
    Part(
        "Karim Aziz",
        _PARTNER,
        talk=30,
        channel="meeting",
        words=("lunch: who needs pictures", "compared prices", "sent me a couple"),
    ),
    Part("Sofia Marchetti", _PARTNER, talk=45, channel="phone", words=("flowers and pictures together", "a wedding in June")),
    Part("Wedding Fair Team", _PARTNER, talk=180, channel="event", words=("our stand at the fair",), kind=_FIRM),
    Part("Oskar Nyman", _PROSPECT, begin=14, talk=6, words=("asked for prices", "asked for a free Saturday")),
    Part("Delia Crane", _PROSPECT, begin=45, talk=16, words=("saw the bakery pictures", "will decide in spring")),
    Part("Gallery Nord", _PROSPECT, begin=300, end=190, talk=40, kind=_FIRM, words=("a show in autumn?",)),
    Part("Newsletter Reader One", ()),
    Part("Card from the Fair", _PROSPECT, note="Left a card at the fair; never wrote."),
    Part("Peter Falk-Hansen", _CUSTOMER, 60, begin=720, end=300, amount=15000, item="portrait session", archived=True),
)
