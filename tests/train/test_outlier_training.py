"""Networks that see other things while they learn: unsure about them afterwards, exact on resume, honest cards."""

from __future__ import annotations

import gzip
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from deepstudio.core.errors import JobCancelled, RecipeError
from deepstudio.core.job import SilentContext
from deepstudio.models.modelfile import load_model
from deepstudio.train.image_objective import ImageBatch
from deepstudio.train.image_task import ImageTask
from deepstudio.train.outliers import read_pictures
from deepstudio.train.recipe import OutlierConfig, Recipe
from deepstudio.train.run_folder import new_run
from deepstudio.train.runner import TrainRequest, run_training
from deepstudio.train.setup import build_run
from deepstudio.train.task import Finished

CPU = torch.device("cpu")


def with_outliers(recipe: Recipe, **changes: object) -> Recipe:
    config = OutlierConfig(**{"kinds": ("noise", "jigsaws"), "count": 24, "from_epoch": 1, **changes})  # type: ignore[arg-type]
    return replace(recipe, outliers=config)


def trained(recipe: Recipe, data: Path, run: Path, context: SilentContext | None = None) -> Finished:
    request = TrainRequest(recipe=recipe, data=data, folder=new_run(recipe, run), device="cpu")
    return run_training(request, context or SilentContext())


class StopAt(SilentContext):
    """Cancels once a step is reached."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self.step = step

    def progress(self, done: int, total: int) -> None:
        self.cancelled = done >= self.step


def test_batches_hold_other_things_from_their_epoch_on(recipe: Recipe, corners: Path) -> None:
    chosen = with_outliers(recipe, share=0.5)
    task = ImageTask()
    material = task.prepare(chosen, corners, SilentContext())
    objective = task.build(chosen, material, CPU).objective
    first = next(objective.batches(0, 0))
    assert isinstance(first, ImageBatch) and len(first.strange) == 0
    whole, rest = list(objective.batches(2, 0)), list(objective.batches(2, 1))
    assert all(batch.strange.shape == (6, 1, 12, 12) for batch in whole)
    assert torch.equal(whole[1].strange, rest[0].strange) and torch.equal(whole[1].x, rest[0].x)
    assert not torch.equal(whole[0].strange, whole[1].strange)
    halves = [objective.part(whole[0], rank, 2) for rank in (0, 1)]
    assert torch.equal(torch.cat([half.strange for half in halves]), whole[0].strange)
    assert objective.num_examples(whole[0]) == 12
    loss, extra = objective.loss(whole[0])
    plain, nothing = objective.loss(ImageBatch(whole[0].x, whole[0].labels, whole[0].strange[:0]))
    assert extra["outlier_loss"] > 0 and not nothing and loss > plain * 0.5


def test_what_a_network_saw_as_other_things_leaves_it_unsure(recipe: Recipe, corners: Path, tmp_path: Path) -> None:
    longer = replace(recipe, training=replace(recipe.training, epochs=8))
    strange = with_outliers(longer, kinds=("noise",), count=60, share=1.0, weight=1.0, from_epoch=0)
    task = ImageTask()
    pictures = task.prepare(strange, corners, SilentContext()).outliers["noise"].images
    x = (torch.from_numpy(pictures).permute(0, 3, 1, 2) / 255 - 0.3) / 0.2

    def sureness(finished: Finished) -> float:
        network = load_model(finished.path, CPU).network
        with torch.no_grad():
            return float(torch.softmax(network(x), dim=1).amax(dim=1).mean())

    seen, unseen = trained(strange, corners, tmp_path / "seen"), trained(longer, corners, tmp_path / "unseen")
    assert sureness(seen) < sureness(unseen) - 0.1
    assert seen.test is not None and seen.test.report.accuracy >= 0.85
    rejected = {figure.data: figure.value for figure in seen.card.metrics if figure.split == "other things"}
    assert set(rejected) == {"noise"} and 0 <= rejected["noise"] <= 1


@pytest.mark.parametrize("stop", [3, 6])
def test_a_stopped_run_goes_on_bit_for_bit(recipe: Recipe, corners: Path, tmp_path: Path, stop: int) -> None:
    chosen = with_outliers(recipe)
    whole = trained(chosen, corners, tmp_path / "whole")
    request = TrainRequest(recipe=chosen, data=corners, folder=new_run(chosen, tmp_path / "parts"), device="cpu")
    with pytest.raises(JobCancelled):
        run_training(request, StopAt(stop))
    parts = run_training(replace(request, resume=True), SilentContext())
    one, other = (load_model(finished.path, CPU).network.state_dict() for finished in (whole, parts))
    assert all(torch.equal(tensor, other[name]) for name, tensor in one.items())


def test_other_sets_are_read_from_folders_and_idx_files(recipe: Recipe, corners: Path, tmp_path: Path) -> None:
    folder = corners / "others" / "train" / "things"
    folder.mkdir(parents=True)
    for index in range(5):
        Image.new("RGB", (9, 7), (40 * index, 0, 0)).save(folder / f"{index}.png")
    digits = corners / "digits" / "raw"
    digits.mkdir(parents=True)
    pixels = np.arange(7 * 28 * 28, dtype=np.uint32).astype(np.uint8)
    content = struct.pack(">IIII", 2051, 7, 28, 28) + pixels.tobytes()
    (digits / "train-images-idx3-ubyte.gz").write_bytes(gzip.compress(content))
    (digits / "train-labels-idx1-ubyte").write_bytes(struct.pack(">II", 2049, 7) + bytes(range(7)))
    found = read_pictures(corners / "digits" / "train", recipe.preprocessing, 4)
    assert found is not None and found.shape == (4, 12, 12, 1)
    chosen = with_outliers(recipe, kinds=(), folders=("others/train", "digits/train", "nowhere/train"))
    material = ImageTask().prepare(chosen, corners, SilentContext())
    assert material.strange is not None and len(material.strange) == 12
    with pytest.raises(RecipeError, match="other things"):
        ImageTask().prepare(with_outliers(recipe, kinds=(), folders=("nowhere",)), corners, SilentContext())


def test_a_schedule_may_be_laid_out_for_more_epochs_than_are_trained(recipe: Recipe, corners: Path) -> None:
    def rates(chosen: Recipe) -> list[float]:
        task = ImageTask()
        material = task.prepare(chosen, corners, SilentContext())
        trainer, _ = build_run(task, chosen, material, CPU, checkpoint=corners / "unused.pt")
        return [trainer.schedule(step) for step in range(trainer.total_steps)]

    whole = rates(recipe)
    short = replace(
        recipe,
        training=replace(recipe.training, epochs=2),
        schedule=replace(recipe.schedule, epochs=recipe.training.epochs),
    )
    assert rates(short) == whole[: len(whole) // 2]
