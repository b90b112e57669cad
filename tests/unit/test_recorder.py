"""From the sound card's callback to the disk and to whoever listens, nothing is lost."""

from __future__ import annotations

import queue
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import soundfile

from deepstudio.audio import recordings as store
from deepstudio.audio.capture import find_microphone
from deepstudio.audio.devices import Microphone
from deepstudio.audio.recorder import Ended, Heard, Recorder, Reopened, Sound, Trouble
from deepstudio.core.errors import InputError
from tests.helpers.fake_microphone import FakeMicrophone


def drain(recorder: Recorder) -> list[Any]:
    recorder.stop()
    recorder.join()
    found = []
    while not isinstance(piece := recorder.pieces.get_nowait(), Ended):
        found.append(piece)
    with pytest.raises(queue.Empty):
        recorder.pieces.get_nowait()
    return found


def until(recorder: Recorder, kind: type) -> Any:
    """Return the next piece of `kind`, whatever comes before."""
    while not isinstance(piece := recorder.pieces.get(timeout=20), kind):
        pass
    return piece


def sounds(pieces: list[Any]) -> np.ndarray:
    return np.concatenate([piece.samples for piece in pieces if isinstance(piece, Sound)])


def recorded(recorder: Recorder, folder: Path) -> np.ndarray:
    opening = recorder.opening
    path = store.join_parts(folder, sample_rate=opening.sample_rate, channels=opening.channels)
    return soundfile.read(path, dtype="int16", always_2d=True)[0]


def ramp(frames: int, channels: int = 1, start: int = 0) -> np.ndarray:
    numbers = np.arange(start, start + frames, dtype=np.float32) % 30_000
    return np.repeat(numbers[:, None] / 32767, channels, axis=1)


