"""The details of the chosen model. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from deepstudio.models.library import ModelEntry
from deepstudio.ui.text import translate_failure, translate_sentence
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.flow import FlowLayout
from deepstudio.ui.widgets.parts import button, column, follow_icon, frame, label, row
from deepstudio.ui.workspaces.models.sections import Sections
from deepstudio.ui.workspaces.models.words import IMAGE, SPEECH, TEXT, kind_of, task_of, title_of

_WIDTH = 860
_SERVANTS = ("speech-language-model",)
"""Tasks of models that help others and answer nobody themselves."""


class DetailView(QScrollArea):
    """Shows one model at a time; what to do with it is asked for by signals."""

    export_asked = Signal()
    remove_asked = Signal()
    default_asked = Signal()
    use_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._make: Callable[[], QWidget] = self._nothing
        self._is_default = False
        self._stale = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Details of the model"))
        theme.changed.connect(self._on_theme)

    def show_entry(self, entry: ModelEntry | None, *, is_default: bool = False) -> None:
        """Show a model, or that none is chosen."""
        self._is_default = is_default
        self.show_page(partial(self._page, entry) if entry is not None else self._nothing)

    def show_page(self, make: Callable[[], QWidget]) -> None:
        """Show what `make` returns; it is called again when the colours change."""
        self._make = make
        self._redraw()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with colours that changed meanwhile."""
        self._catch_up()
        super().showEvent(event)

    @Slot()
    def _on_theme(self) -> None:
        self._stale = True
        if self.isVisible():
            QTimer.singleShot(0, self, self._catch_up)

    @Slot()
    def _catch_up(self) -> None:
        if self._stale:
            self._redraw()

    def _redraw(self) -> None:
        self._stale = False
        inner = self._make()
        holder = QWidget()
        holder.setObjectName("content")
        layout = row(holder, margins=(28, 24, 28, 28))
        inner.setMaximumWidth(round(_WIDTH * self._theme.scale))
        layout.addWidget(inner, 1)
        layout.addStretch(0)
        old = self.takeWidget()
        if old is not None:
            old.deleteLater()
        self.setWidget(holder)

    def _nothing(self) -> QWidget:
        page = QWidget()
        layout = column(page)
        layout.addStretch(1)
        text = label(self.tr("Choose a model to see what it can do."), "muted")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(text)
        layout.addStretch(1)
        return page

    def _page(self, entry: ModelEntry) -> QWidget:
        page = QWidget()
        layout = column(page, gap=16)
        layout.addLayout(self._head(entry))
        parts = Sections(self._theme, entry, page)
        if entry.failure is not None:
            layout.addWidget(self._damage(entry))
        if entry.card is not None:
            self._add_card(layout, entry, parts)
        layout.addStretch(1)
        return page

    def _add_card(self, layout: QVBoxLayout, entry: ModelEntry, parts: Sections) -> None:
        card = entry.card
        assert card is not None
        if card.warning:
            layout.addWidget(parts.warning(translate_sentence(card.warning, "cards")))
        if card.description:
            layout.addWidget(label(translate_sentence(card.description, "cards"), wrap=True, selectable=True))
        for part in (
            parts.figures(card),
            parts.labels(card),
            parts.metrics(card),
            parts.behaviour(card),
            parts.training(card),
            parts.sources(card),
            parts.file(card),
        ):
            if part is not None:
                layout.addWidget(part)

    def _head(self, entry: ModelEntry) -> QVBoxLayout:
        head = column(gap=10)
        title = label(title_of(entry), "display", wrap=True)
        title.setFont(self._theme.font(2.0, weight=QFont.Weight.DemiBold))
        head.addWidget(title)
        badges = QWidget()
        flow = FlowLayout(badges, gap=6)
        for text, role in self._badges(entry):
            flow.addWidget(label(text, role))
        head.addWidget(badges)
        head.addWidget(self._buttons(entry))
        if self._is_default:
            head.addLayout(self._default_note())
        return head

    def _default_note(self) -> QHBoxLayout:
        note = row(gap=8)
        picture = QLabel()
        picture.setPixmap(self._theme.pixmap("check-circle", 18, "success", widget=self))
        note.addWidget(picture)
        note.addWidget(label(self.tr("Dropped pictures are shown to this model first"), "muted", wrap=True), 1)
        return note

    def _badges(self, entry: ModelEntry) -> list[tuple[str, str]]:
        badges = []
        if entry.card is not None:
            badges.append((task_of(entry.card), "badge-accent"))
        badges.append((self.tr("Comes with DeepStudio") if entry.shipped else self.tr("Yours"), "badge"))
        badges.append((entry.name, "badge"))
        if entry.failure is not None:
            badges.insert(0, (self.tr("Damaged"), "badge-danger"))
        return badges

    def _buttons(self, entry: ModelEntry) -> QWidget:
        holder = QWidget()
        buttons = FlowLayout(holder, gap=8)
        if entry.card is not None:
            kind = kind_of(entry.card)
            if entry.card.task not in _SERVANTS:
                use = button(self._try_words(kind), "primary")
                follow_icon(self._theme, use, kind, "on_accent")
                use.clicked.connect(self.use_asked)
                buttons.addWidget(use)
            if kind == IMAGE and not self._is_default:
                default = button(self.tr("Use for dropped pictures"))
                default.clicked.connect(self.default_asked)
                buttons.addWidget(default)
            export = button(self.tr("Export…"))
            follow_icon(self._theme, export, "export")
            export.clicked.connect(self.export_asked)
            buttons.addWidget(export)
        if not entry.shipped:
            remove = button(self.tr("Remove"), "danger")
            follow_icon(self._theme, remove, "trash", "danger")
            remove.clicked.connect(self.remove_asked)
            buttons.addWidget(remove)
        return holder

    def _try_words(self, kind: str) -> str:
        words = {
            IMAGE: self.tr("Try it on a picture"),
            TEXT: self.tr("Try it on a text"),
            SPEECH: self.tr("Try it by speaking"),
        }
        return words[kind]

    def _damage(self, entry: ModelEntry) -> QFrame:
        assert entry.failure is not None
        sentence, fix = translate_failure(entry.failure)
        box = frame("danger")
        layout = column(box, margins=(16, 12, 16, 12), gap=4)
        layout.addWidget(label(self.tr("This file cannot be used."), "strong"))
        layout.addWidget(label(sentence, wrap=True, selectable=True))
        if fix:
            layout.addWidget(label(fix, "muted", wrap=True, selectable=True))
        layout.addWidget(label(str(entry.path), "caption", wrap=True, selectable=True))
        return box
