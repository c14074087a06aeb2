"""Trains the backbone: `python3 -m pretraining.train --settings pretraining/settings.toml --run FOLDER`.

If FOLDER holds a checkpoint the run goes on from it; on the processor exactly as if it had never
stopped. It stops by itself after the last step, after `--minutes`, or on an interrupt, and keeps a
checkpoint each time.
"""
from __future__ import annotations

import argparse
import dataclasses
import signal
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import checkpoint
from .augment import Views, blend, crop, draw_views, recolour, sharpen, whole_picture
from .averaging import Average
from .backbones import load_state
from .image_sets import read_image_set
from .image_store import ImageStore, Pictures
from .losses import blocks_apart, blocks_chained, label_loss, total
from .model import Backbone
from .optimiser import learning_rate, make_optimiser, set_learning_rate
from .places import CACHE
from .run_log import RunLog
from .settings import RECIPE, Phase, Settings, from_checkout, only_phases, read_settings
from .teacher import Teacher
from .together import ALONE, Alone, run_together


LEAST_SPREAD = 1e-3
"""Added to the variances of the pooled endings, of which the smallest is 6e-3."""


class Run:
    """A training run at some step. With several processes each has one of its own, and they agree."""

    def __init__(
        self, settings: Settings, folder: Path, device: torch.device, group: Alone = ALONE,
        begin: Path | None = None,
    ) -> None:
        """`begin`: weights of the same network to begin with instead of random ones."""
        self.settings = settings
        self.group = group
        self.folder = folder
        self.device = device
        self.step = 0
        self.views_seen = 0
        self.seconds = 0.0
        self.log = RunLog(folder / "log.jsonl")
        self.store = _open_images(settings, device)
        self.teacher = _open_teacher(settings, device)
        self.spread = self._measure_spread()
        torch.manual_seed(settings.seed)
        self.pupil = Backbone(settings.model)
        if begin is not None:
            self.pupil.load_state_dict(load_state(begin))
        self.pupil.to(device, memory_format=torch.channels_last).train()
        self._begin_phase()
        if self._file.exists():
            self._resume()

    def _begin_phase(self) -> None:
        """Optimiser and average remember nothing."""
        self.optimiser = make_optimiser(self.pupil, self.settings.optimiser)
        self.average = Average(self.pupil, self.settings.average.decay)

    @property
    def _file(self) -> Path:
        return self.folder / "checkpoint.pt"

    @property
    def finished(self) -> bool:
        return self.step >= self.settings.total_steps

    def save(self) -> None:
        checkpoint.save(
            self._file,
            {
                "step": self.step,
                "views_seen": self.views_seen,
                "seconds": self.seconds,
                "pupil": self.pupil.state_dict(),
                "average": self.average.state,
                "optimiser": self.optimiser.state_dict(),
                "settings": dataclasses.asdict(self.settings),
            },
        )

    def _resume(self) -> None:
        kept = checkpoint.load(self._file)
        if kept["settings"]["model"] != dataclasses.asdict(self.settings.model):
            raise SystemExit(f"{self._file} holds another network than the settings describe")
        self.step, self.views_seen = kept["step"], kept["views_seen"]
        self.seconds = kept["seconds"]
        self.pupil.load_state_dict(kept["pupil"])
        self.optimiser.load_state_dict(kept["optimiser"])
        self.average.load(kept["average"])
        if self.group.rank == 0:
            self.log.cut_from(self.step)

    def advance(self) -> dict[str, Tensor]:
        """One step. Returns the parts of the loss; they are not waited for."""
        settings = self.settings
        phase, at = settings.phase_at(self.step)
        if at == 0:
            self._begin_phase()
        set_learning_rate(self.optimiser, learning_rate(at, phase, settings.optimiser))
        rank, count = self.group.rank, phase.batch // self.group.count
        number = self.step * self.group.count + rank
        generator = torch.Generator().manual_seed(settings.seed * 1_000_003 + number)
        groups = self.store.batch(self.views_seen + rank * count, count)
        views = draw_views(count, settings.augment, generator)
        if phase.frozen:
            self.pupil.freeze_norms()
        parts = self._loss(groups, views, phase)
        self.optimiser.zero_grad(set_to_none=True)
        total(parts).backward()
        self.group.average_gradients(self.pupil)
        nn.utils.clip_grad_norm_(self.pupil.parameters(), settings.optimiser.clip_norm)
        self.optimiser.step()
        self.average.update(self.pupil, at)
        self.views_seen += count * self.group.count
        self.step += 1
        return {name: part.detach() for name, part in parts.items()}

    def _autocast(self) -> torch.autocast:
        if self.device.type != "cuda":
            return torch.autocast("cpu", torch.bfloat16, enabled=self.settings.bfloat16)
        return torch.autocast("cuda", torch.bfloat16)

    def _loss(self, groups: list[Pictures], views: Views, phase: Phase) -> dict[str, Tensor]:
        large = _see(groups, views.to(self.device), phase.closer)
        seen = large if phase.closer == phase.size else _shrink(large, phase.size)
        lesson = self.teacher.lesson(seen, None if seen is large else large)
        with self._autocast():
            if phase.apart:
                return blocks_apart(self.pupil, seen * 2 - 1, lesson.streams)
            output = self.pupil(seen * 2 - 1)
        parts = blocks_chained(output, lesson, self.spread, phase)
        labels = torch.cat([one.labels for one in groups])
        # Blended views are of two classes.
        labels = torch.where(views.share.to(self.device) > 0, -1, labels)
        by_label = label_loss(output, labels, phase.labels)
        if by_label is not None:
            parts["labels"] = by_label
        return parts

    def _held_back(self) -> list[np.ndarray]:
        """The views that are never trained on, in batches."""
        held = self.store.held_back
        return [held[at : at + 64] for at in range(0, len(held) // 64 * 64 or len(held), 64)]

    @torch.no_grad()
    def _measure_spread(self) -> list[Tensor]:
        """Variances of the teacher's two pooled endings over the pictures that were held back."""
        side = max(phase.closer for phase in self.settings.phases)
        told: list[list[Tensor]] = []
        for views in self._held_back():
            whole = whole_picture(len(views)).to(self.device)
            told.append(self.teacher.lesson(_see(self.store.pictures(views), whole, side), None).pooled)
        return [torch.cat(part).var(0) + LEAST_SPREAD for part in zip(*told)]

    @torch.no_grad()
    def held_back_loss(self) -> dict[str, float]:
        """Of the averaged weights, as in the last phase, on whole pictures that were never trained on."""
        phase = self.settings.phases[-1]
        own = {name: tensor.clone() for name, tensor in self.pupil.state_dict().items()}
        self.pupil.load_state_dict(self.average.state)
        self.pupil.eval()
        sums: dict[str, float] = {}
        batches = self._held_back()
        for views in batches:
            parts = self._loss(self.store.pictures(views), whole_picture(len(views)), phase)
            for name, part in parts.items():
                sums[name] = sums.get(name, 0.0) + float(part) / len(batches)
        self.pupil.load_state_dict(own)
        self.pupil.train()
        return sums

    def keep_snapshot(self) -> None:
        file = self.folder / "snapshots" / f"step-{self.step:07d}.pt"
        checkpoint.save_weights(file, self.average.state, half=True)


def _open_images(settings: Settings, device: torch.device) -> ImageStore:
    folder = from_checkout(settings.data.folder)
    missing = [n for n in settings.data.repeats if not (folder / f"{n}.webps").exists()]
    if missing:
        raise SystemExit(f"Image sets that are not in {folder}: {', '.join(missing)}")
    sets = [read_image_set(folder, name, CACHE / "images") for name in settings.data.repeats]
    data = settings.data
    return ImageStore(
        sets, data.repeats, data.mosaics, data.hold_back_every, settings.seed, device
    )


def _open_teacher(settings: Settings, device: torch.device) -> Teacher:
    chosen = settings.teacher
    return Teacher(from_checkout(chosen.folder), chosen.bfloat16).to(device).eval()


def _see(groups: list[Pictures], views: Views, size: int) -> Tensor:
    """The views of a batch at one size: [n, 3, size, size] in 0..1."""
    parts: list[Tensor] = []
    at = 0
    for group in groups:
        own = slice(at, at + len(group.labels))
        view = crop(group.pixels, views.boxes[own], size)
        parts.append(view if group.side_by_side else sharpen(view, views.sharpness[own]))
        at = own.stop
    seen = blend(recolour(torch.cat(parts), views.colour), views.share)
    return seen.contiguous(memory_format=torch.channels_last)


def _shrink(images: Tensor, size: int) -> Tensor:
    """Without aliasing, as the app scales photos."""
    small = F.interpolate(images, (size, size), mode="bilinear", antialias=True)
    return small.contiguous(memory_format=torch.channels_last)


_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class _Stop:
    """Set by an interrupt or by the clock; looked at between steps."""

    def __init__(self, minutes: float | None) -> None:
        self._end = None if minutes is None else time.monotonic() + 60 * minutes
        self._asked = False
        self._before = {one: signal.signal(one, self._ask) for one in _SIGNALS}

    def no_more(self) -> None:
        """Signals mean again what they meant before."""
        for one, handler in self._before.items():
            signal.signal(one, handler)

    def _ask(self, *_unused: Any) -> None:
        self._asked = True

    @property
    def now(self) -> bool:
        return self._asked or (self._end is not None and time.monotonic() >= self._end)


def _log_step(run: Run, phase: Phase, parts: dict[str, Tensor]) -> None:
    values = {name: round(float(part), 6) for name, part in parts.items()}
    run.log.write(
        kind="step", step=run.step - 1, phase=phase.name, views=run.views_seen,
        seconds=round(run.seconds, 2), learning_rate=run.optimiser.param_groups[0]["lr"],
        loss=round(sum(values.values()), 6), parts=values,
    )


def train(run: Run, minutes: float | None = None) -> None:
    """Goes on to the end, or until it is told to stop; leaves a checkpoint behind either way."""
    stop = _Stop(minutes)
    every = run.settings.log
    first = run.group.rank == 0
    while not run.finished and not run.group.anyone(stop.now):
        phase, _at = run.settings.phase_at(run.step)
        started = time.monotonic()
        parts = run.advance()
        run.seconds += time.monotonic() - started
        if not first:
            continue
        if (run.step - 1) % every.every == 0:
            _log_step(run, phase, parts)
        if run.step % every.hold_back_every == 0 or run.finished:
            held = {name: round(value, 6) for name, value in run.held_back_loss().items()}
            run.log.write(
                kind="held back", step=run.step - 1, views=run.views_seen,
                seconds=round(run.seconds, 2), loss=round(sum(held.values()), 6), parts=held,
            )
        if run.step % every.snapshot_every == 0:
            run.keep_snapshot()
        if run.step % every.checkpoint_every == 0:
            run.save()
    if first:
        run.save()
    if first and run.finished:
        checkpoint.save_weights(run.folder / "final.pt", run.average.state, half=False)
    stop.no_more()


def pick_device(asked: str) -> torch.device:
    if asked != "auto":
        return torch.device(asked)
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--settings", type=Path, default=RECIPE)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--minutes", type=float, help="stop after this long; default: at the end")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--processes", type=int, default=1, help="that share the work of a processor")
    parser.add_argument("--begin", type=Path, help="weights to begin with; default: random ones")
    parser.add_argument("--phases", nargs="+", help="names of the only phases to train; default: all")
    args = parser.parse_args()
    settings = read_settings(args.settings)
    if args.phases is not None:
        settings = only_phases(settings, args.phases)
    run_together(
        args.processes, _train_in, settings, args.run, args.device, args.minutes, args.begin
    )


def _train_in(
    group: Alone, settings: Settings, folder: Path, asked: str, minutes: float | None,
    begin: Path | None,
) -> None:
    device = pick_device(asked)
    if device.type == "cuda":
        torch.backends.cudnn.benchmark = True
        torch.backends.cuda.matmul.allow_tf32 = True
    run = Run(settings, folder, device, group, begin)
    if group.rank == 0:
        print(f"{run.store.per_epoch} views an epoch on {device}, from step {run.step} "
              f"of {run.settings.total_steps}", flush=True)
    train(run, minutes)
    if group.rank == 0:
        rate = run.views_seen / max(run.seconds, 1e-9)
        print(f"step {run.step}, {run.views_seen} views, {rate:.0f} a second")


if __name__ == "__main__":
    main()
