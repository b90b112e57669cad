"""The Models workspace: what it lists, says, installs, removes and gives back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.workspaces.models.model_list import ROW_ROLE
from deepstudio.ui.workspaces.models.page import ModelsPage
from tests.helpers.shell import open_window, shell_services, write_model


@pytest.fixture
def window(qtbot: Any, home: Path) -> MainWindow:
    return open_window(qtbot, shell_services(home))


@pytest.fixture
def page(window: MainWindow) -> ModelsPage:
    found = window.host.currentWidget()
    assert isinstance(found, ModelsPage)
    return found


def _rows(page: ModelsPage) -> list[Any]:
    model = page.list.model()
    return [model.index(number, 0).data(ROW_ROLE) for number in range(model.rowCount())]


def _words(page: ModelsPage) -> str:
    return "\n".join(label.text() for label in page.detail.findChildren(QLabel))


def _button(page: ModelsPage, text: str) -> QPushButton:
    return next(button for button in page.detail.findChildren(QPushButton) if button.text() == text)


def test_lists_shipped_yours_and_damaged(page: ModelsPage) -> None:
    rows = {row.name: row for row in _rows(page) if row.selectable}
    assert {"objects", "chest-xray", "mine", "broken"} <= set(rows)
    assert rows["broken"].kind == "damaged"
    assert "87.50 %" in rows["objects"].facts


def test_details_say_all_that_the_card_says(page: ModelsPage) -> None:
    page.select("objects")
    words = _words(page)
    for part in ("Tells cats from dogs.", "cat", "dog", "87.50 %", "Pets", "test", "Cite it", "speednet"):
        assert part in words
    assert "deepstudio train resources/recipes/objects.toml --data DIR" in words


def test_a_warning_is_shown_plainly(page: ModelsPage) -> None:
    page.select("chest-xray")
    assert "Not for diagnosis." in _words(page)


def test_a_damaged_file_shows_its_sentence(page: ModelsPage) -> None:
    page.select("broken")
    assert "This file cannot be used." in _words(page)
    assert "broken.safetensors" in _words(page)


def test_search_narrows_the_list(page: ModelsPage) -> None:
    page.search.setText("chest")
    assert [row.name for row in _rows(page) if row.selectable] == ["chest-xray"]


def test_remove_and_undo(window: MainWindow, page: ModelsPage) -> None:
    page.select("mine")
    _button(page, "Remove").click()
    assert "mine" not in [row.name for row in _rows(page)]
    toast = window.toasts.shown()[-1]
    next(button for button in toast.findChildren(QPushButton) if button.text() == "Undo").click()
    assert "mine" in [row.name for row in _rows(page)]


def test_shipped_models_cannot_be_removed(window: MainWindow, page: ModelsPage) -> None:
    page.select("objects")
    page.remove_selected()
    assert "objects" in [row.name for row in _rows(page)]
    assert len(window.toasts.shown()) == 1


def test_installing_over_a_model_can_be_undone(
    window: MainWindow, page: ModelsPage, qtbot: Any, tmp_path: Path
) -> None:
    newer = write_model(tmp_path, "mine", title="Newer")
    page.install([newer])
    qtbot.waitUntil(lambda: "Newer" in [row.title for row in _rows(page)])
    assert page.selected() == "mine"
    toast = window.toasts.shown()[-1]
    next(button for button in toast.findChildren(QPushButton) if button.text() == "Undo").click()
    assert "Mine" in [row.title for row in _rows(page)]
    assert "Newer" not in [row.title for row in _rows(page)]


def test_one_bad_file_does_not_keep_the_others_out(
    window: MainWindow, page: ModelsPage, qtbot: Any, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.safetensors"
    bad.write_bytes(b"nothing")
    page.install([bad, write_model(tmp_path, "good")])
    qtbot.waitUntil(lambda: "good" in [row.name for row in _rows(page)])
    assert len(window.toasts.shown()) == 2


def test_export_copies_the_file(
    window: MainWindow, page: ModelsPage, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.safetensors"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments: (str(target), ""))
    page.select("objects")
    page.ask_export()
    qtbot.waitUntil(target.is_file)
    qtbot.waitUntil(lambda: len(window.toasts.shown()) == 1)


def test_a_model_becomes_the_first_for_pictures(window: MainWindow, page: ModelsPage) -> None:
    page.select("mine")
    _button(page, "Use for dropped pictures").click()
    assert window.services.settings.current.answers.image_model == "mine"


def test_many_labels_are_shown_on_demand(window: MainWindow, page: ModelsPage, home: Path) -> None:
    write_model(home / "data" / "models", "many", labels=tuple(f"thing-{number}" for number in range(200)))
    page.refresh()
    page.select("many")
    assert "thing-199" not in _words(page)
    _button(page, "Show 140 more").click()
    assert "thing-199" in _words(page)
