"""The only place that builds services. Everything else is handed what it needs."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deepstudio.app.engine import LaneExplainer, LanePredictor, LaneText
from deepstudio.app.listening import LaneListener
from deepstudio.app.preload import preload_torch
from deepstudio.jobs.manager import JobManager
from deepstudio.models.library import ModelLibrary, default_library
from deepstudio.store.recent import RecentFiles
from deepstudio.store.settings import SettingsStore
from deepstudio.ui.presenters.training_session import TrainingSession
from deepstudio.ui.theme import Theme

if TYPE_CHECKING:
    from deepstudio.store.runs import RunStore


class OneStore:
    """Makes the store of runs when it is first asked for, and keeps it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._store: RunStore | None = None

    def __call__(self) -> RunStore:
        """Return the store; raises StoreError where it cannot be used."""
        with self._lock:
            if self._store is None:
                from deepstudio.store.runs import RunStore

                self._store = RunStore()
            return self._store

    def close(self) -> None:
        """Close the store if it was made; what was handed in is written first. Any thread."""
        with self._lock:
            store, self._store = self._store, None
        if store is not None:
            store.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What the window and its workspaces work with.

    `predictor`, `explainer` and `text` belong to the predict lane, `listener` to the audio lane.

    `open_store()` returns the one store of runs of this process, made on the first call; any thread, raises StoreError.
    """

    jobs: JobManager
    library: ModelLibrary
    predictor: LanePredictor
    explainer: LaneExplainer
    listener: LaneListener
    text: LaneText
    settings: SettingsStore
    recent: RecentFiles
    theme: Theme
    open_store: OneStore
    training: TrainingSession


def build_services() -> Services:
    """Return the services of this user; a QApplication must exist. No torch is imported here. GUI thread."""
    settings = SettingsStore()
    library = default_library()
    predictor = LanePredictor(library, settings.current.computing.device)
    jobs = JobManager()
    open_store = OneStore()
    return Services(
        jobs=jobs,
        library=library,
        predictor=predictor,
        explainer=LaneExplainer(predictor),
        listener=LaneListener(),
        text=LaneText(predictor),
        settings=settings,
        recent=RecentFiles(),
        theme=Theme(settings),
        open_store=open_store,
        training=TrainingSession(
            jobs, open_store, device=lambda: settings.current.computing.device, prepare=preload_torch
        ),
    )
