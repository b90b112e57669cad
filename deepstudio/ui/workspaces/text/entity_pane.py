"""The entities of a text as a list by type. GUI thread."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from deepstudio.core.text_requests import Entity, TaggedText
from deepstudio.ui.text import display_label
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import button, column, label, row

_ENTITY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_SERIES_ROLE = _ENTITY_ROLE + 1
_MOST_LISTED = 1_000


class EntityPane(QWidget):
    """`entity_chosen` carries a place in the text; `export_asked` the format, "conll" or "spacy"."""

    entity_chosen = Signal(int, int)
    export_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts = label("", "muted", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Entities"))
        self.list.setUniformItemSizes(True)  # or all are measured, not those on screen
        mark(self.list, kind="plain")
        self.list.itemClicked.connect(self._on_item)
        self.list.itemActivated.connect(self._on_item)
        buttons = row(gap=8)
        for kind, text in (("conll", self.tr("Save as CoNLL…")), ("spacy", self.tr("Save for spaCy…"))):
            made = button(text)
            made.clicked.connect(lambda _=False, kind=kind: self.export_asked.emit(kind))
            buttons.addWidget(made)
        buttons.addStretch(1)
        layout = column(self, gap=10)
        layout.addWidget(self._facts)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        theme.changed.connect(self._recolour)

    def show_answer(self, text: str, answer: TaggedText, role_of: dict[str, int]) -> None:
        """List the entities of `text`."""
        counts = Counter(map(attrgetter("label"), answer.entities))
        parts = [f"{self._kind(name)} {count:,}" for name, count in sorted(counts.items())]
        self._facts.setText("   ·   ".join(parts) if parts else self.tr("No names found."))
        self.list.clear()
        dots = {number: self._dot(number) for number in role_of.values()}
        for entity in answer.entities[:_MOST_LISTED]:
            number = role_of[entity.label]
            self.list.addItem(self._item(text, entity, number, dots[number]))

    def _kind(self, name: str) -> str:
        """Return a kind of name in words: the short marks of the usual data sets say little to people."""
        usual = {
            "PER": self.tr("Person"),
            "LOC": self.tr("Place"),
            "ORG": self.tr("Organisation"),
            "MISC": self.tr("Other name"),
        }
        return usual.get(name, display_label(name))

    def _item(self, text: str, entity: Entity, number: int, dot: QIcon) -> QListWidgetItem:
        words = " ".join(text[entity.start : entity.end].split())
        item = QListWidgetItem(f"{words}   ·   {self._kind(entity.label)}, {100 * entity.probability:.0f} %")
        item.setData(_ENTITY_ROLE, (entity.start, entity.end))
        item.setData(_SERIES_ROLE, number)
        item.setIcon(dot)
        return item

    def _dot(self, number: int) -> QIcon:
        series = self._theme.roles.series
        dot = QPixmap(12, 12)
        dot.fill(QColor(series[number % len(series)]))
        return QIcon(dot)

    @Slot()
    def _recolour(self) -> None:
        for place in range(self.list.count()):
            item = self.list.item(place)
            item.setIcon(self._dot(item.data(_SERIES_ROLE)))

    @Slot(QListWidgetItem)
    def _on_item(self, item: QListWidgetItem) -> None:
        self.entity_chosen.emit(*item.data(_ENTITY_ROLE))
