"""Options that several commands have."""

from __future__ import annotations

import argparse
import re

_DEVICE = re.compile(r"auto|cpu|mps|cuda(:[0-9]+)?")


def add_device_option(parser: argparse.ArgumentParser) -> None:
    """Declare `--device`."""
    parser.add_argument("--device", type=_device, default="auto", help="auto, cpu, cuda, cuda:N or mps")


def _device(text: str) -> str:
    if _DEVICE.fullmatch(text) is None:
        raise argparse.ArgumentTypeError(f"'{text}' is no device, name one of auto, cpu, cuda, cuda:N and mps")
    return text
