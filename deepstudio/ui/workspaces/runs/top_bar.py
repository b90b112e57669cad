"""Filter, grouping, columns, import: the line above the table. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from deepstudio.core.errors import InputError
from deepstudio.core.failures import failure_from
from deepstudio.store.run_filter import parse_filter
from deepstudio.ui.text import translate_failure
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import button, column, follow_icon, icon_button, label, row
from deepstudio.ui.workspaces.runs.column_words import column_title
from deepstudio.ui.workspaces.runs.items import RunItem, common_settings

_PAUSE_MS = 60
_MOST_GROUPS = 40
_PLAIN_GROUPS = ("status", "kind", "tags", "host")


class TopBar(QFrame):
    """Emits what a person wants; shows what is wrong with a filter."""

    filter_changed = Signal(str)
    """A filter that can be used."""
    group_changed = Signal(str)
    columns_asked = Signal(QPoint)
    import_asked = Signal(QPoint)
    more_asked = Signal(QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, margins=(16, 16, 12, 0), gap=10)
        head = row(gap=8)
        head.addWidget(label(self.tr("Runs"), "title"), 1)
        self.open = button(self.tr("Import…"))
        follow_icon(theme, self.open, "plus")
        self.open.clicked.connect(lambda: self.import_asked.emit(_below(self.open)))
        self.columns = icon_button(theme, "columns", self.tr("Choose columns"))
        self.columns.clicked.connect(lambda: self.columns_asked.emit(_below(self.columns)))
        self.more = icon_button(theme, "more", self.tr("More"))
        self.more.clicked.connect(lambda: self.more_asked.emit(_below(self.more)))
        self.table_alone = icon_button(theme, "table", self.tr("The table alone, without curves"))
        self.table_alone.setCheckable(True)
        for widget in (self.open, self.table_alone, self.columns, self.more):
            head.addWidget(widget)
        layout.addLayout(head)
        second = row(gap=8)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter"))
        self.filter.setAccessibleName(self.tr("Filter runs"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setToolTip(
            self.tr(
                "Words in names, tags, notes and settings\n"
                "/regular expression/ over the names\n"
                "tag:best   status:running   kind:monitor   star\n"
                "learning_rate>=0.01   seed=3\n"
                "-word leaves runs out"
            )
        )
        self.filter.textChanged.connect(self._on_text)
        self.group = QComboBox()
        self.group.setAccessibleName(self.tr("Group by"))
        self.group.setMinimumContentsLength(9)
        self.group.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.group.addItem(self.tr("No groups"), "")
        self.group.activated.connect(lambda place: self.group_changed.emit(self.group.itemData(place)))
        second.addWidget(self.filter, 1)
        second.addWidget(self.group)
        layout.addLayout(second)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        layout.addWidget(self.problem)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PAUSE_MS)
        self._wait.timeout.connect(self.apply)

    def offer_groups(self, items: Sequence[RunItem], current: str) -> None:
        """Offer what these runs can be grouped by."""
        keys = ["", *_PLAIN_GROUPS, *(f"set:{path}" for path in common_settings(items)[:_MOST_GROUPS])]
        if current not in keys:
            keys.append(current)
        if keys == [self.group.itemData(place) for place in range(self.group.count())]:
            self.group.setCurrentIndex(keys.index(current))
            return
        self.group.clear()
        for key in keys:
            self.group.addItem(column_title(key) if key else self.tr("No groups"), key)
            if key.startswith("set:"):
                self.group.setItemData(self.group.count() - 1, key.partition(":")[2], Qt.ItemDataRole.ToolTipRole)
        self.group.setCurrentIndex(keys.index(current))

    @Slot()
    def apply(self) -> None:
        """Use the filter as it stands."""
        self._wait.stop()
        text = self.filter.text()
        try:
            parse_filter(text)
        except InputError as error:
            self.problem.setText(translate_failure(failure_from(error))[0])
            self.problem.show()
            return
        self.problem.hide()
        self.filter_changed.emit(text)

    @Slot()
    def _on_text(self) -> None:
        # A word that is being typed between slashes is no expression yet: say so only when the typing rests.
        self._wait.start()


def _below(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(QPoint(0, widget.height() + 2))
