"""The settings of `store_maps` and `train_late` as typed values."""
from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from .settings import AverageSettings, OptimiserSettings, TeacherSettings, from_dict


@dataclass(frozen=True)
class ViewSettings:
    sets: tuple[str, ...]
    folder: str
    smallest_crop: float
    largest_crop: float
    largest_stretch: float
    brightness: float
    contrast: float
    saturation: float
    most_of_a_set: int
    pictures_a_file: int


@dataclass(frozen=True)
class LateTeacherSettings(TeacherSettings):
    size: int


@dataclass(frozen=True)
class HeadSettings:
    directions: int
    logits: float
    temperature: float
    ridge: float
    pictures: int
    pace: float


@dataclass(frozen=True)
class RunSettings:
    batch: int
    steps: int
    hold_back_every: int


@dataclass(frozen=True)
class LateSettings:
    seed: int
    first_layer: int
    start: str
    last_layers: str
    hidden_ending: bool
    size: int
    views: ViewSettings
    teacher: LateTeacherSettings
    heads: HeadSettings
    optimiser: OptimiserSettings
    average: AverageSettings
    run: RunSettings


def read_late_settings(file: Path) -> LateSettings:
    return from_dict(LateSettings, tomllib.loads(file.read_text(encoding="utf-8")), file.name)
