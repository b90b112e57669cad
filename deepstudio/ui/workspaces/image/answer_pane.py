"""The middle: the answers of one model or of two side by side, and what is under way. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QProgressBar, QScrollArea, QWidget

from deepstudio.core.messages import Failure
from deepstudio.core.requests import ImageAnswer
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.elided_label import ElidedLabel
from deepstudio.ui.widgets.parts import button, column, row
from deepstudio.ui.workspaces.image.answer_column import AnswerColumn
from deepstudio.ui.workspaces.image.empty_state import Divider, EmptyState
from deepstudio.ui.workspaces.image.model_choices import ModelChoice
from deepstudio.ui.workspaces.image.picture_presenter import Viewing

_PATIENCE_MS = 300
"""What takes longer shows that it is under way, and can be cancelled."""


class AnswerPane(QFrame):
    """One column per model. `why_asked` carries the model's name and the label's index."""

    why_asked = Signal(str, int)
    cancel_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, surface="card")
        self._choices: tuple[ModelChoice, ...] = ()
        self.columns = (AnswerColumn(theme), AnswerColumn(theme))
        self._empty = EmptyState(theme, "sparkles")
        self._divider = Divider(theme)
        self._busy = QWidget()
        self._status = ElidedLabel(role="caption")
        self._meter = QProgressBar()
        self._meter.setRange(0, 0)
        self._meter.setTextVisible(False)
        self._meter.setAccessibleName(self.tr("Progress"))
        self._cancel = button(self.tr("Cancel"), "link")
        self._cancel.clicked.connect(self.cancel_asked)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._show_wait)
        for answers in self.columns:
            answers.why_asked.connect(self.why_asked)
        self._lay_out()
        self.set_choices(())

    def _lay_out(self) -> None:
        line = row()
        line.addWidget(self._status, 1)
        line.addWidget(self._cancel)
        busy = column(self._busy, margins=(18, 12, 18, 0), gap=4)
        busy.addLayout(line)
        busy.addWidget(self._meter)
        self._busy.hide()
        content = QWidget()
        content.setObjectName("content")
        side_by_side = row(content, margins=(8, 14, 8, 14), gap=8)
        side_by_side.addWidget(self.columns[0], 1)
        side_by_side.addWidget(self._divider)
        side_by_side.addWidget(self.columns[1], 1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = column(self, gap=0)
        whole.addWidget(self._busy)
        whole.addWidget(self._empty, 1)
        whole.addWidget(self._scroll, 1)

    @property
    def waits_visibly(self) -> bool:
        """Return whether progress is shown."""
        return not self._busy.isHidden()

    def set_choices(self, choices: tuple[ModelChoice, ...]) -> None:
        """Say which one or two models answer here."""
        self._choices = choices
        for place, answers in enumerate(self.columns):
            answers.set_model(choices[place] if place < len(choices) else None)
            answers.set_small(len(choices) > 1)
        self.columns[1].setVisible(len(choices) > 1)
        self._divider.setVisible(len(choices) > 1)
        if choices:
            self._empty.set_words(
                self.tr("The answer appears here"),
                self.tr("With how sure the network is, what else it considered, and how long it took."),
            )
        else:
            self._empty.set_words(
                self.tr("There is no model yet"),
                self.tr("Drop a .safetensors model on the window, or train one."),
            )
        self._show_content()

    def show_viewing(self, viewing: Viewing) -> None:
        """Show all answers of `viewing`, and take away those of other pictures."""
        for answers in self.columns:
            answer = viewing.answers.get(answers.model)
            if answer is None:
                answers.clear()
            else:
                answers.show_answer(answer)
        self._show_content()

    def show_answer(self, answer: ImageAnswer) -> None:
        """Show one answer in the column of its model."""
        for answers in self.columns:
            if answers.model == answer.model:
                answers.show_answer(answer)
        self._show_content()

    def show_failure(self, failure: Failure) -> None:
        """Show why there is no answer at all."""
        for answers in self.columns[: max(1, len(self._choices))]:
            answers.show_failure(failure)
        self._show_content()

    def clear(self) -> None:
        """Show no answer."""
        for answers in self.columns:
            answers.clear()
        self._show_content()

    def wait(self, name: str) -> None:
        """Show progress if no answer comes soon; what is shown stays until then."""
        self._status.setText(self.tr("Looking at %1…").replace("%1", name))
        self._patience.start()

    @Slot(str)
    def show_status(self, text: str) -> None:
        """Say what is happening."""
        self._status.setText(translate_sentence(text, "status"))

    @Slot()
    def _show_wait(self) -> None:
        """Show progress; the answer to the picture before steps back, but stays readable."""
        self._busy.show()
        for answers in self.columns:
            answers.setEnabled(False)

    @Slot()
    def end_wait(self) -> None:
        """Nothing is under way any more."""
        self._patience.stop()
        self._busy.hide()
        for answers in self.columns:
            answers.setEnabled(True)

    def mark(self, model: str, label: int) -> None:
        """Mark the label whose explanation is shown."""
        for answers in self.columns:
            answers.mark(label if answers.model == model else -1)

    def _show_content(self) -> None:
        filled = any(answers.answer is not None or answers.trouble() for answers in self.columns)
        warned = any(answers.warning() for answers in self.columns)
        self._scroll.setVisible(filled or warned)
        self._empty.setVisible(not filled)
