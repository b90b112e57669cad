"""`deepstudio train` and `deepstudio evaluate`, as typed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from deepstudio.app.cli import main
from deepstudio.app.cli.train import duration

RECIPE = """
name = "stripes"
labels = ["across", "down"]
[data]
validation_share = 0.25
[preprocessing]
height = 12
width = 12
channels = 1
[network]
architecture = "article-two-blocks"
config = {in_channels = 1, height = 12, width = 12}
[optimizer]
lr = 0.05
[training]
epochs = 3
batch_size = 8
precision = "float32"
"""


@pytest.fixture
def stripes(tmp_path: Path) -> Path:
    """Return a folder with a recipe and data: pictures striped across or down."""
    generator = np.random.default_rng(0)
    for split, count in (("train", 32), ("test", 12)):
        for index in range(count):
            label = ("across", "down")[index % 2]
            image = generator.integers(0, 90, (12, 12)).astype(np.uint8)
            image[::3] += 120
            folder = tmp_path / "data" / split / label
            folder.mkdir(parents=True, exist_ok=True)
            Image.fromarray(image if label == "across" else image.T).save(folder / f"{index}.png")
    (tmp_path / "stripes.toml").write_text(RECIPE)
    return tmp_path


def train(stripes: Path, *more: str) -> list[str]:
    return ["train", str(stripes / "stripes.toml"), "--data", str(stripes / "data"), *more]


def test_train_then_evaluate(stripes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(train(stripes, "--run-dir", str(stripes / "run"), "--json")) == 0
    trained = json.loads(capsys.readouterr().out)
    assert Path(trained["path"]).is_file() and trained["seconds"] > 0
    assert main(["evaluate", trained["path"], "--data", str(stripes / "data" / "test"), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    for key in ("accuracy", "macro_f1", "precision", "recall", "confusion", "ece", "examples", "seconds"):
        assert key in figures
    assert figures["accuracy"] >= 0.9 and figures["examples"] == 12
    on_card = {(figure["name"], figure["split"]): figure["value"] for figure in trained["metrics"]}
    assert figures["accuracy"] == pytest.approx(on_card["accuracy", "test"])


def test_evaluate_reports_what_it_cannot_read(stripes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(train(stripes, "--run-dir", str(stripes / "run"), "--set", "training.epochs=1", "--json")) == 0
    path = json.loads(capsys.readouterr().out)["path"]
    (stripes / "data" / "test" / "down" / "bad.png").write_bytes(b"\x89PNG nonsense")
    assert main(["evaluate", path, "--data", str(stripes / "data"), "--json"]) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["unreadable"] == 1 and "bad.png" in captured.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--set", "training.epoch=1"], "unknown key"),
        (["--set", "optimizer.lr=-1"], "between"),
        (["--resume", "nowhere"], "no run"),
    ],
)
def test_bad_wishes_are_one_sentence(
    stripes: Path, words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(train(stripes, *words)) == 1
    error = capsys.readouterr().err
    assert says in error and "Traceback" not in error


def test_unknown_device_is_wrong_usage(stripes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(train(stripes, "--device", "abacus")) == 2
    error = capsys.readouterr().err
    assert "abacus" in error and "Traceback" not in error


def test_training_without_data_says_so(stripes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", str(stripes / "stripes.toml")]) == 2
    assert "--data" in capsys.readouterr().err


def test_what_is_missing_is_said_before_the_run_begins(stripes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (stripes / "data" / "test").rename(stripes / "elsewhere")
    (stripes / "data" / "train" / "down" / "bad.png").write_bytes(b"\x89PNG nonsense")
    assert main(train(stripes, "--run-dir", str(stripes / "run"), "--set", "training.epochs=1")) == 0
    captured = capsys.readouterr()
    assert "There is no test split" in captured.err and "are left out: 1, the first" in captured.err
    assert captured.out.startswith("Run: ")


def test_data_that_cannot_be_used_are_no_run(stripes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", str(stripes / "stripes.toml"), "--data", str(stripes / "nowhere")]) == 1
    captured = capsys.readouterr()
    assert "Run:" not in captured.out and "nowhere" in captured.err


@pytest.mark.parametrize(("words", "name"), [((), "data"), (("--set", "data.name=mine"), "mine")])
def test_the_card_names_the_data_that_were_there(
    stripes: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], name: str
) -> None:
    other = RECIPE.replace("[data]", '[data]\nname = "Famous"\nfolder = "famous"')
    source = '[[sources]]\nname = "Famous"\n'
    (stripes / "stripes.toml").write_text(other + source)
    assert main(train(stripes, "--run-dir", str(stripes / "run"), "--set", "training.epochs=1", "--json", *words)) == 0
    record = json.loads(capsys.readouterr().out)
    assert {figure["data"] for figure in record["metrics"]} == {name}


def test_a_run_of_the_command_line_is_in_the_store(stripes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from deepstudio.store.runs import RunStore

    assert main(train(stripes, "--run-dir", str(stripes / "run"), "--set", "training.epochs=1")) == 0
    with RunStore() as store:
        [row] = store.runs()
        assert (row.name, str(row.status)) == ("stripes", "finished")
        assert row.config["training"]["epochs"] == 1


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_interrupt_leaves_a_checkpoint_to_go_on_from(stripes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = stripes / "run"
    words = train(stripes, "--run-dir", str(run), "--set", "training.epochs=100000")
    command = [sys.executable, "-m", "deepstudio", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        metrics = run / "metrics.jsonl"
        while process.poll() is None and not (metrics.exists() and metrics.stat().st_size > 2000):
            pass
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=60)
    assert process.returncode == 1 and "--resume" in error and "Traceback" not in error
    assert (run / "checkpoint.pt").is_file()
    assert not (run / "stripes.safetensors").exists()


@pytest.mark.parametrize(("seconds", "text"), [(0.4, "0:00"), (61, "1:01"), (3723, "1:02:03")])
def test_durations_read_like_a_clock(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_figures_of_every_split_are_listed(stripes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(train(stripes, "--run-dir", str(stripes / "run"), "--set", "training.epochs=1", "--json")) == 0
    path = json.loads(capsys.readouterr().out)["path"]
    assert main(["models", "install", path]) == 0
    capsys.readouterr()
    assert main(["models", "--json", "show", "stripes"]) == 0
    figures = json.loads(capsys.readouterr().out)["metrics"]
    assert {figure["split"] for figure in figures if figure["name"] == "accuracy"} == {"validation", "test"}
