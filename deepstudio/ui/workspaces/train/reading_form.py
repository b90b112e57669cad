"""How data are read that can be read in several ways: the task, and what the columns of a table hold. GUI thread."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from deepstudio.train.propose_text import CLASSES, Reading
from deepstudio.ui.widgets.parts import label
from deepstudio.ui.workspaces.train.data_job import DataView
from deepstudio.ui.workspaces.train.words import task_sentence, task_title

_JOINED = "\x1f"


class ReadingForm(QWidget):
    """`chosen` carries another `Reading`. Hidden where there is nothing to choose."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading = Reading()
        self.task = self._combo(self.tr("What is learnt"))
        self.task.activated.connect(self._on_task)
        self.text = self._combo(self.tr("Column of the text"))
        self.label = self._combo(self.tr("Column of the label"))
        for combo in (self.text, self.label):
            combo.activated.connect(self._on_columns)
        self.header = QCheckBox(self.tr("The first row holds names"))
        self.header.toggled.connect(self._on_header)
        self._words = [label(text, "muted") for text in (self.tr("Learn to"), self.tr("Text"), self.tr("Label"))]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for line, (words, combo) in enumerate(zip(self._words, (self.task, self.text, self.label), strict=True)):
            words.setBuddy(combo)
            grid.addWidget(words, line, 0)
            grid.addWidget(combo, line, 1)
        grid.addWidget(self.header, 3, 1)
        self.hide()

    def _combo(self, name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(8)
        return made

    def show_view(self, view: DataView) -> None:
        """Show how the data are read, and what else there is to choose."""
        self._reading = view.reading
        table = bool(view.columns)
        self.setVisible(table or len(view.tasks) > 1)
        with QSignalBlocker(self.task), QSignalBlocker(self.header):
            self.task.clear()
            for place, task in enumerate(view.tasks):
                self.task.addItem(task_title(task), task)
                self.task.setItemData(place, task_sentence(task), Qt.ItemDataRole.ToolTipRole)
            self.task.setCurrentIndex(self.task.findData(view.task))
            self.header.setChecked(any(not name.isdecimal() for name in view.columns))
        for part in (self._words[1], self._words[2], self.text, self.label, self.header):
            part.setVisible(table)
        writes = view.task != CLASSES
        self._words[1].setText(self.tr("From") if writes else self.tr("Text"))
        self._words[2].setText(self.tr("To") if writes else self.tr("Label"))
        self._fill(view, writes=writes)

    def _fill(self, view: DataView, *, writes: bool) -> None:
        reading, columns = view.reading, view.columns
        with QSignalBlocker(self.text), QSignalBlocker(self.label):
            for combo in (self.text, self.label):
                combo.clear()
                for name in columns:
                    combo.addItem(self._column_title(name), name)
            others = [name for name in columns if name != reading.label]
            if len(others) > 1 and not writes:
                both = _JOINED.join(others)
                self.text.insertSeparator(self.text.count())
                self.text.addItem(" + ".join(map(self._column_title, others)), both)
            place = self.text.findData(_JOINED.join(reading.text))
            self.text.setCurrentIndex(max(place, 0))
            self.label.setCurrentIndex(max(self.label.findData(reading.label), 0))

    def _column_title(self, name: str) -> str:
        return self.tr("Column {number}").format(number=int(name) + 1) if name.isdecimal() else name

    @Slot(int)
    def _on_task(self, place: int) -> None:
        self.chosen.emit(Reading(task=self.task.itemData(place), header=self._reading.header))

    @Slot(int)
    def _on_columns(self, place: int) -> None:
        text = tuple(str(self.text.currentData()).split(_JOINED))
        name = str(self.label.currentData())
        if text == (name,):  # a column cannot be both: the other one takes what was there
            if self.sender() is self.text:
                name = self._reading.text[0] if self._reading.text else name
            else:
                text = (self._reading.label,)
        self.chosen.emit(replace(self._reading, task=str(self.task.currentData()), text=text, label=name))

    @Slot(bool)
    def _on_header(self, on: bool) -> None:
        self.chosen.emit(Reading(task=str(self.task.currentData()), header="yes" if on else "no"))