def test_every_sample_is_kept_the_moment_before_too(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    recorder = Recorder(microphone.open, pre_roll=1.0)
    recorder.start()
    microphone.say(ramp(40_000))
    assert until(recorder, Heard).peak > 0
    recorder.record(tmp_path)
    microphone.say(ramp(5_000, start=40_000))
    heard = sounds(drain(recorder))
    kept = recorded(recorder, tmp_path)[:, 0]
    assert len(kept) >= 5_000 + 16_000  # a second before the button at least, and everything since
    assert np.array_equal(kept, np.arange(45_000 - len(kept), 45_000) % 30_000)
    assert np.allclose(heard * 32767, kept, atol=1)
    assert recorder.lost == 0


def test_the_moment_before_is_kept_though_nothing_follows(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    recorder = Recorder(microphone.open)
    recorder.start()
    microphone.say(ramp(8_000))
    until(recorder, Heard)
    recorder.record(tmp_path)
    drain(recorder)
    assert np.array_equal(recorded(recorder, tmp_path)[:, 0], np.arange(8_000))


@pytest.mark.parametrize(("sample_rate", "channels"), [(8_000, 1), (44_100, 2), (48_000, 8), (192_000, 1)])
def test_any_rate_and_channels_become_mono_at_16_khz(tmp_path: Path, sample_rate: int, channels: int) -> None:
    microphone = FakeMicrophone(sample_rate=sample_rate, channels=channels)
    recorder = Recorder(microphone.open)
    recorder.start()
    recorder.record(tmp_path)
    seconds = np.arange(2 * sample_rate) / sample_rate
    tone = np.repeat(0.5 * np.sin(2 * np.pi * 440 * seconds)[:, None], channels, axis=1).astype(np.float32)
    microphone.say(tone, block=sample_rate // 100)
    heard = sounds(drain(recorder))
    assert abs(len(heard) - 32_000) <= 1
    spectrum = np.abs(np.fft.rfft(heard[8_000:24_000]))
    assert spectrum.argmax() == 440
    assert np.abs(heard[8_000:24_000]).max() == pytest.approx(0.5, abs=0.01)
    assert len(recorded(recorder, tmp_path)) == 2 * sample_rate


def test_unplugged_and_back(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    recorder = Recorder(microphone.open)
    recorder.start()
    recorder.record(tmp_path)
    microphone.say(ramp(3_000))
    microphone.unplug()
    trouble = until(recorder, Trouble)
    assert trouble.what == "microphone"
    assert trouble.failure.text().startswith("The microphone is gone")
    assert "There is no microphone" in trouble.failure.details
    microphone.refusing = False
    back = until(recorder, Reopened)
    assert back.gap > 0
    microphone.say(ramp(2_000, start=3_000))
    drain(recorder)
    kept = recorded(recorder, tmp_path)[:, 0]
    assert np.array_equal(kept[:3_000], np.arange(3_000))
    assert np.array_equal(kept[-2_000:], np.arange(3_000, 5_000))
    assert not kept[3_000:-2_000].any()
    assert len(kept) == 5_000 + round(back.gap * 16_000)


def test_a_computer_that_slept_goes_on_where_it_was(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    recorder = Recorder(microphone.open)
    recorder.start()
    recorder.record(tmp_path)
    microphone.say(ramp(16_000))
    microphone.streams[-1].now += 8 * 3600  # the sound card's clock went on, nothing was heard
    microphone.say(ramp(16_000, start=16_000))
    pieces = drain(recorder)
    assert not any(isinstance(piece, Trouble | Reopened) for piece in pieces)
    assert recorder.lost == 0
    assert np.array_equal(recorded(recorder, tmp_path)[:, 0], np.arange(32_000) % 30_000)
    newest = [piece for piece in pieces if isinstance(piece, Sound)][-1]
    assert newest.captured_at == pytest.approx(microphone.streams[-1].now, abs=0.1)


def test_a_microphone_gone_for_a_night_leaves_a_minute_of_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SimpleNamespace(hours=0.0)
    monkeypatch.setattr(
        "deepstudio.audio.recorder.time", SimpleNamespace(monotonic=lambda: time.monotonic() + 3600 * clock.hours)
    )
    monkeypatch.setattr("deepstudio.audio.recorder._RETRY_SECONDS", 0.01)
    microphone = FakeMicrophone()
    recorder = Recorder(microphone.open)
    recorder.start()
    recorder.record(tmp_path)
    microphone.say(ramp(16_000))
    microphone.unplug()
    assert until(recorder, Trouble).what == "microphone"
    clock.hours = 9.0
    microphone.refusing = False
    assert until(recorder, Reopened).gap == pytest.approx(9 * 3600, rel=0.01)
    microphone.say(ramp(16_000))
    drain(recorder)
    kept = recorded(recorder, tmp_path)[:, 0]
    assert len(kept) == (1 + 60 + 1) * 16_000
    assert np.array_equal(kept[:16_000], kept[-16_000:]) and not kept[16_000:-16_000].any()


def test_stopped_while_unplugged_keeps_what_there_was(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    recorder = Recorder(microphone.open)
    recorder.start()
    recorder.record(tmp_path)
    microphone.say(ramp(3_000))
    microphone.unplug()
    until(recorder, Trouble)
    drain(recorder)
    assert np.array_equal(recorded(recorder, tmp_path)[:, 0], np.arange(3_000))


def test_full_disk_is_said_once_and_made_good(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    microphone = FakeMicrophone()
    recorder = Recorder(microphone.open)
    recorder.start()
    recorder.record(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        microphone.say(ramp(4_000))
        trouble = until(recorder, Trouble)
        assert trouble.what == "disk" and trouble.failure is not None
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    microphone.say(ramp(100, start=4_000))
    assert until(recorder, Trouble).failure is None
    drain(recorder)
    assert np.array_equal(recorded(recorder, tmp_path)[:, 0], np.arange(4_100))


def test_sound_carries_the_cards_clock(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    recorder = Recorder(microphone.open)
    recorder.start()
    recorder.record(tmp_path)
    microphone.say(ramp(16_000))
    pieces = drain(recorder)
    assert pieces[-1].captured_at == pytest.approx(101.0, abs=1e-6)


def test_overflows_of_the_sound_system_are_counted(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    recorder = Recorder(microphone.open)
    recorder.start()
    recorder.record(tmp_path)
    microphone.say(ramp(320), overflow=True)
    drain(recorder)
    assert recorder.overflows == 2


def test_microphone_is_found_by_name() -> None:
    first = Microphone(index=0, name="Line", channels=2, sample_rate=44_100)
    usual = Microphone(index=1, name="Built-in", channels=1, sample_rate=48_000, default=True)
    assert find_microphone("", (first, usual)) is usual
    assert find_microphone("Line", (first, usual)) is first
    with pytest.raises(InputError, match="'USB' is not there"):
        find_microphone("USB", (first, usual))
    with pytest.raises(InputError, match="no microphone"):
        find_microphone("", ())


def test_recording_is_completed_listed_deleted_and_restored() -> None:
    recording = store.begin_recording(microphone="Fake", sample_rate=16_000, channels=1)
    microphone = FakeMicrophone()
    recorder = Recorder(microphone.open)
    recorder.start()
    recorder.record(recording.folder)
    microphone.say(ramp(8_000))
    drain(recorder)
    done = store.complete_recording(recording)
    assert done.seconds == pytest.approx(0.5)
    store.save_transcript(done, "{}")
    done = store.rename_recording(done, "Lesson 3")
    assert [found.about.title for found in store.recordings()] == ["Lesson 3"]
    hidden = store.delete_recording(done)
    assert store.recordings() == []
    assert store.restore_recording(hidden).transcript.read_text() == "{}"
    assert len(store.recordings()) == 1
    store.delete_recording(store.recordings()[0])
    store.purge_deleted()
    assert list(store.recordings_dir().iterdir()) == []


def test_recording_of_a_dead_process_is_recovered() -> None:
    recording = store.begin_recording(microphone="Fake", sample_rate=16_000, channels=1)
    (recording.folder / "tail-0000.pcm").write_bytes(np.arange(1_600, dtype="<i2").tobytes())
    assert store.recover_recordings() == []  # this process is alive and may still be recording it
    about = (recording.folder / "about.json").read_text()
    (recording.folder / "about.json").write_text(
        about.replace(f'"process": {recording.about.process}', '"process": 999999999')
    )
    (found,) = store.recover_recordings()
    assert found.seconds == pytest.approx(0.1)
    assert found.about.complete
