"""The window as a person uses it: places, keys, drops, messages, and what survives a restart."""

from __future__ import annotations

import logging
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QSplitter

from deepstudio.core.messages import Failure
from deepstudio.ui.dialogs.commands import CommandMenu
from deepstudio.ui.dialogs.shortcuts import ShortcutsDialog, find_conflict
from deepstudio.ui.docks.log_model import LINE_ROLE, LogHandler, LogModel
from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.workspace import discover_workspaces
from tests.helpers.shell import (
    clipped_texts,
    cut_pages,
    open_window,
    shell_services,
    speaking_chinese,
    unnamed_widgets,
    write_model,
)


@pytest.fixture
def window(qtbot: Any, home: Path) -> MainWindow:
    return open_window(qtbot, shell_services(home))


def _mime(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def _drag(window: MainWindow, mime: QMimeData) -> QDragEnterEvent:
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    event = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, mime, left, none)
    QApplication.sendEvent(window, event)
    return event


def _drop(window: MainWindow, mime: QMimeData) -> None:
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    QApplication.sendEvent(window, QDropEvent(QPoint(50, 50), Qt.DropAction.CopyAction, mime, left, none))


def test_workspaces_are_found_in_order() -> None:
    kinds = discover_workspaces()
    assert "models" in [kind.name for kind in kinds]
    assert [kind.order for kind in kinds] == sorted(kind.order for kind in kinds)


def test_rail_shows_the_workspace_and_keys_change_it(window: MainWindow, qtbot: Any) -> None:
    names = [space.name for space in window.host.spaces()]
    assert window.rail.button("models").isChecked()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.host.current() == names[0]
    assert window.rail.button(names[0]).isChecked()
    assert "Ctrl+1" in window.rail.button(names[0]).toolTip()


def test_tab_reaches_list_search_strip_and_settings(window: MainWindow, qtbot: Any) -> None:
    page = window.host.currentWidget()
    wanted = {page.list, page.search, window.strip}
    window.centralWidget().setFocus()
    for _ in range(60):
        focused = QApplication.focusWidget()
        wanted.discard(focused)
        qtbot.keyClick(focused or window, Qt.Key.Key_Tab)
    assert not wanted


def test_every_focusable_widget_has_a_name(window: MainWindow) -> None:
    for space in window.host.spaces():
        window.show_workspace(space.name)
    window.toggle_log()
    window.toasts.failure(Failure(sentence="It failed.", fix="Try again.", details="why"))
    assert unnamed_widgets(window) == []


