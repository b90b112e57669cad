from __future__ import annotations

import gc
import logging
import os
import sys
import threading
import time
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QThread, QTimer, Signal, Slot
from pytestqt.qtbot import QtBot

from deepstudio.core.errors import InputError, JobCancelled
from deepstudio.core.job import JobContext
from deepstudio.core.messages import Failure, JobEnded, Outcome
from deepstudio.jobs.handle import JobHandle
from deepstudio.jobs.manager import JobManager


@pytest.fixture
def manager(qtbot: QtBot) -> Iterator[JobManager]:
    manager = JobManager()
    yield manager
    assert manager.shutdown(10_000)


class Listener(QObject):
    """Writes down every signal of a handle, and the thread in which it came."""

    def __init__(self, handle: JobHandle) -> None:
        super().__init__()
        self.heard: list[tuple[str, object]] = []
        self.threads: set[QThread] = set()
        handle.started.connect(self.on_started)
        handle.status.connect(self.on_status)
        handle.progress.connect(self.on_progress)
        handle.partial.connect(self.on_partial)
        handle.done.connect(self.on_done)
        handle.failed.connect(self.on_failed)
        handle.cancelled.connect(self.on_cancelled)
        handle.ended.connect(self.on_ended)

    def note(self, word: str, value: object = None) -> None:
        self.heard.append((word, value))
        self.threads.add(QThread.currentThread())

    @property
    def words(self) -> list[str]:
        return [word for word, _ in self.heard]

    def values(self, word: str) -> list[object]:
        return [value for heard, value in self.heard if heard == word]

    @Slot()
    def on_started(self) -> None:
        self.note("started")

    @Slot(str)
    def on_status(self, text: str) -> None:
        self.note("status", text)

    @Slot(int, int)
    def on_progress(self, done: int, total: int) -> None:
        self.note("progress", (done, total))

    @Slot(object)
    def on_partial(self, value: object) -> None:
        self.note("partial", value)

    @Slot(object)
    def on_done(self, result: object) -> None:
        self.note("done", result)

    @Slot(object)
    def on_failed(self, failure: object) -> None:
        self.note("failed", failure)

    @Slot()
    def on_cancelled(self) -> None:
        self.note("cancelled")

    @Slot(object)
    def on_ended(self, message: object) -> None:
        self.note("ended", message)


