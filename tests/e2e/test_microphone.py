"""The true path: a sound server plays a file into a null sink, whose monitor is the microphone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

ROOT = Path(__file__).resolve().parents[2]
_WINDOW = 1600  # samples, a tenth of a second
_NEEDED = ("pulseaudio", "paplay", "pactl")
pytestmark = [
    pytest.mark.skipif(any(shutil.which(name) is None for name in _NEEDED), reason="PulseAudio is not installed"),
    pytest.mark.xdist_group("sound"),
]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Yield the environment of a sound server of this test's own, with one null sink as everything."""
    home = tmp_path / "home"
    runtime = tmp_path / "run"
    home.mkdir()
    runtime.mkdir(mode=0o700)
    (home / ".asoundrc").write_text("pcm.!default {\n type pulse\n}\nctl.!default {\n type pulse\n}\n")
    environment = {**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "PULSE_RUNTIME_PATH": str(runtime)}
    environment["PULSE_SERVER"] = f"unix:{runtime}/native"
    modules = [
        f"module-native-protocol-unix auth-anonymous=1 socket={runtime}/native",
        "module-null-sink sink_name=test rate=16000 channels=1",
    ]
    command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disallow-exit", "--use-pid-file=no"]
    command += [f"--load={module}" for module in modules]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for words in (("set-default-sink", "test"), ("set-default-source", "test.monitor")):
                _pactl(environment, *words)
            yield environment
        finally:
            process.terminate()
            process.wait(20)


def _pactl(environment: dict[str, str], *words: str) -> None:
    """Tell the server something; its socket may need a moment, which the client waits for."""
    for _ in range(40):
        if subprocess.run(["pactl", *words], env=environment, capture_output=True, timeout=20).returncode == 0:
            return
        subprocess.run([sys.executable, "-c", "pass"], check=True)  # about as long as the server needs
    pytest.skip("the sound server does not start here")


def _record(environment: dict[str, str], folder: Path, sound: Path) -> dict[str, Any]:
    """Record while `sound` is played; return what the recorder said."""
    environment = {**environment, "PYTHONPATH": str(ROOT)}
    script = [sys.executable, str(ROOT / "tests" / "helpers" / "record_once.py"), str(folder)]
    with subprocess.Popen(script, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdin is not None
        first = process.stdout.readline()
        if not first:
            process.communicate(timeout=30)
            pytest.skip("PortAudio finds no PulseAudio here (libasound2-plugins)")
        subprocess.run(["paplay", "--device=test", str(sound)], env=environment, check=True, timeout=60)
        rest, _ = process.communicate(timeout=60)
    return {**json.loads(first), **json.loads(rest)}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ALSA and PulseAudio")
def test_what_is_played_is_recorded_sample_for_sample(server: dict[str, str], tmp_path: Path) -> None:
    rate = 16_000
    random = np.random.default_rng(5)
    noise = np.convolve(random.standard_normal(4 * rate), np.hanning(9) / 4, mode="same")  # mostly below 3 kHz
    played = np.concatenate([np.zeros(rate // 2), 0.3 * noise, np.zeros(rate // 2)])
    played = np.clip(played, -1, 1).astype(np.float32)
    soundfile.write(tmp_path / "played.wav", played, rate, subtype="PCM_16")
    said = _record(server, tmp_path / "recording", tmp_path / "played.wav")
    heard, recorded_rate = soundfile.read(tmp_path / "recording" / "recording.flac", dtype="float32", always_2d=True)
    assert said["lost"] == said["overflows"] == 0
    assert said["said"] == []
    step = recorded_rate / rate
    mono = heard.mean(axis=1)
    if step != 1:
        import soxr

        mono = soxr.resample(mono, recorded_rate, rate)
    lags = [_lag(mono, played[start : start + _WINDOW]) - start for start in range(rate // 2, 4 * rate, _WINDOW)]
    assert max(lags) - min(lags) <= 1  # one sample missing anywhere would move all that follows


def _lag(heard: np.ndarray, piece: np.ndarray) -> int:
    """Return where `piece` is heard; it must be there, and loud."""
    length = 1 << (len(heard) + len(piece) - 1).bit_length()
    products = np.fft.irfft(np.fft.rfft(heard, length) * np.conj(np.fft.rfft(piece, length)), length)
    lag = int(products[: len(heard)].argmax())
    found = heard[lag : lag + len(piece)]
    assert np.corrcoef(found, piece[: len(found)])[0, 1] > 0.9
    return lag
