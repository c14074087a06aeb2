"""Draws a run's losses as an SVG: `python3 -m pretraining.plot_log RUN/log.jsonl OUT.svg`."""
from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import Any

from .run_log import read_log

_WIDTH, _HEIGHT, _MARGIN = 900, 420, 56
_COLOURS = {"step": "#0072b2", "held back": "#d55e00"}


def plot(lines: list[dict[str, Any]]) -> str:
    """Loss (logarithmic) against views; phases are told apart by vertical lines."""
    curves = {
        kind: [(one["views"], one["loss"]) for one in lines if one["kind"] == kind and one["loss"] > 0]
        for kind in _COLOURS
    }
    points = [point for curve in curves.values() for point in curve]
    if not points:
        raise SystemExit("The log holds no losses.")
    right = max(x for x, _ in points)
    low = math.log10(min(y for _, y in points))
    high = math.log10(max(y for _, y in points))
    span = max(high - low, 1e-6)

    def place(views: float, loss: float) -> tuple[float, float]:
        x = _MARGIN + (_WIDTH - 2 * _MARGIN) * views / max(right, 1)
        y = _MARGIN + (_HEIGHT - 2 * _MARGIN) * (high - math.log10(loss)) / span
        return x, y

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="13">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
    ]
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        loss = 10 ** (low + share * span)
        _, y = place(0, loss)
        parts.append(f'<path d="M{_MARGIN} {y:.1f}H{_WIDTH - _MARGIN}" stroke="#ddd"/>')
        parts.append(f'<text x="{_MARGIN - 6}" y="{y + 4:.1f}" text-anchor="end">{loss:.3g}</text>')
    steps = [one for one in lines if one["kind"] == "step"]
    for before, after in zip(steps, steps[1:]):
        if before["phase"] != after["phase"]:
            x, _ = place(after["views"], 10**low)
            parts.append(f'<path d="M{x:.1f} {_MARGIN}V{_HEIGHT - _MARGIN}" stroke="#999" '
                         'stroke-dasharray="4"/>')
            parts.append(f'<text x="{x + 4:.1f}" y="{_MARGIN - 6}">{after["phase"]}</text>')
    for row, (kind, curve) in enumerate(curves.items()):
        if curve:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*one) for one in curve))
            colour = _COLOURS[kind]
            parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
            parts.append(f'<text x="{_WIDTH - _MARGIN}" y="{20 + 18 * row}" text-anchor="end" '
                         f'fill="{colour}">{"training" if kind == "step" else kind}</text>')
    parts.append(f'<text x="{_WIDTH - _MARGIN}" y="{_HEIGHT - 16}" text-anchor="end">'
                 f"{right:,} views</text></svg>")
    return "\n".join(parts) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("log", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    args.out.write_text(plot(read_log(args.log)), encoding="utf-8")


if __name__ == "__main__":
    main()
