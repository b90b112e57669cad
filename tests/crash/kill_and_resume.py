"""Kill a training run at random moments, resume it each time, and compare it with one that was left alone.

    python tests/crash/kill_and_resume.py [--kills 50] [--seed 0] [--fork]

A tiny network with everything that has a state (dropout, momentum, averaged weights, augmentation, batch statistics)
trains through the command line. `kill -9` hits it while it starts, while it trains and while it writes a checkpoint.
In the end its weights must be bit-identical to the other run's, and its curves, in the store and in the run's folder,
equal: no gap, no step twice. Exit code 0 if so. `--fork` forks the runs from one process that has torch loaded, which
takes a tenth of the time. POSIX only.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

CHECKOUT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(CHECKOUT))

PATIENCE_S = 120.0
CLOCK = ("examples_per_second", "steps_per_second")
MOMENTS = ("training",) * 5 + ("checkpoint",) * 4 + ("start",)

RECIPE = """
name = "tiny"
seed = 3
[data]
validation_share = 0.25
[preprocessing]
height = 12
width = 12
channels = 1
mean = [0.3]
std = [0.2]
[augment]
flip = "alternate"
translate = 1
noise = 0.05
[network]
architecture = "article-two-blocks"
config = {in_channels = 1, height = 12, width = 12, dropout = 0.3, batch_norm = true}
[optimizer]
lr = 0.02
l2 = 1e-4
[schedule]
name = "one-cycle"
[training]
batch_size = 12
precision = "float32"
ema = 0.9
"""


class Child(Protocol):
    """A running process: `Popen` or `Forked`."""

    pid: int

    def poll(self) -> int | None: ...


class Forked:
    """A forked child, as `Popen` would show it."""

    def __init__(self, words: list[str]) -> None:
        self._code: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _silence()
            from deepstudio.app.cli import main

            os._exit(main(words))

    def poll(self) -> int | None:
        if self._code is None:
            found, status = os.waitpid(self.pid, os.WNOHANG)
            if found:
                self._code = os.waitstatus_to_exitcode(status)
        return self._code


def _silence() -> None:
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(null, stream)


class Crasher:
    """Starts runs below `folder` and kills them."""

    def __init__(self, folder: Path, *, kills: int, fork: bool, seed: int) -> None:
        self.folder = folder
        self.recipe = folder / "tiny.toml"
        self.data = folder / "data"
        self.killed: Counter[str] = Counter()
        self._kills = kills
        self._epochs = max(40, 8 * kills)
        self._starting = 1.0
        self._fork = fork
        self._random = random.Random(seed)

    def start(self, run: Path) -> Child:
        """Start the run, or go on with it where it left a description."""
        words = ["train", str(self.recipe), "--data", str(self.data), "--set", f"training.epochs={self._epochs}"]
        words = ["train", str(self.recipe), "--resume", str(run)] if described(run) else [*words, "--run-dir", str(run)]
        if self._fork:
            return Forked(words)
        command = [sys.executable, "-m", "deepstudio", *words]
        return subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def let_finish(self, run: Path) -> float:
        """Run to the end and return the seconds it took."""
        began = time.monotonic()
        child = self.start(run)
        for _ in waiting(child):
            pass
        if child.poll() != 0:
            raise SystemExit(f"A run that was left alone ended with {child.poll()}.")
        return time.monotonic() - began

    def kill_once(self, run: Path, target: int) -> bool:
        """Start or resume the run and kill it at a random moment; False if it finished before.

        `target` is the size at which a run's file of metrics is whole: the kills still to come share the way to it.
        """
        moment = self._random.choice(MOMENTS)
        child = self.start(run)
        if moment == "start":
            until = time.monotonic() + self._random.uniform(0, self._starting)
            for _ in waiting(child):
                if time.monotonic() >= until:
                    break
        else:
            self._wait_for_training(child, run)
            size = position(run)[1]
            size += self._random.uniform(0, 1.5) * max(target - size, 0) / (self._kills - self.killed.total() + 1)
            for _ in waiting(child):
                if position(run)[1] >= size and (moment != "checkpoint" or is_writing(run)):
                    break
        if child.poll() is not None:
            return False
        time.sleep(self._random.uniform(0, 0.003))
        os.kill(child.pid, signal.SIGKILL)
        for _ in waiting(child):
            pass
        self.killed[moment] += 1
        print(f"\rkilled {self.killed.total()}", end="", flush=True)
        return True

    def _wait_for_training(self, child: Child, run: Path) -> None:
        """Return once points are added to the file, which is rewritten when a run goes on."""
        old, began, rewritten = position(run), time.monotonic(), None
        for _ in waiting(child):
            now = position(run)
            if rewritten is None and now[0] != old[0]:
                rewritten = now
            if rewritten is not None and now[1] > rewritten[1]:
                self._starting = time.monotonic() - began
                return


def waiting(child: Child) -> Iterator[None]:
    """Yield every fraction of a millisecond while the child lives; give up after two minutes."""
    end = time.monotonic() + PATIENCE_S
    while child.poll() is None:
        if time.monotonic() > end:
            os.kill(child.pid, signal.SIGKILL)
            raise SystemExit("A run hangs.")
        yield
        time.sleep(0.0003)


def described(run: Path) -> bool:
    """Return whether the run got as far as its description."""
    return (run / "run.json").is_file()


def position(run: Path) -> tuple[int, int]:
    """Return something that changes with every metric written."""
    try:
        found = (run / "metrics.jsonl").stat()
    except FileNotFoundError:
        return (0, 0)
    return (found.st_ino, found.st_size)


def is_writing(run: Path) -> bool:
    """Return whether a checkpoint is being written right now."""
    return any(name.startswith(".checkpoint.pt.") for name in os.listdir(run))


def make_data(folder: Path) -> None:
    """Write pictures striped across or down, and the recipe."""
    import numpy as np
    from PIL import Image

    generator = np.random.default_rng(0)
    for split, count in (("train", 80), ("test", 12)):
        for index in range(count):
            label = ("across", "down")[index % 2]
            image = generator.integers(0, 150, (12, 12)).astype(np.uint8)
            image[::3] += 60
            place = folder / "data" / split / label
            place.mkdir(parents=True, exist_ok=True)
            Image.fromarray(image if label == "across" else image.T).save(place / f"{index}.png")
    (folder / "tiny.toml").write_text(RECIPE, encoding="utf-8")


def curves_in_store(run: Path) -> dict[str, list[tuple[int, float]]]:
    """Return the stored points of the run that do not depend on the clock, and the steps of its confusion matrices."""
    from deepstudio.store.runs import RunStore

    run_id = json.loads((run / "run.json").read_text(encoding="utf-8"))["id"]
    with RunStore() as store:
        if str(store.run(run_id).status) != "finished":
            raise SystemExit(f"The store calls {run.name} {store.run(run_id).status}.")
        found = {
            name: list(zip(columns.steps.tolist(), columns.values.tolist(), strict=True))
            for name, columns in store.read_all(run_id).items()
            if is_exact(name)
        }
        found["confusion"] = [(info.step, 0.0) for info in store.media(run_id, "validation/confusion")]
    return found


def curves_in_folder(run: Path) -> dict[str, list[tuple[int, float]]]:
    """Return the same from the run's folder."""
    found: dict[str, list[tuple[int, float]]] = {}
    for line in (run / "metrics.jsonl").read_text(encoding="utf-8").splitlines():
        point = json.loads(line)
        if is_exact(point["name"]):
            found.setdefault(point["name"], []).append((point["step"], point["value"]))
    return found


