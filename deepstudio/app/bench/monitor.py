"""What watching costs: training at full speed beside the window that draws every step of it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from deepstudio.app.bench._probe import run_probe
from deepstudio.core.job import JobContext

NAME = "monitor"
HELP = "Gaps of the window's event loop, training speed and delay while every step is drawn."
IN_ALL = True

_TIMEOUT_S = 1200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--turns", type=int, default=12, help="blocks of each kind, in turns")
    parser.add_argument("--seconds", type=float, default=2.0, help="length of a block")
    parser.add_argument("--network", default="article-two-blocks", help="the network of the articles to train")


def measure(arguments: argparse.Namespace, context: JobContext) -> Iterator[Mapping[str, Any]]:
    """Yield the figures of one window, in a process of its own."""
    options = {"turns": arguments.turns, "seconds": arguments.seconds, "network": arguments.network}
    yield run_probe("deepstudio.app.bench._monitor_probe", options, timeout_s=_TIMEOUT_S)
