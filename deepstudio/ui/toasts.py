"""Messages in the corner of the window: a sentence, a way out, details on demand, undo. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from deepstudio.core.messages import Failure
from deepstudio.ui.text import translate_failure
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import button, column, icon_button, label, row

INFO_MS = 5000
UNDO_MS = 12000
MAX_SHOWN = 3
_WIDTH = 380
_MARGIN = 16
_ORIGIN = "origin"
_SPOKEN = "spoken"


class Toast(QFrame):
    """One message. Failures stay until they are closed; others go after a while, but not under the mouse."""

    def __init__(self, theme: Theme, icon: str, role: str, *, stay_ms: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._role = theme, icon, role
        mark(self, surface="toast")
        self.setMaximumWidth(_WIDTH)
        self.setMinimumWidth(_WIDTH)
        layout = row(self, margins=(16, 12, 8, 12), gap=12)
        self._picture = QLabel()
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self._texts = column(gap=4)
        layout.addLayout(self._texts, 1)
        self.close_button = icon_button(theme, "close", self.tr("Close the message"), size=14)
        self.close_button.clicked.connect(self.dismiss)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._buttons = row(gap=8)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(stay_ms)
        self._timer.timeout.connect(self.dismiss)
        if stay_ms:
            self._timer.start()
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def add_text(self, text: str, role: str = "") -> None:
        """Add a paragraph."""
        self._texts.addWidget(label(text, role, wrap=True, selectable=True))

    def add_button(self, text: str, clicked: Callable[[], object]) -> None:
        """Add a button below the text."""
        if self._buttons.count() == 0:
            self._buttons.addStretch(1)
            self._texts.addSpacing(4)
            self._texts.addLayout(self._buttons)
        made = button(text, "link")
        made.clicked.connect(clicked)
        self._buttons.insertWidget(self._buttons.count() - 1, made)

    @Slot()
    def dismiss(self) -> None:
        """Go away."""
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the mouse rests on it."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go on counting."""
        if self._timer.interval():
            self._timer.start()
        super().leaveEvent(event)

    @Slot()
    def _on_theme(self) -> None:
        self._picture.setPixmap(self._theme.pixmap(self._icon, 20, self._role, widget=self))


class Toasts(QObject):
    """The stack of messages at the lower right of `window`."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._region: QWidget | None = None
        self._theme = theme
        self._window = window
        self._stack = QWidget(window)
        self._stack.setObjectName("toasts")
        self._layout = QVBoxLayout(self._stack)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._stack.hide()
        self._stack.installEventFilter(self)

    def failure(self, failure: Failure, origin: str = "") -> Toast:
        """Show a failure until it is closed or `settle(origin)` is called; said again, it takes its old place."""
        sentence, fix = translate_failure(failure)
        for old in self.shown():
            if old.property(_SPOKEN) == f"{sentence} {fix}":
                old.dismiss()
        toast = Toast(self._theme, "error", "danger")
        toast.setProperty(_ORIGIN, origin)
        toast.setProperty(_SPOKEN, f"{sentence} {fix}")
        toast.add_text(sentence)
        if fix:
            toast.add_text(fix, "muted")
        if failure.details:
            toast.add_button(self.tr("Details"), lambda: self._show_details(failure))
        self._add(toast, f"{sentence} {fix}")
        return toast

    def message(self, text: str) -> Toast:
        """Show a sentence for some seconds."""
        toast = Toast(self._theme, "info", "accent_text", stay_ms=INFO_MS)
        toast.add_text(text)
        self._add(toast, text)
        return toast

    def undo(self, text: str, undo: Callable[[], object]) -> Toast:
        """Say what was done and offer to undo it."""
        return self._offer(Toast(self._theme, "check-circle", "success", stay_ms=UNDO_MS), text, self.tr("Undo"), undo)

    def offer(self, text: str, words: str, action: Callable[[], object]) -> Toast:
        """Say something and offer `action` by a button with `words`; stays until it is closed."""
        return self._offer(Toast(self._theme, "info", "accent_text"), text, words, action)

    def settle(self, origin: str) -> None:
        """Close the failures of `origin`: something of the same kind has gone well since, or was begun anew."""
        for toast in self.shown():
            if toast.property(_ORIGIN) == origin:
                toast.dismiss()

    @Slot()
    def dismiss_newest(self) -> None:
        """Close the newest message."""
        if shown := self.shown():
            shown[-1].dismiss()

    def shown(self) -> list[Toast]:
        """Return the messages on screen, oldest first."""
        # Not by the layout's items: Shiboken would go on holding an item that Qt has deleted with its message, and the
        # next object at that address ended the program when it was destroyed.
        children = self._stack.findChildren(Toast, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [toast for toast in children if not toast.isHidden()]

    def clear(self) -> None:
        """Close all."""
        for toast in self.shown():
            toast.dismiss()

    def stay_within(self, region: QWidget) -> None:
        """Use the corner of `region`, a part of the window, from now on; call `place` when its size changes."""
        self._region = region

    @Slot()
    def place(self) -> None:
        """Put the stack into its corner."""
        shown = self.shown()
        self._stack.setVisible(bool(shown))
        if not shown:
            return
        height = sum(toast.heightForWidth(_WIDTH) for toast in shown) + 8 * (len(shown) - 1)
        region = self._region or self._window
        corner = region.mapTo(self._window, QPoint(region.width() - _WIDTH - _MARGIN, region.height() - _MARGIN))
        self._stack.setGeometry(corner.x(), max(_MARGIN, corner.y() - height), _WIDTH, height)
        self._layout.invalidate()
        self._layout.activate()
        self._stack.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the stack, whose events alone pass here, in its corner when a message comes, goes or grows."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.place()
        return False

    def _offer(self, toast: Toast, text: str, words: str, action: Callable[[], object]) -> Toast:
        toast.add_text(text)

        def do() -> None:
            toast.dismiss()
            action()

        toast.add_button(words, do)
        self._add(toast, text)
        return toast

    def _show_details(self, failure: Failure) -> None:
        from deepstudio.ui.dialogs.details import DetailsDialog

        DetailsDialog.show_for(failure, self._window)

    def _add(self, toast: Toast, spoken: str) -> None:
        for old in self.shown()[: -(MAX_SHOWN - 1)]:
            old.dismiss()
        self._layout.addWidget(toast)
        toast.show()
        self._stack.show()
        self.place()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, spoken))
