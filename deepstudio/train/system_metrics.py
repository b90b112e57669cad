"""Load, memory and temperature of the machine, sampled beside a run. Torch-free.

A thread of its own takes a sample a second, so that a slow driver never holds up a step; the training thread picks up
the latest.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from types import TracebackType
from typing import Any

import psutil

_NVML_TEMPERATURE_GPU = 0  # nvml.h


class SystemSampler:
    """Samples every `seconds` while a `with` block lasts. `gpu` is a GPU's UUID as the driver knows it."""

    def __init__(self, gpu: str | None = None, *, seconds: float = 1.0) -> None:
        self._gpu = gpu
        self._seconds = seconds
        self._latest: dict[str, float] | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="system-metrics", daemon=True)

    def __enter__(self) -> SystemSampler:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def take(self) -> dict[str, float]:
        """Return the sample taken since the last call, empty if there is none."""
        latest, self._latest = self._latest, None
        return latest or {}

    def _work(self) -> None:
        process = psutil.Process()
        gpu = _open_gpu(self._gpu)
        psutil.cpu_percent()
        process.cpu_percent()
        while not self._stop.wait(self._seconds):
            sample = {
                "system/cpu": psutil.cpu_percent(),
                "system/process_cpu": process.cpu_percent(),
                "system/memory": float(psutil.virtual_memory().percent),
                "system/process_memory_bytes": float(process.memory_info().rss),
                **_temperature(),
            }
            if gpu is not None:
                sample.update(gpu.sample())
            self._latest = sample
        if gpu is not None:
            gpu.close()


def _temperature() -> dict[str, float]:
    """Return the hottest processor sensor in degrees Celsius, nothing where there is none."""
    sensors: dict[str, list[Any]] = getattr(psutil, "sensors_temperatures", dict)()
    found = [entry.current for name in ("coretemp", "k10temp", "cpu_thermal") for entry in sensors.get(name, ())]
    return {"system/cpu_temperature": float(max(found))} if found else {}


class _Utilization(ctypes.Structure):
    _fields_ = [("gpu", ctypes.c_uint), ("memory", ctypes.c_uint)]


class _Memory(ctypes.Structure):
    _fields_ = [("total", ctypes.c_ulonglong), ("free", ctypes.c_ulonglong), ("used", ctypes.c_ulonglong)]


class _NvidiaGpu:
    """One GPU through NVIDIA's management library, which comes with the driver (NVML API reference, device queries)."""

    def __init__(self, library: ctypes.CDLL, handle: ctypes.c_void_p) -> None:
        self._library = library
        self._handle = handle

    def sample(self) -> dict[str, float]:
        """Return load in per cent, memory in bytes and degrees Celsius, as far as the driver tells."""
        load, memory, heat = _Utilization(), _Memory(), ctypes.c_uint()
        found: dict[str, float] = {}
        if self._library.nvmlDeviceGetUtilizationRates(self._handle, ctypes.byref(load)) == 0:
            found["system/gpu"] = float(load.gpu)
        if self._library.nvmlDeviceGetMemoryInfo(self._handle, ctypes.byref(memory)) == 0:
            found["system/gpu_memory_bytes"] = float(memory.used)
            found["system/gpu_memory"] = 100.0 * memory.used / max(memory.total, 1)
        if self._library.nvmlDeviceGetTemperature(self._handle, _NVML_TEMPERATURE_GPU, ctypes.byref(heat)) == 0:
            found["system/gpu_temperature"] = float(heat.value)
        return found

    def close(self) -> None:
        """Give the library back."""
        self._library.nvmlShutdown()


def _open_gpu(uuid: str | None) -> _NvidiaGpu | None:
    if uuid is None:
        return None
    try:
        library = ctypes.CDLL("nvml.dll" if sys.platform == "win32" else "libnvidia-ml.so.1")
    except OSError:
        return None
    handle = ctypes.c_void_p()
    if library.nvmlInit_v2() != 0:
        return None
    if library.nvmlDeviceGetHandleByUUID(uuid.encode(), ctypes.byref(handle)) != 0:
        library.nvmlShutdown()
        return None
    return _NvidiaGpu(library, handle)
