"""Every command that writes, as a sweep kills it; the test beside it fails where a command has neither an act nor a reason."""

from __future__ import annotations

from dataclasses import dataclass, field

Line = tuple[str, ...]


@dataclass(frozen=True)
class Act:
    """A command to be killed. `{folder}` stands for the book's folder, `{later}` for one of revisions to come.

    `before` prepares a book, which is there unless `book` says no. `undo`: book undo gives back the book from before.
    `again`: twice is the same as once. `said`: the words that acknowledge it. `makes`: files it makes, each of them whole
    from the moment it has its name. `erases`: words of which no byte may be left. `proven`: so many backups are proven at
    any moment. `damaged`: the book is broken beforehand. `later`: the program has one more revision than the book.
    """

    words: Line
    undo: bool = True
    again: bool = False
    book: bool = True
    files: dict[str, str] = field(default_factory=dict)
    before: tuple[Line, ...] = ()
    said: str = "(batch "
    makes: tuple[str, ...] = ()
    erases: tuple[str, ...] = ()
    proven: int = 0
    damaged: bool = False
    later: bool = False


PEOPLE = "name,email,tags\n" + "".join(f"Person {n:02},p{n}@example.org,x;y\n" for n in range(40))
TOUCHES = "at,contact,channel,direction,summary\n" + "".join(
    f"2026-03-{n % 28 + 1:02},Ana Ruiz,email,in,t{n}\n" for n in range(60)
)
LEDGER = "contact,at,amount\n" + "".join(f"Ana Ruiz,2026-02-{n % 28 + 1:02},{n + 1}\n" for n in range(60))
BACKED: tuple[Line, ...] = (("book", "backup"), ("log", "Bo", "since then", "-c", "meeting"))
THREE: tuple[Line, ...] = tuple(("book", "backup", "--now", f"2026-11-0{n}T10:00:00+00:00") for n in (1, 2, 3))
TWIN: tuple[Line, ...] = (
    ("contact", "add", "Ana R.", "--email", "ana.old@example.org", "--note", "another", "--tag", "b"),
    ("log", "Ana R.", "as another", "--with", "Bo", "-c", "meeting"),
    ("sold", "Ana R.", "3", "roll"),
)
NEEDLES = ("Ana Ruiz", "Ana R.", "ana@example.org", "ana.old@example.org", "needle")
KNOWN: tuple[Line, ...] = (
    *TWIN,
    ("contact", "edit", "Ana Ruiz", "--note", "a needle in the note", "--tag", "needle"),
    ("log", "Ana Ruiz", "a needle with Bo", "--with", "Bo", "-c", "meeting"),
    ("sold", "Ana Ruiz", "7", "a needle sold"),
    ("contact", "merge", "Ana Ruiz", "ana.old@example.org", "--yes"),
    *(("log", "Ana Ruiz", f"needle {n} " + "needle " * 150, "--with", "Bo", "-c", "meeting") for n in range(12)),
    ("contact", "edit", "Ana Ruiz", "--note", "needle the second"),
)
REPLIES = "id,contact,at,recommend,why\n1,ana@example.org,2026-10-01,9,on time\n2,,2026-10-02,3,late\n"
OWED: tuple[Line, ...] = (("promise", "add", "Ana Ruiz", "send the prints", "--by", "2026-12-01"),)
WISHED: tuple[Line, ...] = (
    ("preference", "set", "Ana Ruiz", "--hours", "9-17", "--at", "2026-01-01", "--stated", "not too early"),
)
FACTOR: tuple[Line, ...] = (("circumstance", "set", "Ana Ruiz", "need", "--theirs", "4"),)
SENT: tuple[Line, ...] = (("referral", "add", "Ana Ruiz", "Bo"),)
PLANNED: tuple[Line, ...] = (("plan", "set", "Ana Ruiz", "--aim", "loyal", "--next", "show her the album", "--by", "2027-01-10"),)
NOTED: tuple[Line, ...] = (("remind", "Ana Ruiz", "2026-12-24", "ask about the proofs"),)
ANSWERED: tuple[Line, ...] = (
    ("survey", "record", "relationship", "Ana Ruiz", "--answer", "satisfied=4", "--answer", "wanted=regular"),
)
TRIED: tuple[Line, ...] = (("initiative", "start", "Calls", "--hypothesis", "they come back", "--outcome", "signs"),)
OTHER: tuple[Line, ...] = (
    ("book", "backup", "{folder}/other.db"),
    ("log", "Ana Ruiz", "on the desktop", "-c", "email", "--in"),
    ("log", "Ana Ruiz", "on the laptop", "-c", "email", "--out", "--book", "{folder}/other.db"),
    ("contact", "add", "Dee", "--email", "dee@example.org", "--introduced-by", "Ana Ruiz", "--book", "{folder}/other.db"),
    ("promise", "add", "Dee", "the frame", "--by", "2026-12-11", "--book", "{folder}/other.db"),
    ("interaction", "remove", "i_1", "--book", "{folder}/other.db"),
)
ASIDE = "book.db.aside-*"
BACKUPS = "backups/*.db"

