"""The deleted runs: brought back, or removed for good. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QDialog, QListWidget, QListWidgetItem, QMessageBox, QWidget

from deepstudio.store.run_rows import RunRow
from deepstudio.ui.widgets.parts import button, column, label, row
from deepstudio.ui.workspaces.runs.words import moment

_ID = int(Qt.ItemDataRole.UserRole)


class DeletedDialog(QDialog):
    """`restore_asked` and `purge_asked` carry the ids of the selected runs."""

    restore_asked = Signal(object)
    purge_asked = Signal(object)

    def __init__(self, runs: Sequence[RunRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Deleted runs"))
        self.resize(520, 420)
        layout = column(self, margins=(24, 20, 24, 20), gap=12)
        layout.addWidget(label(self.tr("Deleted runs"), "title"))
        text = (
            self.tr("They are kept until you remove them for good.") if runs else self.tr("There are no deleted runs.")
        )
        layout.addWidget(label(text, "muted", wrap=True))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Deleted runs"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        for run in runs:
            item = QListWidgetItem(f"{run.name}   ·   {moment(run.created)}")
            item.setData(_ID, run.id)
            self.list.addItem(item)
        layout.addWidget(self.list, 1)
        # Selecting lays the rows out, at the height that the style gives them only once the list has it.
        self.list.ensurePolished()
        self.list.selectAll()
        self.list.itemSelectionChanged.connect(self._on_selection)
        foot = row(gap=8)
        self.purge = button(self.tr("Remove for good…"), "danger")
        self.purge.clicked.connect(self._on_purge)
        self.restore = button(self.tr("Restore"), "primary")
        self.restore.clicked.connect(self._on_restore)
        close = button(self.tr("Close"))
        close.clicked.connect(self.reject)
        foot.addWidget(self.purge)
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self.restore)
        layout.addLayout(foot)
        self._on_selection()

    def chosen(self) -> list[str]:
        """Return the ids of the selected runs."""
        return [item.data(_ID) for item in self.list.selectedItems()]

    @Slot()
    def _on_selection(self) -> None:
        for widget in (self.purge, self.restore):
            widget.setEnabled(bool(self.chosen()))

    @Slot()
    def _on_restore(self) -> None:
        self.restore_asked.emit(self.chosen())
        self.accept()

    @Slot()
    def _on_purge(self) -> None:
        count = len(self.chosen())
        answer = QMessageBox.question(
            self,
            self.tr("Remove for good"),
            self.tr(
                "Remove the selected runs ({count}) with their checkpoints and models? This cannot be undone."
            ).format(count=count),
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        if answer == QMessageBox.StandardButton.Yes:
            self.purge_asked.emit(self.chosen())
            self.accept()
