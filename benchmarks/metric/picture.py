"""Draw how true the chances came: the points that `run.py --points` kept, as an SVG.

    python benchmarks/metric/picture.py POINTS [--out FILE]

A dot per tenth of the chances and ledger: across what was said, up what came. Its area grows with how many it stands for.
The thick line is the mean over ledgers; on the diagonal all would be true.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
from measures import calibration_error

BINS = 10
SIDE, LEFT, TOP = 400, 70, 50  # of the square, and where it begins
LARGEST = 9.0  # radius
LEAST = 10  # parties in a dot
COLOURS = ("#1b6ca8", "#d1495b", "#2e8b57", "#8a5a9e", "#c77d0a", "#4a6fa5", "#00868b", "#7a7a7a", "#b0b000")


def main() -> None:
    """Read, draw, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("points", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[2] / "docs/explanation/reliability.svg")
    chosen = parser.parse_args()
    said: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with chosen.points.open() as lines:
        for row in csv.DictReader(lines):
            said[row["ledger"]].append((float(row["chance"]), float(row["came"])))
    chosen.out.write_text(drawn({name: np.array(pairs) for name, pairs in said.items()}))


def drawn(said: dict[str, np.ndarray]) -> str:
    """The picture. Each ledger is float64[n, 2], chance and what came of it."""
    parts, key = [], []
    middle: dict[int, list[tuple[float, float]]] = defaultdict(list)
    errors = []
    for number, (name, pairs) in enumerate(said.items()):
        chance, came = pairs[:, 0], pairs[:, 1]
        errors.append(calibration_error(chance, came > 0))
        colour = COLOURS[number % len(COLOURS)]
        place = np.minimum((chance * BINS).astype(int), BINS - 1)
        for inside in (np.flatnonzero(place == one) for one in range(BINS)):
            if inside.size < LEAST:
                continue
            x, y = float(chance[inside].mean()), float(came[inside].mean())
            middle[int(place[inside[0]])].append((x, y))
            radius = max(2.0, LARGEST * (inside.size / len(pairs)) ** 0.5)
            parts.append(f'<circle cx="{_x(x)}" cy="{_y(y)}" r="{radius:.1f}" fill="{colour}" fill-opacity="0.55"/>')
        height = TOP + 14 + 20 * number
        key.append(f'<circle cx="{LEFT + SIDE + 28}" cy="{height}" r="5" fill="{colour}"/>')
        key.append(f'<text x="{LEFT + SIDE + 40}" y="{height + 4}">{name} ({errors[-1]:.3f})</text>')
    means = [np.mean(middle[one], axis=0) for one in sorted(middle)]
    line = " ".join(f"{_x(x)},{_y(y)}" for x, y in means)
    height = TOP + 24 + 20 * len(said)
    key.append(f'<text x="{LEFT + SIDE + 23}" y="{height + 4}">mean error {np.mean(errors):.3f}</text>')
    ticks = [f'<text x="{_x(t / 5)}" y="{TOP + SIDE + 18}" text-anchor="middle">{20 * t} %</text>' for t in range(6)]
    ticks += [f'<text x="{LEFT - 8}" y="{_y(t / 5) + 4:.1f}" text-anchor="end">{20 * t} %</text>' for t in range(6)]
    frame = f'<rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#888"/>'
    diagonal = f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#888" stroke-dasharray="4 4"/>'
    size = f'width="{LEFT + SIDE + 230}" height="{TOP + SIDE + 60}" font-family="sans-serif" font-size="12"'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title">'
    return "\n".join([
        opening,
        '<title id="title">What was said, and what came of it, on ledgers the program had not seen</title>',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="{LEFT}" y="28" font-size="15">Of those given so much chance, so many came</text>',
        frame,
        diagonal,
        *ticks,
        *parts,
        f'<polyline points="{line}" fill="none" stroke="#222" stroke-width="2.5"/>',
        f'<text x="{LEFT + SIDE / 2}" y="{TOP + SIDE + 42}" text-anchor="middle">chance of a sign within the horizon</text>',
        f'<text x="18" y="{TOP + SIDE / 2}" text-anchor="middle" transform="rotate(-90 18 {TOP + SIDE / 2})">share that came</text>',
        *key,
        "</svg>",
        "",
    ])  # fmt: skip


def _x(share: float) -> str:
    return f"{LEFT + SIDE * share:.1f}"


def _y(share: float) -> float:
    return round(TOP + SIDE * (1.0 - share), 1)


if __name__ == "__main__":
    main()
