"""The only place that knows the time."""

from __future__ import annotations

from datetime import UTC, datetime, time


def now(given: str | None = None) -> datetime:
    """The present as an aware instant, whole seconds; `given` (ISO 8601) stands in for it.

    Without an offset the given text is the machine's local time, without a time it is noon.
    Raises ValueError on anything else.
    """
    if given is None:
        return datetime.now(UTC).replace(microsecond=0)
    moment = datetime.fromisoformat(given)
    if len(given.strip()) == len("2026-11-21"):
        moment = datetime.combine(moment.date(), time(12))
    return moment.astimezone(UTC).replace(microsecond=0)


def machine_zone() -> str:
    """The machine's time zone as an IANA name; UTC where it has none."""
    from tzlocal import get_localzone_name

    try:
        return get_localzone_name() or "UTC"
    except (LookupError, ValueError, OSError):
        return "UTC"
