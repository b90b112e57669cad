"""The right: where the network looked for the label that the user asks about, and what it really saw. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QScrollArea, QSlider, QWidget

from deepstudio.core.messages import Failure
from deepstudio.core.requests import Explanation, ImageAnswer
from deepstudio.ui.text import display_label, translate_failure
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.banner import Banner
from deepstudio.ui.widgets.elided_label import ElidedLabel
from deepstudio.ui.widgets.heat import heat_image
from deepstudio.ui.widgets.heat_legend import HeatLegend
from deepstudio.ui.widgets.parts import column, label, line, row
from deepstudio.ui.widgets.picture_view import PictureView
from deepstudio.ui.widgets.segmented import Segmented
from deepstudio.ui.workspaces.image.empty_state import EmptyState
from deepstudio.ui.workspaces.image.intake import image_from_pixels
from deepstudio.ui.workspaces.image.why_presenter import METHODS

_PATIENCE_MS = 150
_SEEN_SIDE = 84
_OPACITY = 70
_MARGIN = 16


class WhyPane(QFrame):
    """Shows one explanation. `method_chosen` carries one of `METHODS`."""

    method_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, surface="card")
        self._answer: ImageAnswer | None = None
        self._picture_of: ImageAnswer | None = None
        self._question = label("", "heading", wrap=True)
        self.methods = Segmented(theme)
        for method in METHODS:
            self.methods.add(method)
        self.methods.set_text(METHODS[0], self.tr("Grad-CAM"), self.tr("The regions that spoke for this label"))
        self.methods.set_text(
            METHODS[1],
            self.tr("Gradients"),
            self.tr("Integrated gradients: the single pixels that spoke for this label"),
        )
        self.methods.chosen.connect(self.method_chosen)
        self.picture = PictureView(theme)
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, 100)
        self.opacity.setAccessibleName(self.tr("Strength of the heat map"))
        self.opacity.setToolTip(self.tr("Strength of the heat map"))
        self.opacity.valueChanged.connect(self._on_opacity)
        self._strength = label("", "caption")
        self._legend = HeatLegend(theme)
        self._legend.set_words(self.tr("little"), self.tr("much"))
        self.seen = PictureView(theme, smallest=_SEEN_SIDE)
        self.seen.setFixedSize(_SEEN_SIDE, _SEEN_SIDE)
        self._seen_words = label("", "caption", wrap=True)
        self._seen_title = label(self.tr("What the network saw"), "strong", wrap=True)
        self._meter = QProgressBar()
        self._meter.setRange(0, 0)
        self._meter.setTextVisible(False)
        self._meter.setAccessibleName(self.tr("Progress"))
        self._took = ElidedLabel(role="caption")
        self._trouble = Banner(theme, "danger", "error")
        self._empty = EmptyState(theme, "bulb")
        self._empty.set_words(
            self.tr("Why appears here"),
            self.tr("Where the network looked, for every label that you click."),
        )
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._show_meter)
        self._lay_out()
        self.opacity.setValue(_OPACITY)
        self.clear()

    def _lay_out(self) -> None:
        strength = row()
        strength.addWidget(label(self.tr("Overlay"), "caption"))
        strength.addWidget(self.opacity, 1)
        strength.addWidget(self._strength)
        seen = QWidget()
        seen.setFixedHeight(_SEEN_SIDE)
        saw = row(seen, gap=12)
        words = column(gap=2)
        words.addStretch(1)
        words.addWidget(self._seen_title)
        words.addWidget(self._seen_words)
        words.addStretch(1)
        saw.addWidget(self.seen)
        saw.addLayout(words, 1)
        content = QWidget()
        content.setObjectName("content")
        inner = column(content, margins=(_MARGIN, 14, _MARGIN, 14), gap=10)
        inner.addWidget(self._question)
        inner.addWidget(self.methods)
        inner.addWidget(self._trouble)
        inner.addWidget(self.picture, 1)
        inner.addWidget(self._meter)
        inner.addWidget(self._took)
        inner.addWidget(self._legend)
        inner.addLayout(strength)
        inner.addWidget(line())
        inner.addWidget(seen)
        inner.addStretch(0)
        self._scroll = QScrollArea()
        self._scroll.setWidget(content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = column(self, gap=0)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self._empty, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the picture the height that goes with the width."""
        super().resizeEvent(event)
        self.picture.hug(self.width() - 2 * _MARGIN)

    @property
    def method(self) -> str:
        """Return the method that is chosen."""
        return self.methods.current

    def question(self) -> str:
        """Return what is being explained, in words."""
        return self._question.text()

    def trouble(self) -> str:
        """Return the sentence that is shown instead of an explanation, "" for none."""
        return self._trouble.text()

    def clear(self) -> None:
        """Show nothing."""
        self.end_wait()
        self._answer = self._picture_of = None
        self.picture.show_picture(QImage())
        self.seen.show_picture(QImage())
        self._scroll.hide()
        self._empty.show()

    def show_question(self, answer: ImageAnswer, index: int) -> None:
        """Show the picture of `answer` and ask about the label `index`; the old heat map stays only on its picture."""
        self._answer = answer
        self._trouble.say("")
        self._question.setText(self.tr("Why %1?").replace("%1", display_label(answer.labels[index])))
        if self._picture_of is not answer:
            self._picture_of = answer
            self._show_pictures(answer)
        self._empty.hide()
        self._scroll.show()

    def _show_pictures(self, answer: ImageAnswer) -> None:
        self.picture.show_picture(QImage() if answer.picture is None else image_from_pixels(answer.picture))
        self._took.setText("")
        saw = answer.network_input
        self.seen.show_picture(QImage() if saw is None else image_from_pixels(saw))
        if saw is not None:
            size = self.tr("%1 × %2 pixels, no more.").replace("%1", str(saw.shape[1])).replace("%2", str(saw.shape[0]))
            self._seen_words.setText(size)

    def wait(self) -> None:
        """Show progress if no explanation comes at once."""
        self._patience.start()

    @Slot()
    def end_wait(self) -> None:
        """Nothing is under way any more."""
        self._patience.stop()
        self._meter.hide()
        self._took.show()

    def show_explanation(self, explanation: Explanation) -> None:
        """Lay the heat map over the part of the picture that the network saw."""
        if self._answer is None:
            return
        width, height = max(1, self._answer.width), max(1, self._answer.height)
        left, top, wide, high = explanation.region
        region = QRectF(left / width, top / height, wide / width, high / height)
        self.picture.show_heat(heat_image(explanation.heat), region)
        seconds = self.locale().toString(explanation.seconds, "f", 2)
        self._took.setText(self.tr("Computed in %1 s").replace("%1", seconds))

    def show_failure(self, failure: Failure) -> None:
        """Show why there is no explanation."""
        self.picture.show_heat(QImage())
        self._trouble.say(" ".join(part for part in translate_failure(failure) if part))

    @Slot()
    def _show_meter(self) -> None:
        self._took.hide()
        self._meter.show()

    @Slot(int)
    def _on_opacity(self, value: int) -> None:
        self.picture.set_opacity(value / 100)
        self._strength.setText(f"{value} %")
