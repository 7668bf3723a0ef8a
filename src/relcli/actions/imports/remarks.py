"""What is to be said once of a whole contacts file, beside its verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from relcli.actions.desk import Desk
from relcli.actions.imports.contact_rows import Draft
from relcli.actions.imports.outcome import Judged, Verdict
from relcli.domain.contact import Contact
from relcli.domain.wording import counted
from relcli.exchange.phone import has_country

_NAMED = 5


def remarks(drafts: Iterable[Draft], judged: Sequence[Judged], renamed: Sequence[Contact], desk: Desk) -> tuple[str, ...]:
    """A line each: rows without a name, birthdays that are none, telephone numbers of no country; of the new rows.

    `renamed` are those who had been called by an address, as they are now.
    """
    added = {row.line for row in judged if row.verdict is Verdict.NEW}
    new = [draft for draft in drafts if draft.line in added]
    called = [draft.called_by for draft in new if draft.called_by]
    unborn = sum(draft.no_birthday for draft in new)
    homeless = sum(not has_country(address) for draft in new for address in draft.contact.addresses)
    lines = []
    if called:
        lines.append(f"{len(called)} without a name, called by their {_listed(dict.fromkeys(called))}")
    if renamed:
        names = ", ".join(contact.name for contact in renamed[:_NAMED]) + (", and more" if len(renamed) > _NAMED else "")
        lines.append(f"{len(renamed)} until now called by an address or number got a name: {names}")
    if unborn:
        lines.append(
            f"{counted(unborn, 'birthday')} left out: 1900-01-01, 1970-01-01 and such days are what programs write for none"
        )
    if homeless and not desk.settings.phone.region:
        lines.append(f"{counted(homeless, 'telephone number')} without a country: which one? Set phone.region in the settings")
    return tuple(lines)


def _listed(words: Iterable[str]) -> str:
    """The words as a sentence lists them: "firm, address or number"."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
