"""Runs a part of a benchmark that needs a window in a process of its own, with a fresh home."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from deepstudio.core.errors import DeepStudioError
from deepstudio.core.words import QT_TRANSLATE_NOOP


def run_probe(module: str, options: dict[str, Any], *, timeout_s: float) -> dict[str, Any]:
    """Run `python -m module OPTIONS` (JSON) and return the JSON object it prints last. Raises DeepStudioError."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "DEEPSTUDIO_HOME": home}
        if sys.platform == "linux" and not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
            environment["QT_QPA_PLATFORM"] = "offscreen"
        try:
            answer = subprocess.run(
                [sys.executable, "-m", module, json.dumps(options)],
                env=environment,
                capture_output=True,
                text=True,
                timeout=timeout_s,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise _failed("it took too long") from error
    if answer.returncode != 0 or not answer.stdout.strip():
        raise _failed((answer.stderr.strip().splitlines() or ["no output"])[-1].rstrip("."))
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def _failed(reason: str) -> DeepStudioError:
    return DeepStudioError(QT_TRANSLATE_NOOP("errors", "The measurement failed: {reason}."), reason=reason)
