"""A change of the style sheet polishes what is seen at once and only once, and the rest soon after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QVBoxLayout, QWidget

from deepstudio.ui.restyle import Restyler

_DEPTH = 6


class _Counting(QLabel):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.styled = 0

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - its name in Qt
        self.styled += event.type() == QEvent.Type.StyleChange
        super().changeEvent(event)


class _Window(QStackedWidget):
    """Two pages, the first shown, each a label below some generations of widgets."""

    def __init__(self) -> None:
        super().__init__()
        self.labels = [_Counting("seen"), _Counting("hidden")]
        for made in self.labels:
            page = inner = QWidget()
            for _ in range(_DEPTH):
                outer, inner = inner, QWidget()
                QVBoxLayout(outer).addWidget(inner)
            QVBoxLayout(inner).addWidget(made)
            self.addWidget(page)


@pytest.fixture
def window(qapp: QApplication, qtbot: Any) -> Iterator[_Window]:
    before = qapp.styleSheet()
    Restyler().set_sheet(qapp, "QLabel { color: #ff0000; }")
    made = _Window()
    qtbot.addWidget(made)
    made.show()
    made.setCurrentIndex(1)  # both pages have been seen, and so polished
    made.setCurrentIndex(0)
    for label in made.labels:
        label.styled = 0
    yield made
    Restyler().set_sheet(qapp, before)


def _colour(label: QLabel) -> str:
    return label.palette().windowText().color().name()


def test_the_seen_is_polished_once_and_at_once_the_hidden_soon_after(
    qapp: QApplication, window: _Window, qtbot: Any
) -> None:
    seen, hidden = window.labels
    restyler = Restyler()
    restyler.set_sheet(qapp, "QLabel { color: #00ff00; }")
    assert (_colour(seen), seen.styled) == ("#00ff00", 1)
    assert (_colour(hidden), hidden.styled) == ("#ff0000", 0)
    qtbot.waitUntil(lambda: _colour(hidden) == "#00ff00")
    assert (seen.styled, hidden.styled) == (1, 1)


def test_a_page_that_is_shown_before_its_turn_does_not_wait(qapp: QApplication, window: _Window) -> None:
    restyler = Restyler()
    restyler.set_sheet(qapp, "QLabel { color: #0000ff; }")
    restyler.settle(window.widget(1))
    assert [_colour(label) for label in window.labels] == ["#0000ff", "#0000ff"]
    assert [label.styled for label in window.labels] == [1, 1]


def test_what_has_gone_meanwhile_is_left_out(qapp: QApplication, window: _Window, qtbot: Any) -> None:
    restyler = Restyler()
    restyler.set_sheet(qapp, "QLabel { color: #00ffff; }")
    page = window.widget(1)
    window.removeWidget(page)
    page.deleteLater()
    with qtbot.waitSignal(page.destroyed):
        pass
    other = QWidget()
    qtbot.addWidget(other)
    restyler.settle(other)
    assert _colour(window.labels[0]) == "#00ffff"
