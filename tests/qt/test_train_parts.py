"""Parts of the train workspace by themselves: alerts, the session's notes, the rate control, lists of samples."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from deepstudio.core.training_messages import EventKind, Level, MetricBatch, MetricColumns, RunEvent, RunOpened
from deepstudio.jobs.manager import JobManager
from deepstudio.store.settings import SettingsStore
from deepstudio.train.recipe import Recipe, TrainingConfig
from deepstudio.ui.presenters.training_session import TrainingSession
from deepstudio.ui.presenters.training_state import RunInfo, RunKind, RunState
from deepstudio.ui.theme import Theme
from deepstudio.ui.workspaces.train.alerts import Alerts
from deepstudio.ui.workspaces.train.look_matrix import LookMatrix
from deepstudio.ui.workspaces.train.processes_dialog import ProcessesDialog
from deepstudio.ui.workspaces.train.rate_control import RateControl
from deepstudio.ui.workspaces.train.rate_plot import RatePlot
from deepstudio.ui.workspaces.train.run_header import RunHeader
from deepstudio.ui.workspaces.train.sample_list import SampleList, Tile
from deepstudio.ui.workspaces.train.words import duration


@pytest.fixture
def theme(qapp: Any) -> Theme:
    made = Theme(SettingsStore())
    made.apply(qapp)
    return made


def run_info(**more: Any) -> RunInfo:
    recipe = Recipe(name="pets", title="Pets", training=TrainingConfig(epochs=4))
    return RunInfo(kind=RunKind.SINGLE, recipe=recipe, data=Path("pets"), name="Pets", **more)


def opened(**more: Any) -> RunOpened:
    values: dict[str, Any] = {
        "run_id": "1",
        "name": "pets",
        "folder": "runs/pets",
        "first_step": 0,
        "total_steps": 40,
        "steps_per_epoch": 10,
        "epochs": 4,
        "resumed": False,
    }
    return RunOpened(**{**values, **more})


def event(kind: EventKind, level: Level = Level.WARNING, **values: object) -> RunEvent:
    return RunEvent(kind=kind, step=7, wall=time.time(), sentence="It happened.", values=values, level=level)


def losses(*steps: int) -> MetricBatch:
    column = MetricColumns(
        name="loss", steps=np.array(steps, np.int64), walls=np.zeros(len(steps)), values=np.ones(len(steps))
    )
    return MetricBatch(columns=(column,))


def test_while_samples_are_asked_about_the_splits_stay_at_the_top(qtbot: Any, theme: Theme) -> None:
    matrix = LookMatrix(theme)
    qtbot.addWidget(matrix)
    matrix.resize(500, 700)
    matrix.show_progress(busy=True, done=3, total=9)
    matrix.show()
    assert matrix.splits.height() <= matrix.splits.sizeHint().height() and matrix.splits.geometry().bottom() < 120
    assert matrix.matrix.parentWidget() is not None
    qtbot.waitUntil(lambda: matrix.matrix.height() > 400)
    assert matrix.splits.geometry().bottom() < 120


def test_a_run_knows_its_epoch_its_pace_and_the_time_left() -> None:
    run = run_info()
    run.note_opening(opened())
    assert (run.state, run.epoch, run.seconds_left) == (RunState.RUNNING, 1, None)
    run.note_step(10, now=100.0)
    run.note_step(20, now=105.0)
    assert run.epoch == 3 and run.steps_per_second == 2.0 and run.seconds_left == 10.0
    run.forget_pace()
    assert run.seconds_left is None
    run.note_metrics(losses(20, 21))
    assert run.step == 22 and run.figures == {"loss": 1.0}


def test_events_change_the_state_and_the_rate() -> None:
    run = run_info(state=RunState.PAUSING)
    run.note_event(event(EventKind.PAUSED))
    assert run.state is RunState.PAUSED
    run.note_event(event(EventKind.CONTINUED))
    run.note_event(event(EventKind.RATE, factor=0.5))
    assert run.state is RunState.RUNNING and run.rate_factor == 0.5


def test_each_alert_is_told_once_a_run_and_notes_never_fail(qtbot: Any) -> None:
    jobs = JobManager()
    session = TrainingSession(jobs, lambda: None, device=lambda: "cpu")  # type: ignore[arg-type, return-value]
    alerts = Alerts(session)
    told: list[str] = []
    alerts.message.connect(told.append)
    for kind in (EventKind.NAN, EventKind.NAN, EventKind.NOTICE, EventKind.OVERFIT, EventKind.PAUSED):
        session.happened.emit(event(kind))
    assert told == ["It happened."] * 2
    session.began.emit()
    session.happened.emit(event(EventKind.NAN))
    assert len(told) == 3
    assert alerts.notes.show("Training", "done") in (True, False)
    session.run = run_info(state=RunState.FINISHED)
    session.ended.emit()
    assert "Pets" in told[-1]
    jobs.shutdown(1000)


def test_slider_and_number_choose_the_same_factor(qtbot: Any, theme: Theme) -> None:
    control = RateControl(theme)
    qtbot.addWidget(control)
    chosen: list[float] = []
    control.factor_chosen.connect(chosen.append)
    control.slider.setValue(control.slider.maximum())
    control.slider.setValue(0)
    control.spin.setValue(0.5)
    assert chosen == [100.0, 1.0, 0.5] and control.slider.value() < 0
    QTest.mouseClick(control.reset, Qt.MouseButton.LeftButton)
    assert chosen[-1] == 1.0 and not control.reset.isEnabled()
    control.show_factor(2.0)
    assert len(chosen) == 4 and control.factor == 2.0


def test_the_header_offers_what_fits_the_state(qtbot: Any, theme: Theme) -> None:
    header = RunHeader(theme)
    qtbot.addWidget(header)
    header.show()
    run = run_info()
    run.note_opening(opened())
    header.show_run(run, can_steer=True)
    assert header.pause.isVisible() and header.stop.isVisible() and not header.resume.isVisible()
    assert "step 0 of 40" in header.facts.text() and header.badge.text() == "Training"
    run.state = RunState.PAUSED
    header.show_run(run, can_steer=True)
    assert header.pause.text() == "Resume"
    run.state = RunState.STOPPED
    header.show_run(run, can_steer=False)
    assert header.resume.isVisible() and not header.pause.isVisible() and not header.rate.isVisible()


def test_pictures_are_asked_for_when_they_come_into_view(qtbot: Any, theme: Theme) -> None:
    samples = SampleList(theme)
    qtbot.addWidget(samples)
    samples.resize(400, 300)
    samples.show()
    with qtbot.waitSignal(samples.wanted) as first:
        samples.tiles.show_tiles([Tile(name=f"{n}.png") for n in range(400)])
    assert 0 < len(first.args[0]) < 100 and first.args[0][0] == "0.png"
    with qtbot.waitSignal(samples.wanted) as later:
        samples.scrollToBottom()
    assert "399.png" in later.args[0] and not set(later.args[0]) & set(first.args[0])
    samples.selectAll()
    samples.tiles.show_tiles([Tile(name=f"{n}.png", excluded=True) for n in range(400)])
    assert len(samples.names()) == 400  # the same samples in another state: the selection stays


def test_a_rate_is_picked_by_mouse_and_keys(qtbot: Any, theme: Theme) -> None:
    plot = RatePlot(theme)
    qtbot.addWidget(plot)
    plot.resize(500, 300)
    plot.show()
    rates = np.logspace(-6, 1, 100)
    values = 1 / (1 + rates * 100) + (rates > 1) * rates
    plot.add(rates[:50], values[:50])
    plot.show_finding(rates, values, values, 1e-2)
    with qtbot.waitSignal(plot.picked) as picked:
        QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=plot._area().center().toPoint())
    assert picked.args[0] == pytest.approx(10**-2.5, rel=0.1)
    with qtbot.waitSignal(plot.picked) as stepped:
        QTest.keyClick(plot, Qt.Key.Key_Right)
    assert stepped.args[0] > 1e-2
    image = plot.grab().toImage()
    assert len({image.pixel(x, y) for x in range(0, 500, 5) for y in range(0, 300, 5)}) > 3


def test_the_command_of_several_processes_is_shown(qtbot: Any) -> None:
    dialog = ProcessesDialog(SimpleNamespace(name="pets"), Path("/data/my pets"))
    qtbot.addWidget(dialog)
    dialog.count.setValue(4)
    text = dialog.command.toPlainText()
    assert "--nproc-per-node=4" in text and "'/data/my pets'" in text


@pytest.mark.parametrize(("seconds", "words"), [(0.4, "0 s"), (59.6, "1 min 0 s"), (3725, "1 h 2 min")])
def test_durations_are_read_at_a_glance(qapp: Any, seconds: float, words: str) -> None:
    assert duration(seconds) == words
