from __future__ import annotations

import socket
import threading

import pytest
from PySide6.QtCore import QObject, QThread, QTimer

from tests.helpers.leaks import LeakWatch


def test_thread_is_named_with_its_line(_no_leaks: None) -> None:
    watch = LeakWatch(grace=0.0)
    release = threading.Event()
    with watch.watching():
        thread = threading.Thread(target=release.wait, name="forgotten")
        thread.start()
    [leak] = watch.leaks()
    release.set()
    thread.join()
    assert "thread 'forgotten' started at tests" in leak
    assert "thread.start()" in leak


def test_ending_thread_is_no_leak() -> None:
    watch = LeakWatch(grace=5.0)
    with watch.watching():
        thread = threading.Thread(target=lambda: None)
        thread.start()
    assert watch.leaks() == []


def test_qthread_is_found_and_stopped(qapp: QObject) -> None:
    watch = LeakWatch(grace=0.0)
    with watch.watching():
        thread = QThread()
        thread.start()
    [leak] = watch.leaks()
    assert "QThread '' started at" in leak
    assert thread.wait(5000)


def test_timer_is_found_and_stopped(qapp: QObject) -> None:
    watch = LeakWatch(grace=0.0)
    with watch.watching():
        timer = QTimer()
        timer.setInterval(50)
        timer.start()
    [leak] = watch.leaks()
    assert "timer of 50 ms started at" in leak
    assert not timer.isActive()


def test_timer_that_went_with_its_parent_is_no_leak(qapp: QObject) -> None:
    watch = LeakWatch(grace=0.0)
    with watch.watching():
        parent = QObject()
        timer = QTimer(parent)
        timer.start(50)
        parent.deleteLater()
    assert watch.leaks() == []


def test_the_network_is_out_of_reach() -> None:
    with pytest.raises(OSError, match="Tests use no network"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
