"""The transcript as text: unsure words shaded, a click on a word plays it, and it can be edited. GUI thread."""

from __future__ import annotations

import bisect

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from deepstudio.core.speech_messages import Word
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.workspaces.speech.transcript import Line

_START = int(QTextFormat.Property.UserProperty) + 1
_END = _START + 1
_USUAL, _DIGITS = 1.35, 3.0
"""Size of the letters, as a factor of the window's."""
_SURE = 0.7
"""Words less sure than this are shaded, the more the less sure."""


class TranscriptView(QTextEdit):
    """One paragraph a segment. `word_clicked` gives the word's start and end in seconds."""

    word_clicked = Signal(float, float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: list[Line] = []
        self._editing = False
        self._pressed = QPoint()
        self._factor = _USUAL
        self._digits = False
        self._places: list[tuple[float, int, int]] = []
        """Start in seconds, first letter and number of letters of each word, in order; empty until it is needed."""
        self._marked: tuple[float, int, int] | None = None
        self.setReadOnly(True)
        self._let_keys_move()
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        mark(self, kind="plain")
        self.setAccessibleName(self.tr("Transcript"))
        self.setTabChangesFocus(True)
        self.viewport().setMouseTracking(True)
        theme.changed.connect(self._recolour)
        self._recolour()

    def sizeHint(self) -> QSize:
        """Return room for a few lines: it takes what is left."""
        return QSize(320, 160)

    @property
    def editing(self) -> bool:
        """Return whether the text can be changed now."""
        return self._editing

    @property
    def digits(self) -> bool:
        """Return whether words are written as the figures of a number."""
        return self._digits

    def set_digits(self, digits: bool) -> None:
        """Write words as the figures of a number, large and without spaces, or as a text."""
        if digits != self._digits:
            self._digits = digits
            self.set_factor(_DIGITS if digits else _USUAL)

    def set_factor(self, factor: float) -> None:
        """Set the size of the letters, as a factor of the window's."""
        self._factor = factor
        self._recolour()

    def set_editing(self, editing: bool) -> None:
        """Let the text be changed, or no more."""
        self._editing = editing
        self.setReadOnly(not editing)
        if editing:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._let_keys_move()

    def _let_keys_move(self) -> None:
        """Let the keys move the cursor through a text that cannot be changed: they choose the word to hear."""
        ways = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(ways)

    def texts(self) -> list[str]:
        """Return the paragraphs on screen, one a line of the transcript; what was split is joined to the last."""
        found = [block.text().strip() for block in _blocks(self)]
        wanted = len(self._lines)
        if len(found) > wanted:
            found[max(wanted - 1, 0) :] = [" ".join(found[max(wanted - 1, 0) :])]
        return found + [""] * (wanted - len(found))

    def show_lines(self, lines: list[Line]) -> None:
        """Show `lines`; only paragraphs from the first that differs on are written anew."""
        if self._editing:
            return
        same = 0
        while same < min(len(lines), len(self._lines)) and lines[same] == self._lines[same]:
            same += 1
        if same == len(lines) == len(self._lines):
            return
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 4
        self._rewrite(lines, same)
        self._lines = list(lines)
        if at_end:
            bar.setValue(bar.maximum())

    def mark_time(self, seconds: float | None) -> None:
        """Mark the word that is said at a moment; None marks none."""
        if seconds is not None and not self._places:
            self._places = _places(self)
        number = bisect.bisect_right(self._places, (seconds, 1 << 60, 0)) - 1 if seconds is not None else -1
        place = self._places[number] if number >= 0 else None
        if place == self._marked:
            return
        self._marked = place
        if place is None:
            self.setExtraSelections([])
            return
        selection = QTextEdit.ExtraSelection()
        selection.cursor = QTextCursor(self.document())
        selection.cursor.setPosition(place[1])
        selection.cursor.setPosition(place[1] + place[2], QTextCursor.MoveMode.KeepAnchor)
        selection.format.setBackground(self._theme.color("accent"))
        selection.format.setForeground(self._theme.color("on_accent"))
        self.setExtraSelections([selection])

    def _rewrite(self, lines: list[Line], first: int) -> None:
        self._places = []
        self.mark_time(None)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        if first == 0:
            cursor.select(QTextCursor.SelectionType.Document)
        else:
            block = self.document().findBlockByNumber(first - 1)
            cursor.setPosition(block.position() + block.length() - 1)
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        spaced = QTextBlockFormat()
        spaced.setBottomMargin(8)
        spaced.setLineHeight(125, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
        for number, line in enumerate(lines[first:], start=first):
            if number:
                cursor.insertBlock(spaced)
            else:
                cursor.setBlockFormat(spaced)
            self._write_line(cursor, line)
        cursor.endEditBlock()

    def _write_line(self, cursor: QTextCursor, line: Line) -> None:
        for number, word in enumerate(line.segment.words):
            if number and not self._digits:
                cursor.insertText(" ", QTextCharFormat())
            cursor.insertText(word.text, self._format(word, line))

    def _format(self, word: Word, line: Line) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(self._theme.color("text_muted" if line.open else "text"))
        made.setProperty(_START, word.start)
        made.setProperty(_END, word.end)
        told = [f"{_moment(word.start)} – {_moment(word.end)}"]
        if word.confidence < _SURE and not line.open:
            shade = QColor(self._theme.color("warning"))
            shade.setAlphaF(min(0.45, 0.12 + 0.5 * (_SURE - word.confidence)))
            made.setBackground(shade)
            told.append(self.tr("{percent} % sure").format(percent=round(100 * word.confidence)))
        if line.before and word.text not in line.before.split():
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            made.setUnderlineColor(self._theme.color("accent"))
            told.append(self.tr("Read again. First reading: {text}").format(text=line.before))
        made.setToolTip("\n".join(told))
        return made

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the press was: a drag selects, a click plays."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Play the word under a click."""
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        if self._editing or event.button() != Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        if (point - self._pressed).manhattanLength() < 4:
            self._play(self._word_at(point))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over words."""
        super().mouseMoveEvent(event)
        over = not self._editing and self._word_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play the word at the cursor on Return or Space while the text is not edited."""
        if not self._editing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            cursor = self.textCursor()
            before = _times(cursor.charFormat())
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
            self._play(_times(cursor.charFormat()) or before)
            return
        super().keyPressEvent(event)

    def _word_at(self, point: QPoint) -> tuple[float, float] | None:
        cursor = self.cursorForPosition(point)
        rectangle = self.cursorRect(cursor)
        if abs(rectangle.center().y() - point.y()) > rectangle.height() or abs(rectangle.x() - point.x()) > 40:
            return None
        found = _times(cursor.charFormat())
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        return found or _times(cursor.charFormat())

    def _play(self, times: tuple[float, float] | None) -> None:
        if times is not None:
            self.word_clicked.emit(*times)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the size of the letters: the style sets the window's own when the widget is shown first."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._set_font()

    def _set_font(self) -> None:
        font: QFont = self._theme.font(self._factor)
        if self._digits:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 112)
        self.document().setDefaultFont(font)

    @Slot()
    def _recolour(self) -> None:
        self._set_font()
        lines, self._lines = self._lines, []
        if lines and not self._editing:
            self._rewrite(lines, 0)
        self._lines = lines


def _blocks(view: QTextEdit) -> list:
    document = view.document()
    return [document.findBlockByNumber(number) for number in range(document.blockCount())]


def _places(view: QTextEdit) -> list[tuple[float, int, int]]:
    found = []
    for block in _blocks(view):
        for fragment in (part.fragment() for part in block):
            times = _times(fragment.charFormat())
            if times is not None:
                found.append((times[0], fragment.position(), fragment.length()))
    return sorted(found)


def _moment(seconds: float) -> str:
    """Return such as "1:05.32"."""
    hundredths = round(100 * seconds)
    return f"{hundredths // 6000}:{hundredths % 6000 / 100:05.2f}"


def _times(made: QTextCharFormat) -> tuple[float, float] | None:
    if not made.hasProperty(_START):
        return None
    return float(made.property(_START)), float(made.property(_END))
