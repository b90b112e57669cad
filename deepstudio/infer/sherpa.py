"""Streaming models of sherpa-onnx behind the interface of the program's own recogniser. In a lane.

The package is optional and does its own work: features, network, search and ends of segments. A model that it cannot
read ends the whole process (its C++ calls exit), so a folder is opened in a process of its own first.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.engine_folder import PACKAGE, EngineFolder, engine_available, look_at_engine, package_missing
from deepstudio.core.errors import InputError
from deepstudio.core.speech_messages import Final, Partial, SpeechEvent, Word
from deepstudio.core.words import QT_TRANSLATE_NOOP

SAMPLE_RATE = 16_000
_END_SILENCE = 0.8
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
    return SherpaRecognizer(_open(engine))


class SherpaRecognizer:
    """As `audio.recognizer.StreamingRecognizer`; one thread at a time."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self.sample_rate = SAMPLE_RATE
        self.reset()

    def reset(self) -> None:
        """Begin a new stream at time 0."""
        self._stream = self._engine.create_stream()
        self._segment = 0
        self._shown = ""
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
        if not words:
            return []
        text = " ".join(word.text for word in words)
        final = Final(segment=self._segment, text=text, start=words[0].start, end=words[-1].end, words=words)
        self._segment += 1
        return [final]

    def _words(self) -> tuple[Word, ...]:
        result = self._engine.get_result_all(self._stream)
        begin = float(getattr(result, "start_time", 0.0))
        logs = list(getattr(result, "ys_probs", ()))
        words: list[tuple[str, float, float, list[float]]] = []
        for place, (token, at) in enumerate(zip(result.tokens, result.timestamps, strict=False)):
            text = token.replace("▁", " ")
            heard = logs[place : place + 1]
            if words and not text.startswith(" ") and not _stands_alone(text) and not _stands_alone(words[-1][0][-1:]):
                before, first, _, sure = words[-1]
                words[-1] = (before + text, first, begin + at, sure + heard)
            elif text.strip():
                words.append((text.strip(), begin + at, begin + at, heard))
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
        rule1_min_trailing_silence=2.4,
        rule2_min_trailing_silence=_END_SILENCE,
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
