"""A run becomes one file and comes back whole; what is no archive is refused and leaves nothing behind."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from deepstudio.core.errors import InputError, JobCancelled
from deepstudio.core.job import SilentContext
from deepstudio.store.media import pack_payload
from deepstudio.store.runs import RunRow, RunStore, Status


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RunStore]:
    with RunStore(tmp_path / "data" / "runs.db", commit_interval=0.001) as opened:
        yield opened


@pytest.fixture
def run(store: RunStore, tmp_path: Path) -> RunRow:
    folder = tmp_path / "data" / "runs" / "digits"
    (folder / "samples").mkdir(parents=True)
    (folder / "run.json").write_text("{}")
    (folder / "digits.safetensors").write_bytes(bytes(range(256)) * 20_000)
    (folder / "samples" / "Größe 1.txt").write_text("hello")
    (folder / "link").symlink_to("/etc/hostname")
    row = store.create_run(
        "digits", config={"seed": 3}, tags=("best",), notes="n", folder=folder, environment={"python": "3.11"}
    )
    writer = store.writer(row.id)
    steps = np.arange(40_000)
    writer.write("loss", steps, 1.7e9 + steps, np.random.default_rng(0).random(40_000))
    writer.write("accuracy", [0, 1], 1.7e9, [np.nan, 1.0])
    writer.event("note", step=3, text="hello")
    writer.media("sample", 2, 1.7e9, "text", pack_payload({"text": "t"}))
    writer.update(star=True, model=str(folder / "digits.safetensors"))
    writer.close("finished")
    return store.run(row.id)


def assert_same_content(found: RunStore, new: RunRow, wanted: RunStore, old: RunRow) -> None:
    for name in ("name", "status", "config", "environment", "tags", "notes", "star", "created", "ended"):
        assert getattr(new, name) == getattr(old, name)
    before, after = wanted.read_all(old.id), found.read_all(new.id)
    assert before.keys() == after.keys()
    for name in before:
        assert np.array_equal(before[name].steps, after[name].steps)
        assert np.array_equal(before[name].values, after[name].values, equal_nan=True)
        assert np.array_equal(before[name].walls, after[name].walls)
    assert [event.text for event in found.events(new.id)] == ["hello"]
    (media,) = found.media(new.id)
    assert found.media_payload(media.id) == pack_payload({"text": "t"})
    assert found.metrics(new.id)[0].nans == 1


def test_a_run_travels_to_another_store_and_back(store: RunStore, run: RunRow, tmp_path: Path) -> None:
    target = tmp_path / "digits.dsrun"
    store.archive(run.id, target)
    assert target.stat().st_size > 256 * 20_000
    with RunStore(tmp_path / "other" / "runs.db") as other:
        other.create_run("before", status="stopped")
        new = other.restore_archive(target)
        assert new.id == run.id
        assert_same_content(other, new, store, run)
        folder = tmp_path / "other" / "runs" / "digits"
        assert new.folder == str(folder) and new.model == str(folder / "digits.safetensors")
        assert (folder / "samples" / "Größe 1.txt").read_text() == "hello"
        assert not (folder / "link").exists()
        # written on as if it had always been here
        writer = other.writer(new.id)
        writer.write("loss", 40_000, 1.7e9, 0.5)
        writer.close("finished")
        assert other.read(new.id, "loss").steps[-1] == 40_000


def test_a_run_that_is_here_already_gets_a_copy(store: RunStore, run: RunRow, tmp_path: Path) -> None:
    store.archive(run.id, tmp_path / "digits.dsrun")
    copy = store.restore_archive(tmp_path / "digits.dsrun")
    assert copy.id != run.id and copy.folder != run.folder
    assert_same_content(store, copy, store, run)
    store.delete([run.id])
    store.purge(folders=True)
    assert_same_content(store, store.restore_archive(tmp_path / "digits.dsrun"), store, copy)


def test_a_running_run_comes_back_interrupted_and_without_a_folder(store: RunStore, tmp_path: Path) -> None:
    run = store.create_run("monitored", kind="monitor", folder=tmp_path)
    store.archive(run.id, tmp_path / "m.dsrun")
    with RunStore(tmp_path / "other.db") as other:
        new = other.restore_archive(tmp_path / "m.dsrun")
        assert (new.status, new.folder, new.kind) == (Status.INTERRUPTED, "", "monitor")
        assert other.find_interrupted() == []


def rewritten(path: Path, change: Callable[[str, bytes], tuple[str, bytes]]) -> Path:
    target = path.with_name("changed.dsrun")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            name, data = change(entry.filename, old.read(entry))
            new.writestr(name, data)
    return target


def escape(name: str, data: bytes) -> tuple[str, bytes]:
    evil = "files/../../escaped.txt"
    if name == "archive.json":
        head = json.loads(data)
        head["sha256"] = {evil if key.endswith("run.json") else key: value for key, value in head["sha256"].items()}
        return name, json.dumps(head).encode()
    return (evil if name.endswith("run.json") else name), data


@pytest.mark.parametrize(
    "change",
    [
        escape,
        lambda name, data: (name, data[:-3] + b"xyz" if name.endswith(".safetensors") else data),
        lambda name, data: (name, data[: len(data) // 2] if name == "run.db" else data),
        lambda name, data: (name, b"{}" if name == "archive.json" else data),
        lambda name, data: (name, b"[1, 2" if name == "archive.json" else data),
        lambda name, data: ("other.json" if name == "archive.json" else name, data),
        lambda name, data: ("files/extra" if name.endswith("run.json") else name, data),
    ],
    ids=["escapes", "changed", "cut", "empty", "cut list", "unlisted", "renamed"],
)
def test_damaged_and_hostile_archives_are_refused(
    store: RunStore, run: RunRow, tmp_path: Path, change: Callable[[str, bytes], tuple[str, bytes]]
) -> None:
    store.archive(run.id, tmp_path / "digits.dsrun")
    bad = rewritten(tmp_path / "digits.dsrun", change)
    home = tmp_path / "other"
    with RunStore(home / "runs.db") as other:
        with pytest.raises(InputError, match="no archive of a run"):
            other.restore_archive(bad)
        assert other.runs() == []
    assert not list(home.glob("runs/*"))
    assert not list(tmp_path.rglob("escaped.txt"))


def test_other_files_are_no_archives(store: RunStore, tmp_path: Path) -> None:
    (tmp_path / "a.dsrun").write_bytes(b"hello")
    with zipfile.ZipFile(tmp_path / "b.dsrun", "w") as archive:
        archive.writestr("readme.txt", "x")
    for name in ("a.dsrun", "b.dsrun"):
        with pytest.raises(InputError, match=name):
            store.restore_archive(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        store.restore_archive(tmp_path / "c.dsrun")


def test_cancelling_leaves_nothing_behind(store: RunStore, run: RunRow, tmp_path: Path) -> None:
    context = SilentContext()
    context.cancelled = True
    target = tmp_path / "digits.dsrun"
    with pytest.raises(JobCancelled):
        store.archive(run.id, target, context)
    assert not target.exists()
    store.archive(run.id, target)
    with RunStore(tmp_path / "other" / "runs.db") as other:
        with pytest.raises(JobCancelled):
            other.restore_archive(target, context)
        assert other.runs() == []
    assert not list((tmp_path / "other").glob("runs/*"))
