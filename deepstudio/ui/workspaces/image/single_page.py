"""One picture: what it is, what the models say, and why. GUI thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from deepstudio.core.messages import Failure
from deepstudio.core.requests import ExplainImage, Explanation, ImageAnswer, ImageSource, OwnLabel
from deepstudio.ui.widgets.parts import column
from deepstudio.ui.workspaces.image.answer_pane import AnswerPane
from deepstudio.ui.workspaces.image.history import History, HistoryEntry
from deepstudio.ui.workspaces.image.input_pane import InputMode, InputPane
from deepstudio.ui.workspaces.image.live_presenter import LivePresenter
from deepstudio.ui.workspaces.image.model_choices import ModelChoice
from deepstudio.ui.workspaces.image.panes import ThreePanes
from deepstudio.ui.workspaces.image.picture_presenter import PicturePresenter, Viewing
from deepstudio.ui.workspaces.image.why_pane import WhyPane
from deepstudio.ui.workspaces.image.why_presenter import WhyPresenter

_REST_MS = 250
"""So long must the pen rest before the page asks why by itself."""


class SinglePage(QWidget):
    """Brings the three panes and the presenters of pictures, drawings and explanations together."""

    answered = Signal(object)
    """A complete `Viewing`, for tours and tests."""

    def __init__(self, services: Any, history: History, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = services.theme
        self._history = history
        self._choices: tuple[ModelChoice, ...] = ()
        self._viewing: Viewing | None = None
        self._asked_label: tuple[str, int] | None = None
        self.input = InputPane(theme)
        self.answers = AnswerPane(theme)
        self.why = WhyPane(theme)
        self.panes = ThreePanes(theme, self.input, self.answers, self.why)
        self.panes.switch.set_text("middle", self.tr("Answer"))
        self.panes.switch.set_text("right", self.tr("Why"))
        column(self).addWidget(self.panes)
        self.pictures = PicturePresenter(services, self)
        self.live = LivePresenter(services, self)
        self.reasons = WhyPresenter(services, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._ask_why_of_best)
        self._connect()
        self._leave_alone(True)

    def _connect(self) -> None:
        self.pictures.asked.connect(self._on_asked)
        self.pictures.answered.connect(self._on_answered)
        self.pictures.finished.connect(self._on_finished)
        self.pictures.failed.connect(self.answers.show_failure)
        self.pictures.status.connect(self.answers.show_status)
        self.pictures.ended.connect(self.answers.end_wait)
        self.live.answered.connect(self._on_live)
        self.live.failed.connect(self._on_live_failed)
        self.live.status.connect(self.answers.show_status)
        self.reasons.asked.connect(self.why.wait)
        self.reasons.explained.connect(self._on_explained)
        self.reasons.failed.connect(self.why.show_failure)
        self.reasons.ended.connect(self.why.end_wait)
        self.answers.why_asked.connect(self.ask_why)
        self.answers.cancel_asked.connect(self.pictures.cancel)
        self.why.method_chosen.connect(self._on_method)
        self.input.drawing.changed.connect(self._on_drawn)

    @property
    def viewing(self) -> Viewing | None:
        """Return what is shown."""
        return self._viewing

    def set_choices(self, choices: tuple[ModelChoice, ...]) -> None:
        """Let other models answer; what is shown is asked again."""
        if choices == self._choices:
            return
        self._choices = choices
        self.answers.set_choices(choices)
        if self.input.mode is InputMode.DRAW:
            self._on_drawn()
        elif self.pictures.viewing is not None:
            self.ask(self.pictures.viewing.source)

    def set_own_labels(self, labels: tuple[OwnLabel, ...]) -> None:
        """Let models that take such labels tell others apart; what is shown is asked again if one answers."""
        for presenter in (self.pictures, self.live, self.reasons):
            presenter.own_labels = labels
        if not any(choice.takes_labels for choice in self._choices):
            return
        if self.input.mode is InputMode.DRAW:
            self._on_drawn()
        elif self.pictures.viewing is not None:
            self.ask(self.pictures.viewing.source)

    def ask(self, source: ImageSource) -> None:
        """Show `source` to the chosen models."""
        self.live.clear()
        self.input.set_mode(InputMode.PICTURE)
        if self._choices:
            self.pictures.ask(source, self._models())

    def show_entry(self, entry: HistoryEntry) -> None:
        """Return to an earlier answer: at once if it was given by the same models, else by asking again."""
        viewing = entry.viewing
        if viewing is None or viewing.models != self._models() or viewing.own_labels != self.pictures.own_labels:
            self.ask(entry.source)
            return
        self.live.clear()
        self.pictures.show(viewing)
        self._leave_alone(False)
        self.answers.end_wait()
        self._viewing = viewing
        self.input.show_picture(viewing.source, viewing.first())
        self.answers.show_viewing(viewing)
        self._ask_why_of_best()

    def draw(self) -> None:
        """Show the drawing pad."""
        if self.input.mode is InputMode.DRAW:
            return
        self.pictures.drop()
        self.answers.end_wait()
        self._leave_alone(False)
        self.input.set_mode(InputMode.DRAW)
        self._on_drawn()

    def stop_drawing(self) -> None:
        """Return from the drawing pad to the picture; the drawing is kept in the history."""
        if self.input.mode is not InputMode.DRAW:
            return
        self._keep_drawing()
        self.live.clear()
        self._rest.stop()
        self.input.set_mode(InputMode.PICTURE)
        if self.pictures.viewing is not None:
            self._viewing = self.pictures.viewing
            self.answers.show_viewing(self._viewing)
            self._ask_why_of_best()
        else:
            self._show_nothing()
            self._leave_alone(True)

    @Slot(str, int)
    def ask_why(self, model: str, label: int) -> None:
        """Ask why `model` gives `label` to what is shown."""
        if self._viewing is None or model not in self._viewing.answers:
            return
        answer = self._viewing.answers[model]
        if label >= len(answer.labels):  # it was asked of another answer; this one has other labels, or failed
            return
        self._asked_label = (model, label)
        self.answers.mark(model, label)
        self.why.show_question(answer, label)
        self.reasons.ask(self._viewing.source, model, label, self.why.method)

    def _leave_alone(self, alone: bool) -> None:
        """Welcome with the ways to begin; once something was asked, there is more to show."""
        self.panes.show_left_alone(alone)
        self.input.set_alone(alone)

    def _models(self) -> tuple[str, ...]:
        return tuple(choice.name for choice in self._choices)

    @Slot(object)
    def _on_asked(self, viewing: Viewing) -> None:
        self._leave_alone(False)
        self.reasons.drop()
        self.why.end_wait()
        self.answers.wait(viewing.source.name)
        if self.input.empty:
            self.input.show_picture(viewing.source)

    @Slot(object, object)
    def _on_answered(self, viewing: Viewing, answer: ImageAnswer) -> None:
        if self._viewing is not viewing:
            self._viewing = viewing
            self.input.show_picture(viewing.source, answer)
            self.answers.show_viewing(viewing)
            self.why.clear()
        self.answers.show_answer(answer)
        if answer.failure is None and answer.model == viewing.models[0]:
            self.ask_why(answer.model, answer.ranking[0])

    @Slot(object)
    def _on_finished(self, viewing: Viewing) -> None:
        if all(answer.failure is None for answer in viewing.answers.values()):
            self._history.add(viewing)
        self.answered.emit(viewing)

    @Slot()
    def _on_drawn(self) -> None:
        pad = self.input.drawing.pad
        if self.input.mode is not InputMode.DRAW:
            return
        if pad.empty or not self._choices:
            self._keep_drawing()
            self.live.clear()
            self._show_nothing()
        else:
            source = ImageSource(name=self.tr("Drawing"), pixels=pad.pixels())
            self.live.offer(source, self._models())

    def _show_nothing(self) -> None:
        self._rest.stop()
        self.reasons.drop()
        self._viewing = None
        self.input.drawing.show_seen(None)
        self.answers.clear()
        self.why.clear()

    def _keep_drawing(self) -> None:
        if self.live.viewing is not None:
            self._history.add(self.live.viewing)

    @Slot(object)
    def _on_live(self, viewing: Viewing) -> None:
        self._viewing = viewing
        self.answers.show_viewing(viewing)
        self.reasons.drop()
        answer = viewing.first()
        if answer is not None and answer.failure is None:
            self.input.drawing.show_seen(answer.network_input)
            self.why.show_question(answer, answer.ranking[0])
            self.answers.mark(answer.model, answer.ranking[0])
        self._rest.start()
        self.answered.emit(viewing)

    @Slot(object)
    def _on_live_failed(self, failure: Failure) -> None:
        self._show_nothing()
        self.answers.show_failure(failure)

    @Slot()
    def _ask_why_of_best(self) -> None:
        answer = self._viewing.first() if self._viewing is not None else None
        if answer is not None and answer.failure is None:
            self.ask_why(answer.model, answer.ranking[0])
        else:
            self.why.clear()

    @Slot(str)
    def _on_method(self, _method: str) -> None:
        if self._asked_label is not None and self._viewing is not None:
            self.ask_why(*self._asked_label)

    @Slot(object, object)
    def _on_explained(self, _request: ExplainImage, explanation: Explanation) -> None:
        self.why.show_explanation(explanation)
