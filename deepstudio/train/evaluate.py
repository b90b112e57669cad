"""Measuring a model on a labelled set: the same chain as answering, a batch at a time. In the lane."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import torch

from deepstudio.core.errors import DeepStudioError, ModelFileError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.csv_images import read_image_table
from deepstudio.data.csv_table import is_table
from deepstudio.data.image_sets import ImageSet, load_image_set
from deepstudio.models.modelfile import LoadedModel
from deepstudio.models.rejection import unknown_chance
from deepstudio.train.batches import Normalizer, to_device
from deepstudio.train.evaluation import Report, measure, predict_set


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Figures on a set; `rejected` is the share called "none of these" (None where the model has no such answer)."""

    report: Report
    rejected: float | None
    seconds: float
    unreadable: tuple[str, ...] = ()


def evaluate_model(loaded: LoadedModel, image_set: ImageSet, context: JobContext) -> Evaluation:
    """Return the figures of `loaded` on `image_set`, whose images are already at the network's size."""
    started = time.perf_counter()
    card = loaded.card
    outputs = predict_set(
        loaded.network,
        to_device(image_set, loaded.device),
        Normalizer(card.preprocessing, loaded.device),
        views=card.preprocessing,
        check=context.check,
    )
    report = measure(outputs.logits, outputs.labels, temperature=card.temperature)
    extras = {name: tensor.cpu() for name, tensor in loaded.extras.items()}
    on_cpu = LoadedModel(card=card, network=loaded.network, extras=extras, device=torch.device("cpu"))
    chances = unknown_chance(on_cpu, outputs.features, outputs.logits)
    rejected = None if chances is None else float((chances > 0.5).float().mean())
    return Evaluation(report=report, rejected=rejected, seconds=time.perf_counter() - started)


def evaluate_folder(loaded: LoadedModel, data: Path, context: JobContext) -> Evaluation:
    """Return the figures of `loaded` on the labelled images in `data`: `data/<class>/<file>`, a table, or idx files.

    A folder with a `test` folder inside is measured on that, a table with rows of the split test on those. Files that
    cannot be read are left out and named. Raises InputError for a folder without labelled images, ModelFileError for a
    model that is no image classifier.
    """
    if loaded.card.task != "image-classification":
        raise ModelFileError(
            QT_TRANSLATE_NOOP("errors", "'{name}' does not classify images; its task is {task}."),
            name=loaded.card.name,
            task=loaded.card.task,
        )
    unreadable: list[str] = []

    def left_out(name: str, error: DeepStudioError) -> None:
        text = str(error)
        unreadable.append(text if name in text else f"{name}: {text}")

    root = data / "test" if (data / "test").is_dir() else data
    split = "test" if is_table(data) and read_image_table(data).has_rows("test") else ""
    started = time.perf_counter()
    context.status(QT_TRANSLATE_NOOP("status", "Reading the data"))
    image_set = load_image_set(
        root, loaded.card.preprocessing, classes=loaded.card.labels, on_unreadable=left_out, split=split
    )
    evaluation = evaluate_model(loaded, image_set, context)
    return Evaluation(
        report=evaluation.report,
        rejected=evaluation.rejected,
        seconds=time.perf_counter() - started,
        unreadable=tuple(unreadable),
    )
