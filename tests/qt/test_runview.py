"""The view of runs: what is fed appears, what is hidden costs nothing, and stored runs are followed."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from deepstudio.core.training_messages import (
    EventKind,
    Level,
    Media,
    MediaKind,
    MetricBatch,
    MetricColumns,
    RunEvent,
    RunOpened,
)
from deepstudio.jobs.manager import JobManager
from deepstudio.jobs.run_feed import RunFeed
from deepstudio.store.media import pack
from deepstudio.store.runs import RunStore
from deepstudio.store.series_axis import XAxis
from deepstudio.ui.plots.canvas import CurveCanvas
from deepstudio.ui.plots.curve import Smoothing
from deepstudio.ui.runview import LiveRunSource, RunView, StoreRunSource
from deepstudio.ui.runview.grouping import flattened
from deepstudio.ui.runview.looks import Looks
from deepstudio.ui.runview.panels import panel_specs, split_name
from deepstudio.ui.runview.source import RunSource
from deepstudio.ui.theme import Theme
from tests.helpers.shell import clipped_texts, unnamed_widgets


@pytest.fixture(autouse=True)
def _garbage_in_this_thread() -> Iterator[None]:
    """Collect garbage in the GUI thread alone, as the program does: a lane must not destroy widgets."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


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


@pytest.fixture
def store(home: Path) -> Iterator[RunStore]:
    made = RunStore(home / "runs.db")
    yield made
    made.close()


@pytest.fixture
def jobs(qtbot: Any) -> Iterator[JobManager]:
    made = JobManager()
    yield made
    made.shutdown(5000)


def _batch(first: int, count: int, **values: Any) -> MetricBatch:
    steps = np.arange(first, first + count)
    columns = []
    for name, value in values.items():
        column = np.broadcast_to(np.asarray(value, dtype=np.float64), (count,)).copy()
        columns.append(MetricColumns(name=name, steps=steps.copy(), walls=1_000 + steps * 0.1, values=column))
    return MetricBatch(columns=tuple(columns))


def _live(run_id: str = "a", name: str = "digits", *, steps: int = 100, **values: Any) -> LiveRunSource:
    source = LiveRunSource(run_id, name)
    opened = RunOpened(
        run_id=run_id, name=name, folder="", first_step=0, total_steps=400, steps_per_epoch=50, epochs=8, resumed=False
    )
    source.feed(opened)
    source.feed(_batch(0, steps, **(values or {"loss": np.linspace(2, 1, steps), "learning_rate": 0.1})))
    return source


def _histogram(step: int, low: float = -1.0, high: float = 1.0) -> Media:
    payload = {"counts": np.full(8, 10), "edges": np.linspace(low, high, 9), "non_finite": np.array(0)}
    return Media(name="weights/conv1", step=step, wall=0.0, kind=MediaKind.HISTOGRAM, payload=payload)


def _confusion(step: int) -> Media:
    payload = {"matrix": np.array([[8, 2], [1, 9]]), "classes": ("cat", "dog")}
    return Media(name="validation/confusion", step=step, wall=0.0, kind=MediaKind.CONFUSION, payload=payload)


def _predictions(step: int, answers: list[int]) -> Media:
    probabilities = np.full((len(answers), 2), 0.1, dtype=np.float32)
    probabilities[np.arange(len(answers)), answers] = 0.9
    payload = {
        "pixels": np.zeros((len(answers), 8, 8, 3), dtype=np.uint8),
        "probabilities": probabilities,
        "labels": np.array([0, 0, 1][: len(answers)]),
        "classes": ("cat", "dog"),
    }
    return Media(name="samples", step=step, wall=0.0, kind=MediaKind.PREDICTIONS, payload=payload)


def test_what_is_fed_is_drawn(qtbot: Any, view: RunView) -> None:
    source = _live()
    view.set_sources([source])
    with qtbot.waitSignal(view.drawn, check_params_cb=lambda run, step: (run, step) == ("a", 99)):
        pass
    panels = view.curves.grid.panels()
    assert list(panels) == ["loss", "learning_rate"]
    assert len(panels["loss"].figure.samples[0][1].line) == 100
    with qtbot.waitSignal(view.drawn, check_params_cb=lambda run, step: step == 119):
        source.feed(_batch(100, 20, loss=0.9))
    assert source.last("loss") == pytest.approx(0.9)


