"""Folds batch normalisation into the convolution before it."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn


@dataclass(frozen=True)
class Folded:
    """Weights as TensorFlow lays them out, float32."""

    weights: np.ndarray
    """[k, k, in, out], or [k, k, channels, 1] of a depthwise convolution"""
    bias: np.ndarray
    stride: int
    depthwise: bool


def folded(layer: nn.Sequential) -> Folded:
    """The convolution that gives what a convolution without bias and its batch norm give in evaluation."""
    conv, norm = layer[0], layer[1]
    assert isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d)
    if norm.running_mean is None or norm.running_var is None:
        raise ValueError("a batch norm without running statistics cannot be folded")
    gain = norm.weight.detach().double().cpu() / torch.sqrt(norm.running_var.double().cpu() + norm.eps)
    weights = conv.weight.detach().double().cpu() * gain[:, None, None, None]
    bias = norm.bias.detach().double().cpu() - norm.running_mean.double().cpu() * gain
    depthwise = conv.groups > 1
    order = (2, 3, 0, 1) if depthwise else (2, 3, 1, 0)
    return Folded(
        weights.permute(*order).contiguous().float().numpy(),
        bias.float().numpy(),
        conv.stride[0],
        depthwise,
    )
