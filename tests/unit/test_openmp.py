"""Threads that OpenMP keeps, and who gives them back."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
from pytestqt.qtbot import QtBot

from deepstudio.core.openmp import give_back_threads
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


def test_a_lane_keeps_no_threads_between_its_jobs(qtbot: QtBot, manager: JobManager) -> None:
    kept: list[set[str]] = []
    handle = manager.submit(lambda request, context: kept.append(_shared()), None, lane="predict")
    with qtbot.waitSignal(handle.ended):
        pass
    (shared,) = kept
    assert len(shared) == 2
    qtbot.waitUntil(lambda: not shared & _threads(), timeout=10_000)
