"""The memory that a training keeps: taken again without page faults, and given back at its end."""

from __future__ import annotations

import subprocess
import sys

import pytest

_SCRIPT = """
import resource
import numpy as np
from deepstudio.core.allocator import freed_memory_kept

def faults() -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(20):
        np.ones(48_000_000 // 8)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

def resident() -> int:
    with open("/proc/self/statm") as stream:
        return int(stream.read().split()[1]) * 4096

before = faults()
with freed_memory_kept():
    np.ones(48_000_000 // 8)
    within, kept = faults(), resident()
print(before, within, kept - resident())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc alone is told")
def test_freed_memory_is_kept_within_the_block_and_given_back_after_it() -> None:
    answer = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=True)
    before, within, given_back = map(int, answer.stdout.split())
    assert before > 200  # cleared pages, each time anew (few where pages are huge)
    assert within < before / 20
    assert given_back > 40_000_000
