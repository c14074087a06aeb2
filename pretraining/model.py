"""The built-in backbone: MobileNetV2 (Sandler et al. 2018), of any widths.

It is as wide as the teacher wherever one block hands over to the next, so each block can be compared with
the teacher's number by number, and can even be trained apart from the others on what reaches the teacher's.
Only its beginning is another, cheaper one, which gives what the teacher's first two blocks give.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .tfjs_graph import same_convolution

STRIDES = (1, 2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1)
BLOCKS = len(STRIDES)
LAST = BLOCKS + 1
"""Number of the last convolution, where blocks are counted."""

STREAM_SCALE = 0.5
"""What block 17's numbers are multiplied with in the embedding, exact in binary: they vary the most, and a
head should not hear them alone."""


@dataclass(frozen=True)
class Spread:
    """Maps whose spread over a picture is a part of the embedding; see `Deviation`."""

    block: int
    inside: bool
    """Behind the block's depthwise convolution, or the last convolution before its activation; otherwise
    what leaves the block."""
    halved: bool
    """Their side is twice that of the feature map."""
    scale: float
    """Exact in binary: no part of the embedding is to drown the others."""
    below: float = 1.0
    """What places below the mean count, beside those above; exact in binary."""


SPREADS = (
    Spread(LAST, inside=True, halved=False, scale=0.25, below=0.375),
    Spread(8, inside=True, halved=True, scale=1.0),
    Spread(14, inside=True, halved=False, scale=1.0),
    Spread(16, inside=False, halved=False, scale=0.125),
    Spread(17, inside=False, halved=False, scale=0.25),
)
_TOLD_INSIDE = tuple(one.block for one in SPREADS if one.inside)


@dataclass(frozen=True)
class ModelSettings:
    halves_at_once: bool
    """
    A depthwise convolution of stride 2 stands in place of block 1, and block 2 no longer halves the side:
    what is dear in a large map is not done there.
    """
    stem: int
    """Channels of the first convolution."""
    streams: tuple[int, ...]
    """Channels that leave blocks 1 to 17."""
    hidden: tuple[int, ...]
    """Channels inside blocks 2 to 17; block 1 does not expand."""
    last: int
    """Channels of the last convolution."""
    classes: int

    def __post_init__(self) -> None:
        if (len(self.streams), len(self.hidden)) != (BLOCKS, BLOCKS - 1):
            raise ValueError(f"widths for {len(self.streams)} blocks and {len(self.hidden)} insides")
        if self.halves_at_once and self.streams[0] != self.stem:
            raise ValueError("a depthwise convolution gives as many channels as reach it")

    @property
    def spreads(self) -> tuple[int, ...]:
        """Channels of each of `SPREADS`."""
        outside = (*self.streams, self.last)
        inside = (self.stem, *self.hidden, self.last)
        return tuple((inside if one.inside else outside)[one.block - 1] for one in SPREADS)

    @property
    def embedding(self) -> int:
        """Numbers in the embedding: what leaves block 17, the spreads."""
        return self.streams[-1] + sum(self.spreads)


@dataclass(frozen=True)
class Output:
    streams: list[Tensor]
    """What leaves blocks 1 to 17 and the last convolution, [n, channels, h, w]"""
    first_compared: int
    """Number of the first that is the teacher's, too, counted from 1."""
    feature_map: Tensor
    """[n, embedding, h, w]"""
    embedding: Tensor
    """[n, embedding], the mean of the map"""
    logits: Tensor
    """[n, classes]; nothing that they learn reaches the rest of the network"""


class _Relu6(torch.autograd.Function):
    """
    PyTorch 1.13 has no backward pass of relu6 for bfloat16 on a processor, and one put together from
    comparisons takes longer than the convolutions.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:  # type: ignore[override]
        y = F.hardtanh(x, 0.0, 6.0)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:  # type: ignore[override]
        """Only strictly between 0 and 6 is this product above 0, in bfloat16 too."""
        (y,) = ctx.saved_tensors
        return torch.ops.aten.threshold_backward(gradient, y * (6.0 - y), 0.0)


class Relu6(nn.Module):
    def __init__(self, inplace: bool = True) -> None:
        super().__init__()
        self._inplace = inplace

    def forward(self, x: Tensor) -> Tensor:
        if x.dtype == torch.bfloat16 and x.device.type == "cpu" and x.requires_grad:
            return _Relu6.apply(x)
        return F.relu6(x, inplace=self._inplace)


class Convolution(nn.Conv2d):
    """Pads as Keras' MobileNetV2, so that every place is the same place in the teacher."""

    def forward(self, x: Tensor) -> Tensor:
        return padded_convolution(x, self.weight, None, self.stride[0], self.groups)


