"""Cron and terminal at once: six writers of forty touches each beside two reporters.

    python benchmarks/writers.py [WRITERS [TOUCHES]]

Every touch must be stored once, no command may fail while the wait limit holds, and the reporters must never wait for
the writers. Prints what was stored, what failed, and the longest wait of each kind.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def main() -> None:
    """Run it on a book in a temporary folder."""
    writers, touches = (int(word) for word in (*sys.argv[1:], *("6", "40")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory(prefix="relcli-writers-") as folder:
        book = Path(folder) / "book.db"
        relcli(book, "contact", "add", "Ana Ruiz")
        begin = time.monotonic()
        with ThreadPoolExecutor(writers + 2) as pool:
            writing = [pool.submit(write, book, number, touches) for number in range(writers)]
            reading = [pool.submit(read, book, lambda: all(f.done() for f in writing)) for _ in range(2)]
            written, read_ = [f.result() for f in writing], [f.result() for f in reading]
        seconds = time.monotonic() - begin
        stored = json.loads(relcli(book, "timeline", "Ana Ruiz", "--format", "json").stdout)["records"]
        texts = [record["text"] for record in stored]
    failed = [failure for _, failures in (*written, *read_) for failure in failures]
    print(f"{writers} writers x {touches} touches and 2 reporters in {seconds:.0f} s")
    print(
        f"stored {len(texts)}, lost {writers * touches - len(set(texts))}, twice {len(texts) - len(set(texts))}, failed {len(failed)}"
    )
    print(f"longest write {max(w for waits, _ in written for w in waits):.2f} s, longest of {sum(len(w) for w, _ in read_)} reports "
          f"{max(w for waits, _ in read_ for w in waits):.2f} s")  # fmt: skip
    for failure in failed[:5]:
        print(f"  {failure}")
    sys.exit(bool(failed) or sorted(texts) != sorted(f"touch {w} {n}" for w in range(writers) for n in range(touches)))


def write(book: Path, writer: int, touches: int) -> tuple[list[float], list[str]]:
    """Log touches one after the other; seconds each took, and what failed."""
    return timed(book, [("log", "Ana Ruiz", f"touch {writer} {n}", "--channel", "phone", "--in") for n in range(touches)])


def read(book: Path, over: Callable[[], bool]) -> tuple[list[float], list[str]]:
    """Report until the writers are done."""
    waits: list[float] = []
    failures: list[str] = []
    while not over():
        one, failed = timed(book, [("health-report", "--format", "csv")])
        waits += one
        failures += failed
    return waits, failures


def timed(book: Path, lines: list[tuple[str, ...]]) -> tuple[list[float], list[str]]:
    """Seconds of each command, and what those that failed said."""
    waits, failures = [], []
    for words in lines:
        begin = time.monotonic()
        ran = relcli(book, *words)
        waits.append(time.monotonic() - begin)
        if ran.returncode:
            failures.append(f"{words[0]}: {ran.returncode} {ran.stderr.strip()}")
    return waits, failures


def relcli(book: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """One real process."""
    command = [sys.executable, "-m", "relcli", "--book", str(book), *words]
    return subprocess.run(command, check=False, capture_output=True, text=True)


if __name__ == "__main__":
    main()
