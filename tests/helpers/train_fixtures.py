"""The true window on the train workspace, with tiny sets and networks of seconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.workspaces.train.view import TrainView
from tests.helpers.shell import open_window, shell_services
from tests.helpers.tiny_sets import write_classes


@pytest.fixture
def window(qtbot: Any, home: Path) -> MainWindow:
    """Return the window, showing the train workspace; a run that still goes on is stopped when the test ends."""
    services = shell_services(home)
    made = open_window(qtbot, services, workspace="train")
    yield made
    services.training.abandon()
    services.jobs.shutdown(20_000)
    services.open_store.close()


@pytest.fixture
def view(window: MainWindow) -> TrainView:
    """Return the view of the train workspace."""
    return window.workspace("train").view  # type: ignore[attr-defined]


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    """Return a folder of two classes that differ in colour."""
    return write_classes(tmp_path / "pets", {"cat": 30, "dog": 30})
