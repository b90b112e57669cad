"""The hands and eyes of the tour: drop, click, draw, wait for a condition, take a picture. GUI thread."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QPoint, QPointF, QRect, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent, QPainter, QPalette, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from deepstudio.app.main import WindowProgram
from deepstudio.core.requests import ImageAnswer

_TICK_MS = 5
_SETTLE_MS = 30
_PATIENCE_S = 60.0


class TourError(Exception):
    """Something that the tour waited for did not come."""


@dataclass(slots=True, kw_only=True)
class Report:
    """What `tour.json` says of one variant of the window."""

    steps: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)


class Stage:
    """The running program, and what the tour does with it."""

    def __init__(
        self,
        program: WindowProgram,
        out: Path,
        report: Report,
        *,
        first: int,
        suffix: str = "",
        tell: Callable[[dict[str, Any]], None] = lambda entry: None,
    ) -> None:
        self.program = program
        self.window = program.window
        self.report = report
        self._out = out
        self._number = first
        self._suffix = suffix
        self._tell = tell

    # Waiting

    def until(self, condition: Callable[[], Any], what: str, timeout_s: float = _PATIENCE_S) -> None:
        """Let the program run until `condition` holds. Raises TourError naming `what` if it does not."""
        deadline = time.monotonic() + timeout_s
        while not condition():
            if time.monotonic() > deadline:
                raise TourError(f"waited {timeout_s:.0f} s for {what}")
            self._run_for(_TICK_MS)

    def settle(self) -> None:
        """Let the window finish its layout and painting."""
        self._run_for(_SETTLE_MS)

    def idle(self) -> None:
        """Wait until no job is under way, and the window has shown it."""
        self.until(lambda: not self.program.services.jobs.busy(), "the lanes to be idle")
        self.settle()

    def _run_for(self, milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    # Doing

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Note a step and its seconds; an error ends the step, not the tour."""
        began = time.perf_counter()
        entry: dict[str, Any] = {"step": name, "ok": True}
        try:
            yield
        except Exception as error:
            entry |= {"ok": False, "error": str(error) or repr(error), "details": traceback.format_exc()}
            self.shoot(f"failed-{name}")
        entry["seconds"] = round(time.perf_counter() - began, 3)
        self.report.steps.append(entry)
        self._tell(entry)

    def resize(self, width: int, height: int) -> None:
        """Give the window this size."""
        self.window.resize(width, height)
        self.settle()

    def keys(self, keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier) -> None:
        """Press a shortcut."""
        self.window.activateWindow()
        self.settle()
        QTest.keyClick(self.window, keys, modifiers)

    def click(self, widget: QWidget) -> None:
        """Click the middle of a widget."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def drag_over(self, paths: Sequence[Path]) -> QMimeData:
        """Drag files over the window; returns what is being dragged."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        place, copy = self.window.rect().center(), Qt.DropAction.CopyAction
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.window, QDragEnterEvent(place, copy, mime, left, none))
        return mime

    def let_fall(self, mime: QMimeData) -> None:
        """Drop what is being dragged."""
        place, copy = QPointF(self.window.rect().center()), Qt.DropAction.CopyAction
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QDropEvent(place, copy, mime, left, none)
        QApplication.sendEvent(self.window, event)
        if not event.isAccepted():
            raise TourError("the window did not take the drop")

    def stroke(self, widget: QWidget, points: Sequence[QPointF]) -> None:
        """Draw a line with the mouse button held, in the widget's coordinates."""
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        kinds = [(QEvent.Type.MouseButtonPress, left, left)]
        kinds += [(QEvent.Type.MouseMove, none, left)] * (len(points) - 1)
        for point, (kind, button, held) in zip(points, kinds, strict=True):
            self._mouse(widget, point, kind, button, held)
            self._run_for(0)
        self._mouse(widget, points[-1], QEvent.Type.MouseButtonRelease, left, none)

    def _mouse(
        self, widget: QWidget, point: QPointF, kind: QEvent.Type, button: Qt.MouseButton, held: Qt.MouseButton
    ) -> None:
        everywhere = QPointF(widget.mapToGlobal(point.toPoint()))
        event = QMouseEvent(kind, point, everywhere, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(widget, event)

    # Seeing

    def shoot(self, name: str, over: QWidget | None = None) -> Path:
        """Save a picture of the window, with `over` (a dialog or menu) on it, named in order and by its look."""
        self.settle()
        picture = self.window.grab()
        if over is not None:
            _paint_over(picture, self.window, over)
        look = ["dark" if self.program.services.theme.is_dark else "light"]
        if self.window.width() < 1000:
            look.append("narrow")
        if self.program.language.code != "en":
            look.append(self.program.language.code.lower().replace("_", "-"))
        path = self._out / f"{self._number:02d}-{name}-{'-'.join(look)}{self._suffix}.png"
        if not picture.save(str(path)):
            raise OSError(f"{path} could not be written")
        self._number += 1
        self.report.pictures.append(path.name)
        return path

    def shoot_dialog(self, name: str, open_it: Callable[[], object]) -> None:
        """Open a dialog or menu, take its picture over the window, and close it."""
        seen: list[QWidget] = []
        problems: list[Exception] = []
        watch = QTimer()

        def look() -> None:
            top = QApplication.activeModalWidget() or QApplication.activePopupWidget()
            if top is None or seen:
                return
            watch.stop()
            seen.append(top)
            try:
                self.shoot(name, over=top)
            except Exception as error:
                problems.append(error)
            finally:
                top.close()

        watch.timeout.connect(look)
        watch.start(_SETTLE_MS)
        try:
            open_it()
            self.until(lambda: seen, f"the dialog {name}", timeout_s=10)
        finally:
            watch.stop()
        if problems:
            raise problems[0]

    # Remembering

    def note_answer(self, path: Path | None, answer: ImageAnswer, drop_ms: float | None) -> None:
        """Write an answer into the report."""
        self.report.answers.append(answer_record(path, answer, drop_ms))


def answer_record(path: Path | None, answer: ImageAnswer, drop_ms: float | None) -> dict[str, Any]:
    """Return an answer as JSON-ready values."""
    record: dict[str, Any] = {
        "input": str(path) if path is not None else answer.name,
        "model": answer.model,
        "drop_to_answer_ms": None if drop_ms is None else round(drop_ms, 2),
    }
    if answer.failure is not None:
        return record | {"failure": answer.failure.text()}
    best = answer.ranking[0]
    return record | {
        "answer": answer.labels[best],
        "confidence": round(float(answer.probabilities[best]), 4),
        "top": [
            {"label": answer.labels[index], "confidence": round(float(answer.probabilities[index]), 4)}
            for index in answer.ranking
        ],
        "unknown": None if answer.unknown is None else round(answer.unknown, 4),
        "rejected": answer.rejected,
        "decode_ms": round(answer.timing.decode_ms, 2),
        "preprocess_ms": round(answer.timing.preprocess_ms, 2),
        "network_ms": round(answer.timing.network_ms, 2),
    }


def _paint_over(picture: QPixmap, window: QWidget, over: QWidget) -> None:
    """Paint a dialog over its window. A dialog lies in the middle: here is no window manager to place and frame it."""
    is_dialog = isinstance(over, QDialog)
    middle = window.rect().center() - over.rect().center()
    place = middle if is_dialog else over.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0))
    painter = QPainter(picture)
    painter.drawPixmap(place, over.grab())
    if is_dialog:
        painter.setPen(window.palette().color(QPalette.ColorRole.Dark))
        painter.drawRect(QRect(place, over.size()))
    painter.end()
