"""A run of several processes: starts torchrun, follows the run through the store, tells the session. GUI thread."""

from __future__ import annotations

import sys
import time
from collections import deque
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

from deepstudio.core.messages import Failure
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.jobs.run_feed import RunFeed, RunSubscription
from deepstudio.ui.presenters.training_jobs import FoundModel, OpenStore, read_trained
from deepstudio.ui.presenters.training_state import RunInfo, RunState

_KEPT_LINES = 200
_KILL_AFTER_MS = 20_000
_ENDED_BADLY = QT_TRANSLATE_NOOP("errors", "The training processes ended with code {code}.")
_DETAILS = QT_TRANSLATE_NOOP("errors", "Their last words are in the details.")
_NOT_STARTED = QT_TRANSLATE_NOOP("errors", "The training processes could not be started: {reason}")


class ProcessRun(QObject):
    """One start of torchrun; what the store says of it is noted in a `RunInfo`. `ended` comes once, last."""

    changed = Signal()
    sources_changed = Signal()
    """The run is in the store: see `sources`."""
    ended = Signal()

    def __init__(self, run: RunInfo, open_store: OpenStore, jobs: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run = run
        self.sources: list[Any] = []
        self._open_store, self._jobs = open_store, jobs
        self._stopped = False
        self._last = RunState.FINISHED
        self._lines: deque[str] = deque(maxlen=_KEPT_LINES)
        self._feed = RunFeed(open_store, self)
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
        self._news = self._feed.subscribe([self.run.run_id])
        self._news.arrived.connect(self._on_news)
        self._process.start(command[0], command[1:])

    def stop(self) -> None:
        """Ask the processes to end; they write a checkpoint first."""
        self._stopped = True
        self._process.terminate()

    def abandon(self) -> None:
        """End with the program: the processes are asked to stop and waited for a little."""
        self.stop()
        self._process.waitForFinished(_KILL_AFTER_MS if sys.platform == "win32" else _KILL_AFTER_MS // 4)

    @Slot(object)
    def _on_news(self, news: Any) -> None:
        run = self.run
        if not self.sources:
            from deepstudio.ui.runview import StoreRunSource

            self.sources = [StoreRunSource(self._open_store(), news.run, self._jobs, feed=self._feed)]
            run.name = news.run.name
            self.sources_changed.emit()
        if run.state is RunState.WAITING:
            run.state = RunState.RUNNING
        self._note_progress(news.metrics)
        self.changed.emit()

    def _note_progress(self, metrics: Any) -> None:
        """How long an epoch is shows at the end of the first one: the store knows steps, not plans."""
        run, epochs, loss = self.run, metrics.get("epoch"), metrics.get("loss")
        run.figures.update({name: float(columns.values[-1]) for name, columns in metrics.items() if len(columns)})
        if epochs is not None and len(epochs) and epochs.values[-1] >= 1:
            run.epochs = run.recipe.training.epochs
            run.steps_per_epoch = max(1, round((int(epochs.steps[-1]) + 1) / float(epochs.values[-1])))
            run.total_steps = run.steps_per_epoch * run.epochs
        if loss is not None and len(loss):
            run.note_step(int(loss.steps[-1]) + 1, time.monotonic())

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
        if code == 0 or self._stopped:
            self._end(None)
        else:
            self._end(
                Failure(sentence=_ENDED_BADLY, fix=_DETAILS, values={"code": code}, details="\n".join(self._lines))
            )

    def _end(self, failure: Failure | None) -> None:
        run = self.run
        run.seconds = time.monotonic() - run.began
        run.failure = failure
        if failure is not None:
            self._last = RunState.FAILED
        elif self._stopped:
            self._last = RunState.STOPPED
        model = Path(run.folder) / f"{run.recipe.name}.safetensors"
        run.model = model if model.is_file() else None
        if self._news is not None:
            self._news.close()
            self._news = None
        self._feed.stop()
        for source in self.sources:
            source.reload()  # the last words may not have come through the feed
        if run.model is None:
            self._close()
            return
        handle = self._jobs.submit(read_trained, run.model, lane="files")
        handle.done.connect(self._on_read)
        handle.ended.connect(self._close)

    @Slot()
    def _close(self) -> None:
        self.run.state = self._last
        self.ended.emit()

    @Slot(object)
    def _on_read(self, found: FoundModel) -> None:
        self.run.finished = found
