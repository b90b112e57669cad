"""Listening for long while a network trains: the card's clock drives, and all arrives, on disk and in the lane.

Two minutes, thirty times faster than life; DEEPSTUDIO_HOUR_SECONDS=3600 makes it an hour, DEEPSTUDIO_HOUR_SPEED=1
takes as long as an hour takes.
"""

from __future__ import annotations

import os
import threading
import time

import numpy as np
import pytest
import soundfile
import torch

from deepstudio.core.listen_messages import HeardSound, ListenTrouble, RecordingBegun
from deepstudio.core.speech_messages import SpeechEvent
from tests.helpers.fake_microphone import FakeMicrophone
from tests.unit.test_listen import CountingRecognizer, Listening

RATE = 16_000
SECONDS = int(os.environ.get("DEEPSTUDIO_HOUR_SECONDS", "120"))
SPEED = float(os.environ.get("DEEPSTUDIO_HOUR_SPEED", "30"))
_BLOCK = 160


class Training(threading.Thread):
    """A network that trains as fast as it can until it is told to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.stop = threading.Event(), threading.Event()
        self.steps = 0

    def run(self) -> None:
        network = torch.nn.Sequential(torch.nn.Linear(256, 512), torch.nn.ReLU(), torch.nn.Linear(512, 10))
        optimizer = torch.optim.SGD(network.parameters(), 0.01)
        while not self.stop.is_set():
            loss = network(torch.randn(256, 256)).square().mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            self.steps += 1
            self.begun.set()


class Remembering(CountingRecognizer):
    """Counts what it is given, and keeps none of it."""

    def __init__(self) -> None:
        super().__init__()
        self.samples = 0

    def feed(self, samples: np.ndarray) -> list[SpeechEvent]:
        events = super().feed(samples)
        self.samples += len(samples)
        self.pieces.clear()
        return events


def play(microphone: FakeMicrophone) -> None:
    """Give the callback its blocks when a sound card would, however late this thread gets its turn."""
    started = time.perf_counter()
    pause = threading.Event()
    for first in range(0, SECONDS * RATE, _BLOCK):
        late = time.perf_counter() - started - first / RATE / SPEED
        if late < 0:
            pause.wait(-late)
        microphone.say(((np.arange(first, first + _BLOCK) % 30_000)[:, None] / 32767).astype(np.float32))


@pytest.mark.timeout(SECONDS / SPEED * 3 + 300)
def test_nothing_is_lost_while_a_network_trains() -> None:
    training = Training()
    training.start()
    try:
        assert training.begun.wait(120)
        microphone, recognizer = FakeMicrophone(), Remembering()
        job = Listening(microphone, recognizer)
        job.control.record()
        job.context.wait_for(RecordingBegun)
        before = training.steps
        play(microphone)
        job.control.stop()
        result = job.end()
    finally:
        training.stop.set()
        training.join()
    assert training.steps > before
    assert not job.context.of(ListenTrouble)
    assert result.lost == 0 and result.seconds == SECONDS
    assert recognizer.samples == SECONDS * RATE
    with soundfile.SoundFile(result.folder / "recording.flac") as sound:
        assert sound.frames == SECONDS * RATE
        place = 0
        for block in sound.blocks(30_000 * 16, dtype="int16"):
            assert np.array_equal(block, np.arange(place, place + len(block)) % 30_000)
            place += len(block)
    assert job.context.of(HeardSound)[-1].backlog == pytest.approx(0, abs=1e-6)
