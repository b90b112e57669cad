"""A drawing on its way into a file: SVG and PDF as drawings, PNG at a chosen scale. GUI thread only."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF, QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from deepstudio.core.errors import StorageError
from deepstudio.core.files import atomic_path
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.ui.plots.style import PlotStyle

FORMATS = ("svg", "pdf", "png", "csv")
MARGIN = 12.0
_POINTS_PER_PIXEL = 0.75


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing of `size` logical pixels; `draw` is told the area and the device pixels of each logical one."""

    title: str
    size: QSizeF
    draw: Callable[[QPainter, QRectF, float], None]


def titled_sheet(
    title: str, words: str, size: QSizeF, style: PlotStyle, draw: Callable[[QPainter, QRectF, PlotStyle], None]
) -> Sheet:
    """Return a sheet with a title, and a line of `words` if there are any, over what `draw` paints into `size`."""
    strong, line = QFontMetricsF(style.strong).height() + 4, style.metrics.height() + 6
    head = strong + (line if words else 0.0)

    def paint(painter: QPainter, area: QRectF, ratio: float) -> None:
        painter.fillRect(area, style.color("surface"))
        inner = area.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        painter.setFont(style.strong)
        painter.setPen(style.color("text"))
        painter.drawText(inner.topLeft() + QPointF(0, QFontMetricsF(style.strong).ascent()), title)
        painter.setFont(style.font)
        painter.setPen(style.color("text_muted"))
        painter.drawText(inner.topLeft() + QPointF(0, strong + style.metrics.ascent()), words)
        draw(painter, inner.adjusted(0, head, 0, 0), style)

    return Sheet(title, QSizeF(size.width() + 2 * MARGIN, size.height() + head + 2 * MARGIN), paint)


def write_sheet(sheet: Sheet, path: Path, *, scale: float = 2.0) -> None:
    """Write a sheet as the name of `path` says: svg, pdf or png, with `scale` pixels for each logical one."""
    write = {".svg": _write_svg, ".pdf": _write_pdf, ".png": _write_png}[path.suffix.lower()]
    with writing(path), atomic_path(path) as part:
        write(sheet, part, scale)
        if not part.exists() or not part.stat().st_size:
            raise OSError(None, "nothing was written")


def write_table(rows: Iterable[Sequence[object]], path: Path) -> None:
    """Write rows, the names of the columns first, as CSV."""
    with writing(path), atomic_path(path) as part, part.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(rows)


def sheet_picture(sheet: Sheet, *, scale: float) -> QImage:
    """Return a sheet as a picture of `scale` pixels for each logical pixel."""
    image = QImage((sheet.size * scale).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    painter = QPainter(image)
    sheet.draw(painter, QRectF(QPointF(), image.deviceIndependentSize()), scale)
    painter.end()
    return image


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the disk refuses into a StorageError."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            QT_TRANSLATE_NOOP("errors", "{path} could not be written: {reason}."),
            path=str(path),
            reason=error.strerror or type(error).__name__,
        ) from error


def _write_svg(sheet: Sheet, path: Path, scale: float) -> None:
    made = QSvgGenerator()
    made.setFileName(str(path))
    made.setResolution(96)
    made.setSize(sheet.size.toSize())
    made.setViewBox(QRectF(QPointF(), sheet.size))
    made.setTitle(sheet.title)
    painter = QPainter(made)
    sheet.draw(painter, QRectF(QPointF(), sheet.size), 1.0)
    painter.end()


def _write_pdf(sheet: Sheet, path: Path, scale: float) -> None:
    made = QPdfWriter(str(path))
    made.setTitle(sheet.title)
    made.setResolution(96)
    page = QPageSize(sheet.size * _POINTS_PER_PIXEL, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    made.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    painter = QPainter(made)
    sheet.draw(painter, QRectF(QPointF(), sheet.size), 1.0)
    painter.end()


def _write_png(sheet: Sheet, path: Path, scale: float) -> None:
    writer = QImageWriter(str(path), b"png")
    if not writer.write(sheet_picture(sheet, scale=scale)):
        raise OSError(None, writer.errorString())
