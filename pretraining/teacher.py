"""The network that is learned from: what leaves the blocks of an ImageNet MobileNetV2, and its classes."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .model import BLOCKS, STREAMS
from .tfjs_files import read_tfjs
from .tfjs_graph import TfjsGraph

_PROCESSOR_BATCH = 16
"""A processor's caches hold no more."""

# Names of the graphs that were made for TF-Hub's library; they take [0, 1] and scale it themselves.
HUB = "module_apply_default/MobilenetV2"
_POOLED = f"{HUB}/Logits/AvgPool"
_WEIGHTS = f"{HUB}/Logits/Conv2d_1c_1x1/weights"
_BIAS = f"{HUB}/Logits/Conv2d_1c_1x1/biases"


def block_name(number: int) -> str:
    """What the names of block `number`'s operations begin with, counted from 1."""
    return f"{HUB}/expanded_conv" + (f"_{number - 1}" if number > 1 else "")


FIRST_OF_LAST_STAGE = 14
"""Blocks from here on work at 1/32 of the picture."""


@dataclass(frozen=True)
class Lesson:
    """What the teacher sees in some views."""

    streams: list[Tensor]
    """What leaves blocks 1 to 17, [n, channels, h, w] at the pupil's heights and widths"""
    endings: list[Tensor]
    """What leaves blocks 16 and 17, at the size the teacher saw"""


class Teacher(nn.Module):
    """Read straight from TF.js files; nothing in it is trained."""

    def __init__(self, folder: Path, bfloat16: bool = False) -> None:
        """`bfloat16`: faster where the processor knows it (avx512_bf16), slow elsewhere, 1 % off."""
        super().__init__()
        model = read_tfjs(folder)
        if _WEIGHTS not in model.weights:
            raise ValueError(f"{folder} is no MobileNetV2 as TF-Hub has them")
        self.graph = TfjsGraph(model)
        self._stream_names = [self._stream_node(number) for number in range(1, BLOCKS + 1)]
        widths = tuple(self._channels(number) for number in range(1, BLOCKS + 1))
        if widths != STREAMS:
            raise ValueError(f"{folder} is no MobileNetV2 of width 1: its blocks give {widths}")
        weights = model.weights[_WEIGHTS]
        self.register_buffer("weights", torch.from_numpy(weights.copy()).reshape(weights.shape[-2:]))
        self.register_buffer("bias", torch.from_numpy(model.weights[_BIAS].copy()))
        self._kind = torch.bfloat16 if bfloat16 else torch.float32
        self.graph.to(self._kind)

    @torch.no_grad()
    def lesson(self, images: Tensor, closer: int) -> Lesson:
        """
        Of `images` [n, 3, s, s] in 0..1; float32 whatever the teacher computes in. With `closer` greater
        than s the last stage is asked about the pictures enlarged to that side: it was trained at 224 px,
        and knows more of a large blurred picture than of a small sharp one.
        """
        if closer == images.shape[3]:
            streams = self._streams(images, range(1, BLOCKS + 1))
            return Lesson(streams, streams[-2:])
        streams = self._streams(images, range(1, FIRST_OF_LAST_STAGE))
        enlarged = F.interpolate(images, (closer, closer), mode="bicubic", align_corners=False)
        enlarged = enlarged.clamp_(0, 1).contiguous(memory_format=torch.channels_last)
        last = self._streams(enlarged, range(FIRST_OF_LAST_STAGE, BLOCKS + 1))
        sides = [-(-side // 2) for side in streams[-1].shape[2:]]
        fitted = [F.interpolate(one, sides, mode="area") for one in last]
        return Lesson([*streams, *fitted], last[-2:])

    def _streams(self, images: Tensor, blocks: range) -> list[Tensor]:
        names = [self._stream_names[number - 1] for number in blocks]
        at_once = len(images) if images.is_cuda else _PROCESSOR_BATCH
        told = [self.graph(part, names) for part in images.to(self._kind).split(at_once)]
        return [torch.cat(parts).float().contiguous(memory_format=torch.channels_last)
                for parts in zip(*told)]

    def scores(self, stream: Tensor) -> Tensor:
        """
        [n, classes] that the last convolution and the classifier give to what leaves block 17, also to
        what leaves a pupil's; gradients pass.
        """
        given = {self._stream_names[-1]: stream.to(self._kind)}
        pooled: Tensor = self.graph(stream, [_POOLED], given)[0]
        return pooled.flatten(1).float() @ self.weights + self.bias

    def _channels(self, number: int) -> int:
        project = self.graph.nodes[f"{block_name(number)}/project/BatchNorm"]
        return int(self.graph.weight(project["input"][1]).shape[0])

    def _stream_node(self, number: int) -> str:
        added = f"{block_name(number)}/add"
        return added if added in self.graph.nodes else f"{block_name(number)}/project/BatchNorm"
