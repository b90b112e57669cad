"""Listen to speech for an hour while a network trains, and see whether a single sample is lost.

    python tests/speech/hour_of_speech.py FOLDER [--minutes 60] [--real-time] [--model english]

The recordings below FOLDER, one after another, take the way of the microphone: in blocks of ten milliseconds through
the callback into the ring, from there by the recorder to the disk and to the true recogniser in the audio lane, while
the training loop trains a small network in the train lane of the same process. Without `--real-time` sound comes as
fast as the recogniser takes it; with it, when a sound card would give it. In the end every sample on the disk must
equal the source's, to the bit, the recogniser must have got as many, and memory must not have grown. Exit code 0 if so.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

CHECKOUT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(CHECKOUT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

RATE = 16_000
BLOCK = 160
SCALE = 32767
KINDS = (".flac", ".wav", ".ogg", ".opus", ".mp3")
MOST_AHEAD = 20.0
"""Seconds of sound that may wait for the recogniser before the next is given, where nobody asked for real time."""
LEAST_AHEAD = 1.0
"""The same at the end: the recogniser has nearly caught up when the last sample comes, and so it stops at once."""
SHORT_PAUSE = 0.1
"""Seconds between blocks even then: a microphone that says nothing counts as unplugged."""
LEFT_OUT = 0.25
"""Share of the time at the beginning in which memory may grow: models load, caches fill."""
MOST_GROWTH = 0.03
LOOK_MS = 500


class Source:
    """The recordings as one long sound of 16-bit numbers, over and over until there is enough."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self.paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in KINDS)
        if not self.paths:
            raise SystemExit(f"There are no recordings below {folder}.")
        self.samples = round(seconds * RATE)
        self.hash = hashlib.sha256()
        self.given = 0

    def blocks(self) -> Iterator[np.ndarray]:
        """Yield int16 blocks; the last may be shorter."""
        rest = np.zeros(0, np.int16)
        while True:
            for path in self.paths:
                rest = np.concatenate([rest, numbers_of(path)])
                whole = len(rest) // BLOCK * BLOCK
                for first in range(0, whole, BLOCK):
                    block = rest[first : first + min(BLOCK, self.samples - self.given)]
                    self.hash.update(block.tobytes())
                    self.given += len(block)
                    yield block
                    if self.given == self.samples:
                        return
                rest = rest[whole:]


def numbers_of(path: Path) -> np.ndarray:
    """Return a recording as int16 at 16 kHz, mono."""
    from deepstudio.audio.sound_files import read_sound

    return np.clip(np.round(read_sound(path, sample_rate=RATE) * SCALE), -SCALE, SCALE).astype(np.int16)


class Speaker(threading.Thread):
    """Stands for the sound card: calls back with one block after another."""

    def __init__(self, microphone: Any, source: Source, *, real_time: bool) -> None:
        super().__init__(name="speaker", daemon=True)
        self._microphone, self._source, self._real_time = microphone, source, real_time
        self.processed = 0.0
        self.heard = threading.Event()
        self.quit = False
        self.latest = 0.0
        """How late the latest block was, in seconds: this thread, too, waits for its turn."""

    def run(self) -> None:
        started, pause = time.perf_counter(), threading.Event()
        at = 0
        for block in self._source.blocks():
            if self._real_time:
                late = time.perf_counter() - started - at / RATE
                if late < 0:
                    pause.wait(-late)
                self.latest = max(self.latest, late)
            else:
                left = (self._source.samples - at) / RATE
                if at / RATE - self.processed > min(MOST_AHEAD, max(left, LEAST_AHEAD)):
                    self.heard.wait(SHORT_PAUSE)
                    self.heard.clear()
            if self.quit:
                return
            self._microphone.say((block.astype(np.float32) / SCALE)[:, None])
            at += len(block)


