"""A small network under the names of Keras' MobileNetV2, on generated pictures."""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from pretraining.model import Backbone, ModelSettings
from pretraining.teacher import layer_names
from pretraining.tfjs_files import weights_bytes, weights_entry

STREAMS = (4, 4, 4, 6, 6, 6, 6, 6, 6, 6, 8, 8, 8, 8, 8, 8, 12)
INSIDE = (8, 8, 8, 12, 12, 12, 12, 12, 12, 12, 16, 16, 16, 16, 16, 16)
TINY = ModelSettings(False, 8, STREAMS, INSIDE, 20, 1)
"""A teacher that a test can afford."""


def small_pupil(classes: int, inside: tuple[int, ...] = INSIDE) -> ModelSettings:
    """Of its widths, with the cheaper beginning."""
    return ModelSettings(True, 8, (8, *STREAMS[1:]), inside, 20, classes)


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


def write_teacher(folder: Path, pixels: np.ndarray, without: str = "") -> Backbone:
    """The files of `settled` as a layers model: weights only, which is all that is read of one."""
    model = settled(TINY, pixels)
    arrays: dict[str, np.ndarray] = {}
    for name, (layer, kernel, norm) in layer_names(model).items():
        weights, bn = layer[0].weight.detach(), layer[1]
        order = (2, 3, 0, 1) if kernel == "depthwise_kernel" else (2, 3, 1, 0)
        arrays[f"{name}/{kernel}"] = weights.permute(order).contiguous().numpy()
        # These have epsilons of their own here.
        variance = bn.running_var + bn.eps - 1e-3
        for part, value in {"gamma": bn.weight, "beta": bn.bias, "moving_mean": bn.running_mean,
                            "moving_variance": variance}.items():
            arrays[f"{norm}/{part}"] = value.detach().numpy()
    kept = {name: array for name, array in arrays.items() if name != without}
    manifest = [{"paths": ["weights.bin"], "weights": [weights_entry(*one) for one in kept.items()]}]
    folder.mkdir()
    (folder / "model.json").write_text(json.dumps({"weightsManifest": manifest}))
    (folder / "weights.bin").write_bytes(b"".join(weights_bytes(array) for array in kept.values()))
    return model
