"""One launch, measured from within: `python -m deepstudio.app.bench._launch_probe BEGAN PICTURE`, prints JSON.

BEGAN is the time (seconds since the epoch) at which the process was started.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from deepstudio.app import cli  # noqa: F401 - what the command would have imported first
from deepstudio.app.main import WindowProgram
from deepstudio.app.main import main as open_window

_PATIENCE_MS = 90_000
_BEAT_MS = 2


def main(began: float, picture: str) -> int:
    """Launch with `picture`, print seconds and memory when its answer is there, and quit."""
    import psutil
    from PySide6.QtCore import QTimer

    figures: dict[str, Any] = {}
    beats = {"last": 0.0, "longest": 0.0}

    def memory() -> float:
        return float(psutil.Process().memory_info().rss) / 1e6

    def beat() -> None:
        now = time.perf_counter()
        if beats["last"]:
            beats["longest"] = max(beats["longest"], now - beats["last"])
        beats["last"] = now

    def prepare(program: WindowProgram) -> None:
        def on_painted() -> None:
            figures["window_seconds"] = time.time() - began
            figures["memory_mb_window"] = memory()
            heart.start(_BEAT_MS)

        def on_answered() -> None:
            figures["first_answer_seconds"] = time.time() - began
            figures["memory_mb_answered"] = memory()
            figures["longest_gap_ms"] = beats["longest"] * 1e3
            print(json.dumps(figures), flush=True)  # now: a window that ends in a hurry does not come back here
            QTimer.singleShot(0, program.window.close)

        heart = QTimer(program)
        heart.timeout.connect(beat)
        program.first_paint.painted.connect(on_painted)
        program.window.workspace("image").view.single.answered.connect(on_answered)  # type: ignore[attr-defined]
        QTimer.singleShot(_PATIENCE_MS, program.window.close)

    open_window([picture], prepare=prepare)
    if "first_answer_seconds" not in figures:
        print("There was no answer.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2]))
