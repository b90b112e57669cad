"""What the tests of the Runs workspace share: a filled store, the page, its menus."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu

from deepstudio.store.runs import RunStore
from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.workspaces.runs.page import RunsPage
from tests.helpers.shell import open_window


def fill(store: RunStore, folder: Path) -> None:
    """Write six runs: two networks, three rates, one that diverged, one that failed."""
    for number in range(6):
        config = {
            "network": {"name": ("small", "wide")[number % 2]},
            "optimizer": {"learning_rate": (0.1, 0.03, 0.01)[number % 3]},
            "seed": number,
        }
        run = store.create_run(
            f"digits-{number}",
            config=config,
            tags=("first",) if number < 2 else ("sweep",),
            created=1.79e9 + 1000 * number,
            folder=folder / f"digits-{number}",
        )
        writer = store.writer(run.id)
        steps = np.arange(200)
        loss = np.exp(-steps / (50 + 10 * number))
        loss[100] = math.nan if number == 3 else loss[100]
        writer.write("loss", steps, run.created + steps, loss)
        writer.write("validation_accuracy", [100, 199], run.created, [0.5, 0.9 - 0.05 * number])
        writer.close("failed" if number == 5 else "finished")
        store.update(run.id, ended=run.created + 100.0 * (number + 1))


def open_runs(qtbot: Any, services: Any) -> tuple[MainWindow, RunsPage]:
    window = open_window(qtbot, services, workspace="runs")
    page: RunsPage = window.workspace("runs").page  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: page.presenter.store is not None, timeout=10_000)
    return window, page


def names(page: RunsPage) -> list[str]:
    return [item.run.name for item in page.model.shown()]


def pick(page: RunsPage, *wanted: str) -> None:
    page.select([item.id for item in page.model.items() if item.run.name in wanted])


def texts_of(open_menu: Callable[[QPoint], object]) -> list[str]:
    open_menu(QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    menu.close()
    QApplication.processEvents()
    return texts
