"""Learning-rate schedules: functions of the step alone, so that resuming needs no state. Any thread."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable

from deepstudio.train.recipe_base import ScheduleConfig

Schedule = Callable[[int], float]


def build_schedule(config: ScheduleConfig, *, total_steps: int, steps_per_epoch: int) -> Schedule:
    """Return the share of the highest rate at a step counted from 0.

    With `restart_at` the schedule fills that part of the run, and a straight line from `restart_share` down to `end`
    the rest (a warm restart: Loshchilov and Hutter 2017, arXiv:1608.03983). With `restart_again_at` the line ends
    there, and others follow, each from half the height of the one before.
    """
    total = max(total_steps, 1)
    first = round(config.restart_at * total)
    schedule = _FACTORIES[config.name](config, max(first, 1), steps_per_epoch)
    starts = [first, *(round(part * total) for part in config.restart_again_at)]

    def share(step: int) -> float:
        if step < first or config.restart_at == 1.0:
            return schedule(step)
        line = bisect_right(starts, step) - 1
        height = config.restart_share / 2**line
        end = starts[line + 1] if line + 1 < len(starts) else total_steps
        rest = max(end - starts[line] - 1, 1)
        return float(height + (config.end - height) * min((step - starts[line]) / rest, 1.0))

    return share


def _constant(config: ScheduleConfig, total: int, per_epoch: int) -> Schedule:
    return lambda step: 1.0


def _step(config: ScheduleConfig, total: int, per_epoch: int) -> Schedule:
    return lambda step: config.step_factor ** (step // (config.step_epochs * per_epoch))


def _cosine(config: ScheduleConfig, total: int, per_epoch: int) -> Schedule:
    def share(step: int) -> float:
        rising, position = _phase(step, total, config)
        if rising:
            return config.start + (1 - config.start) * position
        return config.end + (1 - config.end) * (1 + math.cos(math.pi * position)) / 2

    return share


def _one_cycle(config: ScheduleConfig, total: int, per_epoch: int) -> Schedule:
    def share(step: int) -> float:
        rising, position = _phase(step, total, config)
        first, last = (config.start, 1.0) if rising else (1.0, config.end)
        return first + (last - first) * position

    return share


def _phase(step: int, total: int, config: ScheduleConfig) -> tuple[bool, float]:
    """Return whether the rate still rises, and how far through that phase the step is (0..1)."""
    peak = config.warmup * total
    if step < peak:
        return True, step / peak
    return False, min((step - peak) / max(total - 1 - peak, 1), 1.0)


_FACTORIES: dict[str, Callable[[ScheduleConfig, int, int], Schedule]] = {
    "constant": _constant,
    "step": _step,
    "cosine": _cosine,
    "one-cycle": _one_cycle,
}
