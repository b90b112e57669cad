"""Two towers: words of numbers and misspellings, vectors from text, training, held-out classes, resume, the file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from deepstudio.app.cli import main
from deepstudio.core.config import from_mapping
from deepstudio.core.errors import InputError, JobCancelled, RecipeError
from deepstudio.core.job import SilentContext
from deepstudio.core.requests import ExplainImage, Explanation, ImageAnswer, ImageSource, OwnLabel, PredictImages
from deepstudio.explain.image import ImageExplainer
from deepstudio.infer.image import ImagePredictor
from deepstudio.models.image_text import Similarity, words_from_tensor, words_to_tensor
from deepstudio.models.image_text_words import WordTable, split_words
from deepstudio.models.library import ModelLibrary
from deepstudio.models.modelfile import load_model
from deepstudio.train.image_text.measures import few_shot
from deepstudio.train.image_text.recipe import ImageTextRecipe
from deepstudio.train.image_text.task import ImageTextTask
from deepstudio.train.image_text.vectors import word_vectors
from deepstudio.train.run_folder import new_run
from deepstudio.train.runner import TrainRequest, run_training
from deepstudio.train.task import Finished

CPU = torch.device("cpu")
COLOURS = {"red": (220, 30, 30), "green": (30, 200, 40), "blue": (40, 40, 220), "yellow": (230, 220, 40)}


def test_numbers_are_spelled_out_and_marks_left_away() -> None:
    assert split_words("A photo of: 70!") == ["a", "photo", "of", "seventy"]
    assert split_words("120") == ["one", "hundred", "twenty"]
    assert split_words("0 7 12 100 305") == ["zero", "seven", "twelve", "one", "hundred", "three", "hundred", "five"]
    assert split_words("2026") == ["two", "zero", "two", "six"]


def test_unseen_words_take_those_that_are_spelled_alike() -> None:
    table = WordTable(["the", "truck", "kitten", "seventy"])
    assert table.rows("truck") == [[(1, 1.0)]]
    near = table.rows("kittens")
    assert near[0][0] == (2, pytest.approx(1.0))
    assert table.rows("xqzv") == [] and not table.knows("xqzv") and table.knows("the trucks")


def test_words_in_the_same_company_get_like_vectors() -> None:
    lines = [f"the {a} {b} the".split() for a in ("cat", "dog") for b in ("sleeps", "eats", "runs")] * 20
    lines += [f"a {a} {b} a".split() for a in ("ship", "boat") for b in ("sails", "sinks")] * 20
    words, vectors = word_vectors(lines, num_words=50, dim=6, window=2, contexts=50, must_have=["boat", "unheard"])
    place = {word: number for number, word in enumerate(words)}
    assert "unheard" not in place
    like = vectors @ vectors.T
    assert like[place["cat"], place["dog"]] > like[place["cat"], place["ship"]] + 0.3
    again = word_vectors(lines, num_words=50, dim=6, window=2, contexts=50, must_have=["boat"])[1]
    assert np.array_equal(vectors, again)


def test_words_go_through_a_file_as_bytes() -> None:
    words = ("a", "bc", "zz")
    assert words_from_tensor(words_to_tensor(words).float()) == words


def test_similarity_puts_words_and_pictures_on_one_scale() -> None:
    similarity = Similarity(words=(0.0, 0.5), pictures=(0.2, 0.9), scale=4.0)
    assert Similarity.from_tensor(similarity.to_tensor()).scale == 4.0
    t_KD = torch.eye(2, 3)
    weight, bias = similarity.head(t_KD, torch.tensor([False, True]))
    z = torch.tensor([[0.5, 0.9, 0.0], [0.0, 0.2, 0.0]])
    assert torch.allclose(z @ weight.T + bias, torch.tensor([[4.0, 4.0], [0.0, 0.0]]), atol=1e-5)


def test_few_shots_of_well_parted_classes_are_told_apart() -> None:
    torch.manual_seed(0)
    centres = torch.nn.functional.normalize(torch.randn(6, 16), dim=1)
    near = [torch.nn.functional.normalize(c + 0.01 * torch.randn(12, 16), dim=1) for c in centres]
    alike = [torch.nn.functional.normalize(torch.randn(12, 16), dim=1) for _ in range(6)]
    assert few_shot(near, shots=1, episodes=20, seed=0) == 1.0
    assert few_shot(alike, shots=1, episodes=60, seed=0) == pytest.approx(0.2, abs=0.06)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Coloured squares and discs below `shapes`, running text that uses the words for them."""
    random = np.random.default_rng(0)
    for split, count in (("train", 24), ("test", 8)):
        for name, colour in COLOURS.items():
            for index in range(count):
                shade = tuple(int(np.clip(v + random.integers(-25, 25), 0, 255)) for v in colour)
                image = Image.new("RGB", (32, 32), (128, 128, 128))
                left, top = random.integers(0, 12, 2)
                ImageDraw.Draw(image).rectangle((left, top, left + 18, top + 18), fill=shade)
                folder = tmp_path / "data" / "shapes" / split / name
                folder.mkdir(parents=True, exist_ok=True)
                image.save(folder / f"{index}.png")
    lines = [f"a {name} thing and the {name} square" for name in COLOURS] * 30
    lines += [f"a {word} thing is {name}" for word, name in (("crimson", "red"), ("azure", "blue"))] * 30
    (tmp_path / "data" / "text.txt").write_text("\n".join(lines))
    return tmp_path / "data"


