"""The scripts that let a shell ask relcli, and where each shell looks for them."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

SHELLS = ("bash", "zsh", "fish")
_ZSH_LOADS = "fpath+=~/.zfunc; autoload -Uz compinit; compinit"


def script(shell: str) -> str:
    """The script for one of SHELLS."""
    return (files("relcli.cli.scripts") / f"relcli.{shell}").read_text("utf-8")


def install(shell: str) -> Path:
    """Put the script where the shell finds it, and answer where; bash and zsh are told of it in their own files, once. Raises OSError."""
    home = Path.home()
    if shell == "bash":
        path = home / ".bash_completions" / "relcli.sh"
        _tell(home / ".bashrc", f"source '{path}'" if "'" not in str(path) else "source ~/.bash_completions/relcli.sh")
    elif shell == "zsh":
        path = home / ".zfunc" / "_relcli"
        _tell(Path(os.environ.get("ZDOTDIR") or home) / ".zshrc", _ZSH_LOADS)
    else:
        path = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "fish" / "completions" / "relcli.fish"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script(shell), "utf-8")
    return path


def _tell(file: Path, line: str) -> None:
    """Add a line to a file of the user's, unless it is there."""
    said = file.read_bytes() if file.exists() else b""
    if line.encode() not in said.split(b"\n"):
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab") as stream:
            stream.write((b"" if said.endswith(b"\n") or not said else b"\n") + line.encode() + b"\n")
