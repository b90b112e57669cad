"""Settings: kept, carried over, and never in the way when their file is damaged; the form made from their classes."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox

from deepstudio.core.config import option
from deepstudio.store.json_file import JsonFile
from deepstudio.store.recent import RecentFiles
from deepstudio.store.settings import Settings, SettingsStore
from deepstudio.ui.dialogs.settings import PAGES, SettingsDialog
from deepstudio.ui.forms.form import ConfigForm, FormWords
from deepstudio.ui.forms.switch import Switch
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import Theme
from tests.helpers.shell import clipped_texts, speaking_chinese, unnamed_widgets


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    flag: bool = option(True, "On or off.")
    count: int = option(3, "How many.", low=1, high=9)
    rate: float = option(0.5, "How fast.", low=0.0, high=1.0)
    name: str = option("x", "Any name.")
    kind: str = option("a", "Which kind.", choices=("a", "b"))
    maybe: int | None = option(None, "Perhaps a number.", low=0)
    _hidden: int = 0


def test_changes_are_on_disk_at_once(home: Path) -> None:
    store = SettingsStore()
    store.change("answers", top_k=7)
    assert SettingsStore().current.answers.top_k == 7
    assert json.loads(store.path.read_text())["version"] == 1
    store.reset("answers")
    assert SettingsStore().current == Settings()


def test_listeners_hear_changes_until_they_leave() -> None:
    store, heard = SettingsStore(), []
    leave = store.subscribe(lambda settings: heard.append(settings.answers.top_k))
    store.change("answers", top_k=2)
    store.change("answers", top_k=2)
    leave()
    store.change("answers", top_k=3)
    assert heard == [2]


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"appearance": {}}', b"\xff\xfe\x00"])
def test_a_damaged_file_is_kept_aside(home: Path, caplog: pytest.LogCaptureFixture, content: bytes) -> None:
    path = home / "config" / "settings.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert SettingsStore().current == Settings()
    assert path.with_name("settings.json.damaged").read_bytes() == content
    assert "defaults are used" in caplog.text


def test_what_is_usable_of_a_wrong_file_is_used(home: Path) -> None:
    path = home / "config" / "settings.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"version": 1, "answers": {"top_k": 9, "nonsense": 1}, "appearance": {"theme": "pink"}, "new": 1}')
    current = SettingsStore().current
    assert current.answers.top_k == 9
    assert current.appearance.theme == "system"
    assert path.with_name("settings.json.damaged").exists()


def test_migrations_run_one_after_another(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"version": 1, "old": 4}')
    steps = {1: lambda d: {"middle": d["old"] + 1}, 2: lambda d: {"new": d["middle"] * 2}}
    assert JsonFile(path, version=3, migrations=steps).read() == {"new": 10}


def test_a_folder_that_cannot_be_written_costs_only_the_memory(tmp_path: Path, caplog: Any) -> None:
    (tmp_path / "file").write_text("")
    store = SettingsStore(tmp_path / "file" / "settings.json")
    store.change("answers", top_k=4)
    assert store.current.answers.top_k == 4
    assert "could not be written" in caplog.text


def test_recent_files_are_few_and_each_once(tmp_path: Path) -> None:
    recent = RecentFiles(limit=3)
    for name in ("a", "b", "c", "d", "b"):
        recent.add(tmp_path / name)
    assert [path.name for path in recent.paths()] == ["b", "d", "c"]
    assert [path.name for path in RecentFiles(limit=3).paths()] == ["b", "d", "c"]


def test_form_has_an_editor_of_the_right_kind_for_each_field(qtbot: Any) -> None:
    form = ConfigForm(Everything(), FormWords(titles={"count": "How many things"}))
    qtbot.addWidget(form)
    kinds = {"flag": Switch, "count": QSpinBox, "rate": QDoubleSpinBox, "name": QLineEdit, "kind": QComboBox}
    assert all(isinstance(form.editor(name), kind) for name, kind in kinds.items())
    assert (form.editor("count").minimum(), form.editor("count").maximum()) == (1, 9)
    assert form.editor("count").accessibleName() == "How many things"
    assert form.values()["kind"] == "a"


def test_form_tells_what_the_user_changes_and_nothing_else(qtbot: Any) -> None:
    form = ConfigForm(Everything(), FormWords())
    qtbot.addWidget(form)
    heard: list[tuple[str, object]] = []
    form.changed.connect(lambda name, value: heard.append((name, value)))
    form.show_config(Everything(count=5, flag=False))
    assert heard == []
    form.editor("count").setValue(8)
    qtbot.keyClick(form.editor("flag"), Qt.Key.Key_Space)
    assert heard == [("count", 8), ("flag", True)]


def test_dialog_changes_settings_at_once_and_restores_defaults(qtbot: Any) -> None:
    store = SettingsStore()
    dialog = SettingsDialog(store, Theme(store), lambda: [("objects", "Objects")])
    qtbot.addWidget(dialog)
    dialog.forms["answers"].editor("top_k").setValue(9)
    assert store.current.answers.top_k == 9
    store.reset("answers")
    assert dialog.forms["answers"].editor("top_k").value() == 5
    dialog.accept()


def test_every_page_of_the_dialog_is_whole(qapp: Any, qtbot: Any) -> None:
    store = SettingsStore()
    Theme(store).apply(qapp)
    dialog = SettingsDialog(store, Theme(store), lambda: [("objects", "Objects")])
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    heights = {dialog.list.visualItemRect(dialog.list.item(number)).height() for number in range(len(PAGES))}
    assert len(heights) == 1 and heights.pop() >= 32
    for number in range(len(PAGES)):
        dialog.list.setCurrentRow(number)
        assert clipped_texts(dialog) == []
    assert unnamed_widgets(dialog) == []
    dialog.accept()


def test_an_open_dialog_speaks_another_language_at_once(qtbot: Any, qapp: Any, checkout: Path, tmp_path: Path) -> None:
    store = SettingsStore()
    dialog = SettingsDialog(store, Theme(store), lambda: [("objects", translate_sentence("Objects", "cards"))])
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.list.setCurrentRow(1)
    english = dialog.list.item(0).text()
    with speaking_chinese(checkout, tmp_path):
        qtbot.waitUntil(lambda: dialog.list.item(0).text() != english)
        assert dialog.windowTitle() == "设置" and dialog.list.currentRow() == 1
        assert set(dialog.forms) == set(PAGES)
        qtbot.waitUntil(lambda: clipped_texts(dialog) == [])
        dialog.forms["answers"].editor("top_k").setValue(7)
        assert store.current.answers.top_k == 7
    qtbot.waitUntil(lambda: dialog.list.item(0).text() == english)
    dialog.accept()
