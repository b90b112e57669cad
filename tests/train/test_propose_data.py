"""Data as people have them: what they are good for, the recipe that fits, and that the engine reads them so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deepstudio.core.errors import InputError
from deepstudio.train.propose_data import DataProposal, ProposeData, fits, propose_for_data, shipped_recipes
from deepstudio.train.propose_text import Reading
from deepstudio.train.recipe_files import load_recipe, recipe_from_mapping
from deepstudio.train.speech.recipe import SpeechRecipe
from deepstudio.train.speech.sets import read_sets
from deepstudio.train.text.files import read_pair_files
from deepstudio.train.text.recipe import TextRecipe
from tests.helpers.contexts import RecordingContext
from tests.helpers.text_sets import (
    write_conll,
    write_json_lines,
    write_librispeech,
    write_pairs,
    write_sound,
    write_table,
    write_text_folder,
    write_word_folders,
)
from tests.helpers.tiny_sets import write_classes


def propose(data: Path, reading: Reading | None = None) -> DataProposal:
    return propose_for_data(ProposeData(data=data, reading=reading or Reading()), RecordingContext())


def write_prose(path: Path) -> Path:
    path.write_text("".join(f"It was the day number {n}.\n" for n in range(50)), encoding="utf-8")
    return path


def write_speech_table(root: Path) -> Path:
    for number in range(6):
        write_sound(root / "clips" / f"{number}.wav", 200.0 + number)
    rows = "".join(f"{n}.wav,this is sentence number {n},speaker{n % 3}\n" for n in range(6))
    (root / "list.csv").write_text(f"path,sentence,client_id\n{rows}", encoding="utf-8")
    return root / "list.csv"


@pytest.mark.parametrize(
    ("make", "name", "task"),
    [
        (write_table, "a.csv", "text-classification"),
        (write_json_lines, "a.jsonl", "text-classification"),
        (write_text_folder, "texts", "text-classification"),
        (write_conll, "a.conll", "tagging"),
        (write_conll, "tagged.txt", "tagging"),
        (write_pairs, "pairs", "translation"),
        (write_prose, "a.txt", "language-model"),
        (write_word_folders, "words", "keyword-spotting"),
        (write_librispeech, "libri", "speech-recognition"),
        (lambda path: write_classes(path, {"cat": 4, "dog": 4}), "pets", "image-classification"),
    ],
)
def test_the_task_is_found_out(make: Callable[[Path], Path], name: str, task: str, tmp_path: Path) -> None:
    recipe = propose(make(tmp_path / name)).recipe
    assert recipe.task == task
    assert recipe_from_mapping(mapping_of(recipe), where="again") == recipe


def mapping_of(recipe: object) -> dict[str, object]:
    from deepstudio.core.config import to_mapping

    return to_mapping(recipe)


def test_columns_of_any_name_are_found_and_can_be_chosen(tmp_path: Path) -> None:
    table = write_table(tmp_path / "a.csv")
    found = propose(table)
    assert found.columns == ("satz", "klasse")
    assert (found.reading.text, found.reading.label) == (("satz",), "klasse")
    swapped = propose(table, Reading(task="translation", text=("klasse",), label="satz"))
    assert swapped.recipe.task == "translation"
    pairs = read_pair_files("a.csv", swapped.recipe.data, table)  # type: ignore[attr-defined]
    assert pairs.sources[0] == "bad" and pairs.targets[0].startswith("an awful day")


def test_the_first_row_can_be_data(tmp_path: Path) -> None:
    table = tmp_path / "a.tsv"
    table.write_text("".join(f"{label}\ttext {n}\n" for n, label in enumerate("abab" * 5)), encoding="utf-8")
    assert propose(table).columns == ("0", "1")
    assert propose(table, Reading(header="yes")).columns == ("a", "text 0")


def test_files_named_after_splits_are_splits(tmp_path: Path) -> None:
    for name in ("train.csv", "dev.csv", "test.csv"):
        write_table(tmp_path / name)
    config = propose(tmp_path).recipe.data  # type: ignore[attr-defined]
    assert (config.train, config.validation, config.test) == (("train.csv",), ("dev.csv",), ("test.csv",))


def test_speakers_are_held_out_whole(tmp_path: Path) -> None:
    for data in (write_word_folders(tmp_path / "words"), write_librispeech(tmp_path / "libri")):
        recipe = propose(data).recipe
        assert isinstance(recipe, SpeechRecipe)
        sets = read_sets(recipe.data, data)
        train, held = ({one.speaker for one in part} for part in (sets.train, sets.validation))
        assert train and held and not train & held
        assert all(one.seconds > 0.4 for one in sets.train)


def test_a_folder_with_a_table_beside_its_clips_is_read_by_the_table(tmp_path: Path) -> None:
    write_speech_table(tmp_path)
    recipe = propose(tmp_path).recipe
    assert recipe.task == "speech-recognition" and isinstance(recipe, SpeechRecipe)
    sets = read_sets(recipe.data, tmp_path)
    assert {one.text for one in sets.train + sets.validation} == {f"this is sentence number {n}" for n in range(6)}


def test_tables_named_after_splits_are_splits_of_recordings(tmp_path: Path) -> None:
    for number in range(9):
        write_sound(tmp_path / "clips" / f"{number}.wav", 200.0 + number)
    for place, split in enumerate(("train", "dev", "test", "validated")):
        rows = "".join(f"v{n}\t{n}.wav\tthis is sentence number {n}\n" for n in range(3 * place, 3 * place + 3))
        (tmp_path / f"{split}.tsv").write_text(f"client_id\tpath\tsentence\n{rows}", encoding="utf-8")
    recipe = propose(tmp_path).recipe
    assert recipe.task == "speech-recognition" and isinstance(recipe, SpeechRecipe)
    sets = read_sets(recipe.data, tmp_path)
    assert [len(part) for part in (sets.train, sets.validation, sets.test)] == [3, 3, 3]
    assert {one.speaker for one in sets.validation} == {"v3", "v4", "v5"}


def test_clips_without_speakers_are_held_out_by_word(tmp_path: Path) -> None:
    for word in ("yes", "no"):
        for number in range(10):
            write_sound(tmp_path / word / f"take {number}.wav", 200.0 + number)
    recipe = propose(tmp_path).recipe
    assert isinstance(recipe, SpeechRecipe)
    sets = read_sets(recipe.data, tmp_path)
    assert {one.text for one in sets.validation} == {"yes", "no"} and len(sets.train) == 16


def test_a_table_of_recordings_finds_its_clips(tmp_path: Path) -> None:
    table = write_speech_table(tmp_path)
    recipe = propose(table).recipe
    assert recipe.task == "speech-recognition" and recipe.network.start_from == "english"  # type: ignore[attr-defined]
    assert isinstance(recipe, SpeechRecipe)
    sets = read_sets(recipe.data, table)
    assert sorted(one.path.name for one in (*sets.train, *sets.validation)) == [f"{n}.wav" for n in range(6)]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", "", "empty"),
        ("a.csv", "text,label\n", "no text"),
        ("a.jsonl", '{"text": "a"}\nnot json\n', "Line 2"),
        ("a.conll", "a word\n\nalone\n", "no tag"),
        ("a.csv", "path,text\n" + "x.wav,yes\n" * 5, "is there"),
    ],
)
def test_what_cannot_be_read_says_so(name: str, content: str, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        propose(tmp_path / name)


def test_an_empty_folder_says_what_would_work(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to train on"):
        propose(tmp_path)


def test_shipped_recipes_know_their_data(tmp_path: Path) -> None:
    (tmp_path / "sms_spam").mkdir()
    (tmp_path / "sms_spam" / "SMSSpamCollection").write_text("ham\thello\nspam\twin\n" * 5, encoding="utf-8")
    assert shipped_recipes(tmp_path) == ("spam",) and shipped_recipes(tmp_path / "sms_spam") == ("spam",)
    assert propose(tmp_path).recipe.name == "spam"
    assert propose(tmp_path / "sms_spam").recipe.name == "sms_spam"
    assert not fits(load_recipe("commands"), tmp_path)


def test_pretraining_needs_a_head_files_and_an_epoch_to_spare() -> None:
    recipe = load_recipe("entities")
    assert isinstance(recipe, TextRecipe) and recipe.pretraining_epochs == recipe.pretraining.epochs > 0
    for override, wanted in (
        ("network.config.pretraining=false", 0),
        ("training.epochs=1", 0),
        ("training.epochs=2", 1),
        ("pretraining.files=[]", 0),
    ):
        changed = load_recipe("entities", [override])
        assert isinstance(changed, TextRecipe) and changed.pretraining_epochs == wanted
