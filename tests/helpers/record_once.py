"""Records from the usual microphone into the folder named on the command line, until its input ends."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from deepstudio.audio.capture import open_microphone
from deepstudio.audio.recorder import Ended, Recorder, Reopened, Trouble
from deepstudio.audio.spool import join_parts


def main() -> None:
    folder = Path(sys.argv[1])
    recorder = Recorder(open_microphone)
    recorder.start()
    recorder.record(folder)
    print(json.dumps({"rate": recorder.opening.sample_rate, "channels": recorder.opening.channels}), flush=True)
    sys.stdin.read()
    recorder.stop()
    heard = 0
    said: list[str] = []
    while not isinstance(piece := recorder.pieces.get(timeout=30), Ended):
        if isinstance(piece, Trouble):
            said.append(piece.failure.text() if piece.failure else "well again")
        elif isinstance(piece, Reopened):
            said.append(f"reopened {piece.gap > 0}")
        else:
            heard += len(piece.samples)
    opening = recorder.opening
    join_parts(folder, sample_rate=opening.sample_rate, channels=opening.channels)
    lost = {"lost": recorder.lost, "overflows": recorder.overflows}
    print(json.dumps({"heard": heard, "said": said, **lost}), flush=True)


main()
