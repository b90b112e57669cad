"""The Speech workspace over the real jobs: a microphone played by hand, and recognisers that say what they are told."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Qt

from deepstudio.core.job import JobContext
from deepstudio.core.listen_messages import ListenRequest, ListenResult, TranscribeRequest
from deepstudio.core.speech_messages import Final, Partial, Revised, SpeechEvent, Word
from deepstudio.core.take_messages import TakeRequest, TakeResult, WordTrainRequest, WordTrainResult
from deepstudio.infer.listen import Listener
from deepstudio.infer.take_recorder import TakeRecorder
from deepstudio.infer.transcribe import FileTranscriber
from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.workspaces.speech.presenter import READY, RECORDING
from deepstudio.ui.workspaces.speech.view import SpeechView
from tests.helpers.fake_microphone import FakeMicrophone
from tests.helpers.shell import open_window, shell_services, write_model

COMMAND_LABELS = ("left", "right", "(other word)", "(no word)")


def word(text: str, start: float, confidence: float = 0.95) -> Word:
    return Word(text=text, start=start, end=start + 0.3, confidence=confidence)


def segment(number: int, text: str, *words: Word) -> Final:
    return Final(segment=number, text=text, start=words[0].start, end=words[-1].end, words=words)


class ToldRecognizer:
    """Says a partial in the first second, closes it in the second, and reads it again at the end."""

    guesses: tuple[tuple[str, float], ...] = ()

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.processed, self.speaking, self.compute_seconds = 0.0, True, 0.1
        self._said: set[str] = set()

    def feed(self, samples: np.ndarray) -> list[SpeechEvent]:
        self.processed += len(samples) / 16_000
        events: list[SpeechEvent] = []
        first = word("good", 0.1)
        if self.processed > 0.2 and "partial" not in self._said:
            self._said.add("partial")
            events.append(Partial(segment=0, text="good", start=0.1, end=0.4, words=(first,)))
        if self.processed > 1.0 and "final" not in self._said:
            self._said.add("final")
            events.append(segment(0, "good mourning", first, word("mourning", 0.5, 0.4)))
        return events

    def finish(self) -> list[SpeechEvent]:
        words = (word("good", 0.1), word("morning", 0.5, 0.6))
        return [Revised(segment=0, text="good morning", start=0.1, end=0.8, words=words, before="good mourning")]


class ToldSpotter(ToldRecognizer):
    """Hears a word in the first second and another one in the second."""

    guesses = (("right", 0.7), ("left", 0.2), ("(other word)", 0.1))

    def feed(self, samples: np.ndarray) -> list[SpeechEvent]:
        before, self.processed = self.processed, self.processed + len(samples) / 16_000
        heard = (segment(0, "left", word("left", 0.1)), segment(1, "right", word("right", 1.1, 0.7)))
        moments = ((0.5, heard[0]), (1.4, heard[1]))
        return [event for moment, event in moments if before <= moment < self.processed]

    def finish(self) -> list[SpeechEvent]:
        return []


class ToldDigits(ToldSpotter):
    """Hears "zero five double three"."""

    guesses = ()

    def feed(self, samples: np.ndarray) -> list[SpeechEvent]:
        before, self.processed = self.processed, self.processed + len(samples) / 16_000
        words = (word("0", 0.1), word("5", 0.5), word("33", 0.9, 0.6))
        return [segment(0, "0533", *words)] if before <= 1.2 < self.processed else []


class ToldListener:
    """Stands where `LaneListener` does, around the real jobs; `trainer` does what training would."""

    def __init__(self, microphone: FakeMicrophone) -> None:
        self.microphone = microphone
        self.asked: list[tuple[str, str]] = []
        self.trainer: Callable[[WordTrainRequest, JobContext], WordTrainResult] | None = None

    def microphones(self, request: object, context: JobContext) -> tuple[()]:
        return ()

    def listen(self, request: ListenRequest, context: JobContext) -> ListenResult:
        return Listener(self._open, self.microphone.open).listen(request, context)

    def transcribe(self, request: TranscribeRequest, context: JobContext) -> ListenResult:
        return FileTranscriber(self._open).transcribe(request, context)

    def record_takes(self, request: TakeRequest, context: JobContext) -> TakeResult:
        return TakeRecorder(self.microphone.open).record(request, context)

    def train_words(self, request: WordTrainRequest, context: JobContext) -> WordTrainResult:
        assert self.trainer is not None
        return self.trainer(request, context)

    def _open(self, request: Any) -> ToldRecognizer | None:
        self.asked.append((request.model, request.language_model))
        if not request.model:
            return None
        if request.language_model == "digits":
            return ToldDigits()
        return ToldRecognizer() if request.model == "english" else ToldSpotter()


def open_speech(qtbot: Any, home: Path, microphone: FakeMicrophone) -> MainWindow:
    """Show the window on Speech, with a model for sentences and one for single words."""
    services = shell_services(home)
    write_model(home / "shipped", "english", task="speech-recognition", labels=())
    write_model(home / "shipped", "commands", task="keyword-spotting", labels=COMMAND_LABELS)
    made = open_window(qtbot, dataclasses.replace(services, listener=ToldListener(microphone)))
    made.show_workspace("speech")
    return made


def speech_view(window: MainWindow, qtbot: Any) -> SpeechView:
    """Return the view once its microphone is ready."""
    found = window.host.currentWidget()
    assert isinstance(found, SpeechView)
    qtbot.waitUntil(lambda: found.presenter.state == READY)
    return found


def speech(seconds: float, loudness: float = 0.2) -> np.ndarray:
    return (loudness * np.sin(np.arange(round(16_000 * seconds)) / 7))[:, None].astype(np.float32)


def record(view: SpeechView, microphone: FakeMicrophone, qtbot: Any, seconds: float = 1.5) -> None:
    """Press the button, speak, press it again, and wait until all is understood."""
    qtbot.mouseClick(view.left.button, Qt.MouseButton.LeftButton)
    assert view.presenter.state == RECORDING
    with qtbot.waitSignal(view.presenter.begun):
        pass
    microphone.say(speech(seconds))
    with qtbot.waitSignal(view.presenter.finished):
        qtbot.mouseClick(view.left.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.presenter.state == READY and view.left.recordings.list.count() > 0, timeout=20_000)
