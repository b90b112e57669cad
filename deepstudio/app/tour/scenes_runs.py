"""What the tour shows of the runs: a program of its own is watched, compared, exported and brought back. GUI thread."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from deepstudio.app.tour.stage import Stage, TourError
from deepstudio.ui.workspaces.runs.columns_popup import ColumnsPopup
from deepstudio.ui.workspaces.runs.page import RunsPage

_RATES = (0.03, 0.1, 0.3, 1.0)
_HIDDEN = (4, 16)
_PROGRAM = """
import sys
import numpy as np
from deepstudio import monitor

# Two spirals told apart by one hidden layer, trained by plain gradient descent.
random = np.random.default_rng(0)
turn = np.sqrt(random.random(400)) * 7
side = np.repeat([1.0, -1.0], 200)
points = (side * np.stack([np.cos(turn), np.sin(turn)]) * turn / 7).T + 0.02 * random.standard_normal((400, 2))
points = np.stack([points[:, 0], points[:, 1], *np.sin(4 * points.T), *np.cos(4 * points.T)], axis=1)
label = (side > 0).astype(float)
held = np.arange(400) % 4 == 0
for hidden in map(int, sys.argv[2].split(",")):
    for rate in map(float, sys.argv[1].split(",")):
        config = {"network": {"hidden": hidden}, "optimizer": {"name": "sgd", "learning_rate": rate}, "seed": 0}
        with monitor.run(f"spirals-{hidden}-{rate:g}", config=config, tags=["spirals"]) as run:
            random = np.random.default_rng(1)
            first, second = random.standard_normal((6, hidden)), random.standard_normal(hidden) * 0.1
            for step in range(600):
                batch = random.permutation(np.flatnonzero(~held))[:32]
                x, y = points[batch], label[batch]
                h = np.tanh(x @ first)
                p = 1 / (1 + np.exp(-h @ second))
                grad = (p - y) / len(batch)
                loss = -np.mean(np.log(np.clip(np.where(y > 0, p, 1 - p), 1e-9, 1)))
                first -= rate * x.T @ (np.outer(grad, second) * (1 - h * h))
                second -= rate * h.T @ grad
                run.log({"loss": loss, "gradient_norm": float(np.linalg.norm(h.T @ grad))}, step=step)
                if step % 20 == 0:
                    right = (np.tanh(points[held] @ first) @ second > 0) == (label[held] > 0)
                    run.log({"validation_accuracy": float(right.mean())}, step=step)