@pytest.mark.parametrize("size", [(900, 640), (1440, 900)])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_text_is_cut(
    qtbot: Any, home: Path, checkout: Path, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    def nothing_cut() -> None:
        assert clipped_texts(window) == []
        assert cut_pages(window) == []

    with speaking_chinese(checkout, tmp_path) if language == "zh_CN" else nullcontext():
        window = open_window(qtbot, shell_services(home))
        window.toasts.failure(Failure(sentence="A longer sentence that says what went wrong here.", fix="Mend it."))
        window.resize(*size)
        qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
        for space in window.host.spaces():
            window.show_workspace(space.name)
            qtbot.waitUntil(nothing_cut)
        window.toggle_log()
        qtbot.waitUntil(nothing_cut)
        window.close()


def test_drag_says_what_will_happen_and_drop_does_it(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    model = write_model(tmp_path, "fresh")
    assert _drag(window, _mime(model)).isAccepted()
    assert window.drop.overlay.isVisible()
    assert window.drop.overlay.title.text() == "Models"
    assert window.drop.overlay.detail.text() == "Install this model"
    _drop(window, _mime(model))
    assert not window.drop.overlay.isVisible()
    page = window.host.currentWidget()
    qtbot.waitUntil(lambda: page.selected() == "fresh")
    assert window.services.recent.paths()[0] == model


def test_what_nobody_takes_gets_a_sentence(window: MainWindow, tmp_path: Path) -> None:
    notes = tmp_path / "notes.xyz"
    notes.write_text("?")
    _drag(window, _mime(notes))
    assert "notes.xyz" in window.drop.overlay.title.text()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window.drop.overlay.isVisible()
    assert not window.open_paths([notes])
    assert len(window.toasts.shown()) == 1


def test_a_vanished_recent_file_is_forgotten(window: MainWindow, tmp_path: Path) -> None:
    gone = tmp_path / "gone.safetensors"
    window.services.recent.add(gone)
    assert not window.open_paths([gone])
    assert window.services.recent.paths() == ()


def test_paste_without_anything_useful_says_so(window: MainWindow) -> None:
    QGuiApplication.clipboard().clear()
    window.window_commands.paste()
    assert len(window.toasts.shown()) == 1


def test_forgetting_recent_files_can_be_undone(window: MainWindow, tmp_path: Path) -> None:
    window.services.recent.add(tmp_path / "a.png")
    window.window_commands.clear_recent()
    assert window.services.recent.paths() == ()
    toast = window.toasts.shown()[0]
    next(b for b in toast.findChildren(type(toast.close_button).__mro__[1]) if b.text() == "Undo").click()
    assert window.services.recent.paths() == (tmp_path / "a.png",)


def test_messages_stack_and_failures_stay(window: MainWindow, qtbot: Any) -> None:
    for number in range(5):
        window.show_failure(Failure(sentence="Failure {n}.", values={"n": number}))
    assert len(window.toasts.shown()) == 3
    window.toasts.clear()
    assert window.toasts.shown() == []


def test_state_survives_a_restart(window: MainWindow, qtbot: Any, home: Path) -> None:
    window.resize(900, 700)
    page = window.host.currentWidget()
    page.select("mine")
    splitter = page.findChild(QSplitter, "models_splitter")
    splitter.setSizes([420, 600])
    sizes = splitter.sizes()
    window.toggle_log()
    window.close()
    again = open_window(qtbot, shell_services(home), workspace="models")
    assert (again.width(), again.height()) == (900, 700)
    assert again.host.currentWidget().selected() == "mine"
    assert again.log_dock.isVisible()
    restored = again.host.currentWidget().findChild(QSplitter, "models_splitter").sizes()
    assert abs(restored[0] - sizes[0]) <= 2


def test_state_is_written_soon_after_a_change(window: MainWindow, qtbot: Any, home: Path) -> None:
    window.host.currentWidget().select("mine")
    stored = home / "config" / "window.json"
    qtbot.waitUntil(lambda: stored.is_file() and '"mine"' in stored.read_text(), timeout=4000)


def test_damaged_state_opens_the_window_all_the_same(qtbot: Any, home: Path) -> None:
    stored = home / "config" / "window.json"
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_text('{"version": 1, "window": {"geometry": "%%%", "workspace": 7}, "workspaces": {"models": [1]}}')
    window = open_window(qtbot, shell_services(home))
    assert window.host.current() == "models"


def test_command_menu_finds_and_runs(window: MainWindow, qtbot: Any) -> None:
    menu = CommandMenu.open(window.commands, window)
    qtbot.addWidget(menu)
    qtbot.keyClicks(menu.search, "log view")
    assert menu.list.count() == 1
    qtbot.keyClick(menu.search, Qt.Key.Key_Return)
    assert window.log_dock.isVisible()


def test_shortcut_conflicts_are_seen_and_changes_are_kept(window: MainWindow, qtbot: Any) -> None:
    dialog = ShortcutsDialog(window.commands, window)
    qtbot.addWidget(dialog)
    dialog.select("view.log")
    assert not dialog.set_keys("Ctrl+O")
    assert dialog.set_keys("Ctrl+Alt+G")
    window.commands.set_shortcuts(dialog.chosen())
    assert window.commands.action("view.log").shortcut().toString() == "Ctrl+Alt+G"
    assert window.services.settings.current.shortcuts == {"view.log": "Ctrl+Alt+G"}
    dialog.reset_all()
    window.commands.set_shortcuts(dialog.chosen())
    assert window.services.settings.current.shortcuts == {}


def test_shortcuts_come_again_in_another_language_with_what_was_changed(window: MainWindow, qtbot: Any) -> None:
    before = window.host

    def open_dialog() -> ShortcutsDialog | None:
        dialog = QApplication.activeModalWidget()
        return dialog if isinstance(dialog, ShortcutsDialog) else None

    def change_and_switch() -> None:
        dialog = open_dialog()
        assert dialog is not None
        dialog.select("view.log")
        assert dialog.set_keys("Ctrl+Alt+G")
        for widget in (window, dialog):
            QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))

    def save() -> None:
        dialog = open_dialog()
        assert dialog is not None and window.host is not before
        assert dialog.chosen()["view.log"] == "Ctrl+Alt+G"
        dialog.accept()

    QTimer.singleShot(50, change_and_switch)
    window.window_commands.edit_shortcuts()
    QTimer.singleShot(400, save)
    qtbot.waitUntil(lambda: window.services.settings.current.shortcuts == {"view.log": "Ctrl+Alt+G"})
    assert window.commands.action("view.log").shortcut().toString() == "Ctrl+Alt+G"


