"""The network that is learned from: Keras' MobileNetV2 without classes, as Teachable Machine ships it."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .model import BLOCKS, Backbone, Layer, ModelSettings
from .tfjs_files import read_tfjs

_EPSILON = 1e-3
"""Of its batch norms."""
_PROCESSOR_BATCH = 16
"""A processor's caches hold no more."""
_COMPARED_WHEN_CLOSER = 16
"""Blocks whose maps a pupil still follows when its ending follows what the teacher sees in a larger picture."""


@dataclass(frozen=True)
class Lesson:
    """What the teacher sees in some views."""

    streams: list[Tensor]
    """What leaves its blocks and its last convolution, from the first on, [n, channels, h, w]"""
    pooled: list[Tensor]
    """The ending: means over the picture of what leaves block 17 and the last convolution, [n, channels]"""


def read_backbone(folder: Path) -> Backbone:
    """In evaluation mode. Raises ValueError if the files are no MobileNetV2 of Keras."""
    weights = read_tfjs(folder).weights
    try:
        backbone = Backbone(_settings(weights))
        for name, (layer, kernel, norm) in layer_names(backbone).items():
            _fill(layer, weights, f"{name}/{kernel}", norm)
    except KeyError as missing:
        raise ValueError(f"{folder} is no MobileNetV2 as Keras has them: {missing} is missing") from None
    return backbone.eval()


def layer_names(backbone: Backbone) -> dict[str, tuple[Layer, str, str]]:
    """Name of every convolution in Keras: the layer, the name of its weights, that of its batch norm."""
    named: dict[str, tuple[Layer, str, str]] = {"Conv1": (backbone.stem, "kernel", "bn_Conv1")}
    for number, block in enumerate(backbone.blocks, start=1):
        prefix = _prefix(number)
        parts = {"expand": block.expand, "depthwise": block.depthwise, "project": block.project}
        for part, layer in parts.items():
            if layer is not None:
                kernel = "depthwise_kernel" if part == "depthwise" else "kernel"
                named[f"{prefix}_{part}"] = (layer, kernel, f"{prefix}_{part}_BN")
    named["Conv_1"] = (backbone.last, "kernel", "Conv_1_bn")
    return named


def _prefix(number: int) -> str:
    return "expanded_conv" if number == 1 else f"block_{number - 1}"


def _settings(weights: dict[str, np.ndarray]) -> ModelSettings:
    def width(name: str) -> int:
        return int(weights[f"{name}/kernel"].shape[3])

    numbers = range(1, BLOCKS + 1)
    return ModelSettings(
        False, width("Conv1"), tuple(width(f"{_prefix(n)}_project") for n in numbers),
        tuple(width(f"{_prefix(n)}_expand") for n in numbers[1:]), width("Conv_1"), 1,
    )


@torch.no_grad()
def _fill(layer: Layer, weights: dict[str, np.ndarray], kernel: str, norm: str) -> None:
    order = (2, 3, 0, 1) if kernel.endswith("depthwise_kernel") else (3, 2, 0, 1)
    layer[0].weight.copy_(torch.from_numpy(weights[kernel].transpose(order).copy()))
    layer[1].eps = _EPSILON
    parts = {"weight": "gamma", "bias": "beta", "running_mean": "moving_mean",
             "running_var": "moving_variance"}
    for own, name in parts.items():
        getattr(layer[1], own).copy_(torch.from_numpy(weights[f"{norm}/{name}"].copy()))


class Teacher(nn.Module):
    """Read straight from TF.js files; nothing in it is trained."""

    def __init__(self, folder: Path, bfloat16: bool = False) -> None:
        """`bfloat16`: faster where the processor knows it (avx512_bf16), slow elsewhere, 1 % off."""
        super().__init__()
        self.backbone = read_backbone(folder).to(memory_format=torch.channels_last)
        self._bfloat16 = bfloat16

    @torch.no_grad()
    def lesson(self, images: Tensor, closer: Tensor | None) -> Lesson:
        """
        Of `images` [n, 3, h, w] in 0..1; float32 whatever the teacher computes in. `closer`: the same
        views with more pixels, of which it sees more (it was trained at 224 px). The ending is then the mean
        of what it says of these and of their mirror images, which is a better answer than either, and the
        maps that lead to it are left out.
        """
        streams = self._streams(images)
        if closer is None:
            return Lesson(streams, _means(streams))
        looks = [_means(self._streams(one)) for one in (closer, closer.flip(3))]
        return Lesson(streams[:_COMPARED_WHEN_CLOSER], [(a + b) / 2 for a, b in zip(*looks)])

    def _streams(self, images: Tensor) -> list[Tensor]:
        at_once = len(images) if images.is_cuda else _PROCESSOR_BATCH
        kind = "cuda" if images.is_cuda else "cpu"
        told: list[list[Tensor]] = []
        for part in (images * 2 - 1).split(at_once):
            part = part.contiguous(memory_format=torch.channels_last)
            with torch.autocast(kind, torch.bfloat16, enabled=self._bfloat16):
                told.append(self.backbone.maps(part)[0])
        return [torch.cat(parts).float().contiguous(memory_format=torch.channels_last)
                for parts in zip(*told)]


def _means(streams: list[Tensor]) -> list[Tensor]:
    return [one.mean((2, 3)) for one in streams[-2:]]
