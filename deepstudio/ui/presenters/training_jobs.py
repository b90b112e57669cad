"""What the training session runs in the lanes. Torch and the engine are imported inside, never by the window."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deepstudio.core.errors import DeepStudioError, InputError
from deepstudio.core.job import JobContext
from deepstudio.core.training_messages import EventKind, Level, RunEvent
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.models.library import SUFFIX, ModelEntry, ModelLibrary

if TYPE_CHECKING:
    from deepstudio.models.card import ModelCard
    from deepstudio.store.runs import RunRow, RunStore
    from deepstudio.train.control import RunControl
    from deepstudio.train.recipe_base import BaseRecipe

OURS = "deepstudio"
"""Kind of the runs that DeepStudio trains itself; those of other programs cannot go on here."""
OpenStore = Callable[[], "RunStore"]
_NO_STORE = QT_TRANSLATE_NOOP("events", "This run is not kept in the list of runs: {reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class StartTraining:
    """Train `recipe` on `data`; with `resume`, go on in `folder` from its checkpoint."""

    recipe: BaseRecipe
    data: Path
    open_store: OpenStore
    prepare: Callable[[], None]
    """Called first of all, in the lane."""
    control: RunControl
    folder: Path | None = None
    resume: bool = False
    device: str = "auto"
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StartSeries:
    """Train several times: `count` folds, or one run for each of `seeds`."""

    recipe: BaseRecipe
    data: Path
    open_store: OpenStore
    prepare: Callable[[], None]
    control: RunControl
    folds: int = 0
    seeds: tuple[int, ...] = ()
    device: str = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindInterrupted:
    """Look for runs whose process died."""

    open_store: OpenStore


@dataclass(frozen=True, slots=True, kw_only=True)
class FindRun:
    """Read what is needed to go on with a run of the store."""

    open_store: OpenStore
    run_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRun:
    """A run that can go on."""

    run_id: str
    recipe: BaseRecipe
    data: Path
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallTrained:
    """Install the model file of a run into `library`, where it replaces one of that name."""

    library: ModelLibrary
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledTrained:
    """The model that is installed now; `before` is a copy of the one that it replaced."""

    entry: ModelEntry
    before: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundModel:
    """What is known of a model that other processes have trained."""

    path: Path
    card: ModelCard


def start_training(request: StartTraining, context: JobContext) -> Any:
    """Job of the train lane: the whole run. Returns `train.task.Finished`; raises as `run_training`."""
    request.prepare()
    from deepstudio.train.run_folder import RunFolder, new_run
    from deepstudio.train.runner import TrainRequest, run_training

    folder = RunFolder(path=request.folder) if request.folder is not None else new_run(request.recipe, None)
    return run_training(
        TrainRequest(
            recipe=request.recipe,
            data=request.data,
            folder=folder,
            resume=request.resume,
            device=request.device,
            control=request.control,
            store=_store(request.open_store, context),
            tags=request.tags,
        ),
        context,
    )


def start_series(request: StartSeries, context: JobContext) -> Any:
    """Job of the train lane: k-fold cross-validation or the same with other seeds. Returns `SeriesResult`."""
    request.prepare()
    common: dict[str, Any] = {
        "recipe": request.recipe,
        "data": request.data,
        "device": request.device,
        "control": request.control,
        "store": _store(request.open_store, context),
    }
    if request.folds:
        from deepstudio.train.crossval import CrossValidateRequest, cross_validate

        return cross_validate(CrossValidateRequest(folds=request.folds, **common), context)
    from deepstudio.train.repeat import RepeatRequest, repeat_seeds

    return repeat_seeds(RepeatRequest(seeds=request.seeds, **common), context)


def find_interrupted(request: FindInterrupted, context: JobContext) -> tuple[RunRow, ...]:
    """Job of the files lane: runs that a crash ended and that can go on, newest first."""
    store = request.open_store()
    store.find_interrupted()
    rows = store.runs("status:interrupted")
    return tuple(row for row in rows if row.kind == OURS and row.folder and _can_go_on(Path(row.folder)))


def _can_go_on(folder: Path) -> bool:
    from deepstudio.train.run_folder import RunFolder

    return RunFolder(path=folder).checkpoint.is_file()


def find_run(request: FindRun, context: JobContext) -> FoundRun:
    """Job of the files lane: raises InputError where the run has no folder or no checkpoint."""
    from deepstudio.train.run_folder import open_run

    row = request.open_store().run(request.run_id)
    if row.kind != OURS or not row.folder:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "“{name}” was not trained here, so it cannot go on."), name=row.name
        )
    folder, recipe, data = open_run(row.folder)
    if not folder.checkpoint.is_file():
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "“{name}” ended before its first checkpoint, so it cannot go on."),
            fix=QT_TRANSLATE_NOOP("errors", "Train again with the same settings."),
            name=row.name,
        )
    return FoundRun(run_id=row.id, recipe=recipe, data=data, folder=folder.path)


def read_trained(path: Path, context: JobContext) -> FoundModel:
    """Job of the files lane: the card of a model file. Raises ModelFileError."""
    from deepstudio.models.modelfile import read_card

    return FoundModel(path=path, card=read_card(path))


def install_trained(request: InstallTrained, context: JobContext) -> InstalledTrained:
    """Job of the files lane: copy the model file into the library; what it replaces is kept for an undo."""
    from deepstudio.models.modelfile import read_card

    mine = request.library.user / f"{read_card(request.path).name}{SUFFIX}"
    before = None
    if mine.exists():
        before = request.library.user / ".replaced" / mine.name
        before.parent.mkdir(parents=True, exist_ok=True)
        before.write_bytes(mine.read_bytes())
    return InstalledTrained(entry=request.library.install(request.path), before=before)


def _store(open_store: OpenStore, context: JobContext) -> RunStore | None:
    """Return the store, or None after saying why the run is not listed: training matters more than its list."""
    try:
        return open_store()
    except (DeepStudioError, OSError) as error:
        reason = Phrase(error.sentence, error.values) if isinstance(error, DeepStudioError) else str(error)
        context.partial(
            RunEvent(
                kind=EventKind.NOTICE,
                step=0,
                wall=time.time(),
                sentence=_NO_STORE,
                values={"reason": reason},
                level=Level.WARNING,
            )
        )
        return None