def test_no_default_shortcut_is_taken_twice(window: MainWindow) -> None:
    for space in window.host.spaces():
        window.show_workspace(space.name)
    specs = {spec.id: spec for spec in window.commands.specs()}
    keys = window.commands.shortcuts()
    assert [name for name in specs if find_conflict(name, keys[name], keys, specs)] == []


def test_strip_follows_the_lanes(window: MainWindow) -> None:
    window.strip.set_lane_load("predict", 2, "Classifying")
    assert window.strip.load.jobs == 3
    window.show_status()
    assert window.detail.isVisible()
    window.detail.hide()
    window.strip.set_lane_load("predict", 0, "")
    assert window.strip.load.jobs == 0


def test_log_takes_lines_from_threads(qtbot: Any) -> None:
    from threading import Thread

    handler = LogHandler()
    model = LogModel(handler)
    logger = logging.getLogger("test_shell")
    logger.addHandler(handler)
    try:
        threads = [Thread(target=logger.warning, args=("line %d", number)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        qtbot.waitUntil(lambda: model.rowCount() == 8)
    finally:
        logger.removeHandler(handler)
    assert "line" in model.index(0, 0).data(LINE_ROLE)


def test_language_change_builds_the_window_again(window: MainWindow, qtbot: Any) -> None:
    before = window.host
    window.host.currentWidget().select("mine")
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: window.host is not before)
    assert window.host.current() == "models"
    assert window.host.currentWidget().selected() == "mine"


def test_language_change_waits_until_dialogs_are_closed(window: MainWindow, qtbot: Any) -> None:
    before = window.host
    window.strip.set_lane_load("files", 1, "Downloading a model")
    dialog = QDialog(window)
    dialog.setModal(True)
    with qtbot.waitExposed(dialog):
        dialog.show()
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    with qtbot.waitSignal(dialog.destroyed):
        QTimer.singleShot(50, dialog.deleteLater)
        assert window.host is before
    qtbot.waitUntil(lambda: window.host is not before)
    assert window.strip.load.jobs == 2


def test_no_torch_while_the_window_shows(home: Path) -> None:
    code = """
import sys
from PySide6.QtCore import QTimer
from deepstudio.app.main import make_application
from deepstudio.app.wiring import build_services
from deepstudio.ui.main_window import MainWindow
app = make_application()
services = build_services()
services.theme.apply(app)
window = MainWindow(services)
window.show()
for space in window.host.spaces():
    window.show_workspace(space.name)
QTimer.singleShot(0, window.close)
app.exec()
services.jobs.shutdown()
print(sorted(name for name in ("torch", "torchvision", "captum") if name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr
