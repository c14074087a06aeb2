"""What goes beside the exported files: the app's manifest, and the card for people."""
from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np

from .macs import multiply_adds
from .model import Backbone
from .tfjs_files import Json

GOLDEN_TOLERANCE = 0.02
"""As in the manifest that is shipped: backends differ by rounding, wrong weights by far more."""


def _digits(value: float, digits: int) -> float | int:
    rounded = round(float(value), digits)
    return int(rounded) if rounded == int(rounded) else rounded


def _map_side(size: int) -> int:
    """Five times halved, each time rounded down: see `model.begins_at_edge`."""
    return size // 32


def write_manifest(
    folder: Path, model: Backbone, size: int, backbone_id: str, golden: np.ndarray
) -> Json:
    """manifest.json, read by the app's `parseBackboneManifest`."""
    files: list[Json] = []
    for name in ("model.json", "weights.bin"):
        content = (folder / name).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        files.append({"path": name, "bytes": len(content), "sha256": digest})
    manifest: Json = {
        "id": backbone_id,
        "name": f"Headstart MobileNetV2 ({size} px)",
        "format": "graph",
        "source": {
            "kind": "built-in",
            "modelUrl": f"models/{backbone_id}/model.json",
            "publisher": "Headstart",
        },
        "licence": "Apache-2.0",
        "totalBytes": sum(int(one["bytes"]) for one in files),
        "files": files,
        "inputSize": size,
        "inputRange": [-1, 1],
        "embedding": {"node": "embedding", "width": model.settings.embedding, "pool": False},
        "featureMap": {"node": "feature_map", "side": _map_side(size)},
        "multiplyAddsM": -(-multiply_adds(model, size) // 1_000_000),
        "golden": {
            "input": "sine",
            "first": [_digits(value, 6) for value in golden[:16]],
            "sum": _digits(golden.sum(dtype=np.float64), 5),
            "tolerance": GOLDEN_TOLERANCE,
        },
        "summaryKey": f"backbone.summary.{backbone_id}",
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    return manifest


def write_card(
    folder: Path, model: Backbone, size: int, with_classifier: bool, backbone_id: str,
    largest_difference: float, facts: Json,
) -> None:
    """CARD.md without the probe's table, which comes from the files themselves afterwards."""
    settings = model.settings
    weights = folder / "weights.bin"
    side, width = _map_side(size), settings.embedding
    logits = f", `logits` [N, {settings.classes}]" if with_classifier else ""
    rows = {
        "files": f"`model.json`, `weights.bin` (float16, small ones float32, batch norm folded, "
        f"{weights.stat().st_size / 1e6:.2f} MB), `golden.json`, `manifest.json`",
        "network": "MobileNetV2; what leaves blocks 1 to 17 has "
        f"{', '.join(str(width) for width in settings.streams)} channels; inside blocks 2 to 17 there are "
        f"{', '.join(str(width) for width in settings.hidden)}; last convolution {settings.last}",
        "input": f"`images` [N, {size}, {size}, 3], float32 in [-1, 1]",
        "outputs": f"`feature_map` [N, {side}, {side}, {width}], "
        f"`embedding` [N, {width}] (mean of it){logits}",
        "sha256 of weights.bin": hashlib.sha256(weights.read_bytes()).hexdigest(),
        "cost": f"{multiply_adds(model, size) / 1e6:.1f} M multiply-adds an image",
        "exported against trained": f"embeddings differ by at most {largest_difference:.4f}",
        **{str(key): str(value) for key, value in facts.items()},
    }
    lines = [f"# {backbone_id}", "", "| | |", "|---|---|"]
    lines += [f"| {key} | {value} |" for key, value in rows.items()]
    lines += ["", "Few-shot accuracy: `python3 -m pretraining.probe` on this folder prints the table."]
    (folder / "CARD.md").write_text("\n".join(lines) + "\n")
