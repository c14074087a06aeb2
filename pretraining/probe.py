"""The few-shot probe that judges backbones: `python3 -m pretraining.probe BACKBONE…`.

Logistic regression on standardised pooled features, a few photos a class, many resamples. A backbone
is a folder with a TF.js model or a PyTorch file; `--engine wasm` runs the folder in TF.js instead
of PyTorch, as the app does.
"""
from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from .few_shot import Score, few_shot, mean_of_sets
from .photo_folders import PhotoSet, read_photo_set
from .places import CACHE, PHOTOS

Scores = dict[str, dict[int, Score]]
"""Set name (or "mean") to photos a class to score."""


def probe(
    sets: list[PhotoSet], embed: Callable[[PhotoSet], np.ndarray], shots: list[int],
    resamples: int, seed: int,
) -> Scores:
    scores: Scores = {}
    for photos in sets:
        features = embed(photos)
        scores[photos.name] = {
            k: few_shot(photos.name, features, photos.labels, k, resamples, seed) for k in shots
        }
    scores["mean"] = {k: mean_of_sets([scores[one.name][k] for one in sets]) for k in shots}
    return scores


def table(named: dict[str, Scores]) -> str:
    """Markdown: one row a backbone and set, percent with the half-width of the 95 % interval."""
    shots = list(next(iter(named.values()))["mean"])
    lines = [
        "| backbone | set | " + " | ".join(str(k) for k in shots) + " |",
        "|---|---|" + "---|" * len(shots),
    ]
    for name, scores in named.items():
        for set_name, by_shots in scores.items():
            cells = [
                f"{100 * by_shots[k].mean:.1f} ± {100 * by_shots[k].half_width:.1f}" for k in shots
            ]
            lines.append(f"| {name} | {set_name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def as_json(named: dict[str, Scores]) -> str:
    return json.dumps(
        {
            name: {
                set_name: {
                    str(k): {"mean": score.mean, "half_width": score.half_width}
                    for k, score in by_shots.items()
                }
                for set_name, by_shots in scores.items()
            }
            for name, scores in named.items()
        },
        indent=2,
    )


def probe_source(
    source: Path, engine: str, size: int | None, set_names: list[str], shots: list[int],
    resamples: int, seed: int, photos: Path = PHOTOS, cache: Path | None = CACHE,
) -> Scores:
    """Probes one backbone on the named photo sets; features are kept in `cache`."""
    embed_set, side = _engine(source, engine, size, cache)
    pixels = None if cache is None else cache / "photos"
    sets = [read_photo_set(photos / name, side, pixels) for name in set_names]
    return probe(sets, embed_set, shots, resamples, seed)


def _engine(
    source: Path, engine: str, size: int | None, cache: Path | None
) -> tuple[Callable[[PhotoSet], np.ndarray], int]:
    if engine == "wasm":
        from .wasm_features import open_wasm

        wasm = open_wasm(source)
        if size is not None and size != wasm.size:
            raise SystemExit("--size cannot be changed with --engine wasm: the app has one size")
        return _kept(wasm.embed, f"{wasm.key}-wasm", wasm.size, cache), wasm.size
    import torch

    from .backbones import embed_pixels, open_backbone

    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    backbone = open_backbone(source, device, size)

    def embed(pixels: np.ndarray) -> np.ndarray:
        return embed_pixels(backbone, pixels, device)

    return _kept(embed, f"{backbone.key}-torch", backbone.size, cache), backbone.size


def _kept(
    embed: Callable[[np.ndarray], np.ndarray], key: str, size: int, cache: Path | None
) -> Callable[[PhotoSet], np.ndarray]:
    def embed_set(photos: PhotoSet) -> np.ndarray:
        if cache is None:
            return embed(photos.pixels)
        file = cache / "features" / f"{key}-{size}-{photos.name}-{len(photos.labels)}.npy"
        if file.exists():
            kept: np.ndarray = np.load(file)
            return kept
        features = embed(photos.pixels)
        file.parent.mkdir(parents=True, exist_ok=True)
        np.save(file, features)
        return features

    return embed_set


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("backbones", nargs="+", type=Path)
    parser.add_argument("--engine", choices=("torch", "wasm"), default="torch")
    parser.add_argument("--size", type=int, help="side of the input; default: the backbone's own")
    parser.add_argument("--photos", type=Path, default=PHOTOS)
    parser.add_argument("--sets", nargs="+", help="default: every folder of --photos")
    parser.add_argument("--shots", nargs="+", type=int, default=[5, 20, 60])
    parser.add_argument("--resamples", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--no-cache", action="store_true")
    return parser.parse_args()


def main() -> None:
    args = _arguments()
    if not args.photos.is_dir():
        raise SystemExit(f"The photo sets are not here ({args.photos}).")
    sets = args.sets or sorted(one.name for one in args.photos.iterdir() if one.is_dir())
    named: dict[str, Scores] = {}
    for source in args.backbones:
        started = time.monotonic()
        named[source.stem if source.is_file() else source.name] = probe_source(
            source, args.engine, args.size, sets, args.shots, args.resamples, args.seed,
            args.photos, None if args.no_cache else CACHE,
        )
        print(f"{source.name}: {time.monotonic() - started:.0f} s", file=sys.stderr)
    print(as_json(named) if args.json else table(named))


if __name__ == "__main__":
    main()
