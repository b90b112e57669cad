"""Writing on from a text, token by token, with what else might have stood there. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QMouseEvent, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTextEdit, QWidget

from deepstudio.core.text_requests import NextToken
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import button, column, follow_icon, label, row
from deepstudio.ui.workspaces.text.writing_settings import WritingSettings

_NUMBER = int(QTextFormat.Property.UserProperty) + 1


class WriterPane(QWidget):
    """`write_asked` begins, `stop_asked` ends; `branch_asked` carries the number of a token and another one for it."""

    write_asked = Signal()
    stop_asked = Signal()
    branch_asked = Signal(int, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.start = ""
        """The text that the tokens follow."""
        self.tokens: list[NextToken] = []
        self._writing = False
        self.button = button(self.tr("Write on"), "primary")
        follow_icon(theme, self.button, "pencil", "on_accent")
        self.button.clicked.connect(self._on_button)
        self.settings = WritingSettings()
        self.output = _TokenText(theme)
        self.output.token_chosen.connect(self.show_alternatives)
        self.alternatives = QListWidget()
        self.alternatives.setAccessibleName(self.tr("What else might have stood there"))
        self.alternatives.setMaximumHeight(132)
        mark(self.alternatives, kind="plain")
        self.alternatives.itemActivated.connect(self._on_alternative)
        self.alternatives.itemClicked.connect(self._on_alternative)
        self._before = label("", "section")
        self._chosen = -1
        self._hint = label(self.tr("Click a word to see what else might have stood there."), "faint", wrap=True)
        top = row(gap=8)
        top.addWidget(self.button)
        top.addWidget(self._hint, 1)
        layout = column(self, gap=10)
        layout.addWidget(self.settings)
        layout.addLayout(top)
        layout.addWidget(self.output, 1)
        layout.addWidget(self._before)
        layout.addWidget(self.alternatives)
        self._before.hide()
        self.alternatives.hide()
        theme.changed.connect(self._show_tokens)

    def begin(self, start: str, kept: list[NextToken]) -> None:
        """Show `start` and the tokens kept of an earlier writing; more follow."""
        self.start, self.tokens = start, list(kept)
        self._writing = True
        self.button.setText(self.tr("Stop"))
        self.alternatives.hide()
        self._before.hide()
        self._show_tokens()

    def add(self, token: NextToken) -> None:
        """Append a token."""
        self.tokens.append(token)
        self.output.add(token, len(self.tokens) - 1)

    def end(self) -> None:
        """No more tokens come."""
        self._writing = False
        self.button.setText(self.tr("Write on"))

    @Slot()
    def _show_tokens(self) -> None:
        """Write all tokens anew, in the colours of the theme."""
        place = self.output.verticalScrollBar().value()
        self.output.begin(self.start)
        for number, token in enumerate(self.tokens):
            self.output.add(token, number)
        self.output.verticalScrollBar().setValue(place)

    @Slot(int)
    def show_alternatives(self, number: int) -> None:
        """List what else might have stood in place of token `number`."""
        if not 0 <= number < len(self.tokens):
            return
        self._chosen = number
        self._before.setText(self.tr("In place of “{word}”").format(word=self._shown(self.tokens[number].text)))
        self._before.show()
        self.alternatives.clear()
        for text, probability in self.tokens[number].alternatives:
            item = QListWidgetItem(f"{self._shown(text)}   {100 * probability:.1f} %")
            item.setToolTip(self.tr("Go on from here with this one"))
            item.setData(_NUMBER, text)
            self.alternatives.addItem(item)
        self.alternatives.show()

    def _shown(self, token: str) -> str:
        return token.strip() or (self.tr("new line") if "\n" in token else self.tr("space"))

    @Slot(QListWidgetItem)
    def _on_alternative(self, item: QListWidgetItem) -> None:
        self.branch_asked.emit(self._chosen, item.data(_NUMBER))

    @Slot()
    def _on_button(self) -> None:
        (self.stop_asked if self._writing else self.write_asked).emit()


class _TokenText(QTextEdit):
    """The text with its tokens; a click on one emits its number."""

    token_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setReadOnly(True)
        self.setAccessibleName(self.tr("What was written"))

    def begin(self, start: str) -> None:
        self.setPlainText(start)

    def add(self, token: NextToken, number: int) -> None:
        made = QTextCharFormat()
        made.setForeground(self._theme.color("accent_text"))
        made.setProperty(_NUMBER, number)
        made.setToolTip(f"{100 * token.probability:.1f} %")
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(token.text, made)
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        cursor = self.cursorForPosition(event.position().toPoint())
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        if cursor.charFormat().hasProperty(_NUMBER):
            self.token_chosen.emit(int(cursor.charFormat().property(_NUMBER)))
