from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import pytest

from deepstudio.app import cli
from deepstudio.app.bench import benchmarks, cifar94, launch, train
from deepstudio.app.bench._keras_process import KerasProcess
from deepstudio.core.errors import DeepStudioError, InputError
from deepstudio.core.job import SilentContext
from deepstudio.core.training_messages import MetricBatch, MetricColumns

SMALL = train.Case(architecture="article-two-blocks", side=32, classes=10, images=64, batch=16)


def options(benchmark: object, *words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    benchmark.add_arguments(parser)  # type: ignore[attr-defined]
    return parser.parse_args(list(words))


def test_every_benchmark_is_found_and_explains_itself() -> None:
    names = [benchmark.NAME for benchmark in benchmarks()]
    assert {"launch", "predict", "train", "cifar94"} <= set(names)
    for benchmark in benchmarks():
        assert benchmark.HELP.endswith(".")
        options(benchmark)


def test_an_unknown_benchmark_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", "frobnicate"]) == 2
    assert "frobnicate" in capsys.readouterr().err


def test_turns_are_shared_fairly() -> None:
    calls: list[str] = []

    def block(name: str) -> train.Block:
        return lambda: (calls.append(name), 1.0)[1]

    speeds = train.take_turns({"a": block("a"), "b": block("b")}, 4, SilentContext())
    assert speeds == {"a": [1.0] * 4, "b": [1.0] * 4}
    assert calls.count("a") == calls.count("b") == 5
    assert calls[:4] == ["a", "b", "b", "a"]


def test_train_measures_both_loops(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(train, "CASES", (SMALL,))
    assert cli.main(["bench", "train", "--turns", "1", "--seconds", "0.01", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["bench"] == "train"
    assert result["network"] == "article-two-blocks"
    assert result["ratio_bare"] > 0
    assert result["ratio_same_network"] > 0
    assert result["ratio_keras"] is None or result["ratio_keras"] > 0
    assert (result["ratio_keras"] is None) == ("reason_keras" in result)


def test_the_cases_are_the_networks_of_the_articles() -> None:
    from deepstudio.models.registry import build_network

    for case in train.CASES:
        network = build_network(case.architecture, {}, num_classes=case.classes)
        assert sum(parameter.numel() for parameter in network.parameters()) > 10_000
        recipe = train.make_recipe(case)
        assert (recipe.preprocessing.height, recipe.optimizer.name) == (case.side, "adam")


def test_a_python_without_keras_is_one_sentence() -> None:
    images = train.random_images(SMALL)
    with (
        pytest.raises(DeepStudioError, match="Keras could not be measured"),
        KerasProcess(sys.executable if _lacks_tensorflow() else "/bin/false", "none", images, 16, 10),
    ):
        pass


def _lacks_tensorflow() -> bool:
    import importlib.util

    return importlib.util.find_spec("tensorflow") is None


def test_cifar94_needs_data() -> None:
    with pytest.raises(InputError, match="CIFAR-10"):
        next(cifar94.measure(options(cifar94), SilentContext()))


def _write_cifar(root: Path) -> None:
    from PIL import Image

    random = np.random.default_rng(0)
    for split, count in (("train", 12), ("test", 4)):
        for label in ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"):
            folder = root / "cifar10" / split / label
            folder.mkdir(parents=True)
            for number in range(count):
                pixels = random.integers(0, 256, (32, 32, 3), np.uint8)
                Image.fromarray(pixels).save(folder / f"{number}.png")


def test_cifar94_runs_to_its_target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write_cifar(tmp_path)
    monkeypatch.setattr(cifar94, "_WARM_UP_STEPS", 1)
    monkeypatch.setattr(cifar94, "_PROBE_STEPS", 1)
    arguments = options(cifar94, "--data", str(tmp_path), "--device", "cpu", "--epochs", "2", "--target", "0")
    with pytest.raises(InputError, match=r"about [0-9]+ minutes"):
        next(cifar94.measure(arguments, SilentContext()))
    arguments.force = True
    (result,) = cifar94.measure(arguments, SilentContext())
    assert 0 < result["seconds_to_target"] <= result["seconds"]
    assert result["metric_points"] > 0


def test_the_finish_line_stops_the_clock_once() -> None:
    context = SilentContext()
    line = cifar94.FinishLine(0.94, context)
    for wall, value in ((1.0, 0.5), (2.0, 0.941), (3.0, 0.95)):
        step = np.array([0])
        column = MetricColumns(name="validation_accuracy", steps=step, walls=np.array([wall]), values=np.array([value]))
        line.write(MetricBatch(columns=(column,)))
    assert (line.reached_at, line.best, context.cancelled) == (2.0, 0.95, True)


def test_a_window_that_does_not_launch_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch.sys, "executable", "/bin/false")
    with pytest.raises(DeepStudioError, match="did not launch"):
        next(launch.measure(options(launch, "--picture", "x.png"), SilentContext()))


def test_store_measures_opening_filtering_and_following(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        cli.main(["bench", "store", "--metrics", "50", "--points", "20", "--runs", "30", "--long", "70000", "--json"])
        == 0
    )
    result = json.loads(capsys.readouterr().out)
    assert (result["metrics"], result["points"], result["runs"]) == (50, 20, 30)
    for name in ("open_seconds", "open_cpu_seconds", "filter_ms", "long_open_seconds", "long_overview_seconds"):
        assert result[name] > 0
    assert 0 < result["follow_ms"]["p50"] <= result["follow_ms"]["p95"]
