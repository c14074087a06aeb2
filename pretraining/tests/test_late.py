"""The last blocks taught alone, on generated pictures."""
from __future__ import annotations

import contextlib
import io
import json
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from pretraining import store_maps, train_late
from pretraining.backbones import load_state
from pretraining.export import to_graph
from pretraining.generated_images import generated_pictures
from pretraining.image_sets import ImageSet, write_image_set
from pretraining.late_settings import LateSettings, RunSettings, read_late_settings
from pretraining.macs import multiply_adds
from pretraining.model import HIDDEN_SCALE, Backbone, ModelSettings, from_state, hidden_width
from pretraining.refit_classifier import refit_classifier
from pretraining.run_log import read_log
from pretraining.tests.test_exporting import lively


@torch.no_grad()
def settled(settings: ModelSettings, pixels: np.ndarray) -> Backbone:
    """Random weights, with batch norms that know these pictures: without, answers to all are about 0."""
    torch.manual_seed(5)
    model = Backbone(settings)
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = None
    model.train()(torch.from_numpy(pixels).permute(0, 3, 1, 2) / 127.5 - 1)
    return model.eval()


def write_teacher(folder: Path, model: Backbone) -> None:
    """Without `export`'s check: rounding shows in random weights, and this teacher is what its files say."""
    topology, weights = to_graph(model, 48, True)
    folder.mkdir()
    (folder / "model.json").write_text(json.dumps(topology))
    (folder / "weights.bin").write_bytes(weights)


def smoke_settings(folder: Path) -> LateSettings:
    """The recipe's own settings, with everything small."""
    pixels, labels = generated_pictures(96, 48, 6, seed=1)
    write_image_set(folder / "images", "stripes", pixels, np.full_like(labels, -1))
    write_teacher(folder / "teacher", settled(ModelSettings(0.35, 64, 6), pixels))
    start = settled(ModelSettings(0.25, 48, 4), pixels)
    torch.save(start.state_dict(), folder / "start.pt")
    recipe = read_late_settings(store_maps.SETTINGS)
    views = replace(
        recipe.views, sets=("stripes",), folder=str(folder / "images"), pictures_a_file=24
    )
    return replace(
        recipe,
        start=str(folder / "start.pt"),
        size=64,
        views=views,
        teacher=replace(recipe.teacher, folder=str(folder / "teacher"), size=64),
        heads=replace(recipe.heads, directions=8, pictures=48),
        run=RunSettings(batch=16, steps=40, hold_back_every=10),
        optimiser=replace(recipe.optimiser, warmup_steps=3),
        average=replace(recipe.average, decay=0.8),
    )


