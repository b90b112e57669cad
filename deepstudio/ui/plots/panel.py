"""A curve panel: title, newest value, menu and the canvas with the curves. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QMenu, QToolButton, QWidget

from deepstudio.core.errors import DeepStudioError
from deepstudio.core.failures import failure_from
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.store.series_axis import XAxis
from deepstudio.ui.plots.canvas import CurveCanvas
from deepstudio.ui.plots.curve import Curve, Smoothing
from deepstudio.ui.plots.export import Words, export, picture
from deepstudio.ui.plots.figure import Figure
from deepstudio.ui.plots.paint_frame import EventMark
from deepstudio.ui.plots.sheet import FORMATS
from deepstudio.ui.plots.style import paper_style
from deepstudio.ui.plots.ticks import number
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.elided_label import ElidedLabel
from deepstudio.ui.widgets.parts import column, icon_button, label, row


class ValueLabel(QWidget):
    """A number that changes all the time: opaque and of fixed size, so that nothing around it is painted with it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._bad = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFixedSize(self.fontMetrics().horizontalAdvance("−0.000e−00"), self.fontMetrics().height() + 2)
        theme.changed.connect(self.update)

    def show_value(self, value: float | None) -> None:
        """Show a number, or nothing."""
        text = number(value) if value is not None else ""
        if text != self._text:
            self._text, self._bad = text, value is not None and value != value
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the number on the ground of the card."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        painter.setPen(self._theme.color("danger" if self._bad else "text_muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()


