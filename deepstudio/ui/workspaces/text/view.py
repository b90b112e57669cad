"""The Text workspace: the text left, what a model makes of it right. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QSplitter, QWidget

from deepstudio.core.text_requests import ClassifyText
from deepstudio.data.text.encodings import encoding_name
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.widgets.parts import column, label, row
from deepstudio.ui.workspaces.text import TABLES, dialogs
from deepstudio.ui.workspaces.text.answer_pane import AnswerPane
from deepstudio.ui.workspaces.text.inside_part import InsidePart
from deepstudio.ui.workspaces.text.page_card import PageCard
from deepstudio.ui.workspaces.text.presenter import FileText, SaveEntities, TextPresenter
from deepstudio.ui.workspaces.text.rows_pane import RowsPane
from deepstudio.ui.workspaces.text.tasks import CONTINUE, VECTORS, TextModel, example_texts, text_models
from deepstudio.ui.workspaces.text.text_card import TextCard
from deepstudio.ui.workspaces.text.writer_part import WriterPart

ANSWER, INSIDE, WORDS, ROWS = "answer", "inside", "words", "rows"

_COUNTED_AT_ONCE = 20_000
"""Characters: the words of longer texts are counted beside the window."""
_MOST_KEPT = 200_000
"""Characters that survive a restart; more would make the window wait whenever its state is written."""
_SECONDS_FROM = 10_000
"""Milliseconds: so long a time is said in seconds."""


class TextView(QWidget):
    """Menus, drops, keys and tours call its public methods."""

    message = Signal(str)
    failed = Signal(object)
    state_changed = Signal()

    def __init__(self, services: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._models: tuple[TextModel, ...] = ()
        self._text = ""
        self._current = True
        """Whether `_text` is what the editor shows."""
        theme = services.theme
        self.presenter = TextPresenter(services, self)
        self.card = TextCard(theme)
        self.editor = self.card.editor
        self.models = QComboBox()
        self.models.setAccessibleName(self.tr("Model"))
        self.models.setMinimumWidth(220)
        self.answer = AnswerPane(theme, self.editor)
        self.writer_part = WriterPart(self.answer.writer, self.presenter, self)
        self.inside = InsidePart(services, self)
        self.rows = RowsPane(services)
        self.pages = PageCard(theme)
        self._time = label("", "faint")
        self._lay_out()
        self._connect()
        self.refresh_models()

    def _lay_out(self) -> None:
        bar = row(gap=8)
        bar.addWidget(label(self.tr("Model"), "muted"))
        bar.addWidget(self.models)
        bar.addStretch(1)
        bar.addWidget(self._time)
        for key, page, text, tip in (
            (ANSWER, self.answer, self.tr("Answer"), self.tr("What the model makes of the text")),
            (INSIDE, self.inside.states, self.tr("Inside"), self.tr("What a recurrent layer remembers while it reads")),
            (WORDS, self.inside.words, self.tr("Words"), self.tr("The words that the model knows, as a map")),
            (ROWS, self.rows, self.tr("Rows"), self.tr("Many texts at once, from a table")),
        ):
            self.pages.add(key, page, text, tip)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(10)
        splitter.addWidget(self.card)
        splitter.addWidget(self.pages)
        splitter.setSizes([560, 560])
        whole = column(self, margins=(16, 12, 16, 14), gap=12)
        whole.addLayout(bar)
        whole.addWidget(splitter, 1)

    def _connect(self) -> None:
        presenter, answer = self.presenter, self.answer
        self.card.changed.connect(self._on_change)
        self.card.text_settled.connect(self._on_text)
        self.card.open_asked.connect(self.ask_open)
        self.card.message.connect(self.message)
        self.models.activated.connect(self._on_model)
        self.pages.chosen.connect(self.show_page)
        presenter.answered.connect(self._on_answer)
        presenter.failed.connect(answer.show_failure)
        presenter.file_read.connect(self._on_file)
        presenter.counted.connect(self._on_count)
        presenter.saved.connect(lambda path: self.message.emit(self.tr("Saved {name}.").format(name=path.name)))
        presenter.asked.connect(self.inside.presenter.give_way)
        presenter.settled.connect(self.inside.presenter.go_on)
        answer.classes.label_chosen.connect(self._explain)
        answer.entities.entity_chosen.connect(self.editor.show_place)
        answer.entities.export_asked.connect(self.export_entities)
        answer.writing.looked_at.connect(self._on_looked_at)
        answer.writing.copied.connect(lambda: self.message.emit(self.tr("Copied.")))
        answer.writer.write_asked.connect(self.write_on)
        self.writer_part.timed.connect(self._show_time)
        self.inside.looked_at.connect(self._on_looked_at)
        self.inside.timed.connect(self._show_time)
        self.rows.text_chosen.connect(self.set_text)
        self.rows.open_asked.connect(self.ask_table)
        self.rows.message.connect(self.message)

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

    @Slot(str)
    def show_page(self, page: str) -> None:
        """Show "answer", "inside", "words" or "rows"."""
        self.pages.show_page(page)
        self.editor.clear_marks()
        self._ask()

    @Slot(str)
    def set_text(self, text: str) -> None:
        """Put `text` into the editor."""
        self.editor.set_text(text)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Read a text file into the editor, or the rows of a table."""
        if paths[0].suffix.lower() in TABLES:
            self.open_table(paths[0])
        else:
            self.presenter.read(paths[0])

    def open_table(self, path: Path) -> None:
        """Answer each row of a table; with the first model that can, if the chosen one cannot."""
        able = [model for model in self._models if model.task.rows]
        if not able:
            self.message.emit(self.tr("No model that answers rows is installed."))
            return
        if self.model not in able:
            self.use_model(able[0].name)
        self.show_page(ROWS)
        assert self.model is not None
        self.rows.open_table(path, self.model)

    @Slot()
    def ask_open(self) -> None:
        """Ask for a text file or a table."""
        path = dialogs.ask_text(self)
        if path is not None:
            self.open_paths([path])

    @Slot()
    def ask_table(self) -> None:
        """Ask for a table, or a file with a text a line."""
        path = dialogs.ask_table(self)
        if path is not None:
            self.open_table(path)

    @Slot()
    def clear(self) -> None:
        """Empty the editor."""
        self.card.empty()

    @Slot()
    def write_on(self) -> None:
        """Let the language model go on from the text."""
        model = self.model
        if model is not None and model.task.pane == CONTINUE:
            self.answer.clear_words()
            self.writer_part.write_on(self.editor.toPlainText(), model)

    @Slot(str)
    def export_entities(self, kind: str) -> None:
        """Ask where to, and save the entities."""
        tagged = self.answer.tagged
        path = dialogs.ask_entities_target(self, kind) if tagged is not None else None
        if tagged is not None and path is not None:
            self.presenter.save_entities(SaveEntities(path=path, kind=kind, text=self.answer.text, tagged=tagged))

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
        self._on_model()

    def save_state(self) -> dict[str, Any]:
        """Return the model, the page and the text, as far as it is short."""
        kept = self._text[:_MOST_KEPT]
        cut = len(kept) < len(self._text)
        return {"model": self.models.currentData(), "page": self.pages.current, "text": kept, "cut": cut}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take back what `save_state` returned."""
        self.use_model(str(state.get("model", "")))
        if state.get("page") in self.pages.keys:
            self.show_page(str(state["page"]))
        if isinstance(state.get("text"), str):
            self.set_text(state["text"])
        if state.get("cut") is True:
            said = self.tr("Of the last text its first {count} characters were kept.")
            self.message.emit(said.format(count=f"{_MOST_KEPT:,}"))

    # What happens

    @Slot()
    def _on_change(self) -> None:
        self._current = False
        self.presenter.forget()

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self._text, self._current = text, True
        if len(text) <= _COUNTED_AT_ONCE:
            self.card.show_length(len(text), len(text.split()))
        else:
            self.card.show_length(len(text), None)
            self.presenter.count(text)
        self._ask()
        self.state_changed.emit()

    @Slot(object)
    def _on_count(self, words: int) -> None:
        if self._current and len(self._text) > _COUNTED_AT_ONCE:
            self.card.show_length(len(self._text), words)

    @Slot()
    def _on_model(self) -> None:
        model = self.model
        self.card.set_examples(example_texts(model, self._models) if model is not None else ())
        self.editor.clear_marks()
        self.presenter.forget()
        self._time.setText("")
        able = model is not None and bool(model.task.rows)
        vectors = model is not None and model.task.pane == VECTORS
        self.pages.button(ROWS).setEnabled(able)
        for page in (ANSWER, INSIDE):
            self.pages.button(page).setEnabled(not vectors)
        if vectors and self.pages.current != WORDS:
            self.show_page(WORDS)
        elif not able and self.pages.current == ROWS:
            self.show_page(ANSWER)
        elif model is not None and able:
            self.rows.use_model(model)
        self._ask()
        self.state_changed.emit()

    def _ask(self) -> None:
        """Ask what the page on screen shows; nothing else is computed."""
        self.answer.clear_words()
        model, page = self.model, self.pages.current
        written = bool(self._text) and not self._text.isspace()
        if model is None:
            self.answer.show_pane(None, text=written)
        else:
            self.answer.show_pane(model.task.pane, text=written, warning=model.card.warning)
        if model is None or not self._current:
            return
        if page == ANSWER and written:
            self.presenter.ask(self._text, model)
        elif page == INSIDE:
            self.inside.ask_states(self._text if written else "", model.name)
        elif page == WORDS:
            self.inside.ask_words(model.name)

    @Slot(object)
    def _on_answer(self, answer: Any) -> None:
        if self._current and self.model is not None and answer.model == self.model.name:
            self.answer.show_answer(self._text, answer)
            self._show_time(answer.milliseconds)

    @Slot(float)
    def _show_time(self, milliseconds: float) -> None:
        if milliseconds >= _SECONDS_FROM:
            self._time.setText(self.tr("{value} s").format(value=f"{milliseconds / 1000:.1f}"))
        elif milliseconds:
            digits = 1 if milliseconds < 100 else 0
            self._time.setText(self.tr("{value} ms").format(value=f"{milliseconds:.{digits}f}"))

    @Slot(int)
    def _explain(self, label_number: int) -> None:
        model = self.model
        if model is not None and self._current:
            self.presenter.explain(ClassifyText(text=self._text, model=model.name, label=label_number))

    @Slot(object)
    def _on_looked_at(self, looked: Any) -> None:
        if looked is None:
            self.editor.clear_marks()
        elif self._current:
            self.editor.shade(*looked)

    @Slot(object)
    def _on_file(self, read: FileText) -> None:
        self.show_page(ANSWER)
        self.set_text(read.text)
        if name := encoding_name(read.encoding):
            said = self.tr("The file is not in UTF-8. It was read as {encoding}: if letters look wrong, that is why.")
            self.message.emit(said.format(encoding=name))
        if read.replaced:
            self.message.emit(self.tr("Some bytes of the file are no text; they are shown as �."))
