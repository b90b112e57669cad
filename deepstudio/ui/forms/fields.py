"""One editor per kind of option. Adding a kind is one line in `_EDITORS`. GUI thread only."""

from __future__ import annotations

import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from deepstudio.core.config import OptionInfo
from deepstudio.ui.forms.switch import Switch

_UNBOUNDED = 10**9
_TEXT_INDENT = 8
"""The style sheet reaches the frame of a spin box, not the field inside it."""

Choices = Sequence[tuple[Any, str]]
"""Pairs of value and the words for it."""


@dataclass(frozen=True, slots=True)
class Editor:
    """A widget with a way to read it, to set it, and to hear of changes."""

    widget: QWidget
    get: Callable[[], Any]
    set: Callable[[Any], None]
    on_change: Callable[[Callable[[], None]], object]


def make_editor(hint: Any, info: OptionInfo, *, choices: Choices | None = None) -> Editor:
    """Return the editor for a field of type `hint`; ValueError for a type that no editor knows."""
    if choices is not None or info.choices:
        return _combo(choices if choices is not None else [(value, str(value)) for value in info.choices])
    kind = _plain_type(hint)
    if typing.get_origin(kind) is tuple:
        return _list(typing.get_args(kind)[0])
    if kind is int and kind is not hint:
        return _integer_or_none(info)
    if kind not in _EDITORS:
        raise ValueError(f"no editor for {hint!r}")
    return _EDITORS[kind](info)


def _plain_type(hint: Any) -> Any:
    arms = [arm for arm in typing.get_args(hint) if arm is not type(None)]
    return arms[0] if arms and type(None) in typing.get_args(hint) else hint


def _combo(choices: Choices) -> Editor:
    box = QComboBox()
    for value, text in choices:
        box.addItem(text, value)

    def choose(value: Any) -> None:
        box.setCurrentIndex(max(0, box.findData(value)))

    return Editor(box, box.currentData, choose, lambda changed: box.currentIndexChanged.connect(lambda _i: changed()))


def _switch(info: OptionInfo) -> Editor:
    switch = Switch()
    return Editor(
        switch, switch.isChecked, switch.setChecked, lambda changed: switch.toggled.connect(lambda _on: changed())
    )


def _integer(info: OptionInfo) -> Editor:
    box = QSpinBox()
    box.setRange(
        int(-_UNBOUNDED if info.low is None else info.low), int(_UNBOUNDED if info.high is None else info.high)
    )
    box.setKeyboardTracking(False)
    box.lineEdit().setTextMargins(_TEXT_INDENT, 0, 0, 0)
    return Editor(box, box.value, box.setValue, lambda changed: box.valueChanged.connect(lambda _value: changed()))


class NumberBox(QDoubleSpinBox):
    """A number without the zeros at its end."""

    def textFromValue(self, value: float) -> str:
        """Return the shortest text of the value."""
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text


def _number(info: OptionInfo) -> Editor:
    box = NumberBox()
    box.setDecimals(7)
    box.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
    box.setRange(-_UNBOUNDED if info.low is None else info.low, _UNBOUNDED if info.high is None else info.high)
    box.setKeyboardTracking(False)
    box.lineEdit().setTextMargins(_TEXT_INDENT, 0, 0, 0)
    return Editor(box, box.value, box.setValue, lambda changed: box.valueChanged.connect(lambda _value: changed()))


def _integer_or_none(info: OptionInfo) -> Editor:
    """Return a number whose lowest place, shown as a dash, means none."""
    editor = _integer(info)
    box = editor.widget
    assert isinstance(box, QSpinBox)
    none = box.minimum() - 1
    box.setMinimum(none)
    box.setSpecialValueText("–")
    return Editor(
        box,
        lambda: None if box.value() == none else box.value(),
        lambda value: box.setValue(none if value is None else value),
        editor.on_change,
    )


def _list(item: type) -> Editor:
    """Return a line of values with commas between them; what is no value of type `item` is left as it was."""
    edit = QLineEdit()
    held: list[tuple[Any, ...]] = [()]

    def show(values: Any) -> None:
        held[0] = tuple(values)
        edit.setText(", ".join(format(value, "g") if item is float else str(value) for value in held[0]))

    def read() -> tuple[Any, ...]:
        try:
            held[0] = tuple(item(part.strip()) for part in edit.text().split(",") if part.strip())
        except ValueError:
            show(held[0])
        return held[0]

    return Editor(edit, read, show, lambda changed: edit.editingFinished.connect(changed))


def _line(info: OptionInfo) -> Editor:
    edit = QLineEdit()
    return Editor(edit, edit.text, edit.setText, lambda changed: edit.editingFinished.connect(changed))


_EDITORS: dict[Any, Callable[[OptionInfo], Editor]] = {
    bool: _switch,
    int: _integer,
    float: _number,
    str: _line,
}
