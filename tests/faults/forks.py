"""relcli as a child of a process that has loaded it already: a run, traced or killed at one call, for a tenth of a start.

The child does what the console script does, in a process of its own; only loading the modules lies behind it. Children
stand still until strace holds them, so the calls that are counted are those of the command alone.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ENV = {"RELCLI_NOW": "2026-11-21T10:00:00+00:00", "RELCLI_ACTOR": "sweep", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
PATIENCE = 30.0
_ANYBODY = (0x59616D61, ctypes.c_ulong(-1).value)  # PR_SET_PTRACER, PR_SET_PTRACER_ANY: strace is no parent of ours
_LOADED = (
    "alembic.command", "alembic.script", "numpy", "relcli.cli.app", "relcli.actions.backups", "relcli.actions.dossiers",
    "relcli.actions.exports", "relcli.actions.forgetting", "relcli.actions.imports.contacts", "relcli.actions.imports.records",
    "relcli.actions.merging", "relcli.actions.moments", "relcli.render.html", "relcli.render.imports", "relcli.store.migrate",
)  # fmt: skip


@dataclass(frozen=True)
class Ran:
    """How a child ended; a negative code is the signal that killed it."""

    code: int
    out: str
    err: str


class Forks:
    """The process that has loaded relcli, and runs it in children."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.faults.forks"],
            env=os.environ | ENV, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        )  # fmt: skip

    def run(self, words: Sequence[str], *, strace: Sequence[str] = (), later: str = "") -> Ran:
        """One command to its end, under `strace` with these options; `later` is a folder of revisions to come."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"words": list(words), "strace": list(strace), "later": later}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"no answer to {words}"
        return Ran(**json.loads(answer))

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._process.stdout.close()


@contextlib.contextmanager
def forks() -> Iterator[Forks]:
    """The loaded process, ended with the block."""
    started = Forks()
    try:
        yield started
    finally:
        started.close()


def serve() -> None:
    """Run what is asked for, line by line."""
    import importlib

    for name in _LOADED:
        importlib.import_module(name)
    _warmed()
    for line in sys.stdin:
        asked = json.loads(line)
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            code = _child(asked["words"], asked["strace"], asked["later"], out.fileno(), err.fileno())
            said = [os.pread(stream.fileno(), 1 << 24, 0).decode("utf-8", "replace") for stream in (out, err)]
        sys.stdout.write(json.dumps({"code": code, "out": said[0], "err": said[1]}) + "\n")
        sys.stdout.flush()


def _warmed() -> None:
    """Do once what each process does once: the command tree, the mappers, the statements."""
    from typer import main as typer_main

    from relcli.__main__ import main

    typer_main.get_command = functools.cache(typer_main.get_command)
    with tempfile.TemporaryDirectory(prefix="relcli-forks-") as folder:
        for words in (("contact", "add", "Ana"), ("log", "Ana", "hello", "-c", "meeting"), ("contact", "list")):
            sys.argv = ["relcli", "--book", f"{folder}/book.db", "--quiet", "--output", os.devnull, *words]
            with contextlib.suppress(SystemExit):
                main()
    gc.collect()
    gc.freeze()


def _child(words: list[str], strace: list[str], later: str, out: int, err: int) -> int:
    wait, go = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(go)
        _be_relcli(words, later, wait, out, err)
    os.close(wait)
    tracer = None
    try:
        if strace:
            tracer = subprocess.Popen(["strace", "-f", "-qq", *strace, "-p", str(pid)], stdin=subprocess.DEVNULL)
            _held(pid, tracer)
        os.write(go, b"!")
        _, status = os.waitpid(pid, 0)
    finally:
        os.close(go)
        if tracer is not None:
            tracer.wait(PATIENCE)
    return os.waitstatus_to_exitcode(status)


def _held(pid: int, tracer: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while "TracerPid:\t0\n" in Path(f"/proc/{pid}/status").read_text():
        if tracer.poll() is not None or time.monotonic() > end:
            os.kill(pid, signal.SIGKILL)
            raise RuntimeError("strace does not hold the child: does this machine allow ptrace?")
        time.sleep(0.002)


def _be_relcli(words: list[str], later: str, wait: int, out: int, err: int) -> None:
    """What the console script does, with its own streams; never returns."""
    code: object = 70
    try:
        for stream, number in ((os.open(os.devnull, os.O_RDONLY), 0), (out, 1), (err, 2)):
            os.dup2(stream, number)
        ctypes.CDLL(None).prctl(*_ANYBODY, 0, 0, 0)
        sys.stdin = open(0)  # noqa: SIM115  # a descriptor, for as long as the process lives
        os.read(wait, 1)
        if later:
            bring(later)
        sys.argv = ["relcli", *words]
        from relcli.__main__ import main

        main()
    except SystemExit as left:
        code = left.code or 0
    except BaseException as error:  # noqa: BLE001  # said where the sweep sees it
        os.write(2, f"left with {error!r}\n".encode())
    os._exit(code if isinstance(code, int) else 1)


def bring(later: str) -> None:
    """Be a program with one more revision, which lies in this folder."""
    from relcli.store import book, gate, migrate

    migrate.VERSIONS = (*migrate.VERSIONS, Path(later))
    gate.SCHEMA += 1
    gate.REVISION = f"{gate.SCHEMA:04d}"
    book.refuse_misshapen = lambda *_: None  # that program's tables have the column that this one's lack


if __name__ == "__main__":
    serve()
