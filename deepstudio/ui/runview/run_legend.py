"""The runs beside their curves: colour, pin, hide, and words that choose among them. GUI thread only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QColorDialog, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QToolButton, QWidget

from deepstudio.ui.runview.source import RunSource
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.elided_label import ElidedLabel
from deepstudio.ui.widgets.parts import column, follow_icon, icon_button, row


class RunRowWidget(QFrame):
    """One run: swatch, name, pin, eye. `changed` carries the run and what is different."""

    changed = Signal(str, dict)
    entered = Signal(str)

    def __init__(self, theme: Theme, source: RunSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.run_id = source.run_id
        self._colour = ""
        self._layout: QHBoxLayout = row(self, margins=(2, 1, 2, 1), gap=2)
        self._swatch = QToolButton()
        self._swatch.setIconSize(QSize(16, 16))
        self._swatch.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._swatch.setAccessibleName(self.tr("Colour of {run}").format(run=source.name))
        self._swatch.setToolTip(self.tr("Choose another colour"))
        self._swatch.clicked.connect(self._on_colour)
        self._name = ElidedLabel()
        self._name.setText(source.name)
        self._pin = icon_button(theme, "target", self.tr("Draw {run} over the others").format(run=source.name), size=15)
        self._pin.setCheckable(True)
        self._pin.clicked.connect(self._on_pin)
        self._eye = icon_button(theme, "eye", self.tr("Show {run}").format(run=source.name), size=15)
        self._eye.setCheckable(True)
        self._eye.setChecked(True)
        self._eye.clicked.connect(self._on_eye)
        for button, icon in ((self._pin, "target"), (self._eye, "eye")):
            follow_icon(theme, button, icon)
        self._layout.addWidget(self._swatch)
        self._layout.addWidget(self._name, 1)
        self._layout.addWidget(self._pin)
        self._layout.addWidget(self._eye)

    def show_style(self, colour: str, *, hidden: bool, pinned: bool) -> None:
        """Show how the run is drawn."""
        self._eye.setChecked(not hidden)
        self._pin.setChecked(pinned)
        mark(self._name, role="faint" if hidden else "strong" if pinned else "")
        if colour != self._colour:
            self._colour = colour
            self._swatch.setIcon(swatch(colour, self.devicePixelRatioF()))

    def enterEvent(self, event: object) -> None:
        """Let its curves outshine the others while the mouse is here."""
        self.entered.emit(self.run_id)

    def leaveEvent(self, event: object) -> None:
        """Let all curves be equal again."""
        self.entered.emit("")

    @Slot()
    def _on_colour(self) -> None:
        chosen = QColorDialog.getColor(QColor(self._colour), self, self.tr("Colour of the run"))
        if chosen.isValid():
            self.changed.emit(self.run_id, {"colour": chosen.name()})

    @Slot(bool)
    def _on_pin(self, checked: bool) -> None:
        self.changed.emit(self.run_id, {"pinned": checked})

    @Slot(bool)
    def _on_eye(self, checked: bool) -> None:
        self.changed.emit(self.run_id, {"hidden": not checked})


class RunLegend(QFrame):
    """All runs of a view; a regular expression hides those that do not match it."""

    changed = Signal(str, dict)
    highlighted = Signal(str)
    filtered = Signal(object)
    """A compiled expression, or None for all."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: dict[str, RunRowWidget] = {}
        mark(self, surface="card")
        outer = column(self, margins=(8, 8, 4, 8), gap=6)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Filter runs (.* works)"))
        self.search.setAccessibleName(self.tr("Filter runs by a regular expression"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_typed)
        outer.addWidget(self.search)
        content = QWidget()
        content.setObjectName("content")
        self._column = column(content, gap=0)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        outer.addWidget(area, 1)
        self.setMinimumWidth(150)

    def show_runs(self, sources: Sequence[RunSource]) -> None:
        """List these runs."""
        wanted = [source.run_id for source in sources]
        for run_id in [run_id for run_id in self._rows if run_id not in wanted]:
            self._rows.pop(run_id).deleteLater()
        for place, source in enumerate(sources):
            if source.run_id not in self._rows:
                made = self._rows[source.run_id] = RunRowWidget(self._theme, source)
                made.changed.connect(self.changed)
                made.entered.connect(self.highlighted)
            self._column.insertWidget(place, self._rows[source.run_id])

    def row(self, run_id: str) -> RunRowWidget:
        """Return the row of a run."""
        return self._rows[run_id]

    def show_matches(self, run_ids: set[str]) -> None:
        """Show only the rows of these runs."""
        for run_id, widget in self._rows.items():
            widget.setVisible(run_id in run_ids)

    @Slot()
    def _on_typed(self) -> None:
        text = self.search.text().strip()
        try:
            expression = re.compile(text, re.IGNORECASE) if text else None
        except re.error:
            # Half-typed expressions are usual: look for the text itself until it is one.
            expression = re.compile(re.escape(text), re.IGNORECASE)
        self.filtered.emit(expression)


def swatch(colour: str, ratio: float) -> QIcon:
    """Return a dot of a colour, as sharp as the screen is (`ratio`)."""
    side = round(16 * ratio)
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(2, 2, side - 4, side - 4)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return QIcon(made)
