"""What tests do with the train workspace: open data, make the run small, wait for a state."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from deepstudio.ui.workspaces.train.view import TrainView

PATIENCE_MS = 120_000
"""Generous: a whole run waits here, perhaps on a machine that is busy with other things."""


def open_data(qtbot: Any, view: TrainView, path: Path) -> None:
    """Open data and wait until they are looked at and checked."""
    view.open_paths([path])
    qtbot.waitUntil(lambda: view.setup.view is not None and view.setup.view.path == path, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not view._services.jobs.busy(), timeout=PATIENCE_MS)


def make_small(view: TrainView, *, epochs: int = 3, batch_size: int = 8) -> None:
    """Choose a network and a run of seconds."""
    view.setup.draft.set_many(
        {
            "training.epochs": epochs,
            "training.batch_size": batch_size,
            "training.patience": 0,
            "training.keep": "last",
            "network.config.widths": (8, 8, 8),
            "network.config.depth": 2,
            "preprocessing.height": 16,
            "preprocessing.width": 16,
            "optimizer.lr": 0.01,
        }
    )


def wait_state(qtbot: Any, view: TrainView, state: str) -> None:
    """Wait until the run is in `state`."""
    qtbot.waitUntil(lambda: view.session.run is not None and view.session.run.state == state, timeout=PATIENCE_MS)
