"""The real window, driven offscreen through the main job by the command that users have."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from deepstudio.app import cli
from deepstudio.app.cli import tour
from tests.helpers.program_home import fill_home

_FIRST_PAINT = """
import sys
from deepstudio.app.main import main

def prepare(program):
    def painted():
        print("torch" in sys.modules, flush=True)
        program.window.close()
    program.first_paint.painted.connect(painted)

sys.exit(main([], prepare=prepare))
"""
_STAY_OPEN = """
import sys
from deepstudio.app.main import main

def prepare(program):
    program.first_paint.painted.connect(lambda: print("open", flush=True))

sys.exit(main([], prepare=prepare))
"""


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)


def test_the_tour_does_the_whole_main_job(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill_home(home)
    code = cli.main(["tour", "--out", str(tmp_path), "--home", str(home), "--short"])
    captured = capsys.readouterr()
    report = json.loads((tmp_path / "tour.json").read_text(encoding="utf-8"))
    assert (code, report["ok"]) == (0, True), captured.err
    assert {"drop", "another class", "integrated gradients", "two models", "many", "draw", "models", "settings"} <= {
        step["step"] for step in report["steps"]
    }
    dropped = [answer for answer in report["answers"] if answer.get("drop_to_answer_ms")]
    assert dropped
    assert all(0 < answer["confidence"] <= 1 for answer in dropped)
    assert any(answer.get("unreadable") == 1 for answer in report["answers"])
    assert any(answer.get("live_answers") for answer in report["answers"])
    assert report["torch"]
    assert report["device"]
    on_disk = sorted(path.name for path in tmp_path.glob("*.png"))
    assert on_disk == sorted(report["pictures"])
    with Image.open(tmp_path / on_disk[0]) as picture:
        assert picture.size == (1440, 900)
        assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 50
    assert not (tmp_path / "broken.jpg").exists()


def test_a_tour_that_breaks_off_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tour.sys, "executable", "/bin/false")
    assert cli.main(["tour", "--out", str(tmp_path), "--short"]) == 1
    assert capsys.readouterr().err.startswith("The tour broke off")


@pytest.mark.skipif(sys.platform == "win32", reason="stands in by a shell script")
def test_a_tour_that_breaks_off_keeps_what_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in = tmp_path / "python"
    report = {"variant": "short", "whole": False, "steps": [{"step": "drop", "ok": True, "seconds": 1.0}]}
    report |= {"answers": [], "pictures": ["01-empty-light.png"]}
    stand_in.write_text(
        f"""#!/bin/sh\necho '{json.dumps(report)}' > "$3/report-short.json"\necho drop\necho Killed. >&2\nexit 3\n"""
    )
    stand_in.chmod(0o755)
    monkeypatch.setattr(tour.sys, "executable", str(stand_in))
    assert cli.main(["tour", "--out", str(tmp_path / "out"), "--short"]) == 1
    assert "tour: The tour broke off: Killed." in capsys.readouterr().err
    whole = json.loads((tmp_path / "out" / "tour.json").read_text(encoding="utf-8"))
    assert [step["ok"] for step in whole["steps"]] == [True, False]
    assert whole["pictures"] == ["01-empty-light.png"]


def test_the_tour_says_which_steps_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = [{"step": "drop", "ok": False, "error": "no answer", "seconds": 1.0}, {"step": "x", "ok": True}]
    report = {"variant": "short", "steps": steps, "answers": [], "pictures": [], "exit_code": 1}
    monkeypatch.setattr(tour, "_play", lambda *arguments: report)
    assert cli.main(["tour", "--out", str(tmp_path), "--short"]) == 1
    assert "drop: no answer" in capsys.readouterr().err
    assert json.loads((tmp_path / "tour.json").read_text(encoding="utf-8"))["ok"] is False


def test_the_self_check_answers_a_sample_and_quits(home: Path) -> None:
    fill_home(home)
    answer = subprocess.run(
        [sys.executable, "-m", "deepstudio", "--self-check"], capture_output=True, text=True, timeout=120, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == ""
    assert "(" in answer.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="there torch comes first, or its libraries do not load")
def test_the_window_is_visible_before_torch_is_imported() -> None:
    answer = run_python(_FIRST_PAINT)
    assert (answer.returncode, answer.stdout.strip()) == (0, "False"), answer.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window_cleanly(number: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _STAY_OPEN], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline().strip() == "open"
        program.send_signal(number)
        _, errors = program.communicate(timeout=60)
    assert program.returncode == 0, errors
    assert errors == ""


def test_a_launch_can_be_measured(home: Path) -> None:
    """The probe of `bench launch`, in one process: window before answer, both with a time."""
    fill_home(home)
    from deepstudio.app.bench.launch import first_sample

    answer = subprocess.run(
        [sys.executable, "-m", "deepstudio.app.bench._launch_probe", "0", str(first_sample())],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "DEEPSTUDIO_HOME": str(home)},
    )
    assert answer.returncode == 0, answer.stderr
    figures = json.loads(answer.stdout.splitlines()[-1])
    assert 0 < figures["window_seconds"] < figures["first_answer_seconds"]
    assert 0 < figures["memory_mb_window"] < figures["memory_mb_answered"]
