"""Folds batch normalisation into the convolution before it."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from .model import Layer


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
