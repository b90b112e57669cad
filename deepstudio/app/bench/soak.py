"""An hour of training in front of the window, at many times its speed: memory stays flat and nothing becomes slower."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from deepstudio.app.bench._probe import run_probe
from deepstudio.core.job import JobContext

NAME = "soak"
HELP = "Growth of memory and slowing down over a simulated hour of training in front of the window."
IN_ALL = False

_TIMEOUT_S = 3600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--hours", type=float, default=1.0, help="hours of training to simulate")
    parser.add_argument("--steps-per-second", type=int, default=50, help="steps a second of the simulated training")
    parser.add_argument("--batches-per-second", type=int, default=600, help="messages a second; 20 in real training")


def measure(arguments: argparse.Namespace, context: JobContext) -> Iterator[Mapping[str, Any]]:
    """Yield the figures of one window, in a process of its own."""
    options = {
        "hours": arguments.hours,
        "steps_per_second": arguments.steps_per_second,
        "batches_per_second": arguments.batches_per_second,
    }
    yield run_probe("deepstudio.app.bench._soak_probe", options, timeout_s=_TIMEOUT_S)
