"""The text that is asked about, with what moved the answer shaded in place. GUI thread."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtGui import QColor, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from deepstudio.core.text_requests import Entity
from deepstudio.ui.theme import Theme
from deepstudio.ui.workspaces.text.marks import EntityMarks, Mark
from deepstudio.ui.workspaces.text.places import break_lines, to_qt

_MOST_SHADED = 2_000
_FAINTEST = 0.04
"""Tokens that moved less than this share of the strongest are left unshaded."""
MOST_CHARACTERS = 2_000_000
"""An editor of Qt becomes slow far beyond."""
_MOST_PAINTED = 500
"""Qt moves every marked place at every keystroke: of more marks than this, only those near the screen are painted."""
_LONGEST_LINE = 4_000
"""Qt lays out a whole line at every keystroke in it: longer ones would make typing wait."""


class TextEditor(QPlainTextEdit):
    """Plain text; files dropped on it go to the window, which knows what to do with them.

    What is pasted or opened is cut at `MOST_CHARACTERS`, and its very long lines are broken at spaces.
    """

    shortened = Signal(int)
    """Only so many characters of what came in were taken."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marks: Sequence[Mark] = ()
        """By place; none overlap."""
        self.setTabChangesFocus(True)
        self.setPlaceholderText(self.tr("Type or paste a text; the answer follows as you type."))
        self.setAccessibleName(self.tr("Text"))
        theme.changed.connect(self._paint_marks)
        self.verticalScrollBar().valueChanged.connect(self._on_scroll)

    def shade(self, offsets: NDArray[np.int32], contributions: NDArray[np.float32]) -> None:
        """Shade tokens: for the answer in the accent colour, against it in the warning colour, by how much."""
        marks = []
        strongest = float(np.abs(contributions).max(initial=0.0))
        if strongest > 0:
            wanted = np.argsort(-np.abs(contributions))[:_MOST_SHADED]
            places = to_qt(self.toPlainText(), offsets)
            for number in wanted:
                share = float(contributions[number]) / strongest
                if abs(share) < _FAINTEST:
                    break
                role = "accent" if share > 0 else "warning"
                words = self.tr("speaks for it") if share > 0 else self.tr("speaks against it")
                start, end = places[number]
                marks.append(Mark(int(start), int(end), role, 0.5 * abs(share), words))
        self._marks = sorted(marks)
        self._paint_marks()

    def mark_entities(self, entities: Sequence[Entity], role_of: dict[str, int]) -> None:
        """Colour entities, in the order of the text, by type: `role_of` gives each its number in the theme's series."""
        self._marks = EntityMarks(self.toPlainText(), entities, role_of)
        self._paint_marks()

    def clear_marks(self) -> None:
        """Shade nothing."""
        if self._marks:
            self._marks = ()
            self._paint_marks()

    def set_text(self, text: str) -> None:
        """Put `text` in place of what is there; undo brings that back."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(self._taken(text, 0))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_place(self, start: int, end: int) -> None:
        """Select characters `start` to `end` and bring them into view."""
        ((first, last),) = to_qt(self.toPlainText(), np.array([[start, end]], np.int32))
        cursor = self.textCursor()
        cursor.setPosition(int(first))
        cursor.setPosition(int(last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint the marks that came into view."""
        super().resizeEvent(event)
        self._on_scroll()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Leave files to the window."""
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take as much of a pasted text as there is room for."""
        there = self.document().characterCount() - 1 - self._selected()
        self.insertPlainText(self._taken(source.text(), there))

    def _selected(self) -> int:
        cursor = self.textCursor()
        return cursor.selectionEnd() - cursor.selectionStart()

    def _taken(self, text: str, there: int) -> str:
        room = max(0, MOST_CHARACTERS - there)
        if len(text) > room:
            self.shortened.emit(room)
        return break_lines(text[:room], _LONGEST_LINE)

    @Slot()
    def _on_scroll(self) -> None:
        if len(self._marks) > _MOST_PAINTED:
            self._paint_marks()

    def _marks_near(self) -> Sequence[Mark]:
        """Return the marks on screen, and half a screen's worth above and below it."""
        if len(self._marks) <= _MOST_PAINTED:
            return self._marks
        first = self.firstVisibleBlock().position()
        last = self.cursorForPosition(self.viewport().rect().bottomRight()).position()
        margin = (last - first) // 2
        begin = bisect_left(self._marks, first - margin, key=lambda mark: mark.end)
        end = bisect_left(self._marks, last + margin, key=lambda mark: mark.start)
        return self._marks[begin:end]

    def _paint_marks(self) -> None:
        formats: dict[tuple[str, float, str], QTextCharFormat] = {}  # of all the marks of a screen, a few differ
        selections = []
        for start, end, role, strength, words in self._marks_near():
            look = (role, strength, words)
            if look not in formats:
                formats[look] = self._format(*look)
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selection.format = formats[look]
            selections.append(selection)
        self.setExtraSelections(selections)

    def _format(self, role: str, strength: float, words: str) -> QTextCharFormat:
        made = QTextCharFormat()
        colour = self._colour(role)
        colour.setAlphaF(strength)
        made.setBackground(colour)
        made.setToolTip(words)
        return made

    def _colour(self, role: str) -> QColor:
        kind, _, number = role.partition(" ")
        if kind == "series":
            series = self._theme.roles.series
            return QColor(series[int(number) % len(series)])
        return QColor(self._theme.color(role))
