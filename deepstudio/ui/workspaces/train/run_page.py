"""A run as it goes: header, alert, result, and the live curves. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from deepstudio.core.training_messages import EventKind, Level, RunEvent, RunOpened
from deepstudio.ui.presenters.training_session import TrainingSession
from deepstudio.ui.presenters.training_state import RunState
from deepstudio.ui.widgets.banner import Banner
from deepstudio.ui.widgets.drop_hint import DropHint
from deepstudio.ui.widgets.parts import button, column
from deepstudio.ui.workspaces.train.event_words import event_text
from deepstudio.ui.workspaces.train.result_card import ResultCard
from deepstudio.ui.workspaces.train.run_header import RunHeader
from deepstudio.ui.workspaces.train.series_card import SeriesCard

if TYPE_CHECKING:
    from deepstudio.ui.runview import RunView

_TICK_MS = 200


class RunPage(QWidget):
    """Shows the session's run."""

    setup_asked = Signal()
    cell_activated = Signal(int, int)
    message = Signal(str)
    failed = Signal(object)

    def __init__(self, services: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = services.theme
        self._theme = theme
        self._session: TrainingSession = services.training
        self.header = RunHeader(theme)
        self.notice = Banner(theme, "accent", "info")
        self.alert = Banner(theme, "warning", "warning")
        self.trouble = Banner(theme, "danger", "error")
        self.result = ResultCard(theme)
        self.series = SeriesCard(theme)
        self._curves: RunView | None = None
        self._place = QWidget()
        self._place_column = column(self._place)
        filled = QWidget()
        layout = column(filled, gap=10)
        for widget in (self.header, self.trouble, self.alert, self.notice, self.result, self.series):
            layout.addWidget(widget)
        layout.addWidget(self._place, 1)
        hint = DropHint(theme, "activity")
        hint.set_words(
            self.tr("No run yet"), self.tr("Open data and press Start: every step will be drawn here as it happens.")
        )
        setup = button(self.tr("Set up a training"), "primary")
        setup.clicked.connect(self.setup_asked)
        hint.add(setup)
        self._stack = QStackedWidget()
        self._stack.addWidget(hint)
        self._stack.addWidget(filled)
        column(self).addWidget(self._stack)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.show_state)
        self._connect()
        self._on_began()

    def _connect(self) -> None:
        session, header = self._session, self.header
        session.began.connect(self._on_began)
        session.opened.connect(self._on_opened)
        session.sources_changed.connect(self._on_sources)
        session.happened.connect(self._on_event)
        session.member.connect(self._on_member)
        session.ended.connect(self._on_ended)
        header.pause_asked.connect(session.toggle_pause)
        header.stop_step_asked.connect(session.stop_after_step)
        header.stop_epoch_asked.connect(session.stop_after_epoch)
        header.finish_asked.connect(session.finish_after_epoch)
        header.use_asked.connect(session.take_snapshot)
        header.factor_chosen.connect(session.set_rate_factor)

    @property
    def curves(self) -> RunView:
        """Return the view of the curves, built when it is first needed."""
        if self._curves is None:
            from deepstudio.ui.runview import RunView

            self._curves = RunView(self._theme)
            self._curves.cell_activated.connect(self._on_cell)
            self._curves.message.connect(self.message)
            self._curves.failed.connect(self.failed)
            self._place_column.addWidget(self._curves)
        return self._curves

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the run while visible."""
        super().showEvent(event)
        self.show_state()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        super().hideEvent(event)
        self._tick.stop()

    @Slot()
    def show_state(self) -> None:
        """Show how the run stands now."""
        run = self._session.run
        if run is not None:
            self.header.show_run(run, can_steer=self._session.can_steer)
            if run.epoch > 1 and self.notice.text():
                self.notice.say("")  # read by now, and the curves want the room

    @Slot()
    def _on_began(self) -> None:
        run = self._session.run
        self._stack.setCurrentIndex(0 if run is None else 1)
        for banner in (self.notice, self.alert, self.trouble):
            banner.say("")
        self.series.begin(run)
        if run is None:
            return
        self.result.show_run(run, can_compare=True)
        # A source has no name before its run has begun.
        self.curves.set_sources(self._session.sources() if run.run_id or run.total_steps else [])
        self.show_state()
        for event in run.events:
            self._on_event(event)

    @Slot()
    def _on_sources(self) -> None:
        self.curves.set_sources(self._session.sources())

    @Slot(object)
    def _on_opened(self, opened: RunOpened) -> None:
        self.curves.set_sources(self._session.sources())
        self.curves.set_settings(opened.run_id, self._session.settings())

    @Slot(object)
    def _on_event(self, event: RunEvent) -> None:
        if event.kind is EventKind.NOTICE:
            self.notice.say(event_text(event))
        elif event.level is Level.ERROR:
            self.trouble.say(event_text(event))
        elif event.level is Level.WARNING:
            self.alert.say(event_text(event))

    @Slot(object)
    def _on_member(self, value: object) -> None:
        member = getattr(value, "member", None)
        if member is not None:
            self.series.add(member)

    @Slot()
    def _on_ended(self) -> None:
        run = self._session.run
        if run is None:
            return
        if run.is_series and run.state is RunState.FINISHED:
            self.series.show_result(run.finished)
        self.notice.say("")
        self.result.show_run(run, can_compare=True)
        self.show_state()

    @Slot(str, int, int)
    def _on_cell(self, run_id: str, true: int, predicted: int) -> None:
        self.cell_activated.emit(true, predicted)
