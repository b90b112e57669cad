"""`deepstudio transcribe`: which files it reads, and what it says of them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from deepstudio.app.cli import main
from deepstudio.core.job import SilentContext
from deepstudio.core.listen_messages import TranscribeRequest
from deepstudio.infer.transcribe import FileTranscriber


def silence(path: Path, seconds: float = 0.1) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, np.zeros(round(16_000 * seconds), np.float32), 16_000)
    return path


def test_the_sound_files_of_a_folder_are_read_in_natural_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("talk10.wav", "talk2.WAV", "deeper/last.flac", ".hidden.wav"):
        silence(tmp_path / name)
    (tmp_path / "notes.txt").write_text("no sound")
    other = silence(tmp_path.parent / f"{tmp_path.name}-other.wav")
    assert main(["transcribe", str(tmp_path), str(other), "--model", "commands"]) == 0
    named = [line for line in capsys.readouterr().out.splitlines() if line]
    wanted = [tmp_path / "deeper" / "last.flac", tmp_path / "talk2.WAV", tmp_path / "talk10.wav", other]
    assert named == [f"{path}:" for path in wanted]


def test_a_folder_without_sound_is_said_so_and_the_rest_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert main(["transcribe", str(empty), str(silence(tmp_path / "talk.wav")), "--model", "commands", "--json"]) == 1
    said = capsys.readouterr()
    assert f"The folder {empty} holds no sound files." in said.err
    records = [json.loads(line) for line in said.out.splitlines()]
    assert records[0]["file"] == str(empty) and "error" in records[0]
    assert records[-1]["file"].endswith("talk.wav") and records[-1]["type"] == "summary"


def test_a_file_without_sound_took_no_share_of_real_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["transcribe", str(silence(tmp_path / "none.wav", 0.0)), "--model", "commands", "--json"]) == 0
    (summary,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert summary["seconds"] == 0.0 and summary["real_time_factor"] == 0.0


class Tired:
    """Takes a second for nothing."""

    processed, speaking, compute_seconds = 0.0, False, 1.0

    def feed(self, samples: np.ndarray) -> list[object]:
        return []

    def finish(self) -> list[object]:
        return []


def test_the_window_says_the_same_of_a_file_without_sound(tmp_path: Path) -> None:
    request = TranscribeRequest(path=silence(tmp_path / "none.wav", 0.0))
    result = FileTranscriber(lambda request: Tired()).transcribe(request, SilentContext())  # type: ignore[arg-type, return-value]
    assert result.seconds == 0.0 and result.real_time_factor == 0.0
