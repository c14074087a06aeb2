"""MobileNetV2 (Sandler et al. 2018), optionally with squeeze-and-excite, that gives its pooled features.

Names of the parameters are torchvision's, so state dicts of `torchvision.models.mobilenet_v2` fit.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# expansion, channels at width 1, repeats, stride of the first (table 2 of the paper)
BLOCKS = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)


HIDDEN_MAPS = (17, 16, 14)
"""The blocks whose maps after the depthwise convolution are the feature map of a hidden ending. They
work at 1/32 of the picture, are six times as wide as what leaves the block, and cost nothing more."""

HIDDEN_SCALE = 0.25
"""What a hidden ending multiplies its maps with: embeddings are then about as long as those of the last
convolution (6 instead of 23), and a head learns from both at the same rates. Exact in binary."""


@dataclass(frozen=True)
class ModelSettings:
    width: float = 0.5
    embedding: int = 1280
    classes: int = 200
    squeeze_excite: bool = False
    """In the blocks that work at 1/16 and 1/32 of the picture, where it costs next to nothing."""
    hidden_ending: bool = False
    """Ends in block 17's depthwise convolution; see `HIDDEN_MAPS`. `embedding` follows from the width."""

    def __post_init__(self) -> None:
        if self.hidden_ending and self.embedding != hidden_width(self.width):
            raise ValueError(f"a hidden ending is {hidden_width(self.width)} wide at this width")


@dataclass(frozen=True)
class Output:
    feature_map: Tensor
    """[N, embedding, h, w]"""
    embedding: Tensor
    """[N, embedding], the mean of the map"""
    logits: Tensor
    """[N, classes]"""
    blocks: dict[int, Tensor]
    """What leaves the blocks that were asked for, [N, channels, h, w]; blocks are counted from 1."""


def channels(width: float, at_one: int) -> int:
    """At least 8, a multiple of 8, never more than a tenth below what was asked."""
    wanted = at_one * width
    rounded = max(8, int(wanted + 4) // 8 * 8)
    return rounded if rounded >= 0.9 * wanted else rounded + 8


def hidden_width(width: float) -> int:
    """Numbers in the embedding of a hidden ending."""
    return 6 * (2 * channels(width, 160) + channels(width, 96))


class SqueezeExcite(nn.Module):
    """Scales channels by what the whole picture shows (Hu et al. 2018)."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.reduce = nn.Conv2d(size, channels(0.25, size) // 2, 1)
        self.expand = nn.Conv2d(self.reduce.out_channels, size, 1)

    def forward(self, x: Tensor) -> Tensor:
        scale = torch.relu(self.reduce(x.mean((2, 3), keepdim=True)))
        return x * torch.sigmoid(self.expand(scale))


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


def _conv(inputs: int, outputs: int, size: int, stride: int = 1, groups: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride, size // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
        Relu6(),
    )


class Block(nn.Module):
    """Inverted residual: expand 1x1, depthwise 3x3, project 1x1 without activation."""

    def __init__(
        self, inputs: int, outputs: int, stride: int, expansion: int, excite: bool,
        projects: bool = True,
    ) -> None:
        super().__init__()
        hidden = inputs * expansion
        layers: list[nn.Module] = [] if expansion == 1 else [_conv(inputs, hidden, 1)]
        layers.append(_conv(hidden, hidden, 3, stride, hidden))
        self.hidden_layers = len(layers)
        if projects:
            layers += [nn.Conv2d(hidden, outputs, 1, bias=False), nn.BatchNorm2d(outputs)]
        self.conv = nn.Sequential(*layers)
        self.se = SqueezeExcite(hidden) if excite else None
        self.stride = stride
        self.outputs = outputs if projects else hidden
        self.adds = projects and stride == 1 and inputs == outputs

    def hidden(self, x: Tensor) -> Tensor:
        """Up to the projection."""
        y = x
        for layer in list(self.conv)[: self.hidden_layers]:
            y = layer(y)
        return y if self.se is None else self.se(y)

    def project(self, x: Tensor, hidden: Tensor) -> Tensor:
        y = hidden
        for layer in list(self.conv)[self.hidden_layers :]:
            y = layer(y)
        return x + y if self.adds else y

    def forward(self, x: Tensor) -> Tensor:
        return self.project(x, self.hidden(x))


class Backbone(nn.Module):
    def __init__(self, settings: ModelSettings) -> None:
        super().__init__()
        self.settings = settings
        size = channels(settings.width, 32)
        layers: list[nn.Module] = [_conv(3, size, 3, 2)]
        reduction = 2
        for expansion, at_one, repeats, first_stride in BLOCKS:
            outputs = channels(settings.width, at_one)
            reduction *= first_stride
            for repeat in range(repeats):
                stride = first_stride if repeat == 0 else 1
                excite = settings.squeeze_excite and reduction >= 16
                projects = not (settings.hidden_ending and len(layers) == HIDDEN_MAPS[0])
                layers.append(Block(size, outputs, stride, expansion, excite, projects))
                size = outputs
        if not settings.hidden_ending:
            layers.append(_conv(size, settings.embedding, 1))
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(
            nn.Identity(), nn.Linear(settings.embedding, settings.classes)
        )
        self._initialise()

    def _initialise(self) -> None:
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out")
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
            elif isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, 0, 0.01)
                nn.init.zeros_(module.bias)

    def forward(self, images: Tensor) -> Output:
        """`images` [N, 3, H, W] in [-1, 1]."""
        return self.after(images, 0)

    def before(self, images: Tensor, layer: int) -> Tensor:
        """What reaches layer number `layer` (0 is the stem, then the blocks from 1)."""
        return self.features[:layer](images)

    def after(self, x: Tensor, layer: int, blocks: tuple[int, ...] = ()) -> Output:
        """The rest of the network, for what `before` gave; of `blocks` what leaves them is kept."""
        hidden: dict[int, Tensor] = {}
        left: dict[int, Tensor] = {}
        for number in range(layer, len(self.features)):
            if self.settings.hidden_ending and number in HIDDEN_MAPS:
                block = self._block(number)
                hidden[number] = block.hidden(x)
                x = block.project(x, hidden[number])
            else:
                x = self.features[number](x)
            if number in blocks:
                left[number] = x
        feature_map = x
        if self.settings.hidden_ending:
            feature_map = HIDDEN_SCALE * torch.cat([hidden[number] for number in HIDDEN_MAPS], 1)
        embedding = feature_map.mean((2, 3))
        return Output(feature_map, embedding, self.classifier(embedding), left)

    def block_channels(self, number: int) -> int:
        """How many channels leave block `number`, counted from 1."""
        return self._block(number).outputs

    def _block(self, number: int) -> Block:
        block = self.features[number]
        assert isinstance(block, Block)
        return block


def from_state(state: dict[str, Tensor]) -> Backbone:
    """A backbone of the shape that a state dict has. Raises RuntimeError if it is none of ours."""
    stem = state["features.0.0.weight"].shape[0]
    block = state["features.16.conv.2.weight"].shape[0]
    hidden_ending = "features.18.0.weight" not in state
    for width in (0.25, 0.35, 0.5, 0.6, 0.75, 1.0):
        if channels(width, 32) == stem and channels(width, 160) == block:
            settings = ModelSettings(
                width=width,
                embedding=state["classifier.1.weight"].shape[1],
                classes=state["classifier.1.weight"].shape[0],
                squeeze_excite=any(".se." in name for name in state),
                hidden_ending=hidden_ending,
            )
            backbone = Backbone(settings)
            backbone.load_state_dict(state)
            return backbone
    raise RuntimeError(f"no width known here has {stem} and {block} channels")
