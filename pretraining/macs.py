"""Counts multiply-adds of convolutions and matrix products for one picture.

`python3 -m pretraining.macs` prints the table of candidate architectures.
"""
from __future__ import annotations

import torch
from torch import Tensor, nn

from .model import Backbone, ModelSettings

CANDIDATES: tuple[tuple[ModelSettings, int], ...] = (
    (ModelSettings(width=0.35), 128),
    (ModelSettings(width=0.35), 160),
    (ModelSettings(width=0.5), 112),
    (ModelSettings(width=0.5), 128),
    (ModelSettings(width=0.5), 160),
    (ModelSettings(width=0.5, squeeze_excite=True), 128),
    (ModelSettings(width=0.75), 96),
    (ModelSettings(width=0.75, squeeze_excite=True), 96),
    (ModelSettings(width=1.0), 96),
)


def multiply_adds(model: nn.Module, size: int, with_classifier: bool = False) -> int:
    """Of one forward pass over one picture of `size` x `size`."""
    total = 0

    def count(module: nn.Module, _inputs: tuple[Tensor, ...], output: Tensor) -> None:
        nonlocal total
        if isinstance(module, nn.Conv2d):
            total += output[0].numel() * module.weight[0].numel()
        elif with_classifier and isinstance(module, nn.Linear):
            total += module.weight.numel()

    hooks = [one.register_forward_hook(count) for one in model.modules()]
    was_training = model.training
    try:
        model.eval()
        with torch.no_grad():
            device = next(model.parameters()).device
            model(torch.zeros(1, 3, size, size, device=device))
    finally:
        model.train(was_training)
        for hook in hooks:
            hook.remove()
    return total


def stored_bytes(model: Backbone, with_classifier: bool) -> int:
    """Of the exported float16 weights: batch norm is folded, every convolution has a bias."""
    numbers = 0
    for module in model.modules():
        if isinstance(module, nn.Conv2d):
            numbers += module.weight.numel() + module.out_channels
        elif with_classifier and isinstance(module, nn.Linear):
            numbers += module.weight.numel() + module.out_features
    return 2 * numbers


def main() -> None:
    print("| width | squeeze-excite | input | M multiply-adds | MB without / with classifier |")
    print("|---|---|---|---|---|")
    for settings, size in CANDIDATES:
        model = Backbone(settings)
        macs = multiply_adds(model, size) / 1e6
        bare, full = (stored_bytes(model, one) / 1e6 for one in (False, True))
        excite = "yes" if settings.squeeze_excite else "no"
        print(f"| {settings.width} | {excite} | {size} | {macs:.1f} | {bare:.2f} / {full:.2f} |")


if __name__ == "__main__":
    main()
