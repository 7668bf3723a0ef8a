"""Backups in one line, and their manifests for programs."""

from __future__ import annotations

from typing import Any

from relcli.actions.backups import BackupMade, Restored
from relcli.text import quoted


def made(result: BackupMade, *, book: str | None) -> list[str]:
    """Where it is and what it holds; what was removed for it; how to put it back, to the `book` that was named."""
    if result.manifest is None:
        return [f"would back up to {result.path} (dry run: nothing was written)"]
    m = result.manifest
    lines = [f"backed up to {result.path}: {m.contents()}, {_size(m.size)}"]
    lines += [f"removed the older backup {path}" for path in result.pruned]
    named = f" --book {quoted(book)}" if book else ""
    return [*lines, f"To restore it: relcli book restore {quoted(str(result.path.absolute()))}{named}"]


def restored(result: Restored, *, dry_run: bool) -> list[str]:
    """What the book is now, and where the one before is."""
    m = result.manifest
    of = f" {result.backup.name}" + (f" of {m.made:%Y-%m-%d %H:%M} UTC" if m.made else "")
    if dry_run:
        return [
            f"would restore the backup{of} to {result.where}: {m.contents()} (dry run: nothing was written)",
            *_again(result, dry_run=True),
        ]
    lines = [f"restored the backup{of} to {result.where}: {m.contents()}"]
    lines += _again(result, dry_run=False)
    return lines + ([f"the book before it: {result.aside}"] if result.aside else [])


def restored_document(result: Restored) -> dict[str, Any]:
    """The manifest of what was restored, and where the book before it is."""
    return {**result.manifest.facts(), "aside": str(result.aside) if result.aside else None, "forgotten_again": result.again}


def _again(result: Restored, *, dry_run: bool) -> list[str]:
    """Who was forgotten since then and is in the backup; or that nothing tells."""
    if result.again is None:
        return ["no present book could be compared: whoever was forgotten since this backup is in it, so forget them again"]
    if not result.again:
        return []
    who = "1 person" if result.again == 1 else f"{result.again} people"
    if dry_run:
        return [f"would forget again {who} forgotten since then"]
    return [f"forgot again {who} forgotten since then; the backup still holds them, delete it when you can: {result.backup}"]


def _size(size: int) -> str:
    return f"{size / 1024:.0f} KiB" if size < 1 << 20 else f"{size / (1 << 20):.1f} MiB"
