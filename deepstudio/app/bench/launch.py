"""How long a launch takes: until the window is visible, and until a file given at launch has its answer."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from deepstudio.core.errors import DeepStudioError
from deepstudio.core.job import JobContext
from deepstudio.core.paths import resources_dir
from deepstudio.core.words import QT_TRANSLATE_NOOP

NAME = "launch"
HELP = "Seconds from typing the command to the visible window, and to the first answer."
IN_ALL = True

_TIMEOUT_S = 120


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--runs", type=int, default=5, help="launches to measure, after one that warms the disk")
    parser.add_argument("--picture", type=Path, help="the picture to open (default: a sample of the program)")


def measure(arguments: argparse.Namespace, context: JobContext) -> Iterator[Mapping[str, Any]]:
    """Yield medians over the launches, each a process of its own with a fresh home."""
    picture = arguments.picture or first_sample()
    launches = []
    for number in range(arguments.runs + 1):
        context.progress(number, arguments.runs + 1)
        launches.append(_launch(picture))
    measured = launches[1:] or launches
    yield {
        "window_seconds": statistics.median(launch["window_seconds"] for launch in measured),
        "first_answer_seconds": statistics.median(launch["first_answer_seconds"] for launch in measured),
        "cold_window_seconds": launches[0]["window_seconds"],
        "memory_mb_window": statistics.median(launch["memory_mb_window"] for launch in measured),
        "memory_mb_answered": statistics.median(launch["memory_mb_answered"] for launch in measured),
        "longest_gap_ms": statistics.median(launch["longest_gap_ms"] for launch in measured),
        "runs": len(measured),
    }


def first_sample() -> Path:
    """Return a picture that comes with the program."""
    samples = sorted(path for path in (resources_dir() / "samples").rglob("*") if path.suffix in (".jpg", ".png"))
    if not samples:
        raise DeepStudioError(QT_TRANSLATE_NOOP("errors", "The program's sample pictures are missing."))
    return samples[0]


def _launch(picture: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "DEEPSTUDIO_HOME": home}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its modules compiled
        if sys.platform == "linux" and not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
            environment["QT_QPA_PLATFORM"] = "offscreen"
        began = time.time()
        answer = subprocess.run(
            [sys.executable, "-m", "deepstudio.app.bench._launch_probe", str(began), str(picture)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
    if answer.returncode != 0 or not answer.stdout.strip():
        raise DeepStudioError(
            QT_TRANSLATE_NOOP("errors", "The window did not launch: {reason}."),
            reason=(answer.stderr.strip().splitlines() or ["no output"])[-1].rstrip("."),
        )
    report: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return report
