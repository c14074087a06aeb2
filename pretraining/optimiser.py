"""AdamW without decay of biases and norms, and the learning rate of every step of a phase."""
from __future__ import annotations

import math

import torch
from torch import nn

from .settings import OptimiserSettings, Phase


def make_optimiser(model: nn.Module, settings: OptimiserSettings) -> torch.optim.AdamW:
    decayed = [one for one in model.parameters() if one.dim() > 1]
    plain = [one for one in model.parameters() if one.dim() <= 1]
    groups = [
        {"params": decayed, "weight_decay": settings.weight_decay},
        {"params": plain, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, foreach=True)


def learning_rate(step: int, phase: Phase, settings: OptimiserSettings) -> float:
    """At `step` of a phase: linear warm-up, then half a cosine."""
    if step < settings.warmup_steps:
        return phase.learning_rate * (step + 1) / settings.warmup_steps
    after = max(1, phase.steps - settings.warmup_steps)
    done = min(1.0, (step - settings.warmup_steps) / after)
    share = 0.5 * (1 + math.cos(math.pi * done))
    return phase.final_rate + (phase.learning_rate - phase.final_rate) * share


def set_learning_rate(optimiser: torch.optim.Optimizer, value: float) -> None:
    for group in optimiser.param_groups:
        group["lr"] = value
