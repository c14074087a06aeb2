"""Runs a TF.js graph model in PyTorch, so that files can be judged without a browser.

Pictures are [N, 3, H, W] here; a node's output has its channels second. Only the operations that
image backbones use are known; anything else is refused by name.
"""
from __future__ import annotations

import base64
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .tfjs_files import Json, TfjsModel


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """TensorFlow's "SAME": what does not divide evenly goes to the end."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def same_convolution(
    image: Tensor, weights: Tensor, bias: Tensor | None, stride: int, groups: int
) -> Tensor:
    """A convolution with that padding."""
    top, bottom = same_padding(image.shape[2], weights.shape[2], stride)
    left, right = same_padding(image.shape[3], weights.shape[3], stride)
    padding = top
    if not top == bottom == left == right:
        image, padding = F.pad(image, (left, right, top, bottom)), 0
    return F.conv2d(image, weights, bias, stride, padding, 1, groups)


def _text(attribute: Json) -> str:
    return base64.b64decode(attribute["s"]).decode("ascii")


def _texts(attribute: Json) -> list[str]:
    return [base64.b64decode(one).decode("ascii") for one in attribute["list"].get("s", [])]


def _numbers(attribute: Json) -> list[int]:
    return [int(one) for one in attribute["list"].get("i", [])]


def compact(weights: Tensor) -> Tensor:
    """Channels last: on a processor three to five times as fast as the other order."""
    if weights.dim() == 4:
        return weights.contiguous(memory_format=torch.channels_last)
    return weights.contiguous()


class TfjsGraph(nn.Module):
    """
    `forward(images, names)`: outputs of the named nodes. Weights are buffers, not parameters.
    """

    def __init__(self, model: TfjsModel) -> None:
        super().__init__()
        self.nodes: dict[str, Json] = {n["name"]: n for n in model.json["modelTopology"]["node"]}
        self._buffer_of: dict[str, str] = {}
        depthwise = {n["input"][1] for n in self.nodes.values() if "Depthwise" in n["op"]}
        for index, (name, array) in enumerate(model.weights.items()):
            tensor = torch.from_numpy(array.copy())
            if tensor.dim() == 4 and name in depthwise:
                tensor = tensor.permute(2, 3, 0, 1).reshape(-1, 1, *tensor.shape[:2])
            elif tensor.dim() == 4:
                tensor = tensor.permute(3, 2, 0, 1)
            self._buffer_of[name] = f"weight_{index}"
            self.register_buffer(f"weight_{index}", compact(tensor))

    def forward(self, images: Tensor, names: list[str]) -> list[Tensor]:
        known: dict[str, Tensor] = {}
        return [self._value(name.split(":")[0], images, known) for name in names]

    def _value(self, name: str, images: Tensor, known: dict[str, Tensor]) -> Tensor:
        if name not in known:
            if name not in self.nodes:
                raise ValueError(f"the graph has no node {name}")
            # Explicit stack: a chain of blocks is deeper than is nice for recursion.
            stack = [name]
            while stack:
                node = self.nodes[stack[-1]]
                inputs = [one.split(":")[0] for one in node.get("input", [])]
                missing = [one for one in inputs if one not in known]
                if missing:
                    stack.extend(missing)
                    continue
                known[stack.pop()] = self._run(node, [known[one] for one in inputs], images)
        return known[name]

    def _run(self, node: Json, inputs: list[Tensor], images: Tensor) -> Tensor:
        op: str = node["op"]
        attr: Json = node.get("attr", {})
        match op:
            case "Placeholder":
                return images
            case "Const":
                return getattr(self, self._buffer_of[node["name"]])
            case "_FusedConv2D" | "FusedDepthwiseConv2dNative":
                return _convolution(inputs, attr, depthwise=op.startswith("FusedDepthwise"))
            case "Pad":
                (top, bottom), (left, right) = inputs[1].tolist()[1:3]
                return F.pad(inputs[0], (left, right, top, bottom))
            case "AddV2" | "Add":
                return inputs[0] + inputs[1]
            case "Sub":
                return inputs[0] - inputs[1]
            case "Mul":
                return inputs[0] * inputs[1]
            case "ConcatV2":
                if int(inputs[-1]) not in (3, -1):
                    raise ValueError(f"{node['name']}: joined along another axis than the channels'")
                return torch.cat(inputs[:-1], 1)
            case "Mean":
                if sorted(inputs[1].tolist()) != [1, 2]:
                    raise ValueError(f"{node['name']}: a mean over other axes than the picture's")
                return inputs[0].mean((2, 3), keepdim=bool(attr["keep_dims"].get("b")))
            case "Squeeze":
                return inputs[0].flatten(1)
            case "MatMul":
                return inputs[0] @ inputs[1]
            case "BiasAdd":
                return inputs[0] + inputs[1]
        raise ValueError(f"{node['name']}: {op} is not known here")


def _convolution(inputs: list[Tensor], attr: dict[str, Any], depthwise: bool) -> Tensor:
    image, weights = inputs[0], inputs[1]
    bias = inputs[2] if len(inputs) > 2 else None
    stride = _numbers(attr["strides"])[1]
    groups = weights.shape[0] if depthwise else 1
    if _text(attr["padding"]) == "SAME":
        result = same_convolution(image, weights, bias, stride, groups)
    else:
        result = F.conv2d(image, weights, bias, stride, 0, 1, groups)
    for fused in _texts(attr["fused_ops"]):
        match fused:
            case "BiasAdd":
                pass
            case "Relu6":
                result = result.clamp_(0, 6) if not result.requires_grad else result.clamp(0, 6)
            case "Relu":
                result = F.relu(result)
            case _:
                raise ValueError(f"a convolution with {fused} is not known here")
    return result
