from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from deepstudio.app import cli
from deepstudio.app.cli import doctor
from deepstudio.app.doctor import files, machine, software
from deepstudio.app.doctor.finding import Finding, State, ask_python


def test_json_is_one_finding_a_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "CHECKS", (software.check_program, files.check_folders))
    assert cli.main(["doctor", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"DeepStudio", "Python", "Data folder"} <= {line["check"] for line in lines}
    assert all(set(line) == {"check", "state", "value", "fix"} for line in lines)


def test_a_problem_makes_it_1_and_says_how_to_mend_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv("DEEPSTUDIO_HOME", str(blocked))
    monkeypatch.setattr(doctor, "CHECKS", (files.check_folders,))
    assert cli.main(["doctor"]) == 1
    captured = capsys.readouterr()
    assert "PROBLEM" in captured.out
    assert "DEEPSTUDIO_HOME" in captured.out
    assert captured.err.strip() == "4 things must be mended."


def test_a_check_that_fails_is_a_finding_and_the_rest_goes_on() -> None:
    def check_broken() -> Iterator[Finding]:
        raise RuntimeError("no such thing")
        yield

    found = list(doctor.findings((check_broken, software.check_program)))
    assert found[0].state is State.PROBLEM
    assert found[0].check == "Broken"
    assert found[-1].check == "Python"


def test_packages_are_all_there() -> None:
    found = list(software.check_packages())
    assert {"torch", "pyside6-essentials", "numpy"} <= {finding.check.lower() for finding in found}
    assert all(finding.state is State.OK for finding in found)


def test_microphones_never_matter() -> None:
    (finding,) = machine.check_microphones()
    assert finding.state is not State.PROBLEM
    assert finding.state is State.OK or finding.value


def test_a_crash_in_the_other_python_stays_there() -> None:
    assert ask_python("import os; os.abort()")[0] is False
    assert ask_python("raise ValueError('why')") == (False, "ValueError: why")
    assert ask_python("print(2)") == (True, "2")
