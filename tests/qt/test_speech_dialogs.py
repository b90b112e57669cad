"""What the Speech workspace asks by dialogs: which sound files, and where a text goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import soundfile
from PySide6.QtWidgets import QFileDialog, QWidget

from deepstudio.audio.endings import SUFFIXES
from deepstudio.audio.recordings import recordings
from deepstudio.ui.workspaces.speech.dialogs import ask_sounds, ask_text
from tests.helpers.fake_microphone import FakeMicrophone
from tests.helpers.speech_window import open_speech, speech, speech_view


@pytest.fixture
def parent(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_dialog_offers_every_file_that_may_be_dropped(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def cancel(*given: Any) -> tuple[list[str], str]:
        asked.append(given[3])
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", cancel)
    assert ask_sounds(parent) == []
    assert all(f"*{suffix}" in asked[0] for suffix in SUFFIXES)


def test_several_files_are_opened_at_once(
    qtbot: Any, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = speech_view(open_speech(qtbot, home, FakeMicrophone()), qtbot)
    paths = [tmp_path / name for name in ("first.wav", "second.wav")]
    for path in paths:
        soundfile.write(path, speech(1.5), 16_000)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *given: ([str(path) for path in paths], ""))
    view.ask_open()
    qtbot.waitUntil(lambda: len(recordings()) == 2 and not view.presenter.reading, timeout=20_000)
    assert {recording.about.title for recording in recordings()} == {"first", "second"}


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("notes", "notes.srt"),
        ("2026-11-22 08.30", "2026-11-22 08.30.srt"),
        ("notes.srt", "notes.srt"),
        ("notes.md", "notes.md"),
    ],
)
def test_name_without_an_ending_gets_one(
    parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, written: str
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (str(tmp_path / given), ""))
    assert ask_text(parent, "talk", "srt") == tmp_path / written


def test_a_file_that_the_ending_would_hit_is_asked_for(
    parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes.srt").write_text("other subtitles")
    answers, proposals = [str(tmp_path / "notes"), ""], []

    def answer(*given: Any) -> tuple[str, str]:
        proposals.append(given[2])
        return answers.pop(0), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    assert ask_text(parent, "talk", "srt") is None
    assert proposals[1] == str(tmp_path / "notes.srt")
