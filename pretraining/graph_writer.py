"""Builds the nodes and weights of a TF.js graph model, one operation at a time."""
from __future__ import annotations

import base64

import numpy as np

from .fold import Folded
from .tfjs_files import Json, weights_bytes, weights_entry

_FLOAT = {"type": "DT_FLOAT"}
_INT = {"type": "DT_INT32"}


def _dims(*sizes: int) -> Json:
    return {"dim": [{"size": str(size)} for size in sizes]}


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("ascii")).decode("ascii")


class GraphWriter:
    """Every method adds an operation and returns its name."""

    def __init__(self) -> None:
        self.nodes: list[Json] = []
        self._entries: list[Json] = []
        self._blob = bytearray()

    def placeholder(self, name: str, size: int) -> str:
        shape = {"shape": _dims(-1, size, size, 3)}
        return self._add(name, "Placeholder", None, {"dtype": _FLOAT, "shape": shape})

    def constant(self, name: str, value: np.ndarray) -> str:
        kind = "DT_INT32" if value.dtype == np.int32 else "DT_FLOAT"
        tensor = {"dtype": kind, "tensorShape": _dims(*value.shape)}
        attr = {"dtype": {"type": kind}, "value": {"tensor": tensor}}
        self._entries.append(weights_entry(name, value))
        self._blob += weights_bytes(value)
        return self._add(name, "Const", None, attr)

    def convolution(
        self, name: str, source: str, folded: Folded, activation: str | None, padding: str = "SAME"
    ) -> str:
        weights = self.constant(f"{name}/weights", folded.weights)
        bias = self.constant(f"{name}/bias", folded.bias)
        fused = ["BiasAdd"] + ([activation] if activation else [])
        stride = str(folded.stride)
        return self._add(
            name,
            "FusedDepthwiseConv2dNative" if folded.depthwise else "_FusedConv2D",
            [source, weights, bias],
            {
                "T": _FLOAT,
                "strides": {"list": {"i": ["1", stride, stride, "1"]}},
                "dilations": {"list": {"i": ["1", "1", "1", "1"]}},
                "explicit_paddings": {"list": {}},
                "padding": {"s": _base64(padding)},
                "data_format": {"s": _base64("NHWC")},
                "fused_ops": {"list": {"s": [_base64(one) for one in fused]}},
                "num_args": {"i": "1"},
                "epsilon": {"f": 0},
            },
        )

    def mean(self, name: str, source: str) -> str:
        """[N, channels] of a map."""
        axes = self.constant(f"{name}/axes", np.array([1, 2], np.int32))
        attr = {"T": _FLOAT, "Tidx": _INT, "keep_dims": {"b": False}}
        return self._add(name, "Mean", [source, axes], attr)

    def binary(self, name: str, op: str, left: str, right: str) -> str:
        return self._add(name, op, [left, right], {"T": _FLOAT})

    def join(self, name: str, sources: list[str]) -> str:
        """Maps of one size behind each other, channel after channel."""
        axis = self.constant(f"{name}/axis", np.array(3, np.int32))
        attr = {"T": _FLOAT, "Tidx": _INT, "N": {"i": str(len(sources))}}
        return self._add(name, "ConcatV2", [*sources, axis], attr)

    def matmul(self, name: str, left: str, right: str) -> str:
        attr = {"T": _FLOAT, "transpose_a": {"b": False}, "transpose_b": {"b": False}}
        return self._add(name, "MatMul", [left, right], attr)

    def bias_add(self, name: str, source: str, bias: str) -> str:
        attr = {"T": _FLOAT, "data_format": {"s": _base64("NHWC")}}
        return self._add(name, "BiasAdd", [source, bias], attr)

    def finish(self, size: int, outputs: dict[str, int]) -> tuple[Json, bytes]:
        """model.json and weights.bin; `outputs`: node name to its width."""
        return {
            "format": "graph-model",
            "generatedBy": "headstart",
            "convertedBy": "export_backbone",
            "signature": {
                "inputs": {"images": _signature("images", -1, size, size, 3)},
                "outputs": {name: _signature(name, -1, width) for name, width in outputs.items()},
            },
            "modelTopology": {
                "node": self.nodes,
                "library": {},
                "versions": {"producer": 987},
            },
            "weightsManifest": [{"paths": ["weights.bin"], "weights": self._entries}],
        }, bytes(self._blob)

    def _add(self, name: str, op: str, inputs: list[str] | None, attr: Json) -> str:
        node: Json = {"name": name, "op": op}
        if inputs is not None:
            node["input"] = inputs
        node["attr"] = attr
        self.nodes.append(node)
        return name


def _signature(name: str, *sizes: int) -> Json:
    return {"name": f"{name}:0", "dtype": "DT_FLOAT", "tensorShape": _dims(*sizes)}
