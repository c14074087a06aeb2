"""All training images in one place, and which of them make up the batch of a step.

What a step sees depends on the seed and the step's number alone. That is why a run that was
interrupted goes on exactly as if it had not been: there is no state of a random generator to keep.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from .image_sets import ImageSet

# Share of the accelerator's free memory that the images may take.
_SHARE_OF_MEMORY = 0.5


@dataclass(frozen=True)
class Pictures:
    """Pictures of one batch that have one size."""

    pixels: Tensor
    """uint8 [n, side, side, 3] on the device"""
    labels: Tensor
    """int64 [n] on the device, -1 where there is none"""


class ImageStore:
    def __init__(
        self, sets: list[ImageSet], repeats: dict[str, int], hold_back_every: int,
        seed: int, device: torch.device,
    ) -> None:
        self._sets = sets
        self._seed = seed
        self._device = device
        self._starts = np.cumsum([0] + [len(one.labels) for one in sets])
        everything = np.arange(self._starts[-1])
        held = everything % hold_back_every == hold_back_every - 1
        self.held_back = everything[held]
        times = np.concatenate([np.full(len(s.labels), repeats[s.name]) for s in sets])
        self._pool = np.repeat(everything[~held], times[~held])
        self._permutation: tuple[int, np.ndarray] | None = None
        self._labels = np.concatenate([one.labels for one in sets])
        self._resident = self._move_to_device() if device.type == "cuda" else None

    @property
    def per_epoch(self) -> int:
        return len(self._pool)

    def batch(self, first_view: int, count: int) -> list[Pictures]:
        """Views `first_view` … of the endless sequence of shuffled epochs."""
        wanted: list[np.ndarray] = []
        while count > 0:
            epoch, at = divmod(first_view, self.per_epoch)
            part = self._order(epoch)[at : at + count]
            wanted.append(part)
            first_view += len(part)
            count -= len(part)
        return self.pictures(np.concatenate(wanted))

    def pictures(self, indices: np.ndarray) -> list[Pictures]:
        """Grouped by size, because pictures of different sizes cannot be one array."""
        which = np.searchsorted(self._starts, indices, "right") - 1
        sides = np.array([one.side for one in self._sets])[which]
        groups: list[Pictures] = []
        for side in np.unique(sides):
            here = sides == side
            labels = torch.from_numpy(self._labels[indices[here]]).to(self._device)
            groups.append(Pictures(self._pixels(indices[here], which[here]), labels))
        return groups

    def _pixels(self, indices: np.ndarray, which: np.ndarray) -> Tensor:
        if self._resident is not None:
            parts = [
                self._resident[s][torch.from_numpy(indices[which == s] - self._starts[s]).to(
                    self._device)]
                for s in np.unique(which)
            ]
            # Sorted by set here and by view below would pair pictures with others' labels.
            order = np.concatenate([np.flatnonzero(which == s) for s in np.unique(which)])
            back = torch.from_numpy(np.argsort(order)).to(self._device)
            return torch.cat(parts)[back]
        pixels = [self._sets[s].pixels[i - self._starts[s]] for i, s in zip(indices, which)]
        tensor = torch.from_numpy(np.stack(pixels))
        if self._device.type == "cuda":
            return tensor.pin_memory().to(self._device, non_blocking=True)
        return tensor

    def _order(self, epoch: int) -> np.ndarray:
        if self._permutation is None or self._permutation[0] != epoch:
            shuffled = np.random.default_rng([self._seed, epoch]).permutation(self._pool)
            self._permutation = (epoch, shuffled)
        return self._permutation[1]

    def _move_to_device(self) -> list[Tensor] | None:
        """Bytes of all sets on the accelerator, or None if they would fill it."""
        needed = sum(one.pixels.nbytes for one in self._sets)
        free, _total = torch.cuda.mem_get_info(self._device)
        if needed > _SHARE_OF_MEMORY * free:
            return None
        return [torch.from_numpy(np.array(one.pixels)).to(self._device) for one in self._sets]