class CurvePanel(QFrame):
    """The curves of one metric, of one or several runs."""

    message = Signal(str)
    failed = Signal(object)
    close_asked = Signal()
    """The user wants this panel gone."""
    enlarge_asked = Signal()
    """The user wants this panel alone, or back among the others."""
    settings_changed = Signal()
    """Log axis or outliers were switched here."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None, *, embedded: bool = False) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = title
        mark(self, surface="card")
        self._column = column(self, margins=(6, 4, 6, 6), gap=0)
        self.canvas = CurveCanvas(theme)
        self.canvas.wheel_needs_focus = embedded
        self.heading = ElidedLabel(role="strong")
        self.heading.setText(title)
        self._value = ValueLabel(theme)
        self._note = label("", "faint")
        self._note.hide()
        head = row(margins=(6, 0, 0, 0), gap=6)
        head.addWidget(self.heading, 1)
        head.addWidget(self._value)
        head.addWidget(self._menu_button(embedded))
        self._column.addLayout(head)
        self._column.addWidget(self.canvas, 1)
        self._column.addWidget(self._note)
        self.canvas.painted.connect(self._on_painted)
        self._name()

    @property
    def figure(self) -> Figure:
        """Return what is shown."""
        return self.canvas.figure

    def set_curves(self, curves: Sequence[Curve]) -> None:
        """Show these curves."""
        self.figure.curves = list(curves)
        self.canvas.refresh()

    def set_title(self, title: str) -> None:
        """Call the panel otherwise."""
        if title != self.title:
            self.title = title
            self.heading.setText(title)
            self._name()

    def set_events(self, events: Sequence[EventMark]) -> None:
        """Mark these events."""
        self.figure.events = list(events)
        self.canvas.refresh()

    def set_axis(self, axis: XAxis, *, log_x: bool = False) -> None:
        """Say what the curves' x counts; the view goes back to all of it."""
        if (axis, log_x) != (self.figure.axis, self.figure.log_x):
            self.figure.axis, self.figure.log_x = axis, log_x
            self.figure.x_range = None
            self.figure.forget_fit()
            self.canvas.refresh()

    def set_log_y(self, log: bool) -> None:
        """Make the y axis logarithmic or not."""
        self._log_action.setChecked(log)
        if log != self.figure.log_y:
            self.figure.log_y, self.figure.y_range = log, None
            self.figure.forget_fit()
            self.canvas.refresh()

    def set_robust(self, robust: bool) -> None:
        """Leave outliers out of the y range, or not."""
        self._robust_action.setChecked(robust)
        if robust != self.figure.robust:
            self.figure.robust, self.figure.y_range = robust, None
            self.figure.forget_fit()
            self.canvas.refresh()

    def set_smoothing(self, smoothing: Smoothing) -> None:
        """Smooth the curves; the raw ones stay visible beneath."""
        if smoothing != self.figure.smoothing:
            self.figure.smoothing = smoothing
            self.canvas.refresh()

    def summary(self) -> str:
        """Return in words what the panel shows, for screen readers."""
        parts = []
        for curve in self.figure.shown()[:6]:
            last, (low, high) = curve.last, curve.extremes()
            parts.append(
                self.tr("{label}: now {last}, lowest {low}, highest {high}, {count} points").format(
                    label=curve.label,
                    last=number(last if last is not None else float("nan")),
                    low=number(low),
                    high=number(high),
                    count=f"{curve.count:,}",
                )
            )
        return f"{self.title}. " + ("; ".join(parts) if parts else self.tr("No points yet."))

    def words(self) -> Words:
        """Return what stands around the plot in an exported picture."""
        notes = (self._note.text(),) if self._note.isVisibleTo(self) else ()
        return Words(self.title, axis_name(self.figure.axis), self.title, notes)

    def ask_export(self, kind: str) -> None:
        """Ask where to, and write what is shown."""
        name = f"{self.title.replace('/', '-')}.{kind}"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save what is shown"), name, f"{kind.upper()} (*.{kind})")
        if chosen:
            self.export_to(Path(chosen).with_suffix(f".{kind}"))

    def export_to(self, path: Path, *, scale: float = 2.0) -> bool:
        """Write what is shown to `path` in the format of its name; return whether that worked."""
        size = QSizeF(self.canvas.size())
        try:
            export(self.figure, path, self.words(), paper_style(self._theme), size, scale=scale)
        except DeepStudioError as error:
            self.failed.emit(failure_from(error))
            return False
        self.message.emit(self.tr("Saved {name}.").format(name=path.name))
        return True

    def copy_picture(self) -> None:
        """Put a picture of what is shown into the clipboard."""
        size = QSizeF(self.canvas.size())
        image = picture(self.figure, self.words(), self.canvas.style_now, size, scale=2.0)
        QGuiApplication.clipboard().setImage(image)
        self.message.emit(self.tr("The picture was copied."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters switch: L the logarithmic axis, O the outliers, F the full size; Delete removes the panel."""
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_C:
            self.copy_picture()
        elif key == Qt.Key.Key_L:
            self._log_action.trigger()
        elif key == Qt.Key.Key_O:
            self._robust_action.trigger()
        elif key in (Qt.Key.Key_F, Qt.Key.Key_Return):
            self.enlarge_asked.emit()
        elif key == Qt.Key.Key_Delete:
            self.close_asked.emit()
        else:
            super().keyPressEvent(event)

    def _menu_button(self, embedded: bool) -> QToolButton:
        made = icon_button(self._theme, "more", self.tr("What to do with {title}").format(title=self.title))
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = self.menu = QMenu(made)
        self._add(menu, self.tr("&Fit"), self.canvas.fit)
        self._log_action = self._switch(menu, self.tr("&Logarithmic y axis"), self.set_log_y)
        self._robust_action = self._switch(menu, self.tr("Ignore &outliers"), self.set_robust)
        menu.addSeparator()
        for kind in FORMATS:
            words = self.tr("Save as {format}…").format(format=kind.upper())
            action = menu.addAction(words)
            action.setData(kind)
            action.triggered.connect(self._on_export)
        self._add(menu, self.tr("&Copy picture"), self.copy_picture)
        if embedded:
            menu.addSeparator()
            self._add(menu, self.tr("&Enlarge"), self.enlarge_asked.emit)
            self._add(menu, self.tr("&Remove this panel"), self.close_asked.emit)
        made.setMenu(menu)
        return made

    def _add(self, menu: QMenu, words: str, what: object) -> None:
        menu.addAction(words).triggered.connect(what)

    def _switch(self, menu: QMenu, words: str, what: object) -> QAction:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.triggered.connect(what)
        action.triggered.connect(self.settings_changed)
        return action

    @Slot()
    def _on_export(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.ask_export(action.data())

    @Slot()
    def _on_painted(self) -> None:
        """Say the newest value and what the axis hides."""
        shown = self.figure.shown()
        self._value.show_value(shown[-1].last if len(shown) == 1 else None)
        lost = self.figure.hidden_points()
        note = self.tr("Values of 0 and less lie below a logarithmic axis.") if lost else ""
        if note != self._note.text():
            self._note.setText(note)
            self._note.setVisible(bool(note))

    def _name(self) -> None:
        self.setAccessibleName(self.title)
        self.canvas.setAccessibleName(self.tr("Curves of {title}").format(title=self.title))


def axis_name(axis: XAxis) -> str:
    """Return the name of an x axis in the user's language."""
    names = {
        XAxis.STEP: QT_TRANSLATE_NOOP("plots", "Step"),
        XAxis.EPOCH: QT_TRANSLATE_NOOP("plots", "Epoch"),
        XAxis.EXAMPLES: QT_TRANSLATE_NOOP("plots", "Examples"),
        XAxis.RELATIVE: QT_TRANSLATE_NOOP("plots", "Time since start"),
        XAxis.WALL: QT_TRANSLATE_NOOP("plots", "Time of day"),
    }
    return translate_sentence(names[axis], "plots")
