"""Where things are, from the root of the checkout."""
from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
"""Material beside the checkout that never goes into it."""
IMAGES = SHARED / "pretraining"
PHOTOS = SHARED / "photos"
TEACHER = SHARED / "models" / "mobilenet_v2_1.0_224_f16"
BUILT_IN = ROOT / "public" / "models" / "headstart-v2-050"
CACHE = ROOT / "pretraining" / ".cache"
"""Ignored by git: decoded images, features, runs."""
