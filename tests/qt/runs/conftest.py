"""Fixtures of the Runs workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deepstudio.store.runs import RunStore
from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.workspaces.runs.page import RunsPage
from tests.helpers.runs_page import fill, open_runs
from tests.helpers.shell import shell_services


@pytest.fixture
def services(home: Path) -> Iterator[Any]:
    made = shell_services(home)
    yield made
    made.open_store().close()


@pytest.fixture
def store(services: Any, tmp_path: Path) -> RunStore:
    opened: RunStore = services.open_store()
    fill(opened, tmp_path / "runs")
    return opened


@pytest.fixture
def opened(qtbot: Any, services: Any, store: RunStore) -> Iterator[tuple[MainWindow, RunsPage]]:
    window, page = open_runs(qtbot, services)
    qtbot.waitUntil(lambda: len(page.model.shown()) == 6, timeout=10_000)
    qtbot.waitUntil(lambda: all(item.infos for item in page.model.shown()), timeout=10_000)
    yield window, page
    page.stop()