def test_training_and_validation_share_a_panel_in_two_colours(qtbot: Any, view: RunView) -> None:
    source = _live(loss=1.0, validation_loss=2.0)
    view.set_sources([source])
    qtbot.waitUntil(lambda: "loss" in view.curves.grid.panels())
    curves = view.curves.grid.panels()["loss"].figure.curves
    assert {curve.label for curve in curves} == {"loss", "validation"}
    assert len({curve.colour for curve in curves}) == 2


def test_a_hidden_view_costs_nothing_and_catches_up(qtbot: Any, view: RunView, monkeypatch: pytest.MonkeyPatch) -> None:
    source = _live()
    view.set_sources([source])
    with qtbot.waitSignal(view.drawn):
        pass
    view.hide()
    asked: list[object] = []
    original = CurveCanvas.refresh_if_changed
    monkeypatch.setattr(CurveCanvas, "refresh_if_changed", lambda self: asked.append(self) or original(self))
    for step in range(100, 200, 10):
        source.feed(_batch(step, 10, loss=1.0))
    with qtbot.assertNotEmitted(view.drawn, wait=150):
        pass
    assert not asked
    with qtbot.waitSignal(view.drawn, check_params_cb=lambda run, step: step == 199):
        view.show()


def test_thousands_of_metrics_make_few_panels(qtbot: Any, view: RunView) -> None:
    source = LiveRunSource("a", "many")
    source.feed(_batch(0, 3, **{f"group{number % 7}/metric{number}": 1.0 for number in range(5000)}))
    began = time.perf_counter()
    view.set_sources([source])
    assert time.perf_counter() - began < 5
    qtbot.waitUntil(lambda: bool(view.curves.grid.panels()))
    assert len(view.curves.grid.panels()) < 60
    bar = view.curves.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert "group6/metric4997" in view.curves.grid.panels() and len(view.curves.grid.panels()) <= 90
    view.curves.controls.search.setText("metric4321")
    qtbot.waitUntil(lambda: list(view.curves.grid.panels()) == ["group2/metric4321"])


def test_several_runs_have_colours_that_can_be_hidden_pinned_and_filtered(qtbot: Any, view: RunView) -> None:
    view.set_sources([_live("a", "digits-1"), _live("b", "digits-2"), _live("c", "signs")])
    qtbot.waitUntil(lambda: "loss" in view.curves.grid.panels())
    figure = view.curves.grid.panels()["loss"].figure
    assert [curve.label for curve in figure.curves] == ["digits-1", "digits-2", "signs"]
    assert len({curve.colour for curve in figure.curves}) == 3
    with qtbot.waitSignal(view.style_changed):
        view.curves.legend.row("b")._eye.click()
    assert [curve.label for curve in figure.shown()] == ["digits-1", "signs"]
    view.set_style("a", pinned=True, colour="#112233")
    assert figure.shown()[-1].label == "digits-1" and figure.shown()[-1].colour == "#112233"
    view.curves.legend.search.setText("^sig")
    assert [curve.label for curve in figure.shown()] == ["signs"]
    view.curves.legend.search.setText("[")  # half an expression must not break anything
    assert figure.shown() == []


def test_zoom_is_linked_and_the_axis_is_shared(qtbot: Any, view: RunView) -> None:
    view.set_sources([_live()])
    qtbot.waitUntil(lambda: len(view.curves.grid.panels()) == 2)
    loss, rate = view.curves.grid.panels().values()
    loss.canvas.grab()
    loss.canvas.zoom(0.5)
    assert rate.figure.x_range == loss.figure.x_range is not None
    view.curves.panels.fit_all()
    assert rate.figure.x_range is None
    view.curves.controls.set_looks(Looks(axis=XAxis.EPOCH, smoothing=Smoothing("average", 0.9)))
    view.curves.controls.changed.emit(view.curves.controls.looks())
    loss.canvas.grab()
    assert loss.figure.axis == XAxis.EPOCH and loss.figure.view.x1 >= 99 / 50
    assert loss.figure.smoothing == Smoothing("average", 0.9)


