"""What a step minimises: the distance from what the teacher's blocks give, and labels where there are some.

Teaching block by block on the teacher's own maps follows Li et al. 2020 (arXiv 1911.13053).
"""
from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from .model import Backbone, Output
from .settings import Phase
from .teacher import Lesson

_LEAST_VARIANCE = 1e-4


def blocks_apart(pupil: Backbone, images: Tensor, wanted: list[Tensor]) -> dict[str, Tensor]:
    """Each block's error on what reaches the teacher's, summed; `images` [n, 3, h, w] in [-1, 1]."""
    errors: list[Tensor] = []
    reaches = images
    for number, stream in enumerate(wanted, start=1):
        if number < pupil.first_compared:
            continue
        own = pupil.apart(number, reaches)
        scale = _scale(number, wanted, stream)
        if pupil.adds(number):
            # Half of the error is a share of what the block adds, which may be little beside the stream.
            scale = 0.5 * scale + 0.5 * _variance(stream - reaches)
        errors.append(_relative_error(own, stream, scale))
        reaches = stream
    return {"apart": torch.stack(errors).sum()}


def blocks_chained(
    output: Output, lesson: Lesson, spread: list[Tensor], phase: Phase
) -> dict[str, Tensor]:
    """
    Weighted parts. `streams` is the sum over the maps, each a share of the variance of its channels;
    `pooled` that over the means of the last two, each a share of `spread`: the variances of these means over
    many pictures. A batch's own would be 0 for channels that few pictures speak to.
    """
    errors = [
        _relative_error(own, target, _scale(number, output.streams, target))
        for number, (own, target) in enumerate(zip(output.streams, lesson.streams), start=1)
        if number >= output.first_compared
    ]
    means = [
        _relative_error(own.mean((2, 3)), target, variance)
        for own, target, variance in zip(output.streams[-2:], lesson.pooled, spread, strict=True)
    ]
    return {
        "streams": phase.streams * torch.stack(errors).sum(),
        "pooled": phase.pooled * torch.stack(means).sum(),
    }


def label_loss(output: Output, labels: Tensor, weight: float) -> Tensor | None:
    """Cross-entropy of the pictures that have a label; None without any."""
    known = labels >= 0
    if weight <= 0 or not bool(known.any()):
        return None
    return weight * F.cross_entropy(output.logits[known].float(), labels[known])


def total(parts: dict[str, Tensor]) -> Tensor:
    return torch.stack(list(parts.values())).sum()


def _relative_error(own: Tensor, target: Tensor, scale: Tensor) -> Tensor:
    """Mean over the channels, which come second."""
    error = (own.float() - target).square()
    return (error.mean([axis for axis in range(error.dim()) if axis != 1]) / scale).mean()


def _variance(target: Tensor) -> Tensor:
    return target.var((0, 2, 3), unbiased=False).clamp(min=_LEAST_VARIANCE)


def _scale(number: int, streams: list[Tensor], target: Tensor) -> Tensor:
    """By channel. In the last map, behind ReLU6, some are 0 almost everywhere: by half as all others."""
    variance = _variance(target)
    return variance if number < len(streams) else 0.5 * variance + 0.5 * variance.mean()
