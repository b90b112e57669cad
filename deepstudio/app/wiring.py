"""The only place that builds services. Everything else is handed what it needs."""

from __future__ import annotations

from dataclasses import dataclass

from deepstudio.app.engine import LaneExplainer, LanePredictor
from deepstudio.jobs.manager import JobManager
from deepstudio.models.library import ModelLibrary, default_library
from deepstudio.store.recent import RecentFiles
from deepstudio.store.settings import SettingsStore
from deepstudio.ui.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What the window and its workspaces work with. `predictor` and `explainer` belong to the predict lane."""

    jobs: JobManager
    library: ModelLibrary
    predictor: LanePredictor
    explainer: LaneExplainer
    settings: SettingsStore
    recent: RecentFiles
    theme: Theme


def build_services() -> Services:
    """Return the services of this user; a QApplication must exist. No torch is imported here. GUI thread."""
    settings = SettingsStore()
    library = default_library()
    predictor = LanePredictor(library, settings.current.computing.device)
    return Services(
        jobs=JobManager(),
        library=library,
        predictor=predictor,
        explainer=LaneExplainer(predictor),
        settings=settings,
        recent=RecentFiles(),
        theme=Theme(settings),
    )
