"""Any bytes at every door: no door answers with anything but what it read or a refusal, in time that grows with them and no faster.

`python -m tests.faults.bytes [SECONDS] [DOOR ...]` takes sound samples, spoils them by a printed seed and puts them before
each door for that long (60 s); then it gives each door twice as much of what is known to hurt, and again, and compares the
processor's time. The test beside it takes a small sample; time is measured here alone, where nothing else runs.
"""

from __future__ import annotations

import contextlib
import random
import sqlite3
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path

from tests.exchange.mailing import mails

from relcli.domain.survey import Instrument
from relcli.errors import RelcliError

SLOWEST = 3.0  # times linear
LONG = 5.0  # seconds of the processor for one input of a few kilobytes
_START, _DOUBLINGS, _MEASURABLE = 1 << 15, 4, 0.05
_WORDS = [
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b'"', b"'", b"(" * 50, b"[" * 50, b"=?utf-8?q?a?=", b"=?x?b?!?=", b"\xe2\x80\xa8", b"\xed\xa0\x80",
    b"--=_b\n", b"Content-Type: multipart/mixed; boundary=a\n", b"\nFrom x Sat Nov 21 10:00:00 2026\n", b"a*0*=", b"; a*1=b", b"@", b"<", b">", b"> ",
    b"9" * 5000, b"1e400", b"NaN", b"-0", b"[[a]]\n", b"a.b.c = 1\n", b"{a={a={a=", b"0x", b"1979-05-27T07:32:00Z", b",;\t|", b'"""', b"\\u0000", b"sep=;\n",
    b"r-7k3m9q2x4d", b"STOP", b"relcli pulse 1 en", b"&#9999999999;", b"<!--", b"<blockquote>", b"charset=utf-16", b"charset=idna", b"charset=zlib",
]  # fmt: skip


@dataclass(frozen=True)
class Door:
    """Sound samples, what reads bytes in a folder of its own, and texts of any length that were slow somewhere."""

    samples: Callable[[], list[bytes]]
    read: Callable[[bytes, Path], object]
    longer: Mapping[str, Callable[[int], bytes]] = field(default_factory=dict)


def spoiled(samples: list[bytes], draw: random.Random) -> bytes:
    """One of the samples with a few things changed, as chance has it."""
    data = bytearray(draw.choice(samples))
    for _ in range(draw.randint(1, 6)):
        at, length = draw.randint(0, len(data)), draw.randint(0, 40)
        match draw.randrange(7):
            case 0:
                data[at : at + 1] = bytes([draw.randrange(256)])
            case 1:
                data[at:at] = draw.choice(_WORDS)
            case 2:
                data[at:at] = draw.choice(_WORDS) * draw.randint(2, 60)
            case 3:
                del data[at : at + length]
            case 4:
                data[at:at] = data[at : at + length] * draw.randint(2, 40)
            case 5:
                other = draw.choice(samples)
                cut = draw.randint(0, len(other))
                data[at:] = other[cut:]
            case _:
                data[at:at] = draw.randbytes(length)
    return bytes(data[: 1 << 18])


def trouble(door: Door, data: bytes, folder: Path) -> str:
    """What went wrong with these bytes: an exception that is no refusal, or far too long a time; empty where nothing did."""
    begun = time.process_time()
    try:
        door.read(data, folder)
    except RelcliError:
        pass
    except Exception:  # noqa: BLE001  # just these are looked for
        return traceback.format_exc(limit=-4)
    took = time.process_time() - begun
    return f"{len(data)} bytes took {took:.1f} s" if took > LONG else ""


def growth(door: Door, make: Callable[[int], bytes], folder: Path) -> float:
    """By how much more than linear the time grows from one size to the next; the worst of those that can be measured."""
    worst, before = 0.0, 0.0
    for doubling in range(_DOUBLINGS):
        data = make(_START << doubling)
        begun = time.process_time()
        with contextlib.suppress(RelcliError):
            door.read(data, folder)
        took = time.process_time() - begun
        if before > _MEASURABLE:
            worst = max(worst, took / before / 2)
        before = took
    return worst


# What reads


@cache
def _pulse() -> Instrument:
    from relcli.actions.surveys.instruments import instrument

    return instrument("pulse")


