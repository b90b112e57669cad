"""What one model says of one picture: the answer, how sure it is, and how long it took. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deepstudio.core.messages import Failure
from deepstudio.core.requests import ImageAnswer
from deepstudio.ui.text import display_label, translate_failure, translate_sentence
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.banner import Banner
from deepstudio.ui.widgets.class_bars import BAR_INSET, BarValue, ClassBars
from deepstudio.ui.widgets.elided_label import ElidedLabel
from deepstudio.ui.widgets.parts import column, label, line, row
from deepstudio.ui.widgets.timing_bar import TimePart, TimingBar
from deepstudio.ui.workspaces.image.model_choices import ModelChoice
from deepstudio.ui.workspaces.image.words import milliseconds, percent, whole_number


class AnswerColumn(QWidget):
    """The answer of one model. `why_asked` carries the model's name and the label's index."""

    why_asked = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice: ModelChoice | None = None
        self._answer: ImageAnswer | None = None
        self._failure: Failure | None = None
        self._model = ElidedLabel(role="section")
        self._warning = Banner(theme, "warning", "warning")
        self._trouble = Banner(theme, "danger", "error")
        self._headline = label("", "display", wrap=True, selectable=True)
        self._sureness = label("", "heading", wrap=True)
        self._bars = ClassBars(theme)
        self._bars.label_chosen.connect(self._on_label_chosen)
        self._time_total = label("", "strong")
        self._timing = TimingBar(theme)
        self._record = label("", "caption", wrap=True)
        self._answer_part = QWidget()
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        time_line = row()
        time_line.addWidget(label(self.tr("Time"), "section"))
        time_line.addStretch(1)
        time_line.addWidget(self._time_total)
        words = _inset()
        words.addWidget(self._headline)
        words.addWidget(self._sureness)
        timing = _inset()
        timing.addWidget(line())
        timing.addLayout(time_line)
        timing.addWidget(self._timing)
        inner = column(self._answer_part, gap=12)
        inner.addLayout(words)
        inner.addWidget(self._bars)
        inner.addLayout(timing)
        head, foot = _inset(), _inset()
        for part in (self._model, self._warning, self._trouble):
            head.addWidget(part)
        foot.addWidget(self._record)
        whole = column(self, gap=10)
        whole.addLayout(head)
        whole.addWidget(self._answer_part)
        whole.addLayout(foot)
        whole.addStretch(1)

    @property
    def bars(self) -> ClassBars:
        """Return the bars of the most likely labels."""
        return self._bars

    @property
    def model(self) -> str:
        """Return the name of the model that this column belongs to, "" for none."""
        return self._choice.name if self._choice is not None else ""

    @property
    def answer(self) -> ImageAnswer | None:
        """Return the answer that is shown."""
        return self._answer

    def headline(self) -> str:
        """Return the answer in words."""
        return self._headline.text()

    def trouble(self) -> str:
        """Return the sentence that is shown instead of an answer, "" for none."""
        return self._trouble.text()

    def warning(self) -> str:
        """Return the warning of the model's card as shown, "" for none."""
        return self._warning.text()

    def set_model(self, choice: ModelChoice | None) -> None:
        """Say whose answers come here; another model's answer is taken away."""
        if choice != self._choice:
            self._choice = choice
            self._name()
            self.clear()

    def set_small(self, small: bool) -> None:
        """Use smaller letters, for two columns side by side."""
        mark(self._headline, role="title" if small else "display")
        mark(self._sureness, role="strong" if small else "heading")

    def clear(self) -> None:
        """Show no answer."""
        self._answer = None
        self._failure = None
        self._show()

    def show_answer(self, answer: ImageAnswer) -> None:
        """Show `answer`, or the sentence that says why there is none."""
        self._failure = answer.failure
        self._answer = None if answer.failure is not None else answer
        self._show()

    def show_failure(self, failure: Failure) -> None:
        """Show why there is no answer."""
        self._failure, self._answer = failure, None
        self._show()

    def mark(self, index: int) -> None:
        """Mark the label whose explanation is shown."""
        self._bars.mark(index)

    def _name(self) -> None:
        card = self._choice.card if self._choice is not None else None
        self._model.setText(translate_sentence(self._choice.title, "cards") if self._choice is not None else "")
        self._model.setVisible(card is not None)
        self._warning.say(translate_sentence(card.warning, "warnings") if card is not None and card.warning else "")
        self._record.setText(self._measured())

    def _measured(self) -> str:
        """Return what the card says was measured, in one sentence."""
        accuracy = self._choice.card.figure("accuracy") if self._choice is not None else None
        if accuracy is None or self._choice is None:
            return ""
        if self._choice.takes_labels:
            return self._measured_of_labels()
        sentence = self.tr("Measured: %1 right on %2 pictures it had never seen (%3).")
        sentence = sentence.replace("%1", percent(accuracy.value)).replace("%2", whole_number(accuracy.examples))
        return sentence.replace("%3", accuracy.data)

    def _measured_of_labels(self) -> str:
        """Return how well labels of one's own are understood: by new words, and by one example."""
        assert self._choice is not None
        figures = (self._choice.card.figure(name) for name in ("accuracy_unseen_phrases", "one_shot_5_way"))
        phrases, shot = (percent(figure.value) if figure is not None else "–" for figure in figures)
        sentence = self.tr(
            "Measured: %1 right where known things are called by new words, %2 where five new things are told apart by "
            "one example each. What it was never trained on it mostly guesses."
        )
        return sentence.replace("%1", phrases).replace("%2", shot)

    def _show(self) -> None:
        sentence = " ".join(part for part in translate_failure(self._failure) if part) if self._failure else ""
        self._trouble.say(sentence)
        self._answer_part.setVisible(self._answer is not None)
        self._record.setVisible(bool(self._record.text()) and self._answer is not None)
        if self._answer is not None:
            self._show_words(self._answer)
            self._show_bars(self._answer)
            self._show_time(self._answer)

    def _show_words(self, answer: ImageAnswer) -> None:
        best = answer.ranking[0]
        name = display_label(answer.labels[best])
        share = percent(float(answer.probabilities[best]))
        if answer.rejected:
            self._headline.setText(self.tr("Probably none of these"))
            words = self.tr("Closest: %1, %2 among the %3 it knows")
            self._sureness.setText(
                words.replace("%1", name).replace("%2", share).replace("%3", whole_number(len(answer.labels)))
            )
        else:
            self._headline.setText(name)
            self._sureness.setText(self.tr("%1 sure").replace("%1", share))

    def _show_bars(self, answer: ImageAnswer) -> None:
        values = [
            BarValue(
                label=index,
                name=display_label(answer.labels[index]),
                share=float(answer.probabilities[index]),
                share_text=percent(float(answer.probabilities[index])),
            )
            for index in answer.ranking
        ]
        if answer.unknown is not None:
            none = BarValue(
                label=-1,
                name=self.tr("None of these"),
                share=answer.unknown,
                share_text=percent(answer.unknown),
                quiet=True,
            )
            values.append(none)
        self._bars.show_values(values, tip=self.tr("Show why"))

    def _show_time(self, answer: ImageAnswer) -> None:
        timing = answer.timing
        self._time_total.setText(milliseconds(timing.total_ms))
        parts = (
            (self.tr("decode"), timing.decode_ms),
            (self.tr("preprocess"), timing.preprocess_ms),
            (self.tr("network"), timing.network_ms),
        )
        self._timing.show_parts([TimePart(name=name, value=ms, text=milliseconds(ms)) for name, ms in parts])

    @Slot(int)
    def _on_label_chosen(self, index: int) -> None:
        self.mark(index)
        self.why_asked.emit(self.model, index)


def _inset() -> QVBoxLayout:
    """Return a column whose text stands where that of the bars does."""
    return column(margins=(BAR_INSET, 0, BAR_INSET, 0), gap=6)
