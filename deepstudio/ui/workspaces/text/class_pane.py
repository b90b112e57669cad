"""The classes of a text as bars; a click shades what speaks for a class. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deepstudio.core.text_requests import ClassifiedText
from deepstudio.ui.text import display_label
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.class_bars import BarValue, ClassBars
from deepstudio.ui.widgets.parts import column, label

_SHOWN = 12


class ClassPane(QWidget):
    """`label_chosen` asks what speaks for a class."""

    label_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headline = label("", "display", wrap=True)
        self.bars = ClassBars(theme)
        self.bars.label_chosen.connect(self.label_chosen)
        self._hint = label(
            self.tr("Shaded words moved the answer: for it in blue, against it in orange."), "faint", wrap=True
        )
        self._hint.hide()
        layout = column(self, gap=12)
        layout.addWidget(self._headline)
        layout.addWidget(self.bars)
        layout.addWidget(self._hint)
        layout.addStretch(1)

    def show_answer(self, answer: ClassifiedText) -> None:
        """Show the probabilities, the likeliest class first."""
        values = [
            BarValue(
                label=number,
                name=display_label(answer.labels[number]),
                share=float(answer.probabilities[number]),
                share_text=f"{100 * float(answer.probabilities[number]):.1f} %",
            )
            for number in answer.ranking[:_SHOWN]
        ]
        self._headline.setText(values[0].name if values else "")
        self._hint.show()
        self.bars.show_values(values, tip=self.tr("Show what speaks for it"))
        if len(answer.contributions):
            self.bars.mark(answer.explained)
