"""The table of runs on screen: colours and marks beside the names, titles of groups, keys and menus. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTreeView,
)

from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.workspaces.runs.column_words import group_title
from deepstudio.ui.workspaces.runs.items import Group, RunItem
from deepstudio.ui.workspaces.runs.table_delegate import RunsDelegate, swatch_rect
from deepstudio.ui.workspaces.runs.table_model import ROW_ROLE, RunsModel

_Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {
    "name": 168,
    "status": 98,
    "started": 126,
    "duration": 84,
    "tags": 110,
    "notes": 150,
    "kind": 96,
    "host": 100,
}
_OTHERS = 104
_LEAST = 48
_BESIDE_NAME = 76
"""Room for the colour, star and pin that stand beside a name."""
_MEASURED = 20
"""The widest name is one of the longest."""


class RunsTable(QTreeView):
    """The table. A click on the colour of a run hides or shows it; Enter opens it."""

    chosen = Signal()
    """Other runs are selected."""
    opened = Signal(str)
    """The id of a run that was double-clicked, or Enter pressed on it."""
    hide_asked = Signal(str)
    """The id of the run whose colour was clicked."""
    menu_asked = Signal(QPoint)
    """A context menu for the selection, at a global position."""
    columns_menu_asked = Signal(QPoint)
    """A menu for the columns, at a global position."""

    def __init__(self, theme: Theme, model: RunsModel, colour_of: Callable[[RunItem], QColor]) -> None:
        super().__init__()
        self._theme = theme
        self._runs = model
        self._wanted: set[str] = set()
        self._last: list[str] = []
        self._sized: tuple[str, ...] = ()
        self._restoring = False
        self._name_width = 0
        """How wide the names were before they got all the room; 0 while they have not."""
        self._nothing = self.tr("No run matches the filter.")
        self.setModel(model)
        self.setItemDelegate(RunsDelegate(theme, colour_of, self))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("Runs"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        mark(self, kind="plain")
        self._build_header()
        self.customContextMenuRequested.connect(self._on_menu)
        self.doubleClicked.connect(self._on_double_click)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        model.modelReset.connect(self._on_reset)
        model.shown_changed.connect(self._restore)
        self._scale = theme.scale
        theme.changed.connect(self._on_theme)
        self._size_columns()

    def selected_ids(self) -> list[str]:
        """Return the selected runs in the order of the table."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        items = (self._runs.row_at(self._runs.index(place, 0)) for place in rows)
        return [item.id for item in items if isinstance(item, RunItem)]

    def select_ids(self, run_ids: Iterable[str]) -> None:
        """Select these runs, now or as soon as they are shown."""
        self._wanted = set(run_ids)
        self._restore()
        first = min((place for run_id in self._wanted if (place := self._runs.place_of(run_id)) >= 0), default=-1)
        if first >= 0:
            index = self._runs.index(first, 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)

    def neighbour(self, run_ids: Iterable[str]) -> str:
        """Return the run that stands below the last of these, else above the first; "" if there is none."""
        leaving = set(run_ids)
        shown = self._runs.shown()
        places = [place for place, item in enumerate(shown) if item.id in leaving]
        if not places:
            return ""
        order = [*shown[places[-1] + 1 :], *reversed(shown[: places[0]]), *shown]
        return next((item.id for item in order if item.id not in leaving), "")

    def show_whole_names(self, whole: bool) -> None:
        """Give the names what room the other columns leave, as far as they need it; or their width of before."""
        if whole == (self._name_width > 0):
            return
        before = self._name_width
        self._name_width = self.columnWidth(0) if whole else 0
        if whole:
            self._spread_names()
        else:
            self.setColumnWidth(0, before)

    def _spread_names(self) -> None:
        spare = self.viewport().width() - (self.header().length() - self.columnWidth(0))
        longest = sorted((item.run.name for item in self._runs.shown()), key=len)[-_MEASURED:]
        needed = max((self.fontMetrics().horizontalAdvance(name) for name in longest), default=0) + _BESIDE_NAME
        self.setColumnWidth(0, max(self._name_width, min(spare, needed)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the room that there is for names."""
        super().resizeEvent(event)
        if self._name_width:
            self._spread_names()

    def show_sorting(self) -> None:
        """Let the header say what the model sorts by."""
        header = self.header()
        blocked = header.blockSignals(True)
        if self._runs.sort_column in self._runs.columns:
            order = Qt.SortOrder.DescendingOrder if self._runs.descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(self._runs.columns.index(self._runs.sort_column), order)
        else:
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.blockSignals(blocked)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say it where a filter hides all runs."""
        super().paintEvent(event)
        if self._runs.rowCount() or not self._runs.filter:
            return
        painter = QPainter(self.viewport())
        painter.setPen(self._theme.color("text_muted"))
        area = self.viewport().rect().adjusted(16, 24, -16, -16)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap), self._nothing)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the title of a group across all columns."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, Group):
            super().drawRow(painter, option, index)
            return
        painter.save()
        painter.setFont(self._theme.font(0.92, weight=QFont.Weight.DemiBold))
        painter.setPen(self._theme.color("text_muted"))
        rect = QRect(8, option.rect.top(), self.viewport().width() - 16, option.rect.height())
        text = painter.fontMetrics().elidedText(group_title(row), Qt.TextElideMode.ElideMiddle, rect.width())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        painter.setPen(self._theme.color("border"))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hide or show a run whose colour is clicked; everything else selects."""
        index = self.indexAt(event.position().toPoint())
        row = index.data(ROW_ROLE) if index.isValid() and index.column() == 0 else None
        hit = swatch_rect(self.visualRect(index)).adjusted(-4, -6, 4, 6) if row is not None else QRect()
        if isinstance(row, RunItem) and hit.contains(event.position().toPoint()):
            self.hide_asked.emit(row.id)
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            row = self.currentIndex().data(ROW_ROLE)
            if isinstance(row, RunItem):
                self.opened.emit(row.id)
                return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the text size."""
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()
        super().changeEvent(event)

    def _build_header(self) -> None:
        header = self.header()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(_LEAST)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda place: self.columns_menu_asked.emit(header.mapToGlobal(place)))
        header.sortIndicatorChanged.connect(self._runs.sort)

    def _size_columns(self) -> None:
        """Give new columns a width; those that were there keep theirs."""
        before = {key: self.columnWidth(place) for place, key in enumerate(self._sized)} if self._sized else {}
        self._sized = self._runs.columns
        for place, key in enumerate(self._runs.columns):
            width = _WIDTHS.get(key, _OTHERS)
            title = (
                self.header()
                .fontMetrics()
                .horizontalAdvance(str(self._runs.headerData(place, Qt.Orientation.Horizontal)))
            )
            self.setColumnWidth(place, before.get(key) or round(max(width, title + 34) * self._theme.scale))
        self.show_sorting()

    def _restore(self) -> None:
        """Select the wanted runs that are shown."""
        picked = QItemSelection()
        last = max(0, len(self._runs.columns) - 1)
        for place in range(self._runs.rowCount()):
            row = self._runs.row_at(self._runs.index(place, 0))
            if isinstance(row, RunItem) and row.id in self._wanted:
                picked.select(self._runs.index(place, 0), self._runs.index(place, last))
        before = self._last
        self._restoring = True
        self.selectionModel().select(picked, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._restoring = False
        self._last = self.selected_ids()
        if set(before) != set(self._last):
            self.chosen.emit()

    @Slot()
    def _on_theme(self) -> None:
        """Columns grow and shrink with the text."""
        if self._theme.scale != self._scale:
            ratio, self._scale = self._theme.scale / self._scale, self._theme.scale
            self._name_width = round(self._name_width * ratio)
            for place in range(len(self._sized)):
                self.setColumnWidth(place, round(self.columnWidth(place) * ratio))
        self.viewport().update()

    @Slot()
    def _on_reset(self) -> None:
        if self._runs.columns != self._sized:
            self._size_columns()
        self._restore()

    @Slot()
    def _on_selection(self) -> None:
        # What a filter hides stays wanted, until a person chooses something else.
        if self._restoring or self._runs.changing:
            return
        self._last = self.selected_ids()
        self._wanted = set(self._last)
        self.chosen.emit()

    @Slot(QModelIndex)
    def _on_double_click(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, RunItem):
            self.opened.emit(row.id)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        if self.selected_ids():
            self.menu_asked.emit(self.viewport().mapToGlobal(place))
