"""Above the curves: which run, how far, how long still, and the buttons that steer it. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QFrame, QMenu, QProgressBar, QPushButton, QWidget

from deepstudio.ui.presenters.training_state import RunInfo, RunKind, RunState
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.elided_label import ElidedLabel
from deepstudio.ui.widgets.flow import FlowLayout
from deepstudio.ui.widgets.parts import button, column, follow_icon, label, row
from deepstudio.ui.workspaces.train.live_line import LiveLine
from deepstudio.ui.workspaces.train.rate_control import RateControl
from deepstudio.ui.workspaces.train.words import duration, number, whole

_BADGES = {
    RunState.WAITING: "badge",
    RunState.RUNNING: "badge-accent",
    RunState.PAUSING: "badge-warning",
    RunState.PAUSED: "badge-warning",
    RunState.STOPPING: "badge-warning",
    RunState.FINISHED: "badge-accent",
    RunState.STOPPED: "badge",
    RunState.FAILED: "badge-danger",
}


class RunHeader(QFrame):
    """Shows a `RunInfo`; the buttons ask, the view does."""

    pause_asked = Signal()
    stop_step_asked = Signal()
    stop_epoch_asked = Signal()
    finish_asked = Signal()
    use_asked = Signal()
    resume_asked = Signal()
    factor_chosen = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, surface="card")
        self._theme = theme
        self._name = ElidedLabel(role="title")
        self.badge = label("", "badge")
        self.facts = LiveLine(theme, ground="surface")
        self._shown: object = None
        self._meter = QProgressBar()
        self._meter.setTextVisible(False)
        self._meter.setAccessibleName(self.tr("Progress of the training"))
        self.pause = self._button(self.tr("Pause"), "pause")
        self.pause.clicked.connect(self.pause_asked)
        self.stop = self._button(self.tr("Stop"), "stop")
        menu = QMenu(self.stop)
        self._after_step = menu.addAction(self.tr("Stop after this step"), self.stop_step_asked.emit)
        self._after_epoch = menu.addAction(self.tr("Stop after this epoch"), self.stop_epoch_asked.emit)
        self._finish = menu.addAction(self.tr("Finish after this epoch and keep the model"), self.finish_asked.emit)
        self.stop.setMenu(menu)
        self.use = self._button(self.tr("Use it now"), "sparkles")
        self.use.setToolTip(self.tr("Try the network as it is now, while training goes on"))
        self.use.clicked.connect(self.use_asked)
        self.resume = self._button(self.tr("Go on training"), "play")
        self.resume.clicked.connect(self.resume_asked)
        self.rate = RateControl(theme)
        self.rate.factor_chosen.connect(self.factor_chosen)
        self._lay_out()
        theme.changed.connect(self._on_theme)

    @Slot()
    def _on_theme(self) -> None:
        self._shown = None  # icons are drawn anew

    def _button(self, text: str, icon: str) -> QPushButton:
        made = button(text)
        made.setIconSize(QSize(16, 16))
        follow_icon(self._theme, made, icon)
        return made

    def _lay_out(self) -> None:
        head = row(gap=10)
        head.addWidget(self._name)
        head.addWidget(self.badge)
        head.addWidget(self.facts, 1)
        controls = self._controls = QWidget()
        flow = FlowLayout(controls, gap=8)
        for widget in (self.pause, self.stop, self.resume, self.use, self.rate):
            flow.addWidget(widget)
        whole_column = column(self, margins=(16, 12, 16, 12), gap=9)
        whole_column.addLayout(head)
        whole_column.addWidget(self._meter)
        whole_column.addWidget(controls)

    def show_run(self, run: RunInfo, *, can_steer: bool) -> None:
        """Show how the run stands."""
        self.facts.set_text("  ·  ".join(self._facts(run)))
        self._show_meter(run)
        # What follows lays the header out anew, so it is done only when something is different.
        shown = (run.name, run.state, run.kind, bool(run.folder), run.rate_factor, can_steer)
        if shown == self._shown:
            return
        self._shown = shown
        self._name.setText(run.name)
        self.badge.setText(self.state_words(run.state))
        mark(self.badge, role=_BADGES[run.state])
        self._show_buttons(run, can_steer=can_steer)
        self.rate.show_factor(run.rate_factor)

    def state_words(self, state: RunState) -> str:
        """Return the words for a state."""
        words = {
            RunState.WAITING: self.tr("Getting ready"),
            RunState.RUNNING: self.tr("Training"),
            RunState.PAUSING: self.tr("Pausing…"),
            RunState.PAUSED: self.tr("Paused"),
            RunState.STOPPING: self.tr("Stopping…"),
            RunState.FINISHED: self.tr("Finished"),
            RunState.STOPPED: self.tr("Stopped"),
            RunState.FAILED: self.tr("Failed"),
        }
        return words[state]

    def _show_meter(self, run: RunInfo) -> None:
        known = run.total_steps > 0
        self._meter.setVisible(run.active or (known and run.step < run.total_steps))
        self._meter.setRange(0, run.total_steps if known or not run.active else 0)
        self._meter.setValue(run.step if known else 0)

    def _show_buttons(self, run: RunInfo, *, can_steer: bool) -> None:
        paused = run.state in (RunState.PAUSED, RunState.PAUSING)
        self.pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self.pause.setAccessibleName(self.pause.text())
        self.pause.setIcon(self._theme.icon("play" if paused else "pause"))
        single = run.kind is RunKind.SINGLE
        self.pause.setVisible(run.active and single)
        self.pause.setEnabled(can_steer)
        self.stop.setVisible(run.active)
        self.stop.setEnabled(run.state is not RunState.STOPPING)
        self._after_epoch.setEnabled(can_steer)
        self._finish.setEnabled(can_steer)
        self.use.setVisible(run.active and single)
        self.use.setEnabled(can_steer)
        self.rate.setVisible(run.active and single)
        self.rate.setEnabled(can_steer)
        can_go_on = run.state in (RunState.STOPPED, RunState.FAILED) and bool(run.folder) and single
        self.resume.setVisible(can_go_on)
        self._controls.setVisible(run.active or can_go_on)

    def _facts(self, run: RunInfo) -> list[str]:
        facts = []
        if run.members:
            facts.append(self.tr("run {number} of {count}").format(number=max(run.member, 1), count=run.members))
        if not run.total_steps:
            return [*facts, translate_sentence(run.status, "status")] if run.status and run.active else facts
        facts.append(self.tr("step {step} of {total}").format(step=whole(run.step), total=whole(run.total_steps)))
        facts.append(self.tr("epoch {epoch} of {epochs}").format(epoch=run.epoch, epochs=run.epochs))
        left = run.seconds_left
        if run.state is RunState.RUNNING and left is not None and run.step < run.total_steps:
            facts.append(self.tr("{time} left").format(time=duration(left)))
        elif run.active and run.status and run.step >= run.total_steps:
            facts.append(translate_sentence(run.status, "status"))
        elif not run.active:
            facts.append(duration(run.seconds))
        speed = run.figures.get("examples_per_second")
        if run.state is RunState.RUNNING and speed:
            facts.append(self.tr("{count} samples/s").format(count=number(float(f"{speed:.3g}"))))
        return facts
