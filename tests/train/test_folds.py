"""Cross-validation of every task: nothing is held out twice, nothing leaks, and every fold is a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from deepstudio.core.config import from_mapping
from deepstudio.core.errors import InputError, RecipeError
from deepstudio.core.job import SilentContext
from deepstudio.data.text.tokens import TextTokenizer
from deepstudio.store.runs import RunStore
from deepstudio.train.crossval import CrossValidateRequest, cross_validate
from deepstudio.train.propose_data import ProposeData, propose_for_data
from deepstudio.train.recipe_base import BaseRecipe
from deepstudio.train.recipe_files import load_recipe, with_overrides
from deepstudio.train.tasks import task_names, task_spec
from tests.helpers.text_sets import write_librispeech, write_sound, write_word_folders
from tests.train.test_image_text import data as pictures  # noqa: F401
from tests.train.test_image_text import recipe as towers  # noqa: F401


def fitted(data: Path, *overrides: str) -> BaseRecipe:
    recipe = propose_for_data(ProposeData(data=data), SilentContext()).recipe
    assert isinstance(recipe, BaseRecipe)
    return with_overrides(recipe, overrides)


def dealt(recipe: BaseRecipe, data: Path, count: int) -> list[Any]:
    return list(task_spec(recipe.task).open_folds()(recipe, data, count, SilentContext()))


def write_prose(path: Path, lines: int = 90) -> Path:
    path.write_text("".join(f"It was day number{n}.\n" for n in range(lines)), encoding="utf-8")
    return path


def test_every_task_with_steps_can_be_folded() -> None:
    assert [name for name in task_names() if not task_spec(name).folds] == ["word-set", "speech-language-model"]
    for name in task_names():
        if task_spec(name).folds:
            assert callable(task_spec(name).open_folds())


def test_running_text_is_held_out_in_stretches(tmp_path: Path) -> None:
    prose = write_prose(tmp_path / "a.txt")
    recipe = fitted(prose, "text.unit=words", "text.vocabulary=500")
    seen: Counter[str] = Counter()
    for material in dealt(recipe, prose, 3):
        tokenizer: TextTokenizer = material.tokenizer
        words = set(tokenizer.vocabulary())
        held = {f"number{n}" for n in range(90)} - words
        assert 25 <= len(held) <= 35  # the vocabulary knows nothing of what is held out
        seen.update(held)
        numbers = sorted(int(word.removeprefix("number")) for word in held)
        assert np.array_equal(np.diff(numbers), np.ones(len(numbers) - 1))
        assert material.validation_words == 5 * len(held) and material.test == {}
    assert set(seen.values()) == {1} and len(seen) == 90
    with pytest.raises(InputError, match="too little text"):
        dealt(recipe, write_prose(tmp_path / "b.txt", 3), 5)


def test_word_vectors_are_folded_like_running_text(tmp_path: Path) -> None:
    prose = write_prose(tmp_path / "a.txt", 40)
    recipe = load_recipe("word-vectors", ["data.train=['a.txt']", "data.test=[]", "data.validation=[]"])
    assert len(dealt(recipe, prose, 2)) == 2


@pytest.mark.parametrize("make", [write_word_folders, write_librispeech])
def test_speakers_are_held_out_whole_and_once(make: Any, tmp_path: Path) -> None:
    data = make(tmp_path / "data")
    recipe = fitted(data, "network.start_from=''") if make is write_librispeech else fitted(data)
    names: Counter[Path] = Counter()
    folds = dealt(recipe, data, 2)
    for material in folds:
        train, held = ({one.speaker for one in part} for part in (material.sets.train, material.sets.validation))
        assert train and held and not train & held and material.sets.test == ()
        names.update(one.path for one in material.sets.validation)
    assert set(names.values()) == {1} and len(names) == sum(1 for _ in data.rglob("*.wav")) + sum(
        1 for _ in data.rglob("*.flac")
    )
    with pytest.raises(InputError, match="cannot be dealt into 9 folds"):
        dealt(recipe, data, 9)


def test_clips_of_one_voice_are_dealt_by_word(tmp_path: Path) -> None:
    for word in ("yes", "no"):
        for number in range(6):
            write_sound(tmp_path / word / f"take {number}.wav", 200.0 + number)
    for material in dealt(fitted(tmp_path), tmp_path, 3):
        assert Counter(one.text for one in material.sets.validation) == {"yes": 2, "no": 2}
        assert len(material.train_labels) == 8


def test_each_labelled_set_of_two_towers_is_dealt_by_itself(pictures: Path, towers: Any) -> None:  # noqa: F811
    names: Counter[str] = Counter()
    for material in dealt(towers, pictures, 3):
        (found,) = material.sets
        assert len(found.train) + len(found.validation) == 72 and found.test is None
        assert set(np.bincount(found.validation.labels)[:3].tolist()) == {8}
        names.update(found.validation.names)
    assert set(names.values()) == {1} and len(names) == 72


def test_prose_and_words_are_cross_validated_to_the_end(tmp_path: Path) -> None:
    prose, words = write_prose(tmp_path / "a.txt", 400), write_word_folders(tmp_path / "words")
    small = ["training.epochs=1", "training.patience=0", "training.batch_size=8"]
    recipes = [
        (prose, fitted(prose, *small, "network.config.units=8", "network.config.embedding=8", "text.vocabulary=300")),
        (words, fitted(words, *small, "network.config.width=8", "network.config.blocks=1")),
    ]
    store = RunStore(tmp_path / "runs.db")
    try:
        for data, recipe in recipes:
            request = CrossValidateRequest(
                recipe=recipe, data=data, folds=2, folder=tmp_path / recipe.name, device="cpu", store=store
            )
            result = cross_validate(request, SilentContext())
            assert [row.status for row in store.runs(f"tag:{result.tag}")] == ["finished"] * 2
            figure = "perplexity" if data == prose else "accuracy"
            assert all(figure in member.metrics and member.examples for member in result.members)
            assert figure in result.mean and figure in result.spread
    finally:
        store.close()


def test_what_has_no_steps_has_no_folds(tmp_path: Path) -> None:
    recipe = load_recipe("own-words")
    with pytest.raises(RecipeError, match="not there for this task: word-set"):
        cross_validate(CrossValidateRequest(recipe=recipe, data=tmp_path), SilentContext())


def test_fewer_than_two_folds_are_none(tmp_path: Path) -> None:
    recipe = replace(from_mapping(type(load_recipe("prose")), {"task": "language-model", "name": "a"}, where="test"))
    with pytest.raises(RecipeError, match="at least two"):
        cross_validate(CrossValidateRequest(recipe=recipe, data=tmp_path, folds=1), SilentContext())