class LateTraining(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        """One folder for all: what takes long, storing the maps, is done once."""
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)
        cls.addClassCleanup(setattr, store_maps, "CACHE", store_maps.CACHE)
        store_maps.CACHE = cls.folder / "cache"
        cls.settings = smoke_settings(cls.folder)
        with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            for view in (0, 1):
                store_maps.store_view(cls.settings, view)

    def open_run(self, name: str) -> train_late.LateRun:
        return train_late.LateRun(self.settings, self.folder / name)

    def train(self, run: train_late.LateRun) -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            train_late.train(run)

    def test_learns_leaves_the_first_layers_alone_and_exports(self) -> None:
        run = self.open_run("whole")
        before = run.held_back_loss()
        self.train(run)
        held = [one for one in read_log(run.folder / "log.jsonl") if one["kind"] == "held back"]
        self.assertEqual([one["step"] for one in held], [9, 19, 29, 39])
        self.assertLess(held[-1]["parts"]["directions"], before["directions"])
        start = torch.load(self.folder / "start.pt")
        state = load_state(run.folder / "final.pt")
        self.assertTrue(torch.equal(state["features.10.conv.2.weight"],
                                    start["features.10.conv.2.weight"]))
        self.assertFalse(torch.equal(state["features.11.conv.2.weight"],
                                     start["features.11.conv.2.weight"]))
        model = from_state(state)
        self.assertTrue(model.settings.hidden_ending)
        self.assertLess(multiply_adds(model, 64), multiply_adds(Backbone(ModelSettings(0.25)), 64))
        self.assertEqual(model.settings.embedding, hidden_width(0.25))

    def test_the_stored_half_and_the_trained_half_are_the_whole_network(self) -> None:
        model = lively(ModelSettings(0.25))
        cut = train_late.with_ending(model.state_dict(), hidden=True).eval()
        images = torch.rand(2, 3, 64, 64)
        with torch.no_grad():
            whole = cut(images)
            halves = cut.after(cut.before(images, 11), 11)
            torch.testing.assert_close(halves.embedding, whole.embedding)
            torch.testing.assert_close(whole.embedding, whole.feature_map.mean((2, 3)))
            # Block 14's map is the one that the uncut network computes on its way, scaled.
            inner = model.features[14].hidden(model.before(images, 14)).mean((2, 3))
        self.assertGreater(float(inner.abs().max()), 0.1)
        torch.testing.assert_close(whole.embedding[:, -inner.shape[1] :], HIDDEN_SCALE * inner)

    def test_an_interrupted_run_ends_bit_for_bit_like_a_whole_one(self) -> None:
        whole = self.open_run("never interrupted")
        self.train(whole)
        first = self.open_run("parts")
        for _ in range(13):
            first.advance()
        first.save()
        first.advance()
        second = self.open_run("parts")
        self.assertEqual(second.step, 13)
        self.train(second)
        for name, wanted in whole.average.state.items():
            self.assertTrue(torch.equal(second.average.state[name], wanted), name)

    def test_the_classifier_says_again_what_it_said(self) -> None:
        stored = store_maps.read_maps(self.settings)
        model = from_state(torch.load(self.folder / "start.pt"))
        unchanged = refit_classifier(model, self.settings, stored)
        # The features are the old ones, so nothing but the ridge stands between both.
        self.assertGreater(unchanged.explained, 0.8)
        self.assertEqual(model.classifier[1].weight.shape, (4, 48))

    def test_stored_views_go_on_and_hold_the_same_pictures_back(self) -> None:
        stored = store_maps.read_maps(self.settings)
        self.assertEqual(len(stored.maps), 2 * 96)
        self.assertEqual(np.flatnonzero(stored.held_back).tolist(),
                         [*range(24), *range(96, 120)])
        file = store_maps.maps_folder(self.settings) / "view1-002.npz"
        kept = file.read_bytes()
        file.unlink()
        with contextlib.redirect_stdout(io.StringIO()):
            store_maps.store_view(self.settings, 1)
        self.assertEqual(len(file.read_bytes()), len(kept))
        again = store_maps.read_maps(self.settings)
        np.testing.assert_array_equal(again.embeddings, stored.embeddings)

    def test_a_teacher_in_16_bits_says_about_the_same_of_the_same_maps(self) -> None:
        stored = store_maps.read_maps(self.settings)
        quick = replace(self.settings, teacher=replace(self.settings.teacher, bfloat16=True))
        with contextlib.redirect_stdout(io.StringIO()):
            store_maps.store_view(quick, 0)
        other = store_maps.read_maps(quick)
        count = len(other.maps)
        self.assertEqual(count, 96)
        np.testing.assert_array_equal(other.maps, stored.maps[:count])
        said = stored.embeddings[:count]

        def missed(answers: np.ndarray) -> float:
            return float(np.mean((answers - said) ** 2) / np.mean((said - said.mean(0)) ** 2))

        self.assertGreater(missed(other.embeddings), 0)
        # Random weights amplify rounding (0.12; a trained teacher loses 0.01); other pictures are far.
        self.assertLess(missed(other.embeddings), 0.3)
        self.assertGreater(missed(np.roll(other.embeddings, 1, 0)), 0.9)


class Views(unittest.TestCase):
    sets = [
        ImageSet("coarse", np.full((30, 16, 16, 3), 60, np.uint8), np.full(30, -1)),
        ImageSet("sharp", np.full((12, 32, 32, 3), 180, np.uint8), np.full(12, -1)),
    ]

    def test_sets_of_two_sizes_make_one_order_and_a_large_one_gives_only_a_part(self) -> None:
        pictures = store_maps.Pictures(self.sets, 20, seed=3)
        self.assertEqual(len(pictures), 20 + 12)
        boxes = np.tile(np.array([[1, 0, 0], [0, 1, 0]], np.float32), (32, 1, 1))
        seen = (pictures.crops(np.arange(32), boxes, 24) * 255).round()
        self.assertEqual(seen.shape, (32, 3, 24, 24))
        grey = seen.mean((1, 2, 3)).tolist()
        self.assertEqual(sorted(grey), [60.0] * 20 + [180.0] * 12)
        self.assertNotEqual(grey, sorted(grey))
        # Whatever is asked for of it, a picture is the same one in every view.
        again = (pictures.crops(np.arange(7, 19), boxes, 24) * 255).round()
        torch.testing.assert_close(again, seen[7:19])

    def test_crops_take_other_colours_and_whole_pictures_keep_theirs(self) -> None:
        views = replace(
            read_late_settings(store_maps.SETTINGS).views,
            brightness=0.2, contrast=0.1, saturation=0.0,
        )
        np.testing.assert_array_equal(store_maps.colours_of_view(0, 5, views), np.ones((5, 3)))
        first, second = (store_maps.colours_of_view(view, 500, views) for view in (1, 2))
        self.assertFalse(np.array_equal(first, second))
        for column, strength in enumerate((0.2, 0.1, 0.0)):
            away = np.abs(first[:, column] - 1).max()
            self.assertLessEqual(away, strength + 1e-6)
            self.assertGreaterEqual(away, 0.9 * strength)


if __name__ == "__main__":
    unittest.main()
