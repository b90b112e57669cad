"""Every task on text through the engine: learns, measures itself, stops and goes on exactly, refuses bad data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from deepstudio.core.errors import DeepStudioError, InputError, JobCancelled
from deepstudio.core.job import SilentContext
from deepstudio.core.paths import recipes_dir
from deepstudio.models.modelfile import load_model
from deepstudio.train.recipe_files import load_recipe
from deepstudio.train.run_folder import RunFolder
from deepstudio.train.runner import TrainRequest, run_training
from deepstudio.train.tasks import task_spec
from deepstudio.train.text.classification import read_material, read_sets
from deepstudio.train.text.language import text_loss
from deepstudio.train.text.recipe import TextRecipe
from tests.helpers.text_problems import make_recipe

CPU = torch.device("cpu")
GOALS = {
    "moods": ("test.csv", "accuracy", 0.95, 1.0),
    "names": ("test.conll", "entity_f1", 0.95, 1.0),
    "count": ("test.tsv", "bleu", 60.0, 100.0),
    "rhyme": (".", "perplexity", 1.0, 6.0),
}


@pytest.mark.parametrize("name", list(GOALS))
def test_task_learns_and_measures_itself(name: str, trained: Callable[[str], Path], data: Path) -> None:
    file, figure, low, high = GOALS[name]
    loaded = load_model(trained(name), CPU)
    report = task_spec(loaded.card.task).open().evaluate(loaded, data / file, SilentContext())
    assert low <= report[figure] <= high
    on_card = loaded.card.figure(figure)
    assert on_card is not None and on_card.split == "test" and on_card.examples == report["examples"]
    assert on_card.value == pytest.approx(report[figure], rel=1e-4)
    assert loaded.card.tokenizer and loaded.card.text is not None and report["seconds"] >= 0
    assert any(line.startswith("deepstudio evaluate") for line in loaded.card.extra["commands"])


@pytest.mark.parametrize("name", ["moods", "names", "count"])
def test_batches_follow_from_seed_epoch_and_step(name: str, data: Path) -> None:
    recipe = make_recipe(name)
    task = task_spec(recipe.task).open()
    material = task.prepare(recipe, data, SilentContext())
    torch.manual_seed(0)
    objective = task.build(recipe, material, CPU).objective
    whole = list(objective.batches(2, 0))
    assert len(whole) == objective.steps_per_epoch
    late = list(objective.batches(2, 3))
    for left, right in zip(whole[3:], late, strict=True):
        assert all(torch.equal(a, b) for a, b in zip(left, right, strict=True))


def test_copies_leave_the_training_texts(tmp_path: Path) -> None:
    rows = [f"text number {i},{i % 2}" for i in range(40)]
    (tmp_path / "train.csv").write_text("text,label\n" + "\n".join(rows + rows + ["TEST text!,1"]))
    (tmp_path / "test.csv").write_text("text,label\ntest text,1\nother,0\n")
    sets = read_sets(make_recipe("moods"), tmp_path)
    held = {text for part in sets.validation.values() for text in part.texts}
    assert len(sets.train) + len(held) == 40
    assert not held & set(sets.train.texts) and "TEST text!" not in sets.train.texts


def test_too_few_texts_to_hold_any_back_are_said(tmp_path: Path) -> None:
    (tmp_path / "all.csv").write_text("text,label\none,0\ntwo,1\n")
    recipe = make_recipe("moods", data={"train": ["all.csv"], "validation_share": 0.15})
    with pytest.raises(InputError, match="too few texts"):
        read_sets(recipe, tmp_path)


def test_held_out_test_share_is_the_same_when_measured_again(tmp_path: Path) -> None:
    (tmp_path / "all.csv").write_text("text,label\n" + "\n".join(f"text {i} {i % 7},{i % 2}" for i in range(100)))
    config = {"train": ["all.csv"], "validation_share": 0.1, "test_share": 0.2}
    recipe = make_recipe("moods", data=config)
    first, second = (read_sets(recipe, tmp_path).test for _ in range(2))
    (texts,) = first.values()
    assert len(texts) == 20 and texts.texts == next(iter(second.values())).texts
    assert not set(texts.texts) & set(read_sets(recipe, tmp_path).train.texts)


@pytest.mark.parametrize(
    ("name", "file", "content"),
    [
        ("moods", "train.csv", "text,label\na,1\nb,1\nc,1\n"),
        ("moods", "train.csv", "words only\nno labels\n"),
        ("names", "train.conll", "\n\n"),
        ("count", "train.tsv", "no target\nhere\n"),
        ("rhyme", "lines.txt", "\n"),
    ],
)
def test_bad_data_are_sentences(name: str, file: str, content: str, tmp_path: Path) -> None:
    (tmp_path / file).write_text(content)
    recipe = make_recipe(name, data={"train": [file], "validation_share": 0.2})
    with pytest.raises(DeepStudioError):
        task_spec(recipe.task).open().prepare(recipe, tmp_path, SilentContext())
    with pytest.raises(InputError, match=r"missing\.csv"):
        task_spec(recipe.task).open().prepare(
            make_recipe(name, data={"train": ["missing.csv"]}), tmp_path, SilentContext()
        )


def test_network_of_another_task_is_refused(data: Path) -> None:
    recipe = make_recipe("count", network={"architecture": "text-lstm", "config": {}})
    task = task_spec("translation").open()
    material = task.prepare(make_recipe("count"), data, SilentContext())
    with pytest.raises(DeepStudioError, match="cannot do this task"):
        task.build(recipe, material, CPU)


def test_unknown_words_are_learned_by_hiding_some(data: Path) -> None:
    recipe = make_recipe("moods", batches={"unknown_share": 0.5})
    task = task_spec(recipe.task).open()
    objective = task.build(recipe, read_material(recipe, data, SilentContext()), CPU).objective
    hidden = np.mean([float((batch[0] == 1).float().mean()) for batch in objective.batches(0, 0)])
    assert 0.3 < hidden < 0.6


def test_text_loss_does_not_depend_on_the_number_of_streams(trained: Callable[[str], Path]) -> None:
    loaded = load_model(trained("rhyme"), CPU)
    row = np.random.default_rng(0).integers(4, 30, 700).astype(np.int32)
    log_p = loaded.network.logits(loaded.network(torch.from_numpy(row[None, :-1].astype(np.int64)))[0][0])
    whole = torch.nn.functional.cross_entropy(log_p, torch.from_numpy(row[1:].astype(np.int64)), reduction="sum")
    # Two streams: the second begins without a memory, which can only be felt for a few tokens.
    assert text_loss(loaded.network, row, CPU) == pytest.approx(float(whole), rel=0.02)


class StopAt(SilentContext):
    """Cancels after so many steps."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self._step = step

    def progress(self, done: int, total: int) -> None:
        self.cancelled = self.cancelled or done >= self._step


