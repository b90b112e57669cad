"""On a GPU: answers as on the CPU, training that learns, resuming bit for bit, memory that runs out in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from deepstudio.core.device import pick_device
from deepstudio.core.errors import JobCancelled, OutOfMemoryError
from deepstudio.core.job import SilentContext
from deepstudio.models.modelfile import load_model
from deepstudio.models.registry import build_network
from deepstudio.train.recipe import Recipe
from deepstudio.train.run_folder import new_run
from deepstudio.train.runner import TrainRequest, run_training

pytestmark = pytest.mark.gpu


@pytest.mark.parametrize("name", ["speednet", "article-32-64-128"])
def test_answers_equal_those_of_the_cpu(name: str) -> None:
    torch.manual_seed(0)
    network = build_network(name, {}, num_classes=10).eval()
    x = torch.randn(32, 3, 32, 32)
    expected = network(x)
    device = pick_device()
    found = network.to(device)(x.to(device)).cpu()
    assert torch.allclose(found, expected, atol=2e-2)
    assert torch.equal(found.argmax(1), expected.argmax(1))


class StopAt(SilentContext):
    def progress(self, done: int, total: int) -> None:
        self.cancelled = done >= 7


def test_training_learns_and_goes_on_bit_for_bit(recipe: Recipe, corners: Path, tmp_path: Path) -> None:
    whole = TrainRequest(recipe=recipe, data=corners, folder=new_run(recipe, tmp_path / "a"))
    finished = run_training(whole, SilentContext())
    assert finished.test is not None and finished.test.report.accuracy >= 0.9
    parts = TrainRequest(recipe=recipe, data=corners, folder=new_run(recipe, tmp_path / "b"))
    with pytest.raises(JobCancelled):
        run_training(parts, StopAt())
    resumed = run_training(replace(parts, resume=True), SilentContext())
    cpu = torch.device("cpu")
    before, after = (load_model(f.path, cpu).network.state_dict() for f in (finished, resumed))
    assert all(torch.equal(before[name], after[name]) for name in before)


def test_memory_that_runs_out_is_a_sentence(recipe: Recipe, corners: Path, tmp_path: Path) -> None:
    if pick_device().type != "cuda":
        pytest.skip("only CUDA can be told to have less memory")
    torch.cuda.set_per_process_memory_fraction(1e-6)
    try:
        made = TrainRequest(recipe=recipe, data=corners, folder=new_run(recipe, tmp_path / "a"))
        with pytest.raises(OutOfMemoryError):
            run_training(made, SilentContext())
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)
