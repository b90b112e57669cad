"""Words of one's own in the real window: takes from a microphone played by hand, a training that is only told."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from deepstudio.audio.word_sets import OTHER, TAKES_WANTED, Take, word_sets
from deepstudio.core.job import JobContext
from deepstudio.core.take_messages import WordFigure, WordTrainRequest, WordTrainResult
from deepstudio.core.training_messages import MetricBatch, MetricColumns
from deepstudio.core.words import Phrase
from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.workspaces.speech.modes import COMMANDS, WORDS
from deepstudio.ui.workspaces.speech.takes_presenter import IDLE, LISTENING
from deepstudio.ui.workspaces.speech.view import SpeechView
from deepstudio.ui.workspaces.speech.word_training import model_name
from tests.helpers.fake_microphone import FakeMicrophone
from tests.helpers.shell import write_model
from tests.helpers.speech_window import open_speech, speech, speech_view


@pytest.fixture
def microphone() -> FakeMicrophone:
    return FakeMicrophone()


@pytest.fixture
def window(qtbot: Any, home: Path, microphone: FakeMicrophone) -> MainWindow:
    return open_speech(qtbot, home, microphone)


@pytest.fixture
def view(window: MainWindow, qtbot: Any) -> SpeechView:
    found = speech_view(window, qtbot)
    found.show_mode(WORDS)
    found.own.presenter.create("Lamp", ["on", "off"])
    qtbot.waitUntil(lambda: found.words.words.count() == 3)
    return found


def say_words(microphone: FakeMicrophone, count: int, loudness: float = 0.2) -> None:
    """Say something of a third of a second, `count` times, with pauses."""
    hiss = 0.0005 * np.random.default_rng(0).standard_normal((16_000, 1)).astype(np.float32)
    microphone.say(hiss)
    for _ in range(count):
        microphone.say(speech(0.35, loudness) + hiss[: round(0.35 * 16_000)])
        microphone.say(hiss)


def takes(view: SpeechView, word: str) -> tuple[Take, ...]:
    current = view.own.presenter.current
    assert current is not None
    return next((one.takes for one in current.words if one.text == word), ())


def begin(view: SpeechView, qtbot: Any, word: str) -> None:
    view.words.words.select(word)
    view.toggle_recording()
    qtbot.waitUntil(lambda: view.own.takes.state == LISTENING and view.own.takes.word == word)


def test_takes_are_cut_out_kept_and_the_next_word_follows(
    view: SpeechView, microphone: FakeMicrophone, qtbot: Any
) -> None:
    begin(view, qtbot, "on")
    say_words(microphone, TAKES_WANTED)
    following = view.own.takes
    qtbot.waitUntil(lambda: view.words.words.word() == "off", timeout=20_000)
    assert following.state == IDLE
    say_words(microphone, 1)  # once too often: that is not the next word
    qtbot.waitUntil(lambda: len(takes(view, "on")) == TAKES_WANTED)
    assert following.state != IDLE or "in a moment" in view.words.stage.hint.text()
    qtbot.waitUntil(lambda: following.word == "off" and following.state == LISTENING, timeout=20_000)
    assert view.words.words.word() == "off"
    say_words(microphone, 4)
    qtbot.waitUntil(lambda: len(takes(view, "off")) == 4)
    view.toggle_recording()
    qtbot.waitUntil(lambda: view.own.takes.state == IDLE)
    (kept,) = word_sets()
    assert {word.text: len(word.takes) for word in kept.words} == {"on": TAKES_WANTED, "off": 4}
    assert all(0.3 < take.seconds < 1.0 for word in kept.words for take in word.takes)
    assert view.words.strip.train.isEnabled()


def test_take_that_is_too_quiet_is_told_and_not_kept(view: SpeechView, microphone: FakeMicrophone, qtbot: Any) -> None:
    begin(view, qtbot, "on")
    with qtbot.waitSignal(view.own.takes.heard, check_params_cb=lambda word, heard: heard.problem is not None):
        say_words(microphone, 1, loudness=0.008)
    assert "Say it again" in view.words.stage.hint.text()
    view.toggle_recording()
    qtbot.waitUntil(lambda: view.own.takes.state == IDLE)
    assert takes(view, "on") == ()


def test_take_is_heard_deleted_and_brought_back(
    view: SpeechView, microphone: FakeMicrophone, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(view, qtbot, "on")
    say_words(microphone, 2)
    qtbot.waitUntil(lambda: len(takes(view, "on")) == 2)
    view.toggle_recording()
    qtbot.waitUntil(lambda: view.own.takes.state == IDLE)
    tiles = view.words.stage.tiles
    qtbot.waitUntil(lambda: len(tiles.waves) == 2)
    played: list[Path] = []
    monkeypatch.setattr(view.own.playback, "play", played.append)
    tiles.itemClicked.emit(tiles.item(0))
    assert played == [takes(view, "on")[0].path]
    undo: list[Callable[[], None]] = []
    view.undo_offered.connect(lambda text, back: undo.append(back))
    tiles.delete_asked.emit(takes(view, "on")[0])
    qtbot.waitUntil(lambda: len(takes(view, "on")) == 1 and bool(undo))
    undo[0]()
    qtbot.waitUntil(lambda: len(takes(view, "on")) == 2)


def test_other_sounds_may_be_recorded_too(view: SpeechView, microphone: FakeMicrophone, qtbot: Any) -> None:
    begin(view, qtbot, OTHER)
    say_words(microphone, 1)
    qtbot.waitUntil(lambda: len(takes(view, OTHER)) == 1)
    view.toggle_recording()
    qtbot.waitUntil(lambda: view.own.takes.state == IDLE)


def test_word_set_is_deleted_brought_back_and_exported(
    view: SpeechView, microphone: FakeMicrophone, qtbot: Any, tmp_path: Path
) -> None:
    begin(view, qtbot, "on")
    say_words(microphone, 1)
    qtbot.waitUntil(lambda: len(takes(view, "on")) == 1)
    view.toggle_recording()
    qtbot.waitUntil(lambda: view.own.takes.state == IDLE)
    target = tmp_path / "lamp.zip"
    with qtbot.waitSignal(view.message, check_params_cb=lambda text: "lamp.zip" in text):
        view.own.presenter.export(target)
    assert [name for name in zipfile.ZipFile(target).namelist() if name.endswith(".flac")] == ["Lamp/on/001.flac"]
    undo: list[Callable[[], None]] = []
    view.undo_offered.connect(lambda text, back: undo.append(back))
    view.own.delete()
    qtbot.waitUntil(lambda: bool(undo) and word_sets() == [])
    assert view.words.currentIndex() == 0
    undo[0]()
    qtbot.waitUntil(lambda: view.own.presenter.current is not None)
    assert len(takes(view, "on")) == 1


def test_words_are_added_renamed_and_refused(view: SpeechView, qtbot: Any) -> None:
    view.words.more.setText(" dim  the light ")
    view.words.more.returnPressed.emit()
    qtbot.waitUntil(lambda: view.words.words.count() == 4)
    view.own.presenter.rename_word("dim the light", "dim")
    qtbot.waitUntil(lambda: [word.text for word in word_sets()[0].words] == ["on", "off", "dim"])
    with qtbot.waitSignal(view.failed) as failed:
        view.own.presenter.add_word("ON")
    assert "ON" in failed.args[0].text()


def test_training_shows_its_curve_and_the_model_is_used(
    view: SpeechView, window: MainWindow, microphone: FakeMicrophone, qtbot: Any, home: Path
) -> None:
    current = view.own.presenter.current
    assert current is not None

    def train(request: WordTrainRequest, context: JobContext) -> WordTrainResult:
        steps = np.arange(5)
        losses = MetricColumns(name="loss", steps=steps, walls=steps * 1.0, values=1.0 / (1 + steps))
        context.partial(MetricBatch(columns=(losses,)))
        context.progress(5, 5)
        path = write_model(home / "data" / "models", request.name, task="keyword-spotting", labels=("on", "off"))
        figures = (WordFigure(text="on", takes=10, heard=0.9, confused_with="off"),)
        return WordTrainResult(
            model=request.name,
            path=path,
            accuracy=0.95,
            spread=0.05,
            examples=20,
            by_speaker=False,
            words=figures,
            false_alarms_per_hour=None,
            threshold=0.8,
            seconds=3.0,
            notes=(Phrase("“{name}” is often taken for “{other}”.", {"name": "on", "other": "off"}),),
        )

    window.services.listener.trainer = train
    with qtbot.waitSignal(view.models_touched):
        view.own.train()
    strip = view.words.strip
    assert "95 %" in strip.headline.text()
    assert strip.details.text() == "“on” is often taken for “off”."
    assert not strip.curve.isHidden()
    strip.use.click()
    assert view.mode == COMMANDS
    assert view.bar.picker.list.currentData() == model_name("Lamp") == "words-lamp"


def test_set_without_enough_takes_cannot_be_trained(view: SpeechView) -> None:
    assert not view.words.strip.train.isEnabled()
    assert "on" in view.words.strip.details.text()


def test_names_of_models_are_plain() -> None:
    assert model_name("Licht & Küche") == "words-licht-kuche"
    assert model_name("灯") == "words-706f"
