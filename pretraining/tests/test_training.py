"""A minute's worth of the whole recipe on generated pictures."""
from __future__ import annotations

import contextlib
import io
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from pretraining import train as training
from pretraining.augment import blend, crop, draw_views, sharpen, whole_picture
from pretraining.backbones import load_state
from pretraining.export import export
from pretraining.generated_images import generated_pictures
from pretraining.image_sets import ImageSet, read_image_set, write_image_set
from pretraining.image_store import ImageStore
from pretraining.losses import blocks_apart, blocks_chained
from pretraining.model import Deviation, Relu6, from_state
from pretraining.optimiser import learning_rate
from pretraining.plot_log import plot
from pretraining.run_log import read_log
from pretraining.settings import RECIPE, Phase, Settings, from_dict, only_phases, read_settings
from pretraining.teacher import Teacher
from pretraining.tests.tiny_teacher import settled, small_pupil, TINY, write_teacher
from pretraining.together import Alone, run_together

CPU = torch.device("cpu")


def phase(name: str, steps: int, rates: tuple[float, float], **other: Any) -> Phase:
    """Of views of 48 px, 16 at once."""
    usual: dict[str, Any] = {
        "apart": False, "size": 48, "closer": 48, "frozen": False, "streams": 1.0, "pooled": 1.0,
        "labels": 1.0, "batch": 16,
    }
    return Phase(name=name, steps=steps, learning_rate=rates[0], final_rate=rates[1],
                 **{**usual, **other})


def smoke_settings(folder: Path) -> Settings:
    """The recipe's own settings, with everything small: pictures, network, teacher, steps."""
    sharp, sharp_labels = generated_pictures(40, 48, 4, seed=1)
    coarse, coarse_labels = generated_pictures(40, 32, 4, seed=2)
    write_image_set(folder / "images", "coarse", coarse, coarse_labels)
    write_image_set(folder / "images", "sharp", sharp, np.full_like(sharp_labels, -1))
    write_teacher(folder / "teacher", sharp)
    recipe = read_settings(RECIPE)
    return replace(
        recipe,
        size=48,
        bfloat16=False,
        model=small_pupil(4),
        data=replace(
            recipe.data, folder=str(folder / "images"), hold_back_every=8,
            repeats={"coarse": 1, "sharp": 2}, mosaics={"coarse": 0.5},
        ),
        teacher=replace(recipe.teacher, folder=str(folder / "teacher"), bfloat16=False),
        optimiser=replace(recipe.optimiser, warmup_steps=3),
        average=replace(recipe.average, decay=0.8),
        log=replace(
            recipe.log, every=1, hold_back_every=8, checkpoint_every=4, snapshot_every=8
        ),
        phases=(
            phase("apart", 10, (4e-3, 4e-4), apart=True),
            phase("closer", 4, (1e-3, 1e-4), closer=64),
            phase("frozen", 2, (1e-4, 1e-4), closer=64, frozen=True),
        ),
    )


def train_and_keep(group: Alone, settings: Settings, folder: Path) -> None:
    """Steps of both phases in one of several processes, which do not share this one's memory."""
    training.CACHE = folder / "cache"
    run = training.Run(settings, folder / "both", CPU, group)
    losses = [{name: float(v) for name, v in run.advance().items()} for _ in range(16)]
    weights = {name: value.detach() for name, value in run.pupil.named_parameters()}
    kept = {"weights": weights, "losses": losses, "views": run.views_seen}
    torch.save(kept, folder / f"rank-{group.rank}.pt")


