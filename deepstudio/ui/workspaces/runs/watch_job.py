"""Looks at the losses of runs that go on elsewhere with the eyes of the training loop. No widgets; the lane's thread.

Runs that train in this window are told of by the Train workspace. Here are those of other programs, terminals and
machines: what their program says itself (alerts of `deepstudio.monitor`, of `deepstudio train`) is passed on, and for
programs that say nothing the rules of `train.alerts` are applied to their losses and kept as events of the run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from deepstudio.core.errors import UnknownNameError
from deepstudio.core.job import JobContext
from deepstudio.core.training_messages import EventKind, Level, MetricBatch, MetricColumns

if TYPE_CHECKING:
    from deepstudio.store.runs import EventRow, RunStore
    from deepstudio.train.alerts import Alert, Alerts

TRAINING = ("loss", "train_loss", "training_loss", "train/loss", "Loss/train", "epoch_loss", "epoch/loss")
VALIDATION = (
    "validation_loss", "val_loss", "validation/loss", "val/loss", "eval/loss", "eval_loss", "Loss/test", "test_loss",
    "epoch/val_loss",
)  # fmt: skip
_TOLD = frozenset(
    {"alert", *(kind.value for kind in (EventKind.NAN, EventKind.DIVERGENCE, EventKind.PLATEAU, EventKind.OVERFIT))}
)
_HISTORY = 20_000
"""So many steps before the newest are looked at when a run is met that began long ago."""


@dataclass(slots=True)
class Watched:
    """What is known of a run between two looks. The lane's thread alone changes it."""

    run_id: str
    name: str
    began_here: bool
    """Whether the run began while the window was open: then all of it is news."""
    says_itself: bool
    """Whether its program raises alerts by itself (`deepstudio train`)."""
    alerts: Alerts | None = None
    next_step: dict[str, int] = field(default_factory=dict)
    last_event: int = 0
    told: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class WatchRuns:
    """What to look at."""

    open_store: Callable[[], RunStore]
    runs: tuple[Watched, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a person should hear of a run: a marked sentence (context "events") and its values."""

    run_id: str
    name: str
    sentence: str
    values: Mapping[str, Any]


def watch_runs(request: WatchRuns, context: JobContext) -> list[Told]:
    """Return what is new and worth a word. Raises StoreError; runs that are gone are left out."""
    store = request.open_store()
    told = []
    for run in request.runs:
        context.check()
        try:
            told += _look(store, run)
        except UnknownNameError:
            continue
    return told


def _look(store: RunStore, run: Watched) -> list[Told]:
    first = run.alerts is None
    events = store.events(run.run_id, run.last_event)
    raised = [] if run.says_itself else _apply(store, run)
    if first and not run.began_here:
        raised, events_told = [], []
    else:
        events_told = [event for event in events if event.kind in _TOLD]
    if raised:
        _keep(store, run, raised)
        events = store.events(run.run_id, run.last_event)
        events_told = [event for event in events if event.kind in _TOLD]
    run.last_event = max([run.last_event, *(event.id for event in events)])
    return [_told(run, event) for event in events_told if _is_new(run, event)]


def _apply(store: RunStore, run: Watched) -> list[Alert]:
    """Run the rules over the points that came since the last look."""
    from deepstudio.train.alerts import Alerts

    if run.alerts is None:
        run.alerts = Alerts({})
    for role, names in (("loss", TRAINING), ("validation_loss", VALIDATION)):
        name = next((name for name in names if name in run.next_step), None) or _find(store, run, names)
        if name is None:
            continue
        columns = store.read(run.run_id, name, first=run.next_step[name])
        if len(columns):
            run.next_step[name] = int(columns.steps.max()) + 1
            part = MetricColumns(name=role, steps=columns.steps, walls=columns.walls, values=columns.values)
            run.alerts.write(MetricBatch(columns=(part,)))
    return run.alerts.take()


def _find(store: RunStore, run: Watched, names: tuple[str, ...]) -> str | None:
    """Choose the metric for a role once it is there, and where to begin."""
    infos = {info.name: info for info in store.metrics(run.run_id) if info.name in names}
    name = next((name for name in names if name in infos), None)
    if name is not None:
        run.next_step[name] = max(infos[name].first_step, infos[name].last_step - _HISTORY)
    return name


def _keep(store: RunStore, run: Watched, raised: list[Alert]) -> None:
    """Write alerts into the run, unless another window has done so."""
    from deepstudio.train.alerts import SENTENCES

    known = {(event.kind, event.step) for event in store.events(run.run_id)}
    writer = store.writer(run.run_id, claim=False)
    for alert in raised:
        if (alert.kind.value, alert.step) not in known:
            level = Level.ERROR if alert.kind is EventKind.NAN else Level.WARNING
            values = dict(alert.values)
            writer.event(alert.kind.value, step=alert.step, level=level.value, text=SENTENCES[alert.kind], data=values)
    writer.flush()


def _is_new(run: Watched, event: EventRow) -> bool:
    """Return whether this kind of alert has not been told of the run; what its program says is always told."""
    if event.kind == "alert":
        return True
    fresh = event.kind not in run.told
    run.told.add(event.kind)
    return fresh


def _told(run: Watched, event: EventRow) -> Told:
    return Told(run.run_id, run.name, event.text, event.data)
