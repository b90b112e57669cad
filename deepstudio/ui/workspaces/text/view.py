"""The Text workspace: the text left, what a model makes of it right. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QMenu, QSplitter, QStackedWidget, QWidget

from deepstudio.core.text_requests import (
    ClassifiedText,
    ClassifyText,
    ContinuedText,
    ContinueText,
    NextToken,
    TaggedText,
    WrittenText,
)
from deepstudio.ui.text import translate_failure, translate_sentence
from deepstudio.ui.theme import mark
from deepstudio.ui.widgets.banner import Banner
from deepstudio.ui.widgets.drop_hint import DropHint
from deepstudio.ui.widgets.parts import button, column, follow_icon, label, row
from deepstudio.ui.workspaces.text.class_pane import ClassPane
from deepstudio.ui.workspaces.text.editor import TextEditor
from deepstudio.ui.workspaces.text.entity_pane import EntityPane
from deepstudio.ui.workspaces.text.presenter import FileText, TextPresenter
from deepstudio.ui.workspaces.text.tasks import CLASSIFY, CONTINUE, EXAMPLES, TAG, WRITE, TextModel, text_models
from deepstudio.ui.workspaces.text.writer_pane import WriterPane
from deepstudio.ui.workspaces.text.writing_pane import WritingPane

_LARGEST_SHOWN = 2_000_000
"""Characters: an editor of Qt becomes slow far beyond."""
_NOTHING = "nothing"


class TextView(QWidget):
    """Menus, drops, keys and tours call its public methods."""

    message = Signal(str)
    failed = Signal(object)
    state_changed = Signal()

    def __init__(self, services: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._models: tuple[TextModel, ...] = ()
        self._asked_text = ""
        self._tagged: TaggedText | None = None
        theme = services.theme
        self.presenter = TextPresenter(services, self)
        self.editor = TextEditor(theme)
        self.models = QComboBox()
        self.models.setAccessibleName(self.tr("Model"))
        self.models.setMinimumWidth(220)
        self.classes = ClassPane(theme)
        self.entities = EntityPane(theme)
        self.writing = WritingPane(theme)
        self.writer = WriterPane(theme)
        self._panes = {
            CLASSIFY: self.classes,
            TAG: self.entities,
            WRITE: self.writing,
            CONTINUE: self.writer,
            _NOTHING: DropHint(theme, "text"),
        }
        self._notes = Banner(theme, "accent", "info")
        self._trouble = Banner(theme, "warning", "warning")
        self._time = label("", "faint")
        self._lay_out()
        self._connect()
        self.refresh_models()

    def _lay_out(self) -> None:
        theme = self._services.theme
        self._open = button(self.tr("Open…"))
        follow_icon(theme, self._open, "folder")
        self._examples = button(self.tr("Examples"))
        follow_icon(theme, self._examples, "sparkles")
        self._clear = button(self.tr("Clear"))
        self._counts = label("", "faint")
        bar = row(gap=8)
        bar.addWidget(label(self.tr("Model"), "muted"))
        bar.addWidget(self.models)
        bar.addStretch(1)
        bar.addWidget(self._time)
        left = QFrame()
        mark(left, surface="card")
        inside = column(left, margins=(16, 14, 16, 12), gap=10)
        tools = row(gap=8)
        for made in (self._open, self._examples, self._clear):
            tools.addWidget(made)
        tools.addStretch(1)
        inside.addLayout(tools)
        inside.addWidget(self.editor, 1)
        inside.addWidget(self._counts)
        right = QFrame()
        mark(right, surface="card")
        answer = column(right, margins=(20, 16, 20, 14), gap=10)
        self._stack = QStackedWidget()
        for pane in self._panes.values():
            self._stack.addWidget(pane)
        answer.addWidget(self._trouble)
        answer.addWidget(self._notes)
        answer.addWidget(self._stack, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(10)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes([560, 560])
        whole = column(self, margins=(16, 12, 16, 14), gap=12)
        whole.addLayout(bar)
        whole.addWidget(splitter, 1)

    def _connect(self) -> None:
        presenter = self.presenter
        self.editor.textChanged.connect(self._on_text)
        self.models.activated.connect(self._on_model)
        self._open.clicked.connect(self.ask_open)
        self._examples.clicked.connect(self._show_examples)
        self._clear.clicked.connect(self.clear)
        presenter.answered.connect(self._on_answer)
        presenter.failed.connect(self._on_failed)
        presenter.file_read.connect(self._on_file)
        presenter.wrote.connect(self._on_token)
        presenter.written.connect(self._on_written)
        self.classes.label_chosen.connect(self._explain)
        self.entities.entity_chosen.connect(self.editor.show_place)
        self.entities.export_asked.connect(self.export_entities)
        self.writing.looked_at.connect(self._on_looked_at)
        self.writing.copied.connect(lambda: self.message.emit(self.tr("Copied.")))
        self.writer.write_asked.connect(self.write_on)
        self.writer.stop_asked.connect(presenter.stop_writing)
        self.writer.branch_asked.connect(self.branch)

    # What a person does

    @property
    def model(self) -> TextModel | None:
        """Return the chosen model."""
        name = self.models.currentData()
        return next((model for model in self._models if model.name == name), None)

    def use_model(self, name: str) -> None:
        """Choose a model by name."""
        number = self.models.findData(name)
        if number >= 0:
            self.models.setCurrentIndex(number)
            self._on_model()

    def set_text(self, text: str) -> None:
        """Put `text` into the editor."""
        self.editor.setPlainText(text)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Read a text file into the editor."""
        self.presenter.read(paths[0])

    @Slot()
    def ask_open(self) -> None:
        """Ask for a text file."""
        path, _kind = QFileDialog.getOpenFileName(self, self.tr("Open a text"), str(Path.home()))
        if path:
            self.open_paths([Path(path)])

    @Slot()
    def clear(self) -> None:
        """Empty the editor; its own undo brings the text back."""
        self.editor.selectAll()
        self.editor.textCursor().removeSelectedText()

    @Slot()
    def write_on(self) -> None:
        """Let the language model go on from the text."""
        self._write(self.editor.toPlainText(), [], "")

    @Slot(int, str)
    def branch(self, number: int, token: str) -> None:
        """Go on from token `number` with another one."""
        kept = self.writer.tokens[:number]
        self._write(self.writer.start, kept, token)

    @Slot(str)
    def export_entities(self, kind: str) -> None:
        """Ask where to, and save the entities."""
        from deepstudio.data.text.export import tagged_to_conll, tagged_to_spacy

        if self._tagged is None:
            return
        suffix, made = ("conll", tagged_to_conll) if kind == "conll" else ("json", tagged_to_spacy)
        path, _filter = QFileDialog.getSaveFileName(
            self, self.tr("Save the entities"), str(Path.home() / f"entities.{suffix}"), f"*.{suffix}"
        )
        if path:
            Path(path).write_text(made(self._asked_text, self._tagged), encoding="utf-8")
            self.message.emit(self.tr("Saved {name}.").format(name=Path(path).name))

    def refresh_models(self) -> None:
        """List the text models that there are; the chosen one stays chosen."""
        before = self.models.currentData()
        self._models = text_models(self._services.library)
        with QSignalBlocker(self.models):
            self.models.clear()
            for model in self._models:
                title = translate_sentence(model.card.title or model.name, "cards")
                self.models.addItem(f"{translate_sentence(model.task.title, 'cards')}: {title}", model.name)
            self.models.setCurrentIndex(max(0, self.models.findData(before)))
        hint = self._panes[_NOTHING]
        assert isinstance(hint, DropHint)
        hint.set_words(
            self.tr("No text model is installed"),
            self.tr("Train one in the Train workspace, or drop a model file on the window."),
        )
        self._on_model()

    def save_state(self) -> dict[str, Any]:
        """Return the model and the text, as far as it is short."""
        return {"model": self.models.currentData(), "text": self.editor.toPlainText()[:20_000]}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take back what `save_state` returned."""
        self.use_model(str(state.get("model", "")))
        if isinstance(state.get("text"), str):
            self.set_text(state["text"])

    # What happens

    @Slot()
    def _on_text(self) -> None:
        text = self.editor.toPlainText()
        words = len(text.split())
        self._counts.setText(self.tr("{words} words, {letters} characters").format(words=words, letters=len(text)))
        self.editor.clear_marks()
        self._ask()
        self.state_changed.emit()

    @Slot()
    def _on_model(self) -> None:
        model = self.model
        pane = self._panes[model.task.pane if model is not None else _NOTHING]
        self._stack.setCurrentWidget(pane)
        self._examples.setVisible(model is not None and bool(self._example_texts(model)))
        self.editor.clear_marks()
        self._time.setText("")
        self._ask()
        self.state_changed.emit()

    def _ask(self) -> None:
        self._trouble.say("")
        self._notes.say("")
        text, model = self.editor.toPlainText(), self.model
        self._stack.setEnabled(bool(text.strip()))
        if model is not None and text.strip():
            self._asked_text = text
            self.presenter.ask(text, model)

    @Slot(object)
    def _on_answer(self, answer: object) -> None:
        if self.editor.toPlainText() != self._asked_text:
            return
        if isinstance(answer, ClassifiedText):
            self.classes.show_answer(answer)
            if len(answer.contributions):
                self.editor.shade(answer.offsets, answer.contributions)
        elif isinstance(answer, TaggedText):
            self._tagged = answer
            role_of = {name: number for number, name in enumerate(answer.types)}
            self.entities.show_answer(self._asked_text, answer, role_of)
            self.editor.mark_entities(answer.entities, role_of)
        elif isinstance(answer, WrittenText):
            self.writing.show_answer(self._asked_text, answer)
        self._say_notes(answer)

    def _say_notes(self, answer: Any) -> None:
        notes = [translate_sentence(note.text, "notes", **note.values) for note in answer.notes]
        self._notes.say(" ".join(notes))
        if answer.milliseconds:
            self._time.setText(self.tr("{value} ms").format(value=f"{answer.milliseconds:.1f}"))

    @Slot(int)
    def _explain(self, label_number: int) -> None:
        model = self.model
        if model is not None:
            self.presenter.explain(ClassifyText(text=self._asked_text, model=model.name, label=label_number))

    @Slot(object)
    def _on_looked_at(self, looked: Any) -> None:
        if looked is None:
            self.editor.clear_marks()
        else:
            self.editor.shade(*looked)

    @Slot(object)
    def _on_failed(self, failure: Any) -> None:
        sentence, fix = translate_failure(failure)
        self._trouble.say(f"{sentence} {fix}".strip())

    @Slot(object)
    def _on_file(self, read: FileText) -> None:
        if len(read.text) > _LARGEST_SHOWN:
            said = self.tr("Only the first {count} characters of {name} are shown.")
            self.message.emit(said.format(count=f"{_LARGEST_SHOWN:,}", name=read.path.name))
        self.set_text(read.text[:_LARGEST_SHOWN])
        if read.replaced:
            self._notes.say(self.tr("Some bytes of the file are no text; they are shown as �."))

    def _write(self, start: str, kept: list[NextToken], first: str) -> None:
        model = self.model
        if model is None or model.task.pane != CONTINUE:
            return
        wanted = self.writer.settings()
        self._trouble.say("")
        self.writer.begin(start, kept)
        self.presenter.write_on(
            ContinueText(
                text=start + "".join(token.text for token in kept),
                model=model.name,
                tokens=max(1, wanted.tokens - len(kept)),
                temperature=wanted.temperature,
                top_k=wanted.top_k,
                top_p=wanted.top_p,
                beam=wanted.beam,
                seed=wanted.seed,
                first=first,
            )
        )

    @Slot(object)
    def _on_token(self, token: NextToken) -> None:
        self.writer.add(token)

    @Slot(object)
    def _on_written(self, written: ContinuedText | None) -> None:
        self.writer.end()
        if written is not None and written.milliseconds:
            self._time.setText(self.tr("{value} ms").format(value=f"{written.milliseconds:.0f}"))

    def _example_texts(self, model: TextModel) -> tuple[str, ...]:
        if model.name in EXAMPLES:
            return EXAMPLES[model.name]
        same = [known.name for known in self._models if known.card.task == model.card.task and known.name in EXAMPLES]
        return EXAMPLES[same[0]] if same else ()

    @Slot()
    def _show_examples(self) -> None:
        model = self.model
        if model is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text in self._example_texts(model):
            shown = text if len(text) <= 70 else f"{text[:69]}…"
            menu.addAction(shown.replace("&", "&&")).triggered.connect(lambda _=False, text=text: self.set_text(text))
        menu.popup(self._examples.mapToGlobal(self._examples.rect().bottomLeft()))