def test_a_stopped_language_model_goes_on_with_its_memory(data: Path, tmp_path: Path) -> None:
    recipe = make_recipe("rhyme", training={"epochs": 1, "batch_size": 8, "precision": "float32"})

    def request(name: str, **more: bool) -> TrainRequest:
        return TrainRequest(recipe=recipe, data=data, folder=RunFolder(path=tmp_path / name), **more)

    expected = run_training(request("whole"), SilentContext())
    with pytest.raises(JobCancelled):
        run_training(request("parts"), StopAt(7))
    finished = run_training(request("parts", resume=True), SilentContext())
    whole, parts = (load_model(one.path, CPU).network.state_dict() for one in (expected, finished))
    assert all(torch.equal(tensor, parts[name]) for name, tensor in whole.items())


def test_untagged_text_comes_first(data: Path) -> None:
    (data / "plain.txt").write_text("Anna went to Oslo .\nBoris went to Rome .\n" * 50)
    network: dict[str, Any] = {"embedding": 8, "letter_filters": 8, "units": [8], "pretraining": True}
    recipe = make_recipe(
        "names",
        network={"architecture": "text-bilstm-crf", "config": network},
        pretraining={"epochs": 1, "files": ["plain.txt"], "streams": 2, "length": 8, "negatives": 16},
    )
    task = task_spec("tagging").open()
    built = task.build(recipe, task.prepare(recipe, data, SilentContext()), CPU)
    assert len(next(built.objective.batches(0, 0))) == 3 and len(next(built.objective.batches(1, 0))) == 4
    optimizer = torch.optim.Adam(built.network.parameters(), lr=0.02)
    losses = []
    for batch in [*built.objective.batches(0, 0)] * 12:
        loss, _ = built.objective.loss(batch)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.8 * losses[0]


