"""Modes of the Speech workspace: single words, dictated digits, other models, engines in folders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from deepstudio.audio.recordings import recordings
from deepstudio.models.library import ModelLibrary
from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.workspaces.speech.models import SpeechModels
from deepstudio.ui.workspaces.speech.modes import COMMANDS, DIGITS, TRANSCRIBE, WORDS
from deepstudio.ui.workspaces.speech.presenter import READY, RECORDING
from deepstudio.ui.workspaces.speech.view import SpeechView
from tests.helpers.fake_microphone import FakeMicrophone
from tests.helpers.shell import write_model
from tests.helpers.speech_window import open_speech, record, speech, speech_view


@pytest.fixture
def microphone() -> FakeMicrophone:
    return FakeMicrophone()


@pytest.fixture
def window(qtbot: Any, home: Path, microphone: FakeMicrophone) -> MainWindow:
    return open_speech(qtbot, home, microphone)


@pytest.fixture
def view(window: MainWindow, qtbot: Any) -> SpeechView:
    return speech_view(window, qtbot)


def choose(view: SpeechView, mode: str, qtbot: Any) -> None:
    qtbot.mouseClick(view.bar.modes.button(mode), Qt.MouseButton.LeftButton)
    assert view.mode == mode


def test_single_words_are_large_and_kept_as_a_history(
    view: SpeechView, microphone: FakeMicrophone, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(view, COMMANDS, qtbot)
    qtbot.waitUntil(lambda: view.presenter.state == READY)
    record(view, microphone, qtbot, seconds=2.0)
    board = view.page.board
    assert board.big.text() == "right"
    assert "70 %" in board.confidence.text()
    assert [board.history.item(row).text() for row in range(board.history.count())] == ["right", "left"]
    assert board.bars.guesses()[0] == ("right", 0.7)
    assert "left · right" in board.known.text()
    played: list[float] = []
    monkeypatch.setattr(view.said.playback, "play", lambda path, start=0.0, end=None: played.append(start))
    board.history.itemClicked.emit(board.history.item(1))
    assert played == [pytest.approx(0.1)]


def test_digits_are_written_as_a_number(view: SpeechView, microphone: FakeMicrophone, qtbot: Any) -> None:
    choose(view, DIGITS, qtbot)
    record_when_ready(view, microphone, qtbot)
    assert view.page.text.toPlainText() == "0533"
    view.page.edit_button.click()
    view.page.text.setPlainText("0534")
    view.page.edit_button.click()
    (kept,) = recordings()
    qtbot.waitUntil(lambda: '"0534"' in kept.transcript.read_text(encoding="utf-8"))
    words = json.loads(kept.transcript.read_text(encoding="utf-8"))["segments"][0]["words"]
    assert "".join(entry["text"] for entry in words) == "0534"


def test_recording_is_shown_as_it_was_heard_and_heard_again_as_something_else(
    view: SpeechView, microphone: FakeMicrophone, qtbot: Any
) -> None:
    choose(view, DIGITS, qtbot)
    record_when_ready(view, microphone, qtbot)
    (kept,) = recordings()
    assert (kept.about.mode, kept.about.model) == (DIGITS, "english")
    assert "Digits" in view.left.recordings.list.item(0).text()
    choose(view, COMMANDS, qtbot)
    view.show_recording(kept)
    assert view.mode == DIGITS
    assert view.page.text.toPlainText() == "0533"

    offered: list[Any] = []
    view.undo_offered.connect(lambda text, undo: offered.append(undo))
    ways = {action.text(): action for action in view.again.menu(kept, view.mode).actions()}
    assert [text.split("  ·")[0] for text in ways] == ["Sentences", "Digits", "Single words"]
    assert [action.isChecked() for action in ways.values()] == [False, True, False]
    qtbot.waitUntil(lambda: view.presenter.state == READY)
    with qtbot.waitSignal(view.presenter.finished):
        next(iter(ways.values())).trigger()
    assert view.mode == TRANSCRIBE
    assert view.page.text.toPlainText() == "good morning"
    assert recordings()[0].about.mode == TRANSCRIBE
    qtbot.waitUntil(lambda: view.presenter.state == READY)
    offered[-1]()
    assert view.mode == DIGITS
    assert view.page.text.toPlainText() == "0533"
    assert recordings()[0].about.mode == DIGITS


def test_recording_is_shown_again_where_it_cannot_be_heard_again(
    view: SpeechView, microphone: FakeMicrophone, qtbot: Any
) -> None:
    record(view, microphone, qtbot)
    (kept,) = recordings()
    kept.sound.unlink()
    qtbot.waitUntil(lambda: view.presenter.state == READY)
    way = view.again.ways(kept, view.mode)[0]
    assert (way.mode, way.model.name, way.last) == (TRANSCRIBE, "english", True)
    with qtbot.waitSignal(view.failed):
        view.transcribe_again(kept, way)
    qtbot.waitUntil(lambda: view.page.text.toPlainText() == "good morning")
    assert view.said.folder == kept.folder


def test_record_pressed_while_the_microphone_is_opened_anew_is_not_lost(
    view: SpeechView, microphone: FakeMicrophone, qtbot: Any
) -> None:
    view.show_mode(COMMANDS)
    with qtbot.waitSignal(view.presenter.begun):
        view.record()
    assert view.presenter.state == RECORDING
    microphone.say(speech(1.0))
    with qtbot.waitSignal(view.presenter.finished):
        view.presenter.stop()
    assert view.page.board.big.text() == "left"


def test_mode_stays_while_something_is_recorded(view: SpeechView, microphone: FakeMicrophone, qtbot: Any) -> None:
    view.record()
    with qtbot.waitSignal(view.presenter.begun):
        pass
    with qtbot.waitSignal(view.message):
        view.show_mode(DIGITS)
    assert view.mode == TRANSCRIBE
    assert view.bar.modes.current == TRANSCRIBE
    microphone.say(speech(0.5))
    with qtbot.waitSignal(view.presenter.finished):
        view.presenter.stop()


def test_model_sent_by_another_workspace_listens(view: SpeechView, window: MainWindow, home: Path, qtbot: Any) -> None:
    write_model(home / "data" / "models", "calls", task="keyword-spotting", labels=("ho", "hey", "(no word)"))
    window.workspace("speech").receive("model", "calls")
    assert view.mode == COMMANDS
    assert view.bar.picker.list.currentData() == "calls"
    qtbot.waitUntil(lambda: view.presenter.state == READY)
    write_model(home / "data" / "models", "german", task="speech-recognition", labels=())
    window.workspace("speech").receive("model", "german")
    assert view.mode == TRANSCRIBE
    assert view.presenter.engine()[0] == "german"
    window.workspace("speech").receive("model", "objects")
    assert view.presenter.engine()[0] == "german"


def test_folder_that_is_no_engine_is_refused_in_words(view: SpeechView, qtbot: Any, tmp_path: Path) -> None:
    with qtbot.waitSignal(view.failed) as failed:
        view.add_engine(tmp_path)
    assert "tokens.txt" in failed.args[0].text()
    assert view.models.chosen(TRANSCRIBE).name == "english"


def test_engine_folder_is_offered_chosen_kept_and_removed(home: Path, tmp_path: Path) -> None:
    write_model(home / "shipped", "english", task="speech-recognition", labels=())
    write_model(home / "shipped", "english-lm", task="speech-language", labels=())
    library = ModelLibrary(home / "shipped", home / "user")
    models = SpeechModels(library)
    assert models.language_model(models.chosen(TRANSCRIBE)) == "english-lm"
    models.add_folder(tmp_path)
    chosen = models.chosen(TRANSCRIBE)
    assert (chosen.name, models.language_model(chosen)) == (str(tmp_path), "")
    assert models.chosen(DIGITS).name == "english"
    again = SpeechModels(library)
    again.restore_state(json.loads(json.dumps(models.save_state())))
    assert again.chosen(TRANSCRIBE).name == str(tmp_path)
    again.remove_folder(str(tmp_path))
    assert again.chosen(TRANSCRIBE).name == "english"


def test_mode_model_and_microphone_survive_a_restart(view: SpeechView, window: MainWindow, qtbot: Any) -> None:
    choose(view, DIGITS, qtbot)
    state = json.loads(json.dumps(window.workspace("speech").save_state()))
    view.show_mode(WORDS)
    window.workspace("speech").restore_state(state)
    assert view.mode == DIGITS
    window.workspace("speech").restore_state({"mode": 7, "models": [], "microphone": None})
    assert view.mode in (DIGITS, TRANSCRIBE)


def record_when_ready(view: SpeechView, microphone: FakeMicrophone, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: view.presenter.state == READY)
    record(view, microphone, qtbot, seconds=2.0)
