"""Runs as rows: made, found, changed, deleted, counted; events and media beside the points."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from deepstudio.core.errors import InputError, UnknownNameError
from deepstudio.store.media import pack, pack_payload, unpack, unpack_payload
from deepstudio.store.run_errors import StoreError, StoreNewerError
from deepstudio.store.run_schema import MIGRATIONS, VERSION
from deepstudio.store.runs import Cursor, RunStore, Status, default_path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RunStore]:
    with RunStore(tmp_path / "runs.db", commit_interval=0.001) as opened:
        yield opened


def test_a_run_is_what_was_said_of_it(store: RunStore) -> None:
    config = {"optimizer": {"learning_rate": 0.1, "betas": (0.9, 0.99)}, "data": Path("/data"), "seed": np.int64(3)}
    row = store.create_run(
        "digits", config=config, environment={"python": "3.11"}, git={"commit": "abc"}, tags=("b", "a", "b"), notes="n"
    )
    assert row == store.run(row.id) == store.find("digits") == store.find(row.id[:8])
    assert row.config == {"optimizer": {"learning_rate": 0.1, "betas": [0.9, 0.99]}, "data": "/data", "seed": 3}
    assert (row.environment, row.git, row.tags, row.notes) == ({"python": "3.11"}, {"commit": "abc"}, ("b", "a"), "n")
    assert (row.status, row.pid, row.kind) == (Status.RUNNING, os.getpid(), "deepstudio")
    assert store.copy_settings(row.id)["seed"] == 3
    store.update(
        row.id, name="Zahlen", notes="größer", tags=["x"], star=True, colour="#ff0000", pinned=True, hidden=True
    )
    row = store.run(row.id)
    assert (row.name, row.notes, row.tags, row.star, row.colour) == ("Zahlen", "größer", ("x",), True, "#ff0000")
    assert row.pinned and row.hidden
    store.update(row.id, status="finished")
    ended = store.run(row.id)
    assert ended.status is Status.FINISHED
    assert ended.ended is not None and ended.duration >= 0


def test_the_default_store_lies_in_the_users_folder(home: Path) -> None:
    with RunStore() as store:
        store.create_run("here", status="stopped")
    assert default_path() == home / "data" / "runs.db"
    assert default_path().is_file()


def test_unknown_runs_and_fields_are_named(store: RunStore) -> None:
    for call in (store.run, store.find, store.metrics, store.events, store.media, store.writer, store.adopt):
        with pytest.raises(UnknownNameError, match="no run 'nothing'"):
            call("nothing")
    with pytest.raises(UnknownNameError):
        store.update("nothing", notes="x")
    with pytest.raises(TypeError, match="velocity"):
        store.update(store.create_run("a").id, velocity=3)
    with pytest.raises(ValueError, match="asleep"):
        store.update(store.find("a").id, status="asleep")
    assert len(store.read(store.find("a").id, "loss")) == 0


def fill(store: RunStore, count: int = 12) -> None:
    for number in range(count):
        store.create_run(
            f"run-{number}",
            kind="monitor" if number % 3 == 0 else "deepstudio",
            config={"optimizer": {"name": "SGD", "learning_rate": number / 100}, "seed": number, "deep": number > 5},
            tags=("even",) if number % 2 == 0 else (),
            notes="Best of all" if number == 7 else "",
            status="finished" if number < 6 else "stopped",
            created=1.7e9 + number,
        )


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("", range(12)),
        ("run-1", (1, 10, 11)),
        ("/^run-1$/", (1,)),
        ("-/1/", (0, 2, 3, 4, 5, 6, 7, 8, 9)),
        ("tag:even", (0, 2, 4, 6, 8, 10)),
        ("tag:even -run-1", (0, 2, 4, 6, 8)),
        ("status:finished kind:monitor", (0, 3)),
        ("learning_rate>=0.1", (10, 11)),
        ("optimizer.learning_rate<0.02", (0, 1)),
        ("seed=3", (3,)),
        ("seed!=3 seed<5", (0, 1, 2, 4)),
        ("name=run-4", (4,)),
        ("optimizer.name=sgd seed>10", (11,)),
        ("rate=3", ()),
        ("deep=true seed<8", (6, 7)),
        ('"best of all"', (7,)),
        ("best ALL", (7,)),
        ("star", (2,)),
        ("hidden", (9,)),
        ("-hidden seed>8", (10, 11)),
        ("seed>", tuple(range(12))),
    ],
)
def test_the_filter_finds(store: RunStore, words: str, wanted: Iterator[int]) -> None:
    fill(store)
    store.update(store.find("run-2").id, star=True)
    store.update(store.find("run-9").id, hidden=True)
    assert [run.name for run in store.runs(words)] == [f"run-{number}" for number in sorted(wanted, reverse=True)]


def test_a_wrong_expression_is_refused_in_words(store: RunStore) -> None:
    with pytest.raises(InputError, match="'\\(' is no regular expression"):
        store.runs("/(/")
    with pytest.raises(InputError, match="“>=” compares numbers, and “banana” is none"):
        store.runs("seed>=banana")


def test_changes_of_another_store_are_seen(store: RunStore) -> None:
    fill(store)
    assert len(store.runs()) == 12
    with RunStore(store.path) as other:
        other.update(other.find("run-3").id, notes="changed elsewhere")
        other.delete([other.find("run-4").id])
        other.purge()
        other.create_run("new", created=1.8e9, status="stopped")
    names = [run.name for run in store.runs()]
    assert names[0] == "new" and "run-4" not in names and len(names) == 12
    assert [run.name for run in store.runs("elsewhere")] == ["run-3"]


def test_deleting_can_be_undone_until_it_is_for_good(store: RunStore, tmp_path: Path) -> None:
    fill(store, 4)
    ours, foreign = tmp_path / "run", tmp_path / "thesis"
    for folder in (ours, foreign):
        folder.mkdir()
        (folder / "weights.bin").write_bytes(b"x" * 1000)
    (ours / "run.json").write_text("{}")
    zero, one = store.find("run-0").id, store.find("run-1").id
    store.update(zero, folder=str(foreign))
    store.update(one, folder=str(ours))
    writer = store.writer(one)
    writer.write("loss", np.arange(100_000), 1.7e9, np.random.default_rng(0).random(100_000))
    writer.event("nan", step=3)
    writer.media("sample", 1, 1.7e9, "text", pack_payload({"text": "hello"}))
    writer.close("finished")
    usage = store.usage()[one]
    assert usage.points == 100_000
    assert 800_000 < usage.points_bytes < 1_300_000
    assert usage.media_bytes > 0 and usage.folder_bytes == 1002
    assert usage.total == usage.points_bytes + usage.media_bytes + usage.folder_bytes

    store.delete([zero, one])
    assert [run.name for run in store.runs()] == ["run-3", "run-2"]
    assert {run.id for run in store.runs(deleted=True)} == {zero, one}
    store.restore([one])
    assert len(store.runs()) == 3
    assert len(store.read(one, "loss")) == 100_000

    large = file_bytes(store.path)
    store.delete([one])
    assert store.purge([one, store.find("run-3").id], folders=True) == 1
    assert not ours.exists()
    with pytest.raises(UnknownNameError):
        store.run(one)
    assert store.run(zero).deleted is not None
    assert store.purge(folders=True) == 1
    assert foreign.exists(), "a folder that DeepStudio did not make is never removed"
    assert [run.name for run in store.runs()] == ["run-3", "run-2"]
    with store._database.reading() as connection:
        left = [
            connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("metric", "chunk", "event", "media")
        ]
    assert left == [0, 0, 0, 0]
    assert file_bytes(store.path) < large / 4


def file_bytes(path: Path) -> int:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path.stat().st_size


def test_events_and_media_come_back(store: RunStore) -> None:
    run = store.create_run("a").id
    writer = store.writer(run)
    writer.event("alert-nan", step=7, wall=1.7e9, level="error", text="{name} is NaN", data={"name": "loss"})
    writer.event("note")
    edges, counts = np.linspace(0, 1, 65), np.arange(64.0)
    writer.media("weights/conv", 5, 1.7e9, "histogram", pack_payload({"edges": edges, "counts": counts}))
    writer.media("sample", 6, 1.7e9, "image", b"\x89PNG...", {"label": "cat"})
    writer.flush()
    first, second = store.events(run)
    assert (first.kind, first.step, first.level, first.text, first.data) == (
        "alert-nan",
        7,
        "error",
        "{name} is NaN",
        {"name": "loss"},
    )
    assert second.step is None and abs(second.wall - time.time()) < 60
    assert store.events(run, after=first.id) == [second]
    histogram, image = store.media(run)
    assert (histogram.name, histogram.kind, histogram.step) == ("weights/conv", "histogram", 5)
    found = unpack_payload(store.media_payload(histogram.id))
    assert np.array_equal(found["edges"], edges) and np.array_equal(found["counts"], counts)
    assert store.media(run, kinds=["image"]) == store.media(run, name="sample") == [image]
    assert (store.media_payload(image.id), image.meta) == (b"\x89PNG...", {"label": "cat"})
    store.truncate(run, 6)
    assert [media.step for media in store.media(run)] == [5]
    assert [event.kind for event in store.events(run)] == ["note"]
    with pytest.raises(UnknownNameError):
        store.media_payload(image.id)
    writer.close("finished")


def test_a_payload_keeps_arrays_texts_and_tuples() -> None:
    payload = {
        "pixels": np.arange(2 * 40 * 40 * 3, dtype=np.uint8).reshape(2, 40, 40, 3),
        "captions": ("one", "zwei"),
        "labels": np.array([-1, 2]),
        "non_finite": np.array(3),
        "text": "Größe",
    }
    found = unpack_payload(pack_payload(payload))
    assert found["captions"] == ("one", "zwei") and found["text"] == "Größe"
    for name in ("pixels", "labels", "non_finite"):
        assert np.array_equal(found[name], payload[name]) and found[name].dtype == payload[name].dtype
    with pytest.raises(TypeError, match="not numbers"):
        pack({"x": np.array(["a"], dtype=object)})
    data = pack_payload(payload)
    for damaged in (b"", b"DSA1", data[:30], data[:-10], b"XXXX" + data[4:], data[:8] + b"?" + data[9:]):
        with pytest.raises(InputError, match="damaged"):
            unpack(damaged)


def test_the_table_of_last_and_best_values(store: RunStore) -> None:
    fill(store, 3)
    for number in range(2):
        writer = store.writer(store.find(f"run-{number}").id)
        writer.write("loss", [0, 1, 2], 1.7e9, [3.0, 1.0 - number, 2.0])
        writer.write("accuracy", 2, 1.7e9, 0.5)
        writer.close("finished")
    table = store.metric_table(["loss", "accuracy"])
    one = table[store.find("run-1").id]
    assert (one["loss"].last, one["loss"].minimum, one["loss"].minimum_step) == (2.0, 0.0, 1)
    assert set(table) == {store.find(f"run-{number}").id for number in range(2)}
    assert store.metric_names() == ["accuracy", "loss"]
    assert set(store.metric_table(["accuracy"])[store.find("run-0").id]) == {"accuracy"}


def test_a_follower_of_all_runs_sees_rows_and_values_move(store: RunStore) -> None:
    fill(store, 3)
    cursor = Cursor.start()
    first, _ = store.follow(cursor)
    assert [news.run.name for news in first] == ["run-0", "run-1", "run-2"]
    assert store.follow(cursor)[0] == []
    with RunStore(store.path) as other:
        other.update(other.find("run-1").id, star=True)
        writer = other.writer(other.find("run-2").id, claim=False)
        writer.write("loss", 4, 1.7e9, 0.25)
        writer.flush()
        news = {item.run.name: item for item in store.follow(cursor)[0]}
        assert set(news) == {"run-1", "run-2"}
        assert news["run-1"].run.star and not news["run-1"].infos
        assert news["run-2"].infos["loss"].last == 0.25 and not news["run-2"].metrics
        writer.close()


def test_a_follower_of_one_run_gets_its_events_and_media(store: RunStore) -> None:
    run = store.create_run("a").id
    writer = store.writer(run)
    cursor = Cursor.start([run, "no such run"])
    writer.event("one", step=1)
    writer.media("x", 1, 1.7e9, "text", b"t")
    writer.flush()
    (news,) = store.follow(cursor)[0]
    assert [event.kind for event in news.events] == ["one"] and len(news.media) == 1
    assert not news.events_reset
    writer.event("two", step=2)
    writer.flush()
    (news,) = store.follow(cursor)[0]
    assert [event.kind for event in news.events] == ["two"] and not news.media
    store.truncate(run, 2)
    (news,) = store.follow(cursor)[0]
    assert news.events_reset and [event.kind for event in news.events] == ["one"] and len(news.media) == 1
    writer.close("finished")
    (news,) = store.follow(cursor)[0]
    assert news.run.status is Status.FINISHED and not news.events


def test_a_newer_store_and_a_foreign_database_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    RunStore(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(StoreNewerError, match="newer DeepStudio"):
        RunStore(path)
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE precious (x)")
    connection.close()
    with pytest.raises(StoreError, match="none of DeepStudio's runs"):
        RunStore(foreign)
    assert foreign.exists()


def test_an_older_store_is_carried_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "runs.db"
    with RunStore(path) as store:
        store.create_run("old", status="stopped")
    monkeypatch.setattr("deepstudio.store.run_schema.VERSION", VERSION + 1)
    monkeypatch.setattr("deepstudio.store.run_database.VERSION", VERSION + 1)
    monkeypatch.setitem(
        MIGRATIONS, VERSION, lambda connection: connection.execute("ALTER TABLE run ADD COLUMN mood TEXT")
    )
    with RunStore(path) as store:
        assert store.find("old").status is Status.STOPPED
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION + 1,)
        assert "mood" in [row[1] for row in connection.execute("PRAGMA table_info(run)")]
    connection.close()
