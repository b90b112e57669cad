"""How long an answer takes: from the drop of a file to its answer in the GUI thread, through the real lane."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from deepstudio.app.bench.launch import first_sample
from deepstudio.core.errors import DeepStudioError
from deepstudio.core.job import JobContext
from deepstudio.core.requests import ImageAnswer, ImageSource, PredictImages

if TYPE_CHECKING:
    from deepstudio.app.engine import LanePredictor
    from deepstudio.jobs.manager import JobManager

NAME = "predict"
HELP = "Milliseconds from a dropped file to its answer, by model, decoding included."
IN_ALL = True

_WARM_UP = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--model", action="append", help="model to measure (default: all that are installed)")
    parser.add_argument("--picture", type=Path, help="the picture to drop (default: a sample of the program)")
    parser.add_argument("--runs", type=int, default=200, help="answers to measure")


def measure(arguments: argparse.Namespace, context: JobContext) -> Iterator[Mapping[str, Any]]:
    """Yield one mapping a model."""
    from PySide6.QtCore import QCoreApplication

    from deepstudio.app.engine import LanePredictor
    from deepstudio.jobs.manager import JobManager
    from deepstudio.models.library import default_library

    library = default_library()
    names = arguments.model or [
        entry.name
        for entry in library.entries()
        if entry.card is not None and entry.card.task == "image-classification"
    ]
    for name in names:
        library.find(name)
    picture = arguments.picture or first_sample()
    app = QCoreApplication.instance() or QCoreApplication([])
    jobs = JobManager(app)
    predictor = LanePredictor(library)
    try:
        for name in names:
            context.status(name)
            yield _measure_model(jobs, predictor, name, picture, arguments.runs, context)
    finally:
        jobs.shutdown()


def _measure_model(
    jobs: JobManager, predictor: LanePredictor, name: str, picture: Path, runs: int, context: JobContext
) -> Mapping[str, Any]:
    source = ImageSource(name=picture.name, path=picture)
    request = PredictImages(sources=(source,), models=(name,), picture_side=1024)
    answers = []
    for number in range(_WARM_UP + runs):
        context.progress(number, _WARM_UP + runs)
        answers.append(_drop(jobs, predictor, request))
    measured = answers[_WARM_UP:]
    totals = np.array([milliseconds for milliseconds, _ in measured])
    timings = [answer.timing for _, answer in measured]
    return {
        "model": name,
        "p50_ms": float(np.percentile(totals, 50)),
        "p95_ms": float(np.percentile(totals, 95)),
        "decode_ms": float(np.median([timing.decode_ms for timing in timings])),
        "preprocess_ms": float(np.median([timing.preprocess_ms for timing in timings])),
        "network_ms": float(np.median([timing.network_ms for timing in timings])),
        "picture": f"{picture.name}, {measured[0][1].width} x {measured[0][1].height}",
        "runs": runs,
    }


def _drop(jobs: JobManager, predictor: LanePredictor, request: PredictImages) -> tuple[float, ImageAnswer]:
    """Return the milliseconds from submitting to the answer's arrival in this thread, and the answer."""
    from PySide6.QtCore import QEventLoop

    loop = QEventLoop()
    arrived: list[tuple[float, ImageAnswer]] = []
    failures: list[Any] = []
    began = time.perf_counter()
    handle = jobs.submit(predictor.predict, request, lane="predict")
    handle.partial.connect(lambda answer: arrived.append(((time.perf_counter() - began) * 1e3, answer)))
    handle.failed.connect(failures.append)
    handle.ended.connect(loop.quit)
    loop.exec()
    failure = failures[0] if failures else arrived[0][1].failure
    if failure is not None:
        raise DeepStudioError(failure.sentence, fix=failure.fix, **failure.values)
    return arrived[0]
