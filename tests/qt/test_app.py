from __future__ import annotations

import gc
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QObject, qWarning
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from deepstudio.app import language
from deepstudio.app.crash import CrashReporter
from deepstudio.app.engine import LaneExplainer, LanePredictor, WarmUp
from deepstudio.app.garbage import GarbageCollector
from deepstudio.app.language import Language, chosen_language
from deepstudio.app.main import FirstPaint
from deepstudio.app.wiring import build_services
from deepstudio.core.job import SilentContext
from deepstudio.core.messages import Failure
from deepstudio.core.paths import log_dir
from deepstudio.store.settings import SettingsStore
from tests.helpers.tiny_models import library_in, write_model


@pytest.fixture
def reporter(qtbot: QtBot) -> Iterator[CrashReporter]:
    reporter = CrashReporter()
    reporter.install()
    yield reporter
    reporter.remove()


@pytest.mark.qt_no_exception_capture
def test_an_uncaught_error_becomes_a_failure_and_a_log_line(
    qtbot: QtBot, reporter: CrashReporter, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Failure] = []
    reporter.happened.connect(heard.append)
    try:
        raise ZeroDivisionError("by zero")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert "ZeroDivisionError" in heard[0].text()
    assert "by zero" in caplog.text
    assert (log_dir() / "crash.log").is_file()


def test_an_error_in_another_thread_arrives_in_the_gui_thread(qtbot: QtBot, reporter: CrashReporter) -> None:
    class Window(QObject):
        heard: list[tuple[Failure, threading.Thread]] = []

        def show_failure(self, failure: Failure) -> None:
            self.heard.append((failure, threading.current_thread()))

    def fail() -> None:
        raise ValueError("elsewhere")

    window = Window()
    reporter.happened.connect(window.show_failure)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(window.heard) == 1)
    assert window.heard[0][1] is threading.main_thread()


def test_the_hooks_are_given_back(qtbot: QtBot) -> None:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    reporter = CrashReporter()
    reporter.install()
    assert sys.excepthook != before[0]
    reporter.remove()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


@pytest.mark.no_qt_log
def test_what_qt_says_goes_to_the_log(reporter: CrashReporter, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        qWarning("a word from Qt")
        qWarning("This plugin does not support raise()")
    assert "a word from Qt" in caplog.text
    assert "This plugin" not in caplog.text


@pytest.mark.parametrize(
    ("setting", "system", "expected"),
    [
        ("en", "zh_CN", "en"),
        ("zh_CN", "en_US", "zh_CN"),
        ("system", "zh_TW", "zh_CN"),
        ("system", "de_DE", "en"),
        ("system", "en_GB", "en"),
    ],
)
def test_the_language_follows_setting_and_system(
    setting: str, system: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "_system_locale", lambda: QLocale(system))
    assert chosen_language(setting) == expected


def test_a_change_of_language_reaches_the_application(qtbot: QtBot, qapp: QApplication) -> None:
    settings = SettingsStore()
    settings.change("appearance", language="en")
    before = QLocale()
    spoken = Language(qapp, settings)
    try:
        settings.change("appearance", language="zh_CN")
        assert spoken.code == "zh_CN"
        assert QLocale().language() == QLocale.Language.Chinese
    finally:
        settings.change("appearance", language="en")
        QLocale.setDefault(before)
    assert spoken.code == "en"


def test_garbage_is_collected_here_only(qtbot: QtBot) -> None:
    collector = GarbageCollector()
    try:
        assert not gc.isenabled()

        class Cycle:
            gone = False

            def __del__(self) -> None:
                Cycle.gone = True

        def make() -> None:
            cycle = Cycle()
            cycle.me = cycle  # type: ignore[attr-defined]

        make()
        keep = [[] for _ in range(2000)]  # so that a collection is due
        qtbot.waitUntil(lambda: Cycle.gone, timeout=5000)
        assert keep
    finally:
        collector.stop()
    assert gc.isenabled()


def test_the_first_paint_is_told_once(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    told: list[int] = []
    first = FirstPaint(window)
    first.painted.connect(lambda: told.append(1))
    with qtbot.waitSignal(first.painted):
        window.show()
    window.repaint()
    qtbot.wait_until(lambda: told == [1])


def test_services_are_built_without_torch() -> None:
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([])\n"
        "from deepstudio.app.wiring import build_services; services = build_services()\n"
        "sys.exit('torch was imported' if 'torch' in sys.modules else 0)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stderr


def test_the_lane_builds_predictor_and_explainer_once(qtbot: QtBot, tmp_path: Path) -> None:
    write_model(tmp_path, "tiny")
    predictor = LanePredictor(library_in(tmp_path), "cpu")
    assert predictor.warm_up(WarmUp(models=("tiny",)), SilentContext()).kind == "cpu"
    assert predictor.real() is predictor.real()
    assert LaneExplainer(predictor) is not None


def test_services_share_the_library_and_settings(qtbot: QtBot, home: Path) -> None:
    services = build_services()
    assert services.settings.path.is_relative_to(home)
    assert services.library.user.is_relative_to(home)
    assert services.jobs.shutdown(1000)


def test_torch_works_after_its_libraries_were_loaded_first() -> None:
    code = (
        "from deepstudio.app.preload import preload_torch; preload_torch(); preload_torch()\n"
        "import torch; assert torch.ones(3).sum().item() == 3; torch.nn.Conv2d(1, 1, 3)(torch.ones(1, 1, 5, 5))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert answer.returncode == 0, answer.stderr