def begins_at_edge(side: int, stride: int) -> bool:
    """
    Whether nothing is added to a map: Keras adds a row and a column at its end only, and 3x3 windows with
    stride 2 over an odd side do not reach them. Everything else is "SAME" as in TensorFlow.
    """
    return stride == 2 and side % 2 == 1


def padded_convolution(
    x: Tensor, weights: Tensor, bias: Tensor | None, stride: int, groups: int
) -> Tensor:
    """A convolution with that padding; `x` is square."""
    if begins_at_edge(x.shape[2], stride):
        return F.conv2d(x, weights, bias, stride, 0, 1, groups)
    return same_convolution(x, weights, bias, stride, groups)


_MEMORY = 0.01


class Layer(nn.Sequential):
    """Convolution, batch norm, perhaps ReLU6. A norm in evaluation mode is folded into the convolution."""

    def __init__(
        self, inputs: int, outputs: int, size: int, stride: int = 1, groups: int = 1,
        active: bool = True,
    ) -> None:
        convolution = Convolution(inputs, outputs, size, stride, groups=groups, bias=False)
        parts: list[nn.Module] = [convolution, nn.BatchNorm2d(outputs)]
        super().__init__(*parts, *([Relu6()] if active else []))

    def forward(self, x: Tensor) -> Tensor:
        convolution, norm = self[0], self[1]
        if norm.training:
            return super().forward(x)
        weights, bias = self.folded(torch.float32)
        weights = weights.contiguous(memory_format=torch.channels_last)
        y = padded_convolution(x, weights, bias, convolution.stride[0], convolution.groups)
        return self[2](y) if len(self) > 2 else y

    def folded(self, kind: torch.dtype) -> tuple[Tensor, Tensor]:
        """Weights and bias of the one convolution that gives what both give in evaluation."""
        convolution, norm = self[0], self[1]
        gain = norm.weight.to(kind) / torch.sqrt(norm.running_var.to(kind) + norm.eps)
        weights = convolution.weight.to(kind) * gain[:, None, None, None]
        return weights, norm.bias.to(kind) - norm.running_mean.to(kind) * gain


class Block(nn.Module):
    """Inverted residual: expand 1x1, depthwise 3x3, project 1x1 without activation."""

    def __init__(self, inputs: int, outputs: int, hidden: int | None, stride: int) -> None:
        """`hidden` None: nothing is expanded, as in block 1, which does not add its input either."""
        super().__init__()
        self.expand = None if hidden is None else Layer(inputs, hidden, 1)
        inside = hidden or inputs
        self.depthwise = Layer(inside, inside, 3, stride, inside)
        self.project = Layer(inside, outputs, 1, active=False)
        self.adds = hidden is not None and stride == 1 and inputs == outputs

    def inside(self, x: Tensor) -> Tensor:
        """Behind the depthwise convolution."""
        y: Tensor = self.depthwise(x if self.expand is None else self.expand(x))
        return y

    def leave(self, x: Tensor, inside: Tensor) -> Tensor:
        y: Tensor = self.project(inside)
        return x + y if self.adds else y

    def forward(self, x: Tensor) -> Tensor:
        return self.leave(x, self.inside(x))


def window(side: int) -> int:
    """Side of the squares whose means halve a map as stride 2 does, rounded down, and leave nothing out."""
    return 3 if side % 2 == 1 else 2


class Deviation(nn.Module):
    """
    How far every place is from its channel's mean over many pictures. The mean of this over a picture tells,
    beside the mean of the channel itself, how much its places differ: a texture, or something small. With
    less weight for places `below` the mean it tells a part of the channel's mean, too, as ReLU does.
    """

    def __init__(self, channels: int, halved: bool, scale: float, below: float = 1.0) -> None:
        super().__init__()
        self.halved = halved
        self.scale = scale
        self.below = below
        self.middle: Tensor
        self.register_buffer("middle", torch.zeros(channels))

    @torch.no_grad()
    def forward(self, x: Tensor) -> Tensor:
        """In training the mean is followed as a batch norm follows its own; nothing learns from this."""
        if self.training:
            self.middle.lerp_(x.mean((0, 2, 3), dtype=torch.float32), _MEMORY)
        deviation = self.scale * F.leaky_relu(x - self.middle[:, None, None], -self.below)
        return F.avg_pool2d(deviation, window(x.shape[2]), 2) if self.halved else deviation


