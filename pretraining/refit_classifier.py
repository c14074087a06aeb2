"""Gives a backbone whose last blocks were taught alone a classifier again.

`python3 -m pretraining.refit_classifier CHECKPOINT --out FILE`: teaching moves the features away from under
the classifier that the start had. Its answers on the stored views are regressed on the new features
(ridge regression), so that the new classifier says what the old one said. Prints how often both name the
same class on views that were held back.
"""
from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from . import checkpoint
from .backbones import load_state
from .late_settings import LateSettings, read_late_settings
from .model import Backbone, Output, from_state
from .settings import from_checkout
from .store_maps import SETTINGS, StoredMaps, read_maps

_BATCH = 128
_MOST_VIEWS = 16_384
_LEAST_SPREAD = 1e-4
_RIDGE = 0.02
"""Relative to features of unit variance."""


@dataclass(frozen=True)
class Refit:
    same_class: float
    """Share of the views held back for which old and new classifier have the same first class."""
    explained: float
    """Share of the variance of the old scores on them that the new ones explain."""


@torch.no_grad()
def refit_classifier(model: Backbone, settings: LateSettings, stored: StoredMaps) -> Refit:
    """Replaces the classifier of `model`, in place."""
    old = from_state(load_state(from_checkout(settings.start))).eval()
    model.eval()
    train = np.flatnonzero(~stored.held_back)[:_MOST_VIEWS]
    wanted = _run(old, settings, stored, train, "logits")
    features = _run(model, settings, stored, train, "embedding")
    centre, middle = features.mean(0), wanted.mean(0)
    spread = features.std(0)
    # A feature that hardly ever moves says nothing; unit variance would make it loud.
    spread = torch.where(spread > _LEAST_SPREAD * spread.max(), spread, torch.inf)
    x = (features - centre) / spread
    normal = x.T @ x + _RIDGE * len(x) * torch.eye(x.shape[1])
    solved = torch.linalg.solve(normal, x.T @ (wanted - middle)).T / spread
    linear = nn.Linear(*reversed(solved.shape))
    linear.weight.copy_(solved)
    linear.bias.copy_(middle - solved @ centre)
    model.classifier[1] = linear
    held = np.flatnonzero(stored.held_back)
    said, says = (_run(one, settings, stored, held, "logits") for one in (old, model))
    missed = ((says - said) ** 2).mean() / ((said - said.mean(0)) ** 2).mean()
    same = (said.argmax(1) == says.argmax(1)).float().mean()
    return Refit(float(same), 1 - float(missed))


def _run(
    model: Backbone, settings: LateSettings, stored: StoredMaps, places: np.ndarray, wanted: str
) -> Tensor:
    parts: list[Tensor] = []
    model.to(memory_format=torch.channels_last)
    for at in range(0, len(places), _BATCH):
        maps = torch.from_numpy(stored.maps[places[at : at + _BATCH]]).float().permute(0, 3, 1, 2)
        output: Output = model.after(
            maps.contiguous(memory_format=torch.channels_last), settings.first_layer
        )
        parts.append(getattr(output, wanted))
    return torch.cat(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--settings", type=Path, default=SETTINGS)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    settings = read_late_settings(args.settings)
    model = from_state(load_state(args.checkpoint))
    print(refit_classifier(model, settings, read_maps(settings)))
    checkpoint.save_weights(args.out, model.state_dict(), half=False)


if __name__ == "__main__":
    main()