def is_exact(name: str) -> bool:
    """Return whether a metric follows from the recipe alone."""
    return name not in CLOCK and not name.startswith("system/")


def differences(whole: Path, crashed: Path) -> list[str]:
    """Return what is not equal, in words."""
    import torch
    from safetensors.torch import load_file

    problems = []
    first, second = (load_file(run / "tiny.safetensors") for run in (whole, crashed))
    problems += [f"weights of {name} differ" for name in first if not torch.equal(first[name], second[name])]
    states = [torch.load(run / "checkpoint.pt", weights_only=True) for run in (whole, crashed)]
    for part in ("network", "average", "optimizer", "random"):
        if not same(states[0][part], states[1][part]):
            problems.append(f"the checkpoints differ in {part}")
    for read in (curves_in_store, curves_in_folder):
        expected, found = read(whole), read(crashed)
        if expected.keys() != found.keys():
            problems.append(f"{read.__name__}: metrics {sorted(expected.keys() ^ found.keys())} are not in both")
        for name in expected.keys() & found.keys():
            if expected[name] != found[name]:
                problems.append(f"{read.__name__}: {name} differs")
        steps = [step for step, _ in found["loss"]]
        if steps != list(range(len(steps))):
            problems.append(f"{read.__name__}: gaps or repeated steps")
    return problems


def same(first: Any, second: Any) -> bool:
    """Return whether two nested states are equal to the bit."""
    import torch

    if isinstance(first, torch.Tensor):
        return torch.equal(first, second)
    if isinstance(first, dict):
        return first.keys() == second.keys() and all(same(first[key], second[key]) for key in first)
    if isinstance(first, (list, tuple)):
        return len(first) == len(second) and all(map(same, first, second))
    return bool(first == second)


def main() -> int:
    """Do it and say what came out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fork", action="store_true", help="fork the runs from one process")
    arguments = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory(prefix="deepstudio-crash-") as name:
        folder = Path(name)
        os.environ["DEEPSTUDIO_HOME"] = str(folder / "home")
        make_data(folder)
        if arguments.fork:
            import deepstudio.train.image_task
            import deepstudio.train.runner  # noqa: F401 - loaded once for all children
        crasher = Crasher(folder, kills=arguments.kills, fork=arguments.fork, seed=arguments.seed)
        whole, crashed = folder / "whole", folder / "crashed"
        seconds = crasher.let_finish(whole)
        print(f"left alone: {seconds:.1f} s", flush=True)
        target = position(whole)[1]
        while crasher.killed.total() < arguments.kills:
            if not crasher.kill_once(crashed, target):
                print(f"finished after {crasher.killed.total()} kills, too early")
                return 1
        crasher.let_finish(crashed)
        problems = differences(whole, crashed)
        steps = len(curves_in_folder(whole)["loss"])
    moments = ", ".join(f"{count} while {moment}" for moment, count in sorted(crasher.killed.items()))
    print(f"\rkilled {crasher.killed.total()} times ({moments}); {steps} steps")
    for problem in problems:
        print(f"NOT EQUAL: {problem}")
    if not problems:
        print("equal: weights and state to the bit, curves in store and folder without gap or repetition")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
