"""Random views of pictures: crop, flip, colour; computed where the pictures are."""
from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from .settings import AugmentSettings


@dataclass(frozen=True)
class Views:
    """Random choices for n pictures."""

    boxes: Tensor
    """[n, 2, 3], the affine map from output to input, both in [-1, 1]"""
    colour: Tensor
    """[n, 3]: factors of brightness, contrast, saturation"""
    sharpness: Tensor
    """[n]: how often what a blur takes away is added, for pictures that were enlarged"""
    share: Tensor
    """[n]: how much of the view before each is blended in"""

    def to(self, device: torch.device) -> Views:
        return Views(*(part.to(device) for part in (self.boxes, self.colour, self.sharpness, self.share)))


def draw_views(count: int, settings: AugmentSettings, generator: torch.Generator) -> Views:
    def uniform(low: float, high: float) -> Tensor:
        return low + (high - low) * torch.rand(count, generator=generator)

    area = uniform(settings.smallest_crop, 1)
    limit = math.log(settings.largest_stretch)
    stretch = torch.exp(uniform(-limit, limit) / 2)
    width = (area.sqrt() * stretch).clamp(max=1)
    height = (area.sqrt() / stretch).clamp(max=1)
    left, top = uniform(-1, 1) * (1 - width), uniform(-1, 1) * (1 - height)
    flip = torch.where(uniform(0, 1) < 0.5, -1.0, 1.0) if settings.flip else torch.ones(count)
    zero = torch.zeros(count)
    boxes = torch.stack(
        [torch.stack([width * flip, zero, left], 1), torch.stack([zero, height, top], 1)], 1
    )
    strengths = (settings.brightness, settings.contrast, settings.saturation)
    colour = torch.stack([uniform(max(0.0, 1 - one), 1 + one) for one in strengths], 1)
    # As often none as some.
    sharpness = settings.sharpest * uniform(-1, 1).clamp(min=0)
    share = settings.most_blended * uniform(-1, 1).clamp(min=0)
    return Views(boxes, colour, sharpness, share)


def whole_picture(count: int) -> Views:
    """No chance at all: the view for the loss on images that were held back."""
    boxes = torch.tensor([[1.0, 0, 0], [0, 1.0, 0]]).repeat(count, 1, 1)
    return Views(boxes, torch.ones(count, 3), torch.zeros(count), torch.zeros(count))


def crop(pixels: Tensor, boxes: Tensor, size: int) -> Tensor:
    """[n, 3, size, size] in 0..1 of bytes [n, side, side, 3]."""
    images = pixels.permute(0, 3, 1, 2).float().div_(255)
    grid = F.affine_grid(boxes, [len(images), 3, size, size], align_corners=False)
    return F.grid_sample(images, grid, "bilinear", "reflection", align_corners=False)


def recolour(images: Tensor, colour: Tensor) -> Tensor:
    """Brightness, contrast about the mean grey, saturation, in this order; stays in 0..1."""
    weights = torch.tensor([0.299, 0.587, 0.114], device=images.device).view(1, 3, 1, 1)
    brightness, contrast, saturation = (colour[:, i].view(-1, 1, 1, 1) for i in range(3))
    images = (images * brightness).clamp_(0, 1)
    middle = (images * weights).sum(1, keepdim=True).mean((2, 3), keepdim=True)
    images = (middle + (images - middle) * contrast).clamp_(0, 1)
    grey = (images * weights).sum(1, keepdim=True)
    return (grey + (images - grey) * saturation).clamp_(0, 1)


def blend(images: Tensor, share: Tensor) -> Tensor:
    """
    Each becomes a mixture with the one before it, of which it takes `share` [n]; the first takes the last.
    Mixup (Zhang et al. 2018, arXiv 1710.09412), for a pupil that follows its teacher everywhere: pictures
    like none in the sets (Beyer et al. 2022, arXiv 2106.05237).
    """
    return images.lerp(images.roll(1, 0), share.view(-1, 1, 1, 1))


_BINOMIAL = (1, 4, 6, 4, 1)
"""A Gaussian of one pixel; twice, of one and a half."""


def sharpen(images: Tensor, strength: Tensor) -> Tensor:
    """
    Unsharp masking, by `strength` [n] each; stays in 0..1. A small picture that fills a view is blurred, and a
    network that saw no others does not know what a large thing with fine detail looks like.
    """
    here = strength > 0
    if not bool(here.any()):
        return images
    chosen = images[here]
    weights = torch.tensor(_BINOMIAL, dtype=images.dtype, device=images.device) / sum(_BINOMIAL)
    across = weights.view(1, 1, 1, -1).expand(3, 1, 1, -1)
    blurred = chosen
    for kernel, padding in ((across, (2, 2, 0, 0)), (across.transpose(2, 3), (0, 0, 2, 2))) * 2:
        blurred = F.conv2d(F.pad(blurred, padding, mode="reflect"), kernel, groups=3)
    sharper = chosen + strength[here].view(-1, 1, 1, 1) * (chosen - blurred)
    images = images.clone()
    images[here] = sharper.clamp_(0, 1)
    return images
