"""Panels as a person wants them: chosen metrics, merged, split, moved, widened, kept; runs shown as groups."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from deepstudio.core.training_messages import MetricBatch, MetricColumns, RunOpened
from deepstudio.ui.plots.group_curve import GroupCurve
from deepstudio.ui.plots.panel import CurvePanel
from deepstudio.ui.runview import LiveRunSource, RunView
from deepstudio.ui.runview.grouping import ALL, SAME, differing, grouped
from deepstudio.ui.runview.metrics_popup import MetricsPopup
from deepstudio.ui.runview.panel_layout import PanelLayout
from deepstudio.ui.runview.panels import PanelSpec, matching, panel_specs
from deepstudio.ui.theme import Theme

_NAMES = ("loss", "validation_loss", "accuracy", "learning_rate")


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp)
    return made


@pytest.fixture
def view(qtbot: Any, theme: Theme) -> RunView:
    made = RunView(theme)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    return made


def _run(name: str, settings: dict[str, Any] | None = None, **metrics: Any) -> LiveRunSource:
    source = LiveRunSource(name, name)
    source.feed(
        RunOpened(
            run_id=name, name=name, folder="", first_step=0, total_steps=100, steps_per_epoch=10, epochs=10,
            resumed=False,
        )
    )  # fmt: skip
    source.settings = settings or {}
    columns = []
    for metric, values in metrics.items():
        values_N = np.asarray(values, dtype=np.float64)
        steps_N = np.arange(len(values_N))
        columns.append(MetricColumns(name=metric, steps=steps_N, walls=time.time() + steps_N, values=values_N))
    source.feed(MetricBatch(columns=tuple(columns)))
    return source


def _plain(name: str = "run") -> LiveRunSource:
    return _run(name, **{metric: np.linspace(1, 2, 50) for metric in _NAMES})


def _keys(view: RunView) -> list[str]:
    return [spec.key for spec in view.curves.grid.specs()]


def _panel(view: RunView, key: str) -> CurvePanel:
    return view.curves.grid.panels()[key]


def _metrics(view: RunView, key: str) -> list[str]:
    return [curve.metric for curve in _panel(view, key).figure.curves]


def test_panels_are_merged_split_and_joined(view: RunView) -> None:
    view.set_sources([_plain()])
    assert _keys(view) == ["loss", "accuracy", "learning_rate"]
    tools = view.curves.tools
    tools.merge("loss", "learning_rate")
    assert _keys(view) == ["loss", "accuracy"]
    assert _metrics(view, "loss") == ["loss", "validation_loss", "learning_rate"]
    labels = [curve.label for curve in _panel(view, "loss").figure.curves]
    assert labels == ["loss", "validation_loss", "learning_rate"]
    assert _panel(view, "loss").title == "Loss, Learning rate"
    tools.divide("loss")
    assert _panel(view, "loss").title == "Loss"
    assert _keys(view) == ["loss", "accuracy", "learning_rate"]
    tools.divide("loss")
    assert _keys(view) == ["alone:loss", "alone:validation_loss", "accuracy", "learning_rate"]
    tools.join("alone:loss")
    assert _keys(view) == ["loss", "accuracy", "learning_rate"]


def test_a_new_panel_shows_what_is_ticked(qtbot: Any, view: RunView) -> None:
    view.set_sources([_plain()])
    view.curves.tools.add_panel(view.mapToGlobal(QPoint(100, 100)))
    popup = view.findChild(MetricsPopup)
    assert popup is not None
    popup.search.setText("acc")
    assert popup.list.topLevelItemCount() == 1
    popup.list.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    popup.search.setText("rate")
    popup.list.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    assert _keys(view)[-1] == "own:1"
    assert _metrics(view, "own:1") == ["accuracy", "learning_rate"]
    QTest.keyClicks(popup.title, "Both")
    qtbot.waitUntil(lambda: _panel(view, "own:1").title == "Both")
    popup.close()
    view.curves.tools.remove("own:1")
    assert "own:1" not in _keys(view)


def test_a_panel_is_moved_by_menu_keys_and_mouse(qtbot: Any, view: RunView) -> None:
    view.set_sources([_plain()])
    tools = view.curves.tools
    tools.shift("learning_rate", -1)
    assert _keys(view) == ["loss", "learning_rate", "accuracy"]
    tools.shift("learning_rate", 1)
    tools.shift("learning_rate", 1)  # it is the last one already
    assert _keys(view) == ["loss", "accuracy", "learning_rate"]
    view.activateWindow()
    qtbot.waitUntil(lambda: _panel(view, "loss").isVisible())
    heading = _panel(view, "learning_rate").heading
    target = _panel(view, "loss")
    place = heading.mapFromGlobal(target.mapToGlobal(QPoint(40, 60)))
    QTest.mousePress(heading, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QTest.mouseMove(heading, QPoint(30, 20))
    QTest.mouseMove(heading, place)
    QTest.mouseRelease(heading, Qt.MouseButton.LeftButton, pos=place)
    assert _keys(view) == ["learning_rate", "loss", "accuracy"]


def test_a_wide_panel_takes_more_columns(view: RunView) -> None:
    view.set_sources([_plain()])
    narrow = _panel(view, "loss").width()
    view.curves.tools.widen("loss", 0)
    assert _panel(view, "loss").width() > 1.8 * narrow
    view.curves.tools.widen("loss", 2)
    assert _panel(view, "loss").width() > 1.8 * narrow
    assert not _panel(view, "loss").geometry().intersects(_panel(view, "accuracy").geometry())


def test_everything_is_kept_and_can_be_taken_back(view: RunView, qtbot: Any, theme: Theme) -> None:
    view.set_sources([_plain()])
    tools = view.curves.tools
    tools.merge("accuracy", "learning_rate")
    tools.widen("accuracy", 2)
    tools.shift("accuracy", -1)
    tools.remove("loss")
    other = RunView(theme)
    qtbot.addWidget(other)
    other.resize(1100, 760)
    other.show()
    other.restore_state(view.save_state())
    other.set_sources([_plain()])
    assert _keys(other) == _keys(view) == ["accuracy"]
    assert _metrics(other, "accuracy") == ["accuracy", "learning_rate"]
    assert other.curves.grid.specs()[0].width == 2
    menu = QMenu()
    other.curves.tools.fill_back(menu)
    assert next(action.text() for action in menu.actions() if action.text()) == "Bring back Learning rate"
    menu.actions()[-1].trigger()
    assert _keys(other) == ["loss", "accuracy", "learning_rate"]


@pytest.mark.parametrize(
    "state", [{"metrics": 3}, {"metrics": {"a": 1}}, {"widths": {"a": "x"}}, {"titles": []}, {"order": 1}]
)
def test_a_spoilt_layout_is_not_taken(state: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError, AttributeError)):
        PanelLayout.from_state(state)


def test_metrics_are_filtered_by_words_or_an_expression() -> None:
    specs = panel_specs(["loss", "layer1/norm", "layer2/norm", "layer12/norm"])
    assert [spec.key for spec in matching(specs, "norm 2")] == ["layer2/norm", "layer12/norm"]
    assert [spec.key for spec in matching(specs, "/layer[12]//")] == ["layer1/norm", "layer2/norm"]
    assert matching(specs, "/(/") == []
    assert PanelSpec("a", "", "a", ("a",)).width == 1


def _settings(rate: float, seed: int, name: str = "sgd") -> dict[str, Any]:
    return {"optimizer": {"name": name, "rate": rate}, "seed": seed, "epochs": 3}


def test_runs_are_grouped_by_a_setting_by_seeds_or_all() -> None:
    runs = [_run(f"r{rate}-{seed}", _settings(rate, seed)) for rate in (0.1, 0.03) for seed in (0, 1, 2)]
    assert differing(runs) == ["optimizer.rate", "seed"]
    by_rate = grouped(runs, "optimizer.rate")
    assert list(by_rate) == ["rate = 0.03", "rate = 0.1"] and [len(group) for group in by_rate.values()] == [3, 3]
    assert list(grouped(runs, SAME)) == ["rate = 0.1", "rate = 0.03"]
    assert [len(group) for group in grouped(runs, ALL).values()] == [6]
    assert list(grouped(runs, "nothing")) == ["nothing = –"]


def _drawn(view: RunView, key: str, until: Callable[[], bool], qtbot: Any) -> CurvePanel:
    panel = _panel(view, key)
    qtbot.waitUntil(lambda: bool(panel.figure.samples) and until())
    return panel


def test_a_group_is_the_mean_and_the_band_of_its_runs(qtbot: Any, view: RunView, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    curves = {(rate, seed): rate * 10 + rng.random(50) for rate in (0.1, 0.5) for seed in range(4)}
    runs = [_run(f"{key}", _settings(*key), loss=values) for key, values in curves.items()]
    view.set_sources(runs)
    assert not view.curves.controls.group.isHidden()
    place = view.curves.controls.group.findData("optimizer.rate")
    view.curves.controls.group.setCurrentIndex(place)
    panel = _drawn(view, "loss", lambda: len(_panel(view, "loss").figure.samples) == 2, qtbot)
    drawn = panel.figure.samples
    assert [curve.label for curve, _ in drawn] == ["rate = 0.1  (4)", "rate = 0.5  (4)"]
    assert not view.curves.groups.isHidden()
    members = np.stack([values for key, values in curves.items() if key[0] == 0.1])
    for step in (0, 7, 49):
        reading = panel.figure.read(float(step))[0]
        assert (reading.step, reading.value) == (step, pytest.approx(members[:, step].mean()))
        assert (reading.low, reading.high) == pytest.approx((members[:, step].min(), members[:, step].max()))
    _, sampled = drawn[0]
    assert sampled.low is not None and sampled.high is not None
    assert sampled.low.min() == pytest.approx(members.min(), abs=1e-6)
    assert sampled.high.max() == pytest.approx(members.max(), abs=1e-6)
    assert (sampled.low <= sampled.line + 1e-12).all() and (sampled.line <= sampled.high + 1e-12).all()
    for kind in ("svg", "pdf", "png", "csv"):
        assert panel.export_to(tmp_path / f"loss.{kind}")
    with (tmp_path / "loss.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert {row["curve"] for row in rows} == {"rate = 0.1  (4)", "rate = 0.5  (4)"}
    assert all(float(row["lowest"]) <= float(row["value"]) <= float(row["highest"]) for row in rows)
    assert "rate = 0.1" in panel.summary()


def test_members_logged_at_other_steps_and_bad_ones_are_told(qtbot: Any, view: RunView) -> None:
    dense = _run("dense", {"a": 1}, loss=np.linspace(0, 10, 101))
    sparse = LiveRunSource("sparse", "sparse")
    sparse.settings = {"a": 2}
    steps = np.array([0, 50, 100])
    values = np.array([0.0, np.nan, 20.0])
    sparse.feed(MetricBatch(columns=(MetricColumns(name="loss", steps=steps, walls=steps * 1.0, values=values),)))
    view.set_sources([dense, sparse])
    view.curves.controls.group.setCurrentIndex(view.curves.controls.group.findData(ALL))
    panel = _drawn(view, "loss", lambda: len(_panel(view, "loss").figure.samples) == 1, qtbot)
    curve, sampled = panel.figure.samples[0]
    assert isinstance(curve, GroupCurve)
    assert len(sampled.nan_x) == 1 and sampled.nan_x[0] == pytest.approx(50, abs=0.3)
    middle = np.argmin(np.abs(sampled.x - 25))
    assert sampled.line[middle] == pytest.approx((2.5 + 5.0) / 2, abs=0.1)
    assert curve.last == pytest.approx(15.0)
    # Hidden and filtered runs are not in the mean; a pinned one is drawn beside it.
    view.set_style("sparse", hidden=True)
    assert [len(found.members) for found in panel.figure.curves] == [1]
    view.set_style("dense", pinned=True)
    assert [found.key for found in panel.figure.curves] == ["group ", "dense"]


def test_a_group_can_be_hidden_and_is_smoothed(qtbot: Any, view: RunView) -> None:
    rng = np.random.default_rng(1)
    runs = [_run(f"r{seed}", {"rate": seed % 2}, loss=rng.random(60)) for seed in range(4)]
    view.set_sources(runs)
    view.curves.controls.group.setCurrentIndex(view.curves.controls.group.findData("rate"))
    view.curves.controls.amount.setValue(9)
    panel = _drawn(
        view,
        "loss",
        lambda: all(sampled.smooth is not None for _, sampled in _panel(view, "loss").figure.samples),
        qtbot,
    )
    _, sampled = panel.figure.samples[0]
    assert np.std(sampled.smooth) < np.std(sampled.line)
    view.curves.groups._buttons[0].click()
    assert [curve.hidden for curve in panel.figure.curves] == [True, False]
    view.curves.controls.group.setCurrentIndex(0)
    assert len(panel.figure.curves) == 4
    assert view.curves.groups.isHidden()
