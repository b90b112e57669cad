"""What can be done with the selected runs: by menu, by key, by button. GUI thread."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu

from deepstudio.store.run_archive import SUFFIX
from deepstudio.store.run_rows import RunRow
from deepstudio.ui.actions import ActionSpec
from deepstudio.ui.workspaces.runs.column_words import TEXTS, column_title
from deepstudio.ui.workspaces.runs.deleted_dialog import DeletedDialog
from deepstudio.ui.workspaces.runs.items import RunItem
from deepstudio.ui.workspaces.runs.jobs import safe_name
from deepstudio.ui.workspaces.runs.menus import colour_menu
from deepstudio.ui.workspaces.runs.own_program import OwnProgramDialog

if TYPE_CHECKING:
    from deepstudio.ui.workspaces.runs.page import RunsPage


class RunsCommands(QObject):
    """The commands of a `RunsPage`."""

    def __init__(self, page: RunsPage) -> None:
        super().__init__(page)
        self._page = page

    # Flags --------------------------------------------------------------------------------------------------------

    def toggle(self, field: str) -> None:
        """Set a flag (star, pinned, hidden) of the selected runs, or clear it if all of them have it."""
        items = self._page.selected()
        value = not all(getattr(item.run, field) for item in items)
        self._page.presenter.change([item.id for item in items], **{field: value})

    @Slot(str)
    def toggle_hidden_of(self, run_id: str) -> None:
        """Hide or show the curves of one run."""
        run = self._page.run_row(run_id)
        if run is not None:
            self._page.presenter.change([run_id], hidden=not run.hidden)

    def sort_by(self, key: str) -> None:
        """Sort by a column; once more turns the order round."""
        model = self._page.model
        model.sort_by(key, descending=not model.descending if key == model.sort_column else key not in TEXTS)
        self._page.table.show_sorting()
        self._page.state_changed.emit()

    def set_colour(self, colour: str) -> None:
        """Give the selected runs a colour, "" for the one that comes in turn."""
        self._page.presenter.change(self._ids(), colour=colour)

    # Going on -----------------------------------------------------------------------------------------------------

    @Slot(str)
    def resume_run(self, run_id: str) -> None:
        """Let the Train workspace go on with a run."""
        self._page.go_asked.emit("train", "resume", run_id)

    @Slot(str)
    def train_again(self, run_id: str) -> None:
        """Let the Train workspace begin anew with a run's settings."""
        run = self._page.run_row(run_id)
        if run is not None:
            self._page.go_asked.emit("train", "recipe", dict(run.config))

    def resume_selected(self) -> None:
        """Go on with the selected run if it can go on."""
        items = self._page.selected()
        if len(items) == 1 and can_resume(items[0].run):
            self.resume_run(items[0].id)

    def copy_settings(self) -> None:
        """Copy the settings of the selected runs as JSON."""
        items = self._page.selected()
        if not items:
            return
        configs = [item.run.config for item in items]
        text = json.dumps(configs[0] if len(configs) == 1 else configs, indent=2, ensure_ascii=False)
        QGuiApplication.clipboard().setText(text)
        self._page.message.emit(self.tr("The settings were copied."))

    # Away and back ------------------------------------------------------------------------------------------------

    def delete_selected(self) -> None:
        """Put the selected runs into the bin, those that are being written excepted."""
        alive = [item for item in self._page.selected() if item.run.status.alive]
        ids = [item.id for item in self._page.selected() if not item.run.status.alive]
        if ids:
            after = self._page.table.neighbour(ids)
            self._page.presenter.delete(ids)
            self._page.table.select_ids([after] if after else [])
        elif alive:
            self._page.message.emit(self.tr("A run that goes on cannot be deleted. Stop it first."))

    def show_deleted(self) -> None:
        """Open the list of deleted runs."""
        self._page.presenter.ask_deleted(self._show_deleted)

    def _show_deleted(self, runs: Sequence[RunRow]) -> None:
        dialog = DeletedDialog(runs, self._page)
        dialog.restore_asked.connect(self._page.presenter.restore)
        dialog.purge_asked.connect(self._page.presenter.purge)
        dialog.exec()
        dialog.deleteLater()

    # Files --------------------------------------------------------------------------------------------------------

    def ask_folder(self) -> None:
        """Ask for a TensorBoard folder and follow it."""
        folder = QFileDialog.getExistingDirectory(self._page, self.tr("Open a TensorBoard folder"), str(Path.home()))
        if folder:
            self._page.open_paths([Path(folder)])

    def ask_archive(self) -> None:
        """Ask for archives and take them in."""
        kinds = self.tr("Archived runs") + f" (*{SUFFIX})"
        paths, _kind = QFileDialog.getOpenFileNames(self._page, self.tr("Open an archive"), str(Path.home()), kinds)
        if paths:
            self._page.open_paths([Path(path) for path in paths])

    def show_own_program(self) -> None:
        """Show the lines that let a training program be watched."""
        dialog = OwnProgramDialog(self._page.theme, self._page)
        dialog.message.connect(self._page.message)
        dialog.open()

    def archive_selected(self) -> None:
        """Ask where to and write the selected runs into files."""
        items = self._page.selected()
        if len(items) == 1:
            proposal = str(Path.home() / f"{safe_name(items[0].run.name)}{SUFFIX}")
            kinds = self.tr("Archived runs") + f" (*{SUFFIX})"
            target, _kind = QFileDialog.getSaveFileName(self._page, self.tr("Archive the run"), proposal, kinds)
            if target and not target.endswith(SUFFIX):
                target += SUFFIX
        elif items:
            target = QFileDialog.getExistingDirectory(self._page, self.tr("Archive the runs"), str(Path.home()))
        else:
            return
        if target:
            self._page.presenter.archive([item.id for item in items], Path(target))

    def export_selected(self, form: str) -> None:
        """Ask where to and export the selected runs: "tensorboard" (into a folder), "csv", "parquet" or "json"."""
        items = self._page.selected()
        if not items:
            return
        if form == "tensorboard":
            title = self.tr("Export the runs into a folder")
            target = QFileDialog.getExistingDirectory(self._page, title, str(Path.home()))
        else:
            suffix = f".{form}"
            name = safe_name(items[0].run.name) if len(items) == 1 else self.tr("runs")
            title = self.tr("Export the runs")
            proposal = str(Path.home() / f"{name}{suffix}")
            target, _kind = QFileDialog.getSaveFileName(self._page, title, proposal, f"{form.upper()} (*{suffix})")
            if target and not target.endswith(suffix):
                target += suffix
        if target:
            # Several runs do not fit into one wide table: then each point gets a line of its own.
            form = "csv-long" if form == "csv" and len(items) > 1 else form
            self._page.presenter.export([item.id for item in items], Path(target), form)

    # Menus --------------------------------------------------------------------------------------------------------

    @Slot(QPoint)
    def open_menu(self, place: QPoint) -> None:
        """Open the menu of the selected runs."""
        items = self._page.selected()
        if not items:
            return
        menu = self._menu()
        one = items[0].run if len(items) == 1 else None
        if one is not None and can_resume(one):
            self._add(menu, self.tr("Go on training"), "play", self.resume_selected)
        if one is not None and one.kind == "deepstudio" and one.config:
            self._add(menu, self.tr("Train again with these settings"), "train", lambda: self.train_again(items[0].id))
        if menu.actions():
            menu.addSeparator()
        self._add_flags(menu, items)
        menu.addSeparator()
        self._add(menu, self.tr("Copy settings"), "copy", self.copy_settings)
        self._add(menu, self.tr("Archive…"), "archive", self.archive_selected)
        export = menu.addMenu(self._page.table_icon("export"), self.tr("Export"))
        for kind, text in self._export_forms():
            export.addAction(text).triggered.connect(lambda _checked=False, kind=kind: self.export_selected(kind))
        menu.addSeparator()
        self._add(menu, self.tr("Delete"), "trash", self.delete_selected)
        menu.popup(place)

    @Slot(QPoint)
    def open_import_menu(self, place: QPoint) -> None:
        """Open the menu of what can be imported."""
        menu = self._menu()
        self._add(menu, self.tr("TensorBoard folder…"), "folder", self.ask_folder)
        self._add(menu, self.tr("Archived run…"), "archive", self.ask_archive)
        self._add(menu, self.tr("A program of your own…"), "text", self.show_own_program)
        menu.popup(place)

    @Slot(QPoint)
    def open_more_menu(self, place: QPoint) -> None:
        """Open the menu of everything else."""
        menu = self._menu()
        self._add(menu, self.tr("Select all"), "check", self._page.table.selectAll)
        sorting = menu.addMenu(self._page.table_icon("sort"), self.tr("Sort by"))
        for key in self._page.model.columns:
            action = sorting.addAction(column_title(key))
            action.setCheckable(True)
            action.setChecked(key == self._page.model.sort_column)
            action.triggered.connect(lambda _checked=False, key=key: self.sort_by(key))
        self._add(menu, self.tr("Storage use"), "memory", self._show_storage)
        self._add(menu, self.tr("Deleted runs…"), "trash", self.show_deleted)
        for folder in self._page.presenter.folders.folders():
            text = self.tr("Stop following {name}").format(name=folder.name)
            self._add(menu, text, "stop", lambda folder=folder: self._page.presenter.folders.unfollow(folder))
        menu.popup(place)

    def specs(self) -> tuple[ActionSpec, ...]:
        """Return the commands with their keys."""
        group, page = self.tr("Runs"), self._page
        wanted = (
            ("runs.find", self.tr("&Filter runs"), "Ctrl+F", "search", page.focus_filter),
            ("runs.star", self.tr("&Star or unstar"), "Ctrl+D", "star", lambda: self.toggle("star")),
            ("runs.pin", self.tr("&Pin or unpin"), "Ctrl+B", "pin", lambda: self.toggle("pinned")),
            ("runs.hide", self.tr("&Hide or show curves"), "Ctrl+H", "eye-off", lambda: self.toggle("hidden")),
            ("runs.resume", self.tr("&Go on training"), "F5", "play", self.resume_selected),
            ("runs.copy", self.tr("Copy s&ettings"), "Ctrl+Shift+C", "copy", self.copy_settings),
            ("runs.import", self.tr("&Open a TensorBoard folder…"), "Ctrl+I", "folder", self.ask_folder),
            ("runs.archive", self.tr("&Archive…"), "Ctrl+S", "archive", self.archive_selected),
            ("runs.export", self.tr("E&xport to TensorBoard…"), "Ctrl+E", "export",
             lambda: self.export_selected("tensorboard")),
            ("runs.delete", self.tr("&Delete runs"), "Ctrl+Del", "trash", self.delete_selected),
            ("runs.deleted", self.tr("Deleted &runs…"), "", "trash", self.show_deleted),
        )  # fmt: skip
        return tuple(
            ActionSpec(id=name, text=text, shortcut=keys, icon=icon, group=group, triggered=triggered)
            for name, text, keys, icon, triggered in wanted
        )

    def _add_flags(self, menu: QMenu, items: Sequence[RunItem]) -> None:
        for field, on, off, icon in (
            ("star", self.tr("Star"), self.tr("Remove the star"), "star"),
            ("pinned", self.tr("Pin"), self.tr("Unpin"), "pin"),
            ("hidden", self.tr("Hide curves"), self.tr("Show curves"), "eye-off"),
        ):
            held = all(getattr(item.run, field) for item in items)
            self._add(menu, off if held else on, icon, lambda field=field: self.toggle(field))
        colours = menu.addMenu(self._page.table_icon("brush"), self.tr("Colour"))
        colour_menu(self._page.theme, colours, items[0].run.colour, self.set_colour)

    def _export_forms(self) -> list[tuple[str, str]]:
        return [
            ("tensorboard", self.tr("TensorBoard events…")),
            ("csv", self.tr("CSV table…")),
            ("parquet", self.tr("Parquet table…")),
            ("json", self.tr("JSON…")),
        ]

    def _show_storage(self) -> None:
        if "size" not in self._page.model.columns:
            self._page.set_columns([*self._page.model.columns, "size"])
        else:
            self._page.presenter.measure()

    def _menu(self) -> QMenu:
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add(self, menu: QMenu, text: str, icon: str, triggered: object) -> None:
        menu.addAction(self._page.table_icon(icon), text).triggered.connect(lambda: triggered())  # type: ignore[operator]

    def _ids(self) -> list[str]:
        return [item.id for item in self._page.selected()]


def can_resume(run: RunRow) -> bool:
    """Return whether a run of DeepStudio's stands somewhere in its middle."""
    return run.kind == "deepstudio" and bool(run.folder) and run.status in ("interrupted", "stopped", "failed")
