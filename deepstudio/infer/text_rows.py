"""The rows of a table, each answered in words: names, a translation, a headline. In the predict lane."""

from __future__ import annotations

import math
import time

import numpy as np

from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.text_requests import AnsweredRows, AnswerRows, RowsSummary, TagText, WriteText
from deepstudio.infer import text_tag
from deepstudio.infer.text_models import TextModels, frozen
from deepstudio.infer.text_tag import Tagger
from deepstudio.infer.text_write import HEADLINE, TRANSLATION, Writer

_TASKS = (text_tag.TASK, TRANSLATION, HEADLINE)


class RowReader:
    """Answers `AnswerRows` by what finds names and what writes."""

    def __init__(self, models: TextModels, tagger: Tagger, writer: Writer) -> None:
        self._models = models
        self._tagger = tagger
        self._writer = writer

    def answer_rows(self, request: AnswerRows, context: JobContext) -> RowsSummary:
        """Emit `AnsweredRows`, row by row. A row without words, or without a name, has an empty answer."""
        began = time.perf_counter()
        tags = self._models.get(request.model, context, _TASKS).loaded.card.task == text_tag.TASK
        for number, text in enumerate(request.texts):
            context.check()
            try:
                answer, share = (self._names if tags else self._words)(text, request.model, context)
            except InputError:  # nothing to read
                answer, share = "", math.nan
            context.partial(AnsweredRows(first=number, answers=(answer,), shares=frozen(np.array([share], np.float32))))
            context.progress(number + 1, len(request.texts))
        return RowsSummary(rows=len(request.texts), seconds=time.perf_counter() - began)

    def _names(self, text: str, model: str, context: JobContext) -> tuple[str, float]:
        """Return the names with their types, and how sure the least sure one is."""
        found = self._tagger.tag(TagText(text=text, model=model), _Row(context)).entities
        names = [f"{' '.join(text[one.start : one.end].split())} ({one.label})" for one in found]
        return ", ".join(names), min((one.probability for one in found), default=math.nan)

    def _words(self, text: str, model: str, context: JobContext) -> tuple[str, float]:
        """Return the text written, and the geometric mean of its tokens' probabilities."""
        written = self._writer.write(WriteText(text=text, model=model), _Row(context))
        best = [sentence.hypotheses[0] for sentence in written.sentences]
        tokens = sum(max(len(one.tokens), 1) for one in best)
        score = sum(one.score * max(len(one.tokens), 1) for one in best) / max(tokens, 1)
        return written.text, math.exp(min(score, 0.0))


class _Row:
    """The context of one row: what is said of it alone stays unsaid, and the whole can be cancelled in its midst."""

    def __init__(self, context: JobContext) -> None:
        self._context = context

    @property
    def cancelled(self) -> bool:
        """True once the rows should end."""
        return self._context.cancelled

    def check(self) -> None:
        """Raise JobCancelled if the rows should end."""
        self._context.check()

    def status(self, text: str) -> None:
        """Pass the status on: a model may be loading."""
        self._context.status(text)

    def progress(self, done: int, total: int) -> None:
        """Ignore the progress within a row."""

    def partial(self, value: object) -> None:
        """Ignore the first sentences of a row."""
