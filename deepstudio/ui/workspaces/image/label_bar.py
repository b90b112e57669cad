"""Where labels of one's own are typed, or shown by example pictures. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QPushButton, QWidget

from deepstudio.core.requests import ImageSource, OwnLabel
from deepstudio.data.sources import IMAGE_SUFFIXES
from deepstudio.ui.drop import local_paths
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.flow import FlowLayout
from deepstudio.ui.widgets.parts import button, column, follow_icon, label, row
from deepstudio.ui.workspaces.image.dialogs import ImageDialogs
from deepstudio.ui.workspaces.image.own_labels import MOST_EXAMPLES, OwnLabels
from deepstudio.ui.workspaces.image.words import whole_number

_TYPING_MS = 450
_LONGEST = 32
"""Letters of a label that a chip shows; its tooltip has all."""


class LabelBar(QFrame):
    """A line to type in and a chip for each label with examples. `changed` comes when there are other labels."""

    changed = Signal()
    this_picture_asked = Signal()
    undo_offered = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, surface="card")
        self.setAcceptDrops(True)
        self._theme = theme
        self._labels = OwnLabels()
        self._told: tuple[OwnLabel, ...] = ()
        self.line = QLineEdit()
        self.line.setClearButtonEnabled(True)
        self.line.setMaxLength(2000)
        self.add = button("")
        follow_icon(theme, self.add, "plus")
        self.this = button("")
        follow_icon(theme, self.this, "image")
        self._title = label("", "muted")
        self._title.setBuddy(self.line)
        self._hint = label("", "caption", wrap=True)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._lay_out()
        self._name()
        self._typing.timeout.connect(self._tell)
        self.line.textEdited.connect(self._on_typed)
        self.line.textChanged.connect(self._on_cleared)
        self.line.returnPressed.connect(self._tell)
        self.add.clicked.connect(self._on_add)
        self.this.clicked.connect(self.this_picture_asked)
        self._show()

    def _lay_out(self) -> None:
        typing = row(gap=8)
        typing.addWidget(self._title)
        typing.addWidget(self.line, 1)
        typing.addWidget(self.add)
        typing.addWidget(self.this)
        whole = column(self, margins=(14, 10, 14, 10), gap=6)
        whole.addLayout(typing)
        whole.addWidget(self._chips)
        whole.addWidget(self._hint)

    def _name(self) -> None:
        self._title.setText(self.tr("Your labels"))
        self.line.setAccessibleName(self.tr("Your labels"))
        self.line.setPlaceholderText(self.tr("cat, dog, a ship at sea, traffic sign…"))
        self.add.setText(self.tr("Add examples…"))
        self.add.setToolTip(self.tr("Choose pictures of one label; you may also drop them here"))
        self.this.setText(self.tr("Use this picture"))
        self.this.setToolTip(self.tr("Make the picture that is shown an example of a label"))

    @property
    def labels(self) -> OwnLabels:
        """Return everything that was typed and shown."""
        return self._labels

    def own_labels(self) -> tuple[OwnLabel, ...]:
        """Return the labels to tell apart; none leaves it to the names that the model was trained on."""
        return self._labels.together()

    def set_labels(self, labels: OwnLabels) -> None:
        """Show other labels, and tell so."""
        self._labels = labels
        self.line.setText(labels.typed)
        self._show()
        self._tell()

    def set_roomy(self, roomy: bool) -> None:
        """Leave words away where there is no room for them."""
        self._title.setVisible(roomy)

    def set_picture_there(self, there: bool) -> None:
        """Say whether a picture is shown that could be an example."""
        self.this.setEnabled(there)

    def add_examples(self, sources: Sequence[ImageSource], proposal: str) -> None:
        """Ask which label pictures are examples of, and take them."""
        name = ImageDialogs.ask_label(self, proposal, [found.name for found in self._labels.together()])
        name = " ".join(name.replace(",", " ").split())
        if name and sources:
            self.set_labels(self._labels.with_examples(name, sources))

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._labels = OwnLabels(typed=text, shown=self._labels.shown)
        self._say()
        self._typing.start()

    @Slot(str)
    def _on_cleared(self, text: str) -> None:
        """Take notice of the clear button, which is no typing."""
        if not text and self._labels.typed:
            self._on_typed("")

    @Slot()
    def _tell(self) -> None:
        self._typing.stop()
        if self.own_labels() != self._told:
            self._told = self.own_labels()
            self.changed.emit()

    @Slot()
    def _on_add(self) -> None:
        paths = ImageDialogs.ask_files(self, "")
        if paths:
            self._take(paths)

    def _take(self, paths: Sequence[Path]) -> None:
        for folder in (path for path in paths if path.is_dir()):
            inside = sorted(path for path in folder.iterdir() if path.suffix.lower() in IMAGE_SUFFIXES)
            self.add_examples(_sources(inside[:MOST_EXAMPLES]), folder.name)
        files = [path for path in paths if path.is_file()]
        if files:
            self.add_examples(_sources(files[:MOST_EXAMPLES]), _proposal(files[0]))

    # Chips

    def _show(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (chip := item.widget()) is not None:
                chip.hide()
                chip.deleteLater()
        for shown in self._labels.shown:
            self._flow.addWidget(self._make_chip(shown))
        self._chips.setVisible(bool(self._labels.shown))
        self._flow.invalidate()
        self._say()

    def _make_chip(self, shown: OwnLabel) -> QPushButton:
        words = self.tr("%1 · by %2").replace("%2", self._pictures(len(shown.examples)))
        whole = words.replace("%1", shown.name)
        name = shown.name if len(shown.name) <= _LONGEST else f"{shown.name[: _LONGEST - 1]}…"
        chip = button(words.replace("%1", name.replace("&", "&&")), name=whole)
        chip.setToolTip(f"{whole}: {', '.join(source.name for source in shown.examples)}")
        menu = QMenu(chip)
        menu.addAction(self.tr("Rename…"), partial(self._rename, shown.name))
        menu.addAction(self.tr("Remove"), partial(self._remove, shown.name))
        chip.setMenu(menu)
        return chip

    def _pictures(self, count: int) -> str:
        one, many = self.tr("one picture"), self.tr("%1 pictures")
        return one if count == 1 else many.replace("%1", whole_number(count))

    def _rename(self, name: str) -> None:
        new = " ".join(ImageDialogs.ask_label(self, name, []).replace(",", " ").split())
        if new and new != name:
            self.set_labels(self._labels.renamed(name, new))

    def _remove(self, name: str) -> None:
        before = self._labels
        self.set_labels(before.without(name))
        sentence = self.tr("The examples of %1 were removed.").replace("%1", name)
        self.undo_offered.emit(sentence, partial(self._bring_back, before))

    def _bring_back(self, before: OwnLabels) -> None:
        self.set_labels(OwnLabels(typed=self._labels.typed, shown=before.shown))

    def _say(self) -> None:
        count = len(self._labels.together())
        alone = self.tr("One label alone is always right: give a second one to compare it with.")
        none = self.tr("Without labels of yours the network uses the names that it was trained on.")
        self._hint.setText(alone if count == 1 else none)
        self._hint.setVisible(count < 2)

    # Drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures and folders of pictures."""
        paths = local_paths(event.mimeData())
        if any(path.is_dir() or path.suffix.lower() in IMAGE_SUFFIXES for path in paths):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Make examples of what was dropped."""
        event.acceptProposedAction()
        paths = local_paths(event.mimeData())
        # The question must not be asked inside of the drop: the other program waits for it to end.
        QTimer.singleShot(0, self, partial(self._take, paths))


def _sources(paths: Sequence[Path]) -> list[ImageSource]:
    return [ImageSource(name=path.name, path=path) for path in paths]


def _proposal(path: Path) -> str:
    """Return a name for examples from the name of their file: its words, without numbers."""
    words = "".join(letter if letter.isalpha() else " " for letter in path.stem).split()
    return " ".join(words)
