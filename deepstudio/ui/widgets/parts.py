"""Small pieces that look the same everywhere: labels, buttons, lines and layouts on the 4 px grid."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSignalBlocker, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from deepstudio.ui.theme import Theme, mark


def label(text: str, role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """Return a plain-text label in the look of `role` (see `theme_style`)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        mark(made, role=role)
    return made


class ElidedLabel(QLabel):
    """One line that loses its middle where the room is short; the tooltip and screen readers have it whole."""

    def __init__(self, text: str, role: str = "") -> None:
        super().__init__()
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip(text)
        self.setAccessibleName(text)
        if role:
            mark(self, role=role)
        self.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elide for the new width."""
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, self.width()))
        super().resizeEvent(event)


def button(text: str, kind: str = "", *, name: str = "") -> QPushButton:
    """Return a push button; `name` is its accessible name where the text alone says too little."""
    made = QPushButton(text)
    made.setAccessibleName(name or text.replace("&", ""))
    if kind:
        mark(made, kind=kind)
    return made


def icon_button(theme: Theme, icon: str, name: str, *, size: int = 18) -> QToolButton:
    """Return a button with an icon alone; `name` is its tooltip and accessible name. Follows the theme."""
    made = QToolButton()
    made.setIconSize(QSize(size, size))
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    follow_icon(theme, made, icon)
    return made


def follow_icon(theme: Theme, widget: QToolButton | QPushButton, icon: str, role: str = "text_muted") -> None:
    """Give a button an icon that is recoloured with the theme for as long as the button lives."""
    follower = _IconFollower(theme, widget, icon, role)
    follower.refresh()
    theme.changed.connect(follower.refresh)


def line() -> QFrame:
    """Return a thin horizontal line."""
    made = QFrame()
    mark(made, line="true")
    return made


def frame(surface: str) -> QFrame:
    """Return a frame in the look of `surface`."""
    made = QFrame()
    mark(made, surface=surface)
    return made


def column(
    parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 8
) -> QVBoxLayout:
    """Return a vertical layout with margins (left, top, right, bottom) and a gap in pixels."""
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    return layout


def row(
    parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 8
) -> QHBoxLayout:
    """Return a horizontal layout with margins (left, top, right, bottom) and a gap in pixels."""
    layout = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    return layout


class _IconFollower(QObject):
    """Belongs to its button, so the connection to the theme ends with it."""

    def __init__(self, theme: Theme, widget: QToolButton | QPushButton, icon: str, role: str) -> None:
        super().__init__(widget)
        self._theme = theme
        self._widget = widget
        self._icon = icon
        self._role = role

    @Slot()
    def refresh(self) -> None:
        self._widget.setIcon(self._theme.icon(self._icon, self._role))


def fill_combo(combo: QComboBox, entries: Sequence[tuple[str, str]]) -> None:
    """Offer these entries (words and key) without a signal; what is chosen stays if it can."""
    known = [(combo.itemText(place), combo.itemData(place)) for place in range(combo.count())]
    if known == list(entries):
        return
    chosen = combo.currentData()
    with QSignalBlocker(combo):
        combo.clear()
        for words, key in entries:
            combo.addItem(words, key)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
