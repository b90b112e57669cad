"""The table on the left, the curves on the right, and what a person does with runs. GUI thread only."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QShowEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QWidget

from deepstudio.store.run_rows import RunRow
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import column, label, row
from deepstudio.ui.workspaces.runs import page_state
from deepstudio.ui.workspaces.runs.columns_popup import ColumnsPopup
from deepstudio.ui.workspaces.runs.commands import RunsCommands, can_resume
from deepstudio.ui.workspaces.runs.empty_page import EmptyPage
from deepstudio.ui.workspaces.runs.import_bar import ImportBar
from deepstudio.ui.workspaces.runs.items import RunItem, common_settings
from deepstudio.ui.workspaces.runs.notes_bar import NotesBar
from deepstudio.ui.workspaces.runs.presenter import RunsPresenter
from deepstudio.ui.workspaces.runs.run_pane import RunPane
from deepstudio.ui.workspaces.runs.table_model import RunsModel
from deepstudio.ui.workspaces.runs.table_view import RunsTable
from deepstudio.ui.workspaces.runs.top_bar import TopBar

_SHARES = (38, 62)
_LATELY_S = 86400.0
"""Runs that were interrupted within this time are offered at the start."""
_LEAST_TABLE = 316
_LEAST_PANE = 320
_MOST_GROWTH = 1.3
"""With larger text the table asks for more room, but in the smallest window there is no more than this."""


class RunsPage(QWidget):
    """The widget of the Runs workspace."""

    failed = Signal(object)
    message = Signal(str)
    undo_offered = Signal(str, object)
    state_changed = Signal()
    go_asked = Signal(str, str, object)

    def __init__(self, services: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._first = True
        self.model = RunsModel(self)
        self.presenter = RunsPresenter(services, self)
        self.commands = RunsCommands(self)
        self.table = RunsTable(services.theme, self.model, self.colour_of)
        self.bar = TopBar(services.theme)
        self.pane = RunPane(services, self.colour_of)
        self._notes = NotesBar(services.theme)
        self.interrupted, self.salvaged = self._notes.interrupted, self._notes.salvaged
        self.empty = EmptyPage(services.theme)
        self.reading = ImportBar(services.theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._build_main())
        self._stack.addWidget(self.empty)
        layout = column(self, gap=0)
        layout.addWidget(self._notes)
        layout.addWidget(self._stack, 1)
        self._connect()
        self.presenter.start()
        self.presenter.show_columns(self.model.columns)
        # No thread may speak to a window that is gone.
        self.destroyed.connect(self.presenter.stop)
        QCoreApplication.instance().aboutToQuit.connect(self.presenter.stop)

    # What there is ------------------------------------------------------------------------------------------------

    def colour_of(self, item: RunItem) -> QColor:
        """Return the colour of a run's curves: its own, else one of the theme's in turn."""
        series = self._services.theme.roles.series
        return QColor(item.run.colour or series[item.run.key % len(series)])

    def selected(self) -> list[RunItem]:
        """Return the selected runs."""
        return [item for run_id in self.table.selected_ids() if (item := self.model.item(run_id)) is not None]

    def drawn(self) -> list[RunItem]:
        """Return the runs whose curves are wanted: the selected ones and all that are pinned."""
        chosen = self.selected()
        known = {item.id for item in chosen}
        return chosen + [item for item in self.model.items() if item.run.pinned and item.id not in known]

    def select(self, run_ids: Iterable[str]) -> None:
        """Select runs; a filter that hides all of them is taken away."""
        wanted = list(run_ids)
        shown = {item.id for item in self.model.shown()}
        if wanted and not shown.intersection(wanted) and any(self.model.item(run_id) for run_id in wanted):
            self.bar.filter.clear()
            self.bar.apply()
        self.table.select_ids(wanted)

    def stop(self) -> None:
        """End everything that runs beside the window."""
        self.pane.close_sources()
        self.presenter.stop()

    # State --------------------------------------------------------------------------------------------------------

    def save_state(self) -> dict[str, Any]:
        """Return what should survive a restart."""
        return page_state.save(self)

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take back what `save_state` returned."""
        page_state.restore(self, state)

    def set_columns(self, keys: Sequence[str]) -> None:
        """Show these columns."""
        self.model.set_columns(keys)
        self.presenter.show_columns(self.model.columns)
        self.state_changed.emit()

    def keep_selection(self) -> None:
        """Select no run by itself: a selection was made before."""
        self._first = False

    @Slot(str)
    def set_group(self, key: str) -> None:
        """Group by a column, "" for no groups."""
        self.model.set_group(key)
        self.bar.offer_groups(self.model.items(), self.model.group)
        self.state_changed.emit()

    @Slot(bool)
    def show_table_alone(self, alone: bool) -> None:
        """Give the table the whole width, or lay the curves beside it."""
        self.table.show_whole_names(alone)
        self.pane.setVisible(not alone)
        self.state_changed.emit()

    # Opening ------------------------------------------------------------------------------------------------------

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Take archives in, and follow TensorBoard folders."""
        from deepstudio.store.run_archive import SUFFIX

        archives = [path for path in paths if path.suffix.lower() == SUFFIX]
        if archives:
            self.presenter.restore_archives(archives)
        for path in paths:
            if path not in archives:
                self.presenter.folders.follow(path)

    def ask_columns(self, place: QPoint) -> None:
        """Open the list of columns at a global position."""
        popup = ColumnsPopup(self.model.columns, common_settings(self.model.items()), self)
        popup.chosen.connect(self.set_columns)
        self.presenter.ask_metric_names(popup.offer_metrics)
        popup.open_at(place)

    def focus_filter(self) -> None:
        """Go to the filter."""
        self.bar.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.filter.selectAll()

    # Building -----------------------------------------------------------------------------------------------------

    def _build_main(self) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("runs_splitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(5)
        side = QFrame()
        mark(side, surface="panel")
        self._side = side
        self._on_theme()
        self.theme.changed.connect(self._on_theme)
        layout = column(side, gap=8)
        layout.addWidget(self.bar)
        inner = row(margins=(8, 0, 4, 0))
        inner.addWidget(self.table)
        layout.addLayout(inner, 1)
        layout.addWidget(self.reading)
        foot = row(margins=(16, 0, 12, 10))
        self.count = label("", "faint")
        foot.addWidget(self.count, 1)
        layout.addLayout(foot)
        splitter.addWidget(side)
        self.pane.setMinimumWidth(_LEAST_PANE)
        splitter.addWidget(self.pane)
        # Both grow with the window: a narrow one leaves room for the curves, too.
        for place, share in enumerate(_SHARES):
            splitter.setStretchFactor(place, share)
        splitter.setSizes([share * 15 for share in _SHARES])
        return splitter

    def _connect(self) -> None:
        presenter, pane, table, bar = self.presenter, self.pane, self.table, self.bar
        for source in (presenter, pane):
            source.failed.connect(self.failed)
            source.message.connect(self.message)
        presenter.undo_offered.connect(self.undo_offered)
        presenter.changed.connect(self._on_changed)
        presenter.caught_up.connect(self._on_caught_up)
        presenter.ticked.connect(self.model.tell_running)
        presenter.interrupted.connect(self.interrupted.offer)
        presenter.salvaged.connect(self._notes.tell_salvaged)
        presenter.imported.connect(self._on_imported)
        presenter.folders.began.connect(self._on_reading)
        presenter.folders.advanced.connect(self.reading.advance)
        presenter.folders.caught_up.connect(self.reading.end)
        presenter.folders.changed.connect(self.state_changed)
        self.reading.stop_asked.connect(lambda: presenter.folders.unfollow())
        table.chosen.connect(self._on_chosen)
        table.opened.connect(lambda run_id: pane.view.show_tab("about"))
        table.hide_asked.connect(self.commands.toggle_hidden_of)
        table.menu_asked.connect(self.commands.open_menu)
        table.columns_menu_asked.connect(self.ask_columns)
        self.model.shown_changed.connect(self._on_shown)
        bar.filter_changed.connect(self._on_filter)
        bar.group_changed.connect(self.set_group)
        bar.table_alone.toggled.connect(self.show_table_alone)
        bar.columns_asked.connect(self.ask_columns)
        bar.import_asked.connect(self.commands.open_import_menu)
        bar.more_asked.connect(self.commands.open_more_menu)
        self.interrupted.resume_asked.connect(self.commands.resume_run)
        self.interrupted.selected.connect(lambda run_id: self.select([run_id]))
        pane.state_changed.connect(self.state_changed)
        pane.style_changed.connect(self._on_style)
        pane.about.changed.connect(lambda run_id, changes: presenter.change([run_id], **changes))
        pane.about.resume_asked.connect(self.commands.resume_run)
        pane.about.again_asked.connect(self.commands.train_again)
        pane.line_activated.connect(lambda run_id: self.select([run_id]))
        table.header().sortIndicatorChanged.connect(lambda *_: self.state_changed.emit())
        self.empty.train_asked.connect(lambda: self.go_asked.emit("train", "", None))
        self.empty.folder_asked.connect(self.commands.ask_folder)
        self.empty.archive_asked.connect(self.commands.ask_archive)
        self.empty.message.connect(self.message)

    # What happens -------------------------------------------------------------------------------------------------

    @Slot(object, object)
    def _on_changed(self, items: list[RunItem], gone: set[str]) -> None:
        self.model.take(items, gone=gone)
        for item in items:
            if item.run.status.value != "interrupted" or item.run.deleted is not None:
                self.interrupted.forget(item.run)
        self.bar.offer_groups(self.model.items(), self.model.group)
        self._show_count()
        wanted = [item.id for item in self.drawn()]
        if wanted != self.pane.shown_ids():
            self._draw()
        else:
            self.pane.refresh(items)
        self._show_parallel()

    @Slot()
    def _on_caught_up(self) -> None:
        self._stack.setCurrentIndex(0 if self.model.items() else 1)
        shown = self.model.shown()
        # Who found them dead may have been another window or the Train workspace.
        lately = time.time() - _LATELY_S
        runs = [item.run for item in self.model.items() if can_resume(item.run)]
        self.interrupted.offer([run for run in runs if run.status == "interrupted" and (run.ended or 0) > lately])
        if self._first and shown and not self.table.selected_ids():
            self.table.select_ids([shown[0].id])
        self._first = False
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        self._draw()
        self._show_count()
        self._show_parallel()
        self.state_changed.emit()

    def _draw(self) -> None:
        if self.presenter.store is not None and self.isVisible():
            self.pane.show_items(self.drawn(), self.presenter.store, self.presenter.feed)

    def _show_parallel(self) -> None:
        items = self.selected()
        if len(items) < 2:
            items = self.model.shown()
        self.pane.show_lines(items, {item.id: self.colour_of(item).name() for item in items})

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was chosen while the page was away."""
        super().showEvent(event)
        self._draw()

    @Slot()
    def _on_shown(self) -> None:
        self._stack.setCurrentIndex(0 if self.model.items() else 1)
        self.table.show_sorting()
        self._show_count()

    def _show_count(self) -> None:
        shown, everything, chosen = len(self.model.shown()), len(self.model.items()), len(self.table.selected_ids())
        if shown == everything:
            text = self.tr("1 run") if everything == 1 else self.tr("{count} runs").format(count=everything)
        else:
            text = self.tr("{some} of {all} runs").format(some=shown, all=everything)
        if chosen > 1:
            text += "  ·  " + self.tr("{count} selected").format(count=chosen)
        self.count.setText(text)

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        self.model.set_filter(text)
        self._show_parallel()
        self.state_changed.emit()

    @Slot()
    def _on_theme(self) -> None:
        self._side.setMinimumWidth(round(_LEAST_TABLE * min(self.theme.scale, _MOST_GROWTH)))

    @Slot(object)
    def _on_imported(self, run_ids: Sequence[str]) -> None:
        if run_ids:
            self.select(run_ids)

    @Slot(str)
    def _on_reading(self, name: str) -> None:
        self._stack.setCurrentIndex(0)
        self.reading.begin(name)

    @Slot(str, dict)
    def _on_style(self, run_id: str, style: dict[str, Any]) -> None:
        changes = {name: value for name, value in style.items() if name in ("hidden", "pinned")}
        if "colour" in style:
            changes["colour"] = style["colour"] or ""
        if changes:
            self.presenter.change([run_id], **changes)

    @property
    def theme(self) -> Theme:
        """Return the look of the window."""
        theme: Theme = self._services.theme
        return theme

    def table_icon(self, name: str) -> QIcon:
        """Return an icon for a menu."""
        return self.theme.icon(name)

    def run_row(self, run_id: str) -> RunRow | None:
        """Return the row of a run as it is known now."""
        item = self.model.item(run_id)
        return item.run if item is not None else None
