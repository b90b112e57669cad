"""The Text workspace in the real window, asking a stand-in whose answers follow from the text by simple rules."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog

from deepstudio.core.text_requests import (
    ClassifyText,
    Entity,
    FindNeighbours,
    MapWords,
    TaggedText,
)
from deepstudio.core.words import Phrase
from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.workspaces.text import TextWorkspace
from deepstudio.ui.workspaces.text.view import TextView
from tests.helpers.shell import clipped_texts, cut_pages, open_window, shell_services, unnamed_widgets, write_model
from tests.helpers.told_text import LABELS, PLACES, ToldText


@pytest.fixture
def told() -> ToldText:
    return ToldText()


@pytest.fixture
def window(qtbot: Any, home: Path, told: ToldText) -> MainWindow:
    services = shell_services(home)
    for name, task in (
        ("sentiment", "text-classification"),
        ("spam", "text-classification"),
        ("entities", "tagging"),
        ("translate-en-de", "translation"),
        ("writer", "language-model"),
        ("word-vectors", "word-vectors"),
    ):
        write_model(home / "shipped", name, task=task, labels=LABELS)
    made = open_window(qtbot, dataclasses.replace(services, text=told))
    made.show_workspace("text")
    return made


@pytest.fixture
def view(window: MainWindow) -> TextView:
    found = window.host.currentWidget()
    assert isinstance(found, TextView)
    found.use_model("sentiment")
    return found


def marks(view: TextView) -> list[str]:
    return sorted(selection.cursor.selectedText() for selection in view.editor.extraSelections())


def test_the_answer_follows_the_typing(view: TextView, told: ToldText, qtbot: Any) -> None:
    qtbot.keyClicks(view.editor, "a good day")
    qtbot.waitUntil(lambda: marks(view) == ["good"])
    assert view.answer.classes.bars.isVisible()
    assert "3 words, 10 characters" in [label.text() for label in view.card.findChildren(type(view._time))]
    qtbot.keyClicks(view.editor, "s")
    assert marks(view) == []  # of another text
    qtbot.waitUntil(lambda: marks(view) == ["good"])
    view.answer.classes.label_chosen.emit(0)
    qtbot.waitUntil(lambda: told.asked[-1].label == 0 and marks(view) == ["good"])
    view.clear()
    qtbot.waitUntil(lambda: not view.answer.classes.isVisible())
    view.editor.undo()
    qtbot.waitUntil(lambda: view.editor.toPlainText() == "a good days" and marks(view) == ["good"])


def test_an_answer_to_an_older_text_is_dropped(view: TextView, told: ToldText, qtbot: Any) -> None:
    told.gate.clear()
    view.set_text("good")
    qtbot.waitUntil(lambda: len(told.asked) == 1)
    view.set_text("no 🙂 good one")
    told.gate.set()
    qtbot.waitUntil(lambda: marks(view) == ["good"])
    assert [request.text for request in told.asked if isinstance(request, ClassifyText)][-1] == "no 🙂 good one"
    assert view.editor.extraSelections()[0].cursor.selectionStart() == 6  # the emoji counts twice in Qt


def test_entities_are_marked_listed_and_exported(
    view: TextView, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.use_model("entities")
    view.set_text("🙂 Ada met Charles.")
    pane = view.answer.entities
    qtbot.waitUntil(lambda: pane.list.count() == 2 and marks(view) == ["Ada", "Charles"])
    pane.list.itemClicked.emit(pane.list.item(1))
    assert view.editor.textCursor().selectedText() == "Charles"
    for kind, name in (("conll", "names.conll"), ("spacy", "names.json")):
        target = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, target=target: (str(target), ""))
        pane.export_asked.emit(kind)
        qtbot.waitUntil(target.exists)
    assert "Ada\tB-PER" in (tmp_path / "names.conll").read_text().replace(" ", "\t")
    assert json.loads((tmp_path / "names.json").read_text())["ents"][0] == {"start": 2, "end": 5, "label": "PER"}


def test_what_an_answer_left_out_is_said_in_the_window(view: TextView, told: ToldText, qtbot: Any) -> None:
    note = Phrase("The text is long: its first {count} characters were looked at.", {"count": "20,000"})
    whole_tag, whole_write = told.tag, told.write
    told.tag = lambda *asked: dataclasses.replace(whole_tag(*asked), notes=(note,))  # type: ignore[method-assign]
    told.write = lambda *asked: dataclasses.replace(whole_write(*asked), notes=(note,))  # type: ignore[method-assign]
    for model in ("entities", "translate-en-de"):
        view.use_model(model)
        view.set_text(f"Ada asks {model}")
        qtbot.waitUntil(lambda: view.answer._notes.isVisible() and "first 20,000 char" in view.answer._notes.text())
        view.use_model("sentiment")
        qtbot.waitUntil(lambda: not view.answer._notes.isVisible())


def test_pointing_at_a_written_word_shades_what_was_looked_at(view: TextView, qtbot: Any) -> None:
    view.use_model("translate-en-de")
    view.set_text("two dogs run")
    pane = view.answer.writing
    qtbot.waitUntil(lambda: pane.output.toPlainText() == "TWO DOGS RUN")
    assert pane.ways.count() == 2
    pane.attention.setFocus()
    qtbot.keyClick(pane.attention, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: marks(view) == ["two"])
    qtbot.keyClick(pane.attention, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: marks(view) == ["dogs"])


def test_writing_on_branching_and_stopping(view: TextView, told: ToldText, qtbot: Any) -> None:
    view.use_model("writer")
    view.set_text("once")
    pane = view.answer.writer
    pane.settings.boxes["tokens"].setValue(3)
    with qtbot.waitSignal(view.presenter.written):
        qtbot.mouseClick(pane.button, Qt.MouseButton.LeftButton)
    assert pane.output.toPlainText() == "once w0 w1 w2"
    pane.show_alternatives(1)
    assert [pane.alternatives.item(n).text() for n in range(2)] == ["a   30.0 %", "new line   20.0 %"]
    with qtbot.waitSignal(view.presenter.written):
        pane.alternatives.itemClicked.emit(pane.alternatives.item(0))
    assert pane.output.toPlainText() == "once w0 a w1"
    assert told.asked[-1].text == "once w0" and told.asked[-1].first == " a"
    pane.settings.boxes["temperature"].setValue(2.5)
    view.write_on()
    qtbot.waitUntil(lambda: len(pane.tokens) == 2)
    with qtbot.waitSignal(view.presenter.written):
        qtbot.mouseClick(pane.button, Qt.MouseButton.LeftButton)
    assert len(pane.tokens) == 2 and pane.button.text() == "Write on"


def test_a_branch_taken_while_it_writes_can_be_stopped(view: TextView, told: ToldText, qtbot: Any) -> None:
    view.use_model("writer")
    view.set_text("once")
    pane = view.answer.writer
    pane.settings.boxes["temperature"].setValue(2.5)  # stands still after two tokens
    view.write_on()
    qtbot.waitUntil(lambda: len(pane.tokens) == 2)
    first = view.presenter._writing
    assert first is not None
    with qtbot.waitSignal(first.ended):
        pane.branch_asked.emit(1, " a")
    told.gate.set()
    qtbot.waitUntil(lambda: len(pane.tokens) == 3 and not told.gate.is_set())
    assert view.presenter.writing and pane.button.text() == "Stop"
    with qtbot.waitSignal(view.presenter.written):
        qtbot.mouseClick(pane.button, Qt.MouseButton.LeftButton)
    assert pane.button.text() == "Write on" and pane.output.toPlainText() == "once w0 a w1"


def test_written_words_and_names_follow_the_theme(view: TextView, window: MainWindow, qtbot: Any) -> None:
    settings, theme = window.services.settings, window.services.theme
    settings.change("appearance", theme="light")
    pane = view.answer.writer
    pane.settings.boxes["tokens"].setValue(3)
    view.use_model("writer")
    with qtbot.waitSignal(view.presenter.written):
        view.write_on()
    view.use_model("entities")
    view.set_text("Anna and Boris")
    names = view.answer.entities.list
    qtbot.waitUntil(lambda: names.count() == 2)
    with qtbot.waitSignal(theme.changed):
        settings.change("appearance", theme="dark")
    cursor = pane.output.textCursor()
    cursor.setPosition(3)
    assert cursor.charFormat().foreground().color() == theme.color("accent_text")
    assert names.item(1).icon().pixmap(12, 12).toImage().pixelColor(6, 6) == QColor(theme.roles.series[0])
    assert pane.output.toPlainText() == " w0 w1 w2"


def test_what_a_card_warns_of_stands_below_the_answer(window: MainWindow, view: TextView) -> None:
    shipped = view._services.library.find("translate-en-de").path.parent
    write_model(shipped, "headline", task="summarisation", warning="It may write what the story does not say.")
    view.refresh_models()
    view.use_model("headline")
    warning = view.answer._warning
    assert warning.text() == "It may write what the story does not say." and not warning.isHidden()
    view.use_model("sentiment")
    assert warning.isHidden()


def test_a_sentence_alone_on_the_inside_page_does_not_fill_it(view: TextView, qtbot: Any) -> None:
    view.use_model("spam")
    view.set_text("good")
    view.show_page("inside")
    states = view.inside.states
    qtbot.waitUntil(lambda: states.trouble.isVisible() and "recurrent" in states.trouble.text())
    assert states.trouble.height() < states.height() / 3


def test_inside_shows_gates_by_how_long_units_remember(view: TextView, told: ToldText, qtbot: Any) -> None:
    view.set_text("one two three")
    view.show_page("inside")
    pane = view.inside.states
    qtbot.waitUntil(pane.map.isVisible)
    assert list(pane._buttons) == ["input", "forget", "cell", "hidden"]
    pane.map.setFocus()
    qtbot.keyClick(pane.map, Qt.Key.Key_Right)
    assert pane.map.value_at((0, 0)) == (1, pytest.approx(0.9))  # unit 1 keeps most
    assert marks(view) == ["one"]
    pane.choose("cell")
    assert pane.map.value_at((0, 2)) == (0, pytest.approx(-1.6))
    pane.layers.setCurrentIndex(1)
    qtbot.waitUntil(lambda: told.asked[-1].layer == 1)
    pane.backward.setChecked(True)
    qtbot.waitUntil(lambda: told.asked[-1].backward and told.asked[-1].layer == 1)
    view.use_model("spam")
    qtbot.waitUntil(lambda: pane.trouble.text() == "The network of spam has no recurrent layers.")
    assert not pane.map.isVisible()


def test_words_neighbours_and_analogies(view: TextView, told: ToldText, qtbot: Any) -> None:
    view.show_page("words")
    pane = view.inside.words
    qtbot.waitUntil(lambda: len(pane.map.labelled()) == len(PLACES))
    areas = [area for _, area in pane.map.labelled()]
    assert not any(one.intersects(other) for n, one in enumerate(areas) for other in areas[n + 1 :])
    pane.search.setText("king - man + woman")
    qtbot.keyClick(pane.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pane.list.count() == 2)
    assert pane.list.item(0).text().startswith("queen")
    find = next(request for request in told.asked if isinstance(request, FindNeighbours))
    assert (find.plus, find.minus) == (("king", "woman"), ("man",))
    place = next(area for number, area in pane.map.labelled() if list(PLACES)[number] == "apple").center()
    qtbot.mouseClick(pane.map, Qt.MouseButton.LeftButton, pos=QPoint(round(place.x()), round(place.y())))
    qtbot.waitUntil(lambda: pane.search.text() == "apple")
    qtbot.waitUntil(lambda: "apple" in pane._said.text() and pane.list.isVisible())
    pane.look_for("unheard")
    qtbot.waitUntil(lambda: "unheard" in pane.trouble.text())
    assert not pane.list.isVisible() and not pane.list.count()  # those near another word would be taken for its own
    pane.method.button("tsne").click()
    qtbot.waitUntil(lambda: isinstance(told.asked[-1], MapWords) and told.asked[-1].method == "tsne")


def test_another_model_is_asked_what_was_looked_for(view: TextView, told: ToldText, qtbot: Any) -> None:
    view.show_page("words")
    pane = view.inside.words
    pane.look_for("king - man + woman")
    qtbot.waitUntil(lambda: pane.list.isVisible() and pane.list.count() == 2)
    view.use_model("word-vectors")
    qtbot.waitUntil(lambda: any(isinstance(one, FindNeighbours) and one.model == "word-vectors" for one in told.asked))
    assert pane.search.text() == "king - man + woman"
    qtbot.waitUntil(lambda: pane.list.isVisible() and pane.list.count() == 2)


def test_word_vectors_show_their_map_and_nothing_else(view: TextView, told: ToldText, qtbot: Any) -> None:
    view.set_text("a good day")
    view.use_model("word-vectors")
    assert view.pages.current == "words"
    assert not any(view.pages.button(page).isEnabled() for page in ("answer", "inside", "rows"))
    qtbot.waitUntil(lambda: any(isinstance(one, MapWords) and one.model == "word-vectors" for one in told.asked))
    view.use_model("sentiment")
    assert view.pages.current == "words" and view.pages.button("answer").isEnabled()
    view.show_page("answer")
    qtbot.waitUntil(lambda: view.answer.classes.isVisible())


def test_a_table_is_sorted_filtered_and_exported(view: TextView, qtbot: Any, tmp_path: Path) -> None:
    table = tmp_path / "reviews.csv"
    texts = [f"row {n} is {'good' if n % 3 == 0 else 'poor'}" for n in range(600)]
    with table.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows([["text", "label"], *([text, "positive"] for text in texts)])
    view.use_model("writer")  # which cannot: one that can is chosen
    view.open_paths([table])
    pane = view.rows
    qtbot.waitUntil(lambda: bool(len(pane.rows.answers)) and bool((pane.rows.answers >= 0).all()))
    qtbot.waitUntil(lambda: not pane.presenter.busy)
    assert view.model is not None and view.model.name == "sentiment"
    assert pane.rows.matches() == (200, 600)
    pane.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert pane.rows.text_of(0) == "row 0 is good" and pane.rows.text_of(1) == "row 3 is good"
    pane.filter.setCurrentIndex(pane.filter.findData(0))
    pane.filter.activated.emit(pane.filter.currentIndex())
    assert pane.rows.rowCount() == 400
    target = tmp_path / "out.csv"
    with qtbot.waitSignal(pane.presenter.written):
        pane.export_to(target)
    written = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert [row["answer"] for row in written[:3]] == ["positive", "negative", "negative"]
    assert [row["text"] for row in written] == texts
    assert float(written[0]["probability"]) == pytest.approx(0.9)
    pane.table.activated.emit(pane.rows.index(0, 0))
    assert view.editor.toPlainText() == "row 1 is poor"


def test_rows_asked_of_another_model_meanwhile_can_be_stopped(
    view: TextView, told: ToldText, qtbot: Any, tmp_path: Path
) -> None:
    table = tmp_path / "reviews.csv"
    table.write_text("text\n" + "a good row\n" * 600)
    told.gate.clear()
    view.open_paths([table])
    pane = view.rows
    qtbot.waitUntil(lambda: pane.presenter.busy)
    view.use_model("spam")
    assert pane.presenter.busy and not pane.stop.isHidden() and not pane.export.isEnabled()
    told.gate.set()
    qtbot.waitUntil(lambda: not pane.presenter.busy)
    assert pane.stop.isHidden() and pane.export.isEnabled() and told.asked[-1].model == "spam"


def test_answers_stand_below_their_names_where_a_row_is_too_long(view: TextView, qtbot: Any, tmp_path: Path) -> None:
    table, target = tmp_path / "reviews.csv", tmp_path / "out.csv"
    table.write_text("text,label\n" + "a good row,positive\n" * 2000 + "a poor row,negative,so,long\n")
    view.open_paths([table])
    pane = view.rows
    qtbot.waitUntil(lambda: len(pane.rows.answers) == 2001 and not pane.presenter.busy)
    with qtbot.waitSignal(pane.presenter.written):
        pane.export_to(target)
    last = list(csv.reader(io.StringIO(target.read_text(encoding="utf-8"))))[-1]
    assert last == ["a poor row", "negative", "negative", "0.800000", "so", "long"]


def test_the_rows_of_a_table_are_answered_in_words(view: TextView, qtbot: Any, tmp_path: Path) -> None:
    table = tmp_path / "captions.csv"
    texts = ["a dog", "", *(f"row {n}" for n in range(30))]
    with table.open("w", newline="") as stream:
        csv.writer(stream).writerows([["id", "text"], *([n, text] for n, text in enumerate(texts))])
    view.use_model("translate-en-de")
    view.open_paths([table])
    pane = view.rows
    qtbot.waitUntil(lambda: bool(len(pane.rows.answers)) and bool((pane.rows.answers >= 0).all()))
    qtbot.waitUntil(lambda: not pane.presenter.busy)
    assert view.model is not None and view.model.name == "translate-en-de"
    shown = [[pane.rows.index(row, column).data() for column in range(3)] for row in range(2)]
    assert shown == [["a dog", "A DOG", "50.0 %"], ["", "–", ""]] and pane.filter.isHidden()
    pane.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert pane.rows.text_of(0) == "row 9"
    target = tmp_path / "out.csv"
    with qtbot.waitSignal(pane.presenter.written):
        pane.export_to(target)
    written = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert [row["answer"] for row in written] == [text.upper() for text in texts]
    assert written[0]["probability"] == "0.500000" and written[1]["probability"] == ""
    view.use_model("sentiment")  # the same rows, asked of a model that sorts
    qtbot.waitUntil(lambda: pane.rows.labels == LABELS and not pane.presenter.busy)
    assert not pane.filter.isHidden() and pane.rows.index(0, 1).data() in LABELS


def test_files_drops_and_state(window: MainWindow, view: TextView, qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes("ein schöner Tag".encode("cp1252"))
    space = next(one for one in window.host.spaces() if isinstance(one, TextWorkspace))
    train, rows = next(one for one in window.host.spaces() if one.name == "train"), [tmp_path / "rows.csv"]
    assert space.accepts(rows, QMimeData()) > train.accepts(rows, QMimeData())  # dropped on the open page
    window.show_workspace("image")
    assert space.accepts([path], QMimeData()) > space.accepts(rows, QMimeData()) > 0
    assert space.accepts(rows, QMimeData()) < train.accepts(rows, QMimeData())
    window.show_workspace("text")
    assert space.accepts([tmp_path / "cat.jpg"], QMimeData()) == 0
    nameless = tmp_path / "README"
    nameless.write_text("read me")
    image = next(one for one in window.host.spaces() if one.name == "image")
    assert space.accepts([nameless], QMimeData()) > image.accepts([nameless], QMimeData())
    assert space.accepts([tmp_path], QMimeData()) == 0
    lines = [tmp_path / "a.jsonl"]
    assert space.accepts(lines, QMimeData()) > train.accepts(lines, QMimeData())
    with qtbot.waitSignal(view.message, check_params_cb=lambda said: "read as Windows-1252" in said):
        view.open_paths([path])
    assert view.editor.toPlainText() == "ein schöner Tag"
    qtbot.waitUntil(lambda: view.save_state()["text"] == "ein schöner Tag")
    state = view.save_state() | {"page": "words"}
    view.clear()
    space.restore_state(state)
    assert view.editor.toPlainText() == "ein schöner Tag" and view.pages.current == "words"
    space.restore_state({"model": 3, "page": ["?"], "text": None})
    view.set_text("word " * 50_000)
    qtbot.waitUntil(lambda: len(view.save_state()["text"]) == 200_000)
    with qtbot.waitSignal(view.message, check_params_cb=lambda said: "200,000" in said):
        space.restore_state(view.save_state())


def test_a_table_says_which_encoding_it_was_taken_for_unless_it_is_the_usual_one(
    view: TextView, qtbot: Any, tmp_path: Path
) -> None:
    said: list[str] = []
    view.message.connect(said.append)
    path = tmp_path / "rows.csv"
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        path.write_bytes("text,label\nein schöner Tag für Übungen,gut\nein trüber Tag,schlecht\n".encode(encoding))
        with qtbot.waitSignal(view.rows.presenter.table_read):
            view.open_paths([path])
    assert len(said) == 1 and "read as Windows-1252" in said[0]


@pytest.mark.parametrize(
    "text",
    ["", "   \n ", "🙂", "a\0b good", "مرحبا بالعالم good", "e\u0301 good", "x" * 300_000, "good day " * 120_000],
    ids=["empty", "blank", "emoji", "nul", "rtl", "combining", "one word", "one long line"],
)
def test_strange_texts_do_no_harm(view: TextView, told: ToldText, qtbot: Any, text: str) -> None:
    view.set_text(text)
    qtbot.waitUntil(lambda: view.save_state()["text"][:9] == view.editor.toPlainText()[:9])
    if text.strip():
        qtbot.waitUntil(lambda: bool(told.asked) and view.answer.classes.isVisible())
        longest = max(map(len, told.asked[-1].text.split("\n")))
        assert longest <= 4_000
        assert told.asked[-1].text.replace("\n", "").replace(" ", "") == text.replace("\n", "").replace(" ", "")
    else:
        assert not told.asked and not view.answer.classes.isVisible()


def test_of_very_many_marks_those_near_the_screen_are_painted(view: TextView, qtbot: Any) -> None:
    editor = view.editor
    view.set_text("Ada saw Rome\n" * 5_000)
    spans = [(13 * line + start, 13 * line + end) for line in range(5_000) for start, end in ((0, 3), (8, 12))]
    entities = [Entity(start=start, end=end, label="PER", probability=0.9) for start, end in spans]
    editor.mark_entities(entities, {"PER": 0})
    assert 0 < len(editor.extraSelections()) < 500
    editor.verticalScrollBar().setValue(2_500)
    places = [selection.cursor.selectionStart() for selection in editor.extraSelections()]
    assert len(places) < 500 and min(places) <= 13 * 2_500 + 8 <= max(places)
    editor.clear_marks()
    assert not editor.extraSelections()


def test_very_many_names_hold_the_window_for_a_moment_only(view: TextView, told: ToldText, qtbot: Any) -> None:
    view.use_model("entities")
    told.gate.clear()
    line = "🙂 Ada saw Rome and Bob\n"
    view.set_text(line * 30_000)
    qtbot.waitUntil(lambda: bool(told.asked), timeout=10_000)
    spans = ((2, 5), (10, 14), (19, 22))
    entities = tuple(
        Entity(start=len(line) * number + start, end=len(line) * number + end, label="PER", probability=0.9)
        for number in range(30_000)
        for start, end in spans
    )
    answer = TaggedText(model="entities", types=("PER",), entities=entities, offsets=np.zeros((0, 2)), tags=())
    spent = []
    for _ in range(5):
        began = time.thread_time()
        view._on_answer(answer)
        spent.append(time.thread_time() - began)
    assert min(spent) < 0.050
    assert marks(view)[0] == "Ada" and set(marks(view)) == {"Ada", "Rome", "Bob"}
    view.editor.show_place(len(line) * 29_999 + 10, len(line) * 29_999 + 14)
    assert view.editor.textCursor().selectedText() == "Rome"
    assert set(marks(view)) == {"Ada", "Rome", "Bob"}


def test_a_keystroke_in_a_long_text_waits_for_nothing(view: TextView, qtbot: Any) -> None:
    line = "some words that fill a line of about this length\n"
    with qtbot.waitSignal(view.presenter.counted, timeout=10_000):
        view.set_text(line * 20_000)
    spent = []
    for _ in range(20):
        began = time.perf_counter()
        view.card._on_change()
        view._on_change()
        spent.append(time.perf_counter() - began)
    assert sorted(spent)[10] < 0.010


def test_all_pages_are_named_and_whole(window: MainWindow, view: TextView, qtbot: Any) -> None:
    def whole() -> None:
        assert clipped_texts(window) == []
        assert cut_pages(window) == []

    window.resize(900, 640)
    for model in ("sentiment", "entities", "translate-en-de", "writer"):
        view.use_model(model)
        view.set_text("Ada had a good day")
        for page in ("answer", "inside", "words", "rows") if model == "sentiment" else ("answer",):
            view.show_page(page)
            qtbot.waitUntil(whole)
    assert unnamed_widgets(window) == []
