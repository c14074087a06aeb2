"""Teaches the last blocks alone: `python3 -m pretraining.train_late --run FOLDER`.

Input are the maps that `store_maps` kept. The network answers the teacher through two linear heads (its
embedding's main directions, and its classes), which start from a regression on the untrained features:
so the first gradients already speak of features, not of heads. The heads are thrown away at the end.
If FOLDER holds a checkpoint the run goes on from it.
"""
from __future__ import annotations

import argparse
import dataclasses
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import checkpoint
from .averaging import Average
from .backbones import load_state
from .late_settings import HeadSettings, LateSettings, read_late_settings
from .model import Backbone, from_state, hidden_width
from .optimiser import learning_rate, make_optimiser, set_learning_rate
from .run_log import RunLog
from .settings import from_checkout
from .store_maps import SETTINGS, StoredMaps, read_maps
from .teacher import Teacher

_LEAST_SPREAD = 0.05
_CHECK_BATCH = 128


class LatePupil(nn.Module):
    """The backbone, of which only the last layers run, and the heads that the teacher listens to."""

    def __init__(self, settings: LateSettings, directions: int, classes: int) -> None:
        super().__init__()
        self.first_layer = settings.first_layer
        state = load_state(from_checkout(settings.start))
        if settings.last_layers:
            take_last_layers(state, load_state(from_checkout(settings.last_layers)), self.first_layer)
        self.backbone = with_ending(state, settings.hidden_ending)
        for number, layer in enumerate(self.backbone.features):
            layer.requires_grad_(number >= self.first_layer)
        self.backbone.classifier.requires_grad_(False)
        width = self.backbone.settings.embedding
        self.directions, self.classes = nn.Linear(width, directions), nn.Linear(width, classes)
        self.pace = settings.heads.pace
        self.register_buffer("centre", torch.zeros(width))
        self.register_buffer("spread", torch.ones(width))

    def features(self, maps: Tensor) -> Tensor:
        """[n, width], about standardised."""
        embedding = self.backbone.after(maps, self.first_layer).embedding
        return (embedding - self.centre) / self.spread

    def answers(self, maps: Tensor) -> tuple[Tensor, Tensor]:
        """Of both heads. Small inputs make their weights large, so that Adam's steps move them less."""
        features = self.pace * self.features(maps)
        return self.directions(features), self.classes(features)


def take_last_layers(state: dict[str, Tensor], other: dict[str, Tensor], first: int) -> None:
    """Puts the layers from number `first` on, as far as `other` has them, into `state`."""
    for name, tensor in other.items():
        if name.startswith("features.") and int(name.split(".")[1]) >= first and name in state:
            state[name] = tensor


def with_ending(state: dict[str, Tensor], hidden: bool) -> Backbone:
    """The network of a state dict, cut to a hidden ending if that is wanted and it has another."""
    model = from_state(state)
    if not hidden or model.settings.hidden_ending:
        return model
    width = hidden_width(model.settings.width)
    settings = dataclasses.replace(model.settings, hidden_ending=True, embedding=width)
    cut = Backbone(settings)
    kept = {k: state.get(k, own) for k, own in cut.state_dict().items()}
    kept.update({k: own for k, own in cut.state_dict().items() if kept[k].shape != own.shape})
    cut.load_state_dict(kept)
    return cut


class Lessons:
    """What the teacher said about the stored views, in the form in which the heads are asked."""

    def __init__(self, stored: StoredMaps, teacher: Teacher, heads: HeadSettings) -> None:
        self._stored, self._teacher, self._heat = stored, teacher, heads.temperature
        self.train = np.flatnonzero(~stored.held_back)
        self.held = np.flatnonzero(stored.held_back)
        said = torch.from_numpy(stored.embeddings)
        own = said[self.train]
        scaled = (said - own.mean(0)) / own.std(0).clamp(min=_LEAST_SPREAD)
        used = scaled[self.train]
        values, vectors = torch.linalg.eigh(used.T @ used / len(used))
        # Half whitened: the weak directions count, but less than the strong ones.
        values, vectors = values[-heads.directions :], vectors[:, -heads.directions :]
        wanted = scaled @ vectors / values.clamp(min=1e-6) ** 0.25
        self.directions = wanted / wanted[self.train].std()

    def maps(self, places: np.ndarray, flip: np.ndarray | None) -> Tensor:
        maps = torch.from_numpy(self._stored.maps[places]).float().permute(0, 3, 1, 2)
        if flip is not None:
            maps = torch.where(torch.from_numpy(flip)[:, None, None, None], maps.flip(3), maps)
        return maps.contiguous(memory_format=torch.channels_last)

    def scores(self, places: np.ndarray) -> Tensor:
        return self._teacher.scores(torch.from_numpy(self._stored.embeddings[places]))

    def loss(self, pupil: LatePupil, places: np.ndarray, flip: np.ndarray | None) -> dict[str, Tensor]:
        """The two parts, not weighed yet."""
        directions, classes = pupil.answers(self.maps(places, flip))
        heat = self._heat
        wanted = F.softmax(self.scores(places) / heat, 1)
        got = F.log_softmax(classes / heat, 1)
        return {
            "directions": F.mse_loss(directions, self.directions[places]),
            "logits": heat**2 * F.kl_div(got, wanted, reduction="batchmean"),
        }


@torch.no_grad()
def recalibrate(pupil: LatePupil, lessons: Lessons, pictures: int) -> None:
    """
    Batch norms of the trained layers take the statistics of these pictures. The ones they come with
    belong to other pictures, and the first steps of training would have to get over the difference.
    """
    norms = [
        one for layer in pupil.backbone.features[pupil.first_layer :] for one in layer.modules()
        if isinstance(one, nn.BatchNorm2d)
    ]
    momenta = [one.momentum for one in norms]
    pupil.train()
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None
    places = lessons.train[:pictures]
    for at in range(0, len(places), _CHECK_BATCH):
        pupil.features(lessons.maps(places[at : at + _CHECK_BATCH], None))
    for norm, momentum in zip(norms, momenta):
        norm.momentum = momentum