ACTS = {
    "log-interaction": Act(("log", "Ana Ruiz", "a call", "--channel", "phone", "--in")),
    "log-transaction": Act(("log-transaction", "Ana Ruiz", "12.50", "cake")),
    "first": Act(("log", "Ana Ruiz", "hello", "--add", "-c", "meeting"), book=False, undo=False),
    "contact add": Act(
        ("contact", "add", "Cleo", "--email", "cleo@example.org", "--works-for", "Bo", "--introduced-by", "Ana Ruiz", "--tag", "t"),
        before=(("contact", "edit", "Bo", "--kind", "organisation"),),
    ),
    "contact edit": Act(
        ("contact", "edit", "Ana Ruiz", "--note", "new", "--tag", "b", "--no-tag", "a", "--phone", "+34 600 000 001")
    ),
    "contact archive": Act(("contact", "archive", "Bo")),
    "contact unarchive": Act(("contact", "unarchive", "Bo"), before=(("contact", "archive", "Bo"),)),
    "contact merge": Act(("contact", "merge", "Ana Ruiz", "ana.old@example.org", "--take", "note", "--yes"), before=TWIN),
    "contact forget": Act(("contact", "forget", "ana@example.org", "--yes"), before=KNOWN, undo=False, erases=NEEDLES),
    "contact forget --copies": Act(
        ("contact", "forget", "ana@example.org", "--copies", "--with-transactions", "--yes"),
        before=(*KNOWN, ("book", "backup")), undo=False,
    ),
    "contact export": Act(
        ("contact", "export", "Ana Ruiz", "--output", "{folder}/ana.html", "--handed-to", "Ana"),
        undo=False, again=True, said="never said", makes=("ana.html",),
    ),
    "interaction edit": Act(("interaction", "edit", "i_1", "--summary", "other", "--minutes", "5")),
    "interaction move": Act(("interaction", "move", "i_2", "Bo")),
    "interaction remove": Act(("interaction", "remove", "i_1")),
    "transaction edit": Act(("transaction", "edit", "t_1", "--item", "two loaves")),
    "transaction move": Act(("transaction", "move", "t_1", "Ana Ruiz")),
    "transaction remove": Act(("transaction", "remove", "t_1")),
    "complaint": Act(("log", "Ana Ruiz", "a crease", "--channel", "phone", "--complaint")),
    "promise add": Act(("promise", "add", "Ana Ruiz", "send the prints", "--by", "2026-12-01")),
    "promise keep": Act(("promise", "keep", "p_1"), before=OWED),
    "promise remove": Act(("promise", "remove", "p_1"), before=OWED),
    "preference set": Act(("preference", "set", "Ana Ruiz", "--cadence", "6w", "--channel", "email", "--stated", "mail me")),
    "preference clear": Act(("preference", "clear", "Ana Ruiz", "hours"), before=WISHED),
    "circumstance set": Act(("circumstance", "set", "Ana Ruiz", "need", "--theirs", "4", "--note", "moves soon")),
    "circumstance remove": Act(("circumstance", "remove", "f_1"), before=FACTOR),
    "referral add": Act(("referral", "add", "Ana Ruiz", "Cleo", "--add", "--at", "2026-10-01")),
    "referral edit": Act(("referral", "edit", "r_1", "--at", "2026-09-01", "--outcome", "bought at once"), before=SENT),
    "referral remove": Act(("referral", "remove", "r_1"), before=SENT),
    "later": Act(("later", "Ana Ruiz", "--until", "2027-01-31", "--because", "on holiday")),
    "remind": Act(("remind", "Ana Ruiz", "2026-12-24", "ask about the proofs")),
    "reminder edit": Act(("reminder", "edit", "m_1", "--text", "ask again"), before=NOTED),
    "reminder done": Act(("reminder", "done", "m_1"), before=NOTED),
    "reminder remove": Act(("reminder", "remove", "m_1"), before=NOTED),
    "plan set": Act(("plan", "set", "Ana Ruiz", "--aim", "loyal", "--review", "2027-03-01"), again=True),
    "plan review": Act(("plan", "review", "Ana Ruiz", "--done", "--note", "glad of it", "--review", "2027-03-01"), before=PLANNED),
    "plan clear": Act(("plan", "clear", "Ana Ruiz"), before=PLANNED),
    "survey record": Act(
        ("survey", "record", "relationship", "Ana Ruiz", "--answer", "satisfied=2", "--answer", "often=1m", "--answer", "else=later")
    ),
    "survey edit": Act(("survey", "edit", "a_1", "--answer", "satisfied=5", "--answer", "wanted=close"), before=ANSWERED),
    "survey remove": Act(("survey", "remove", "a_1"), before=ANSWERED),
    "survey invite": Act(
        ("survey", "invite", "pulse", "Ana Ruiz", "--output", "{folder}/outbox"), said="invited 1", makes=("outbox/*.eml",)
    ),
    "survey invite --remind": Act(
        ("survey", "invite", "pulse", "--remind", "--output", "{folder}/outbox"), said="reminded 1", makes=("outbox/*.eml",),
        before=(("survey", "invite", "pulse", "Ana Ruiz", "--output", "{folder}/first", "--now", "2026-10-01"),),
    ),
    "survey form": Act(
        ("survey", "form", "pulse", "Ana Ruiz", "--output", "{folder}/ana.html"), said="asked Ana Ruiz", makes=("ana.html",)
    ),
    "survey import": Act(
        ("survey", "import", "pulse", "{folder}/replies.csv"), again=True, files={"replies.csv": REPLIES}, said="added 2 answers"
    ),
    "initiative start": Act(("initiative", "start", "Calls", "--hypothesis", "they come back", "--outcome", "signs", "--cost", "40")),
    "initiative enroll": Act(("initiative", "enroll", "Calls", "Ana Ruiz", "Bo", "--holdout", "0.5"), before=TRIED),
    "initiative stop": Act(("initiative", "stop", "Calls"), before=TRIED),
    "draft": Act(("draft", "Ana Ruiz", "--template", "check-in", "--channel", "email", "--log")),
    "import contacts": Act(("import", "contacts", "{folder}/people.csv"), again=True, files={"people.csv": PEOPLE}),
    "import interactions": Act(("import", "interactions", "{folder}/touches.csv"), again=True, files={"touches.csv": TOUCHES}),
    "import transactions": Act(("import", "transactions", "{folder}/ledger.csv"), again=True, files={"ledger.csv": LEDGER}),
    "book init": Act(("book", "init", "--timezone", "UTC", "--currency", "EUR"), book=False, undo=False, again=True, said="Made a"),
    "book set": Act(("book", "set", "--currency", "USD", "--timezone", "Asia/Tokyo")),
    "book merge-copy": Act(("book", "merge-copy", "{folder}/other.db"), again=True, before=OTHER),
    "book purge": Act(
        ("book", "purge", "--yes"), undo=False,
        before=(("contact", "add", "Zed Lark", "--note", "a needle sharp"), ("book", "undo")), erases=("Zed Lark", "needle sharp"),
    ),
    "book restore, forgotten since": Act(
        ("book", "restore", "{folder}/backups", "--yes"), undo=False, again=True, said="restored", makes=(ASIDE, BACKUPS),
        before=(*BACKED, ("contact", "forget", "ana@example.org", "--yes")), proven=1,
    ),
    "book undo": Act(("book", "undo", "--yes"), undo=False),
    "book backup": Act(("book", "backup"), undo=False, again=True, said="backed up", makes=(BACKUPS,)),
    "book backup FILE": Act(
        ("book", "backup", "{folder}/one.db", "--yes"), undo=False, again=True, said="backed up", makes=("one.db",),
        before=(("book", "backup", "{folder}/one.db"), ("log", "Bo", "since then", "-c", "meeting")),
    ),
    "book backup --keep": Act(
        ("book", "backup", "--keep", "2"), undo=False, again=True, said="backed up", makes=(BACKUPS,), before=THREE, proven=2
    ),
    "book restore": Act(
        ("book", "restore", "{folder}/backups", "--yes"), undo=False, again=True, said="restored", makes=(ASIDE, BACKUPS),
        before=BACKED, proven=1,
    ),
    "book restore, damaged": Act(
        ("book", "restore", "{folder}/backups", "--yes"), undo=False, again=True, said="restored", makes=(ASIDE, BACKUPS),
        before=BACKED, proven=1, damaged=True,
    ),
    "migration": Act(("contact", "list"), undo=False, again=True, said="never said", makes=("book.db.before-*",), later=True),
    "demo": Act(("demo",), book=False, undo=False, said="an invented book"),
}  # fmt: skip

READS = {
    "agenda", "today", "brief", "promise list", "referral list", "survey results", "initiative list", "initiative results", "preference list", "preference card", "circumstance list", "plan list", "reminder list",
    "timeline", "search", "survey list", "survey show", "scorecard", "health-report", "audit", "contact list", "contact show", "interaction list",
    "interaction show", "transaction list", "transaction show", "book info", "book history", "book check",
}  # fmt: skip
AS_ANOTHER = {  # one body with the command that is swept
    "log": "log-interaction",
    "sold": "log-transaction",
    "bought": "log-transaction",
    "undo": "book undo",
    "promise edit": "promise keep",
    "promise break": "promise keep",
    "promise withdraw": "promise keep",
    "export contacts": "contact export",
    "survey new": "contact export",  # no book, and a file that appears in the same way
    "export interactions": "contact export",
    "export transactions": "contact export",
}