class Backbone(nn.Module):
    def __init__(self, settings: ModelSettings) -> None:
        super().__init__()
        self.settings = settings
        streams = settings.streams
        self.stem = Layer(3, settings.stem, 3, 2)
        blocks: list[nn.Module] = [
            Layer(settings.stem, streams[0], 3, 2, settings.stem) if settings.halves_at_once
            else Block(settings.stem, streams[0], None, STRIDES[0])
        ]
        for number in range(1, BLOCKS):
            stride = 1 if number == 1 and settings.halves_at_once else STRIDES[number]
            blocks.append(Block(
                streams[number - 1], streams[number], settings.hidden[number - 1], stride
            ))
        self.blocks = nn.ModuleList(blocks)
        self.last = Layer(streams[-1], settings.last, 1, active=False)
        self.cut = Relu6(inplace=False)
        self.spreads = nn.ModuleList(
            Deviation(channels, one.halved, one.scale, one.below)
            for one, channels in zip(SPREADS, settings.spreads)
        )
        self.classifier = nn.Linear(settings.embedding, settings.classes)
        self._initialise()

    def _initialise(self) -> None:
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                kind = "fan_in" if module.groups == 1 else "fan_out"
                nn.init.kaiming_normal_(module.weight, mode=kind)
        nn.init.zeros_(self.classifier.weight)
        nn.init.zeros_(self.classifier.bias)

    @property
    def first_compared(self) -> int:
        """Number of the first block that gives what the teacher's gives, counted from 1."""
        return 2 if self.settings.halves_at_once else 1

    def apart(self, number: int, x: Tensor) -> Tensor:
        """
        What leaves block `number`, counted from 1, when `x` reaches it; the first that is compared brings
        all before it along, and number 18 is the last convolution.
        """
        if number > BLOCKS:
            return self.cut(self.last(x))
        if number == self.first_compared:
            x = self.stem(x)
            for one in self.blocks[: number - 1]:
                x = one(x)
        return self.blocks[number - 1](x)

    def adds(self, number: int) -> bool:
        """Whether block `number` adds what reaches it."""
        return self.first_compared <= number <= BLOCKS and bool(self.blocks[number - 1].adds)

    def freeze_norms(self) -> None:
        """From here on no batch norm looks at the batch: they use what they know (see `Layer`)."""
        for module in self.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.eval()

    def maps(self, images: Tensor) -> tuple[list[Tensor], dict[int, Tensor]]:
        """
        What leaves blocks 1 to 17 and the last convolution, and by number what is inside those of which
        that is told; `images` [n, 3, h, w] in [-1, 1].
        """
        x = self.stem(images)
        streams: list[Tensor] = []
        insides: dict[int, Tensor] = {}
        for number, one in enumerate(self.blocks, start=1):
            if number in _TOLD_INSIDE:
                insides[number] = one.inside(x)
                x = one.leave(x, insides[number])
            else:
                x = one(x)
            streams.append(x)
        insides[LAST] = self.last(x)
        return [*streams, self.cut(insides[LAST])], insides

    def forward(self, images: Tensor) -> Output:
        """`images` [n, 3, h, w] in [-1, 1]."""
        streams, insides = self.maps(images)
        apart = [
            deviation(insides[one.block] if one.inside else streams[one.block - 1])
            for one, deviation in zip(SPREADS, self.spreads, strict=True)
        ]
        feature_map = torch.cat([STREAM_SCALE * streams[-2], *apart], 1)
        embedding = feature_map.mean((2, 3))
        logits = self.classifier(embedding.detach())
        return Output(streams, self.first_compared, feature_map, embedding, logits)


def from_state(state: dict[str, Tensor]) -> Backbone:
    """A backbone of the shape that a state dict has. Raises KeyError if it is none of ours."""
    halves_at_once = "blocks.0.project.0.weight" not in state
    first = state["stem.0.weight" if halves_at_once else "blocks.0.project.0.weight"].shape[0]
    streams = [first, *(state[f"blocks.{n}.project.0.weight"].shape[0] for n in range(1, BLOCKS))]
    hidden = [state[f"blocks.{n}.depthwise.0.weight"].shape[0] for n in range(1, BLOCKS)]
    settings = ModelSettings(
        halves_at_once, state["stem.0.weight"].shape[0], tuple(streams), tuple(hidden),
        state["last.0.weight"].shape[0], state["classifier.weight"].shape[0],
    )
    backbone = Backbone(settings)
    backbone.load_state_dict(state)
    return backbone
