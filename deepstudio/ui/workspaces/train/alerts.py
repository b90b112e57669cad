"""Tells of what matters in a run: as a message in the window, and on the desktop if nobody looks at it. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.training_messages import EventKind, RunEvent
from deepstudio.ui.presenters.training_session import TrainingSession
from deepstudio.ui.presenters.training_state import RunState
from deepstudio.ui.text import translate_failure
from deepstudio.ui.workspaces.train.event_words import event_text
from deepstudio.ui.workspaces.train.notify import DesktopNotes

_TOLD = frozenset(
    {
        EventKind.NAN,
        EventKind.DIVERGENCE,
        EventKind.PLATEAU,
        EventKind.OVERFIT,
        EventKind.EARLY_STOP,
        EventKind.STORE,
    }
)


class Alerts(QObject):
    """Listens to a session; each kind of alert is told once a run."""

    message = Signal(str)

    def __init__(self, session: TrainingSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._told: set[EventKind] = set()
        self.notes = DesktopNotes(self)
        session.began.connect(self._told.clear)
        session.happened.connect(self._on_event)
        session.ended.connect(self._on_ended)

    @Slot(object)
    def _on_event(self, event: RunEvent) -> None:
        if event.kind in _TOLD and event.kind not in self._told:
            self._told.add(event.kind)
            self._tell(event_text(event))

    @Slot()
    def _on_ended(self) -> None:
        run = self._session.run
        if run is None:
            return
        if run.state is RunState.FINISHED:
            self._tell(self.tr("“{name}” has finished training.").format(name=run.recipe.title or run.name))
        elif run.state is RunState.FAILED and run.failure is not None:
            self._tell(translate_failure(run.failure)[0])

    def _tell(self, text: str) -> None:
        self.message.emit(text)
        self.notes.show(self.tr("Training"), text)