class Run:
    """The two lanes and what is seen of them. GUI thread."""

    def __init__(self, arguments: argparse.Namespace, folder: Path) -> None:
        from PySide6.QtCore import QCoreApplication, QTimer

        from deepstudio.core.listen_messages import ListenControl
        from deepstudio.jobs.manager import JobManager
        from tests.helpers.fake_microphone import FakeMicrophone

        self.app = QCoreApplication([])
        self.jobs = JobManager()
        self.folder, self.arguments = folder, arguments
        self.control, self.microphone = ListenControl(), FakeMicrophone()
        self.source = Source(arguments.folder, 60 * arguments.minutes)
        self.speaker = Speaker(self.microphone, self.source, real_time=arguments.real_time)
        self.hearing: Any = None
        self.result: Any = None
        self.failure: Any = None
        self.troubles: list[Any] = []
        self.memory: list[tuple[float, int]] = []
        self.steps, self.worst_backlog = 0, 0.0
        self._timer = QTimer()
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def go(self) -> None:
        """Train and listen until all was said."""
        import torch

        from deepstudio.core.listen_messages import ListenRequest
        from deepstudio.infer.hearing import open_hearing
        from deepstudio.infer.listen import Listener

        torch.set_num_threads(1)
        self.hearing = open_hearing(self.arguments.model)  # before: this microphone is silent while models load
        training = self.jobs.submit(self._train, None, lane="train", title="training")
        training.failed.connect(self._on_failed)
        training.partial.connect(self._on_metrics)
        request = ListenRequest(control=self.control, pre_roll=0.0, model=self.arguments.model)
        listening = self.jobs.submit(
            Listener(self._open, self.microphone.open).listen, request, lane="audio", title="listening"
        )
        listening.partial.connect(self._on_heard)
        listening.done.connect(self._on_done)
        listening.failed.connect(self._on_failed)
        listening.ended.connect(self.app.quit)
        self.control.record()
        self._timer.start()
        self.app.exec()
        self.speaker.quit = True
        training.cancel()
        self.jobs.shutdown(60_000)

    def _open(self, request: Any) -> Any:
        return self.hearing

    def _train(self, request: Any, context: Any) -> None:
        from deepstudio.train.recipe_files import load_recipe
        from deepstudio.train.run_folder import new_run
        from deepstudio.train.runner import TrainRequest, run_training
        from tests.crash.kill_and_resume import make_data

        make_data(self.folder)
        recipe = load_recipe(self.folder / "tiny.toml", ["training.epochs=100000"])
        run = new_run(recipe, self.folder / "run")
        run_training(TrainRequest(recipe=recipe, data=self.folder / "data", folder=run, device="cpu"), context)

    def _on_metrics(self, message: Any) -> None:
        from deepstudio.core.training_messages import MetricBatch

        if isinstance(message, MetricBatch):
            for columns in message.columns:
                if columns.name == "loss" and len(columns.steps):
                    self.steps = int(columns.steps[-1]) + 1

    def _on_heard(self, message: Any) -> None:
        from deepstudio.core.listen_messages import HeardSound, ListenTrouble, RecordingBegun

        if isinstance(message, RecordingBegun):
            self.speaker.start()
        elif isinstance(message, ListenTrouble):
            self.troubles.append(message)
        elif isinstance(message, HeardSound):
            self.worst_backlog = max(self.worst_backlog, message.backlog)
            self.speaker.processed = message.seconds - message.backlog
            self.speaker.heard.set()

    def _look(self) -> None:
        import psutil

        said = self.source.given / self.source.samples
        self.memory.append((said, psutil.Process().memory_info().rss))
        if self.speaker.ident is not None and not self.speaker.is_alive():
            self._timer.stop()
            self.control.stop()
        elif len(self.memory) % 20 == 0:
            print(f"\r{self.source.given / RATE / 60:.1f} minutes", end="", file=sys.stderr, flush=True)

    def _on_done(self, result: Any) -> None:
        self.result = result

    def _on_failed(self, failure: Any) -> None:
        self.failure = failure
        self.control.stop()


def on_disk(recording: Path) -> tuple[int, str]:
    """Return the number of samples in a recording and their hash."""
    import soundfile

    found, samples = hashlib.sha256(), 0
    with soundfile.SoundFile(recording) as sound:
        for block in sound.blocks(10 * RATE, dtype="int16"):
            found.update(block.tobytes())
            samples += len(block)
    return samples, found.hexdigest()


def growth(memory: list[tuple[float, int]]) -> float:
    """Return by what share the process has grown from the second quarter of the sound to the last."""
    early = [size for said, size in memory if LEFT_OUT <= said < 2 * LEFT_OUT]
    late = [size for said, size in memory if said >= 1 - LEFT_OUT]
    return float(np.median(late) / np.median(early) - 1) if early and late else 0.0


def verdict(run: Run, seconds: float, processor: float) -> tuple[dict[str, Any], list[str]]:
    """Return the figures, and what is not as it should be."""
    if run.failure is not None or run.result is None:
        return {}, [f"it failed: {run.failure}"]
    samples, digest = on_disk(run.result.folder / "recording.flac")
    figures = {
        "minutes": run.source.given / RATE / 60,
        "seconds": round(seconds, 1),
        "processor_seconds": round(processor, 1),
        "times_real_time": round(run.source.given / RATE / seconds, 2),
        "samples": run.source.given,
        "samples_on_disk": samples,
        "samples_recognised": round(run.hearing.position * RATE),
        "lost": run.result.lost,
        "segments": run.result.segments,
        "real_time_factor": round(run.result.real_time_factor, 3),
        "worst_backlog_seconds": round(run.worst_backlog, 2),
        "training_steps": run.steps,
        "memory_growth": round(growth(run.memory), 4),
        "memory_mb": round(run.memory[-1][1] / 2**20),
    }
    if run.arguments.real_time:
        figures["latest_block_seconds"] = round(run.speaker.latest, 3)
    wrong = {
        "samples were lost": run.result.lost,
        "the samples on the disk are not those that were given": digest != run.source.hash.hexdigest(),
        "the recogniser did not get every sample": figures["samples_recognised"] != run.source.given,
        f"the microphone or the disk had trouble: {run.troubles}": run.troubles,
        "no network trained": not run.steps,
        "nothing was understood": not run.result.segments,
        "memory grew": figures["memory_growth"] > MOST_GROWTH,
    }
    return figures, [sentence for sentence, found in wrong.items() if found]


def main() -> int:
    """Do it and say what came out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("folder", type=Path, help="recordings of speech, at any depth")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--real-time", action="store_true", help="as long as it takes to say it")
    parser.add_argument("--model", default="english", help="the speech model")
    arguments = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory(prefix="deepstudio-hour-") as name:
        os.environ["DEEPSTUDIO_HOME"] = str(Path(name) / "home")
        started, used = time.perf_counter(), time.process_time()
        run = Run(arguments, Path(name))
        run.go()
        figures, problems = verdict(run, time.perf_counter() - started, time.process_time() - used)
    print("\r" + json.dumps(figures))
    for problem in problems:
        print(f"NOT RIGHT: {problem}")
    if not problems:
        print("nothing lost: disk and source are equal to the bit, the recogniser got all of it, memory is flat")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
