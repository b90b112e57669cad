"""Training in several processes (torchrun): each takes its share of every batch, gradients are averaged by weight.

The batches, and so the loss within rounding, are those of one process: the mean over a batch is put together from the
shares as they weigh, and batch norm takes its statistics over all shares. Only dropout differs, since each process
draws its own. Process 0 validates, writes and decides; the others follow. In the lane.

Gradients go through DistributedDataParallel (Li et al. 2020, arXiv:2006.15704): NCCL between GPUs, gloo between CPUs.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.train import torchrun
from deepstudio.train.objective import Objective
from deepstudio.train.shared_norm import share_batch_norm

_STEPS_BETWEEN_LOOKS = 4
"""So often the processes agree on whether to stop; agreeing takes a message between them."""
ValueT = TypeVar("ValueT")


class Alone:
    """The only process of a run."""

    rank = 0
    world = 1

    @property
    def is_first(self) -> bool:
        """Return whether this process validates and writes."""
        return self.rank == 0

    def join(self, network: nn.Module, objective: Objective) -> None:
        """Get ready to train `network`."""

    def loss(self, objective: Objective, batch: Any) -> tuple[Tensor, Tensor, Mapping[str, Tensor]]:
        """Return the loss to go backward from, the loss of the whole batch to show, and further values to show."""
        loss, extra = objective.loss(batch)
        return loss, loss.detach(), extra

    def stops(self, step: int, wish: bool) -> bool:
        """Return whether the run stops before `step`, as any process may wish."""
        return wish

    def share(self, make: Callable[[], ValueT]) -> ValueT:
        """Return what `make` returns in the first process."""
        return make()

    def gather(self, value: ValueT) -> list[ValueT]:
        """Return the values of all processes, by rank."""
        return [value]

    def leave(self) -> None:
        """Say goodbye to the others."""


class Together(Alone):
    """One of several processes that train one network."""

    def __init__(self, device: torch.device) -> None:
        # Restarted processes meet under a name of their own: addresses of those that died may still be in the store.
        store, rank, world = next(dist.rendezvous("env://", torchrun.rank(), torchrun.world_size()))  # type: ignore[attr-defined]
        store = dist.PrefixStore(f"attempt-{torchrun.attempt()}", store)  # type: ignore[attr-defined]
        dist.init_process_group("nccl" if device.type == "cuda" else "gloo", store=store, rank=rank, world_size=world)
        self.rank, self.world = dist.get_rank(), dist.get_world_size()
        # Decisions and other small talk stay off the GPU.
        self._talk: Any = dist.new_group(backend="gloo") if device.type == "cuda" else None
        self._shared: DistributedDataParallel | None = None

    def join(self, network: nn.Module, objective: Objective) -> None:
        """Take the first process's weights, and statistics of batch norm over all processes."""
        share_batch_norm(network)
        self._shared = DistributedDataParallel(_Loss(network, objective))

    def loss(self, objective: Objective, batch: Any) -> tuple[Tensor, Tensor, Mapping[str, Tensor]]:
        """Return the loss over this process's share, scaled so that the mean of gradients is that of the batch."""
        assert self._shared is not None, "join() comes first"
        part, share = self._part(objective, batch)
        loss, extra = self._shared(part)
        shown = torch.stack([loss.detach(), *(value.detach().float() for value in extra.values())]) * share
        dist.all_reduce(shown)
        return loss * (share * self.world), shown[0], dict(zip(extra, shown[1:], strict=True))

    def stops(self, step: int, wish: bool) -> bool:
        """Return whether any process wishes to stop; they agree on that every few steps."""
        if step % _STEPS_BETWEEN_LOOKS:
            return False
        wished = torch.tensor(int(wish))
        dist.all_reduce(wished, op=dist.ReduceOp.MAX, group=self._talk)
        return bool(wished)

    def share(self, make: Callable[[], ValueT]) -> ValueT:
        """Return what `make` returns in the first process (tensors and plain values)."""
        content = io.BytesIO()
        if self.is_first:
            torch.save(make(), content)
        size = torch.tensor(len(content.getbuffer()))
        dist.broadcast(size, 0, group=self._talk)
        data = torch.frombuffer(bytearray(content.getvalue() or bytes(int(size))), dtype=torch.uint8)
        dist.broadcast(data, 0, group=self._talk)
        found: ValueT = torch.load(io.BytesIO(data.numpy().tobytes()), map_location="cpu", weights_only=True)
        return found

    def gather(self, value: ValueT) -> list[ValueT]:
        """Return the values (tensors and plain values) of all processes, by rank."""
        found: list[Any] = [None] * self.world
        dist.all_gather_object(found, value, group=self._talk)
        return found

    def leave(self) -> None:
        """Leave the group."""
        dist.destroy_process_group()

    def _part(self, objective: Objective, batch: Any) -> tuple[Any, float | Tensor]:
        """Return this process's part of a batch and how much of the batch's mean it makes."""
        part = objective.part(batch, self.rank, self.world)
        if objective.num_examples(part):
            return part, objective.weight(part) / objective.weight(batch)
        # Fewer examples than processes: everybody must take part, so this one looks at an example that counts nothing.
        return objective.part(batch, 0, objective.num_examples(batch)), 0.0


class _Loss(nn.Module):
    """The objective as a module, so that gradients of the network that it is bound to are averaged."""

    def __init__(self, network: nn.Module, objective: Objective) -> None:
        super().__init__()
        self.network = network
        self._objective = objective

    def forward(self, batch: Any) -> tuple[Tensor, Mapping[str, Tensor]]:
        """Return the loss and further values."""
        return self._objective.loss(batch)


def join_processes(device: torch.device, batch_size: int) -> Alone:
    """Return this process's place among those that torchrun started, `Alone` if it did not. Raises InputError."""
    if not torchrun.in_group():
        return Alone()
    if batch_size < torchrun.world_size():
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "A batch of {size} cannot be shared by {count} processes."),
            fix=QT_TRANSLATE_NOOP("errors", "Take larger batches or fewer processes."),
            size=batch_size,
            count=torchrun.world_size(),
        )
    return Together(device)


def group_device(wanted: str) -> str:
    """Return the device of this process: its own GPU where torchrun started one process for each."""
    if torchrun.in_group() and wanted in ("auto", "cuda") and torch.cuda.is_available():
        torch.cuda.set_device(torchrun.local_rank())
        return f"cuda:{torchrun.local_rank()}"
    return wanted
