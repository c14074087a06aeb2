"""Writes a trained backbone as the TF.js graph model that the app loads, and proves it.

`python3 -m pretraining.export CHECKPOINT --out FOLDER`: model.json, weights.bin (float16, small
arrays float32, batch norm folded), golden.json, manifest.json and CARD.md. Nothing is written if the files, read back and run,
do not give the embeddings of the network that was trained.
"""
from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .backbones import load_state
from .fold import folded, folded_deviation, halving
from .graph_writer import GraphWriter
from .model import (
    LAST,
    SPREADS,
    STREAM_SCALE,
    Backbone,
    Block,
    Deviation,
    Layer,
    begins_at_edge,
    from_state,
)
from .model_card import write_card, write_manifest
from .places import BUILT_IN
from .settings import RECIPE, read_settings
from .tfjs_files import Json, read_tfjs
from .tfjs_graph import TfjsGraph

TOLERANCE = 1e-2
"""Largest difference of an embedding's number that float16 weights may make."""


def to_graph(model: Backbone, size: int, with_classifier: bool) -> tuple[Json, bytes]:
    """model.json and weights.bin of a backbone for pictures of `size` x `size`."""
    graph = GraphWriter()
    x = _write_layer(graph, "stem", graph.placeholder("images", size), model.stem, size)
    side = size // 2
    behind: dict[int, str] = {}
    sides: dict[int, int] = {}
    for number, block in enumerate(model.blocks, start=1):
        x = _write_block(graph, f"block_{number}", x, block, side)
        side //= _stride(block if isinstance(block, Layer) else block.depthwise)
        behind[number], sides[number] = x, side
    insides = {n: f"block_{n}/depthwise" for n in behind}
    insides[LAST], sides[LAST] = _write_layer(graph, "last", x, model.last, side), side
    scale = graph.constant("stream/scale", np.array(STREAM_SCALE, np.float32))
    apart: list[str] = []
    for one, deviation in zip(SPREADS, model.spreads, strict=True):
        source = (insides if one.inside else behind)[one.block]
        apart.append(_write_deviation(graph, source, sides[one.block], deviation))
    joined = graph.join("feature_map", [graph.binary("stream", "Mul", x, scale), *apart])
    x = graph.mean("embedding", joined)
    outputs = {"embedding": model.settings.embedding}
    if with_classifier:
        linear = model.classifier
        weights = graph.constant("classifier/weights", linear.weight.detach().T.contiguous().numpy())
        bias = graph.constant("classifier/bias", linear.bias.detach().numpy())
        graph.bias_add("logits", graph.matmul("classifier/matmul", x, weights), bias)
        outputs = {"logits": model.settings.classes, **outputs}
    return graph.finish(size, outputs)


def _write_block(
    graph: GraphWriter, name: str, source: str, block: Block | Layer, side: int
) -> str:
    """Name of what leaves the block; `side` of the map that reaches it."""
    if isinstance(block, Layer):
        return _write_layer(graph, name, source, block, side)
    x = source
    if block.expand is not None:
        x = _write_layer(graph, f"{name}/expand", x, block.expand, side)
    x = _write_layer(graph, f"{name}/depthwise", x, block.depthwise, side)
    x = _write_layer(graph, f"{name}/project", x, block.project, side)
    return graph.binary(f"{name}/add", "AddV2", source, x) if block.adds else x


def _write_deviation(graph: GraphWriter, source: str, side: int, deviation: Deviation) -> str:
    up, down = folded_deviation(deviation)
    above = graph.convolution(f"{source}/above", source, up, "Relu")
    below = graph.convolution(f"{source}/below", source, down, "Relu")
    apart = graph.binary(f"{source}/deviation", "AddV2", above, below)
    if not deviation.halved:
        return apart
    means = halving(deviation.middle.numel(), side)
    return graph.convolution(f"{source}/halved", apart, means, None, "VALID")


def _write_layer(graph: GraphWriter, name: str, source: str, layer: Layer, side: int) -> str:
    activation = "Relu6" if len(layer) > 2 else None
    padding = "VALID" if begins_at_edge(side, _stride(layer)) else "SAME"
    return graph.convolution(name, source, folded(layer), activation, padding)


def _stride(layer: Layer) -> int:
    return int(layer[0].stride[0])


def sine_input(size: int) -> Tensor:
    """The app's golden input, sin((x(c+1) + 2y)/16) at row y, column x, channel c: [1, 3, size, size]."""
    y, x, c = torch.meshgrid(*(torch.arange(n).double() for n in (size, size, 3)), indexing="ij")
    return torch.sin((x * (c + 1) + 2 * y) / 16).float().permute(2, 0, 1)[None]


@dataclass(frozen=True)
class Check:
    largest_difference: float
    golden: np.ndarray
    """Embedding [width] that the exported files give for the sine input."""


@torch.no_grad()
def check(folder: Path, model: Backbone, size: int) -> Check:
    """Compares the files with the network on the sine and on noise. Raises ValueError if they differ."""
    generator = torch.Generator().manual_seed(1)
    noise = torch.rand(4, 3, size // 8, size // 8, generator=generator) * 2 - 1
    pictures = nn.functional.interpolate(noise, size=(size, size), mode="bilinear")
    images = torch.cat([sine_input(size), pictures])
    graph = TfjsGraph(read_tfjs(folder))
    got = graph(images, ["embedding"])[0]
    wanted = model.cpu().float().eval()(images).embedding
    largest = float((got - wanted).abs().max())
    if not largest <= TOLERANCE:
        raise ValueError(f"the exported embedding is off by {largest:.4f}, {TOLERANCE} is allowed")
    return Check(largest, got[0].numpy())


def export(
    model: Backbone, out: Path, size: int, with_classifier: bool, backbone_id: str, facts: Json
) -> Check:
    """Writes all files into `out` (made if absent). `facts` go into the card."""
    model = model.cpu().float().eval()
    topology, weights = to_graph(model, size, with_classifier)
    with tempfile.TemporaryDirectory() as temporary:
        draft = Path(temporary)
        _write_model(draft, topology, weights)
        result = check(draft, model, size)
    out.mkdir(parents=True, exist_ok=True)
    _write_model(out, topology, weights)
    golden = {
        "input": "sin((x*(c+1)+2*y)/16) for row y, column x, channel c",
        "embedding_first16": [float(v) for v in result.golden[:16]],
        "embedding_sum": float(result.golden.sum(dtype=np.float64)),
    }
    (out / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")
    write_manifest(out, model, size, backbone_id, result.golden)
    write_card(out, model, size, with_classifier, backbone_id, result.largest_difference, facts)
    return result


def _write_model(folder: Path, topology: Json, weights: bytes) -> None:
    (folder / "model.json").write_text(json.dumps(topology))
    (folder / "weights.bin").write_bytes(weights)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", type=int, help="side of the pictures; default: that of settings.toml")
    parser.add_argument("--id", default=BUILT_IN.name)
    parser.add_argument("--without-classifier", action="store_true")
    parser.add_argument("--facts", type=Path, help="JSON object of rows for the card")
    args = parser.parse_args()
    facts = json.loads(args.facts.read_text()) if args.facts else {}
    model = from_state(load_state(args.checkpoint))
    size = args.size or read_settings(RECIPE).size
    result = export(model, args.out, size, not args.without_classifier, args.id, facts)
    print(f"{args.out}: the largest difference from the trained network is "
          f"{result.largest_difference:.5f}")


if __name__ == "__main__":
    main()
