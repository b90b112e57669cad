"""Every setting of a recipe as a form: the main ones above, the others in folded groups, all found by a search.

Rows are made when they are first seen, so that a long list costs nothing. GUI thread.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from deepstudio.ui.forms.fields import Editor, make_editor
from deepstudio.ui.forms.switch import Switch
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import column, icon_button, label, row
from deepstudio.ui.workspaces.train.draft import RecipeDraft
from deepstudio.ui.workspaces.train.setting_fields import SettingField, main_fields, setting_fields
from deepstudio.ui.workspaces.train.words import choice_words, group_title, setting_title

_EDITOR_WIDTH = 128


class SettingRow(QFrame):
    """One setting: title, a way back to its default, an editor, and what it means."""

    def __init__(self, theme: Theme, draft: RecipeDraft, field: SettingField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.field = field
        self._silent = False
        title = setting_title(field.name)
        help_text = translate_sentence(field.info.help, "settings")
        self.words = f"{title} {help_text} {field.name} {group_title(field.group)}".casefold()
        self.editor = self._make_editor(title, help_text)
        self.reset = icon_button(theme, "undo", self.tr("Reset “{title}”").format(title=title), size=14)
        self.reset.clicked.connect(self._on_reset)
        policy = self.reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(policy)
        heading = label(title, "strong", wrap=True)
        heading.setBuddy(self.editor.widget)
        caption = label(help_text, "caption", wrap=True)
        caption.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        texts = column(gap=2)
        texts.addWidget(heading)
        texts.addWidget(caption)
        whole = row(self, gap=6)
        whole.addLayout(texts, 1)
        whole.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignVCenter)
        whole.addWidget(self.editor.widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_value()

    def show_value(self) -> None:
        """Show what the draft holds."""
        self._silent = True
        try:
            self.editor.set(self._draft.value(self.field.path))
        finally:
            self._silent = False
        self.reset.setVisible(self._draft.is_changed(self.field.path))

    def _make_editor(self, title: str, help_text: str) -> Editor:
        info = self.field.info
        choices = [(value, choice_words(value)) for value in info.choices] if info.choices else None
        editor = make_editor(self.field.hint, info, choices=choices)
        widget = editor.widget
        widget.setAccessibleName(title)
        widget.setAccessibleDescription(help_text)
        widget.setToolTip(help_text)
        if not isinstance(widget, Switch):
            widget.setFixedWidth(_EDITOR_WIDTH)
        # The wheel scrolls the page; it must not change what lies under the pointer.
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.installEventFilter(self)
        editor.on_change(self._on_change)
        return editor

    def eventFilter(self, watched: Any, event: Any) -> bool:
        """Leave the wheel to the page unless the editor has the focus."""
        if event.type() == event.Type.Wheel and not watched.hasFocus():
            event.ignore()
            return True
        return False

    def _on_change(self) -> None:
        if not self._silent:
            self._draft.set(self.field.path, self.editor.get())

    @Slot()
    def _on_reset(self) -> None:
        self._draft.reset(self.field.path)


class FoldedGroup(QFrame):
    """A title that opens and closes what lies below it; the rows are made when it first opens."""

    opened = Signal()

    def __init__(
        self, theme: Theme, draft: RecipeDraft, group: str, fields: list[SettingField], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._draft, self._fields = theme, draft, fields
        self.rows: list[SettingRow] = []
        self._title = group_title(group, sound=hasattr(draft.recipe, "speech"))
        self.head = QToolButton()
        self.head.setCheckable(True)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.head.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.head.setAccessibleName(self._title)
        self.head.toggled.connect(self._on_toggled)
        self._body = QWidget()
        self._body_column = column(self._body, margins=(8, 4, 0, 10), gap=12)
        self._body.hide()
        whole = column(self, gap=0)
        whole.addWidget(self.head)
        whole.addWidget(self._body)
        theme.changed.connect(self._recolour)
        self.show_changes()
        self._recolour()

    def build(self) -> None:
        """Make the rows, if that has not been done."""
        if self.rows:
            return
        for field in self._fields:
            made = SettingRow(self._theme, self._draft, field)
            self.rows.append(made)
            self._body_column.addWidget(made)

    def show_changes(self) -> None:
        """Show the values, and how many differ from the preset."""
        for made in self.rows:
            made.show_value()
        changed = sum(self._draft.is_changed(field.path) for field in self._fields)
        self.head.setText(f"{self._title}  ·  {changed}" if changed else self._title)
        tip = self.tr("{count} changed").format(count=changed) if changed else ""
        self.head.setToolTip(tip)

    def filter(self, words: list[str]) -> int:
        """Show the rows that hold all `words`, opened, and return how many; none shows all, as folded as it was."""
        if words:
            self.build()
        shown = 0
        for made in self.rows:
            fits = all(word in made.words for word in words)
            made.setVisible(fits)
            shown += fits
        self.setVisible(not words or shown > 0)
        self.head.setVisible(not words)
        self._body.setVisible(bool(words) or self.head.isChecked())
        return shown

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        if on:
            self.build()
        self._body.setVisible(on)
        self._recolour()
        if on:
            self.opened.emit()

    @Slot()
    def _recolour(self) -> None:
        self.head.setIcon(self._theme.icon("chevron-down" if self.head.isChecked() else "chevron-right"))


class SettingsForm(QWidget):
    """Shows and changes a `RecipeDraft`."""

    def __init__(self, theme: Theme, draft: RecipeDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._draft = theme, draft
        self.rows: list[SettingRow] = []
        self.groups: list[FoldedGroup] = []
        self._open: set[str] = set()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search the settings"))
        self.search.setAccessibleName(self.tr("Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self._nothing = label(self.tr("No setting is called like this."), "muted", wrap=True)
        self._nothing.hide()
        self._content = QWidget()
        self._content.setObjectName("content")
        self._column: QVBoxLayout = column(self._content, margins=(0, 2, 10, 8), gap=12)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._content)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = row(margins=(0, 0, 10, 0))
        top.addWidget(self.search)
        whole = column(self, gap=8)
        whole.addLayout(top)
        whole.addWidget(self.area, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.show_values)
        draft.changed.connect(self._later.start)
        draft.replaced.connect(self.rebuild)
        self.rebuild()

    def editor(self, path: str) -> QWidget:
        """Return the widget that edits the setting at `path`, its group opened; KeyError if there is none."""
        for made in self.rows:
            if made.field.path == path:
                return made.editor.widget
        for group in self.groups:
            group.build()
            for made in group.rows:
                if made.field.path == path:
                    group.head.setChecked(True)
                    return made.editor.widget
        raise KeyError(path)

    @Slot()
    def rebuild(self) -> None:
        """Make the form of the present recipe and network."""
        self._open = {group.head.accessibleName() for group in self.groups if group.head.isChecked()}
        self._clear()
        if self._draft.empty:
            return
        fields = setting_fields(self._draft.recipe, self._draft.network_class)
        for field in main_fields(fields):
            made = SettingRow(self._theme, self._draft, field)
            self.rows.append(made)
            self._column.addWidget(made)
        self._column.addWidget(self._nothing)
        names = dict.fromkeys(field.group for field in fields if not field.main)
        for name in names:
            group = FoldedGroup(
                self._theme, self._draft, name, [field for field in fields if field.group == name and not field.main]
            )
            group.head.setChecked(group.head.accessibleName() in self._open)
            self.groups.append(group)
            self._column.addWidget(group)
        self._column.addStretch(1)
        self._filter()

    @Slot()
    def show_values(self) -> None:
        """Show what the draft holds now."""
        for made in self.rows:
            made.show_value()
        for group in self.groups:
            group.show_changes()

    def _clear(self) -> None:
        self.rows, self.groups = [], []
        while self._column.count():
            widget = self._column.takeAt(0).widget()
            if widget is not None and widget is not self._nothing:
                widget.hide()
                widget.deleteLater()

    @Slot()
    def _filter(self) -> None:
        words = self.search.text().casefold().split()
        shown = 0
        for made in self.rows:
            fits = all(word in made.words for word in words)
            made.setVisible(fits)
            shown += fits
        shown += sum(group.filter(words) for group in self.groups)
        self._nothing.setVisible(bool(words) and not shown)
        mark(self.search, found="true" if shown or not words else "false")
