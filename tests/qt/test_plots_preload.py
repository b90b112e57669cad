"""The plots are loaded before they are needed, in a lane."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QObject

from deepstudio.jobs.manager import JobManager
from deepstudio.ui import plots_preload


def test_classes_are_made_in_slices_and_the_rest_is_imported_in_a_lane(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plots_preload, "plots_loaded", lambda: False)  # another test may have loaded them
    jobs, parent, seen = JobManager(), QObject(), []
    jobs.lane_load_changed.connect(lambda lane, waiting, title: seen.append((lane, title)))
    plots_preload.preload_plots(jobs, parent)
    qtbot.waitUntil(lambda: bool(seen) and not jobs.busy(), timeout=20_000)
    assert {lane for lane, _ in seen} == {"files"}
    assert jobs.shutdown()


def test_what_is_loaded_is_not_loaded_again(qtbot: Any) -> None:
    import deepstudio.ui.runview  # noqa: F401

    parent = QObject()
    plots_preload.preload_plots(None, parent)
    assert not parent.children()
