"""Any backbone as one function from squares of bytes to pooled features.

A source is a folder with a TF.js model.json (graph or layers) or a PyTorch file: a state dict of
`model.Backbone`, or a checkpoint of `train`, whose averaged weights are taken.
"""
from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from .model import from_state
from .settings import RECIPE, read_settings
from .tfjs_files import Json, read_tfjs
from .tfjs_graph import TfjsGraph
from .tfjs_layers import TfjsLayers

# Names of the pooled features in graphs that are known, the first that is there.
_EMBEDDINGS = ("embedding", "module_apply_default/MobilenetV2/Logits/AvgPool")


@dataclass(frozen=True)
class PooledBackbone:
    name: str
    size: int
    """Side of the square it was made for, in pixels."""
    input_range: tuple[float, float]
    key: str
    """Changes with the weights."""
    embed: Callable[[Tensor], Tensor]
    """[N, 3, size, size] in `input_range` to [N, width]"""


def open_backbone(source: Path, device: torch.device, size: int | None = None) -> PooledBackbone:
    """`size` overrides the side the backbone was made for."""
    if source.is_dir():
        return _open_tfjs(source, device, size)
    return _open_torch(source, device, size)


def _open_tfjs(folder: Path, device: torch.device, size: int | None) -> PooledBackbone:
    model = read_tfjs(folder)
    if model.is_graph:
        graph = TfjsGraph(model).to(device).eval()
        own_size = int(_placeholder(model.json)["attr"]["shape"]["shape"]["dim"][1]["size"])
        node = next(name for name in _EMBEDDINGS if name in graph.nodes)
        # Graphs made for the TF-Hub library scale [0, 1] themselves; ours take [-1, 1].
        low = -1.0 if node == "embedding" else 0.0

        def embed(images: Tensor) -> Tensor:
            return graph(images, [node])[0].flatten(1)
    else:
        layers = TfjsLayers(model).to(device).eval()
        own_size = int(layers.layers[0]["config"]["batch_input_shape"][1])
        last = layers.layers[-1]["config"]["name"]
        low = -1.0

        def embed(images: Tensor) -> Tensor:
            return layers(images, [last])[0].mean((2, 3))

    return PooledBackbone(folder.name, size or own_size, (low, 1.0), model.sha256[:16], embed)


def _placeholder(model: Json) -> Json:
    nodes: list[Json] = model["modelTopology"]["node"]
    return next(node for node in nodes if node["op"] == "Placeholder")


def load_state(source: Path) -> dict[str, Tensor]:
    """The weights in a PyTorch file; of a training checkpoint the averaged ones."""
    loaded: dict[str, Any] = torch.load(source, map_location="cpu")
    state: dict[str, Tensor] = loaded["average"] if "average" in loaded else loaded
    return {name: tensor.float() if tensor.is_floating_point() else tensor
            for name, tensor in state.items()}


def _open_torch(source: Path, device: torch.device, size: int | None) -> PooledBackbone:
    model = from_state(load_state(source)).to(device, memory_format=torch.channels_last).eval()
    key = hashlib.sha256(source.read_bytes()).hexdigest()[:16]

    def embed(images: Tensor) -> Tensor:
        return model(images).embedding

    return PooledBackbone(source.stem, size or read_settings(RECIPE).size, (-1.0, 1.0), key, embed)


@torch.no_grad()
def embed_pixels(
    backbone: PooledBackbone, pixels: np.ndarray, device: torch.device, batch: int = 32
) -> np.ndarray:
    """float32 [n, width] of uint8 `pixels` [n, size, size, 3]."""
    low, high = backbone.input_range
    parts: list[np.ndarray] = []
    for at in range(0, len(pixels), batch):
        images = torch.from_numpy(pixels[at : at + batch]).to(device).permute(0, 3, 1, 2)
        images = images.float().mul_((high - low) / 255).add_(low)
        images = images.contiguous(memory_format=torch.channels_last)
        parts.append(backbone.embed(images).float().cpu().numpy())
    return np.concatenate(parts)
