"""Several processes train one network: the losses of one process, a killed worker, a polite stop."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import torch
from torch import nn

from deepstudio.core.errors import JobCancelled
from deepstudio.core.job import SilentContext
from deepstudio.store.runs import RunStore, Status
from deepstudio.train.launch import LaunchPlan, plan_launch
from deepstudio.train.objective import map_tensors
from deepstudio.train.recipe import Recipe
from deepstudio.train.run_folder import new_run
from deepstudio.train.runner import TrainRequest, run_training
from deepstudio.train.shared_norm import SharedBatchNorm, share_batch_norm

pytestmark = pytest.mark.skipif(os.name != "posix", reason="torchrun restarts workers on POSIX only")

_PATIENCE_S = 120.0


def until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait until the condition holds; the process must live until then."""
    end, clock = time.monotonic() + _PATIENCE_S, threading.Event()
    while not condition():
        assert process.poll() is None, f"torchrun ended with {process.returncode}"
        assert time.monotonic() < end, "nothing happened"
        clock.wait(0.02)


def worker(process: subprocess.Popen[bytes], rank: int) -> psutil.Process:
    found = [child for child in psutil.Process(process.pid).children() if child.environ().get("RANK") == str(rank)]
    return found[0]


def losses(store: RunStore, run_id: str) -> list[tuple[int, float]]:
    columns = store.read(run_id, "loss")
    return list(zip(columns.steps.tolist(), columns.values.tolist(), strict=True))


def shared(recipe: Recipe) -> Recipe:
    """Return the recipe with everything that several processes can do alike (not dropout), in uneven shares."""
    config = {**recipe.network.config, "dropout": 0.0}
    network = replace(recipe.network, config=config)
    return replace(recipe, network=network, training=replace(recipe.training, batch_size=11, epochs=4000))


class StopAt(SilentContext):
    def __init__(self, step: int) -> None:
        super().__init__()
        self._step = step

    def progress(self, done: int, total: int) -> None:
        self.cancelled = done >= self._step


def test_two_processes_are_one_run_that_survives_a_killed_worker(
    recipe: Recipe, corners: Path, tmp_path: Path, checkout: Path
) -> None:
    plan: LaunchPlan = plan_launch(
        shared(recipe), corners, processes=2, folder=new_run(recipe, tmp_path / "run"), device="cpu", max_restarts=4
    )
    environment = {**plan.environment, "OMP_NUM_THREADS": "1"}
    with RunStore() as store, subprocess.Popen(plan.command, cwd=checkout, env=environment) as process:

        def done() -> int:
            infos = {info.name: info for info in store.metrics(plan.run_id)} if store.runs() else {}
            return infos["loss"].last_step + 1 if "loss" in infos else 0

        until(lambda: done() >= 12, process)
        worker(process, 1).kill()
        until(lambda: any(event.kind == "resumed" for event in store.events(plan.run_id)), process)
        reached = done()
        until(lambda: done() >= reached + 8, process)
        process.send_signal(signal.SIGTERM)
        process.wait(_PATIENCE_S)
        assert store.run(plan.run_id).status is Status.STOPPED
        assert store.run(plan.run_id).environment["processes"] == 2
        found = losses(store, plan.run_id)
        steps = len(found)
        assert torch.load(plan.folder.checkpoint, weights_only=True)["step"] == steps
        alone = TrainRequest(
            recipe=shared(recipe), data=corners, folder=new_run(recipe, tmp_path / "one"), device="cpu", store=store
        )
        with pytest.raises(JobCancelled):
            run_training(alone, StopAt(min(steps, 24)))
        expected = losses(store, store.runs()[0].id)
    assert [step for step, _ in found] == list(range(steps))
    assert [value for _, value in found[: len(expected)]] == pytest.approx(
        [value for _, value in expected], rel=2e-3, abs=1e-5
    )


def test_a_batch_is_divided_whole() -> None:
    from deepstudio.train.image_objective import ImageBatch, ImageObjective

    batch = ImageBatch(torch.arange(22).view(11, 2), torch.arange(11), torch.arange(10).view(5, 2))
    parts = [ImageObjective.part(object.__new__(ImageObjective), batch, rank, 4) for rank in range(4)]
    assert torch.equal(torch.cat([part.labels for part in parts]), batch.labels)
    assert torch.equal(torch.cat([part.strange for part in parts]), batch.strange)
    assert sorted(len(part[0]) for part in parts) == [2, 3, 3, 3]
    nested = map_tensors({"a": [batch], "b": 3}, lambda tensor: tensor[:1])
    assert nested["b"] == 3 and len(nested["a"][0][1]) == 1


def test_shared_batch_norm_is_batch_norm_where_there_is_one_process(tmp_path: Path) -> None:
    torch.manual_seed(0)
    torch.distributed.init_process_group("gloo", init_method=f"file://{tmp_path / 'meet'}", rank=0, world_size=1)
    try:
        plain = nn.Sequential(nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3))
        ours = nn.Sequential(nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3))
        ours.load_state_dict(plain.state_dict())
        share_batch_norm(ours)
        assert isinstance(ours[1], SharedBatchNorm) and list(ours.state_dict()) == list(plain.state_dict())
        x, weight = torch.randn(5, 2, 6, 6) * 3 + 7, torch.randn(5, 3, 4, 4)
        inputs = [x.clone().requires_grad_() for _ in range(2)]
        for network, given in zip((plain, ours), inputs, strict=True):
            (network(given) * weight).sum().backward()
        assert torch.allclose(inputs[0].grad, inputs[1].grad, atol=1e-4)  # type: ignore[arg-type]
        for first, second in zip(plain.parameters(), ours.parameters(), strict=True):
            assert torch.allclose(first.grad, second.grad, atol=1e-3)  # type: ignore[arg-type]
        for name, tensor in plain.state_dict().items():
            assert torch.allclose(tensor, ours.state_dict()[name], atol=1e-5), name
        with torch.no_grad():
            assert torch.equal(plain.eval()(x), ours.eval()(x)) or torch.allclose(plain(x), ours(x), atol=1e-5)
    finally:
        torch.distributed.destroy_process_group()
