"""Live transcription at the pace of speech: how late words come, whether the recogniser keeps up, what it gets wrong.

The clock is the sound's own: a word's end is a time in the file, and it counts as shown when the event that first has
it (at its place, however the words after it change) leaves the recogniser, every sample before that moment having been
handed over when a sound card would have. Words' ends are those of the final reading.
"""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np

from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP

NAME = "live"
HELP = "Live transcription of files at the pace of speech: latency of words, real-time factor, samples lost, errors."
IN_ALL = False

_PIECE_SECONDS = 0.02


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--data", type=Path, help="a table (path, text) or a folder with test.tsv; or one sound file")
    parser.add_argument("--utterances", type=int, default=20, help="most utterances to play")
    parser.add_argument("--model", default="english", help="the speech model")
    parser.add_argument("--language-model", default="english-lm", help="its language model")


@dataclass(frozen=True, slots=True)
class _Played:
    latencies_ms: list[float]
    text: str
    samples: int
    compute: float
    seconds: float


def measure(arguments: argparse.Namespace, context: JobContext) -> Iterator[Mapping[str, Any]]:
    """Yield one mapping: word_latency_ms {p50, p95}, real_time_factor, samples_lost, wer (None without texts)."""
    import torch

    from deepstudio.audio.sound_files import read_sound
    from deepstudio.infer.speech import open_recognizer
    from deepstudio.train.speech.measures import edit_distance, normalised_text

    torch.set_num_threads(1)
    recognizer = open_recognizer(arguments.model, arguments.language_model)
    latencies: list[float] = []
    wrong = words = lost = 0
    compute = seconds = 0.0
    for number, (path, text) in enumerate(_utterances(arguments)):
        context.check()
        context.progress(number, arguments.utterances)
        samples = read_sound(path, sample_rate=recognizer.sample_rate)
        # Half a second of silence after it, as a microphone would go on: the last word needs its pause.
        played = _play(np.concatenate([samples, np.zeros(recognizer.sample_rate // 2, np.float32)]), recognizer)
        latencies += played.latencies_ms
        lost += len(samples) + recognizer.sample_rate // 2 - played.samples
        compute += played.compute
        seconds += played.seconds
        truth = normalised_text(text).split()
        wrong += edit_distance(played.text.split(), truth) if truth else 0
        words += len(truth)
    yield {
        "word_latency_ms": {
            "p50": float(np.percentile(latencies, 50)) if latencies else None,
            "p95": float(np.percentile(latencies, 95)) if latencies else None,
        },
        "real_time_factor": compute / max(seconds, 1e-9),
        "samples_lost": lost,
        "wer": wrong / words if words else None,
        "words": len(latencies),
        "seconds": seconds,
    }


def _utterances(arguments: argparse.Namespace) -> Sequence[tuple[Path, str]]:
    from deepstudio.train.speech.sets import read_table

    data: Path | None = arguments.data
    if data is None:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "Live transcription is measured on recorded speech."),
            fix=QT_TRANSLATE_NOOP("errors", "Name it: --data with a table (path, text), a folder, or a sound file."),
        )
    if data.is_dir() and (data / "test.tsv").is_file():
        data = data / "test.tsv"
    if data.is_dir():
        found = [path for path in sorted(data.rglob("*")) if path.suffix in (".wav", ".flac", ".ogg", ".opus")]
        return [(path, _beside(path)) for path in found][: arguments.utterances]
    if data.suffix == ".tsv":
        table = read_table(data)
        step = max(1, len(table) // arguments.utterances)
        return [(one.path, one.text) for one in table[::step]][: arguments.utterances]
    return [(data, _beside(data))]


def _beside(path: Path) -> str:
    """Return the text beside a sound file, empty where there is none."""
    text = path.with_suffix(".txt")
    return text.read_text(encoding="utf-8") if text.is_file() else ""


def _play(samples: np.ndarray, recognizer: Any) -> _Played:
    """Feed a recogniser from a thread that keeps the pace of speech, as a sound card would."""
    from deepstudio.core.speech_messages import Final, Partial, Word

    recognizer.reset()
    queue: SimpleQueue[np.ndarray | None] = SimpleQueue()
    started = time.perf_counter()
    player = threading.Thread(target=_player, args=(samples, recognizer.sample_rate, queue, started), daemon=True)
    player.start()
    first_shown: dict[tuple[int, int, str], float] = {}
    finals: list[tuple[int, tuple[Word, ...]]] = []
    fed = 0

    def take(events: Sequence[Any]) -> None:
        now = time.perf_counter() - started
        for event in events:
            if isinstance(event, Partial | Final):
                for place, word in enumerate(event.words):
                    first_shown.setdefault((event.segment, place, word.text), now)
            if isinstance(event, Final):
                finals.append((event.segment, event.words))

    while (piece := queue.get()) is not None:
        waiting = [piece]
        while not queue.empty() and (more := queue.get()) is not None:
            waiting.append(more)
        joined = np.concatenate(waiting)
        fed += len(joined)
        take(recognizer.feed(joined))
        if fed >= len(samples):
            break
    player.join()
    take(recognizer.finish())
    latencies = [
        1000 * (first_shown[segment, place, word.text] - word.end)
        for segment, words in finals
        for place, word in enumerate(words)
    ]
    text = " ".join(word.text for _, words in finals for word in words)
    return _Played(latencies, text, fed, recognizer.compute_seconds, recognizer.position)


def _player(samples: np.ndarray, rate: int, queue: SimpleQueue[np.ndarray | None], started: float) -> None:
    piece = round(_PIECE_SECONDS * rate)
    for at in range(0, len(samples), piece):
        part = samples[at : at + piece]
        time.sleep(max(0.0, (at + len(part)) / rate - (time.perf_counter() - started)))
        queue.put(part)
    queue.put(None)
