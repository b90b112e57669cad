"""Single words in a stream: the keyword spotter, window by window. In a lane; one thread at a time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from deepstudio.audio.features import log_mel
from deepstudio.core.errors import ModelFileError
from deepstudio.core.speech_messages import Keyword
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.library import SUFFIX, default_library
from deepstudio.models.modelfile import LoadedModel, load_model

TASK = "keyword-spotting"
_STEP_SECONDS = 0.1
_LEAST_ENERGY_DB = -55.0
_MARKED = "("

Samples = NDArray[np.float32]


class KeywordSpotter:
    """Looks at the last second ten times a second; a word counts once, where two looks in a row agree on it."""

    def __init__(self, loaded: LoadedModel, *, threshold: float = 0.75) -> None:
        speech = loaded.card.speech
        if loaded.card.task != TASK or speech is None:
            raise ModelFileError(
                QT_TRANSLATE_NOOP("errors", "The model {model} is made for another task ({task}), not for keywords."),
                model=loaded.card.name,
                task=loaded.card.task,
            )
        self._loaded = loaded
        self._speech = speech
        self._threshold = threshold
        self.labels = loaded.card.labels
        self.sample_rate = speech.sample_rate
        self._window = round(float(loaded.card.recipe.get("window_seconds", 1.0)) * speech.sample_rate)
        self._mean = np.array(speech.mean, np.float32)
        self._std = np.array(speech.std, np.float32)
        self.reset()

    def reset(self) -> None:
        """Begin a new stream."""
        self._heard: Samples = np.zeros(self._window, np.float32)
        self._position = 0
        self._due = round(_STEP_SECONDS * self.sample_rate)
        self._before: tuple[str, float] = ("", 0.0)
        self._quiet_until = 0.0

    def feed(self, samples: Samples) -> list[Keyword]:
        """Return the words that these samples complete."""
        found: list[Keyword] = []
        step = round(_STEP_SECONDS * self.sample_rate)
        while len(samples):
            part, samples = samples[: self._due], samples[self._due :]
            self._heard = np.concatenate([self._heard, part])[-self._window :]
            self._position += len(part)
            self._due -= len(part)
            if self._due == 0:
                self._due = step
                found += self._look()
        return found

    def classify(self, samples: Samples) -> list[tuple[str, float]]:
        """Return labels and probabilities of a whole clip, best first."""
        missing = self._window - len(samples)
        if missing > 0:
            samples = np.pad(samples, (missing // 2, missing - missing // 2))
        elif missing < 0:
            samples = samples[-missing // 2 :][: self._window]
        probabilities = self._probabilities(samples)
        return [(self.labels[place], float(probabilities[place])) for place in np.argsort(-probabilities)]

    def _look(self) -> list[Keyword]:
        now = self._position / self.sample_rate
        energy = 10 * float(np.log10(np.mean(np.square(self._heard, dtype=np.float64)) + 1e-12))
        before, self._before = self._before, ("", 0.0)
        if now < self._quiet_until or energy < _LEAST_ENERGY_DB:
            return []
        probabilities = self._probabilities(self._heard)
        best = int(probabilities.argmax())
        label, confidence = self.labels[best], float(probabilities[best])
        if label.startswith(_MARKED) or confidence < self._threshold:
            return []
        if before[0] != label:
            self._before = (label, confidence)
            return []
        self._quiet_until = now + 0.6 * self._window / self.sample_rate
        start = max(0.0, now - self._window / self.sample_rate)
        return [Keyword(text=label, start=start, end=now, confidence=max(confidence, before[1]))]

    def _probabilities(self, samples: Samples) -> NDArray[np.float32]:
        frames = log_mel(samples, self._speech)
        count = round(len(samples) / self._speech.hop_samples)
        frames = np.concatenate([frames, np.repeat(frames[-1:], max(0, count - len(frames)), axis=0)])[:count]
        x_BTM = torch.from_numpy((frames - self._mean) / self._std).unsqueeze(0).to(self._loaded.device)
        with torch.inference_mode():
            logits_BK = self._loaded.network(x_BTM).float() / self._loaded.card.temperature
            probabilities: NDArray[np.float32] = logits_BK[0].softmax(dim=0).cpu().numpy()
        return probabilities


def open_spotter(model: Path | str = "commands", *, device: str = "cpu") -> KeywordSpotter:
    """Return a spotter of a model by name or file. Raises UnknownNameError and ModelFileError."""
    path = Path(model)
    file = path if path.suffix == SUFFIX and path.is_file() else default_library().find(str(model)).path
    return KeywordSpotter(load_model(file, torch.device(device)))
