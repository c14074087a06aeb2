"""Keeps what the last blocks are taught with: `python3 -m pretraining.store_maps --view 0`.

Of every picture's view: the map that reaches the first layer to be trained, and the teacher's
embedding, both float16. Files of a folder of their own; a run that was stopped goes on after its last
whole file.
"""
from __future__ import annotations

import argparse
import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .augment import crop, recolour
from .backbones import load_state
from .image_sets import ImageSet, read_image_set
from .late_settings import LateSettings, ViewSettings, read_late_settings
from .model import from_state
from .places import CACHE
from .settings import from_checkout
from .teacher import Teacher

SETTINGS = Path(__file__).with_name("late.toml")
# Few enough for the processor's caches, which other programs want, too.
_BATCH = 16
_FIRST_CROP_SEED = 100
_FIRST_COLOUR_SEED = 200


@dataclass(frozen=True)
class StoredMaps:
    maps: np.ndarray
    """float16 [n, side, side, channels]"""
    embeddings: np.ndarray
    """float32 [n, width] of the teacher"""
    held_back: np.ndarray
    """bool [n]"""


def maps_folder(settings: LateSettings) -> Path:
    """Changes with everything that changes the numbers."""
    parts = (settings.seed, settings.first_layer, settings.size, settings.views, settings.teacher)
    digest = hashlib.sha256(repr(parts).encode())
    digest.update(from_checkout(settings.start).read_bytes())
    return CACHE / "maps" / digest.hexdigest()[:12]


def boxes_of_view(view: int, count: int, settings: ViewSettings) -> np.ndarray:
    """float32 [count, 2, 3], as `augment.Views.boxes`; half of the crops are mirrored."""
    if view == 0:
        return np.tile(np.array([[1, 0, 0], [0, 1, 0]], np.float32), (count, 1, 1))
    rng = np.random.default_rng(_FIRST_CROP_SEED + view)
    area = rng.uniform(settings.smallest_crop, settings.largest_crop, count)
    stretch = np.exp(rng.uniform(-1, 1, count) * np.log(settings.largest_stretch) / 2)
    width = np.minimum(1, np.sqrt(area) * stretch)
    height = np.minimum(1, np.sqrt(area) / stretch)
    left = rng.uniform(-1, 1, count) * (1 - width)
    top = rng.uniform(-1, 1, count) * (1 - height)
    flip = np.where(rng.random(count) < 0.5, -1, 1)
    zero = np.zeros(count)
    across = np.stack([width * flip, zero, left], 1)
    down = np.stack([zero, height, top], 1)
    return np.stack([across, down], 1).astype(np.float32)


def colours_of_view(view: int, count: int, settings: ViewSettings) -> np.ndarray:
    """float32 [count, 3], as `augment.Views.colour`; whole pictures keep theirs."""
    if view == 0:
        return np.ones((count, 3), np.float32)
    rng = np.random.default_rng(_FIRST_COLOUR_SEED + view)
    strengths = np.array([settings.brightness, settings.contrast, settings.saturation])
    return (1 + strengths * rng.uniform(-1, 1, (count, 3))).astype(np.float32)


class Pictures:
    """All sets as one, in an order that depends on the seed alone."""

    def __init__(self, sets: list[ImageSet], most_of_a_set: int, seed: int) -> None:
        self._pixels = [one.pixels for one in sets]
        self._starts = np.cumsum([0] + [len(one.labels) for one in sets])
        order = np.random.default_rng(seed).permutation(self._starts[-1])
        which = np.searchsorted(self._starts, order, "right") - 1
        # The first ones in an order made by chance, because sets may be sorted by class.
        kept = [np.flatnonzero(which == number)[:most_of_a_set] for number in range(len(sets))]
        self._order = order[np.sort(np.concatenate(kept))]

    def __len__(self) -> int:
        return len(self._order)

    def crops(self, places: np.ndarray, boxes: np.ndarray, size: int) -> Tensor:
        """[n, 3, size, size] in 0..1"""
        indices = self._order[places]
        which = np.searchsorted(self._starts, indices, "right") - 1
        cut = torch.empty(len(places), 3, size, size)
        sides = np.array([pixels.shape[1] for pixels in self._pixels])[which]
        for side in np.unique(sides):  # pictures of different sizes cannot be one array
            here = np.flatnonzero(sides == side)
            chosen = np.stack([self._pixels[which[n]][indices[n] - self._starts[which[n]]] for n in here])
            cut[here] = crop(torch.from_numpy(chosen), torch.from_numpy(boxes[places[here]]), size)
        return cut


@torch.no_grad()
def store_view(settings: LateSettings, view: int, minutes: float | None = None) -> Path:
    """Goes through the pictures until all are done or the time is up."""
    end = None if minutes is None else time.monotonic() + 60 * minutes
    views, folder = settings.views, maps_folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    images = from_checkout(views.folder)
    sets = [read_image_set(images, name, CACHE / "images") for name in views.sets]
    pictures = Pictures(sets, views.most_of_a_set, settings.seed)
    boxes = boxes_of_view(view, len(pictures), views)
    colours = torch.from_numpy(colours_of_view(view, len(pictures), views))
    teacher = Teacher(from_checkout(settings.teacher.folder), settings.teacher.bfloat16).eval()
    trunk = from_state(load_state(from_checkout(settings.start)))
    trunk = trunk.to(memory_format=torch.channels_last).eval()
    for number, start in enumerate(range(0, len(pictures), views.pictures_a_file)):
        file = folder / f"view{view}-{number:03d}.npz"
        if file.exists():
            continue
        if end is not None and time.monotonic() >= end:
            break
        places = np.arange(start, min(len(pictures), start + views.pictures_a_file))
        embeddings, maps = [], []
        for at in range(0, len(places), _BATCH):
            here = places[at : at + _BATCH]
            seen = recolour(pictures.crops(here, boxes, settings.size), colours[here])
            large = F.interpolate(
                seen, size=(settings.teacher.size,) * 2, mode="bilinear", align_corners=False
            )
            embeddings.append(teacher(_last(large)).half().numpy())
            reached = trunk.before(_last(seen * 2 - 1), settings.first_layer)
            maps.append(reached.half().permute(0, 2, 3, 1).contiguous().numpy())
        draft = file.with_suffix(".draft.npz")
        np.savez(draft, e=np.concatenate(embeddings), m=np.concatenate(maps))
        draft.rename(file)
        print(f"view {view}: {places[-1] + 1} of {len(pictures)} pictures", flush=True)
    return folder


def _last(images: Tensor) -> Tensor:
    return images.contiguous(memory_format=torch.channels_last)


def read_maps(settings: LateSettings) -> StoredMaps:
    """Whatever has been stored so far. Raises SystemExit if that is nothing."""
    files = sorted(one for one in maps_folder(settings).glob("view*-*.npz") if ".draft" not in one.name)
    if not files:
        raise SystemExit("No maps are stored yet: run pretraining.store_maps first.")
    maps, embeddings, held = [], [], []
    for file in files:
        with np.load(file) as kept:
            maps.append(kept["m"])
            embeddings.append(kept["e"].astype(np.float32))
        held.append(np.full(len(maps[-1]), file.stem.endswith("-000")))
    return StoredMaps(np.concatenate(maps), np.concatenate(embeddings), np.concatenate(held))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--settings", type=Path, default=SETTINGS)
    parser.add_argument("--view", type=int, default=0)
    parser.add_argument("--minutes", type=float)
    args = parser.parse_args()
    print(store_view(read_late_settings(args.settings), args.view, args.minutes))


if __name__ == "__main__":
    main()
