"""What the tour shows of speech: a sentence as it is heard, as it is kept and large; single words; digits; own words.

The microphone is simulated: what it hears comes from the data that the tour was given, or is made by the program; the
report says which. Everything behind the microphone is real. GUI thread.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from deepstudio.app.tour.simulated_microphone import SimulatedMicrophone
from deepstudio.app.tour.stage import Stage, TourError
from deepstudio.app.tour.voices import DIGITS, Saying, Voices, joined, made_word
from deepstudio.ui.workspaces.speech import modes
from deepstudio.ui.workspaces.speech.presenter import READY, RECORDING
from deepstudio.ui.workspaces.speech.view import SpeechView

DATA_VARIABLE = "DEEPSTUDIO_TOUR_DATA"
"""Names the folder with recordings to speak with."""
_PATIENCE_S = 240.0
_COMMANDS = ("right", "left", "up", "down", "go", "seven", "three")
_NUMBER = ("zero", "five", "three", "three", "eight", "one", "nine")
_OWN = {"mama": "aoa", "wiwi": "uiui", "yeah": "iea"}
"""Words of the tour's own set, and the vowels that a made voice says for them."""
_TAKES = 10
_TEACHABLE = "speech-words"


class SpeechScenes:
    """The workspace and what is done with it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        view = stage.window.workspace("speech").view  # type: ignore[attr-defined]
        assert isinstance(view, SpeechView)
        self.view = view
        self.microphone = simulated(stage)
        view.microphone.devices.look()
        data = os.environ.get(DATA_VARIABLE)
        self.voices = Voices(Path(data) if data else None)

    def go(self, mode: str) -> None:
        """Show the workspace by its key and a mode by its button; wait for the microphone."""
        names = [space.name for space in self.stage.window.host.spaces()]
        self.stage.keys(Qt.Key(Qt.Key.Key_1.value + names.index("speech")))
        self.stage.until(lambda: self.stage.window.host.current() == "speech", "the speech workspace")
        self.stage.click(self.view.bar.modes.button(mode))
        if mode != modes.WORDS:
            self._wait(lambda: self.view.presenter.state == READY, "the microphone")
        self.stage.settle()

    def listen(self, sayings: list[Saying], name: str) -> None:
        """Record what is said; a picture while it goes on, one when it is over."""
        view, stage = self.view, self.stage
        stage.click(view.left.button)
        self._wait(lambda: view.presenter.state == RECORDING, "the recording")
        self._wait(lambda: view.said.folder is not None and view.said.recording is None, "the folder of the recording")
        sound = joined(sayings)
        self.microphone.play(sound)
        self._wait(lambda: self.microphone.silent, "the end of what is said")
        if not any(saying.made for saying in sayings):
            self._wait(lambda: bool(view.said.transcript.lines()), "a word")
        stage.shoot(f"speech-{name}-live")
        stage.click(view.left.button)
        self._wait(lambda: view.said.recording is not None and view.presenter.state == READY, "the last words")
        stage.report.answers.append(
            {
                "input": "made sound" if any(saying.made for saying in sayings) else "recordings",
                "microphone": "simulated",
                "said": " ".join(saying.text for saying in sayings),
                "heard": [line.segment.text for line in view.said.transcript.lines()],
                "figures": view.page.figures.text(),
            }
        )

    def present(self) -> None:
        """Show the text large, in its own window."""
        self.view.said.present()
        shown = self.view.said.presentation
        assert shown is not None
        shown.showNormal()
        shown.resize(self.stage.window.size())
        self.stage.settle()
        self.stage.shoot("speech-presentation", over=shown)
        shown.close()

    def teach(self) -> None:
        """Make a word set, record its takes, train on them, and hear them."""
        view, own = self.view, self.view.own
        self.go(modes.WORDS)
        self.stage.shoot("speech-words-empty")
        own.presenter.create("Calls", list(_OWN))
        self._wait(lambda: view.words.words.count() > len(_OWN), "the word set")
        for number in range(len(_OWN)):
            self._record_takes(number)
        self.stage.settle()
        self.stage.shoot("speech-words-takes")
        self.stage.click(view.words.strip.train)
        self._wait(lambda: own.training.progress[0] > 0, "the training")
        self.stage.shoot("speech-words-training")
        self._wait(lambda: not own.training.active, "the end of the training")
        if own.training.result is None:
            raise TourError("the training of the words made no model")
        self.stage.shoot("speech-words-trained")
        self.stage.click(view.words.strip.use)
        self._wait(lambda: view.mode == modes.COMMANDS and view.presenter.state == READY, "the model in use")

    def _record_takes(self, number: int) -> None:
        """Say a word ten times; the window goes on to the next word by itself."""
        view, takes = self.view, self.view.own.takes
        word, vowels = list(_OWN.items())[number]
        if number == 0:
            self.stage.click(view.left.button)
        self._wait(lambda: takes.word == word and takes.state == "listening", f"the turn of {word}")
        self.microphone.play(joined(own_word(vowels, range(100 * number, 100 * number + _TAKES)), pause=0.9))
        if number == 0:
            self._wait(lambda: len(_takes(view, word)) >= 6, "six takes")
            self.stage.shoot("speech-words-recording")
        self._wait(lambda: len(_takes(view, word)) >= _TAKES or self.microphone.silent, f"what is said of {word}")
        if len(_takes(view, word)) < _TAKES:  # on a busy machine some may have been lost: say them again
            self.microphone.play(joined(own_word(vowels, range(100 * number + 50, 100 * number + 60)), pause=0.9))
        self._wait(lambda: len(_takes(view, word)) >= _TAKES, f"ten takes of {word}")
        self.microphone.hush()

    def shoot_mode(self, mode: str, name: str) -> None:
        """Take a picture of a mode as it is."""
        self.go(mode)
        if mode == modes.WORDS:
            self.stage.idle()  # the sets are read
        self.stage.shoot(name)

    def show_last(self) -> None:
        """Show the first sentence that was recorded."""
        recordings = self.view.left.recordings
        self._wait(lambda: recordings.list.count() > 0, "the recordings")
        recordings.list.setCurrentRow(recordings.list.count() - 1)
        found = recordings.current()
        assert found is not None
        self.view.show_recording(found)

    def shoot_transcript(self) -> None:
        """Take a picture of a recording with its wave and its row in the list."""
        self._wait(self.view.page.wave.isVisible, "the wave of the recording")
        self._wait(lambda: self.view.left.recordings.list.count() > 0, "the recordings")
        self.stage.shoot("speech-transcript")

    def leave(self) -> None:
        """Go to another workspace, so that the microphone is let go of."""
        self.stage.keys(Qt.Key.Key_1)
        self.stage.idle()

    def _wait(self, condition: Callable[[], Any], what: str) -> None:
        self.stage.until(condition, what, _PATIENCE_S)


def simulated(stage: Stage) -> SimulatedMicrophone:
    """Return the microphone that the window listens with from now on."""
    listener = stage.program.services.listener
    if not isinstance(listener.source, SimulatedMicrophone):
        listener.source = SimulatedMicrophone()
    return listener.source


def own_word(vowels: str, seeds: range) -> list[Saying]:
    """Return sayings of a made word by several voices."""
    return [made_word(vowels, pitch=105 + 12 * (seed % 8), seed=seed) for seed in seeds]


def main_job(stage: Stage) -> None:
    """Sentences, single words, digits and words of one's own, as far as there are models for them."""
    scenes = SpeechScenes(stage)
    models = scenes.view.models
    with stage.step("speech"):
        scenes.go(modes.TRANSCRIBE)
        stage.shoot("speech-ready")
    if models.chosen(modes.TRANSCRIBE) is not None:
        with stage.step("speech: sentences"):
            scenes.listen(scenes.voices.sentences(2), "sentence")
            scenes.shoot_transcript()
            scenes.present()
    commands = scenes.voices.words(_COMMANDS)
    if models.chosen(modes.COMMANDS) is not None and commands:
        with stage.step("speech: commands"):
            scenes.go(modes.COMMANDS)
            scenes.listen(commands, "commands")
    digits = scenes.voices.words(DIGITS)
    if models.chosen(modes.DIGITS) is not None and digits:
        with stage.step("speech: digits"):
            scenes.go(modes.DIGITS)
            by_text = {saying.text: saying for saying in digits}
            scenes.listen([by_text[word] for word in _NUMBER if word in by_text], "digits")
    if _can_learn_words(stage):
        with stage.step("speech: own words"):
            scenes.teach()
            said = [own_word(vowels, range(900, 901))[0] for vowels in _OWN.values()]
            scenes.listen(said, "own-words")
    with stage.step("speech: done"):
        scenes.leave()


def looks(stage: Stage) -> None:
    """The pages as they are, in the present theme, size and language."""
    scenes = SpeechScenes(stage)
    with stage.step("look at the speech"):
        scenes.go(modes.TRANSCRIBE)
        if scenes.view.left.recordings.list.count():
            scenes.show_last()
            scenes.shoot_transcript()
        for mode in (modes.COMMANDS, modes.DIGITS, modes.WORDS):
            scenes.shoot_mode(mode, f"speech-{mode}")
        scenes.go(modes.TRANSCRIBE)
        scenes.leave()


def _can_learn_words(stage: Stage) -> bool:
    """Return whether the model that new words are taught to is installed."""
    entries = stage.program.services.library.entries()
    return any(entry.card is not None and entry.card.architecture == _TEACHABLE for entry in entries)


def _takes(view: SpeechView, word: str) -> tuple[Any, ...]:
    current = view.own.presenter.current
    return next((one.takes for one in current.words if one.text == word), ()) if current is not None else ()
