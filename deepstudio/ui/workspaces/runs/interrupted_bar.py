"""Says which runs a crash or a power cut ended, and offers to go on with them. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from deepstudio.store.run_rows import RunRow
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import button, icon_button, label, row


class InterruptedBar(QFrame):
    """Hidden while there is none. `resume_asked` carries the id of a run."""

    resume_asked = Signal(str)
    changed = Signal()
    """It is shown now, or hidden."""
    selected = Signal(str)
    """The id of the run to be looked at."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._runs: list[RunRow] = []
        mark(self, surface="warning")
        self._icon = QLabel()
        self.words = label("", "", wrap=True)
        self.resume = button(self.tr("Go on training"), "primary")
        self.resume.clicked.connect(self._on_resume)
        self.look = button(self.tr("Show"), "quiet")
        self.look.clicked.connect(lambda: self.selected.emit(self._runs[0].id))
        self.later = icon_button(theme, "close", self.tr("Not now"), size=14)
        self.later.clicked.connect(self._next)
        line = row(self, margins=(14, 6, 8, 6), gap=10)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.words, 1)
        for widget in (self.look, self.resume, self.later):
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._recolour)
        self._recolour()
        self.hide()

    def offer(self, runs: Sequence[RunRow]) -> None:
        """Offer runs that were found dead just now, too."""
        known = {run.id for run in self._runs}
        self._runs.extend(run for run in runs if run.id not in known)
        self._show()

    def forget(self, run: RunRow) -> None:
        """A run goes on, is finished or deleted: do not offer it any more."""
        if any(known.id == run.id for known in self._runs):
            self._runs = [known for known in self._runs if known.id != run.id]
            self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._runs))
        self.changed.emit()
        if not self._runs:
            return
        first = self._runs[0]
        can_resume = first.kind == "deepstudio" and bool(first.folder)
        words = (
            self.tr("“{name}” was interrupted. It can go on where it stood.")
            if can_resume
            else self.tr("“{name}” was interrupted: its program ended without a word.")
        ).format(name=first.name)
        if len(self._runs) > 1:
            words += " " + self.tr("More such runs: {count}.").format(count=len(self._runs) - 1)
        self.words.setText(words)
        self.resume.setVisible(can_resume)

    @Slot()
    def _on_resume(self) -> None:
        first = self._runs[0]
        self._next()
        self.resume_asked.emit(first.id)

    @Slot()
    def _next(self) -> None:
        self._runs = self._runs[1:]
        self._show()

    @Slot()
    def _recolour(self) -> None:
        self._icon.setPixmap(self._theme.pixmap("history", 18, "warning", widget=self))
