"""Single words in a stream: the keyword spotter, window by window. In a lane; one thread at a time.

Twelve times a second the network looks at the last second. A word counts where the mean of a few looks is sure of it
(posterior smoothing, Chen et al. 2014) and where it stands alone: what goes on without a pause for longer than a word
takes is talk, in which people say "go" and "one" without meaning anybody.
"""

from __future__ import annotations

from collections import deque
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from deepstudio.audio.features import LogMel, log_mel
from deepstudio.audio.voicing import voiced_seconds
from deepstudio.core.errors import ModelFileError
from deepstudio.core.speech_messages import Keyword
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.library import SUFFIX, default_library
from deepstudio.models.modelfile import LoadedModel, load_model

TASK = "keyword-spotting"
THRESHOLD = 0.77
"""Of 100 commands of held-out speakers 86 are heard in quiet and 81 in noise 15 dB below them; and none in 26 minutes
of dogs, saws, clocks, sneezes and made sounds."""
_LOOK_SECONDS = 0.08
_SMOOTHED_LOOKS = 3
_KEPT_SECONDS = 3.0
_SHORTEST_WORD, _LONGEST_WORD = 0.14, 1.0
"""Seconds: what is briefer is a click or a knock, what is longer is talk."""
_GAP_SECONDS = 0.14
_LOUD_SHARE = 0.4
"""Of the way from the quietest of the last seconds to the loudest moment of the word: what is above belongs to it."""
_OVER_SECONDS = 0.1
"""Of quiet after which a word is over: before that it may become another one, or turn out to be talk."""
_LATE_SECONDS = 0.5
"""What is taken for a word only so long after its end is something else whose beginning has left the window."""
_VOICED_SECONDS, _AROUND_SECONDS = 0.05, 0.03
"""Words have a vowel, clicks have none: of 108 words of held-out speakers that are heard each has so much of it."""
_OWN_WORDS = "word-set"
_CLASSIFY_SHIFTS = (-0.1, 0.0, 0.1)
_MOST_GUESSES = 6
_MARKED = "("

Samples = NDArray[np.float32]


