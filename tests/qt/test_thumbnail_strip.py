"""The row of small pictures: it may be filled anew from the very click that it reports."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.thumbnail_strip import StripItem, ThumbnailStrip


def _items(*names: str) -> list[StripItem]:
    return [(name, None, f"about {name}") for name in names]


def test_a_click_may_fill_the_strip_anew(qapp: QApplication, qtbot: Any) -> None:
    strip = ThumbnailStrip(Theme())
    qtbot.addWidget(strip)
    strip.show_items(_items("one", "two", "three"))
    strip.show()
    clicked = strip.item(1)
    strip.picked.connect(lambda place: strip.show_items(_items("new", "one", "two", "three")))
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=strip.visualItemRect(clicked).center())
    assert [strip.item(place).text() for place in range(strip.count())] == ["new", "one", "two", "three"]
    assert strip.item(1) is clicked  # Qt still speaks of it when it reports the click
    assert strip.item(3).toolTip() == "about three"
    assert strip.currentRow() == -1


def test_a_shorter_row_has_no_leftovers(qapp: QApplication, qtbot: Any) -> None:
    strip = ThumbnailStrip(Theme())
    qtbot.addWidget(strip)
    strip.show_items(_items("one", "two", "three"))
    strip.show_items(_items("only"))
    assert (strip.count(), strip.item(0).text()) == (1, "only")
