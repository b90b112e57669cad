"""A run of several processes: starts torchrun, follows the run through the store, tells the session. GUI thread."""

from __future__ import annotations

import sys
from collections import deque
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

from deepstudio.core.messages import Failure
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.jobs.run_feed import RunFeed, RunSubscription
from deepstudio.ui.presenters.training_jobs import OpenStore

_KEPT_LINES = 200
_KILL_AFTER_MS = 20_000
_ENDED_BADLY = QT_TRANSLATE_NOOP("errors", "The training processes ended with code {code}.")
_DETAILS = QT_TRANSLATE_NOOP("errors", "Their last words are in the details.")
_NOT_STARTED = QT_TRANSLATE_NOOP("errors", "The training processes could not be started: {reason}")


class ProcessRun(QObject):
    """One start of torchrun. `ended` comes once, last."""

    row_found = Signal(object)
    """The `RunRow` of the run, as soon as it is in the store, and again whenever it changes."""
    stepped = Signal(int, float)
    """The last step of the store, and the epoch that has been finished."""
    ended = Signal(object)
    """None if all went well or the run was stopped on request, else a `Failure`."""

    def __init__(self, open_store: OpenStore, run_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run_id = run_id
        self.row: Any = None
        self.stopped = False
        self._epoch = 0.0
        self._lines: deque[str] = deque(maxlen=_KEPT_LINES)
        self.feed = RunFeed(open_store, self)
        self._news: RunSubscription | None = None
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    def start(self, command: list[str], environment: dict[str, str]) -> None:
        """Start the processes and look for their run."""
        variables = QProcessEnvironment.systemEnvironment()
        for name, value in environment.items():
            variables.insert(name, value)
        self._process.setProcessEnvironment(variables)
        self._news = self.feed.subscribe([self.run_id])
        self._news.arrived.connect(self._on_news)
        self._process.start(command[0], command[1:])

    def stop(self) -> None:
        """Ask the processes to end; they write a checkpoint first."""
        self.stopped = True
        self._process.terminate()

    def abandon(self) -> None:
        """End with the program: the processes are asked to stop and waited for a little."""
        self.stop()
        self._process.waitForFinished(_KILL_AFTER_MS if sys.platform == "win32" else _KILL_AFTER_MS // 4)

    @property
    def output(self) -> str:
        """Return the last lines that the processes wrote."""
        return "\n".join(self._lines)

    @Slot(object)
    def _on_news(self, news: Any) -> None:
        self.row = news.run
        epochs = news.metrics.get("epoch")
        if epochs is not None and len(epochs.values):
            self._epoch = float(epochs.values[-1])
        loss = news.metrics.get("loss")
        if loss is not None and len(loss.steps):
            self.stepped.emit(int(loss.steps[-1]) + 1, self._epoch)
        self.row_found.emit(news.run)

    @Slot()
    def _on_output(self) -> None:
        text = bytes(self._process.readAllStandardOutput().data()).decode(errors="replace")
        self._lines.extend(line for line in text.splitlines() if line.strip())

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            reason = self._process.errorString()
            self._end(Failure(sentence=_NOT_STARTED, values={"reason": reason}))

    @Slot(int)
    def _on_finished(self, code: int) -> None:
        self._on_output()
        if code == 0 or self.stopped:
            self._end(None)
        else:
            self._end(Failure(sentence=_ENDED_BADLY, fix=_DETAILS, values={"code": code}, details=self.output))

    def _end(self, failure: Failure | None) -> None:
        if self._news is not None:
            self._news.close()
            self._news = None
        self.ended.emit(failure)
