"""The network that is learned from: embeddings, maps and class scores of an ImageNet MobileNetV2."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from .tfjs_files import read_tfjs
from .tfjs_graph import TfjsGraph

_PROCESSOR_BATCH = 16


@dataclass(frozen=True)
class _Nodes:
    """Where a known kind of graph has its embedding and its classifier."""

    embedding: str
    feature_map: str
    block: str
    """What the names of a block's operations begin with, for its number counted from `first_block`."""
    first_block: int
    project: str
    weights: str
    bias: str
    low: float
    """The input range is [low, 1]."""


_HUB = "module_apply_default/MobilenetV2"
_KNOWN = (
    # Graphs made for TF-Hub's library scale [0, 1] themselves.
    _Nodes(
        f"{_HUB}/Logits/AvgPool", f"{_HUB}/Conv_1/Relu6", f"{_HUB}/expanded_conv_%d", 0,
        "project/BatchNorm", f"{_HUB}/Logits/Conv2d_1c_1x1/weights",
        f"{_HUB}/Logits/Conv2d_1c_1x1/biases", 0.0,
    ),
    # Our own exports with a classifier.
    _Nodes(
        "embedding", "feature_map", "block_%d", 1, "project", "classifier/weights",
        "classifier/bias", -1.0,
    ),
)


@dataclass(frozen=True)
class Lesson:
    """What the teacher sees in some views."""

    embedding: Tensor
    """[n, width]"""
    feature_map: Tensor
    """[n, width, h, w], of which the embedding is the mean"""
    blocks: dict[int, Tensor]
    """What leaves the blocks that were asked for, [n, channels, h, w]; blocks are counted from 1."""


class Teacher(nn.Module):
    """Read straight from TF.js files; nothing in it is trained."""

    def __init__(self, folder: Path, bfloat16: bool = False) -> None:
        """`bfloat16`: faster where the processor knows it (avx512_bf16), slow elsewhere, 1 % off."""
        super().__init__()
        model = read_tfjs(folder)
        found = [one for one in _KNOWN if one.weights in model.weights]
        if not found:
            raise ValueError(f"{folder}: no classifier that is known here")
        self._nodes = found[0]
        self.graph = TfjsGraph(model)
        weights = model.weights[self._nodes.weights]
        self.register_buffer("weights", torch.from_numpy(weights.copy()).reshape(weights.shape[-2:]))
        self.register_buffer("bias", torch.from_numpy(model.weights[self._nodes.bias].copy()))
        # The classifier stays exact: pupils are asked through it, too.
        self._kind = torch.bfloat16 if bfloat16 else torch.float32
        self.graph.to(self._kind)

    @property
    def width(self) -> int:
        return int(self.weights.shape[0])

    @torch.no_grad()
    def forward(self, images: Tensor) -> Tensor:
        """[n, width] of `images` [n, 3, s, s] in 0..1."""
        return self.graph(self._scaled(images), [self._nodes.embedding])[0].flatten(1).float()

    @torch.no_grad()
    def lesson(self, images: Tensor, blocks: tuple[int, ...]) -> Lesson:
        """As `forward`, and the maps on the way there; float32 whatever the teacher computes in."""
        names = [self._nodes.embedding, self._nodes.feature_map]
        names += [self._block_node(number) for number in blocks]
        # A processor's caches hold no more.
        at_once = len(images) if images.is_cuda else _PROCESSOR_BATCH
        told = [self.graph(part, names) for part in self._scaled(images).split(at_once)]
        embedding, feature_map, *maps = (torch.cat(parts).float() for parts in zip(*told))
        return Lesson(embedding.flatten(1), feature_map, dict(zip(blocks, maps)))

    def block_channels(self, number: int) -> int:
        """How many channels leave block `number`."""
        project = self.graph.nodes[f"{self._block_name(number)}/{self._nodes.project}"]
        return int(self.graph.weight(project["input"][1]).shape[0])

    def scores(self, embedding: Tensor) -> Tensor:
        """[n, classes] that the teacher's classifier gives to any embedding, also to a pupil's."""
        return embedding @ self.weights + self.bias

    def _scaled(self, images: Tensor) -> Tensor:
        low = self._nodes.low
        scaled = images if low == 0 else images * (1 - low) + low
        return scaled.to(self._kind)

    def _block_name(self, number: int) -> str:
        return self._nodes.block % (number - 1 + self._nodes.first_block)

    def _block_node(self, number: int) -> str:
        name = self._block_name(number)
        added = f"{name}/add"
        return added if added in self.graph.nodes else f"{name}/{self._nodes.project}"
