"""A run's folder: its recipe and surroundings, its metrics, its checkpoint, its model. Torch-free.

run.json           recipe, data folder, versions: enough to go on without being told again
metrics.jsonl      one point a line
checkpoint.pt      where the run stands
snapshot.safetensors   the network in the middle of its training, if somebody asked for it
NAME.safetensors   the finished model
"""

from __future__ import annotations

import json
import platform
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import deepstudio
from deepstudio.core.config import to_mapping
from deepstudio.core.errors import InputError
from deepstudio.core.files import atomic_path, write_text_atomic
from deepstudio.core.paths import data_dir
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.train.recipe_base import BaseRecipe
from deepstudio.train.recipe_files import recipe_from_mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFolder:
    """The files of one run."""

    path: Path

    @property
    def description(self) -> Path:
        """Return the file that says what the run is."""
        return self.path / "run.json"

    @property
    def metrics(self) -> Path:
        """Return the file of metrics."""
        return self.path / "metrics.jsonl"

    @property
    def checkpoint(self) -> Path:
        """Return the checkpoint."""
        return self.path / "checkpoint.pt"

    @property
    def snapshot(self) -> Path:
        """Return where a snapshot of the unfinished network goes."""
        return self.path / "snapshot.safetensors"

    def model(self, name: str) -> Path:
        """Return where the finished model goes."""
        return self.path / f"{name}.safetensors"


def runs_dir() -> Path:
    """Return the folder of the user's runs."""
    return data_dir() / "runs"


def new_run(recipe: BaseRecipe, wanted: Path | None) -> RunFolder:
    """Return the folder of a run to come; nothing is written yet. Raises InputError if `wanted` already holds a run."""
    path = wanted or runs_dir() / f"{recipe.name}-{datetime.now():%Y%m%d-%H%M%S-%f}"
    folder = RunFolder(path=path)
    if folder.description.exists():
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{path} already holds a run."),
            fix=QT_TRANSLATE_NOOP("errors", "Choose another folder, or go on with that run: --resume {path}."),
            path=str(path),
        )
    return folder


def describe_run(folder: RunFolder, recipe: BaseRecipe, data: Path) -> None:
    """Create the folder and write down what the run is. Raises OSError as the disk does."""
    folder.path.mkdir(parents=True, exist_ok=True)
    content: dict[str, Any] = {
        "id": run_id(folder) or uuid.uuid4().hex,
        "recipe": to_mapping(recipe),
        "data": str(data.resolve()),
        "deepstudio": deepstudio.__version__,
        "python": platform.python_version(),
        "system": platform.platform(),
    }
    write_text_atomic(folder.description, json.dumps(content, indent=1, ensure_ascii=False))


def sweep(folder: RunFolder) -> None:
    """Remove what a process that was killed while it wrote has left behind. No other process may be at work there."""
    for path in folder.path.glob(".*.part"):
        path.unlink(missing_ok=True)


def run_id(folder: RunFolder) -> str:
    """Return the id under which the store knows the run; "" where there is none yet."""
    try:
        found = json.loads(folder.description.read_text(encoding="utf-8"))["id"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return str(found)


def open_run(name: str) -> tuple[RunFolder, BaseRecipe, Path]:
    """Return folder, recipe and data folder of a run, by its path or its name among the user's runs.

    Raises InputError if there is no such run or its description is damaged.
    """
    path = Path(name) if (Path(name) / "run.json").is_file() else runs_dir() / name
    folder = RunFolder(path=path)
    try:
        content = json.loads(folder.description.read_text(encoding="utf-8"))
        return folder, recipe_from_mapping(content["recipe"], where=str(folder.description)), Path(content["data"])
    except FileNotFoundError as error:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no run '{name}'."), name=name) from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The description of the run '{name}' is damaged."), name=name
        ) from error


def trim_metrics(path: Path, first_step: int) -> None:
    """Drop the points from `first_step` on, and a last line cut short: a resumed run writes them again."""
    if not path.is_file():
        return
    with atomic_path(path) as temporary, open(path, "rb") as old, open(temporary, "wb") as new:
        for line in old:
            try:
                keep = json.loads(line)["step"] < first_step
            except (ValueError, KeyError, TypeError):
                continue
            if keep:
                new.write(line if line.endswith(b"\n") else line + b"\n")
