"""How many frames a second ten million points are panned and zoomed at, and whether every pixel column is exact."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from deepstudio.app.bench._probe import run_probe
from deepstudio.core.job import JobContext

NAME = "curves"
HELP = "Frames a second over ten million points, exact extremes per pixel column, and PlotWidget beside it."
IN_ALL = True

_TIMEOUT_S = 900


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--points", type=int, default=10_000_000, help="points of the curve")
    parser.add_argument("--frames", type=int, default=240, help="frames of panning and of zooming")
    parser.add_argument("--windows", type=int, default=100, help="random windows compared with brute force")
    parser.add_argument("--no-peer", action="store_true", help="leave pyqtgraph out")


def measure(arguments: argparse.Namespace, context: JobContext) -> Iterator[Mapping[str, Any]]:
    """Yield the figures of one window of 1600 x 900 pixels."""
    options = {
        "points": arguments.points,
        "frames": arguments.frames,
        "windows": arguments.windows,
        "peer": not arguments.no_peer,
    }
    yield run_probe("deepstudio.app.bench._curves_probe", options, timeout_s=_TIMEOUT_S)
