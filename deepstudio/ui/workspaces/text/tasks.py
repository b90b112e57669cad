"""Which text models there are, and what each is asked. Knows no widget and no torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from deepstudio.core.text_requests import AnswerRows, ClassifyRows, ClassifyText, TagText, WriteText
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.card import ModelCard

CLASSIFY, TAG, WRITE, CONTINUE, VECTORS = "classify", "tag", "write", "continue", "vectors"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTask:
    """What a task is to the workspace: its pane, the method of the lane's object, and how a text becomes a request.

    `ask` is None where nothing is asked while a person types. `rows` is the method that answers the rows of a table,
    `rows_request` what it takes; "" and None where there is none.
    """

    pane: str
    method: str
    ask: Callable[[str, str], object] | None
    title: str
    rows: str = ""
    rows_request: Callable[[tuple[str, ...], str], object] | None = None


def _classify_rows(texts: tuple[str, ...], model: str) -> ClassifyRows:
    return ClassifyRows(texts=texts, model=model)


def _answer_rows(texts: tuple[str, ...], model: str) -> AnswerRows:
    return AnswerRows(texts=texts, model=model)


TASKS: dict[str, TextTask] = {
    "text-classification": TextTask(
        pane=CLASSIFY,
        method="classify",
        ask=lambda text, model: ClassifyText(text=text, model=model),
        title=QT_TRANSLATE_NOOP("cards", "Sorts texts"),
        rows="classify_rows",
        rows_request=_classify_rows,
    ),
    "tagging": TextTask(
        pane=TAG,
        method="tag",
        ask=lambda text, model: TagText(text=text, model=model),
        title=QT_TRANSLATE_NOOP("cards", "Finds names"),
        rows="answer_rows",
        rows_request=_answer_rows,
    ),
    "translation": TextTask(
        pane=WRITE,
        method="write",
        ask=lambda text, model: WriteText(text=text, model=model),
        title=QT_TRANSLATE_NOOP("cards", "Translates"),
        rows="answer_rows",
        rows_request=_answer_rows,
    ),
    "summarisation": TextTask(
        pane=WRITE,
        method="write",
        ask=lambda text, model: WriteText(text=text, model=model),
        title=QT_TRANSLATE_NOOP("cards", "Writes headlines"),
        rows="answer_rows",
        rows_request=_answer_rows,
    ),
    "language-model": TextTask(
        pane=CONTINUE,
        method="continue_text",
        ask=None,
        title=QT_TRANSLATE_NOOP("cards", "Writes on"),
    ),
    "word-vectors": TextTask(
        pane=VECTORS,
        method="neighbours",
        ask=None,
        title=QT_TRANSLATE_NOOP("cards", "Maps words"),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextModel:
    """A text model as offered."""

    name: str
    card: ModelCard

    @property
    def task(self) -> TextTask:
        """Return what it does."""
        return TASKS[self.card.task]


def text_models(library: Any) -> tuple[TextModel, ...]:
    """Return the text models of `library` whose files are sound, task by task."""
    entries = [entry for entry in library.entries() if entry.card is not None and entry.failure is None]
    found = [TextModel(name=entry.name, card=entry.card) for entry in entries if entry.card.task in TASKS]
    order = list(TASKS)
    return tuple(sorted(found, key=lambda model: (order.index(model.card.task), model.name)))


EXAMPLES: dict[str, tuple[str, ...]] = {
    "sentiment": (
        "The story begins slowly, but by the end I had forgotten the time. Wonderful acting, and music that stays.",
        "Two hours of my life that nobody will give back. The jokes are old and the ending makes no sense at all.",
        "Not as good as the book, and yet I would watch it again tomorrow.",
    ),
    "news": (
        "The home team scored twice in the last ten minutes and goes into the final as the favourite.",
        "Shares of the chip maker fell by nine percent after it warned of weak sales in the next quarter.",
        "Engineers have presented a battery that charges in five minutes and lasts for twenty years.",
    ),
    "spam": (
        "CONGRATULATIONS! You have won a 1000 prize. Call now to claim, code 7741. Offer ends today.",
        "Running ten minutes late, please order me the soup. See you soon!",
    ),
    "entities": (
        "Ada Lovelace was born in London and worked with Charles Babbage, long before IBM was founded in New York.",
        "The river Danube flows through Vienna, Budapest and Belgrade.",
    ),
    "translate-en-de": (
        "Two young girls are playing with a dog in the park.",
        "A man in a blue shirt is standing on a ladder cleaning a window.",
    ),
    "translate-en-zh": (
        "I don't know where he lives.",
        "She was reading a book when I came in.",
    ),
    "headline": (
        "The city council decided on Monday to close the old bridge to cars for two years. Engineers had found cracks "
        "in three of its pillars. Pedestrians and bicycles may still cross the river there.",
    ),
    "writer": ("it was a dark night and the wind", "ROMEO:\nWhat light is this that"),
}
"""Texts to start from, written for this program, by the name of the model they suit."""


def example_texts(model: TextModel, models: Sequence[TextModel]) -> tuple[str, ...]:
    """Return texts to try `model` with: its own, else those of another of `models` that does the same."""
    same = [model.name, *(other.name for other in models if other.card.task == model.card.task)]
    return next((EXAMPLES[name] for name in same if name in EXAMPLES), ())
