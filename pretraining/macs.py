"""What an exported backbone costs: multiply-adds for one picture, bytes to download."""
from __future__ import annotations

import torch
from torch import Tensor, nn

from .model import Backbone, Layer
from .tfjs_files import stored_size


def multiply_adds(model: Backbone, size: int) -> int:
    """Of one forward pass over one picture of `size` x `size`, without the classifier."""
    total = 0

    def count(module: nn.Module, _inputs: tuple[Tensor, ...], output: Tensor) -> None:
        nonlocal total
        if isinstance(module, Layer):
            total += output[0].numel() * module[0].weight[0].numel()

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
    """Of the exported weights: batch norm is folded, every convolution has a bias."""
    size = 0
    for module in model.modules():
        if isinstance(module, nn.Conv2d):
            size += stored_size(module.weight.numel()) + stored_size(module.out_channels)
        elif isinstance(module, nn.Linear) and with_classifier:
            size += stored_size(module.weight.numel()) + stored_size(module.out_features)
    return size
