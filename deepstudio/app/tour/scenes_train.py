"""The scenes of the train workspace: a small network is trained for real, watched, paused, looked into. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt

from deepstudio.app.tour.stage import Stage, TourError
from deepstudio.ui.presenters.training_state import RunState
from deepstudio.ui.workspaces.train.view import LOOK, RUN, SETUP, TrainView

_PATIENCE_S = 240.0
_SMALL = {
    "training.epochs": 12,
    "training.batch_size": 32,
    "training.patience": 0,
    "training.keep": "last",
    "network.config.widths": (16, 32, 32),
    "network.config.depth": 2,
    "optimizer.lr": 0.005,
}
"""Seconds on two cores, and yet most shapes are told apart."""


class TrainScenes:
    """The workspace and what is done with it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        view = stage.window.workspace("train").view  # type: ignore[attr-defined]
        assert isinstance(view, TrainView)
        self.view = view

    def go(self) -> None:
        """Show the workspace by its key."""
        names = [space.name for space in self.stage.window.host.spaces()]
        self.stage.keys(Qt.Key(Qt.Key.Key_1.value + names.index("train")))
        self.stage.until(lambda: self.stage.window.host.current() == "train", "the train workspace")
        self.stage.settle()

    def set_up(self) -> None:
        """Open the drawn shapes and choose a network of seconds."""
        view, stage = self.view, self.stage
        stage.shoot("train-empty")
        stage.click(view.setup_page.empty.shapes)
        stage.until(lambda: view.setup.view is not None, "the drawn shapes", _PATIENCE_S)
        stage.until(lambda: not view.checks.busy and view.checks.report is not None, "the checks", _PATIENCE_S)
        self.wait_idle()
        view.setup.draft.set_many(_SMALL)
        stage.shoot("train-set-up")

    def train(self) -> None:
        """Start, pause, go on faster, until the model is there."""
        view, stage, session = self.view, self.stage, self.view.session
        stage.click(view.setup_page.start.start)
        stage.until(lambda: session.run is not None and session.run.step >= 20, "twenty steps", _PATIENCE_S)
        stage.shoot("train-run")
        stage.click(view.run_page.header.pause)
        self.wait_state(RunState.PAUSED)
        stage.shoot("train-paused")
        stage.keys(Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
        self.wait_state(RunState.FINISHED)
        self.wait_idle()
        stage.shoot("train-finished")

    def look_closer(self) -> None:
        """Open the samples of the fullest wrong cell."""
        view, presenter = self.view, self.view.look_page.presenter
        self.stage.click(view.modes.button(LOOK))
        self.stage.until(lambda: presenter.result is not None, "what the network says of each sample", _PATIENCE_S)
        self.wait_idle()
        self.stage.settle()
        self.stage.shoot("train-look-closer")

    def use(self) -> None:
        """Install the model and find it chosen in Image."""
        view, stage = self.view, self.stage
        self.stage.click(view.modes.button(RUN))
        stage.click(view.run_page.result.open)
        stage.until(lambda: stage.window.host.current() == "image", "the image workspace", _PATIENCE_S)
        image = stage.window.workspace("image").view  # type: ignore[attr-defined]
        assert view.session.run is not None
        name = view.session.run.recipe.name
        if [choice.name for choice in image.models.selected()] != [name]:
            raise TourError(f"{name} is not the model that answers")

    def wait_for_data(self) -> None:
        """After a change of language the window reads the data again."""
        self.stage.until(lambda: self.view.setup.view is not None, "the data", _PATIENCE_S)
        self.wait_idle()

    def show(self, page: str, picture: str) -> None:
        """Take a picture of a page as it is."""
        self.stage.click(self.view.modes.button(page))
        self.stage.settle()
        self.stage.shoot(picture)

    def wait_state(self, state: RunState) -> None:
        """Wait until the run is in `state`."""
        session = self.view.session
        self.stage.until(lambda: session.run is not None and session.run.state is state, f"{state}", _PATIENCE_S)

    def wait_idle(self) -> None:
        """Wait until no lane is busy and everything is drawn."""
        jobs = self.stage.program.services.jobs
        self.stage.until(lambda: not jobs.busy(), "the lanes to be idle", _PATIENCE_S)
        self.stage.settle()


def main_job(stage: Stage) -> None:
    """From nothing to a network that answers, once, in a wide light window."""
    scenes = TrainScenes(stage)
    with stage.step("train"):
        scenes.go()
        scenes.set_up()
        scenes.train()
        scenes.look_closer()
        scenes.use()


def looks(stage: Stage) -> None:
    """The pages as they are, in the present theme, size and language."""
    scenes = TrainScenes(stage)
    with stage.step("look at the training"):
        scenes.go()
        if scenes.view.session.run is None:
            scenes.show(SETUP, "train-empty")
            return
        scenes.wait_for_data()
        for page, picture in ((SETUP, "train-set-up"), (RUN, "train-finished"), (LOOK, "train-look-closer")):
            scenes.show(page, picture)
