"""The console script. The collector rests while modules load: they make no garbage worth looking for."""

from __future__ import annotations

import gc


def main() -> None:
    """Run relcli with the process's arguments and leave with its exit code."""
    gc.disable()
    import os
    import sys

    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    from relcli.cli.app import app

    gc.freeze()
    gc.enable()
    app()


if __name__ == "__main__":
    main()
