"""Above everything: what to do with the microphone, and which model listens. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import row
from deepstudio.ui.widgets.segmented import Segmented
from deepstudio.ui.workspaces.speech.model_picker import ModelPicker
from deepstudio.ui.workspaces.speech.models import SpeechModels
from deepstudio.ui.workspaces.speech.modes import COMMANDS, DIGITS, TRANSCRIBE, WORDS

_ROOMY = 900
"""Pixels of width from which on there is room for every word."""


class ModeBar(QWidget):
    """`chosen` carries one of the modes."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, models: SpeechModels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.modes = Segmented(theme)
        self.picker = ModelPicker(models)
        for mode, icon, text, tip in (
            (TRANSCRIBE, "text", self.tr("Transcribe"), self.tr("Write down what is said")),
            (COMMANDS, "target", self.tr("Commands"), self.tr("Hear single words, live")),
            (DIGITS, "grid", self.tr("Digits"), self.tr("Write down digits as a number")),
            (WORDS, "user", self.tr("My words"), self.tr("Teach it words of your own")),
        ):
            self.modes.add(mode, icon=icon)
            self.modes.set_text(mode, text, tip)
        line = row(self, gap=12)
        line.addWidget(self.modes)
        line.addStretch(1)
        line.addWidget(self.picker)
        self.modes.chosen.connect(self.chosen)

    def show_mode(self, mode: str) -> None:
        """Mark a mode and offer the models for it."""
        self.modes.choose(mode)
        self.picker.setVisible(mode != WORDS)
        if mode != WORDS:
            self.picker.show_mode(mode)

    def fit(self, width: int) -> None:
        """Leave words away where there is no room for them."""
        self.picker.set_roomy(width >= _ROOMY)