@pytest.fixture
def recipe() -> ImageTextRecipe:
    mapping: dict[str, Any] = {
        "name": "squares",
        "task": "image-text",
        "description": "Squares.",
        "episodes": 5,
        "words": {"files": ["text.txt"], "contexts": 40, "noise": 0.1},
        "preprocessing": {"height": 32, "width": 32, "channels": 3, "mean": [0.5], "std": [0.25]},
        "network": {"config": {"widths": [8, 12, 16], "dim": 12, "num_words": 40, "word_dim": 12, "hidden": 16}},
        "optimizer": {"name": "adamw", "lr": 0.01},
        "training": {"epochs": 30, "batch_size": 24, "precision": "float32", "ema": 0.8},
        "sets": [
            {
                "name": "Shapes",
                "folder": "shapes",
                "validation_share": 0.2,
                "labels": list(COLOURS),
                "held_out": ["yellow"],
                "templates": ["{}", "a {} square"],
                "unseen_templates": ["the {} thing"],
                "phrases": {name: [name] for name in COLOURS},
                "unseen": {"red": ["crimson"]},
            }
        ],
    }
    return from_mapping(ImageTextRecipe, mapping, where="the test")


def train(recipe: ImageTextRecipe, data: Path, run: Path) -> Finished:
    request = TrainRequest(recipe=recipe, data=data, folder=new_run(recipe, run), device="cpu")
    return run_training(request, SilentContext())


class Keep(SilentContext):
    """Keeps what comes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Any] = []

    def partial(self, value: object) -> None:
        self.found.append(value)


def test_towers_learn_and_answer_labels_of_ones_own(
    recipe: ImageTextRecipe, data: Path, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    finished = train(recipe, data, tmp_path / "run")
    figures = {(f.name, f.split): f.value for f in finished.card.metrics}
    assert figures["accuracy", "test"] >= 0.9
    assert figures["accuracy_unseen_phrases", "test"] >= 0.6
    assert 0 <= figures["accuracy_held_out_among_all", "test"] <= 1
    assert "yellow" not in finished.card.labels and finished.card.extra["held_out"] == {"Shapes": ["yellow"]}
    loaded = load_model(finished.path, CPU)
    evaluated = ImageTextTask().evaluate(loaded, data, SilentContext())
    assert evaluated["accuracy (Shapes)"] == pytest.approx(figures["accuracy", "test"])
    folder = ImageTextTask().evaluate(loaded, data / "shapes" / "test", SilentContext())
    assert folder["labels"] == ("blue", "green", "red", "yellow") and folder["examples"] == 32

    predictor = ImagePredictor(ModelLibrary(tmp_path / "none", tmp_path / "none"), "cpu")
    red, yellow = (ImageSource(name=name, path=data / "shapes" / "test" / name / "0.png") for name in ("red", "yellow"))

    def ask(source: ImageSource, *labels: OwnLabel) -> ImageAnswer:
        context = Keep()
        request = PredictImages(sources=(source,), models=(str(finished.path),), own_labels=labels)
        predictor.predict(request, context)
        answer: ImageAnswer = context.found[0]
        return answer

    typed = tuple(OwnLabel(name=name) for name in ("green square", "crimson"))
    answer = ask(red, *typed)
    assert answer.labels == ("green square", "crimson") and answer.ranking[0] == 1
    assert answer.probabilities.sum() == pytest.approx(1, abs=1e-5) and answer.unknown is not None
    assert ask(red).labels == finished.card.labels
    shown = OwnLabel(name="mine", examples=(replace(yellow, path=data / "shapes" / "test" / "yellow" / "3.png"),))
    assert ask(yellow, typed[0], shown).ranking[0] == 1, "one example of a class that was never learnt from"
    with pytest.raises(InputError, match="xqzv"):
        ask(red, OwnLabel(name="xqzv"))

    given = ["--labels", "green square, crimson", "--example", f"mine={shown.examples[0].path}"]
    assert main(["predict", str(finished.path), str(yellow.path), *given, "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["top"][0]["label"] == "mine" and len(record["top"]) == 3

    context = Keep()
    request = ExplainImage(source=red, model=str(finished.path), label=1, own_labels=typed)
    ImageExplainer(predictor).explain(request, context)
    heat: Explanation = context.found[0]
    assert heat.heat.max() == pytest.approx(1, abs=0.1)


def test_a_stopped_run_goes_on_bit_for_bit(recipe: ImageTextRecipe, data: Path, tmp_path: Path) -> None:
    class StopAt(SilentContext):
        def progress(self, done: int, total: int) -> None:
            self.cancelled = done >= 5

    short = replace(recipe, training=replace(recipe.training, epochs=3))
    whole = train(short, data, tmp_path / "whole")
    request = TrainRequest(recipe=short, data=data, folder=new_run(short, tmp_path / "parts"), device="cpu")
    with pytest.raises(JobCancelled):
        run_training(request, StopAt())
    parts = run_training(replace(request, resume=True), SilentContext())
    assert whole.card.sha256 == parts.card.sha256


def test_what_does_not_fit_is_said(recipe: ImageTextRecipe, data: Path) -> None:
    task = ImageTextTask()
    with pytest.raises(RecipeError, match="image set"):
        task.prepare(replace(recipe, sets=()), data, SilentContext())
    no_words = replace(recipe.sets[0], phrases={"red": ["red"]})
    with pytest.raises(RecipeError, match="green"):
        task.prepare(replace(recipe, sets=(no_words,)), data, SilentContext())
    no_text = replace(recipe, words=replace(recipe.words, files=("missing.txt",)))
    with pytest.raises(InputError, match="missing"):
        task.prepare(no_text, data, SilentContext())
