"""One process of the tour: `python -m deepstudio.app.tour._variant OUT FIRST PLAY`. Writes its report to OUT.

The report is written anew after each step, so that a tour that breaks off still says what it did, and the name of the
step is printed.
"""

from __future__ import annotations

import json
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from deepstudio.app.main import WindowProgram
from deepstudio.app.main import main as open_window
from deepstudio.app.tour import scenes, scenes_runs, scenes_speech, scenes_text, scenes_train, scenes_train_texts
from deepstudio.app.tour.stage import Report, Stage
from deepstudio.core.files import write_text_atomic

_BROKEN = "broken.jpg"


class Tour(QObject):
    """Waits for the program to be ready, plays the scenes, closes the window."""

    def __init__(self, program: WindowProgram, out: Path, first: int, variant: str) -> None:
        super().__init__(program)
        self._variant = variant
        self.program = program
        self.report = Report()
        self.facts: dict[str, Any] = {}
        ratio = program.window.devicePixelRatioF()
        suffix = "" if ratio == 1 else f"-{ratio:g}x"
        self._stage = Stage(program, out, self.report, first=first, suffix=suffix, tell=self._tell)
        self._out = out
        self._play = PLAYS[variant]
        self._began = time.perf_counter()
        program.services.settings.change("appearance", theme="light", language="en", reduce_motion=True)
        program.window.resize(*scenes.WIDE)
        program.first_paint.painted.connect(self._on_painted)
        program.ready.connect(self._on_ready)

    @Slot()
    def _on_painted(self) -> None:
        self.facts["window_after_seconds"] = round(time.perf_counter() - self._began, 3)

    @Slot()
    def _on_ready(self) -> None:
        self.facts["ready_after_seconds"] = round(time.perf_counter() - self._began, 3)
        # From the event loop itself, not from within the delivery of a job's end.
        QTimer.singleShot(0, self._run)

    def write(self, *, whole: bool) -> None:
        """Write what was done so far; `whole` says that this is all."""
        report = {"variant": self._variant, "whole": whole, **self.facts, **asdict(self.report)}
        write_text_atomic(self._out / f"report-{self._variant}.json", json.dumps(report, ensure_ascii=False))

    def _tell(self, entry: dict[str, Any]) -> None:
        self.write(whole=False)
        print(entry["step"], flush=True)

    @Slot()
    def _run(self) -> None:
        broken = self._out / _BROKEN
        broken.write_bytes(b"\xff\xd8\xff\xe0 this is no picture")
        try:
            with self._stage.step("tour"):
                self._play(self._stage, broken)
        finally:
            broken.unlink()
            self.facts |= facts(self.program)
            self.program.window.close()


def play_full(stage: Stage, broken: Path) -> None:
    """Light, dark, narrow, Chinese."""
    settings = stage.program.services.settings
    scenes.main_job(stage, broken)
    scenes_text.main_job(stage)
    scenes_speech.main_job(stage)
    scenes_train_texts.train_on_texts(stage)
    scenes_train.main_job(stage)
    scenes_runs.main_job(stage)
    settings.change("appearance", theme="dark")
    stage.idle()
    all_looks(stage, dialogs=True)
    stage.resize(*scenes.NARROW)
    all_looks(stage, dialogs=False)
    settings.change("appearance", theme="light")
    stage.idle()
    all_looks(stage, dialogs=True)
    stage.resize(*scenes.WIDE)
    speak_chinese(stage)
    all_looks(stage, dialogs=True)
    stage.resize(*scenes.NARROW)
    settings.change("appearance", theme="dark")
    stage.idle()
    all_looks(stage, dialogs=False)


def all_looks(stage: Stage, *, dialogs: bool) -> None:
    """Every workspace as it is, in the present theme, size and language."""
    scenes.looks(stage, dialogs=dialogs)
    scenes_text.looks(stage)
    scenes_speech.looks(stage)
    scenes_train.looks(stage)
    scenes_runs.looks(stage)


def play_short(stage: Stage, broken: Path) -> None:
    """The main job alone, for tests."""
    scenes.main_job(stage, broken)


def play_speech(stage: Stage, broken: Path) -> None:
    """Speech alone."""
    scenes_speech.main_job(stage)
    stage.program.services.settings.change("appearance", theme="dark")
    stage.settle()
    stage.resize(*scenes.NARROW)
    scenes_speech.looks(stage)


def play_train(stage: Stage, broken: Path) -> None:
    """Training and runs alone."""
    scenes_train_texts.train_on_texts(stage)
    scenes_train.main_job(stage)
    scenes_runs.main_job(stage)
    stage.program.services.settings.change("appearance", theme="dark")
    stage.idle()
    stage.resize(*scenes.NARROW)
    scenes_train.looks(stage)
    scenes_runs.looks(stage)


def play_sharp(stage: Stage, broken: Path) -> None:
    """The pages at this device pixel ratio, light and dark."""
    scenes.looks(stage, dialogs=False)
    stage.program.services.settings.change("appearance", theme="dark")
    stage.idle()
    scenes.looks(stage, dialogs=True)


def speak_chinese(stage: Stage) -> None:
    """Change the language; the window builds itself again."""
    with stage.step("Chinese"):
        before = stage.window.host
        stage.program.services.settings.change("appearance", language="zh_CN")
        stage.until(lambda: stage.window.host is not before, "the window in Chinese")
        stage.idle()


def facts(program: WindowProgram) -> dict[str, Any]:
    """Return what ran here."""
    import psutil

    torch = sys.modules.get("torch")
    device = program.device
    return {
        "python": platform.python_version(),
        "torch": getattr(torch, "__version__", None),
        "platform": platform.platform(),
        "device": None if device is None else f"{device.kind}: {device.name}",
        "device_pixel_ratio": program.window.devicePixelRatioF(),
        "memory_mb": round(psutil.Process().memory_info().rss / 1e6),
    }


PLAYS: dict[str, Callable[[Stage, Path], None]] = {
    "full": play_full,
    "short": play_short,
    "sharp": play_sharp,
    "speech": play_speech,
    "train": play_train,
}


def main(out: Path, first: int, play: str) -> int:
    """Play, write the report, and return 1 if a step failed."""
    tours: list[Tour] = []
    code = open_window([], prepare=lambda program: tours.append(Tour(program, out, first, play)))
    tour = tours[0]
    tour.write(whole=True)
    return code or int(not all(step["ok"] for step in tour.report.steps))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
