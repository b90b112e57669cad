"""Offers to go on with runs that a crash or a power cut ended. GUI thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.ui.presenters.training_jobs import FindInterrupted, find_interrupted
from deepstudio.ui.theme import mark
from deepstudio.ui.widgets.parts import button, icon_button, label, row


class InterruptedBar(QFrame):
    """Hidden while there is none; `resume_asked` carries the id of the run."""

    resume_asked = Signal(str)

    def __init__(self, services: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._theme = services.theme
        self._rows: list[Any] = []
        self._put_off: set[str] = set()
        mark(self, surface="accent")
        self._icon = QLabel()
        self._words = label("", "", wrap=True)
        self.resume = button(self.tr("Go on training"), "primary")
        self.resume.clicked.connect(self._on_resume)
        self.later = icon_button(self._theme, "close", self.tr("Not now"), size=14)
        self.later.clicked.connect(self._on_later)
        line = row(self, margins=(14, 8, 10, 8), gap=12)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._words, 1)
        line.addWidget(self.resume)
        line.addWidget(self.later)
        self._theme.changed.connect(self._recolour)
        self._recolour()
        self.hide()

    def look(self) -> None:
        """Look for such runs."""
        handle = self._services.jobs.submit(
            find_interrupted,
            FindInterrupted(open_store=self._services.open_store),
            lane="files",
            supersede="train.interrupted",
            title=QT_TRANSLATE_NOOP("status", "Looking for unfinished runs"),
        )
        handle.done.connect(self._on_found)

    @Slot(object)
    def _on_found(self, rows: tuple[Any, ...]) -> None:
        self._rows = [found for found in rows if found.id not in self._put_off]
        self._show()

    def _show(self) -> None:
        busy = self._services.training.active
        self.setVisible(bool(self._rows) and not busy)
        if self._rows:
            words = self.tr("“{name}” was interrupted. It can go on where it stood.").format(name=self._rows[0].name)
            if len(self._rows) > 1:
                words += " " + self.tr("More such runs: {count}.").format(count=len(self._rows) - 1)
            self._words.setText(words)

    @Slot()
    def _on_resume(self) -> None:
        if self._rows:
            self.resume_asked.emit(self._rows.pop(0).id)
            self._show()

    @Slot()
    def _on_later(self) -> None:
        if self._rows:
            self._put_off.add(self._rows.pop(0).id)
            self._show()

    @Slot()
    def _recolour(self) -> None:
        self._icon.setPixmap(self._theme.pixmap("history", 18, "accent_text", widget=self))
