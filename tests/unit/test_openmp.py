"""Threads that OpenMP keeps, and who gives them back."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
from pytestqt.qtbot import QtBot

from deepstudio.core.openmp import BusyWatch, asleep_where_busy, give_back_threads, waited_seconds
from deepstudio.jobs.manager import JobManager

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only GCC's OpenMP, on Linux, keeps threads so")


@pytest.fixture(autouse=True)
def _three_threads() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def manager(qtbot: QtBot) -> Iterator[JobManager]:
    manager = JobManager()
    yield manager
    assert manager.shutdown(10_000)


def _threads() -> set[str]:
    return set(os.listdir("/proc/self/task"))


def _share_work() -> float:
    torch.set_num_threads(3)
    return float(torch.ones(1_000_000).exp().sum())


def _shared() -> set[str]:
    """Share work and return the threads that are kept for it."""
    before = _threads()
    _share_work()
    return _threads() - before


def test_threads_are_kept_until_they_are_given_back() -> None:
    with ThreadPoolExecutor(1) as lane:
        kept = lane.submit(_shared).result()
        assert len(kept) == 2
        lane.submit(give_back_threads).result()
        assert not kept & _threads()
        assert lane.submit(torch.get_num_threads).result() == 3, "the next work is shared as before"
        assert len(lane.submit(_shared).result()) == 2


def test_those_of_another_thread_stay() -> None:
    with ThreadPoolExecutor(1) as lane, ThreadPoolExecutor(1) as other:
        kept = lane.submit(_shared).result()
        other.submit(_share_work).result()
        other.submit(give_back_threads).result()
        assert kept <= _threads()
        right = lane.submit(_share_work).result()
        assert right == pytest.approx(1_000_000 * 2.718281828, rel=1e-4)


class Waiting:
    """What a thread has waited so far, as a test wants it."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.step = 0.0

    def __call__(self) -> dict[str, float]:
        self.seconds += self.step
        return {"7": self.seconds}


def test_idle_threads_are_kept_while_threads_have_to_wait_for_a_core(qtbot: QtBot) -> None:
    waiting, before = Waiting(), _threads()
    watch = BusyWatch(waiting, look_s=0.01)
    watch.start()
    own = _threads() - before
    waiting.step = 1.0
    qtbot.waitUntil(lambda: watch.busy, timeout=10_000)
    kept = _threads() - before - own
    assert len(kept) == (os.cpu_count() or 1)
    waiting.step = 0.0
    qtbot.waitUntil(lambda: not watch.busy, timeout=10_000)
    qtbot.waitUntil(lambda: not kept & _threads(), timeout=10_000)
    waiting.step = 1.0
    qtbot.waitUntil(lambda: watch.busy, timeout=10_000)
    watch.stop()
    qtbot.waitUntil(lambda: _threads() <= before, timeout=10_000)


def test_a_thread_that_began_since_the_last_look_has_not_waited() -> None:
    looks = iter([{"1": 0.0}, {"1": 0.0, "2": 50.0}])
    seen = threading.Event()

    def waited() -> dict[str, float]:
        try:
            return next(looks)
        except StopIteration:
            seen.set()
            return {"1": 0.0, "2": 50.0}

    watch = BusyWatch(waited, look_s=0.01)
    watch.start()
    assert seen.wait(10)
    assert not watch.busy
    watch.stop()


def test_threads_that_wait_for_a_core_are_counted() -> None:
    before = waited_seconds()
    assert set(before) & _threads() and all(seconds >= 0 for seconds in before.values())
    with asleep_where_busy():
        assert any(isinstance(thread, BusyWatch) for thread in threading.enumerate())
    assert not any(isinstance(thread, BusyWatch) for thread in threading.enumerate())


def test_a_lane_keeps_no_threads_between_its_jobs(qtbot: QtBot, manager: JobManager) -> None:
    kept: list[set[str]] = []
    handle = manager.submit(lambda request, context: kept.append(_shared()), None, lane="predict")
    with qtbot.waitSignal(handle.ended):
        pass
    (shared,) = kept
    assert len(shared) == 2
    qtbot.waitUntil(lambda: not shared & _threads(), timeout=10_000)
