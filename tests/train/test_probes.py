"""What is seen inside a network while it trains: exact histograms, answers, maps; and what it may cost."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from deepstudio.core.job import SilentContext
from deepstudio.core.training_messages import Media, MediaKind
from deepstudio.store.runs import RunStore
from deepstudio.train.image_task import ImageTask
from deepstudio.train.metric_buffer import MetricBuffer
from deepstudio.train.probes import BINS, Probes, _histogram
from deepstudio.train.recipe import Recipe
from deepstudio.train.run_folder import new_run
from deepstudio.train.runner import TrainRequest, run_training
from deepstudio.train.setup import build_run
from deepstudio.train.sinks import Sink
from deepstudio.train.store_sink import read_media
from deepstudio.train.system_metrics import SystemSampler

CPU = torch.device("cpu")


def test_a_histogram_keeps_every_value_and_exact_ends() -> None:
    torch.manual_seed(0)
    values = torch.randn(1000)
    values[7] = 123.456
    payload = _histogram("h", 3, values.view(10, 100)).payload
    counts, edges = payload["counts"], payload["edges"]
    assert isinstance(counts, np.ndarray) and isinstance(edges, np.ndarray)
    assert counts.sum() == 1000 and len(counts) == BINS
    assert (edges[0], edges[-1]) == (values.min().item(), values.max().item())
    assert counts.tolist() == np.histogram(values.numpy(), edges.astype(np.float64))[0].tolist()


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_counted_apart(bad: float) -> None:
    payload = _histogram("h", 0, torch.tensor([1.0, bad, 2.0, bad])).payload
    assert payload["non_finite"] == 2 and payload["counts"].sum() == 2  # type: ignore[union-attr]
    assert (payload["edges"][0], payload["edges"][-1]) == (1.0, 2.0)
    lost = _histogram("h", 0, torch.tensor([bad])).payload
    assert lost["non_finite"] == 1 and lost["counts"].sum() == 0  # type: ignore[union-attr]


def test_equal_values_fall_into_one_bin() -> None:
    payload = _histogram("h", 0, torch.zeros(5)).payload
    assert payload["counts"].max() == 5 and payload["edges"][0] == payload["edges"][-1] == 0.0  # type: ignore[union-attr]


class Kept(Sink):
    def __init__(self) -> None:
        self.found: list[Media] = []

    def media(self, media: Media) -> None:
        self.found.append(media)


def test_looking_shows_layers_answers_and_maps_and_changes_nothing(
    recipe: Recipe, corners: Path, tmp_path: Path
) -> None:
    task = ImageTask()
    material = task.prepare(recipe, corners, SilentContext())
    trainer, state = build_run(task, recipe, material, CPU, checkpoint=tmp_path / "c")
    kept = Kept()
    trainer.metrics.attach(kept)
    state.network.train()
    batch = next(trainer.objective.batches(0, 0))
    trainer.objective.loss(batch)[0].backward()
    before = {name: tensor.clone() for name, tensor in state.network.state_dict().items()}
    random = torch.get_rng_state()
    trainer.probes.look(0, trainer.metrics)
    assert torch.equal(random, torch.get_rng_state()) and state.network.training
    assert all(torch.equal(tensor, before[name]) for name, tensor in state.network.state_dict().items())
    found = {media.name: media for media in kept.found}
    layers = [name for name, parameter in state.network.named_parameters() if parameter.dim() > 1]
    assert {f"weights/{name}" for name in layers} | {f"gradients/{name}" for name in layers} <= set(found)
    samples = found["samples/validation"]
    assert samples.kind is MediaKind.PREDICTIONS and samples.payload["classes"] == ("bottom", "top")
    probabilities, pixels = samples.payload["probabilities"], samples.payload["pixels"]
    assert isinstance(probabilities, np.ndarray) and isinstance(pixels, np.ndarray)
    assert probabilities.shape == (12, 2) and np.allclose(probabilities.sum(1), 1, atol=1e-5)
    assert pixels.shape == (12, 12, 12, 1) and pixels.dtype == np.uint8
    assert sorted(samples.payload["labels"].tolist()) == [0] * 6 + [1] * 6  # type: ignore[union-attr]
    maps = [media.payload["pixels"] for media in kept.found if media.kind is MediaKind.ACTIVATIONS]
    assert maps and all(m.ndim == 4 and m.dtype == np.uint8 and m.max() == 255 for m in maps)  # type: ignore[union-attr]
    with pytest.raises(ValueError, match="read-only"):
        pixels[0] = 0


class Objectiveless:
    def probes(self, network: nn.Module) -> tuple[Media, ...]:
        return ()


def test_looks_are_rationed() -> None:
    network = nn.Linear(3, 2)
    probes = Probes(network, Objectiveless(), every=0, total_steps=60_000)  # type: ignore[arg-type]
    assert probes.due(0)
    probes.look(0, MetricBuffer())
    assert not probes.due(199), "at most 300 looks a run"
    often = Probes(network, Objectiveless(), every=7, total_steps=60_000)  # type: ignore[arg-type]
    assert [step for step in range(20) if often.due(step)] == [0, 7, 14]
    probes._next_time = float("inf")  # as if a look had been slow
    assert not probes.due(10_000)


def test_stored_samples_are_whole_though_their_pictures_are_stored_once(
    recipe: Recipe, corners: Path, tmp_path: Path
) -> None:
    often = replace(recipe, training=replace(recipe.training, probe_every=5))
    with RunStore(tmp_path / "runs.db") as store:
        request = TrainRequest(
            recipe=often, data=corners, folder=new_run(often, tmp_path / "run"), device="cpu", store=store
        )
        run_training(request, SilentContext())
        [row] = store.runs()
        infos = store.media(row.id, "samples/validation")
        assert [info.step for info in infos] == [0, 5, 10, 15]
        first, last = read_media(store, row.id, infos[0]), read_media(store, row.id, infos[-1])
        assert np.array_equal(first.payload["pixels"], last.payload["pixels"])
        assert not np.array_equal(first.payload["probabilities"], last.payload["probabilities"])
        assert len(store.media_payload(infos[-1].id)) < len(store.media_payload(infos[0].id))
        assert first.payload["classes"] == ("bottom", "top")


def test_the_machine_is_sampled_and_the_thread_ends() -> None:
    before = set(threading.enumerate())
    arrived: dict[str, float] = {}
    with SystemSampler(seconds=0.01) as sampler:
        while not arrived:
            arrived = sampler.take()
    assert set(threading.enumerate()) <= before
    assert 0 <= arrived["system/memory"] <= 100 and arrived["system/process_memory_bytes"] > 1e6
