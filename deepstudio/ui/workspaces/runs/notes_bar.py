"""What must be said over the table: runs that were interrupted, a store that was damaged. GUI thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.banner import Banner
from deepstudio.ui.widgets.parts import column
from deepstudio.ui.workspaces.runs.interrupted_bar import InterruptedBar


class NotesBar(QWidget):
    """Shown only while there is something to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.interrupted = InterruptedBar(theme)
        self.salvaged = Banner(theme, "warning", "warning")
        layout = column(self, margins=(12, 10, 12, 2), gap=6)
        layout.addWidget(self.interrupted)
        layout.addWidget(self.salvaged)
        self.interrupted.changed.connect(self._show)
        self.hide()

    @Slot(object)
    def tell_salvaged(self, report: Any) -> None:
        """Say what became of a damaged store (a `SalvageReport`)."""
        self.salvaged.say(
            self.tr("The file of the runs was damaged. {runs} runs were saved; the old file is kept as {file}.").format(
                runs=report.runs, file=report.kept.name
            )
        )
        self._show()

    @Slot()
    def _show(self) -> None:
        self.setVisible(not self.interrupted.isHidden() or not self.salvaged.isHidden())
