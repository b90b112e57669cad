"""Chooses the columns of the table: searched, ticked, at once. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.ui.theme import mark
from deepstudio.ui.widgets.parts import button, column, label, row
from deepstudio.ui.widgets.popup import place_within_window
from deepstudio.ui.workspaces.runs.column_words import column_title
from deepstudio.ui.workspaces.runs.items import DEFAULT, NAME, PLAIN
from deepstudio.ui.workspaces.runs.words import word

_SIZE = QSize(330, 440)
_KEY = int(Qt.ItemDataRole.UserRole)
_MOST = 400
"""Rows listed at once; the search finds the rest."""
_SECTIONS = (
    ("", QT_TRANSLATE_NOOP("runs", "Run")),
    ("set", QT_TRANSLATE_NOOP("runs", "Settings")),
    ("best", QT_TRANSLATE_NOOP("runs", "Best value of a metric")),
    ("last", QT_TRANSLATE_NOOP("runs", "Last value of a metric")),
)


class ColumnsPopup(QFrame):
    """`chosen` comes with every tick."""

    chosen = Signal(object)

    def __init__(self, columns: Sequence[str], settings: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("Choose columns"))
        mark(self, surface="toast")
        self._columns = list(columns)
        self._settings = list(settings)
        self._metrics: list[str] = []
        layout = column(self, margins=(12, 12, 12, 12), gap=8)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search settings and metrics"))
        self.search.setAccessibleName(self.tr("Search columns"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        layout.addWidget(self.search)
        self.list = QTreeWidget()
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setIndentation(0)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(self.tr("Columns"))
        mark(self.list, kind="plain")
        self.list.itemChanged.connect(self._on_tick)
        layout.addWidget(self.list, 1)
        foot = row()
        self.count = label("", "faint")
        self.defaults = button(self.tr("As at first"), "link")
        self.defaults.clicked.connect(self._reset)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.defaults)
        layout.addLayout(foot)
        self._fill()

    def offer_metrics(self, names: Sequence[str]) -> None:
        """List these metrics, too."""
        self._metrics = list(names)
        self._fill()

    def open_at(self, place: QPoint) -> None:
        """Show at a global position, kept within the window."""
        place_within_window(self, place, _SIZE)
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def _fill(self) -> None:
        words = self.search.text().casefold().split()
        blocked = self.list.blockSignals(True)
        self.list.clear()
        left = _MOST
        for kind, title in _SECTIONS:
            keys = [key for key in self._keys(kind) if all(part in _text(key).casefold() for part in words)]
            if not keys or left <= 0:
                continue
            head = QTreeWidgetItem(self.list, [word(title)])
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            for key in keys[:left]:
                item = QTreeWidgetItem(self.list, [_text(key)])
                item.setData(0, _KEY, key)
                item.setToolTip(0, key.partition(":")[2] or _text(key))
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
                )
                item.setCheckState(0, Qt.CheckState.Checked if key in self._columns else Qt.CheckState.Unchecked)
            left -= len(keys)
        self.count.setText(self.tr("{count} columns").format(count=len(self._columns)))
        self.list.blockSignals(blocked)

    def _keys(self, kind: str) -> list[str]:
        if not kind:
            return [key for key in PLAIN if key != NAME]
        names = self._settings if kind == "set" else self._metrics
        chosen = [key for key in self._columns if key.startswith(kind + ":")]
        return list(dict.fromkeys([*chosen, *(f"{kind}:{name}" for name in names)]))

    @Slot(QTreeWidgetItem, int)
    def _on_tick(self, item: QTreeWidgetItem, column_number: int) -> None:
        key = item.data(0, _KEY)
        if item.checkState(0) == Qt.CheckState.Checked:
            self._columns = [*(known for known in self._columns if known != key), key]
        else:
            self._columns = [known for known in self._columns if known != key]
        self.count.setText(self.tr("{count} columns").format(count=len(self._columns)))
        self.chosen.emit(tuple(self._columns))

    @Slot()
    def _reset(self) -> None:
        self._columns = list(DEFAULT)
        self._fill()
        self.chosen.emit(tuple(self._columns))


def _text(key: str) -> str:
    return key.partition(":")[2] or column_title(key)
