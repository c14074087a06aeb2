"""A small network with the names and the stream of the teacher's graph, on generated pictures."""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from pretraining.export import write_block
from pretraining.fold import Folded, folded
from pretraining.graph_writer import GraphWriter
from pretraining.model import Backbone, ModelSettings
from pretraining.teacher import HUB, block_name

CLASSES = 5
THIN = (8, 12, 12, 16, 16, 16, 16, 16, 16, 16, 24, 24, 24, 24, 24, 32)
"""Widths inside blocks 2 to 17 that a test can afford."""


@torch.no_grad()
def settled(settings: ModelSettings, pixels: np.ndarray) -> Backbone:
    """Random weights, with batch norms that know these pictures: without, answers to all are about 0."""
    torch.manual_seed(5)
    model = Backbone(settings)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = None
    model.train()(torch.from_numpy(pixels).permute(0, 3, 1, 2) / 127.5 - 1)
    return model.eval()


def write_teacher(folder: Path, pixels: np.ndarray) -> None:
    """As TF-Hub's MobileNetV2: takes [0, 1], and has a last convolution and a classifier."""
    model = settled(ModelSettings(8, THIN, 1), pixels)
    rng = np.random.default_rng(6)
    graph = GraphWriter()
    images = graph.placeholder("images", pixels.shape[1])
    doubled = graph.binary("double", "Mul", images, graph.constant("two", np.array(2, np.float32)))
    x = graph.binary("centred", "Sub", doubled, graph.constant("one", np.array(1, np.float32)))
    x = graph.convolution(f"{HUB}/Conv/Relu6", x, folded(model.stem), "Relu6")
    for number, block in enumerate(model.blocks, start=1):
        x = write_block(graph, block_name(number), x, block, "project/BatchNorm")
    last = Folded(
        rng.normal(0, 0.06, (1, 1, 320, 40)).astype(np.float32), np.zeros(40, np.float32), 1, False
    )
    x = graph.convolution(f"{HUB}/Conv_1/Relu6", x, last, "Relu6")
    graph.mean(f"{HUB}/Logits/AvgPool", x)
    weights = rng.normal(0, 1, (40, CLASSES)).astype(np.float32)
    graph.constant(f"{HUB}/Logits/Conv2d_1c_1x1/weights", weights)
    graph.constant(f"{HUB}/Logits/Conv2d_1c_1x1/biases", np.zeros(CLASSES, np.float32))
    topology, content = graph.finish(pixels.shape[1], {})
    folder.mkdir()
    (folder / "model.json").write_text(json.dumps(topology))
    (folder / "weights.bin").write_bytes(content)
