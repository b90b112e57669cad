"""Corrections of rows: kept beside the data, looked through by every reader, stale once the row is another."""

from __future__ import annotations

from pathlib import Path

import pytest

from deepstudio.data.corrections import Corrections
from deepstudio.data.text.conll import corrected_sentences
from deepstudio.data.text.examples import Columns, read_labelled, read_rows
from deepstudio.data.text.pairs import read_pairs, read_parallel
from deepstudio.data.text.rows import row_text, short_name
from deepstudio.data.text.sample_texts import ReadTexts, read_sample_texts
from deepstudio.train.speech.recipe import SpeechDataConfig
from deepstudio.train.speech.sets import read_sets
from tests.helpers.contexts import RecordingContext
from tests.helpers.text_sets import write_conll, write_pairs, write_table, write_text_folder, write_word_folders


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "set").mkdir()
    return write_table(tmp_path / "set" / "a.csv")


@pytest.mark.parametrize("level", [0, 1, 2])
def test_rows_are_corrected_wherever_the_set_was_opened(table: Path, level: int) -> None:
    data = (table, table.parent, table.parent.parent)[level]
    rows = read_rows(table, Columns())
    names = [short_name(row.name, data) for row in rows]
    assert names[2] == ("a.csv#3", "a.csv#3", "set/a.csv#3")[level]
    corrections = Corrections.open(data)
    corrections.exclude([names[0]])
    corrections.relabel({names[2]: "good"})
    found = read_labelled(table, None)
    assert len(found) == len(rows) - 1 and found.texts[0] == rows[1].text
    assert found.labels[1] == 1 and rows[2].label == "bad"
    corrections.undo()
    corrections.undo()
    assert read_rows(table, Columns()) == rows
    assert table.read_text(encoding="utf-8").startswith("satz;klasse")


def test_a_correction_ends_with_the_row_it_was_made_for(table: Path) -> None:
    corrections = Corrections.open(table)
    corrections.exclude(["a.csv#1", "a.csv#2"])
    lines = table.read_text(encoding="utf-8").split("\n")
    table.write_text("\n".join([lines[0], "something else;good", *lines[2:]]), encoding="utf-8")
    assert corrections.state().stale == ("a.csv#1",)
    assert read_rows(table, Columns())[0].text == "something else"


def test_labels_are_merged(table: Path) -> None:
    Corrections.open(table).merge({"good": "fine"})
    assert {row.label for row in read_rows(table, Columns())} == {"fine", "bad"}


def test_files_in_folders_of_their_class(tmp_path: Path) -> None:
    folder = write_text_folder(tmp_path / "texts", 10)
    Corrections.open(folder).exclude(["bad/0.txt"])
    Corrections.open(folder).relabel({"bad/2.txt": "good"})
    found = read_labelled(folder, None)
    assert len(found) == 9 and int(found.labels.sum()) == 6


def test_sentences_and_pairs_are_left_out(tmp_path: Path) -> None:
    conll = write_conll(tmp_path / "a.conll", 5)
    Corrections.open(conll).exclude(["a.conll#2"])
    assert [one.words[0] for one in corrected_sentences(conll)] == ["Anna", "Carla", "David", "Anna"]
    folder = write_pairs(tmp_path / "pairs", 5)
    Corrections.open(folder).exclude(["train.en#1"])
    assert read_parallel(folder / "train.en", folder / "train.de").sources[0] == "house number 1"
    table = tmp_path / "p.tsv"
    table.write_text("one\teins\ntwo\tzwei\nthree\tdrei\n", encoding="utf-8")
    Corrections.open(table).exclude(["p.tsv#3"])
    assert read_pairs(table).targets == ["eins", "zwei"]


def test_recordings_are_left_out_and_named_otherwise(tmp_path: Path) -> None:
    folder = write_word_folders(tmp_path / "words", 4)
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.wav"))
    Corrections.open(folder).exclude([names[0]])
    Corrections.open(folder).relabel({names[1]: "straight"})
    sets = read_sets(SpeechDataConfig(), folder)
    said = [one.text for one in (*sets.train, *sets.validation)]
    assert len(said) == 7 and said.count("straight") == 1


def test_rows_are_shown_by_name(table: Path) -> None:
    context = RecordingContext()
    assert read_sample_texts(ReadTexts(data=table, names=("a.csv#1", "a.csv#999", "b.csv#1")), context) == 2
    assert context.partials[0].text == "an awful day number 0  ·  bad"  # type: ignore[attr-defined]
    assert row_text(table, 2).startswith("what a fine film")
