"""What a person should know before a run begins but what does not stop it. Torch-free, in the lane."""

from __future__ import annotations

import time

from deepstudio.core.job import JobContext
from deepstudio.core.training_messages import EventKind, Level, RunEvent


def notice(context: JobContext, sentence: str, **values: object) -> None:
    """Say the marked `sentence` (context "events") to whoever started the run."""
    context.partial(
        RunEvent(kind=EventKind.NOTICE, step=0, wall=time.time(), sentence=sentence, values=values, level=Level.WARNING)
    )
