"""The built-in backbone: MobileNetV2's blocks (Sandler et al. 2018), thin inside, with its full stream.

What leaves the blocks is as wide as in MobileNetV2 1.0, so each block can be compared with the teacher's
number by number, and can even be trained apart from the others on what reaches the teacher's. What is
saved is inside the blocks, which are about a third as wide.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .tfjs_graph import same_convolution

STREAMS = (16, 24, 24, 32, 32, 32, 64, 64, 64, 64, 96, 96, 96, 160, 160, 160, 320)
"""Channels that leave blocks 1 to 17 (table 2 of the paper)."""
STRIDES = (1, 2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1)
BLOCKS = len(STREAMS)

MAP_SCALE = 0.25
"""What the feature map is multiplied with, exact in binary: embeddings are then about as long as those of
other MobileNets, and a head learns from both at the same rates."""


@dataclass(frozen=True)
class ModelSettings:
    stem: int
    """Channels of the first convolution."""
    hidden: tuple[int, ...]
    """Channels inside blocks 2 to 17; block 1 does not expand."""
    classes: int

    def __post_init__(self) -> None:
        if len(self.hidden) != BLOCKS - 1:
            raise ValueError(f"{len(self.hidden)} widths for blocks 2 to {BLOCKS}")

    @property
    def embedding(self) -> int:
        """Numbers in the embedding: the stream that reaches block 17, and the inside of block 17."""
        return STREAMS[-2] + self.hidden[-1]


@dataclass(frozen=True)
class Output:
    streams: list[Tensor]
    """What leaves blocks 1 to 17, [n, channels, h, w]"""
    feature_map: Tensor
    """[n, embedding, h, w]"""
    embedding: Tensor
    """[n, embedding], the mean of the map"""
    logits: Tensor
    """[n, classes]; nothing that they learn reaches the rest of the network"""


class _CoarseRelu6(torch.autograd.Function):
    """
    Lets gradients pass where 6 was reached, which is rare: PyTorch 1.13 has no backward pass of relu6 for
    bfloat16 on a processor, and one put together from comparisons takes longer than the convolutions.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:  # type: ignore[override]
        y = F.hardtanh(x, 0.0, 6.0)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:  # type: ignore[override]
        (y,) = ctx.saved_tensors
        return torch.ops.aten.threshold_backward(gradient, y, 0.0)


class Relu6(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        if x.dtype == torch.bfloat16 and x.device.type == "cpu" and x.requires_grad:
            return _CoarseRelu6.apply(x)
        return F.relu6(x, inplace=True)


class Convolution(nn.Conv2d):
    """Pads as TensorFlow's "SAME" does, so that every place is the same place in the teacher."""

    def forward(self, x: Tensor) -> Tensor:
        return same_convolution(x, self.weight, None, self.stride[0], self.groups)


def _layer(
    inputs: int, outputs: int, size: int, stride: int = 1, groups: int = 1, active: bool = True
) -> nn.Sequential:
    parts: list[nn.Module] = [
        Convolution(inputs, outputs, size, stride, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
    ]
    return nn.Sequential(*parts, *([Relu6()] if active else []))


class Block(nn.Module):
    """Inverted residual: expand 1x1, depthwise 3x3, project 1x1 without activation."""

    def __init__(self, inputs: int, outputs: int, hidden: int | None, stride: int) -> None:
        """`hidden` None: nothing is expanded, as in block 1, which does not add its input either."""
        super().__init__()
        self.expand = None if hidden is None else _layer(inputs, hidden, 1)
        inside = hidden or inputs
        self.depthwise = _layer(inside, inside, 3, stride, inside)
        self.project = _layer(inside, outputs, 1, active=False)
        self.adds = hidden is not None and stride == 1 and inputs == outputs

    def inside(self, x: Tensor) -> Tensor:
        """Up to the projection."""
        return self.depthwise(x if self.expand is None else self.expand(x))

    def leave(self, x: Tensor, inside: Tensor) -> Tensor:
        y: Tensor = self.project(inside)
        return x + y if self.adds else y

    def forward(self, x: Tensor) -> Tensor:
        return self.leave(x, self.inside(x))


class Backbone(nn.Module):
    """Block 17's projection only serves to learn: what is exported ends before it."""

    def __init__(self, settings: ModelSettings) -> None:
        super().__init__()
        self.settings = settings
        self.stem = _layer(3, settings.stem, 3, 2)
        blocks = [Block(settings.stem, STREAMS[0], None, STRIDES[0])]
        for number in range(1, BLOCKS):
            blocks.append(Block(
                STREAMS[number - 1], STREAMS[number], settings.hidden[number - 1], STRIDES[number]
            ))
        self.blocks = nn.ModuleList(blocks)
        self.classifier = nn.Linear(settings.embedding, settings.classes)
        self._initialise()

    def _initialise(self) -> None:
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                kind = "fan_in" if module.groups == 1 else "fan_out"
                nn.init.kaiming_normal_(module.weight, mode=kind)
        nn.init.zeros_(self.classifier.weight)
        nn.init.zeros_(self.classifier.bias)

    def apart(self, number: int, x: Tensor) -> Tensor:
        """What leaves block `number`, counted from 1, when `x` reaches it; block 1 brings the stem along."""
        return self.blocks[number - 1](self.stem(x) if number == 1 else x)

    def forward(self, images: Tensor) -> Output:
        """`images` [n, 3, h, w] in [-1, 1]."""
        x = self.stem(images)
        streams: list[Tensor] = []
        for block in self.blocks[:-1]:
            x = block(x)
            streams.append(x)
        last = self.blocks[-1]
        inside = last.inside(x)
        streams.append(last.leave(x, inside))
        feature_map = MAP_SCALE * torch.cat([x, inside], 1)
        embedding = feature_map.mean((2, 3))
        return Output(streams, feature_map, embedding, self.classifier(embedding.detach()))


def from_state(state: dict[str, Tensor]) -> Backbone:
    """A backbone of the shape that a state dict has. Raises KeyError if it is none of ours."""
    hidden = [state[f"blocks.{n}.depthwise.0.weight"].shape[0] for n in range(1, BLOCKS)]
    settings = ModelSettings(
        state["stem.0.weight"].shape[0], tuple(hidden), state["classifier.weight"].shape[0]
    )
    backbone = Backbone(settings)
    backbone.load_state_dict(state)
    return backbone
