"""Changing the learning rate of a run that goes on: a slider of factors and a number. GUI thread."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QDoubleSpinBox, QSlider, QWidget

from deepstudio.ui.forms.fields import NumberBox
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import icon_button, label, row

_STEPS = 20
"""Of the slider on each side of 1; the ends are a hundredth and a hundredfold."""
_DECADES = 2.0
_TEXT_INDENT = 8


class RateControl(QWidget):
    """`factor_chosen` comes when the user let go of the slider or confirmed a number."""

    factor_chosen = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("Learning rate ×")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(-_STEPS, _STEPS)
        self.slider.setPageStep(5)
        self.slider.setMinimumWidth(90)
        self.slider.setMaximumWidth(200)
        self.slider.setAccessibleName(self.tr("Factor of the learning rate"))
        self.slider.setToolTip(self.tr("Multiplies the learning rate of the schedule from the next step on"))
        self.spin = NumberBox()
        self.spin.setRange(0.0, 1000.0)
        self.spin.setDecimals(3)
        self.spin.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        self.spin.setKeyboardTracking(False)
        self.spin.setFixedWidth(92)
        self.spin.lineEdit().setTextMargins(_TEXT_INDENT, 0, 0, 0)
        self.spin.setAccessibleName(self.tr("Factor of the learning rate"))
        self.spin.setToolTip(self.slider.toolTip())
        self.reset = icon_button(theme, "undo", self.tr("Back to the rate of the schedule"), size=14)
        line = row(self, gap=6)
        self._title = label(title, "caption")
        line.addWidget(self._title)
        line.addWidget(self.slider)
        line.addWidget(self.spin)
        line.addWidget(self.reset)
        self.show_factor(1.0)
        self.slider.valueChanged.connect(self._on_slider)
        self.slider.sliderReleased.connect(self._on_released)
        self.spin.valueChanged.connect(self._on_spin)
        self.reset.clicked.connect(self._on_reset)

    @property
    def factor(self) -> float:
        """Return the factor that is shown."""
        return self.spin.value()

    def show_factor(self, factor: float) -> None:
        """Show a factor, without a signal; not while the user drags."""
        if self.slider.isSliderDown() or self.spin.hasFocus():
            return
        with QSignalBlocker(self.slider), QSignalBlocker(self.spin):
            self.slider.setValue(_place(factor))
            self.spin.setValue(factor)
        self.reset.setEnabled(factor != 1.0)

    @Slot(int)
    def _on_slider(self, place: int) -> None:
        with QSignalBlocker(self.spin):
            self.spin.setValue(_factor(place))
        if not self.slider.isSliderDown():
            self._choose(_factor(place))

    @Slot()
    def _on_released(self) -> None:
        self._choose(_factor(self.slider.value()))

    @Slot(float)
    def _on_spin(self, factor: float) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(_place(factor))
        self._choose(factor)

    @Slot()
    def _on_reset(self) -> None:
        with QSignalBlocker(self.slider), QSignalBlocker(self.spin):
            self.slider.setValue(0)
            self.spin.setValue(1.0)
        self._choose(1.0)

    def _choose(self, factor: float) -> None:
        self.reset.setEnabled(factor != 1.0)
        self.factor_chosen.emit(factor)


def _factor(place: int) -> float:
    """Return the factor at a place of the slider, rounded to two digits."""
    return float(f"{10 ** (_DECADES * place / _STEPS):.2g}")


def _place(factor: float) -> int:
    if factor <= 0:
        return -_STEPS
    return max(-_STEPS, min(_STEPS, round(math.log10(factor) * _STEPS / _DECADES)))
