"""The feed brings what others write to the GUI thread, survives a store that does not open, and ends its thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deepstudio.core.job import JobContext
from deepstudio.jobs.endless import EndlessJob
from deepstudio.jobs.run_feed import RunFeed
from deepstudio.store.run_errors import StoreReadOnlyError
from deepstudio.store.runs import News, RunStore, Status


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RunStore]:
    with RunStore(tmp_path / "runs.db", commit_interval=0.001) as opened:
        yield opened


@pytest.fixture
def feed(store: RunStore, qtbot: Any) -> Iterator[RunFeed]:
    made = RunFeed(lambda: store)
    yield made
    made.stop()


def test_a_subscription_gets_everything_once_and_then_what_is_new(qtbot: Any, store: RunStore, feed: RunFeed) -> None:
    run = store.create_run("a").id
    writer = store.writer(run)
    writer.write("loss", range(100), 1.7e9, range(100))
    assert writer.flush()
    arrived: list[News] = []
    subscription = feed.subscribe([run])
    subscription.arrived.connect(arrived.append)
    with qtbot.waitSignal(subscription.caught_up):
        pass
    assert [len(news.metrics["loss"]) for news in arrived] == [100]
    writer.write("loss", 100, 1.7e9, 100.0)
    qtbot.waitUntil(lambda: len(arrived) == 2)
    assert arrived[1].metrics["loss"].steps.tolist() == [100]
    other: list[News] = []
    late = feed.subscribe([run])
    late.arrived.connect(other.append)
    with qtbot.waitSignal(late.caught_up):
        pass
    assert len(other[0].metrics["loss"]) == 101, "a later view gets all of it"
    assert len(arrived) == 2
    late.close()
    late.close()
    writer.close("finished")
    qtbot.waitUntil(lambda: arrived[-1].run.status is Status.FINISHED)
    assert len(other) == 1, "nothing arrives after close"


def test_rows_of_all_runs_arrive_without_points(qtbot: Any, store: RunStore, feed: RunFeed) -> None:
    store.create_run("a", status="stopped")
    arrived: list[News] = []
    subscription = feed.subscribe(None)
    subscription.arrived.connect(arrived.append)
    with qtbot.waitSignal(subscription.caught_up):
        pass
    assert [news.run.name for news in arrived] == ["a"]
    writer = store.writer(store.create_run("b").id)
    writer.write("loss", 1, 1.7e9, 0.5)
    qtbot.waitUntil(lambda: any("loss" in news.infos for news in arrived))
    assert not any(news.metrics for news in arrived)
    writer.close("finished")


def test_a_dead_process_is_noticed(qtbot: Any, store: RunStore, feed: RunFeed) -> None:
    store.update(store.create_run("dead").id, process="of another day")
    with qtbot.waitSignal(feed.interrupted, timeout=10_000) as caught:
        feed.subscribe(None)
    assert [run.name for run in caught.args[0]] == ["dead"]


def test_a_store_that_does_not_open_is_told_once_and_tried_again(qtbot: Any, store: RunStore) -> None:
    attempts: list[int] = []

    def open_store() -> RunStore:
        attempts.append(1)
        if len(attempts) < 3:
            raise StoreReadOnlyError("The runs in {path} cannot be opened.", path="x")
        return store

    feed = RunFeed(open_store)
    failures: list[object] = []
    feed.failed.connect(failures.append)
    caught_up: list[bool] = []
    with qtbot.waitSignal(feed.recovered, timeout=10_000):
        feed.subscribe(None).caught_up.connect(lambda: caught_up.append(True))
    qtbot.waitUntil(lambda: bool(caught_up))
    assert len(failures) == 1 and len(attempts) == 3
    feed.stop()
    feed.stop()


def test_an_endless_job_speaks_and_stops(qtbot: Any) -> None:
    going = threading.Event()

    def count(request: int, context: JobContext) -> None:
        pause = threading.Event()
        number = request
        while not context.cancelled:
            context.partial(number)
            number += 1
            going.set()
            pause.wait(0.005)

    job = EndlessJob(count, 5, title="count")
    seen: list[object] = []
    job.handle.partial.connect(seen.append)
    qtbot.waitUntil(lambda: len(seen) >= 3)
    assert seen[:3] == [5, 6, 7]
    assert job.stop()
    assert going.is_set()


def test_an_endless_job_that_fails_says_why(qtbot: Any) -> None:
    def fail(request: None, context: JobContext) -> None:
        raise StoreReadOnlyError("No.")

    failures: list[Any] = []
    job = EndlessJob(fail, None, title="fail")
    job.handle.failed.connect(failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert failures[0].sentence == "No."
    assert job.stop()
