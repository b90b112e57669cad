"""A callback for Keras 3: `model.fit(..., callbacks=[DeepStudioCallback("mnist")])`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

try:
    from keras.callbacks import Callback as _Callback
except ModuleNotFoundError as error:
    raise ImportError("deepstudio.monitor.keras needs Keras: pip install keras") from error

from deepstudio.monitor.session import Run, run


class DeepStudioCallback(_Callback):  # type: ignore[misc] # of a library that may be missing
    """Records the loss and metrics of every batch, and of every epoch with the validation's ("epoch/loss", ...).

    Keras's metrics of a batch are running means of the epoch; "epoch" counts the epochs. Every epoch's values stand at
    the step of its last batch, so that both kinds share one axis.
    """

    def __init__(
        self,
        name: str = "",
        *,
        config: Any = None,
        tags: Iterable[str] = (),
        notes: str = "",
        id: str | None = None,
        store: str | Path | None = None,
        every: int = 1,
    ) -> None:
        """Take the arguments of `monitor.run`, and how many batches lie between two that are recorded."""
        super().__init__()
        self._arguments = {
            "name": name, "config": config, "tags": tuple(tags), "notes": notes, "id": id, "store": store
        }  # fmt: skip
        self._every = max(1, every)
        self._batches = 0
        self.run: Run | None = None

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        """Begin the run."""
        self._batches = 0
        self.run = run(**self._arguments)
        settings = {name: self.params.get(name) for name in ("epochs", "steps") if self.params.get(name) is not None}
        optimizer = getattr(self.model, "optimizer", None)
        if optimizer is not None:
            settings["optimizer"] = type(optimizer).__name__
        self.run.update(config=settings)

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Record a batch."""
        if self.run is not None and self._batches % self._every == 0:
            self.run.log(logs or {}, step=self._batches)
        self._batches += 1

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Record an epoch."""
        if self.run is not None:
            values = {f"epoch/{name}": value for name, value in (logs or {}).items()}
            self.run.log({"epoch": epoch + 1, **values, **self._rate()}, step=max(self._batches - 1, 0))

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        """End the run. A fit that breaks ends with the script, as failed."""
        if self.run is not None:
            self.run.finish()

    def _rate(self) -> dict[str, float]:
        try:
            return {"learning_rate": float(self.model.optimizer.learning_rate)}
        except (AttributeError, TypeError, ValueError):
            return {}
