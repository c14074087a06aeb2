"""Runs a TF.js layers model (Keras, functional) of plain convolutions in PyTorch."""
from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .tfjs_files import Json, TfjsModel
from .tfjs_graph import compact, same_convolution


class TfjsLayers(nn.Module):
    """`forward(images, names)`: outputs of the named layers, [N, C, H, W]."""

    def __init__(self, model: TfjsModel) -> None:
        super().__init__()
        topology = model.json["modelTopology"]
        config: Json = topology.get("model_config", topology)["config"]
        self.layers: list[Json] = config["layers"]
        self._buffer_of: dict[str, str] = {}
        for index, (name, array) in enumerate(model.weights.items()):
            tensor = torch.from_numpy(array.copy())
            if name.endswith("depthwise_kernel"):
                tensor = tensor.permute(2, 3, 0, 1).reshape(-1, 1, *tensor.shape[:2])
            elif tensor.dim() == 4:
                tensor = tensor.permute(3, 2, 0, 1)
            self._buffer_of[name] = f"weight_{index}"
            self.register_buffer(f"weight_{index}", compact(tensor))

    def _weight(self, layer: str, part: str) -> Tensor | None:
        buffer = self._buffer_of.get(f"{layer}/{part}")
        return None if buffer is None else getattr(self, buffer)

    def forward(self, images: Tensor, names: list[str]) -> list[Tensor]:
        known: dict[str, Tensor] = {}
        for layer in self.layers:
            inputs = [known[one[0]] for one in (layer["inbound_nodes"] or [[]])[0]]
            known[layer["config"]["name"]] = self._run(layer, inputs, images)
        return [known[name] for name in names]

    def _run(self, layer: Json, inputs: list[Tensor], images: Tensor) -> Tensor:
        config: Json = layer["config"]
        match layer["class_name"]:
            case "InputLayer":
                return images
            case "ZeroPadding2D":
                (top, bottom), (left, right) = config["padding"]
                return F.pad(inputs[0], (left, right, top, bottom))
            case "Conv2D":
                return self._convolution(config, inputs[0], "kernel")
            case "DepthwiseConv2D":
                return self._convolution(config, inputs[0], "depthwise_kernel")
            case "BatchNormalization":
                mean, variance, gamma, beta = (
                    self._weight(config["name"], part)
                    for part in ("moving_mean", "moving_variance", "gamma", "beta")
                )
                return F.batch_norm(inputs[0], mean, variance, gamma, beta, eps=config["epsilon"])
            case "ReLU":
                return inputs[0].clamp(0, config["max_value"] or float("inf"))
            case "Add":
                return inputs[0] + inputs[1]
        raise ValueError(f"{config['name']}: {layer['class_name']} is not known here")

    def _convolution(self, config: dict[str, Any], image: Tensor, part: str) -> Tensor:
        weights = self._weight(config["name"], part)
        if weights is None or config["activation"] != "linear":
            raise ValueError(f"{config['name']}: no weights, or an activation of its own")
        stride = config["strides"][0]
        bias = self._weight(config["name"], "bias")
        groups = weights.shape[0] if part == "depthwise_kernel" else 1
        if config["padding"] == "same":
            return same_convolution(image, weights, bias, stride, groups)
        return F.conv2d(image, weights, bias, stride, 0, 1, groups)
