"""Streaming models of sherpa-onnx behind the interface of the program's own recogniser. In a lane.

The package is optional and does its own work: features, network, search and ends of segments. A model that it cannot
read ends the whole process (its C++ calls exit), so a folder is opened in a process of its own first.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.engine_folder import PACKAGE, EngineFolder, engine_available, look_at_engine, package_missing
from deepstudio.core.errors import InputError
from deepstudio.core.speech_messages import Final, Partial, SpeechEvent, Word
from deepstudio.core.words import QT_TRANSLATE_NOOP

SAMPLE_RATE = 16_000
_END_OF_NOTHING, _END_SILENCE = 2.4, 0.8
"""Seconds of silence that end a segment without words, and one with words."""
_MOST_SECONDS = 20.0
_TAIL_SECONDS = 0.66
"""Silence after the end that makes a model give out what it holds back."""
_TOKEN_SECONDS = 0.08
_PROBE_SECONDS = 180
_LEVEL_FLOOR_DB = -96.0


def open_sherpa(folder: Path) -> SherpaRecognizer:
    """Return a recogniser of the model in `folder`; some seconds.

    Raises InputError: no such model, the package is missing, or it cannot read the model.
    """
    engine = look_at_engine(folder)
    if not engine_available():
        raise package_missing()
    _probe(engine)
    return SherpaRecognizer(_open(engine), engine)


class SherpaRecognizer:
    """As `audio.recognizer.StreamingRecognizer`, around an `OnlineRecognizer` of `folder`; one thread at a time."""

    def __init__(self, engine: Any, folder: EngineFolder) -> None:
        self._engine = engine
        self._folder = folder
        self.sample_rate = SAMPLE_RATE
        self.reset()

    def reset(self) -> None:
        """Begin a new stream at time 0."""
        self._stream = self._engine.create_stream()
        self._segment = 0
        self._shown = ""
        self._appeared: list[float] = []
        self._looked = 0.0
        self._samples = 0
        self.level = _LEVEL_FLOOR_DB
        self.compute_seconds = 0.0

    @property
    def position(self) -> float:
        """Return the seconds of sound fed so far."""
        return self._samples / SAMPLE_RATE

    @property
    def processed(self) -> float:
        """Return the seconds of sound understood: the engine takes in all that it is fed."""
        return self.position

    @property
    def speaking(self) -> bool:
        """Return whether a segment with words is open."""
        return bool(self._shown)

    def feed(self, samples: NDArray[np.float32]) -> list[SpeechEvent]:
        """Take samples in and return what they tell."""
        started = time.perf_counter()
        self._samples += len(samples)
        if len(samples):
            power = float(np.mean(np.square(samples, dtype=np.float64)))
            self.level = max(_LEVEL_FLOOR_DB, 10 * float(np.log10(power + 1e-12)))
        self._stream.accept_waveform(SAMPLE_RATE, samples)
        events: list[SpeechEvent] = []
        while self._engine.is_ready(self._stream):
            self._engine.decode_stream(self._stream)
            if self._engine.is_endpoint(self._stream):
                events += self._close()
                self._engine.reset(self._stream)
        events += self._partial()
        self.compute_seconds += time.perf_counter() - started
        return events

    def finish(self) -> list[SpeechEvent]:
        """Return what is left once no more sound comes. `reset` before feeding again."""
        started = time.perf_counter()
        self._stream.accept_waveform(SAMPLE_RATE, np.zeros(round(_TAIL_SECONDS * SAMPLE_RATE), np.float32))
        self._stream.input_finished()
        while self._engine.is_ready(self._stream):
            self._engine.decode_stream(self._stream)
        events = self._close()
        self.compute_seconds += time.perf_counter() - started
        return events

    def _partial(self) -> list[SpeechEvent]:
        words = self._words()
        text = " ".join(word.text for word in words)
        if text == self._shown or not words:
            return []
        self._shown = text
        return [Partial(segment=self._segment, text=text, start=words[0].start, end=words[-1].end, words=words)]

    def _close(self) -> list[SpeechEvent]:
        words = self._words()
        self._shown = ""
        self._appeared.clear()
        if not words:
            return []
        text = " ".join(word.text for word in words)
        final = Final(segment=self._segment, text=text, start=words[0].start, end=words[-1].end, words=words)
        self._segment += 1
        return [final]

    def _words(self) -> tuple[Word, ...]:
        result = self._engine.get_result_all(self._stream)
        logs = list(getattr(result, "ys_probs", ()))
        words: list[tuple[str, float, float, list[float]]] = []
        apart = True
        for place, (text, at) in enumerate(zip(self._texts(result.tokens), self._times(result), strict=True)):
            heard = logs[place : place + 1]
            apart = apart or text.startswith(" ")
            if not text.strip():
                continue
            if apart or _stands_alone(text) or _stands_alone(words[-1][0][-1:]):
                words.append((text.strip(), at, at, heard))
            else:
                before, first, _, sure = words[-1]
                words[-1] = (before + text, first, at, sure + heard)
            apart = False
        return tuple(
            Word(
                text=text,
                start=round(first, 3),
                end=round(last + _TOKEN_SECONDS, 3),
                # Engines that do not say how sure they are are taken at their word.
                confidence=float(np.exp(min(0.0, float(np.mean(sure))))) if sure else 1.0,
            )
            for text, first, last, sure in words
        )

    def _texts(self, tokens: Sequence[str]) -> list[str]:
        """Return the tokens with a space where a word begins."""
        joint = self._folder.joint
        if not joint:
            return [token.replace("▁", " ") for token in tokens]
        goes_on = [False, *(token.endswith(joint) for token in tokens)]
        return [
            ("" if inside else " ") + token.removesuffix(joint)
            for token, inside in zip(tokens, goes_on[:-1], strict=True)
        ]

    def _times(self, result: Any) -> list[float]:
        """Return when each token was said, in seconds; where the model does not tell, when it came to be known."""
        looked, self._looked = self._looked, self.position
        if len(result.timestamps) == len(result.tokens):
            begin = float(getattr(result, "start_time", 0.0))
            return [begin + at * self._folder.stretch for at in result.timestamps]
        new = len(result.tokens) - len(self._appeared)
        if new > 0:
            self._appeared += np.linspace(looked, self.position, new + 1)[:-1].tolist()
        return self._appeared[: len(result.tokens)]


def _stands_alone(text: str) -> bool:
    """Return whether a token is a word without a space before it, as in Chinese and Japanese."""
    return bool(text) and "\u3040" <= text[0] <= "\u9fff"


def _open(engine: EngineFolder) -> Any:
    package = importlib.import_module(PACKAGE)
    build = getattr(package.OnlineRecognizer, f"from_{engine.kind}")
    return build(
        **{part: str(path) for part, path in engine.files.items()},
        num_threads=1,
        enable_endpoint_detection=True,
        rule1_min_trailing_silence=_END_OF_NOTHING / engine.stretch,
        rule2_min_trailing_silence=_END_SILENCE / engine.stretch,
        rule3_min_utterance_length=_MOST_SECONDS,
    )


def _probe(engine: EngineFolder) -> None:
    """Raise InputError if the package cannot read the model."""
    if getattr(sys, "frozen", False):
        return  # a frozen program has no interpreter to start
    try:
        done = subprocess.run(
            [sys.executable, "-m", "deepstudio.infer.sherpa", str(engine.folder)],
            capture_output=True,
            timeout=_PROBE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _unreadable(engine, "") from error
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise _unreadable(engine, lines[-1][:200] if lines else "")


def _unreadable(engine: EngineFolder, reason: str) -> InputError:
    return InputError(
        QT_TRANSLATE_NOOP("errors", "sherpa-onnx cannot open the model in {path}: {reason}."),
        fix=QT_TRANSLATE_NOOP("errors", "Choose the unpacked folder of a streaming model."),
        path=str(engine.folder),
        reason=reason.rstrip(".") or "?",
    )


if __name__ == "__main__":
    _open(look_at_engine(Path(sys.argv[1])))
