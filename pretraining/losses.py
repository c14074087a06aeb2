"""What a step minimises: the distance from what the teacher's blocks give, and labels where there are some.

Teaching block by block on the teacher's own maps follows Li et al. 2020 (arXiv 1911.13053); the divergence
of classes follows Hinton et al. 2015 (arXiv 1503.02531).
"""
from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from .model import Backbone, Output
from .settings import LossSettings
from .teacher import Lesson, Teacher

_LEAST_VARIANCE = 1e-4


def blocks_apart(pupil: Backbone, images: Tensor, wanted: list[Tensor]) -> dict[str, Tensor]:
    """Each block's error on what reaches the teacher's, summed; `images` [n, 3, h, w] in [-1, 1]."""
    errors: list[Tensor] = []
    reaches = images
    for number, stream in enumerate(wanted, start=1):
        own = pupil.apart(number, reaches)
        scale = _variance(stream, (0, 2, 3))
        if pupil.blocks[number - 1].adds:
            # Half of the error is a share of what the block adds, which may be little beside the stream.
            scale = 0.5 * scale + 0.5 * _variance(stream - reaches, (0, 2, 3))
        errors.append(_relative_error(own, stream, scale, (0, 2, 3)))
        reaches = stream
    return {"apart": torch.stack(errors).sum()}


def blocks_chained(
    output: Output, lesson: Lesson, teacher: Teacher, settings: LossSettings
) -> dict[str, Tensor]:
    """Weighted parts. `streams` is the sum over the blocks, each a share of the variance of its channels."""
    errors = [
        _relative_error(own, target, _variance(target, (0, 2, 3)), (0, 2, 3))
        for own, target in zip(output.streams, lesson.streams, strict=True)
    ]
    pooled: list[Tensor] = []
    for own, target in zip(output.streams[-2:], lesson.endings, strict=True):
        mean = target.mean((2, 3))
        pooled.append(_relative_error(own.mean((2, 3)), mean, _variance(mean, (0,)), (0,)))
    heat = settings.temperature
    with torch.no_grad():
        likely = F.softmax(teacher.scores(lesson.endings[-1]) / heat, 1)
    guessed = F.log_softmax(teacher.scores(output.streams[-1]) / heat, 1)
    return {
        "streams": settings.streams * torch.stack(errors).sum(),
        "pooled": settings.pooled * torch.stack(pooled).sum(),
        "classes": settings.classes * heat**2 * F.kl_div(guessed, likely, reduction="batchmean"),
    }


def label_loss(output: Output, labels: Tensor, settings: LossSettings) -> Tensor | None:
    """Cross-entropy of the pictures that have a label; None without any."""
    known = labels >= 0
    if settings.labels <= 0 or not bool(known.any()):
        return None
    return settings.labels * F.cross_entropy(output.logits[known].float(), labels[known])


def total(parts: dict[str, Tensor]) -> Tensor:
    return torch.stack(list(parts.values())).sum()


def _relative_error(own: Tensor, target: Tensor, scale: Tensor, over: tuple[int, ...]) -> Tensor:
    return ((own.float() - target).square().mean(over) / scale).mean()


def _variance(target: Tensor, over: tuple[int, ...]) -> Tensor:
    return target.var(over, unbiased=False).clamp(min=_LEAST_VARIANCE)
