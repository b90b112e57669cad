"""Runs written for other programs: CSV, Parquet, JSON, TensorBoard's event files. Any thread; not the GUI's.

csv        wide: a row a step, a column a metric
csv-long   a row a point: run, metric, step, time, value; any number of runs
parquet    the same columns, typed
json       everything but pictures and other media
tensorboard  a folder with an event file
"""

from __future__ import annotations

import csv
import dataclasses
import json
import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np

from deepstudio.core.errors import InputError
from deepstudio.core.files import atomic_path
from deepstudio.core.job import JobContext, SilentContext
from deepstudio.core.registry import unknown_name
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.store.runs import Columns, RunRow, RunStore
from deepstudio.store.tensorboard.export import export_events

LONG_COLUMNS = ("run_id", "run", "metric", "step", "time", "value")
_ROWS = 1 << 16
_Writer = Callable[[RunStore, Sequence[RunRow], Sequence[str] | None, Path, JobContext], None]


def export_runs(
    store: RunStore,
    run_ids: Sequence[str],
    target: Path,
    form: str,
    *,
    metrics: Sequence[str] | None = None,
    context: JobContext | None = None,
) -> list[Path]:
    """Write runs to the file `target` (a folder for "tensorboard") and return what was written, whole or not at all.

    `metrics` None: all. Raises UnknownNameError, InputError (pyarrow is missing; several runs do not fit into one wide
    table), OSError, StoreError, JobCancelled.
    """
    context = context or SilentContext()
    rows = [store.run(run_id) for run_id in run_ids]
    if form == "tensorboard":
        return [export_events(store, row.id, target, context) for row in rows]
    if form not in _WRITERS:
        raise unknown_name("format", form, list(FORMATS))
    with atomic_path(target) as temporary:
        _WRITERS[form](store, rows, metrics, temporary, context)
    return [target]


def file_stem(row: RunRow) -> str:
    """Return the run's name and the start of its id as a file name that every system takes, without suffix."""
    stem = "".join(letter if letter.isalnum() or letter in "-_. " else "-" for letter in row.name).strip(" .")
    return f"{stem or 'run'}-{row.id[:8]}"


def file_name_for(row: RunRow, form: str) -> str:
    """Return a file name for the run in that form."""
    return file_stem(row) + SUFFIXES[form]


def _names(store: RunStore, row: RunRow, metrics: Sequence[str] | None) -> list[str]:
    return [info.name for info in store.metrics(row.id) if info.count and (metrics is None or info.name in metrics)]


def _curves(
    store: RunStore, rows: Sequence[RunRow], metrics: Sequence[str] | None, context: JobContext
) -> Iterator[tuple[RunRow, str, Columns]]:
    """Yield every curve in pieces of at most `_ROWS` points."""
    wanted = [(row, name) for row in rows for name in _names(store, row, metrics)]
    for place, (row, name) in enumerate(wanted):
        context.progress(place, len(wanted))
        columns = store.read(row.id, name)
        for first in range(0, len(columns), _ROWS):
            context.check()
            yield row, name, columns[first : first + _ROWS]


def _write_long(
    store: RunStore, rows: Sequence[RunRow], metrics: Sequence[str] | None, path: Path, context: JobContext
) -> None:
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(LONG_COLUMNS)
        for row, name, columns in _curves(store, rows, metrics, context):
            points = zip(columns.steps.tolist(), columns.walls.tolist(), columns.values.tolist(), strict=True)
            writer.writerows((row.id, row.name, name, step, _time(wall), value) for step, wall, value in points)


def _write_wide(
    store: RunStore, rows: Sequence[RunRow], metrics: Sequence[str] | None, path: Path, context: JobContext
) -> None:
    if len(rows) != 1:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "A table with a column for each metric holds one run, not {count}."),
            fix=QT_TRANSLATE_NOOP("errors", "Choose the long form of CSV, or Parquet."),
            count=len(rows),
        )
    names = _names(store, rows[0], metrics)
    curves = store.read_all(rows[0].id, names)
    keys, places = _common_rows([curves[name] for name in names])
    orders = [np.argsort(place) for place in places]
    values = [curves[name].values[order] for name, order in zip(names, orders, strict=True)]
    places = [place[order] for place, order in zip(places, orders, strict=True)]
    with open(path, "w", encoding="utf-8", newline="") as stream:
        _fill_wide(stream, names, values, keys, places, context)


