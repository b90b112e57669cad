"""The drawing pad with its tools: undo, redo, clear and the width of the pen. GUI thread."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSlider, QWidget

from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.drawing_pad import DrawingPad
from deepstudio.ui.widgets.parts import column, icon_button, label, row
from deepstudio.ui.widgets.picture_view import PictureView
from deepstudio.ui.workspaces.image.intake import image_from_pixels

_WIDTHS = (10, 40)
_WIDTH = 22
_SEEN_SIDE = 56


class DrawingPanel(QWidget):
    """`changed` comes with every bit that is drawn or taken back."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pad = DrawingPad(theme)
        self.pad.setAccessibleName(self.tr("Drawing pad for a digit"))
        keys = self.tr("Arrow keys move the pen, Space sets it down and lifts it, Ctrl+Z undoes, Delete clears.")
        self.pad.setAccessibleDescription(keys)
        self.pad.setToolTip(keys)
        self.pad.changed.connect(self.changed)
        self.pad.history_changed.connect(self._update_tools)
        self.undo = icon_button(theme, "undo", self.tr("Undo the last stroke (Ctrl+Z)"))
        self.redo = icon_button(theme, "redo", self.tr("Draw it again (Ctrl+Shift+Z)"))
        self.clear = icon_button(theme, "eraser", self.tr("Clear the pad (Delete)"))
        self.undo.clicked.connect(self.pad.undo)
        self.redo.clicked.connect(self.pad.redo)
        self.clear.clicked.connect(self.pad.clear)
        self.width_slider = QSlider(Qt.Orientation.Horizontal)
        self.width_slider.setRange(*_WIDTHS)
        self.width_slider.setAccessibleName(self.tr("Width of the pen"))
        self.width_slider.setToolTip(self.tr("Width of the pen"))
        self.width_slider.valueChanged.connect(self.pad.set_pen_width)
        self.width_slider.setValue(_WIDTH)
        tools = row(gap=4)
        for tool in (self.undo, self.redo, self.clear):
            tools.addWidget(tool)
        tools.addSpacing(8)
        tools.addWidget(label(self.tr("Pen"), "caption"))
        tools.addWidget(self.width_slider, 1)
        whole = column(self)
        whole.addWidget(self.pad, 1)
        whole.addLayout(tools)
        self.seen = PictureView(theme, smallest=_SEEN_SIDE)
        self.seen.setFixedSize(_SEEN_SIDE, _SEEN_SIDE)
        self.seen.setToolTip(self.tr("What the network saw"))
        self.seen.setAccessibleName(self.tr("What the network saw"))
        hint = self.tr("Write one digit, large. By keyboard: arrows move the pen, Space sets it down.")
        foot = row(gap=12)
        foot.addWidget(self.seen)
        foot.addWidget(label(hint, "caption", wrap=True), 1)
        whole.addLayout(foot)
        whole.addStretch(0)
        self._update_tools()

    def show_seen(self, pixels: np.ndarray | None) -> None:
        """Show what the network saw of the drawing, uint8 RGB; None shows nothing."""
        self.seen.show_picture(QImage() if pixels is None else image_from_pixels(pixels))

    @Slot()
    def _update_tools(self) -> None:
        self.undo.setEnabled(self.pad.can_undo)
        self.redo.setEnabled(self.pad.can_redo)
        self.clear.setEnabled(not self.pad.empty)
