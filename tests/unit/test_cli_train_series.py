"""`deepstudio train` on anybody's pictures, with folds, with seeds, and looking for a rate."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deepstudio.app.cli import main
from tests.train.test_propose import shapes

QUICK = ["--set", "training.epochs=1", "--set", "network.config.widths=[8,8,8]", "--set", "network.config.depth=2"]


def run(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> list[dict[str, object]]:
    assert main(["train", *words, "--device", "cpu", "--json"]) == code
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_images_fits_itself_to_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "my shapes"
    shapes(data, 12)
    record = run(capsys, "images", "--data", str(data), "--run-dir", str(tmp_path / "run"), *QUICK)[-1]
    assert record["model"] == "my-shapes" and Path(str(record["path"])).is_file()
    assert record["training_examples"] == 20  # 24 less a fifth of each class


def test_folds_and_seeds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shapes(tmp_path / "s", 12)
    for option, names in (("--folds", ["s fold 1 of 2", "s fold 2 of 2"]), ("--seeds", ["s seed 1", "s seed 2"])):
        folder = tmp_path / option
        records = run(capsys, "images", "--data", str(tmp_path / "s"), "--run-dir", str(folder), option, "2", *QUICK)
        assert [record["name"] for record in records[:-1]] == names
        assert records[-1]["type"] == "series" and "accuracy" in dict(records[-1]["mean"])  # type: ignore[call-overload]
        assert sorted(path.name for path in folder.iterdir()) == ["run-1", "run-2"]


def test_a_rate_is_suggested(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shapes(tmp_path / "s", 12)
    record = run(capsys, "images", "--data", str(tmp_path / "s"), "--find-rate", *QUICK)[0]
    rates = record["rates"]
    assert isinstance(rates, list) and rates == sorted(rates)
    assert isinstance(record["suggestion"], float) and rates[0] < record["suggestion"] < rates[-1]


@pytest.mark.parametrize("words", [("--folds", "1"), ("--seeds", "x"), ("--folds", "2", "--find-rate")])
def test_wrong_usage(words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "images", "--data", str(tmp_path), *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1
