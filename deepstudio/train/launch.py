"""Starting a run in several processes: the command line for torchrun. Torch-free, any thread.

The run is described first, so that whoever starts it knows its id and can follow it in the store; torchrun then goes on
with that description, after a restart as well. Ending the process politely (SIGTERM) stops the run with a checkpoint.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deepstudio.train.recipe_base import BaseRecipe
from deepstudio.train.run_folder import RunFolder, describe_run, new_run, run_id


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchPlan:
    """A command, the environment to run it in, and the run that it will be."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    folder: RunFolder
    run_id: str


def plan_launch(
    recipe: BaseRecipe,
    data: Path,
    *,
    processes: int,
    folder: RunFolder | None = None,
    device: str = "auto",
    max_restarts: int = 3,
) -> LaunchPlan:
    """Describe the run in its folder (a new one without `folder`; one that is described goes on) and return its plan.

    Raises OSError as the disk does.
    """
    assert processes >= 1, "at least one process"
    folder = folder or new_run(recipe, None)
    if not folder.description.exists():
        describe_run(folder, recipe, data)
    command = (
        *(sys.executable, "-m", "torch.distributed.run", "--standalone"),
        *(f"--nproc-per-node={processes}", f"--max-restarts={max_restarts}"),
        *("-m", "deepstudio", "train", recipe.name, "--resume", str(folder.path), "--device", device),
    )
    threads = max(1, (os.cpu_count() or 1) // processes)
    environment = {"OMP_NUM_THREADS": str(threads), **os.environ}
    return LaunchPlan(command=command, environment=environment, folder=folder, run_id=run_id(folder))
