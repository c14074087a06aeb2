"""The network that is trained, and the linear heads through which the teacher listens to it."""
from __future__ import annotations

import torch
from torch import Tensor, nn

from .losses import between_maps, distillation
from .model import Backbone, ModelSettings, Output
from .settings import LossSettings
from .teacher import Lesson, Teacher

COMPARED_BLOCKS = (6, 10, 13, 16)
"""The last block of each width, from 1/8 of the picture on."""


class Pupil(nn.Module):
    """The heads are thrown away in the end. Being linear, they make the features linear in what is asked."""

    def __init__(self, model: ModelSettings, loss: LossSettings, teacher: Teacher | None) -> None:
        super().__init__()
        self.backbone = Backbone(model)
        self.bridge: nn.Module = nn.Identity()
        self.block_heads = nn.ModuleDict()
        self._loss = loss
        if teacher is None:
            return
        if teacher.width != model.embedding:
            self.bridge = nn.Linear(model.embedding, teacher.width)
        for number in COMPARED_BLOCKS if loss.blocks > 0 else ():
            own, theirs = self.backbone.block_channels(number), teacher.block_channels(number)
            self.block_heads[str(number)] = nn.Conv2d(own, theirs, 1)

    @property
    def blocks(self) -> tuple[int, ...]:
        """What leaves these is compared with what leaves the teacher's, place by place."""
        return tuple(int(number) for number in self.block_heads)

    def forward(self, images: Tensor) -> Output:
        """`images` [n, 3, h, w] in [-1, 1]."""
        return self.backbone.after(images, 0, self.blocks)

    def loss(self, output: Output, lesson: Lesson, teacher: Teacher) -> dict[str, Tensor]:
        """Weighted parts: the picture as a whole, its places, the places of the blocks on the way."""
        loss = self._loss
        own = self.bridge(output.embedding).float()
        parts = distillation(own, lesson.embedding, teacher, loss)
        if loss.places > 0:
            own = self.bridge(output.feature_map.permute(0, 2, 3, 1)).permute(0, 3, 1, 2).float()
            parts["places"] = loss.places * between_maps(own, lesson.feature_map)
        if self.blocks:
            errors = [
                between_maps(self.block_heads[str(n)](output.blocks[n]).float(), lesson.blocks[n])
                for n in self.blocks
            ]
            parts["blocks"] = loss.blocks * torch.stack(errors).mean()
        return parts
