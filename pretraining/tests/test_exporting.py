"""The exported files give what the network gives, and the shipped files come out of their checkpoint."""
from __future__ import annotations

import hashlib
import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from pretraining.backbones import embed_pixels, load_state, open_backbone
from pretraining.export import export, sine_input
from pretraining.macs import multiply_adds, stored_bytes
from pretraining.model import Backbone, ModelSettings, from_state
from pretraining.places import BUILT_IN, ROOT, SHARED
from pretraining.settings import RECIPE, read_settings
from pretraining.tests.tiny_teacher import TINY, small_pupil
from pretraining.tfjs_files import read_tfjs
from pretraining.tfjs_graph import TfjsGraph

CHECKPOINT = ROOT / "pretraining" / "checkpoints" / "built-in.pt"
SMALL = small_pupil(5)


def lively(settings: ModelSettings) -> Backbone:
    """Random weights and batch norms that do something, so that folding them matters."""
    torch.manual_seed(3)
    model = Backbone(settings)
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.normal_(module.running_mean, 0, 0.1)
            torch.nn.init.uniform_(module.running_var, 0.5, 2)
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.normal_(module.bias, 0.3, 0.1)
    for deviation in model.spreads:
        torch.nn.init.normal_(deviation.middle, 0, 0.2)
    torch.nn.init.normal_(model.classifier.weight)
    return model.eval()


class Exporting(unittest.TestCase):
    def test_files_give_the_embedding_of_the_network(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            model = lively(SMALL)
            out = Path(folder)
            result = export(model, out, 64, True, "tiny", {"trained on": "nothing"})
            self.assertGreater(float(np.abs(result.golden).max()), 0.05)
            self.assertLess(result.largest_difference, 1e-2)
            weights = (out / "weights.bin").stat().st_size
            # Axes and a scale are the only numbers that are not weights.
            self.assertLess(abs(weights - stored_bytes(model, 64, True)), 100)
            logits = TfjsGraph(read_tfjs(out))(sine_input(64), ["logits"])[0]
            torch.testing.assert_close(logits, model(sine_input(64)).logits, atol=0.05, rtol=0.01)
            manifest = json.loads((out / "manifest.json").read_text())
            self.assertEqual(manifest["embedding"]["width"], SMALL.embedding)
            self.assertEqual(manifest["featureMap"]["side"], 2)
            self.assertIn("nothing", (out / "CARD.md").read_text())

    def test_odd_sides_are_halved_as_in_the_network(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            model = lively(SMALL)
            export(model, Path(folder), 72, False, "tiny", {})  # 36, 18, 9, 4, 2
            images = sine_input(72)
            feature_map = TfjsGraph(read_tfjs(Path(folder)))(images, ["feature_map"])[0]
            self.assertEqual(tuple(feature_map.shape), (1, SMALL.embedding, 2, 2))
            torch.testing.assert_close(feature_map, model(images).feature_map, atol=0.02, rtol=0.02)

    def test_a_damaged_weight_is_noticed(self) -> None:
        from pretraining.export import check

        with tempfile.TemporaryDirectory() as folder:
            model = lively(SMALL)
            export(model, Path(folder), 64, False, "tiny", {})
            with torch.no_grad():
                model.blocks[16].depthwise[1].bias += 1
            with self.assertRaisesRegex(ValueError, "off by"):
                check(Path(folder), model, 64)

    def test_a_network_is_known_again_from_its_weights(self) -> None:
        for shape in (SMALL, TINY):
            self.assertEqual(from_state(lively(shape).state_dict()).settings, shape)
        with self.assertRaisesRegex(ValueError, "widths for 17 blocks and 2 insides"):
            small_pupil(5, (8, 8))

    def test_the_shipped_files_come_out_of_their_checkpoint(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder)
            export(from_state(load_state(CHECKPOINT)), out, read_settings(RECIPE).size, True, BUILT_IN.name, {})
            for name in ("weights.bin", "model.json"):
                self.assertEqual((out / name).read_bytes(), (BUILT_IN / name).read_bytes(), name)

    def test_the_manifest_that_is_shipped_describes_the_files_that_are_shipped(self) -> None:
        manifest = json.loads((BUILT_IN / "manifest.json").read_text())
        for one in manifest["files"]:
            content = (BUILT_IN / one["path"]).read_bytes()
            self.assertEqual(hashlib.sha256(content).hexdigest(), one["sha256"])
        graph = TfjsGraph(read_tfjs(BUILT_IN))
        embedding, feature_map = graph(
            sine_input(manifest["inputSize"]),
            [manifest["embedding"]["node"], manifest["featureMap"]["node"]],
        )
        self.assertEqual(embedding.shape[1], manifest["embedding"]["width"])
        self.assertEqual(feature_map.shape[2], manifest["featureMap"]["side"])
        torch.testing.assert_close(feature_map.mean((2, 3)), embedding, atol=1e-5, rtol=1e-5)
        difference = np.abs(embedding[0, :16].numpy() - manifest["golden"]["first"]).max()
        self.assertLess(difference, 1e-4)


class Arithmetic(unittest.TestCase):
    def test_the_paper_and_the_limit(self) -> None:
        # Sandler et al. 2018, table 4: 300 M at width 1 and 224 px, with the classifier of 1000 classes.
        streams = (16, 24, 24, 32, 32, 32, *[64] * 4, *[96] * 3, *[160] * 3, 320)
        inside = (96, 144, 144, *[192] * 3, *[384] * 4, *[576] * 3, *[960] * 3)
        full = multiply_adds(Backbone(ModelSettings(False, 32, streams, inside, 1280, 1)), 224)
        self.assertAlmostEqual((full + 1280 * 1000) / 1e6, 300, delta=2)
        recipe = read_settings(RECIPE)
        shipped = Backbone(recipe.model)
        self.assertLess(multiply_adds(shipped, recipe.size), 32e6)
        self.assertLess(stored_bytes(shipped, recipe.size, True), 2e6)


@unittest.skipUnless((SHARED / "models" / "reference.json").exists(), "needs ../shared")
class Reading(unittest.TestCase):
    def test_models_of_others_give_their_reference_embeddings(self) -> None:
        from PIL import Image

        samples = json.loads((SHARED / "models" / "reference.json").read_text())["samples"][:2]
        pixels = np.stack([np.asarray(Image.open(SHARED / s["png"]).convert("RGB")) for s in samples])
        for name in ("mobilenet_v2_0.35_224", "mobilenet_v2_1.0_224", "mobilenet_v2_1.0_224_f16"):
            with self.subTest(name):
                device = torch.device("cpu")
                backbone = open_backbone(SHARED / "models" / name, device)
                got = embed_pixels(backbone, pixels, device)
                for sample, embedding in zip(samples, got):
                    wanted = sample[name]["embedding"]
                    np.testing.assert_allclose(embedding[:8], wanted["first8"], atol=2e-3)
                    self.assertAlmostEqual(float(embedding.mean()), wanted["mean"], delta=1e-3)

    def test_weights_that_end_early_are_refused(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder)
            (out / "model.json").write_bytes((BUILT_IN / "model.json").read_bytes())
            (out / "weights.bin").write_bytes((BUILT_IN / "weights.bin").read_bytes()[:-10])
            with self.assertRaisesRegex(ValueError, "end inside"):
                read_tfjs(out)


if __name__ == "__main__":
    unittest.main()
