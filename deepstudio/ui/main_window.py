"""The window: puts rail, workspaces, log, messages and menus together. GUI thread only."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QWidget

from deepstudio.core.device import DeviceInfo
from deepstudio.core.messages import Failure
from deepstudio.store.layout import LayoutStore
from deepstudio.ui.actions import ActionRegistry
from deepstudio.ui.docks.log_dock import LogDock
from deepstudio.ui.docks.log_model import LogHandler
from deepstudio.ui.drop import DropArea, Router
from deepstudio.ui.rail import Rail
from deepstudio.ui.status_detail import StatusDetail
from deepstudio.ui.status_strip import Load, StatusStrip
from deepstudio.ui.text import translate_failure, translate_sentence
from deepstudio.ui.theme import app_icon
from deepstudio.ui.toasts import Toasts
from deepstudio.ui.widgets.parts import icon_button
from deepstudio.ui.window_commands import WindowCommands, mime_of
from deepstudio.ui.window_state import WindowState, from_text, to_text
from deepstudio.ui.workspace import Workspace
from deepstudio.ui.workspace_host import WorkspaceHost

_log = logging.getLogger(__name__)

MINIMUM = (900, 640)
_FIRST_SIZE = (1320, 840)
_RECENT_AT_ONCE = 3
_LOG_HEIGHT = 200


class MainWindow(QMainWindow):
    """The program's one window. `services` is `app.wiring.Services`."""

    def __init__(self, services: Any, layout: LayoutStore | None = None) -> None:
        super().__init__()
        self.services = services
        self._layout_store = layout or LayoutStore()
        self._load = Load()
        self._stale = False
        self.setMinimumSize(*MINIMUM)
        self.setWindowIcon(app_icon())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.log_handler = LogHandler()
        logging.getLogger().addHandler(self.log_handler)
        self.toasts = Toasts(services.theme, self)
        self.state = WindowState(self._layout_store, self._collect_state, self)
        self._build()
        self.router = Router(lambda: self.host.spaces())
        self.drop = DropArea(self, services.theme, self.router, self.open_mime)
        self._restore_geometry()

    @property
    def theme(self) -> Any:
        """Return the theme of the services."""
        return self.services.theme

    def show_workspace(self, name: str) -> None:
        """Show a workspace; KeyError if there is none of that name."""
        self.host.show_workspace(name)

    def workspace(self, name: str) -> Workspace:
        """Return a workspace, built if need be."""
        return self.host.workspace(name)

    def open_paths(self, paths: Sequence[Path]) -> bool:
        """Open files and folders where they belong; False, with a message, if nobody takes them."""
        there = [path for path in paths if path.exists()]
        if not there:
            self._say_gone(paths)
            return False
        return self._open(mime_of(there), there)

    def open_mime(self, mime: QMimeData | None) -> bool:
        """Open what was dropped or pasted; False, with a message, if nobody takes it."""
        return self._open(mime if mime is not None else QMimeData(), None)

    @Slot(object)
    def show_failure(self, failure: Failure, origin: str = "") -> None:
        """Show a failure as a message and write it to the log; it leaves when its origin, a workspace, does well."""
        sentence, _fix = translate_failure(failure)
        _log.error("%s", failure.details.strip() or sentence)
        self.toasts.failure(failure, origin)

    @Slot(object)
    def show_device(self, device: DeviceInfo) -> None:
        """Show which device computes, once that is known."""
        self.strip.set_device(device)

    @Slot()
    def show_status(self) -> None:
        """Show device, memory and lanes in detail."""
        self.detail.open_beside(self.strip)

    @Slot()
    def toggle_log(self) -> None:
        """Show or hide the log."""
        self.log_dock.setVisible(not self.log_dock.isVisible())

    @Slot()
    def toggle_full_screen(self) -> None:
        """Enter or leave full screen."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()
        self.commands.action("view.full_screen").setChecked(self.isFullScreen())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save everything before the window goes, unless a workspace wants to stay."""
        if not self.host.may_close():
            event.ignore()
            return
        self.state.save()
        self.toasts.clear()
        logging.getLogger().removeHandler(self.log_handler)
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Remember the size."""
        self.state.touch()
        super().resizeEvent(event)
        self.drop.fit()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Remember the place."""
        self.state.touch()
        super().moveEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say what will become of what is dragged over the window."""
        self.drop.enter(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing will fall."""
        self.drop.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what falls."""
        self.drop.take(event)

    def changeEvent(self, event: QEvent) -> None:
        """Build the window again in another language, once no dialog is in the way."""
        if event.type() == QEvent.Type.LanguageChange and not self._stale:
            self._stale = True
            QTimer.singleShot(0, self, self._rebuild)
        super().changeEvent(event)

    def _build(self) -> None:
        services = self.services
        self.commands = ActionRegistry(self, services.settings, services.theme)
        self.host = WorkspaceHost(services, self._layout_store.section("workspaces"))
        self.host.watch_with(self.state)
        self.host.created.connect(self._on_created)
        self.host.shown.connect(self._on_shown)
        self.log_dock = LogDock(services.theme, self.log_handler)
        self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.log_dock)
        self.resizeDocks([self.log_dock], [_LOG_HEIGHT], Qt.Orientation.Vertical)
        self.log_dock.hide()
        self.window_commands = WindowCommands(self, self.host.spaces())
        self.log_dock.visibilityChanged.connect(self.commands.action("view.log").setChecked)
        self.log_dock.visibilityChanged.connect(self.state.touch)
        self._build_rail()
        body = QWidget()
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addWidget(self.host, 1)
        self.setCentralWidget(body)
        body.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        body.setFocus()
        self.toasts.stay_within(self.host)
        self.host.resized.connect(self.toasts.place)
        self.commands.shortcuts_changed.connect(self._show_shortcuts)
        self._show_shortcuts()
        self._show_first()

    def _build_rail(self) -> None:
        theme = self.services.theme
        self.rail = Rail(theme)
        for space in self.host.spaces():
            title = translate_sentence(space.title, "workspaces")
            self.rail.add_place(space.name, title=title, icon=space.icon_name)
        self.rail.chosen.connect(self.show_workspace)
        self.strip = StatusStrip(theme, self._load)
        self.strip.clicked.connect(self.show_status)
        self.services.jobs.lane_load_changed.connect(self.strip.set_lane_load)
        self.detail = StatusDetail(self.strip, self)
        self.detail.stop_all.connect(self.services.jobs.cancel_all)
        self.rail.add_below(self.strip)
        settings = icon_button(theme, "settings", self.tr("Settings"), size=20)
        settings.clicked.connect(self.window_commands.edit_settings)
        self.rail.add_below(settings)
        self.rail.layout().setAlignment(settings, Qt.AlignmentFlag.AlignHCenter)

    def _show_first(self) -> None:
        names = [space.name for space in self.host.spaces()]
        last = self._layout_store.section("window").get("workspace")
        if names:
            self.host.show_workspace(last if last in names else names[0])

    def _open(self, mime: QMimeData, paths: Sequence[Path] | None) -> bool:
        route = self.router.route(mime, paths)
        if route is None:
            self.toasts.failure(self.router.refusal(mime, paths), "open")
            return False
        for origin in ("open", route.workspace.name):
            self.toasts.settle(origin)
        self.host.show_workspace(route.workspace.name)
        if route.paths:
            for path in reversed(route.paths[:_RECENT_AT_ONCE]):
                self.services.recent.add(path)
            route.workspace.open_paths(route.paths)
        else:
            route.workspace.open_mime(mime)
        return True

    def _say_gone(self, paths: Sequence[Path]) -> None:
        for path in paths:
            self.services.recent.remove(path)
        self.toasts.message(self.tr("{path} is no longer there.").format(path=paths[0] if paths else ""))

    @Slot(object)
    def _on_created(self, space: Workspace) -> None:
        for spec in space.actions():
            self.commands.add_workspace_action(spec, space.name)
        space.failed.connect(self._on_space_failed)
        space.message.connect(self.toasts.message)
        space.undo_offered.connect(self.toasts.undo)
        space.models_touched.connect(self.host.tell_models_changed)
        space.go_asked.connect(self._on_go_asked)

    @Slot(object)
    def _on_space_failed(self, failure: Failure) -> None:
        space = self.sender()
        self.show_failure(failure, space.name if isinstance(space, Workspace) else "")

    @Slot(str, str, object)
    def _on_go_asked(self, name: str, what: str, value: object) -> None:
        self.host.show_workspace(name)
        self.host.workspace(name).receive(what, value)

    @Slot(str)
    def _on_shown(self, name: str) -> None:
        space = self.host.workspace(name)
        title = translate_sentence(space.title, "workspaces")
        self.setWindowTitle(f"{title} – DeepStudio")
        self.rail.set_current(name)
        self.window_commands.show_workspace_menu(space)
        self.state.touch()

    @Slot()
    def _show_shortcuts(self) -> None:
        for space in self.host.spaces():
            self.rail.set_tooltip(space.name, self.commands.action(f"place.{space.name}").toolTip())

    @Slot()
    def _rebuild(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            dialog.destroyed.connect(self._rebuild)
            return
        self._stale = False
        self.state.save()
        old = (self.takeCentralWidget(), self.log_dock, self.window_commands, self.commands, self.detail)
        self.removeDockWidget(self.log_dock)
        self.toasts.clear()
        self._build()
        for part in old:
            part.deleteLater()

    def _collect_state(self) -> dict[str, Any]:
        return {
            "window": {
                "geometry": to_text(self.saveGeometry()),
                "docks": to_text(self.saveState()),
                "workspace": self.host.current(),
            },
            "workspaces": self.host.states(),
        }

    def _restore_geometry(self) -> None:
        saved = self._layout_store.section("window")
        self.resize(*_FIRST_SIZE)
        if isinstance(saved.get("geometry"), str):
            self.restoreGeometry(from_text(saved["geometry"]))
        if isinstance(saved.get("docks"), str):
            self.restoreState(from_text(saved["docks"]))
