"""A stand-in for the text models of the window: its answers follow from the text by simple rules."""

from __future__ import annotations

import dataclasses
import threading
from typing import Any

import numpy as np

from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.text_requests import (
    AnsweredRows,
    AnswerRows,
    ClassifiedRows,
    ClassifiedText,
    ClassifyRows,
    ClassifyText,
    ContinuedText,
    ContinueText,
    Entity,
    FindNeighbours,
    Hypothesis,
    MapWords,
    Neighbours,
    NextToken,
    RecurrentStates,
    RowsSummary,
    ShowStates,
    TaggedText,
    TagText,
    WordPoints,
    WriteText,
    WrittenSentence,
    WrittenText,
)
from deepstudio.data.text.words import split_words

LABELS = ("negative", "positive")
PLACES = {"king": (0, 0), "queen": (0, 1), "man": (1, 0), "woman": (1, 1), "apple": (9, 9)}


def spans(text: str) -> np.ndarray:
    return np.array(split_words(text), np.int32).reshape(-1, 2)


class ToldText:
    """Stands where `LaneText` does: "good" is positive, capital letters are names, translations are in capitals."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.gate = threading.Event()
        self.gate.set()

    def _note(self, request: Any, context: JobContext) -> None:
        self.asked.append(request)
        while not self.gate.wait(0.005):
            context.check()

    def _probabilities(self, text: str) -> np.ndarray:
        share = 0.9 if "good" in text else 0.2
        return np.array([1 - share, share], np.float32)

    def classify(self, request: ClassifyText, context: JobContext) -> ClassifiedText:
        self._note(request, context)
        probabilities = self._probabilities(request.text)
        ranking = tuple(np.argsort(-probabilities).tolist())
        explained = ranking[0] if request.label is None else request.label
        first = ClassifiedText(model=request.model, labels=LABELS, probabilities=probabilities, ranking=ranking)
        context.partial(first)
        offsets = spans(request.text)
        speaks = np.array([float(request.text[a:b] == "good") for a, b in offsets], np.float32)
        speaks = speaks if explained == 1 else -speaks
        return dataclasses.replace(first, offsets=offsets, contributions=speaks, explained=explained, milliseconds=1.5)

    def classify_rows(self, request: ClassifyRows, context: JobContext) -> RowsSummary:
        self._note(request, context)
        found = np.stack([self._probabilities(text) for text in request.texts])
        context.partial(ClassifiedRows(first=0, labels=LABELS, probabilities=found))
        return RowsSummary(rows=len(found), seconds=0.0)

    def answer_rows(self, request: AnswerRows, context: JobContext) -> RowsSummary:
        self._note(request, context)
        for number, text in enumerate(request.texts):
            share = np.array([0.5 if text else np.nan], np.float32)
            context.partial(AnsweredRows(first=number, answers=(text.upper(),), shares=share))
        return RowsSummary(rows=len(request.texts), seconds=0.0)

    def tag(self, request: TagText, context: JobContext) -> TaggedText:
        self._note(request, context)
        offsets = spans(request.text)
        named = [(int(a), int(b)) for a, b in offsets if request.text[a].isupper()]
        tags = tuple("B-PER" if (int(a), int(b)) in named else "O" for a, b in offsets)
        return TaggedText(
            model=request.model,
            types=("PER",),
            entities=tuple(Entity(start=a, end=b, label="PER", probability=0.75) for a, b in named),
            offsets=offsets,
            tags=tags,
            sentences=np.array([[0, len(offsets)]], np.int32),
        )

    def write(self, request: WriteText, context: JobContext) -> WrittenText:
        self._note(request, context)
        offsets = spans(request.text)
        words = [request.text[a:b].upper() for a, b in offsets]
        ways = tuple(
            Hypothesis(text=text, tokens=tuple(words), attention=np.eye(len(words), dtype=np.float32), score=score)
            for text, score in ((" ".join(words), -0.1), (" ".join(words) + "!", -0.5))
        )
        sentence = WrittenSentence(start=0, end=len(request.text), offsets=offsets, hypotheses=ways)
        return WrittenText(model=request.model, text=ways[0].text, sentences=(sentence,))

    def continue_text(self, request: ContinueText, context: JobContext) -> ContinuedText:
        self._note(request, context)
        tokens = []
        for index in range(request.tokens):
            context.check()
            text = request.first if index == 0 and request.first else f" w{index}"
            tokens.append(NextToken(index=index, text=text, probability=0.5, alternatives=((" a", 0.3), ("\n", 0.2))))
            context.partial(tokens[-1])
            if index == 1 and request.temperature > 2:
                self.gate.clear()
                self._note(request, context)
        return ContinuedText(model=request.model, text="", tokens=tuple(tokens), milliseconds=3.0)

    def states(self, request: ShowStates, context: JobContext) -> RecurrentStates:
        self._note(request, context)
        if request.model == "spam":
            raise InputError("The network of {model} has no recurrent layers.", model=request.model)
        offsets = spans(request.text)
        forget = np.tile(np.array([0.1, 0.9, 0.5], np.float32), (len(offsets), 1))
        values = {"input": 1 - forget, "forget": forget, "cell": 4 * forget - 2, "hidden": forget - 0.5}
        return RecurrentStates(
            model=request.model, cell="lstm", offsets=offsets, values=values, layers=2, backward_there=True
        )

    def map_words(self, request: MapWords, context: JobContext) -> WordPoints:
        self._note(request, context)
        points = np.array(list(PLACES.values()), np.float32)
        return WordPoints(model=request.model, words=tuple(PLACES), points=points)

    def neighbours(self, request: FindNeighbours, context: JobContext) -> Neighbours:
        self._note(request, context)
        known = [word for word in request.plus if word in PLACES]
        if not known:
            raise InputError("The model does not know the word '{word}'.", word=", ".join(request.plus))
        vector = sum(np.array(PLACES[word]) for word in known) - sum(np.array(PLACES[word]) for word in request.minus)
        others = [word for word in PLACES if word not in (*request.plus, *request.minus)]
        others.sort(key=lambda word: float(np.abs(np.array(PLACES[word]) - vector).sum()))
        missing = tuple(word for word in request.plus if word not in PLACES)
        return Neighbours(model=request.model, words=tuple((word, 0.5) for word in others[:2]), missing=missing)
