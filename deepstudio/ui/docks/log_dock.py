"""The log panel: levels, a filter, copy. GUI thread only."""

from __future__ import annotations

import logging

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Slot
from PySide6.QtGui import QBrush, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QWidget,
)

from deepstudio.ui.docks.log_model import LEVEL_ROLE, LINE_ROLE, LogHandler, LogModel
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import column, icon_button, label, row


class _LogFilter(QSortFilterProxyModel):
    """Lines of at least a level that contain a text; coloured by level."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level = logging.INFO
        self._text = ""

    def show_only(self, *, level: int | None = None, text: str | None = None) -> None:
        """Change what is shown."""
        self.beginFilterChange()
        self._level = self._level if level is None else level
        self._text = self._text if text is None else text.casefold()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex) -> bool:
        """Return whether the line is shown."""
        index = self.sourceModel().index(source_row, 0, source_parent)
        return index.data(LEVEL_ROLE) >= self._level and self._text in index.data(LINE_ROLE).casefold()

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Colour warnings and errors."""
        if role == int(Qt.ItemDataRole.ForegroundRole):
            level = super().data(index, LEVEL_ROLE)
            wanted = "danger" if level >= logging.ERROR else "warning" if level >= logging.WARNING else "text_muted"
            return QBrush(self._theme.color(wanted))
        return super().data(index, role)


class LogDock(QDockWidget):
    """What the program did and what went wrong, newest below."""

    def __init__(self, theme: Theme, handler: LogHandler, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("log_dock")
        self.setWindowTitle(self.tr("Log"))
        self.setTitleBarWidget(QWidget())
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.setAllowedAreas(Qt.DockWidgetArea.BottomDockWidgetArea)
        self.model = LogModel(handler, self)
        self._filter = _LogFilter(theme, self)
        self._filter.setSourceModel(self.model)
        body = QFrame()
        mark(body, surface="dock")
        layout = column(body, margins=(16, 8, 16, 12), gap=8)
        layout.addLayout(self._build_bar(theme))
        layout.addWidget(self._build_list(theme), 1)
        self.setWidget(body)
        theme.changed.connect(self._on_theme)

    def copy(self) -> None:
        """Copy the selected lines, or all shown ones, to the clipboard."""
        chosen = sorted(index.row() for index in self._list.selectedIndexes()) or range(self._filter.rowCount())
        rows = [self._filter.mapToSource(self._filter.index(number, 0)).row() for number in chosen]
        QGuiApplication.clipboard().setText(self.model.whole_text(rows))

    def _build_bar(self, theme: Theme) -> QHBoxLayout:
        bar = row(gap=8)
        bar.addWidget(label(self.tr("Log"), "heading"))
        bar.addStretch(1)
        self.levels = QComboBox()
        self.levels.setAccessibleName(self.tr("Least level shown"))
        self.levels.addItem(self.tr("Everything"), logging.INFO)
        self.levels.addItem(self.tr("Warnings and errors"), logging.WARNING)
        self.levels.addItem(self.tr("Errors"), logging.ERROR)
        self.levels.currentIndexChanged.connect(lambda: self._filter.show_only(level=self.levels.currentData()))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Filter"))
        self.search.setAccessibleName(self.tr("Filter the log"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(240)
        self.search.textChanged.connect(lambda text: self._filter.show_only(text=text))
        bar.addWidget(self.levels)
        bar.addWidget(self.search)
        for icon, name, slot in (
            ("copy", self.tr("Copy lines"), self.copy),
            ("trash", self.tr("Empty this list"), self.model.clear),
            ("close", self.tr("Close the log"), self.close),
        ):
            tool = icon_button(theme, icon, name)
            tool.clicked.connect(slot)
            bar.addWidget(tool)
        return bar

    def _build_list(self, theme: Theme) -> QListView:
        self._list = QListView()
        self._list.setAccessibleName(self.tr("Log lines"))
        self._list.setModel(self._filter)
        self._list.setUniformItemSizes(True)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setFont(theme.font(0.92, mono=True))
        mark(self._list, kind="plain")
        self.model.rowsInserted.connect(self._list.scrollToBottom)
        copy = QShortcut(QKeySequence.StandardKey.Copy, self._list, self.copy)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        return self._list

    @Slot()
    def _on_theme(self) -> None:
        self._list.viewport().update()
