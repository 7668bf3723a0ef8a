"""What rhythm costs: CPU seconds and memory over made-up books of 10 000 and 50 000 contacts.

    python benchmarks/metric/speed.py

One run is what a report asks for: the fit of the population, the adaptation with its two replays, both horizons with
ranges and expected counts as of today, and the same chances 90 days ago, which the trend needs. The tables made
once per process are in. The peak is that of the whole process, NumPy and the making of the book with it. Ten contacts in a hundred have half of all signs, and nearly
everybody has one.
"""

from __future__ import annotations

import subprocess
import sys
import time

import numpy as np

from relcli.health.ledger import Ledger
from relcli.health.rhythms.adaptation import adapted
from relcli.health.rhythms.rhythm import rhythm

TODAY = 20_000
YEARS = 6
BOOKS = ((10_000, 200_000), (50_000, 1_000_000))
SEED = 11


def main() -> None:
    """Run each book in a process of its own and print what it took."""
    if len(sys.argv) == 3:
        _one(int(sys.argv[1]), int(sys.argv[2]))
        return
    print(f"{'contacts':>10}{'signs':>12}{'adapted':>10}{'today':>10}{'90 days ago':>13}{'together':>10}{'peak MiB':>10}")
    for contacts, signs in BOOKS:
        subprocess.run([sys.executable, __file__, str(contacts), str(signs)], check=True)


def made_up(contacts: int, signs: int) -> Ledger:
    """A book in which few have many signs, over six years."""
    dice = np.random.default_rng(SEED)
    wanted = dice.lognormal(0.0, 1.2, contacts)
    found = Ledger.of([], [], contacts)
    while found.days.size < signs:
        owner = dice.choice(contacts, signs - found.days.size, p=wanted / wanted.sum())
        day = TODAY - dice.integers(0, YEARS * 365, owner.size)
        found = Ledger.of(np.concatenate([found.owners, owner]), np.concatenate([found.days, day]), contacts)
    return found


def _one(contacts: int, signs: int) -> None:
    import resource

    ledger = made_up(contacts, signs)
    marks = [time.process_time()]
    model = adapted(ledger, TODAY)
    marks.append(time.process_time())
    rhythm(ledger, TODAY, model=model)
    marks.append(time.process_time())
    rhythm(ledger, TODAY - 90, model=model, detail=False)
    marks.append(time.process_time())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    steps = np.diff(marks)
    print(
        f"{contacts:>10}{ledger.days.size:>12}{steps[0]:>10.2f}{steps[1]:>10.2f}{steps[2]:>13.2f}{sum(steps):>10.2f}{peak:>10.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
