"""Three panes side by side that become two where the window is narrow. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import column
from deepstudio.ui.widgets.segmented import Segmented

NARROW = 940
"""Below this width in pixels the last two panes share one place."""
_LEAST = 248


class ThreePanes(QWidget):
    """`left | middle | right`; in a narrow place `left | (middle or right)` with a switch above."""

    def __init__(
        self, theme: Theme, left: QWidget, middle: QWidget, right: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._middle, self._right = middle, right
        self._narrow = False
        self._alone = False
        self.switch = Segmented(theme)
        self.switch.add("middle", icon="sparkles")
        self.switch.add("right", icon="bulb")
        self.switch.chosen.connect(self._show_panes)
        right_side = QSplitter(Qt.Orientation.Horizontal)
        right_side.addWidget(middle)
        right_side.addWidget(right)
        self._place = place = QWidget()
        stacked = column(place)
        stacked.addWidget(self.switch)
        stacked.addWidget(right_side, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(left)
        self.splitter.addWidget(place)
        self._inner = right_side
        for splitter, shares in ((self.splitter, (9, 20)), (right_side, (11, 9))):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(10)
            for number, share in enumerate(shares):
                splitter.setStretchFactor(number, share)
        for pane in (left, middle, right):
            pane.setMinimumWidth(_LEAST)
        column(self).addWidget(self.splitter, 1)
        self._share_out()
        self._show_panes()

    @property
    def narrow(self) -> bool:
        """Return whether the last two panes share one place."""
        return self._narrow

    def show_left_alone(self, alone: bool) -> None:
        """Give the left the whole place while there is nothing to show beside it."""
        if alone != self._alone:
            self._alone = alone
            self._place.setVisible(not alone)
            if not alone:
                self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change the arrangement with the width."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self._share_out()
            self._show_panes()

    def sizes(self) -> list[list[int]]:
        """Return the widths of the panes, for the saved state; empty in a narrow place."""
        return [] if self._narrow or self._alone else [self.splitter.sizes(), self._inner.sizes()]

    def set_sizes(self, sizes: object) -> None:
        """Take back what `sizes` returned; anything else is ignored."""
        if not isinstance(sizes, list) or len(sizes) != 2:
            return
        for splitter, widths in zip((self.splitter, self._inner), sizes, strict=True):
            if isinstance(widths, list) and len(widths) == 2 and all(isinstance(w, int) and w > 0 for w in widths):
                splitter.setSizes(widths)

    def _share_out(self) -> None:
        left, rest = (5, 6) if self._narrow else (9, 20)
        self.splitter.setSizes([left * 100, rest * 100])
        self._inner.setSizes([1100, 900])

    @Slot()
    def _show_panes(self) -> None:
        chosen = self.switch.current
        self.switch.setVisible(self._narrow)
        self._middle.setVisible(not self._narrow or chosen == "middle")
        self._right.setVisible(not self._narrow or chosen == "right")
