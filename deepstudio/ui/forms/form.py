"""A form made from a configuration class: titles, editors within bounds, help. GUI thread only."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from deepstudio.core.config import OptionInfo, option_info
from deepstudio.ui.forms.fields import Choices, Editor, make_editor
from deepstudio.ui.forms.switch import Switch
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.widgets.parts import column, label, line, row

_EDITOR_WIDTH = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWords:
    """What a form needs beside the class: titles of fields, words for choices, units, all marked or translated.

    `choices` maps a field to pairs (value, words); a field that is not in it shows its values as they are.
    """

    context: str = "settings"
    titles: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Choices] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


class ConfigForm(QWidget):
    """Edits one configuration. `changed(name, value)` comes for what the user changes, not for `show_config`."""

    changed = Signal(str, object)

    def __init__(self, config: Any, words: FormWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._editors: dict[str, Editor] = {}
        self._silent = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(16)
        hints = typing.get_type_hints(type(config))
        for item in dataclasses.fields(config):
            info = option_info(item)
            if info is not None:
                self._add_row(item.name, hints[item.name], info)
        self._layout.addStretch(1)
        self.show_config(config)

    def editor(self, name: str) -> QWidget:
        """Return the widget that edits a field."""
        return self._editors[name].widget

    def values(self) -> dict[str, Any]:
        """Return what the editors hold."""
        return {name: editor.get() for name, editor in self._editors.items()}

    def show_config(self, config: Any) -> None:
        """Show the values of `config`."""
        self._silent = True
        try:
            for name, editor in self._editors.items():
                value = getattr(config, name)
                if value is not None:
                    editor.set(value)
        finally:
            self._silent = False

    def _add_row(self, name: str, hint: Any, info: OptionInfo) -> None:
        words = self._words
        title = translate_sentence(words.titles.get(name, name.replace("_", " ").capitalize()), words.context)
        choices = words.choices.get(name)
        shown = (
            None if choices is None else [(value, translate_sentence(text, words.context)) for value, text in choices]
        )
        editor = make_editor(hint, info, choices=shown)
        help_text = translate_sentence(info.help, words.context)
        editor.widget.setAccessibleName(title)
        editor.widget.setAccessibleDescription(help_text)
        if name in words.units and hasattr(editor.widget, "setSuffix"):
            editor.widget.setSuffix(words.units[name])
        if not isinstance(editor.widget, Switch):
            editor.widget.setFixedWidth(_EDITOR_WIDTH)
        editor.on_change(lambda: self._on_change(name))
        self._editors[name] = editor
        if self._layout.count():
            self._layout.addWidget(line())
        texts = column(gap=2)
        heading = label(title, "strong")
        heading.setBuddy(editor.widget)
        explanation = label(help_text, "caption", wrap=True)
        explanation.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        texts.addWidget(heading)
        texts.addWidget(explanation)
        whole = row(gap=24)
        whole.addLayout(texts, 1)
        whole.addWidget(editor.widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._layout.addLayout(whole)

    def _on_change(self, name: str) -> None:
        if not self._silent:
            self.changed.emit(name, self._editors[name].get())
