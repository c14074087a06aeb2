"""Several processes that train one network on one machine: each takes a part of every batch.

On a processor two processes of one thread each are faster than one of two threads, because only the
convolutions share their work well. Gradients are averaged after every backward pass, so all of them
take the same step; batch norms see their own part, and the first process's statistics are kept.
"""
from __future__ import annotations

import socket
from collections.abc import Callable

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import nn


class Alone:
    """One process."""

    rank = 0
    count = 1

    def average_gradients(self, model: nn.Module) -> None:
        """Nobody to agree with."""

    def anyone(self, wish: bool) -> bool:
        return wish


ALONE = Alone()


class Together(Alone):
    def __init__(self, rank: int, count: int, port: int) -> None:
        address = f"tcp://127.0.0.1:{port}"
        dist.init_process_group("gloo", init_method=address, rank=rank, world_size=count)
        self.rank, self.count = rank, count

    def average_gradients(self, model: nn.Module) -> None:
        trained = list(model.parameters())
        # Without a labelled picture in its part, a process has no gradient of the classifier; while blocks
        # are taught apart, none has.
        flat = torch.cat([
            torch.zeros(one.numel()) if one.grad is None else one.grad.flatten() for one in trained
        ])
        dist.all_reduce(flat)
        for one, mean in zip(trained, (flat / self.count).split([one.numel() for one in trained])):
            one.grad = mean.view_as(one).contiguous()

    def anyone(self, wish: bool) -> bool:
        """Whether any of the processes wants it; all have to ask at the same time."""
        votes = torch.tensor([float(wish)])
        dist.all_reduce(votes)
        return bool(votes > 0)


def run_together(count: int, work: Callable[..., None], *arguments: object) -> None:
    """Calls `work(group, *arguments)` in `count` processes, and waits. An error in one ends them all."""
    if count == 1:
        work(Alone(), *arguments)
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    mp.spawn(_member, (count, port, work, arguments), nprocs=count)


def _member(
    rank: int, count: int, port: int, work: Callable[..., None], arguments: tuple[object, ...]
) -> None:
    torch.set_num_threads(max(1, torch.get_num_threads() // count))
    work(Together(rank, count, port), *arguments)
    dist.destroy_process_group()
