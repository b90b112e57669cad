"""Loads torch's largest libraries without stopping the window.

Python holds its global lock while it loads an extension module, and loading torch's libraries takes most of a second in
which no other thread runs. A foreign call lets go of the lock: the same libraries, first opened by the system's dlopen,
make the later `import torch` short. Measured with a heartbeat on a busy two-core machine: the longest pause of the main
thread fell from 790-1015 ms to 180-290 ms.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

# In this order: the first is what torch itself loads for all to see; neither of the others touches Python.
_LIBRARIES = (("libtorch_global_deps.so", True), ("libtorch_cpu.so", False), ("libtorch_cuda.so", False))
_MADV_DONTNEED = 4
_MAPPING = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ \d+ +(/.*)")
_OF_CUDA = re.compile(r"/nvidia/|/libtorch_cuda|/libcu|/libnv")


def preload_torch() -> None:
    """Load what there is of torch's libraries (Linux); what cannot be loaded is left to `import torch`. In the lane."""
    if sys.platform != "linux" or "torch" in sys.modules:
        return
    found = importlib.util.find_spec("torch")
    if found is None or found.origin is None:
        return
    folder = Path(found.origin).parent / "lib"
    libc = ctypes.CDLL(None)
    libc.dlopen.restype = ctypes.c_void_p
    for name, for_all in _LIBRARIES:
        if (folder / name).is_file():
            visible = os.RTLD_GLOBAL if for_all else os.RTLD_LOCAL
            libc.dlopen(os.fsencode(folder / name), os.RTLD_NOW | visible)


def give_back_freed() -> None:
    """Let the system have what was freed (glibc; elsewhere nothing is done). About 2 ms; any thread.

    glibc keeps what a lane freed for that lane: some hundred pictures and explanations leave 80 MB behind.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def let_go_of_cuda() -> None:
    """Where there is no NVIDIA GPU, give back the pages of CUDA's libraries. After torch was imported; in a lane.

    The ordinary wheel of torch links them, and loading touches 145 MB of them that nobody will use. Only pages that are
    as in their file are given back; should one be asked for after all, the system reads it again.
    """
    import torch

    if sys.platform != "linux" or torch.cuda.is_available():
        return
    madvise = ctypes.CDLL(None).madvise
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    with open("/proc/self/smaps", encoding="utf-8", errors="replace") as stream:
        untouched = list(untouched_mappings(stream))
    for start, size in untouched:
        madvise(start, size, _MADV_DONTNEED)


def untouched_mappings(lines: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield start and size of what is mapped from CUDA's libraries, read-only and without a changed page (proc(5))."""
    candidate: tuple[int, int] | None = None
    for line in lines:
        found = _MAPPING.match(line)
        if found is not None:
            start, end = int(found[1], 16), int(found[2], 16)
            candidate = (start, end - start) if "w" not in found[3] and _OF_CUDA.search(found[4]) else None
        elif candidate is not None and line.startswith("Anonymous:"):
            if line.split()[1] == "0":
                yield candidate
            candidate = None