@torch.no_grad()
def fit_heads(pupil: LatePupil, lessons: Lessons, heads: HeadSettings) -> None:
    """Ridge regression of both heads on the features as they are now."""
    pupil.eval()
    places = lessons.train[: heads.pictures]
    parts = [
        pupil.features(lessons.maps(places[at : at + _CHECK_BATCH], None))
        for at in range(0, len(places), _CHECK_BATCH)
    ]
    raw = torch.cat(parts)
    pupil.centre.copy_(raw.mean(0))
    pupil.spread.copy_(raw.std(0).clamp(min=1e-3))
    x = (raw - pupil.centre) / pupil.spread
    normal = x.T @ x + heads.ridge * len(x) * torch.eye(x.shape[1])
    for head, wanted in (
        (pupil.directions, lessons.directions[places]), (pupil.classes, lessons.scores(places))
    ):
        middle = wanted.mean(0)
        head.weight.copy_(torch.linalg.solve(normal, x.T @ (wanted - middle)).T / pupil.pace)
        head.bias.copy_(middle)


class LateRun:
    """A run at some step; which views a step sees depends on the seed and the step alone."""

    def __init__(self, settings: LateSettings, folder: Path) -> None:
        self.settings, self.folder, self.step, self.seconds = settings, folder, 0, 0.0
        self.log = RunLog(folder / "log.jsonl")
        teacher = Teacher(from_checkout(settings.teacher.folder)).eval()
        self.lessons = Lessons(read_maps(settings), teacher, settings.heads)
        torch.manual_seed(settings.seed)
        self.pupil = LatePupil(settings, settings.heads.directions, len(teacher.bias))
        self.pupil.to(memory_format=torch.channels_last)
        self.optimiser = make_optimiser(self.pupil, settings.optimiser)
        self.average = Average(self.pupil.backbone, settings.average.decay)
        if self._file.exists():
            self._resume()
        else:
            recalibrate(self.pupil, self.lessons, settings.heads.pictures)
            fit_heads(self.pupil, self.lessons, settings.heads)

    @property
    def _file(self) -> Path:
        return self.folder / "checkpoint.pt"

    @property
    def finished(self) -> bool:
        return self.step >= self.settings.run.steps

    def save(self) -> None:
        checkpoint.save(self._file, {
            "step": self.step, "seconds": self.seconds, "pupil": self.pupil.state_dict(),
            "average": self.average.state, "optimiser": self.optimiser.state_dict(),
        })

    def _resume(self) -> None:
        kept = checkpoint.load(self._file)
        self.step, self.seconds = kept["step"], kept["seconds"]
        self.pupil.load_state_dict(kept["pupil"])
        self.optimiser.load_state_dict(kept["optimiser"])
        self.average.load(kept["average"])
        self.log.cut_from(self.step)

    def advance(self) -> dict[str, float]:
        settings = self.settings
        rate = learning_rate(self.step, settings.run.steps, settings.optimiser)
        set_learning_rate(self.optimiser, rate)
        rng = np.random.default_rng([settings.seed, self.step])
        places = rng.choice(self.lessons.train, settings.run.batch, replace=False)
        self.pupil.train()
        parts = self.lessons.loss(self.pupil, places, rng.random(len(places)) < 0.5)
        self.optimiser.zero_grad(set_to_none=True)
        (parts["directions"] + settings.heads.logits * parts["logits"]).backward()
        nn.utils.clip_grad_norm_(self.pupil.parameters(), settings.optimiser.clip_norm)
        self.optimiser.step()
        self.average.update(self.pupil.backbone, self.step)
        self.step += 1
        return {name: float(part) for name, part in parts.items()}

    @torch.no_grad()
    def held_back_loss(self) -> dict[str, float]:
        """Of the averaged weights, on views that were never trained on."""
        backbone = self.pupil.backbone
        own = {name: tensor.clone() for name, tensor in backbone.state_dict().items()}
        backbone.load_state_dict(self.average.state)
        self.pupil.eval()
        held = self.lessons.held
        sums = {"directions": 0.0, "logits": 0.0}
        for at in range(0, len(held), _CHECK_BATCH):
            places = held[at : at + _CHECK_BATCH]
            for name, part in self.lessons.loss(self.pupil, places, None).items():
                sums[name] += float(part) * len(places) / len(held)
        backbone.load_state_dict(own)
        return sums


def train(run: LateRun, minutes: float | None = None) -> None:
    started = time.monotonic()
    before = run.seconds
    every = run.settings.run.hold_back_every
    while not run.finished:
        if minutes is not None and time.monotonic() - started > 60 * minutes:
            break
        parts = run.advance()
        run.seconds = before + time.monotonic() - started
        run.log.write(kind="step", step=run.step - 1, parts=parts, seconds=round(run.seconds, 1))
        if run.step % every == 0 or run.finished:
            held = run.held_back_loss()
            run.log.write(kind="held back", step=run.step - 1, parts=held)
            run.save()
            print(f"step {run.step}: {held}", flush=True)
    run.save()
    if run.finished:
        checkpoint.save_weights(run.folder / "final.pt", run.average.state, half=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--settings", type=Path, default=SETTINGS)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--minutes", type=float)
    args = parser.parse_args()
    train(LateRun(read_late_settings(args.settings), args.run), args.minutes)


if __name__ == "__main__":
    main()
