"""The machine: processor, device, memory, microphones. Imports torch when its check runs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

from deepstudio.app.doctor.finding import Finding, State, ask_python

_GIB = 1 << 30
_LOW_MEMORY = 4 * _GIB

_ASK_MICROPHONES = """
import dataclasses, json, sys
from deepstudio.audio.devices import microphones
from deepstudio.core.errors import DeepStudioError
try:
    print(json.dumps({"found": [dataclasses.asdict(item) for item in microphones()]}))
except DeepStudioError as error:
    print(json.dumps({"sentence": error.sentence.format(**error.values), "fix": error.fix}))
"""


def check_processor() -> Iterator[Finding]:
    """Cores, memory, and the instructions that decide how fast bf16 is."""
    import psutil
    import torch

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    features = [torch.backends.cpu.get_cpu_capability()]
    if torch.cpu._is_avx512_bf16_supported():
        features.append("bf16")
    if torch.cpu._is_amx_tile_supported():
        features.append("AMX")
    yield Finding(check="Processor", state=State.OK, value=f"{cores} cores, {', '.join(features)}")
    total = psutil.virtual_memory().total
    low = total < _LOW_MEMORY
    yield Finding(
        check="Memory",
        state=State.NOTE if low else State.OK,
        value=f"{total / _GIB:.1f} GiB",
        fix="Large networks need more memory; take small ones and small batches." if low else "",
    )


def check_device() -> Iterator[Finding]:
    """What networks run on."""
    import torch

    from deepstudio.core.device import describe_device, pick_device

    info = describe_device(pick_device())
    memory = f", {info.memory_total / _GIB:.0f} GiB" if info.memory_total else ""
    yield Finding(check="Device", state=State.OK, value=f"{info.kind}: {info.name}{memory} (torch {torch.__version__})")


def check_microphones() -> Iterator[Finding]:
    """Microphones; the program works without."""
    well, answer = ask_python(_ASK_MICROPHONES)
    if not well:
        yield Finding(check="Microphones", state=State.NOTE, value=f"the sound system failed: {answer}")
        return
    report = json.loads(answer.splitlines()[-1])
    if "sentence" in report:
        yield Finding(check="Microphones", state=State.NOTE, value=report["sentence"], fix=report["fix"])
    elif not report["found"]:
        yield Finding(check="Microphones", state=State.NOTE, value="none", fix="Connect one to transcribe live speech.")
    else:
        names = ", ".join(f"{item['name']} ({item['sample_rate']} Hz)" for item in report["found"])
        yield Finding(check="Microphones", state=State.OK, value=names)
