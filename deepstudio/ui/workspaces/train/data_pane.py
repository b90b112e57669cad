"""What the data are, at a glance: name, splits, and every class with pictures and counts. GUI thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.elided_label import ElidedLabel
from deepstudio.ui.widgets.parts import button, column, icon_button, label, row
from deepstudio.ui.workspaces.train.class_list import ClassList
from deepstudio.ui.workspaces.train.data_job import DataView
from deepstudio.ui.workspaces.train.split_bar import SplitBar
from deepstudio.ui.workspaces.train.words import task_title, whole


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
        self.classes = ClassList(theme)
        self.change = button(self.tr("Other data"))
        menu = QMenu(self.change)
        menu.addAction(self.tr("Open a folder…"), self.open_folder_asked.emit)
        menu.addAction(self.tr("Open a table…"), self.open_table_asked.emit)
        self.change.setMenu(menu)
        self.close_button = icon_button(theme, "close", self.tr("Close the data"), size=14)
        self.close_button.clicked.connect(self.close_asked)
        head = row(gap=6)
        head.addWidget(self._name, 1)
        head.addWidget(self.change)
        head.addWidget(self.close_button)
        whole_column = column(self, margins=(16, 14, 12, 10), gap=8)
        whole_column.addLayout(head)
        whole_column.addWidget(self._path)
        whole_column.addWidget(self._facts)
        whole_column.addWidget(self.splits)
        whole_column.addWidget(self.classes, 1)

    def show_data(self, view: DataView, recipe: Any) -> None:
        """Show what lies there, and how `recipe` divides it."""
        self._name.setText(view.path.name)
        self._path.setText(str(view.path.parent))
        self.classes.rows.show_rows(view.classes, texts=not view.has_pictures)
        self.show_splits(view, recipe)

    def show_splits(self, view: DataView, recipe: Any) -> None:
        """Show the sizes of the splits as `recipe` will make them."""
        words = self.tr("{count} samples in {classes} classes").format(
            count=whole(view.count), classes=len(view.classes)
        )
        self._facts.setText(f"{words}  ·  {task_title(view.task)}")
        self.splits.show_counts(split_sizes(view, recipe))


def split_sizes(view: DataView, recipe: Any) -> dict[str, int]:
    """Return how many samples train, validate and test; what the recipe holds out of training is counted apart."""
    sizes = dict(view.splits)
    data = getattr(recipe, "data", None)
    share = getattr(data, "validation_share", 0.0)
    if not sizes.get("validation") and share and not getattr(data, "validation", ""):
        held = sum(_held(row.counts.get("train", 0), share) for row in view.classes)
        sizes["validation"] = held
        sizes["train"] = sizes.get("train", 0) - held
    return {role: count for role, count in sizes.items() if count}


def _held(count: int, share: float) -> int:
    """Return how many of a class are held out (`data.splits.stratified_split`)."""
    return max(round(share * count), min(1, count - 1)) if count else 0
