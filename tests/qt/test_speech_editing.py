"""The text of a recording in a person's hands: chosen by keys, changed, kept, and brought back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from deepstudio.audio.recordings import Recording, begin_recording, open_recording, recordings
from deepstudio.audio.spool import SpoolWriter
from deepstudio.audio.transcripts import Segment, as_webvtt
from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.workspaces.speech.recordings_panel import RecordingsPanel
from deepstudio.ui.workspaces.speech.transcript import retold
from deepstudio.ui.workspaces.speech.view import SpeechView
from deepstudio.ui.workspaces.speech.whole_wave import clock
from tests.helpers.fake_microphone import FakeMicrophone
from tests.helpers.shell import open_window, shell_services
from tests.helpers.speech_window import ToldListener, open_speech, record, speech, speech_view, word


@pytest.fixture
def microphone() -> FakeMicrophone:
    return FakeMicrophone()


@pytest.fixture
def window(qtbot: Any, home: Path, microphone: FakeMicrophone) -> MainWindow:
    return open_speech(qtbot, home, microphone)


@pytest.fixture
def view(window: MainWindow, qtbot: Any, microphone: FakeMicrophone) -> SpeechView:
    """Return the view with the recording "good morning" on screen."""
    found = speech_view(window, qtbot)
    record(found, microphone, qtbot)
    return found


def type_at_end(view: SpeechView, qtbot: Any, text: str) -> None:
    cursor = view.page.text.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    view.page.text.setTextCursor(cursor)
    qtbot.keyClicks(view.page.text, text)


def kept_text() -> str:
    (kept,) = recordings()
    return kept.transcript.read_text(encoding="utf-8")


def test_keys_choose_a_word_to_hear(view: SpeechView, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    played: list[float] = []
    monkeypatch.setattr(view.said.playback, "play", lambda path, start=0.0, end=None: played.append(start))
    text, control = view.page.text, Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(text, Qt.Key.Key_Home, control)
    qtbot.keyClick(text, Qt.Key.Key_Return)
    qtbot.keyClick(text, Qt.Key.Key_Right, control)
    qtbot.keyClick(text, Qt.Key.Key_Space)
    qtbot.keyClick(text, Qt.Key.Key_End)
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert played == [pytest.approx(0.1), pytest.approx(0.5), pytest.approx(0.5)]
    qtbot.keyClicks(text, "x")
    assert text.toPlainText() == "good morning"


def test_text_is_on_disk_while_it_is_typed(view: SpeechView, qtbot: Any) -> None:
    view.page.edit_button.click()
    type_at_end(view, qtbot, " all")
    qtbot.waitUntil(lambda: "good morning all" in kept_text())
    assert view.page.text.editing
    for _ in " all":
        qtbot.keyClick(view.page.text, Qt.Key.Key_Backspace)
    view.page.edit_button.click()
    qtbot.waitUntil(lambda: "all" not in kept_text())


def test_text_that_is_being_edited_is_kept_when_the_window_closes(
    view: SpeechView, window: MainWindow, qtbot: Any
) -> None:
    view.page.edit_button.click()
    type_at_end(view, qtbot, " all")
    window.close()
    assert "good morning all" in kept_text()


def test_edited_text_can_be_brought_back(view: SpeechView, qtbot: Any) -> None:
    offered: list[Callable[[], None]] = []
    view.undo_offered.connect(lambda text, undo: offered.append(undo))
    view.page.edit_button.click()
    view.page.edit_button.click()
    assert offered == []
    view.page.edit_button.click()
    view.page.text.selectAll()
    qtbot.keyClick(view.page.text, Qt.Key.Key_Delete)
    view.page.edit_button.click()
    qtbot.waitUntil(lambda: "morning" not in kept_text())
    offered[0]()
    assert view.page.text.toPlainText() == "good morning"
    qtbot.waitUntil(lambda: "good morning" in kept_text())


def test_words_put_in_have_the_pause_they_stand_in_and_subtitles_stay_in_order() -> None:
    words = (word("good", 0.1), word("morning", 0.9))
    kept = Segment(start=0.1, end=1.2, text="good morning", words=words)
    told = retold(kept, "oh good this fine morning all")
    times = {each.text: (round(each.start, 2), round(each.end, 2)) for each in told.words}
    assert times["this"] == (0.4, 0.65) and times["fine"] == (0.65, 0.9)
    assert times["morning"] == (0.9, 1.2)
    made = as_webvtt([told])
    assert "oh good <00:00:00.400>this <00:00:00.650>fine <00:00:00.900>morning all" in made


def test_what_was_never_read_is_not_called_without_words(view: SpeechView, qtbot: Any) -> None:
    begun = begin_recording(microphone="m", sample_rate=16_000, channels=1)
    spool = SpoolWriter(begun.folder, sample_rate=16_000, channels=1)
    spool.write(speech(1.0))
    spool.close()
    about = open_recording(begun.folder).about
    crashed = dataclasses.replace(about, process=0)
    view.show_recording(Recording(folder=begun.folder, about=crashed, seconds=1.0))
    assert view.page.text.placeholderText() == "This has not been transcribed yet."


def test_without_a_model_nobody_says_that_no_words_were_understood(
    qtbot: Any, home: Path, microphone: FakeMicrophone
) -> None:
    services = dataclasses.replace(shell_services(home), listener=ToldListener(microphone))
    window = open_window(qtbot, services)
    window.show_workspace("speech")
    view = speech_view(window, qtbot)
    said: list[str] = []
    view.message.connect(said.append)
    record(view, microphone, qtbot)
    assert view.page.text.placeholderText() == "This has not been transcribed yet."
    assert said == []
    (only,) = view.again.menu(view.said.recording, view.mode).actions()
    assert not only.isEnabled() and only.text() == "No speech model is installed."


def test_list_of_recordings_works_by_keys_and_says_when_nothing_is_found(view: SpeechView, qtbot: Any) -> None:
    panel: RecordingsPanel = view.left.recordings
    renamed: list[object] = []
    panel.rename_asked.disconnect(view.kept.ask_rename)
    panel.rename_asked.connect(renamed.append)
    panel.search.setText("evening")
    assert _said(panel) == "No recording has these words."
    panel.search.clear()
    panel.list.setFocus()
    panel.list.setCurrentRow(0)
    qtbot.keyClick(panel.list, Qt.Key.Key_F2)
    assert len(renamed) == 1
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: panel.list.count() == 0)
    assert _said(panel) == "Recordings appear here."


def _said(panel: RecordingsPanel) -> str:
    assert panel._empty.isVisible()
    return panel._empty.text()


def test_recording_whose_file_is_no_sound_any_more_keeps_its_text(view: SpeechView, qtbot: Any, tmp_path: Path) -> None:
    import soundfile

    soundfile.write(tmp_path / "talk.wav", speech(1.5), 16_000)
    view.open_paths([tmp_path / "talk.wav"])
    qtbot.waitUntil(lambda: len(recordings()) == 2)
    (tmp_path / "talk.wav").write_text("no sound")
    assert sorted(round(one.seconds) for one in recordings()) == [0, 2]
    qtbot.waitUntil(lambda: not view.presenter.reading)


def test_quiet_file_is_no_matter_of_the_microphone(
    view: SpeechView, microphone: FakeMicrophone, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view.left.level, "hint", lambda: "Very quiet")
    microphone.say(speech(0.1))
    qtbot.waitUntil(lambda: view.left.hint.text() == "Very quiet")
    view.left.show_state("reading")
    assert view.left.hint.isHidden()
    view.left.show_level(0.001, 0.001)
    assert view.left.hint.isHidden()


def test_clock_tells_hours_where_there_are_any() -> None:
    assert [clock(65.9), clock(3599), clock(3665)] == ["1:05", "59:59", "1:01:05"]
