"""The threads that OpenMP keeps for every thread that has shared its work. Torch-free.

GCC's OpenMP, which torch brings on Linux, lets a thread spin for some milliseconds while it waits for its share of the
next layer. Once a process keeps more such threads than there are cores, none spins any more and each is woken for each
layer. Both can be wrong. With the threads of an earlier answer still waiting in another lane, training the articles'
networks lost two fifths of its speed (5,200 images a second instead of 8,800, two cores); so whoever is done gives its
threads back. On cores that other programs keep busy, a thread that spins holds up the very one that it waits for (85
images a second instead of 1,090 beside two other trainings); so a training looks whether its threads have to wait for a
core, and keeps some idle ones as long as they do.
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_HARD = 2  # omp_pause_hard: OpenMP 5.0, section 3.2.44
_LOOK_S = 0.5
_BUSY, _CALM = 0.3, 0.15
"""Waiting for a core, in seconds of all threads a second, above which a machine is busy, and below which it is not."""

_TASKS = Path("/proc/self/task")


def give_back_threads() -> None:
    """End the threads that OpenMP keeps for the calling thread, outside of any parallel work. Any thread.

    Takes 0.06 ms, and the next parallel work 0.05 ms more (0.0002 ms where there is nothing to end). Does nothing where
    torch is not loaded, and with other runtimes: LLVM's would end the threads of all.
    """
    runtime = _gcc_runtime()
    if runtime is not None:
        runtime.omp_pause_resource_all(_HARD)


@contextmanager
def asleep_where_busy() -> Iterator[None]:
    """While the block lasts, let OpenMP's threads sleep at once whenever those of this process wait for cores.

    Results are the same to the bit: how many threads share the work does not change. Does nothing where the system
    does not tell how long threads wait (Linux does: proc(5), schedstat), and with other runtimes.
    """
    if _gcc_runtime() is None or not waited_seconds():
        yield
        return
    watch = BusyWatch(waited_seconds, _LOOK_S)
    watch.start()
    try:
        yield
    finally:
        watch.stop()


class BusyWatch(threading.Thread):
    """Keeps as many idle threads as there are cores while `waited` (seconds by thread so far) grows fast."""

    def __init__(self, waited: Callable[[], Mapping[str, float]], look_s: float) -> None:
        super().__init__(name="busy-watch", daemon=True)
        self._waited = waited
        self._look_s = look_s
        self._over = threading.Event()
        self.busy = False
        """Whether idle threads are kept now."""

    def stop(self) -> None:
        """End the watch and the threads that it keeps."""
        self._over.set()
        self.join()

    def run(self) -> None:
        """Look, again and again."""
        before, since = self._waited(), time.perf_counter()
        while not self._over.wait(self._look_s):
            after, now = self._waited(), time.perf_counter()
            share = sum(seconds - before.get(thread, seconds) for thread, seconds in after.items()) / (now - since)
            before, since = after, now
            busy = share > (_CALM if self.busy else _BUSY)
            if busy and not self.busy:
                _keep_idle_threads(os.cpu_count() or 1)
            elif self.busy and not busy:
                give_back_threads()
            self.busy = busy
        give_back_threads()


def waited_seconds() -> dict[str, float]:
    """Return how long each thread of this process has waited for a core so far; nothing where that is not told."""
    found = {}
    for task in _TASKS.iterdir() if _TASKS.is_dir() else ():
        try:
            found[task.name] = int((task / "schedstat").read_text().split()[1]) * 1e-9
        except (OSError, IndexError, ValueError):  # it has ended just now
            continue
    return found


def _keep_idle_threads(count: int) -> None:
    """Let OpenMP start `count` threads for the calling thread, for no work at all: `free` of nothing."""
    runtime = _gcc_runtime()
    if runtime is not None:
        runtime.GOMP_parallel(runtime.free, None, count + 1, 0)


def _gcc_runtime() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    process = ctypes.CDLL(None)
    ours = hasattr(process, "omp_pause_resource_all") and not hasattr(process, "kmp_set_blocktime")
    return process if ours else None
