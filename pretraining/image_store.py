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
    side_by_side: bool
    """Whether each is four pictures side by side."""


_NONE = -1


class ImageStore:
    """A view is one picture, or four of one set side by side: a row of four numbers, -1 where none is."""

    def __init__(
        self, sets: list[ImageSet], repeats: dict[str, int], mosaics: dict[str, float],
        hold_back_every: int, seed: int, device: torch.device,
    ) -> None:
        """`mosaics`: share of a set's views that are four pictures."""
        self._sets = sets
        self._seed = seed
        self._device = device
        self._starts = np.cumsum([0] + [len(one.labels) for one in sets])
        everything = np.arange(self._starts[-1])
        held = everything % hold_back_every == hold_back_every - 1
        self.held_back = _singles(everything[held])
        self._pools = [
            np.repeat(own[~held[own]], repeats[one.name])
            for one, own in zip(sets, np.split(everything, self._starts[1:-1]))
        ]
        self._shares = [mosaics.get(one.name, 0.0) for one in sets]
        self._order: tuple[int, np.ndarray] = (-1, everything)
        self._labels = np.concatenate([one.labels for one in sets])
        self._resident = self._move_to_device() if device.type == "cuda" else None
        self.per_epoch = len(self._views(0))

    def batch(self, first_view: int, count: int) -> list[Pictures]:
        """Views `first_view` … of the endless sequence of shuffled epochs."""
        wanted: list[np.ndarray] = []
        while count > 0:
            epoch, at = divmod(first_view, self.per_epoch)
            part = self._views(epoch)[at : at + count]
            wanted.append(part)
            first_view += len(part)
            count -= len(part)
        return self.pictures(np.concatenate(wanted))

    def pictures(self, views: np.ndarray) -> list[Pictures]:
        """Grouped by size, because pictures of different sizes cannot be one array."""
        which = np.searchsorted(self._starts, views[:, 0], "right") - 1
        fours = views[:, 1] != _NONE
        sides = np.array([one.side for one in self._sets])[which]
        groups: list[Pictures] = []
        for side, four in sorted({*zip(sides.tolist(), fours.tolist())}):
            here = (sides == side) & (fours == four)
            if not four:
                indices = views[here, 0]
                labels = torch.from_numpy(self._labels[indices])
                pixels = self._pixels(indices, which[here])
                groups.append(Pictures(pixels, labels.to(self._device), False))
                continue
            pixels = self._pixels(views[here].ravel(), np.repeat(which[here], 4))
            rows = pixels.view(-1, 2, 2, side, side, 3).transpose(2, 3)
            labels = torch.full((int(here.sum()),), -1, device=self._device)
            groups.append(Pictures(rows.reshape(-1, 2 * side, 2 * side, 3), labels, True))
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

    def _views(self, epoch: int) -> np.ndarray:
        """[per_epoch, 4], in the order of this epoch."""
        if self._order[0] != epoch:
            rng = np.random.default_rng([self._seed, epoch])
            views: list[np.ndarray] = []
            for pool, share in zip(self._pools, self._shares):
                pictures = rng.permutation(pool)
                # Every picture is seen once; of x single ones and y fours, y / (x + y) is the share.
                end = 4 * int(len(pool) * share / (1 + 3 * share))
                views += [pictures[:end].reshape(-1, 4), _singles(pictures[end:])]
            self._order = (epoch, rng.permutation(np.concatenate(views)))
        return self._order[1]

    def _move_to_device(self) -> list[Tensor] | None:
        """Bytes of all sets on the accelerator, or None if they would fill it."""
        needed = sum(one.pixels.nbytes for one in self._sets)
        free, _total = torch.cuda.mem_get_info(self._device)
        if needed > _SHARE_OF_MEMORY * free:
            return None
        return [torch.from_numpy(np.array(one.pixels)).to(self._device) for one in self._sets]


def _singles(indices: np.ndarray) -> np.ndarray:
    views = np.full((len(indices), 4), _NONE)
    views[:, 0] = indices
    return views
