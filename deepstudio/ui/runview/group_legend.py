"""The groups of runs over the curves: their colours, and which of them are shown. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from deepstudio.ui.runview.run_curves import RunGroup
from deepstudio.ui.runview.run_legend import swatch
from deepstudio.ui.widgets.flow import FlowLayout

_MOST = 24


class GroupLegend(QWidget):
    """A button for each group; `toggled` carries its words and whether it is to be shown."""

    toggled = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=4)
        self._shown: list[tuple[str, str, int, bool]] = []
        self._buttons: list[QToolButton] = []
        self.setAccessibleName(self.tr("Groups of runs"))

    def show_groups(self, groups: Sequence[RunGroup], hidden: set[str]) -> None:
        """List these groups."""
        shown = [(group.words, group.colour, len(group.sources), group.words in hidden) for group in groups[:_MOST]]
        self.setVisible(bool(shown))
        if shown == self._shown:
            return
        self._shown = shown
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(*parts) for parts in shown]

    def _button(self, words: str, colour: str, count: int, is_hidden: bool) -> QToolButton:
        made = QToolButton()
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setIconSize(QSize(14, 14))
        made.setIcon(swatch(colour, self.devicePixelRatioF()))
        text = f"{words or self.tr('All runs')}  ({count})"
        made.setText(made.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, 320))
        made.setToolTip(text)
        made.setAccessibleName(text)
        made.setCheckable(True)
        made.setChecked(not is_hidden)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setProperty("words", words)
        made.clicked.connect(self._on_clicked)
        self._flow.addWidget(made)
        made.show()
        return made

    @Slot(bool)
    def _on_clicked(self, checked: bool) -> None:
        self.toggled.emit(self.sender().property("words"), checked)
