"""Writes a trained backbone as the TF.js graph model that the app loads, and proves it.

`python3 -m pretraining.export CHECKPOINT --out FOLDER`: model.json, weights.bin (float16, batch norm
folded), golden.json, manifest.json and CARD.md. Nothing is written if the files, read back and run,
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
from .fold import fold
from .graph_writer import GraphWriter
from .model import HIDDEN_MAPS, HIDDEN_SCALE, Backbone, Block, from_state
from .model_card import write_card, write_manifest
from .places import BUILT_IN
from .tfjs_files import Json, read_tfjs
from .tfjs_graph import TfjsGraph

TOLERANCE = 1e-2
"""Largest difference of an embedding's number that float16 weights may make."""


def to_graph(model: Backbone, size: int, with_classifier: bool) -> tuple[Json, bytes]:
    """model.json and weights.bin of a backbone for pictures of `size` x `size`."""
    graph = GraphWriter()
    x = graph.placeholder("images", size)
    layers = list(model.features)
    x = graph.convolution("stem", x, fold(*_pair(layers[0])), "Relu6")
    hidden: dict[int, str] = {}
    for index, block in enumerate((one for one in layers if isinstance(one, Block)), start=1):
        hidden[index], x = _block(graph, f"block_{index}", x, block)
    if model.settings.hidden_ending:
        joined = graph.join("hidden_maps", [hidden[number] for number in HIDDEN_MAPS])
        scale = graph.constant("feature_map/scale", np.array(HIDDEN_SCALE, np.float32))
        x = graph.binary("feature_map", "Mul", joined, scale)
    else:
        x = graph.convolution("feature_map", x, fold(*_pair(layers[-1])), "Relu6")
    axes = graph.constant("pool/axes", np.array([1, 2], np.int32))
    x = graph.pool("embedding", x, axes, keep=False)
    outputs = {"embedding": model.settings.embedding}
    if with_classifier:
        linear = model.classifier[1]
        assert isinstance(linear, nn.Linear)
        weights = linear.weight.detach().cpu().float().T.contiguous().numpy()
        weights_name = graph.constant("classifier/weights", weights)
        bias = linear.bias.detach().cpu().float().numpy()
        bias_name = graph.constant("classifier/bias", bias)
        graph.bias_add("logits", graph.matmul("classifier/matmul", x, weights_name), bias_name)
        outputs = {"logits": model.settings.classes, **outputs}
    return graph.finish(size, outputs)


def _pair(layer: nn.Module) -> tuple[nn.Conv2d, nn.BatchNorm2d]:
    assert isinstance(layer, nn.Sequential)
    conv, norm = layer[0], layer[1]
    assert isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d)
    return conv, norm


def _block(graph: GraphWriter, name: str, source: str, block: Block) -> tuple[str, str]:
    """Names of what enters the projection and of what leaves the block."""
    inner, outer = (list(part) for part in (
        block.conv[: block.hidden_layers], block.conv[block.hidden_layers :]
    ))
    x = source
    if len(inner) == 2:
        x = graph.convolution(f"{name}/expand", x, fold(*_pair(inner[0])), "Relu6")
    x = graph.convolution(f"{name}/depthwise", x, fold(*_pair(inner[-1])), "Relu6")
    if block.se is not None:
        axes = graph.constant(f"{name}/excite/axes", np.array([1, 2], np.int32))
        squeezed = graph.pool(f"{name}/excite/pool", x, axes, keep=True)
        reduce, expand = fold(block.se.reduce, None), fold(block.se.expand, None)
        squeezed = graph.convolution(f"{name}/excite/reduce", squeezed, reduce, "Relu")
        squeezed = graph.convolution(f"{name}/excite/expand", squeezed, expand, None)
        scale = graph.sigmoid(f"{name}/excite/scale", squeezed)
        x = graph.binary(f"{name}/excite", "Mul", x, scale)
    if not outer:
        return x, x
    conv, norm = outer
    assert isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d)
    projected = graph.convolution(f"{name}/project", x, fold(conv, norm), None)
    added = graph.binary(f"{name}/add", "AddV2", source, projected) if block.adds else projected
    return x, added


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
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--id", default=BUILT_IN.name)
    parser.add_argument("--without-classifier", action="store_true")
    parser.add_argument("--facts", type=Path, help="JSON object of rows for the card")
    args = parser.parse_args()
    facts = json.loads(args.facts.read_text()) if args.facts else {}
    model = from_state(load_state(args.checkpoint))
    result = export(model, args.out, args.size, not args.without_classifier, args.id, facts)
    print(f"{args.out}: the largest difference from the trained network is "
          f"{result.largest_difference:.5f}")


if __name__ == "__main__":
    main()
