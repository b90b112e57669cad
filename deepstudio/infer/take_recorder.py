"""Takes of a word from the microphone, one after another, each cut out by itself. In the audio lane."""

from __future__ import annotations

import queue
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.capture import open_microphone
from deepstudio.audio.recorder import LISTEN_RATE, Ended, OpenMicrophone, Recorder, Reopened, Sound, Trouble
from deepstudio.audio.take_cutter import CutTake, TakeCutter
from deepstudio.core.job import JobContext
from deepstudio.core.listen_messages import ListenCommand, ListenTrouble, Loudness, MicrophoneOpen
from deepstudio.core.take_messages import TakeHeard, TakeRequest, TakeResult

_LOOK_SECONDS = 0.25
"""How long silence of the recorder may hide that the job was cancelled."""


class TakeRecorder:
    """Answers `TakeRequest`. The sound around the takes goes to a temporary folder and is gone with the job."""

    def __init__(self, open_device: OpenMicrophone = open_microphone) -> None:
        self._open_device = open_device

    def record(self, request: TakeRequest, context: JobContext) -> TakeResult:
        """Listen until enough good takes came or `request.control` says stop; each comes as `TakeHeard` once over.

        Raises InputError where no microphone can be opened, and JobCancelled.
        """
        recorder = Recorder(self._open_device, device=request.device, pre_roll=0.0)
        opening = recorder.opening
        takes: list[NDArray[np.float32]] = []
        with tempfile.TemporaryDirectory(prefix="deepstudio-takes-") as folder:
            recorder.record(Path(folder))
            recorder.start()
            try:
                context.partial(
                    MicrophoneOpen(
                        name=recorder.microphone.name, sample_rate=opening.sample_rate, channels=opening.channels
                    )
                )
                request.control.connect(lambda command: recorder.stop() if command is ListenCommand.STOP else None)
                self._listen(request, recorder, takes, context)
            finally:
                recorder.stop()
                recorder.join()
        return TakeResult(takes=tuple(takes))

    def _listen(
        self, request: TakeRequest, recorder: Recorder, takes: list[NDArray[np.float32]], context: JobContext
    ) -> None:
        cutter = TakeCutter(LISTEN_RATE)
        while len(takes) < request.wanted:
            context.check()
            try:
                piece = recorder.pieces.get(timeout=_LOOK_SECONDS)
            except queue.Empty:
                continue
            if isinstance(piece, Ended):
                _tell(cutter.finish(), takes, request.wanted, context)
                return
            if isinstance(piece, Sound):
                peak, rms = float(np.abs(piece.samples).max()), float(np.sqrt(np.mean(piece.samples**2)))
                context.partial(Loudness(peak=peak, rms=rms))
                _tell(cutter.feed(piece.samples), takes, request.wanted, context)
            elif isinstance(piece, Trouble):
                context.partial(ListenTrouble(what=piece.what, failure=piece.failure))
            elif isinstance(piece, Reopened):
                context.partial(ListenTrouble(what="microphone", failure=None, gap=piece.gap))


def _tell(found: Sequence[CutTake], takes: list[NDArray[np.float32]], wanted: int, context: JobContext) -> None:
    for take in found:
        if take.problem is None and len(takes) == wanted:
            return
        if take.problem is None:
            takes.append(take.samples)
        context.partial(
            TakeHeard(
                samples=take.samples,
                seconds=len(take.samples) / LISTEN_RATE,
                level=take.level,
                problem=take.problem,
                good=len(takes),
            )
        )