class KeywordSpotter:
    """Feed it mono float32 samples at `sample_rate`; it answers with words, each once."""

    least_level = -55.0
    """Loudness in dBFS below which nothing is a word."""

    def __init__(self, loaded: LoadedModel, *, threshold: float | None = None, alone: bool = True) -> None:
        speech = loaded.card.speech
        if loaded.card.task != TASK or speech is None:
            raise ModelFileError(
                QT_TRANSLATE_NOOP("errors", "The model {model} is made for another task ({task}), not for keywords."),
                model=loaded.card.name,
                task=loaded.card.task,
            )
        self._loaded = loaded
        self._speech = speech
        self._alone = alone
        # Who teaches the program a clap or a whistle wants it heard.
        self._voiced = loaded.card.recipe.get("task") != _OWN_WORDS
        self.threshold = float(loaded.card.extra.get("threshold", THRESHOLD)) if threshold is None else threshold
        self.labels = loaded.card.labels
        self.sample_rate = speech.sample_rate
        self._rate = speech.sample_rate / speech.hop_samples
        self._window = round(float(loaded.card.recipe.get("window_seconds", 1.0)) * self._rate)
        self._look_frames = round(_LOOK_SECONDS * self._rate)
        self._mean = np.array(speech.mean, np.float32)
        self._std = np.array(speech.std, np.float32)
        self.reset()

    @property
    def tail_seconds(self) -> float:
        """Return how much silence after the end of the sound lets a last word be heard."""
        return 0.5 * self._window / self._rate + _SMOOTHED_LOOKS * _LOOK_SECONDS

    def reset(self) -> None:
        """Begin a new stream."""
        count = max(round(_KEPT_SECONDS * self._rate), self._window)
        silence = np.full((count, self._speech.num_mels), np.log(self._speech.floor), np.float32)
        self._mel = LogMel(self._speech)
        self._frames = silence
        self._samples = np.zeros(round(_KEPT_SECONDS * self.sample_rate), np.float32)
        self._fed = 0
        self._seen = 0
        self._due = self._look_frames
        self._looks: deque[NDArray[np.float32]] = deque(maxlen=_SMOOTHED_LOOKS)
        self._heard_until = 0.0

    def feed(self, samples: Samples) -> list[Keyword]:
        """Return the words that these samples complete."""
        frames = self._mel.feed(samples)
        kept = len(self._samples)
        self._samples = np.concatenate([self._samples, samples.astype(np.float32, copy=False)])
        self._fed += len(samples)
        found: list[Keyword] = []
        while len(frames):
            part, frames = frames[: self._due], frames[self._due :]
            self._frames = np.concatenate([self._frames[len(part) :], part])
            self._seen += len(part)
            self._due -= len(part)
            if self._due == 0:
                self._due = self._look_frames
                found += self._look()
        self._samples = self._samples[-kept:]
        return found

    def classify(self, samples: Samples) -> list[tuple[str, float]]:
        """Return labels and probabilities of a whole clip, best first; seen a little earlier and later, too."""
        clip = log_mel(samples, self._speech)
        around = np.full((self._window, self._speech.num_mels), np.log(self._speech.floor), np.float32)
        padded = np.concatenate([around, clip, around])
        middle = (len(padded) - self._window) // 2
        places = [middle + round(shift * self._rate) for shift in _CLASSIFY_SHIFTS]
        probabilities = self._probabilities(np.stack([padded[place : place + self._window] for place in places]))
        mean = probabilities.mean(axis=0)
        return [(self.labels[place], float(mean[place])) for place in np.argsort(-mean)]

    @property
    def guesses(self) -> tuple[tuple[str, float], ...]:
        """Return what the newest looks take the sound for: labels and probabilities, the best first; () in silence."""
        if not self._looks:
            return ()
        mean = np.mean(self._looks, axis=0)
        return tuple((self.labels[place], float(mean[place])) for place in np.argsort(-mean)[:_MOST_GUESSES])

    def _look(self) -> list[Keyword]:
        levels = _levels(self._frames)
        if levels[-self._window :].max() < self.least_level:
            self._looks.clear()
            return []
        self._looks.append(self._probabilities(self._frames[None, -self._window :])[0])
        mean = np.mean(self._looks, axis=0)
        best = int(mean.argmax())
        label, confidence = self.labels[best], float(mean[best])
        now = self._seen / self._rate
        if confidence < self.threshold or len(self._looks) < _SMOOTHED_LOOKS or label.startswith(_MARKED):
            return []
        start, end = self._span(levels)
        talk = self._alone and end - start > _LONGEST_WORD
        if now + start < self._heard_until or talk or end - start < _SHORTEST_WORD or end > -_OVER_SECONDS:
            return []
        if end < -_LATE_SECONDS or not self._is_voice(now + start, now + end):
            return []
        self._heard_until = now + end
        return [Keyword(text=label, start=max(0.0, now + start), end=now + end, confidence=confidence)]

    def _is_voice(self, start: float, end: float) -> bool:
        """Return whether what was heard from `start` to `end` seconds of the stream has a vowel in it."""
        if not self._voiced:
            return True
        begun = self._fed - len(self._samples)
        first, last = (round(at * self.sample_rate) for at in (start - _AROUND_SECONDS, end + _AROUND_SECONDS))
        piece = self._samples[max(0, first - begun) : max(0, last - begun)]
        return voiced_seconds(piece, self.sample_rate) >= _VOICED_SECONDS

    def _span(self, levels: NDArray[np.float32]) -> tuple[float, float]:
        """Return where the loudest sound of the window begins and ends, in seconds before now (negative)."""
        peak = len(levels) - self._window + int(levels[-self._window :].argmax())
        quiet = min(float(np.quantile(levels, 0.05)), float(levels[-self._window :].min()))
        loud = np.flatnonzero(levels >= quiet + _LOUD_SHARE * (levels[peak] - quiet))
        gap = round(_GAP_SECONDS * self._rate)
        breaks = np.flatnonzero(np.diff(loud) > gap)
        runs = np.split(loud, breaks + 1)
        run = next(run for run in runs if run[0] <= peak <= run[-1])
        return (int(run[0]) - len(levels)) / self._rate, (int(run[-1]) + 1 - len(levels)) / self._rate

    def _probabilities(self, frames_NTM: NDArray[np.float32]) -> NDArray[np.float32]:
        x_NTM = torch.from_numpy((frames_NTM - self._mean) / self._std).to(self._loaded.device)
        with torch.inference_mode():
            logits_NK = self._loaded.network(x_NTM).float() / self._loaded.card.temperature
            probabilities: NDArray[np.float32] = logits_NK.softmax(dim=1).cpu().numpy()
        return probabilities


def open_spotter(
    model: Path | str = "commands", *, device: str = "cpu", threshold: float | None = None, alone: bool = True
) -> KeywordSpotter:
    """Return a spotter of a model by name or file. Raises UnknownNameError and ModelFileError."""
    path = Path(model)
    file = path if path.suffix == SUFFIX and path.is_file() else default_library().find(str(model)).path
    return KeywordSpotter(load_model(file, torch.device(device)), threshold=threshold, alone=alone)


def _levels(frames_TM: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return about how loud each frame is, in dBFS: the energy of its bands, less what a window of sound adds to it."""
    energy = np.exp(frames_TM).sum(axis=1)
    levels: NDArray[np.float32] = (10 * np.log10(energy + 1e-12) - _LEVEL_OFFSET).astype(np.float32)
    return levels


_LEVEL_OFFSET = 46.0
"""Decibels that white noise of 0 dBFS has in 40 bands up to 3.8 kHz of a Hann window of 400 samples, about."""
