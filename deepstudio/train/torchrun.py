"""What torchrun tells the processes that it starts (environment of torch.distributed.run). Torch-free, any thread."""

from __future__ import annotations

import os
from datetime import datetime

import psutil


def in_group() -> bool:
    """Return whether torchrun started this process."""
    return "RANK" in os.environ and "WORLD_SIZE" in os.environ


def rank() -> int:
    """Return the number of this process, 0 for the first and for one that is alone."""
    return int(os.environ["RANK"]) if in_group() else 0


def local_rank() -> int:
    """Return its number on this machine."""
    return int(os.environ.get("LOCAL_RANK", "0"))


def world_size() -> int:
    """Return how many processes there are."""
    return int(os.environ["WORLD_SIZE"]) if in_group() else 1


def attempt() -> int:
    """Return how often the processes were started again after one of them died."""
    return int(os.environ.get("TORCHELASTIC_RESTART_COUNT", "0"))


def was_restarted() -> bool:
    """Return whether the processes were started again after one of them died."""
    return attempt() > 0


def started() -> datetime:
    """Return when torchrun itself was started on this machine: the same before and after a restart."""
    return datetime.fromtimestamp(psutil.Process(os.getppid()).create_time())
