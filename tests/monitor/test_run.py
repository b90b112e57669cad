"""A run of somebody's own program: what is recorded, and that nothing of it ever disturbs the program."""

from __future__ import annotations

import argparse
import dataclasses
import logging
import math
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import deepstudio.monitor as monitor
from deepstudio.monitor import recorder
from deepstudio.store.media import unpack
from deepstudio.store.runs import RunStore, Status


@pytest.fixture
def store(home: Path) -> Iterator[RunStore]:
    with RunStore() as opened:
        yield opened


def values(store: RunStore, run: monitor.Run, name: str) -> list[float]:
    return store.read(run.id, name).values.tolist()


def steps(store: RunStore, run: monitor.Run, name: str) -> list[int]:
    return store.read(run.id, name).steps.tolist()


def test_a_run_is_recorded_whole(store: RunStore) -> None:
    with monitor.run("digits", config={"rate": 0.1, "net": {"width": 8}}, tags=["a", "b"], notes="first try") as run:
        for step in range(100):
            run.log({"loss": 1 / (step + 1), "accuracy": step}, step=step)
    row = store.run(run.id)
    assert (row.name, row.kind, row.status) == ("digits", "monitor", Status.FINISHED)
    assert row.config == {"rate": 0.1, "net": {"width": 8}}
    assert (row.tags, row.notes) == (("a", "b"), "first try")
    assert row.environment["python"] and row.environment["process"]
    assert values(store, run, "loss") == [1 / (step + 1) for step in range(100)]
    assert steps(store, run, "accuracy") == list(range(100))


def test_steps_count_themselves_and_go_on_from_a_given_one(store: RunStore) -> None:
    with monitor.run("steps") as run:
        run.log(x=1)
        run.log({"x": 2})
        run.log({"x": 3}, step=10)
        run.log({"x": 4})
    assert steps(store, run, "x") == [0, 1, 10, 11]


def test_all_kinds_of_numbers(store: RunStore) -> None:
    torch = pytest.importorskip("torch")
    weight = torch.ones((), requires_grad=True)
    with monitor.run("numbers") as run:
        run.log(
            {
                "int": 2,
                "bool": True,
                "nan": math.nan,
                "inf": -math.inf,
                "np": np.float32(0.5),
                "np0": np.array(3),
                "np1": np.array([4.0]),
                "tensor": torch.tensor(1.5),
                "grad": weight * 2,
                "bf16": torch.tensor(0.25, dtype=torch.bfloat16),
                "outer": {"inner": 7, "deep": {"er": 8}},
            }
        )
    found = {name: columns.values[0] for name, columns in store.read_all(run.id).items()}
    assert math.isnan(found.pop("nan"))
    assert found == {
        "int": 2, "bool": 1, "inf": -math.inf, "np": 0.5, "np0": 3, "np1": 4, "tensor": 1.5, "grad": 2, "bf16": 0.25,
        "outer/inner": 7, "outer/deep/er": 8,
    }  # fmt: skip


def test_values_are_those_of_the_moment(store: RunStore) -> None:
    """The script may change its array, tensor and dict in place right after the call."""
    torch = pytest.importorskip("torch")
    array, tensor, metrics = np.zeros(1), torch.zeros(()), {"plain": 0.0}
    with monitor.run("moment") as run:
        for step in range(50):
            run.log({"array": array, "tensor": tensor, **metrics}, step=step)
            run.log(metrics, step=step + 1000)
            array += 1
            tensor += 1
            metrics["plain"] += 1
    expected = [float(step) for step in range(50)]
    assert values(store, run, "array") == values(store, run, "tensor") == expected
    assert values(store, run, "plain")[0::2] == expected


class OnDevice:
    """Looks like a tensor that a GPU has not finished."""

    def __init__(self, number: float, threads: list[str]) -> None:
        self.device = argparse.Namespace(type="mps")
        self.number, self.threads = number, threads

    def detach(self) -> OnDevice:
        return self

    def clone(self) -> OnDevice:
        return OnDevice(self.number, self.threads)

    def numel(self) -> int:
        return 1

    def item(self) -> float:
        self.threads.append(threading.current_thread().name)
        return self.number


def test_a_tensor_on_a_device_is_waited_for_in_the_background_only(store: RunStore) -> None:
    threads: list[str] = []
    with monitor.run("device") as run:
        run.log({"loss": OnDevice(0.5, threads)})
    assert values(store, run, "loss") == [0.5]
    assert threads == ["deepstudio-monitor"]


@pytest.mark.gpu
def test_values_of_a_gpu_are_those_of_the_moment(store: RunStore) -> None:
    torch = pytest.importorskip("torch")
    device = "cuda" if torch.cuda.is_available() else "mps"
    total = torch.zeros((), device=device)
    with monitor.run("gpu") as run, torch.no_grad():
        for step in range(200):
            run.log({"total": total, "half": total.half()}, step=step)
            run.histogram("many", torch.full((10,), float(step), device=device), step=step)
            total += 1
    assert values(store, run, "total") == values(store, run, "half") == [float(step) for step in range(200)]


