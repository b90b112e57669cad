from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import numpy as np
import pytest

import deepstudio
from deepstudio.app import cli
from deepstudio.app.cli.output import CommandContext, Printer, plain
from deepstudio.core.errors import InputError, JobCancelled
from deepstudio.core.requests import Timing


def start(*words: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "deepstudio", *words],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        **options,  # type: ignore[call-overload]
    )


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"deepstudio {deepstudio.__version__}\n"


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    shown = capsys.readouterr().out
    for name in cli.command_names():
        assert f"  {name} " in shown


@pytest.mark.parametrize("name", cli.command_names())
def test_each_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = cli.load_command(name)
    assert command.HELP.endswith(".")
    assert cli.main([name, "--help"]) == 0
    assert command.HELP.split()[0] in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["frobnicate"], ["--frobnicate"], ["models", "frobnicate"], ["models", "--frob"], ["doctor", "extra"]]
)
def test_wrong_usage_is_one_sentence_and_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.strip().splitlines()) == 1
    assert captured.err.startswith(("There is no", "Argument", "Unrecognized"))


def test_a_misspelt_command_is_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["modles"]) == 2
    assert "Did you mean: models" in capsys.readouterr().err
    assert cli.main(["frobnicate"]) == 2
    assert "The commands are: bench, doctor" in capsys.readouterr().err


def test_the_command_line_imports_no_qt_and_no_torch() -> None:
    code = (
        "import sys; from deepstudio.app import cli\n"
        "for name in cli.command_names(): cli.load_command(name)\n"
        "heavy = {'PySide6', 'torch', 'torchvision', 'numpy.testing', 'sounddevice'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stderr


class FailingCommand:
    NAME = "failing"
    HELP = "Fails."

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def add_arguments(self, parser: object) -> None:
        pass

    def run(self, arguments: object) -> int:
        raise self.error


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (InputError("{name} is no picture.", name="x.txt"), "x.txt is no picture."),
        (PermissionError(13, "denied", "/locked/x"), "There is no permission to use /locked/x."),
        (KeyboardInterrupt(), "Interrupted."),
        (JobCancelled(), "Interrupted."),
        (ZeroDivisionError("by zero"), "Something unexpected went wrong (ZeroDivisionError). The log has the details."),
    ],
)
def test_errors_become_one_sentence_and_1(
    error: BaseException, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "command_names", lambda: ["failing"])
    monkeypatch.setattr(cli, "load_command", lambda name: FailingCommand(error))
    assert cli.main(["failing"]) == 1
    captured = capsys.readouterr()
    assert captured.err.strip() == sentence
    assert captured.out == ""


def test_an_unexpected_error_is_explained_in_the_log(tmp_path: Path) -> None:
    code = (
        "import sys; from deepstudio.app import cli\n"
        "class Command:\n"
        "    NAME, HELP = 'x', 'X.'\n"
        "    def add_arguments(self, parser): pass\n"
        "    def run(self, arguments): raise ZeroDivisionError\n"
        "cli.command_names = lambda: ['x']; cli.load_command = lambda name: Command()\n"
        "sys.exit(cli.main(['x']))"
    )
    environment = {**os.environ, "DEEPSTUDIO_HOME": str(tmp_path)}
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=environment, check=False
    )
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert "ZeroDivisionError" in (tmp_path / "log" / "deepstudio.log").read_text(encoding="utf-8")


def test_a_reader_that_leaves_is_no_error() -> None:
    """As `deepstudio --help | head -0`: the pipe is closed before anything is written."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as pipe:
        answer = subprocess.run(
            [sys.executable, "-m", "deepstudio", "models", "--json"],
            stdout=pipe,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert answer.returncode in (0, 1)
    assert answer.stderr == ""


def test_a_terminal_without_unicode_is_no_error() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    answer = start("déesse", env=environment)
    assert answer.returncode == 2
    assert answer.stderr.startswith("There is no command or file")


def test_without_display_the_window_points_to_the_tour() -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    if sys.platform != "linux":
        pytest.skip("only Linux can lack a display")
    answer = start(env=environment)
    assert answer.returncode == 1
    assert "deepstudio tour" in answer.stderr


def test_printer_speaks_json_or_text() -> None:
    for as_json, expected in ((True, '{"a": 1}\n'), (False, "text\n")):
        out, err = StringIO(), StringIO()
        printer = Printer(json=as_json, out=out, err=err)
        printer.record({"a": 1})
        printer.line("text")
        printer.progress("never into a pipe")
        printer.problem("A problem.")
        assert out.getvalue() == expected
        assert err.getvalue() == "A problem.\n"


def test_plain_makes_json_of_what_results_hold() -> None:
    value = {
        "array": np.arange(3, dtype=np.float32),
        "scalar": np.float64(0.5),
        "nan": math.nan,
        "path": Path("a") / "b",
        "timing": Timing(decode_ms=1.0),
        "many": (1, {"x": None}),
    }
    assert json.loads(json.dumps(plain(value), allow_nan=False)) == {
        "array": [0.0, 1.0, 2.0],
        "scalar": 0.5,
        "nan": None,
        "path": str(Path("a") / "b"),
        "timing": {"decode_ms": 1.0, "preprocess_ms": 0.0, "network_ms": 0.0},
        "many": [1, {"x": None}],
    }
    with pytest.raises(TypeError):
        plain(object())


def test_command_context_hands_over_partials_and_cancels() -> None:
    heard: list[object] = []
    context = CommandContext(Printer(json=False, out=StringIO(), err=StringIO()), heard.append)
    context.status("Working")
    context.progress(1, 2)
    context.partial("answer")
    context.check()
    assert heard == ["answer"]
    context.cancelled = True
    with pytest.raises(JobCancelled):
        context.check()
