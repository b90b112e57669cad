"""Many pictures as a table: streaming in, failures, sorting, filters, export, cancel; real widgets, real lanes."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from deepstudio.core.messages import Failure
from deepstudio.core.requests import ImageSource, Timing
from deepstudio.data.sources import natural_key
from deepstudio.ui.workspaces.image.batch_page import BatchPage
from deepstudio.ui.workspaces.image.batch_rows import (
    BatchRow,
    Column,
    Kind,
    RowFilter,
    sort_rows,
    to_csv,
    write_csv,
)
from deepstudio.ui.workspaces.image.batch_table import COLUMNS, BatchTable
from deepstudio.ui.workspaces.image.dialogs import ImageDialogs
from deepstudio.ui.workspaces.image.view import ImageView

pytest_plugins = ["tests.helpers.image_fixtures"]


def make_row(number: int, **values: object) -> BatchRow:
    name = f"picture {number}.png"
    given = {"source": ImageSource(name=name), "kind": Kind.ANSWERED, "timing": Timing(), "name_key": natural_key(name)}
    return BatchRow(number=number, **{**given, **values})


def names(page: BatchPage) -> list[str]:
    return [row.source.name for row in page.rows.shown_rows()]


@pytest.fixture
def full(qtbot, view: ImageView, album: Path) -> BatchPage:
    with qtbot.waitSignal(view.batch.ended):
        view.open_paths([album])
    return view.batch


def test_a_folder_becomes_a_table_and_broken_files_get_their_sentence(full) -> None:
    assert full.isVisible()
    assert full.rows.total == 14
    failed = [row for row in full.rows.shown_rows() if row.kind is Kind.FAILED]
    assert {row.source.name for row in failed} == {"broken.png", "letter.jpg"}
    place = full.rows.place_of(failed[0])
    answer = full.rows.index(place, COLUMNS.index(Column.ANSWER)).data()
    assert failed[0].source.name in answer and answer.endswith(".")
    assert "14 of 14" in full.summary() and "2 could not be read" in full.summary()


def test_one_file_in_a_folder_is_a_single_picture(qtbot, view, photo) -> None:
    view.open_paths([photo.parent])
    qtbot.waitUntil(lambda: view.single.viewing is not None)
    assert view.single.viewing.source.path == photo


def test_a_folder_without_pictures_is_said(qtbot, view, tmp_path) -> None:
    with qtbot.waitSignal(view.failed) as said:
        view.open_paths([tmp_path])
    assert "no pictures" in said.args[0].text()


def test_columns_sort_both_ways(full) -> None:
    header = full.table.horizontalHeader()
    full.table.sortByColumn(COLUMNS.index(Column.NAME), Qt.SortOrder.AscendingOrder)
    assert names(full)[:4] == ["broken.png", "letter.jpg", "picture 0.png", "picture 1.png"]
    assert names(full)[-1] == "picture 11.png"
    full.table.sortByColumn(COLUMNS.index(Column.SIZE), Qt.SortOrder.DescendingOrder)
    assert names(full)[0] == "picture 11.png"
    full.table.sortByColumn(COLUMNS.index(Column.ANSWER), Qt.SortOrder.DescendingOrder)
    assert {row.kind for row in full.rows.shown_rows()[-2:]} == {Kind.FAILED}
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert [row.number for row in full.rows.shown_rows()] == list(range(14))


def test_the_selection_stays_on_its_picture_when_sorted(full) -> None:
    full.table.selectRow(5)
    picked = full.rows.shown_rows()[5]
    full.table.sortByColumn(COLUMNS.index(Column.NAME), Qt.SortOrder.DescendingOrder)
    assert full.rows.row_at(full.table.currentIndex()) is picked
    assert full.table.selectionModel().selectedRows()[0].row() == full.rows.place_of(picked)


def test_filters_by_text_answer_kind_and_confidence(qtbot, full) -> None:
    filters = full.filters
    QTest.keyClicks(filters.search, "picture 1")
    assert names(full) == ["picture 1.png", "picture 10.png", "picture 11.png"]
    assert "3 shown" in full.summary()
    QTest.mouseClick(filters.reset, Qt.MouseButton.LeftButton)
    assert len(names(full)) == 14
    filters.show_only(label="cat")
    assert names(full) == ["picture 3.png"]
    filters.show_only(kind=Kind.FAILED)
    assert names(full) == ["broken.png", "letter.jpg"]
    filters.show_all()
    filters.low.setValue(100)
    assert names(full) == []


def test_the_table_is_exported_as_shown(qtbot, view, full, tmp_path, monkeypatch) -> None:
    full.filters.search.setText("picture 1")
    target = tmp_path / "out" / "answers.csv"
    monkeypatch.setattr(ImageDialogs, "ask_csv", lambda parent, proposal: target)
    with qtbot.waitSignal(view.message) as said:
        QTest.mouseClick(full.export, Qt.MouseButton.LeftButton)
    assert "3 rows" in said.args[0]
    with open(target, encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["name"] for row in rows] == ["picture 1.png", "picture 10.png", "picture 11.png"]
    assert rows[0]["answer"] == "automobile" and 0 < float(rows[0]["confidence"]) < 1
    assert rows[0]["width"] == "30" and rows[0]["failure"] == ""
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")


def test_an_export_that_fails_leaves_what_was_there_and_is_said(qtbot, view, full, tmp_path) -> None:
    folder = tmp_path / "taken"
    folder.write_text("a file where a folder is needed")
    with qtbot.waitSignal(view.failed):
        full.write_csv(folder / "answers.csv")
    assert folder.read_text().startswith("a file")


def test_a_click_opens_the_picture_and_a_failure_stays(qtbot, view, full) -> None:
    place = full.rows.place_of(next(row for row in full.rows.shown_rows() if row.kind is Kind.FAILED))
    full.table.activated.emit(full.rows.index(place, 0))
    assert full.isVisible()
    place = next(n for n, row in enumerate(full.rows.shown_rows()) if row.source.name == "picture 3.png")
    index = full.rows.index(place, 1)
    full.table.scrollTo(index)
    where = full.table.visualRect(index).center()
    QTest.mouseClick(full.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(lambda: view.single.answers.columns[0].headline() == "cat")
    assert view.single.isVisible() and not full.isVisible()
    view.show_mode("many")
    assert full.isVisible() and full.rows.total == 14


def test_a_batch_is_cancelled_and_keeps_its_rows(qtbot, view, services) -> None:
    sources = tuple(ImageSource(name=str(n), pixels=np.full((8, 8, 3), 100, np.uint8)) for n in range(400))
    view.show_mode("many")
    services.predictor.answers_before_gate = 2
    view.batch.run(sources, "objects")
    qtbot.waitUntil(lambda: view.batch.rows.total > 0 and not services.predictor.gate.is_set())
    QTest.mouseClick(view.batch.cancel, Qt.MouseButton.LeftButton)
    kept = view.batch.rows.total
    services.predictor.gate.set()
    qtbot.waitUntil(lambda: not services.jobs.busy())
    assert 0 < view.batch.rows.total == kept < 400
    assert not view.batch.cancel.isVisible()


def test_a_picture_opened_meanwhile_does_not_wait_for_the_whole_batch(qtbot, view, services) -> None:
    sources = tuple(ImageSource(name=str(n), pixels=np.full((8, 8, 3), 100, np.uint8)) for n in range(1000))
    view.batch.run(sources, "objects")
    view.ask(ImageSource(name="urgent", pixels=np.full((8, 8, 3), 123, np.uint8)))
    qtbot.waitUntil(lambda: view.single.answers.columns[0].headline() == "cat")
    assert view.batch.presenter.busy
    view.batch.presenter.cancel()


def test_another_model_reads_the_same_pictures(qtbot, view, full) -> None:
    with qtbot.waitSignal(full.ended):
        view.models.select("digits")
        view.models.chosen.emit()
    assert {row.label for row in full.rows.shown_rows() if row.kind is Kind.ANSWERED} <= set("0123456789")


def test_five_thousand_rows_stream_in_sort_and_filter_quickly(qapp) -> None:
    """Each step must fit between two frames of an idle machine; the time of this thread alone is counted."""
    table = BatchTable()
    table.sort(COLUMNS.index(Column.CONFIDENCE), Qt.SortOrder.DescendingOrder)
    longest = 0.0
    for start in range(0, 5000, 50):
        rows = [
            make_row(n, label=f"label {n % 10}", confidence=(n * 37 % 1000) / 1000) for n in range(start, start + 50)
        ]
        began = time.thread_time()
        table.add_rows(rows)
        longest = max(longest, time.thread_time() - began)
    began = time.thread_time()
    table.sort(COLUMNS.index(Column.NAME))
    table.set_filter(RowFilter(label="label 3"))
    assert table.rowCount() == 500
    assert longest < 0.1
    assert time.thread_time() - began < 0.3


def test_rows_without_an_answer_come_last_both_ways() -> None:
    rows = [make_row(0, kind=Kind.FAILED), make_row(1, confidence=0.2), make_row(2, confidence=0.9)]
    assert [row.number for row in sort_rows(rows, Column.CONFIDENCE)] == [1, 2, 0]
    assert [row.number for row in sort_rows(rows, Column.CONFIDENCE, descending=True)] == [2, 1, 0]


def test_a_range_of_confidence_leaves_failures_out() -> None:
    failed, sure = make_row(0, kind=Kind.FAILED), make_row(1, confidence=0.9)
    assert RowFilter().admits(failed)
    assert not RowFilter(low=0.5).admits(failed)
    assert RowFilter(low=0.5).admits(sure) and not RowFilter(high=0.5).admits(sure)


def test_csv_quotes_and_disarms_formulas(tmp_path) -> None:
    row = make_row(0, kind=Kind.FAILED, failure=Failure(sentence='{name} is "odd", truly.', values={"name": "x"}))
    row.source = ImageSource(name='=1+1, "x".png')
    cells = next(csv.DictReader(to_csv([row]).splitlines()))
    assert cells["name"] == '\'=1+1, "x".png'
    assert cells["failure"] == 'x is "odd", truly.'
    assert cells["confidence"] == ""
    target = tmp_path / "t.csv"
    write_csv(target, [row])
    assert target.read_text(encoding="utf-8-sig").startswith("name,path,answer")


def test_a_long_search_is_shown_and_can_be_cancelled(qtbot, view, services, album) -> None:
    services.predictor.gate.clear()
    view.ask(ImageSource(name="slow", pixels=np.zeros((8, 8, 3), np.uint8)))  # keeps the lane busy
    view.open_paths([album])
    qtbot.waitUntil(lambda: view.batch.isVisible() and "Looking for pictures" in view.batch.summary())
    QTest.mouseClick(view.batch.cancel, Qt.MouseButton.LeftButton)
    services.predictor.gate.set()
    qtbot.waitUntil(lambda: not services.jobs.busy())
    assert view.batch.empty and view.batch.rows.total == 0


def test_coming_back_to_the_table_asks_nobody_again(view, services, full) -> None:
    asked = len(services.predictor.requests)
    view.hide()
    view.show()
    assert len(services.predictor.requests) == asked and full.rows.total == 14


def test_there_is_nothing_to_export_yet(qtbot, view) -> None:
    with qtbot.waitSignal(view.message) as said:
        view.export_table()
    assert "no table" in said.args[0]
