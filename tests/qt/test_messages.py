"""Failures leave when the same thing goes well, or by key; large numbers of bytes reach the progress bar."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidgetItem

from deepstudio.core.messages import Failure
from deepstudio.jobs.context import LaneContext
from deepstudio.jobs.manager import JobManager
from deepstudio.ui.main_window import MainWindow
from tests.helpers.shell import open_window, shell_services

BYTES = 7_000_000_000


@pytest.fixture
def window(qtbot: Any, home: Path) -> MainWindow:
    return open_window(qtbot, shell_services(home))


def sentences(window: MainWindow) -> list[str]:
    return [toast.findChildren(QLabel)[1].text() for toast in window.toasts.shown()]


def test_a_failure_leaves_when_something_else_is_opened_there(window: MainWindow) -> None:
    models, image = window.workspace("models"), window.workspace("image")
    models.failed.emit(Failure(sentence="A model failed."))
    image.failed.emit(Failure(sentence="A picture failed."))
    assert sentences(window) == ["A model failed.", "A picture failed."]
    assert window.open_paths([window.services.library.entries()[0].path])
    assert sentences(window) == ["A picture failed."]


def test_a_refused_file_is_forgotten_with_the_next_that_opens(window: MainWindow, tmp_path: Path) -> None:
    odd = tmp_path / "odd.xyz"
    odd.write_bytes(b"\x00\x01")
    assert not window.open_paths([odd]) and len(sentences(window)) == 1
    assert window.open_paths([window.services.library.entries()[0].path])
    assert sentences(window) == []


def test_the_same_failure_is_shown_once(window: MainWindow) -> None:
    for _ in range(3):
        window.show_failure(Failure(sentence="It failed again."))
    assert sentences(window) == ["It failed again."]


def test_messages_are_closed_by_key_newest_first(window: MainWindow, qtbot: Any) -> None:
    for name in ("One", "Two"):
        window.show_failure(Failure(sentence=f"{name} failed."))
    for left in (["One failed."], []):
        qtbot.keyClick(window, Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier)
        assert sentences(window) == left


def test_progress_counts_beyond_32_bits(qtbot: Any) -> None:
    def download(request: object, context: LaneContext) -> None:
        context.progress(BYTES, BYTES)

    manager = JobManager()
    seen: list[tuple[int, int]] = []
    handle = manager.submit(download, None, lane="files")
    handle.progress.connect(lambda done, total: seen.append((done, total)))
    with qtbot.waitSignal(handle.ended):
        pass
    assert seen == [(BYTES, BYTES)]
    assert manager.shutdown()


def test_what_held_a_closed_message_is_not_kept(window: MainWindow, qtbot: Any) -> None:
    """Qt deletes the layout's item with the message; one that Python kept would be taken for whatever comes there."""

    def items() -> int:
        return sum(isinstance(wrapper, QWidgetItem) for wrapper in shiboken6.getAllValidWrappers())

    before = items()
    for number in range(3):
        window.show_failure(Failure(sentence=f"Failure {number}."))
    shown = window.toasts.shown()
    assert len(shown) == 3
    window.toasts.clear()
    qtbot.waitUntil(lambda: not any(map(shiboken6.isValid, shown)))
    shown.clear()
    assert items() <= before