def _mail(data: bytes, folder: Path) -> None:
    from relcli.domain.replying import mentions_stop, said_in, stops
    from relcli.exchange.mailing.machines import doubtful, ends_of
    from relcli.exchange.mailing.replies import replies

    path, asked = folder / "x.mbox", _pulse()
    path.write_bytes(data)
    for reply in replies(str(path)):
        doubtful(reply.text), stops(reply.text), mentions_stop(reply.text), ends_of(reply.text)
        with contextlib.suppress(ValueError):
            said_in(reply.text, reply.below, asked, "en")


def _csv(data: bytes, folder: Path) -> None:
    from relcli.exchange.answers.tables import NO_MAP, read_answers
    from relcli.exchange.csv import read_sheet

    del folder
    read_sheet(data, "x.csv")
    read_answers(data, "x.csv", _pulse(), NO_MAP, encoding=None)


def _map(data: bytes, folder: Path) -> None:
    from relcli.exchange.answers.maps import read_answer_map
    from relcli.exchange.mapping import read_mapping

    path = folder / "x.toml"
    path.write_bytes(data)
    with contextlib.suppress(RelcliError):
        read_mapping(str(path), "transaction", ["at", "contact", "amount", "currency", "kind"])
    read_answer_map(str(path), _pulse())


def _instrument(data: bytes, folder: Path) -> None:
    from relcli.exchange.instruments import parsed

    del folder
    parsed(data, name="pulse", file="pulse.toml")


def _template(data: bytes, folder: Path) -> None:
    from relcli.domain.fact import Fact
    from relcli.exchange.filling import filled
    from relcli.exchange.templates import parsed

    del folder
    template = parsed(data.decode("utf-8", "replace"), name="x", file="x.txt", own=True)
    filled(template, [Fact("name", "Ana Novak", ""), Fact("first_name", "Ana", "")])


def _settings(data: bytes, folder: Path) -> None:
    from unittest.mock import patch

    from relcli import config

    path = folder / "config.toml"
    path.write_bytes(data)
    with patch.object(config, "settings_path", lambda: path):
        config.read_settings()


def _manifest(data: bytes, folder: Path) -> None:
    from relcli.store.backups import read_manifest

    (folder / "x.db.json").write_bytes(data)
    read_manifest(folder / "x.db")


def _book(data: bytes, folder: Path) -> None:
    from relcli.store import book

    for left in folder.glob("x.db*"):
        left.unlink()
    path = folder / "x.db"
    path.write_bytes(data)
    with book.opened(str(path), wait=0) as opened, opened.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM contact").scalar()


# What is sound


def _mails() -> list[bytes]:
    whole = [
        mails.mail("9"), mails.mail(f"8 - fine\n\n{mails.QUOTED}"), mails.html("<p>9<br>good</p><blockquote>x</blockquote>"), mails.bounce(),
        mails.parted("alternative", ("text/plain", "7"), ("text/html", "<b>7</b>")), mails.form("relcli pulse 1 en", "recommend: 9", "why: good"),
        mails.mail("9", Authentication_Results="mx; dmarc=pass", References=f"<{mails.TOKEN}@x>"),
        mails.mail("9", kind="text/plain; charset=utf-8; format=flowed", coding="quoted-printable"), mails.mail("9", coding="base64"),
    ]  # fmt: skip
    return [*whole, mails.mbox(*whole)]


def _tables() -> list[bytes]:
    return [
        b'name,email,phone,tags\nAna Ruiz,ana@example.org,+34600111222,a;b\n"Lund, Bo",bo@example.org,,\n',
        b"at;contact;amount;currency\n2026-05-01;ana@example.org;12,50;EUR\n",
        b"id\texternal_id\tname\nc_1\tx\ta\\tb\n", b"sep=|\nname|email\nAna|ana@example.org\n", b"contact,at,recommend,why\nana@example.org,2026-11-02,9,good\n",
    ]  # fmt: skip


def _maps() -> list[bytes]:
    return [
        b'[columns]\nat = "Date"\ncontact = "Who"\namount = "Sum"\n[constants]\ncurrency = "EUR"\n[dates]\nformat = "%d.%m.%Y"\n[values.kind]\n"x" = "sale"\n',
        b'[columns]\nrecommend = "How likely"\ncontact = "E-mail"\nat = "Timestamp"\n',
    ]


