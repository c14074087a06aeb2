"""What an exported backbone costs: multiply-adds for one picture, bytes to download."""
from __future__ import annotations

import torch
from torch import Tensor, nn

from .model import Backbone, Deviation, Layer, window
from .tfjs_files import stored_size


def multiply_adds(model: Backbone, size: int) -> int:
    """Of one forward pass over one picture of `size` x `size`, without the classifier."""
    total = 0

    def count(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        nonlocal total
        if isinstance(module, Layer):
            total += output[0].numel() * module[0].weight[0].numel()
        elif isinstance(module, Deviation):
            # Exported as two depthwise convolutions of one pixel, and one that halves.
            total += 2 * inputs[0][0].numel()
            if module.halved:
                total += output[0].numel() * window(inputs[0].shape[2]) ** 2

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


def stored_bytes(model: Backbone, size: int, with_classifier: bool) -> int:
    """Of the weights as exported for `size` x `size`: batch norm is folded, every convolution has a bias."""
    total = 0
    for module in model.modules():
        if isinstance(module, nn.Conv2d):
            total += stored_size(module.weight.numel()) + stored_size(module.out_channels)
        elif isinstance(module, Deviation):
            channels = module.middle.numel()
            total += 4 * stored_size(channels)
            if module.halved:
                total += stored_size(window(size // 16) ** 2 * channels) + stored_size(channels)
        elif isinstance(module, nn.Linear) and with_classifier:
            total += stored_size(module.weight.numel()) + stored_size(module.out_features)
    return total
