"""What the Runs workspace lets the lane "files" do: plain functions `(request, context) -> result`. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deepstudio.core.job import JobContext

if TYPE_CHECKING:
    from deepstudio.store.runs import MetricInfo, RunRow, RunStore, Usage

OpenStore = Callable[[], "RunStore"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRuns:
    """Change fields of these runs: each id with its own changes."""

    open_store: OpenStore
    changes: tuple[tuple[str, dict[str, Any]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfRuns:
    """Something with these runs; what it is the function says."""

    open_store: OpenStore
    run_ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    target: Path = field(default_factory=Path)


def change_runs(request: ChangeRuns, context: JobContext) -> None:
    """Job: change notes, tags, star, ..."""
    store = request.open_store()
    for run_id, changes in request.changes:
        store.update(run_id, **changes)


def delete_runs(request: OfRuns, context: JobContext) -> tuple[str, ...]:
    """Job: put runs into the bin; returns their ids."""
    request.open_store().delete(request.run_ids)
    return request.run_ids


def restore_runs(request: OfRuns, context: JobContext) -> None:
    """Job: take runs out of the bin."""
    request.open_store().restore(request.run_ids)


def list_deleted(request: OfRuns, context: JobContext) -> list[RunRow]:
    """Job: return the runs in the bin."""
    return request.open_store().runs(deleted=True)


def purge_runs(request: OfRuns, context: JobContext) -> int:
    """Job: remove the runs of the bin for good, their folders too; returns how many."""
    return request.open_store().purge(request.run_ids or None, folders=True)


def read_table(request: OfRuns, context: JobContext) -> dict[str, dict[str, MetricInfo]]:
    """Job: return the metrics of these names for all runs."""
    return request.open_store().metric_table(request.names)


def metric_names(request: OfRuns, context: JobContext) -> list[str]:
    """Job: return the names of all metrics there are."""
    return request.open_store().metric_names()


def measure_usage(request: OfRuns, context: JobContext) -> dict[str, Usage]:
    """Job: return what each run takes on disk."""
    return request.open_store().usage()


def archive_runs(request: OfRuns, context: JobContext) -> list[Path]:
    """Job: write each run into one file: to `target`, or into it if it is a folder; returns the files."""
    from deepstudio.store.run_archive import SUFFIX

    store = request.open_store()
    written = []
    for run_id in request.run_ids:
        target = request.target
        if target.is_dir():
            target = free_path(target, safe_name(store.run(run_id).name), SUFFIX)
        store.archive(run_id, target, context)
        written.append(target)
    return written


def restore_archives(request: OfRuns, context: JobContext) -> list[RunRow]:
    """Job: take runs in from the archives named by `names`."""
    store = request.open_store()
    return [store.restore_archive(Path(name), context) for name in request.names]


def export_to(request: OfRuns, context: JobContext) -> list[Path]:
    """Job: write the runs in the form `names[0]` (see `store.export`) to `target`."""
    from deepstudio.store.export import export_runs

    return export_runs(request.open_store(), request.run_ids, request.target, request.names[0], context=context)


def follow_folder(request: OfRuns, context: JobContext) -> object:
    """Job without an end: read a folder of TensorBoard's event files, then whatever is added to it."""
    from deepstudio.store.tensorboard.follower import FollowRequest, follow_tensorboard

    return follow_tensorboard(FollowRequest(folder=request.target, store=request.open_store()), context)


def safe_name(name: str) -> str:
    """Return the name of a run as a file name that every system takes."""
    kept = "".join(sign if sign.isalnum() or sign in "-_.+ " else "-" for sign in name).strip(" .")
    return kept[:80] or "run"


def free_path(folder: Path, name: str, suffix: str) -> Path:
    """Return a path in `folder` that nothing lies at."""
    path = folder / f"{name}{suffix}"
    number = 2
    while path.exists():
        path = folder / f"{name} {number}{suffix}"
        number += 1
    return path
