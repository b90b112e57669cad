"""What a person does with panels: choose their metrics, merge, split, move, widen, remove. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QRubberBand, QWidget

from deepstudio.ui.plots.panel import CurvePanel
from deepstudio.ui.runview.metrics_popup import MetricsPopup
from deepstudio.ui.runview.panel_grid import PanelGrid
from deepstudio.ui.runview.panel_layout import WIDTHS, PanelLayout
from deepstudio.ui.runview.panels import PanelSpec
from deepstudio.ui.text import translate_sentence

_MOST_MERGED = 40


class PanelTools(QObject):
    """Changes the `layout` of a page's panels; `changed` says that it did.

    `automatic` returns the panels as they come about by themselves, `metrics` the names that may be chosen.
    """

    changed = Signal()

    def __init__(
        self,
        grid: PanelGrid[CurvePanel],
        automatic: Callable[[], Sequence[PanelSpec]],
        metrics: Callable[[], Sequence[str]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.layout = PanelLayout()
        self._grid = grid
        self._automatic = automatic
        self._metrics = metrics

    def attach(self, panel: CurvePanel, key: str) -> None:
        """Put the tools into the menu of a panel."""
        menu, first = panel.menu, panel.menu.actions()[-2]
        self._add(panel, self.tr("&Metrics…"), lambda: self.choose(key, panel.mapToGlobal(QPoint(40, 30))), first)
        merge = QMenu(self.tr("Mer&ge with"), menu)
        merge.aboutToShow.connect(lambda: self._fill_merge(merge, key))
        menu.insertMenu(first, merge)
        divide = self._add(panel, self.tr("&Split into single metrics"), lambda: self.divide(key), first)
        join = self._add(panel, self.tr("&Join what was split"), lambda: self.join(key), first)
        earlier = self._add(panel, self.tr("Move &before"), lambda: self.shift(key, -1), first)
        later = self._add(panel, self.tr("Move b&ehind"), lambda: self.shift(key, 1), first)
        for action, keys in ((earlier, "Alt+Left"), (later, "Alt+Right")):
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        width = QMenu(self.tr("&Width"), menu)
        words = (self.tr("One column"), self.tr("Two columns"), self.tr("The whole row"))
        choices = [
            self._choice(width, text, partial(self.widen, key, columns))
            for columns, text in zip(WIDTHS, words, strict=True)
        ]
        menu.insertMenu(first, width)

        def show() -> None:
            spec = self._spec(key)
            divide.setVisible(spec is not None and len(spec.metrics) > 1)
            join.setVisible(self.layout.is_divided(key))
            for columns, choice in zip(WIDTHS, choices, strict=True):
                choice.setChecked(spec is not None and spec.width == columns)

        menu.aboutToShow.connect(show)
        _Drag(panel, key, self._grid, self)

    def add_panel(self, place: QPoint) -> None:
        """Ask at a global position for the metrics of a new panel."""
        self._popup(self.layout.add(), "", (), place)

    def choose(self, key: str, place: QPoint) -> None:
        """Ask at a global position for the metrics of a panel."""
        spec = self._spec(key)
        if spec is not None:
            self._popup(key, self.layout.titles.get(key, ""), spec.metrics, place)

    def merge(self, key: str, other: str) -> None:
        """Show the metrics of another panel in this one."""
        into, gone = self._spec(key), self._spec(other)
        if into is not None and gone is not None and key != other:
            self.layout.merge(into, gone)
            self.layout.titles[key] = ", ".join(translate_sentence(spec.title, "plots") for spec in (into, gone))
            self.changed.emit()

    def divide(self, key: str) -> None:
        """Show each metric of a panel alone."""
        spec = self._spec(key)
        if spec is not None:
            self.layout.divide(spec, self._automatic())
            self.changed.emit()

    def join(self, key: str) -> None:
        """Take back that the panel of a metric was divided."""
        spec = self._spec(key)
        if spec is not None:
            self.layout.join(spec, self._automatic())
            self.changed.emit()

    def shift(self, key: str, by: int) -> None:
        """Move a panel one place towards the beginning (-1) or the end (1) of its group."""
        specs = self._grid.specs()
        place = next((place for place, spec in enumerate(specs) if spec.key == key), None)
        if place is None or not 0 <= place + by < len(specs):
            return
        before = place - 1 if by < 0 else place + 2
        self.move(key, specs[before].key if before < len(specs) else "")

    def move(self, key: str, before: str) -> None:
        """Put a panel before another one, "" for the end."""
        self.layout.move(key, before, self._grid.specs())
        self.changed.emit()

    def widen(self, key: str, columns: int) -> None:
        """Let a panel take so many columns; 0: the whole row."""
        self.layout.widths[key] = columns
        self.changed.emit()

    def remove(self, key: str) -> None:
        """Show a panel no longer."""
        self.layout.remove(key)
        self.changed.emit()

    def fill_back(self, menu: QMenu) -> None:
        """List in a menu what was removed, and the way back to panels as they come about by themselves."""
        menu.clear()
        titles = {spec.key: translate_sentence(spec.title, "plots") for spec in self._automatic()}
        for key in sorted(self.layout.removed):
            self._action(
                menu, self.tr("Bring back {title}").format(title=titles.get(key, key)), partial(self._bring, key)
            )
        if menu.actions():
            menu.addSeparator()
        self._action(menu, self.tr("All panels as they were at first"), self.reset)

    def reset(self) -> None:
        """Let all panels be as they come about by themselves."""
        self.layout = PanelLayout()
        self.changed.emit()

    def _bring(self, key: str) -> None:
        self.layout.removed.discard(key)
        self.changed.emit()

    def _spec(self, key: str) -> PanelSpec | None:
        return next((spec for spec in self._grid.specs() if spec.key == key), None)

    def _popup(self, key: str, title: str, metrics: Sequence[str], place: QPoint) -> None:
        popup = MetricsPopup(title, metrics, self._metrics(), self._grid)

        def choose(name: str, chosen: tuple[str, ...]) -> None:
            self.layout.choose(key, name, chosen)
            self.changed.emit()

        popup.chosen.connect(choose)
        popup.open_at(place)

    def _fill_merge(self, menu: QMenu, key: str) -> None:
        menu.clear()
        for spec in [spec for spec in self._grid.specs() if spec.key != key][:_MOST_MERGED]:
            title = translate_sentence(spec.title, "plots")
            self._action(menu, title, partial(self.merge, key, spec.key))

    def _add(self, panel: CurvePanel, words: str, what: Callable[[], object], before: QAction) -> QAction:
        made = QAction(words, panel)
        made.triggered.connect(lambda: what())
        panel.menu.insertAction(before, made)
        panel.addAction(made)
        return made

    def _action(self, menu: QMenu, words: str, what: Callable[[], object]) -> QAction:
        made = menu.addAction(words.replace("&", "&&"))
        made.triggered.connect(lambda: what())
        return made

    def _choice(self, menu: QMenu, words: str, what: Callable[[], object]) -> QAction:
        made = self._action(menu, words, what)
        made.setCheckable(True)
        return made


class _Drag(QObject):
    """Moves a panel by dragging its heading: dropped on another panel it takes that one's place."""

    def __init__(self, panel: CurvePanel, key: str, grid: PanelGrid[CurvePanel], tools: PanelTools) -> None:
        super().__init__(panel)
        self._key = key
        self._grid = grid
        self._tools = tools
        self._from: QPoint | None = None
        self._band: QRubberBand | None = None
        panel.heading.setCursor(Qt.CursorShape.OpenHandCursor)
        panel.heading.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the mouse over the heading."""
        if isinstance(event, QMouseEvent) and isinstance(watched, QWidget):
            place = event.globalPosition().toPoint()
            if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
                self._from = place
                return True
            if event.type() == QEvent.Type.MouseMove and self._from is not None:
                if self._band is not None or (place - self._from).manhattanLength() >= QApplication.startDragDistance():
                    self._show(place)
                return True
            if event.type() == QEvent.Type.MouseButtonRelease and self._from is not None:
                self._end(place)
                return True
        return False

    def _show(self, place: QPoint) -> None:
        if self._band is None:
            self._band = QRubberBand(QRubberBand.Shape.Rectangle, self._grid.content)
        found = self._grid.panel_at(place)
        self._band.setVisible(found is not None and found[0] != self._key)
        if found is not None:
            self._band.setGeometry(found[1])

    def _end(self, place: QPoint) -> None:
        dragged, self._from = self._band is not None, None
        if self._band is not None:
            self._band.hide()
            self._band.deleteLater()
            self._band = None
        found = self._grid.panel_at(place) if dragged else None
        if found is None or found[0] == self._key:
            return
        keys = [spec.key for spec in self._grid.specs()]
        target = keys.index(found[0])
        if target > keys.index(self._key):  # forwards: behind the one that it is dropped on
            target += 1
        self._tools.move(self._key, keys[target] if target < len(keys) else "")
