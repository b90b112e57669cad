"""A logger for Lightning: `Trainer(logger=DeepStudioLogger("mnist"))`.

Works with `lightning` and with `pytorch_lightning`, whichever the script has imported (else the one that is installed).
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from deepstudio.monitor.session import Run, run
from deepstudio.monitor.values import plain_settings

_PACKAGES = ("lightning.pytorch", "pytorch_lightning")
_STATUSES = {"success": "finished", "finished": "finished", "failed": "failed", "aborted": "stopped"}


def _package() -> str:
    """Return the package whose Trainer the script uses. Raises ImportError if neither is installed."""
    loaded = [name for name in _PACKAGES if name in sys.modules]
    for name in loaded or _PACKAGES:
        try:
            importlib.import_module(f"{name}.loggers")
        except ModuleNotFoundError:
            continue
        return name
    raise ImportError("deepstudio.monitor.lightning needs lightning or pytorch-lightning: pip install lightning")


_name = _package()
_Logger: Any = importlib.import_module(f"{_name}.loggers").Logger
_Function = TypeVar("_Function", bound=Callable[..., Any])
_Decorator = Callable[[_Function], _Function]
_rank_zero: _Decorator[Any] = importlib.import_module(f"{_name}.utilities").rank_zero_only
_rank_zero_experiment: _Decorator[Any] = importlib.import_module(f"{_name}.loggers.logger").rank_zero_experiment


class DeepStudioLogger(_Logger):  # type: ignore[misc] # of a library that may be missing
    """Records what the LightningModule logs, its hyperparameters and how the fit ended. Process of rank 0 only."""

    def __init__(
        self,
        name: str = "",
        *,
        config: Any = None,
        tags: Iterable[str] = (),
        notes: str = "",
        id: str | None = None,
        store: str | Path | None = None,
    ) -> None:
        """Take the arguments of `monitor.run`; the run begins with the first thing to record."""
        super().__init__()
        self._arguments = {
            "name": name, "config": config, "tags": tuple(tags), "notes": notes, "id": id, "store": store
        }  # fmt: skip
        self._run: Run | None = None

    @property
    @_rank_zero_experiment
    def experiment(self) -> Run:
        """Return the run, for histograms, pictures, texts and alerts."""
        if self._run is None:
            self._run = run(**self._arguments)
            self._arguments["id"] = self._run.id  # a second fit goes on with it
        return self._run

    @property
    def name(self) -> str:
        """Return the run's name."""
        return self._run.name if self._run is not None else str(self._arguments["name"])

    @property
    def version(self) -> str:
        """Return the run's id; checkpoints lie in a folder of that name (rank 0 tells it to the others)."""
        return str(getattr(self.experiment, "id", ""))

    @_rank_zero
    def log_metrics(self, metrics: Mapping[str, Any], step: int | None = None) -> None:
        """Record numbers."""
        self.experiment.log(metrics, step)

    @_rank_zero
    def log_hyperparams(self, params: Any = None, *arguments: Any, **named: Any) -> None:
        """Record settings: a mapping or argparse's Namespace."""
        self.experiment.update(config={**plain_settings(params), **named})

    @_rank_zero
    def finalize(self, status: str) -> None:
        """End the run as the fit ended."""
        if self._run is not None:
            self._run.finish(_STATUSES.get(status, "finished"))
            self._run = None
