"""Everything about one run that is no curve: name, notes, tags, where it came from, what it takes. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QFocusEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from deepstudio.store.run_filter import flat
from deepstudio.ui.text import file_size
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.flow import FlowLayout
from deepstudio.ui.widgets.parts import ElidedLabel, button, column, follow_icon, label
from deepstudio.ui.workspaces.runs.items import RunItem, seconds_of
from deepstudio.ui.workspaces.runs.words import duration, kind_word, moment, setting, status_word

_NOTES_HEIGHT = 96


class NotesField(QPlainTextEdit):
    """Some lines of text; `left` comes when the focus goes elsewhere."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell."""
        super().focusOutEvent(event)
        self.left.emit()


class AboutPane(QScrollArea):
    """Shows one run; name, tags and notes can be edited and are stored when the field is left."""

    changed = Signal(str, object)
    """(run id, what is to change: a dict)."""
    resume_asked = Signal(str)
    again_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(self.tr("About the run"))
        self._run_id = ""
        self._shown: tuple[str, str, str] = ("", "", "")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        content.setObjectName("content")
        self.setWidget(content)
        layout = column(content, margins=(4, 12, 12, 12), gap=12)
        layout.addWidget(self._build_words())
        self._actions = QWidget()
        flow = FlowLayout(self._actions, gap=8)
        self.resume = button(self.tr("Go on training"), "primary")
        self.resume.clicked.connect(lambda: self.resume_asked.emit(self._run_id))
        self.again = button(self.tr("Train again with these settings"))
        self.again.clicked.connect(lambda: self.again_asked.emit(self._run_id))
        self.folder = button(self.tr("Open folder"), "quiet")
        follow_icon(theme, self.folder, "folder")
        self.folder.clicked.connect(self._open_folder)
        for widget in (self.resume, self.again, self.folder):
            flow.addWidget(widget)
        layout.addWidget(self._actions)
        self._facts = QFrame()
        mark(self._facts, surface="card")
        self._facts_form = _Facts(self._facts)
        layout.addWidget(self._facts)
        self._environment = QFrame()
        mark(self._environment, surface="card")
        self._environment_form = _Facts(self._environment)
        layout.addWidget(self._environment)
        layout.addStretch(1)

    def show_item(self, item: RunItem | None) -> None:
        """Show a run, or nothing. What a person is writing is not touched."""
        self.widget().setVisible(item is not None)
        if item is None:
            self._run_id = ""
            return
        run = item.run
        other = run.id != self._run_id
        if other:
            self._store()
        self._run_id = run.id
        tags = ", ".join(run.tags)
        for field, text in ((self.name, run.name), (self.tags, tags)):
            if (other or not field.hasFocus()) and field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)
        if (other or not self.notes.hasFocus()) and self.notes.toPlainText() != run.notes:
            self.notes.setPlainText(run.notes)
        self._shown = (run.name, tags, run.notes)
        own = run.kind == "deepstudio" and bool(run.folder)
        self.resume.setVisible(own and not run.status.alive and run.status.value != "finished")
        self.again.setVisible(run.kind == "deepstudio" and bool(run.config))
        self.folder.setVisible(bool(run.folder))
        buttons = (self.resume, self.again, self.folder)
        self._actions.setVisible(any(not widget.isHidden() for widget in buttons))
        self._folder = run.folder
        self._show_facts(item)
        self._show_environment({**dict(run.git and {"git": run.git}), **run.environment})

    def _build_words(self) -> QFrame:
        card = QFrame()
        mark(card, surface="card")
        form = _Facts(card)
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the run"))
        self.tags = QLineEdit()
        self.tags.setAccessibleName(self.tr("Tags"))
        self.tags.setPlaceholderText(self.tr("Separated by commas"))
        self.notes = NotesField()
        self.notes.setAccessibleName(self.tr("Notes"))
        self.notes.setPlaceholderText(self.tr("What did you try, and what came of it?"))
        self.notes.setFixedHeight(_NOTES_HEIGHT)
        self.notes.setTabChangesFocus(True)
        self.notes.left.connect(self._store)
        for field in (self.name, self.tags):
            field.editingFinished.connect(self._store)
        fields: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Name"), self.name),
            (self.tr("Tags"), self.tags),
            (self.tr("Notes"), self.notes),
        )
        for text, widget in fields:
            form.addRow(label(text, "muted"), widget)
        return card

    @Slot()
    def _store(self) -> None:
        name, tags, notes = self._shown
        changes: dict[str, Any] = {}
        if self.name.text().strip() and self.name.text().strip() != name:
            changes["name"] = self.name.text().strip()
        if self.tags.text() != tags:
            changes["tags"] = [tag.strip() for tag in self.tags.text().split(",") if tag.strip()]
        if self.notes.toPlainText() != notes:
            changes["notes"] = self.notes.toPlainText()
        if changes and self._run_id:
            self._shown = (self.name.text().strip() or name, self.tags.text(), self.notes.toPlainText())
            self.changed.emit(self._run_id, changes)

    def _show_facts(self, item: RunItem) -> None:
        run = item.run
        facts = [
            (self.tr("State"), status_word(run.status)),
            (self.tr("Started"), moment(run.created)),
            (self.tr("Duration"), duration(seconds_of(run))),
            (self.tr("Source"), kind_word(run.kind)),
            (self.tr("Machine"), run.host),
            (self.tr("Folder"), run.folder),
            (self.tr("Model"), run.model),
            (self.tr("On disk"), "" if item.size is None else file_size(item.size)),
        ]
        self._facts_form.fill([(name, text) for name, text in facts if text])

    def _show_environment(self, environment: Mapping[str, Any]) -> None:
        told = [(path, setting(value)) for path, value in flat(environment) if path.split(".")[0] != "event_files"]
        facts = [(path, words) for path, words in told if words]
        self._environment.setVisible(bool(facts))
        self._environment_form.fill(facts)

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder))

    _folder = ""


class _Facts(QFormLayout):
    """Names and values of facts, one row each, in `card`."""

    def __init__(self, card: QFrame) -> None:
        super().__init__(card)
        self._rows: list[tuple[QLabel, ElidedLabel]] = []
        self.setContentsMargins(16, 12, 16, 12)
        self.setHorizontalSpacing(20)
        self.setVerticalSpacing(8)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

    def fill(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these facts, keeping the labels that are there already."""
        while len(self._rows) > len(facts):
            self.removeRow(len(self._rows) - 1)
            self._rows.pop()
        for place, (name, text) in enumerate(facts):
            if place < len(self._rows) and self._rows[place][1].accessibleName() == text:
                self._rows[place][0].setText(name)
                continue
            if place < len(self._rows):
                self.removeRow(place)
                del self._rows[place]
            self._rows.insert(place, (label(name, "muted"), ElidedLabel(text)))
            self.insertRow(place, *self._rows[place])
