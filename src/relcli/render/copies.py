"""What came over from another copy of the book, in words and as a document."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from relcli.actions.copies import CopyMerged
from relcli.domain.twin import named_as_copy
from relcli.domain.wording import counted
from relcli.text import safe

_WORDS = {"works_for": "employer", "removed": ""}
_NAMED = 10


def told(result: CopyMerged, *, dry_run: bool) -> list[str]:
    """What was brought over and what stays as it is here, and what to do next."""
    if result.batch is None and not dry_run:
        return [f"{result.file} has nothing that this book lacks: nothing to bring over", _delete(result)]
    if result.parted.settled:
        return [f"{result.file} has nothing that this book lacks: nothing to bring over"]
    parts = [_counts(result.new) or "nothing new"]
    parts += [f"changed {said}" for said in [_counts(result.changed)] if said]
    parts += [f"removed {said}" for said in [_counts(result.removed)] if said]
    parts += [f"{result.left_out} left out (of people removed or forgotten here)"] if result.left_out else []
    parts += [f"{len(result.kept)} kept as here"] if result.kept else []
    batch = f" (batch {result.batch.number})" if result.batch and not dry_run else " (dry run: nothing was written)"
    lines = [f"{'would bring' if dry_run else 'brought'} over from {result.file}: {'; '.join(parts)}{batch}"]
    if result.kept:
        more = f" and {len(result.kept) - _NAMED} more" if len(result.kept) > _NAMED else ""
        lines.append(f"both copies changed {', '.join(result.kept[:_NAMED])}{more}: the book keeps what it says here")
    lines += [f"{one} was forgotten there, and is still here: relcli contact forget {one}" for one in result.forget]
    return lines + ([] if dry_run else [_delete(result)])


def document(result: CopyMerged, *, dry_run: bool) -> dict[str, Any]:
    """The same for programs."""
    return {
        "file": result.file,
        "split": result.parted.split or None,
        "new": dict(result.new),
        "changed": dict(result.changed),
        "removed": dict(result.removed),
        "left_out": result.left_out,
        "kept": list(result.kept),
        "forgotten_there": list(result.forget),
        "batch": result.batch.number if result.batch and not dry_run else None,
        "dry_run": dry_run,
    }


def _delete(result: CopyMerged) -> str:
    if not named_as_copy(Path(result.file).name):  # it may be the book that is opened every day
        return "when you have looked, keep the one that you open every day, and delete the other"
    return f"when you have looked, delete it: rm {safe(shlex.quote(result.file))}"


def _counts(counts: Mapping[str, int]) -> str:
    """`3 contacts, 12 interactions`; marks are no records."""
    words = ((_WORDS.get(noun, noun.replace("_", " ")), count) for noun, count in counts.items())
    return ", ".join(counted(count, word) for word, count in words if word and count)
