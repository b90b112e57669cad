"""Which model listens: a list, and the way to an engine of the user's own. GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from deepstudio.ui.text import translate_sentence
from deepstudio.ui.widgets.parts import label, row
from deepstudio.ui.workspaces.speech.elided_combo import ElidedCombo
from deepstudio.ui.workspaces.speech.models import SpeechModels
from deepstudio.ui.workspaces.speech.modes import TRANSCRIBE

_ADD, _REMOVE = "\nadd", "\nremove"
"""No model is called so."""
_LEAST_WIDTH, _MOST_WIDTH = 150, 260


class ModelPicker(QWidget):
    """Shows the models that serve a mode. Choosing one tells `models` so; it is disabled while something is heard."""

    folder_chosen = Signal(object)
    """The `Path` of an engine that is to be looked at and added."""

    def __init__(self, models: SpeechModels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models = models
        self._mode = TRANSCRIBE
        self.list = ElidedCombo()
        self.list.setAccessibleName(self.tr("Model that listens"))
        self.list.setMinimumWidth(_LEAST_WIDTH)
        self.list.setMaximumWidth(_MOST_WIDTH)
        self.list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.list.activated.connect(self._on_activated)
        self._title = label(self.tr("Model"), "muted")
        line = row(self)
        line.addWidget(self._title)
        line.addWidget(self.list)
        models.changed.connect(self.refill)
        self.refill()

    def show_mode(self, mode: str) -> None:
        """Offer the models for `mode`."""
        self._mode = mode
        self.refill()

    def set_roomy(self, roomy: bool) -> None:
        """Leave the word before the list away where there is no room."""
        self._title.setVisible(roomy)

    @Slot()
    def refill(self) -> None:
        """List the models anew."""
        chosen = self._models.chosen(self._mode)
        with QSignalBlocker(self.list):
            self.list.clear()
            for model in self._models.serving(self._mode):
                self.list.addItem(translate_sentence(model.title, "cards"), model.name)
                tip = translate_sentence(model.description, "cards")
                self.list.setItemData(self.list.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
            if self.list.count() == 0:
                self.list.addItem(self.tr("No model"), "")
            if self._mode == TRANSCRIBE:
                self.list.insertSeparator(self.list.count())
                self.list.addItem(self.tr("Add an engine folder…"), _ADD)
                if chosen is not None and chosen.folder:
                    self.list.addItem(self.tr("Remove this engine"), _REMOVE)
            self._select(chosen.name if chosen is not None else "")

    def _select(self, name: str) -> None:
        self.list.setCurrentIndex(max(0, self.list.findData(name)))
        self.list.setToolTip(self.list.itemData(self.list.currentIndex(), Qt.ItemDataRole.ToolTipRole) or "")

    @Slot(int)
    def _on_activated(self, _place: int) -> None:
        wanted = self.list.currentData()
        chosen = self._models.chosen(self._mode)
        if wanted == _ADD:
            self._select(chosen.name if chosen is not None else "")
            self.ask_folder()
        elif wanted == _REMOVE and chosen is not None:
            self._models.remove_folder(chosen.name)
        elif wanted:
            self._models.choose(self._mode, wanted)

    @Slot()
    def ask_folder(self) -> None:
        """Ask for the folder of a sherpa-onnx streaming model."""
        title = self.tr("Folder of a sherpa-onnx streaming model")
        folder = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
        if folder:
            self.folder_chosen.emit(Path(folder))
