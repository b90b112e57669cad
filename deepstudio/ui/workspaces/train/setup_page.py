"""Setting up a training: data at the left, network and settings in the middle, checks and Start at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QProgressBar, QStackedWidget, QWidget

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import mark
from deepstudio.ui.widgets.parts import column, label, line
from deepstudio.ui.workspaces.image.panes import ThreePanes
from deepstudio.ui.workspaces.train.checks_pane import ChecksPane
from deepstudio.ui.workspaces.train.checks_presenter import ChecksPresenter
from deepstudio.ui.workspaces.train.data_pane import DataPane
from deepstudio.ui.workspaces.train.empty_page import EmptyPage
from deepstudio.ui.workspaces.train.recipe_pane import RecipePane
from deepstudio.ui.workspaces.train.setup_presenter import SetupPresenter
from deepstudio.ui.workspaces.train.start_pane import StartPane
from deepstudio.ui.workspaces.train.ways import ways_of
from deepstudio.ui.workspaces.train.words import marked

_PATIENCE_MS = 300
_METER_WIDTH = 280
BLOCKED = QT_TRANSLATE_NOOP("settings", "Mend this first: {finding}")


class SetupPage(QWidget):
    """Three panes over a `SetupPresenter` and a `ChecksPresenter`; the view opens dialogs and starts runs."""

    ready_changed = Signal()

    def __init__(
        self, services: Any, setup: SetupPresenter, checks: ChecksPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = services.theme
        self.setup, self.checks = setup, checks
        self._busy = ""
        self.empty = EmptyPage(theme)
        self.data = DataPane(theme)
        self.recipe = RecipePane(theme, setup)
        self.findings = ChecksPane(theme, checks)
        self.start = StartPane(theme)
        right = QFrame()
        mark(right, surface="card")
        inner = column(right, margins=(16, 12, 12, 12), gap=10)
        inner.addWidget(self.findings, 1)
        inner.addWidget(line())
        inner.addWidget(self.start)
        self.panes = ThreePanes(theme, self.data, self.recipe, right)
        self.panes.switch.set_text("middle", self.tr("Settings"))
        self.panes.switch.set_text("right", self.tr("Checks and start"))
        self._reading = self._build_reading()
        self._stack = QStackedWidget()
        for page in (self.empty, self._reading, self.panes):
            self._stack.addWidget(page)
        column(self).addWidget(self._stack)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._show_reading)
        self._connect()
        self._show()

    def _connect(self) -> None:
        setup, checks = self.setup, self.checks
        setup.opened.connect(self._on_opened)
        setup.closed.connect(self._on_closed)
        setup.reading.connect(self._on_reading)
        setup.thumbnail.connect(self.data.classes.rows.show_thumbnail)
        setup.thumbnail.connect(self.findings.show_thumbnail)
        setup.sample_text.connect(self.findings.show_text)
        setup.draft.changed.connect(self._on_recipe)
        setup.draft.replaced.connect(self._on_recipe)
        checks.changed.connect(self._on_checks)
        checks.corrected.connect(self._on_corrected)
        checks.settings_asked.connect(self.setup.draft.set_many)
        checks.settings_asked.connect(self.check_again)
        self.findings.again_asked.connect(self.check_again)
        self.findings.samples_wanted.connect(setup.ask_samples)
        self.data.close_asked.connect(setup.close_data)
        self.data.reading.chosen.connect(setup.read_as)

    def _build_reading(self) -> QWidget:
        page = QFrame()
        mark(page, surface="card")
        layout = column(page, margins=(24, 24, 24, 24), gap=12)
        words = label(self.tr("Looking at the data…"), "heading")
        meter = QProgressBar()
        meter.setRange(0, 0)
        meter.setTextVisible(False)
        meter.setFixedWidth(_METER_WIDTH)
        meter.setAccessibleName(self.tr("Looking at the data…"))
        layout.addStretch(1)
        for widget in (words, meter):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        return page

    @property
    def shows_data(self) -> bool:
        """Return whether data are open."""
        return self._stack.currentWidget() is self.panes

    def set_busy(self, reason: str) -> None:
        """Say why nothing can be started now, such as another run in training; "" lets it."""
        self._busy = reason
        self._allow()

    @Slot()
    def check_again(self) -> None:
        """Run the checks on what is set up."""
        if self.setup.view is not None and not self.setup.draft.empty:
            self.checks.run(self.setup.draft.recipe, self.setup.view.data, self.setup.view.root)

    @Slot()
    def _on_opened(self) -> None:
        view = self.setup.view
        assert view is not None
        self.data.show_data(view, self.setup.draft.recipe)
        self.start.show_ways(ways_of(self.setup.draft.recipe))
        self._show()
        self.findings.shows = view.shows
        self.check_again()
        self._allow()

    @Slot()
    def _on_closed(self) -> None:
        self.checks.clear()
        self._show()

    @Slot(bool)
    def _on_reading(self, on: bool) -> None:
        if on and self.setup.view is None:
            self._patience.start()
        elif not on:
            self._patience.stop()
            self._show()

    @Slot()
    def _show_reading(self) -> None:
        self._stack.setCurrentWidget(self._reading)

    @Slot(object)
    def _on_corrected(self, state: object) -> None:
        self.setup.read_again()

    @Slot()
    def _on_recipe(self) -> None:
        view = self.setup.view
        if view is not None and not self.setup.draft.empty:
            self.data.show_splits(view, self.setup.draft.recipe)
            self.start.show_ways(ways_of(self.setup.draft.recipe))
        self._allow()

    @Slot()
    def _on_checks(self) -> None:
        self._allow()

    def _show(self) -> None:
        self._stack.setCurrentWidget(self.panes if self.setup.view is not None else self.empty)

    def _allow(self) -> None:
        blocking = self.checks.blocking()
        if self._busy:
            self.start.allow(self._busy)
        elif blocking:
            words = marked(blocking[0])
            self.start.allow(translate_sentence(BLOCKED, "settings").format(finding=words))
        else:
            self.start.allow("")
        self.ready_changed.emit()
