"""What a user can ask of the train workspace by button, key or menu: open, save, start, and the other ways to train."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from deepstudio.core.failures import failure_from
from deepstudio.ui.presenters.training_session import TrainingSession
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.workspaces.train.checks_presenter import ChecksPresenter
from deepstudio.ui.workspaces.train.dialogs import TrainDialogs
from deepstudio.ui.workspaces.train.setup_page import SetupPage
from deepstudio.ui.workspaces.train.setup_presenter import SetupPresenter
from deepstudio.ui.workspaces.train.ways import ways_of


class TrainCommands(QObject):
    """Asks in dialogs over `window` and does it. GUI thread."""

    opened = Signal(object)
    """The path of data or a recipe that the user chose."""
    setup_asked = Signal()
    """Something is missing in the set-up: show it."""
    message = Signal(str)
    failed = Signal(object)

    def __init__(
        self, services: Any, setup: SetupPresenter, checks: ChecksPresenter, page: SetupPage, window: QWidget
    ) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._page = page
        self.setup, self.checks = setup, checks
        self.session: TrainingSession = services.training
        self.folder = ""
        """Where dialogs begin."""

    @Slot()
    def ask_folder(self) -> None:
        """Ask for a folder and open it."""
        folder = TrainDialogs.ask_folder(self._window, self.folder)
        if folder is not None:
            self.opened.emit(folder)

    @Slot()
    def ask_table(self) -> None:
        """Ask for a table and open it."""
        table = TrainDialogs.ask_table(self._window, self.folder)
        if table is not None:
            self.opened.emit(table)

    @Slot()
    def ask_recipe(self) -> None:
        """Ask for a recipe and open it."""
        path = TrainDialogs.ask_recipe(self._window, self.folder)
        if path is not None:
            self.setup.open_recipe(path)

    @Slot()
    def save_recipe(self) -> None:
        """Ask where, and write the recipe."""
        if self.setup.draft.empty:
            self.message.emit(self.tr("Open data first."))
            return
        path = TrainDialogs.ask_recipe_target(self._window, f"{self.setup.draft.recipe.name}.toml")
        if path is not None:
            self.setup.save_recipe(path)

    def _ready(self, way: str = "") -> bool:
        """Return whether training may start, in this way; say why not."""
        if self.setup.view is None or self.setup.draft.empty:
            self.setup_asked.emit()
            self.message.emit(self.tr("Open data first."))
            return False
        reason = self._page.start.reason
        lacking = getattr(ways_of(self.setup.draft.recipe), way) if way else ""
        if reason or lacking:
            self.message.emit(reason or translate_sentence(lacking, "settings"))
            return False
        return True

    @Slot()
    def start(self) -> None:
        """Train what is set up."""
        if self._ready():
            assert self.setup.view is not None
            self.checks.cancel()
            self.session.start(self.setup.ready_recipe(), self.setup.view.data)

    @Slot()
    def train_again(self) -> None:
        """Train the same once more, with the data as they are corrected now."""
        run = self.session.run
        if self.setup.view is None and run is not None and not run.active:
            self.session.start(run.recipe, run.data)
        else:
            self.start()

    @Slot()
    def go_on(self) -> None:
        """Go on with the run that was stopped."""
        run = self.session.run
        if run is not None and not run.active and run.folder:
            self.session.resume_here()

    @Slot()
    def start_or_pause(self) -> None:
        """Start what is set up, or pause and resume the run: one key for all."""
        if self.session.active:
            self.session.toggle_pause()
        else:
            self.start()

    @Slot()
    def ask_folds(self) -> None:
        """Ask how often and cross-validate."""
        if not self._ready("folds"):
            return
        question = self.tr("How many parts? Each is held out once, so the network is trained that many times.")
        count = TrainDialogs.ask_count(self._window, self.tr("Cross-validate"), question, value=5, low=2, high=20)
        if count is not None and self.setup.view is not None:
            self.session.cross_validate(self.setup.ready_recipe(), self.setup.view.data, count)

    @Slot()
    def ask_seeds(self) -> None:
        """Ask how often and train with other seeds."""
        if not self._ready("seeds"):
            return
        question = self.tr("How many runs? They differ in their seed alone, so their spread is chance.")
        count = TrainDialogs.ask_count(
            self._window, self.tr("Repeat with other seeds"), question, value=3, low=2, high=50
        )
        if count is not None and self.setup.view is not None:
            recipe = self.setup.ready_recipe()
            self.session.repeat(recipe, self.setup.view.data, tuple(recipe.seed + n for n in range(count)))

    @Slot()
    def find_rate(self) -> None:
        """Look for a good learning rate."""
        if not self._ready("find_rate") or self.setup.view is None:
            return
        from deepstudio.ui.workspaces.train.rate_dialog import RateDialog

        rate = RateDialog.ask(self._services, self.setup.ready_recipe(), self.setup.view.data, self._window)
        if rate is not None:
            self.setup.draft.set("optimizer.lr", rate)

    @Slot()
    def ask_processes(self) -> None:
        """Ask how many processes and start them."""
        if not self._ready("processes") or self.setup.view is None:
            return
        from deepstudio.ui.workspaces.train.processes_dialog import ProcessesDialog

        recipe, data = self.setup.ready_recipe(), self.setup.view.data
        count = ProcessesDialog.ask(recipe, data, self._window)
        if count is None:
            return
        try:
            self.session.start_processes(recipe, data, count)
        except OSError as error:
            self.failed.emit(failure_from(error))
