"""Pooled features from TF.js itself (wasm in Node), through the app's own loader."""
from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .places import ROOT

_SCRIPT = ROOT / "pretraining" / "wasm-features.ts"
_TSX = ROOT / "node_modules" / "tsx" / "dist" / "cli.mjs"


@dataclass(frozen=True)
class WasmBackbone:
    folder: Path
    size: int
    width: int
    key: str
    """Changes with the weights, as far as the card holds their hash."""

    def embed(self, pixels: np.ndarray) -> np.ndarray:
        """float32 [n, width] of uint8 [n, size, size, 3]."""
        with tempfile.TemporaryDirectory() as temporary:
            pictures, features = Path(temporary) / "pixels", Path(temporary) / "features"
            pixels.tofile(pictures)
            _node(str(self.folder), str(pictures), str(features))
            return np.fromfile(features, np.float32).reshape(len(pixels), self.width)


def open_wasm(folder: Path) -> WasmBackbone:
    if not folder.is_dir():
        raise SystemExit(f"{folder} is no folder; wasm runs exported models only")
    facts = json.loads(_node(str(folder)).splitlines()[-1])
    return WasmBackbone(folder, int(facts["size"]), int(facts["width"]), str(facts["key"]))


def _node(*arguments: str) -> str:
    command = ["node", str(_TSX), str(_SCRIPT), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"wasm-features.ts failed:\n{done.stderr}")
    return done.stdout
