"""Everything that text models are asked, in one place. In the predict lane."""

from __future__ import annotations

from deepstudio.core.job import JobContext
from deepstudio.core.text_requests import (
    AnswerRows,
    ClassifiedText,
    ClassifyRows,
    ClassifyText,
    ContinuedText,
    ContinueText,
    FindNeighbours,
    MapWords,
    Neighbours,
    RecurrentStates,
    RowsSummary,
    ShowStates,
    TaggedText,
    TagText,
    WordPoints,
    WriteText,
    WrittenText,
)
from deepstudio.infer.pool import ModelPool
from deepstudio.infer.text_classify import Classifier
from deepstudio.infer.text_continue import Continuer
from deepstudio.infer.text_models import TextModels
from deepstudio.infer.text_rows import RowReader
from deepstudio.infer.text_states import StateViewer
from deepstudio.infer.text_tag import Tagger
from deepstudio.infer.text_vectors import VectorViewer
from deepstudio.infer.text_write import Writer


class TextPredictor:
    """Answers the requests of `core.text_requests`. `pool` holds its models, shared with pictures.

    Every method raises what loading a model raises (`ModelPool.get`), InputError for a text without anything to read
    and for a model made for another task, and JobCancelled soon after its context was cancelled.
    """

    def __init__(self, pool: ModelPool) -> None:
        models = TextModels(pool)
        self._classifier = Classifier(models)
        self._tagger = Tagger(models)
        self._writer = Writer(models)
        self._rows = RowReader(models, self._tagger, self._writer)
        self._continuer = Continuer(models)
        self._states = StateViewer(models)
        self._vectors = VectorViewer(models)

    def classify(self, request: ClassifyText, context: JobContext) -> ClassifiedText:
        """Put a text into a class; see `Classifier.classify`."""
        return self._classifier.classify(request, context)

    def classify_rows(self, request: ClassifyRows, context: JobContext) -> RowsSummary:
        """Put many texts into classes; see `Classifier.classify_rows`."""
        return self._classifier.classify_rows(request, context)

    def answer_rows(self, request: AnswerRows, context: JobContext) -> RowsSummary:
        """Find names in many texts, or write of each; see `RowReader.answer_rows`."""
        return self._rows.answer_rows(request, context)

    def tag(self, request: TagText, context: JobContext) -> TaggedText:
        """Find entities; see `Tagger.tag`."""
        return self._tagger.tag(request, context)

    def write(self, request: WriteText, context: JobContext) -> WrittenText:
        """Translate, or write a headline; see `Writer.write`."""
        return self._writer.write(request, context)

    def continue_text(self, request: ContinueText, context: JobContext) -> ContinuedText:
        """Write on; see `Continuer.continue_text`."""
        return self._continuer.continue_text(request, context)

    def states(self, request: ShowStates, context: JobContext) -> RecurrentStates:
        """Look into a recurrent layer; see `StateViewer.states`."""
        return self._states.states(request, context)

    def map_words(self, request: MapWords, context: JobContext) -> WordPoints:
        """Lay words out on a plane; see `VectorViewer.map_words`."""
        return self._vectors.map_words(request, context)

    def neighbours(self, request: FindNeighbours, context: JobContext) -> Neighbours:
        """Find words near others; see `VectorViewer.neighbours`."""
        return self._vectors.neighbours(request, context)
