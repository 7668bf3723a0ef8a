"""A real shell on a real terminal, in which `relcli` completes as installed but, when run, only notes what it was given."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyte

SCRIPT = """#!/bin/sh
[ -n "$_RELCLI_COMPLETE" ] && exec {program} "$@"
for word; do printf '%s\\0' "$word"; done >"$HOME/given.part"
mv "$HOME/given.part" "$HOME/given"
"""
COMMANDS: Mapping[str, Sequence[str]] = {
    "bash": ("bash", "--noprofile", "-i"),
    "zsh": ("zsh", "-i"),
    "fish": ("fish", "-i", "--private"),
}
READY = "ready>"
_PROMPTS = {
    "bash": (".bashrc", f"PS1='{READY} '\nbind 'set bell-style none'\nbind 'set enable-bracketed-paste off'\n"),
    "zsh": (".zshrc", f"PS1='{READY} '\nunsetopt zle_bracketed_paste 2>/dev/null\nzstyle ':completion:*' menu no\n"),
    "fish": (".config/fish/config.fish", f"function fish_prompt; echo -n '{READY} '; end\nset -g fish_greeting\n"),
}


class Shell:
    """One shell, at home in a folder of its own."""

    def __init__(self, shell: str, home: Path, program: str, book: str) -> None:
        self.name, self.home, self._screen = shell, home, pyte.Screen(160, 60)
        self._stream = pyte.ByteStream(self._screen)
        home.mkdir(parents=True, exist_ok=True)
        folder = home / "bin"
        folder.mkdir()
        (folder / "relcli").write_text(SCRIPT.format(program=program))
        (folder / "relcli").chmod(0o755)
        name, text = _PROMPTS[shell]
        rc = home / name
        rc.parent.mkdir(parents=True, exist_ok=True)
        rc.write_text(text + (rc.read_text() if rc.exists() else ""))
        env = {
            "HOME": str(home), "PATH": f"{folder}:/usr/bin:/bin", "TERM": "xterm", "LC_ALL": "C.UTF-8", "RELCLI_BOOK": book,
            "ENV": "", "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / ".config"),
        }  # fmt: skip
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.chdir(home)
            os.execvpe(COMMANDS[shell][0], [*COMMANDS[shell]], env)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 160, 0, 0))
        self.wait_for(lambda: READY in self.screen, "the first prompt")

    @property
    def screen(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    @property
    def line(self) -> str:
        """What stands behind the last prompt."""
        return self.screen.rpartition(READY)[2].strip()

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._fd, keys.encode())
        self._settle(0.2)

    def tab(self, *, most: float = 10.0) -> None:
        """Complete, and wait until that shows; a completion that shows nothing takes `most`."""
        before = self.screen
        os.write(self._fd, b"\t")
        end = time.monotonic() + most
        while self.screen == before and time.monotonic() < end:
            self._read(0.1)
        self._settle(0.5)

    def ran(self, line: str, *, most: float = 10.0) -> list[str] | None:
        """What the program is given when this is typed, tabs included, and entered; None where it was not run."""
        given = self.home / "given"
        given.unlink(missing_ok=True)
        for at, part in enumerate(line.split("\t")):
            if at:
                self.tab(most=most)
            if part:
                self.type(part)
        self.type("\r")
        end = time.monotonic() + most
        while not given.exists() and time.monotonic() < end:
            self._read(0.1)
        return given.read_bytes().decode().split("\0")[:-1] if given.exists() else None

    def clear(self) -> None:
        """Leave the line that was begun, and an empty screen."""
        self.type("\x03")
        self.type("\x15")
        self.type("clear\r")
        self._settle(0.3)

    def wait_for(self, true: object, what: str, most: float = 20.0) -> None:
        """Wait until something shows."""
        end = time.monotonic() + most
        while not true():  # type: ignore[operator]  # a function without arguments
            self._read(0.1)
            assert time.monotonic() < end, f"{what} did not come:\n{self.screen}"

    def close(self) -> None:
        """Hang up."""
        os.close(self._fd)
        os.kill(self._pid, 9)
        os.waitpid(self._pid, 0)

    def _settle(self, quiet: float) -> None:
        """Read until nothing comes for a while."""
        last = time.monotonic()
        while time.monotonic() - last < quiet:
            if self._read(0.05):
                last = time.monotonic()

    def _read(self, wait: float) -> bool:
        if not select.select([self._fd], [], [], wait)[0]:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            return False
        if b"\x1b[c" in data or b"\x1b[0c" in data:  # "which terminal are you?"
            os.write(self._fd, b"\x1b[?6c")
        self._stream.feed(data)
        return True