"""


class RunsScenes:
    """The scenes of the Runs workspace."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        page = stage.window.workspace("runs").page  # type: ignore[attr-defined]
        assert isinstance(page, RunsPage)
        self.page = page

    def show(self) -> None:
        """Go to the runs by their shortcut."""
        names = [space.name for space in self.stage.window.host.spaces()]
        self.stage.keys(Qt.Key(Qt.Key.Key_1.value + names.index("runs")))
        self.stage.until(lambda: self.stage.window.host.current() == "runs", "the runs")
        self.stage.until(lambda: self.page.presenter.store is not None, "the store of runs")
        self.stage.idle()

    def names(self) -> list[str]:
        """Return the runs of the table."""
        return [item.run.name for item in self.page.model.shown()]

    def watch_a_program(self) -> None:
        """Start a training program that logs, and watch its runs appear."""
        command = [sys.executable, "-c", _PROGRAM, ",".join(map(str, _RATES)), ",".join(map(str, _HIDDEN))]
        program = subprocess.Popen(command)
        wanted = len(_RATES) * len(_HIDDEN)
        self.stage.until(lambda: any(name.startswith("spirals") for name in self.names()), "the first run")
        self.select("spirals")
        self.stage.until(lambda: self._ended() == wanted or program.poll() not in (None, 0), "all runs", 120.0)
        if program.wait() != 0 or self._ended() != wanted:
            raise TourError("the training program failed")
        self.stage.idle()

    def _ended(self) -> int:
        shown = self.page.model.shown()
        return sum(item.run.name.startswith("spirals") and item.run.ended is not None for item in shown)

    def select(self, words: str) -> None:
        """Select the runs with these words in their names."""
        self.page.select([item.id for item in self.page.model.items() if words in item.run.name])
        view = self.page.pane.view
        self.stage.until(
            lambda: view.sources() and all(source.metrics() for source in view.sources()), "the curves to be read"
        )
        self.stage.settle()

    def tab(self, key: str, name: str) -> None:
        """Show a page about the selected runs."""
        self.page.pane.view.show_tab(key)
        self.stage.idle()
        self.stage.shoot(name)

    def filter(self, words: str, name: str) -> None:
        """Type a filter."""
        self.page.bar.filter.setText(words)
        self.page.bar.apply()
        if not self.names():
            raise TourError(f"the filter {words!r} finds nothing")
        self.stage.shoot(name)
        self.page.bar.filter.clear()
        self.page.bar.apply()

    def grouped_curves(self) -> None:
        """Show the curves of all runs by a setting: mean and band; then two metrics in one wide panel."""
        self.page.table.selectAll()
        self.stage.idle()
        curves = self.page.pane.view.curves
        place = curves.controls.group.findData("network.hidden")
        if place < 0:
            raise TourError("the runs cannot be grouped by a setting")
        curves.controls.group.setCurrentIndex(place)
        self.stage.settle()
        self.stage.shoot("runs-grouped-curves")
        curves.tools.widen("loss", 0)
        curves.tools.merge("loss", "accuracy")
        self.stage.settle()
        self.stage.shoot("runs-panels")
        curves.tools.reset()
        curves.controls.group.setCurrentIndex(0)
        self.stage.idle()

    def columns(self) -> None:
        """Open the list of columns over the window."""
        self.page.bar.columns.click()
        self.stage.idle()
        popup = self.page.findChild(ColumnsPopup)
        if popup is None:
            raise TourError("the list of columns did not open")
        self.stage.shoot("runs-columns", over=popup)
        popup.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def out_and_in(self) -> None:
        """Export a run as TensorBoard events, drop that folder on the window, and delete what it brought."""
        with tempfile.TemporaryDirectory() as folder:
            first = self.page.model.shown()[0]
            self.page.presenter.export([first.id], Path(folder) / "tensorboard", "tensorboard")
            self.stage.idle()
            self.stage.let_fall(self.stage.drag_over([Path(folder) / "tensorboard"]))
            self.stage.until(lambda: any(item.run.kind == "tensorboard" for item in self.page.selected()), "the import")
            self.stage.until(lambda: all(source.metrics() for source in self.page.pane.view.sources()), "its curves")
            self.stage.idle()
            self.stage.shoot("runs-tensorboard")
            count = len(self.names())
            self.page.commands.delete_selected()
            if not any(item.run.status.alive for item in self.page.selected()):
                self.stage.until(lambda: len(self.names()) < count, "the deletion")
            self.stage.shoot("runs-deleted")
            self.stage.window.toasts.clear()


def main_job(stage: Stage) -> None:
    """From no run at all to the comparison of many."""
    with stage.step("runs"):
        scenes = RunsScenes(stage)
        scenes.show()
        stage.shoot("runs-empty" if not scenes.names() else "runs")
    with stage.step("watch a program"):
        scenes.watch_a_program()
        scenes.select("spirals-16")
        scenes.tab("curves", "runs-curves")
    with stage.step("compare runs"):
        scenes.tab("settings", "runs-settings")
        scenes.page.table.selectAll()
        scenes.tab("parallel", "runs-parallel")
        scenes.select("spirals-16-0.3")
        scenes.tab("about", "runs-about")
        scenes.page.pane.view.show_tab("curves")
    with stage.step("arrange runs"):
        scenes.filter("learning_rate>=0.3 -hidden", "runs-filter")
        scenes.page.set_group("set:network.hidden")
        stage.shoot("runs-groups")
        scenes.page.set_group("")
        scenes.columns()
        scenes.grouped_curves()
    with stage.step("runs out and in"):
        scenes.out_and_in()
    looks(stage)


def looks(stage: Stage) -> None:
    """The page as it is, in the present theme, size and language."""
    with stage.step("look at the runs"):
        scenes = RunsScenes(stage)
        scenes.show()
        scenes.select("spirals-16")
        scenes.tab("curves", "runs-look")
        scenes.tab("about", "runs-look-about")
        scenes.page.pane.view.show_tab("curves")
