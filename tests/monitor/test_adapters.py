"""The adapters against stand-ins for the libraries' base classes, which are not installed with DeepStudio."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from deepstudio.store.runs import RunStore, Status


@pytest.fixture
def store(home: Path) -> Iterator[RunStore]:
    with RunStore() as opened:
        yield opened


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that imports an adapter anew, with these modules standing for the library."""

    def load(name: str, modules: dict[str, ModuleType | None]) -> ModuleType:
        for other, module in modules.items():
            monkeypatch.setitem(sys.modules, other, module)  # type: ignore[arg-type] # None: not installed
        monkeypatch.delitem(sys.modules, f"deepstudio.monitor.{name}", raising=False)
        module = importlib.import_module(f"deepstudio.monitor.{name}")
        monkeypatch.delitem(sys.modules, f"deepstudio.monitor.{name}")
        return module

    return load


def library(name: str, **parts: Any) -> ModuleType:
    module = ModuleType(name)
    module.__dict__.update(parts)
    return module


def lightning_of(package: str, other: str) -> dict[str, ModuleType | None]:
    class Logger:
        pass

    def unchanged(function: Any) -> Any:
        return function

    return {
        other: None,
        f"{other}.loggers": None,
        package.partition(".")[0]: library(package.partition(".")[0]),
        package: library(package),
        f"{package}.loggers": library("loggers", Logger=Logger),
        f"{package}.loggers.logger": library("logger", rank_zero_experiment=unchanged),
        f"{package}.utilities": library("utilities", rank_zero_only=unchanged),
    }


@pytest.mark.parametrize(
    ("package", "other"), [("lightning.pytorch", "pytorch_lightning"), ("pytorch_lightning", "lightning.pytorch")]
)
def test_lightning(store: RunStore, fresh: Any, package: str, other: str) -> None:
    module = fresh("lightning", lightning_of(package, other))
    logger = module.DeepStudioLogger("lit", tags=["t"])
    assert store.runs() == []
    logger.log_hyperparams({"rate": 0.1}, extra=2)
    logger.log_metrics({"loss": 1.0}, step=3)
    logger.experiment.alert("hello")
    version = logger.version
    logger.finalize("success")
    logger.log_metrics({"loss": 0.5}, step=4)
    logger.finalize("failed")
    (row,) = store.runs()
    assert (row.id, row.name, row.tags, row.status) == (version, "lit", ("t",), Status.FAILED)
    assert row.config == {"rate": 0.1, "extra": 2}
    assert store.read(row.id, "loss").steps.tolist() == [3, 4]


def test_without_lightning_a_sentence(fresh: Any) -> None:
    absent: dict[str, ModuleType | None] = dict.fromkeys(
        (
            "lightning",
            "lightning.pytorch",
            "lightning.pytorch.loggers",
            "pytorch_lightning",
            "pytorch_lightning.loggers",
        )
    )
    with pytest.raises(ImportError, match="pip install lightning"):
        fresh("lightning", absent)


def test_keras(store: RunStore, fresh: Any) -> None:
    class Callback:
        params = {"epochs": 2, "steps": 3}
        model = SimpleNamespace(optimizer=SimpleNamespace(learning_rate=0.25))

    keras = library("keras")
    callbacks = library("keras.callbacks", Callback=Callback)
    module = fresh("keras", {"keras": keras, "keras.callbacks": callbacks})
    callback = module.DeepStudioCallback("net", config={"a": 1}, every=2)
    callback.on_train_begin()
    for epoch in range(2):
        for batch in range(3):
            callback.on_train_batch_end(batch, {"loss": 1.0})
        callback.on_epoch_end(epoch, {"loss": 0.5, "val_loss": 0.6})
    callback.on_train_end()
    (row,) = store.runs()
    assert (row.name, row.status) == ("net", Status.FINISHED)
    assert row.config == {"a": 1, "epochs": 2, "steps": 3, "optimizer": "SimpleNamespace"}
    assert store.read(row.id, "loss").steps.tolist() == [0, 2, 4]
    assert store.read(row.id, "epoch/val_loss").steps.tolist() == [2, 5]
    assert store.read(row.id, "learning_rate").values.tolist() == [0.25, 0.25]
    assert store.read(row.id, "epoch").values.tolist() == [1, 2]


def test_without_keras_a_sentence(fresh: Any) -> None:
    with pytest.raises(ImportError, match="pip install keras"):
        fresh("keras", {"keras": None, "keras.callbacks": None})
