"""Services for the image workspace without a network: answers depend on the picture alone. Made in the real lane."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from deepstudio.core.errors import DeepStudioError, InputError
from deepstudio.core.failures import failure_from
from deepstudio.core.job import JobContext
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.requests import (
    ExplainImage,
    Explanation,
    ImageAnswer,
    ImageSource,
    PredictImages,
    PredictSummary,
    Timing,
)
from deepstudio.data.decode import decode_image
from deepstudio.jobs.manager import JobManager
from deepstudio.models.card import Measured, ModelCard
from deepstudio.store.recent import RecentFiles
from deepstudio.store.settings import SettingsStore
from deepstudio.ui.theme import Theme

OBJECTS = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")


def card(
    name: str, title: str, labels: tuple[str, ...], *, fit: str = "crop", side: int = 32, warning: str = ""
) -> ModelCard:
    return ModelCard(
        name=name,
        title=title,
        task="image-classification",
        architecture="speednet",
        labels=labels,
        preprocessing=Preprocessing(height=side, width=side, fit=fit),
        description=f"What {title} does.",
        warning=warning,
        metrics=(Measured(name="accuracy", value=0.9612, data="CIFAR-10", split="test", examples=10_000),),
    )


CARDS = (
    card("objects", "Objects", OBJECTS),
    card("digits", "Digits", tuple("0123456789"), fit="digit", side=28),
    card("signs", "Traffic signs", ("Stop", "Yield", "No entry", "Road work", "Speed limit (50 km/h)", "Ahead only")),
    card("chest-xray", "Chest X-ray", ("normal", "pneumonia"), warning="Not for diagnosis."),
)


class FakeLibrary:
    def __init__(self, cards: tuple[ModelCard, ...] = CARDS) -> None:
        self.cards = cards

    def entries(self) -> list[Any]:
        return [SimpleNamespace(name=card.name, card=card, failure=None, shipped=True) for card in self.cards]


@dataclass
class FakePredictor:
    """Answers by the mean colour of the picture. `gate` holds every job until it is set."""

    library: FakeLibrary
    requests: list[PredictImages] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    answers_before_gate: int | None = None
    """Requests answered before the gate closes by itself."""
    reject: bool = False
    failure: DeepStudioError | None = None

    def __post_init__(self) -> None:
        self.gate.set()

    def predict(self, request: PredictImages, context: JobContext) -> PredictSummary:
        self.requests.append(request)
        if self.answers_before_gate is not None and len(self.requests) > self.answers_before_gate:
            self.answers_before_gate = None
            self.gate.clear()
        while not self.gate.wait(0.005):
            context.check()
        if self.failure is not None:
            raise self.failure
        cards = {card.name: card for card in self.library.cards}
        unreadable = 0
        for index, source in enumerate(request.sources):
            for model in request.models:
                context.check()
                answer = self._answer(index, source, cards[model], request)
                unreadable += answer.failure is not None
                context.partial(answer)
        return PredictSummary(answers=len(request.sources), unreadable=unreadable, seconds=0.0)

    def _answer(self, index: int, source: ImageSource, card: ModelCard, request: PredictImages) -> ImageAnswer:
        try:
            decoded = decode_image(source)
        except InputError as error:
            return ImageAnswer(index=index, name=source.name, model=card.name, failure=failure_from(error))
        pixels = decoded.pixels
        own = card.task == "image-text" and request.own_labels
        labels = tuple(label.name for label in request.own_labels) if own else card.labels
        best = int(pixels.mean()) % len(labels)
        logits = -0.9 * np.abs(np.arange(len(labels)) - best).astype(np.float32)
        shares = np.exp(2.1 * logits) / np.exp(2.1 * logits).sum()
        step = max(1, -(-max(pixels.shape) // request.picture_side)) if request.picture_side else 1
        rows = np.linspace(0, pixels.shape[0] - 1, card.preprocessing.height).astype(int)
        columns = np.linspace(0, pixels.shape[1] - 1, card.preprocessing.width).astype(int)
        return ImageAnswer(
            index=index,
            name=source.name,
            model=card.name,
            labels=labels,
            probabilities=shares.astype(np.float32),
            ranking=tuple(np.argsort(-shares)[: request.top_k].tolist()),
            unknown=0.93 if self.reject else 0.04,
            rejected=self.reject,
            timing=Timing(decode_ms=6.2, preprocess_ms=1.4, network_ms=8.9),
            width=decoded.width,
            height=decoded.height,
            format=decoded.format,
            notes=decoded.notes,
            picture=np.ascontiguousarray(pixels[::step, ::step]) if request.picture_side else None,
            network_input=np.ascontiguousarray(pixels[rows][:, columns]),
        )


def best_label(pixels: np.ndarray, card: ModelCard) -> int:
    return int(pixels.mean()) % len(card.labels)


@dataclass
class FakeExplainer:
    requests: list[ExplainImage] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    failure: DeepStudioError | None = None

    def __post_init__(self) -> None:
        self.gate.set()

    def explain(self, request: ExplainImage, context: JobContext) -> tuple[Explanation, ...]:
        self.requests.append(request)
        while not self.gate.wait(0.005):
            context.check()
        if self.failure is not None:
            raise self.failure
        decoded = decode_image(request.source)
        side = min(decoded.width, decoded.height)
        y, x = np.mgrid[-1:1:64j, -1:1:64j]
        heat = np.exp(-5 * ((x - 0.1) ** 2 + (y + 0.05) ** 2)).astype(np.float32)
        region = ((decoded.width - side) // 2, (decoded.height - side) // 2, side, side)
        made = Explanation(method=request.methods[0], label=request.label, heat=heat, region=region, seconds=0.03)
        context.partial(made)
        return (made,)


@dataclass
class ImageServices:
    """What the image workspace asks of `app.wiring.Services`."""

    jobs: JobManager
    library: FakeLibrary
    predictor: FakePredictor
    explainer: FakeExplainer
    settings: SettingsStore
    recent: RecentFiles
    theme: Theme


def image_services() -> ImageServices:
    settings = SettingsStore()
    library = FakeLibrary()
    return ImageServices(
        jobs=JobManager(),
        library=library,
        predictor=FakePredictor(library),
        explainer=FakeExplainer(),
        settings=settings,
        recent=RecentFiles(),
        theme=Theme(settings),
    )
