"""The rail on the left: one button a workspace, and room for the status strip below. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import follow_icon

RAIL_WIDTH = 88


class Rail(QFrame):
    """Shows which workspace is open; `chosen` says which one the user wants."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: dict[str, QToolButton] = {}
        self._below: list[QWidget] = []
        self._tall = 0
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        mark(self, surface="rail")
        self.setFixedWidth(round(RAIL_WIDTH * max(1.0, theme.scale)))
        self.setAccessibleName(self.tr("Workspaces"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(8, 12, 8, 8)
        self._layout.setSpacing(4)
        self._layout.addStretch(1)
        theme.changed.connect(self._on_theme)

    def add_place(self, name: str, *, title: str, icon: str) -> QToolButton:
        """Add a button for a workspace and return it."""
        button = QToolButton()
        button.setText(title)
        button.setAccessibleName(title)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(24, 24))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        mark(button, kind="rail")
        follow_icon(self._theme, button, icon)
        button.clicked.connect(lambda: self.chosen.emit(name))
        self._group.addButton(button)
        self._layout.insertWidget(len(self._buttons), button)
        self._buttons[name] = button
        return button

    def add_below(self, widget: QWidget) -> None:
        """Put `widget` at the foot of the rail."""
        self._layout.addWidget(widget)
        self._below.append(widget)

    def set_tooltip(self, name: str, text: str) -> None:
        """Show `text` while the mouse rests on a workspace's button."""
        self._buttons[name].setToolTip(text)

    def set_current(self, name: str) -> None:
        """Mark the workspace that is open."""
        self._buttons[name].setChecked(True)

    def button(self, name: str) -> QToolButton:
        """Return the button of a workspace."""
        return self._buttons[name]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show icons alone where the window is too low for words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        words, alone = Qt.ToolButtonStyle.ToolButtonTextUnderIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        buttons = list(self._buttons.values())
        if buttons and buttons[0].toolButtonStyle() == words:
            self._tall = max(button.sizeHint().height() for button in buttons)
        margins, gap = self._layout.contentsMargins(), self._layout.spacing()
        below = sum(widget.sizeHint().height() + gap for widget in self._below)
        needed = margins.top() + margins.bottom() + below + len(buttons) * (self._tall + gap) + gap
        for button in buttons:
            button.setToolButtonStyle(words if self.height() >= needed else alone)

    def _on_theme(self) -> None:
        self.setFixedWidth(round(RAIL_WIDTH * max(1.0, self._theme.scale)))
        for button in self._buttons.values():
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self._fit()