@dataclasses.dataclass
class Settings:
    rate: float = 0.1
    path: Path = Path("a")
    sizes: tuple[int, ...] = (1, 2)


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (argparse.Namespace(a=1, b="x"), {"a": 1, "b": "x"}),
        (Settings(), {"rate": 0.1, "path": "a", "sizes": [1, 2]}),
        ({"n": np.int64(3), "none": None, 5: {"k": {1}}}, {"n": 3, "none": None, "5": {"k": [1]}}),
    ],
)
def test_settings_of_all_sorts(store: RunStore, config: object, expected: dict[str, object]) -> None:
    with monitor.run("settings", config=config) as run:
        run.update(config={"late": 1}, tags=["t"])
    row = store.run(run.id)
    assert row.config == {**expected, "late": 1}
    assert row.tags == ("t",)


def test_histograms_pictures_texts_and_alerts(store: RunStore, tmp_path: Path) -> None:
    from PIL import Image

    picture = tmp_path / "x.png"
    Image.new("RGB", (4, 3), "red").save(picture)
    with monitor.run("media") as run:
        run.log({"x": 1}, step=7)
        run.histogram("weights", np.array([0.0, 1.0, 2.0, math.nan]), bins=4)
        run.histogram("constant", [3.0, 3.0])
        run.histogram("nothing", [math.nan])
        for number, content in enumerate(
            (np.zeros((5, 6)), np.zeros((3, 5, 6)), np.zeros((5, 6, 3), np.uint8), picture, Image.open(picture))
        ):
            run.image(f"image{number}", content, caption="c")
        run.text("note", "hello", step=9)
        run.alert("Loss", "is high", level="error")
    media = {info.name: info for info in store.media(run.id)}
    arrays, _ = unpack(store.media_payload(media["weights"].id))
    assert arrays["counts"].sum() == 3
    assert (arrays["edges"][0], arrays["edges"][-1], arrays["non_finite"]) == (0, 2, 1)
    assert unpack(store.media_payload(media["constant"].id))[0]["counts"].tolist() == [2]
    assert "nothing" not in media
    assert media["image0"].step == 7 and media["image0"].meta == {"label": "c"}
    assert all(store.media_payload(media[f"image{number}"].id)[:4] == b"\x89PNG" for number in range(5))
    assert (store.media_payload(media["note"].id), media["note"].step) == (b"hello", 9)
    (event,) = store.events(run.id)
    assert (event.kind, event.level, event.text.format(**event.data)) == ("alert", "error", "Loss: is high")


def test_nothing_wrong_reaches_the_program(store: RunStore, caplog: pytest.LogCaptureFixture) -> None:
    class Nasty:
        def __float__(self) -> float:
            raise RuntimeError("no")

    with caplog.at_level(logging.WARNING, "deepstudio.monitor"), monitor.run("nasty", config=object()) as run:
        for _ in range(3):
            run.log({"text": "abc", "good": 1, "nasty": Nasty(), "many": [1, 2]})
            run.log({"good": 2}, step=2**70)
            run.log(5)  # type: ignore[arg-type]
            run.log({"x": 1}, step="three")  # type: ignore[arg-type]
            run.image("im", np.zeros((2, 2, 2, 2)))
            run.histogram("h", "abc")
            run.update(config=5)
    assert values(store, run, "good") == [1, 1, 1]
    assert store.run(run.id).status is Status.FINISHED
    assert len(caplog.records) == len({record.getMessage() for record in caplog.records})
    assert "'text' could not be recorded" in caplog.text


