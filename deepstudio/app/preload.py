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
import sys
from pathlib import Path

# In this order: the first is what torch itself loads for all to see; neither of the others touches Python.
_LIBRARIES = (("libtorch_global_deps.so", True), ("libtorch_cpu.so", False), ("libtorch_cuda.so", False))


def share_processor() -> None:
    """Let torch's idle threads sleep instead of spin, in a program whose lanes and window share the cores.

    A spinning thread takes the core from the one that it waits for: beside a busy process an answer took 238 ms in the
    network instead of 20 ms. Must come before torch is imported; a choice made by the user stays.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


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