def test_events_are_marked_listed_and_lead_to_their_step(qtbot: Any, view: RunView) -> None:
    source = _live(loss=np.where(np.arange(100) == 60, np.nan, 1.0))
    sentence = "The learning rate is multiplied by {factor} from step {step} on."
    source.feed(
        RunEvent(kind=EventKind.RATE, step=40, wall=1_004.0, sentence=sentence, values={"factor": 0.5, "step": 40})
    )
    source.feed(RunEvent(kind=EventKind.NAN, step=60, wall=1_006.0, sentence="Bad.", level=Level.ERROR))
    view.set_sources([source])
    qtbot.waitUntil(lambda: bool(view.curves.grid.panels()))
    marks = view.curves.grid.panels()["loss"].figure.events
    assert [mark.x for mark in marks] == [40, 60] and "multiplied by 0.5" in marks[0].text
    view.show_tab("events")
    qtbot.waitUntil(lambda: view.events.model.rowCount() == 3)
    words = [row.words for row in view.events.model.rows]
    assert "loss is not a number" in words and "Bad." in words
    place = words.index("loss is not a number")
    with qtbot.waitSignal(view.event_activated) as asked:
        view.events.table.activated.emit(view.events.model.index(place, 0))
    assert asked.args == ["a", 60] and view.tab == "curves" and view.curves.link.x == 60


def test_tabs_appear_with_their_content(qtbot: Any, view: RunView) -> None:
    source = _live()
    view.set_sources([source])
    assert [view.tabs.tabText(place) for place in range(view.tabs.count()) if view.tabs.isTabVisible(place)] == [
        "Curves",
        "Events",
    ]
    for media in (_histogram(10), _confusion(10), _predictions(10, [0, 1, 1]), _predictions(20, [0, 0, 1])):
        source.feed(media)
    source.feed(_batch(100, 1, **{"system/cpu": 50.0}))
    qtbot.waitUntil(lambda: view.tabs.isTabVisible(view.tabs.indexOf(view.system)))
    view.show_tab("samples")
    qtbot.waitUntil(lambda: len(view.samples.grid.tiles()) == 3)
    assert [(tile.right, tile.changed) for tile in view.samples.grid.tiles()] == [
        (True, False),
        (True, True),
        (True, False),
    ]
    view.samples._slider.setValue(0)
    assert [tile.right for tile in view.samples.grid.tiles()] == [True, False, True]
    view.show_tab("histograms")
    qtbot.waitUntil(lambda: bool(view.histograms.grid.panels()))
    assert "newest: −1 to 1" in view.histograms.grid.panels()["weights/conv1"].summary()


def test_of_several_runs_the_one_with_histograms_is_shown(qtbot: Any, view: RunView) -> None:
    bare, rich = _live("a", "bare"), _live("b", "rich")
    view.set_sources([bare, rich])
    rich.feed(_histogram(10))
    page = view.histograms
    qtbot.waitUntil(lambda: view.tabs.isTabVisible(view.tabs.indexOf(page)))
    view.show_tab("histograms")
    qtbot.waitUntil(lambda: bool(page.grid.panels()))
    assert page.findChild(QComboBox).isHidden(), "one run alone has histograms"
    bare.feed(_histogram(10, low=-3.0, high=3.0))
    qtbot.waitUntil(lambda: page.findChild(QComboBox).isVisible())
    assert "newest: −1 to 1" in page.grid.panels()["weights/conv1"].summary(), "what is shown stays"


