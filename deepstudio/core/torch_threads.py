"""How many threads torch may use. Any thread that computes.

torch keeps one number for the process, and every thread takes it over at its first operation: one that begins while
another works alone would stay alone for the rest of its life. So what began as usual is remembered, and what shares its
work asks for it first.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import torch

_SHARED = 2**16
"""Numbers enough for torch to share the work on them; it does from 32,768 on."""

_settled = threading.local()


@cache
def usual_threads() -> int:
    """Return the number that torch began with: the cores, or what OMP_NUM_THREADS says."""
    return torch.get_num_threads()


def use_usual_threads() -> None:
    """Let the calling thread share its work as torch does by itself, whatever others were doing when it began."""
    _settle(usual_threads())


def stay_alone() -> None:
    """Let the calling thread compute without others from now on; what begins meanwhile asks for the usual number."""
    usual_threads()
    _settle(1)


def _settle(threads: int) -> None:
    torch.set_num_threads(threads)
    if not hasattr(_settled, "done"):  # a thread reads the process's number when it first shares work: now, not later
        torch.ones(_SHARED).exp_()
        _settled.done = True


@contextmanager
def one_thread() -> Iterator[None]:
    """Let torch use no thread but the caller's: for one text, whose steps are too small to share.

    Where the cores are busy, threads wait for each other at every step: an answer took up to twenty times as long.
    """
    usual_threads()
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
