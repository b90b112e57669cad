"""The left: the picture or the drawing pad, the ways to bring another one, samples, last answers. GUI thread."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QToolButton, QWidget

from deepstudio.core.requests import ImageAnswer, ImageSource
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.drop_hint import DropHint
from deepstudio.ui.widgets.elided_label import ElidedLabel
from deepstudio.ui.widgets.parts import button, column, follow_icon, label, row
from deepstudio.ui.widgets.picture_view import PictureView
from deepstudio.ui.widgets.thumbnail_strip import ThumbnailStrip
from deepstudio.ui.workspaces.image.drawing_panel import DrawingPanel
from deepstudio.ui.workspaces.image.intake import image_from_pixels
from deepstudio.ui.workspaces.image.strips import Strips

_MARGIN = 14
_ROOM_FOR_WORDS = 330
_ROOM_FOR_BOTH_STRIPS = 640


class InputMode(StrEnum):
    """What the left shows."""

    PICTURE = "picture"
    DRAW = "draw"


class InputPane(QFrame):
    """Shows what is asked about. Its signals say what the user wants; it does nothing by itself."""

    open_files_asked = Signal()
    open_folder_asked = Signal()
    paste_asked = Signal()
    draw_asked = Signal()
    sample_picked = Signal(int)
    history_picked = Signal(int)
    clear_history_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, surface="card")
        self.drawing = DrawingPanel(theme)
        self.picture = PictureView(theme)
        self._hint = self._make_hint(theme)
        self._name = ElidedLabel(role="strong")
        self._facts = ElidedLabel(role="caption", mode=Qt.TextElideMode.ElideRight)
        self._notes = label("", "caption", wrap=True)
        self._buttons = self._make_buttons(theme)
        self._tools = QWidget()
        self.strips = Strips(theme)
        self.strips.sample_picked.connect(self.sample_picked)
        self.strips.history_picked.connect(self.history_picked)
        self.strips.clear_history_asked.connect(self.clear_history_asked)
        self._stack = QStackedWidget()
        self._lay_out()
        self.show_picture(None)

    def _make_hint(self, theme: Theme) -> DropHint:
        hint = DropHint(theme, "drop")
        hint.set_words(
            self.tr("Drop a picture here"),
            self.tr("Many pictures or a folder become a table. Or begin with a sample."),
        )
        choose = button(self.tr("Open a picture…"), "primary")
        choose.clicked.connect(self.open_files_asked)
        hint.add(choose)
        others = QWidget()
        line = row(others, gap=4)
        for icon, text, signal in (
            ("folder", self.tr("Open a folder…"), self.open_folder_asked),
            ("paste", self.tr("Paste"), self.paste_asked),
            ("pencil", self.tr("Draw a digit"), self.draw_asked),
        ):
            other = button(text, "quiet")
            follow_icon(theme, other, icon)
            other.clicked.connect(signal)
            line.addWidget(other)
        hint.add(others)
        return hint

    def _make_buttons(self, theme: Theme) -> list[QToolButton]:
        wanted = (
            ("open", self.tr("Open"), self.tr("Open pictures (Ctrl+O)"), self.open_files_asked),
            ("folder", self.tr("Folder"), self.tr("Open a folder of pictures"), self.open_folder_asked),
            ("paste", self.tr("Paste"), self.tr("Paste a picture (Ctrl+V)"), self.paste_asked),
            ("pencil", self.tr("Draw"), self.tr("Draw a digit"), self.draw_asked),
        )
        made = []
        for icon, text, tip, signal in wanted:
            tool = QToolButton()
            tool.setText(text)
            tool.setToolTip(tip)
            tool.setAccessibleName(tip)
            tool.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            tool.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            tool.clicked.connect(signal)
            follow_icon(theme, tool, icon)
            made.append(tool)
        return made

    def _lay_out(self) -> None:
        shown = QWidget()
        inner = column(shown, gap=6)
        inner.addWidget(self.picture, 1)
        inner.addWidget(self._name)
        inner.addWidget(self._facts)
        inner.addWidget(self._notes)
        inner.addStretch(0)
        for page in (self._hint, shown, self.drawing):
            self._stack.addWidget(page)
        tools = row(self._tools, gap=4)
        for tool in self._buttons:
            tools.addWidget(tool)
        whole = column(self, margins=(_MARGIN, 14, _MARGIN, 10), gap=8)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self._tools)
        whole.addWidget(self.strips)

    @property
    def samples(self) -> ThumbnailStrip:
        """Return the strip of samples."""
        return self.strips.samples

    @property
    def history(self) -> ThumbnailStrip:
        """Return the strip of last answers."""
        return self.strips.history

    @property
    def mode(self) -> InputMode:
        """Return what is shown."""
        return InputMode.DRAW if self._stack.currentIndex() == 2 else InputMode.PICTURE

    @property
    def empty(self) -> bool:
        """Return whether the hint is shown."""
        return self._stack.currentIndex() == 0

    def set_mode(self, mode: InputMode) -> None:
        """Show the picture (or the hint) or the drawing pad."""
        shows_picture = not self.picture.image.isNull() or bool(self._name.text())
        self._stack.setCurrentIndex(2 if mode is InputMode.DRAW else 1 if shows_picture else 0)
        self.strips.set_drawing(mode is InputMode.DRAW)
        if mode is InputMode.DRAW:
            self.drawing.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_picture(self, source: ImageSource | None, answer: ImageAnswer | None = None) -> None:
        """Show the picture that an answer brought, or the name alone while it is still being read."""
        self._name.setText(source.name if source is not None else "")
        pixels = answer.picture if answer is not None else None
        self.picture.show_picture(QImage() if pixels is None else image_from_pixels(pixels))
        self.picture.setAccessibleName(self._name.text())
        self._facts.setText(self._describe(answer) if answer is not None else "")
        notes = [translate_sentence(note, "notes") for note in answer.notes] if answer is not None else []
        self._notes.setText(" ".join(notes))
        self._notes.setVisible(bool(notes))
        self.set_mode(InputMode.PICTURE)

    def _describe(self, answer: ImageAnswer) -> str:
        if answer.failure is not None:
            return ""
        locale = self.locale()
        size = f"{locale.toString(answer.width)} × {locale.toString(answer.height)}"
        return f"{size} · {answer.format}" if answer.format else size

    def set_alone(self, alone: bool) -> None:
        """Show the samples large, and the ways to begin in the hint, where this pane has the place for itself."""
        self._tools.setVisible(not alone)
        self.strips.set_large(alone)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the buttons words, and both strips a place, where there is room for them."""
        super().resizeEvent(event)
        self.picture.hug(self.width() - 2 * _MARGIN)
        roomy = self.width() >= _ROOM_FOR_WORDS
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if roomy else Qt.ToolButtonStyle.ToolButtonIconOnly
        for tool in self._buttons:
            tool.setToolButtonStyle(style)
        self.strips.set_compact(self.height() < _ROOM_FOR_BOTH_STRIPS)