class SmokeRun(unittest.TestCase):
    def setUp(self) -> None:
        self._temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self._temporary.name)
        self._cache, training.CACHE = training.CACHE, self.folder / "cache"
        with contextlib.redirect_stderr(io.StringIO()):
            self.settings = smoke_settings(self.folder)

    def tearDown(self) -> None:
        training.CACHE = self._cache
        self._temporary.cleanup()

    def open_run(self, name: str) -> training.Run:
        with contextlib.redirect_stderr(io.StringIO()):
            return training.Run(self.settings, self.folder / name, CPU)

    def test_trains_logs_and_exports(self) -> None:
        run = self.open_run("whole")
        training.train(run)
        log = read_log(self.folder / "whole" / "log.jsonl")
        steps = [one for one in log if one["kind"] == "step"]
        held = [one for one in log if one["kind"] == "held back"]
        self.assertEqual([one["step"] for one in steps], list(range(16)))
        self.assertEqual([one["phase"] for one in steps], ["apart"] * 10 + ["closer"] * 4 + ["frozen"] * 2)
        self.assertEqual(set(steps[0]["parts"]), {"apart"})
        # A batch in which every labelled view was blended has no labels.
        chained = set().union(*(one["parts"] for one in steps[10:]))
        self.assertEqual(chained, {"streams", "pooled", "labels"})
        self.assertLess(np.mean([one["loss"] for one in steps[7:10]]), steps[0]["loss"])
        self.assertEqual([one["step"] for one in held], [7, 15])
        self.assertEqual(set(held[0]["parts"]), {"streams", "pooled", "labels"})
        self.assertIn("closer", plot(log))
        snapshots = sorted((self.folder / "whole" / "snapshots").iterdir())
        self.assertEqual([one.name for one in snapshots], ["step-0000008.pt", "step-0000016.pt"])
        model = from_state(load_state(self.folder / "whole" / "final.pt"))
        result = export(model, self.folder / "out", 48, True, "smoke", {})
        self.assertLess(result.largest_difference, 1e-2)
        self.assertGreater(float(np.abs(result.golden).max()), 0)

    def test_an_interrupted_run_ends_bit_for_bit_like_a_whole_one(self) -> None:
        whole = self.open_run("whole")
        training.train(whole)
        first = self.open_run("parts")
        for _ in range(9):
            first.advance()
        first.save()
        # Lost work after the checkpoint must leave no trace.
        first.advance()
        second = self.open_run("parts")
        self.assertEqual(second.step, 9)
        training.train(second)
        for name, wanted in whole.pupil.state_dict().items():
            self.assertTrue(torch.equal(second.pupil.state_dict()[name], wanted), name)
        for name, wanted in whole.average.state.items():
            self.assertTrue(torch.equal(second.average.state[name], wanted), name)

    def test_blocks_that_follow_each_other_come_closer_to_what_the_teacher_sees(self) -> None:
        chained = phase("chained", 60, (2e-3, 2e-4))
        self.settings = replace(self.settings, phases=(chained,), model=replace(TINY, classes=4))
        run = self.open_run("chained")
        generator = torch.Generator().manual_seed(4)
        for name, value in run.teacher.backbone.state_dict().items():
            if "classifier" not in name:
                noise = torch.randn(value.shape, generator=generator) * (value.dim() == 4)
                run.pupil.state_dict()[name].copy_(value * (1 + 0.3 * noise))
        for module in run.pupil.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.eps = 1e-3  # as in the teacher
        run.average.load(run.pupil.state_dict())
        before = run.held_back_loss()
        for _ in range(60):
            run.advance()
        after = run.held_back_loss()
        for name in ("streams", "pooled"):
            self.assertLess(after[name], 0.6 * before[name], name)

    def test_a_pupil_that_is_the_teacher_has_nothing_to_learn(self) -> None:
        run = self.open_run("same")
        images = torch.rand(8, 3, 48, 48, generator=torch.Generator().manual_seed(3))
        lesson = run.teacher.lesson(images, None)
        with torch.no_grad():
            same = run.teacher.backbone(images * 2 - 1)
            other = run.pupil.eval()(images * 2 - 1)
            apart = blocks_apart(run.teacher.backbone, images * 2 - 1, lesson.streams)
        chained = phase("chained", 1, (1e-3, 1e-3))
        for name, part in blocks_chained(same, lesson, run.spread, chained).items():
            self.assertLess(float(part), 1e-6, name)
        self.assertLess(float(apart["apart"]), 1e-6)
        for name, part in blocks_chained(other, lesson, run.spread, chained).items():
            self.assertGreater(float(part), 1, name)

    def test_blended_views_have_no_label(self) -> None:
        self.settings = replace(self.settings, data=replace(self.settings.data, mosaics={}))
        run = self.open_run("blended")
        groups = run.store.batch(0, 8)
        plain = whole_picture(8)
        chained = phase("chained", 1, (1e-3, 1e-3))
        self.assertIn("labels", run._loss(groups, plain, chained))
        blended = replace(plain, share=torch.full((8,), 0.2))
        self.assertNotIn("labels", run._loss(groups, blended, chained))

    def test_labels_reach_the_classifier_and_nothing_else(self) -> None:
        self.settings = replace(
            self.settings, phases=(phase("labels", 12, (1e-2, 1e-2), streams=0.0, pooled=0.0),),
            optimiser=replace(self.settings.optimiser, weight_decay=0.0),
            augment=replace(self.settings.augment, most_blended=0.0),
            data=replace(self.settings.data, repeats={"coarse": 1}, mosaics={}),
        )
        run = self.open_run("labels")
        before = {name: value.clone() for name, value in run.pupil.named_parameters()}
        losses = [float(run.advance()["labels"]) for _ in range(12)]
        self.assertLess(losses[-1], losses[0])
        moved = {name for name, value in run.pupil.named_parameters()
                 if not torch.equal(value, before[name])}
        self.assertEqual(moved, {"classifier.weight", "classifier.bias"})

    def test_bfloat16_on_a_processor_learns_about_the_same(self) -> None:
        exact = [sum(float(v) for v in self.open_run("exact").advance().values())]
        self.settings = replace(self.settings, bfloat16=True)
        coarse = [sum(float(v) for v in self.open_run("coarse").advance().values())]
        np.testing.assert_allclose(coarse, exact, rtol=0.05)

    def test_two_processes_take_the_same_steps_and_see_different_parts_of_a_batch(self) -> None:
        self.open_run("decodes")  # or both processes would say that they decode
        run_together(2, train_and_keep, self.settings, self.folder)
        kept = [torch.load(self.folder / f"rank-{rank}.pt") for rank in (0, 1)]
        for name, value in kept[0]["weights"].items():
            self.assertTrue(torch.equal(value, kept[1]["weights"][name]), name)
        self.assertNotEqual(kept[0]["losses"], kept[1]["losses"])
        self.assertEqual([one["views"] for one in kept], [256, 256])

    def test_a_closer_look_changes_the_means_and_leaves_the_last_maps_out(self) -> None:
        teacher = self.open_run("closer").teacher
        large = torch.rand(3, 3, 64, 64, generator=torch.Generator().manual_seed(2))
        seen = F.interpolate(large, (48, 48), mode="bilinear", antialias=True)
        same, closer = teacher.lesson(seen, None), teacher.lesson(seen, large)
        self.assertEqual((len(same.streams), len(closer.streams)), (18, 16))
        for one, other in zip(same.streams, closer.streams):
            self.assertTrue(torch.equal(one, other))
        looks = [teacher.lesson(one, None).pooled for one in (large, large.flip(3))]
        for own, one, mirrored in zip(closer.pooled, *looks, strict=True):
            torch.testing.assert_close(own, (one + mirrored) / 2)
            self.assertFalse(torch.allclose(one, mirrored))
        self.assertEqual([tuple(one.shape) for one in same.pooled], [(3, 12), (3, 20)])

    def test_frozen_norms_do_not_look_at_the_batch(self) -> None:
        frozen = phase("frozen", 4, (1e-3, 1e-3), closer=64, frozen=True)
        self.settings = replace(self.settings, phases=(frozen,))
        run = self.open_run("frozen")
        before = {name: value.clone() for name, value in run.pupil.named_buffers()}
        weights = run.pupil.stem[0].weight.clone()
        run.advance()
        for name, value in run.pupil.named_buffers():
            # The means that deviations are counted from go on following their maps.
            self.assertEqual(torch.equal(value, before[name]), not name.endswith("middle"), name)
        self.assertFalse(torch.equal(run.pupil.stem[0].weight, weights))

    def test_a_run_begins_with_weights_of_another_and_some_of_the_phases(self) -> None:
        first = self.open_run("first")
        first.advance()
        first.save()
        self.settings = only_phases(self.settings, ["frozen"])
        self.assertEqual(self.settings.total_steps, 2)
        given = self.folder / "first" / "checkpoint.pt"
        second = training.Run(self.settings, self.folder / "second", CPU, begin=given)
        self.assertEqual(second.step, 0)
        for name, value in second.pupil.state_dict().items():
            torch.testing.assert_close(value, first.average.state[name], msg=name)
        with self.assertRaisesRegex(ValueError, "no phase is called exactly"):
            only_phases(self.settings, ["exactly"])

    def test_another_network_is_not_resumed(self) -> None:
        self.open_run("one").save()
        self.settings = replace(self.settings, model=small_pupil(4, (16,) * 16))
        with self.assertRaisesRegex(SystemExit, "another network"):
            self.open_run("one")