def test_unlabelled_text_comes_first(data: Path) -> None:
    network = {"embedding": 8, "units": [8], "bidirectional": True, "pooling": "max", "pretraining": True}
    recipe = make_recipe(
        "moods",
        network={"architecture": "text-lstm", "config": network},
        pretraining={"epochs": 1, "files": ["train.csv"], "streams": 2, "length": 8, "negatives": 16},
    )
    task = task_spec("text-classification").open()
    built = task.build(recipe, task.prepare(recipe, data, SilentContext()), CPU)
    assert len(next(built.objective.batches(0, 0))) == 2 and len(next(built.objective.batches(1, 0))) == 3
    loss, _ = built.objective.loss(next(built.objective.batches(0, 0)))
    loss.backward()
    assert built.network.embedding.weight.grad.abs().sum() > 0


def test_skip_gram_brings_words_of_one_kind_together(data: Path) -> None:
    kinds = [("red", "green", "blue"), ("one", "two", "three")]
    rng = np.random.default_rng(0)
    lines = [" ".join(rng.choice(kinds[i % 2], 12)) for i in range(400)]
    (data / "kinds.txt").write_text("\n".join(lines))
    recipe = make_recipe(
        "rhyme",
        data={"train": ["kinds.txt"], "validation_share": 0.1},
        text={"unit": "words", "vocabulary": 20},
        network={"architecture": "text-skip-gram", "config": {"embedding": 8}},
    )
    task = task_spec("language-model").open()
    built = task.build(recipe, task.prepare(recipe, data, SilentContext()), CPU)
    optimizer = torch.optim.Adam(built.network.parameters(), lr=0.05)
    with torch.no_grad():
        before = built.objective.validate(built.network).score
    for batch in built.objective.batches(0, 0):
        loss, _ = built.objective.loss(batch)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    with torch.no_grad():
        assert built.objective.validate(built.network).score > before


def test_word_vectors_are_measured_by_analogies(data: Path, tmp_path: Path) -> None:
    (data / "family.txt").write_text("\n".join(["the king and the queen", "a man and a woman", "boy and girl"] * 40))
    recipe = make_recipe(
        "rhyme",
        task="word-vectors",
        data={"train": ["family.txt"], "validation_share": 0.1},
        text={"unit": "words", "vocabulary": 20},
        network={"architecture": "text-skip-gram", "config": {"embedding": 8}},
    )
    task = task_spec("word-vectors").open()
    material = task.prepare(recipe, data, SilentContext())
    built = task.build(recipe, material, CPU)
    path = tmp_path / "words.safetensors"
    task.finish(built.network, recipe, material, path, SilentContext(), device=CPU, training={})
    loaded = load_model(path, CPU)
    assert loaded.card.config["context"] is False and loaded.card.metrics[0].name == "analogy_accuracy"
    report = task.evaluate(loaded, data, SilentContext())
    assert report["examples"] == 6 and 0 <= report["analogy_accuracy"] <= 1  # three pairs are known: six questions
    own = tmp_path / "pairs.txt"
    own.write_text(": people\nking queen\nman woman\n")
    assert task.evaluate(loaded, own, SilentContext())["examples"] == 2
    own.write_text("nothing here at all\n")
    with pytest.raises(InputError):
        task.evaluate(loaded, own, SilentContext())


@pytest.mark.parametrize("path", sorted(recipes_dir().glob("*.toml")), ids=lambda path: path.stem)
def test_shipped_recipes_of_text_say_how_to_make_them(path: Path) -> None:
    recipe = load_recipe(path)
    if not isinstance(recipe, TextRecipe) or "of your own" in recipe.title:
        return
    head = path.read_text(encoding="utf-8")
    assert f"deepstudio train resources/recipes/{path.name} --data DIR" in head and "deepstudio evaluate" in head
    assert recipe.description and recipe.sources and recipe.name == path.stem
