"""The settings file as typed values. Unknown or missing names are errors, not defaults."""
from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from .model import ModelSettings
from .places import ROOT

RECIPE = Path(__file__).with_name("settings.toml")
"""The settings of the backbone that is shipped."""


@dataclass(frozen=True)
class DataSettings:
    folder: str
    hold_back_every: int
    repeats: dict[str, int]
    mosaics: dict[str, float]
    """Of these sets such a share of the views are four pictures side by side, each in its own pixels."""


@dataclass(frozen=True)
class TeacherSettings:
    folder: str
    bfloat16: bool


@dataclass(frozen=True)
class AugmentSettings:
    smallest_crop: float
    """Least share of the picture's area that a crop has."""
    largest_stretch: float
    """Greatest ratio of a crop's sides."""
    flip: bool
    brightness: float
    contrast: float
    saturation: float
    sharpest: float
    """Half of the single pictures are sharpened, by up to this much; see `augment.sharpen`."""
    most_blended: float
    """Half of the views have another blended in, up to this share of them; see `augment.blend`."""


@dataclass(frozen=True)
class OptimiserSettings:
    weight_decay: float
    warmup_steps: int
    """In every phase."""
    clip_norm: float


@dataclass(frozen=True)
class AverageSettings:
    decay: float


@dataclass(frozen=True)
class LogSettings:
    every: int
    hold_back_every: int
    checkpoint_every: int
    snapshot_every: int


@dataclass(frozen=True)
class Phase:
    name: str
    """For the log."""
    apart: bool
    """Every block is given what reaches the teacher's; otherwise what the block before it gives."""
    size: int
    """Side of the views, in pixels."""
    closer: int
    """Side of the same views as the teacher sees them for the ending, in pixels; at least `size`."""
    frozen: bool
    """Batch norms use what they know and do not look at the batch."""
    streams: float
    """Weight of the blocks' maps, once the blocks follow each other."""
    pooled: float
    """Weight of the means of the last two maps, then."""
    labels: float
    """Weight of the classifier's cross-entropy, then; nothing else learns from it."""
    steps: int
    batch: int
    learning_rate: float
    final_rate: float
    """Falls to this along a cosine."""


@dataclass(frozen=True)
class Settings:
    seed: int
    size: int
    """Side of the pictures that the network is for, in pixels."""
    bfloat16: bool
    model: ModelSettings
    data: DataSettings
    teacher: TeacherSettings
    augment: AugmentSettings
    optimiser: OptimiserSettings
    average: AverageSettings
    log: LogSettings
    phases: tuple[Phase, ...]

    @property
    def total_steps(self) -> int:
        return sum(phase.steps for phase in self.phases)

    def phase_at(self, step: int) -> tuple[Phase, int]:
        """The phase that holds this step, and which of its steps it is (from 0)."""
        end = 0
        for phase in self.phases:
            if step < end + phase.steps:
                return phase, step - end
            end += phase.steps
        raise ValueError(f"step {step} is after the last, {end - 1}")


T = TypeVar("T")


def read_settings(file: Path) -> Settings:
    return from_dict(Settings, tomllib.loads(file.read_text(encoding="utf-8")), file.name)


def only_phases(settings: Settings, names: list[str]) -> Settings:
    """The same without all other phases. Raises ValueError for a name that no phase has."""
    unknown = set(names) - {one.name for one in settings.phases}
    if unknown:
        raise ValueError(f"no phase is called {', '.join(sorted(unknown))}")
    kept = tuple(one for one in settings.phases if one.name in names)
    return dataclasses.replace(settings, phases=kept)


def from_dict(kind: type[T], values: dict[str, Any], where: str) -> T:
    """A dataclass from nested dictionaries. Raises ValueError naming what is wrong and where."""
    hints = get_type_hints(kind)
    wanted = {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    if wanted != set(values):
        raise ValueError(
            f"{where}: missing {sorted(wanted - set(values))}, unknown {sorted(set(values) - wanted)}"
        )
    return kind(**{name: _value(hints[name], values[name], f"{where}: {name}") for name in wanted})


def _value(kind: Any, value: Any, where: str) -> Any:
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return from_dict(kind, value, where)
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0], one, where) for one in value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if get_origin(kind) is dict:
        return dict(value)
    if type(value) is not kind:
        raise ValueError(f"{where} is {value!r}, not a {kind.__name__}")
    return value


def from_checkout(path: str) -> Path:
    """Paths in the settings are relative to the checkout, wherever the program was started."""
    return (ROOT / path).resolve()