def test_text_that_utf_8_cannot_hold(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = "x\udcff"
    monkeypatch.setattr(sys, "argv", [bad, bad])
    with monitor.run(bad, config={bad: bad, "a": {bad: Path(bad)}}, tags=[bad], notes=bad) as run:
        run.log({bad: 1})
        run.text(bad, bad)
        run.image(bad, np.zeros((2, 2)), caption=bad)
        run.alert(bad, bad)
        run.update(config={bad: bad}, tags=[bad], notes=bad, name=bad)
    row = store.run(run.id)
    assert (row.name, row.notes, row.tags, row.status) == ("x?", "x?", ("x?",), Status.FINISHED)
    assert values(store, run, "x?") == [1]
    assert len(store.media(run.id)) == 2 and len(store.events(run.id)) == 1


def test_an_exception_fails_the_run(store: RunStore) -> None:
    with pytest.raises(ZeroDivisionError), monitor.run("bad") as run:
        run.log(x=1)
        raise ZeroDivisionError("by zero")
    assert store.run(run.id).status is Status.FAILED
    assert "by zero" in store.events(run.id)[0].data["message"]
    with pytest.raises(KeyboardInterrupt), monitor.run("stopped") as run:
        raise KeyboardInterrupt
    assert store.run(run.id).status is Status.STOPPED


def test_calls_after_the_end_are_said_once(store: RunStore, caplog: pytest.LogCaptureFixture) -> None:
    with monitor.run("ended") as run:
        run.log(x=1)
    run.log(x=2)
    run.log(x=3)
    run.finish("failed")
    assert not run.flush(0.01)
    assert values(store, run, "x") == [1]
    assert store.run(run.id).status is Status.FINISHED
    assert caplog.text.count("nothing more is recorded") == 1


def test_a_run_goes_on(store: RunStore) -> None:
    with monitor.run("first", config={"a": 1}, tags=["x"]) as first:
        first.log(loss=1, step=4)
    with monitor.run("other name", id=first.id[:10], config={"b": 2}, tags=["y"]) as second:
        assert second.id == first.id
        second.log(loss=2)
    row = store.run(first.id)
    assert (row.name, row.config, row.tags) == ("first", {"a": 1, "b": 2}, ("x", "y"))
    assert steps(store, first, "loss") == [4, 5]
    store.delete([first.id])
    with monitor.run(id=first.id) as third:
        third.log(loss=3)
    assert store.run(first.id).deleted is None
    with monitor.run("mine", id="experiment-17") as mine:
        mine.log(loss=1)
    assert store.run("experiment-17").name == "mine"


def test_threads_lose_nothing(store: RunStore) -> None:
    with monitor.run("threads") as run:

        def work(number: int) -> None:
            for step in range(500):
                run.log({f"x{number}": step}, step=step)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for number in range(4):
        assert steps(store, run, f"x{number}") == list(range(500))
    assert run.dropped == 0


def test_it_is_seen_while_it_is_written(store: RunStore) -> None:
    with monitor.run("live") as run:
        began = time.monotonic()
        run.log(loss=1)
        while not len(store.read(run.id, "loss")):
            assert time.monotonic() - began < 5.0
        row = store.run(run.id)
        assert row.status is Status.RUNNING
        assert store.find_interrupted() == []


def test_a_full_queue_leaves_calls_out_and_says_so(
    store: RunStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(recorder, "_MOST_WAITING", 10)
    monkeypatch.setattr(recorder, "_MOST_BYTES", 1000)
    gate, waiting = threading.Event(), threading.Event()
    with monitor.run("full") as run:
        run._act(lambda feeder: (waiting.set(), gate.wait(10))[0])
        assert waiting.wait(10)
        for step in range(15):
            run.log({"x": step}, step=step)
        run.histogram("large", np.zeros(1000))
        gate.set()
    assert run.dropped == 6
    assert steps(store, run, "x") == list(range(10))
    assert [event.data for event in store.events(run.id)] == [{"count": 6}]
    assert caplog.text.count("left out") == 1


def test_a_store_that_is_locked_holds_nothing_up(store: RunStore) -> None:
    with monitor.run("locked") as run:
        run.log(x=0)
        assert run.flush()
        lock = sqlite3.connect(store.path, isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        began = time.perf_counter()
        for step in range(1, 1000):
            run.log({"x": step}, step=step)
        assert time.perf_counter() - began < 1.0
        lock.execute("ROLLBACK")
        lock.close()
    assert steps(store, run, "x") == list(range(1000))


@pytest.mark.parametrize("locked", [False, True])
def test_a_run_whose_store_never_opens_is_kept_in_a_file(
    store: RunStore, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, locked: bool
) -> None:
    aside = tmp_path / "temp"
    aside.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(aside))
    (tmp_path / "file").write_text("x")
    where = tmp_path / "other.db" if locked else tmp_path / "file" / "runs.db"
    lock = None
    if locked:
        RunStore(where).close()
        lock = sqlite3.connect(where, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    with monitor.run("no/where", store=where, config={"rate": 0.1}) as run:
        for step in range(50):
            run.log({"x": step}, step=step)
    if lock is not None:
        lock.execute("ROLLBACK")
        lock.close()
        with RunStore(where) as other:
            assert not other.runs()
    said = [record.getMessage() for record in caplog.records if record.name == "deepstudio.monitor"]
    assert len(said) == 2 and "not recorded for now" in said[0] and "was kept in" in said[1]
    (kept,) = aside.iterdir()
    row = store.restore_archive(kept)
    assert (row.name, row.status, row.config) == ("no/where", Status.FINISHED, {"rate": 0.1})
    assert store.read(row.id, "x").values.tolist() == list(range(50))


def test_only_rank_0_records(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCAL_RANK", "1")
    monkeypatch.setenv("RANK", "1")
    with monitor.run("helper") as run:
        run.log(x=1)
        run.image("x", np.zeros((2, 2)))
    assert store.runs() == []


def test_importing_it_imports_little() -> None:
    code = (
        "import sys, deepstudio.monitor\n"
        "heavy = {'PySide6', 'torch', 'numpy', 'sqlite3', 'PIL', 'platformdirs'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stderr
