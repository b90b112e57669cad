"""A whole training job: read, train, calibrate, measure, write. The same for the command line and the window."""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psutil
import torch

from deepstudio.core.allocator import freed_memory_kept
from deepstudio.core.config import to_mapping
from deepstudio.core.device import describe_device, pick_device
from deepstudio.core.errors import InputError, JobCancelled, OutOfMemoryError
from deepstudio.core.failures import failure_from
from deepstudio.core.job import JobContext
from deepstudio.core.openmp import asleep_where_busy
from deepstudio.core.torch_threads import use_usual_threads
from deepstudio.core.training_messages import WORDS, EventKind, Level, RunEvent, RunOpened
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.store.runs import RunStore, StoreError
from deepstudio.train.checkpoint import read_checkpoint
from deepstudio.train.control import RunControl
from deepstudio.train.loop import Trainer, train
from deepstudio.train.notices import notice
from deepstudio.train.processes import Alone, group_device, join_processes
from deepstudio.train.recipe_base import BaseRecipe
from deepstudio.train.run_folder import RunFolder, describe_run, run_id, sweep, trim_metrics
from deepstudio.train.setup import build_run, with_batch_size
from deepstudio.train.sinks import ContextSink, JsonLinesSink, Sink
from deepstudio.train.snapshot import write_snapshot
from deepstudio.train.state import TrainState, final_weights
from deepstudio.train.store_sink import StoreSink, open_row
from deepstudio.train.surroundings import environment, git_state
from deepstudio.train.task import Finished, Task
from deepstudio.train.tasks import task_spec