class Teaching(unittest.TestCase):
    def test_the_files_of_a_teacher_give_what_it_gave(self) -> None:
        pixels, _ = generated_pictures(6, 48, 3, seed=8)
        images = torch.from_numpy(pixels).permute(0, 3, 1, 2) / 255
        with tempfile.TemporaryDirectory() as folder:
            written = write_teacher(Path(folder) / "teacher", pixels)
            lesson = Teacher(Path(folder) / "teacher").lesson(images, None)
        with torch.no_grad():
            for own, wanted in zip(lesson.streams, written.maps(images * 2 - 1)[0], strict=True):
                torch.testing.assert_close(own, wanted, atol=1e-3, rtol=1e-3)

    def test_other_files_are_refused(self) -> None:
        pixels, _ = generated_pictures(6, 48, 3, seed=8)
        with tempfile.TemporaryDirectory() as folder:
            write_teacher(Path(folder) / "teacher", pixels, without="block_3_project/kernel")
            with self.assertRaisesRegex(ValueError, "no MobileNetV2 as Keras has them.*block_3_project"):
                Teacher(Path(folder) / "teacher")

    def test_a_folded_norm_gives_what_the_norm_gives(self) -> None:
        pixels, _ = generated_pictures(6, 48, 3, seed=8)
        images = torch.from_numpy(pixels).permute(0, 3, 1, 2) / 127.5 - 1
        layer = settled(TINY, pixels).stem
        with torch.no_grad():
            torch.testing.assert_close(layer(images), torch.nn.Sequential(*layer)(images))