def test_where_no_curve_is_to_come_none_is_promised(qtbot: Any, view: RunView) -> None:
    over, coming = RunSource("a", "over"), RunSource("b", "coming")
    coming.live = True
    for source, words in ((over, "No curves yet."), (coming, "Curves appear with the first step.")):
        view.set_sources([source])
        shown = next(found for found in view.curves.findChildren(QLabel) if found.text() == words)
        assert shown.isVisible() and abs(shown.geometry().center().y() - shown.parentWidget().height() / 2) < 2


def test_a_cell_of_the_confusion_matrix_opens_by_mouse_and_by_key(qtbot: Any, view: RunView) -> None:
    source = _live()
    source.feed(_confusion(10))
    view.set_sources([source])
    view.show_tab("confusion")
    cells = view.confusion.matrix.cells
    qtbot.waitUntil(lambda: len(cells.matrix) == 2)
    with qtbot.waitSignal(view.cell_activated) as asked:
        qtbot.mouseClick(cells.viewport(), Qt.MouseButton.LeftButton, pos=cells.cell_rect(0, 1).center().toPoint())
    assert asked.args == ["a", 0, 1]
    qtbot.keyClick(cells, Qt.Key.Key_Down)
    assert cells.accessibleDescription() == "dog recognised: 9 of 10 (90.0 %)"
    with qtbot.waitSignal(view.cell_activated) as asked:
        qtbot.keyClick(cells, Qt.Key.Key_Return)
    assert asked.args == ["a", 1, 1]
    assert view.confusion.matrix.summary().startswith("17 of 20 right (85.00\u00a0%). Most often: cat taken for dog")


def test_settings_are_compared(qtbot: Any, view: RunView) -> None:
    view.set_sources([_live("a", "one"), _live("b", "two")])
    view.set_settings("a", {"optimizer": {"lr": 0.1, "name": "sgd"}, "seed": 1})
    view.set_settings("b", {"optimizer": {"lr": 0.2, "name": "sgd"}, "seed": 1})
    view.show_tab("settings")
    assert view.settings.rows() == [("optimizer.lr", ["0.1", "0.2"])]
    view.settings.only_differences.setChecked(False)
    assert len(view.settings.rows()) == 3
    assert flattened({"a": {"b": {"c": 1}}}) == {"a.b.c": 1}


def test_panels_are_removed_and_brought_back_and_remembered(qtbot: Any, view: RunView, theme: Theme) -> None:
    view.set_sources([_live()])
    qtbot.waitUntil(lambda: len(view.curves.grid.panels()) == 2)
    panel = view.curves.grid.panels()["learning_rate"]
    panel.set_log_y(True)
    view.curves.grid.panels()["loss"].close_asked.emit()
    assert list(view.curves.grid.panels()) == ["learning_rate"]
    state = view.save_state()
    other = RunView(theme)
    qtbot.addWidget(other)
    other.resize(900, 640)
    other.show()
    other.set_sources([_live()])
    other.restore_state(state)
    qtbot.waitUntil(lambda: list(other.curves.grid.panels()) == ["learning_rate"])
    assert other.curves.grid.panels()["learning_rate"].figure.log_y
    other.curves.tools.reset()
    assert len(other.curves.grid.panels()) == 2
    other.restore_state({"curves": {"axis": "nonsense"}, "tab": 3})  # an earlier version wrote something else


def test_an_enlarged_panel_fills_the_page_and_goes_back(qtbot: Any, view: RunView) -> None:
    view.set_sources([_live()])
    qtbot.waitUntil(lambda: len(view.curves.grid.panels()) == 2)
    panel = view.curves.grid.panels()["loss"]
    panel.enlarge_asked.emit()
    assert panel.width() > view.width() * 0.9 and not view.curves.grid.panels()["learning_rate"].isVisible()
    panel.enlarge_asked.emit()
    assert panel.width() < view.width() * 0.6


def test_a_resumed_run_has_no_point_twice(qtbot: Any) -> None:
    source = _live(steps=100)
    source.feed(
        RunOpened(
            run_id="a", name="x", folder="", first_step=60, total_steps=400, steps_per_epoch=50, epochs=8, resumed=True
        )
    )
    source.feed(_batch(60, 20, loss=5.0, learning_rate=0.1))
    series = source.series("loss")
    assert series is not None and series.steps.tolist() == list(range(80))
    assert series.values[60] == 5.0


