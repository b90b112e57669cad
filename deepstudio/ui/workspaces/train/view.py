"""The train workspace: set up, run, look closer; and what leads from one to the other. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QWidget

from deepstudio.ui.presenters.training_session import TrainingSession
from deepstudio.ui.presenters.training_state import RunState
from deepstudio.ui.widgets.parts import column, row
from deepstudio.ui.widgets.segmented import Segmented
from deepstudio.ui.workspaces.train import view_state
from deepstudio.ui.workspaces.train.alerts import Alerts
from deepstudio.ui.workspaces.train.checks_presenter import ChecksPresenter
from deepstudio.ui.workspaces.train.commands import TrainCommands
from deepstudio.ui.workspaces.train.dialogs import Closing, TrainDialogs
from deepstudio.ui.workspaces.train.installer import Installer
from deepstudio.ui.workspaces.train.interrupted_bar import InterruptedBar
from deepstudio.ui.workspaces.train.look_page import LookPage
from deepstudio.ui.workspaces.train.run_page import RunPage
from deepstudio.ui.workspaces.train.setup_page import SetupPage
from deepstudio.ui.workspaces.train.setup_presenter import SetupPresenter

SETUP, RUN, LOOK = "setup", "run", "look"


class TrainView(QWidget):
    """Menus, drops, other workspaces and tours call its public methods."""

    message = Signal(str)
    failed = Signal(object)
    undo_offered = Signal(str, object)
    models_touched = Signal()
    state_changed = Signal()
    go_asked = Signal(str, str, object)

    def __init__(self, services: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.session: TrainingSession = services.training
        self.setup = SetupPresenter(services, self)
        self.checks = ChecksPresenter(services, self)
        self.installer = Installer(services, self)
        self.alerts = Alerts(self.session, self)
        self.modes = Segmented(services.theme)
        self.interrupted = InterruptedBar(services)
        self.setup_page = SetupPage(services, self.setup, self.checks)
        self.run_page = RunPage(services)
        self.look_page = LookPage(services)
        self.commands = TrainCommands(services, self.setup, self.checks, self.setup_page, self)
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._on_session()
        self._offer()
        self.interrupted.look()

    def _lay_out(self) -> None:
        for key, icon in ((SETUP, "sliders"), (RUN, "activity"), (LOOK, "search")):
            self.modes.add(key, icon=icon)
        self.modes.set_text(SETUP, self.tr("Set up"), self.tr("Data, network, settings and checks"))
        self.modes.set_text(RUN, self.tr("Run"), self.tr("Watch and steer the training"))
        self.modes.set_text(
            LOOK, self.tr("Look closer"), self.tr("See the samples behind the figures and correct them")
        )
        bar = row(gap=12)
        bar.addWidget(self.modes)
        bar.addStretch(1)
        for page in (self.setup_page, self.run_page, self.look_page):
            self._pages.addWidget(page)
        whole = column(self, margins=(16, 12, 16, 14), gap=12)
        whole.addLayout(bar)
        whole.addWidget(self.interrupted)
        whole.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.modes.chosen.connect(self.show_page)
        parts = (self.setup, self.checks, self.session, self.installer, self.run_page, self.look_page, self.commands)
        for part in parts:
            part.failed.connect(self.failed)
        for speaker in (self.setup, self.run_page, self.look_page, self.alerts, self.commands):
            speaker.message.connect(self.message)
        self.commands.opened.connect(self._on_opened)
        self.commands.setup_asked.connect(self.show_setup_page)
        self._connect_setup()
        self._connect_run()
        self.installer.touched.connect(self.models_touched)
        self.installer.undo_offered.connect(self.undo_offered)
        self.installer.open_asked.connect(self._on_installed)
        self.checks.corrected.connect(self._on_corrected)
        self.look_page.corrected.connect(self._on_looked)
        self.look_page.undo_offered.connect(self.undo_offered)
        self.look_page.train_asked.connect(self.commands.train_again)
        self.interrupted.resume_asked.connect(self.session.resume)

    def _connect_setup(self) -> None:
        page, start = self.setup_page, self.setup_page.start
        for asked in (page.empty.folder_asked, page.data.open_folder_asked):
            asked.connect(self.commands.ask_folder)
        for asked in (page.empty.table_asked, page.data.open_table_asked):
            asked.connect(self.commands.ask_table)
        page.empty.shapes_asked.connect(self.setup.try_shapes)
        page.recipe.open_asked.connect(self.commands.ask_recipe)
        page.recipe.save_asked.connect(self.commands.save_recipe)
        page.findings.show_asked.connect(self._on_show_finding)
        start.start_asked.connect(self.commands.start)
        start.folds_asked.connect(self.commands.ask_folds)
        start.seeds_asked.connect(self.commands.ask_seeds)
        start.find_rate_asked.connect(self.commands.find_rate)
        start.processes_asked.connect(self.commands.ask_processes)
        self.setup.opened.connect(self.state_changed)
        self.setup.closed.connect(self.state_changed)

    def _connect_run(self) -> None:
        session, page = self.session, self.run_page
        session.changed.connect(self._on_session)
        session.began.connect(self._on_began)
        session.ended.connect(self._on_ended)
        session.snapshot_taken.connect(self._on_snapshot)
        page.setup_asked.connect(self.show_setup)
        page.cell_activated.connect(self._on_cell)
        page.header.resume_asked.connect(self.commands.go_on)
        page.result.open_asked.connect(self.use_model)
        page.result.look_asked.connect(self.look_closer)
        for card in (page.result, page.series):
            card.again_asked.connect(self.show_setup)
            card.runs_asked.connect(self._on_runs)
        page.result.folder_asked.connect(self.open_run_folder)
        page.result.details_asked.connect(self.failed)

    # What comes in

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open a folder, a table or a recipe."""
        path = Path(paths[0])
        self.commands.folder = str(path.parent)
        self.show_page(SETUP)
        if path.suffix.lower() == ".toml":
            self.setup.open_recipe(path)
        else:
            self.setup.open_data(path)

    def receive(self, what: str, value: object) -> None:
        """Take what another workspace hands over."""
        view_state.receive(self, what, value)

    @Slot(object)
    def _on_opened(self, path: Path) -> None:
        self.open_paths([path])

    @Slot()
    def show_setup_page(self) -> None:
        """Show the set-up as it is."""
        self.show_page(SETUP)

    # What follows from a run

    @Slot()
    def use_model(self) -> None:
        """Install the finished model and open it where it is used."""
        run = self.session.run
        if run is not None and run.model is not None:
            self.installer.install(run.model, then_open=True)

    @Slot()
    def use_now(self) -> None:
        """Use the network: of the run that goes on a snapshot, of a finished one its model."""
        if self.session.active:
            self.session.take_snapshot()
        else:
            self.use_model()

    @Slot()
    def look_closer(self) -> None:
        """Show the samples behind the figures of the finished model."""
        self.show_page(LOOK)

    @Slot()
    def open_run_folder(self) -> None:
        """Show the run's files."""
        run = self.session.run
        if run is not None and run.folder:
            QDesktopServices.openUrl(QUrl.fromLocalFile(run.folder))

    @Slot()
    def _on_runs(self) -> None:
        run = self.session.run
        if run is not None and run.run_id:
            self.go_asked.emit("runs", "run", run.run_id)

    @Slot(object)
    def _on_snapshot(self, path: Path) -> None:
        self.installer.install(path, then_open=True)

    @Slot(str, str)
    def _on_installed(self, workspace: str, name: str) -> None:
        self.go_asked.emit(workspace, "model", name)

    @Slot(int, int)
    def _on_cell(self, true: int, predicted: int) -> None:
        run = self.session.run
        if run is not None and run.active:
            self.message.emit(self.tr("The samples can be looked at once the run has finished."))
            return
        self.show_page(LOOK)
        self.look_page.show_cell(true, predicted)

    @Slot(object)
    def _on_show_finding(self, finding: Any) -> None:
        from deepstudio.ui.workspaces.train.samples_dialog import SamplesDialog

        if self.setup.view is not None:
            view = self.setup.view
            chosen = SamplesDialog.ask(self._services, view.root, finding, self, shows=view.shows)
            if chosen:
                self.checks.exclude(chosen)

    @Slot(object)
    def _on_corrected(self, state: Any) -> None:
        if state.can_undo:
            self.undo_offered.emit(self.tr("The data were corrected."), self.checks.undo)

    @Slot()
    def _on_looked(self) -> None:
        run = self.session.run
        if self.setup.view is not None and run is not None and self.setup.view.data == run.data:
            self.setup.read_again()

    # Pages

    @Slot(str)
    def show_page(self, page: str) -> None:
        """Show one of SETUP, RUN, LOOK."""
        self.modes.choose(page)
        shown = {SETUP: self.setup_page, RUN: self.run_page, LOOK: self.look_page}[page]
        self._pages.setCurrentWidget(shown)

    @property
    def page(self) -> str:
        """Return which page is shown."""
        return self.modes.current

    @Slot()
    def show_setup(self) -> None:
        """Show the set-up, of the last run if there are no data open."""
        run = self.session.run
        self.show_page(SETUP)
        if self.setup.view is None and run is not None and run.data.exists():
            self.setup.open_data(run.data, recipe=run.recipe)

    @Slot()
    def _on_began(self) -> None:
        self.show_page(RUN)
        self.look_page.forget()
        self.interrupted.look()

    @Slot()
    def _on_session(self) -> None:
        busy = self.tr("A network is in training.") if self.session.active else ""
        self.setup_page.set_busy(busy)

    @Slot()
    def _on_ended(self) -> None:
        self._on_session()
        self._offer()
        self.interrupted.look()

    def _offer(self) -> None:
        """Let the samples of a finished run be looked at."""
        run = self.session.run
        if run is not None and run.state is RunState.FINISHED and run.model is not None:
            self.look_page.offer(run.model, run.data, run.recipe)

    # What survives, and the end

    def may_close(self) -> bool:
        """Return whether the window may close; a run is stopped with a checkpoint, if the user says so."""
        if not self.session.active:
            return True
        if TrainDialogs.ask_closing(self) is Closing.STAY:
            return False
        self.session.abandon()
        return True

    def save_state(self) -> dict[str, Any]:
        """Return the data, the recipe as it is, and the page."""
        return view_state.state_of(self)

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take back what `save_state` returned; what makes no sense is ignored."""
        view_state.take_back(self, state)
        if self.session.run is not None:
            self.show_page(RUN)
