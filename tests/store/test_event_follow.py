"""Runs of the store kept in step with growing event files, and written as event files again."""

from __future__ import annotations

import gzip
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from deepstudio.core.errors import InputError, JobCancelled
from deepstudio.core.job import SilentContext
from deepstudio.store.media import pack, unpack
from deepstudio.store.runs import RunRow, RunStore, Status
from deepstudio.store.tensorboard.export import export_events, safe_folder
from deepstudio.store.tensorboard.follower import (
    FollowReport,
    FollowRequest,
    TensorBoardFollower,
    follow_tensorboard,
)
from deepstudio.store.tensorboard.records import frame
from deepstudio.store.tensorboard.writer import EventWriter

EVENTS = Path(__file__).resolve().parents[1] / "data" / "events"
WALL = 1_700_000_000.0


@pytest.fixture
def store(home: Path) -> Iterator[RunStore]:
    with RunStore() as opened:
        yield opened


class Log:
    """An event file that grows."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        with open(path, "wb") as stream:
            EventWriter(stream, wall=WALL)

    def add(self, tag: str, first: int, last: int, value: float = 1.0) -> None:
        steps = np.arange(first, last)
        with open(self.path, "ab") as stream:
            EventWriter.scalars(_onto(stream), tag, steps, WALL + steps, np.full(len(steps), value))

    def bytes(self, content: bytes) -> None:
        with open(self.path, "ab") as stream:
            stream.write(content)


def _onto(stream: object) -> EventWriter:
    writer = EventWriter.__new__(EventWriter)
    writer._stream = stream  # type: ignore[assignment]
    return writer


class Follow:
    def __init__(self, folder: Path, store: RunStore) -> None:
        self.follower, self.store = TensorBoardFollower(folder, store), store
        self.follower._searched = float("-inf")

    def __call__(self) -> FollowReport:
        self.follower._searched = float("-inf")  # look for new folders every time
        report = self.follower.poll()
        for identity in report.runs[:1]:
            assert self.store.writer(identity, claim=False).flush()
        return report

    def __enter__(self) -> Follow:
        return self

    def __exit__(self, *_: object) -> None:
        self.follower.close()


def steps(store: RunStore, row: RunRow, name: str) -> list[int]:
    return store.read(row.id, name).steps.tolist()


def test_a_folder_becomes_runs(store: RunStore) -> None:
    context = SilentContext()
    report = follow_tensorboard(FollowRequest(folder=EVENTS, store=store, live=False), context)
    rows = {row.name.removeprefix("events/"): row for row in store.runs()}
    assert set(rows) == {"torch", "torch/trial", "tensorflow", "tensorflow1", "compressed/gzip", "compressed/zlib"}
    assert report.damages == 0 and len(report.runs) == len(report.changed) == 6
    torch = rows["torch"]
    assert (torch.kind, torch.folder) == ("tensorboard", str(EVENTS / "torch"))
    # The restart at step 8 took away what the first process had written from there on, as TensorBoard does.
    assert steps(store, torch, "loss") == list(range(10))
    assert store.read(torch.id, "loss").values.tolist()[8:] == [-1.0, -1.0]
    assert steps(store, torch, "accuracy/train") == list(range(8))
    assert torch.created <= store.read(torch.id, "loss").walls[0] and torch.ended is not None
    assert rows["torch/trial"].config == {"rate": 0.1, "batch": 32, "optimizer": "sgd"}
    assert rows["tensorflow"].config == {"rate": 0.1, "units": 16, "optimizer": "adam"}
    kinds = {info.name: info.kind for info in store.media(rows["tensorflow"].id)}
    assert kinds == {
        "weights": "histogram", "pictures": "image", "pictures/1": "image", "beep": "audio", "note": "text",
        "table": "text",
    }  # fmt: skip
    (weights,) = store.media(rows["tensorflow"].id, "weights")
    arrays, _ = unpack(store.media_payload(weights.id))
    assert arrays["counts"].sum() == 200 and len(arrays["edges"]) == len(arrays["counts"]) + 1
    assert [event.data["plugin"] for event in store.events(torch.id)] == ["pr_curves"]


def test_what_did_not_change_is_not_read_again(store: RunStore, tmp_path: Path) -> None:
    shutil.copytree(EVENTS / "torch", tmp_path / "logs")
    request = FollowRequest(folder=tmp_path / "logs", store=store, live=False)
    follow_tensorboard(request, SilentContext())
    before = {row.id: steps(store, row, "loss") for row in store.runs()}
    store.delete(before)
    assert follow_tensorboard(request, SilentContext()).bytes == 0
    assert {row.id: steps(store, row, "loss") for row in store.runs()} == before
    log = Log(tmp_path / "logs" / "events.out.tfevents.3")
    log.add("loss", 10, 12)
    follow_tensorboard(request, SilentContext())
    assert {row.id for row in store.runs()} == set(before)
    (row,) = (row for row in store.runs() if row.name == "logs")
    assert steps(store, row, "loss") == list(range(12))
    assert len(store.events(row.id)) == 1


def test_a_growing_run_is_followed(store: RunStore, tmp_path: Path) -> None:
    log = Log(tmp_path / "a" / "events.out.tfevents.1")
    with Follow(tmp_path, store) as follow:
        assert follow().runs == ()  # a file without values is no run yet
        log.add("loss", 0, 50)
        assert follow().points == 50
        (row,) = store.runs()
        assert row.status is Status.RUNNING
        assert follow().changed == ()
        log.add("loss", 50, 60)
        other = Log(tmp_path / "b" / "c" / "events.out.tfevents.1")
        other.add("x", 0, 3)
        assert len(follow().changed) == 2
        assert steps(store, row, "loss") == list(range(60))
        later = Log(tmp_path / "a" / "events.out.tfevents.2")
        later.add("loss", 60, 70)
        follow()
        assert steps(store, row, "loss") == list(range(70))
    assert [row.status for row in store.runs()] == [Status.FINISHED] * 2
    assert store.run(row.id).ended == WALL + 69


def test_old_files_are_finished_runs(store: RunStore, tmp_path: Path) -> None:
    log = Log(tmp_path / "events.out.tfevents.1")
    log.add("loss", 0, 50)
    os.utime(log.path, (WALL, WALL))
    with Follow(tmp_path, store) as follow:
        follow()
        (row,) = store.runs()
        assert (row.status, row.created, row.ended) == (Status.FINISHED, WALL, WALL + 49)


def test_a_cut_record_is_finished_later(store: RunStore, tmp_path: Path) -> None:
    log, whole = Log(tmp_path / "a" / "tfevents.1"), Log(tmp_path.parent / "whole" / "tfevents.1")
    whole.add("loss", 0, 20)
    content = whole.path.read_bytes()
    start = log.path.stat().st_size
    with Follow(tmp_path, store) as follow:
        for first in range(start, len(content), 333):
            log.bytes(content[first : first + 333])
            follow()
        (row,) = store.runs()
        assert steps(store, row, "loss") == list(range(20))
        assert store.events(row.id) == []


def test_damage_is_left_out_and_told(store: RunStore, tmp_path: Path) -> None:
    log = Log(tmp_path / "events.out.tfevents.1")
    log.add("loss", 0, 10)
    broken = bytearray(frame(b"some record"))
    broken[14] ^= 1
    log.bytes(bytes(broken))
    log.add("loss", 10, 20)
    log.bytes(frame(b"\xff\xff\xff"))
    with Follow(tmp_path, store) as follow:
        assert follow().damages == 2
    (row,) = store.runs()
    assert steps(store, row, "loss") == list(range(20))
    told = [event.text.format(**event.data) for event in store.events(row.id)]
    assert len(told) == 2 and "27 bytes at" in told[0] and "1 records" in told[1]
    assert all(event.level == "warning" for event in store.events(row.id))


@pytest.mark.parametrize("how", ["shorter", "longer", "moved over it"])
def test_a_file_that_is_replaced_is_read_anew(store: RunStore, tmp_path: Path, how: str) -> None:
    log = Log(tmp_path / "events.out.tfevents.1")
    log.add("loss", 0, 30)
    with Follow(tmp_path, store) as follow:
        follow()
        (row,) = store.runs()
        if how == "moved over it":  # as rsync does: the same and more, in a new file
            copy = tmp_path.parent / "copy"
            shutil.copy(log.path, copy)
            os.replace(copy, log.path)
            log.add("loss", 30, 35)
            expected = 35
        else:
            expected = 5 if how == "shorter" else 50
            Log(log.path).add("loss", 0, expected, value=2.0)
        assert follow().bytes < 1000 or how != "moved over it"
        assert steps(store, row, "loss") == list(range(expected))
        assert store.read(row.id, "loss").values[0] == (1.0 if how == "moved over it" else 2.0)


def test_compressed_files_grow_too(store: RunStore, tmp_path: Path) -> None:
    plain = Log(tmp_path.parent / "plain" / "tfevents.1")
    plain.add("loss", 0, 500)
    packed = gzip.compress(plain.path.read_bytes())
    target = tmp_path / "events.out.tfevents.1.gz"
    with Follow(tmp_path, store) as follow:
        target.write_bytes(packed[:900])
        follow()
        with open(target, "ab") as stream:
            stream.write(packed[900:])
        follow()
        (row,) = store.runs()
        assert steps(store, row, "loss") == list(range(500))
        with open(target, "ab") as stream:
            stream.write(b"no gzip stream at all")
        assert follow().damages == 1
        assert follow().damages == 0


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_a_file_that_cannot_be_read_stops_nothing(store: RunStore, tmp_path: Path) -> None:
    loop = tmp_path / "a" / "tfevents.1"
    loop.parent.mkdir()
    loop.symlink_to(loop)
    Log(tmp_path / "a" / "tfevents.2").add("x", 0, 3)
    with Follow(tmp_path, store) as follow:
        report = follow()
    assert (report.points, report.damages) == (3, 1)
    (event,) = store.events(report.runs[0])
    assert "tfevents.1 could not be read" in event.text.format(**event.data)


def test_a_clock_that_says_nonsense(store: RunStore, tmp_path: Path) -> None:
    log = Log(tmp_path / "events.out.tfevents.1")
    log.add("loss", 0, 3)
    with open(log.path, "ab") as stream:
        walls = np.array([np.nan, np.inf, -1e300, 1e300, WALL])
        _onto(stream).scalars("odd", np.arange(5), walls, np.ones(5))
        _onto(stream).text("note", 1, float("nan"), "x")
    with Follow(tmp_path, store) as follow:
        assert follow().points == 8
        (row,) = store.runs()
        assert store.read(row.id, "odd").walls.tolist() == [0, 0, 0, 0, WALL]
        assert [info.wall for info in store.media(row.id)] == [0]
        assert row.created == WALL


def test_many_runs_at_once(store: RunStore, tmp_path: Path) -> None:
    for number in range(100):
        Log(tmp_path / f"run{number}" / "tfevents.1").add("loss", 0, 20)
    report = follow_tensorboard(FollowRequest(folder=tmp_path, store=store, live=False), SilentContext())
    assert (len(report.runs), report.points) == (100, 2000)
    assert len(store.runs()) == 100


def test_a_folder_without_event_files_is_one_sentence(store: RunStore, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no TensorBoard event files"):
        follow_tensorboard(FollowRequest(folder=tmp_path, store=store), SilentContext())


class Reports(SilentContext):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.first = threading.Event()
        self.second = threading.Event()

    def partial(self, value: object) -> None:
        self.heard.append(value)
        (self.second if self.first.is_set() else self.first).set()


def test_following_ends_by_cancel(store: RunStore, tmp_path: Path) -> None:
    log = Log(tmp_path / "events.out.tfevents.1")
    log.add("loss", 0, 5)
    context = Reports()
    thread = threading.Thread(
        target=lambda: follow_tensorboard(FollowRequest(folder=tmp_path, store=store, live=True), context)
    )
    thread.start()
    assert context.first.wait(30)
    log.add("loss", 5, 9)
    assert context.second.wait(30)
    context.cancelled = True
    thread.join(30)
    assert not thread.is_alive()
    (row,) = store.runs()
    assert steps(store, row, "loss") == list(range(9))
    assert row.status is Status.FINISHED
    with pytest.raises(JobCancelled):
        follow_tensorboard(FollowRequest(folder=EVENTS, store=store, live=False), context)


def recorded(store: RunStore) -> RunRow:
    from PIL import Image

    row = store.create_run("my/run: 1", config={"rate": 0.1, "net": {"deep": True}, "opt": "sgd", "none": None})
    writer = store.writer(row.id)
    walls = WALL + np.arange(300) / 4
    writer.write("loss", np.arange(300) - 5, walls, np.r_[np.nan, np.inf, np.linspace(0, 1, 298)])
    writer.write("examples", np.arange(300), walls, np.arange(300.0) * 1e6 + 1)
    writer.write("huge", [1, 2], WALL, [1e300, 1e-300])
    counts, edges = np.array([3.0, 0, 2]), np.array([-1.0, 0, 1, 2])
    writer.media("weights", 3, WALL, "histogram", pack({"edges": edges, "counts": counts}))
    pixels = np.zeros((2, 4, 6, 3), np.uint8)
    writer.media("grid", 3, WALL, "grid", pack({"pixels": pixels}, {"captions": ["a", "b"]}))
    Image.fromarray(pixels[0]).save(store.path.parent / "x.png")
    writer.media("picture", 3, WALL, "image", (store.path.parent / "x.png").read_bytes())
    writer.media("note", 3, WALL, "text", "größer".encode())
    writer.media("broken", 3, WALL, "histogram", b"nothing")
    writer.event("alert", step=4, text="{what} happened", data={"what": "it"}, level="warning")
    writer.close("finished")
    return store.run(row.id)


def test_a_run_written_and_read_back(store: RunStore, tmp_path: Path) -> None:
    row = recorded(store)
    path = export_events(store, row.id, tmp_path)
    assert path.parent == tmp_path / "my" / "run- 1"
    follow_tensorboard(FollowRequest(folder=tmp_path, store=store, live=False), SilentContext())
    (back,) = (run for run in store.runs() if run.id != row.id)
    assert back.config == {"rate": 0.1, "net.deep": True, "opt": "sgd", "none": ""}
    assert back.status is Status.FINISHED
    for name in ("loss", "examples", "huge"):
        ours, theirs = store.read(row.id, name), store.read(back.id, name)
        assert theirs.steps.tolist() == ours.steps.tolist()
        assert theirs.walls.tolist() == ours.walls.tolist()
        with np.errstate(over="ignore", under="ignore"):
            narrow = ours.values.astype(np.float32).astype(np.float64)
        assert repr(theirs.values.tolist()) == repr(narrow.tolist())
    names = {info.name: info.kind for info in store.media(back.id)}
    assert names == {
        "weights": "histogram", "grid/image": "image", "grid/image/1": "image", "picture": "image", "note": "text",
        "events": "text",
    }  # fmt: skip
    (weights,) = store.media(back.id, "weights")
    arrays, _ = unpack(store.media_payload(weights.id))
    assert (arrays["edges"].tolist(), arrays["counts"].tolist()) == ([-1, 0, 1, 2], [3, 0, 2])


@pytest.mark.filterwarnings("ignore")
def test_tensorboard_reads_what_is_written(store: RunStore, tmp_path: Path) -> None:
    module = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    row = recorded(store)
    folder = export_events(store, row.id, tmp_path).parent
    accumulator = module.EventAccumulator(str(folder), size_guidance=dict.fromkeys(("scalars", "tensors"), 0))
    accumulator.Reload()
    tags = accumulator.Tags()
    assert sorted(tags["scalars"]) == ["examples", "huge", "loss"]
    loss = accumulator.Scalars("loss")
    assert [event.step for event in loss] == list(range(-5, 295))
    assert loss[-1].value == 1.0 and loss[-1].wall_time == WALL + 299 / 4
    (histogram,) = accumulator.Histograms("weights")
    assert (histogram.histogram_value.min, histogram.histogram_value.num) == (-1, 5)
    assert histogram.histogram_value.bucket == [3, 0, 2]
    (image,) = accumulator.Images("picture")
    assert (image.width, image.height) == (6, 4)
    from tensorboard.util import tensor_util

    examples = [event.value for event in accumulator.Scalars("examples")]
    assert examples == (np.arange(300.0) * 1e6 + 1).astype(np.float32).tolist()
    assert tensor_util.make_ndarray(accumulator.Tensors("note")[0].tensor_proto).item() == "größer".encode()
    from tensorboard.plugins.hparams import plugin_data_pb2

    content = accumulator.SummaryMetadata("_hparams_/session_start_info").plugin_data.content
    start = plugin_data_pb2.HParamsPluginData.FromString(content).session_start_info
    assert start.hparams["rate"].number_value == 0.1
    assert start.hparams["net.deep"].bool_value is True


@pytest.mark.parametrize(
    ("name", "folder"),
    [("a/b", "a/b"), ("../x", "x"), ("a: b?", "a- b-"), ("", "run"), ("数字", "数字"), ("..", "run")],
)
def test_names_of_runs_as_folders(name: str, folder: str) -> None:
    assert safe_folder(name) == folder
