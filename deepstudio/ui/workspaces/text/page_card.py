"""The right card: one page of several at a time. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QStackedWidget, QToolButton, QWidget

from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import column
from deepstudio.ui.widgets.segmented import Segmented


class PageCard(QFrame):
    """`chosen` carries the key of a page that a person chose."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, surface="card")
        self._pages: dict[str, QWidget] = {}
        self._switch = Segmented(theme)
        self._switch.chosen.connect(self._on_chosen)
        self._stack = QStackedWidget()
        inside = column(self, margins=(20, 14, 20, 14), gap=12)
        inside.addWidget(self._switch)
        inside.addWidget(self._stack, 1)

    def add(self, key: str, page: QWidget, text: str, tip: str) -> None:
        """Append a page."""
        self._pages[key] = page
        self._switch.add(key)
        self._switch.set_text(key, text, tip)
        self._stack.addWidget(page)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of all pages."""
        return tuple(self._pages)

    @property
    def current(self) -> str:
        """Return the key of the page on screen."""
        return self._switch.current

    def show_page(self, key: str) -> None:
        """Show a page, without a signal."""
        self._switch.choose(key)
        self._stack.setCurrentWidget(self._pages[key])

    def button(self, key: str) -> QToolButton:
        """Return the button of a page."""
        return self._switch.button(key)

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        self.show_page(key)
        self.chosen.emit(key)