def _instruments() -> list[bytes]:
    folder = resources.files("relcli.exchange") / "surveys"
    return [each.read_bytes() for each in folder.iterdir() if each.name.endswith(".toml")]


def _templates() -> list[bytes]:
    return [
        b"---\npurpose: thanks\nsubject: Thank you, {{ first_name }}\nchannel: email\n---\nDear {{ name|upper|truncate(9) }},\n{% if name is defined %}x{% endif %}\n"
    ]


def _settings_files() -> list[bytes]:
    return [
        b'[me]\nname = "Kim Doe"\naddresses = ["kim@example.org"]\n[dates]\norder = "dmy"\n[phone]\nregion = "ES"\n[survey]\nevery = "180d"\n'
    ]


def _manifests() -> list[bytes]:
    return [_book_and_manifest()[1]]


def _books() -> list[bytes]:
    return [_book_and_manifest()[0]]


@cache
def _book_and_manifest() -> tuple[bytes, bytes]:
    from typer.testing import CliRunner

    from relcli.cli.app import app

    with tempfile.TemporaryDirectory() as folder:
        at = ["--book", f"{folder}/x.db"]
        for words in (["contact", "add", "Ana Ruiz", "--email", "ana@example.org"], ["book", "backup", f"{folder}/y.db"]):
            CliRunner().invoke(app, [*at, *words], catch_exceptions=False)
        with contextlib.closing(sqlite3.connect(f"{folder}/y.db")) as book:
            book.execute("PRAGMA journal_mode=DELETE")
        return Path(folder, "y.db").read_bytes(), Path(folder, "y.db.json").read_bytes()


