"""Pictures made from numbers, for the smoke run where the real ones are absent."""
from __future__ import annotations

import numpy as np


def generated_pictures(count: int, side: int, classes: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """uint8 [count, side, side, 3] of stripes whose direction and pitch tell the class; int64 labels."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % classes
    y, x = np.mgrid[0:side, 0:side] / side
    pictures = np.empty((count, side, side, 3), np.uint8)
    for index, label in enumerate(labels):
        angle = np.pi * label / classes + rng.normal(0, 0.05)
        pitch = 3 + 2 * (label % 3) + rng.normal(0, 0.2)
        wave = np.sin(2 * np.pi * pitch * (x * np.cos(angle) + y * np.sin(angle)) + rng.uniform(0, 6))
        colour = rng.uniform(0.3, 1, 3)
        noise = rng.normal(0, 0.1, (side, side, 3))
        values = 0.5 + 0.4 * wave[..., None] * colour + noise
        pictures[index] = np.clip(255 * values, 0, 255).astype(np.uint8)
    return pictures, labels
