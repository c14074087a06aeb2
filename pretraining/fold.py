"""Batch normalisation folded into the convolution before it; other layers as convolutions."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from .model import Deviation, Layer, window


@dataclass(frozen=True)
class Folded:
    """Weights as TensorFlow lays them out, float32."""

    weights: np.ndarray
    """[k, k, in, out], or [k, k, channels, 1] of a depthwise convolution"""
    bias: np.ndarray
    stride: int
    depthwise: bool


@torch.no_grad()
def folded(layer: Layer) -> Folded:
    """Computed in float64."""
    norm = layer[1]
    if norm.running_mean is None or norm.running_var is None:
        raise ValueError("a batch norm without running statistics cannot be folded")
    weights, bias = layer.folded(torch.float64)
    convolution = layer[0]
    depthwise = convolution.groups > 1
    order = (2, 3, 0, 1) if depthwise else (2, 3, 1, 0)
    return Folded(
        weights.cpu().permute(*order).contiguous().float().numpy(),
        bias.cpu().float().numpy(),
        convolution.stride[0],
        depthwise,
    )


def folded_deviation(deviation: Deviation) -> tuple[Folded, Folded]:
    """
    Depthwise convolutions of one pixel, which every format knows: behind ReLU the sum of the two is the
    deviation, upwards and downwards.
    """
    middle = deviation.middle.cpu().float().numpy()

    def one_way(gain: float) -> Folded:
        return Folded(np.full((1, 1, len(middle), 1), gain, np.float32), -gain * middle, 1, True)

    return one_way(deviation.scale), one_way(-deviation.scale * deviation.below)


def halving(channels: int, side: int) -> Folded:
    """Means of squares that do not overlap the map's edge, as a depthwise convolution ("VALID")."""
    k = window(side)
    weights = np.full((k, k, channels, 1), 1 / k**2, np.float32)
    return Folded(weights, np.zeros(channels, np.float32), 2, True)
