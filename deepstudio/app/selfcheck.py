"""`deepstudio --self-check`: starts, opens each workspace, answers one sample, quits with 0. For smoke tests."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from deepstudio.core.messages import Failure
from deepstudio.ui.workspaces.image.picture_presenter import Viewing
from deepstudio.ui.workspaces.image.samples import shipped_samples

if TYPE_CHECKING:
    from deepstudio.app.main import WindowProgram

_PATIENCE_MS = 120_000


class SelfCheck(QObject):
    """Ends the program with 0 when a sample was answered, with 1 and a sentence on stderr when anything went wrong."""

    def __init__(self, program: WindowProgram) -> None:
        super().__init__(program)
        self._program = program
        self._watch = QTimer(self)
        self._watch.setSingleShot(True)
        self._watch.timeout.connect(self._on_late)
        program.crash.happened.connect(self._on_crash)
        program.ready.connect(self._on_ready)

    def start(self) -> None:
        """Begin as soon as the window is ready."""
        self._watch.start(_PATIENCE_MS)

    @Slot()
    def _on_ready(self) -> None:
        window = self._program.window
        for space in window.host.spaces():
            window.show_workspace(space.name)
        samples = shipped_samples()
        if not samples:
            self._end(1, "The program's sample pictures are missing.")
            return
        view = window.workspace("image").view  # type: ignore[attr-defined]
        view.single.answered.connect(self._on_answered)
        window.open_paths([samples[0].path])

    @Slot(object)
    def _on_answered(self, viewing: Viewing) -> None:
        for answer in viewing.answers.values():
            if answer.failure is not None:
                self._end(1, answer.failure.text())
                return
            print(f"{answer.name}: {answer.labels[answer.ranking[0]]} ({answer.model})")
        self._end(0)

    @Slot(object)
    def _on_crash(self, failure: Failure) -> None:
        self._end(1, failure.details)

    @Slot()
    def _on_late(self) -> None:
        self._end(1, "There was no answer in time.")

    def _end(self, code: int, problem: str = "") -> None:
        if problem:
            print(problem, file=sys.stderr)
        self._watch.stop()
        self._program.app.exit(code)
