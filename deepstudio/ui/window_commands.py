"""The window's own commands and menus. Dialogs are imported when they open, so the window shows sooner. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QMenuBar

from deepstudio.core.paths import log_dir
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.ui.actions import ActionSpec
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.workspace import Workspace

if TYPE_CHECKING:
    from deepstudio.ui.main_window import MainWindow

_THEMES = {
    "system": QT_TRANSLATE_NOOP("settings", "As the system"),
    "light": QT_TRANSLATE_NOOP("settings", "Light"),
    "dark": QT_TRANSLATE_NOOP("settings", "Dark"),
}
_TEXT_STEP = 10


class WindowCommands(QObject):
    """Registers the commands of `window`, builds its menus, and does what they say."""

    def __init__(self, window: MainWindow, spaces: Sequence[Workspace]) -> None:
        super().__init__(window)
        self._window = window
        self._spaces = spaces
        self._services = window.services
        self._registry = window.commands
        for specs in (self._file_specs(), self._view_specs(), self._place_specs(), self._help_specs()):
            self._registry.add_all(specs)
        self._build_menus()
        self._forget_recent = self._services.recent.subscribe(self._fill_recent)
        self.destroyed.connect(self._forget_recent)

    def open_files(self) -> None:
        """Ask for files and open them."""
        paths, _chosen = QFileDialog.getOpenFileNames(self._window, self.tr("Open"), self._folder(), self._filters())
        if paths:
            self._window.open_paths([Path(path) for path in paths])

    def open_folder(self) -> None:
        """Ask for a folder and open it."""
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Open a folder"), self._folder())
        if folder:
            self._window.open_paths([Path(folder)])

    def paste(self) -> None:
        """Open what the clipboard holds."""
        self._window.open_mime(QGuiApplication.clipboard().mimeData())

    def clear_recent(self) -> None:
        """Forget the recent files; can be undone."""
        before = self._services.recent.paths()
        self._services.recent.clear()
        self._window.toasts.undo(
            self.tr("The list of recent files is empty."), lambda: self._services.recent.replace(before)
        )

    def edit_settings(self) -> None:
        """Show the settings."""
        from deepstudio.ui.dialogs.settings import SettingsDialog

        SettingsDialog.ask(self._services.settings, self._services.theme, self._image_models, self._window)

    def _image_models(self) -> list[tuple[str, str]]:
        """Return names and titles of the models that answer pictures, in the present language."""
        return [
            (entry.name, translate_sentence(entry.card.title, "cards"))
            for entry in self._services.library.entries()
            if entry.card is not None and entry.card.task in ("image-classification", "image-text")
        ]

    def edit_shortcuts(self, keys: Mapping[str, str] | None = None) -> None:
        """Show the shortcuts, or `keys` that were being edited, and store what was changed."""
        from deepstudio.ui.dialogs.shortcuts import ShortcutsDialog

        chosen = ShortcutsDialog.ask(self._registry, self._window, keys=keys or None, in_other_language=self._again)
        if chosen is not None:
            self._registry.set_shortcuts(chosen)

    def _again(self, keys: Mapping[str, str]) -> None:
        """Show the shortcuts in another language, once the window has been built in it."""
        window = self._window
        QTimer.singleShot(0, window, lambda: window.window_commands.edit_shortcuts(keys))

    def show_command_menu(self) -> None:
        """Show every command, to be found by typing."""
        from deepstudio.ui.dialogs.commands import CommandMenu

        CommandMenu.open(self._registry, self._window)

    def show_about(self) -> None:
        """Show the program's card."""
        from deepstudio.ui.dialogs.about import AboutDialog

        AboutDialog.ask(self._window)

    def change_text_size(self, step: int) -> None:
        """Make all text larger or smaller by `step` percent."""
        scale = self._services.settings.current.appearance.font_scale + step
        self._services.settings.change("appearance", font_scale=min(175, max(80, scale)))

    def _file_specs(self) -> list[ActionSpec]:
        group = self.tr("File")
        return [
            ActionSpec(id="file.open", text=self.tr("&Open…"), shortcut="Ctrl+O", icon="open", group=group,
                       triggered=self.open_files, help=self.tr("Open pictures, models and other files")),
            ActionSpec(id="file.open_folder", text=self.tr("Open &folder…"), shortcut="Ctrl+Shift+O", icon="folder",
                       group=group, triggered=self.open_folder),
            ActionSpec(id="file.paste", text=self.tr("&Paste"), shortcut="Ctrl+V", icon="paste", group=group,
                       triggered=self.paste, help=self.tr("Open what is in the clipboard")),
            ActionSpec(id="file.clear_recent", text=self.tr("Forget &recent files"), icon="trash",
                       group=group, triggered=self.clear_recent),
            ActionSpec(id="file.settings", text=self.tr("&Settings…"), shortcut="Ctrl+,", icon="settings",
                       group=group, triggered=self.edit_settings),
            ActionSpec(id="file.quit", text=self.tr("&Quit"), shortcut="Ctrl+Q", group=group,
                       triggered=self._window.close),
        ]  # fmt: skip

    def _view_specs(self) -> list[ActionSpec]:
        group = self.tr("View")
        window = self._window
        return [
            ActionSpec(id="view.commands", text=self.tr("&Command menu…"), shortcut="Ctrl+K", icon="command",
                       group=group, triggered=self.show_command_menu),
            ActionSpec(id="view.log", text=self.tr("&Log"), shortcut="Ctrl+Shift+L", icon="log", group=group,
                       triggered=window.toggle_log, checkable=True),
            ActionSpec(id="view.status", text=self.tr("&Memory and jobs"), icon="activity", group=group,
                       triggered=window.show_status),
            ActionSpec(id="view.text_larger", text=self.tr("Larger &text"), shortcut="Ctrl+Shift+=", icon="plus",
                       group=group, triggered=lambda: self.change_text_size(_TEXT_STEP)),
            ActionSpec(id="view.text_smaller", text=self.tr("&Smaller text"), shortcut="Ctrl+Shift+-", icon="minus",
                       group=group, triggered=lambda: self.change_text_size(-_TEXT_STEP)),
            ActionSpec(id="view.dismiss", text=self.tr("&Close the newest message"), shortcut="Shift+Esc", icon="close",
                       group=group, triggered=window.toasts.dismiss_newest),
            ActionSpec(id="view.full_screen", text=self.tr("&Full screen"), shortcut="F11", icon="fit", group=group,
                       triggered=window.toggle_full_screen, checkable=True),
        ]  # fmt: skip

    def _place_specs(self) -> list[ActionSpec]:
        group = self.tr("View")
        specs = []
        for number, space in enumerate(self._spaces, start=1):
            specs.append(
                ActionSpec(
                    id=f"place.{space.name}",
                    text=translate_sentence(space.title, "workspaces"),
                    shortcut=f"Ctrl+{number}" if number < 10 else "",
                    icon=space.icon_name,
                    group=group,
                    help=translate_sentence(space.description, "workspaces") if space.description else "",
                    triggered=partial(self._window.show_workspace, space.name),
                )
            )
        for theme, text in _THEMES.items():
            words = self.tr("Theme: {theme}").format(theme=translate_sentence(text, "settings"))
            specs.append(
                ActionSpec(
                    id=f"theme.{theme}",
                    text=words,
                    group=group,
                    triggered=partial(self._services.settings.change, "appearance", theme=theme),
                )
            )
        return specs

    def _help_specs(self) -> list[ActionSpec]:
        group = self.tr("Help")
        return [
            ActionSpec(id="help.shortcuts", text=self.tr("&Keyboard shortcuts…"), shortcut="F1", icon="keyboard",
                       group=group, triggered=self.edit_shortcuts),
            ActionSpec(id="help.log_folder", text=self.tr("Open the &log folder"), icon="folder", group=group,
                       triggered=self._open_log_folder),
            ActionSpec(id="help.about", text=self.tr("&About DeepStudio"), icon="info", group=group,
                       triggered=self.show_about),
        ]  # fmt: skip

    def _build_menus(self) -> None:
        bar, action = self._window.menuBar(), self._registry.action
        bar.clear()
        for old in bar.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly):
            old.deleteLater()
        file_menu = _submenu(bar, self.tr("&File"))
        file_menu.addActions([action("file.open"), action("file.open_folder"), action("file.paste")])
        self._recent_menu = _submenu(file_menu, self.tr("Open &recent"))
        file_menu.addSeparator()
        file_menu.addAction(action("file.settings"))
        file_menu.addSeparator()
        file_menu.addAction(action("file.quit"))
        view = _submenu(bar, self.tr("&View"))
        view.addActions([action(f"place.{space.name}") for space in self._spaces])
        view.addSeparator()
        view.addActions([action("view.commands"), action("view.log"), action("view.status")])
        view.addSeparator()
        theme = _submenu(view, self.tr("T&heme"))
        theme.addActions([action(f"theme.{name}") for name in _THEMES])
        view.addActions([action("view.text_larger"), action("view.text_smaller"), action("view.full_screen")])
        self._space_menu = _submenu(bar, "")
        help_menu = _submenu(bar, self.tr("&Help"))
        help_menu.addActions([action("help.shortcuts"), action("help.log_folder"), action("help.about")])
        self._fill_recent()

    def show_workspace_menu(self, space: Workspace) -> None:
        """Fill the menu named after the workspace with its commands, and enable only these."""
        for spec in self._registry.specs():
            if spec.workspace:
                self._registry.action(spec.id).setEnabled(spec.workspace == space.name)
        own = self._registry.of_workspace(space.name)
        self._space_menu.setTitle(translate_sentence(space.title, "workspaces"))
        self._space_menu.clear()
        self._space_menu.addActions(own)
        self._space_menu.menuAction().setVisible(bool(own))

    def _fill_recent(self) -> None:
        menu = self._recent_menu
        for old in menu.actions():
            menu.removeAction(old)
            if old.parent() is menu:
                old.deleteLater()
        for path in self._services.recent.paths():
            entry = QAction(f"{path.name}  —  {path.parent}".replace("&", "&&"), menu)
            menu.addAction(entry)
            entry.setToolTip(str(path))
            entry.triggered.connect(lambda _checked=False, path=path: self._window.open_paths([path]))
        if menu.isEmpty():
            nothing = QAction(self.tr("Nothing opened yet"), menu)
            nothing.setEnabled(False)
            menu.addAction(nothing)
            return
        menu.addSeparator()
        menu.addAction(self._registry.action("file.clear_recent"))

    def _folder(self) -> str:
        recent = self._services.recent.paths()
        return str(recent[0].parent) if recent else str(Path.home())

    def _filters(self) -> str:
        spaces = [space for space in self._spaces if space.open_filter]
        everything = " ".join(pattern for space in spaces for pattern in space.open_filter)
        lines = [self.tr("All that DeepStudio opens ({patterns})").format(patterns=everything)]
        lines += [f"{translate_sentence(s.open_filter_text, 'workspaces')} ({' '.join(s.open_filter)})" for s in spaces]
        return ";;".join([*lines, self.tr("All files (*)")])

    @Slot()
    def _open_log_folder(self) -> None:
        log_dir().mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_dir())))


def _submenu(parent: QMenu | QMenuBar, title: str) -> QMenu:
    """Return a new menu below `parent`, made here: PySide may give what `addMenu` makes a wrapper of another type."""
    menu = QMenu(title, parent)
    parent.addMenu(menu)
    return menu


def mime_of(paths: Sequence[Path]) -> QMimeData:
    """Return what a drag of these paths would carry."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path.absolute())) for path in paths])
    return mime