_NO_ROW = QT_TRANSLATE_NOOP("events", "This run is not kept in the list of runs: {reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainRequest:
    """Train `recipe` on the data below `data`, into `folder`; go on from its checkpoint if `resume`.

    `material` takes the place of what the task would read from `data`. With a `store` the run has a row there, under
    `name` (the recipe's if empty) and `tags`.
    """

    recipe: BaseRecipe
    data: Path
    folder: RunFolder
    resume: bool = False
    device: str = "auto"
    sinks: tuple[Callable[[], Sink], ...] = ()
    control: RunControl | None = None
    material: Any = None
    store: RunStore | None = None
    name: str = ""
    tags: tuple[str, ...] = ()


def run_training(request: TrainRequest, context: JobContext) -> Finished:
    """Do the whole job and return the finished model.

    A batch that does not fit into the GPU's memory is halved, with the rate, and the run begins again. Raises
    JobCancelled (a checkpoint is written first), OutOfMemoryError, InputError, OSError. Under torchrun this is for the
    first process; `follow_training` is for the others.
    """
    use_usual_threads()
    device = pick_device(group_device(request.device))
    recipe = request.recipe
    direct = task_spec(recipe.task).open_direct()
    if direct is not None:
        return direct.make(recipe, request.data, request.folder.model(recipe.name), context)
    processes = join_processes(device, recipe.training.batch_size)
    task = task_spec(recipe.task).open()
    material = request.material or task.prepare(recipe, request.data, context)
    while True:
        try:
            with freed_memory_kept(), asleep_where_busy():
                return _Run(request, task, recipe, material, device, context, processes).do()
        except torch.OutOfMemoryError as error:
            smaller = recipe.training.batch_size // 2
            if smaller < 1 or request.resume or processes.world > 1:
                raise OutOfMemoryError(
                    QT_TRANSLATE_NOOP(
                        "errors", "The device has too little memory for this network and batches of {size}."
                    ),
                    fix=QT_TRANSLATE_NOOP("errors", "Choose smaller batches, a smaller network, or the CPU."),
                    size=recipe.training.batch_size,
                ) from error
            recipe = with_batch_size(recipe, smaller)
        torch.cuda.empty_cache()
        context.status(QT_TRANSLATE_NOOP("status", "Too little memory: trying smaller batches"))


def follow_training(request: TrainRequest, context: JobContext) -> None:
    """Take part in a run whose first process is another one. Raises as `run_training`."""
    device = pick_device(group_device(request.device))
    recipe = request.recipe
    processes = join_processes(device, recipe.training.batch_size)
    task = task_spec(recipe.task).open()
    material = request.material or task.prepare(recipe, request.data, context)
    _Run(request, task, recipe, material, device, context, processes).follow()


class _Run:
    """One attempt at a run."""

    def __init__(
        self,
        request: TrainRequest,
        task: Task,
        recipe: BaseRecipe,
        material: Any,
        device: torch.device,
        context: JobContext,
        processes: Alone,
    ) -> None:
        self._request = request
        self._task = task
        self._recipe = recipe
        self._material = material
        self._device = device
        self._context = context
        self._processes = processes

    def follow(self) -> None:
        """Train beside the first process."""
        trainer, state = self._build()
        train(trainer, state, self._context)
        self._processes.leave()

    def do(self) -> Finished:
        """Train and finish."""
        trainer, state = self._build()
        store_sink = self._open_store(trainer, state)
        self._context.partial(self._opened(trainer, state))
        self._context.status(QT_TRANSLATE_NOOP("status", "Training"))
        try:
            trainer.metrics.attach(JsonLinesSink(self._request.folder.metrics))
            trainer.metrics.attach(ContextSink(self._context))
            for make in self._request.sinks:
                trainer.metrics.attach(make())
            train(trainer, state, self._context, self._request.control)
            self._processes.leave()
            finished = self._finish(trainer, state)
            if store_sink is not None:
                store_sink.finished(finished.path)
            self._tell(trainer, state, EventKind.FINISHED)
            return finished
        except torch.OutOfMemoryError:
            raise
        except JobCancelled:
            if state.over:  # while calibrating or measuring
                self._tell(trainer, state, EventKind.STOPPED)
            raise
        except Exception as error:
            failure = failure_from(error)
            reason = Phrase(failure.sentence, failure.values)
            self._tell(trainer, state, EventKind.FAILED, level=Level.ERROR, reason=reason)
            raise
        finally:
            trainer.metrics.close()

    def _tell(
        self, trainer: Trainer, state: TrainState, kind: EventKind, *, level: Level = Level.INFO, **values: object
    ) -> None:
        step = max(state.step - 1, 0)
        values = {"step": state.step, **values}
        event = RunEvent(kind=kind, step=step, wall=time.time(), sentence=WORDS[kind], values=values, level=level)
        trainer.metrics.event(event)

    def _build(self) -> tuple[Trainer, TrainState]:
        """Return the trainer and its state, fresh or as the checkpoint has it, with the run's folder ready for it."""
        folder, processes = self._request.folder, self._processes
        saved = processes.share(self._read_checkpoint)
        trainer, state = build_run(
            self._task,
            self._recipe,
            self._material,
            self._device,
            checkpoint=folder.checkpoint,
            processes=processes,
        )
        if processes.rank:
            torch.manual_seed(self._recipe.seed + processes.rank)  # another dropout than in the other processes
        if saved:
            _go_on(state, saved, self._device, processes.rank, folder)
            of_objective = saved.get("objective", ())
            if processes.rank < len(of_objective):
                trainer.objective.load_state(of_objective[processes.rank])
        processes.join(state.network, trainer.objective)
        if processes.is_first:
            if not saved and not self._request.resume:
                describe_run(folder, self._recipe, self._request.data)
            sweep(folder)
            trim_metrics(folder.metrics, state.step)
        return replace(trainer, take_snapshot=self._snapshot_of(trainer)), state

    def _read_checkpoint(self) -> dict[str, Any]:
        """Return what the run goes on from; empty for one that begins (or ended before its first checkpoint)."""
        path = self._request.folder.checkpoint
        return read_checkpoint(path, self._device) if self._request.resume and path.exists() else {}

    def _snapshot_of(self, trainer: Trainer) -> Callable[[TrainState], Path]:
        def take(state: TrainState) -> Path:
            return write_snapshot(
                state,
                self._task.card(self._recipe, self._material),
                self._request.folder.snapshot,
                total_steps=trainer.total_steps,
                epochs=self._recipe.training.epochs,
            )

        return take

    def _open_store(self, trainer: Trainer, state: TrainState) -> StoreSink | None:
        """Return the run's way into the store, None after saying why if the store does not take it."""
        request = self._request
        if request.store is None:
            return None
        try:
            row = open_row(
                request.store,
                run_id(request.folder),
                first_step=state.step,
                metrics=request.folder.metrics,
                name=request.name or self._recipe.name,
                config=to_mapping(self._recipe),
                environment=environment(request.data, describe_device(self._device).name, self._processes.world),
                git=git_state(Path.cwd()),
                tags=request.tags,
                folder=str(request.folder.path.resolve()),
            )
            sink = StoreSink(request.store, row, tell=trainer.metrics.event)
        except StoreError as error:
            notice(self._context, _NO_ROW, reason=Phrase(error.sentence, error.values))
            return None
        trainer.metrics.attach(sink)
        return sink

    def _opened(self, trainer: Trainer, state: TrainState) -> RunOpened:
        return RunOpened(
            run_id=run_id(self._request.folder) if self._request.store is not None else "",
            name=self._request.name or self._recipe.name,
            folder=str(self._request.folder.path),
            first_step=state.step,
            total_steps=trainer.total_steps,
            steps_per_epoch=trainer.objective.steps_per_epoch,
            epochs=self._recipe.training.epochs,
            resumed=self._request.resume,
        )

    def _finish(self, trainer: Trainer, state: TrainState) -> Finished:
        facts = {
            "seconds": round(state.seconds, 3),
            "steps": state.step,
            "device": describe_device(trainer.device).name,
            "arithmetic": str(trainer.dtype).removeprefix("torch."),
            "peak_memory_bytes": peak_memory(trainer.device),
            "torch": torch.__version__,
            "python": platform.python_version(),
        }
        with final_weights(state):
            if state.best_weights is not None:
                state.network.load_state_dict(state.best_weights)
            return self._task.finish(
                state.network,
                self._recipe,
                self._material,
                self._request.folder.model(self._recipe.name),
                self._context,
                device=trainer.device,
                training=facts,
            )


def _go_on(state: TrainState, saved: dict[str, Any], device: torch.device, rank: int, folder: RunFolder) -> None:
    try:
        state.load_checkpoint(saved, device, rank=rank)
    except (KeyError, RuntimeError, ValueError, TypeError) as error:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The checkpoint {path} belongs to another network or another version."),
            path=str(folder.checkpoint),
        ) from error


def peak_memory(device: torch.device) -> int:
    """Return the most memory in bytes that this process has had on `device` (of the whole process on a CPU)."""
    if device.type == "cuda":
        return int(torch.cuda.max_memory_allocated(device))
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
