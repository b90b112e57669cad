"""The menu with which a plot goes into a file or the clipboard, exactly as it is shown. GUI thread only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QRectF, QSize, QSizeF, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QPainter
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from deepstudio.core.errors import DeepStudioError
from deepstudio.core.failures import failure_from
from deepstudio.ui.plots.sheet import FORMATS, Sheet, sheet_picture, titled_sheet, write_sheet, write_table
from deepstudio.ui.plots.style import PlotStyle, paper_style, style_of
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import follow_icon


class Printable(Protocol):
    """A plot that can be painted anywhere and told in rows."""

    def print_size(self) -> QSize:
        """Return how large it is."""

    def print_on(self, painter: QPainter, area: QRectF, style: PlotStyle) -> None:
        """Paint what is shown into an area of that size."""

    def table(self) -> Iterable[Sequence[object]]:
        """Return what is shown as rows, the names of the columns first."""


class ExportButton(QToolButton):
    """Saves the plot beside it as SVG, PDF, PNG or CSV, or copies it."""

    message = Signal(str)
    failed = Signal(object)

    def __init__(self, theme: Theme, plot: Printable, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plot = plot
        self.title = title
        self.words = ""
        """A line under the title in pictures."""
        follow_icon(theme, self, "more")
        self.setToolTip(self.tr("Save or copy what is shown"))
        self.setAccessibleName(self.tr("Save or copy {title}").format(title=title))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        for kind in FORMATS:
            action = menu.addAction(self.tr("Save as {format}…").format(format=kind.upper()))
            action.setData(kind)
            action.triggered.connect(self._on_export)
        menu.addAction(self.tr("&Copy picture")).triggered.connect(self.copy_picture)
        self.setMenu(menu)

    def export_to(self, path: Path, *, scale: float = 2.0) -> bool:
        """Write what is shown to `path` in the format of its name; return whether that worked."""
        try:
            if path.suffix.lower() == ".csv":
                write_table(self._plot.table(), path)
            else:
                write_sheet(self._sheet(paper_style(self._theme)), path, scale=scale)
        except DeepStudioError as error:
            self.failed.emit(failure_from(error))
            return False
        self.message.emit(self.tr("Saved {name}.").format(name=path.name))
        return True

    @Slot()
    def copy_picture(self) -> None:
        """Put a picture of what is shown into the clipboard."""
        QGuiApplication.clipboard().setImage(sheet_picture(self._sheet(style_of(self._theme)), scale=2.0))
        self.message.emit(self.tr("The picture was copied."))

    def _sheet(self, style: PlotStyle) -> Sheet:
        return titled_sheet(self.title, self.words, QSizeF(self._plot.print_size()), style, self._plot.print_on)

    @Slot()
    def _on_export(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        kind = action.data()
        name = f"{self.title.replace('/', '-')}.{kind}"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save what is shown"), name, f"{kind.upper()} (*.{kind})")
        if chosen:
            self.export_to(Path(chosen).with_suffix(f".{kind}"))
