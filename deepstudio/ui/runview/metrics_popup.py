"""Chooses what a panel shows: its title and its metrics, searched and ticked, at once. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from deepstudio.ui.theme import mark
from deepstudio.ui.widgets.parts import column, label
from deepstudio.ui.widgets.popup import place_within_window

_SIZE = QSize(320, 420)
_MOST = 400
"""Metrics listed at once; the search finds the rest."""
_PAUSE_MS = 200


class MetricsPopup(QFrame):
    """`chosen` comes with every tick: the title ("" for the usual one) and the metrics in the order of ticking."""

    chosen = Signal(str, object)

    def __init__(self, title: str, chosen: Sequence[str], metrics: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("Metrics of the panel"))
        mark(self, surface="toast")
        self._chosen = list(chosen)
        self._metrics = list(dict.fromkeys([*chosen, *metrics]))
        layout = column(self, margins=(12, 12, 12, 12), gap=8)
        self.title = self._line(self.tr("Title of the panel"), title)
        self.search = self._line(self.tr("Search metrics"), "")
        self.search.textChanged.connect(self._fill)
        self.list = QTreeWidget()
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setIndentation(0)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(self.tr("Metrics"))
        mark(self.list, kind="plain")
        self.list.itemChanged.connect(self._on_tick)
        self.count = label("", "faint")
        for widget in (self.title, self.search, self.list, self.count):
            layout.addWidget(widget)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MS)
        self._later.timeout.connect(self._say)
        self.title.textEdited.connect(self._on_title)
        self._fill()

    def open_at(self, place: QPoint) -> None:
        """Show at a global position, kept within the window."""
        place_within_window(self, place, _SIZE)
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def _line(self, name: str, text: str) -> QLineEdit:
        made = QLineEdit(text)
        made.setPlaceholderText(name)
        made.setAccessibleName(name)
        made.setClearButtonEnabled(True)
        return made

    @Slot()
    def _fill(self) -> None:
        words = self.search.text().casefold().split()
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for name in [name for name in self._metrics if all(word in name.casefold() for word in words)][:_MOST]:
            item = QTreeWidgetItem(self.list, [name])
            item.setToolTip(0, name)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(0, Qt.CheckState.Checked if name in self._chosen else Qt.CheckState.Unchecked)
        self.list.blockSignals(blocked)
        self.count.setText(self.tr("{count} metrics in this panel").format(count=len(self._chosen)))

    @Slot(QTreeWidgetItem, int)
    def _on_tick(self, item: QTreeWidgetItem, column_number: int) -> None:
        name = item.text(0)
        self._chosen = [known for known in self._chosen if known != name]
        if item.checkState(0) == Qt.CheckState.Checked:
            self._chosen.append(name)
        self.count.setText(self.tr("{count} metrics in this panel").format(count=len(self._chosen)))
        self._say()

    @Slot()
    def _on_title(self) -> None:
        self._later.start()

    @Slot()
    def _say(self) -> None:
        self.chosen.emit(self.title.text().strip(), tuple(self._chosen))
