"""The window while a network trains in its lane: `python -m deepstudio.app.bench._monitor_probe OPTIONS`, prints JSON.

Five kinds of blocks take turns. In the train lane, `streaming` is the program's loop with every step sent to the window
and drawn there, `watched` the same while a timer of 4 ms watches the event loop, which takes a fiftieth of a core, and
`quiet` the loop with nothing sent. In a process without a window, which has the machine for itself, `bare` is the loop
and the network that everybody writes in PyTorch, `same` that loop with this program's form of the network.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Slot

from deepstudio.app.main import WindowProgram
from deepstudio.core.job import JobContext
from deepstudio.core.training_messages import RunOpened
from deepstudio.ui.runview import LiveRunSource, RunView

_BEAT_MS = 4
_SIZE = (1280, 800)
_SETTLE_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockBegan:
    """The lane begins with a block of this kind."""

    kind: str


@dataclass(slots=True)
class Watch:
    """What the window's side measures while a streaming block runs."""

    streaming: bool = False
    settled: float = 0.0
    last: float = 0.0
    gaps: list[float] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    kind: str = ""
    since: tuple[float, float] = (0.0, 0.0)
    shares: dict[str, list[float]] = field(default_factory=dict)
    """How much of a processor the window's thread took, by kind of block."""
    drawn: int = 0
    frames: int = 0


class Monitor(QObject):
    """Shows the run in the real window, and measures."""

    def __init__(self, program: WindowProgram, options: dict[str, Any]) -> None:
        super().__init__(program)
        self.program = program
        self.options = options
        self.watch = Watch()
        self.speeds: dict[str, list[float]] = {}
        self.source = LiveRunSource("bench", "bench", self)
        self.view = RunView(program.services.theme)
        self.view.drawn.connect(self._on_drawn)
        self.heart = QTimer(self)
        self.heart.setTimerType(Qt.TimerType.PreciseTimer)
        self.heart.timeout.connect(self._on_beat)

    @Slot()
    def begin(self) -> None:
        """Put the view into the window and start training."""
        window = self.program.window
        window.resize(*_SIZE)
        window.host.addWidget(self.view)
        window.host.setCurrentWidget(self.view)
        self.view.set_sources([self.source])
        handle = self.program.services.jobs.submit(train_in_turns, self.options, lane="train", title="bench")
        handle.partial.connect(self._on_partial)
        handle.done.connect(self._on_done)
        handle.failed.connect(self._on_failed)

    @Slot(object)
    def _on_partial(self, message: object) -> None:
        if isinstance(message, BlockBegan):
            now = (time.perf_counter(), time.thread_time())
            if self.watch.kind:
                share = (now[1] - self.watch.since[1]) / (now[0] - self.watch.since[0])
                self.watch.shares.setdefault(self.watch.kind, []).append(share)
            self.watch.kind, self.watch.since = message.kind, now
            self.watch.streaming = message.kind in ("streaming", "watched")
            if message.kind == "watched":
                self.heart.start(_BEAT_MS)
            else:
                self.heart.stop()
            self.watch.settled = time.perf_counter() + _SETTLE_S
            self.watch.last = 0.0
        else:
            self.source.feed(message)

    @Slot()
    def _on_beat(self) -> None:
        now = time.perf_counter()
        watch = self.watch
        if now > watch.settled and watch.last:
            watch.gaps.append(now - watch.last)
        watch.last = now

    @Slot(str, int)
    def _on_drawn(self, run_id: str, step: int) -> None:
        series = self.source.series("loss")
        if series is None:
            return
        now = time.time()
        walls = series.walls[self.watch.drawn :]
        self.watch.drawn = len(series)
        if not self.watch.streaming:  # the last steps of a block, drawn while the next one trains
            return
        self.watch.frames += 1
        if time.perf_counter() > self.watch.settled:
            self.watch.delays.extend((now - walls).tolist())

    @Slot(object)
    def _on_done(self, speeds: dict[str, list[float]]) -> None:
        self.speeds = speeds
        self.program.window.close()

    @Slot(object)
    def _on_failed(self, failure: Any) -> None:
        print(failure.text(), file=sys.stderr)
        self.program.window.close()

    def figures(self) -> dict[str, Any]:
        """Return what was measured."""
        gaps, delays = np.array(self.watch.gaps) * 1e3, np.array(self.watch.delays) * 1e3
        speeds = self.speeds
        return {
            "event_loop_gap_ms": {
                "p50": float(np.quantile(gaps, 0.5)),
                "p99": float(np.quantile(gaps, 0.99)),
                "max": float(gaps.max()),
            },
            "throughput_ratio": _ratio(speeds["streaming"], speeds["bare"]),
            "throughput_ratio_same_network": _ratio(speeds["streaming"], speeds["same"]),
            "throughput_ratio_quiet": _ratio(speeds["streaming"], speeds["quiet"]),
            "step_to_screen_ms": {"p50": float(np.quantile(delays, 0.5)), "p95": float(np.quantile(delays, 0.95))},
            "images_per_second": {kind: statistics.median(values) for kind, values in speeds.items()},
            "window_share": {kind: statistics.median(values) for kind, values in self.watch.shares.items()},
            "drawing_share": _difference(self.watch.shares["streaming"], self.watch.shares["quiet"]),
            "steps_drawn": len(delays),
            "frames": self.watch.frames,
            "panels": len(list(self.view.curves.grid.visible_panels())) or len(self.view.curves.grid.panels()),
        }


