"""One finding of the checks: what it means, samples of it, and ways to mend it. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.elided_label import ElidedLabel
from deepstudio.ui.widgets.flow import FlowLayout
from deepstudio.ui.widgets.parts import button, column, label, row
from deepstudio.ui.widgets.thumbnail_strip import square_thumbnail
from deepstudio.ui.workspaces.image.intake import image_from_pixels
from deepstudio.ui.workspaces.train.data_job import PICTURES, TEXTS
from deepstudio.ui.workspaces.train.words import marked

_LOOKS = {"blocks": ("error", "danger"), "warns": ("warning", "warning"), "info": ("info", "accent_text")}
_SIDE = 40
SHOWN, SHOWN_TEXTS = 6, 3
"""Pictures and texts on the card itself; the rest is one click away."""


class FindingCard(QFrame):
    """`fix_asked` carries the fix, `show_asked` the finding."""

    fix_asked = Signal(object)
    show_asked = Signal(object)

    def __init__(self, theme: Theme, finding: Any, parent: QWidget | None = None, *, shows: str = PICTURES) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shows = shows
        self.finding = finding
        self._icon_name, self._role = _LOOKS[str(finding.severity)]
        mark(self, surface="sunken")
        self._icon = QLabel()
        self._icon.setFixedWidth(18)
        sentence = marked(finding)
        self.text = label(sentence, "", wrap=True)
        self.setAccessibleName(sentence)
        head = row(gap=8)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.text, 1)
        whole = column(self, margins=(12, 10, 12, 10), gap=8)
        whole.addLayout(head)
        self._pictures: dict[str, QLabel] = {}
        self._texts: dict[str, ElidedLabel] = {}
        if finding.items and shows == PICTURES:
            whole.addWidget(self._build_pictures(finding.items[:SHOWN]))
        elif finding.items and shows == TEXTS:
            for name in finding.items[:SHOWN_TEXTS]:
                self._texts[name] = ElidedLabel(role="caption", mode=Qt.TextElideMode.ElideRight)
                self._texts[name].setText(name)
                whole.addWidget(self._texts[name])
        elif finding.items:
            whole.addWidget(label(", ".join(finding.items[:SHOWN]), "caption", wrap=True, selectable=True))
        self.buttons = self._build_buttons()
        if self.buttons:
            place = QWidget()
            flow = FlowLayout(place, gap=6)
            for made in self.buttons:
                flow.addWidget(made)
            whole.addWidget(place)
        theme.changed.connect(self._recolour)
        self._recolour()

    @property
    def wanted(self) -> tuple[str, ...]:
        """Return the samples whose pictures or texts the card shows."""
        return (*self._pictures, *self._texts)

    def show_text(self, name: str, text: str) -> None:
        """Show a sample's text."""
        where = self._texts.get(name)
        if where is not None:
            where.setText(" ".join(text.split()))

    def show_thumbnail(self, name: str, pixels: np.ndarray) -> None:
        """Show a sample's picture."""
        where = self._pictures.get(name)
        if where is None:
            return
        pixmap = QPixmap.fromImage(square_thumbnail(image_from_pixels(pixels), round(_SIDE * self.devicePixelRatioF())))
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        where.setPixmap(pixmap)
        where.show()
        where.parentWidget().show()

    def _build_pictures(self, names: tuple[str, ...]) -> QWidget:
        """Return places for pictures, each hidden until there is one: a file may be unreadable or no picture."""
        strip = QWidget()
        strip.hide()
        flow = FlowLayout(strip, gap=4)
        for name in names:
            where = QLabel()
            where.setFixedSize(QSize(_SIDE, _SIDE))
            where.setToolTip(name)
            where.hide()
            self._pictures[name] = where
            flow.addWidget(where)
        return strip

    def _build_buttons(self) -> list[QWidget]:
        made = []
        for fix in self.finding.fixes:
            words = marked(fix)
            made.append(self._button(words, partial(self.fix_asked.emit, fix)))
        if self.finding.items:
            count = len(self.finding.items)
            shown = SHOWN if self._shows == PICTURES else SHOWN_TEXTS
            words = self.tr("Show all {count}").format(count=count) if count > shown else self.tr("Show")
            made.append(self._button(words, partial(self.show_asked.emit, self.finding), kind="link"))
        return made

    def _button(self, words: str, clicked: Callable[[], object], kind: str = "") -> QWidget:
        made = button(words, kind, name=f"{words}: {self.accessibleName()}")
        made.clicked.connect(clicked)
        return made

    @Slot()
    def _recolour(self) -> None:
        self._icon.setPixmap(self._theme.pixmap(self._icon_name, 18, self._role, widget=self))
