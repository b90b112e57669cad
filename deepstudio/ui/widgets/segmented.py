"""A row of choices of which exactly one holds. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from deepstudio.ui.theme import Theme


class Segmented(QFrame):
    """Buttons side by side; the arrow keys walk, and choosing emits `chosen` with the key."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: dict[str, QToolButton] = {}
        self._icons: dict[str, str] = {}
        self._compact = False
        self.setProperty("surface", "sunken")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(3, 3, 3, 3)
        self._row.setSpacing(2)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._on_clicked)
        theme.changed.connect(self._recolour)

    def add(self, key: str, *, icon: str = "") -> None:
        """Append a choice; `set_text` names it."""
        button = QToolButton()
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._buttons[key] = button
        self._group.addButton(button)
        self._row.addWidget(button)
        if icon:
            self._icons[key] = icon
        if len(self._buttons) == 1:
            button.setChecked(True)
        self._recolour()
        self._restyle(key)

    def set_text(self, key: str, text: str, tip: str = "") -> None:
        """Name a choice; the text is also what a screen reader says."""
        button = self._buttons[key]
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolTip(tip or text)

    def set_compact(self, compact: bool) -> None:
        """Show icons alone where there is no room for words."""
        self._compact = compact
        for key in self._buttons:
            self._restyle(key)

    @property
    def current(self) -> str:
        """Return the key of the choice that holds."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Make a choice hold, without a signal."""
        self._buttons[key].setChecked(True)

    def button(self, key: str) -> QToolButton:
        """Return the button of a choice."""
        return self._buttons[key]

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        self.chosen.emit(next(key for key, known in self._buttons.items() if known is button))

    def _restyle(self, key: str) -> None:
        style = Qt.ToolButtonStyle.ToolButtonTextOnly
        if key in self._icons:
            beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
            style = alone if self._compact else beside
        self._buttons[key].setToolButtonStyle(style)

    @Slot()
    def _recolour(self) -> None:
        for key, icon in self._icons.items():
            self._buttons[key].setIcon(self._theme.icon(icon))
