"""How a set is divided, as one bar with the counts below it. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.ui.theme import Theme
from deepstudio.ui.workspaces.train.words import whole

ROLES = ("train", "validation", "test")
_BAR = 8
_GAP = 14


class SplitBar(QWidget):
    """Training, validation and test, in the first colours of the series."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: dict[str, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme)

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show the number of samples of each split; those without any are left away."""
        self._counts = {role: counts[role] for role in ROLES if counts.get(role)}
        self.setAccessibleName(", ".join(f"{self._title(role)} {whole(n)}" for role, n in self._counts.items()))
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the bar and as many lines of words as the width asks for."""
        return QSize(200, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(120, self.heightForWidth(max(self.width(), 120)))

    def hasHeightForWidth(self) -> bool:
        """The words go on below where they do not fit."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at `width`."""
        lines = max((line for line, _x, _role in self._places(width)), default=0) + 1
        return _BAR + 6 + lines * (self.fontMetrics().height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar, and a dot with words for each part."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        total = sum(self._counts.values())
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(0, 0, self.width(), _BAR), _BAR / 2, _BAR / 2)
        painter.setClipPath(outline)
        x = 0.0
        for role, count in self._counts.items():
            width = self.width() * count / max(total, 1)
            painter.fillRect(QRectF(x, 0, width + 1, _BAR), self._colour(role))
            x += width
        painter.setClipping(False)
        height = self.fontMetrics().height() + 2
        for line, left, role in self._places(self.width()):
            top = _BAR + 6 + line * height
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour(role))
            painter.drawEllipse(QRectF(left, top + height / 2 - 4, 8, 8))
            painter.setPen(self._theme.color("text_muted"))
            area = QRectF(left + 13, top, self.width(), height)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self._words(role))
        painter.end()

    def _places(self, width: int) -> list[tuple[int, float, str]]:
        """Return line, left edge and role of each part's words."""
        places, line, x = [], 0, 0.0
        for role in self._counts:
            needed = 13 + self.fontMetrics().horizontalAdvance(self._words(role))
            if x and x + needed > width:
                line, x = line + 1, 0.0
            places.append((line, x, role))
            x += needed + _GAP
        return places

    def _words(self, role: str) -> str:
        return f"{self._title(role)} {whole(self._counts[role])}"

    def _title(self, role: str) -> str:
        titles = {"train": self.tr("Training"), "validation": self.tr("Validation"), "test": self.tr("Test")}
        return titles[role]

    def _colour(self, role: str) -> str:
        series = self._theme.roles.series
        return series[(0, 1, 2)[ROLES.index(role)]]

    @Slot()
    def _on_theme(self) -> None:
        self.update()