def _within(before: bytes, again: bytes, after: bytes = b"") -> Callable[[int], bytes]:
    return lambda size: before + again * (size // len(again)) + after


_HEAD = b"Date: Fri, 20 Nov 2026 10:03:00 +0100\nMessage-ID: <a@example.org>\n"


def _body(again: bytes, kind: bytes = b"text/plain") -> Callable[[int], bytes]:
    return _within(_HEAD + b"From: ana@example.org\nContent-Type: " + kind + b"\n\n", again)


DOORS: dict[str, Door] = {
    "mail": Door(
        _mails,
        _mail,
        {
            "parentheses": _within(_HEAD + b"From: ", b"(", b"\n\n9\n"),
            "letters": _within(_HEAD + b"From: ", b"a", b"\n\n9\n"),
            "at signs": _within(_HEAD + b"From: ", b"a@", b"\n\n9\n"),
            "encoded words": _within(_HEAD + b"Subject: ", b"=?utf-8?q?a?= ", b"\n\n9\n"),
            "parameters": _within(_HEAD + b"Content-Type: text/plain", b"; a*0=b", b"\n\n9\n"),
            "results": _within(_HEAD + b"Authentication-Results: mx", b"; spf=pass (", b"\n\n9\n"),
            "headers": _within(_HEAD, b"X: a\n", b"\n9\n"),
            "folds": _within(_HEAD + b"X: a", b"\n a", b"\n\n9\n"),
            "references": _within(_HEAD, b"References: <r-7k3m9q2x4d@x>\n", b"\n9\n"),
            "parts": _within(_HEAD + b"Content-Type: multipart/mixed; boundary=a\n\n", b"--a\n\nx\n"),
            "bounced letters": _within(_HEAD + b"From: MAILER-DAEMON@x\n\n", b"a"),
            "bounced at signs": _within(_HEAD + b"From: MAILER-DAEMON@x\n\n", b"<a@"),
            **{f"lines of {line!r}": _body(line) for line in (
                b"\n", b"a\n", b"> a\n", b">" * 60 + b"\n", b"*****\n", b"external sender warning\n", b"From: a@b\n", b"--\n", b"1.\n", b"wrote:\n",
                b"caution: this e-mail came from outside\n\n", b"_____________\n", b"9 ", b"word ", b"a.", b"\xe2\x80\xa8", b"a: b\n", b"relcli pulse 1 en\n", b"http://x/",
                b"On Friday at 10:00, a@b.org wrote ", b"9\n\n", b"sent from my x\n", b"thanks\n", b"\xc2\xa0", b"=", b"[", b"* ",
            )},
            "flowed": _body(b"a \n", b"text/plain; format=flowed"),
            **{f"html {tag!r}": _body(tag, b"text/html") for tag in (
                b"<", b"<a ", b"<a b=", b"<a b='", b'<p style="border:', b"<!--", b"<b>", b"</b>", b"<ol><li>", b"<table>", b"&", b"&#", b"<blockquote>", b"<br>",
            )},
        },
    ),
    "csv": Door(_tables, _csv, {
        "commas": _within(b"", b","), "columns": _within(b"", b"a,"), "rows": _within(b"name,email\n", b"Ana,a@example.org\n"),
        "quotes": _within(b"name,email\n", b'"'), "an open quote": _within(b'name,email\n"', b"a\n"), "empty lines": _within(b"name\n", b"\n"),
        "a long cell": _within(b"name\n", b"a"), "escapes": _within(b"id\texternal_id\n", b"\\t"), "uneven rows": _within(b"a,b\n", b"1\n"),
        "sep": _within(b"sep=", b"; "), "quoted header": _within(b"", b'"a",'), "open quotes": _within(b"", b'"a\n'), "blanks": _within(b"", b" "),
    }),
    "map": Door(_maps, _map, {
        "keys": lambda size: b"[columns]\n" + b"".join(b"k%d = 1\n" % n for n in range(size // 8)), "a dotted key": _within(b"", b"a.", b"a=1\n"),
        "lists": _within(b"a=", b"["), "tables": _within(b"a=", b"{a="), "digits": _within(b"a=", b"9"), "a word": _within(b"", b"a"),
        "arrays of tables": _within(b"", b"[[a]]\n"), "tables by name": lambda size: b"".join(b"[a.b%d]\n" % n for n in range(size // 8)),
        "a string": _within(b'a="', b"\\u0041", b'"\n'), "blanks": _within(b"a", b" "), "comments": _within(b"", b"#\n"), "quotes": _within(b"", b'"'),
        "quoted keys": _within(b"", b'"a" . ', b"a=1"), "inline": _within(b"a={", b"b.c=1,", b"}"),
    }),
    "instrument": Door(_instruments, _instrument, {
        "items": _within(_instruments()[0], b'[[items]]\nname = "x"\n'), "a title": _within(b'[title]\nen="', b"<", b'"\n'), "a dotted key": _within(b"", b"a.", b"a=1\n"),
    }),
    "template": Door(_templates, _template, {
        "braces": _within(b"---\npurpose: thanks\nsubject: x\n---\n", b"{{ name "), "text": _within(b"---\npurpose: thanks\nsubject: x\n---\n", b"a"),
        "header": _within(b"---\n", b"purpose: thanks\n"),
    }),
    "settings": Door(_settings_files, _settings, {"lists": _within(b"a=", b"["), "a dotted key": _within(b"", b"a.", b"a=1\n")}),
    "manifest": Door(_manifests, _manifest, {"lists": _within(b"", b"["), "digits": _within(b"", b"9"), "a string": _within(b'"', b"a", b'"')}),
    "book": Door(_books, _book, {"zeros": _within(b"SQLite format 3\0", b"\0")}),
}  # fmt: skip


def main(words: list[str]) -> int:
    """Every door named, or all; the number of those at which something was found."""
    seconds = float(words.pop(0)) if words and words[0].replace(".", "").isdigit() else 60.0
    bad = 0
    for name in words or DOORS:
        door, seed = DOORS[name], random.SystemRandom().randrange(1 << 32)
        found, tried = _tried(door, random.Random(seed), seconds)
        print(f"{name}: {tried} inputs, seed {seed}, {len(found)} kinds of trouble", flush=True)
        for kind, data in found.items():
            print(f"  {kind}\n  {data[:300]!r}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            for what, make in door.longer.items():
                if (times := growth(door, make, Path(folder))) > SLOWEST:
                    print(f"  {what}: {times:.1f} times linear", flush=True)
                    found[what] = b""
        bad += bool(found)
    return bad


def _tried(door: Door, draw: random.Random, seconds: float) -> tuple[dict[str, bytes], int]:
    found: dict[str, bytes] = {}
    samples, tried, end = door.samples(), 0, time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            data = spoiled(samples, draw)
            tried += 1
            if wrong := trouble(door, data, Path(folder)):
                key = wrong.splitlines()[-1] if "Traceback" in wrong else "slow"
                if key not in found:
                    found[key] = data
                    print(wrong, flush=True)
    return found, tried


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
