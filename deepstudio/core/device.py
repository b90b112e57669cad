"""Which device computes, chosen once and told in words.

Imports torch when called, so call it in a lane, not at start.
"""

from __future__ import annotations

import functools
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deepstudio.core.errors import UnknownNameError
from deepstudio.core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    import torch


_CPU_INFO = Path("/proc/cpuinfo")
BEHIND_THE_WINDOW, BEHIND_ANSWERS = 5, 10
"""Niceness of a thread that answers, and of one that trains. Measured while a network trains on two cores: the window's
pauses are a third shorter than without, and an answer takes 26 ms (p95), not 34 as it did with one niceness for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceInfo:
    """A device as shown to a person: `kind` is cpu, cuda or mps; memory in bytes, None where unknown."""

    kind: str
    name: str
    memory_total: int | None = None
    memory_free: int | None = None


def pick_device(wanted: str = "auto") -> torch.device:
    """Return the device named `wanted`, or the best there is for "auto".

    Raises UnknownNameError if the device is not there.
    """
    import torch

    available = ["cpu"]
    if torch.cuda.is_available():
        available.insert(0, "cuda")
    if torch.backends.mps.is_available():
        available.insert(0, "mps")
    if wanted == "auto":
        return torch.device(available[0])
    if wanted.split(":")[0] not in available:
        raise UnknownNameError(
            QT_TRANSLATE_NOOP("errors", "The device '{name}' is not available here."),
            fix=QT_TRANSLATE_NOOP("errors", "Available: {near}."),
            name=wanted,
            near=", ".join(available),
        )
    return torch.device(wanted)


def describe_device(device: torch.device) -> DeviceInfo:
    """Return name and memory of `device`."""
    import torch

    if device.type == "cuda":
        free, total = torch.cuda.mem_get_info(device)
        name = torch.cuda.get_device_name(device)
        return DeviceInfo(kind="cuda", name=name, memory_total=total, memory_free=free)
    if device.type == "mps":
        return DeviceInfo(kind="mps", name="Apple GPU", memory_total=torch.mps.recommended_max_memory())
    threads = torch.get_num_threads()
    return DeviceInfo(kind="cpu", name=f"{threads} CPU thread{'' if threads == 1 else 's'}")


@functools.cache
def cpu_is_fast_at_bf16() -> bool:
    """Return whether the processor multiplies bf16 matrices in hardware (AMX or AVX-512 BF16)."""
    try:
        flags = _CPU_INFO.read_text(encoding="ascii", errors="ignore")
    except OSError:
        return False
    return "amx_bf16" in flags or "avx512_bf16" in flags


def gpu_uuid(device: torch.device) -> str | None:
    """Return the name by which NVIDIA's driver knows a CUDA device (`GPU-...`), None for other devices."""
    if device.type != "cuda":
        return None
    import torch

    return f"GPU-{torch.cuda.get_device_properties(device).uuid}"


def yield_to_window(niceness: int) -> None:
    """Lower this thread's priority, and that of the threads it starts, so that computing never starves the window.

    Nice is per thread on Linux and a torch pool inherits it: call this before the thread's first torch operation.
    Does nothing elsewhere.
    """
    if sys.platform == "linux":
        import threading

        thread = threading.get_native_id()
        lowered = max(os.getpriority(os.PRIO_PROCESS, thread), niceness)
        os.setpriority(os.PRIO_PROCESS, thread, lowered)
