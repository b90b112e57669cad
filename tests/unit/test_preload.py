"""What is loaded with torch and never used is given back."""

from __future__ import annotations

import subprocess
import sys

import pytest

from deepstudio.app.preload import untouched_mappings

_SMAPS = """\
7f00-7f10 r-xp 00000000 fe:00 77                         /venv/nvidia/cu13/lib/libcublasLt.so.13
Rss:                4096 kB
Anonymous:             0 kB
VmFlags: rd ex mr mw me
7f10-7f20 r--p 00000000 fe:00 77                         /venv/nvidia/cu13/lib/libcublasLt.so.13
Anonymous:            12 kB
7f20-7f30 rw-p 00000000 fe:00 77                         /venv/nvidia/cu13/lib/libcublasLt.so.13
Anonymous:             0 kB
7f30-7f50 r--p 00000000 fe:00 78                         /venv/torch/lib/libtorch_cuda.so
Anonymous:             0 kB
7f50-7f60 r-xp 00000000 fe:00 79                         /venv/torch/lib/libtorch_cpu.so
Anonymous:             0 kB
7f60-7f70 rw-p 00000000 00:00 0
Anonymous:             0 kB
"""


def test_only_unchanged_read_only_pages_of_cuda_are_given_back() -> None:
    assert list(untouched_mappings(_SMAPS.splitlines())) == [(0x7F00, 0x10), (0x7F30, 0x20)]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_torch_works_on_after_cuda_was_let_go_of() -> None:
    script = (
        "import torch; from deepstudio.app.preload import let_go_of_cuda; let_go_of_cuda();"
        "print(float((torch.ones(64, 64) @ torch.ones(64, 64)).sum()))"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert float(answer.stdout) == 64**3
