"""The Speech workspace in the real window: a microphone played by hand, a recogniser that says what it is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from deepstudio.audio.recordings import recordings
from deepstudio.audio.transcripts import Segment
from deepstudio.core.job import SilentContext
from deepstudio.core.listen_messages import HeardSound, ListenControl, TranscribeRequest
from deepstudio.core.speech_messages import Final, Partial
from deepstudio.infer.transcribe import FileTranscriber
from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.workspaces.speech.presenter import CLOSED, READING, READY, RECORDING
from deepstudio.ui.workspaces.speech.transcript import LiveTranscript, retold, segments_from_json
from deepstudio.ui.workspaces.speech.view import SpeechView
from tests.helpers.fake_microphone import FakeMicrophone
from tests.helpers.speech_window import ToldRecognizer, open_speech, record, speech, speech_view, word


@pytest.fixture
def microphone() -> FakeMicrophone:
    return FakeMicrophone()


@pytest.fixture
def window(qtbot: Any, home: Path, microphone: FakeMicrophone) -> MainWindow:
    return open_speech(qtbot, home, microphone)


@pytest.fixture
def view(window: MainWindow, qtbot: Any) -> SpeechView:
    return speech_view(window, qtbot)


def test_words_grow_are_closed_and_read_again(view: SpeechView, microphone: FakeMicrophone, qtbot: Any) -> None:
    qtbot.mouseClick(view.left.button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(view.presenter.begun):
        pass
    microphone.say(speech(0.5))
    qtbot.waitUntil(lambda: view.page.text.toPlainText() == "good")
    microphone.say(speech(1.0))
    qtbot.waitUntil(lambda: view.page.text.toPlainText() == "good mourning")
    assert "Lost samples 0" in view.page.figures.text()
    with qtbot.waitSignal(view.presenter.finished):
        view.toggle_recording()
    assert view.page.text.toPlainText() == "good morning"
    assert view.said.transcript.lines()[0].before == "good mourning"
    (kept,) = recordings()
    assert kept.seconds >= 1.5
    assert "good morning" in kept.transcript.read_text(encoding="utf-8")


def test_loudness_is_shown_before_anything_is_kept(
    view: SpeechView, microphone: FakeMicrophone, qtbot: Any, home: Path
) -> None:
    with qtbot.waitSignal(view.presenter.loudness):
        microphone.say(speech(0.1))
    assert recordings() == []


def test_recording_is_listed_searched_shown_and_deleted(
    view: SpeechView, microphone: FakeMicrophone, qtbot: Any
) -> None:
    record(view, microphone, qtbot)
    panel = view.left.recordings
    panel.search.setText("evening")
    assert panel.list.count() == 0
    panel.search.setText("morning")
    assert panel.list.count() == 1
    offered: list[Any] = []
    view.undo_offered.connect(lambda text, undo: offered.append(undo))
    recording = panel.list.item(0).data(int(Qt.ItemDataRole.UserRole) + 1)
    view.show_recording(recording)
    assert view.page.text.toPlainText() == "good morning"
    view.kept.delete(recording)
    qtbot.waitUntil(lambda: panel.list.count() == 0)
    assert view.page.text.toPlainText() == ""
    offered[0]()
    qtbot.waitUntil(lambda: panel.list.count() == 1)


def test_text_is_edited_and_kept_with_its_times(view: SpeechView, microphone: FakeMicrophone, qtbot: Any) -> None:
    record(view, microphone, qtbot)
    view.page.edit_button.click()
    cursor = view.page.text.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    view.page.text.setTextCursor(cursor)
    qtbot.keyClicks(view.page.text, " all")
    view.page.edit_button.click()
    (kept,) = recordings()
    qtbot.waitUntil(lambda: "good morning all" in kept.transcript.read_text(encoding="utf-8"))
    words = json.loads(kept.transcript.read_text(encoding="utf-8"))["segments"][0]["words"]
    assert [entry["text"] for entry in words] == ["good", "morning", "all"]
    assert words[0]["start"] == pytest.approx(0.1)


def test_click_on_a_word_plays_it(
    view: SpeechView, microphone: FakeMicrophone, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(view, microphone, qtbot)
    played: list[tuple[float, float | None]] = []
    monkeypatch.setattr(
        view.said.playback, "play", lambda path, start=0.0, end=None: played.append((start, end)) or path.is_file()
    )
    cursor = view.page.text.textCursor()
    cursor.setPosition(7)  # within the second word
    point = view.page.text.cursorRect(cursor).center()
    qtbot.mouseClick(view.page.text.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert played == [(pytest.approx(0.5), pytest.approx(0.8))]
    told = cursor.charFormat().toolTip().splitlines()
    assert told == ["0:00.50 – 0:00.80", "60 % sure", "Read again. First reading: good mourning"]


def test_wave_plays_from_a_click_and_the_word_that_is_heard_is_marked(
    view: SpeechView, microphone: FakeMicrophone, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(view, microphone, qtbot)
    wave = view.page.wave
    qtbot.waitUntil(wave.isVisible)
    assert view.page.sound.isHidden()
    played: list[float] = []
    monkeypatch.setattr(view.said.playback, "play", lambda path, start=0.0, end=None: played.append(start))
    qtbot.mouseClick(wave, Qt.MouseButton.LeftButton, pos=wave._area().center().toPoint())
    qtbot.keyClick(wave, Qt.Key.Key_Right)
    qtbot.keyClick(wave, Qt.Key.Key_Space)
    assert played == [pytest.approx(0.75, abs=0.05), pytest.approx(1.0, abs=0.01)]
    view.said.playback.moved.emit(0.6)
    (marked,) = view.page.text.extraSelections()
    assert marked.cursor.selectedText() == "morning"
    view.said.playback.moved.emit(None)
    assert view.page.text.extraSelections() == []


@pytest.mark.parametrize("kind", ["txt", "srt", "vtt", "json"])
def test_text_is_saved_in_each_format(
    view: SpeechView,
    microphone: FakeMicrophone,
    qtbot: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    record(view, microphone, qtbot)
    target = tmp_path / f"said.{kind}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(target), ""))
    with qtbot.waitSignal(view.message, check_params_cb=lambda text: "said" in text):
        view.said.save(kind)
    assert "morning" in target.read_text(encoding="utf-8")


def test_text_is_copied(view: SpeechView, microphone: FakeMicrophone, qtbot: Any) -> None:
    record(view, microphone, qtbot)
    view.said.copy()
    assert QGuiApplication.clipboard().text() == "good morning\n"


def test_dropped_sound_file_is_transcribed_in_place(
    view: SpeechView, window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    path = tmp_path / "lesson.wav"
    soundfile.write(path, speech(2.0), 44_100)
    with qtbot.waitSignal(view.presenter.finished):
        window.open_paths([path])
    assert view.page.text.toPlainText() == "good morning"
    (kept,) = recordings()
    assert kept.sound == path.resolve()
    qtbot.waitUntil(lambda: view.presenter.state == READY)  # the microphone is ready again


def test_stopped_file_keeps_what_was_understood(
    view: SpeechView, window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    path = tmp_path / "lecture.wav"
    soundfile.write(path, speech(600.0), 16_000)

    def stop_at_the_first_sentence(heard: HeardSound) -> None:
        if any(isinstance(event, Final) for event in heard.events):
            view.presenter.stop()

    view.presenter.heard.connect(stop_at_the_first_sentence)
    messages: list[str] = []
    view.message.connect(messages.append)
    with qtbot.waitSignal(view.presenter.finished) as finished:
        window.open_paths([path])
    (result,) = finished.args
    assert not result.whole
    assert 1.0 < result.seconds < 600.0
    assert view.page.text.toPlainText() == "good morning"
    assert any(message.startswith("Stopped at ") for message in messages)
    (kept,) = recordings()
    assert "good morning" in kept.transcript.read_text(encoding="utf-8")
    assert kept.seconds == pytest.approx(600.0)


def test_file_stopped_before_the_first_word_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lecture.wav"
    soundfile.write(path, speech(2.0), 16_000)
    control = ListenControl()
    control.stop()
    silent = ToldRecognizer()
    silent.finish = list  # type: ignore[method-assign]
    result = FileTranscriber(lambda request: silent).transcribe(
        TranscribeRequest(path=path, control=control), SilentContext()
    )
    assert result.folder is None
    assert recordings() == []


def test_several_files_are_read_one_after_another_until_stop(
    view: SpeechView, window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{name}.wav" for name in ("one", "two", "three")]
    for path in paths:
        soundfile.write(path, speech(2.0), 16_000)
    paths[1].write_bytes(b"RIFF nothing")
    with qtbot.waitSignal(view.failed) as failed:  # tells of the second, and the third is read all the same
        window.open_paths(paths)
    assert "two.wav" in failed.args[0].text()
    qtbot.waitUntil(lambda: len(recordings()) == 2 and view.presenter.state == READY)
    assert {kept.sound.name for kept in recordings()} == {"one.wav", "three.wav"}
    window.open_paths([paths[0], paths[2]])
    qtbot.waitUntil(lambda: view.presenter.state == READING)
    view.toggle_recording()
    qtbot.waitUntil(lambda: view.presenter.state == READY)
    assert view._waiting == []


def test_file_that_is_no_sound_is_said_so(view: SpeechView, qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "broken.wav"
    path.write_bytes(b"RIFF nothing")
    with qtbot.waitSignal(view.failed) as failed:
        view.open_paths([path])
    assert "broken.wav" in failed.args[0].text()
    qtbot.waitUntil(lambda: view.page.empty)  # nothing pretends to listen still


def test_unplugged_microphone_is_told_and_nothing_is_lost(
    view: SpeechView, microphone: FakeMicrophone, qtbot: Any
) -> None:
    qtbot.mouseClick(view.left.button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(view.presenter.begun):
        pass
    microphone.say(speech(1.2))
    with qtbot.waitSignal(view.presenter.trouble):
        microphone.unplug()
    with qtbot.waitSignal(view.presenter.finished):
        view.presenter.stop()
    (kept,) = recordings()
    assert kept.seconds == pytest.approx(1.2, abs=0.01)
    assert view.page.text.toPlainText() == "good morning"


def test_without_a_microphone_it_says_so_and_files_still_work(
    view: SpeechView, microphone: FakeMicrophone, qtbot: Any, tmp_path: Path
) -> None:
    view.presenter.close()
    qtbot.waitUntil(lambda: view.presenter.state == CLOSED)
    microphone.refusing = True
    with qtbot.waitSignal(view.failed) as failed:
        view.record()
    assert "no microphone" in failed.args[0].text()
    path = tmp_path / "lesson.flac"
    soundfile.write(path, speech(1.5), 16_000)
    with qtbot.waitSignal(view.presenter.finished):
        view.open_paths([path])
    assert view.page.text.toPlainText() == "good morning"


def test_leaving_the_workspace_closes_the_microphone_unless_it_records(
    view: SpeechView, window: MainWindow, microphone: FakeMicrophone, qtbot: Any
) -> None:
    window.show_workspace("models")
    qtbot.waitUntil(lambda: view.presenter.state == CLOSED)
    assert microphone.streams[-1].closed
    window.show_workspace("speech")
    qtbot.waitUntil(lambda: view.presenter.state == READY)
    view.record()
    window.show_workspace("models")
    assert view.presenter.state == RECORDING
    microphone.say(speech(0.5))
    with qtbot.waitSignal(view.presenter.finished):
        view.presenter.stop()
    qtbot.waitUntil(lambda: view.presenter.state == CLOSED)


def test_closing_the_window_while_recording_keeps_the_words_on_screen(
    view: SpeechView, microphone: FakeMicrophone, window: MainWindow, qtbot: Any
) -> None:
    qtbot.mouseClick(view.left.button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(view.presenter.begun):
        pass
    microphone.say(speech(0.5))
    qtbot.waitUntil(lambda: "good" in view.page.text.toPlainText())  # the sentence is still open
    assert window.close() and window.services.jobs.shutdown()
    (kept,) = recordings()
    assert kept.about.complete
    assert [segment.text for segment in segments_from_json(kept.transcript.read_text())] == ["good"]


def test_stopped_at_once_leaves_no_recording(view: SpeechView, qtbot: Any) -> None:
    view.record()
    with qtbot.waitSignal(view.presenter.nothing_recorded):
        view.presenter.stop()
    qtbot.waitUntil(lambda: view.presenter.state == READY)
    assert recordings() == []


def test_presentation_follows(view: SpeechView, microphone: FakeMicrophone, qtbot: Any) -> None:
    view.said.present()
    presentation = view.said.presentation
    assert presentation is not None
    record(view, microphone, qtbot)
    assert presentation.text.toPlainText() == "good morning"
    assert (
        presentation.text.document().defaultFont().pixelSize() > 2 * view.page.text.document().defaultFont().pixelSize()
    )
    with qtbot.waitSignal(view.presenter.begun):
        view.toggle_recording()
    assert presentation.text.toPlainText() == ""  # what was said before belongs to another recording
    microphone.say(speech(0.1))
    with qtbot.waitSignal(view.presenter.finished):
        view.toggle_recording()
    qtbot.keyClick(presentation, Qt.Key.Key_Escape)
    assert not presentation.isVisible()


def test_sound_is_drawn(view: SpeechView, microphone: FakeMicrophone, qtbot: Any) -> None:
    view.record()
    with qtbot.waitSignal(view.presenter.begun):
        pass
    qtbot.waitUntil(view.page.sound.isVisible)
    silent = view.page.sound.grab().toImage()
    microphone.say(speech(1.0))
    qtbot.waitUntil(lambda: view.page.sound.grab().toImage() != silent)
    with qtbot.waitSignal(view.presenter.finished):
        view.presenter.stop()


def test_transcript_takes_back_what_was_noise() -> None:
    transcript = LiveTranscript()
    said = Partial(segment=0, text="a", start=0.0, end=0.3, words=(word("a", 0.0),))
    assert transcript.take(said) == 0
    assert transcript.take(said) is None
    assert transcript.take(Partial(segment=0, text="", start=0.0, end=0.0, words=())) == 0
    assert transcript.lines() == []


def test_retold_words_keep_the_times_of_those_that_stayed() -> None:
    segment = Segment(start=0.0, end=2.0, text="a b c", words=(word("a", 0.0), word("b", 0.5), word("c", 1.0)))
    changed = retold(segment, "a x y c d")
    assert [entry.text for entry in changed.words] == ["a", "x", "y", "c", "d"]
    assert changed.words[3].start == 1.0
    starts = [entry.start for entry in changed.words]
    assert starts == sorted(starts)
    assert retold(segment, "").words == ()
