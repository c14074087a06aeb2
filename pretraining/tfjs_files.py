"""The files of a TF.js model: model.json and its binary weights, into numpy arrays and back."""
from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

Json = dict[str, Any]
_TYPES = {"float32": np.float32, "int32": np.int32, "float16": np.float16, "uint8": np.uint8,
          "uint16": np.uint16}


@dataclass(frozen=True)
class TfjsModel:
    """What lies in a folder: the parsed model.json and its weights as float32 or int32."""

    json: Json
    weights: dict[str, np.ndarray]
    sha256: str
    """Of all weight files, one after the other."""

    @property
    def is_graph(self) -> bool:
        return "node" in self.json["modelTopology"]


def read_tfjs(folder: Path) -> TfjsModel:
    """Reads a graph or layers model. Raises ValueError if the weights end too early or too late."""
    model = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    weights: dict[str, np.ndarray] = {}
    digest = hashlib.sha256()
    for group in model["weightsManifest"]:
        blob = b"".join((folder / path).read_bytes() for path in group["paths"])
        digest.update(blob)
        at = 0
        for entry in group["weights"]:
            array, at = _read_entry(entry, blob, at)
            weights[entry["name"]] = array
        if at != len(blob):
            raise ValueError(f"{folder}: {len(blob) - at} bytes more than the manifest names")
    return TfjsModel(model, weights, digest.hexdigest())


def _read_entry(entry: Json, blob: bytes, at: int) -> tuple[np.ndarray, int]:
    quantization: Json | None = entry.get("quantization")
    stored = np.dtype(_TYPES[quantization["dtype"] if quantization else entry["dtype"]])
    count = int(np.prod(entry["shape"], dtype=np.int64))
    end = at + count * stored.itemsize
    if end > len(blob):
        raise ValueError(f"the weights end inside {entry['name']}")
    array = np.frombuffer(blob, stored, count, at).reshape(entry["shape"])
    if quantization and "scale" in quantization:
        # Affine quantisation of the converter: value = stored * scale + min.
        array = array.astype(np.float32) * np.float32(quantization["scale"])
        array = array + np.float32(quantization["min"])
    return array.astype(_TYPES[entry["dtype"]]), end


_SMALL = 5000
"""Arrays of fewer numbers keep their precision: those of the first layers, whose rounding all others would
pass on, and biases. It costs 0.1 MB."""


def weights_entry(name: str, array: np.ndarray) -> Json:
    """Manifest entry of one array: large ones of float32 are stored as float16, all others as they are."""
    entry: Json = {"name": name, "shape": list(array.shape), "dtype": str(array.dtype)}
    if _is_rounded(array):
        entry["quantization"] = {"dtype": "float16", "original_dtype": "float32"}
    return entry


def weights_bytes(array: np.ndarray) -> bytes:
    """The bytes that belong to `weights_entry`."""
    stored = array.astype(np.float16) if _is_rounded(array) else array
    if not np.all(np.isfinite(stored)):
        raise ValueError("a weight does not fit into float16")
    return stored.tobytes()


def stored_size(count: int) -> int:
    """Bytes of an array of so many float32 numbers."""
    return count * (4 if count < _SMALL else 2)


def _is_rounded(array: np.ndarray) -> bool:
    return array.dtype == np.float32 and array.size >= _SMALL
