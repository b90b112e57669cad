"""Live transcription at the pace of speech: how late words come, whether the recogniser keeps up, what it gets wrong.

The clock is the sound's own: a word's end is a time in the file, and every sample was handed over when a sound card
would have. The words are those of the closed segments: of those that are right, the budget asks how late they come; the
wrong ones are counted as errors, and their times told beside. A word is shown when an event first has it at its time,
however the words around it change; it is settled when the last event came that changed it or its place. What the second
pass replaces after that is counted on its own: it is marked on the screen as a revision.
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
from deepstudio.core.speech_messages import SpeechEvent
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.train.speech.lateness import word_figures
from deepstudio.train.speech.measures import edit_distance, normalised_text
from deepstudio.train.speech.sets import Utterance, read_table, read_utterance

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
    shown_ms: list[float]
    right_ms: list[float]
    any_word_ms: list[float]
    settled_ms: list[float]
    changes: int
    replaced: int
    text: str
    samples: int
    compute: float
    processor: float
    seconds: float


def measure(arguments: argparse.Namespace, context: JobContext) -> Iterator[Mapping[str, Any]]:
    """Yield one mapping, its times in milliseconds.

    `word_latency_ms` from the end of a word that is right to its first being shown (of every word where there are no
    texts), `every_word_ms` with the wrong ones, `any_word_ms` to the first word, right or wrong, in the place of each,
    `settled_ms` to the last change of it;
    `changes_a_word` and `replaced_later` count changes before and after the segment was closed, by word;
    `real_time_factor` by the clock, `real_time_factor_cpu` by the time that the thread had a processor;
    `samples_lost`, and `wer` (None without texts).
    """
    import torch

    from deepstudio.infer.speech import open_recognizer

    torch.set_num_threads(1)
    recognizer = open_recognizer(arguments.model, arguments.language_model)
    rate = recognizer.sample_rate
    parts: list[_Played] = []
    wrong = words = lost = 0
    for number, one in enumerate(_utterances(arguments)):
        context.check()
        context.progress(number, arguments.utterances)
        # Half a second of silence after it, as a microphone would go on: the last word needs its pause.
        samples = np.concatenate([read_utterance(one, rate), np.zeros(rate // 2, np.float32)])
        played = _play(samples, recognizer, one.text)
        parts.append(played)
        lost += len(samples) - played.samples
        truth = normalised_text(one.text).split()
        wrong += edit_distance(played.text.split(), truth) if truth else 0
        words += len(truth)
    shown = [value for part in parts for value in part.shown_ms]
    seconds = max(sum(part.seconds for part in parts), 1e-9)
    yield {
        "word_latency_ms": _middle_and_slowest([value for part in parts for value in part.right_ms] or shown),
        "every_word_ms": _middle_and_slowest(shown),
        "any_word_ms": _middle_and_slowest([value for part in parts for value in part.any_word_ms]),
        "settled_ms": _middle_and_slowest([value for part in parts for value in part.settled_ms]),
        "changes_a_word": sum(part.changes for part in parts) / max(len(shown), 1),
        "replaced_later": sum(part.replaced for part in parts) / max(len(shown), 1),
        "real_time_factor": sum(part.compute for part in parts) / seconds,
        "real_time_factor_cpu": sum(part.processor for part in parts) / seconds,
        "samples_lost": lost,
        "wer": wrong / words if words else None,
        "words": len(shown),
        "seconds": seconds,
    }


def _middle_and_slowest(values: Sequence[float]) -> Mapping[str, float | None]:
    return {f"p{share}": float(np.percentile(values, share)) if values else None for share in (50, 95)}


def _utterances(arguments: argparse.Namespace) -> Sequence[Utterance]:
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
        return [Utterance(path=path, text=_beside(path)) for path in found][: arguments.utterances]
    if data.suffix == ".tsv":
        table = read_table(data)
        step = max(1, len(table) // arguments.utterances)
        return table[::step][: arguments.utterances]
    return [Utterance(path=data, text=_beside(data))]


def _beside(path: Path) -> str:
    """Return the text beside a sound file, empty where there is none."""
    text = path.with_suffix(".txt")
    return text.read_text(encoding="utf-8") if text.is_file() else ""


def _play(samples: np.ndarray, recognizer: Any, said: str) -> _Played:
    """Feed a recogniser from a thread that keeps the pace of speech, as a sound card would."""
    recognizer.reset()
    queue: SimpleQueue[np.ndarray | None] = SimpleQueue()
    started = time.perf_counter()
    player = threading.Thread(target=_player, args=(samples, recognizer.sample_rate, queue, started), daemon=True)
    player.start()
    processor = -time.thread_time()
    history: list[tuple[float, SpeechEvent]] = []
    fed = 0

    def take(events: Sequence[SpeechEvent]) -> None:
        now = time.perf_counter() - started
        history.extend((now, event) for event in events)

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
    processor += time.thread_time()
    figures = word_figures(history, said)
    return _Played(
        **figures, samples=fed, compute=recognizer.compute_seconds, processor=processor, seconds=recognizer.position
    )


def _player(samples: np.ndarray, rate: int, queue: SimpleQueue[np.ndarray | None], started: float) -> None:
    piece = round(_PIECE_SECONDS * rate)
    for at in range(0, len(samples), piece):
        part = samples[at : at + piece]
        time.sleep(max(0.0, (at + len(part)) / rate - (time.perf_counter() - started)))
        queue.put(part)
    queue.put(None)
