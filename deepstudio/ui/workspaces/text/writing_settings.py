"""How the next tokens are drawn: six numbers in a small grid. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QSpinBox, QWidget

from deepstudio.core.config import OptionInfo, option, option_info
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.widgets.parts import label

_COLUMNS = 3
_TITLES = {
    "tokens": QT_TRANSLATE_NOOP("settings", "Length"),
    "temperature": QT_TRANSLATE_NOOP("settings", "Temperature"),
    "top_k": QT_TRANSLATE_NOOP("settings", "Top k"),
    "top_p": QT_TRANSLATE_NOOP("settings", "Top p"),
    "beam": QT_TRANSLATE_NOOP("settings", "Beam"),
    "seed": QT_TRANSLATE_NOOP("settings", "Seed"),
}
_MOST = 1_000_000_000
_TEXT_INDENT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How the next tokens are drawn."""

    tokens: int = option(60, QT_TRANSLATE_NOOP("settings", "Tokens to write."), low=1, high=1000)
    temperature: float = option(
        0.8, QT_TRANSLATE_NOOP("settings", "Higher is bolder; 0 always takes the likeliest."), low=0.0, high=3.0
    )
    top_k: int = option(0, QT_TRANSLATE_NOOP("settings", "Draw among so many; 0 is all."), low=0, high=1000)
    top_p: float = option(
        0.95, QT_TRANSLATE_NOOP("settings", "Draw among the likeliest that make up this share."), low=0.01, high=1.0
    )
    beam: int = option(1, QT_TRANSLATE_NOOP("settings", "Above 1 searches the likeliest text."), low=1, high=16)
    seed: int = option(0, QT_TRANSLATE_NOOP("settings", "The same number draws the same text."), low=0)


class WritingSettings(QWidget):
    """Each number under its name; what it does is in its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, QSpinBox | QDoubleSpinBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        for number, field in enumerate(fields(Writing)):
            title = translate_sentence(_TITLES[field.name], "settings")
            about = option_info(field)
            assert about is not None
            box = _box(field.default, about)
            tip = translate_sentence(about.help, "settings")
            box.setToolTip(tip)
            box.setAccessibleName(title)
            box.setAccessibleDescription(tip)
            name = label(title, "muted")
            name.setToolTip(tip)
            line, place = divmod(number, _COLUMNS)
            grid.addWidget(name, 2 * line, place)
            grid.addWidget(box, 2 * line + 1, place)
            grid.setColumnStretch(place, 1)
            self.boxes[field.name] = box

    def values(self) -> Writing:
        """Return what is set."""
        values: dict[str, Any] = {name: box.value() for name, box in self.boxes.items()}
        return Writing(**values)


def _box(value: Any, about: OptionInfo) -> QSpinBox | QDoubleSpinBox:
    low = 0 if about.low is None else about.low
    high = _MOST if about.high is None else about.high
    if isinstance(value, float):
        fine = QDoubleSpinBox()
        fine.setDecimals(2)
        fine.setSingleStep(0.05)
        fine.setRange(low, high)
        fine.setValue(value)
        _lay_out(fine)
        return fine
    whole = QSpinBox()
    whole.setRange(int(low), int(high))
    whole.setValue(value)
    _lay_out(whole)
    return whole


def _lay_out(box: QSpinBox | QDoubleSpinBox) -> None:
    box.lineEdit().setTextMargins(_TEXT_INDENT, 0, 0, 0)  # a style sheet's padding does not reach it
    box.setMinimumWidth(72)
