"""Whatever is dropped or pasted goes to the workspace that takes it best; an overlay says so first. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from deepstudio.core.messages import Failure
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import column, frame, label
from deepstudio.ui.workspace import Workspace

_NOTHING_HERE = QT_TRANSLATE_NOOP("errors", "DeepStudio cannot open {name}.")
_WHAT_WORKS = QT_TRANSLATE_NOOP("errors", "It opens {kinds}.")
_EMPTY = QT_TRANSLATE_NOOP("errors", "There is nothing in the clipboard that DeepStudio can open.")
_CARD_WIDTH = 320
_COPY_FIRST = QT_TRANSLATE_NOOP("errors", "Copy a picture or a file first.")


@dataclass(frozen=True, slots=True)
class Route:
    """Where something goes and what will happen with it."""

    workspace: Workspace
    paths: tuple[Path, ...]
    text: str


def local_paths(mime: QMimeData) -> tuple[Path, ...]:
    """Return the files and folders that `mime` names."""
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


class Router:
    """Finds the workspace for paths or clipboard contents, or the sentence that says why there is none."""

    def __init__(self, workspaces: Callable[[], Sequence[Workspace]]) -> None:
        self._workspaces = workspaces

    def route(self, mime: QMimeData, paths: Sequence[Path] | None = None) -> Route | None:
        """Return the best place, None if nobody takes it."""
        found = tuple(local_paths(mime) if paths is None else paths)
        ranked = [(workspace.accepts(found, mime), workspace) for workspace in self._workspaces()]
        chance, best = max(ranked, key=lambda pair: pair[0], default=(0, None))
        if best is None or chance <= 0:
            return None
        return Route(best, found, best.drop_text(found, mime))

    def refusal(self, mime: QMimeData, paths: Sequence[Path] | None = None) -> Failure:
        """Return the sentence for what nobody takes."""
        found = tuple(local_paths(mime) if paths is None else paths)
        if not found:
            return Failure(sentence=_EMPTY, fix=_COPY_FIRST)
        kinds = [
            translate_sentence(space.open_filter_text, "workspaces")
            for space in self._workspaces()
            if space.open_filter
        ]
        name = found[0].name if len(found) == 1 else ", ".join(path.name for path in found[:3])
        fix = _WHAT_WORKS if kinds else ""
        return Failure(sentence=_NOTHING_HERE, fix=fix, values={"name": name, "kinds": ", ".join(kinds)})


class DropOverlay(QWidget):
    """Covers the window while something is dragged over it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("drop_overlay")
        outer = column(self, margins=(24, 24, 24, 24))
        self._frame = QFrame()
        self._frame.setObjectName("drop_frame")
        outer.addWidget(self._frame)
        middle = column(self._frame)
        card = frame("toast")
        card.setMinimumWidth(_CARD_WIDTH)
        middle.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        inner = column(card, margins=(40, 32, 40, 32), gap=10)
        self._icon = QLabel()
        self.title = label("", "title")
        self.detail = label("", "muted")
        for widget in (self._icon, self.title, self.detail):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inner.addWidget(widget)
        self.hide()

    def show_route(self, route: Route, title: str) -> None:
        """Say which workspace takes it and what will happen."""
        self._show(route.workspace.icon_name, "accent", title, route.text)

    def show_refusal(self, sentence: str, fix: str) -> None:
        """Say that nobody takes it."""
        self._show("error", "danger", sentence, fix)

    def _show(self, icon: str, role: str, title: str, detail: str) -> None:
        colour = self._theme.roles.accent if role == "accent" else self._theme.roles.danger
        self.setStyleSheet(
            f"QWidget#drop_overlay {{ background: {self._theme.roles.overlay}; }}"
            f"QFrame#drop_frame {{ background: transparent; border: 2px dashed {colour}; border-radius: 20px; }}"
        )
        self._icon.setPixmap(self._theme.pixmap(icon, 48, role, widget=self))
        self.title.setText(title)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()


class DropArea(QObject):
    """Makes a whole window take drops: it hands its drag events over; `dropped(mime)` is called when something falls.

    No event filter: one on the window would run at every repaint of anything in it.
    """

    def __init__(self, window: QWidget, theme: Theme, router: Router, dropped: Callable[[QMimeData], object]) -> None:
        super().__init__(window)
        self._router = router
        self._dropped = dropped
        self.overlay = DropOverlay(theme, window)
        window.setAcceptDrops(True)

    def enter(self, event: QDragEnterEvent) -> None:
        """Say what will become of what is dragged over the window."""
        route = self._router.route(event.mimeData())
        if route is not None:
            self.overlay.show_route(route, translate_sentence(route.workspace.title, "workspaces"))
        else:
            failure = self._router.refusal(event.mimeData())
            sentence = translate_sentence(failure.sentence, "errors").format(**failure.values)
            fix = translate_sentence(failure.fix, "errors").format(**failure.values)
            self.overlay.show_refusal(sentence, fix)
        event.acceptProposedAction()

    def leave(self) -> None:
        """Forget what was dragged away again."""
        self.overlay.hide()

    def take(self, event: QDropEvent) -> None:
        """Open what falls."""
        self.overlay.hide()
        event.acceptProposedAction()
        self._dropped(event.mimeData())

    def fit(self) -> None:
        """Cover the window at its new size."""
        if self.overlay.isVisible():
            self.overlay.setGeometry(self.overlay.parentWidget().rect())
