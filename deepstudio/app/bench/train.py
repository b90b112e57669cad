"""Training speed: this program's trainer beside a bare PyTorch loop and, where TensorFlow is, beside Keras.

The same network, batch, optimiser and images, in many short turns, so that a change of the machine's speed
hits all alike. The trainer records all that it records in a run of the window; the bare loop has a process for itself,
images normalised beforehand, the same arithmetic, and the same habits of memory. Its network is the article's layer by
layer (`ratio_bare`), or this program's (`ratio_same_network`), which computes the same with less work.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deepstudio.app.bench._keras_process import KerasProcess
from deepstudio.app.bench._peer_process import PeerProcess
from deepstudio.core.allocator import keep_freed_memory
from deepstudio.core.job import JobContext
from deepstudio.core.openmp import asleep_where_busy

if TYPE_CHECKING:
    from torch import nn

    from deepstudio.data.image_sets import ImageSet
    from deepstudio.train.recipe import Recipe

NAME = "train"
HELP = "Training speed against the bare loop in PyTorch, and against Keras where TensorFlow is installed."
IN_ALL = True

_LEARNING_RATE = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A network of the articles, as it is measured."""

    architecture: str
    side: int
    classes: int
    images: int
    batch: int


CASES = (
    Case(architecture="article-two-blocks", side=32, classes=10, images=4096, batch=64),
    Case(architecture="article-32-64-64", side=32, classes=10, images=4096, batch=64),
    Case(architecture="article-32-64-128", side=32, classes=10, images=4096, batch=64),
    Case(architecture="article-224", side=224, classes=1000, images=128, batch=32),
)

Block = Callable[[], float]
"""Trains for the length of a block and returns images per second."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--network", action="append", choices=[case.architecture for case in CASES])
    parser.add_argument("--turns", type=int, default=24, help="blocks of each, in turns")
    parser.add_argument("--seconds", type=float, default=0.4, help="length of a block")
    parser.add_argument("--device", default="auto", help="where to train (default: the fastest there is)")
    parser.add_argument("--keras", metavar="PYTHON", help="a Python that has TensorFlow (default: this one)")


def measure(arguments: argparse.Namespace, context: JobContext) -> Iterator[Mapping[str, Any]]:
    """Yield one mapping a network; `ratio_keras` is None, with the reason, where TensorFlow is missing."""
    keep_freed_memory()  # as in every training of this program
    keras = arguments.keras or (sys.executable if importlib.util.find_spec("tensorflow") else None)
    for case in CASES:
        if arguments.network is None or case.architecture in arguments.network:
            context.status(case.architecture)
            yield _measure_case(case, arguments, keras, context)


def _measure_case(
    case: Case, arguments: argparse.Namespace, keras: str | None, context: JobContext
) -> Mapping[str, Any]:
    images = random_images(case)
    with ExitStack() as stack:
        stack.enter_context(asleep_where_busy())  # as in every training
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        blocks: dict[str, Block] = {
            "ours": _our_block(case, images, arguments.device, arguments.seconds, folder, stack),
        }
        peer = stack.enter_context(bare_process(case, arguments.device))
        blocks["bare"] = lambda: peer.block(arguments.seconds, "written")
        blocks["same"] = lambda: peer.block(arguments.seconds, "same")
        if keras is not None:
            process = stack.enter_context(KerasProcess(keras, case.architecture, images, case.batch, case.classes))
            blocks["keras"] = lambda: process.block(arguments.seconds)
        speeds = take_turns(blocks, arguments.turns, context)
    result: dict[str, Any] = {
        "network": case.architecture,
        "ratio_bare": _ratio(speeds, "bare"),
        "ratio_same_network": _ratio(speeds, "same"),
        "ratio_keras": _ratio(speeds, "keras") if keras is not None else None,
    }
    if keras is None:
        result["reason_keras"] = "TensorFlow is not installed beside this program; --keras PYTHON names one."
    result |= {f"images_per_second_{name}": statistics.median(values) for name, values in speeds.items()}
    return result


def take_turns(blocks: Mapping[str, Block], turns: int, context: JobContext) -> dict[str, list[float]]:
    """Run each block once to warm up and then `turns` times in turns; return the speeds by name."""
    speeds: dict[str, list[float]] = {name: [] for name in blocks}
    for turn, names in zip(range(turns + 1), orders(blocks), strict=False):
        context.progress(turn, turns + 1)
        for name in names:
            speed = blocks[name]()
            if turn:
                speeds[name].append(speed)
    return speeds


def orders(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield the names in all their orders, again and again: none gains or loses by what runs before it.

    Threads of TensorFlow and OpenMP go on spinning for a fifth of a second after their block.
    """
    return itertools.cycle(itertools.permutations(names))


def random_images(case: Case) -> ImageSet:
    """Return random pictures and labels: speed does not depend on what is in them."""
    import numpy as np

    from deepstudio.data.image_sets import ImageSet

    random = np.random.default_rng(0)
    return ImageSet(
        images=random.integers(0, 256, (case.images, case.side, case.side, 3), np.uint8),
        labels=random.integers(0, case.classes, case.images),
        classes=tuple(str(number) for number in range(case.classes)),
        names=tuple(str(number) for number in range(case.images)),
    )


