"""Writes curves exactly as they are shown: SVG and PDF as drawings, PNG at a chosen scale, CSV as numbers.

Pictures have the title, the legend with all curves and the names of the axes. GUI thread only.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from deepstudio.core.files import atomic_path
from deepstudio.ui.plots.curve import Curve, Sampled
from deepstudio.ui.plots.figure import Figure
from deepstudio.ui.plots.paint_frame import draw_frame, draw_legend, legend_rows
from deepstudio.ui.plots.sheet import MARGIN, Sheet, sheet_picture, write_sheet, writing
from deepstudio.ui.plots.style import PlotStyle


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around a plot: its title and the names of its axes, in the user's language."""

    title: str
    x_name: str
    y_name: str = ""
    notes: tuple[str, ...] = ()


def export(figure: Figure, path: Path, words: Words, style: PlotStyle, size: QSizeF, *, scale: float = 2.0) -> None:
    """Write what `figure` shows in the format that the name of `path` says; raise StorageError if that fails.

    `size` is that of the plot in logical pixels; `scale` is the number of pixels of a PNG for each of them.
    """
    if path.suffix.lower() == ".csv":
        with writing(path):
            write_csv(figure, path, words)
    else:
        write_sheet(_sheet(figure, words, style, size), path, scale=scale)


def _sheet(figure: Figure, words: Words, style: PlotStyle, size: QSizeF) -> Sheet:
    def draw(painter: QPainter, area: QRectF, ratio: float) -> None:
        paint(figure, painter, words, style, area, ratio=ratio)

    return Sheet(words.title, _whole(figure, words, style, size), draw)


def paint(figure: Figure, painter: QPainter, words: Words, style: PlotStyle, area: QRectF, *, ratio: float) -> None:
    """Paint title, legend, frame and curves into `area`, whose pixels are `ratio` device pixels wide."""
    painter.fillRect(area, style.color("surface"))
    inner = area.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    strong = QFontMetricsF(style.strong)
    painter.setFont(style.strong)
    painter.setPen(style.color("text"))
    painter.drawText(QPointF(inner.left(), inner.top() + strong.ascent()), words.title)
    top = inner.top() + strong.height() + 4
    painter.setFont(style.font)
    painter.setPen(style.color("text_muted"))
    for note in words.notes:
        painter.drawText(QPointF(inner.left(), top + style.metrics.ascent()), note)
        top += style.metrics.height() + 2
    rows = legend_rows(figure.legend(), inner.width(), style)
    draw_legend(painter, rows, QPointF(inner.left(), top), style)
    top += len(rows) * (style.metrics.height() + 4) + 2
    plot = QRectF(inner.left(), top, inner.width(), max(60.0, inner.bottom() - top))
    before = figure.view, figure.samples
    view = figure.arrange(plot, style, ratio=ratio, x_name=bool(words.x_name), y_name=bool(words.y_name))
    draw_frame(painter, view, plot, figure.axis, style, names=(words.x_name, words.y_name))
    figure.paint_curves(painter, style, ratio=ratio)
    figure.view, figure.samples = before


def picture(figure: Figure, words: Words, style: PlotStyle, size: QSizeF, *, scale: float) -> QImage:
    """Return the plot as a picture of `scale` pixels for each logical pixel."""
    return sheet_picture(_sheet(figure, words, style, size), scale=scale)


def write_csv(figure: Figure, path: Path, words: Words) -> None:
    """Write every point in the view, not only what has a pixel: curve, step, wall time, value, x, smoothed value.

    Of a group of runs, the columns of pixels as they are drawn: mean, lowest and highest value.
    """
    axis = str(figure.axis)
    average = figure.smoothing.kind == "average"
    grouped = any(curve.members for curve in figure.shown())
    head = ["curve", "step", "wall_time", "value"]
    head += [axis] if axis not in ("step", "wall") or grouped else []
    head += [*(["smoothed"] if average else []), *(["lowest", "highest"] if grouped else [])]
    with atomic_path(path) as part, part.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, head, restval="", extrasaction="ignore")
        writer.writeheader()
        for curve, sampled in figure.samples:
            rows = _group_rows(curve, sampled, axis) if curve.members else _point_rows(figure, curve, axis, average)
            writer.writerows(rows)


def _point_rows(figure: Figure, curve: Curve, axis: str, average: bool) -> Iterator[dict[str, object]]:
    points = curve.series.view(curve.axis.key)
    ends = curve.axis.to_key(np.array([figure.view.x0, figure.view.x1]))
    first, end = int(points.search(ends[:1])[0]), int(points.search(ends[1:], right=True)[0])
    x = curve.axis.from_key(points.keys(first, end))
    smooth = curve.averaged(figure.smoothing.amount) if average else None
    while smooth is not None and not smooth.advance():
        pass
    for place in range(first, end):
        origin = points.original(place)
        row: dict[str, object] = {axis: repr(float(x[place - first]))} if axis not in ("step", "wall") else {}
        row["curve"], row["step"] = curve.label, curve.series.timeline.steps.at(origin)
        row["wall_time"] = repr(curve.series.timeline.walls.at(origin))
        row["value"] = repr(float(points.values[place]))
        if smooth is not None:
            row["smoothed"] = repr(float(smooth.values[place]))
        yield row


def _group_rows(curve: Curve, sampled: Sampled, axis: str) -> Iterator[dict[str, object]]:
    assert sampled.low is not None and sampled.high is not None
    smooth = sampled.smooth if sampled.smooth is not None else np.full(len(sampled.x), np.nan)
    for x, mean, low, high, smoothed in zip(sampled.x, sampled.line, sampled.low, sampled.high, smooth, strict=True):
        row: dict[str, object] = {"curve": curve.label, axis: repr(float(x)), "value": repr(float(mean))}
        row["lowest"], row["highest"] = repr(float(low)), repr(float(high))
        if smoothed == smoothed:
            row["smoothed"] = repr(float(smoothed))
        yield row


def _whole(figure: Figure, words: Words, style: PlotStyle, size: QSizeF) -> QSizeF:
    """Return the size of the picture around a plot of `size`: title, legend and names come on top of it."""
    rows = legend_rows(figure.legend(), size.width(), style)
    line = style.metrics.height()
    more = QFontMetricsF(style.strong).height() + (len(rows) + len(words.notes) + 2) * (line + 4)
    return QSizeF(size.width() + 2 * MARGIN, size.height() + more + 2 * MARGIN)
