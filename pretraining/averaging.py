"""Exponential average of weights and of batch norm's statistics; its network is the one exported."""
from __future__ import annotations

import torch
from torch import Tensor, nn


class Average:
    def __init__(self, model: nn.Module, decay: float) -> None:
        self.decay = decay
        self.state: dict[str, Tensor] = {
            name: tensor.detach().clone() for name, tensor in model.state_dict().items()
        }

    @torch.no_grad()
    def update(self, model: nn.Module, step: int) -> None:
        """Short memory at first, or the random start would stay in the average for long."""
        decay = min(self.decay, (1 + step) / (10 + step))
        for name, tensor in model.state_dict().items():
            if tensor.is_floating_point():
                self.state[name].lerp_(tensor.detach(), 1 - decay)
            else:
                self.state[name].copy_(tensor)

    def load(self, state: dict[str, Tensor]) -> None:
        for name, tensor in state.items():
            self.state[name].copy_(tensor)
