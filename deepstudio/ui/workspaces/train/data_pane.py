"""What the data are, at a glance: name, how they are read, splits, and every class with samples. GUI thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.elided_label import ElidedLabel
from deepstudio.ui.widgets.parts import button, column, icon_button, label, row
from deepstudio.ui.workspaces.train.class_list import ClassList
from deepstudio.ui.workspaces.train.data_job import DataView
from deepstudio.ui.workspaces.train.reading_form import ReadingForm
from deepstudio.ui.workspaces.train.split_bar import SplitBar
from deepstudio.ui.workspaces.train.words import duration, task_title, whole


class DataPane(QFrame):
    """Shows a `DataView`."""

    open_folder_asked = Signal()
    open_table_asked = Signal()
    close_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, surface="card")
        self._name = ElidedLabel(role="title")
        self._path = ElidedLabel(role="faint")
        self._facts = label("", "muted", wrap=True)
        self.splits = SplitBar(theme)
        self.reading = ReadingForm()
        self.classes = ClassList(theme)
        self.change = button(self.tr("Other data"))
        menu = QMenu(self.change)
        menu.addAction(self.tr("Open a folder…"), self.open_folder_asked.emit)
        menu.addAction(self.tr("Open a table or text…"), self.open_table_asked.emit)
        self.change.setMenu(menu)
        self.close_button = icon_button(theme, "close", self.tr("Close the data"), size=14)
        self.close_button.clicked.connect(self.close_asked)
        head = row(gap=6)
        head.addWidget(self._name, 1)
        head.addWidget(self.change)
        head.addWidget(self.close_button)
        whole_column = column(self, margins=(16, 14, 12, 10), gap=8)
        whole_column.addLayout(head)
        for widget in (self._path, self._facts, self.splits, self.reading):
            whole_column.addWidget(widget)
        whole_column.addWidget(self.classes, 1)

    def show_data(self, view: DataView, recipe: Any) -> None:
        """Show what lies there, and how `recipe` divides it."""
        self._name.setText(view.path.name)
        self._path.setText(str(view.path.parent))
        self.reading.show_view(view)
        self.classes.rows.show_rows(view.classes, texts=not view.has_pictures)
        self.show_splits(view, recipe)

    def show_splits(self, view: DataView, recipe: Any) -> None:
        """Show the sizes of the splits as `recipe` will make them."""
        self._facts.setText("  ·  ".join(self._words(view)))
        self.splits.show_counts(split_sizes(view, recipe))

    def _words(self, view: DataView) -> list[str]:
        count, classes = whole(view.count), len(view.classes)
        if view.unit == "recording":
            facts = view.facts or {}
            words = [self.tr("{count} recordings").format(count=count), duration(facts.get("seconds", 0.0))]
            if facts.get("speakers"):
                words.append(self.tr("{count} speakers").format(count=whole(int(facts["speakers"]))))
            return words
        templates = {
            "picture": self.tr("{count} samples in {classes} classes"),
            "text": self.tr("{count} texts in {classes} classes"),
            "sentence": self.tr("{count} sentences, {classes} kinds of words marked in them"),
            "pair": self.tr("{count} pairs of texts"),
            "line": self.tr("{count} lines of text"),
            "file": self.tr("{count} files"),
        }
        words = [templates[view.unit].format(count=count, classes=classes)]
        return words if self.reading.isVisibleTo(self) else [*words, task_title(view.task)]


def split_sizes(view: DataView, recipe: Any) -> dict[str, int]:
    """Return how many samples train, validate and test; what the recipe holds out of training is counted apart."""
    sizes = dict(view.splits)
    data: Any = getattr(recipe, "data", None)
    for role in ("test", "validation"):
        share = getattr(data, f"{role}_share", 0.0)
        named: Any = getattr(data, role, None)
        if sizes.get(role) or not share or named:
            continue
        counts = [row.counts.get("train", 0) for row in view.classes] if view.unit in ("picture", "text") else []
        held = sum(_held(count, share) for count in counts) if counts else _held(sizes.get("train", 0), share)
        sizes[role] = held
        sizes["train"] = sizes.get("train", 0) - held
    return {role: count for role, count in sizes.items() if count}


def _held(count: int, share: float) -> int:
    """Return how many of a class are held out (`data.splits.stratified_split`)."""
    return max(round(share * count), min(1, count - 1)) if count else 0