def test_media_stay_few_and_span_the_run() -> None:
    source = LiveRunSource("a", "x")
    for step in range(5000):
        source.feed(_histogram(step))
    steps = [media.step for media in source.media("weights/conv1")]
    assert len(steps) <= 64 and steps[0] == 0 and steps[-3:] == [4997, 4998, 4999]
    assert max(np.diff(steps)) <= 400


def test_a_stored_run_is_read_and_followed(qtbot: Any, view: RunView, store: RunStore, jobs: JobManager) -> None:
    row = store.create_run("digits", config={"seed": 1})
    writer = store.writer(row.id)
    writer.write("loss", np.arange(1000), 1_000.0, np.linspace(2, 1, 1000))
    writer.event("alert-nan", step=5, level="error", text="Bad.")
    payload = pack({"matrix": np.eye(2, dtype=np.int64)}, {"labels": ["cat", "dog"]})
    writer.media("validation/confusion", 10, 1.0, "confusion", payload)
    assert writer.flush()
    feed = RunFeed(lambda: store)
    source = StoreRunSource(store, store.run(row.id), jobs, feed=feed)
    try:
        with qtbot.waitSignal(source.loaded):
            view.set_sources([source])
        with qtbot.waitSignal(view.drawn, check_params_cb=lambda run, step: step == 1000, timeout=10_000):
            writer.write("loss", 1000, 1_001.0, 0.5)
        assert source.last("loss") == 0.5 and source.settings == {"seed": 1} and source.live
        assert [event.sentence for event in source.events()] == ["Bad."]
        view.show_tab("confusion")
        qtbot.waitUntil(lambda: view.confusion.matrix.cells.classes == ("cat", "dog"), timeout=10_000)
        writer.close("finished")
        qtbot.waitUntil(lambda: not source.live)
    finally:
        source.close()
        feed.stop()


def test_a_stored_run_is_read_once_without_a_feed(qtbot: Any, store: RunStore, jobs: JobManager) -> None:
    row = store.create_run("digits")
    writer = store.writer(row.id)
    writer.write("loss", [3, 1, 2], 1_000.0, [1.0, np.nan, 3.0])
    writer.close("finished")
    source = StoreRunSource(store, store.run(row.id), jobs)
    with qtbot.waitSignal(source.loaded):
        pass
    series = source.series("loss")
    assert series is not None and series.steps.tolist() == [3, 1, 2] and not source.live
    assert [run.first_step for run in series.bad_runs()] == [1]


def test_everything_has_a_name_and_fits(qtbot: Any, view: RunView) -> None:
    sources = [_live("a", "digits-1"), _live("b", "digits-2")]
    for source in sources:
        for media in (_histogram(10), _confusion(10), _predictions(10, [0, 1, 1])):
            source.feed(media)
        source.settings = {"seed": 1}
    view.set_sources(sources)
    for width, height in ((1100, 760), (820, 560)):
        view.resize(width, height)
        for key in ("curves", "samples", "confusion", "histograms", "events", "settings"):
            view.show_tab(key)
            QApplication.processEvents()
            assert view.tab == key
            assert not unnamed_widgets(view), unnamed_widgets(view)
            assert not clipped_texts(view), clipped_texts(view)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("loss", ("loss", "")),
        ("val_loss", ("loss", "validation")),
        ("validation/loss", ("loss", "validation")),
        ("loss/train", ("loss", "training")),
        ("weights/conv1", ("weights/conv1", "")),
        ("valence", ("valence", "")),
    ],
)
def test_names_tell_what_is_measured_and_on_what(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


def test_panels_come_in_a_useful_order() -> None:
    names = ("zeta", "system/cpu", "learning_rate", "epoch", "group/x", "val_loss", "loss", "accuracy", "examples")
    assert [spec.key for spec in panel_specs(names)] == [
        "loss",
        "accuracy",
        "learning_rate",
        "zeta",
        "group/x",
        "system/cpu",
    ]
