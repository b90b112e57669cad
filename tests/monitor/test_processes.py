"""Runs recorded by real scripts: forked and spawned workers, ends of all sorts, kills."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deepstudio.store.runs import RunStore, Status

CHECKOUT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="needs fork and signals")


@pytest.fixture
def store(home: Path) -> Iterator[RunStore]:
    with RunStore() as opened:
        yield opened


def script(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "script.py"
    path.write_text("import deepstudio.monitor as monitor\n" + text, encoding="utf-8")
    return [sys.executable, str(path)]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(CHECKOUT)}


def finish(tmp_path: Path, text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        script(tmp_path, text), capture_output=True, text=True, timeout=100, check=False, env=environment()
    )


def test_a_script_that_just_ends(store: RunStore, tmp_path: Path) -> None:
    answer = finish(tmp_path, "run = monitor.run()\nrun.log(x=1)\n")
    assert (answer.returncode, answer.stderr) == (0, "")
    (row,) = store.runs()
    assert (row.name, row.status) == ("script", Status.FINISHED)
    assert store.read(row.id, "x").values.tolist() == [1]


def test_a_script_that_breaks(store: RunStore, tmp_path: Path) -> None:
    answer = finish(tmp_path, "run = monitor.run()\nrun.log(x=1)\n1 / 0\n")
    assert answer.returncode == 1
    assert answer.stderr.count("Traceback") == 1
    (row,) = store.runs()
    assert row.status is Status.FAILED
    assert len(store.read(row.id, "x")) == 1


@posix
def test_a_killed_script_loses_a_moment_at_most(store: RunStore, tmp_path: Path) -> None:
    """Values are printed after they were logged; those printed a second before the kill must be there."""
    text = (
        "import time\n"
        "run = monitor.run()\n"
        "step = 0\n"
        "while True:\n"
        "    run.log({'x': step}, step=step)\n"
        "    print(step, time.time(), flush=True)\n"
        "    step += 1\n"
        "    time.sleep(0.002)\n"
    )
    with subprocess.Popen(script(tmp_path, text), stdout=subprocess.PIPE, text=True, env=environment()) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(600)]
        killed = time.time()
        process.send_signal(signal.SIGKILL)
    (row,) = store.runs()
    kept = store.read(row.id, "x").steps.tolist()
    safe = [int(line.split()[0]) for line in lines if float(line.split()[1]) < killed - 1.0]
    assert kept == list(range(len(kept)))
    assert len(kept) > len(safe)
    assert [found.id for found in store.find_interrupted()] == [row.id]
    assert store.run(row.id).status is Status.INTERRUPTED


@posix
def test_forked_processes_add_to_the_run(store: RunStore, tmp_path: Path) -> None:
    text = (
        "import os, sys\n"
        "with monitor.run('fork') as run:\n"
        "    for step in range(2000): run.log({'parent': step}, step=step)\n"
        "    children = []\n"
        "    for number in range(3):\n"
        "        child = os.fork()\n"
        "        if child == 0:\n"
        "            for step in range(50): run.log({f'child{number}': step}, step=step)\n"
        "            sys.exit(0)\n"
        "        children.append(child)\n"
        "    for step in range(2000, 4000): run.log({'parent': step}, step=step)\n"
        "    for child in children: assert os.waitpid(child, 0)[1] == 0\n"
        "    run.log(after=1)\n"
    )
    answer = finish(tmp_path, text)
    assert (answer.returncode, answer.stderr) == (0, "")
    (row,) = store.runs()
    assert row.status is Status.FINISHED
    assert store.read(row.id, "parent").steps.tolist() == list(range(4000))
    for number in range(3):
        assert store.read(row.id, f"child{number}").steps.tolist() == list(range(50))
    assert len(store.read(row.id, "after")) == 1


@pytest.mark.parametrize("method", ["spawn", pytest.param("fork", marks=posix)])
def test_workers_of_multiprocessing_add_to_the_run(store: RunStore, tmp_path: Path, method: str) -> None:
    text = (
        "import multiprocessing\n"
        "def work(run, number):\n"
        "    for step in range(50): run.log({f'child{number}': step}, step=step)\n"
        "if __name__ == '__main__':\n"
        f"    context = multiprocessing.get_context({method!r})\n"
        "    with monitor.run('workers') as run:\n"
        "        workers = [context.Process(target=work, args=(run, number)) for number in range(2)]\n"
        "        for worker in workers: worker.start()\n"
        "        for worker in workers: worker.join()\n"
        "        run.log(parent=1)\n"
    )
    answer = finish(tmp_path, text)
    assert (answer.returncode, answer.stderr) == (0, "")
    (row,) = store.runs()
    assert row.status is Status.FINISHED
    for number in range(2):
        assert store.read(row.id, f"child{number}").steps.tolist() == list(range(50))
    assert len(store.read(row.id, "parent")) == 1


@posix
def test_workers_of_a_data_loader(store: RunStore, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    text = (
        "import torch\n"
        "run = monitor.run('loader')\n"
        "class Data(torch.utils.data.Dataset):\n"
        "    def __len__(self): return 20\n"
        "    def __getitem__(self, index):\n"
        "        run.log({'loaded': index}, step=index)\n"
        "        return torch.tensor(float(index))\n"
        "for step, batch in enumerate(torch.utils.data.DataLoader(Data(), batch_size=5, num_workers=2)):\n"
        "    run.log({'loss': batch.mean()}, step=step)\n"
        "run.finish()\n"
    )
    answer = finish(tmp_path, text)
    assert answer.returncode == 0, answer.stderr
    (row,) = store.runs()
    assert sorted(store.read(row.id, "loaded").steps.tolist()) == list(range(20))
    assert store.read(row.id, "loss").values.tolist() == [2, 7, 12, 17]
