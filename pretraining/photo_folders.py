"""Photo sets as folders of class folders, decoded to squares of bytes. Only for judging."""
from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

_ENDINGS = {".jpg", ".jpeg", ".png"}


@dataclass(frozen=True)
class PhotoSet:
    name: str
    classes: tuple[str, ...]
    pixels: np.ndarray
    """uint8 [n, size, size, 3], class after class, file names in order."""
    labels: np.ndarray
    """int64 [n]"""


def square(path: Path, size: int) -> np.ndarray:
    """The middle square of a photo, scaled down without aliasing: byte for byte what the app does."""
    with Image.open(path) as photo:
        rgb = photo.convert("RGB")
    side = min(rgb.size)
    left, top = (rgb.width - side) // 2, (rgb.height - side) // 2
    middle = rgb.crop((left, top, left + side, top + side))
    return np.asarray(middle.resize((size, size), Image.Resampling.BILINEAR))


def photo_files(folder: Path) -> list[tuple[str, list[Path]]]:
    """Class names in order, each with its photos in order."""
    classes = sorted(one for one in folder.iterdir() if one.is_dir())
    return [
        (one.name, sorted(p for p in one.iterdir() if p.suffix.lower() in _ENDINGS))
        for one in classes
    ]


def read_photo_set(folder: Path, size: int, cache: Path | None) -> PhotoSet:
    classes = photo_files(folder)
    labels = np.concatenate([np.full(len(files), i) for i, (_, files) in enumerate(classes)])
    names = tuple(name for name, _ in classes)
    files = [file for _, group in classes for file in group]
    key = hashlib.sha256("\n".join(f"{f.parent.name}/{f.name}" for f in files).encode())
    kept = None if cache is None else cache / f"{folder.name}-{size}-{key.hexdigest()[:12]}.npy"
    if kept is not None and kept.exists():
        return PhotoSet(folder.name, names, np.load(kept), labels)
    pixels = np.stack([square(file, size) for file in files])
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, pixels)
    return PhotoSet(folder.name, names, pixels, labels)
