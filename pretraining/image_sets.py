"""The training images: files of WebP pictures end to end, decoded once into plain bytes on disk."""
from __future__ import annotations

import hashlib
import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image


@dataclass(frozen=True)
class ImageSet:
    name: str
    pixels: np.ndarray
    """uint8 [n, side, side, 3], usually a memory map"""
    labels: np.ndarray
    """int64 [n], -1 where there is none"""

    @property
    def side(self) -> int:
        return int(self.pixels.shape[1])


def read_image_set(folder: Path, name: str, cache: Path) -> ImageSet:
    """Reads NAME.webps, NAME.offsets.npy, NAME.labels.npy. The first time decodes all into `cache`."""
    offsets = np.load(folder / f"{name}.offsets.npy")
    labels = np.load(folder / f"{name}.labels.npy").astype(np.int64)
    key = hashlib.sha256(offsets.tobytes()).hexdigest()[:12]
    kept = cache / f"{name}-{key}.npy"
    if not kept.exists():
        _decode(folder / f"{name}.webps", offsets, kept)
    pixels = np.load(kept, mmap_mode="r")
    if len(pixels) != len(labels):
        raise ValueError(f"{name}: {len(pixels)} pictures, {len(labels)} labels")
    return ImageSet(name, pixels, labels)


def _decode(file: Path, offsets: np.ndarray, kept: Path) -> None:
    blob = np.memmap(file, np.uint8, "r")
    count = len(offsets) - 1
    side = _picture(blob, offsets, 0).width
    kept.parent.mkdir(parents=True, exist_ok=True)
    # Under another name until it is whole: a half-decoded file must not be taken for a set, and another
    # process may be decoding the same one.
    draft = kept.with_suffix(f".{os.getpid()}.draft")
    pixels = np.lib.format.open_memmap(draft, "w+", np.uint8, (count, side, side, 3))
    for index in range(count):
        picture = _picture(blob, offsets, index)
        if picture.size != (side, side):
            picture = picture.resize((side, side), Image.Resampling.BILINEAR)
        pixels[index] = np.asarray(picture)
    pixels.flush()
    del pixels
    draft.rename(kept)
    print(f"decoded {count} pictures of {file.name}", file=sys.stderr)


def _picture(blob: np.ndarray, offsets: np.ndarray, index: int) -> Image.Image:
    encoded = blob[int(offsets[index]) : int(offsets[index + 1])].tobytes()
    return Image.open(io.BytesIO(encoded)).convert("RGB")


def write_image_set(folder: Path, name: str, pixels: np.ndarray, labels: np.ndarray) -> None:
    """The opposite of `read_image_set`, for own pictures and for tests."""
    folder.mkdir(parents=True, exist_ok=True)
    offsets = [0]
    with (folder / f"{name}.webps").open("wb") as file:
        for picture in pixels:
            offsets.append(offsets[-1] + _write_webp(file, picture))
    np.save(folder / f"{name}.offsets.npy", np.array(offsets, np.uint32))
    np.save(folder / f"{name}.labels.npy", labels.astype(np.int16))


def _write_webp(file: io.BufferedWriter, picture: np.ndarray) -> int:
    encoded = io.BytesIO()
    Image.fromarray(picture).save(encoded, "WEBP", lossless=True)
    return file.write(encoded.getvalue())
