"""A page of panels in groups. Only those near the screen exist as widgets: thousands of metrics open at once.

GUI thread only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QToolButton, QWidget

from deepstudio.ui.runview.panels import PanelSpec
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import follow_icon

SIZES = {"small": (260, 180), "medium": (360, 240), "large": (620, 380)}
"""Least width and height of panels."""
_GAP = 8
_HEADER = 30
_KEPT = 60


PanelT = TypeVar("PanelT", bound=QWidget)


@dataclass(frozen=True, slots=True)
class _Place:
    spec: PanelSpec | None
    group: str
    rect: QRect


class PanelGrid(QScrollArea, Generic[PanelT]):
    """Lays panels out in as many columns as fit, under a header for each group, which folds it."""

    shown_changed = Signal()
    """Other panels are on the screen now."""
    folded_changed = Signal()

    def __init__(self, theme: Theme, make: Callable[[PanelSpec], PanelT], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._make = make
        self._specs: list[PanelSpec] = []
        self._places: list[_Place] = []
        self._panels: dict[str, PanelT] = {}
        self._headers: dict[str, QToolButton] = {}
        self._seen: list[PanelT] | None = None
        """The panels of which something is on the screen, None if that is to be found out."""
        self._size = "medium"
        self._alone = ""
        self.folded: set[str] = set()
        self.group_title: Callable[[str], str] = str
        self._content = QWidget()
        self._content.setObjectName("content")
        self.setWidget(self._content)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._materialise)

    def show_specs(self, specs: Sequence[PanelSpec]) -> None:
        """Show these panels; those that stay keep what the user did to them."""
        self._specs = list(specs)
        kept = {spec.key: spec for spec in specs}
        for key in [key for key in self._panels if key not in kept]:
            self._drop(key)
        if self._alone not in kept:
            self._alone = ""
        self._arrange()

    def set_panel_size(self, size: str) -> None:
        """Make panels "small", "medium" or "large"."""
        if size in SIZES and size != self._size:
            self._size = size
            self._arrange()

    def enlarge(self, key: str) -> None:
        """Show one panel alone, or all again if it is alone already."""
        self._alone = "" if self._alone == key else key
        self._arrange()

    @property
    def alone(self) -> str:
        """Return the key of the panel that is shown alone, "" if all are."""
        return self._alone

    def panels(self) -> dict[str, PanelT]:
        """Return the panels that exist, by key."""
        return self._panels

    def visible_panels(self) -> Iterator[PanelT]:
        """Yield the panels of which something is on the screen."""
        if not self.isVisible():
            return
        if self._seen is None:
            seen = QRect(0, self.verticalScrollBar().value(), self.viewport().width(), self.viewport().height())
            self._seen = [panel for panel in self._panels.values() if panel.geometry().intersects(seen)]
        for panel in self._seen:
            if panel.isVisible():
                yield panel

    def panel_at(self, place: QPoint) -> tuple[str, QRect] | None:
        """Return key and rectangle (in the page's coordinates) of the panel at a global position."""
        inside = self._content.mapFromGlobal(place)
        for found in self._places:
            if found.spec is not None and found.rect.adjusted(0, 0, _GAP, _GAP).contains(inside):
                return found.spec.key, found.rect
        return None

    @property
    def content(self) -> QWidget:
        """Return the page that the panels lie on."""
        return self._content

    def specs(self) -> list[PanelSpec]:
        """Return the panels in their order, folded ones included."""
        return list(self._specs)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return room for one small panel."""
        return QSize(SIZES["small"][0], SIZES["small"][1])

    def _arrange(self) -> None:
        """Decide where everything goes."""
        width, height = self.viewport().width(), self.viewport().height()
        self._places = []
        if self._alone:
            spec = next(spec for spec in self._specs if spec.key == self._alone)
            self._places.append(_Place(spec, spec.group, QRect(0, 0, width, height)))
            self._content.resize(width, height)
        else:
            bottom = self._arrange_groups(width - 4, height)
            self._content.resize(width, max(bottom, 1))
        self._materialise()

    def _arrange_groups(self, width: int, height: int) -> int:
        groups: dict[str, list[PanelSpec]] = {}
        for spec in self._specs:
            groups.setdefault(spec.group, []).append(spec)
        columns = max(1, (width + _GAP) // (SIZES[self._size][0] + _GAP))
        top = 0
        for group, specs in groups.items():
            if len(groups) > 1 or group in self.folded:
                self._places.append(_Place(None, group, QRect(0, top, width, _HEADER)))
                top += _HEADER + 2
            if group in self.folded:
                continue
            top = self._arrange_group(specs, top, width, height, columns, fills=len(groups) == 1)
        return top

    def _arrange_group(
        self, specs: Sequence[PanelSpec], top: int, width: int, height: int, columns: int, *, fills: bool
    ) -> int:
        """Lay out the panels of a group from `top` on, row by row; return where the next group begins."""
        across = min(columns, sum(spec.width or columns for spec in specs))
        places, row, column = [], 0, 0
        for spec in specs:
            taken = min(spec.width or across, across)
            if column + taken > across:
                row, column = row + 1, 0
            places.append((spec, row, column, taken))
            column += taken
        rows = row + 1
        high = SIZES[self._size][1]
        # A page that is all on the screen fills it.
        tall = max(high, (height - _GAP * (rows - 1)) // rows) if fills and rows <= 3 else high
        tall = min(tall, 2 * high)
        for spec, row, column, taken in places:
            left = column * (width + _GAP) // across
            right = (column + taken) * (width + _GAP) // across - _GAP
            self._places.append(_Place(spec, spec.group, QRect(left, top + row * (tall + _GAP), right - left, tall)))
        return top + rows * (tall + _GAP)

    @Slot()
    def _materialise(self) -> None:
        """Make the panels near the screen, and let go of those far from it if they are many."""
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        near = QRect(0, top - height // 2, self.viewport().width(), 2 * height)
        wanted, headers = set(), set()
        for place in self._places:
            if not place.rect.intersects(near):
                continue
            if place.spec is None:
                headers.add(place.group)
                self._show_header(place)
            else:
                wanted.add(place.spec.key)
                self._show_panel(place.spec, place.rect)
        for group, header in self._headers.items():
            header.setVisible(group in headers)
        for key in [key for key in self._panels if key not in wanted]:
            self._panels[key].hide()
            if len(self._panels) > _KEPT:
                self._drop(key)
        self._seen = None
        self.shown_changed.emit()

    def _show_panel(self, spec: PanelSpec, rect: QRect) -> None:
        panel = self._panels.get(spec.key)
        if panel is None:
            panel = self._panels[spec.key] = self._make(spec)
            panel.setParent(self._content)
        panel.setGeometry(rect)
        panel.show()

    def _show_header(self, place: _Place) -> None:
        header = self._headers.get(place.group)
        if header is None:
            header = self._headers[place.group] = QToolButton(self._content)
            header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            header.setCheckable(True)
            header.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            header.setProperty("group", place.group)
            mark(header, kind="group")
            header.clicked.connect(self._on_fold)
        words = self.group_title(place.group)
        header.setText(words)
        header.setAccessibleName(words)
        header.setChecked(False)
        follow_icon(self._theme, header, "chevron-right" if place.group in self.folded else "chevron-down")
        header.move(place.rect.topLeft())
        header.resize(header.sizeHint().width(), place.rect.height())
        header.show()

    @Slot()
    def _on_fold(self) -> None:
        header = self.sender()
        assert isinstance(header, QToolButton)
        self.folded ^= {header.property("group")}
        self._headers.pop(header.property("group")).deleteLater()
        self._arrange()
        self.folded_changed.emit()

    def _drop(self, key: str) -> None:
        panel = self._panels.pop(key)
        self._seen = None
        panel.hide()
        panel.deleteLater()
