"""Folds and seeds: many runs, one table; the samples behind a figure; the learning-rate range test."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import torch

from deepstudio.core.errors import InputError, JobCancelled, RecipeError
from deepstudio.core.job import SilentContext
from deepstudio.data.corrections import Corrections
from deepstudio.data.sample_files import image_source
from deepstudio.data.splits import folds
from deepstudio.store.runs import RunStore
from deepstudio.train.crossval import CrossValidateRequest, cross_validate
from deepstudio.train.inspect import InspectRequest, inspect_samples
from deepstudio.train.rate_finder import RateFinderRequest, RatePoints, find_rate
from deepstudio.train.recipe import Recipe
from deepstudio.train.repeat import RepeatRequest, repeat_seeds
from deepstudio.train.run_folder import RunFolder
from deepstudio.train.runner import TrainRequest, run_training
from deepstudio.train.series import MemberEnded, MemberStarted
from tests.helpers.contexts import RecordingContext


@pytest.fixture
def quick(recipe: Recipe) -> Recipe:
    return replace(recipe, rejection=0.0, training=replace(recipe.training, epochs=2))


@pytest.mark.parametrize("count", [2, 5, 7])
def test_folds_cover_everything_once_and_keep_the_classes(count: int) -> None:
    labels = np.repeat([0, 1, 2], [50, 23, 9])
    parts = folds(labels, count, seed=3)
    assert np.array_equal(np.sort(np.concatenate(parts)), np.arange(82))
    for label in range(3):
        sizes = [int((labels[part] == label).sum()) for part in parts]
        assert max(sizes) - min(sizes) <= 1
    assert max(map(len, parts)) - min(map(len, parts)) <= 1
    assert not all(np.array_equal(a, b) for a, b in zip(parts, folds(labels, count, seed=4), strict=True))


def test_folds_divide_no_group_and_still_keep_the_classes() -> None:
    generator = np.random.default_rng(0)
    sizes = generator.integers(1, 12, 60)
    groups = [f"g{number}" for number, size in enumerate(sizes) for _ in range(size)]
    labels = np.array([number % 3 for number, size in enumerate(sizes) for _ in range(size)])
    parts = folds(labels, 5, 0, groups)
    assert np.array_equal(np.sort(np.concatenate(parts)), np.arange(len(labels)))
    for a, b in combinations(parts, 2):
        assert not {groups[i] for i in a} & {groups[i] for i in b}
    for label in range(3):
        found = [int((labels[part] == label).sum()) for part in parts]
        assert max(found) <= 1.4 * min(found)
    with pytest.raises(InputError, match="2 examples or groups"):
        folds(np.zeros(9, int), 3, 0, ["a"] * 4 + ["b"] * 5)


def test_every_fold_is_a_run_of_its_own(corners: Path, tmp_path: Path, quick: Recipe) -> None:
    store = RunStore(tmp_path / "runs.db")
    context = RecordingContext()
    try:
        request = CrossValidateRequest(
            recipe=quick, data=corners, folds=3, folder=tmp_path / "cv", device="cpu", store=store
        )
        result = cross_validate(request, context)
        rows = store.runs(f"tag:{result.tag}")
    finally:
        store.close()
    assert [member.examples for member in result.members] == [20, 20, 20]
    assert sorted(row.name for row in rows) == [f"corners fold {number} of 3" for number in (1, 2, 3)]
    assert {row.id for row in rows} == {member.run_id for member in result.members}
    accuracies = [member.metrics["accuracy"] for member in result.members]
    assert result.mean["accuracy"] == pytest.approx(np.mean(accuracies))
    assert result.spread["accuracy"] == pytest.approx(np.std(accuracies, ddof=1))
    assert (tmp_path / "cv" / "run-2" / "corners-fold-2.safetensors").is_file()
    told = [partial for partial in context.partials if isinstance(partial, (MemberStarted, MemberEnded))]
    assert [type(partial).__name__ for partial in told] == ["MemberStarted", "MemberEnded"] * 3
    assert context.steps[-1][0] == context.steps[-1][1] and context.steps == sorted(context.steps)


def test_a_given_validation_split_joins_the_folds(corners: Path, tmp_path: Path, quick: Recipe) -> None:
    (corners / "test").rename(corners / "val")
    recipe = replace(quick, data=replace(quick.data, validation="val"))
    request = CrossValidateRequest(recipe=recipe, data=corners, folds=2, folder=tmp_path / "cv", device="cpu")
    assert sum(member.examples for member in cross_validate(request, SilentContext()).members) == 80


def test_other_seeds_give_other_runs_and_the_same_seed_the_same(corners: Path, tmp_path: Path, quick: Recipe) -> None:
    request = RepeatRequest(recipe=quick, data=corners, seeds=(7, 8), folder=tmp_path / "a", device="cpu")
    result = repeat_seeds(request, SilentContext())
    again = repeat_seeds(replace(request, seeds=(8,), folder=tmp_path / "b"), SilentContext())

    def weights(folder: Path) -> bytes:
        return b"".join(
            tensor.numpy().tobytes()
            for tensor in torch.load(folder / "checkpoint.pt", weights_only=True)["network"].values()
        )

    first, second = (weights(member.folder) for member in result.members)
    assert first != second and second == weights(again.members[0].folder)
    assert [member.seed for member in result.members] == [7, 8] and again.spread["accuracy"] == 0.0
    assert not any("test" in str(member.metrics) for member in result.members)


def test_wrong_wishes_are_sentences(corners: Path, quick: Recipe) -> None:
    with pytest.raises(RecipeError, match="at least two"):
        cross_validate(CrossValidateRequest(recipe=quick, data=corners, folds=1), SilentContext())
    with pytest.raises(RecipeError, match="another one"):
        repeat_seeds(RepeatRequest(recipe=quick, data=corners, seeds=(1, 1)), SilentContext())


def test_a_cancel_ends_the_series(corners: Path, tmp_path: Path, quick: Recipe) -> None:
    class Cancelling(SilentContext):
        def partial(self, value: object) -> None:
            self.cancelled = self.cancelled or isinstance(value, MemberEnded)

    with pytest.raises(JobCancelled):
        request = RepeatRequest(recipe=quick, data=corners, seeds=(1, 2), folder=tmp_path / "s", device="cpu")
        repeat_seeds(request, Cancelling())
    assert (tmp_path / "s" / "run-1" / "corners-seed-1.safetensors").is_file()
    assert not (tmp_path / "s" / "run-2" / "corners-seed-2.safetensors").exists()


def test_the_samples_behind_a_figure(corners: Path, tmp_path: Path, recipe: Recipe) -> None:
    recipe = replace(recipe, rejection=0.0)
    wrong = ["train/top/1.png", "train/bottom/0.png"]
    folder = RunFolder(path=tmp_path / "run")
    finished = run_training(TrainRequest(recipe=recipe, data=corners, folder=folder, device="cpu"), SilentContext())
    Corrections.open(corners).relabel({wrong[0]: "bottom", wrong[1]: "top"})
    found = {
        split: inspect_samples(InspectRequest(model=finished.path, data=corners, split=split), SilentContext())
        for split in ("train", "validation", "test")
    }
    assert {split: len(part.names) for split, part in found.items()} == {"train": 48, "validation": 12, "test": 20}
    for part in found.values():
        assert part.root == corners and part.confusion.sum() == len(part.names)
        assert all((source := image_source(part.root, name).path) and source.is_file() for name in part.names)
        assert not part.losses.flags.writeable
        right = np.where(part.labels == part.predicted, part.confidence, 1 - part.confidence)
        seen = right > 1e-3  # below that float32 has too few digits to compare by
        assert np.allclose(part.losses[seen], -np.log(right[seen]), atol=1e-3)
    worst = [part.names[index] for part in found.values() for index in part.top_losses(2)]
    assert set(wrong) <= set(worst)
    test = found["test"]
    cell = test.cell(1, 1)
    assert all("/top/" in test.names[index] for index in cell) and len(cell) == test.confusion[1, 1]
    assert (np.diff(test.confidence[cell]) <= 0).all()


def test_the_range_test_finds_a_rate_that_trains(corners: Path, tmp_path: Path, recipe: Recipe) -> None:
    recipe = replace(recipe, rejection=0.0, schedule=replace(recipe.schedule, name="constant"))
    recipe = replace(recipe, training=replace(recipe.training, epochs=8))
    context = RecordingContext()
    finding = find_rate(RateFinderRequest(recipe=recipe, data=corners, device="cpu", steps=80), context)
    points = [partial for partial in context.partials if isinstance(partial, RatePoints)]
    assert np.array_equal(np.concatenate([part.rates for part in points]), finding.rates)
    assert np.array_equal(np.concatenate([part.losses for part in points]), finding.losses)
    assert finding.rates[0] == pytest.approx(1e-6) and (np.diff(np.log(finding.rates)) > 0).all()
    assert finding.steepest <= finding.lowest and finding.suggestion <= finding.lowest / 9
    assert not (tmp_path / "checkpoint.pt").exists() and not Path("checkpoint.pt").exists()

    def accuracy(rate: float, name: str) -> float:
        tried = replace(recipe, optimizer=replace(recipe.optimizer, lr=rate))
        folder = RunFolder(path=tmp_path / name)
        request = TrainRequest(recipe=tried, data=corners, folder=folder, device="cpu")
        return float(run_training(request, SilentContext()).validation.report.accuracy)

    assert accuracy(finding.suggestion, "suggested") >= 0.9
    assert accuracy(finding.suggestion / 300, "far lower") < 0.9


def test_the_range_test_leaves_a_checkpoint_as_it_was(corners: Path, tmp_path: Path, quick: Recipe) -> None:
    folder = RunFolder(path=tmp_path / "run")
    run_training(TrainRequest(recipe=quick, data=corners, folder=folder, device="cpu"), SilentContext())
    before = folder.checkpoint.read_bytes()
    request = RateFinderRequest(recipe=quick, data=corners, device="cpu", steps=30, checkpoint=folder.checkpoint)
    fresh = find_rate(replace(request, checkpoint=None), SilentContext())
    trained = find_rate(request, SilentContext())
    assert folder.checkpoint.read_bytes() == before
    assert trained.losses[0] < fresh.losses[0]
    with pytest.raises(JobCancelled):
        find_rate(request, RecordingContext(cancel_at=5))
