"""The network that is learned from: embeddings and class scores of an ImageNet MobileNetV2."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from .tfjs_files import read_tfjs
from .tfjs_graph import TfjsGraph

@dataclass(frozen=True)
class _Nodes:
    """Where a known kind of graph has its embedding and its classifier."""

    embedding: str
    weights: str
    bias: str
    low: float
    """The input range is [low, 1]."""


_HUB = "module_apply_default/MobilenetV2/Logits"
_KNOWN = (
    # Graphs made for TF-Hub's library scale [0, 1] themselves.
    _Nodes(f"{_HUB}/AvgPool", f"{_HUB}/Conv2d_1c_1x1/weights", f"{_HUB}/Conv2d_1c_1x1/biases", 0.0),
    # Our own exports with a classifier.
    _Nodes("embedding", "classifier/weights", "classifier/bias", -1.0),
)


class Teacher(nn.Module):
    """Read straight from TF.js files; nothing in it is trained."""

    def __init__(self, folder: Path) -> None:
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

    @property
    def width(self) -> int:
        return int(self.weights.shape[0])

    @torch.no_grad()
    def forward(self, images: Tensor) -> Tensor:
        """[n, width] of `images` [n, 3, s, s] in 0..1."""
        low = self._nodes.low
        scaled = images if low == 0 else images * (1 - low) + low
        return self.graph(scaled, [self._nodes.embedding])[0].flatten(1)

    def scores(self, embedding: Tensor) -> Tensor:
        """[n, classes] that the teacher's classifier gives to any embedding, also to a pupil's."""
        return embedding @ self.weights + self.bias