def train_in_turns(options: dict[str, Any], context: JobContext) -> dict[str, list[float]]:
    """Train in blocks, in the lane; return images per second of every block by kind."""
    from deepstudio.app.bench.train import CASES, bare_process, block_speed, make_recipe, random_images
    from deepstudio.core.allocator import freed_memory_kept
    from deepstudio.core.device import pick_device
    from deepstudio.core.openmp import asleep_where_busy
    from deepstudio.train.image_task import ImageMaterial, ImageTask
    from deepstudio.train.loop import steps
    from deepstudio.train.metric_buffer import MetricBuffer
    from deepstudio.train.setup import build_run
    from deepstudio.train.sinks import ContextSink

    case = next(case for case in CASES if case.architecture == options["network"])
    images, seconds = random_images(case), options["seconds"]
    with ExitStack() as stack:
        stack.enter_context(freed_memory_kept())  # these as in every training
        stack.enter_context(asleep_where_busy())
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        peer = stack.enter_context(bare_process(case, "auto"))
        trainer, state = build_run(
            ImageTask(),
            make_recipe(case),
            ImageMaterial(train=images, validation=images),
            pick_device("auto"),
            checkpoint=Path(folder) / "checkpoint",
        )
        context.partial(
            RunOpened(
                run_id="bench",
                name="bench",
                folder="",
                first_step=0,
                total_steps=0,
                steps_per_epoch=case.images // case.batch,
                epochs=0,
                resumed=False,
            )
        )
        running = steps(trainer, state)
        buffer: MetricBuffer = trainer.metrics
        sink = ContextSink(context)

        def streaming() -> float:
            buffer.attach(sink)
            speed = block_speed(lambda: next(running), case.batch, seconds, trainer.device.type)
            buffer.close()
            return speed

        def quiet() -> float:
            return block_speed(lambda: next(running), case.batch, seconds, trainer.device.type)

        blocks = {
            "streaming": streaming,
            "watched": streaming,
            "bare": lambda: peer.block(seconds, "written"),
            "same": lambda: peer.block(seconds, "same"),
            "quiet": quiet,
        }
        return _take_turns(blocks, options["turns"], context)


def _take_turns(blocks: dict[str, Callable[[], float]], turns: int, context: JobContext) -> dict[str, list[float]]:
    from deepstudio.app.bench.train import orders

    speeds: dict[str, list[float]] = {kind: [] for kind in blocks}
    for turn, kinds in zip(range(turns + 1), orders(blocks), strict=False):
        for kind in kinds:
            context.check()
            context.partial(BlockBegan(kind=kind if turn else "warm-up"))
            speed = blocks[kind]()
            if turn:
                speeds[kind].append(speed)
    context.partial(BlockBegan(kind="end"))
    return speeds


def _ratio(ours: list[float], theirs: list[float]) -> float:
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def _difference(ours: list[float], theirs: list[float]) -> float:
    return statistics.median(one - other for one, other in zip(ours, theirs, strict=True))


def main(options: dict[str, Any]) -> int:
    """Open the window, measure, print."""
    program = WindowProgram()
    monitor = Monitor(program, options)
    program.first_paint.painted.connect(monitor.begin)
    program.window.show()
    program.app.exec()
    figures = monitor.figures() if monitor.speeds else None
    program.close(0)
    if figures is None:
        return 1
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
