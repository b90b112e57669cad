"""Settings and results of many runs as lines over parallel axes (Inselberg 1985). GUI thread only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.ui.plots import ticks
from deepstudio.ui.plots.paint_lines import draw_line
from deepstudio.ui.plots.paint_parallel import draw_axis, draw_dots
from deepstudio.ui.plots.parallel_axes import ParallelAxis, Value, make_axis
from deepstudio.ui.plots.plot_view import PlotView
from deepstudio.ui.plots.style import PlotStyle, mix, series_colour, style_of
from deepstudio.ui.theme import Theme

_TOP, _BOTTOM, _SIDE = 44.0, 26.0, 70.0
_REACH = 8.0
_GRAB = 14.0


@dataclass(frozen=True, slots=True)
class ParallelRow:
    """One run: its values by axis, and a colour of its own ("" for the next one)."""

    key: str
    label: str
    values: Mapping[str, Value] = field(default_factory=dict)
    colour: str = ""


class ParallelCoordinates(PlotView):
    """Drag along an axis to keep only the runs that pass there; click a line to choose it.

    Keys: left and right go to another axis, up and down to another run, [ and ] move the brush, Delete removes it,
    Enter opens the run.
    """

    brushed = Signal(list)
    """Keys of the runs that pass all brushes."""
    highlighted = Signal(str)
    activated = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._style = style_of(theme)
        self._rows: list[ParallelRow] = []
        self._axes: list[ParallelAxis] = []
        self._shares = np.zeros((0, 0))
        self._brushes: dict[str, tuple[float, float]] = {}
        self._colour_by: str | None = None
        self._current = ""
        self._axis = 0
        self._drag: tuple[int, float] | None = None
        self._layer = QPixmap()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Settings and results of the runs"))
        theme.changed.connect(self._on_theme)

    # -- what is shown

    def set_rows(self, rows: Sequence[ParallelRow], axes: Sequence[str]) -> None:
        """Show runs over axes; brushes on axes that stay are kept."""
        self._rows = list(rows)
        self._axes = [make_axis(name, [row.values.get(name) for row in rows]) for name in axes]
        shares = [[axis.share(row.values.get(axis.name)) for axis in self._axes] for row in rows]
        self._shares = np.array(shares, dtype=np.float64).reshape(len(rows), len(self._axes))
        self._brushes = {name: brush for name, brush in self._brushes.items() if name in axes}
        self._axis = min(self._axis, max(0, len(self._axes) - 1))
        self._repaint()

    def colour_by(self, name: str | None) -> None:
        """Colour the lines by an axis, from pale to strong; None gives each run its own colour."""
        self._colour_by = name
        self._repaint()

    def highlight(self, key: str) -> None:
        """Draw one run over the others; "" for none."""
        if key != self._current:
            self._current = key
            self.setAccessibleDescription(self.words(key))
            self.setToolTip(self.words(key))
            self.refresh()

    def set_brush(self, name: str, low: float | None, high: float | None = None) -> None:
        """Keep only runs between two places (0..1 from the bottom) of an axis; None removes the brush."""
        if low is None or high is None:
            self._brushes.pop(name, None)
        else:
            self._brushes[name] = (min(low, high), max(low, high))
        self._repaint()
        self.brushed.emit(self.kept())

    def brushes(self) -> dict[str, tuple[float, float]]:
        """Return the brushes by axis."""
        return dict(self._brushes)

    def kept(self) -> list[str]:
        """Return the keys of the runs that pass all brushes."""
        inside = self._inside()
        return [row.key for row, keep in zip(self._rows, inside, strict=True) if keep]

    def words(self, key: str) -> str:
        """Return a run and its values in words."""
        row = next((row for row in self._rows if row.key == key), None)
        if row is None:
            return ""
        values = [f"{axis.name} {_value(row.values.get(axis.name))}" for axis in self._axes]
        return f"{row.label}: " + ", ".join(values)

    def summary(self) -> str:
        """Return in words how much is shown."""
        return self.tr("{kept} of {count} runs over {axes} axes").format(
            kept=len(self.kept()), count=len(self._rows), axes=len(self._axes)
        )

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(720, 320)

    def minimumSizeHint(self) -> QSize:
        """Return the size at which axes can still be told apart."""
        return QSize(260, 180)

    # -- painting

    def draw(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint the lines from memory, then the highlighted one and the axes."""
        ratio = self.devicePixelRatioF()
        wanted = (self.size().toSizeF() * ratio).toSize()
        if self._layer.size() != wanted:
            self._layer = QPixmap(wanted)
            self._layer.setDevicePixelRatio(ratio)
            self._paint_layer()
        painter.drawPixmap(0, 0, self._layer)
        self._paint_over(painter, self._style, focus=self.hasFocus())

    def print_on(self, painter: QPainter, area: QRectF, style: PlotStyle) -> None:
        """Paint what is shown anywhere else: brushes and the highlighted run too."""
        painter.save()
        painter.translate(area.topLeft())
        self._paint_lines(painter, style)
        self._paint_over(painter, style, focus=False)
        painter.restore()

    def table(self) -> Iterator[Sequence[object]]:
        """Yield the rows of a table of what is shown: the runs that pass all brushes, and their values by axis."""
        names = [axis.name for axis in self._axes]
        yield ["run", *names]
        for row, keep in zip(self._rows, self._inside(), strict=True):
            if keep:
                yield [row.label, *(_cell(row.values.get(name)) for name in names)]

    def _paint_layer(self) -> None:
        self._layer.fill(self._style.color("surface"))
        painter = QPainter(self._layer)
        self._paint_lines(painter, self._style)
        painter.end()

    def _paint_lines(self, painter: QPainter, style: PlotStyle) -> None:
        inside = self._inside()
        # Those left out lie below.
        for place in sorted(range(len(self._rows)), key=lambda place: bool(inside[place])):
            colour = QColor(self._colour(place, style))
            if not inside[place]:
                colour = mix(colour, style.color("surface"), 0.14)
            self._paint_row(painter, place, colour)

    def _paint_over(self, painter: QPainter, style: PlotStyle, *, focus: bool) -> None:
        place = next((place for place, row in enumerate(self._rows) if row.key == self._current), None)
        if place is not None:
            self._paint_row(painter, place, style.color("text"))
            draw_dots(painter, *self._places(place), style)
        for number in range(len(self._axes)):
            axis = self._axes[number]
            draw_axis(
                painter,
                axis,
                (self._x(number), _TOP, self.height() - _BOTTOM),
                style,
                apart=self._apart(),
                leftwards=number == len(self._axes) - 1,
                brush=self._brushes.get(axis.name),
                focused=focus and number == self._axis,
            )

    def _paint_row(self, painter: QPainter, place: int, colour: QColor) -> None:
        draw_line(painter, *self._places(place), colour, self.devicePixelRatioF())

    def _places(self, place: int) -> tuple[np.ndarray, np.ndarray]:
        """Return where a run crosses the axes, in pixels."""
        x_A = np.array([self._x(number) for number in range(len(self._axes))])
        return x_A, np.array([self._y(share) for share in self._shares[place]])

    # -- what the user does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a brush on an axis."""
        number = self._axis_at(event.position())
        if number is not None:
            self._axis = number
            self._drag = (number, event.position().y())
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the brush, or highlight the line under the mouse."""
        if self._drag is not None:
            number, start = self._drag
            if abs(event.position().y() - start) >= 3:
                name = self._axes[number].name
                self.set_brush(name, self._share(start), self._share(event.position().y()))
            return
        self._highlight(self._row_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the brush; a mere click on an axis removes it, and one on a line opens the run."""
        drag, self._drag = self._drag, None
        if drag is not None and abs(event.position().y() - drag[1]) < 3:
            self.set_brush(self._axes[drag[0]].name, None)
        elif drag is None:
            key = self._row_at(event.position())
            if key:
                self.activated.emit(key)

    def leaveEvent(self, event: QEvent) -> None:
        """Highlight nothing any more."""
        self._highlight("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk over axes and runs, move the brush."""
        key = event.key()
        if not self._axes or not self._rows:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            self._axis = min(len(self._axes) - 1, max(0, self._axis + step))
            self.refresh()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk(1 if key == Qt.Key.Key_Up else -1)
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            self._shift_brush(0.05 if key == Qt.Key.Key_BracketRight else -0.05)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.set_brush(self._axes[self._axis].name, None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current:
            self.activated.emit(self._current)
        else:
            super().keyPressEvent(event)

    def _walk(self, up: int) -> None:
        """Highlight the next run along the current axis."""
        shares = self._shares[:, self._axis]
        order = [int(place) for place in np.argsort(shares, kind="stable") if not np.isnan(shares[place])]
        keys = [self._rows[place].key for place in order]
        if not keys:
            return
        at = keys.index(self._current) + up if self._current in keys else (0 if up > 0 else len(keys) - 1)
        self._highlight(keys[min(len(keys) - 1, max(0, at))])

    def _shift_brush(self, by: float) -> None:
        name = self._axes[self._axis].name
        low, high = self._brushes.get(name, (0.5, 1.0) if by > 0 else (0.0, 0.5))
        if name in self._brushes:
            low, high = max(0.0, low + by), min(1.0, high + by)
        if high - low > 0.02:
            self.set_brush(name, low, high)

    def _highlight(self, key: str) -> None:
        if key != self._current:
            self.highlight(key)
            self.highlighted.emit(key)

    # -- geometry

    def _apart(self) -> float:
        return (self.width() - 2 * _SIDE) / max(1, len(self._axes) - 1)

    def _x(self, number: int) -> float:
        return _SIDE + number * self._apart() if len(self._axes) > 1 else self.width() / 2

    def _y(self, share: float) -> float:
        return self.height() - _BOTTOM - share * (self.height() - _TOP - _BOTTOM)

    def _share(self, y: float) -> float:
        return float(np.clip((self.height() - _BOTTOM - y) / (self.height() - _TOP - _BOTTOM), 0, 1))

    def _axis_at(self, at: QPointF) -> int | None:
        near = [number for number in range(len(self._axes)) if abs(self._x(number) - at.x()) <= _GRAB]
        return near[0] if near and at.y() >= _TOP - 8 else None

    def _row_at(self, at: QPointF) -> str:
        """Return the key of the line under the mouse, "" if there is none."""
        if len(self._axes) < 2 or not len(self._rows):
            return ""
        left = int(np.clip((at.x() - _SIDE) // self._apart(), 0, len(self._axes) - 2))
        within = (at.x() - self._x(left)) / self._apart()
        shares = self._shares[:, left] * (1 - within) + self._shares[:, left + 1] * within
        away = np.abs(self._y(0) - shares * (self._y(0) - self._y(1)) - at.y())
        away = np.where(np.isnan(away) | ~self._inside(), np.inf, away)
        nearest = int(away.argmin())
        return self._rows[nearest].key if away[nearest] <= _REACH else ""

    def _inside(self) -> np.ndarray:
        kept = np.ones(len(self._rows), dtype=bool)
        for number, axis in enumerate(self._axes):
            brush = self._brushes.get(axis.name)
            if brush is not None:
                with np.errstate(invalid="ignore"):
                    kept &= (self._shares[:, number] >= brush[0]) & (self._shares[:, number] <= brush[1])
        return kept

    def _colour(self, place: int, style: PlotStyle) -> str:
        names = [axis.name for axis in self._axes]
        if self._colour_by in names:
            share = float(self._shares[place, names.index(self._colour_by)])
            if np.isnan(share):
                return style.roles.text_faint
            low, high = QColor(style.roles.series[2]), QColor(style.roles.series[0])
            return mix(high, low, min(1.0, max(0.0, share))).name()
        return self._rows[place].colour or series_colour(style.roles, place)

    def _repaint(self) -> None:
        if not self._layer.isNull():
            self._paint_layer()
        self.setAccessibleDescription(self.summary())
        self.refresh()

    @Slot()
    def _on_theme(self) -> None:
        self._style = style_of(self._theme)
        self._repaint()


def _value(value: Value) -> str:
    return ticks.number(value) if isinstance(value, (int, float)) else str(value) if value is not None else "–"


def _cell(value: Value) -> str:
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)
