"""One window with ten million points, panned and zoomed: `python -m deepstudio.app.bench._curves_probe OPTIONS`.

Every frame is a real repaint of the panel into the window's picture. The panels are pyqtgraph's view around an item of
our own; beside them the same views are repainted by pyqtgraph's PlotWidget with its own curve (peak downsampling,
clipped to the view, as its documentation advises for large data).
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import math
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

_WIDTH, _HEIGHT = 1600, 900
_PEER_FRAMES = 24
Range = tuple[float, float]


def main(options: dict[str, Any]) -> int:
    """Measure and print."""
    from PySide6.QtWidgets import QApplication

    from deepstudio.store.series import Series
    from deepstudio.ui.theme import Theme

    app = QApplication([])
    theme = Theme()
    theme.apply(app)
    values_N = make_values(options["points"])
    series = Series("loss")
    began = time.perf_counter()
    for first in range(0, len(values_N), 1_000_000):
        part = values_N[first : first + 1_000_000]
        series.append(np.arange(first, first + len(part)), first * 1e-3 + np.arange(len(part)) * 1e-3, part)
    series.view()
    build_seconds = time.perf_counter() - began
    found: dict[str, Any] = {
        "points": len(values_N),
        **_our_frames(theme, series, options["frames"]),
        "exact": exact(series, values_N, options["windows"]),
        "build_seconds": build_seconds,
    }
    if options["peer"] and importlib.util.find_spec("pyqtgraph") is not None:
        found.update(_peer_frames(values_N))
        found["ratio_pyqtgraph"] = found["frames_per_second"] / found["pyqtgraph_frames_per_second"]
    print(json.dumps(found))
    return 0


def make_values(count: int) -> np.ndarray:
    """Return a noisy falling curve with NaN, infinities and single spikes."""
    random = np.random.default_rng(1)
    steps = np.arange(count) / count
    values = 2.3 * np.exp(-5 * steps) + 0.1 + 0.15 * random.standard_normal(count)
    values = values.astype(np.float32).astype(np.float64)
    bad = random.choice(count, size=40, replace=False)
    values[bad[:10]], values[bad[10:13]], values[bad[13:16]], values[bad[16:]] = np.nan, np.inf, -np.inf, 40.0
    values[count // 2 : count // 2 + 50] = np.nan
    return values


def views(points: int, frames: int) -> Iterator[Range]:
    """Yield the views of a session: zooming in to some hundred points and out again, panning at three zooms."""
    quarter = max(1, frames // 4)
    deep = math.log(points / 300)
    for frame in range(2 * quarter):
        depth = deep * (1 - abs(frame / quarter - 1))
        half = points / 2 * math.exp(-depth)
        middle = points * (0.5 + 0.2 * (1 - math.exp(-depth)))
        yield middle - half, middle + half
    for frame in range(frames - 2 * quarter):
        width = points * (0.5, 0.01, 0.0005)[frame % 3]
        left = (points - width) * frame / max(1, frames - 2 * quarter)
        yield left, left + width


def exact(series: Any, values_N: np.ndarray, windows: int) -> bool:
    """Return whether every column of random windows has the extremes, means and counts that brute force finds."""
    random = np.random.default_rng(2)
    steps_N = np.arange(len(values_N))
    for number in range(windows):
        width = 10 ** random.uniform(1, math.log10(len(values_N)))
        left = random.uniform(-0.2 * width, len(values_N) - 0.8 * width)
        edges = np.linspace(left, left + width, int(random.integers(2, 1600)) + 1)
        key = "wall" if number % 3 == 2 else "step"
        scale = 1e-3 if key == "wall" else 1.0
        found = series.columns_between(edges * scale, key)
        keys_N = series.walls if key == "wall" else steps_N
        if not _same(found, keys_N, values_N, edges * scale):
            return False
    return True


def _same(found: Any, keys_N: np.ndarray, values_N: np.ndarray, edges: np.ndarray) -> bool:
    bounds = np.searchsorted(keys_N, edges)
    bounds[-1] = np.searchsorted(keys_N, edges[-1], side="right")
    for column, (first, end) in enumerate(itertools.pairwise(bounds)):
        part = values_N[first:end]
        finite = part[np.isfinite(part)]
        low, high = (finite.min(), finite.max()) if len(finite) else (np.nan, np.nan)
        wanted = (low, high, np.isnan(part).sum(), (part == np.inf).sum(), (part == -np.inf).sum())
        had = (found.minimum, found.maximum, found.nans, found.above, found.below)
        if not all(np.array_equal(one[column], other, equal_nan=True) for one, other in zip(had, wanted, strict=True)):
            return False
    return True


def _our_frames(theme: Any, series: Any, frames: int) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication

    from deepstudio.ui.plots.curve import Curve
    from deepstudio.ui.plots.panel import CurvePanel

    panel = CurvePanel(theme, "loss")
    panel.set_curves([Curve("run", "run", series, theme.roles.series[0])])
    panel.resize(_WIDTH, _HEIGHT)
    panel.show()
    QApplication.processEvents()

    def look(at: Range) -> None:
        panel.figure.x_range = at
        panel.canvas.refresh()
        panel.canvas.viewport().repaint()

    times, processor = _timed(look, list(views(len(series), frames)))
    panel.close()
    return {
        "frame_processor_ms": processor * 1e3,
        "frames_per_second": len(times) / sum(times),
        "frame_ms_p95": float(np.quantile(times, 0.95)) * 1e3,
        "frame_ms_max": max(times) * 1e3,
    }


def _peer_frames(values_N: np.ndarray) -> dict[str, float]:
    import pyqtgraph
    from PySide6.QtWidgets import QApplication

    widget = pyqtgraph.PlotWidget()
    widget.resize(_WIDTH, _HEIGHT)
    item = widget.getPlotItem()
    item.setDownsampling(auto=True, mode="peak")
    item.setClipToView(True)
    shown = np.where(np.isfinite(values_N), values_N, np.nan)
    widget.plot(np.arange(len(shown), dtype=np.float64), shown, pen=pyqtgraph.mkPen("#3f5be0", width=1))
    widget.show()
    QApplication.processEvents()

    def look(at: Range) -> None:
        widget.setXRange(*at, padding=0)
        widget.viewport().repaint()

    times, processor = _timed(look, list(views(len(values_N), _PEER_FRAMES)))
    widget.hide()
    return {
        "pyqtgraph_frames_per_second": len(times) / sum(times),
        "pyqtgraph_frame_processor_ms": processor * 1e3,
    }


def _timed(look: Callable[[Range], None], ranges: list[Range]) -> tuple[list[float], float]:
    """Return the seconds of each frame, and the processor time that the thread took for one."""
    look(ranges[0])
    times: list[float] = []
    used = time.thread_time()
    for at in ranges:
        began = time.perf_counter()
        look(at)
        times.append(time.perf_counter() - began)
    return times, (time.thread_time() - used) / len(times)


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