class Parts(unittest.TestCase):
    def test_a_deviation_is_how_far_places_are_from_the_mean(self) -> None:
        checks = (torch.arange(6)[:, None] + torch.arange(6)).remainder(2) * 4.0  # 0 and 4
        maps = torch.stack([checks, torch.full((6, 6), 2.0)]).expand(1, 2, 6, 6)
        deviation = Deviation(2, halved=True, scale=0.5).eval()
        deviation.middle.fill_(2.0)
        got = deviation(maps)
        self.assertEqual(tuple(got.shape), (1, 2, 3, 3))
        self.assertTrue(bool((got[0, 0] == 1).all() and (got[0, 1] == 0).all()))
        self.assertEqual(deviation(maps[:, :, :5, :5]).shape[2], 2)
        uneven = Deviation(2, halved=False, scale=0.5, below=0.25).eval()
        uneven.middle.fill_(2.0)
        got = uneven(maps)[0, 0]
        self.assertEqual((float(got[0, 0]), float(got[0, 1])), (0.25, 1.0))  # 0 and 4, from 2
        deviation.train()
        for _ in range(800):
            deviation(maps + 1)
        torch.testing.assert_close(deviation.middle, torch.full((2,), 3.0), atol=0.01, rtol=0)

    def test_pictures_survive_the_file(self) -> None:
        pictures, labels = generated_pictures(9, 24, 3, seed=4)
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
            write_image_set(Path(folder), "some", pictures, labels)
            for _ in range(2):  # decoded, then from the cache
                read = read_image_set(Path(folder), "some", Path(folder) / "cache")
                np.testing.assert_array_equal(read.pixels, pictures)
                np.testing.assert_array_equal(read.labels, labels)

    def test_every_picture_is_seen_as_often_as_asked_and_held_back_ones_never(self) -> None:
        sets = [
            ImageSet("a", np.zeros((30, 8, 8, 3), np.uint8), np.arange(30)),
            ImageSet("b", np.zeros((20, 16, 16, 3), np.uint8), np.arange(30, 50)),
        ]
        store = ImageStore(sets, {"a": 1, "b": 2}, {}, 10, 7, CPU)
        seen = np.zeros(50, int)
        for at in range(0, store.per_epoch, 7):
            for group in store.batch(at, min(7, store.per_epoch - at)):
                np.add.at(seen, group.labels.numpy(), 1)
        held = set(store.held_back[:, 0].tolist())
        wanted = [0 if i in held else (1 if i < 30 else 2) for i in range(50)]
        self.assertEqual(len(held), 5)
        self.assertEqual(seen.tolist(), wanted)

    def test_four_pictures_side_by_side_are_one_view(self) -> None:
        pixels = np.arange(40, dtype=np.uint8)[:, None, None, None] * np.ones((1, 8, 8, 3), np.uint8)
        store = ImageStore(
            [ImageSet("a", pixels, np.arange(40))], {"a": 1}, {"a": 0.5}, 1000, 7, CPU
        )
        groups = store.batch(0, store.per_epoch)
        single, four = (next(g for g in groups if g.pixels.shape[1] == side) for side in (8, 16))
        self.assertEqual(len(single.labels), len(four.labels))
        self.assertTrue(bool((four.labels == -1).all()))
        corners = [four.pixels[:, y : y + 8, x : x + 8] for y in (0, 8) for x in (0, 8)]
        for corner in corners:
            self.assertTrue(bool((corner == corner[:, :1, :1, :1]).all()))
        seen = torch.cat([one[:, 0, 0, 0] for one in [*corners, single.pixels]])
        self.assertEqual(sorted(seen.tolist()), list(range(40)))

    def test_a_view_of_everything_is_the_picture(self) -> None:
        pictures, _ = generated_pictures(3, 24, 3, seed=6)
        seen = crop(torch.from_numpy(pictures), whole_picture(3).boxes, 24)
        expected = torch.from_numpy(pictures).permute(0, 3, 1, 2) / 255
        torch.testing.assert_close(seen, expected, atol=1e-5, rtol=0)

    def test_crops_stay_inside_and_keep_to_their_limits(self) -> None:
        settings = read_settings(RECIPE).augment
        boxes = draw_views(2000, settings, torch.Generator().manual_seed(1)).boxes
        width, height = boxes[:, 0, 0].abs(), boxes[:, 1, 1]
        self.assertLessEqual(float((width + boxes[:, 0, 2].abs()).max()), 1 + 1e-6)
        self.assertLessEqual(float((height + boxes[:, 1, 2].abs()).max()), 1 + 1e-6)
        # A side that would have left the picture was cut.
        least = settings.smallest_crop / settings.largest_stretch
        self.assertGreaterEqual(float((width * height).min()), least)
        self.assertLess(float((width * height).min()), settings.smallest_crop + 0.05)

    def test_sharpening_makes_an_edge_steeper_and_leaves_plain_colour(self) -> None:
        edge = torch.tensor([0.3, 0.3, 0.3, 0.3, 0.35, 0.45, 0.55, 0.65, 0.7, 0.7, 0.7, 0.7])
        images = torch.stack([edge.expand(3, 12, 12), torch.full((3, 12, 12), 0.4), edge.expand(3, 12, 12)])
        seen = sharpen(images, torch.tensor([2.0, 2.0, 0.0]))
        self.assertGreater(float(seen[0, 0, 6, 7] - seen[0, 0, 6, 4]), 1.3 * float(edge[7] - edge[4]))
        torch.testing.assert_close(seen[1:], images[1:])
        self.assertTrue(bool(((seen >= 0) & (seen <= 1)).all()))

    def test_half_of_the_views_are_sharpened_and_half_blended(self) -> None:
        settings = read_settings(RECIPE).augment
        views = draw_views(4000, settings, torch.Generator().manual_seed(2))
        for drawn, most in ((views.sharpness, settings.sharpest), (views.share, settings.most_blended)):
            self.assertAlmostEqual(float((drawn > 0).float().mean()), 0.5, delta=0.03)
            self.assertLessEqual(float(drawn.max()), most)
            self.assertGreater(float(drawn.max()), 0.95 * most)
        both = ((views.sharpness > 0) & (views.share > 0)).float().mean()
        self.assertAlmostEqual(float(both), 0.25, delta=0.03)

    def test_a_view_is_blended_with_the_one_before_it(self) -> None:
        images = torch.stack([torch.full((3, 4, 4), value) for value in (0.0, 0.4, 1.0)])
        seen = blend(images, torch.tensor([0.5, 0.0, 0.25]))
        torch.testing.assert_close(seen[:, 0, 0, 0], torch.tensor([0.5, 0.4, 0.85]))
        self.assertTrue(torch.equal(blend(images, whole_picture(3).share), images))

    def test_pictures_side_by_side_are_not_sharpened(self) -> None:
        sets = [ImageSet("some", *generated_pictures(8, 24, 2, seed=7))]
        views = replace(whole_picture(2), sharpness=torch.tensor([2.0, 2.0]))
        for share, blurred in ((0.0, True), (1.0, False)):
            store = ImageStore(sets, {"some": 1}, {"some": share}, 1000, 1, CPU)
            groups = store.batch(0, 2)
            plain = training._see(groups, whole_picture(2), 24)
            self.assertEqual(not torch.equal(training._see(groups, views, 24), plain), blurred)

    def test_in_16_bits_too_nothing_is_learned_through_a_number_that_was_cut(self) -> None:
        """At 6 as at 0: both are common in the first layers."""
        x = torch.tensor([-2.0, -0.0, 0.0, 1e-3, 3.0, 5.97, 6.0, 9.0])
        gradients = []
        for kind in (torch.bfloat16, torch.float32):
            own = x.to(kind).requires_grad_()
            Relu6()(1 * own).backward(torch.ones(8, dtype=kind))
            gradients.append(own.grad.float().tolist())
        self.assertEqual(gradients[0], [0, 0, 0, 1, 1, 1, 0, 0])
        self.assertEqual(gradients[0], gradients[1])

    def test_the_learning_rate_rises_then_falls_in_every_phase(self) -> None:
        optimiser = read_settings(RECIPE).optimiser
        long = phase("chained", 5000, (3e-3, 1e-5))
        rates = [learning_rate(step, long, optimiser) for step in range(0, 5000, 10)]
        peak = rates.index(max(rates))
        self.assertEqual(peak * 10, optimiser.warmup_steps)
        self.assertEqual(rates[peak:], sorted(rates[peak:], reverse=True))
        self.assertLess(rates[-1], 1.1 * long.final_rate)

    def test_a_misspelt_setting_is_an_error(self) -> None:
        with self.assertRaisesRegex(ValueError, r"unknown \['step'\]"):
            from_dict(Phase, {"name": "some", "apart": True, "step": 1}, "phases")


if __name__ == "__main__":
    unittest.main()
