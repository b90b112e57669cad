"""What was captured reaches the disk, and survives a killed process and a full disk."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import soundfile

from deepstudio.audio.ring import SampleRing
from deepstudio.audio.spool import RECORDING, SpoolWriter, join_parts
from deepstudio.core.errors import InputError

_KILLED = """
import os, sys, numpy as np
from pathlib import Path
from deepstudio.audio.spool import SpoolWriter
spool = SpoolWriter(Path(sys.argv[1]), sample_rate=8000, channels=2, part_seconds=0.5)
ramp = np.arange(8000, dtype=np.float32)[:, None] / 32767 * np.array([1, -1], np.float32)
for start in range(0, 7900, 100):
    spool.write(ramp[start : start + 100])
os.kill(os.getpid(), 9)
"""


def ramp(frames: int, channels: int = 1) -> np.ndarray:
    return np.repeat(np.arange(frames, dtype=np.float32)[:, None] / 32767, channels, axis=1)


def test_ring_hands_out_every_sample_once() -> None:
    ring = SampleRing(1000, 1)
    taken = []
    for start in range(0, 5000, 300):
        ring.write(ramp(5000)[start : start + 300])
        taken.append(ring.take())
    assert np.array_equal(np.concatenate(taken), ramp(5000)[: sum(map(len, taken))])
    assert ring.lost == 0 and ring.waiting == 0


def test_ring_counts_what_came_too_late() -> None:
    ring = SampleRing(100, 2)
    ring.write(ramp(250, 2))
    assert np.array_equal(ring.take(), ramp(250, 2)[-100:])
    assert ring.lost == 150


def test_ring_between_two_threads() -> None:
    ring = SampleRing(20_000, 1)
    whole = np.arange(60_000, dtype=np.float32)[:, None]
    taken: list[np.ndarray] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set() or ring.waiting:
            taken.append(ring.take())

    reader = threading.Thread(target=read)
    reader.start()
    for start in range(0, len(whole), 160):
        while ring.waiting > 15_000:
            pass
        ring.write(whole[start : start + 160])
    done.set()
    reader.join()
    assert ring.lost == 0
    assert np.array_equal(np.concatenate(taken), whole)


def test_recording_is_what_was_written(tmp_path: Path) -> None:
    spool = SpoolWriter(tmp_path, sample_rate=8000, channels=2, part_seconds=0.3)
    sound = ramp(9000, 2)
    for start in range(0, 9000, 700):
        spool.write(sound[start : start + 700])
    spool.close()
    path = join_parts(tmp_path, sample_rate=8000, channels=2)
    numbers, rate = soundfile.read(path, dtype="int16")
    assert rate == 8000
    assert np.array_equal(numbers, np.round(sound * 32767).astype(np.int16))
    assert [found.name for found in tmp_path.iterdir()] == [RECORDING]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_killed_process_loses_nothing(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path)], check=False)
    path = join_parts(tmp_path, sample_rate=8000, channels=2)
    numbers, _ = soundfile.read(path, dtype="int16")
    assert np.array_equal(numbers[:, 0], np.arange(7900))
    assert np.array_equal(numbers[:, 1], -np.arange(7900))


def test_crash_between_part_and_tail_doubles_nothing(tmp_path: Path) -> None:
    spool = SpoolWriter(tmp_path, sample_rate=8000, channels=1, part_seconds=0.5)
    spool.write(ramp(4000))  # exactly one part
    leftover = (np.arange(4000)).astype("<i2").tobytes()
    (tmp_path / "tail-0000.pcm").write_bytes(leftover)  # as if the process died before it was removed
    spool.write(ramp(100))
    spool.close()
    numbers, _ = soundfile.read(join_parts(tmp_path, sample_rate=8000, channels=1), dtype="int16")
    assert np.array_equal(numbers, np.concatenate([np.arange(4000), np.arange(100)]))


def test_half_a_frame_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "tail-0000.pcm").write_bytes(np.arange(6, dtype="<i2").tobytes() + b"\x01")
    numbers, _ = soundfile.read(join_parts(tmp_path, sample_rate=8000, channels=2), dtype="int16")
    assert np.array_equal(numbers, np.arange(6).reshape(3, 2))


def test_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no sound"):
        join_parts(tmp_path, sample_rate=8000, channels=1)


def test_full_disk_keeps_the_block_for_later(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    spool = SpoolWriter(tmp_path, sample_rate=8000, channels=1)
    spool.write(ramp(100))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (501, hard))  # bytes: in the middle of the third hundred
    try:
        spool.write(ramp(200)[100:])
        with pytest.raises(OSError, match="large") as told:
            spool.write(ramp(300)[200:])
        assert told.value.filename == str(tmp_path / "tail-0000.pcm")
        with pytest.raises(OSError, match="large"):
            spool.write(ramp(400)[300:])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert spool.frames == 200
    spool.write(ramp(500)[400:])
    spool.close()
    numbers, _ = soundfile.read(join_parts(tmp_path, sample_rate=8000, channels=1), dtype="int16")
    assert np.array_equal(numbers, np.arange(500))
