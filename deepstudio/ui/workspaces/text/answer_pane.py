"""What a model makes of the text: the pane of its task, with notes and troubles above it. GUI thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from deepstudio.core.text_requests import ClassifiedText, TaggedText, WrittenText
from deepstudio.ui.text import translate_failure, translate_sentence
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.banner import Banner
from deepstudio.ui.widgets.drop_hint import DropHint
from deepstudio.ui.widgets.parts import column, label
from deepstudio.ui.workspaces.text.class_pane import ClassPane
from deepstudio.ui.workspaces.text.editor import TextEditor
from deepstudio.ui.workspaces.text.entity_pane import EntityPane
from deepstudio.ui.workspaces.text.tasks import CLASSIFY, CONTINUE, TAG, WRITE
from deepstudio.ui.workspaces.text.writer_pane import WriterPane
from deepstudio.ui.workspaces.text.writing_pane import WritingPane


class AnswerPane(QWidget):
    """Also marks the text itself, in `editor`."""

    def __init__(self, theme: Theme, editor: TextEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self.text = ""
        """What the answer on screen is about."""
        self.tagged: TaggedText | None = None
        self.classes = ClassPane(theme)
        self.entities = EntityPane(theme)
        self.writing = WritingPane(theme)
        self.writer = WriterPane(theme)
        self._hint = DropHint(theme, "text")
        self._panes: dict[str, QWidget] = {
            CLASSIFY: self.classes,
            TAG: self.entities,
            WRITE: self.writing,
            CONTINUE: self.writer,
        }
        self._stack = QStackedWidget()
        for pane in (self._hint, *self._panes.values()):
            self._stack.addWidget(pane)
        self._notes = Banner(theme, "accent", "info")
        self._trouble = Banner(theme, "warning", "warning")
        self._warning = label("", "faint", wrap=True)
        self._warning.hide()
        layout = column(self, gap=10)
        layout.addWidget(self._trouble)
        layout.addWidget(self._notes)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._warning)

    def show_pane(self, pane: str | None, *, text: bool, warning: str = "") -> None:
        """Show the pane of a task; without a model or a text, what to do. `warning` is what the card warns of."""
        self._warning.setText(translate_sentence(warning, "cards"))
        self._warning.setVisible(bool(warning))
        if pane is None:
            self._hint.set_words(
                self.tr("No text model is installed"),
                self.tr("Train one in the Train workspace, or drop a model file on the window."),
            )
        else:
            self._hint.set_words(
                self.tr("No text yet"), self.tr("Type on the left, drop a text file, or begin with an example.")
            )
        wanted = self._panes.get(pane or "", self._hint) if text or pane == CONTINUE else self._hint
        self._stack.setCurrentWidget(wanted)

    def clear_words(self) -> None:
        """Take notes and troubles away."""
        self._notes.say("")
        self._trouble.say("")

    def note(self, sentence: str) -> None:
        """Say something about the text."""
        self._notes.say(sentence)

    def show_failure(self, failure: Any) -> None:
        """Say what went wrong and what to do."""
        self._trouble.say(" ".join(filter(None, translate_failure(failure))))

    def trouble(self) -> str:
        """Return what went wrong, as shown."""
        return self._trouble.text()

    def show_answer(self, text: str, answer: Any) -> None:
        """Show an answer about `text`, or a part of one."""
        self.text = text
        if isinstance(answer, ClassifiedText):
            self.classes.show_answer(answer)
            if len(answer.contributions):
                self._editor.shade(answer.offsets, answer.contributions)
        elif isinstance(answer, TaggedText):
            self.tagged = answer
            role_of = {name: number for number, name in enumerate(answer.types)}
            self.entities.show_answer(text, answer, role_of)
            self._editor.mark_entities(answer.entities, role_of)
        elif isinstance(answer, WrittenText):
            self.writing.show_answer(text, answer)
        notes = [translate_sentence(note.text, "notes", **note.values) for note in answer.notes]
        self._notes.say(" ".join(notes))
