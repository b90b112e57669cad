"""Histograms, samples, activations and parallel coordinates show what they were given."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from deepstudio.core.training_messages import Media, MediaKind
from deepstudio.store.series import Series
from deepstudio.ui.plots.activations import ActivationsView
from deepstudio.ui.plots.confusion import ConfusionMatrix
from deepstudio.ui.plots.curve import Curve
from deepstudio.ui.plots.export_button import ExportButton
from deepstudio.ui.plots.histogram import HistogramTrack
from deepstudio.ui.plots.histogram_grid import make_grid
from deepstudio.ui.plots.panel import CurvePanel
from deepstudio.ui.plots.parallel import ParallelCoordinates, ParallelRow
from deepstudio.ui.plots.parallel_axes import make_axis
from deepstudio.ui.plots.plot_view import pyqtgraph
from deepstudio.ui.plots.sample_grid import SampleGrid, image_of
from deepstudio.ui.plots.style import series_colour
from deepstudio.ui.theme import DARK, LIGHT, Theme


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp)
    return made


def _histogram(values: np.ndarray, step: int, bad: int = 0) -> Media:
    counts, edges = np.histogram(values, 48)
    payload = {"counts": counts, "edges": edges, "non_finite": np.array(bad)}
    return Media(name="weights/conv1", step=step, wall=0.0, kind=MediaKind.HISTOGRAM, payload=payload)


def test_one_outlier_does_not_flatten_the_histograms() -> None:
    random = np.random.default_rng(0)
    track = [_histogram(random.normal(0, 0.1, 5000), step) for step in range(10)]
    values = random.normal(0, 0.1, 5000)
    values[0] = 1000.0
    values[1:4] = values[1:4]
    track.append(_histogram(values, 10))
    grid = make_grid(track[:10])
    assert grid is not None and -0.5 < grid.low < -0.2 and 0.2 < grid.high < 0.5
    both = make_grid(track)
    assert both is not None and both.high < 50
    assert both.largest[-1] == 1000.0 and both.over[-1] > 0


def test_densities_are_shares_of_all_values() -> None:
    grid = make_grid([_histogram(np.linspace(-1, 1, 1001), 0), _histogram(np.linspace(-2, 2, 1001), 1)])
    assert grid is not None
    total = grid.density.sum(axis=1) + grid.under + grid.over
    assert total == pytest.approx([1, 1])
    middle = np.abs(np.linspace(grid.low, grid.high, grid.density.shape[1])) < 0.9
    assert grid.density[0][middle].mean() == pytest.approx(2 * grid.density[1][middle].mean(), rel=0.1)


def test_a_track_says_its_ends_and_what_is_no_number(qtbot: Any, theme: Theme) -> None:
    widget = HistogramTrack(theme, "conv1")
    qtbot.addWidget(widget)
    widget.set_track([_histogram(np.array([-1.0, 0.5, 2.0]), 0), _histogram(np.array([-3.0, 4.0]), 5, bad=7)])
    widget.resize(400, 240)
    widget.show()
    assert widget.summary() == "newest: −3 to 4; 7 values are no numbers"
    heat = widget.grab().toImage()
    widget.set_ridges(True)
    assert widget.grab().toImage() != heat
    said: list[str] = []
    widget.canvas.pointed.connect(said.append)
    widget.set_ridges(False)
    widget.grab()
    qtbot.mouseMove(widget.canvas.viewport(), QPoint(300, 60))
    qtbot.waitUntil(lambda: bool(said))
    assert "% between" in said[-1]


def test_an_empty_histogram_is_no_grid() -> None:
    empty = {"counts": np.zeros(4, dtype=np.int64), "edges": np.linspace(0, 1, 5), "non_finite": np.array(9)}
    assert make_grid([Media(name="w", step=0, wall=0.0, kind=MediaKind.HISTOGRAM, payload=empty)]) is None
    constant = make_grid([_histogram(np.full(100, 0.25), 0)])
    assert constant is not None and constant.low <= 0.25 < constant.high


def test_samples_of_text_and_unknown_truth(qtbot: Any, theme: Theme) -> None:
    grid = SampleGrid(theme)
    qtbot.addWidget(grid)
    payload = {
        "texts": ("a fine film", "dreadful"),
        "probabilities": np.array([[0.2, 0.8], [0.7, 0.3]], dtype=np.float32),
        "labels": np.array([1, -1]),
        "classes": ("bad", "good"),
    }
    grid.show_predictions(payload)
    grid.resize(600, 300)
    grid.show()
    assert [(tile.text, tile.title, tile.right) for tile in grid.tiles()] == [
        ("a fine film", "good 80 %", True),
        ("dreadful", "bad 70 %", None),
    ]
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    with qtbot.waitSignal(grid.sample_activated) as asked:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert asked.args == [1] and "dreadful" in grid.accessibleDescription()


def test_pictures_keep_their_pixels() -> None:
    pixels = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    image = image_of(pixels)
    assert (image.width(), image.height()) == (3, 2)
    assert image.pixelColor(1, 1).getRgb()[:3] == tuple(pixels[1, 1])
    assert image_of(pixels[..., 0]).pixelColor(2, 1).red() == pixels[1, 2, 0]


def test_activations_are_brighter_where_a_map_says_more(qtbot: Any, theme: Theme) -> None:
    maps = np.zeros((1, 2, 4, 4), dtype=np.uint8)
    maps[0, 1] = 255
    widget = ActivationsView(theme)
    qtbot.addWidget(widget)
    widget.show_payload({"pixels": maps})
    widget.resize(260, 140)
    widget.show()
    image = widget.grab().toImage()
    accent = theme.color("accent")
    assert image.pixelColor(190, 60).rgb() == accent.rgb() != image.pixelColor(60, 60).rgb()
    assert widget.accessibleName() == "Activations of 2 maps on 1 samples"


def _rows() -> list[ParallelRow]:
    return [
        ParallelRow(
            str(place), f"run {place}", {"lr": 10.0 ** -(1 + place), "name": "ab"[place % 2], "score": place * 0.1}
        )
        for place in range(4)
    ]


def test_parallel_axes_choose_their_scale() -> None:
    log = make_axis("lr", [1e-4, 1e-1])
    assert log.log and log.share(1e-4) == 0 and log.share(10**-2.5) == pytest.approx(0.5)
    assert make_axis("n", [1.0, 3.0]).share(2.0) == 0.5
    names = make_axis("name", ["b", "a", None])
    assert names.names == ("a", "b") and names.share("b") == 0.75 and names.share(None) is None
    assert make_axis("same", [2.0, 2.0]).share(2.0) == pytest.approx(0.5)
    assert make_axis("bad", [float("nan"), 1.0, 2.0]).share(float("nan")) is None


def test_a_brush_keeps_the_runs_that_pass(qtbot: Any, theme: Theme) -> None:
    chart = ParallelCoordinates(theme)
    qtbot.addWidget(chart)
    chart.set_rows(_rows(), ["lr", "name", "score"])
    chart.resize(700, 320)
    chart.show()
    x = round(chart._x(2))
    with qtbot.waitSignal(chart.brushed) as brushed:
        qtbot.mousePress(chart.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, round(chart._y(1.0))))
        qtbot.mouseMove(chart.viewport(), QPoint(x, round(chart._y(0.5))))
    qtbot.mouseRelease(chart.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, round(chart._y(0.5))))
    assert brushed.args == [["2", "3"]] and chart.summary() == "2 of 4 runs over 3 axes"
    qtbot.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, round(chart._y(0.2))))
    assert chart.kept() == ["0", "1", "2", "3"]


def test_parallel_coordinates_by_keyboard(qtbot: Any, theme: Theme) -> None:
    chart = ParallelCoordinates(theme)
    qtbot.addWidget(chart)
    chart.set_rows(_rows(), ["lr", "name", "score"])
    chart.resize(700, 320)
    chart.show()
    for _ in range(2):
        qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    assert "run 1: lr 0.01, name b, score 0.1" in chart.accessibleDescription()
    with qtbot.waitSignal(chart.activated) as asked:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert asked.args == ["1"]
    qtbot.keyClick(chart, Qt.Key.Key_BracketRight)
    assert chart.kept() == ["2", "3"]
    qtbot.keyClick(chart, Qt.Key.Key_Delete)
    assert len(chart.kept()) == 4
    chart.colour_by("score")
    chart.colour_by(None)
    assert not chart.grab().toImage().isNull()


@pytest.mark.parametrize("kind", ["svg", "pdf", "png", "csv"])
def test_all_that_is_shown_goes_into_a_file(qtbot: Any, theme: Theme, tmp_path: Path, kind: str) -> None:
    chart, track, matrix = ParallelCoordinates(theme), HistogramTrack(theme, "conv1"), ConfusionMatrix(theme)
    for widget in (chart, track, matrix):
        qtbot.addWidget(widget)
        widget.resize(500, 320)
        widget.show()
    chart.set_rows(_rows(), ["lr", "name", "score"])
    chart.set_brush("score", 0.5, 1.0)
    track.set_track([_histogram(np.array([-1.0, 0.5, 2.0]), 0), _histogram(np.array([-3.0, 4.0]), 5)])
    matrix.show_matrix(np.array([[9, 1], [2, 8]]), ["cat", "dog"])
    buttons = (ExportButton(theme, chart, "runs"), track.export, matrix.export)
    said: list[str] = []
    for number, button in enumerate(buttons):
        button.message.connect(said.append)
        assert button.export_to(tmp_path / f"{number}.{kind}")
    assert said == [f"Saved {number}.{kind}." for number in range(3)]
    if kind == "csv":
        runs, bins, cells = (
            list(csv.reader((tmp_path / f"{number}.csv").read_text().splitlines())) for number in range(3)
        )
        assert runs[0] == ["run", "lr", "name", "score"] and [row[0] for row in runs[1:]] == ["run 2", "run 3"]
        assert sum(float(row[3]) for row in bins[1:] if row[0] == "0") == pytest.approx(1, abs=0.01)
        assert cells[1:3] == [["cat", "cat", "9", "0.9"], ["cat", "dog", "1", "0.1"]]
    elif kind == "png":
        images = [QImage(str(tmp_path / f"{number}.png")) for number in range(3)]
        colours = [
            {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(40, image.height(), 3)}
            for image in images
        ]
        assert all(len(seen) > 5 for seen in colours)
        assert QColor(LIGHT.surface).rgb() in colours[0], "files are on white whatever the window is"


def test_what_the_disk_refuses_is_said(qtbot: Any, theme: Theme, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("no folder")
    chart = ParallelCoordinates(theme)
    qtbot.addWidget(chart)
    button = ExportButton(theme, chart, "runs")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.failed) as said:
        assert not button.export_to(tmp_path / "a file" / "runs.csv")
    assert "runs.csv" in said.args[0].text()


def test_items_of_pyqtgraph_lie_in_units_of_the_axes(qtbot: Any, theme: Theme) -> None:
    series = Series("loss")
    series.append(np.arange(101), 0.0, np.linspace(1.0, 100.0, 101))
    panel = CurvePanel(theme, "loss")
    qtbot.addWidget(panel)
    panel.set_curves([Curve("run", "run", series, "#3f5be0")])
    panel.resize(600, 400)
    panel.show()
    panel.set_log_y(True)
    panel.canvas.grab()
    view, box = panel.figure.view, panel.canvas.plot_box
    assert box.viewRange()[1] == pytest.approx([np.log10(view.y0), np.log10(view.y1)])
    plain = panel.canvas.grab().toImage()
    line = pyqtgraph.InfiniteLine(pos=1.0, angle=0, pen=pyqtgraph.mkPen("#ff0000", width=3))
    box.addItem(line)
    image = panel.canvas.grab().toImage()
    at = QPoint(round(view.pixel_x(5.0)), round(view.pixel_y(10.0)))
    assert QColor(image.pixel(at)).getRgb()[:3] == (255, 0, 0) and plain.pixel(at) != image.pixel(at)


def test_a_matrix_of_many_classes_stays_usable(qtbot: Any, theme: Theme) -> None:
    widget = ConfusionMatrix(theme)
    qtbot.addWidget(widget)
    widget.show_matrix(np.eye(100, dtype=np.int64) * 5, [f"class {number}" for number in range(100)])
    widget.resize(400, 400)
    widget.show()
    widget.set_normalised(True)
    cell = widget.cells.cell_rect(99, 99)
    assert cell.width() >= 10
    assert widget.cells.cell_at(cell.center()) == (99, 99)
    assert widget.cells.words(99, 99) == "class 99 recognised: 5 of 5 (100.0 %)"


def test_many_curves_have_colours_of_their_own() -> None:
    for roles in (LIGHT, DARK):
        colours = [series_colour(roles, place) for place in range(40)]
        assert len(set(colours)) == 40
