"""Training and measuring on a table of pictures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from deepstudio.core.job import SilentContext
from deepstudio.data.corrections import Corrections
from deepstudio.models.modelfile import load_model
from deepstudio.train.evaluate import evaluate_folder
from deepstudio.train.recipe import Recipe
from deepstudio.train.run_folder import RunFolder
from deepstudio.train.runner import TrainRequest, run_training
from deepstudio.train.sets import load_training_sets


@pytest.fixture
def table(corners: Path) -> Path:
    """Return a table of the pictures of `corners`, every tenth training picture being for validation."""
    lines = ["path,label,split"]
    for number, path in enumerate(sorted(corners.rglob("*.png"))):
        split, label, _ = path.relative_to(corners).parts
        role = "val" if split == "train" and number % 10 == 0 else split
        lines.append(f"{path.relative_to(corners).as_posix()},{label},{role}")
    path = corners / "corners.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_a_table_trains_and_is_measured_on_its_test_rows(table: Path, tmp_path: Path, recipe: Recipe) -> None:
    recipe = replace(recipe, rejection=0.0)
    sets = load_training_sets(recipe, table, SilentContext())
    assert (len(sets.train), len(sets.validation)) == (54, 6)
    folder = RunFolder(path=tmp_path / "run")
    finished = run_training(TrainRequest(recipe=recipe, data=table, folder=folder, device="cpu"), SilentContext())
    assert finished.card.labels == ("bottom", "top")
    loaded = load_model(finished.path, "cpu")
    evaluation = evaluate_folder(loaded, table, SilentContext())
    assert evaluation.report.examples == 20
    assert finished.test.report.accuracy == evaluation.report.accuracy >= 0.9


def test_a_retrain_uses_the_corrections(table: Path, recipe: Recipe) -> None:
    recipe = replace(recipe, data=replace(recipe.data, validation_share=0.5))
    corrections = Corrections.open(table)
    corrections.exclude(["train/top/1.png"])
    corrections.relabel({"train/top/3.png": "bottom"})
    train = load_training_sets(recipe, table, SilentContext()).train
    labels = {name: train.classes[label] for name, label in zip(train.names, train.labels, strict=True)}
    assert "train/top/1.png" not in labels and labels.get("train/top/3.png", "bottom") == "bottom"


def test_corrections_of_a_folder_reach_the_training_split(corners: Path, recipe: Recipe) -> None:
    before = load_training_sets(recipe, corners, SilentContext())
    Corrections.open(corners).exclude([f"train/top/{number}.png" for number in range(1, 21, 2)])
    after = load_training_sets(recipe, corners, SilentContext())
    assert len(before.train) + len(before.validation) == 60
    assert len(after.train) + len(after.validation) == 50