class Gate:
    """A job that says when it has begun and waits until the test lets it go on (or it is cancelled)."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.open = threading.Event()

    def wait(self, request: object, context: JobContext) -> object:
        self.begun.set()
        while not self.open.wait(0.005):
            context.check()
        return request

    def wait_deaf(self, request: object, context: JobContext) -> object:
        self.begun.set()
        assert self.open.wait(20)
        context.partial("too late")
        return request


def count(request: int, context: JobContext) -> int:
    context.status("counting")
    for number in range(request):
        context.check()
        context.partial(number)
        context.progress(number + 1, request)
    return request


def ended(qtbot: QtBot, listener: Listener, timeout: int = 10_000) -> JobEnded:
    qtbot.waitUntil(lambda: "ended" in listener.words, timeout=timeout)
    message = listener.values("ended")[0]
    assert isinstance(message, JobEnded)
    return message


def test_messages_come_in_order_in_the_gui_thread_and_end_last(qtbot: QtBot, manager: JobManager) -> None:
    listener = Listener(manager.submit(count, 5000, lane="predict"))
    assert listener.words == []  # nothing before the next turn of the event loop
    message = ended(qtbot, listener)
    assert message.outcome is Outcome.DONE
    assert message.sequence >= 5002
    assert listener.words[:2] == ["started", "status"]
    assert listener.words[-2:] == ["done", "ended"]
    assert listener.values("partial") == list(range(5000))
    assert listener.values("progress")[-1] == (5000, 5000)
    assert listener.values("done") == [5000]
    assert listener.threads == {QCoreApplication.instance().thread()}
    assert not manager.busy()


def test_progress_is_thinned_but_ends_full(qtbot: QtBot, manager: JobManager) -> None:
    listener = Listener(manager.submit(count, 3000, lane="predict"))
    ended(qtbot, listener)
    assert len(listener.values("progress")) < 300


def test_jobs_of_one_lane_run_one_after_the_other(qtbot: QtBot, manager: JobManager) -> None:
    active, order = [], []

    def job(request: int, context: JobContext) -> None:
        active.append(request)
        assert len(active) == 1
        order.append(request)
        active.remove(request)

    listeners = [Listener(manager.submit(job, number, lane="predict")) for number in range(50)]
    ended(qtbot, listeners[-1])
    assert order == list(range(50))
    assert all(listener.words[-2:] == ["done", "ended"] for listener in listeners)


def test_lanes_do_not_wait_for_each_other(qtbot: QtBot, manager: JobManager) -> None:
    gate = Gate()
    busy = Listener(manager.submit(gate.wait, 1, lane="train"))
    quick = Listener(manager.submit(count, 1, lane="predict"))
    ended(qtbot, quick)
    assert "ended" not in busy.words
    gate.open.set()
    assert ended(qtbot, busy).result == 1


def test_a_job_cancelled_before_it_began_never_runs(qtbot: QtBot, manager: JobManager) -> None:
    gate, ran = Gate(), []
    first = Listener(manager.submit(gate.wait, 1, lane="predict"))
    assert gate.begun.wait(10)
    handle = manager.submit(lambda request, context: ran.append(request), 2, lane="predict")
    second = Listener(handle)
    handle.cancel()
    handle.cancel()
    assert ended(qtbot, second).outcome is Outcome.CANCELLED
    assert second.words == ["cancelled", "ended"]
    assert "ended" not in first.words
    gate.open.set()
    ended(qtbot, first)
    assert ran == []


def test_a_running_job_stops_at_its_border(qtbot: QtBot, manager: JobManager) -> None:
    gate = Gate()
    handle = manager.submit(gate.wait, 1, lane="predict")
    listener = Listener(handle)
    qtbot.waitUntil(lambda: "started" in listener.words)
    handle.cancel()
    assert ended(qtbot, listener).outcome is Outcome.CANCELLED
    assert listener.words == ["started", "cancelled", "ended"]
    assert handle.outcome is Outcome.CANCELLED


def test_results_of_a_cancelled_job_are_dropped(qtbot: QtBot, manager: JobManager) -> None:
    gate = Gate()
    handle = manager.submit(gate.wait_deaf, 1, lane="predict")
    listener = Listener(handle)
    assert gate.begun.wait(10)
    handle.cancel()
    gate.open.set()
    message = ended(qtbot, listener)
    assert (message.outcome, message.result) == (Outcome.CANCELLED, None)
    assert listener.words == ["cancelled", "ended"]


def test_a_result_that_waits_in_the_inbox_is_dropped_by_cancel(qtbot: QtBot, manager: JobManager) -> None:
    handle = manager.submit(count, 3, lane="predict")
    after = threading.Event()
    manager.submit(lambda request, context: after.set(), None, lane="predict")
    assert after.wait(10)  # the first job is over, but its messages were not delivered yet
    listener = Listener(handle)
    handle.cancel()
    assert ended(qtbot, listener).outcome is Outcome.CANCELLED
    assert listener.words == ["cancelled", "ended"]


def test_of_a_thousand_superseding_submits_only_the_last_answers(qtbot: QtBot, manager: JobManager) -> None:
    ran = []

    def job(request: int, context: JobContext) -> int:
        ran.append(request)
        context.partial(request)
        context.check()
        return request

    listeners = []

    class Stormer(QObject):
        """Submits from the event loop, as a hand on a drawing pad does."""

        gaps: list[float] = []
        last = time.perf_counter()
        finished = Signal()

        @Slot()
        def submit(self) -> None:
            now = time.perf_counter()
            self.gaps.append(now - self.last)
            self.last = now
            for _ in range(10):
                listeners.append(Listener(manager.submit(job, len(listeners), lane="predict", supersede="draw")))
            if len(listeners) == 1000:
                timer.stop()
                self.finished.emit()

    stormer = Stormer()
    timer = QTimer(stormer)
    timer.timeout.connect(stormer.submit)
    with qtbot.waitSignal(stormer.finished, timeout=20_000):
        timer.start(0)
    qtbot.waitUntil(lambda: not manager.busy(), timeout=20_000)
    assert listeners[-1].values("done") == [999]
    for listener in listeners[:-1]:
        # An early one may have answered before the next came, but never after.
        assert listener.words[-2:] in (["cancelled", "ended"], ["done", "ended"])
        assert listener.words.count("ended") == 1
    assert len(ran) <= 1000
    assert max(stormer.gaps[1:]) < 0.25


def test_superseding_in_one_turn_runs_first_and_last_at_most(qtbot: QtBot, manager: JobManager) -> None:
    ran = []

    def job(request: int, context: JobContext) -> int:
        ran.append(request)
        return request

    gate = Gate()
    manager.submit(gate.wait, 0, lane="predict")
    listeners = [Listener(manager.submit(job, n, lane="predict", supersede="key")) for n in range(1000)]
    gate.open.set()
    ended(qtbot, listeners[-1])
    assert ran == [999]
    assert all(listener.words == ["cancelled", "ended"] for listener in listeners[:-1])


def test_supersede_keys_do_not_touch_each_other(qtbot: QtBot, manager: JobManager) -> None:
    gate = Gate()
    manager.submit(gate.wait, 0, lane="predict")
    left = Listener(manager.submit(count, 1, lane="predict", supersede="left"))
    right = Listener(manager.submit(count, 1, lane="predict", supersede="right"))
    gate.open.set()
    assert ended(qtbot, left).outcome is Outcome.DONE
    assert ended(qtbot, right).outcome is Outcome.DONE


def test_an_error_becomes_a_failure_with_its_sentence(
    qtbot: QtBot, manager: JobManager, caplog: pytest.LogCaptureFixture
) -> None:
    def job(request: object, context: JobContext) -> None:
        raise InputError("{name} is no picture.", fix="Choose another.", name="a.txt")

    with caplog.at_level(logging.WARNING):
        listener = Listener(manager.submit(job, None, lane="predict"))
        message = ended(qtbot, listener)
    failure = listener.values("failed")[0]
    assert isinstance(failure, Failure)
    assert failure.text() == "a.txt is no picture. Choose another."
    assert "InputError" in failure.details
    assert message.failure is failure
    assert listener.words == ["started", "failed", "ended"]
    assert "a.txt is no picture" in caplog.text


class UnspeakableError(Exception):
    def __str__(self) -> str:
        raise RuntimeError("even its text fails")


@pytest.mark.parametrize(
    "error", [ValueError("x"), SystemExit(3), KeyboardInterrupt(), GeneratorExit(), BaseException("b"), MemoryError()]
)
def test_nothing_that_a_job_raises_ends_the_program_or_the_lane(
    qtbot: QtBot, manager: JobManager, error: BaseException
) -> None:
    def job(request: object, context: JobContext) -> None:
        raise error

    listener = Listener(manager.submit(job, None, lane="predict"))
    assert ended(qtbot, listener).outcome is Outcome.FAILED
    failure = listener.values("failed")[0]
    assert isinstance(failure, Failure)
    assert type(error).__name__ in failure.text()
    assert ended(qtbot, Listener(manager.submit(count, 1, lane="predict"))).outcome is Outcome.DONE


def test_sys_exit_in_a_job_is_a_failure(qtbot: QtBot, manager: JobManager) -> None:
    listener = Listener(manager.submit(lambda request, context: sys.exit(1), None, lane="predict"))
    assert ended(qtbot, listener).outcome is Outcome.FAILED


def test_an_error_without_text_still_ends_the_job(qtbot: QtBot, manager: JobManager) -> None:
    def job(request: object, context: JobContext) -> None:
        raise UnspeakableError

    assert ended(qtbot, Listener(manager.submit(job, None, lane="predict"))).outcome is Outcome.FAILED


def test_an_error_after_cancel_is_no_failure(qtbot: QtBot, manager: JobManager) -> None:
    gate = Gate()

    def job(request: object, context: JobContext) -> None:
        gate.begun.set()
        assert gate.open.wait(10)
        raise ValueError("torn down")

    handle = manager.submit(job, None, lane="predict")
    listener = Listener(handle)
    assert gate.begun.wait(10)
    handle.cancel()
    gate.open.set()
    assert ended(qtbot, listener).outcome is Outcome.CANCELLED
    assert "failed" not in listener.words


def test_a_job_may_cancel_itself(qtbot: QtBot, manager: JobManager) -> None:
    def job(request: object, context: JobContext) -> None:
        raise JobCancelled

    assert ended(qtbot, Listener(manager.submit(job, None, lane="predict"))).outcome is Outcome.CANCELLED


def test_a_dropped_handle_lets_its_job_run_to_the_end(qtbot: QtBot, manager: JobManager) -> None:
    gate = Gate()
    manager.submit(gate.wait, None, lane="predict")
    assert gate.begun.wait(10)
    gc.collect()
    gate.open.set()
    qtbot.waitUntil(lambda: not manager.busy())


def test_a_handle_deleted_with_its_parent_harms_nobody(qtbot: QtBot, manager: JobManager) -> None:
    gate = Gate()
    handle = manager.submit(gate.wait, None, lane="predict")
    parent = QObject()
    handle.setParent(parent)
    assert gate.begun.wait(10)
    shiboken6.delete(parent)
    assert not shiboken6.isValid(handle)
    manager.cancel_all()
    qtbot.waitUntil(lambda: not manager.busy())


def test_a_deleted_listener_hears_nothing(qtbot: QtBot, manager: JobManager) -> None:
    gate = Gate()
    handle = manager.submit(gate.wait, None, lane="predict")
    listener = Listener(handle)
    assert gate.begun.wait(10)
    shiboken6.delete(listener)
    gate.open.set()
    with qtbot.waitSignal(handle.ended):
        pass


def test_a_dialog_opened_by_a_listener_does_not_hold_up_the_rest(qtbot: QtBot, manager: JobManager) -> None:
    """A listener that runs its own event loop (a modal dialog) must not stop the messages behind it."""
    handle = manager.submit(count, 500, lane="predict")
    after = threading.Event()
    manager.submit(lambda request, context: after.set(), None, lane="predict")
    assert after.wait(10)
    listener = Listener(handle)

    class Dialog(QObject):
        opened = False

        @Slot(object)
        def on_partial(self, value: object) -> None:
            if not self.opened:
                self.opened = True
                qtbot.waitUntil(lambda: "ended" in listener.words)

    dialog = Dialog()
    handle.partial.connect(dialog.on_partial)
    ended(qtbot, listener)
    assert listener.values("partial") == list(range(500))


def test_lane_load_is_told(qtbot: QtBot, manager: JobManager) -> None:
    class LoadListener(QObject):
        loads: list[tuple[str, int, str]] = []

        @Slot(str, int, str)
        def on_load(self, lane: str, queued: int, running: str) -> None:
            self.loads.append((lane, queued, running))

    gate = Gate()
    load = LoadListener()
    manager.lane_load_changed.connect(load.on_load)
    manager.submit(gate.wait, None, lane="train", title="Training")
    second = manager.submit(count, 1, lane="train", title="Counting")
    qtbot.waitUntil(lambda: ("train", 1, "Training") in load.loads)
    second.cancel()
    assert load.loads[-1] == ("train", 0, "Training")
    gate.open.set()
    qtbot.waitUntil(lambda: load.loads[-1] == ("train", 0, ""))


def test_shutdown_while_busy_ends_every_job(qtbot: QtBot) -> None:
    manager = JobManager()
    gate = Gate()
    listeners = [Listener(manager.submit(gate.wait, None, lane=lane)) for lane in ("train", "predict", "audio")]
    listeners += [Listener(manager.submit(count, 3, lane="train")) for _ in range(5)]
    assert gate.begun.wait(10)
    assert manager.shutdown(10_000)
    for listener in listeners:
        assert listener.words[-2:] == ["cancelled", "ended"]
        assert listener.words.count("ended") == 1
    late = Listener(manager.submit(count, 1, lane="predict"))
    assert ended(qtbot, late).outcome is Outcome.CANCELLED
    assert not manager.busy()


def test_shutdown_says_when_a_job_does_not_stop(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    manager = JobManager()
    gate = Gate()
    listener = Listener(manager.submit(gate.wait_deaf, None, lane="predict"))
    assert gate.begun.wait(10)
    assert not manager.shutdown(20)
    assert "did not stop" in caplog.text
    gate.open.set()
    assert ended(qtbot, listener).outcome is Outcome.CANCELLED
    assert manager.shutdown(10_000)


def test_shutdown_without_any_job_starts_no_thread(qtbot: QtBot) -> None:
    before = threading.active_count()
    manager = JobManager()
    assert manager.shutdown(1000)
    assert manager.shutdown(1000)
    assert threading.active_count() == before


def test_the_window_stays_live_while_a_job_talks_without_pause(qtbot: QtBot, manager: JobManager) -> None:
    def chatter(request: object, context: JobContext) -> None:
        for number in range(60_000):
            context.partial(number)

    class Heartbeat(QObject):
        gaps: list[float] = []
        last = time.perf_counter()

        @Slot()
        def beat(self) -> None:
            now = time.perf_counter()
            self.gaps.append(now - self.last)
            self.last = now

    heart = Heartbeat()
    timer = QTimer(heart)
    timer.timeout.connect(heart.beat)
    timer.start(1)
    listener = Listener(manager.submit(chatter, None, lane="train"))
    ended(qtbot, listener, 30_000)
    timer.stop()
    assert listener.values("partial") == list(range(60_000))
    assert max(heart.gaps) < 0.25


@pytest.mark.skipif(sys.platform != "linux", reason="niceness of a thread is Linux's")
def test_training_is_behind_answers_and_those_behind_the_window(qtbot: QtBot, manager: JobManager) -> None:
    def niceness(request: object, context: JobContext) -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    found: dict[str, int] = {}
    for lane in ("predict", "train"):
        handle = manager.submit(niceness, None, lane=lane)
        with qtbot.waitSignal(handle.done) as told:
            pass
        assert told.args is not None
        found[lane] = told.args[0]
    assert os.getpriority(os.PRIO_PROCESS, 0) < found["predict"] < found["train"]