def make_recipe(case: Case) -> Recipe:
    """Return the recipe that trains the case as the articles do: Adam, cross-entropy, pixels in 0..1."""
    from deepstudio.core.preprocessing import Preprocessing
    from deepstudio.train.recipe import NetworkConfig, OptimizerConfig, Recipe, TrainingConfig

    return Recipe(
        name=case.architecture,
        preprocessing=Preprocessing(height=case.side, width=case.side),
        network=NetworkConfig(architecture=case.architecture),
        optimizer=OptimizerConfig(name="adam", lr=_LEARNING_RATE),
        training=TrainingConfig(epochs=100_000, batch_size=case.batch),
    )


def _our_block(case: Case, images: ImageSet, device: str, seconds: float, folder: Path, stack: ExitStack) -> Block:
    """Return the trainer with everything on: metrics, histograms and pictures, to a file and to a store of runs."""
    from deepstudio.core.device import pick_device
    from deepstudio.core.job import SilentContext
    from deepstudio.store.runs import RunStore
    from deepstudio.train.control import RunControl
    from deepstudio.train.image_task import ImageMaterial, ImageTask
    from deepstudio.train.loop import train_step
    from deepstudio.train.session import Session
    from deepstudio.train.setup import build_run
    from deepstudio.train.sinks import JsonLinesSink
    from deepstudio.train.store_sink import StoreSink

    trainer, state = build_run(
        ImageTask(),
        make_recipe(case),
        ImageMaterial(train=images, validation=images),
        pick_device(device),
        checkpoint=folder / "checkpoint",
    )
    store = stack.enter_context(RunStore(folder / "runs.db"))
    stack.callback(trainer.metrics.close)
    trainer.metrics.attach(JsonLinesSink(folder / "metrics.jsonl"))
    trainer.metrics.attach(StoreSink(store, store.create_run(case.architecture).id, tell=trainer.metrics.event))
    session = stack.enter_context(Session(trainer=trainer, state=state, context=SilentContext(), control=RunControl()))

    def batches() -> Iterator[Any]:
        state.network.train()
        for epoch in itertools.count():
            yield from trainer.objective.batches(epoch, 0)

    dealt = batches()

    def step() -> None:
        batch = next(dealt)
        session.between_steps()
        train_step(trainer, state, batch)
        session.after_step()

    return lambda: block_speed(step, case.batch, seconds, trainer.device.type)


def bare_process(case: Case, device: str) -> PeerProcess:
    """Return a process whose blocks are those of `bare_loop`: `written` or `same`."""
    words = json.dumps({**asdict(case), "device": device})
    return PeerProcess("PyTorch", [sys.executable, "-m", "deepstudio.app.bench._bare_script", words])


def bare_loop(case: Case, images: ImageSet, device_name: str, *, as_written: bool = True) -> Callable[[float], float]:
    """Return the loop that everybody writes, over float32 images normalised beforehand; it takes seconds.

    Its network is the article's `as_written`, or else the one that this program trains.
    """
    import torch
    from torch.nn import functional

    from deepstudio.core.device import pick_device
    from deepstudio.models.registry import build_network
    from deepstudio.train.precision import arithmetic, pick_precision

    device = pick_device(device_name)
    dtype = pick_precision("auto", device)
    x_NCHW = torch.from_numpy(images.images).permute(0, 3, 1, 2).to(device).float().div_(255)
    x_NCHW = x_NCHW.contiguous(memory_format=torch.channels_last)
    labels_N = torch.from_numpy(images.labels).to(device)
    network = build_network(case.architecture, {}, num_classes=case.classes).to(device)
    if as_written:
        pool_last(network)
    network = network.to(memory_format=torch.channels_last).train()
    optimizer = torch.optim.Adam(network.parameters(), lr=_LEARNING_RATE, fused=device.type in ("cpu", "cuda"))

    def batches() -> Iterator[torch.Tensor]:
        while True:
            order = torch.randperm(len(labels_N), device=device)
            yield from order.split(case.batch)

    chosen = batches()

    def step() -> None:
        batch = next(chosen)
        with arithmetic(dtype, device):
            logits = network(x_NCHW[batch])
        loss = functional.cross_entropy(logits.float(), labels_N[batch])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()

    return lambda seconds: block_speed(step, case.batch, seconds, device.type)


def pool_last(network: nn.Module) -> None:
    """Put the layers of an article's network into the article's order: rectified, then pooled."""
    from torch import nn

    assert isinstance(network.convolutions, nn.Sequential)
    layers = list(network.convolutions)
    for place, (first, second) in enumerate(itertools.pairwise(network.convolutions)):
        if isinstance(first, nn.MaxPool2d) and isinstance(second, nn.ReLU):
            layers[place : place + 2] = second, first
    network.convolutions = nn.Sequential(*layers)


def block_speed(step: Callable[[], object], batch: int, seconds: float, device: str) -> float:
    """Do steps for `seconds` and return images per second."""
    import torch

    synchronise = {"cuda": torch.cuda.synchronize, "mps": torch.mps.synchronize}.get(device, lambda: None)
    synchronise()
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        step()
        done += 1
    synchronise()
    return done * batch / (time.perf_counter() - began)


def _ratio(speeds: Mapping[str, list[float]], other: str) -> float:
    """Return the median of our speed over the other's, turn by turn."""
    return statistics.median(ours / theirs for ours, theirs in zip(speeds["ours"], speeds[other], strict=True))
