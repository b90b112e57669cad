"""Runs written for other programs."""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from deepstudio.core.errors import InputError, JobCancelled, UnknownNameError
from deepstudio.core.job import SilentContext
from deepstudio.store import export
from deepstudio.store.export import export_runs, file_name_for
from deepstudio.store.runs import RunRow, RunStore

WALL = 1_700_000_000.123456


@pytest.fixture
def store(home: Path) -> Iterator[RunStore]:
    with RunStore() as opened:
        yield opened


def record(store: RunStore, name: str = "one") -> RunRow:
    row = store.create_run(name, config={"rate": 0.1}, tags=["t"])
    writer = store.writer(row.id)
    writer.write("loss", [0, 1, 2, 3], WALL, [0.1, math.nan, -math.inf, 1e-300])
    writer.write("accuracy", [1, 3, 3], [WALL + 1, WALL + 2, WALL + 3], [0.25, 0.5, 0.75])  # a step that came twice
    writer.write('a, "b"\n', [2], WALL, [7])
    writer.event("alert", step=1, wall=WALL, text="{x}", data={"x": 1})
    writer.close("finished")
    return store.run(row.id)


def read_csv(path: Path) -> list[list[str]]:
    with open(path, encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_a_wide_table(store: RunStore, tmp_path: Path) -> None:
    row = record(store)
    assert export_runs(store, [row.id], tmp_path / "x.csv", "csv") == [tmp_path / "x.csv"]
    assert read_csv(tmp_path / "x.csv") == [
        ["step", 'a, "b"\n', "accuracy", "loss"],
        ["0", "", "", "0.1"],
        ["1", "", "0.25", "nan"],
        ["2", "7.0", "", "-inf"],
        ["3", "", "0.5", "1e-300"],
        ["3", "", "0.75", ""],
    ]


def test_a_wide_table_of_many_rows(store: RunStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "_ROWS", 7)
    row = store.create_run("random")
    random = np.random.default_rng(0)
    writer = store.writer(row.id)
    expected: dict[tuple[int, int, int], float] = {}
    for column in range(3):
        steps, values = random.integers(0, 30, 40), random.normal(size=40)
        writer.write(f"m{column}", steps, WALL, values)
        seen: dict[int, int] = {}
        for step, value in zip(steps.tolist(), values.tolist(), strict=True):
            expected[column, step, seen.get(step, 0)] = value
            seen[step] = seen.get(step, 0) + 1
    writer.close("finished")
    export_runs(store, [row.id], tmp_path / "x.csv", "csv")
    found: dict[tuple[int, int, int], float] = {}
    turn, last = 0, -1
    for step, *cells in read_csv(tmp_path / "x.csv")[1:]:
        turn = turn + 1 if int(step) == last else 0
        last = int(step)
        found |= {(column, last, turn): float(cell) for column, cell in enumerate(cells) if cell}
    assert found == expected


def test_a_long_table_of_several_runs(store: RunStore, tmp_path: Path) -> None:
    rows = [record(store, "one"), record(store, "two")]
    export_runs(store, [row.id for row in rows], tmp_path / "x.csv", "csv-long", metrics=["accuracy"])
    table = read_csv(tmp_path / "x.csv")
    assert table[0] == ["run_id", "run", "metric", "step", "time", "value"]
    assert [line[1:] for line in table[1:4]] == [
        ["one", "accuracy", "1", "1700000001.123456", "0.25"],
        ["one", "accuracy", "3", "1700000002.123456", "0.5"],
        ["one", "accuracy", "3", "1700000003.123456", "0.75"],
    ]
    assert [line[0] for line in table[1:]] == [rows[0].id] * 3 + [rows[1].id] * 3


def test_parquet(store: RunStore, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    rows = [record(store, "one"), record(store, "two")]
    export_runs(store, [row.id for row in rows], tmp_path / "x.parquet", "parquet")
    table = pq.read_table(tmp_path / "x.parquet")
    points = table.to_pylist()
    assert table.column_names == list(export.LONG_COLUMNS)
    loss = [point for point in points if (point["run_id"], point["metric"]) == (rows[1].id, "loss")]
    assert [point["step"] for point in loss] == [0, 1, 2, 3]
    assert repr([point["value"] for point in loss]) == repr([0.1, math.nan, -math.inf, 1e-300])
    assert {point["time"].timestamp() for point in loss} == {WALL}
    about = json.loads(table.schema.metadata[b"deepstudio"])
    assert [run["config"] for run in about] == [{"rate": 0.1}] * 2


def test_parquet_without_pyarrow(store: RunStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match="pip install pyarrow"):
        export_runs(store, [record(store).id], tmp_path / "x.parquet", "parquet")
    assert not list(tmp_path.glob("*x.parquet*"))


def test_json(store: RunStore, tmp_path: Path) -> None:
    row = record(store)
    export_runs(store, [row.id], tmp_path / "x.json", "json")
    (run,) = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert (run["name"], run["config"], run["tags"], run["status"]) == ("one", {"rate": 0.1}, ["t"], "finished")
    assert run["metrics"]["loss"] == {
        "steps": [0, 1, 2, 3], "times": [WALL] * 4, "values": [0.1, "NaN", "-Infinity", 1e-300]
    }  # fmt: skip
    assert run["events"][0]["data"] == {"x": 1}


def test_what_cannot_be_written(store: RunStore, tmp_path: Path) -> None:
    row, target = record(store), tmp_path / "x.csv"
    with pytest.raises(UnknownNameError, match="csv-long"):
        export_runs(store, [row.id], target, "csv-longer")
    with pytest.raises(UnknownNameError):
        export_runs(store, ["nothing"], target, "csv")
    with pytest.raises(InputError, match="one run, not 2"):
        export_runs(store, [row.id, row.id], target, "csv")
    context = SilentContext()
    context.cancelled = True
    for form in ("csv", "csv-long", "parquet", "json", "tensorboard"):
        with pytest.raises(JobCancelled):
            export_runs(store, [row.id], target, form, context=context)
    assert not any(path.is_file() and path.suffix != ".db" for path in tmp_path.rglob("*"))


def test_file_names(store: RunStore) -> None:
    row = store.create_run('a/b: "c"')
    assert file_name_for(row, "csv") == f"a-b- -c--{row.id[:8]}.csv"
    assert file_name_for(store.create_run(".."), "json").startswith("run-")
