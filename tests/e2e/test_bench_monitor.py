"""The benchmarks of the monitor run, and measure what they say."""

from __future__ import annotations

import argparse
from typing import Any

from deepstudio.app.bench import curves, monitor, soak
from deepstudio.core.job import SilentContext


def _measured(benchmark: Any, *words: str) -> dict[str, Any]:
    parser = argparse.ArgumentParser()
    benchmark.add_arguments(parser)
    (found,) = benchmark.measure(parser.parse_args(list(words)), SilentContext())
    return dict(found)


def test_curves_are_exact_and_drawn() -> None:
    found = _measured(curves, "--points", "300000", "--frames", "16", "--windows", "12", "--no-peer")
    assert found["exact"] is True
    assert found["points"] == 300_000 and found["frames_per_second"] > 1


def test_the_monitor_watches_a_training() -> None:
    found = _measured(monitor, "--turns", "1", "--seconds", "2")
    assert found["steps_drawn"] > 0 and found["panels"] >= 2
    assert 0 < found["throughput_ratio"] < 3
    assert found["step_to_screen_ms"]["p95"] > 0 and found["event_loop_gap_ms"]["p99"] > 0


def test_a_minute_in_front_of_the_window() -> None:
    found = _measured(soak, "--hours", "0.02", "--batches-per-second", "800")
    assert found["points"] > 10_000 and len(found["memory_mb"]) >= 39
