"""The few-shot trial: how often a linear head is right after k photos a class. Needs numpy only."""
from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from .logistic import predict_few_shot


@dataclass(frozen=True)
class Score:
    """Accuracies over resamples, each in 0..1: same photos and same draws for every backbone."""

    accuracies: tuple[float, ...]

    @property
    def mean(self) -> float:
        return float(np.mean(self.accuracies))

    @property
    def half_width(self) -> float:
        """Of the 95 % interval of the mean over the luck of the draw (not over other photo sets)."""
        if len(self.accuracies) < 2:
            return float("nan")
        return float(1.96 * np.std(self.accuracies, ddof=1) / np.sqrt(len(self.accuracies)))


def few_shot(
    name: str, features: np.ndarray, labels: np.ndarray, shots: int, resamples: int, seed: int
) -> Score:
    """Trains on `shots` photos of each class, tests on all others; accuracy averaged over classes."""
    classes = int(labels.max()) + 1
    accuracies: list[float] = []
    for resample in range(resamples):
        # The draw depends on the set's name, not on which other sets are probed beside it.
        rng = np.random.default_rng([seed, zlib.crc32(name.encode()), shots, resample])
        train: list[int] = []
        for label in range(classes):
            members = np.flatnonzero(labels == label)
            if len(members) <= shots:
                raise ValueError(f"{name}: a class of {len(members)} photos, {shots} to train on")
            train.extend(rng.choice(members, shots, replace=False))
        rest = np.setdiff1d(np.arange(len(labels)), train)
        predicted = predict_few_shot(features[train], labels[train], features[rest], classes)
        right = predicted == labels[rest]
        accuracies.append(float(np.mean([right[labels[rest] == c].mean() for c in range(classes)])))
    return Score(tuple(accuracies))


def mean_of_sets(scores: list[Score]) -> Score:
    """Resample r of the mean is the mean of every set's resample r; draws are independent."""
    return Score(tuple(float(np.mean(one)) for one in zip(*(s.accuracies for s in scores))))
