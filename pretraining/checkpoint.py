"""Everything that a run needs to go on, in one file that is either whole or not there."""
from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

VERSION = 1


def save(file: Path, content: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    with draft.open("wb") as handle:
        torch.save({"version": VERSION, **content}, handle)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(file)


def load(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = torch.load(file, map_location="cpu")
    if content.get("version") != VERSION:
        raise ValueError(f"{file} is no checkpoint of this program")
    return content


def save_weights(file: Path, state: dict[str, Tensor], half: bool) -> None:
    """
    Weights alone, all that probe and export need; if `half`, those of convolutions and classifier as
    float16 (a variance can be too small for it).
    """
    kept = {
        name: tensor.detach().cpu().half() if half and tensor.dim() > 1 else tensor.detach().cpu()
        for name, tensor in state.items()
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    torch.save(kept, file)
