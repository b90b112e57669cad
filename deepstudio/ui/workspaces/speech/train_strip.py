"""Below the words of a set: what is missing, the training as it goes, and what came of it. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from deepstudio.core.take_messages import WordTrainResult
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import button, column, follow_icon, label, row
from deepstudio.ui.workspaces.speech.mini_curve import MiniCurve

_ROOMY = 560
"""Pixels of width from which on words and curve have room beside each other."""


class TrainStrip(QFrame):
    """Shows what it is told; its buttons say what a person wants."""

    train_asked = Signal()
    cancel_asked = Signal()
    use_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, surface="sunken")
        self._theme = theme
        self._going = self._curve = self._again = False
        self.headline = label("", "strong", wrap=True)
        self.details = label("", "muted", wrap=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the training"))
        self.curve = MiniCurve(theme)
        self.train = button(self.tr("Train"), "primary")
        theme.changed.connect(self._paint_train)
        self.cancel = button(self.tr("Stop"))
        self.use = button(self.tr("Use it now"), "primary")
        follow_icon(theme, self.use, "target", "on_accent")
        self.train.clicked.connect(self.train_asked)
        self.cancel.clicked.connect(self.cancel_asked)
        self.use.clicked.connect(self.use_asked)
        words = column(gap=6)
        words.addStretch(1)
        words.addWidget(self.headline)
        words.addWidget(self.details)
        words.addWidget(self.progress)
        words.addStretch(1)
        buttons = column(gap=6)
        for made in (self.use, self.train, self.cancel):
            buttons.addWidget(made)
        buttons.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        line = row(self, margins=(14, 12, 14, 12), gap=14)
        line.addLayout(words, 3)
        line.addWidget(self.curve, 2)
        line.addLayout(buttons)
        self.show_ready("", again=False)

    def show_ready(self, missing: str, *, again: bool) -> None:
        """Say what is missing, "" where training may begin; `again` where there is a model of this set already."""
        self._show(train=not missing, use=again and not missing)
        if missing:
            self.headline.setText(self.tr("Not enough takes yet"))
            self.details.setText(missing)
        else:
            self.headline.setText(self.tr("Ready to train"))
            self.details.setText(self.tr("It takes less than a minute and all of it happens on this computer."))
        self.train.setText(self.tr("Train again") if again else self.tr("Train"))
        self._mark_train(again)

    def show_training(self, status: str, done: int, total: int) -> None:
        """Show the training as it goes on; without a status it waits for its turn."""
        self._show(going=True)
        self.headline.setText(self.tr("Training"))
        self.details.setText(status or self.tr("Waiting for its turn…"))
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def show_result(self, result: WordTrainResult, notes: tuple[str, ...]) -> None:
        """Say how well it hears; `notes` are the engine's sentences about it."""
        self._show(train=True, use=True, curve=True)
        self.train.setText(self.tr("Train again"))
        self._mark_train(True)
        percent, spread = round(100 * result.accuracy), round(100 * result.spread)
        said = self.tr("Hears {percent} % of the takes it never saw (±{spread})")
        self.headline.setText(said.format(percent=percent, spread=spread))
        parts = list(notes)
        if result.false_alarms_per_hour is not None and result.false_alarms_per_hour >= 1:
            told = self.tr("In other speech it hears a word about {count} times an hour.")
            parts.append(told.format(count=round(result.false_alarms_per_hour)))
        self.details.setText(" ".join(parts))
        self.details.setVisible(bool(parts))

    def _mark_train(self, again: bool) -> None:
        """Make the button the main one, or, where there is a model already, one beside it."""
        self._again = again
        mark(self.train, kind="" if again else "primary")
        self._paint_train()

    @Slot()
    def _paint_train(self) -> None:
        self.train.setIcon(self._theme.icon("train", "text_muted" if self._again else "on_accent"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the curve away where the words need its room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.curve.setVisible(self._curve and (self._going or self.width() >= _ROOMY))

    def _show(self, *, train: bool = False, use: bool = False, going: bool = False, curve: bool = False) -> None:
        self.details.show()
        self.train.setVisible(not going)
        self.train.setEnabled(train)
        self.use.setVisible(use)
        self.cancel.setVisible(going)
        self.progress.setVisible(going)
        self._going, self._curve = going, going or curve
        self._fit()
