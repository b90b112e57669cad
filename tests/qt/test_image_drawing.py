"""Drawing a digit: strokes, undo, keyboard and pen, and the answer that follows while drawing."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.drawing_pad import SIDE, DrawingPad
from deepstudio.ui.workspaces.image.input_pane import InputMode

pytest_plugins = ["tests.helpers.image_fixtures"]


def make_pad(qtbot) -> DrawingPad:
    pad = DrawingPad(Theme())
    qtbot.addWidget(pad)
    pad.resize(300, 300)
    pad.show()
    return pad


def at(pad: DrawingPad, x: float, y: float) -> QPoint:
    sheet = pad.sheet()
    return QPoint(round(sheet.left() + x * sheet.width()), round(sheet.top() + y * sheet.height()))


def draw_line(pad: DrawingPad, *points: tuple[float, float]) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=at(pad, *points[0]))
    for point in points[1:]:
        QTest.mouseMove(pad, at(pad, *point))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=at(pad, *points[-1]))


def test_strokes_are_white_on_black_where_they_were_drawn(qtbot) -> None:
    pad = make_pad(qtbot)
    draw_line(pad, (0.5, 0.2), (0.5, 0.5), (0.5, 0.8))
    pixels = pad.pixels()
    assert pixels.shape == (SIDE, SIDE, 3) and pixels.dtype == np.uint8
    assert pixels[SIDE // 2, SIDE // 2].tolist() == [255, 255, 255]
    assert pixels[10, 10].tolist() == [0, 0, 0]
    rows, columns = np.nonzero(pixels[..., 0] > 128)
    assert abs(columns.mean() - SIDE / 2) < 3
    assert rows.min() < 0.25 * SIDE and rows.max() > 0.75 * SIDE


def test_undo_redo_and_clear_take_whole_steps(qtbot) -> None:
    pad = make_pad(qtbot)
    draw_line(pad, (0.2, 0.2), (0.8, 0.2))
    first = pad.pixels()
    draw_line(pad, (0.2, 0.8), (0.8, 0.8))
    both = pad.pixels()
    QTest.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert np.array_equal(pad.pixels(), first)
    QTest.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert np.array_equal(pad.pixels(), both)
    QTest.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.empty
    pad.undo()
    assert np.array_equal(pad.pixels(), both)


def test_it_can_be_drawn_by_keyboard_alone(qtbot) -> None:
    pad = make_pad(qtbot)
    pad.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(pad, Qt.Key.Key_Space)
    for _ in range(8):
        QTest.keyClick(pad, Qt.Key.Key_Down)
    QTest.keyClick(pad, Qt.Key.Key_Space)
    for _ in range(5):
        QTest.keyClick(pad, Qt.Key.Key_Right)
    rows = np.nonzero(pad.pixels()[..., 0] > 128)[0]
    assert 70 < rows.max() - rows.min() < 110
    pad.undo()
    assert pad.empty


def test_a_pen_draws_thicker_with_pressure(qtbot) -> None:
    pen = make_pen()
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    def ink(pressure: float) -> int:
        pad = make_pad(qtbot)
        for kind, point in (
            (QEvent.Type.TabletPress, (0.3, 0.5)),
            (QEvent.Type.TabletMove, (0.7, 0.5)),
            (QEvent.Type.TabletRelease, (0.7, 0.5)),
        ):
            place = QPointF(at(pad, *point))
            event = QTabletEvent(kind, pen, place, place, pressure, 0.0, 0.0, 0.0, 0.0, 0.0, keys, button, button)
            QApplication.sendEvent(pad, event)
        return int((pad.pixels()[..., 0] > 128).sum())

    assert ink(1.0) > 1.5 * ink(0.2) > 0


def make_pen() -> QPointingDevice:
    return QPointingDevice(
        "pen",
        1,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        1,
    )


def test_drawing_chooses_the_model_that_reads_digits_and_returns(qtbot, view) -> None:
    assert view.models.first.currentData() == "objects"
    view.draw()
    assert view.models.first.currentData() == "digits"
    assert view.single.input.mode is InputMode.DRAW
    view.show_mode("picture")
    assert view.models.first.currentData() == "objects"


def test_the_answer_follows_while_drawing(qtbot, view, services) -> None:
    view.draw()
    pad = view.single.input.drawing.pad
    qtbot.waitUntil(lambda: pad.width() > 100)
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=at(pad, 0.5, 0.2))
    qtbot.waitUntil(lambda: view.single.live.viewing is not None)
    assert view.single.answers.columns[0].headline() in set("0123456789")
    first = view.single.live.viewing
    QTest.mouseMove(pad, at(pad, 0.5, 0.8))
    qtbot.waitUntil(lambda: view.single.live.viewing is not first)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=at(pad, 0.5, 0.8))
    qtbot.waitUntil(lambda: view.single.why.picture.has_heat)
    assert view.single.why.seen.image.width() == 28
    assert services.predictor.requests[-1].models == ("digits",)


def test_only_the_newest_drawing_waits(qtbot, view, services) -> None:
    view.draw()
    pad = view.single.input.drawing.pad
    qtbot.waitUntil(lambda: pad.width() > 100)
    services.predictor.gate.clear()
    points = [(0.3 + 0.01 * n, 0.3 + 0.01 * n) for n in range(40)]
    draw_line(pad, *points)
    services.predictor.gate.set()
    qtbot.waitUntil(lambda: not services.jobs.busy() and not view.single.live._pace.isActive())
    assert len(services.predictor.requests) == 2
    assert np.array_equal(services.predictor.requests[-1].sources[0].pixels, pad.pixels())


def test_clearing_drops_what_is_under_way_and_keeps_the_last_answer_in_the_history(qtbot, view, services) -> None:
    view.draw()
    panel = view.single.input.drawing
    qtbot.waitUntil(lambda: panel.pad.width() > 100)
    draw_line(panel.pad, (0.3, 0.3), (0.7, 0.7))
    qtbot.waitUntil(lambda: view.single.live.viewing is not None and not services.jobs.busy())
    services.predictor.gate.clear()
    draw_line(panel.pad, (0.7, 0.3), (0.3, 0.7))
    QTest.mouseClick(panel.clear, Qt.MouseButton.LeftButton)
    services.predictor.gate.set()
    qtbot.waitUntil(lambda: not services.jobs.busy())
    assert view.single.answers.columns[0].answer is None
    assert [entry.source.name for entry in view.history.entries] == ["Drawing"]
    QTest.mouseClick(panel.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.single.answers.columns[0].answer is not None)


def test_the_width_of_the_pen_changes_the_next_stroke(qtbot, view) -> None:
    view.draw()
    panel = view.single.input.drawing
    qtbot.waitUntil(lambda: panel.pad.width() > 100)
    ink = []
    for width in (10, 40):
        panel.width_slider.setValue(width)
        draw_line(panel.pad, (0.3, 0.5), (0.7, 0.5))
        ink.append(int((panel.pad.pixels()[..., 0] > 128).sum()))
        panel.pad.clear()
    assert ink[1] > 3 * ink[0]
