"""What a step minimises: agreement with the teacher, and labels where there are some."""
from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from .model import Output
from .settings import LossSettings
from .teacher import Teacher

# Least spread of a teacher's feature within a batch; rarely active features would explode otherwise.
_LEAST_SPREAD = 0.05


def distillation(
    pupil: Tensor, target: Tensor, teacher: Teacher, settings: LossSettings
) -> dict[str, Tensor]:
    """Weighted parts for embeddings [n, width] of pupil and teacher."""
    own, theirs = _standardised(pupil, target, (0,))
    parts: dict[str, Tensor] = {}
    if settings.embedding > 0:
        parts["embedding"] = settings.embedding * F.mse_loss(own, theirs)
    if settings.cosine > 0:
        parts["cosine"] = settings.cosine * (1 - F.cosine_similarity(own, theirs)).mean()
    if settings.logits > 0:
        heat = settings.temperature
        wanted = F.softmax(teacher.scores(target) / heat, 1)
        got = F.log_softmax(teacher.scores(pupil) / heat, 1)
        parts["logits"] = settings.logits * heat**2 * F.kl_div(got, wanted, reduction="batchmean")
    return parts


def between_maps(pupil: Tensor, target: Tensor) -> Tensor:
    """
    Squared distance of standardised maps [n, channels, h, w], place by place; the target is brought to
    the pupil's height and width.
    """
    if target.shape[2:] != pupil.shape[2:]:
        target = F.interpolate(target, pupil.shape[2:], mode="bilinear", align_corners=False)
    return F.mse_loss(*_standardised(pupil, target, (0, 2, 3)))


def _standardised(
    pupil: Tensor, target: Tensor, over: tuple[int, ...]
) -> tuple[Tensor, Tensor]:
    """Both, with the target's mean and spread over these dimensions as zero and one."""
    mean = target.mean(over, keepdim=True)
    spread = target.std(over, unbiased=False, keepdim=True).clamp(min=_LEAST_SPREAD)
    return (pupil - mean) / spread, (target - mean) / spread


def label_loss(
    output: Output, labels: Tensor, partner: Tensor, share: Tensor, settings: LossSettings
) -> Tensor | None:
    """Cross-entropy of the pictures that have a label (both, where two are mixed); None without any."""
    known = (labels >= 0) & (labels[partner] >= 0)
    if settings.labels <= 0 or not bool(known.any()):
        return None

    def against(which: Tensor) -> Tensor:
        return F.cross_entropy(
            output.logits[known].float(), which[known], reduction="none",
            label_smoothing=settings.label_smoothing,
        )

    part = share[known]
    both = part * against(labels) + (1 - part) * against(labels[partner])
    return settings.labels * both.mean()


def total(parts: dict[str, Tensor]) -> Tensor:
    return torch.stack(list(parts.values())).sum()
