"""A simulated hour in the real window: `python -m deepstudio.app.bench._soak_probe OPTIONS`, prints JSON.

The train lane sends what a training of an hour sends (every step of ten metrics, histograms of weights and gradients,
samples, confusion matrices, events), only faster. torch is loaded, as it is while a network trains.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import threading
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import psutil
from PySide6.QtCore import QObject, QTimer, Slot

from deepstudio.app.main import WindowProgram
from deepstudio.core.job import JobContext
from deepstudio.core.training_messages import (
    EventKind,
    Media,
    MediaKind,
    MetricBatch,
    MetricColumns,
    RunEvent,
    RunOpened,
)
from deepstudio.ui.runview import LiveRunSource, RunView

_SIZE = (1280, 800)
_LAYERS = 8
_MEDIA_EVERY_S = 10
_SECONDS_PER_BATCH = 0.05
_SAMPLES = 40
_AHEAD = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """What the lane is asked for; `room` keeps it from running ahead of the window, as no real training does."""

    options: dict[str, Any]
    room: threading.Semaphore


class Soak(QObject):
    """Shows the run and looks at memory and speed forty times."""

    def __init__(self, program: WindowProgram, options: dict[str, Any]) -> None:
        super().__init__(program)
        self.program = program
        self.options = options
        self.memory: list[float] = []
        self.seconds: list[float] = []
        self.source = LiveRunSource("soak", "soak", self)
        self.view = RunView(program.services.theme)
        self._room = threading.Semaphore(_AHEAD)
        self._spent = 0.0
        self._per_sample = round(options["hours"] * 3600 / _SECONDS_PER_BATCH / _SAMPLES)
        self._counted = 0
        self._tabs = QTimer(self)
        self._tabs.timeout.connect(self._on_tab)

    @Slot()
    def begin(self) -> None:
        """Put the view into the window and start."""
        window = self.program.window
        window.resize(*_SIZE)
        window.host.addWidget(self.view)
        window.host.setCurrentWidget(self.view)
        self.view.set_sources([self.source])
        handle = self.program.services.jobs.submit(
            simulate, Simulation(options=self.options, room=self._room), lane="train", title="soak"
        )
        handle.partial.connect(self._on_partial)
        handle.ended.connect(self._on_ended)
        self._tabs.start(2000)

    @Slot(object)
    def _on_partial(self, message: object) -> None:
        began = time.thread_time()
        self.source.feed(message)
        if not isinstance(message, MetricBatch):
            return
        self._room.release()
        self._spent += time.thread_time() - began
        self._counted += 1
        if self._counted == self._per_sample:
            gc.collect()
            self.memory.append(psutil.Process().memory_info().rss / 1e6)
            self.seconds.append(self._spent / self._counted)
            self._spent, self._counted = 0.0, 0

    @Slot()
    def _on_tab(self) -> None:
        """Look at every tab in turn, as a person would."""
        keys = ("curves", "samples", "confusion", "histograms", "events")
        self.view.show_tab(keys[(keys.index(self.view.tab) + 1) % len(keys)])

    @Slot()
    def _on_ended(self) -> None:
        self.program.window.close()

    def figures(self) -> dict[str, Any]:
        """Return growth and slowing down after the first twentieth, in which caches fill."""
        warm = max(1, len(self.memory) // 20)
        third = max(1, len(self.seconds) // 3)
        series = [self.source.series(name) for name in self.source.metrics()]
        return {
            "memory_mb_start": self.memory[warm],
            "memory_mb_end": self.memory[-1],
            "growth_percent": 100 * (self.memory[-1] / self.memory[warm] - 1),
            "slowdown": statistics.median(self.seconds[-third:]) / statistics.median(self.seconds[warm : warm + third]),
            "microseconds_per_batch": statistics.median(self.seconds) * 1e6,
            "points": sum(len(one) for one in series if one is not None),
            "memory_mb": [round(value, 1) for value in self.memory],
        }


def simulate(request: Simulation, context: JobContext) -> None:
    """Send what an hour of training sends."""
    options = request.options
    import torch  # noqa: F401 - as in a process that trains

    random = np.random.default_rng(0)
    per_batch = max(1, round(options["steps_per_second"] * _SECONDS_PER_BATCH))
    batches = round(options["hours"] * 3600 / _SECONDS_PER_BATCH)
    every = round(_MEDIA_EVERY_S / _SECONDS_PER_BATCH)
    context.partial(
        RunOpened(
            run_id="soak",
            name="soak",
            folder="",
            first_step=0,
            total_steps=batches * per_batch,
            steps_per_epoch=1000,
            epochs=batches * per_batch // 1000,
            resumed=False,
        )
    )
    pictures = random.integers(0, 255, (24, 32, 32, 3), dtype=np.uint8)
    began = time.perf_counter()
    for number in range(batches):
        while not request.room.acquire(timeout=0.1):
            context.check()
        context.check()
        context.partial(_points(random, number, per_batch, batches))
        if number % every == 0:
            for media in _media(random, number * per_batch, pictures):
                context.partial(media)
        if number % (20 * every) == 0:
            sentence = "The learning rate is multiplied by {factor} from step {step} on."
            values = {"factor": 1.0, "step": number * per_batch}
            step = number * per_batch
            context.partial(
                RunEvent(kind=EventKind.RATE, step=step, wall=time.time(), sentence=sentence, values=values)
            )
        ahead = (number + 1) / options["batches_per_second"] - (time.perf_counter() - began)
        if ahead > 0:
            time.sleep(ahead)


def _points(random: np.random.Generator, number: int, count: int, batches: int) -> MetricBatch:
    steps = np.arange(number * count, (number + 1) * count)
    walls = 1.8e9 + steps * (_SECONDS_PER_BATCH / count)
    share = number / batches
    values: dict[str, np.ndarray] = {
        "loss": (2.3 * np.exp(-5 * share) + 0.1 * random.standard_normal(count)).astype(np.float32),
        "learning_rate": np.full(count, 0.1 * (1 - share)),
        "gradient_norm": np.abs(1 + 0.2 * random.standard_normal(count)).astype(np.float32),
        "examples": (steps + 1) * 64.0,
        "accuracy": np.clip(share + 0.05 * random.standard_normal(count), 0, 1).astype(np.float32),
    }
    columns = [_column(name, steps, walls, value) for name, value in values.items()]
    if number % 20 == 0:
        for name in ("system/cpu", "system/memory", "examples_per_second", "validation_loss", "validation_accuracy"):
            columns.append(_column(name, steps[-1:], walls[-1:], random.random(1)))
    return MetricBatch(columns=tuple(columns))


def _column(name: str, steps: np.ndarray, walls: np.ndarray, values: np.ndarray) -> MetricColumns:
    return MetricColumns(name=name, steps=steps.copy(), walls=walls.copy(), values=values.astype(np.float64))


def _media(random: np.random.Generator, step: int, pictures: np.ndarray) -> list[Media]:
    made = []
    for group in ("weights", "gradients"):
        for layer in range(_LAYERS):
            counts, edges = np.histogram(random.standard_normal(400), 48)
            payload = {"counts": counts, "edges": edges, "non_finite": np.array(0)}
            name = f"{group}/conv{layer}.weight"
            made.append(Media(name=name, step=step, wall=time.time(), kind=MediaKind.HISTOGRAM, payload=payload))
    classes = tuple(f"class {number}" for number in range(10))
    probabilities = random.dirichlet([0.3] * 10, len(pictures)).astype(np.float32)
    labels = random.integers(0, 10, len(pictures))
    predictions: dict[str, np.ndarray | tuple[str, ...]] = {
        "pixels": pictures,
        "probabilities": probabilities,
        "labels": labels,
        "classes": classes,
    }
    matrix: dict[str, np.ndarray | tuple[str, ...]] = {"matrix": random.integers(0, 100, (10, 10)), "classes": classes}
    wall = time.time()
    return [
        *made,
        Media(name="samples/validation", step=step, wall=wall, kind=MediaKind.PREDICTIONS, payload=predictions),
        Media(name="validation/confusion", step=step, wall=wall, kind=MediaKind.CONFUSION, payload=matrix),
    ]


def main(options: dict[str, Any]) -> int:
    """Open the window, simulate, print."""
    program = WindowProgram()
    soak = Soak(program, options)
    program.first_paint.painted.connect(soak.begin)
    program.window.show()
    program.app.exec()
    figures = soak.figures() if len(soak.memory) > 2 else None
    program.close(0)
    if figures is None:
        return 1
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