def _fill_wide(
    stream: IO[str],
    names: list[str],
    values: list[np.ndarray],
    keys: np.ndarray,
    places: list[np.ndarray],
    context: JobContext,
) -> None:
    """Write the rows `keys`; `places` [n] are the rows, ascending, of the `values` [n] of each metric."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("step", *names))
    starts = [0] * len(names)
    for first in range(0, len(keys), _ROWS):
        context.check()
        context.progress(first, len(keys))
        steps = keys[first : first + _ROWS]
        columns: list[list[Any]] = [steps["step"].tolist()]
        for number, place in enumerate(places):
            stop = int(np.searchsorted(place, first + len(steps)))
            cells: list[Any] = [""] * len(steps)
            part = slice(starts[number], stop)
            for at, value in zip((place[part] - first).tolist(), values[number][part].tolist(), strict=True):
                cells[at] = value
            starts[number] = stop
            columns.append(cells)
        writer.writerows(zip(*columns, strict=True))


def _common_rows(curves: list[Columns]) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return the rows that hold all points, and for each curve the row of each of its points.

    A step that a curve has twice gets two rows.
    """
    kind = np.dtype([("step", np.int64), ("turn", np.int64)])
    keys = []
    for curve in curves:
        key = np.empty(len(curve), dtype=kind)
        key["step"], key["turn"] = curve.steps, _turns(curve.steps)
        keys.append(key)
    everything = np.unique(np.concatenate(keys)) if keys else np.empty(0, dtype=kind)
    return everything, [np.searchsorted(everything, key) for key in keys]


def _turns(steps: np.ndarray) -> np.ndarray:
    """Return for each step how often it came before."""
    if len(steps) < 2 or (np.diff(steps) > 0).all():
        return np.zeros(len(steps), dtype=np.int64)
    order = np.argsort(steps, kind="stable")
    ordered = steps[order]
    begins = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    places = np.arange(len(steps))
    turns = np.empty(len(steps), dtype=np.int64)
    turns[order] = places - np.maximum.accumulate(np.where(begins, places, 0))
    return turns


def _write_parquet(
    store: RunStore, rows: Sequence[RunRow], metrics: Sequence[str] | None, path: Path, context: JobContext
) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "Parquet files need the package pyarrow, which is not installed."),
            fix=QT_TRANSLATE_NOOP("errors", "Install it with: pip install pyarrow"),
        ) from error
    word = pa.dictionary(pa.int32(), pa.string())
    kinds = (word, word, word, pa.int64(), pa.timestamp("us", tz="UTC"), pa.float64())
    about = {"deepstudio": json.dumps([_about(row) for row in rows], ensure_ascii=False)}
    schema = pa.schema(list(zip(LONG_COLUMNS, kinds, strict=True)), metadata=about)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for row, name, columns in _curves(store, rows, metrics, context):
            words = [
                pa.array([text] * len(columns)).dictionary_encode().cast(word) for text in (row.id, row.name, name)
            ]
            times = pa.array(np.rint(columns.walls * 1e6).astype("datetime64[us]")).cast(kinds[4])
            arrays = [*words, pa.array(columns.steps), times, pa.array(columns.values)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _write_json(
    store: RunStore, rows: Sequence[RunRow], metrics: Sequence[str] | None, path: Path, context: JobContext
) -> None:
    """Numbers that JSON does not have are the words "NaN", "Infinity" and "-Infinity"."""
    with open(path, "w", encoding="utf-8") as stream:
        stream.write("[")
        for place, row in enumerate(rows):
            context.check()
            context.progress(place, len(rows))
            curves = store.read_all(row.id, _names(store, row, metrics))
            document = {
                **_about(row),
                "metrics": {name: _json_columns(curves[name]) for name in sorted(curves)},
                "events": [dataclasses.asdict(event) for event in store.events(row.id)],
            }
            stream.write(("," if place else "") + "\n")
            json.dump(document, stream, ensure_ascii=False, allow_nan=False)
        stream.write("\n]\n")


def _json_columns(columns: Columns) -> dict[str, list[Any]]:
    values = [value if math.isfinite(value) else _word(value) for value in columns.values.tolist()]
    return {"steps": columns.steps.tolist(), "times": columns.walls.tolist(), "values": values}


def _word(value: float) -> str:
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _about(row: RunRow) -> dict[str, Any]:
    kept = (
        "id",
        "name",
        "kind",
        "status",
        "config",
        "environment",
        "git",
        "tags",
        "notes",
        "folder",
        "created",
        "ended",
    )
    return {name: getattr(row, name) for name in kept}


def _time(wall: float) -> str:
    """Return seconds since the epoch to the microsecond, which is what the store keeps."""
    return f"{wall:.6f}"


_WRITERS: dict[str, _Writer] = {
    "csv": _write_wide,
    "csv-long": _write_long,
    "parquet": _write_parquet,
    "json": _write_json,
}
SUFFIXES = {"csv": ".csv", "csv-long": ".csv", "parquet": ".parquet", "json": ".json", "tensorboard": ""}
FORMATS = tuple(SUFFIXES)
